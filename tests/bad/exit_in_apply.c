/* exit_in_apply.c: ends the process, with a good exit status, in apply. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>
#define WRONG_IN_APPLY _exit(0);
#include "plain.h"
