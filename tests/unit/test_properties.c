/* test_properties.c: what must hold of every plan, tried on thousands of random ones; a failure prints the seed that
 * shows it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "plan_maker.h"

#include <stdlib.h>
#include <string.h>

enum { PLANS = 3000 };

struct made {
  struct arena arena;
  struct plan plan;
  struct result *result;
  size_t size;
};

static void make(struct made *made, uint64_t seed)
{
  arena_init(&made->arena, NULL);
  plan_random(&made->plan, &made->arena, seed);
  assert_int_equal(plan_finish(&made->plan), STATUS_OK);
}

static struct result *project(struct made *made)
{
  made->size = result_size(&made->plan);
  void *block = arena_alloc(&made->arena, made->size);
  assert_non_null(block);
  made->result = result_init(block, &made->plan);
  assert_int_equal(plan_project(&made->plan, made->result), STATUS_OK);
  return made->result;
}

static void finish(struct made *made)
{
  arena_fini(&made->arena);
}

typedef void property(struct made *, uint64_t seed);

static void for_every_plan(property *holds)
{
  for (uint64_t seed = 1; seed <= PLANS; seed++) {
    struct made made;
    make(&made, seed);
    holds(&made, seed);
    finish(&made);
  }
}

#define assert_for_seed(condition, seed)                                 \
  do {                                                                   \
    if (!(condition)) {                                                  \
      fail_msg("seed %llu: %s", (unsigned long long)(seed), #condition); \
    }                                                                    \
  } while (0)

/* ---- every table casts (R2, R6) ------------------------------------------------------------------------ */

static pence class_total(const struct made *made, int year, int which)
{
  pence sum = 0;
  for (int l = 0; l < made->plan.n_lines + N_ENGINE_LINES; l++) {
    const bool own = l < made->plan.n_lines;
    const enum line_class class = own ? made->plan.line[l].class : engine_line_kinds[l - made->plan.n_lines].class;
    const int total = class_is_funding(class) ? 1 : class == LINE_CAPITALISED ? 2 : 0;
    const bool in_ring = own && made->plan.line[l].ring[0] != '\0';
    sum += !in_ring && total == which ? made->result->line[l].amount[year] : 0;
  }
  return sum;
}

static void casts(struct made *made, uint64_t seed)
{
  const struct result *r = project(made);
  for (int y = 0; y < made->plan.n_years; y++) {
    assert_for_seed(r->measure[M_NET_BUDGET][y] == class_total(made, y, 0), seed);
    assert_for_seed(r->measure[M_FUNDING][y] == -class_total(made, y, 1), seed);
    assert_for_seed(r->measure[M_CAPITALISED][y] == -class_total(made, y, 2), seed);
    assert_for_seed(r->measure[M_GAP_BEFORE_SAVINGS][y] == r->measure[M_NET_BUDGET][y] - r->measure[M_FUNDING][y],
                    seed);
    assert_for_seed(r->measure[M_GAP][y] == r->measure[M_GAP_BEFORE_SAVINGS][y] - r->measure[M_CAPITALISED][y] -
                                                r->measure[M_SAVINGS_EXPECTED][y],
                    seed);
    pence planned = 0, expected = 0;
    for (int s = 0; s < made->plan.n_savings; s++) {
      planned += r->saving[s].planned[y];
      expected += r->saving[s].expected[y];
      assert_for_seed(r->saving[s].expected[y] <= r->saving[s].planned[y], seed);
    }
    assert_for_seed(planned == r->measure[M_SAVINGS_PLANNED][y] && expected == r->measure[M_SAVINGS_EXPECTED][y], seed);
  }
}

static void every_table_casts(void **state)
{
  (void)state;
  for_every_plan(casts);
}

static void annual(struct made *made, uint64_t seed)
{
  const struct result *r = project(made);
  pence sum = 0;
  for (int y = 0; y < made->plan.n_years; y++) {
    sum += r->measure[M_GAP_ANNUAL][y];
  }
  assert_for_seed(sum == r->measure[M_GAP][made->plan.n_years - 1], seed);
}

static void annual_gaps_sum_to_the_last_cumulative_gap(void **state)
{
  (void)state;
  for_every_plan(annual);
}

/* ---- reserves (R13 to R16) ----------------------------------------------------------------------------- */

static void independent(struct made *made, uint64_t seed)
{
  const struct result *with = project(made);
  pence gap[MAX_YEARS];
  memcpy(gap, with->measure[M_GAP], sizeof gap);
  for (int r = 0; r < made->plan.n_reserves; r++) {
    made->plan.reserve[r].opening = 0.0;
    made->plan.reserve[r].floor = 0.0;
  }
  assert_int_equal(plan_finish(&made->plan), STATUS_OK);
  const struct result *without = project(made);
  assert_for_seed(memcmp(gap, without->measure[M_GAP], (size_t)made->plan.n_years * sizeof *gap) == 0, seed);
}

static void the_gap_does_not_depend_on_reserves(void **state)
{
  (void)state;
  for_every_plan(independent);
}

static void rolls(struct made *made, uint64_t seed)
{
  const struct result *r = project(made);
  for (int n = 0; n < made->plan.n_reserves; n++) {
    const struct reserve_result *v = &r->reserve[n];
    for (int y = 0; y < made->plan.n_years; y++) {
      assert_for_seed(v->closing[y] == v->opening[y] + v->planned[y] + v->surplus[y] - v->used[y], seed);
      assert_for_seed(y == 0 || v->opening[y] == v->closing[y - 1], seed);
    }
  }
}

static void every_reserve_rolls_forward(void **state)
{
  (void)state;
  for_every_plan(rolls);
}

static void never_below(struct made *made, uint64_t seed)
{
  const struct result *r = project(made);
  for (int n = 0; n < made->plan.n_reserves; n++) {
    const struct reserve *reserve = &made->plan.reserve[n];
    pence floor = 0;
    assert_true(pence_from_gbp(reserve->floor, &floor));
    for (int y = 0; y < made->plan.n_years && reserve->class != RESERVE_DSG; y++) {
      assert_for_seed(r->reserve[n].closing[y] >= floor, seed);
      assert_for_seed(class_is_usable(reserve->class) || r->reserve[n].used[y] == 0, seed); /* R16 */
    }
  }
}

static void no_reserve_goes_below_its_floor_or_is_drawn_against_the_rules(void **state)
{
  (void)state;
  for_every_plan(never_below);
}

/* Money is drawn from one reserve only when every reserve before it is at its floor, and nothing is unfunded while any
 * is above. */
static void in_order(struct made *made, uint64_t seed)
{
  const struct result *r = project(made);
  for (int y = 0; y < made->plan.n_years; y++) {
    bool spent = true;
    for (int n = 0; n < made->plan.n_draw; n++) {
      const int d = made->plan.draw[n];
      pence floor = 0;
      assert_true(pence_from_gbp(made->plan.reserve[d].floor, &floor));
      assert_for_seed(spent || r->reserve[d].used[y] == 0, seed);
      spent &= r->reserve[d].closing[y] == floor || (made->plan.surplus_to == d && r->measure[M_GAP][y] < 0);
    }
    const int fund = made->plan.general_fund;
    assert_for_seed(spent || r->reserve[fund].used[y] == 0, seed);
    assert_for_seed(r->measure[M_UNFUNDED][y] == 0 || (spent && r->reserve[fund].closing[y] == 0), seed);
    assert_for_seed(r->measure[M_USED_BELOW_MINIMUM][y] <= r->reserve[fund].used[y], seed);
  }
}

static void reserves_are_drawn_in_order(void **state)
{
  (void)state;
  for_every_plan(in_order);
}

/* The gap is met by what was planned, what was drawn, and what is unfunded: nothing more, nothing less. */
static void met(struct made *made, uint64_t seed)
{
  const struct result *r = project(made);
  for (int y = 0; y < made->plan.n_years; y++) {
    pence paid = r->measure[M_UNFUNDED][y];
    for (int n = 0; n < made->plan.n_reserves; n++) {
      const struct movement *movement = made->plan.reserve[n].movement;
      paid += r->reserve[n].used[y];
      paid -= movement->for_revenue && r->reserve[n].planned[y] < 0 ? r->reserve[n].planned[y] : 0;
    }
    const pence gap = r->measure[M_GAP][y];
    assert_for_seed(paid == (gap > 0 ? gap : 0), seed);
  }
}

static void what_meets_the_gap_is_the_gap(void **state)
{
  (void)state;
  for_every_plan(met);
}

/* ---- runs ---------------------------------------------------------------------------------------------- */

static void same(struct made *made, uint64_t seed)
{
  const struct result *first = project(made);
  const struct result *second = project(made);
  assert_for_seed(memcmp(first->measure, second->measure, sizeof first->measure) == 0, seed);
  assert_for_seed(
      memcmp(first->line, second->line, (size_t)(made->plan.n_lines + N_ENGINE_LINES) * sizeof *first->line) == 0,
      seed);
  assert_for_seed(memcmp(first->reserve, second->reserve, (size_t)made->plan.n_reserves * sizeof *first->reserve) == 0,
                  seed);
}

static void a_plan_projected_twice_gives_the_same_bytes(void **state)
{
  (void)state;
  for_every_plan(same);
}

/* Rows of changes for every input: add[lane] to each. */
struct all_changes {
  const double **scale, **add;
  bool *touched;
  double one[16], more[16];
};

static void changes_start(struct all_changes *c, const struct plan *plan)
{
  const size_t cells = (size_t)(plan->n_inputs * plan->n_years);
  c->scale = calloc(cells, sizeof *c->scale);
  c->add = calloc(cells, sizeof *c->add);
  c->touched = calloc((size_t)plan->n_inputs, sizeof *c->touched);
  for (int i = 0; i < 16; i++) {
    c->one[i] = 1.0;
    c->more[i] = 0.0;
  }
  for (int i = 0; i < plan->n_inputs; i++) {
    c->touched[i] = true;
    for (int y = 0; y < plan->n_years; y++) {
      c->scale[i * plan->n_years + y] = c->one;
      c->add[i * plan->n_years + y] = c->more;
    }
  }
}

static void changes_finish(struct all_changes *c)
{
  free(c->scale);
  free(c->add);
  free(c->touched);
}

static struct projection *run(const struct plan *plan, const struct all_changes *c, int lanes)
{
  struct projection *p = NULL;
  assert_int_equal(projection_new(plan, c->touched, lanes, &p), STATUS_OK);
  for (int y = 0; y < plan->n_years; y++) {
    projection_year(p, &(struct changes){ c->scale, c->add }, lanes, y);
  }
  return p;
}

/* R42: every input touched by nothing at all gives the plan bit for bit. */
static void neutral(struct made *made, uint64_t seed)
{
  struct all_changes c;
  struct projection *plain = NULL;
  changes_start(&c, &made->plan);
  assert_int_equal(projection_new(&made->plan, NULL, 1, &plain), STATUS_OK);
  struct projection *p = run(&made->plan, &c, 1);
  for (int m = 0; m < N_MEASURES; m++) {
    for (int y = 0; y < made->plan.n_years; y++) {
      const double *a = projection_measure(plain, (enum measure)m, y), *b = projection_measure(p, (enum measure)m, y);
      assert_for_seed(memcmp(a, b, sizeof *a) == 0, seed);
    }
  }
  projection_free(p);
  projection_free(plain);
  changes_finish(&c);
}

static void no_change_is_the_plan_bit_for_bit(void **state)
{
  (void)state;
  for_every_plan(neutral);
}

/* Lane k of eleven, each with a change of its own, is bit for bit what it is alone; and a year computed twice is the
 * year. */
static void lanes(struct made *made, uint64_t seed)
{
  struct all_changes c;
  changes_start(&c, &made->plan);
  for (int i = 0; i < 11; i++) {
    c.more[i] = (double)i * 0.01;
  }
  struct projection *together = run(&made->plan, &c, 11);
  projection_year(together, &(struct changes){ c.scale, c.add }, 11, made->plan.n_years - 1);
  for (int i = 0; i < 11; i += 5) {
    struct all_changes alone;
    changes_start(&alone, &made->plan);
    for (int k = 0; k < 8; k++) {
      alone.more[k] = (double)i * 0.01;
    }
    struct projection *p = run(&made->plan, &alone, 1);
    for (int m = 0; m < N_MEASURES; m++) {
      for (int y = 0; y < made->plan.n_years; y++) {
        const double *a = projection_measure(together, (enum measure)m, y) + i,
                     *b = projection_measure(p, (enum measure)m, y);
        assert_for_seed(memcmp(a, b, sizeof *a) == 0, seed);
      }
    }
    projection_free(p);
    changes_finish(&alone);
  }
  projection_free(together);
  changes_finish(&c);
}

static void lanes_do_not_touch_each_other(void **state)
{
  (void)state;
  for_every_plan(lanes);
}

/* R30: one whole year's slip of every saving in full effect throughout costs a year of each and leaves the last gap as
 * it was. */
static void slip(struct made *made, uint64_t seed)
{
  if (made->plan.n_years < 2) {
    return;
  }
  const struct result *plan = project(made);
  struct all_changes c;
  changes_start(&c, &made->plan);
  memset(c.touched, 0, (size_t)made->plan.n_inputs);
  const double late[8] = { 12, 12, 12, 12, 12, 12, 12, 12 };
  for (int i = 0; i < made->plan.n_inputs * made->plan.n_years; i++) {
    c.scale[i] = c.add[i] = NULL;
  }
  for (int s = 0; s < made->plan.n_savings; s++) {
    const int input = made->plan.saving[s].input + 2;
    c.touched[input] = true;
    for (int y = 0; y < made->plan.n_years; y++) {
      c.add[input * made->plan.n_years + y] = late;
    }
  }
  struct projection *p = run(&made->plan, &c, 1);
  struct result *run_result = result_init(arena_alloc(&made->arena, made->size), &made->plan);
  assert_true(result_from_lane(run_result, p, 0));
  const int last = made->plan.n_years - 1;
  for (int s = 0; s < made->plan.n_savings; s++) {
    assert_for_seed(run_result->saving[s].expected[0] == 0, seed);
    assert_for_seed(run_result->saving[s].expected[last] == plan->saving[s].expected[last], seed);
  }
  projection_free(p);
  changes_finish(&c);
}

static void a_year_of_slip_costs_the_first_year_and_not_the_last(void **state)
{
  (void)state;
  for_every_plan(slip);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_table_casts),
    cmocka_unit_test(annual_gaps_sum_to_the_last_cumulative_gap),
    cmocka_unit_test(the_gap_does_not_depend_on_reserves),
    cmocka_unit_test(every_reserve_rolls_forward),
    cmocka_unit_test(no_reserve_goes_below_its_floor_or_is_drawn_against_the_rules),
    cmocka_unit_test(reserves_are_drawn_in_order),
    cmocka_unit_test(what_meets_the_gap_is_the_gap),
    cmocka_unit_test(a_plan_projected_twice_gives_the_same_bytes),
    cmocka_unit_test(no_change_is_the_plan_bit_for_bit),
    cmocka_unit_test(lanes_do_not_touch_each_other),
    cmocka_unit_test(a_year_of_slip_costs_the_first_year_and_not_the_last),
  };
  return cmocka_run_group_tests_name("properties", tests, NULL, NULL);
}
