// Tests of tests/plugins/cpp/fuel.cpp, from C: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

/* A third of 30 points is 10, a tenth is 3. */
static void contracts_carry_a_third_and_own_lines_a_tenth(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "lines", 2);
  harness_word(&h, "lines", 0, "class", "contract");
  harness_word(&h, "lines", 1, "class", "other");
  harness_set_year(&h, "rise", 1, 0.30);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 0.0, 0.10);
  ASSERT_ROW(&h, "lines", 1, 0.0, 0.03);
  harness_close(&h);
}

static void contractors_keep_what_cheaper_fuel_saves(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "lines", 2);
  harness_word(&h, "lines", 0, "class", "contract");
  harness_set(&h, "rise", -0.20);
  harness_run(&h);
  ASSERT_ROW(&h, "lines", 0, 0.0);
  ASSERT_ROW(&h, "lines", 1, -0.02);
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(contracts_carry_a_third_and_own_lines_a_tenth),
    cmocka_unit_test(contractors_keep_what_cheaper_fuel_saves),
  };
  return cmocka_run_group_tests_name("fuel", tests, NULL, NULL);
}
