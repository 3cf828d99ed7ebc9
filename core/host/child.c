/* child.c: what a process is allowed that runs foreign code, and how its end is read; for probe.c and worker.c. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FILE_BYTES = 1 << 20, ADDRESS_SLACK = 256 << 20 };

/* Pages of memory: column 0 of statm is what is mapped, 1 what is held. */
static size_t memory_of(pid_t pid, int column)
{
  char path[64], text[128];
  snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return 0;
  }
  const ssize_t n = read(fd, text, sizeof text - 1);
  close(fd);
  if (n <= 0) {
    return 0;
  }
  text[n] = '\0';
  char *rest = text;
  size_t pages = strtoul(rest, &rest, 10);
  for (int i = 0; i < column; i++) {
    pages = strtoul(rest, &rest, 10);
  }
  return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void limit(int which, rlim_t most)
{
  struct rlimit now;
  if (getrlimit((__rlimit_resource_t)which, &now) == 0 && (now.rlim_cur == RLIM_INFINITY || now.rlim_cur > most)) {
    now.rlim_cur = most;
    setrlimit((__rlimit_resource_t)which, &now);
  }
}

/* Handlers of the parent (a debugger's, a sanitizer's, a test runner's) would turn a crash into something else.  The
 * kernel is asked itself, because a sanitizer may keep the library's sigaction from taking its handlers away; all zero
 * is the default action. */
static void default_signals(void)
{
  static const unsigned long by_default[8];
  for (int s = 1; s < NSIG; s++) {
    syscall(SYS_rt_sigaction, s, by_default, NULL, sizeof(unsigned long));
  }
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

/* A plugin that prints must not print into the result. */
static void close_standard(void)
{
  const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nowhere >= 0) {
    dup2(nowhere, STDIN_FILENO);
    dup2(nowhere, STDOUT_FILENO);
    close(nowhere);
  }
}

void child_enter(pid_t parent, size_t memory)
{
  setsid();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) {
    _exit(1);
  }
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  default_signals();
  close_standard();
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, FILE_BYTES);
#ifndef HEADROOM_SANITIZED /* a sanitizer maps terabytes of shadow; the parent's look at what is held still stands */
  limit(RLIMIT_AS, memory_of(getpid(), 0) + memory + ADDRESS_SLACK);
#else
  (void)memory;
#endif
}

void child_limit_cpu(double more_seconds)
{
  struct rusage used;
  if (getrusage(RUSAGE_SELF, &used) == 0) {
    const double so_far = (double)used.ru_utime.tv_sec + (double)used.ru_stime.tv_sec;
    struct rlimit now;
    if (getrlimit(RLIMIT_CPU, &now) == 0) {
      now.rlim_cur = (rlim_t)(so_far + more_seconds + 2.0);
      setrlimit(RLIMIT_CPU, &now);
    }
  }
}

void child_began(struct child *child, pid_t pid, size_t memory)
{
  struct rusage own = { 0 };
  getrusage(RUSAGE_SELF, &own);
  *child = (struct child){ .pid = pid,
                           .pidfd = pidfd_open(pid, 0),
                           .resident = memory_of(getpid(), 1) + memory,
                           .peak_before = (size_t)own.ru_maxrss * 1024 };
}

bool child_too_big(const struct child *child)
{
  return memory_of(child->pid, 1) > child->resident;
}

enum verdict child_finish(struct child *child, int *signal)
{
  /* Until it is reaped a child that has ended keeps its number, so this reaches nobody else; how it ended is already
   * settled. */
  kill(-child->pid, SIGKILL);
  kill(child->pid, SIGKILL);
  int how = 0;
  struct rusage used = { 0 };
  while (wait4(child->pid, &how, 0, &used) < 0 && errno == EINTR) {
  }
  if (child->pidfd >= 0) {
    close(child->pidfd);
  }
  const size_t most = child->resident > child->peak_before ? child->resident : child->peak_before;
  child->pid = 0;
  child->pidfd = -1;
  if (signal != NULL) {
    *signal = WIFSIGNALED(how) ? WTERMSIG(how) : 0;
  }
  if (WIFEXITED(how) && WEXITSTATUS(how) == 0) {
    return VERDICT_OK;
  }
  if ((size_t)used.ru_maxrss * 1024 > most) {
    return VERDICT_MEMORY;
  }
  if (WIFSIGNALED(how)) {
    return WTERMSIG(how) == SIGXCPU ? VERDICT_TIMEOUT : VERDICT_CRASHED;
  }
  return VERDICT_EXITED;
}

double seconds_now(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
