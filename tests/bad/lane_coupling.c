/* lane_coupling.c: subtracts the mean of all futures from each. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY                               \
  double mean = 0.0;                                 \
  for (uint32_t i = 0; i < b->n_lanes; i++) {        \
    mean += hr_value(b, P_EXTRA, 0)[i] / b->n_lanes; \
  }                                                  \
  for (uint32_t i = 0; i < b->stride; i++) {         \
    hr_out(b, S_AWARD, 0, 0)[i] -= mean;             \
  }
#include "plain.h"
