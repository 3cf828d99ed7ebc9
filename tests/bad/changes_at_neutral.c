/* changes_at_neutral.c: changes the plan at its neutral setting. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY hr_out(b, S_AWARD, 2, 4)[0] += 0.001;
#include "plain.h"
