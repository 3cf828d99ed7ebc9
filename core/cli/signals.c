/* signals.c: the signals that end the program wait while something is being written, so that it is written whole. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

void ending_signals(sigset_t *out)
{
  sigemptyset(out);
  sigaddset(out, SIGINT);
  sigaddset(out, SIGTERM);
  sigaddset(out, SIGHUP);
  sigaddset(out, SIGQUIT);
}

void signals_hold(sigset_t *before)
{
  sigset_t ending;
  ending_signals(&ending);
  sigprocmask(SIG_BLOCK, &ending, before);
}

void signals_let_go(const sigset_t *before)
{
  sigprocmask(SIG_SETMASK, before, NULL);
}
