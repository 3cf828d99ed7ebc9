/* needs_optional.c: cannot do without a slot that it calls optional. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY hr_out(b, S_AWARD, 0, 0)[0] += 0.0 * *(const volatile double *)hr_in(b, S_NET, 0, 0);
#include "plain.h"
