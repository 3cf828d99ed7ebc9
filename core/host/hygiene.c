/* hygiene.c: looks at the state of the process that a plugin must leave as it found it, and puts the processor's back.
 *
 * The processor's state is compared around every call: loading an object that was built with -ffast-math is enough to
 * flush small numbers to zero for the whole process.  The rest (locale, folder, signals...) costs system calls and is
 * for the conformance check. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/inside.h"

#include <dirent.h>
#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- the processor ------------------------------------------------------------------------------------- */

#if defined(__SSE2__)
enum { STICKY_FLAGS = 0x3f }; /* "something was inexact" and the like are no change of state */

static uint32_t control_word(void)
{
  return __builtin_ia32_stmxcsr() & ~(uint32_t)STICKY_FLAGS;
}

static void control_word_set(uint32_t word)
{
  __builtin_ia32_ldmxcsr(word);
}
#elif defined(__aarch64__)
static uint32_t control_word(void)
{
  uint64_t word;
  __asm__ volatile("mrs %0, fpcr" : "=r"(word));
  return (uint32_t)word;
}

static void control_word_set(uint32_t word)
{
  __asm__ volatile("msr fpcr, %0" : : "r"((uint64_t)word));
}
#else
static uint32_t control_word(void)
{
  return 0;
}

static void control_word_set(uint32_t word)
{
  (void)word;
}
#endif

/* ---- the process --------------------------------------------------------------------------------------- */

static uint64_t mix(uint64_t digest, uint64_t more)
{
  digest = (digest ^ more) * 0x9e3779b97f4a7c15u;
  return digest ^ (digest >> 29);
}

static uint64_t signals_digest(void)
{
  uint64_t digest = 0;
  sigset_t blocked;
  sigprocmask(SIG_SETMASK, NULL, &blocked);
  for (int s = 1; s < NSIG; s++) {
    struct sigaction action;
    if (sigaction(s, NULL, &action) == 0) {
      digest = mix(digest, (uint64_t)(uintptr_t)action.sa_handler + (uint64_t)sigismember(&blocked, s));
    }
  }
  return digest;
}

/* Entries of a folder of /proc whose names are numbers; their digest too.  The folder's own descriptor is left out. */
static int numbers_in(const char *path, uint64_t *digest)
{
  DIR *folder = opendir(path);
  if (folder == NULL) {
    return 0;
  }
  int count = 0;
  uint64_t sum = 0;
  for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    const long number = strtol(entry->d_name, NULL, 10);
    if (entry->d_name[0] != '.' && number != dirfd(folder)) {
      count++;
      sum += mix(1, (uint64_t)number); /* a sum, because the order is not promised */
    }
  }
  closedir(folder);
  if (digest != NULL) {
    *digest = sum;
  }
  return count;
}

static uint32_t umask_now(void)
{
  const mode_t now = umask(077);
  umask(now);
  return (uint32_t)now;
}

/* GSL has one error handler for the process; its own, NULL, aborts.  Looked up by name: the program or the plugin may
 * bring GSL along. */
static const void *gsl_handler_now(void)
{
  void *symbol = shared_symbol("gsl_set_error_handler");
  if (symbol == NULL) {
    return NULL;
  }
  void *(*set_handler)(void *);
  memcpy(&set_handler, &symbol, sizeof set_handler);
  void *now = set_handler(NULL);
  set_handler(now);
  return now;
}

void surroundings_take(struct surroundings *now)
{
  memset(now, 0, sizeof *now);
  snprintf(now->locale, sizeof now->locale, "%s %d", setlocale(LC_ALL, NULL),
           uselocale((locale_t)0) == LC_GLOBAL_LOCALE);
  if (getcwd(now->folder, sizeof now->folder) == NULL) {
    now->folder[0] = '\0';
  }
  now->umask = umask_now();
  now->signals = signals_digest();
  numbers_in("/proc/self/fd", &now->descriptors);
  now->threads = numbers_in("/proc/self/task", NULL);
  now->gsl_handler = gsl_handler_now();
}

enum verdict surroundings_compare(const struct surroundings *before, struct detail *detail)
{
  struct surroundings now;
  surroundings_take(&now);
  if (strcmp(now.locale, before->locale) != 0) {
    return refuse(detail, VERDICT_LOCALE, "the locale is now %s", setlocale(LC_ALL, NULL));
  }
  const char *what = strcmp(now.folder, before->folder) != 0  ? "the working folder"
                     : now.umask != before->umask             ? "the umask"
                     : now.signals != before->signals         ? "a signal's handler or the signal mask"
                     : now.descriptors != before->descriptors ? "the open descriptors"
                     : now.threads != before->threads         ? "the number of threads"
                     : now.gsl_handler != before->gsl_handler ? "GSL's error handler"
                                                              : NULL;
  return what == NULL ? VERDICT_OK : refuse(detail, VERDICT_ENVIRONMENT, "it changed %s", what);
}

void hygiene_take(struct hygiene *now)
{
  now->mxcsr = control_word();
  now->rounding = fegetround();
}

enum verdict hygiene_compare(const struct hygiene *before)
{
  struct hygiene now;
  hygiene_take(&now);
  if (now.mxcsr == before->mxcsr && now.rounding == before->rounding) {
    return VERDICT_OK;
  }
  fesetround(before->rounding);
  control_word_set(before->mxcsr);
  return VERDICT_FLOATING_POINT;
}
