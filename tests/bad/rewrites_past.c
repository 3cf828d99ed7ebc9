/* rewrites_past.c: a policy that changes a year that is over. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define HELD_IN_YEAR (year > 0 ? year - 1 : 0)
#include "policy.c"
