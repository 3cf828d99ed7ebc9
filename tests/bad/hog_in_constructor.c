/* hog_in_constructor.c: takes all the memory that there is while it is loaded. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain.h"

#include <stdlib.h>
#include <string.h>

static void *volatile taken; /* what nobody looks at, a compiler may leave out */

__attribute__((constructor)) static void hog(void)
{
  for (;;) {
    taken = memset(malloc(1 << 20), 1, 1 << 20);
  }
}
