/* loop_in_apply.c: never comes back from apply. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY                  \
  for (volatile unsigned i = 0;; i++) { \
  }
#include "plain.h"
