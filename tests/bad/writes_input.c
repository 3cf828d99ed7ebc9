/* writes_input.c: writes to a row that it may only read. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY *(volatile double *)hr_in(b, S_AWARD, 2, 3) = 0.0;
#include "plain.h"
