/* test_stress.c: the search for a boundary against looking at every grain; the least unlikely combination against a
 * grid. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress_fixture.h"

enum { MOST_DRIVERS = 3, BATCH = 1024 };

static const struct run_options here = { .in_process = true };

/* One scenario of shifts, one use each, in the order given. */
static struct scenario *shifts(int n, const char *const *address, const char *const *add)
{
  struct row_list list = { .arena = &folder.arena };
  struct scenario *scenario = NULL;
  struct left_out *left = NULL;
  int count = 0, n_left = 0;
  for (int i = 0; i < n; i++) {
    const char *instance = arena_printf(&folder.arena, "u%03d", i);
    row_add(&list, "moves", "shift", instance, "input", address[i]);
    row_add(&list, "moves", "shift", instance, "add", add[i]);
  }
  if (rows_build(&folder, registry, &list, &scenario, &count, &left, &n_left, &error) != STATUS_OK || n_left > 0) {
    fail_msg("%s", folder.findings.count > 0 ? folder.findings.item[0].text : n_left > 0 ? left[0].reason : error.text);
  }
  return scenario;
}

/* ---- boundaries ---------------------------------------------------------------------------------------- */

struct hunt {
  struct test test;
  double most, grain, direction;
  struct boundary found;
  bool exact_is_steady;
  long exact_before; /* by looking at every grain; -1: no change */
};

static void look_at_every_grain(struct trial *trial, struct hunt *hunt)
{
  static struct summary at[BATCH];
  double severity[BATCH];
  const long last = lround(hunt->most / hunt->grain);
  bool start = false, changed = false;
  hunt->exact_before = -1;
  hunt->exact_is_steady = true;
  for (long from = 0; from <= last; from += BATCH) {
    const int n = last - from + 1 < BATCH ? (int)(last - from + 1) : BATCH;
    for (int i = 0; i < n; i++) {
      severity[i] = hunt->direction * ((double)(from + i) * hunt->grain);
    }
    assert_true(trial_run(trial, n, severity, at));
    for (int i = 0; i < n; i++) {
      const bool met = test_met(&hunt->test, &at[i]);
      start = from + i == 0 ? met : start;
      if (!changed && met != start) {
        hunt->exact_before = from + i - 1;
        changed = true;
      } else if (changed && met == start) {
        hunt->exact_is_steady = false;
      }
    }
  }
}

static void hunt_once(struct lab *lab, void *shared)
{
  struct hunt *hunt = shared;
  struct trial *trial = trial_open(lab, 0, 256);
  assert_non_null(trial);
  assert_true(boundary_find(trial, 1, NULL, &hunt->direction, hunt->most, hunt->grain, &hunt->test, &hunt->found));
  look_at_every_grain(trial, hunt);
  trial_close(trial);
}

static void go_hunting(const char *address, const char *add, struct hunt *hunt)
{
  struct scenario *scenario = shifts(1, &address, &add);
  assert_int_equal(lab_run(&folder.plan, scenario, 1, hunt_once, hunt, &here, &error), STATUS_OK);
}

/* m months late, 2.0m x m/12 of it comes in the second year until m is 12 and 2.0m x (24 - m)/12 after: its gap of 1.5m
 * is closed from 9 months to 15 and open again from 16. */
static void a_measure_that_changes_back_is_told_with_both_sides_of_its_first_change(void **state)
{
  (void)state;
  plan_of_one_saving();
  struct hunt hunt = {
    .test = { .measure = M_GAP, .comparison = AT_MOST, .amount = 0, .year = 1 }, .most = 60, .grain = 1, .direction = 1
  };
  go_hunting("saving:s.months_late", "1", &hunt);
  assert_int_equal(hunt.found.kind, BOUNDARY_NOT_STEADY);
  assert_false(hunt.found.met_at_0);
  assert_close(hunt.found.before, 8.0, 0.0);
  assert_close(hunt.found.after, 9.0, 0.0);
  assert_pence_equal(hunt.found.at_before.measure[M_GAP][1], 16666700);
  assert_pence_equal(hunt.found.at_after.measure[M_GAP][1], 0);
}

/* In hundredths of a month there are 6,000 grains, more than a first look takes in. */
static void a_change_back_is_seen_among_thousands_of_grains(void **state)
{
  (void)state;
  plan_of_one_saving();
  struct hunt hunt = { .test = { .measure = M_GAP, .comparison = AT_MOST, .amount = 0, .year = 1 },
                       .most = 60,
                       .grain = 0.01,
                       .direction = 1 };
  go_hunting("saving:s.months_late", "1", &hunt);
  assert_int_equal(hunt.found.kind, BOUNDARY_NOT_STEADY);
  assert_close(hunt.found.after, 9.0, 1e-9);
}

/* The third year's gap is 0 whatever comes late: even five years change nothing. */
static void what_never_changes_says_so_at_the_most_tried(void **state)
{
  (void)state;
  plan_of_one_saving();
  struct hunt hunt = { .test = { .measure = M_GAP, .comparison = AT_LEAST, .amount = 100, .year = 2 },
                       .most = 60,
                       .grain = 1,
                       .direction = 1 };
  go_hunting("saving:s.months_late", "1", &hunt);
  assert_int_equal(hunt.found.kind, BOUNDARY_NEVER);
  assert_close(hunt.found.before, 60.0, 0.0);
}

/* A hundred random plans, each driver of each up and down, for the four dates: wherever every grain was looked at and
 * the answer changes once, the search gives that very change. */
static void the_search_finds_what_every_grain_shows(void **state)
{
  (void)state;
  int steady = 0, unsteady = 0;
  for (uint64_t seed = 1; seed <= 100; seed++) {
    fresh();
    plan_random(&folder.plan, &folder.arena, seed);
    assert_int_equal(plan_finish(&folder.plan), STATUS_OK);
    for (int d = 0; d < N_DATES; d++) {
      struct hunt hunt = { .test = { .is_date = true, .date = (enum date)d, .year = folder.plan.n_years - 1 },
                           .most = 15,
                           .grain = 0.01,
                           .direction = seed % 2 == 0 ? 1.0 : -1.0 };
      go_hunting("driver:d0.value", "1pp", &hunt);
      if (hunt.exact_before >= 0 && hunt.exact_is_steady) {
        steady++;
        assert_int_equal(hunt.found.kind, BOUNDARY_FOUND);
        assert_close(hunt.found.before, (double)hunt.exact_before * hunt.grain, 1e-9);
      } else if (hunt.exact_before < 0) {
        assert_int_equal(hunt.found.kind, BOUNDARY_NEVER);
      } else {
        unsteady++;
        assert_true(hunt.found.kind != BOUNDARY_FOUND || lround(hunt.found.before / hunt.grain) >= hunt.exact_before);
      }
    }
  }
  assert_true(steady > 20);
  print_message("%d steady, %d not\n", steady, unsteady);
}

/* ---- combinations -------------------------------------------------------------------------------------- */

static uint64_t draw(uint64_t *state)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return *state >> 33;
}

static double between(uint64_t *state, double low, double high)
{
  return low + (high - low) * (double)(draw(state) % 1000) / 999.0;
}

/* Costs that follow a driver each, funding that grows about as fast, reserves that see the plan through. */
static void plan_of_drivers(int n, uint64_t seed, bool capped)
{
  static const char *const ids[MOST_DRIVERS] = { "d0", "d1", "d2" };
  static const enum driver_class classes[MOST_DRIVERS] = { DRIVER_PAY, DRIVER_CARE, DRIVER_DEMAND };
  struct plan *plan = &folder.plan;
  plan_start(plan, &folder.arena, 5);
  plan->minimum_rule = MINIMUM_PERCENT;
  plan->minimum_percent = 0.03;
  double total = 0.0;
  for (int d = 0; d < n; d++) {
    plan_driver(plan, ids[d], classes[d], 0.03);
  }
  if (capped) { /* the last follows the first, and its cap takes hold a point and a half up */
    plan->driver[n - 1].follows = 0;
    for (int y = 0; y < 5; y++) {
      plan->driver[n - 1].points[y] = 0.0;
    }
    plan->driver[n - 1].has_cap = true;
    plan->driver[n - 1].cap = 0.045;
  }
  for (int d = 0; d < n; d++) {
    const double amount = round(between(&seed, 10e6, 90e6));
    line_follows(plan, plan_line(plan, arena_printf(&folder.arena, "c%d", d), LINE_CONTRACT, FORM_ROLL, true, amount),
                 d);
    total += amount;
  }
  struct line *grant = plan_line(plan, "grant", LINE_GRANT, FORM_LEVEL, true, 0.0);
  for (int y = 0; y < 5; y++) {
    grant->amount.cell[y] = -round(total * pow(1.03, y + 1));
  }
  plan_reserve(plan, "gf", RESERVE_GENERAL_FUND, round(total * 0.06), 0);
  plan_reserve(plan, "r", RESERVE_SMOOTHING, round(total * between(&seed, 0.02, 0.12)), 1);
  assert_int_equal(plan_finish(plan), STATUS_OK);
}

struct combining {
  int n;
  enum date date;
  struct move move[MOST_DRIVERS];
  struct combination found;
  double nearest; /* of the grid's failing points */
  double step;    /* of the grid */
};

/* Distance by the inverse of the correlation matrix, worked out here for two and three moves. */
static double distance_of(const struct combining *c, const double *x)
{
  double r[3][3];
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++) {
      const bool both = i < c->n && j < c->n;
      r[i][j] = i == j                                   ? 1.0
                : !both                                  ? 0.0
                : c->move[i].factor == c->move[j].factor ? correlation_within
                                                         : correlation_across;
    }
  }
  const double v[3] = { x[0], x[1], c->n > 2 ? x[2] : 0.0 };
  double det = 0.0, sum = 0.0;
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++) { /* the adjugate: the matrix is symmetric */
      const int a = (i + 1) % 3, b = (i + 2) % 3, p = (j + 1) % 3, q = (j + 2) % 3;
      const double cofactor = r[a][p] * r[b][q] - r[a][q] * r[b][p];
      det += i == 0 ? r[0][j] * cofactor : 0.0;
      sum += v[i] * cofactor * v[j];
    }
  }
  return sqrt(sum / det);
}

static void try_points(struct trial *trial, struct combining *c, const struct test *test, int n,
                       double x[BATCH][MOST_DRIVERS])
{
  static struct summary at[BATCH];
  static double severity[MOST_DRIVERS * BATCH];
  for (int i = 0; i < n; i++) {
    for (int d = 0; d < c->n; d++) {
      severity[d * n + i] = x[i][d];
    }
  }
  assert_true(trial_run(trial, n, severity, at));
  for (int i = 0; i < n; i++) {
    const double distance = distance_of(c, x[i]);
    c->nearest = test_met(test, &at[i]) && distance < c->nearest ? distance : c->nearest;
  }
}

/* From one step to the good of the plan to five against it, every point that could be nearer than the best so far. */
static void try_grid(struct trial *trial, struct combining *c, const struct test *test)
{
  static double x[BATCH][MOST_DRIVERS];
  const int side = (int)(6.0 / c->step) + 1, layers = c->n > 2 ? side : 1;
  int n = 0;
  c->nearest = 1e9;
  for (long k = 0; k < (long)side * side * layers; k++) {
    x[n][0] = -1.0 + c->step * (double)(k % side);
    x[n][1] = -1.0 + c->step * (double)(k / side % side);
    const long layer = k / side / side;
    x[n][2] = -1.0 + c->step * (double)layer;
    n += distance_of(c, x[n]) < c->nearest;
    if (n == BATCH) {
      try_points(trial, c, test, n, x);
      n = 0;
    }
  }
  if (n > 0) {
    try_points(trial, c, test, n, x);
  }
}

static void combine_both_ways(struct lab *lab, void *shared)
{
  static const double worse[MOST_DRIVERS] = { 1.0, 1.0, 1.0 };
  struct combining *c = shared;
  const struct test test = { .is_date = true, .date = c->date, .year = folder.plan.n_years - 1 };
  struct trial *trial = trial_open(lab, 0, 256);
  assert_non_null(trial);
  assert_true(combination_find(trial, c->move, worse, c->n, c->n, folder.plan.n_years, c->date, &c->found));
  try_grid(trial, c, &test);
  trial_close(trial);
}

/* The grid can be off by what one of its cells measures across: step x sqrt(n), and twice that along the axis on which
 * the distance grows fastest. No grid point may be nearer than what was found, by more than half of one per cent. */
static void assert_grid_agrees(int n, enum date date, uint64_t seed, bool same_factor, bool capped, double step)
{
  static const char *const addresses[MOST_DRIVERS] = { "driver:d0.value", "driver:d1.value", "driver:d2.value" };
  static const char *const add[MOST_DRIVERS] = { "1pp", "1pp", "1pp" };
  plan_of_drivers(n, seed, capped);
  struct combining c = { .n = n, .date = date, .step = step };
  for (int d = 0; d < n; d++) {
    c.move[d] = (struct move){ .label = addresses[d],
                               .unit = "pp",
                               .step = 1,
                               .grain = 0.01,
                               .most = 25,
                               .factor = same_factor ? FACTOR_INFLATION : (enum factor)(d % N_FACTORS) };
  }
  struct scenario *scenario = shifts(n, addresses, add);
  assert_int_equal(lab_run(&folder.plan, scenario, 1, combine_both_ways, &c, &here, &error), STATUS_OK);
  assert_true(c.found.found);
  assert_close(c.found.distance, distance_of(&c, c.found.severity), 1e-6);
  if (c.found.distance > c.nearest * 1.005 || c.found.distance < c.nearest - 2.0 * step * sqrt((double)n)) {
    fail_msg("seed %d, date %d: found %.5f, the grid %.5f", (int)seed, (int)date, c.found.distance, c.nearest);
  }
}

static void two_moves_agree_with_a_grid(void **state)
{
  (void)state;
  for (uint64_t seed = 1; seed <= 8; seed++) {
    fresh();
    assert_grid_agrees(2, seed % 2 == 0 ? DATE_FIRST_UNFUNDED : DATE_BELOW_MINIMUM, seed, seed % 3 == 0, false, 0.02);
  }
}

static void three_moves_agree_with_a_grid(void **state)
{
  (void)state;
  for (uint64_t seed = 11; seed <= 14; seed++) {
    fresh();
    assert_grid_agrees(3, seed % 2 == 0 ? DATE_FIRST_UNFUNDED : DATE_BELOW_MINIMUM, seed, seed % 3 == 0, false, 0.05);
  }
}

/* A cap puts a kink in the boundary: beyond it a driver moves nothing more. */
static void moves_that_meet_a_cap_agree_with_a_grid(void **state)
{
  (void)state;
  for (uint64_t seed = 21; seed <= 24; seed++) {
    fresh();
    assert_grid_agrees(2, DATE_FIRST_UNFUNDED, seed, false, true, 0.02);
  }
}

static void what_is_found_breaks_the_plan(void **state)
{
  (void)state;
  static const char *const addresses[] = { "driver:d0.value", "driver:d1.value" };
  static const char *const add[] = { "1pp", "1pp" };
  plan_of_drivers(2, 5, false);
  struct combining c = { .n = 2, .date = DATE_FIRST_UNFUNDED, .step = 1.0 };
  c.move[0].factor = FACTOR_INFLATION;
  c.move[1].factor = FACTOR_DEMAND;
  struct scenario *scenario = shifts(2, addresses, add);
  assert_int_equal(lab_run(&folder.plan, scenario, 1, combine_both_ways, &c, &here, &error), STATUS_OK);
  assert_true(c.found.at.date[DATE_FIRST_UNFUNDED] >= 0);
  assert_true(c.found.at.measure[M_UNFUNDED][c.found.at.date[DATE_FIRST_UNFUNDED]] > 0);
}

struct many_moves {
  int n;
  struct move move[MOST_MOVES];
  struct combination found;
};

static void combine_many(struct lab *lab, void *shared)
{
  struct many_moves *many = shared;
  double worse[MOST_MOVES];
  for (int m = 0; m < many->n; m++) {
    worse[m] = 1.0;
  }
  struct trial *trial = trial_open(lab, 0, 256);
  assert_non_null(trial);
  assert_true(combination_find(trial, many->move, worse, many->n, many->n, folder.plan.n_years, DATE_FIRST_UNFUNDED,
                               &many->found));
  trial_close(trial);
}

/* Twelve contracts of £10m with a driver each, one year, no gap, and £2.4m in reserve.  A step of each costs £100k, so
 * that the plan breaks where the steps add up to 24.  All of one kind: the variance of the sum is 12 + 12 x 11 / 2 =
 * 78, the nearest point is 24 / sqrt(78) away, and lies at two steps of each.  Of eight moves alone it would be 24 / 6.
 */
static void every_move_takes_part(void **state)
{
  (void)state;
  enum { N = 12 };
  const char *address[N], *add[N];
  struct plan *plan = &folder.plan;
  plan_start(plan, &folder.arena, 1);
  struct many_moves many = { .n = N };
  for (int d = 0; d < N; d++) {
    const char *id = arena_printf(&folder.arena, "d%d", d);
    plan_driver(plan, id, DRIVER_PAY, 0.0);
    line_follows(plan, plan_line(plan, arena_printf(&folder.arena, "c%d", d), LINE_CONTRACT, FORM_ROLL, true, 10e6), d);
    address[d] = arena_printf(&folder.arena, "driver:%s.value", id);
    add[d] = "1pp";
    many.move[d] = (struct move){ .label = id, .unit = "pp", .step = 1, .grain = 0.01, .most = 25 };
  }
  plan_line(plan, "grant", LINE_GRANT, FORM_LEVEL, true, 0.0)->amount.cell[0] = -120e6;
  plan_reserve(plan, "gf", RESERVE_GENERAL_FUND, 2.4e6, 0);
  assert_int_equal(plan_finish(plan), STATUS_OK);
  assert_int_equal(lab_run(plan, shifts(N, address, add), 1, combine_many, &many, &here, &error), STATUS_OK);
  assert_true(many.found.found);
  assert_close(many.found.distance, 24.0 / sqrt(78.0), 0.005);
  for (int d = 0; d < N; d++) {
    assert_close(many.found.severity[d], 2.0, 0.05);
  }
}

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    IN_FOLDER(a_measure_that_changes_back_is_told_with_both_sides_of_its_first_change),
    IN_FOLDER(a_change_back_is_seen_among_thousands_of_grains),
    IN_FOLDER(what_never_changes_says_so_at_the_most_tried),
    IN_FOLDER(the_search_finds_what_every_grain_shows),
    IN_FOLDER(two_moves_agree_with_a_grid),
    IN_FOLDER(three_moves_agree_with_a_grid),
    IN_FOLDER(moves_that_meet_a_cap_agree_with_a_grid),
    IN_FOLDER(what_is_found_breaks_the_plan),
    IN_FOLDER(every_move_takes_part),
  };
  return cmocka_run_group_tests_name("stress", tests, NULL, NULL);
}
