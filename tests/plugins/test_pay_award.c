// Tests of plugins/pay_award.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

/* 1pp on the award is +0.01 in every year, whatever the award is. */
static void extra_award_adds_points_to_the_pay_driver(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "award", 1);
  harness_set(&h, "extra_award", 0.01);
  harness_run(&h);
  ASSERT_ROW(&h, "award", 0, 0.01, 0.01, 0.01);
  harness_close(&h);
}

/* 2pp in the second year alone: 0, 0.02, 0. */
static void extra_award_of_one_year_stays_in_that_year(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "award", 1);
  harness_set_year(&h, "extra_award", 1, 0.02);
  harness_run(&h);
  ASSERT_ROW(&h, "award", 0, 0.0, 0.02, 0.0);
  harness_close(&h);
}

/* Care staff's award is the general award plus a point: what moves the general award moves it already. */
static void driver_that_follows_another_pay_driver_is_not_moved_twice(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "award", 2);
  harness_word(&h, "award", 0, "id", "care_staff");
  harness_word(&h, "award", 0, "follows", "general");
  harness_word(&h, "award", 1, "id", "general");
  harness_set(&h, "extra_award", 0.01);
  harness_run(&h);
  ASSERT_ROW(&h, "award", 0, 0.0, 0.0);
  ASSERT_ROW(&h, "award", 1, 0.01, 0.01);
  harness_close(&h);
}

static void driver_that_follows_prices_is_moved(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "award", 1);
  harness_word(&h, "award", 0, "id", "general");
  harness_word(&h, "award", 0, "follows", "cpi");
  harness_set(&h, "extra_award", 0.01);
  harness_run(&h);
  ASSERT_ROW(&h, "award", 0, 0.01);
  harness_close(&h);
}

/* Of two pay lines in a plan with a pay driver, the one that no driver grows moves by the extra itself. */
static void a_line_that_a_driver_moves_is_left_alone_and_another_grows(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "award", 1);
  harness_bind(&h, "lines", 2);
  harness_word(&h, "lines", 0, "driven", "yes");
  harness_word(&h, "lines", 1, "driven", "no");
  harness_set(&h, "extra_award", 0.01);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 0.0);
  ASSERT_ROW(&h, "lines", 1, 0.01);
  harness_close(&h);
}

static void lines_grow_themselves_where_the_plan_has_no_pay_driver(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "lines", 2);
  harness_set(&h, "extra_award", 0.015);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 0.015, 0.015);
  ASSERT_ROW(&h, "lines", 1, 0.015, 0.015);
  harness_close(&h);
}

/* £1.2m released in the first year comes off the first line so tagged, once. */
static void release_comes_off_the_first_contingency_line(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "award", 1);
  harness_bind(&h, "contingency", 2);
  harness_set_year(&h, "release", 0, 1.2e6);
  harness_run(&h);
  ASSERT_ROW(&h, "contingency", 0, -1.2e6, 0.0);
  ASSERT_ROW(&h, "contingency", 1, 0.0, 0.0);
  harness_close(&h);
}

static void plan_without_pay_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "class pay"));
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(extra_award_adds_points_to_the_pay_driver),
    cmocka_unit_test(extra_award_of_one_year_stays_in_that_year),
    cmocka_unit_test(driver_that_follows_another_pay_driver_is_not_moved_twice),
    cmocka_unit_test(driver_that_follows_prices_is_moved),
    cmocka_unit_test(a_line_that_a_driver_moves_is_left_alone_and_another_grows),
    cmocka_unit_test(lines_grow_themselves_where_the_plan_has_no_pay_driver),
    cmocka_unit_test(release_comes_off_the_first_contingency_line),
    cmocka_unit_test(plan_without_pay_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("pay_award", tests, NULL, NULL);
}
