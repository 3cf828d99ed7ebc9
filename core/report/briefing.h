/* briefing.h: everything that a face of the report shows, gathered once, so that no two faces can differ.
 *
 * Whoever gathers owns all of it: the folder, the scenarios and what ran in them, the stress, the words.  A writer only
 * reads, and keeps nothing.  What could not be had is NULL, and its section is left out. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_BRIEFING_H
#define HEADROOM_BRIEFING_H

#include "report/report.h"

/* Whom the page is for: depth and wording follow, figures never. */
enum audience { AUDIENCE_MEMBER, AUDIENCE_OFFICER, AUDIENCE_PEER, N_AUDIENCES };
extern const char *const audience_names[N_AUDIENCES + 1]; /* "member"...; NULL ends them */

struct briefing {
  /* Asked for. */
  enum audience audience;
  const char *title;         /* never NULL nor empty */
  const char *council_words; /* the officer's own narrative as written, UTF-8, lines ended by \n; NULL: none */
  int64_t made_at;           /* seconds since 1970, UTC: SOURCE_DATE_EPOCH where that is set */

  /* The plan is report.shown[0]; scenario i, from 1, is report.shown[i].  The folder holds findings, hashes of its
   * files and the share of the plan that is illustrative; report.command makes this output again. */
  struct report report;
  const struct outcome *outcome; /* [scenario - 1]: what each use changed */
  const struct bridge *bridge; /* [scenario - 1]: from the plan to it.  A scenario that changes nothing has no parts. */

  /* NULL without mtfp.csv.  Its folder is its own: the battery adds a line to the plan, so indices of lines and inputs
   * are not those of report.folder; savings, reserves and years are. */
  const struct stress_report *stress;
  /* NULL where nothing was simulated.  Its folder, too, is its own, with what is uncertain among its files; its
   * scenarios are those of report.shown, in that order. */
  const struct simulate_report *simulated;

  /* Made by briefing_finish. */
  char made_on[11];                   /* "2026-11-27" */
  char made_on_words[24];             /* "27 November 2026" */
  char inputs_digest[DIGEST_HEX];     /* one hash over the names and hashes of all input files, as they are listed */
  const struct plugin *const *plugin; /* every plugin file used by a scenario or the stress, each once, by name */
  int n_plugins;
};

/* Bridges, hashes, dates and plugins, once the rest is filled in.  They live in the folder's arena.  A title that is
 * NULL becomes the council's name and years. */
enum status briefing_finish(struct briefing *, struct folder *, const struct run_options *, struct error *) MUST_CHECK;

/* The words of an officer as read from a file: line ends made \n, blank space at both ends cut.  STATUS_DATA, with line
 * and column, when they are not UTF-8 or hold control characters; NULL when nothing is left. */
enum status council_words_read(const char *name, const char *bytes, size_t n, struct arena *, const char **out,
                               struct error *) MUST_CHECK;

/* SOURCE_DATE_EPOCH, else the clock; STATUS_USAGE when it is set to what is no time. */
enum status briefing_time(int64_t *out, struct error *) MUST_CHECK;

#endif
