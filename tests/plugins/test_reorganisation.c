// Tests of plugins/reorganisation.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

static void open_with_line(struct harness *h, uint32_t n_years)
{
  harness_open(h, n_years, 1);
  harness_bind(h, "line", 1);
  harness_bind(h, "line_step", 1);
  harness_bind(h, "net_budget", 1);
  harness_plan_all(h, "net_budget", 0, 20e6);
}

/* 2.5% of 20m in the second and third year: 1m over two years. */
static void transition_is_paid_once_in_its_years(void **state)
{
  (void)state;
  struct harness h;
  open_with_line(&h, 4);
  harness_set(&h, "part", 0.025);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 0.5e6, 0.5e6, 0.0);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.0, 0.0, 0.0);
  harness_close(&h);
}

static void pounds_by_year_add_up_with_it(void **state)
{
  (void)state;
  struct harness h;
  open_with_line(&h, 2);
  harness_set(&h, "part", 0.025);
  harness_set(&h, "years", 1.0);
  harness_set_year(&h, "transition", 1, 0.1e6);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 0.6e6);
  harness_close(&h);
}

/* 1m and 1% of 20m. */
static void saving_comes_in_its_year_and_stays(void **state)
{
  (void)state;
  struct harness h;
  open_with_line(&h, 4);
  harness_set(&h, "saving", 1e6);
  harness_set(&h, "saving_part", 0.01);
  harness_set(&h, "saving_year", 3.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.0, -1.2e6, 0.0);
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(transition_is_paid_once_in_its_years),
    cmocka_unit_test(pounds_by_year_add_up_with_it),
    cmocka_unit_test(saving_comes_in_its_year_and_stays),
  };
  return cmocka_run_group_tests_name("reorganisation", tests, NULL, NULL);
}
