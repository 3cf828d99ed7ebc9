/* test_model.c: the projection against figures worked by hand; the rule that each shows stands in the name or beside
 * it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_plan.h"

/* 86,000,000 x 1.03 - 1,400,000 = 87,180,000 (Saltmere, employees 2026/27). */
static void a_roll_line_grows_by_its_driver_then_takes_its_step(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_driver(&made->plan, "pay", DRIVER_PAY, 0.03);
  struct line *line = plan_line(&made->plan, "E01", LINE_PAY, FORM_ROLL, true, 86000000);
  line_follows(&made->plan, line, 0);
  line->amount.filled[0] = true;
  line->amount.cell[0] = -1400000;
  assert_pence_equal(projected(made)->line[0].amount[0], 8718000000);
  finish(made);
}

/* 89,577,450 x 5% = 4,478,872.50, which banker's rounding would make 4,478,872 (R1, Saltmere's vacancy factor 2027/28).
 */
static void a_tie_is_rounded_away_from_zero(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_line(&made->plan, "E01", LINE_PAY, FORM_LEVEL, true, 89577450);
  struct line *vacancy = plan_line(&made->plan, "E02", LINE_PAY, FORM_SHARE, true, 0);
  static const int of[] = { 0 };
  vacancy->of = of;
  vacancy->n_of = 1;
  vacancy->percent.filled[0] = true;
  vacancy->percent.cell[0] = -0.05;
  assert_pence_equal(projected(made)->line[1].amount[0], -447887300);
  finish(made);
}

/* A published level comes back to the penny though a driver moves it, and a shock of 1 point in both years compounds:
 * 1,000.10 at 10% in year 1 from a base of 909.18: 909.18 x 1.11 = 1,009 + (1,000.10 - 1,000) = 1,009.10;
 * year 2: plan 1,000.10 x 1.10 = 1,100, step 1,000.10 - 1,100 = -99.90; run 1,009.10 x 1.11 = 1,120 - 99.90 = 1,020.10.
 */
static void a_level_line_returns_as_published_and_a_shock_compounds(void **state)
{
  (void)state;
  struct made *made = start(2);
  plan_driver(&made->plan, "cpi", DRIVER_PRICE, 0.10);
  struct line *line = plan_line(&made->plan, "x", LINE_CONTRACT, FORM_LEVEL, true, 1000.10);
  line_follows(&made->plan, line, 0);
  const struct result *plan = projected(made);
  assert_pence_equal(plan->line[0].amount[0], 100010);
  assert_pence_equal(plan->line[0].amount[1], 100010);
  struct result *run = blank(made);
  change(made, made->plan.driver[0].input, 0.01, run);
  assert_pence_equal(run->line[0].amount[0], 100910);
  assert_pence_equal(run->line[0].amount[1], 102010);
  finish(made);
}

/* CPI 6% plus half a point is held at the cap of 5% (format.md section 4). */
static void a_driver_that_follows_is_held_to_its_cap(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_driver(&made->plan, "cpi", DRIVER_PRICE, 0.06);
  struct driver *contracts = plan_driver(&made->plan, "contracts", DRIVER_CONTRACT, 0.005);
  contracts->follows = 0;
  contracts->has_cap = true;
  contracts->cap = 0.05;
  struct line *line = plan_line(&made->plan, "x", LINE_CONTRACT, FORM_ROLL, true, 100);
  line_follows(&made->plan, line, 1);
  assert_pence_equal(projected(made)->line[0].amount[0], 10500);
  finish(made);
}

/* R10: 800,000 once in the first year is not in the second. */
static void a_one_off_does_not_enter_the_next_base(void **state)
{
  (void)state;
  struct made *made = start(2);
  struct line *line = plan_line(&made->plan, "x", LINE_PRESSURE, FORM_LEVEL, false, 0);
  line->one_off.cell[0] = 800000;
  const struct result *result = projected(made);
  assert_pence_equal(result->measure[M_GAP][0], 80000000);
  assert_pence_equal(result->measure[M_GAP][1], 0);
  assert_pence_equal(result->measure[M_GAP_STRUCTURAL][0], 0);
  finish(made);
}

/* R27: money in a ring is in no total. */
static void a_ring_stands_outside_the_gap(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_line(&made->plan, "growth", LINE_GRANT, FORM_LEVEL, true, -500)->ring = "freeport";
  plan_line(&made->plan, "cost", LINE_OTHER, FORM_LEVEL, true, 700);
  const struct result *result = projected(made);
  assert_pence_equal(result->measure[M_GAP][0], 70000);
  assert_pence_equal(result->ring_cost[0], 0);
  finish(made);
}

/* R30: half of a 1,000 saving that slips 6 months: (1,000 in year 2 + 0 before year 1) -> 500 in year 1, then 1,000
 * each year; at 80% delivery 400 and 800. */
static void a_saving_six_months_late_is_half_in_its_first_year(void **state)
{
  (void)state;
  struct made *made = start(2);
  plan_saving(&made->plan, "s", true, 1000, 0.8);
  plan_line(&made->plan, "cost", LINE_OTHER, FORM_LEVEL, true, 5000);
  projected(made);
  struct result *run = blank(made);
  change(made, made->plan.saving[0].input + 2, 6.0, run);
  assert_pence_equal(run->saving[0].expected[0], 40000);
  assert_pence_equal(run->saving[0].expected[1], 80000);
  assert_pence_equal(run->saving[0].planned[0], 100000);
  finish(made);
}

/* R31: B at 50% depends on A at 60%: 30% of 1,000; and A's delay is B's. */
static void a_saving_delivers_and_starts_with_what_it_depends_on(void **state)
{
  (void)state;
  struct made *made = start(2);
  static const int parent[] = { 0 };
  plan_saving(&made->plan, "A", true, 1000, 0.6);
  struct saving *child = plan_saving(&made->plan, "B", true, 1000, 0.5);
  child->depends = parent;
  child->n_depends = 1;
  assert_pence_equal(projected(made)->saving[1].expected[0], 30000);
  struct result *run = blank(made);
  change(made, made->plan.saving[0].input + 2, 12.0, run);
  assert_pence_equal(run->saving[1].expected[0], 0);
  assert_pence_equal(run->saving[1].expected[1], 30000);
  finish(made);
}

/* R33: minus 20 points on a delivery of 10% is nothing, not less than nothing. */
static void delivery_is_held_at_nothing(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_saving(&made->plan, "s", true, 1000, 0.1);
  projected(made);
  struct result *run = blank(made);
  change(made, made->plan.saving[0].input + 1, -0.2, run);
  assert_pence_equal(run->saving[0].expected[0], 0);
  assert_int_equal(run->clamped[made->plan.saving[0].input + 1], 1);
  finish(made);
}

/* The peer's fault 1: General Fund of 10.0m, a gap of 10.0m every year, nothing planned: gone in year 1, unfunded from
 * year 2. */
static void an_unfunded_gap_drains_reserves(void **state)
{
  (void)state;
  struct made *made = start(3);
  plan_line(&made->plan, "cost", LINE_OTHER, FORM_LEVEL, true, 10000000);
  plan_reserve(&made->plan, "gf", RESERVE_GENERAL_FUND, 10000000, 0);
  const struct result *result = projected(made);
  assert_pence_equal(result->reserve[0].closing[0], 0);
  assert_pence_equal(result->measure[M_UNFUNDED][0], 0);
  assert_pence_equal(result->measure[M_UNFUNDED][1], 1000000000);
  assert_int_equal(result->date[DATE_USABLE_EXHAUSTED], 0);
  assert_int_equal(result->date[DATE_FIRST_UNFUNDED], 1);
  finish(made);
}

/* Order: smoothing (1) 300, in extremis (2) 200 above its floor of 50, General Fund above 100, then below; gap 700.
 * 300 + 150 + (180 - 100) + 100 = 630; unfunded 70; floor kept. */
static void reserves_are_drawn_in_the_stated_order_above_floors(void **state)
{
  (void)state;
  struct made *made = start(1);
  made->plan.minimum_rule = MINIMUM_AMOUNT;
  made->plan.minimum_amount[0] = 100;
  plan_line(&made->plan, "cost", LINE_OTHER, FORM_LEVEL, true, 700);
  plan_reserve(&made->plan, "gf", RESERVE_GENERAL_FUND, 180, 0);
  plan_reserve(&made->plan, "second", RESERVE_IN_EXTREMIS, 200, 2)->floor = 50;
  plan_reserve(&made->plan, "first", RESERVE_SMOOTHING, 300, 1);
  plan_reserve(&made->plan, "schools", RESERVE_RING_FENCED, 999, 0);
  const struct result *result = projected(made);
  assert_pence_equal(result->reserve[2].used[0], 30000);
  assert_pence_equal(result->reserve[1].used[0], 15000);
  assert_pence_equal(result->reserve[0].used[0], 18000);
  assert_pence_equal(result->measure[M_USED_BELOW_MINIMUM][0], 10000);
  assert_pence_equal(result->measure[M_UNFUNDED][0], 7000);
  assert_pence_equal(result->reserve[3].closing[0], 99900); /* R16 */
  finish(made);
}

/* R20: planning 1m into a reserve raises the gap by 1m. */
static void a_contribution_is_a_cost(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_line(&made->plan, "cost", LINE_OTHER, FORM_LEVEL, true, 0);
  plan_reserve(&made->plan, "gf", RESERVE_GENERAL_FUND, 5000000, 0)->movement->planned[0] = 1000000;
  const struct result *result = projected(made);
  assert_pence_equal(result->measure[M_GAP][0], 100000000);
  finish(made);
}

/* R19: a surplus of 400 goes to reserves only where the policy names one. */
static void a_surplus_goes_where_the_policy_says(void **state)
{
  (void)state;
  struct made *made = start(1);
  plan_line(&made->plan, "grant", LINE_GRANT, FORM_LEVEL, true, -400);
  plan_reserve(&made->plan, "gf", RESERVE_GENERAL_FUND, 100, 0);
  assert_pence_equal(projected(made)->reserve[0].closing[0], 10000);
  made->plan.surplus_to = 0;
  assert_pence_equal(projected(made)->reserve[0].closing[0], 50000);
  finish(made);
}

/* A planned use of 60 in year 2 finds only what the unplanned draw of year 1 left: 100 - 80 = 20, so 40 is short. */
static void what_a_draw_took_from_a_later_planned_use_is_told(void **state)
{
  (void)state;
  struct made *made = start(2);
  struct line *cost = plan_line(&made->plan, "cost", LINE_OTHER, FORM_LEVEL, true, 80);
  cost->amount.cell[1] = 200;
  plan_reserve(&made->plan, "r", RESERVE_SMOOTHING, 100, 1)->movement->planned[1] = -60;
  const struct result *result = projected(made);
  assert_pence_equal(result->measure[M_PLANNED_USE][1], 6000);
  assert_pence_equal(result->measure[M_GAP_AFTER_PLANNED_USE][1], 14000);
  assert_pence_equal(result->reserve[0].planned_short[1], 4000);
  finish(made);
}

/* R35, R37: 20.5m on debt at 4.5% over 25 years saves 820,000 + 922,500 = 1,742,500 a year from the year after. */
static void a_receipt_on_debt_saves_mrp_and_interest_from_the_year_after(void **state)
{
  (void)state;
  struct made *made = start(2);
  plan_line(&made->plan, "cost", LINE_OTHER, FORM_LEVEL, true, 9000000);
  plan_receipt(&made->plan, "land", 0, 20500000)->to_debt = 1.0;
  const struct result *result = projected(made);
  assert_pence_equal(result->line[1 + ENGINE_RECEIPTS].amount[0], 0);
  assert_pence_equal(result->line[1 + ENGINE_RECEIPTS].amount[1], -174250000);
  assert_pence_equal(result->receipt[0].to_debt[0], 2050000000);
  finish(made);
}

/* Annuity: 1,000,000 at 5% over 20 years: first-year MRP 1,000,000 x 0.05 / (1.05^20 - 1) = 30,242.587 -> 30,243;
 * interest 50,000. */
static void an_annuity_starts_low(void **state)
{
  (void)state;
  struct made *made = start(2);
  plan_line(&made->plan, "cost", LINE_OTHER, FORM_LEVEL, true, 9000000);
  struct receipt *receipt = plan_receipt(&made->plan, "land", 0, 1000000);
  receipt->to_debt = 1.0;
  receipt->life = 20;
  receipt->rate = 0.05;
  receipt->method = REPAY_ANNUITY;
  assert_pence_equal(projected(made)->line[1 + ENGINE_RECEIPTS].amount[1], -8024300);
  finish(made);
}

/* R36: flexible use is the least of the pot and the qualifying cost, and none after the direction ends (2029/30 is year
 * 3). */
static void flexible_use_meets_qualifying_cost_within_its_dates(void **state)
{
  (void)state;
  struct made *made = start(5);
  plan_line(&made->plan, "cost", LINE_OTHER, FORM_LEVEL, true, 1000);
  plan_receipt(&made->plan, "land", 0, 1000)->to_flexible = 1.0;
  struct saving *saving = plan_saving(&made->plan, "s", true, 0, 1.0);
  saving->has_cost = true;
  saving->cost_funding = COST_RECEIPTS;
  saving->cost[1] = 300;
  saving->cost[4] = 200;
  const struct result *result = projected(made);
  assert_pence_equal(result->measure[M_CAPITALISED][1], 30000);
  assert_pence_equal(result->measure[M_CAPITALISED][4], 0);
  assert_pence_equal(result->measure[M_GAP][1], 100000); /* 1,000 + 300 cost - 300 flexible use */
  assert_pence_equal(result->measure[M_GAP][4], 120000);
  assert_pence_equal(result->flexible_excess[4], 70000);
  finish(made);
}

/* R38's arithmetic: 10m borrowed at 5% over 20 years costs 0.5m + 0.5m in the year after. */
static void borrowing_costs_mrp_and_interest_from_the_year_after(void **state)
{
  (void)state;
  struct made *made = start(2);
  plan_line(&made->plan, "cost", LINE_OTHER, FORM_LEVEL, true, 0);
  made->plan.borrowing[made->plan.n_borrowings++] =
      (struct borrowing){ .id = "efs", .label = "", .year = 0, .amount = 10000000, .rate = 0.05, .life = 20 };
  const struct result *result = projected(made);
  assert_pence_equal(result->measure[M_GAP][0], 0);
  assert_pence_equal(result->measure[M_GAP][1], 100000000);
  finish(made);
}

static void an_amount_parses_as_people_type_it(void **state)
{
  (void)state;
  static const struct {
    const char *text;
    int64_t units;
    int places;
  } cases[] = { { "1234", 1234, 0 },
                { "1,234.50", 123450, 2 },
                { "-1,234", -1234, 0 },
                { "(1,234)", -1234, 0 },
                { "\xC2\xA3"
                  "1,234",
                  1234, 0 } };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct decimal d;
    assert_null(decimal_parse(cases[i].text, strlen(cases[i].text), DECIMAL_MONEY, &d));
    assert_int_equal(d.units, cases[i].units);
    assert_int_equal(d.places, cases[i].places);
  }
}

static void what_is_not_an_amount_is_refused(void **state)
{
  (void)state;
  static const char *const cases[] = { "",     "-",    "1,23", "12,34,567", "8.3E+06",
                                       "7.9m", "0x10", "nan",  "inf",       "1 234",
                                       "--5",  "(-5)", ".",    "1.2.3",     "99999999999999999999" };
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct decimal d;
    assert_non_null(decimal_parse(cases[i], strlen(cases[i]), DECIMAL_MONEY, &d));
  }
}

/* 1.15 pounds is 115 pence, which (int64_t)(1.15 * 100) is not. */
static void the_door_between_pounds_and_pence_rounds_and_refuses(void **state)
{
  (void)state;
  pence p;
  assert_true(pence_from_gbp(1.15, &p));
  assert_pence_equal(p, 115);
  assert_false(pence_from_gbp(0.0 / 0.0 * 1.0, &p));
  assert_false(pence_from_gbp(1e300, &p));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_roll_line_grows_by_its_driver_then_takes_its_step),
    cmocka_unit_test(a_tie_is_rounded_away_from_zero),
    cmocka_unit_test(a_level_line_returns_as_published_and_a_shock_compounds),
    cmocka_unit_test(a_driver_that_follows_is_held_to_its_cap),
    cmocka_unit_test(a_one_off_does_not_enter_the_next_base),
    cmocka_unit_test(a_ring_stands_outside_the_gap),
    cmocka_unit_test(a_saving_six_months_late_is_half_in_its_first_year),
    cmocka_unit_test(a_saving_delivers_and_starts_with_what_it_depends_on),
    cmocka_unit_test(delivery_is_held_at_nothing),
    cmocka_unit_test(an_unfunded_gap_drains_reserves),
    cmocka_unit_test(reserves_are_drawn_in_the_stated_order_above_floors),
    cmocka_unit_test(a_contribution_is_a_cost),
    cmocka_unit_test(a_surplus_goes_where_the_policy_says),
    cmocka_unit_test(what_a_draw_took_from_a_later_planned_use_is_told),
    cmocka_unit_test(a_receipt_on_debt_saves_mrp_and_interest_from_the_year_after),
    cmocka_unit_test(an_annuity_starts_low),
    cmocka_unit_test(flexible_use_meets_qualifying_cost_within_its_dates),
    cmocka_unit_test(borrowing_costs_mrp_and_interest_from_the_year_after),
    cmocka_unit_test(an_amount_parses_as_people_type_it),
    cmocka_unit_test(what_is_not_an_amount_is_refused),
    cmocka_unit_test(the_door_between_pounds_and_pence_rounds_and_refuses),
  };
  return cmocka_run_group_tests_name("model", tests, NULL, NULL);
}
