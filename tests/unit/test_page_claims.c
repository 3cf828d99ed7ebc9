/* test_page_claims.c: what the page claims of simulated futures, of remedies and of a minimum that outgrows the fund,
 * where ties and edges would make it untrue. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "report/page/words.h"

/* ---- simulated futures --------------------------------------------------------------------------------- */

/* What the plan leaves and lacks, how many futures of 100 have no more than each, and the middle future, in millions.
 */
static const char *heading(double left, double no_more, double middle, double lacks, double lack_no_more,
                           double middle_lacks)
{
  static struct simulated s;
  s = (struct simulated){ .unfunded = { .plan = lacks * 1e8 } };
  s.usable[1].plan = left * 1e8;
  s.usable[1].plan_place.value = no_more / 100.0;
  s.usable[1].quantile[N_QUANTILES / 2].value = middle * 1e8;
  s.unfunded.plan_place.value = lack_no_more / 100.0;
  s.unfunded.quantile[N_QUANTILES / 2].value = middle_lacks * 1e8;
  return fan_heading(&s, 1);
}

#define MOST_BETTER "Most simulated futures are better than the plan"
#define MOST_WORSE "Most simulated futures are worse than the plan"
#define AS_MANY "About as many simulated futures are better than the plan as worse"
#define NEITHER "Simulated futures of the plan"

static void most_futures_are_told_by_what_is_left(void **state)
{
  (void)state;
  assert_string_equal(heading(10, 30, 12, 0, 95, 0), MOST_BETTER);
  assert_string_equal(heading(10, 70, 8, 0, 80, 0), MOST_WORSE);
  assert_string_equal(heading(10, 51, 9.9, 0, 80, 0), AS_MANY);
  assert_string_equal(heading(10, 80, 10, 0, 100, 0), NEITHER); /* ties */
}

/* 70 of 100 close with no more than the plan's 0: that says nothing of how many are worse. */
static void a_plan_that_just_lasts_is_told_by_what_futures_lack(void **state)
{
  (void)state;
  assert_string_equal(heading(0, 70, 0, 0, 60, 0), NEITHER); /* 30 better, 40 worse, 30 as the plan */
  assert_string_equal(heading(0, 70, 0, 0, 45, 2), MOST_WORSE);
  assert_string_equal(heading(0, 20, 3, 0, 90, 0), MOST_BETTER);
  assert_string_equal(heading(0, 52, 0, 0, 50, 1), AS_MANY);
}

static void a_plan_that_runs_out_is_told_by_what_futures_lack(void **state)
{
  (void)state;
  assert_string_equal(heading(0, 90, 0, 20, 70, 15), MOST_BETTER);
  assert_string_equal(heading(0, 90, 0, 20, 30, 25), MOST_WORSE);
  assert_string_equal(heading(0, 90, 0, 20, 51, 19), AS_MANY);
  assert_string_equal(heading(0, 90, 0, 20, 80, 20), NEITHER); /* ties */
}

/* ---- a minimum that grows ------------------------------------------------------------------------------ */

static void a_minimum_outgrows_a_fund_that_nothing_adds_to(void **state)
{
  (void)state;
  struct plan plan = { .n_years = 2, .n_reserves = 1, .general_fund = 0, .surplus_to = -1 };
  struct reserve_result fund = { .opening = { 100, 100 } };
  struct result result = { .n_years = 2, .reserve = &fund, .measure = { [M_MINIMUM] = { 90, 100 } } };
  assert_false(minimum_outgrows(&plan, &result)); /* held is enough */
  result.measure[M_MINIMUM][1] = 101;
  assert_true(minimum_outgrows(&plan, &result));
  plan.surplus_to = 0;
  assert_false(minimum_outgrows(&plan, &result)); /* a surplus would be kept */
  plan.surplus_to = -1;
  fund.planned[1] = 5;
  assert_false(minimum_outgrows(&plan, &result)); /* the plan adds to it */
  plan.general_fund = -1;
  fund.planned[1] = 0;
  assert_false(minimum_outgrows(&plan, &result));
}

/* ---- remedies ------------------------------------------------------------------------------------------ */

/* Pay awards of 2.5% and 3%, steps of a point: a freeze is as far as a council could go. */
static void a_remedy_is_no_cut_in_pay_and_at_most_two_steps(void **state)
{
  (void)state;
  struct driver driver[] = { { .label = "Pay award", .class = DRIVER_PAY, .follows = -1, .points = { 0.03, 0.015 } },
                             { .label = "CPI", .class = DRIVER_PRICE, .follows = -1, .points = { 0.02, 0.01 } } };
  const struct plan plan = { .n_years = 2, .n_drivers = 2, .driver = driver };
  const struct move pay = { .label = "Pay award", .step = 1.0 }, cpi = { .label = "CPI", .step = 1.0 };
  const struct move grants = { .label = "Government grants", .step = -2.0 };
  assert_true(move_is_plausible(&plan, &pay, -1.5));   /* frozen in the second year */
  assert_false(move_is_plausible(&plan, &pay, -1.51)); /* cut in the second year */
  assert_true(move_is_plausible(&plan, &cpi, -2.0));
  assert_false(move_is_plausible(&plan, &cpi, -2.01));
  assert_true(move_is_plausible(&plan, &grants, -2.0)); /* +4% */
  assert_false(move_is_plausible(&plan, &grants, -19.525));
  driver[0].points[1] = 0.03;
  assert_false(move_is_plausible(&plan, &pay, -2.5)); /* two steps, whatever the award */
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(most_futures_are_told_by_what_is_left),
    cmocka_unit_test(a_plan_that_just_lasts_is_told_by_what_futures_lack),
    cmocka_unit_test(a_plan_that_runs_out_is_told_by_what_futures_lack),
    cmocka_unit_test(a_minimum_outgrows_a_fund_that_nothing_adds_to),
    cmocka_unit_test(a_remedy_is_no_cut_in_pay_and_at_most_two_steps),
  };
  return cmocka_run_group_tests_name("page claims", tests, NULL, NULL);
}
