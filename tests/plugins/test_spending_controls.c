// Tests of plugins/spending_controls.c: what it answers to each year's figures, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

static void open_with_plan(struct harness *h, uint32_t n_years)
{
  static const char *const slots[] = { "fund",     "minimum",  "gap",           "net_budget", "spend",
                                       "controls", "measures", "measures_step", "reserve" };
  harness_open(h, n_years, 1);
  for (int s = 0; s < 9; s++) {
    harness_bind(h, slots[s], 1);
  }
  harness_plan_all(h, "fund", 0, 20e6);
  harness_plan_all(h, "minimum", 0, 10e6);
  harness_plan_all(h, "net_budget", 0, 200e6);
  harness_plan_all(h, "spend", 0, 40e6);
}

/* It only answers. */
static void apply_changes_nothing(void **state)
{
  (void)state;
  struct harness h;
  open_with_plan(&h, 2);
  harness_set(&h, "held", 0.02);
  harness_set(&h, "withdraw", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "controls", 0, 0.0, 0.0);
  ASSERT_ROW(&h, "measures_step", 0, 0.0, 0.0);
  harness_close(&h);
}

/* 10.9m is below 10m and a tenth: 2% of 40m. */
static void spend_is_held_back_when_the_fund_nears_its_minimum(void **state)
{
  (void)state;
  struct harness h;
  open_with_plan(&h, 3);
  harness_plan(&h, "fund", 0, 1, 10.9e6);
  harness_set(&h, "held", 0.02);
  harness_run(&h);
  for (uint32_t y = 0; y < 3; y++) {
    harness_respond(&h, y);
  }
  ASSERT_ROW(&h, "controls", 0, 0.0, -0.8e6, 0.0);
  harness_close(&h);
}

static void fund_above_minimum_and_margin_is_left_alone(void **state)
{
  (void)state;
  struct harness h;
  open_with_plan(&h, 1);
  harness_plan(&h, "fund", 0, 0, 10.9e6);
  harness_set(&h, "held", 0.02);
  harness_set(&h, "margin", 0.05);
  harness_run(&h);
  harness_respond(&h, 0);
  ASSERT_ROW(&h, "controls", 0, 0.0);
  harness_close(&h);
}

static void half_of_what_is_missing_is_put_back_next_year(void **state)
{
  (void)state;
  struct harness h;
  open_with_plan(&h, 3);
  harness_plan(&h, "fund", 0, 0, 7e6);
  harness_set(&h, "replenish", 0.5);
  harness_run(&h);
  for (uint32_t y = 0; y < 3; y++) {
    harness_respond(&h, y);
  }
  ASSERT_ROW(&h, "reserve", 0, 0.0, 1.5e6, 0.0);
  harness_close(&h);
}

/* Half of 3m, then all of the 2m that is left. */
static void measures_close_a_part_of_the_gap_for_good(void **state)
{
  (void)state;
  struct harness h;
  open_with_plan(&h, 2);
  harness_plan(&h, "gap", 0, 0, 3e6);
  harness_plan(&h, "gap", 0, 1, 2e6);
  harness_set_year(&h, "withdraw", 0, 0.5);
  harness_set_year(&h, "withdraw", 1, 1.0);
  harness_run(&h);
  harness_respond(&h, 0);
  harness_respond(&h, 1);
  ASSERT_ROW(&h, "measures_step", 0, -1.5e6, -2e6);
  ASSERT_ROW(&h, "measures", 0, 0.0, 0.0);
  harness_close(&h);
}

/* 2% of 200m. */
static void no_more_is_found_than_the_most(void **state)
{
  (void)state;
  struct harness h;
  open_with_plan(&h, 1);
  harness_plan(&h, "gap", 0, 0, 30e6);
  harness_set(&h, "withdraw", 1.0);
  harness_run(&h);
  harness_respond(&h, 0);
  ASSERT_ROW(&h, "measures_step", 0, -4e6);
  harness_close(&h);
}

static void surplus_asks_for_no_measures(void **state)
{
  (void)state;
  struct harness h;
  open_with_plan(&h, 1);
  harness_plan(&h, "gap", 0, 0, -5e6);
  harness_set(&h, "withdraw", 1.0);
  harness_run(&h);
  harness_respond(&h, 0);
  ASSERT_ROW(&h, "measures_step", 0, 0.0);
  harness_close(&h);
}

/* A General Fund far below its minimum and a gap, and every part off. */
static void answer_at_neutral_is_no_answer(void **state)
{
  (void)state;
  struct harness h;
  open_with_plan(&h, 2);
  harness_plan_all(&h, "fund", 0, 1e6);
  harness_plan_all(&h, "gap", 0, 9e6);
  harness_run(&h);
  harness_respond(&h, 0);
  harness_respond(&h, 1);
  ASSERT_ROW(&h, "controls", 0, 0.0, 0.0);
  ASSERT_ROW(&h, "reserve", 0, 0.0, 0.0);
  ASSERT_ROW(&h, "measures_step", 0, 0.0, 0.0);
  harness_close(&h);
}

static void answers_of_earlier_years_stand(void **state)
{
  (void)state;
  struct harness h;
  open_with_plan(&h, 2);
  harness_plan_all(&h, "fund", 0, 1e6);
  harness_set(&h, "held", 0.10);
  harness_run(&h);
  harness_respond(&h, 0);
  harness_respond(&h, 1);
  ASSERT_ROW(&h, "controls", 0, -4e6, -4e6);
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(apply_changes_nothing),
    cmocka_unit_test(spend_is_held_back_when_the_fund_nears_its_minimum),
    cmocka_unit_test(fund_above_minimum_and_margin_is_left_alone),
    cmocka_unit_test(half_of_what_is_missing_is_put_back_next_year),
    cmocka_unit_test(measures_close_a_part_of_the_gap_for_good),
    cmocka_unit_test(no_more_is_found_than_the_most),
    cmocka_unit_test(surplus_asks_for_no_measures),
    cmocka_unit_test(answer_at_neutral_is_no_answer),
    cmocka_unit_test(answers_of_earlier_years_stand),
  };
  return cmocka_run_group_tests_name("spending_controls", tests, NULL, NULL);
}
