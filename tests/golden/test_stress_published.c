/* test_stress_published.c: stress and solve against the worked example and what councils have printed, through the
 * program's own JSON.
 *
 * Expected figures: the worked example of a fictional council, Saltmere (its reverse stress, its scenario lines, and
 * sums of its printed gaps done by hand below); Preston City Council, medium-term financial plan, February 2023, which
 * asks for a requirement of 600k a year; Gateshead Council, MTFS 2023/24 to 2027/28, sensitivity analysis. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

enum { YEARS = 5 };

static const json_t *move_of(const json_t *root, const char *label)
{
  return item_by(root, "moves", "label", label);
}

static const json_t *price_of(const json_t *root, const char *label)
{
  return item_by(root, "prices", "label", label);
}

static double number_at(const json_t *object, const char *key)
{
  return json_number_value(json_object_get(object, key));
}

/* ---- reverse stress and goal-seek ---------------------------------------------------------------------- */

/* Saltmere, an unfunded gap by 2028/29: at +2.03 points usable reserves of 14,416 are left, at +2.04 37,398 is
 * unfunded. */
static void saltmere_pay_may_rise_2_03_points_and_not_2_04(void **state)
{
  (void)state;
  json_t *root = json_of("solve datasets/saltmere --find pay_award.extra_award --until 'D3<=2028/29'");
  const json_t *boundary = json_object_get(root, "boundary");
  assert_string_equal(json_string_value(json_object_get(boundary, "kind")), "found");
  assert_close(number_at(root, "value_before"), 0.0203, 1e-9);
  assert_close(number_at(root, "value_after"), 0.0204, 1e-9);
  assert_pence_equal(figure(json_object_get(boundary, "at_before"), "usable_closing", 2), 1441600);
  assert_pence_equal(figure(json_object_get(boundary, "at_before"), "unfunded", 2), 0);
  assert_pence_equal(figure(json_object_get(boundary, "at_after"), "usable_closing", 2), 0);
  assert_pence_equal(figure(json_object_get(boundary, "at_after"), "unfunded", 2), 3739800);
  json_decref(root);
}

/* Preston keeps 1.1m: 568k a year from 2024/25 closes at 1,097k, 569k at 1,100k. */
static void preston_needs_569k_and_not_568k(void **state)
{
  (void)state;
  json_t *root = json_of("solve datasets/preston-2023 -s no_requirement --find recurring_savings@2024/25 --until D1");
  const json_t *boundary = json_object_get(root, "boundary");
  assert_close(number_at(root, "value_before"), 568000.0, 1e-6);
  assert_close(number_at(root, "value_after"), 569000.0, 1e-6);
  assert_true(json_is_true(json_object_get(boundary, "fails_already")));
  assert_pence_equal(figure(json_object_get(boundary, "at_before"), "general_fund_closing", 4), 109700000);
  assert_pence_equal(figure(json_object_get(boundary, "at_after"), "general_fund_closing", 4), 110000000);
  json_decref(root);
}

/* What is solved counts as lasting: it takes the last year's structural gap of 11,633,056 down to nothing. */
static void saltmere_recurring_savings_close_the_structural_gap(void **state)
{
  (void)state;
  json_t *root =
      json_of("solve datasets/saltmere --find recurring_savings@2028/29 --until 'gap_structural@2030/31<=0'");
  assert_close(number_at(root, "value_before"), 11633000.0, 1e-6);
  assert_close(number_at(root, "value_after"), 11634000.0, 1e-6);
  json_decref(root);
}

/* ---- the battery --------------------------------------------------------------------------------------- */

static json_t *saltmere_stressed(void)
{
  return json_of("stress datasets/saltmere");
}

/* The worked example's pay scenario adds 4,566,496 to the gap of 2030/31. */
static void saltmere_price_of_a_point_on_pay_is_the_worked_example(void **state)
{
  (void)state;
  json_t *root = saltmere_stressed();
  const pence plan = figure(json_object_get(root, "plan"), "gap", 4);
  assert_pence_equal(figure(price_of(root, "1 point on pay, every year"), "gap", 4) - plan, 456649600);
  assert_pence_equal(figure(json_object_get(move_of(root, "Pay award"), "at_one_step"), "gap", 4) - plan, 456649600);
  json_decref(root);
}

/* A slip of twelve months costs 3,895,000 in all and nothing in the last year, so one month costs 324,583 to the pounds
 * of three roundings. */
static void saltmere_a_months_slip_costs_a_twelfth_of_a_year(void **state)
{
  (void)state;
  json_t *root = saltmere_stressed();
  const json_t *price = price_of(root, "One month's slip of the savings"), *plan = json_object_get(root, "plan");
  pence sum = 0;
  for (size_t y = 0; y < YEARS; y++) {
    sum += figure(price, "gap", y) - figure(plan, "gap", y);
  }
  assert_close((double)sum / 100.0, 3895000.0 / 12.0, 3.0);
  assert_pence_equal(figure(price, "gap", 4), figure(plan, "gap", 4));
  json_decref(root);
}

/* Council tax is 107,156,853 in 2026/27 and 134,416,674 in 2030/31: a hundredth of each, to the rounding of the base to
 * 0.01. */
static void saltmere_1_per_cent_of_council_tax_is_a_hundredth_of_it(void **state)
{
  (void)state;
  json_t *root = saltmere_stressed();
  const json_t *price = price_of(root, "1% less council tax, every year"), *plan = json_object_get(root, "plan");
  assert_close((double)(figure(price, "gap", 0) - figure(plan, "gap", 0)) / 100.0, 1071568.5, 25.0);
  assert_close((double)(figure(price, "gap", 4) - figure(plan, "gap", 4)) / 100.0, 1344166.7, 25.0);
  json_decref(root);
}

/* S1 delivers 570,000 and then 1,140,000 a year, S4 1,500,000 once: leaving each out gives back exactly that. */
static void saltmere_leaving_a_saving_out_costs_what_it_delivers(void **state)
{
  (void)state;
  json_t *root = saltmere_stressed();
  const json_t *plan = json_object_get(root, "plan");
  const json_t *digital = item_by(root, "savings", "without", "S1"),
               *release = item_by(root, "savings", "without", "S4");
  assert_pence_equal(figure(digital, "gap", 0) - figure(plan, "gap", 0), 57000000);
  assert_pence_equal(figure(digital, "gap", 4) - figure(plan, "gap", 4), 114000000);
  assert_pence_equal(figure(release, "gap", 0) - figure(plan, "gap", 0), 150000000);
  assert_pence_equal(figure(release, "gap", 4), figure(plan, "gap", 4));
  json_decref(root);
}

/* Gaps of 3,889,897 8,240,927 8,475,760 10,209,316 11,633,056 sum to 42,448,956 and reserves are 31,000,000, so from a
 * year with n years to go n x s must be 11,448,956: 2,289,792 from the first year, 11,448,956 in the last; the answer
 * is to the next thousand. */
static void saltmere_savings_needed_to_leave_no_gap_unfunded(void **state)
{
  (void)state;
  static const double needed[YEARS] = { 2290000, 2863000, 3817000, 5725000, 11449000 };
  json_t *root = saltmere_stressed();
  for (size_t y = 0; y < YEARS; y++) {
    const json_t *boundary = json_object_get(json_array_get(json_object_get(root, "deadline"), y), "first_unfunded");
    assert_close(number_at(boundary, "after"), needed[y], 1.0);
  }
  json_decref(root);
}

/* The minimum of 2030/31 is 5% of a net budget of 274,783,852 less what is saved, and the General Fund is 13,000,000:
 * 274,783,852 less 260,000,000 is 14,783,852 a year.  From 2029/30 it is too late: 2028/29 closes at 10,393,416 against
 * 12,694,794. */
static void saltmere_savings_needed_to_stay_above_the_minimum(void **state)
{
  (void)state;
  json_t *root = saltmere_stressed();
  const json_t *deadline = json_object_get(root, "deadline");
  assert_close(number_at(json_object_get(json_array_get(deadline, 0), "below_minimum"), "after"), 14784000.0, 1.0);
  assert_close(number_at(json_object_get(json_array_get(deadline, 2), "below_minimum"), "after"), 14784000.0, 1.0);
  assert_string_equal(
      json_string_value(json_object_get(json_object_get(json_array_get(deadline, 3), "below_minimum"), "kind")),
      "never");
  json_decref(root);
}

/* Begun a year late, the first year's gap of 3,889,897 is met from reserves: 31,000,000 becomes 27,110,103, as the
 * worked example closes 2026/27. */
static void saltmere_a_year_of_delay_costs_the_first_years_gap(void **state)
{
  (void)state;
  json_t *root = saltmere_stressed();
  const json_t *deadline = json_object_get(root, "deadline");
  assert_pence_equal(figure(json_object_get(json_array_get(deadline, 0), "lasting_begun_here"), "usable_closing", 4),
                     3100000000);
  assert_pence_equal(figure(json_object_get(json_array_get(deadline, 1), "lasting_begun_here"), "usable_closing", 4),
                     2711010300);
  json_decref(root);
}

/* Gateshead prints: 1% of pay is 1.4m to 1.5m, a quarter of a point on borrowing 0.29m. */
static void gateshead_prices_are_those_of_its_own_sensitivity_table(void **state)
{
  (void)state;
  json_t *root = json_of("stress datasets/gateshead-2023");
  const json_t *plan = json_object_get(root, "plan");
  const json_t *pay = price_of(root, "1 point on pay, every year"),
               *loans = price_of(root, "1 point on variable and refinanced debt");
  assert_close((double)(figure(pay, "gap", 0) - figure(plan, "gap", 0)) / 1e8, 1.45, 0.05);
  assert_close((double)(figure(loans, "gap", 0) - figure(plan, "gap", 0)) / 1e8 / 4.0, 0.29, 0.005);
  json_decref(root);
}

/* A hundredth of the council tax that each folder holds as a line: 101.0m to 116.2m in Gateshead, 13,249k to 16,045k in
 * Preston. */
static void a_hundredth_of_council_tax_without_band_d_is_a_hundredth_of_each_year(void **state)
{
  (void)state;
  static const struct {
    const char *arguments;
    pence hundredth[YEARS];
  } councils[] = {
    { "stress datasets/gateshead-2023", { 1010000, 1046000, 1083000, 1122000, 1162000 } },
    { "stress datasets/preston-2023", { 132490, 142280, 147380, 153790, 160450 } },
  };
  for (size_t c = 0; c < COUNT_OF(councils); c++) {
    json_t *root = json_of(councils[c].arguments);
    const json_t *price = price_of(root, "1% less council tax, every year"), *plan = json_object_get(root, "plan");
    for (size_t y = 0; y < YEARS; y++) {
      assert_pence_equal(figure(price, "gap", y) - figure(plan, "gap", y), 100 * councils[c].hundredth[y]);
    }
    (void)move_of(root, "Council tax rise");
    json_decref(root);
  }
}

/* R39: the same inputs and plugins give the same bytes, searches included. */
static void a_stress_twice_gives_the_same_bytes(void **state)
{
  (void)state;
  const struct ran first = run_program("stress datasets/north-west-leicestershire --json", "&1");
  const struct ran second = run_program("stress datasets/north-west-leicestershire --json", "&1");
  assert_int_equal(first.exit_code, 0);
  assert_string_equal(first.text, second.text);
  free(first.text);
  free(second.text);
}

/* Each boundary of the battery is one grain wide, and its two sides answer differently. */
static void assert_sides(const json_t *reverse, const char *date, const char *label)
{
  const json_t *boundary = json_object_get(reverse, date);
  if (json_is_null(boundary) || strcmp(json_string_value(json_object_get(boundary, "kind")), "never") == 0) {
    return;
  }
  const bool before =
      json_is_null(json_object_get(json_object_get(json_object_get(boundary, "at_before"), "dates"), date));
  const bool after =
      json_is_null(json_object_get(json_object_get(json_object_get(boundary, "at_after"), "dates"), date));
  if (before == after) {
    fail_msg("%s: both sides of the boundary of %s answer alike", label, date);
  }
}

static void both_sides_of_every_boundary_differ_on_every_council(void **state)
{
  (void)state;
  static const char *const councils[] = { "saltmere", "preston-2023", "north-east-lincolnshire",
                                          "kings-lynn-west-norfolk", "north-west-leicestershire" };
  for (size_t c = 0; c < COUNT_OF(councils); c++) {
    char arguments[128];
    snprintf(arguments, sizeof arguments, "stress datasets/%s", councils[c]);
    json_t *root = json_of(arguments), *move;
    size_t i;
    json_array_foreach(json_object_get(root, "moves"), i, move)
    {
      const char *label = json_string_value(json_object_get(move, "label"));
      assert_sides(json_object_get(move, "reverse"), "below_minimum", label);
      assert_sides(json_object_get(move, "reverse"), "first_unfunded", label);
    }
    assert_true(i > 5);
    json_decref(root);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(saltmere_pay_may_rise_2_03_points_and_not_2_04),
    cmocka_unit_test(preston_needs_569k_and_not_568k),
    cmocka_unit_test(saltmere_recurring_savings_close_the_structural_gap),
    cmocka_unit_test(saltmere_price_of_a_point_on_pay_is_the_worked_example),
    cmocka_unit_test(saltmere_a_months_slip_costs_a_twelfth_of_a_year),
    cmocka_unit_test(saltmere_1_per_cent_of_council_tax_is_a_hundredth_of_it),
    cmocka_unit_test(saltmere_leaving_a_saving_out_costs_what_it_delivers),
    cmocka_unit_test(saltmere_savings_needed_to_leave_no_gap_unfunded),
    cmocka_unit_test(saltmere_savings_needed_to_stay_above_the_minimum),
    cmocka_unit_test(saltmere_a_year_of_delay_costs_the_first_years_gap),
    cmocka_unit_test(gateshead_prices_are_those_of_its_own_sensitivity_table),
    cmocka_unit_test(a_hundredth_of_council_tax_without_band_d_is_a_hundredth_of_each_year),
    cmocka_unit_test(a_stress_twice_gives_the_same_bytes),
    cmocka_unit_test(both_sides_of_every_boundary_differ_on_every_council),
  };
  return cmocka_run_group_tests_name("stress published", tests, NULL, NULL);
}
