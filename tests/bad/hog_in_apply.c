/* hog_in_apply.c: takes all the memory that there is in apply. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>
#include <string.h>

static void *volatile taken; /* what nobody looks at, a compiler may leave out */
#define WRONG_IN_APPLY                           \
  for (;;) {                                     \
    taken = memset(malloc(1 << 20), 1, 1 << 20); \
  }
#include "plain.h"
