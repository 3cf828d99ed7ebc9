/* bench_draws.c: a whole simulation of one council, on one thread, against nothing but its draws: words, normals,
 * correlation, persistence and distributions. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"

#include "mc/council.h"

#include <stdio.h>
#include <time.h>

enum { DRAWS = 1 << 20 };

/* Of the processor, so that whatever else runs on the machine is left out. */
static double cpu_seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Seconds a future of what a run draws, and of nothing else. */
static double time_draws(const struct council *council)
{
  struct futures futures;
  if (!futures_init(&futures, council)) {
    return 0.0;
  }
  const double start = cpu_seconds();
  for (int block = 0; block < DRAWS / DRAW_BLOCK; block++) {
    draws_shock(council->draws, block % DRAW_SETS, block / DRAW_SETS, futures.shock);
    draws_values(council->draws, futures.shock, futures.work, futures.value);
  }
  const double taken = cpu_seconds() - start;
  futures_fini(&futures);
  return taken / DRAWS;
}

static int rounds(struct folder *folder, const struct departures *departures, struct error *error)
{
  const struct simulation_options options = {
    .draws = DRAWS, .seed = 1, .plain = true, .threads = 1, .run = { .in_process = true }
  };
  static struct simulation simulation;
  static const struct scenario plan = { .id = "baseline", .label = "The plan" };
  struct council council = {
    .folder = folder, .plan = &folder->plan, .n_years = folder->plan.n_years, .scenario = &plan, .count = 1
  };
  if (council_set_up(&council, departures, &options, error) != STATUS_OK) {
    return fail(error->text);
  }
  double ratio[ROUNDS], drawing[ROUNDS], whole[ROUNDS];
  for (int r = 0; r < ROUNDS; r++) {
    drawing[r] = time_draws(&council) * 1e9;
    const double start = cpu_seconds();
    if (simulate(folder, NULL, 0, departures, &options, &simulation, error) != STATUS_OK) {
      return fail(error->text);
    }
    whole[r] = (cpu_seconds() - start) / DRAWS * 1e9;
    ratio[r] = whole[r] / drawing[r];
  }
  printf("a whole simulation, against its draws alone (%.0f ns a future of %.0f, at %s)\n", median(drawing),
         median(whole), isa_name(isa_level()));
  printf("  %d futures on one thread  %6.2f x\n", (int)DRAWS, median(ratio));
  draws_free(council.draws);
  return 0;
}

int bench_draws(const char *path)
{
  struct folder folder;
  struct error error = { 0 };
  struct departures departures = { 0 };
  if (folder_load(&folder, path, NULL, &error) != STATUS_OK ||
      uncertainty_bind(&folder, &departures, &error) != STATUS_OK) {
    return fail(error.text[0] != '\0' ? error.text : "the council cannot be read");
  }
  const int failed = rounds(&folder, &departures, &error);
  folder_fini(&folder);
  return failed;
}
