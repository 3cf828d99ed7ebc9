/* takes_signal.c: handles a signal of the program. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signal.h>
#define WRONG_IN_CREATE signal(SIGINT, SIG_IGN);
#include "plain.h"
