/* worker.c: runs a job in a child that may die, and says how it ended; for run.c and check.c.
 *
 * The child is a fork of a program with one thread, so it inherits the plan as it stands and nothing is written out for
 * it; what a plugin scribbles over is the child's own copy.  Results come back in memory that both share.  Only a mark
 * set after the job returned counts as success, no exit status does. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/inside.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/single_threaded.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const size_t worker_memory = (size_t)1 << 30;

void *shared_alloc(size_t size)
{
  void *at = mmap(NULL, size > 0 ? size : 1, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return at != MAP_FAILED ? at : NULL;
}

void shared_free(void *at, size_t size)
{
  if (at != NULL) {
    munmap(at, size > 0 ? size : 1);
  }
}

/* Of the one thread that waits. */
static struct {
  void (*look)(void *ctx);
  void *ctx;
} onlooker;

void worker_onlooker(void (*look)(void *ctx), void *ctx)
{
  onlooker.look = look;
  onlooker.ctx = ctx;
}

void child_looked_at(void)
{
  if (onlooker.look != NULL) {
    onlooker.look(onlooker.ctx);
  }
}

static bool has_ended(const struct child *child)
{
  siginfo_t about = { 0 };
  return waitid(P_PID, (id_t)child->pid, &about, WEXITED | WNOHANG | WNOWAIT) != 0 || about.si_pid != 0;
}

/* Without a descriptor for the child, as on old kernels, the wait is a short sleep. */
static bool ends_within_a_tick(const struct child *child)
{
  struct pollfd wait = { .fd = child->pidfd, .events = POLLIN };
  poll(&wait, 1, child->pidfd >= 0 ? CHILD_TICK_MS : 1);
  return has_ended(child);
}

/* VERDICT_OK: it has ended by itself. */
static enum verdict await_end(const struct child *child, const struct watch *shared, double deadline_s)
{
  uint32_t beat = __atomic_load_n(&shared->beat, __ATOMIC_RELAXED);
  double since = seconds_now();
  while (!ends_within_a_tick(child)) {
    child_looked_at();
    const uint32_t now = __atomic_load_n(&shared->beat, __ATOMIC_RELAXED);
    if (now != beat) {
      beat = now;
      since = seconds_now();
    }
    if (child_too_big(child)) {
      return VERDICT_MEMORY;
    }
    if (seconds_now() - since > deadline_s) {
      return VERDICT_TIMEOUT;
    }
  }
  return VERDICT_OK;
}

enum verdict worker_run(void (*job)(void *ctx, struct watch *), void *ctx, struct watch *shared, double deadline_s,
                        int *signal)
{
  assert(__libc_single_threaded); /* a fork would leave the other threads' locks held for ever */
  int ended_by = 0;
  bool *has_returned = shared_alloc(sizeof *has_returned);
  const pid_t parent = getpid();
  const pid_t pid = has_returned != NULL ? fork() : -1;
  if (pid < 0) {
    (void)error_set(&shared->error, STATUS_INTERNAL, "a worker cannot be started: %s", strerror(errno));
    shared_free(has_returned, sizeof *has_returned);
    return VERDICT_FAILED;
  }
  if (pid == 0) {
    child_enter(parent, worker_memory);
    job(ctx, shared);
    *has_returned = true;
    _exit(0);
  }
  struct child child;
  child_began(&child, pid, worker_memory);
  enum verdict verdict = await_end(&child, shared, deadline_s > 0 ? deadline_s : 10.0);
  const enum verdict ended = child_finish(&child, &ended_by);
  if (verdict == VERDICT_OK) {
    verdict = *has_returned ? VERDICT_OK : ended == VERDICT_OK ? VERDICT_EXITED : ended;
  }
  shared_free(has_returned, sizeof *has_returned);
  if (signal != NULL) {
    *signal = ended_by;
  }
  return verdict;
}
