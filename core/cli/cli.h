/* cli.h: verbs and the option table; the face of core/cli. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_CLI_H
#define HEADROOM_CLI_H

#include "report/report.h"

#include <signal.h>

enum { EXIT_TEST_MET = 1 }; /* --fail-if: the program ran, and a test asked for is met */

/* ---- verbs.c, help.c, opts.c: one table drives parsing, --help, completion and the check of the manual page */

enum verb_id {
  VERB_CHECK,
  VERB_RUN,
  VERB_COMPARE,
  VERB_DIFF,
  VERB_STRESS,
  VERB_SIMULATE,
  VERB_SOLVE,
  VERB_EXPLAIN,
  VERB_VERIFY,
  VERB_REPORT,
  VERB_CHART,
  VERB_INIT,
  VERB_PLUGIN_LIST,
  VERB_PLUGIN_SHOW,
  VERB_PLUGIN_NEW,
  VERB_PLUGIN_CHECK,
  N_VERBS
};

struct arguments;
struct verb {
  const char *name, *second; /* "plugin", "list"; second is "" for most */
  const char *operand;       /* "FOLDER", or "" */
  const char *summary, *examples;
  int (*act)(const struct arguments *);
};
extern const struct verb verbs[N_VERBS];

struct words {
  const char **at;
  int count;
};

struct arguments {
  enum verb_id verb;
  const char *operand;        /* NULL when not given */
  const char *second_operand; /* of a verb that takes two */
  struct words scenario, set, pack;
  struct words folders; /* of a verb that takes several */
  bool json, csv, all, lines, in_process, bridge;
  const char *output, *color, *width, *find, *until, *grain, *year;
  bool ascii, pager;
  const char *only;                  /* plugin check */
  const char *title, *council_words; /* of report; council_words: a file */
  int audience;                      /* enum audience */
  const char *picture_width;         /* of chart: a word, or NULL */
  bool has_seed;
  uint64_t seed;
  /* of simulate */
  uint64_t draws; /* 0: not asked for */
  bool no_draws;  /* of report: --draws 0 */
  int threads;    /* 0: as many as there are processors */
  bool mpi;
  struct crew *crew;                               /* --mpi, once it has been joined */
  bool plain;                                      /* --sampler mc */
  double until_error;                              /* 0: none */
  const char *samples, *uncertainty, *correlation; /* files, or NULL */
  const char *stress;                              /* of explain: a future of the battery */
  int depth;                                       /* of explain: how many named figures deep */
  struct text *capture;                            /* where output goes instead, for a command that is run again */
  unsigned fail_if;                                /* bit d: date d */
  struct registry_options registry;
  double deadline_s;
  const char *command; /* the command line again, for the foot of the page */
};

/* Returns -1 to go on, or the exit code to end with. */
int arguments_parse(int argc, char **argv, struct arguments *);
void arguments_free(struct arguments *);
void usage_short(struct text *);
int usage_group(const char *name); /* the verbs of two words that begin with this one, to stdout */
void usage_verb(struct text *, enum verb_id);
/* What completion asks for: "verbs", "options VERB [SECOND]", "scenarios FOLDER", "tests". */
int complete_main(int argc, char **argv);

/* ---- input.c: a file, whole ---------------------------------------------------------------------------- */

/* False with errno; out->failed when memory ran out. */
bool file_read(const char *path, struct text *out) MUST_CHECK;

/* ---- command.c: the words of a command line, as a shell takes them ------------------------------------- */

void command_word(struct text *, const char *); /* a space, then the word, quoted where it must be */
/* "headroom VERB FOLDER", its scenarios, packs or draws, and --json: what of a report another verb makes alone. */
const char *command_of(const struct arguments *, enum verb_id, const struct report *, struct arena *);

/* ---- output.c: to stdout or a file, whole or not at all ------------------------------------------------ */

struct style style_of(const struct arguments *, int fd);     /* fd: 1 or 2, where the text goes */
bool write_all(int fd, const char *at, size_t n) MUST_CHECK; /* false with errno */
/* pager.c: through $PAGER, else less; false where none could be started and nothing was shown. */
bool page_by_page(const struct text *) MUST_CHECK;
/* Prints or writes, frees the text, and turns what went wrong into an exit code; exit_code otherwise. */
int output(const struct arguments *, struct text *, int exit_code);
/* One line to stderr: "headroom: ...". */
void say_error(const struct arguments *, const char *format, ...) PRINTF_LIKE(2, 3);
int fail_with(const struct arguments *, const struct error *);

/* ---- folder_write.c: a new folder ---------------------------------------------------------------------- */

/* Whole or not at all; in place of a folder that is empty, but of nothing else.  STATUS_FILE: the error says why. */
enum status folder_write(const char *path, const struct new_file *, size_t count, struct error *) MUST_CHECK;
/* The same in place of an earlier folder that holds the files `earlier`, which go; NULL: as folder_write. */
enum status folder_replace(const char *path, const struct new_file *, size_t count, const struct new_file *earlier,
                           size_t n_earlier, struct error *) MUST_CHECK;

/* ---- signals.c: what ends the program waits meanwhile -------------------------------------------------- */

void ending_signals(sigset_t *out); /* SIGINT, SIGTERM, SIGHUP, SIGQUIT */
void signals_hold(sigset_t *before);
void signals_let_go(const sigset_t *before);

/* ---- progress.c: a line on a terminal about work in a child that takes over a second ------------------- */

struct progress {
  double began, shown;
  bool is_shown;
  const char *what;
  int done, total; /* total 0: nobody knows */
  double part;     /* of the work that is done; 0: nobody knows */
};
void progress_begin(struct progress *, const struct arguments *, const char *what);
void progress_step(void *ctx, const char *what, int done, int total);
void progress_part(struct progress *, uint64_t done, uint64_t of); /* and shows it: the program's own look */
void progress_end(struct progress *);

/* ---- verbs ------------------------------------------------------------------------------------------ */

int cmd_check(const struct arguments *);
int cmd_run(const struct arguments *);
int cmd_compare(const struct arguments *);
int cmd_diff(const struct arguments *);
int cmd_stress(const struct arguments *);
int cmd_simulate(const struct arguments *);
int cmd_solve(const struct arguments *);
int cmd_explain(const struct arguments *);
int cmd_verify(const struct arguments *);
int cmd_report(const struct arguments *);
int cmd_chart(const struct arguments *);
int cmd_init(const struct arguments *);
int cmd_plugin_list(const struct arguments *);
int cmd_plugin_show(const struct arguments *);
int cmd_plugin_new(const struct arguments *);
int cmd_plugin_check(const struct arguments *);

#endif
