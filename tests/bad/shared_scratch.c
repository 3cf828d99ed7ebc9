/* shared_scratch.c: lets two threads meet in memory of its own. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>
struct own;
#define WRONG_IN_CREATE *self = calloc(64, sizeof(double));
#define WRONG_IN_APPLY                                          \
  volatile double *shared = (volatile double *)(uintptr_t)self; \
  for (uint32_t i = 0; i < b->stride; i++) {                    \
    shared[i] = hr_value(b, P_EXTRA, 0)[i];                     \
  }                                                             \
  for (volatile int work = 0; work < 50000; work++) {           \
  }                                                             \
  for (uint32_t i = 0; i < b->stride; i++) {                    \
    hr_out(b, S_AWARD, 0, 0)[i] = shared[i];                    \
  }
#include "plain.h"
