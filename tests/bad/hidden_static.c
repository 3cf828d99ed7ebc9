/* hidden_static.c: works in a static variable, which two threads would share. */
// SPDX-License-Identifier: GPL-3.0-or-later
static double scratch[64];
#define WRONG_IN_APPLY                              \
  for (uint32_t i = 0; i < b->stride; i++) {        \
    scratch[i] = hr_value(b, P_EXTRA, 0)[i] + 1.0;  \
  }                                                 \
  for (uint32_t i = 0; i < b->stride; i++) {        \
    hr_out(b, S_AWARD, 0, 0)[i] = scratch[i] - 1.0; \
  }
#include "plain.h"
