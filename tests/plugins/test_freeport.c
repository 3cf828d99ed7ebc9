// Tests of plugins/freeport.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

/* Growth and what it is spent on, both in the ring. */
static void open_with_ring(struct harness *h, uint32_t n_years)
{
  static const char *const slots[] = { "ring", "ring_step", "ring_one_off" };
  harness_open(h, n_years, 1);
  for (int s = 0; s < 3; s++) {
    harness_bind(h, slots[s], 2);
  }
  harness_bind(h, "line", 1);
  harness_bind(h, "line_step", 1);
  harness_word(h, "ring", 0, "class", "grant");
  harness_word(h, "ring", 1, "class", "other");
}

static void growth_falls_short_and_spending_stands(void **state)
{
  (void)state;
  struct harness h;
  open_with_ring(&h, 2);
  harness_set_year(&h, "shortfall", 1, 0.4);
  harness_run(&h);
  ASSERT_ROW(&h, "ring", 0, 0.0, -0.4);
  ASSERT_ROW(&h, "ring_step", 0, 1.0, 0.6);
  ASSERT_ROW(&h, "ring", 1, 0.0, 0.0);
  ASSERT_ROW(&h, "ring_step", 1, 1.0, 1.0);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.0);
  harness_close(&h);
}

/* At a cover of 1, half the growth leaves half of 1m, in the year of the shortfall; a step up and a step down. */
static void repayment_not_covered_falls_on_the_council(void **state)
{
  (void)state;
  struct harness h;
  open_with_ring(&h, 3);
  harness_set_year(&h, "shortfall", 1, 0.5);
  harness_set(&h, "repayment", 1e6);
  harness_run(&h);
  ASSERT_ROW(&h, "line_step", 0, 0.0, 0.5e6, -0.5e6);
  ASSERT_ROW(&h, "line", 0, 0.0, 0.0, 0.0);
  harness_close(&h);
}

/* Cover 2 and 40% of the growth pay 80% of 1m. */
static void cover_protects_the_council(void **state)
{
  (void)state;
  struct harness h;
  open_with_ring(&h, 1);
  harness_set(&h, "shortfall", 0.6);
  harness_set(&h, "repayment", 1e6);
  harness_set(&h, "cover", 2.0);
  harness_run(&h);
  ASSERT_ROW(&h, "line_step", 0, 0.2e6);
  harness_close(&h);
}

static void cost_on_a_ring_alone_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "ring", 1);
  harness_word(&h, "ring", 0, "class", "other");
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "freeport"));
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(growth_falls_short_and_spending_stands),
    cmocka_unit_test(repayment_not_covered_falls_on_the_council),
    cmocka_unit_test(cover_protects_the_council),
    cmocka_unit_test(cost_on_a_ring_alone_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("freeport", tests, NULL, NULL);
}
