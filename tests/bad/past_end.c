/* past_end.c: writes one number past the end of a row. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY ((volatile double *)hr_out(b, S_AWARD, 1, 2))[b->stride] = 0.0;
#include "plain.h"
