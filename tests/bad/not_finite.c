/* not_finite.c: writes a number that is none. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY hr_out(b, S_AWARD, 0, 1)[0] = __builtin_nan("");
#include "plain.h"
