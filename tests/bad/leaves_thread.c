/* leaves_thread.c: leaves a thread running. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pthread.h>
#include <unistd.h>

static void *wait_for_ever(void *nothing)
{
  pause();
  return nothing;
}

static int start(void)
{
  pthread_t thread;
  return pthread_create(&thread, 0, wait_for_ever, 0);
}
#define WRONG_IN_ACTIVATE \
  if (start() != 0) {     \
    return HR_EFAIL;      \
  }
#include "plain.h"
