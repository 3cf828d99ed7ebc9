// Tests of plugins/invest_to_save.c: the changes that it asks for, against sums by hand.
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

/* 3m with a payback of three years: 1m a year from the year after. */
static void cost_comes_once_and_the_saving_stays(void **state)
{
  (void)state;
  struct harness h;
  open_with_line(&h, 4);
  harness_set_year(&h, "cost", 0, 3e6);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 3e6, 0.0, 0.0, 0.0);
  ASSERT_ROW(&h, "line_step", 0, 0.0, -1e6, 0.0, 0.0);
  harness_close(&h);
}

static void each_part_of_the_cost_brings_its_own_saving(void **state)
{
  (void)state;
  struct harness h;
  open_with_line(&h, 4);
  harness_set_year(&h, "cost", 0, 1e6);
  harness_set_year(&h, "cost", 1, 4e6);
  harness_set(&h, "payback", 2.0);
  harness_set(&h, "wait", 2.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.0, -0.5e6, -2e6);
  harness_close(&h);
}

/* 2% of 100m over four years is 0.5m a year, 64% of it 0.32m. */
static void delivery_is_the_part_that_comes(void **state)
{
  (void)state;
  struct harness h;
  open_with_line(&h, 3);
  harness_set(&h, "part", 0.02);
  harness_set(&h, "payback", 4.0);
  harness_set(&h, "delivery", 0.64);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 2e6, 0.0, 0.0);
  ASSERT_ROW(&h, "line_step", 0, 0.0, -0.32e6, 0.0);
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(cost_comes_once_and_the_saving_stays),
    cmocka_unit_test(each_part_of_the_cost_brings_its_own_saving),
    cmocka_unit_test(delivery_is_the_part_that_comes),
  };
  return cmocka_run_group_tests_name("invest_to_save", tests, NULL, NULL);
}
