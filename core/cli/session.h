/* session.h: a folder with its scenarios, loaded, built and run; what the verbs on a folder share. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_SESSION_H
#define HEADROOM_SESSION_H

#include "cli/cli.h"
#include "report/briefing.h"

struct session {
  struct folder folder;
  struct registry *registry;
  struct scenario *scenario;
  int n_scenarios;
  struct outcome *outcome; /* [scenario], once they have been run */
  struct shown *shown;     /* the plan itself, then every scenario */
  int n_shown;
};

/* Loads the folder and opens the registry.  session_close is right after every outcome of these three. */
enum status session_open(struct session *, const struct arguments *, struct error *) MUST_CHECK;
/* Builds the wanted scenarios; NULL: all of them. */
enum status session_scenarios(struct session *, const struct arguments *, const char *const *wanted, int n_wanted,
                              struct error *) MUST_CHECK;
enum status session_run(struct session *, const struct arguments *, struct error *) MUST_CHECK;
void session_close(struct session *);
/* On stderr: what is wrong, whole, where the folder is unusable; of what is only odd a count, since `check` shows it.
 */
void session_tell(const struct arguments *, struct session *, bool unusable);
/* What cannot be used is told whole on stderr, finding by finding where the data are at fault; the exit code. */
int session_refuse(const struct arguments *, struct session *, enum status, struct error *);

/* packs.c: those of --pack, else those shipped.  ends[i]: how many rows there are once the i-th named is read. */
enum status packs_load(struct folder *, const struct arguments *, struct row_list *, int *ends,
                       struct error *) MUST_CHECK;

/* Where the pack of that name is that these arguments would read. */
void pack_path(const struct arguments *, const char *name, struct text *out);

/* packs.c: what is uncertain: the files of --uncertainty and --correlation, else the folder's own, else the presets. */
enum status uncertainty_choose(struct folder *, const struct arguments *, struct error *) MUST_CHECK;

/* cmd_stress.c: the battery on a folder of its own, run.  stressed_free is right after every outcome. */
struct stressed {
  struct session session;
  struct battery *battery;
  struct stress_result *result;
  struct stress_report report;
};
enum status stressed_make(struct stressed *, const struct arguments *, struct error *) MUST_CHECK;
void stressed_free(struct stressed *);

/* cmd_simulate.c: a folder of its own in many futures; for a report, with all scenarios unless some are asked for.
 * session_close is right after every outcome. */
struct drawn {
  struct session session;
  struct departures departures;
  struct simulation simulation;
  struct simulate_report report;
};
enum status drawn_make(struct drawn *, const struct arguments *, struct error *) MUST_CHECK;

/* report_gather.c: what a report shows.  gathered_free is right after every outcome, and after all zeros. */
struct gathered {
  struct session session;
  struct stressed stressed;
  struct drawn drawn;
  struct briefing briefing;
};
enum status report_gather(struct gathered *, const struct arguments *, struct error *) MUST_CHECK;
void gathered_free(struct gathered *);
struct session *gathered_at_fault(struct gathered *); /* the one with errors among its findings */

/* report_pack.c: a report as a folder of files.  STATUS_FILE: what stands there is not an earlier pack as it was
 * written.
 */
bool is_folder_name(const char *path); /* ends in / or is a folder */
enum status pack_may_go(const char *path, struct arena *, struct error *) MUST_CHECK;
enum status pack_write(const struct arguments *, const struct briefing *, struct arena *, struct error *) MUST_CHECK;

/* report_pdf.c: the page as Chromium prints it; STATUS_FILE where there is none. */
enum status pdf_write(const struct briefing *, struct text *, struct error *) MUST_CHECK;

/* cmd_diff.c: the bridge of `compare`: are two ends given, and what leads from one to the other. */
enum status year_wanted(const struct arguments *, const struct plan *, int *year, struct error *) MUST_CHECK;
enum status bridge_wanted(const struct arguments *, struct error *) MUST_CHECK;
int bridge_show(const struct arguments *, struct session *, int exit_code);

#endif
