/* test_host_settle.c: a batch of drawn futures gives the same bits whatever batches ran before it: what uses do in
 * every batch alike is worked out once, and that may not show. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "host/host.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = 37, STRIDE = 40, BATCHES = 4, MOST_INPUTS = 40 };

static const char *const folders[] = { "saltmere", "north-east-lincolnshire", "kings-lynn-west-norfolk",
                                       "north-west-leicestershire", "gateshead-2023" };
static const int lanes_of[BATCHES] = { 20, LANES, LANES, 9 };

static uint64_t state_of_draws;

static double between(double low, double high)
{
  uint64_t z = state_of_draws += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return low + (high - low) * ((double)((z ^ (z >> 31)) >> 11) * 0x1p-53);
}

/* What is drawn for every batch, and how far a job has come. */
struct drawing {
  const struct plan *plan;
  int n_scenarios, n_inputs, input[MOST_INPUTS];
  const struct scenario *scenario;
  double *rows;
  const double *add[MOST_INPUTS * MAX_YEARS];
  char wrong[200];
};

static void choose_inputs(struct drawing *d)
{
  d->n_inputs = 0;
  for (int i = 0; i < d->plan->n_inputs && d->n_inputs < MOST_INPUTS; i++) {
    const enum field field = d->plan->input[i].field;
    const bool share = field == RECEIPT_TO_DEBT || field == RECEIPT_TO_AVOID || field == RECEIPT_TO_FLEXIBLE;
    if (!share && between(0.0, 1.0) < 0.1) {
      d->input[d->n_inputs++] = i;
    }
  }
}

static void draw_batch(struct drawing *d, int batch)
{
  state_of_draws = (uint64_t)batch;
  for (int k = 0; k < d->n_inputs; k++) {
    const struct input *input = &d->plan->input[d->input[k]];
    for (int y = 0; y < d->plan->n_years; y++) {
      double *row = d->rows + (k * d->plan->n_years + y) * STRIDE;
      const double own = input->plan[y] < 0.0 ? -input->plan[y] : input->plan[y];
      const double size = input->unit == UNIT_FRACTION ? 0.03 : input->unit == UNIT_MONTHS ? 12.0 : 0.1 * own + 900.0;
      for (int i = 0; i < STRIDE; i++) {
        row[i] = between(-size, size);
      }
      d->add[k * d->plan->n_years + y] = row;
    }
  }
}

/* Nothing else follows from these, and they are kept only where a policy may read them. */
static bool is_left_out(enum measure m)
{
  static const enum measure left_out[] = {
    M_GAP_BEFORE_SAVINGS, M_GAP_BEFORE_UNIDENTIFIED, M_GAP_BEFORE_CAPITALISED,      M_GAP_STRUCTURAL,
    M_GAP_ANNUAL,         M_GAP_AFTER_PLANNED_USE,   M_GAP_AFTER_PLANNED_USE_ANNUAL
  };
  for (size_t i = 0; i < COUNT_OF(left_out); i++) {
    if (left_out[i] == m) {
      return true;
    }
  }
  return false;
}

static bool same_rows(const struct plan *plan, const struct projection *a, const struct projection *b, int n_lanes,
                      int year)
{
  bool same = true;
  for (int i = 0; i < n_lanes; i++) {
    for (int m = 0; m < N_MEASURES; m++) {
      same &= is_left_out((enum measure)m) ||
              projection_measure(a, (enum measure)m, year)[i] == projection_measure(b, (enum measure)m, year)[i];
    }
    for (int l = 0; l < plan->n_lines + N_ENGINE_LINES; l++) {
      same &= projection_line(a, l, year)[i] == projection_line(b, l, year)[i];
    }
    for (int in = 0; in < plan->n_inputs; in++) {
      same &= plan->input[in].field == SAVING_DELIVERY || /* no row of its own where only the totals are asked for */
              plan->input[in].field == RECEIPT_MONTHS_LATE || /* nor in a year in which nothing is due */
              projection_input(a, in, year)[i] == projection_input(b, in, year)[i];
    }
  }
  return same;
}

/* The last batch after the others, against the same batch as the first of another trial. */
static void compare_trials(struct lab *lab, struct drawing *d, int scenario, const double *const *noise)
{
  struct trial *trial = trial_open_drawn(lab, scenario, LANES, d->input, d->n_inputs);
  bool ran = trial != NULL;
  for (int batch = 0; ran && batch < BATCHES; batch++) {
    struct trial *fresh = trial_open_drawn(lab, scenario, LANES, d->input, d->n_inputs);
    draw_batch(d, batch);
    ran = trial_run_drawn(trial, lanes_of[batch], d->add, noise) && fresh != NULL &&
          trial_run_drawn(fresh, lanes_of[batch], d->add, noise);
    for (int y = 0; ran && y < d->plan->n_years; y++) {
      if (!same_rows(d->plan, trial_projection(trial), trial_projection(fresh), lanes_of[batch], y)) {
        snprintf(d->wrong, sizeof d->wrong, "%s, %s: batch %d in year %d", d->plan->folder_id, d->scenario[scenario].id,
                 batch, y);
      }
    }
    trial_close(fresh);
  }
  trial_close(trial);
}

static void job(struct lab *lab, void *shared)
{
  struct drawing *d = shared;
  for (int s = 0; s < d->n_scenarios; s++) {
    struct arena arena;
    struct noise *noises = NULL;
    int count = 0;
    arena_init(&arena, NULL);
    assert_int_equal(scenario_noise(&d->scenario[s], &arena, &noises, &count), STATUS_OK);
    if (count == 0) {
      compare_trials(lab, d, s, NULL);
    }
    arena_fini(&arena);
  }
}

static void hold(const char *name, uint64_t seed)
{
  const struct registry_options found_as_usual = { 0 };
  const struct run_options how = { .in_process = true };
  struct registry *registry = NULL;
  struct error error = { 0 };
  struct scenario *scenario = NULL;
  struct folder folder;
  char path[500];
  snprintf(path, sizeof path, SOURCE_DIR "/datasets/%s", name);
  assert_int_equal(folder_load(&folder, path, NULL, &error), STATUS_OK);
  assert_int_equal(registry_open(&folder.arena, &found_as_usual, &registry, &error), STATUS_OK);
  struct drawing d = { .plan = &folder.plan };
  assert_int_equal(scenarios_build(&folder, registry, NULL, 0, NULL, 0, &scenario, &d.n_scenarios, &error), STATUS_OK);
  d.scenario = scenario;
  d.rows = calloc((size_t)MOST_INPUTS * MAX_YEARS * STRIDE, sizeof *d.rows);
  assert_non_null(d.rows);
  state_of_draws = seed;
  choose_inputs(&d);
  if (lab_run(&folder.plan, scenario, d.n_scenarios, job, &d, &how, &error) != STATUS_OK) {
    fail_msg("%s: %s", name, error.text);
  }
  if (d.wrong[0] != '\0') {
    fail_msg("%s", d.wrong);
  }
  assert_true(d.n_scenarios >= 4);
  free(d.rows);
  registry_close(registry);
  folder_fini(&folder);
}

static void a_batch_is_the_same_whatever_ran_before_it(void **state)
{
  (void)state;
  for (size_t f = 0; f < COUNT_OF(folders); f++) {
    for (uint64_t seed = 1; seed <= 6; seed++) {
      hold(folders[f], seed);
    }
  }
}

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_batch_is_the_same_whatever_ran_before_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
