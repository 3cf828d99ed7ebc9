/* lane_number.c: goes by the number of the first lane, which is for messages only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY hr_out(b, S_AWARD, 0, 0)[0] += b->first_lane == 11 ? 0.01 : 0.0;
#include "plain.h"
