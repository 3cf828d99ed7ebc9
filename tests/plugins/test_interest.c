// Tests of plugins/interest.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

static void each_kind_of_loan_moves_by_its_own_points(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "new_loans", 1);
  harness_bind(&h, "refinanced", 2);
  harness_bind(&h, "variable", 1);
  harness_bind(&h, "balances", 1);
  harness_bind(&h, "usable", 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "line_step", 1);
  harness_set(&h, "new_loans", 0.01);
  harness_set_year(&h, "refinanced", 1, 0.02);
  harness_set(&h, "variable", 0.005);
  harness_set(&h, "balances", -0.01);
  harness_run(&h);
  ASSERT_ROW(&h, "new_loans", 0, 0.01, 0.01);
  ASSERT_ROW(&h, "refinanced", 1, 0.0, 0.02);
  ASSERT_ROW(&h, "variable", 0, 0.005, 0.005);
  ASSERT_ROW(&h, "balances", 0, -0.01, -0.01);
  harness_close(&h);
}

/* 1 point on a quarter of debt at 4%: 0.01 x 0.25 / 0.04 = 6.25% more interest. */
static void interest_line_stands_in_where_no_loan_is_listed(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "lines", 1);
  harness_bind(&h, "lines_step", 1);
  harness_bind(&h, "lines_one_off", 1);
  harness_bind(&h, "usable", 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "line_step", 1);
  harness_set(&h, "variable", 0.01);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 0.0625, 0.0);
  ASSERT_ROW(&h, "lines_step", 0, 1.0625, 1.0625);
  harness_close(&h);
}

static void interest_line_stands_still_where_loans_are_listed(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "variable", 1);
  harness_bind(&h, "lines", 1);
  harness_bind(&h, "lines_step", 1);
  harness_bind(&h, "lines_one_off", 1);
  harness_bind(&h, "usable", 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "line_step", 1);
  harness_set(&h, "variable", 0.01);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 0.0);
  ASSERT_ROW(&h, "lines_step", 0, 1.0);
  harness_close(&h);
}

/* Other plugins bring new loans with them; an answer must not depend on that. */
static void new_loan_alone_does_not_switch_the_interest_line_off(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "new_loans", 1);
  harness_bind(&h, "lines", 1);
  harness_bind(&h, "lines_step", 1);
  harness_bind(&h, "lines_one_off", 1);
  harness_bind(&h, "usable", 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "line_step", 1);
  harness_set(&h, "variable", 0.02);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 0.125);
  harness_close(&h);
}

/* The plan begins with 20m and its later years with 14m, 5m and 9m: 0, 6m, 15m and 11m have been used.  Half of that at
 * 5%: 0, 150,000, 375,000 and 275,000 a year. */
static void lost_internal_borrowing_costs_interest_on_reserves_used(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 4, 1);
  harness_bind(&h, "usable", 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "line_step", 1);
  harness_plan(&h, "usable", 0, 0, 20e6);
  harness_plan(&h, "usable", 0, 1, 14e6);
  harness_plan(&h, "usable", 0, 2, 5e6);
  harness_plan(&h, "usable", 0, 3, 9e6);
  harness_set(&h, "internal", 0.5);
  harness_run(&h);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 150e3, 225e3, -100e3);
  harness_close(&h);
}

/* Reserves that grow from 10m to 12m lend nothing less. */
static void reserves_that_grow_lose_no_internal_borrowing(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "usable", 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "line_step", 1);
  harness_plan(&h, "usable", 0, 0, 10e6);
  harness_plan(&h, "usable", 0, 1, 12e6);
  harness_set(&h, "internal", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.0);
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(each_kind_of_loan_moves_by_its_own_points),
    cmocka_unit_test(interest_line_stands_in_where_no_loan_is_listed),
    cmocka_unit_test(interest_line_stands_still_where_loans_are_listed),
    cmocka_unit_test(new_loan_alone_does_not_switch_the_interest_line_off),
    cmocka_unit_test(lost_internal_borrowing_costs_interest_on_reserves_used),
    cmocka_unit_test(reserves_that_grow_lose_no_internal_borrowing),
  };
  return cmocka_run_group_tests_name("interest", tests, NULL, NULL);
}
