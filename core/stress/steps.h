/* steps.h: the tables of steps.c; inside core/stress only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_STEPS_H
#define HEADROOM_STEPS_H

#include "stress/stress.h"

struct step_kind {
  const char *typed, *unit; /* as a scenario has it, and its unit */
  double step, grain;       /* in that unit; in steps */
  double sd;                /* of a year's departure in datasets/presets/uncertainty.csv, in that unit; 0: none there */
  enum factor factor;
  const char *source;
};
const struct step_kind *step_of_class(enum driver_class);

/* What a use sets, in order; value NULL: the step as typed.  A NULL parameter ends it. */
struct knob {
  const char *parameter, *value;
};
enum { MOST_SETTINGS = 2 };

/* Moves of inputs that are not drivers, by the rules of the plugin that has them. */
struct fixed_move {
  const char *label;
  struct step_kind kind;
  const char *plugin;
  struct knob set[MOST_SETTINGS];
  double most; /* steps */
};
extern const struct fixed_move fixed_moves[];
extern const int n_fixed_moves;
/* Of funding that is worked out in a file of its own, where no driver grows it. */
extern const struct fixed_move base_growth_move, rates_income_move;

struct price_kind {
  const char *label, *plugin;
  struct knob set[MOST_SETTINGS];
};
extern const struct price_kind price_kinds[];
extern const int n_price_kinds;

/* undriven.c: lines that no driver grows */

/* What moves the lines of a class by themselves; label NULL: nothing does. */
struct line_step {
  const char *label; /* of all of them together */
  const struct step_kind *kind;
};
struct line_step step_of_lines(enum line_class);

/* The line grows by a driver, or is a share of lines, or comes out of a file of terms. */
bool line_is_driven(const struct line *);
/* Among lines that no driver grows: those that a rate of their own can move. */
bool line_has_rate(const struct line *);
/* Lines in the gap, by index and in plan order, that no move reaches; NULL when memory ran out. */
int *lines_not_moved(const struct plan *, struct arena *, int *count);

#endif
