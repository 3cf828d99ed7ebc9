// Tests of plugins/one_off_shock.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

static void cost_falls_in_its_year_and_in_no_other(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "net_budget", 1);
  harness_set_year(&h, "cost", 1, 8.7e6);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 8.7e6, 0.0);
  harness_close(&h);
}

/* Year 3 counted from 1 is the third. */
static void incident_falls_in_the_year_counted(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 4, 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "net_budget", 1);
  harness_set(&h, "incident", 5e6);
  harness_set(&h, "incident_year", 3.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 0.0, 5e6, 0.0);
  harness_close(&h);
}

static void incident_and_cost_add_up(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "net_budget", 1);
  harness_set_year(&h, "cost", 0, 1e6);
  harness_set(&h, "incident", 5e6);
  harness_set(&h, "incident_year", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 6e6, 0.0);
  harness_close(&h);
}

/* 40% of 8.7m is 3.48m: 5.22m is left. */
static void recovery_in_the_same_year_nets_off(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "net_budget", 1);
  harness_set_year(&h, "cost", 0, 8.7e6);
  harness_set(&h, "recovered", 0.4);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 5.22e6, 0.0);
  harness_close(&h);
}

static void recovery_comes_years_later(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 4, 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "net_budget", 1);
  harness_set_year(&h, "cost", 0, 8.7e6);
  harness_set(&h, "recovered", 0.4);
  harness_set(&h, "recovered_after", 2.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 8.7e6, 0.0, -3.48e6, 0.0);
  harness_close(&h);
}

static void recovery_after_the_plan_is_not_counted(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "net_budget", 1);
  harness_set_year(&h, "cost", 1, 1e6);
  harness_set(&h, "recovered", 1.0);
  harness_set(&h, "recovered_after", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 1e6);
  harness_close(&h);
}

static void first_of_several_lines_carries_the_cost(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "line", 2);
  harness_bind(&h, "net_budget", 1);
  harness_set(&h, "cost", 1e6);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 1e6);
  ASSERT_ROW(&h, "line", 1, 0.0);
  harness_close(&h);
}

/* 2% of a net budget of 50m is 1m, beside 0.5m in pounds. */
static void incident_may_be_a_part_of_the_net_budget(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "net_budget", 1);
  harness_plan_all(&h, "net_budget", 0, 40e6);
  harness_plan(&h, "net_budget", 0, 1, 50e6);
  harness_set(&h, "incident", 0.5e6);
  harness_set(&h, "incident_part", 0.02);
  harness_set(&h, "incident_year", 2.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 1.5e6, 0.0);
  harness_close(&h);
}

/* 40% of 5m is 2m a year from the year after: one step of 2m, which the engine carries. */
static void part_that_persists_is_a_step_in_the_year_after(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 4, 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "net_budget", 1);
  harness_bind(&h, "line_step", 1);
  harness_set(&h, "incident", 5e6);
  harness_set(&h, "incident_year", 2.0);
  harness_set(&h, "persists", 0.4);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 5e6, 0.0, 0.0);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.0, 2e6, 0.0);
  harness_close(&h);
}

/* A line that is one_off has no steps: the 2m is paid in each later year. */
static void part_that_persists_is_paid_by_year_on_a_one_off_line(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 4, 1);
  harness_bind(&h, "line", 1);
  harness_bind(&h, "net_budget", 1);
  harness_bind(&h, "line_step", 1);
  harness_word(&h, "line_step", 0, "recurrence", "one_off");
  harness_set(&h, "incident", 5e6);
  harness_set(&h, "incident_year", 2.0);
  harness_set(&h, "persists", 0.4);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 5e6, 2e6, 2e6);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.0, 0.0, 0.0);
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(cost_falls_in_its_year_and_in_no_other),
    cmocka_unit_test(incident_falls_in_the_year_counted),
    cmocka_unit_test(incident_and_cost_add_up),
    cmocka_unit_test(recovery_in_the_same_year_nets_off),
    cmocka_unit_test(recovery_comes_years_later),
    cmocka_unit_test(recovery_after_the_plan_is_not_counted),
    cmocka_unit_test(first_of_several_lines_carries_the_cost),
    cmocka_unit_test(incident_may_be_a_part_of_the_net_budget),
    cmocka_unit_test(part_that_persists_is_a_step_in_the_year_after),
    cmocka_unit_test(part_that_persists_is_paid_by_year_on_a_one_off_line),
  };
  return cmocka_run_group_tests_name("one_off_shock", tests, NULL, NULL);
}
