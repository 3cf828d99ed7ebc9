// Tests of plugins/inflation.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

static void each_class_of_driver_has_its_own_points(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "prices", 1);
  harness_bind(&h, "contracts", 1);
  harness_bind(&h, "care_fees", 1);
  harness_set(&h, "cpi", 0.02);
  harness_set(&h, "contracts", 0.03);
  harness_set_year(&h, "care_fees", 1, 0.01);
  harness_run(&h);
  ASSERT_ROW(&h, "prices", 0, 0.02, 0.02);
  ASSERT_ROW(&h, "contracts", 0, 0.03, 0.03);
  ASSERT_ROW(&h, "care_fees", 0, 0.0, 0.01);
  harness_close(&h);
}

/* Contracts at CPI plus something, moved by cpi and contracts: what is added to the contract driver itself. */
static double added_to_follower(double cpi, double contracts)
{
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "prices", 1);
  harness_bind(&h, "contracts", 1);
  harness_word(&h, "prices", 0, "id", "cpi");
  harness_word(&h, "contracts", 0, "id", "index");
  harness_word(&h, "contracts", 0, "follows", "cpi");
  harness_set(&h, "cpi", cpi);
  harness_set(&h, "contracts", contracts);
  harness_run(&h);
  assert_close(harness_change(&h, "prices", 0, 0), cpi);
  const double added = harness_change(&h, "contracts", 0, 0);
  harness_close(&h);
  return added;
}

/* CPI +2 and contracts +2: 2 in all, and CPI has brought them. */
static void follower_is_not_moved_twice(void **state)
{
  (void)state;
  assert_close(added_to_follower(0.02, 0.02), 0.0);
}

/* CPI +2 and contracts +3: 3 in all, of which 1 is the contract's own. */
static void follower_gets_what_its_own_points_exceed(void **state)
{
  (void)state;
  assert_close(added_to_follower(0.02, 0.03), 0.01);
}

/* CPI +2 and contracts +1: a contract tied to CPI rises by 2. */
static void follower_never_gets_less_than_what_it_follows(void **state)
{
  (void)state;
  assert_close(added_to_follower(0.02, 0.01), 0.0);
}

/* Contracts +1 alone: all of it is the contract's own. */
static void follower_moves_by_itself_when_prices_stand(void **state)
{
  (void)state;
  assert_close(added_to_follower(0.0, 0.01), 0.01);
}

/* CPI -1 and contracts -3: -3 in all. */
static void follower_of_a_fall_gets_the_rest_of_its_own(void **state)
{
  (void)state;
  assert_close(added_to_follower(-0.01, -0.03), -0.02);
}

/* CPI +2 and contracts -1: against each other, +1 in all. */
static void opposite_moves_add(void **state)
{
  (void)state;
  assert_close(added_to_follower(0.02, -0.01), -0.01);
}

/* cpi, an index on cpi, a care fee on that index, bound in the wrong order.  CPI +1, contracts +2, care +4: the index
 * adds 1 of its own to make 2, the fee adds 2 of its own to make 4. */
static void chain_is_worked_out_from_its_head(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "prices", 2);
  harness_bind(&h, "contracts", 1);
  harness_bind(&h, "care_fees", 1);
  harness_word(&h, "prices", 0, "id", "rpi");
  harness_word(&h, "prices", 0, "follows", "cpi");
  harness_word(&h, "prices", 1, "id", "cpi");
  harness_word(&h, "contracts", 0, "id", "index");
  harness_word(&h, "contracts", 0, "follows", "rpi");
  harness_word(&h, "care_fees", 0, "id", "fee");
  harness_word(&h, "care_fees", 0, "follows", "index");
  harness_set(&h, "cpi", 0.01);
  harness_set(&h, "contracts", 0.02);
  harness_set(&h, "care_fees", 0.04);
  harness_run(&h);
  ASSERT_ROW(&h, "prices", 1, 0.01);
  ASSERT_ROW(&h, "prices", 0, 0.0);
  ASSERT_ROW(&h, "contracts", 0, 0.01);
  ASSERT_ROW(&h, "care_fees", 0, 0.02);
  harness_close(&h);
}

/* 30% on energy is a rate of 0.30 on each line so tagged. */
static void energy_raises_the_tagged_lines(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "energy", 2);
  harness_set_year(&h, "energy", 0, 0.30);
  harness_run(&h);
  ASSERT_ROW(&h, "energy", 0, 0.30, 0.0);
  ASSERT_ROW(&h, "energy", 1, 0.30, 0.0);
  harness_close(&h);
}

/* A contract that no driver grows follows prices: CPI +2pp and contracts +3pp move it by 3pp, +2pp and +1pp by 2pp. */
static void lines_without_a_driver_move_by_themselves(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 2, 1);
  harness_bind(&h, "prices", 1);
  harness_bind(&h, "contract_lines", 2);
  harness_bind(&h, "care_lines", 1);
  harness_word(&h, "contract_lines", 0, "driven", "yes");
  harness_word(&h, "contract_lines", 1, "driven", "no");
  harness_word(&h, "care_lines", 0, "driven", "no");
  harness_set(&h, "cpi", 0.02);
  harness_set_year(&h, "contracts", 0, 0.03);
  harness_set_year(&h, "contracts", 1, 0.01);
  harness_set(&h, "care_fees", 0.015);
  harness_run(&h);
  ASSERT_ROW(&h, "contract_lines", 0, 0.0, 0.0);
  ASSERT_ROW(&h, "contract_lines", 1, 0.03, 0.02);
  ASSERT_ROW(&h, "care_lines", 0, 0.015, 0.015);
  harness_close(&h);
}

static void plan_without_price_drivers_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "no driver of class price"));
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(each_class_of_driver_has_its_own_points),
    cmocka_unit_test(follower_is_not_moved_twice),
    cmocka_unit_test(follower_gets_what_its_own_points_exceed),
    cmocka_unit_test(follower_never_gets_less_than_what_it_follows),
    cmocka_unit_test(follower_moves_by_itself_when_prices_stand),
    cmocka_unit_test(follower_of_a_fall_gets_the_rest_of_its_own),
    cmocka_unit_test(opposite_moves_add),
    cmocka_unit_test(chain_is_worked_out_from_its_head),
    cmocka_unit_test(energy_raises_the_tagged_lines),
    cmocka_unit_test(lines_without_a_driver_move_by_themselves),
    cmocka_unit_test(plan_without_price_drivers_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("inflation", tests, NULL, NULL);
}
