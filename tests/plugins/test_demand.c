// Tests of plugins/demand.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

/* 1.05 x 1.02 = 1.071. */
static void numbers_and_cost_grow_lines_together(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "lines", 1);
  harness_set(&h, "numbers", 0.05);
  harness_set_year(&h, "cost", 1, 0.02);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 0.05, 0.071);
  harness_close(&h);
}

/* A tenth more each year is 1.1, 1.21, 1.331 times the plan; a cost that rose by half stays there. */
static void counted_lines_move_number_and_unit_cost_apart_and_compound(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "lines", 1);
  harness_bind(&h, "lines_number", 1);
  harness_bind(&h, "lines_cost", 1);
  harness_set(&h, "numbers", 0.10);
  harness_set_year(&h, "cost", 0, 0.50);
  harness_run(&h);
  ASSERT_ROW(&h, "lines_number", 0, 1.1, 1.21, 1.331);
  ASSERT_ROW(&h, "lines_cost", 0, 1.5, 1.5, 1.5);
  harness_close(&h);
}

static void one_year_of_growth_stays_in_later_years(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "lines", 1);
  harness_bind(&h, "lines_number", 1);
  harness_bind(&h, "lines_cost", 1);
  harness_set_year(&h, "numbers", 1, 0.25);
  harness_run(&h);
  ASSERT_ROW(&h, "lines_number", 0, 1.0, 1.25, 1.25);
  ASSERT_ROW(&h, "lines", 0, 0.0, 0.25, 0.0);
  harness_close(&h);
}

static void plan_without_demand_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "class demand"));
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(numbers_and_cost_grow_lines_together),
    cmocka_unit_test(counted_lines_move_number_and_unit_cost_apart_and_compound),
    cmocka_unit_test(one_year_of_growth_stays_in_later_years),
    cmocka_unit_test(plan_without_demand_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("demand", tests, NULL, NULL);
}
