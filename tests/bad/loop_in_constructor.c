/* loop_in_constructor.c: never comes back while it is loaded. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain.h"

__attribute__((constructor)) static void loop(void)
{
  for (volatile unsigned i = 0;; i++) {
  }
}
