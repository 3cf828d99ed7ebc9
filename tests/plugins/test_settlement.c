// Tests of plugins/settlement.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

/* The slots of one grant or more: rate, steps and one-off amounts hold the same lines. */
static void bind_group(struct harness *h, const char *rate, const char *step, const char *one_off, uint32_t count)
{
  harness_bind(h, rate, count);
  harness_bind(h, step, count);
  harness_bind(h, one_off, count);
}

static void bind_grants(struct harness *h, uint32_t count)
{
  static const char *const ids[] = { "rsg", "social", "other" };
  bind_group(h, "grants", "grants_step", "grants_one_off", count);
  for (uint32_t k = 0; k < count; k++) {
    harness_word(h, "grants", k, "id", ids[k]);
  }
}

/* A grant of base 100 with steps of 10 is 110, 120, 130 in the plan.  95% of it from the second year: 110, 114, 123.5.
 * Rate 0.95 / 1 - 1 = -0.05 on 110 is 104.5, and 0.95 of the step of 10 is 9.5: 114.  Then rate 0.95 / 0.95 - 1 = 0:
 * 114 + 9.5. */
static void percent_of_the_plan_moves_rate_and_steps(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  bind_grants(&h, 1);
  harness_plan_all(&h, "grants_step", 0, -10.0);
  harness_set_year(&h, "grants", 1, -0.05);
  harness_set_year(&h, "grants", 2, -0.05);
  harness_run(&h);
  ASSERT_ROW(&h, "grants", 0, 0.0, -0.05, 0.0);
  ASSERT_ROW(&h, "grants_step", 0, 1.0, 0.95, 0.95);
  harness_close(&h);
}

/* 90% for one year, then the plan again: rate 1 / 0.9 - 1 = 1/9. */
static void grant_returns_to_the_plan_after_a_cut_of_one_year(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  bind_grants(&h, 1);
  harness_set_year(&h, "grants", 0, -0.10);
  harness_run(&h);
  ASSERT_ROW(&h, "grants", 0, -0.10, 1.0 / 9.0, 0.0);
  ASSERT_ROW(&h, "grants_step", 0, 0.9, 1.0, 1.0);
  harness_close(&h);
}

static void one_off_grants_are_scaled(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  bind_grants(&h, 1);
  harness_set_year(&h, "grants", 1, -0.25);
  harness_run(&h);
  ASSERT_ROW(&h, "grants_one_off", 0, 1.0, 0.75);
  harness_close(&h);
}

/* A cliff in the second year: rate -100%, and no step after it, not even where the scenario's later years are blank. */
static void grant_that_has_ended_does_not_come_back(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  bind_group(&h, "named", "named_step", "named_one_off", 1);
  harness_word(&h, "named", 0, "id", "epr");
  harness_set_year(&h, "named", 1, -1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "named", 0, 0.0, -1.0, 0.0);
  ASSERT_ROW(&h, "named_step", 0, 1.0, 0.0, 0.0);
  harness_close(&h);
}

/* RSG is a grant too: 0.95 x 0.90 = 0.855, asked for once, on the row of grants. */
static void general_change_and_rsg_multiply(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  bind_grants(&h, 2);
  bind_group(&h, "rsg", "rsg_step", "rsg_one_off", 1);
  harness_word(&h, "rsg", 0, "id", "rsg");
  harness_set(&h, "grants", -0.05);
  harness_set(&h, "rsg", -0.10);
  harness_run(&h);
  ASSERT_ROW(&h, "grants", 0, -0.145);
  ASSERT_ROW(&h, "grants", 1, -0.05);
  ASSERT_ROW(&h, "rsg", 0, 0.0);
  ASSERT_ROW(&h, "rsg_step", 0, 1.0);
  harness_close(&h);
}

/* Of a rise of 10 (a minus: funding) half comes in the second year, none in the third; the fall of 4 in the fourth
 * stands; the first year's step is left alone. */
static void cash_flat_withholds_rises_and_not_falls(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 4, 1);
  bind_grants(&h, 1);
  harness_plan_all(&h, "grants_step", 0, -10.0);
  harness_plan(&h, "grants_step", 0, 3, 4.0);
  harness_set(&h, "cash_flat", 1.0);
  harness_set_year(&h, "cash_flat", 1, 0.5);
  harness_run(&h);
  ASSERT_ROW(&h, "grants_step", 0, 1.0, 0.5, 0.0, 1.0);
  ASSERT_ROW(&h, "grants", 0, 0.0, 0.0, 0.0, 0.0);
  harness_close(&h);
}

static void line_in_a_ring_is_left_alone(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  bind_grants(&h, 1);
  harness_word(&h, "grants", 0, "ring", "freeport");
  harness_set(&h, "grants", -0.05);
  harness_run(&h);
  ASSERT_ROW(&h, "grants", 0, 0.0);
  ASSERT_ROW(&h, "grants_step", 0, 1.0);
  harness_close(&h);
}

static void plan_without_grants_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "class grant"));
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(percent_of_the_plan_moves_rate_and_steps),
    cmocka_unit_test(grant_returns_to_the_plan_after_a_cut_of_one_year),
    cmocka_unit_test(one_off_grants_are_scaled),
    cmocka_unit_test(grant_that_has_ended_does_not_come_back),
    cmocka_unit_test(general_change_and_rsg_multiply),
    cmocka_unit_test(cash_flat_withholds_rises_and_not_falls),
    cmocka_unit_test(line_in_a_ring_is_left_alone),
    cmocka_unit_test(plan_without_grants_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("settlement", tests, NULL, NULL);
}
