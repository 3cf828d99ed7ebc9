// Tests of plugins/savings_delivery.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

static void points_fall_on_every_saving(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "delivery", 2);
  harness_set(&h, "points", -0.20);
  harness_run(&h);
  ASSERT_ROW(&h, "delivery", 0, -0.20, -0.20);
  ASSERT_ROW(&h, "delivery", 1, -0.20, -0.20);
  harness_close(&h);
}

/* The address leaves delivered savings out, so that a host can bind nothing else. */
static void points_are_for_savings_still_to_come(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  const struct hr_slot *slot = &h.plugin->slot[harness_slot(&h, "delivery")];
  assert_string_equal(slot->address, "saving:rag!=delivered.delivery");
  assert_int_equal(slot->access, HR_ADD);
  harness_close(&h);
}

/* 80% of amber in the second year, half of red throughout, green as planned. */
static void parts_scale_their_own_rag(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "delivery", 3);
  harness_bind(&h, "green", 1);
  harness_bind(&h, "amber", 1);
  harness_bind(&h, "red", 1);
  harness_set_year(&h, "amber", 1, 0.8);
  harness_set(&h, "red", 0.5);
  harness_run(&h);
  ASSERT_ROW(&h, "green", 0, 1.0, 1.0);
  ASSERT_ROW(&h, "amber", 0, 1.0, 0.8);
  ASSERT_ROW(&h, "red", 0, 0.5, 0.5);
  harness_close(&h);
}

static void months_late_are_added_and_delivery_stands(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "delivery", 1);
  harness_bind(&h, "late", 1);
  harness_set(&h, "months_late", 12.0);
  harness_run(&h);
  ASSERT_ROW(&h, "late", 0, 12.0, 12.0);
  ASSERT_ROW(&h, "delivery", 0, 0.0, 0.0);
  harness_close(&h);
}

static void delivered_saving_does_not_slip(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "late", 2);
  harness_word(&h, "late", 0, "rag", "delivered");
  harness_word(&h, "late", 1, "rag", "amber");
  harness_set(&h, "months_late", 6.0);
  harness_run(&h);
  ASSERT_ROW(&h, "late", 0, 0.0);
  ASSERT_ROW(&h, "late", 1, 6.0);
  harness_close(&h);
}

/* 25% more is 1.25 of the plan's cost. */
static void cost_to_achieve_rises_by_a_part(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "cost", 1);
  harness_set_year(&h, "cost_to_achieve", 0, 0.25);
  harness_run(&h);
  ASSERT_ROW(&h, "cost", 0, 1.25, 1.0);
  harness_close(&h);
}

static void plan_without_savings_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_string_equal(h.err.text, "the plan has no savings");
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(points_fall_on_every_saving),
    cmocka_unit_test(points_are_for_savings_still_to_come),
    cmocka_unit_test(parts_scale_their_own_rag),
    cmocka_unit_test(months_late_are_added_and_delivery_stands),
    cmocka_unit_test(delivered_saving_does_not_slip),
    cmocka_unit_test(cost_to_achieve_rises_by_a_part),
    cmocka_unit_test(plan_without_savings_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("savings_delivery", tests, NULL, NULL);
}
