// Tests of plugins/capital_overspend.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

static void open_with_loan(struct harness *h, uint32_t n_years)
{
  static const char *const slots[] = { "loan", "loan_rate", "line", "line_step", "net_budget" };
  harness_open(h, n_years, 1);
  for (int s = 0; s < 5; s++) {
    harness_bind(h, slots[s], 1);
  }
  harness_plan_all(h, "loan_rate", 0, 0.05);
  harness_plan_all(h, "net_budget", 0, 100e6);
}

/* The engine makes the loan at 5%; 6% is a point more, in the year that borrows. */
static void borrowed_sum_is_a_loan_of_its_year(void **state)
{
  (void)state;
  struct harness h;
  open_with_loan(&h, 3);
  harness_set_year(&h, "amount", 1, 11.3e6);
  harness_set(&h, "rate", 0.06);
  harness_run(&h);
  ASSERT_ROW(&h, "loan", 0, 0.0, 11.3e6, 0.0);
  ASSERT_ROW(&h, "loan_rate", 0, 0.0, 0.01, 0.0);
  ASSERT_ROW(&h, "line", 0, 0.0, 0.0, 0.0);
  harness_close(&h);
}

static void rest_is_met_from_revenue_once(void **state)
{
  (void)state;
  struct harness h;
  open_with_loan(&h, 2);
  harness_set_year(&h, "amount", 0, 10e6);
  harness_set(&h, "borrowed", 0.7);
  harness_run(&h);
  ASSERT_ROW(&h, "loan", 0, 7e6, 0.0);
  ASSERT_ROW(&h, "line", 0, 3e6, 0.0);
  harness_close(&h);
}

static void part_of_the_net_budget_falls_in_its_year(void **state)
{
  (void)state;
  struct harness h;
  open_with_loan(&h, 3);
  harness_set(&h, "part", 0.05);
  harness_set(&h, "year", 3.0);
  harness_run(&h);
  ASSERT_ROW(&h, "loan", 0, 0.0, 0.0, 5e6);
  harness_close(&h);
}

/* 2% of 10m, then of 30m: 0, 0.2m, 0.6m, 0.6m a year. */
static void running_cost_comes_the_year_after_and_adds_up(void **state)
{
  (void)state;
  struct harness h;
  open_with_loan(&h, 4);
  harness_set_year(&h, "amount", 0, 10e6);
  harness_set_year(&h, "amount", 1, 20e6);
  harness_set(&h, "running", 0.02);
  harness_run(&h);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.2e6, 0.4e6, 0.0);
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(borrowed_sum_is_a_loan_of_its_year),
    cmocka_unit_test(rest_is_met_from_revenue_once),
    cmocka_unit_test(part_of_the_net_budget_falls_in_its_year),
    cmocka_unit_test(running_cost_comes_the_year_after_and_adds_up),
  };
  return cmocka_run_group_tests_name("capital_overspend", tests, NULL, NULL);
}
