/* controls.h: what a control names; between controls.c and check_controls.c. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_CONTROLS_H
#define HEADROOM_CONTROLS_H

#include "data/table.h"

/* Exactly one of the three is not -1. */
struct control_target {
  int measure, line, reserve;
  bool opening; /* of a reserve; otherwise closing */
};
/* False when it names nothing in the plan. */
bool control_target(struct reading *, const char *what, struct control_target *out);

#endif
