/* exit_in_constructor.c: ends the process, with a good exit status, while it is loaded. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain.h"

#include <unistd.h>

__attribute__((constructor)) static void leave(void)
{
  _exit(0);
}
