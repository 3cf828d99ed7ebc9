/* test_data_checks.c: controls, lines, council tax and history held against what a section 151 officer would query. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "anytown.h"

static void anytown_has_nothing_to_query(void **state)
{
  (void)state;
  load(NULL);
  print_findings();
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(folder.findings.count, 0);
  assert_int_equal(folder.baseline->measure[M_GAP][0], 200000000);
}

/* ---- controls (R52) ------------------------------------------------------------------------------------------------
 */

static void a_control_off_by_a_pound_is_refused(void **state)
{
  (void)state;
  load("controls.csv", CONTROLS_HEADER "net_budget,0,refuse,97000000,97000001,97000000\n", NULL);
  expect(CODE_CONTROL_REFUSED, 1,
         "net_budget in 2027/28 is published as £97,000,001 and the plan makes it £97,000,000");
  expect_error(CODE_CONTROL_REFUSED, "controls.csv", 2, 30);
}

static void the_tolerance_is_inclusive(void **state)
{
  (void)state;
  load("controls.csv", CONTROLS_HEADER "net_budget,1,refuse,97000000,97000001,97000000\n", NULL);
  expect_none(CODE_CONTROL_REFUSED);
}

static void a_misprint_is_reported_and_kept(void **state)
{
  (void)state;
  load("controls.csv", CONTROLS_HEADER "gap,0,report,2000000,,3000000\n", NULL);
  expect(CODE_CONTROL_REPORTED, 1000000, "gap in 2028/29");
  assert_int_equal(status, STATUS_OK);
}

static void a_line_is_controlled_in_the_sign_of_the_file(void **state)
{
  (void)state;
  load("controls.csv", CONTROLS_HEADER "line:grant.amount,,,5000000,5000000,5000000\n", NULL);
  expect_none(CODE_CONTROL_REFUSED);
}

/* 9m less the gap of 2m a year */
static void a_reserve_is_controlled_at_both_ends(void **state)
{
  (void)state;
  load("controls.csv",
       CONTROLS_HEADER
       "reserve:smoothing.opening,,,9000000,7000000,5000000\nreserve:smoothing.closing,,,7000000,5000000,3000000\n",
       NULL);
  expect_none(CODE_CONTROL_REFUSED);
}

static void a_figure_of_another_row_is_recognised(void **state)
{
  (void)state;
  load("controls.csv", CONTROLS_HEADER "reserve:smoothing.closing,,report,,,2000000\n", NULL);
  assert_non_null(strstr(find(CODE_CONTROL_REPORTED)->help, "it is the figure of gap_before_savings in that year"));
}

static void a_missing_line_is_recognised(void **state)
{
  (void)state;
  load("controls.csv", CONTROLS_HEADER "funding,,report,90000000,,\n", NULL);
  assert_non_null(
      strstr(find(CODE_CONTROL_REPORTED)->help, "the difference is exactly line 'grant', Social care grant"));
}

static void a_control_of_nothing_is_refused(void **state)
{
  (void)state;
  load("controls.csv", CONTROLS_HEADER "net_budgets,,,97000000,,\n", NULL);
  expect_error(CODE_CONTROL_MEASURE, "controls.csv", 2, 1);
  assert_non_null(strstr(find(CODE_CONTROL_MEASURE)->label, "did you mean 'net_budget'?"));
}

/* 100 x 10,000.50 is 1,000,050. */
static void a_published_amount_that_its_terms_miss_is_refused(void **state)
{
  (void)state;
  load("mtfp.csv",
       MTFP "homes,Placements,care,recurring,units,,1000050,1000000,1000050,,,\nhomes,,,,,number,100,100,100,,,\n"
            "homes,,,,,unit_cost,10000.50,10000.50,10000.50,,,\n",
       NULL);
  expect(CODE_PUBLISHED_LINE, 50, "is published as £1,000,000 in 2027/28 and its terms make it £1,000,050");
}

/* ---- lines --------------------------------------------------------------------------------------------- */

static void recurring_money_in_one_year_alone_is_queried(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "event,Election,other,recurring,level,,0,400000,0,,,\n", NULL);
  expect(CODE_ONE_OFF_AS_RECURRING, 400000, "line 'event', Election, is typed recurring and stands in 2027/28 alone");
}

static void money_in_the_first_year_alone_may_be_ending(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "old,Old grant,grant,recurring,level,,400000,0,0,,,\n", NULL);
  expect_none(CODE_ONE_OFF_AS_RECURRING);
}

static void a_one_off_line_passes(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "event,Election,other,one_off,level,,0,400000,0,,,\n", NULL);
  expect_none(CODE_ONE_OFF_AS_RECURRING);
}

static void a_grant_past_the_year_in_its_name_is_queried(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "winter,Winter grant to 2027/28,grant,recurring,level,,300000,300000,300000,,,\n", NULL);
  expect(CODE_TIME_LIMITED_ROLLED, 300000, "ends with 2027/28 and still holds £300k in 2028/29");
}

static void the_same_grant_with_its_last_year_passes(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "winter,Winter grant to 2027/28,grant,recurring,level,,300000,300000,0,2027/28,,\n", NULL);
  expect_none(CODE_TIME_LIMITED_ROLLED);
}

static void new_homes_bonus_after_its_end_is_queried(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "nhb,New Homes Bonus,grant,recurring,level,,300000,200000,100000,,,\n", NULL);
  expect(CODE_TIME_LIMITED_ROLLED, 300000, "ends with 2025/26");
}

static void temporary_accommodation_is_not_time_limited(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "homeless,Temporary accommodation,demand,recurring,level,,300000,300000,300000,,,\n", NULL);
  expect_none(CODE_TIME_LIMITED_ROLLED);
}

static void schools_grant_in_general_funding_is_queried(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "dsg,Dedicated Schools Grant,grant,recurring,level,,1500000,1500000,1500000,,,\n", NULL);
  expect(CODE_RING_IN_GENERAL, 1500000, "counts as general funding");
}

static void schools_grant_in_its_ring_passes(void **state)
{
  (void)state;
  load("mtfp.csv",
       MTFP "dsg,Dedicated Schools Grant,grant,recurring,level,,1500000,1500000,1500000,,dsg,\n"
            "schools,Schools,other,recurring,level,,1500000,1500000,1500000,,dsg,\n",
       NULL);
  expect_none(CODE_RING_IN_GENERAL);
}

static void a_ring_that_costs_is_queried(void **state)
{
  (void)state;
  load("mtfp.csv",
       MTFP "phg,Public health grant,grant,recurring,level,,1500000,1500000,1500000,,public_health,\n"
            "health,Public health,other,recurring,level,,1500000,1700000,1600000,,public_health,\n",
       NULL);
  expect(CODE_RING_COSTS, 200000, "ring 'public_health' costs £200k more than it brings in 2027/28");
}

static void a_ring_that_spends_nothing_is_queried(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "phg,Public health grant,grant,recurring,level,,1500000,1600000,1500000,,public_health,\n",
       NULL);
  expect(CODE_RING_UNSPENT, 1600000, "brings £1.6m in 2027/28 and no line of it spends anything");
}

#define MTFP_WITH_BASE                                                           \
  "id,label,class,recurrence,form,2025/26,2026/27,2027/28,2028/29\n"             \
  "all,All services,other,recurring,level,95000000,97000000,97000000,97000000\n" \
  "tax,Council tax,council_tax,recurring,level,91000000,95000000,95000000,95000000\n"

static void a_base_year_that_does_not_balance_is_queried(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP_WITH_BASE, NULL);
  expect(CODE_BASE_YEAR_GAP, 4000000, "net budget £95.0m, funding £91.0m");
}

static void a_base_gap_that_the_controls_name_is_known(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP_WITH_BASE, "controls.csv", "measure,2025/26,2026/27,2027/28,2028/29\ngap,4000000,,,\n", NULL);
  expect_none(CODE_BASE_YEAR_GAP);
}

static void a_base_year_off_by_a_pound_is_refused(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP_WITH_BASE, "controls.csv", "measure,2025/26,2026/27,2027/28,2028/29\nnet_budget,95000001,,,\n",
       NULL);
  expect(CODE_CONTROL_REFUSED, 1, "net_budget in the base year 2025/26");
}

static void a_pay_contingency_without_a_tag_is_noted(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "cont,Pay award contingency,contingency,recurring,level,,900000,900000,900000,,,\n", NULL);
  expect(CODE_PAY_CONTINGENCY, 900000, "looks to cover pay awards");
}

static void a_tagged_pay_contingency_passes(void **state)
{
  (void)state;
  load("mtfp.csv",
       MTFP "cont,Pay award contingency,contingency,recurring,level,,900000,900000,900000,,,pay_contingency\n", NULL);
  expect_none(CODE_PAY_CONTINGENCY);
}

static void one_line_twice_is_queried(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "again,Contracts,contract,recurring,level,,40000000,40000000,40000000,,,\n", NULL);
  expect(CODE_LINE_TWICE, 40000000, "lines 'contracts' and 'again'");
}

/* ---- council tax (R21, R22) ---------------------------------------------------------------------------- */

/* Anytown with council tax from Band D: last year's, the core and care rises of the first year, and a further row or
 * "". */
static void load_tax(const char *class, const char *last, const char *core, const char *asc, const char *more)
{
  char council[600], tax[600];
  snprintf(council, sizeof council,
           "key,value\nname,Anytown\nclass,%s\nmoney,GBP\nsigns,budget\nfirst_year,2026/27\nyears,3\nprice_basis,cash\n"
           "minimum_amount,5000000\ndefault_basis,published\ndefault_source,Budget report\n",
           class);
  snprintf(tax, sizeof tax,
           "term,2025/26,2026/27,2027/28,2028/29\nband_d,%s,,,\ncore_rise,,%s,0,0\nasc_rise,,%s,0,0\n"
           "equivalents,,38000,38000,38000\ncollection,,98,98,98\n%s",
           last, core, asc, more);
  load("council.csv", council, "council_tax.csv", tax, "mtfp.csv",
       MTFP_HEADER "all,All services,other,recurring,level,,70000000,70000000,70000000,,,\ntax,Council "
                   "tax,council_tax,recurring,council_tax,,,,,,,\n",
       NULL);
}

static void four_point_nine_nine_per_cent_passes(void **state)
{
  (void)state;
  load_tax("unitary", "1700.00", "2.99", "2", "");
  expect_none(CODE_REFERENDUM);
}

/* 3% and 2% of 1,700.00 are 51.00 and 34.00: a penny above 84.99, on a base of 38,000 x 98% = 37,240, is 372.40. */
static void five_per_cent_needs_a_referendum(void **state)
{
  (void)state;
  load_tax("unitary", "1700.00", "3", "2", "limit,,5,5,5\n");
  expect(CODE_REFERENDUM, 372, "Band D rises by 5.00%, £85, in 2026/27");
}

static void a_bespoke_limit_is_the_one_that_counts(void **state)
{
  (void)state;
  load_tax("unitary", "1700.00", "5.48", "2", "limit,,7.49,5,5\n");
  expect_none(CODE_REFERENDUM);
}

static void a_core_rise_of_three_per_cent_needs_one_whatever_the_precept(void **state)
{
  (void)state;
  load_tax("unitary", "1700.00", "3.5", "1", "");
  assert_non_null(find(CODE_REFERENDUM));
  assert_non_null(strstr(find(CODE_REFERENDUM)->text, "the core rise of 3.50% in 2026/27 is at or above 3%"));
}

/* 5% of 100.00 */
static void five_pounds_passes_in_a_district_at_any_per_cent(void **state)
{
  (void)state;
  load_tax("district", "100.00", "5", "0", "");
  expect_none(CODE_REFERENDUM);
}

/* 3% of 167.00; a penny above 5.00 on 37,240 is 372.40. */
static void five_pounds_and_a_penny_at_three_per_cent_needs_one(void **state)
{
  (void)state;
  load_tax("district", "167.00", "3", "0", "");
  expect(CODE_REFERENDUM, 372, "Band D rises by 3.00%, £5.01, in 2026/27");
}

/* 2.99% of 200.00 is 5.98. */
static void more_than_five_pounds_below_three_per_cent_passes(void **state)
{
  (void)state;
  load_tax("district", "200.00", "2.99", "0", "");
  expect_none(CODE_REFERENDUM);
}

/* ---- history, scenarios, uncertainty ------------------------------------------------------------------- */

static void a_close_that_is_not_the_next_opening_is_noted(void **state)
{
  (void)state;
  load("history.csv",
       "measure,2023/24,2024/"
       "25\nearmarked_opening,46000,46233\nearmarked_movement,232,0\nearmarked_closing,46232,46233\n",
       NULL);
  expect(CODE_HISTORY_CHAIN, 1, "earmarked_opening is £46,233 in 2024/25, but the year before closed at £46,232");
}

static void history_that_rolls_forward_passes(void **state)
{
  (void)state;
  load("history.csv",
       "measure,2023/24,2024/"
       "25\nearmarked_opening,46000,46232\nearmarked_movement,232,0\nearmarked_closing,46232,46232\n",
       NULL);
  expect_none(CODE_HISTORY_CHAIN);
}

static void the_name_baseline_is_taken(void **state)
{
  (void)state;
  load("scenarios.csv", SCENARIOS_HEADER "baseline,,,label,The plan,,,\n", NULL);
  expect_error(CODE_SCENARIO_ROW, "scenarios.csv", 2, 1);
}

static void a_value_and_years_in_one_row_are_refused(void **state)
{
  (void)state;
  load("scenarios.csv", SCENARIOS_HEADER "high,pay_award,,extra_award,1pp,1pp,,\n", NULL);
  expect_error(CODE_SCENARIO_ROW, "scenarios.csv", 2, 29);
}

#define UNCERTAINTY_HEADER "input,distribution,sd,low,mode,high,chance,a,b,delays,persistence,shared,group\n"

static void every_distribution_is_accepted(void **state)
{
  (void)state;
  load("uncertainty.csv",
       UNCERTAINTY_HEADER "line:staff.rate,normal,1pp,,,,,,,,0.5,yes,prices\n"
                          "line:contracts.rate,triangular,,-1pp,0,2pp,,,,,,,prices\n"
                          "line:grant.step,event,,,\"-£500,000\",,0.1,,,,,,\n"
                          "saving:*.months_late,delay,,,,,,,,0:60 12:30 24:10,,,\n"
                          "line:tax.rate,beta,,-1,,1,,2,3,,,,\n",
       "correlation.csv", "a,b,coefficient\nprices,line:tax.rate,-0.3\n", "savings.csv",
       SAVINGS_HEADER "S1,Digital,contracts,recurring,,percent_in_place,1000000,100,100,100,95,green,,,,\n", NULL);
  if (status != STATUS_OK) {
    print_findings();
  }
  assert_int_equal(status, STATUS_OK);
}

static void delays_that_do_not_make_a_hundred_are_refused(void **state)
{
  (void)state;
  load("uncertainty.csv", UNCERTAINTY_HEADER "saving:*.months_late,delay,,,,,,,,0:60 12:30,,,\n", NULL);
  expect_error(CODE_UNCERTAINTY, "uncertainty.csv", 2, 35);
}

static void a_coefficient_beyond_one_is_refused(void **state)
{
  (void)state;
  load("correlation.csv", "a,b,coefficient\nline:a.rate,line:b.rate,1.2\n", NULL);
  expect_error(CODE_CORRELATION, "correlation.csv", 2, 25);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(anytown_has_nothing_to_query),
    TEST(a_control_off_by_a_pound_is_refused),
    TEST(the_tolerance_is_inclusive),
    TEST(a_misprint_is_reported_and_kept),
    TEST(a_line_is_controlled_in_the_sign_of_the_file),
    TEST(a_reserve_is_controlled_at_both_ends),
    TEST(a_figure_of_another_row_is_recognised),
    TEST(a_missing_line_is_recognised),
    TEST(a_control_of_nothing_is_refused),
    TEST(a_published_amount_that_its_terms_miss_is_refused),
    TEST(recurring_money_in_one_year_alone_is_queried),
    TEST(money_in_the_first_year_alone_may_be_ending),
    TEST(a_one_off_line_passes),
    TEST(a_grant_past_the_year_in_its_name_is_queried),
    TEST(the_same_grant_with_its_last_year_passes),
    TEST(new_homes_bonus_after_its_end_is_queried),
    TEST(temporary_accommodation_is_not_time_limited),
    TEST(schools_grant_in_general_funding_is_queried),
    TEST(schools_grant_in_its_ring_passes),
    TEST(a_ring_that_costs_is_queried),
    TEST(a_ring_that_spends_nothing_is_queried),
    TEST(a_base_year_that_does_not_balance_is_queried),
    TEST(a_base_gap_that_the_controls_name_is_known),
    TEST(a_base_year_off_by_a_pound_is_refused),
    TEST(a_pay_contingency_without_a_tag_is_noted),
    TEST(a_tagged_pay_contingency_passes),
    TEST(one_line_twice_is_queried),
    TEST(four_point_nine_nine_per_cent_passes),
    TEST(five_per_cent_needs_a_referendum),
    TEST(a_bespoke_limit_is_the_one_that_counts),
    TEST(a_core_rise_of_three_per_cent_needs_one_whatever_the_precept),
    TEST(five_pounds_passes_in_a_district_at_any_per_cent),
    TEST(five_pounds_and_a_penny_at_three_per_cent_needs_one),
    TEST(more_than_five_pounds_below_three_per_cent_passes),
    TEST(a_close_that_is_not_the_next_opening_is_noted),
    TEST(history_that_rolls_forward_passes),
    TEST(the_name_baseline_is_taken),
    TEST(a_value_and_years_in_one_row_are_refused),
    TEST(every_distribution_is_accepted),
    TEST(delays_that_do_not_make_a_hundred_are_refused),
    TEST(a_coefficient_beyond_one_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
