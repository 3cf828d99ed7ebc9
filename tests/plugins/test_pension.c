// Tests of plugins/pension.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

/* 2026/27 to 2030/31: April 2026 is known, April 2029 is the fourth year.  2 points of three quarters of the line
 * is 1.5%. */
static void step_comes_at_the_first_valuation_after_the_first_year(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 5, 1);
  harness_bind(&h, "lines", 2);
  harness_set(&h, "points", 0.02);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 0.0, 0.0, 0.0, 0.015, 0.0);
  ASSERT_ROW(&h, "lines", 1, 0.0, 0.0, 0.0, 0.015, 0.0);
  harness_close(&h);
}

static void all_of_a_line_may_be_pensionable(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 5, 1);
  harness_bind(&h, "lines", 1);
  harness_set(&h, "points", -0.049);
  harness_set(&h, "pensionable", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 0.0, 0.0, 0.0, -0.049, 0.0);
  harness_close(&h);
}

/* 2029 and 2032: the seventh year from 2026/27. */
static void second_valuation_is_three_years_after_the_first(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 8, 1);
  harness_bind(&h, "lines", 1);
  harness_set(&h, "points", 0.04);
  harness_set(&h, "valuation", 2.0);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.03, 0.0);
  harness_close(&h);
}

static void unit_costs_of_posts_keep_the_step(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 5, 1);
  harness_bind(&h, "lines", 1);
  harness_bind(&h, "lines_cost", 1);
  harness_set(&h, "points", 0.04);
  harness_run(&h);
  ASSERT_ROW(&h, "lines_cost", 0, 1.0, 1.0, 1.0, 1.03, 1.03);
  harness_close(&h);
}

/* 2023/24 to 2027/28: April 2023 is the first year, April 2026 the fourth. */
static void valuations_fall_in_2026_in_a_plan_of_2023(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 5, 1);
  h.setup.first_year = 2023;
  harness_bind(&h, "lines", 1);
  harness_set(&h, "points", 0.02);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 0.0, 0.0, 0.0, 0.015, 0.0);
  harness_close(&h);
}

/* 2026/27 to 2028/29 ends before April 2029. */
static void plan_without_a_valuation_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "lines", 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "valuation"));
  harness_close(&h);
}

static void plan_without_pay_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "class pay"));
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(step_comes_at_the_first_valuation_after_the_first_year),
    cmocka_unit_test(all_of_a_line_may_be_pensionable),
    cmocka_unit_test(second_valuation_is_three_years_after_the_first),
    cmocka_unit_test(unit_costs_of_posts_keep_the_step),
    cmocka_unit_test(valuations_fall_in_2026_in_a_plan_of_2023),
    cmocka_unit_test(plan_without_a_valuation_is_skipped_with_a_reason),
    cmocka_unit_test(plan_without_pay_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("pension", tests, NULL, NULL);
}
