/* options.h: what verbs.c, help.c and opts.c share: the one table of options; inside core/cli only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_OPTIONS_H
#define HEADROOM_OPTIONS_H

#include "cli/cli.h"

enum option_id {
  OPT_SCENARIO,
  OPT_SET,
  OPT_PACK,
  OPT_FIND,
  OPT_UNTIL,
  OPT_DRAWS,
  OPT_REPORT_DRAWS,
  OPT_DRAWS_SEED,
  OPT_SAMPLER,
  OPT_UNTIL_ERROR,
  OPT_THREADS,
  OPT_MPI,
  OPT_SAMPLES,
  OPT_UNCERTAINTY,
  OPT_CORRELATION,
  OPT_GRAIN,
  OPT_BRIDGE,
  OPT_YEAR,
  OPT_STRESS,
  OPT_DEPTH,
  OPT_DEEP,
  OPT_JSON,
  OPT_CSV,
  OPT_ALL,
  OPT_LINES,
  OPT_FAIL_IF,
  OPT_OUTPUT,
  OPT_INTO,
  OPT_REPORT,
  OPT_AUDIENCE,
  OPT_TITLE,
  OPT_COUNCIL_WORDS,
  OPT_COLOR,
  OPT_WIDTH,
  OPT_PICTURE_WIDTH,
  OPT_ASCII,
  OPT_PAGER,
  OPT_PLUGIN_PATH,
  OPT_SAFE,
  OPT_IN_PROCESS,
  OPT_ONLY,
  OPT_SEED,
  OPT_DEADLINE,
  OPT_HELP,
  N_OPTIONS
};

#define BIT(verb) (1u << (verb))

struct option_kind {
  const char *name;
  char letter; /* 0: none */
  const char *value, *help;
  unsigned verbs;
};
extern const struct option_kind option_kinds[N_OPTIONS];

int verb_find(const char *name, const char *second);            /* -1: there is none */
const char *verb_nearest(const char *typed, const char *first); /* of one word; of two, where the first is that */

#endif
