// Tests of plugins/fees.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

/* One line of fees, in all five of its parts. */
static void open_with_fees(struct harness *h, uint32_t n_years, uint32_t count)
{
  static const char *const slots[] = { "fees", "fees_step", "fees_one_off", "fees_number", "fees_cost" };
  static const char *const ids[] = { "parking", "rents" };
  harness_open(h, n_years, 1);
  for (int s = 0; s < 5; s++) {
    harness_bind(h, slots[s], count);
  }
  for (uint32_t k = 0; k < count; k++) {
    harness_word(h, "fees", k, "id", ids[k]);
  }
}

static void bind_rents(struct harness *h)
{
  static const char *const slots[] = { "rents", "rents_step", "rents_one_off", "rents_number" };
  for (int s = 0; s < 4; s++) {
    harness_bind(h, slots[s], 1);
  }
  harness_word(h, "rents", 0, "id", "rents");
}

/* 95% from the second year on: the rate falls once, and every later step is 95% of the plan's. */
static void volume_is_a_part_of_the_plan_in_each_year(void **state)
{
  (void)state;
  struct harness h;
  open_with_fees(&h, 3, 1);
  harness_set_year(&h, "volume", 1, -0.05);
  harness_set_year(&h, "volume", 2, -0.05);
  harness_run(&h);
  ASSERT_ROW(&h, "fees", 0, 0.0, -0.05, 0.0);
  ASSERT_ROW(&h, "fees_step", 0, 1.0, 0.95, 0.95);
  ASSERT_ROW(&h, "fees_one_off", 0, 1.0, 0.95, 0.95);
  harness_close(&h);
}

/* 80% of the plan for a year, then all of it: 1 / 0.8 - 1 = 25%. */
static void income_returns_after_a_bad_year(void **state)
{
  (void)state;
  struct harness h;
  open_with_fees(&h, 2, 1);
  harness_set_year(&h, "volume", 0, -0.20);
  harness_run(&h);
  ASSERT_ROW(&h, "fees", 0, -0.20, 0.25);
  harness_close(&h);
}

/* 10% on the price at a response of a half: volume 0.95, income 1.1 x 0.95 = 1.045. */
static void higher_price_loses_volume(void **state)
{
  (void)state;
  struct harness h;
  open_with_fees(&h, 1, 1);
  harness_set(&h, "price", 0.10);
  harness_run(&h);
  ASSERT_ROW(&h, "fees", 0, 0.045);
  ASSERT_ROW(&h, "fees_number", 0, 0.95);
  ASSERT_ROW(&h, "fees_cost", 0, 1.10);
  harness_close(&h);
}

/* 1.1 x 0.85 = 0.935. */
static void response_of_one_and_a_half_loses_money(void **state)
{
  (void)state;
  struct harness h;
  open_with_fees(&h, 1, 1);
  harness_set(&h, "price", 0.10);
  harness_set(&h, "response", 1.5);
  harness_run(&h);
  ASSERT_ROW(&h, "fees", 0, -0.065);
  harness_close(&h);
}

/* A fifth of the rent is lost and a tenth of that is paid on top: 1 - 0.2 x 1.1 = 0.78. */
static void rents_move_with_voids_alone(void **state)
{
  (void)state;
  struct harness h;
  open_with_fees(&h, 2, 2);
  bind_rents(&h);
  harness_set(&h, "volume", -0.10);
  harness_set_year(&h, "voids", 1, 0.20);
  harness_run(&h);
  ASSERT_ROW(&h, "fees", 0, -0.10, 0.0);
  ASSERT_ROW(&h, "fees", 1, 0.0, 0.0);
  ASSERT_ROW(&h, "rents", 0, 0.0, -0.22);
  harness_close(&h);
}

static void line_in_a_ring_is_left_alone(void **state)
{
  (void)state;
  struct harness h;
  open_with_fees(&h, 1, 1);
  harness_word(&h, "fees", 0, "ring", "hra");
  harness_set(&h, "volume", -0.10);
  harness_run(&h);
  ASSERT_ROW(&h, "fees", 0, 0.0);
  ASSERT_ROW(&h, "fees_step", 0, 1.0);
  harness_close(&h);
}

static void plan_without_income_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 3, 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "class income"));
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(volume_is_a_part_of_the_plan_in_each_year),
    cmocka_unit_test(income_returns_after_a_bad_year),
    cmocka_unit_test(higher_price_loses_volume),
    cmocka_unit_test(response_of_one_and_a_half_loses_money),
    cmocka_unit_test(rents_move_with_voids_alone),
    cmocka_unit_test(line_in_a_ring_is_left_alone),
    cmocka_unit_test(plan_without_income_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("fees", tests, NULL, NULL);
}
