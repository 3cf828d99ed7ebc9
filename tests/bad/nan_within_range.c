/* nan_within_range.c: is right at each end of a parameter's range and at its preset, and not in between. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY                                 \
  for (uint32_t i = 0; i < b->stride; i++) {           \
    const double extra = hr_value(b, P_EXTRA, 0)[i];   \
    if (extra > 0.02 && extra < 0.24) {                \
      hr_out(b, S_AWARD, 1, 0)[i] = __builtin_nan(""); \
    }                                                  \
  }
#include "plain.h"
