// Tests of plugins/vacancy.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

/* A fifth of -5% filled leaves -4%. */
static void part_filled_comes_off_the_factor(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "lines", 1);
  harness_plan_all(&h, "lines", 0, -0.05);
  harness_set(&h, "filled", 0.2);
  harness_run(&h);
  assert_close(-0.05 * harness_change(&h, "lines", 0, 0), -0.04);
  ASSERT_ROW(&h, "lines", 0, 0.8, 0.8);
  harness_close(&h);
}

static void share_that_adds_to_pay_is_left_alone(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "lines", 2);
  harness_plan_all(&h, "lines", 0, 0.30);
  harness_plan_all(&h, "lines", 1, -0.05);
  harness_set(&h, "filled", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 1.0);
  ASSERT_ROW(&h, "lines", 1, 0.0);
  harness_close(&h);
}

static void vacancies_fill_in_the_years_given(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "lines", 1);
  harness_plan_all(&h, "lines", 0, -0.05);
  harness_set_year(&h, "filled", 1, 0.5);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 1.0, 0.5, 1.0);
  harness_close(&h);
}

static void plan_without_a_vacancy_factor_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "no vacancy factor"));
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(part_filled_comes_off_the_factor),
    cmocka_unit_test(share_that_adds_to_pay_is_left_alone),
    cmocka_unit_test(vacancies_fill_in_the_years_given),
    cmocka_unit_test(plan_without_a_vacancy_factor_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("vacancy", tests, NULL, NULL);
}
