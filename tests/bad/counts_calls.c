/* counts_calls.c: answers otherwise with every call, out of memory of its own. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>
#define WRONG_IN_CREATE *self = calloc(1, sizeof own);
#define WRONG_IN_APPLY                                \
  struct own *mine = (struct own *)(uintptr_t)self;   \
  for (uint32_t i = 0; i < b->stride; i++) {          \
    hr_out(b, S_AWARD, 0, 0)[i] *= 1.0 + mine->calls; \
  }                                                   \
  mine->calls++;
#include "plain.h"
