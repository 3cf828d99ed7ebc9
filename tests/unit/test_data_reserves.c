/* test_data_reserves.c: reserves and capital receipts as read, and the checks that query them. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "anytown.h"

/* ---- reserves ------------------------------------------------------------------------------------------ */

/* 3m less the gap of 2m in 2026/27 leaves 1m of the 2m planned for 2027/28. */
static void a_planned_use_that_an_earlier_gap_took_is_told(void **state)
{
  (void)state;
  load("reserves.csv",
       RESERVES_HEADER
       "smoothing,Smoothing,smoothing,3000000,1,,,0,-2000000,0\ngf,General Fund,general_fund,8000000,,,,,,\n",
       NULL);
  expect(CODE_PLANNED_SHORT, 1000000, "in 2027/28, £1.0m is gone");
}

static void planned_uses_beyond_the_balance_are_told(void **state)
{
  (void)state;
  load("reserves.csv",
       RESERVES_HEADER
       "smoothing,Smoothing,smoothing,3000000,1,,,-2000000,-2000000,0\ngf,General Fund,general_fund,8000000,,,,,,\n",
       NULL);
  expect(CODE_PLANNED_OVERDRAWN, 1000000, "by 2027/28");
}

static void a_move_between_reserves_passes(void **state)
{
  (void)state;
  load("reserves.csv",
       RESERVES_HEADER "smoothing,Smoothing,smoothing,9000000,1,outside,,-1000000,0,0\ngf,General "
                       "Fund,general_fund,8000000,,outside,,1000000,,\n",
       NULL);
  expect_none(CODE_MOVED_FROM_NOWHERE);
}

static void a_move_from_nowhere_is_queried(void **state)
{
  (void)state;
  load("reserves.csv",
       RESERVES_HEADER
       "smoothing,Smoothing,smoothing,9000000,1,,,,,\ngf,General Fund,general_fund,8000000,,outside,,1000000,,\n",
       NULL);
  expect(CODE_MOVED_FROM_NOWHERE, 1000000, "£1.0m moves into reserve 'gf' in 2026/27");
}

/* R34: the receipt of £20.5m added to reserves. */
static void capital_into_a_revenue_reserve_is_refused(void **state)
{
  (void)state;
  load("reserves.csv",
       RESERVES_HEADER "receipts,Usable capital receipts,capital,20500000,,outside,,-20500000,,\n"
                       "gf,General Fund,general_fund,8000000,,outside,,20500000,,\n",
       NULL);
  expect_error(CODE_RECEIPT_TO_REVENUE, "reserves.csv", 3, 1);
  assert_non_null(strstr(find(CODE_RECEIPT_TO_REVENUE)->help, "SI 2003/3146 regulation 23"));
}

static void a_capital_reserve_may_not_pay_for_the_gap(void **state)
{
  (void)state;
  load("reserves.csv", RESERVES "receipts,Usable capital receipts,capital,2000000,,revenue,,-2000000,,\n", NULL);
  expect_error(CODE_RECEIPT_TO_REVENUE, "reserves.csv", 4, 60);
}

static void schools_balances_in_a_usable_class_are_queried(void **state)
{
  (void)state;
  load("reserves.csv", RESERVES "schools,Schools balances,in_extremis,2000000,2,,,,,\n", NULL);
  expect(CODE_RESERVE_MISCLASSED, 2000000, "its class is in_extremis");
}

static void a_contribution_larger_than_its_line_is_queried(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "topup,Contribution to reserves,other,recurring,level,,100000,100000,100000,,,\n",
       "reserves.csv",
       RESERVES_HEADER
       "smoothing,Smoothing,smoothing,9000000,1,,topup,100000,150000,0\ngf,General Fund,general_fund,8000000,,,,,,\n",
       NULL);
  expect(CODE_CONTRIBUTION_LARGER, 50000, "£150k goes into reserve 'smoothing' in 2027/28");
}

static void a_draw_order_on_a_committed_reserve_is_refused(void **state)
{
  (void)state;
  load("reserves.csv", RESERVES "pfi,PFI,committed,2000000,2,,,,,\n", NULL);
  expect_error(CODE_DRAW_FORBIDDEN, "reserves.csv", 4, 27);
}

static void without_a_general_fund_there_is_no_first_date(void **state)
{
  (void)state;
  load("reserves.csv", RESERVES_HEADER "smoothing,Smoothing,smoothing,9000000,1,,,,,\n", NULL);
  assert_non_null(find(CODE_NO_GENERAL_FUND));
  assert_int_equal(folder.baseline->date[DATE_BELOW_MINIMUM], DATE_UNKNOWN);
}

static void a_further_row_adds_a_movement(void **state)
{
  (void)state;
  load("reserves.csv", RESERVES "smoothing,,,,,outside,,-500000,,\n", NULL);
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(folder.plan.reserve[0].n_movements, 2);
  assert_false(folder.plan.reserve[0].movement[1].for_revenue);
}

/* ---- capital ------------------------------------------------------------------------------------------- */

#define COSTLY_SAVING \
  SAVINGS_HEADER      \
  "a,A,,recurring,,amount_in_place,,500000,500000,500000,100,,,,,\na,,,,cost,,,0,300000,0,,,,receipts,,\n"

/* Half of 1m is meant for flexible use, and 300,000 qualifies. */
static void flexible_use_beyond_its_cost_is_held(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "depot,Depot,2026/27,1000000,received,yes,0,0,50,25,4.5,,,no\n",
       "savings.csv", COSTLY_SAVING, NULL);
  expect(CODE_FLEXIBLE_EXCESS, 200000, "£200k more is meant for flexible use");
}

static void flexible_use_that_waits_for_its_cost_passes(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "depot,Depot,2026/27,1000000,received,yes,0,0,30,25,4.5,,,no\n",
       "savings.csv", COSTLY_SAVING, NULL);
  expect_none(CODE_FLEXIBLE_EXCESS);
}

static void transformation_before_the_cash_is_bridged(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "depot,Depot,2028/29,1000000,contracted,yes,0,0,30,25,4.5,,,no\n",
       "savings.csv", COSTLY_SAVING, NULL);
  expect(CODE_BRIDGED, 300000,
         "£300k of transformation is spent in 2027/28, before the receipt that is to meet it: depot, Depot, comes in "
         "2028/29");
}

static void transformation_without_a_receipt_is_told(void **state)
{
  (void)state;
  load("savings.csv", COSTLY_SAVING, NULL);
  expect(CODE_TRANSFORMATION_UNMET, 300000, "£300k of transformation in 2027/28");
}

static void a_receipt_after_the_plan_is_told(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "depot,Depot,2029/30,1000000,planned,yes,100,0,0,25,4.5,,,no\n", NULL);
  expect(CODE_RECEIPT_BEYOND, 1000000, "arrives in 2029/30, after the plan ends");
}

static void a_right_to_buy_receipt_marked_eligible_is_queried(void **state)
{
  (void)state;
  load("capital_receipts.csv",
       RECEIPTS_HEADER "rtb,Right to Buy sales,2026/27,1000000,received,yes,100,0,0,25,4.5,,,no\n", NULL);
  expect(CODE_RIGHT_TO_BUY, 1000000, "Right to Buy sales, is marked as eligible");
}

static void flexible_use_of_a_receipt_that_is_not_eligible_is_refused(void **state)
{
  (void)state;
  load("capital_receipts.csv",
       RECEIPTS_HEADER "rtb,Right to Buy sales,2026/27,1000000,received,no,0,0,10,25,4.5,,,no\n", NULL);
  expect_error(CODE_RECEIPT_NOT_ELIGIBLE, "capital_receipts.csv", 2, 56);
}

static void a_sum_of_ten_thousand_is_no_capital_receipt(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "van,Van,2026/27,10000,received,yes,0,0,0,25,4.5,,,no\n", NULL);
  expect(CODE_RECEIPT_SMALL, 10000, "is £10,000");
}

static void an_idea_that_the_plan_counts_on_is_queried(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "hall,Old hall,2026/27,1000000,idea,yes,40,0,0,25,4.5,,,no\n", NULL);
  expect(CODE_RECEIPT_UNCERTAIN, 400000, "the plan uses £400k of receipt 'hall'");
}

static void shares_beyond_the_whole_are_refused(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "hall,Old hall,2026/27,1000000,planned,yes,60,50,0,25,4.5,,,no\n", NULL);
  expect(CODE_RECEIPT_SHARES, 100000, "add to 110% of it");
}

static void three_shares_that_make_the_whole_pass(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "hall,Old hall,2026/27,1000000,planned,yes,10,20,70,25,4.5,,,no\n",
       NULL);
  expect_none(CODE_RECEIPT_SHARES);
}

/* R36 */
static void flexible_use_in_2030_31_is_refused(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "hall,Old hall,2030/31,1000000,planned,yes,0,0,10,25,4.5,,,no\n", NULL);
  expect_error(CODE_FLEXIBLE_TOO_LATE, "capital_receipts.csv", 2, 47);
}

/* R34 */
static void a_column_to_revenue_is_refused_with_the_reason(void **state)
{
  (void)state;
  load("capital_receipts.csv",
       "id,asset,year,amount,certainty,eligible,to_revenue,life,rate,in_plan\nhall,Hall,2026/"
       "27,1000000,planned,yes,100,25,4.5,no\n",
       NULL);
  expect_error(CODE_RECEIPT_TO_REVENUE, "capital_receipts.csv", 1, 41);
  assert_non_null(
      strstr(find(CODE_RECEIPT_TO_REVENUE)->help, "it may not meet revenue spending without a direction on record"));
}

static void a_scenario_to_revenue_is_refused_with_the_reason(void **state)
{
  (void)state;
  load("scenarios.csv", SCENARIOS_HEADER "bad,shift,,input,receipt:land.to_revenue,,,\nbad,shift,,add,100pp,,,\n",
       NULL);
  expect_error(CODE_RECEIPT_TO_REVENUE, "scenarios.csv", 2, 18);
}

static void only_a_receipts_own_field_is_refused(void **state)
{
  (void)state;
  assert_non_null(receipt_refusal("receipt:land.to_revenue"));
  assert_null(receipt_refusal("receipt:land.to_debt"));
  assert_null(receipt_refusal("saving:a.value"));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(a_planned_use_that_an_earlier_gap_took_is_told),
    TEST(planned_uses_beyond_the_balance_are_told),
    TEST(a_move_between_reserves_passes),
    TEST(a_move_from_nowhere_is_queried),
    TEST(capital_into_a_revenue_reserve_is_refused),
    TEST(a_capital_reserve_may_not_pay_for_the_gap),
    TEST(schools_balances_in_a_usable_class_are_queried),
    TEST(a_contribution_larger_than_its_line_is_queried),
    TEST(a_draw_order_on_a_committed_reserve_is_refused),
    TEST(without_a_general_fund_there_is_no_first_date),
    TEST(a_further_row_adds_a_movement),
    TEST(flexible_use_beyond_its_cost_is_held),
    TEST(flexible_use_that_waits_for_its_cost_passes),
    TEST(transformation_before_the_cash_is_bridged),
    TEST(transformation_without_a_receipt_is_told),
    TEST(a_receipt_after_the_plan_is_told),
    TEST(a_right_to_buy_receipt_marked_eligible_is_queried),
    TEST(flexible_use_of_a_receipt_that_is_not_eligible_is_refused),
    TEST(a_sum_of_ten_thousand_is_no_capital_receipt),
    TEST(an_idea_that_the_plan_counts_on_is_queried),
    TEST(shares_beyond_the_whole_are_refused),
    TEST(three_shares_that_make_the_whole_pass),
    TEST(flexible_use_in_2030_31_is_refused),
    TEST(a_column_to_revenue_is_refused_with_the_reason),
    TEST(a_scenario_to_revenue_is_refused_with_the_reason),
    TEST(only_a_receipts_own_field_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
