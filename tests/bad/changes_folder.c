/* changes_folder.c: changes the working folder. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>
#define WRONG_IN_CREATE  \
  if (chdir("/") != 0) { \
    return HR_EFAIL;     \
  }
#include "plain.h"
