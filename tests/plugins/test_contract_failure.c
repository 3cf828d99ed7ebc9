// Tests of plugins/contract_failure.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

static void open_with_line(struct harness *h, uint32_t n_years)
{
  harness_open(h, n_years, 1);
  harness_bind(h, "line", 1);
  harness_bind(h, "line_step", 1);
  harness_bind(h, "net_budget", 1);
  harness_plan_all(h, "net_budget", 0, 100e6);
}

/* A tenth of 2m in the second year, 15% of it from the third. */
static void stepping_in_costs_once_and_the_new_contract_is_dearer(void **state)
{
  (void)state;
  struct harness h;
  open_with_line(&h, 4);
  harness_set(&h, "value", 2e6);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 0.2e6, 0.0, 0.0);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.0, 0.3e6, 0.0);
  harness_close(&h);
}

/* 300,000, 306,000, 312,120: 2% a year.  A driver that follows another holds points, not prices. */
static void dearer_part_rises_with_prices(void **state)
{
  (void)state;
  struct harness h;
  open_with_line(&h, 4);
  harness_bind(&h, "prices", 2);
  harness_word(&h, "prices", 0, "follows", "cpi");
  harness_plan_all(&h, "prices", 0, 0.5);
  harness_plan_all(&h, "prices", 1, 0.02);
  harness_set(&h, "value", 2e6);
  harness_set(&h, "year", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.3e6, 6000.0, 6120.0);
  harness_close(&h);
}

/* 5% of 100m is 5m, a fifth of it 1m. */
static void value_may_be_a_part_of_the_net_budget(void **state)
{
  (void)state;
  struct harness h;
  open_with_line(&h, 2);
  harness_set(&h, "value_part", 0.05);
  harness_set(&h, "year", 1.0);
  harness_set(&h, "one_off", 0.2);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 1e6, 0.0);
  harness_close(&h);
}

static void failure_in_the_last_year_is_not_dearer_yet(void **state)
{
  (void)state;
  struct harness h;
  open_with_line(&h, 2);
  harness_set(&h, "value", 2e6);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 0.2e6);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.0);
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(stepping_in_costs_once_and_the_new_contract_is_dearer),
    cmocka_unit_test(dearer_part_rises_with_prices),
    cmocka_unit_test(value_may_be_a_part_of_the_net_budget),
    cmocka_unit_test(failure_in_the_last_year_is_not_dearer_yet),
  };
  return cmocka_run_group_tests_name("contract_failure", tests, NULL, NULL);
}
