/* crash_in_constructor.c: crashes while it is loaded. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain.h"

__attribute__((constructor)) static void crash(void)
{
  *(volatile int *)8 = 1;
}
