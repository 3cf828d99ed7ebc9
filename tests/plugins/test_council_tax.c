// Tests of plugins/council_tax.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

static void open_with_terms(struct harness *h, uint32_t n_years)
{
  harness_open(h, n_years, 1);
  harness_bind(h, "core", 1);
  harness_bind(h, "asc", 1);
  harness_bind(h, "collection", 1);
  harness_bind(h, "equivalents", 1);
}

static void bind_line(struct harness *h)
{
  harness_bind(h, "line", 1);
  harness_bind(h, "line_step", 1);
  harness_bind(h, "line_one_off", 1);
}

static void rise_and_precept_move_apart(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 2);
  harness_set(&h, "rise", -0.01);
  harness_set_year(&h, "asc_rise", 1, -0.02);
  harness_run(&h);
  ASSERT_ROW(&h, "core", 0, -0.01, -0.01);
  ASSERT_ROW(&h, "asc", 0, 0.0, -0.02);
  harness_close(&h);
}

static void collection_moves_in_points(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 2);
  harness_set_year(&h, "collection", 0, -0.01);
  harness_run(&h);
  ASSERT_ROW(&h, "collection", 0, -0.01, 0.0);
  harness_close(&h);
}

static void growth_moves_the_driver_and_leaves_the_count(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 2);
  harness_bind(&h, "growth", 1);
  harness_set(&h, "base_growth", -0.005);
  harness_run(&h);
  ASSERT_ROW(&h, "growth", 0, -0.005, -0.005);
  ASSERT_ROW(&h, "equivalents", 0, 1.0, 1.0);
  harness_close(&h);
}

/* Half a point slower each year: 0.995, 0.995 x 0.995 = 0.990025. */
static void growth_builds_up_on_the_count_where_there_is_no_driver(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 2);
  harness_set(&h, "base_growth", -0.005);
  harness_run(&h);
  ASSERT_ROW(&h, "equivalents", 0, 0.995, 0.990025);
  harness_close(&h);
}

static void growth_builds_up_on_the_tax_base_where_that_is_given(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "core", 1);
  harness_bind(&h, "tax_base", 1);
  harness_set(&h, "base_growth", 0.01);
  harness_run(&h);
  ASSERT_ROW(&h, "tax_base", 0, 1.01, 1.0201);
  harness_close(&h);
}

static void line_is_left_alone_where_band_d_is_given(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 1);
  bind_line(&h);
  harness_set(&h, "rise", -0.01);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0);
  harness_close(&h);
}

/* -1 on the rise and -0.5 on growth are -1.5 on the line. */
static void line_grows_by_rise_and_growth_where_there_is_no_band_d(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  bind_line(&h);
  harness_set(&h, "rise", -0.01);
  harness_set_year(&h, "base_growth", 1, -0.005);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, -0.01, -0.015);
  harness_close(&h);
}

static void plan_without_council_tax_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "council_tax.csv"));
  harness_close(&h);
}

/* 1% less of the base is 1% less tax; with growth half a point slower too, 0.995 x 0.99 = 0.98505 and 0.990025 x 0.99.
 */
static void yield_scales_the_base_in_each_year(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 2);
  harness_bind(&h, "contributions", 1);
  harness_set(&h, "yield", -0.01);
  harness_set(&h, "base_growth", -0.005);
  harness_run(&h);
  ASSERT_ROW(&h, "equivalents", 0, 0.98505, 0.98012475);
  ASSERT_ROW(&h, "contributions", 0, 0.99, 0.99);
  harness_close(&h);
}

/* A line of 100, then 104: at 99% the base falls by 1% once, and the rise of 4 is 3.96. */
static void yield_holds_a_line_at_a_part_of_the_plan(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  bind_line(&h);
  harness_set(&h, "yield", -0.01);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, -0.01, 0.0);
  ASSERT_ROW(&h, "line_step", 0, 0.99, 0.99);
  ASSERT_ROW(&h, "line_one_off", 0, 0.99, 0.99);
  harness_close(&h);
}

/* Both at once multiply: 0.99 x 0.99 = 0.9801 in the first year, then 0.99 of what is left. */
static void yield_and_rise_multiply_on_a_line(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  bind_line(&h);
  harness_set(&h, "yield", -0.01);
  harness_set(&h, "rise", -0.01);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, -0.0199, -0.01);
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(rise_and_precept_move_apart),
    cmocka_unit_test(collection_moves_in_points),
    cmocka_unit_test(growth_moves_the_driver_and_leaves_the_count),
    cmocka_unit_test(growth_builds_up_on_the_count_where_there_is_no_driver),
    cmocka_unit_test(growth_builds_up_on_the_tax_base_where_that_is_given),
    cmocka_unit_test(yield_scales_the_base_in_each_year),
    cmocka_unit_test(yield_holds_a_line_at_a_part_of_the_plan),
    cmocka_unit_test(yield_and_rise_multiply_on_a_line),
    cmocka_unit_test(line_is_left_alone_where_band_d_is_given),
    cmocka_unit_test(line_grows_by_rise_and_growth_where_there_is_no_band_d),
    cmocka_unit_test(plan_without_council_tax_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("council_tax", tests, NULL, NULL);
}
