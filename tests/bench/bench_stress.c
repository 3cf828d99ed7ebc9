/* bench_stress.c: the whole battery on one council, against the projections that it needs at the cost of one. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"

#include "stress/stress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = 256, TIMES = 20 };

/* What one future costs when it is one of a batch, in which one move at a time goes up. */
struct cost_of_one {
  const struct battery *battery;
  double seconds;
};

static void time_one(struct lab *lab, void *shared)
{
  struct cost_of_one *cost = shared;
  const int scenario = cost->battery->moves, n = cost->battery->scenario[scenario].n_uses;
  struct summary *at = calloc(LANES, sizeof *at);
  double *severity = calloc((size_t)n * LANES, sizeof *severity);
  struct trial *trial = trial_open(lab, scenario, LANES);
  bool ran = at != NULL && severity != NULL && trial != NULL && trial_run(trial, LANES, severity, at);
  const double start = seconds();
  for (int t = 0; ran && t < TIMES; t++) {
    memset(severity, 0, (size_t)n * LANES * sizeof *severity);
    for (int i = 0; i < LANES; i++) {
      severity[(t % n) * LANES + i] = (double)i / LANES;
    }
    ran = trial_run(trial, LANES, severity, at);
  }
  cost->seconds = ran ? (seconds() - start) / ((double)TIMES * LANES) : 0.0;
  trial_close(trial);
  free(severity);
  free(at);
}

static enum status prepare(struct folder *folder, struct registry **registry, const char *plugins, int n_packs,
                           char **packs, struct battery *battery, struct error *error)
{
  const struct registry_options options = { .plugin_path = plugins };
  struct row_list list = { .arena = &folder->arena };
  enum status status = registry_open(&folder->arena, &options, registry, error);
  for (int i = 0; status == STATUS_OK && i < n_packs; i++) {
    status = pack_load(folder, packs[i], &list.row, &list.count, error);
  }
  return status != STATUS_OK ? status : battery_build(folder, *registry, &list, battery, error);
}

static void report(const double ratio[ROUNDS], const double each[ROUNDS], const struct battery *battery,
                   long projections)
{
  double ratios[ROUNDS], costs[ROUNDS];
  memcpy(ratios, ratio, sizeof ratios);
  memcpy(costs, each, sizeof costs);
  printf("stress: %d packs, %d moves, %ld projections, each of %.0f ns in a batch of %d\n", battery->n_packs,
         battery->scenario[battery->moves].n_uses, projections, median(costs) * 1e9, (int)LANES);
  printf("  all of it, against as many projections at the cost of one  %6.2f x\n", median(ratios));
}

int bench_stress(const char *path, const char *plugins, int n_packs, char **packs)
{
  struct folder folder;
  struct error error = { 0 };
  struct registry *registry = NULL;
  static struct battery battery;
  const struct run_options options = { 0 };
  if (folder_load(&folder, path, NULL, &error) != STATUS_OK ||
      prepare(&folder, &registry, plugins, n_packs, packs, &battery, &error) != STATUS_OK || battery.moves < 0) {
    return fail(error.text[0] != '\0' ? error.text : "the council or a pack cannot be read");
  }
  double ratio[ROUNDS], each[ROUNDS];
  long projections = 0;
  for (int r = 0; r < ROUNDS; r++) {
    struct cost_of_one *cost = shared_alloc(sizeof *cost);
    if (cost == NULL) {
      return fail("memory");
    }
    cost->battery = &battery;
    if (lab_run(&folder.plan, battery.scenario, battery.count, time_one, cost, &options, &error) != STATUS_OK) {
      return fail(error.text);
    }
    const double start = seconds();
    struct stress_result *result = battery_run(&folder.plan, &battery, NULL, &options, &error);
    const double took = seconds() - start;
    if (result == NULL) {
      return fail(error.text);
    }
    projections = result->projections;
    each[r] = cost->seconds;
    ratio[r] = took / ((double)projections * cost->seconds);
    shared_free(result, sizeof *result);
    shared_free(cost, sizeof *cost);
  }
  report(ratio, each, &battery, projections);
  registry_close(registry);
  folder_fini(&folder);
  return 0;
}
