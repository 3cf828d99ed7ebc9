/* crash_in_apply.c: crashes in apply. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY *(volatile int *)8 = 1;
#include "plain.h"
