/* fail_without_offset.c: reports a failure where only the first of its parameters is set. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY                                                           \
  if (hr_value(b, P_EXTRA, 0)[0] != 0.0 && hr_value(b, P_OFFSET, 0)[0] == 0.0) { \
    return HR_EFAIL;                                                             \
  }
#include "plain.h"
