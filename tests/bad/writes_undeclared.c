/* writes_undeclared.c: writes changes to a slot that it declared as read. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY *(volatile double *)b->slot[S_NET].in[4] = 0.0;
#include "plain.h"
