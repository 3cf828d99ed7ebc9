// Tests of plugins/high_needs.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

/* A deficit of 20m at 31 March 2026 that grows by 4m a year in the plan: 24m, 28m, 32m, 36m. */
static void open_with_deficit(struct harness *h)
{
  harness_open(h, 4, 1);
  harness_bind(h, "deficit", 1);
  harness_bind(h, "exposure", 1);
  harness_bind(h, "line", 1);
  harness_bind(h, "line_step", 1);
  harness_plan_all(h, "deficit", 0, -4e6);
  for (uint32_t y = 0; y < 4; y++) {
    harness_plan(h, "exposure", 0, y, 24e6 + 4e6 * y);
  }
}

/* The same with high_needs.csv: a grant of 90% of all of the 20m, so that 18m less is left in every year. */
static void add_grant(struct harness *h)
{
  harness_bind(h, "grant_share", 1);
  harness_bind(h, "eligible_share", 1);
  harness_plan_all(h, "grant_share", 0, 0.9);
  harness_plan_all(h, "eligible_share", 0, 1.0);
  for (uint32_t y = 0; y < 4; y++) {
    harness_plan(h, "exposure", 0, y, 6e6 + 4e6 * y);
  }
}

/* 28m at 31 March 2028, less 90% of 20m, is 10m in 2028/29; the grant's 18m leaves the deficit with it. */
static void deficit_that_grant_does_not_meet_falls_in_the_year_after_the_override(void **state)
{
  (void)state;
  struct harness h;
  open_with_deficit(&h);
  harness_set(&h, "falls", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 0.0, 10e6, 0.0);
  ASSERT_ROW(&h, "deficit", 0, 0.0, 0.0, 28e6, 0.0);
  harness_close(&h);
}

/* 10m is what the plan leaves at 31 March 2028; the 18m stays for the engine to take off. */
static void engine_takes_the_grant_off_where_the_folder_gives_it(void **state)
{
  (void)state;
  struct harness h;
  open_with_deficit(&h);
  add_grant(&h);
  harness_set(&h, "falls", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 0.0, 10e6, 0.0);
  ASSERT_ROW(&h, "deficit", 0, 0.0, 0.0, 10e6, 0.0);
  harness_close(&h);
}

/* 50% instead of 90% of 20m: 8m more. */
static void lost_grant_leaves_more_to_fall(void **state)
{
  (void)state;
  struct harness h;
  open_with_deficit(&h);
  add_grant(&h);
  harness_set(&h, "falls", 1.0);
  harness_set(&h, "grant_share", -0.40);
  harness_run(&h);
  ASSERT_ROW(&h, "grant_share", 0, -0.40, -0.40, -0.40, -0.40);
  ASSERT_ROW(&h, "line", 0, 0.0, 0.0, 18e6, 0.0);
  harness_close(&h);
}

/* 10% of 24m and of 28m; nothing after 2027/28. */
static void growth_adds_to_the_deficit_up_to_the_end_of_the_override(void **state)
{
  (void)state;
  struct harness h;
  open_with_deficit(&h);
  harness_set(&h, "growth", 0.10);
  harness_set(&h, "carrying_rate", 0.0);
  harness_run(&h);
  ASSERT_ROW(&h, "deficit", 0, -2.4e6, -2.8e6, 0.0, 0.0);
  ASSERT_ROW(&h, "line", 0, 0.0, 0.0, 0.0, 0.0);
  harness_close(&h);
}

/* Half of 28m + 5.2m - 18m = 15.2m. */
static void extra_growth_falls_too(void **state)
{
  (void)state;
  struct harness h;
  open_with_deficit(&h);
  harness_set(&h, "growth", 0.10);
  harness_set(&h, "falls", 0.5);
  harness_set(&h, "carrying_rate", 0.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 0.0, 7.6e6, 0.0);
  harness_close(&h);
}

/* 5% of 2.4m, 5.2m, 5.2m: 120,000, then 260,000. */
static void extra_deficit_costs_interest_from_the_year_after(void **state)
{
  (void)state;
  struct harness h;
  open_with_deficit(&h);
  harness_set(&h, "growth", 0.10);
  harness_run(&h);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.12e6, 0.14e6, 0.0);
  harness_close(&h);
}

static void engine_charges_it_where_the_plan_has_a_rate(void **state)
{
  (void)state;
  struct harness h;
  open_with_deficit(&h);
  harness_bind(&h, "carrying_rate", 1);
  harness_plan_all(&h, "carrying_rate", 0, 0.04);
  harness_set(&h, "growth", 0.10);
  harness_run(&h);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.0, 0.0, 0.0);
  harness_close(&h);
}

/* The engine would take 4% of the 10m off again: the cash is gone all the same. */
static void clearing_the_deficit_saves_no_interest(void **state)
{
  (void)state;
  struct harness h;
  open_with_deficit(&h);
  harness_bind(&h, "carrying_rate", 1);
  harness_plan_all(&h, "carrying_rate", 0, 0.04);
  harness_set(&h, "falls", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.0, 0.0, 0.4e6);
  harness_close(&h);
}

/* 2023/24 to 2026/27, and the year after is not in the plan. */
static void plan_that_ends_before_the_override_shows_no_landing(void **state)
{
  (void)state;
  struct harness h;
  open_with_deficit(&h);
  h.setup.first_year = 2023;
  harness_set(&h, "falls", 1.0);
  harness_set(&h, "override_last_year", 2026.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 0.0, 0.0, 0.0);
  harness_close(&h);
}

static void council_without_a_deficit_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "class dsg"));
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(deficit_that_grant_does_not_meet_falls_in_the_year_after_the_override),
    cmocka_unit_test(engine_takes_the_grant_off_where_the_folder_gives_it),
    cmocka_unit_test(lost_grant_leaves_more_to_fall),
    cmocka_unit_test(growth_adds_to_the_deficit_up_to_the_end_of_the_override),
    cmocka_unit_test(extra_growth_falls_too),
    cmocka_unit_test(extra_deficit_costs_interest_from_the_year_after),
    cmocka_unit_test(engine_charges_it_where_the_plan_has_a_rate),
    cmocka_unit_test(clearing_the_deficit_saves_no_interest),
    cmocka_unit_test(plan_that_ends_before_the_override_shows_no_landing),
    cmocka_unit_test(council_without_a_deficit_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("high_needs", tests, NULL, NULL);
}
