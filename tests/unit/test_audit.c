/* test_audit.c: corners in which a plausible engine goes wrong, each against figures worked by hand; the rule stands
 * beside each. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_plan.h"

/* ---- the base year and the first year ------------------------------------------------------------------ */

/* 1,000.00 x (5,000 x 98%) = 4,900,000 of funding, also where the file prints funding with a minus (R4). */
static void council_tax_of_the_base_year_is_funding_under_every_sign_convention(void **state)
{
  (void)state;
  for (double sign = -1.0; sign <= 1.0; sign += 2.0) {
    struct made *made = start(1);
    plan_line(&made->plan, "tax", LINE_COUNCIL_TAX, FORM_COUNCIL_TAX, true, 0)->sign = sign;
    give_term(&made->plan, TERM_BAND_D, 1000.0, -1.0);
    give_term(&made->plan, TERM_EQUIVALENTS, 5000.0, 5000.0);
    give_term(&made->plan, TERM_COLLECTION, 0.98, 0.98);
    projected(made);
    const struct base_year base = plan_base_year(&made->plan);
    assert_true(base.known);
    assert_pence_equal(base.funding, 490000000);
    finish(made);
  }
}

/* amount = recurring + one_off in the base year too: 5,000 + 700. */
static void a_one_off_part_counts_in_the_base_year(void **state)
{
  (void)state;
  struct made *made = start(1);
  struct line *line = plan_line(&made->plan, "x", LINE_OTHER, FORM_ROLL, true, 5000);
  line->one_off.has_base = true;
  line->one_off.base = 700;
  projected(made);
  assert_pence_equal(plan_base_year(&made->plan).net_budget, 570000);
  finish(made);
}

/* A base worked back from the first year so that growth has something to act on is no figure of the base year. */
static void a_base_that_was_worked_out_is_not_a_base_year(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_driver(&made->plan, "cpi", DRIVER_PRICE, 0.02);
  line_follows(&made->plan, plan_line(&made->plan, "x", LINE_OTHER, FORM_LEVEL, true, 5100), 0);
  projected(made);
  assert_false(plan_base_year(&made->plan).known);
  finish(made);
}

/* Levels of 5,000 and 5,100, no base, no driver; a rate of 1% in both years: 5,000 x 1.01 = 5,050; 5,050 x 1.01 =
 * 5,100.50 -> 5,101,
 * + 100 = 5,201. */
static void a_rate_shock_in_the_first_year_moves_a_level_line_without_a_base(void **state)
{
  (void)state;
  struct made *made = start(2);
  plan_line(&made->plan, "x", LINE_CONTRACT, FORM_LEVEL, true, 5000)->amount.cell[1] = 5100;
  const struct result *plan = projected(made);
  assert_pence_equal(plan->line[0].amount[0], 500000);
  assert_pence_equal(plan->line[0].amount[1], 510000);
  struct result *run = blank(made);
  change(made, made->plan.line[0].input, 0.01, run);
  assert_pence_equal(run->line[0].amount[0], 505000);
  assert_pence_equal(run->line[0].amount[1], 520100);
  finish(made);
}

/* ---- council tax --------------------------------------------------------------------------------------- */

/* Band D 1,000.00 -> 1,049.90 as published, 4.99% under a limit of 5%: three more points of core rise would be 7.99%
 * (R21). */
static void a_published_rise_counts_towards_the_referendum_limit(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_line(&made->plan, "tax", LINE_COUNCIL_TAX, FORM_COUNCIL_TAX, true, 0);
  give_term(&made->plan, TERM_BAND_D, 1000.0, 1049.90);
  give_term(&made->plan, TERM_EQUIVALENTS, 0.0, 5000.0);
  give_term(&made->plan, TERM_COLLECTION, 0.0, 1.0);
  give_term(&made->plan, TERM_LIMIT, 0.0, 0.05);
  projected(made);
  struct result *run = blank(made);
  change(made, made->plan.term[TERM_CORE_RISE].input, 0.03, run);
  assert_pence_equal(run->line[0].amount[0], -524950000); /* 1,049.90 x 5,000, as in the plan */
  assert_int_equal(run->clamped[made->plan.term[TERM_CORE_RISE].input], 1);
  finish(made);
}

/* Room for one point: the plan's 3.99% may become 4.99%, 1,000.00 x 1.0499 x 5,000 = 5,249,500. */
static void a_published_rise_leaves_the_room_that_it_does_not_use(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_line(&made->plan, "tax", LINE_COUNCIL_TAX, FORM_COUNCIL_TAX, true, 0);
  give_term(&made->plan, TERM_BAND_D, 1000.0, 1039.90);
  give_term(&made->plan, TERM_EQUIVALENTS, 0.0, 5000.0);
  give_term(&made->plan, TERM_COLLECTION, 0.0, 1.0);
  give_term(&made->plan, TERM_LIMIT, 0.0, 0.05);
  projected(made);
  struct result *run = blank(made);
  change(made, made->plan.term[TERM_CORE_RISE].input, 0.03, run);
  assert_pence_equal(run->line[0].amount[0], -524950000);
  finish(made);
}

/* 1,845.00 and 4.99% of it is 1,937.07, as planned: ten pounds more a scenario may not have without a referendum (R21).
 */
static void a_band_d_that_a_scenario_moves_is_held_too(void **state)
{
  (void)state;
  struct made *made = start(1);
  give_council_tax(made, 0.0299, 0.02);
  made->plan.term[TERM_BAND_D].series.has_base = true;
  projected(made);
  struct result *run = blank(made);
  change(made, made->plan.term[TERM_BAND_D].input, 10.0, run);
  assert_pence_equal(run->line[0].amount[0], -10715685300);
  assert_int_equal(run->clamped[made->plan.term[TERM_BAND_D].input], 1);
  struct result *less = blank(made);
  change(made, made->plan.term[TERM_BAND_D].input, -10.0, less);
  assert_pence_equal(less->line[0].amount[0], -10660366200); /* 1,927.07 x 55,319.04 = 106,603,662.41 */
  finish(made);
}

/* Unitary, no limit of its own, 5% in all: core 1.99% and care 1%.  Two points more on either is under 5% together,
 * but 3.99% core is held at 2.99% and 3% care at 2%: 1,039.90 x 5,000 = 5,199,500 both times (domain 1.3). */
static void each_rise_of_an_authority_with_social_care_has_its_own_limit(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_line(&made->plan, "tax", LINE_COUNCIL_TAX, FORM_COUNCIL_TAX, true, 0);
  give_term(&made->plan, TERM_BAND_D, 1000.0, -1.0);
  give_term(&made->plan, TERM_EQUIVALENTS, 0.0, 5000.0);
  give_term(&made->plan, TERM_COLLECTION, 0.0, 1.0);
  give_term(&made->plan, TERM_CORE_RISE, 0.0, 0.0199);
  give_term(&made->plan, TERM_ASC_RISE, 0.0, 0.01);
  give_term(&made->plan, TERM_LIMIT, 0.0, 0.05);
  made->plan.term[TERM_LIMIT].present = false; /* the class's own */
  projected(made);
  struct result *core = blank(made), *care = blank(made);
  change(made, made->plan.term[TERM_CORE_RISE].input, 0.02, core);
  assert_pence_equal(core->line[0].amount[0], -519950000); /* 1,000.00 + 29.90 + 10.00 */
  change(made, made->plan.term[TERM_ASC_RISE].input, 0.02, care);
  assert_pence_equal(care->line[0].amount[0], -519950000); /* 1,000.00 + 19.90 + 20.00 */
  assert_int_equal(care->clamped[made->plan.term[TERM_ASC_RISE].input], 1);
  finish(made);
}

/* One batch asks for 3 points more of care precept, so the core rise gives way; the next asks for nothing and is the
 * plan. */
static void a_held_rise_does_not_reach_the_next_batch(void **state)
{
  (void)state;
  struct made *made = start(1);
  give_council_tax(made, 0.0299, 0.02);
  projected(made);
  const int input = made->plan.term[TERM_ASC_RISE].input;
  bool *touched = arena_array(&made->arena, (size_t)made->plan.n_inputs, sizeof *touched);
  const double **scale = arena_array(&made->arena, (size_t)made->plan.n_inputs, sizeof *scale);
  const double **add = arena_array(&made->arena, (size_t)made->plan.n_inputs, sizeof *add);
  double row[8] = { 0.03 };
  struct projection *p = NULL;
  assert_true(touched != NULL && scale != NULL && add != NULL);
  touched[input] = true;
  add[input] = row;
  assert_int_equal(projection_new(&made->plan, touched, 1, &p), STATUS_OK);
  projection_year(p, &(struct changes){ scale, add }, 1, 0);
  row[0] = 0.0;
  projection_year(p, &(struct changes){ scale, add }, 1, 0);
  assert_close(projection_line(p, 0, 0)[0], -107156853.0, 0.0);
  struct result *run = blank(made);
  assert_true(result_from_lane(run, p, 0));
  assert_int_equal(run->clamped[made->plan.term[TERM_CORE_RISE].input], 0);
  projection_free(p);
  finish(made);
}

/* ---- savings ------------------------------------------------------------------------------------------- */

/* C stands on A and on B, and B on A: the chance that all come is 50% x 80% x 100%, A counted once: 1,000 x 40% (R31).
 */
static void two_paths_to_one_parent_count_it_once(void **state)
{
  (void)state;
  static const int on_a[] = { 0 }, on_both[] = { 0, 1 }, on_a_twice[] = { 0, 0 };
  struct made *made = start(1);
  plan_saving(&made->plan, "a", true, 1000, 0.5);
  struct saving *b = plan_saving(&made->plan, "b", true, 1000, 0.8);
  struct saving *c = plan_saving(&made->plan, "c", true, 1000, 1.0);
  struct saving *d = plan_saving(&made->plan, "d", true, 1000, 1.0);
  b->depends = on_a, b->n_depends = 1;
  c->depends = on_both, c->n_depends = 2;
  d->depends = on_a_twice, d->n_depends = 2;
  const struct result *result = projected(made);
  assert_pence_equal(result->saving[1].expected[0], 40000);
  assert_pence_equal(result->saving[2].expected[0], 40000);
  assert_pence_equal(result->saving[3].expected[0], 50000);
  finish(made);
}

/* A one-off of 1,200 in the last year, 18 months late, comes after the plan ends: nothing is left of it in the plan. */
static void a_one_off_saving_that_slips_past_the_plan_is_not_in_it(void **state)
{
  (void)state;
  struct made *made = start(3);
  struct saving *saving = plan_saving(&made->plan, "s", false, 0, 1.0);
  saving->value[0] = saving->value[2] = 1200;
  projected(made);
  struct result *run = blank(made);
  change(made, made->plan.saving[0].input + 2, 18.0, run);
  assert_pence_equal(run->saving[0].expected[0], 0);
  assert_pence_equal(run->saving[0].expected[1], 60000); /* half of the first, a year and a half after it */
  assert_pence_equal(run->saving[0].expected[2], 60000);
  finish(made);
}

/* ---- reserves ------------------------------------------------------------------------------------------ */

/* The line holds the planned million; half a million more in a scenario is a cost all the same (R20). */
static void a_contribution_beyond_what_its_line_holds_is_a_cost(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_line(&made->plan, "pay_in", LINE_OTHER, FORM_LEVEL, true, 1000000);
  struct movement *movement = plan_reserve(&made->plan, "r", RESERVE_SMOOTHING, 0, 1)->movement;
  movement->planned[0] = 1000000;
  movement->contribution_line = 0;
  assert_pence_equal(projected(made)->measure[M_GAP][0], 100000000);
  struct result *run = blank(made);
  change(made, made->plan.reserve[0].input, 500000.0, run);
  assert_pence_equal(run->measure[M_GAP][0], 150000000);
  finish(made);
}

/* 5.0m less an unplanned draw of 4.0m leaves 1.0m; of the 3.0m that is to move to the General Fund 1.0m comes, and 2.0m
 * is short (R14). */
static void a_move_between_reserves_arrives_only_as_far_as_it_came_out(void **state)
{
  (void)state;
  struct made *made = start(2);
  plan_line(&made->plan, "storm", LINE_OTHER, FORM_LEVEL, false, 0)->one_off.cell[0] = 4000000;
  struct movement *into = plan_reserve(&made->plan, "gf", RESERVE_GENERAL_FUND, 1000000, 0)->movement;
  struct movement *from = plan_reserve(&made->plan, "r", RESERVE_SMOOTHING, 5000000, 1)->movement;
  into->for_revenue = from->for_revenue = false;
  into->planned[1] = 3000000;
  from->planned[1] = -3000000;
  const struct result *result = projected(made);
  assert_pence_equal(result->reserve[1].closing[1], 0);
  assert_pence_equal(result->reserve[0].closing[1], 200000000);
  assert_pence_equal(result->reserve[1].planned_short[1], 200000000);
  assert_pence_equal(result->measure[M_USABLE_CLOSING][1], 200000000); /* as much as there was before the move */
  finish(made);
}

/* 3.0m out, of which 2.0m moves to the General Fund and 1.0m is capital spending; 2.5m is there: the move comes first,
 * all of it. */
static void spending_outside_gives_way_before_a_move_does(void **state)
{
  (void)state;
  struct made *made = start(2);
  plan_line(&made->plan, "storm", LINE_OTHER, FORM_LEVEL, false, 0)->one_off.cell[0] = 500000;
  struct movement *into = plan_reserve(&made->plan, "gf", RESERVE_GENERAL_FUND, 0, 0)->movement;
  struct movement *from = plan_reserve(&made->plan, "r", RESERVE_SMOOTHING, 3000000, 1)->movement;
  into->for_revenue = from->for_revenue = false;
  into->planned[1] = 2000000;
  from->planned[1] = -3000000;
  const struct result *result = projected(made);
  assert_pence_equal(result->reserve[0].closing[1], 200000000);
  assert_pence_equal(result->reserve[1].planned_short[1], 50000000);
  finish(made);
}

/* With no budget nobody knows what else is drawn: not in the horizon would read as safety (R18). */
static void without_a_budget_a_date_that_is_not_met_is_unknown(void **state)
{
  (void)state;
  struct made *made = start(2);
  made->plan.has_mtfp = false;
  made->plan.minimum_rule = MINIMUM_AMOUNT;
  made->plan.minimum_amount[0] = made->plan.minimum_amount[1] = 100;
  struct movement *movement = plan_reserve(&made->plan, "gf", RESERVE_GENERAL_FUND, 500, 0)->movement;
  movement->for_revenue = false;
  movement->planned[1] = -450;
  const struct result *result = projected(made);
  assert_int_equal(result->date[DATE_BELOW_MINIMUM], 1); /* 50 left, on the plan's own movements */
  assert_int_equal(result->date[DATE_USABLE_EXHAUSTED], DATE_UNKNOWN);
  finish(made);
}

/* ---- capital ------------------------------------------------------------------------------------------- */

/* Half of a receipt that the direction leaves out is asked for flexible use, beside a qualifying cost of 300: none is
 * used. */
static void a_receipt_that_is_not_eligible_is_never_used_flexibly(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_line(&made->plan, "cost", LINE_OTHER, FORM_LEVEL, true, 1000);
  plan_receipt(&made->plan, "right_to_buy", 0, 1000)->eligible = false;
  struct saving *saving = plan_saving(&made->plan, "s", true, 0, 1.0);
  saving->has_cost = true;
  saving->cost_funding = COST_RECEIPTS;
  saving->cost[0] = 300;
  projected(made);
  struct result *run = blank(made);
  change(made, made->plan.receipt[0].input + 4, 0.5, run);
  assert_pence_equal(run->measure[M_CAPITALISED][0], 0);
  assert_int_equal(run->clamped[made->plan.receipt[0].input + 4], 1);
  finish(made);
}

/* 1,000 received twelve years before: 20% had paid debt, 50% is for flexible use, of which 300 is used: 1,000 - 200 -
 * 300 is held. */
static void a_receipt_of_years_ago_is_used_and_what_is_left_is_held(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_line(&made->plan, "cost", LINE_OTHER, FORM_LEVEL, true, 1000);
  struct receipt *receipt = plan_receipt(&made->plan, "land", -12, 1000);
  receipt->to_debt = 0.2;
  receipt->to_flexible = 0.5;
  struct saving *saving = plan_saving(&made->plan, "s", true, 0, 1.0);
  saving->has_cost = true;
  saving->cost_funding = COST_RECEIPTS;
  saving->cost[0] = 300;
  const struct result *result = projected(made);
  assert_pence_equal(result->receipt[0].flexible[0], 30000);
  assert_pence_equal(result->receipt[0].held, 50000);
  finish(made);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(council_tax_of_the_base_year_is_funding_under_every_sign_convention),
    cmocka_unit_test(a_one_off_part_counts_in_the_base_year),
    cmocka_unit_test(a_base_that_was_worked_out_is_not_a_base_year),
    cmocka_unit_test(a_rate_shock_in_the_first_year_moves_a_level_line_without_a_base),
    cmocka_unit_test(a_published_rise_counts_towards_the_referendum_limit),
    cmocka_unit_test(a_published_rise_leaves_the_room_that_it_does_not_use),
    cmocka_unit_test(a_band_d_that_a_scenario_moves_is_held_too),
    cmocka_unit_test(each_rise_of_an_authority_with_social_care_has_its_own_limit),
    cmocka_unit_test(a_held_rise_does_not_reach_the_next_batch),
    cmocka_unit_test(two_paths_to_one_parent_count_it_once),
    cmocka_unit_test(a_one_off_saving_that_slips_past_the_plan_is_not_in_it),
    cmocka_unit_test(a_contribution_beyond_what_its_line_holds_is_a_cost),
    cmocka_unit_test(a_move_between_reserves_arrives_only_as_far_as_it_came_out),
    cmocka_unit_test(spending_outside_gives_way_before_a_move_does),
    cmocka_unit_test(without_a_budget_a_date_that_is_not_met_is_unknown),
    cmocka_unit_test(a_receipt_that_is_not_eligible_is_never_used_flexibly),
    cmocka_unit_test(a_receipt_of_years_ago_is_used_and_what_is_left_is_held),
  };
  return cmocka_run_group_tests_name("audit", tests, NULL, NULL);
}
