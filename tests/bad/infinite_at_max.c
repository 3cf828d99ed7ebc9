/* infinite_at_max.c: divides by nought when a parameter stands at its limit. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY hr_out(b, S_AWARD, 0, 1)[0] = 0.001 / (0.25 - hr_value(b, P_EXTRA, 1)[0]);
#include "plain.h"
