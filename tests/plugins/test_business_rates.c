// Tests of plugins/business_rates.c: the changes that it asks for, against sums by hand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "harness.h"

/* Income of £90m at 49% is a local share of £44.1m; the baseline is £42m in every year.  The draw is the median. */
static void open_with_terms(struct harness *h, uint32_t n_years)
{
  harness_open(h, n_years, 1);
  harness_bind(h, "income", 1);
  harness_bind(h, "local_share", 1);
  harness_bind(h, "baseline", 1);
  harness_bind(h, "pool", 1);
  harness_bind(h, "closure", 1);
  harness_plan_all(h, "income", 0, 90e6);
  harness_plan_all(h, "local_share", 0, 0.49);
  harness_plan_all(h, "baseline", 0, 42e6);
  harness_plan_all(h, "closure", 0, 0.5);
}

static void cut_of_15_per_cent_leaves_85(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 3);
  harness_set_year(&h, "income", 1, -0.15);
  harness_run(&h);
  ASSERT_ROW(&h, "income", 0, 1.0, 0.85, 1.0);
  ASSERT_ROW(&h, "baseline", 0, 1.0, 1.0, 1.0);
  harness_close(&h);
}

/* 2% of 90m at 49% is 882,000, in its year alone. */
static void refunds_for_earlier_years_are_paid_once(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 3);
  harness_bind(&h, "line", 1);
  harness_set_year(&h, "backdated", 1, 0.02);
  harness_run(&h);
  ASSERT_ROW(&h, "line", 0, 0.0, 882e3, 0.0);
  ASSERT_ROW(&h, "income", 0, 1.0, 1.0, 1.0);
  harness_close(&h);
}

/* Draws of 0.9, 0.04, 0.9 against a chance of 5%: it closes in the second year and stays closed. */
static void ratepayer_that_closes_stays_closed(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 3);
  harness_plan(&h, "closure", 0, 0, 0.9);
  harness_plan(&h, "closure", 0, 1, 0.04);
  harness_plan(&h, "closure", 0, 2, 0.9);
  harness_set(&h, "share", 0.10);
  harness_set(&h, "chance", 0.05);
  harness_run(&h);
  ASSERT_ROW(&h, "income", 0, 1.0, 0.9, 0.9);
  harness_close(&h);
}

static void plain_run_keeps_a_ratepayer_that_may_close(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 2);
  harness_set(&h, "share", 0.10);
  harness_set(&h, "chance", 0.05);
  harness_run(&h);
  ASSERT_ROW(&h, "income", 0, 1.0, 1.0);
  harness_close(&h);
}

static void chance_of_100_per_cent_closes_in_a_plain_run(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 2);
  harness_set(&h, "share", 0.10);
  harness_set_year(&h, "chance", 1, 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "income", 0, 1.0, 0.9);
  harness_close(&h);
}

/* 0.85 x 0.90 = 0.765. */
static void cut_and_closure_multiply(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 1);
  harness_set(&h, "income", -0.15);
  harness_set(&h, "share", 0.10);
  harness_set(&h, "chance", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "income", 0, 0.765);
  harness_close(&h);
}

/* 44.1 / 42 = 1.05: the baseline is raised by 5% from the year of the reset on. */
static void full_reset_raises_the_baseline_to_the_local_share(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 3);
  harness_set_year(&h, "reset", 1, 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "baseline", 0, 1.0, 1.05, 1.05);
  ASSERT_ROW(&h, "income", 0, 1.0, 1.0, 1.0);
  harness_close(&h);
}

/* 40% of growth of 5% is 2%. */
static void part_of_a_reset_takes_part_of_the_growth(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 1);
  harness_set(&h, "reset", 0.4);
  harness_run(&h);
  ASSERT_ROW(&h, "baseline", 0, 1.02);
  harness_close(&h);
}

/* After a reset income grows to 46.305 = 44.1 x 1.05; the second reset takes that: 1.05 x 1.05 = 1.1025. */
static void second_reset_takes_growth_since_the_first(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 2);
  harness_plan(&h, "income", 0, 1, 94.5e6);
  harness_set(&h, "reset", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "baseline", 0, 1.05, 1.1025);
  harness_close(&h);
}

/* Income down 10% is 39.69 of local share, under the baseline of 42: there is no growth to take. */
static void reset_takes_nothing_where_income_is_below_the_baseline(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 1);
  harness_set(&h, "income", -0.10);
  harness_set(&h, "reset", 1.0);
  harness_run(&h);
  ASSERT_ROW(&h, "baseline", 0, 1.0);
  harness_close(&h);
}

/* Half goes in the first year, half of what is left in the third. */
static void reset_takes_the_pool_in_the_same_part(void **state)
{
  (void)state;
  struct harness h;
  open_with_terms(&h, 3);
  harness_set_year(&h, "reset", 0, 0.5);
  harness_set_year(&h, "reset", 2, 0.5);
  harness_run(&h);
  ASSERT_ROW(&h, "pool", 0, 0.5, 0.5, 0.25);
  harness_close(&h);
}

static void plan_without_the_terms_is_skipped_with_a_reason(void **state)
{
  (void)state;
  struct harness h;
  harness_open(&h, 1, 1);
  harness_bind(&h, "closure", 1);
  assert_int_equal(harness_activate(&h), HR_SKIP);
  assert_non_null(strstr(h.err.text, "business_rates.csv"));
  harness_close(&h);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TESTS_OF_EVERY_PLUGIN,
    cmocka_unit_test(cut_of_15_per_cent_leaves_85),
    cmocka_unit_test(ratepayer_that_closes_stays_closed),
    cmocka_unit_test(refunds_for_earlier_years_are_paid_once),
    cmocka_unit_test(plain_run_keeps_a_ratepayer_that_may_close),
    cmocka_unit_test(chance_of_100_per_cent_closes_in_a_plain_run),
    cmocka_unit_test(cut_and_closure_multiply),
    cmocka_unit_test(full_reset_raises_the_baseline_to_the_local_share),
    cmocka_unit_test(part_of_a_reset_takes_part_of_the_growth),
    cmocka_unit_test(second_reset_takes_growth_since_the_first),
    cmocka_unit_test(reset_takes_nothing_where_income_is_below_the_baseline),
    cmocka_unit_test(reset_takes_the_pool_in_the_same_part),
    cmocka_unit_test(plan_without_the_terms_is_skipped_with_a_reason),
  };
  return cmocka_run_group_tests_name("business_rates", tests, NULL, NULL);
}
