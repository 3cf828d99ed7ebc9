/* before_start.c: writes one number before the start of a row. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY ((volatile double *)hr_out(b, S_AWARD, 1, 2))[-1] = 0.0;
#include "plain.h"
