/* cli.h: verbs and the option table; the face of core/cli. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_CLI_H
#define HEADROOM_CLI_H

#include "report/report.h"

enum { EXIT_TEST_MET = 1 }; /* --fail-if: the program ran, and a test asked for is met */

/* ---- opts.c: one table drives parsing, --help, completion and the check of the manual page -------------------------------- */

enum verb_id { VERB_CHECK, VERB_RUN, VERB_COMPARE, VERB_STRESS, VERB_SOLVE, VERB_INIT, VERB_PLUGIN_LIST, VERB_PLUGIN_SHOW, VERB_PLUGIN_CHECK, N_VERBS };

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
  const char *operand; /* NULL when not given */
  struct words scenario, set, pack;
  bool json, csv, all, lines, in_process;
  const char *output, *color, *width, *find, *until, *grain;
  bool ascii;
  unsigned fail_if; /* bit d: date d */
  struct registry_options registry;
  double deadline_s;
  const char *command; /* the command line again, for the foot of the page */
};

/* Returns -1 to go on, or the exit code to end with. */
int arguments_parse(int argc, char **argv, struct arguments *);
void arguments_free(struct arguments *);
void usage_short(struct text *);
void usage_verb(struct text *, enum verb_id);
/* What completion asks for: "verbs", "options VERB [SECOND]", "scenarios FOLDER", "plugins". */
int complete_main(int argc, char **argv);

/* ---- output.c: to stdout or a file, whole or not at all ----------------------------------------------------------------------------- */

struct style style_of(const struct arguments *, int fd); /* fd: 1 or 2, where the text goes */
/* Prints or writes, frees the text, and turns what went wrong into an exit code; exit_code otherwise. */
int output(const struct arguments *, struct text *, int exit_code);
/* One line to stderr: "headroom: ...". */
void say_error(const struct arguments *, const char *format, ...) PRINTF_LIKE(2, 3);
int fail_with(const struct arguments *, const struct error *);

/* ---- verbs ---------------------------------------------------------------------------------------------------------------------------------- */

int cmd_check(const struct arguments *);
int cmd_run(const struct arguments *);
int cmd_compare(const struct arguments *);
int cmd_stress(const struct arguments *);
int cmd_solve(const struct arguments *);
int cmd_init(const struct arguments *);
int cmd_plugin_list(const struct arguments *);
int cmd_plugin_show(const struct arguments *);
int cmd_plugin_check(const struct arguments *);

#endif
