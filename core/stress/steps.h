/* steps.h: the tables of steps.c; inside core/stress only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_STEPS_H
#define HEADROOM_STEPS_H

#include "stress/stress.h"

struct step_kind {
  const char *typed, *unit; /* as a scenario has it, and its unit */
  double step, grain;       /* in that unit; in steps */
  enum factor factor;
  const char *source;
};
const struct step_kind *step_of_class(enum driver_class);

/* Moves of inputs that are not drivers.  target: an address for shift, else a parameter of the plugin. */
struct fixed_move {
  const char *label;
  struct step_kind kind;
  const char *plugin, *target, *how;
  double most; /* steps */
};
extern const struct fixed_move fixed_moves[];
extern const int n_fixed_moves;

struct price_kind {
  const char *label, *plugin, *target, *how, *typed;
  bool first_year_only;
};
extern const struct price_kind price_kinds[];
extern const int n_price_kinds;

#endif
