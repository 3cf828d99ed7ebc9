/* worker.c: runs a job in one child or several that may die, and says how it ended; for run.c, lab.c and check.c.
 *
 * The child is a fork of a program with one thread, so it inherits the plan as it stands and nothing is written out for
 * it; what a plugin scribbles over is the child's own copy.  Results come back in memory that both share.  Only a mark
 * set after the job returned counts as success, no exit status does.  Children know nothing of each other: when one
 * fails, the rest are ended. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/inside.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
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

/* ---- waiting ------------------------------------------------------------------------------------------- */

static volatile sig_atomic_t is_interrupted;

void workers_interrupt(void)
{
  is_interrupted = 1;
}

/* One child, what it says of itself, and how long ago it last did. */
struct worker {
  struct child child;
  struct watch *watch;
  bool *has_returned; /* shared */
  bool is_over;
  uint32_t beat;
  double since;
};

static bool has_ended(const struct child *child)
{
  siginfo_t about = { 0 };
  return waitid(P_PID, (id_t)child->pid, &about, WEXITED | WNOHANG | WNOWAIT) != 0 || about.si_pid != 0;
}

/* Until one of them ends, or for a tick.  Without a descriptor for each, as on old kernels, the wait is a short sleep.
 */
static void wait_a_tick(const struct worker *workers, int n)
{
  struct pollfd wait[MOST_WORKERS];
  nfds_t waiting = 0;
  bool all = true;
  for (int w = 0; w < n; w++) {
    if (!workers[w].is_over) {
      all = all && workers[w].child.pidfd >= 0;
      wait[waiting++] = (struct pollfd){ .fd = workers[w].child.pidfd, .events = POLLIN };
    }
  }
  poll(wait, waiting, all ? CHILD_TICK_MS : 1);
}

/* VERDICT_OK: it may go on. */
static enum verdict look_after(struct worker *worker, double deadline_s)
{
  const uint32_t now = __atomic_load_n(&worker->watch->beat, __ATOMIC_RELAXED);
  if (now != worker->beat) {
    worker->beat = now;
    worker->since = seconds_now();
  }
  if (child_too_big(&worker->child)) {
    return VERDICT_MEMORY;
  }
  return seconds_now() - worker->since > deadline_s ? VERDICT_TIMEOUT : VERDICT_OK;
}

/* How it ended by itself. */
static enum verdict reap(struct worker *worker, int *signal)
{
  const enum verdict ended = child_finish(&worker->child, signal);
  worker->is_over = true;
  return *worker->has_returned ? VERDICT_OK : ended == VERDICT_OK ? VERDICT_EXITED : ended;
}

static bool all_over(const struct worker *workers, int n)
{
  for (int w = 0; w < n; w++) {
    if (!workers[w].is_over) {
      return false;
    }
  }
  return true;
}

/* The first that ends otherwise than well, or has to be ended, ends the wait. */
static enum verdict await(struct worker *workers, int n, double deadline_s, int *which, int *signal)
{
  while (!all_over(workers, n)) {
    wait_a_tick(workers, n);
    bool ended = false;
    for (int w = 0; w < n; w++) {
      struct worker *worker = &workers[w];
      enum verdict verdict = VERDICT_OK;
      if (!worker->is_over && has_ended(&worker->child)) {
        verdict = reap(worker, signal);
        ended = true;
      } else if (!worker->is_over) {
        verdict = look_after(worker, deadline_s);
      }
      if (verdict != VERDICT_OK || (worker->is_over && worker->watch->error.code != STATUS_OK)) {
        *which = w;
        return verdict;
      }
    }
    if (!ended) {
      child_looked_at();
    }
    if (is_interrupted != 0) {
      (void)error_set(&workers[0].watch->error, STATUS_INTERRUPTED, "interrupted: nothing was written");
      return VERDICT_EXITED;
    }
  }
  return VERDICT_OK;
}

/* ---- starting and ending ------------------------------------------------------------------------------- */

static bool start(struct worker *worker, int number, worker_job *job, void *ctx)
{
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid < 0) {
    return false;
  }
  if (pid == 0) {
    child_enter(parent, worker_memory);
    job(ctx, number, worker->watch);
    *worker->has_returned = true;
    _exit(0);
  }
  child_began(&worker->child, pid, worker_memory);
  worker->beat = __atomic_load_n(&worker->watch->beat, __ATOMIC_RELAXED);
  worker->since = seconds_now();
  return true;
}

static void end_all(struct worker *workers, int n)
{
  for (int w = 0; w < n; w++) {
    if (!workers[w].is_over && workers[w].child.pid > 0) {
      (void)child_finish(&workers[w].child, NULL);
    }
  }
}

enum verdict workers_run(int n, worker_job *job, void *ctx, struct watch *watch, double deadline_s, int *which,
                         int *signal)
{
  assert(__libc_single_threaded); /* a fork would leave the other threads' locks held for ever */
  assert(n >= 1 && n <= MOST_WORKERS);
  struct worker workers[MOST_WORKERS] = { 0 };
  bool *has_returned = shared_alloc((size_t)n * sizeof *has_returned);
  bool started = has_returned != NULL;
  *which = *signal = 0;
  for (int w = 0; started && w < n; w++) {
    workers[w].watch = &watch[w];
    workers[w].has_returned = &has_returned[w];
    started = start(&workers[w], w, job, ctx);
  }
  enum verdict verdict = VERDICT_FAILED;
  if (started) {
    verdict = await(workers, n, deadline_s > 0 ? deadline_s : 10.0, which, signal);
  } else {
    (void)error_set(&watch[0].error, STATUS_INTERNAL, "a worker cannot be started: %s", strerror(errno));
  }
  end_all(workers, n);
  shared_free(has_returned, (size_t)n * sizeof *has_returned);
  return verdict;
}

struct single {
  void (*job)(void *ctx, struct watch *);
  void *ctx;
};

static void do_single(void *ctx, int number, struct watch *watch)
{
  (void)number;
  const struct single *single = ctx;
  single->job(single->ctx, watch);
}

enum verdict worker_run(void (*job)(void *ctx, struct watch *), void *ctx, struct watch *shared, double deadline_s,
                        int *signal)
{
  struct single single = { job, ctx };
  int which = 0, ended_by = 0;
  const enum verdict verdict = workers_run(1, do_single, &single, shared, deadline_s, &which, &ended_by);
  if (signal != NULL) {
    *signal = ended_by;
  }
  return verdict;
}
