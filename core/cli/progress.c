/* progress.c: one line on a terminal about work that takes over a second, wiped away when it is done. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const double silent_s = 1.0, between_s = 0.1;

static double now(void)
{
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static void look(void *ctx)
{
  struct progress *progress = ctx;
  const double at = now();
  if (at - progress->began < silent_s || at - progress->shown < between_s) {
    return;
  }
  char line[100];
  const double spent = at - progress->began;
  const int n = progress->part > 0.0
                    ? snprintf(line, sizeof line, "\r%.60s: %.0f%%, about %.0f s left\033[K", progress->what,
                               100.0 * progress->part, spent * (1.0 - progress->part) / progress->part)
                : progress->total > 0
                    ? snprintf(line, sizeof line, "\r%.60s (%d of %d), %.0f s\033[K", progress->what,
                               progress->done + 1, progress->total, at - progress->began)
                    : snprintf(line, sizeof line, "\r%.60s, %.0f s\033[K", progress->what, at - progress->began);
  fwrite(line, 1, (size_t)n, stderr);
  fflush(stderr);
  progress->shown = at;
  progress->is_shown = true;
}

void progress_begin(struct progress *progress, const struct arguments *arguments, const char *what)
{
  *progress = (struct progress){ .began = now(), .what = what };
  const char *term = getenv("TERM");
  const bool dumb = term != NULL && strcmp(term, "dumb") == 0; /* it could not wipe the line away */
  if (isatty(STDERR_FILENO) && !dumb && !arguments->in_process) {
    worker_onlooker(look, progress);
  }
}

void progress_step(void *ctx, const char *what, int done, int total)
{
  struct progress *progress = ctx;
  progress->what = what;
  progress->done = done;
  progress->total = total;
}

void progress_part(struct progress *progress, uint64_t done, uint64_t of)
{
  progress->part = of > 0 ? (double)done / (double)of : 0.0;
  if (isatty(STDERR_FILENO)) {
    look(progress);
  }
}

void progress_end(struct progress *progress)
{
  worker_onlooker(NULL, NULL);
  if (progress->is_shown) {
    fputs("\r\033[K", stderr);
    fflush(stderr);
  }
}
