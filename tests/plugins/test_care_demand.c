// Tests of plugins/care_demand.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

static void adult_numbers_and_cost_are_added_to_their_own_drivers(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "adult_demand", 1);
  harness_bind(&h, "adult_fees", 1);
  harness_set(&h, "adult_numbers", 0.01);
  harness_set_year(&h, "adult_cost", 0, 0.02);
  harness_run(&h);
  ASSERT_ROW(&h, "adult_demand", 0, 0.01, 0.01);
  ASSERT_ROW(&h, "adult_fees", 0, 0.02, 0.0);
  harness_close(&h);
}

/* +10% a year: 1.1, 1.21, then a year without: 1.21. */
static void counted_adults_grow_year_on_year(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "adults", 1);
  harness_bind(&h, "adults_cost", 1);
  harness_set_year(&h, "adult_numbers", 0, 0.10);
  harness_set_year(&h, "adult_numbers", 1, 0.10);
  harness_run(&h);
  ASSERT_ROW(&h, "adults", 0, 1.1, 1.21, 1.21);
  ASSERT_ROW(&h, "adults_cost", 0, 1.0, 1.0, 1.0);
  harness_close(&h);
}

/* 25 more from the second year; the plan has 396 and 392. */
static void more_children_are_added_in_their_year(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "children", 1);
  harness_bind(&h, "children_cost", 1);
  harness_plan(&h, "children", 0, 0, 396.0);
  harness_plan(&h, "children", 0, 1, 392.0);
  harness_set_year(&h, "children", 1, 25.0);
  harness_run(&h);
  ASSERT_ROW(&h, "children", 0, 0.0, 25.0);
  ASSERT_ROW(&h, "children_cost", 0, 1.0, 1.0);
  harness_close(&h);
}

/* 20 more over lines of 300 and 100: 15 and 5. */
static void count_is_shared_in_proportion_to_the_plan(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "children", 2);
  harness_plan(&h, "children", 0, 0, 300.0);
  harness_plan(&h, "children", 1, 0, 100.0);
  harness_set(&h, "children", 20.0);
  harness_run(&h);
  ASSERT_ROW(&h, "children", 0, 15.0);
  ASSERT_ROW(&h, "children", 1, 5.0);
  harness_close(&h);
}

static void count_is_shared_evenly_where_the_plan_has_none(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "children", 2);
  harness_set(&h, "children", 20.0);
  harness_run(&h);
  ASSERT_ROW(&h, "children", 0, 10.0);
  ASSERT_ROW(&h, "children", 1, 10.0);
  harness_close(&h);
}

/* 5% of 400 is 20, 5% of 380 is 19: not built up. */
static void part_is_of_the_plans_number_in_the_year(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "children", 1);
  harness_plan(&h, "children", 0, 0, 400.0);
  harness_plan(&h, "children", 0, 1, 380.0);
  harness_set(&h, "children_percent", 0.05);
  harness_run(&h);
  ASSERT_ROW(&h, "children", 0, 20.0, 19.0);
  harness_close(&h);
}

/* 2% a year: 1.02, 1.0404, 1.061208; nobody is added. */
static void cost_of_a_place_builds_up_and_numbers_stand(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  harness_bind(&h, "children", 1);
  harness_bind(&h, "children_cost", 1);
  harness_plan_all(&h, "children", 0, 400.0);
  harness_set(&h, "children_cost", 0.02);
  harness_run(&h);
  ASSERT_ROW(&h, "children_cost", 0, 1.02, 1.0404, 1.061208);
  ASSERT_ROW(&h, "children", 0, 0.0, 0.0, 0.0);
  harness_close(&h);
}

static void untagged_care_lines_are_childrens_unless_tagged_adults(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "care", 2);
  harness_bind(&h, "care_cost", 2);
  harness_bind(&h, "adults", 1);
  harness_word(&h, "care", 0, "id", "homecare");
  harness_word(&h, "care", 1, "id", "placements");
  harness_word(&h, "adults", 0, "id", "homecare");
  harness_plan(&h, "care", 0, 0, 900.0);
  harness_plan(&h, "care", 1, 0, 400.0);
  harness_set(&h, "children", 8.0);
  harness_set(&h, "children_cost", 0.03);
  harness_run(&h);
  ASSERT_ROW(&h, "care", 0, 0.0);
  ASSERT_ROW(&h, "care", 1, 8.0);
  ASSERT_ROW(&h, "care_cost", 0, 1.0);
  ASSERT_ROW(&h, "care_cost", 1, 1.03);
  harness_close(&h);
}

static void tagged_lines_keep_other_care_lines_out(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "children", 1);
  harness_bind(&h, "care", 2);
  harness_plan(&h, "children", 0, 0, 400.0);
  harness_plan(&h, "care", 0, 0, 900.0);
  harness_plan(&h, "care", 1, 0, 400.0);
  harness_set(&h, "children", 8.0);
  harness_run(&h);
  ASSERT_ROW(&h, "children", 0, 8.0);
  ASSERT_ROW(&h, "care", 0, 0.0);
  ASSERT_ROW(&h, "care", 1, 0.0);
  harness_close(&h);
}

/* 10% of 200 and of 50 fostered leave: 20 and 5; 25 arrive on the first residential line. */
static void mix_moves_children_and_adds_none(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "fostering", 2);
  harness_bind(&h, "residential", 2);
  harness_plan(&h, "fostering", 0, 0, 200.0);
  harness_plan(&h, "fostering", 1, 0, 50.0);
  harness_set(&h, "mix", 0.10);
  harness_run(&h);
  ASSERT_ROW(&h, "fostering", 0, -20.0);
  ASSERT_ROW(&h, "fostering", 1, -5.0);
  ASSERT_ROW(&h, "residential", 0, 25.0);
  ASSERT_ROW(&h, "residential", 1, 0.0);
  harness_close(&h);
}

static void mix_needs_somewhere_to_go(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "fostering", 1);
  harness_plan(&h, "fostering", 0, 0, 200.0);
  harness_set(&h, "mix", 0.10);
  harness_run(&h);
  ASSERT_ROW(&h, "fostering", 0, 0.0);
  harness_close(&h);
}

static void plan_without_care_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "numbers times unit cost"));
  harness_close(&h);
}

/* 5% more at 10% more each from the first year: 1.05 x 1.10 = 1.155 of the plan; no more in the second, 1.10, which is
 * 0.952381 of the first. */
static void a_line_of_children_that_is_not_counted_is_held_at_both_together(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "children_lines", 2);
  harness_bind(&h, "children_lines_step", 2);
  harness_bind(&h, "children_lines_one_off", 2);
  harness_bind(&h, "children", 2);
  harness_bind(&h, "children_cost", 2);
  harness_word(&h, "children_lines", 0, "form", "level");
  harness_word(&h, "children_lines", 1, "form", "units");
  harness_set_year(&h, "children_percent", 0, 0.05);
  harness_set_year(&h, "children_percent", 1, 0.0);
  harness_set_year(&h, "children_cost", 0, 0.10);
  harness_run(&h);
  ASSERT_ROW(&h, "children_lines", 0, 0.155, 1.1 / 1.155 - 1.0);
  ASSERT_ROW(&h, "children_lines_step", 0, 1.155, 1.1);
  ASSERT_ROW(&h, "children_lines", 1, 0.0, 0.0);
  ASSERT_ROW(&h, "children_cost", 1, 1.1, 1.1);
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(a_line_of_children_that_is_not_counted_is_held_at_both_together),
    cmocka_unit_test(adult_numbers_and_cost_are_added_to_their_own_drivers),
    cmocka_unit_test(counted_adults_grow_year_on_year),
    cmocka_unit_test(more_children_are_added_in_their_year),
    cmocka_unit_test(count_is_shared_in_proportion_to_the_plan),
    cmocka_unit_test(count_is_shared_evenly_where_the_plan_has_none),
    cmocka_unit_test(part_is_of_the_plans_number_in_the_year),
    cmocka_unit_test(cost_of_a_place_builds_up_and_numbers_stand),
    cmocka_unit_test(untagged_care_lines_are_childrens_unless_tagged_adults),
    cmocka_unit_test(tagged_lines_keep_other_care_lines_out),
    cmocka_unit_test(mix_moves_children_and_adds_none),
    cmocka_unit_test(mix_needs_somewhere_to_go),
    cmocka_unit_test(plan_without_care_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("care_demand", tests, NULL, NULL);
}
