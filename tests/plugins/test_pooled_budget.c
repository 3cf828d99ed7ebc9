// Tests of plugins/pooled_budget.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

/* A tenth, gone for half of the first year and for good after that: 95%, 90%, 90% of the plan. */
static void notice_of_six_months_leaves_half_of_the_first_year(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "contribution", 1);
  harness_bind(&h, "contribution_step", 1);
  harness_bind(&h, "contribution_one_off", 1);
  harness_bind(&h, "net_budget", 1);
  harness_set(&h, "withdrawn", 0.10);
  harness_run(&h);
  ASSERT_ROW(&h, "contribution_step", 0, 0.95, 0.90, 0.90);
  assert_close(harness_change(&h, "contribution", 0, 0), -0.05);
  assert_close(harness_change(&h, "contribution", 0, 1), 0.90 / 0.95 - 1.0);
  harness_close(&h);
}

static void eighteen_months_begin_in_the_second_year(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "contribution", 1);
  harness_bind(&h, "contribution_step", 1);
  harness_bind(&h, "contribution_one_off", 1);
  harness_bind(&h, "net_budget", 1);
  harness_set(&h, "withdrawn", 1.0);
  harness_set(&h, "notice", 18.0);
  harness_run(&h);
  ASSERT_ROW(&h, "contribution_step", 0, 1.0, 0.5, 0.0);
  harness_close(&h);
}

/* A quarter of 8m from the second year: a step of 2m. */
static void amount_stands_on_a_line_of_its_own(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "care", 1);
  harness_bind(&h, "line_step", 1);
  harness_bind(&h, "net_budget", 1);
  harness_plan_all(&h, "net_budget", 0, 100e6);
  harness_set(&h, "withdrawn", 0.25);
  harness_set(&h, "contribution", 8e6);
  harness_set(&h, "year", 2.0);
  harness_set(&h, "notice", 0.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 2e6, 0.0);
  harness_close(&h);
}

/* 2% of 100m and 110m, half of it: 1m, then 1.1m. */
static void part_of_the_net_budget_stands_in_for_an_amount(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "care", 1);
  harness_bind(&h, "line_step", 1);
  harness_bind(&h, "net_budget", 1);
  harness_plan(&h, "net_budget", 0, 0, 100e6);
  harness_plan(&h, "net_budget", 0, 1, 110e6);
  harness_set(&h, "withdrawn", 0.50);
  harness_set(&h, "notice", 0.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line_step", 0, 1e6, 0.1e6);
  harness_close(&h);
}

static void council_without_social_care_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "net_budget", 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "class care"));
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(notice_of_six_months_leaves_half_of_the_first_year),
    cmocka_unit_test(eighteen_months_begin_in_the_second_year),
    cmocka_unit_test(amount_stands_on_a_line_of_its_own),
    cmocka_unit_test(part_of_the_net_budget_stands_in_for_an_amount),
    cmocka_unit_test(council_without_social_care_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("pooled_budget", tests, NULL, NULL);
}
