/* explain.h: where a figure comes from: its formula and its parts, theirs in turn, down to cells of the folder, changes
 * that plugins made and constants of the engine; the face of core/explain.
 *
 * A figure is worked out once and shared by all that it is a part of, so figures form a web without circles.  They live
 * in the arena that the explainer was opened with.  Signs are those of the printed tables: cost +, income -, funding +.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_EXPLAIN_H
#define HEADROOM_EXPLAIN_H

#include "host/host.h"

/* How a figure follows from its parts. */
enum operation {
  OP_LEAF,          /* it has none */
  OP_SAME,          /* its one part */
  OP_SUM,           /* signs x parts, summed */
  OP_PRODUCT,       /* signs x parts, multiplied */
  OP_GROWTH,        /* (1 + part), multiplied */
  OP_QUOTIENT,      /* the first over the second */
  OP_POWER,         /* the first, as often as the second says */
  OP_LEAST,         /* of signs x parts */
  OP_GREATEST,      /* likewise */
  OP_FIRST_ABOVE_0, /* the first year, a part each, that is above 0; -1: none */
  OP_FIRST_NIL,     /* likewise 0 */
  N_OPERATIONS
};
extern const char *const operation_names[N_OPERATIONS]; /* "sum"... */

/* Money is pounds, a percentage a fraction, a date an index of a year. */
enum figure_unit {
  FIGURE_MONEY,
  FIGURE_PERCENT,
  FIGURE_FACTOR,
  FIGURE_COUNT,
  FIGURE_MONTHS,
  FIGURE_YEARS,
  FIGURE_DATE
};

/* What stands behind a figure without parts. */
enum leaf { LEAF_NONE, LEAF_CELL, LEAF_CHANGE, LEAF_ENGINE };

struct part {
  double sign;
  const struct figure *figure;
};
struct figure {
  int number;        /* from 0, in the order of making: for whoever marks what was seen */
  const char *name;  /* what explain takes, such as "gap@2030/31"; "" for a step on the way */
  const char *words; /* "Gap after savings (cumulative), 2030/31" */
  const char *how;   /* its formula in words, or for a leaf what there is to say of it; "" for none */
  double value;
  enum figure_unit unit;
  enum operation operation;
  double grain; /* what the operation is rounded to: 1, 0.01, or 0 for not at all */
  int n_parts;
  struct part *part;
  bool of_plan; /* in a scenario: the plan's own figure */
  enum leaf leaf;
  struct origin origin;  /* of a cell; of a change, where the scenario says it (file NULL: the command line) */
  const struct use *use; /* of a change: whose */
};

/* What the parts make of a figure by its own operation.  A leaf is its value. */
double figure_from_parts(const struct figure *);
/* Do they make it, money to the penny? */
bool figure_adds_up(const struct figure *);

struct explainer;

/* scenario and outcome NULL: the plan itself.  Projects again, in this process, from the changes that the plugins made,
 * and refuses (STATUS_INTERNAL) should that not meet the outcome. */
enum status explainer_open(const struct plan *, const struct scenario *, const struct outcome *, struct arena *,
                           struct explainer **out, struct error *) MUST_CHECK;
void explainer_close(struct explainer *);
int explainer_figures(const struct explainer *); /* made so far: more than any number */

/* Any figure of any output: "gap@2030/31", "line:E05@2028/29", "saving:S2.expected@2026/27",
 * "reserve:R1.closing@2027/28", "receipt:land.applied@2027/28", "D1", "driver:pay@2026/27", "difference:gap@2030/31"...
 * NULL after error_set: STATUS_USAGE, with the nearest name. */
const struct figure *explain_figure(struct explainer *, const char *what, struct error *);

/* Every figure that run and compare print, and what it is in the result, in pence (of a date the index of the year). */
struct printed_figure {
  const char *name;
  int64_t value;
};
const struct printed_figure *printed_figures(const struct plan *, const struct result *, struct arena *, int *count);

#endif
