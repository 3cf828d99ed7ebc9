// Tests of plugins/levies.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

/* Lines stand still: their drivers move them. */
static void points_fall_on_every_levy_driver(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "drivers", 2);
  harness_bind(&h, "lines", 1);
  harness_set_year(&h, "extra", 1, 0.05);
  harness_run(&h);
  ASSERT_ROW(&h, "drivers", 0, 0.0, 0.05);
  ASSERT_ROW(&h, "drivers", 1, 0.0, 0.05);
  ASSERT_ROW(&h, "lines", 0, 0.0, 0.0);
  harness_close(&h);
}

static void driver_that_follows_another_is_not_moved_twice(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "drivers", 2);
  harness_word(&h, "drivers", 0, "id", "boards");
  harness_word(&h, "drivers", 1, "follows", "boards");
  harness_set(&h, "extra", 0.05);
  harness_run(&h);
  ASSERT_ROW(&h, "drivers", 0, 0.05);
  ASSERT_ROW(&h, "drivers", 1, 0.0);
  harness_close(&h);
}

static void lines_grow_where_no_driver_is_a_levys(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "lines", 1);
  harness_set(&h, "extra", 0.10);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 0.10, 0.10);
  harness_close(&h);
}

static void plan_without_levies_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "class levy"));
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(points_fall_on_every_levy_driver),
    cmocka_unit_test(driver_that_follows_another_is_not_moved_twice),
    cmocka_unit_test(lines_grow_where_no_driver_is_a_levys),
    cmocka_unit_test(plan_without_levies_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("levies", tests, NULL, NULL);
}
