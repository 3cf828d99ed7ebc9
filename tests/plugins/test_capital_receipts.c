// Tests of plugins/capital_receipts.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

static void open_with_one_receipt(struct harness *h, double debt, double avoid, double flexible)
{
  static const char *const slots[] = { "late", "amount", "debt", "avoid", "flexible" };
  harness_open(h, 2, 1);
  for (int s = 0; s < 5; s++) {
    harness_bind(h, slots[s], 1);
  }
  harness_plan_all(h, "debt", 0, debt);
  harness_plan_all(h, "avoid", 0, avoid);
  harness_plan_all(h, "flexible", 0, flexible);
}

static void receipt_is_late_in_every_year_alike(void **state)
{
  (void)state;
  struct harness h;
  open_with_one_receipt(&h, 0.0, 0.0, 0.0);
  harness_set(&h, "months_late", 12.0);
  harness_run(&h);
  ASSERT_ROW(&h, "late", 0, 12.0, 12.0);
  ASSERT_ROW(&h, "amount", 0, 1.0, 1.0);
  harness_close(&h);
}

/* 90% of the price of the three quarters that come: 0.675. */
static void lower_price_and_loss_multiply(void **state)
{
  (void)state;
  struct harness h;
  open_with_one_receipt(&h, 0.0, 0.0, 0.0);
  harness_set(&h, "price", -0.10);
  harness_set(&h, "lost", 0.25);
  harness_run(&h);
  ASSERT_ROW(&h, "amount", 0, 0.675, 0.675);
  harness_close(&h);
}

/* The addresses leave received ones out, so that a host can bind nothing else. */
static void receipt_already_received_is_neither_late_nor_lower(void **state)
{
  (void)state;
  struct harness h;
  open_with_one_receipt(&h, 0.0, 0.0, 0.0);
  assert_string_equal(h.plugin->slot[harness_slot(&h, "late")].address, "receipt:certainty!=received.months_late");
  assert_string_equal(h.plugin->slot[harness_slot(&h, "amount")].address, "receipt:certainty!=received.amount");
  harness_close(&h);
}

/* All to debt: 0.3 becomes 1 (+0.7); 0.2 and 0.1 become 0. */
static void whole_receipt_is_moved_to_debt(void **state)
{
  (void)state;
  struct harness h;
  open_with_one_receipt(&h, 0.3, 0.2, 0.1);
  harness_set(&h, "debt", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "debt", 0, 0.7, 0.7);
  ASSERT_ROW(&h, "avoid", 0, -0.2, -0.2);
  ASSERT_ROW(&h, "flexible", 0, -0.1, -0.1);
  harness_close(&h);
}

/* Half to flexible use, from 60% debt and 40% avoided: debt 0.6 x 0.5 = 0.3, avoided 0.2, flexible 0.5; together 1. */
static void part_moved_shrinks_the_plans_uses_in_proportion(void **state)
{
  (void)state;
  struct harness h;
  open_with_one_receipt(&h, 0.6, 0.4, 0.0);
  harness_set(&h, "flexible", 0.5);
  harness_run(&h);
  ASSERT_ROW(&h, "debt", 0, -0.3);
  ASSERT_ROW(&h, "avoid", 0, -0.2);
  ASSERT_ROW(&h, "flexible", 0, 0.5);
  harness_close(&h);
}

/* A quarter held: every use keeps three quarters. */
static void part_held_comes_off_every_use(void **state)
{
  (void)state;
  struct harness h;
  open_with_one_receipt(&h, 0.4, 0.0, 0.2);
  harness_set(&h, "held", 0.25);
  harness_run(&h);
  ASSERT_ROW(&h, "debt", 0, -0.1);
  ASSERT_ROW(&h, "flexible", 0, -0.05);
  harness_close(&h);
}

/* 100% to debt and 100% to flexible use: half each, and nothing is left of 100% avoided. */
static void more_than_the_whole_is_shared_out(void **state)
{
  (void)state;
  struct harness h;
  open_with_one_receipt(&h, 0.0, 1.0, 0.0);
  harness_set(&h, "debt", 1.0);
  harness_set(&h, "flexible", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "debt", 0, 0.5);
  ASSERT_ROW(&h, "avoid", 0, -1.0);
  ASSERT_ROW(&h, "flexible", 0, 0.5);
  harness_close(&h);
}

static void plan_without_receipts_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "capital_receipts.csv"));
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(receipt_is_late_in_every_year_alike),
    cmocka_unit_test(lower_price_and_loss_multiply),
    cmocka_unit_test(receipt_already_received_is_neither_late_nor_lower),
    cmocka_unit_test(whole_receipt_is_moved_to_debt),
    cmocka_unit_test(part_moved_shrinks_the_plans_uses_in_proportion),
    cmocka_unit_test(part_held_comes_off_every_use),
    cmocka_unit_test(more_than_the_whole_is_shared_out),
    cmocka_unit_test(plan_without_receipts_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("capital_receipts", tests, NULL, NULL);
}
