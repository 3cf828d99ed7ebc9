/* test_model_levels.c: the same bits of every row at every level of instructions, and whether what no lane can change
 * is computed or left as it was; random plans and the shipped ones, with random changes. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "plan_maker.h"

#include "host/host.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLANS = 1500, LANES = 21, STRIDE = 24, TIMES_SHIPPED = 25 };

/* ---- random changes ------------------------------------------------------------------------------------ */

static uint64_t state_of_draws;

static uint64_t draw(void)
{
  uint64_t z = state_of_draws += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static double between(double low, double high)
{
  return low + (high - low) * ((double)(draw() >> 11) * 0x1p-53);
}

struct changed {
  const double **scale, **add;
  bool *touched, *every;
  double *rows;
};

/* One input in `one_in` is changed, in most years and lanes: rates by points, months by years, money by its own size.
 */
static void changed_make(struct changed *c, const struct plan *plan, int one_in)
{
  const size_t inputs = (size_t)plan->n_inputs, cells = inputs * (size_t)plan->n_years;
  *c = (struct changed){ .scale = calloc(cells, sizeof *c->scale),
                         .add = calloc(cells, sizeof *c->add),
                         .touched = calloc(inputs, sizeof *c->touched),
                         .every = malloc(inputs),
                         .rows = calloc(cells * STRIDE, sizeof *c->rows) };
  assert_true(c->scale != NULL && c->add != NULL && c->touched != NULL && c->every != NULL && c->rows != NULL);
  memset(c->every, true, inputs);
  for (size_t i = 0; i < inputs; i++) {
    const struct input *input = &plan->input[i];
    c->touched[i] = draw() % (uint64_t)one_in == 0;
    for (int y = 0; y < plan->n_years; y++) {
      const size_t at = i * (size_t)plan->n_years + (size_t)y;
      double *row = c->rows + at * STRIDE;
      const double own = input->plan[y] < 0.0 ? -input->plan[y] : input->plan[y];
      const double size = input->unit == UNIT_FRACTION ? 0.05 : input->unit == UNIT_MONTHS ? 18.0 : 0.2 * own + 3000.0;
      const bool scales = draw() % 4 == 0, changes = c->touched[i] && draw() % 8 != 0;
      for (int lane = 0; lane < STRIDE; lane++) {
        const bool idle = draw() % 5 == 0;
        row[lane] = scales ? (idle ? 1.0 : between(0.8, 1.3)) : (idle ? 0.0 : between(-size, size));
      }
      c->scale[at] = changes && scales ? row : NULL;
      c->add[at] = changes && !scales ? row : NULL;
    }
  }
}

static void changed_free(struct changed *c)
{
  free(c->scale);
  free(c->add);
  free(c->touched);
  free(c->every);
  free(c->rows);
}

/* ---- projections compared ------------------------------------------------------------------------------ */

static struct projection *run(const struct plan *plan, const struct changed *c, const bool *touched)
{
  struct projection *p = NULL;
  assert_int_equal(projection_new(plan, touched, LANES, &p), STATUS_OK);
  for (int times = 0; times < 2; times++) { /* what one batch leaves behind may not show in the next */
    for (int y = 0; y < plan->n_years; y++) {
      projection_year(p, &(struct changes){ c->scale, c->add }, LANES, y);
    }
  }
  return p;
}

static bool same(const double *a, const double *b)
{
  for (int i = 0; i < LANES; i++) {
    if (!(a[i] == b[i])) {
      return false;
    }
  }
  return true;
}

static int count_of(const struct plan *plan, enum working working)
{
  return working == WORKING_RATE        ? plan->n_drivers
         : working <= WORKING_PERCENT   ? plan->n_lines
         : working == WORKING_TERM      ? N_TERMS
         : working <= WORKING_DELIVERED ? plan->n_savings
         : working <= WORKING_RELIEF    ? plan->n_receipts
         : working == WORKING_COST      ? plan->n_borrowings
                                        : plan->n_reserves;
}

static void assert_same_year(const struct plan *plan, const struct projection *a, const struct projection *b, int year,
                             const char *what)
{
  for (int m = 0; m < N_MEASURES; m++) {
    if (!same(projection_measure(a, (enum measure)m, year), projection_measure(b, (enum measure)m, year))) {
      fail_msg("%s: %s in year %d", what, measure_kinds[m].name, year);
    }
  }
  for (int l = 0; l < plan->n_lines + N_ENGINE_LINES; l++) {
    if (!same(projection_line(a, l, year), projection_line(b, l, year))) {
      fail_msg("%s: line %d in year %d", what, l, year);
    }
  }
  for (int i = 0; i < plan->n_inputs; i++) {
    if (!same(projection_input(a, i, year), projection_input(b, i, year))) {
      fail_msg("%s: input %d in year %d", what, i, year);
    }
  }
  for (int w = 0; w < N_WORKINGS; w++) {
    for (int item = 0; item < count_of(plan, (enum working)w); item++) {
      if (!same(projection_working(a, (enum working)w, item, year),
                projection_working(b, (enum working)w, item, year))) {
        fail_msg("%s: working %d of item %d in year %d", what, w, item, year);
      }
    }
  }
}

static void assert_same(const struct plan *plan, const struct projection *a, const struct projection *b,
                        const char *what)
{
  for (int y = 0; y < plan->n_years; y++) {
    assert_same_year(plan, a, b, y, what);
  }
}

/* The same totals where savings keep no rows of their own. */
static void assert_same_totals(const struct plan *plan, const struct changed *c, const struct projection *all,
                               const char *what)
{
  struct projection *p = NULL;
  assert_int_equal(projection_new(plan, c->touched, LANES, &p), STATUS_OK);
  projection_totals_only(p, true);
  for (int y = 0; y < plan->n_years; y++) {
    projection_year(p, &(struct changes){ c->scale, c->add }, LANES, y);
    for (int m = 0; m < N_MEASURES; m++) {
      if (!same(projection_measure(all, (enum measure)m, y), projection_measure(p, (enum measure)m, y))) {
        fail_msg("%s, totals only: %s in year %d", what, measure_kinds[m].name, y);
      }
    }
  }
  projection_free(p);
}

/* The lowest level with every input touched, against each level with those alone that something changes. */
static void holds(const struct plan *plan, const char *name, int one_in)
{
  struct changed c;
  char what[200];
  changed_make(&c, plan, one_in);
  if (!isa_choose(ISA_V2)) {
    assert_true(isa_choose(ISA_PLAIN));
  }
  struct projection *most = run(plan, &c, c.every);
  int levels = 0;
  for (int level = ISA_PLAIN; level <= ISA_V4; level++) {
    if (isa_choose((enum isa)level)) {
      struct projection *p = run(plan, &c, c.touched);
      snprintf(what, sizeof what, "%s, %s", name, isa_name((enum isa)level));
      assert_same(plan, most, p, what);
      assert_same_totals(plan, &c, most, what);
      projection_free(p);
      levels++;
    }
  }
  assert_true(levels >= 1);
  projection_free(most);
  changed_free(&c);
}

/* Half of the plans in whole pounds, where nothing is rounded to the penny. */
static void in_whole_pounds(struct plan *plan)
{
  for (int l = 0; l < plan->n_lines; l++) {
    struct line *line = &plan->line[l];
    line->amount.base = round_units(line->amount.base);
    for (int y = 0; y < plan->n_years; y++) {
      line->amount.cell[y] = round_units(line->amount.cell[y]);
      line->one_off.cell[y] = round_units(line->one_off.cell[y]);
    }
  }
  for (int r = 0; r < plan->n_reserves; r++) {
    plan->reserve[r].opening = round_units(plan->reserve[r].opening);
    plan->reserve[r].floor = round_units(plan->reserve[r].floor);
    for (int y = 0; y < plan->n_years; y++) {
      plan->reserve[r].movement->planned[y] = round_units(plan->reserve[r].movement->planned[y]);
    }
  }
  for (int y = 0; y < plan->n_years; y++) {
    for (int s = 0; s < plan->n_savings; s++) {
      plan->saving[s].value[y] = round_units(plan->saving[s].value[y]);
      plan->saving[s].cost[y] = round_units(plan->saving[s].cost[y]);
    }
  }
  for (int r = 0; r < plan->n_receipts; r++) {
    plan->receipt[r].amount = round_units(plan->receipt[r].amount);
  }
  for (int b = 0; b < plan->n_borrowings; b++) {
    plan->borrowing[b].amount = round_units(plan->borrowing[b].amount);
  }
}

static void random_plans_give_the_same_bits_at_every_level(void **state)
{
  (void)state;
  for (uint64_t seed = 1; seed <= PLANS; seed++) {
    struct arena arena;
    struct plan plan;
    char name[40];
    arena_init(&arena, NULL);
    plan_random(&plan, &arena, seed);
    if (seed % 2 == 0) {
      in_whole_pounds(&plan);
    }
    assert_int_equal(plan_finish(&plan), STATUS_OK);
    snprintf(name, sizeof name, "seed %d", (int)seed);
    state_of_draws = seed;
    holds(&plan, name, 1 + (int)(seed % 6));
    arena_fini(&arena);
  }
}

/* ---- shipped plans ------------------------------------------------------------------------------------- */

typedef void with_folder(struct folder *, const char *name);

static void for_every_folder(with_folder *hold)
{
  DIR *dir = opendir(SOURCE_DIR "/datasets");
  int count = 0;
  assert_non_null(dir);
  for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
    char path[600];
    struct folder folder;
    struct error error;
    snprintf(path, sizeof path, SOURCE_DIR "/datasets/%s/mtfp.csv", entry->d_name);
    FILE *mtfp = entry->d_name[0] != '.' ? fopen(path, "r") : NULL;
    if (mtfp == NULL) {
      continue;
    }
    fclose(mtfp);
    snprintf(path, sizeof path, SOURCE_DIR "/datasets/%s", entry->d_name);
    if (folder_load(&folder, path, NULL, &error) == STATUS_OK && folder.plan.has_mtfp) {
      hold(&folder, entry->d_name);
      count++;
    }
    folder_fini(&folder);
  }
  closedir(dir);
  assert_true(count >= 6);
}

static void changed_at_random(struct folder *folder, const char *name)
{
  for (int n = 0; n < TIMES_SHIPPED; n++) {
    state_of_draws = (uint64_t)n;
    holds(&folder->plan, name, 1 + n * 3);
  }
}

static void shipped_plans_give_the_same_bits_at_every_level(void **state)
{
  (void)state;
  for_every_folder(changed_at_random);
}

/* Every figure of a scenario's result. */
static void assert_same_result(const struct plan *plan, const struct result *a, const struct result *b,
                               const char *what)
{
  const size_t lines = (size_t)(plan->n_lines + N_ENGINE_LINES) * sizeof *a->line;
  if (memcmp(a->measure, b->measure, sizeof a->measure) != 0 || memcmp(a->date, b->date, sizeof a->date) != 0 ||
      memcmp(a->line, b->line, lines) != 0 ||
      memcmp(a->saving, b->saving, (size_t)plan->n_savings * sizeof *a->saving) != 0 ||
      memcmp(a->reserve, b->reserve, (size_t)plan->n_reserves * sizeof *a->reserve) != 0 ||
      memcmp(a->receipt, b->receipt, (size_t)plan->n_receipts * sizeof *a->receipt) != 0 ||
      memcmp(a->clamped, b->clamped, (size_t)plan->n_inputs * sizeof *a->clamped) != 0) {
    fail_msg("%s", what);
  }
}

static void scenarios_of(struct folder *folder, const char *name)
{
  const struct registry_options found_as_usual = { 0 };
  const struct run_options how = { .in_process = true };
  struct error error = { 0 };
  struct registry *registry = NULL;
  struct scenario *scenario = NULL;
  struct outcome *first = NULL;
  int count = 0;
  assert_int_equal(registry_open(&folder->arena, &found_as_usual, &registry, &error), STATUS_OK);
  assert_int_equal(scenarios_build(folder, registry, NULL, 0, NULL, 0, &scenario, &count, &error), STATUS_OK);
  for (int level = ISA_PLAIN; level <= ISA_V4; level++) {
    struct outcome *outcome = NULL;
    if (!isa_choose((enum isa)level)) {
      continue;
    }
    if (scenarios_run(&folder->plan, scenario, count, &how, &folder->arena, &outcome, &error) != STATUS_OK) {
      fail_msg("%s: %s", name, error.text);
    }
    first = first == NULL ? outcome : first;
    for (int s = 0; s < count; s++) {
      assert_same_result(&folder->plan, first[s].result, outcome[s].result, scenario[s].id);
    }
  }
  registry_close(registry);
}

static void shipped_scenarios_give_the_same_pence_at_every_level(void **state)
{
  (void)state;
  for_every_folder(scenarios_of);
}

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(random_plans_give_the_same_bits_at_every_level),
    cmocka_unit_test(shipped_plans_give_the_same_bits_at_every_level),
    cmocka_unit_test(shipped_scenarios_give_the_same_pence_at_every_level),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
