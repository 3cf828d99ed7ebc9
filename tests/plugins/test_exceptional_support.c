// Tests of plugins/exceptional_support.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

static void open_with_support(struct harness *h, uint32_t n_years)
{
  static const char *const slots[] = { "line", "loan", "loan_rate", "gap" };
  harness_open(h, n_years, 1);
  for (int s = 0; s < 4; s++) {
    harness_bind(h, slots[s], 1);
  }
  harness_plan_all(h, "loan_rate", 0, 0.05);
}

/* Funding is negative on a line.  The loan is at the 5% that it is made with. */
static void support_is_funding_once_and_a_loan(void **state)
{
  (void)state;
  struct harness h;
  open_with_support(&h, 3);
  harness_set_year(&h, "amount", 0, 10e6);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, -10e6, 0.0, 0.0);
  ASSERT_ROW(&h, "loan", 0, 10e6, 0.0, 0.0);
  ASSERT_ROW(&h, "loan_rate", 0, 0.0, 0.0, 0.0);
  harness_close(&h);
}

static void loan_runs_for_twenty_years_and_funding_is_capitalised(void **state)
{
  (void)state;
  struct harness h;
  open_with_support(&h, 1);
  assert_string_equal(h.plugin->slot[harness_slot(&h, "loan")].new_class, "20");
  assert_string_equal(h.plugin->slot[harness_slot(&h, "line")].new_class, "capitalised");
  harness_close(&h);
}

/* Half of 4m; nothing of a surplus. */
static void support_may_meet_a_part_of_the_plans_gap(void **state)
{
  (void)state;
  struct harness h;
  open_with_support(&h, 2);
  harness_plan(&h, "gap", 0, 0, 4e6);
  harness_plan(&h, "gap", 0, 1, -1e6);
  harness_set(&h, "gap_part", 0.5);
  harness_run(&h);
  ASSERT_ROW(&h, "loan", 0, 2e6, 0.0);
  harness_close(&h);
}

static void dearer_loan_keeps_the_rate_of_its_year(void **state)
{
  (void)state;
  struct harness h;
  open_with_support(&h, 2);
  harness_set_year(&h, "amount", 1, 1e6);
  harness_set(&h, "rate", 0.06);
  harness_run(&h);
  ASSERT_ROW(&h, "loan_rate", 0, 0.0, 0.01);
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(support_is_funding_once_and_a_loan),
    cmocka_unit_test(loan_runs_for_twenty_years_and_funding_is_capitalised),
    cmocka_unit_test(support_may_meet_a_part_of_the_plans_gap),
    cmocka_unit_test(dearer_loan_keeps_the_rate_of_its_year),
  };
  return cmocka_run_group_tests_name("exceptional_support", tests, NULL, NULL);
}
