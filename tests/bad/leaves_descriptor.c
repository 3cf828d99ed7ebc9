/* leaves_descriptor.c: leaves a descriptor open. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#define WRONG_IN_APPLY                   \
  if (open("/dev/null", O_RDONLY) < 0) { \
    return HR_EFAIL;                     \
  }
#include "plain.h"
