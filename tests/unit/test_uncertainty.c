/* test_uncertainty.c: uncertainty.csv and correlation.csv held against a plan: units, what a row is drawn for, and what
 * is refused with which words. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "anytown.h"

#define HEADER "input,distribution,sd,low,mode,high,chance,a,b,delays,persistence,shared,group\n"

static struct departures departures;

static void bind(const char *rows)
{
  struct error error = { 0 };
  load("uncertainty.csv", rows, "savings.csv",
       SAVINGS_HEADER "S1,Digital,contracts,recurring,,percent_in_place,1000000,100,100,100,95,green,,,,\n"
                      "S2,Property,contracts,recurring,,percent_in_place,2000000,100,100,100,75,amber,,,,\n",
       "correlation.csv", "a,b,coefficient\n", NULL);
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(uncertainty_bind(&folder, &departures, &error), STATUS_OK);
}

static void expect_refusal(const char *rows, enum code code, const char *text)
{
  load("uncertainty.csv", rows, NULL);
  assert_int_equal(status, STATUS_DATA);
  for (size_t i = 0; i < folder.findings.count; i++) {
    if (folder.findings.item[i].code == code && strcmp(folder.findings.item[i].text, text) == 0) {
      return;
    }
  }
  for (size_t i = 0; i < folder.findings.count; i++) {
    print_message("%s %s\n", code_number(folder.findings.item[i].code), folder.findings.item[i].text);
  }
  fail();
}

/* Two points of a rate, however they are written. */
static void a_rate_is_in_points(void **state)
{
  (void)state;
  bind(HEADER "line:staff.rate,normal,2,,,,,,,,,,\nline:grant.rate,normal,2pp,,,,,,,,,,\n"
              "line:tax.rate,normal,2%,,,,,,,,,,\n");
  assert_int_equal(departures.count, 3);
  for (int d = 0; d < 3; d++) {
    assert_true(departures.item[d].sd == 0.02);
    assert_false(departures.item[d].relative);
  }
}

static void money_is_in_pounds_or_in_per_cent_of_the_plan(void **state)
{
  (void)state;
  bind(HEADER "line:staff.step,normal,\xC2\xA3"
              "350k,,,,,,,,,,\nline:grant.step,event,,,\"-\xC2\xA3"
              "1,200,000\",,0.1,,,,,,\nsaving:S1.value,pert,,-20%,0,10%,,,,,,,\n");
  assert_true(departures.item[0].sd == 350000.0);
  assert_true(departures.item[1].mode == -1200000.0);
  assert_true(departures.item[1].row->chance == 0.1);
  assert_true(departures.item[2].relative);
  assert_true(departures.item[2].low == -0.2 && departures.item[2].high == 0.1);
}

/* In a folder in thousands 1000 of a line is 1m, and a pound sign means pounds. */
static void bare_money_is_in_the_unit_of_its_cells(void **state)
{
  (void)state;
  struct error error = { 0 };
  load("uncertainty.csv",
       HEADER "line:staff.one_off,normal,1000,,,,,,,,,,\nline:contracts.one_off,normal,\xC2\xA3"
              "1000,,,,,,,,,,\n",
       "council.csv",
       "key,value\nname,Anytown\nclass,unitary\nmoney,GBP thousand\nsigns,budget\nfirst_year,2026/27\nyears,3\n"
       "price_basis,cash\nminimum_percent,5\nminimum_of,net_budget\ndefault_basis,published\n"
       "default_source,Budget report\n",
       "mtfp.csv",
       MTFP_HEADER "staff,Employees,pay,recurring,level,,60000,60000,60000,,,\n"
                   "contracts,Contracts,contract,recurring,level,,40000,40000,40000,,,\n"
                   "tax,Council tax,council_tax,recurring,level,,90000,90000,90000,,,\n",
       "reserves.csv", RESERVES_HEADER "gf,General Fund,general_fund,8000,,,,,,\n", NULL);
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(uncertainty_bind(&folder, &departures, &error), STATUS_OK);
  assert_true(departures.item[0].sd == 1000000.0);
  assert_true(departures.item[1].sd == 1000.0);
}

static void without_shared_every_match_has_its_own_draw(void **state)
{
  (void)state;
  bind(HEADER "saving:*.delivery,pert,,-40,0,5,,,,,1,,capacity\n");
  assert_int_equal(departures.count, 2);
  assert_string_equal(departures.item[0].name, "saving:S1.delivery");
  assert_string_equal(departures.item[1].name, "saving:S2.delivery");
  assert_string_equal(departures.item[1].label, "Property: delivery");
  assert_int_equal(departures.item[1].saving, 1);
}

static void shared_is_one_draw_for_all(void **state)
{
  (void)state;
  bind(HEADER "saving:*.delivery,pert,,-40,0,5,,,,,1,yes,\n");
  assert_int_equal(departures.count, 1);
  assert_string_equal(departures.item[0].name, "saving:*.delivery");
  assert_int_equal(departures.item[0].n_inputs, 2);
}

static void a_spread_an_event_and_a_delay_go_together(void **state)
{
  (void)state;
  bind(HEADER "saving:S1.delivery,pert,,-40,0,5,,,,,1,,\nsaving:S1.delivery,event,,,-100,,0.1,,,,,,\n"
              "saving:S1.months_late,delay,,,,,,,,0:60 12:40,,,\n");
  assert_int_equal(departures.count, 3);
  assert_string_equal(departures.item[1].name, "saving:S1.delivery event");
  assert_string_equal(departures.item[2].name, "saving:S1.months_late delay");
  assert_int_equal(departures.item[2].row->delay[1].months, 12);
  assert_true(departures.item[2].row->delay[1].chance == 0.4);
}

static void a_blank_persistence_is_one_draw_a_run(void **state)
{
  (void)state;
  bind(HEADER "line:staff.rate,normal,1,,,,,,,,,,\nline:grant.rate,normal,1,,,,,,,,0.25,,\n");
  assert_true(departures.item[0].row->persistence == 1.0);
  assert_true(departures.item[1].row->persistence == 0.25);
}

/* ---- refusals ------------------------------------------------------------------------------------------ */

static void one_input_twice_is_refused(void **state)
{
  (void)state;
  expect_refusal(HEADER "line:staff.rate,normal,1,,,,,,,,,,\nline:class=pay.rate,normal,1,,,,,,,,,,\n",
                 CODE_UNCERTAINTY, "line:staff.rate is drawn here and in line 2");
}

static void a_name_that_matches_nothing_is_refused(void **state)
{
  (void)state;
  expect_refusal(HEADER "line:staf.rate,normal,1,,,,,,,,,,\n", CODE_UNCERTAINTY,
                 "there is no line 'staf'; did you mean 'staff'?");
}

static void a_kind_that_the_plan_has_none_of_is_passed_over_and_told(void **state)
{
  (void)state;
  bind(HEADER "line:class=levy.rate,normal,1,,,,,,,,,,\nline:staff.rate,normal,1,,,,,,,,,,\n");
  assert_int_equal(departures.count, 1);
  assert_int_equal(departures.n_passed, 1);
  assert_string_equal(departures.passed[0].input, "line:class=levy.rate");
  assert_int_equal(folder.findings.errors, 0);
  assert_int_equal(folder.findings.item[0].code, CODE_UNCERTAINTY_IDLE);
}

/* ---- what can move nothing ----------------------------------------------------------------------------- */

#define ENDED "nhb,New homes bonus,grant,recurring,level,,0,0,0,,,\n"

static void bind_ended(const char *rows)
{
  struct error error = { 0 };
  load("uncertainty.csv", rows, "mtfp.csv", MTFP ENDED, NULL);
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(uncertainty_bind(&folder, &departures, &error), STATUS_OK);
}

/* 5m a year is there to grow; a bonus of nil is not. */
static void the_rate_of_a_line_of_nil_is_not_drawn(void **state)
{
  (void)state;
  bind_ended(HEADER "line:class=grant.rate,normal,2,,,,,,,,,,\n");
  assert_int_equal(departures.count, 1);
  assert_string_equal(departures.item[0].name, "line:grant.rate");
  assert_int_equal(departures.n_passed, 0);
  assert_null(find(CODE_UNCERTAINTY_IDLE));
}

static void a_row_that_finds_nil_alone_is_passed_over_and_told(void **state)
{
  (void)state;
  bind_ended(HEADER "line:nhb.rate,normal,2,,,,,,,,,,\nline:nhb.one_off,normal,10%,,,,,,,,,,\n"
                    "line:grant.rate,normal,1,,,,,,,,,,\n");
  assert_int_equal(departures.count, 1);
  assert_int_equal(departures.n_passed, 2);
  assert_string_equal(departures.passed[0].input, "line:nhb.rate");
  assert_string_equal(find(CODE_UNCERTAINTY_IDLE)->text,
                      "what line:nhb.rate acts on is nil in every year of this plan");
  assert_int_equal(folder.findings.errors, 0);
}

/* Pounds fall on a line of nil as well as on any other. */
static void pounds_on_a_line_of_nil_are_drawn(void **state)
{
  (void)state;
  bind_ended(HEADER "line:nhb.one_off,normal,\xC2\xA3"
                    "5k,,,,,,,,,,\n");
  assert_int_equal(departures.count, 1);
}

/* It ended before the plan begins; the one that is paid for a year grows in that year, and what it has then grown by
 * is over with it. */
static void a_line_that_has_ended_has_nothing_to_grow(void **state)
{
  (void)state;
  struct error error = { 0 };
  load("uncertainty.csv", HEADER "line:class=grant.rate,normal,2,,,,,,,,,,\n", "mtfp.csv",
       "id,label,class,recurrence,form,part,2025/26,2026/27,2027/28,2028/29,last_year,ring,tags\n"
       "staff,Employees,pay,recurring,level,,97000000,97000000,97000000,97000000,,,\n"
       "tax,Council tax,council_tax,recurring,level,,90000000,90000000,90000000,90000000,,,\n"
       "before,Ended,grant,recurring,level,,400000,0,0,0,2025/26,,\n"
       "first,Ends in the first year,grant,recurring,level,,400000,400000,0,0,2026/27,,\n",
       NULL);
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(uncertainty_bind(&folder, &departures, &error), STATUS_OK);
  assert_int_equal(departures.count, 1);
  assert_string_equal(departures.item[0].name, "line:first.rate");
}

/* pay grows what is there, prices grow it by way of energy, and rain grows a line that has ended. */
static void a_driver_that_grows_nothing_is_not_drawn(void **state)
{
  (void)state;
  struct error error = { 0 };
  load("uncertainty.csv", HEADER "driver:*.value,normal,1,,,,,,,,,,\n", "drivers.csv",
       "id,label,class,follows,2026/27,2027/28,2028/29\npay,Pay,pay,,2,2,2\nprices,Prices,price,,2,2,2\n"
       "energy,Energy,price,prices,1,1,1\nrain,Rain,other,,1,1,1\n",
       "mtfp.csv",
       "id,label,class,recurrence,form,part,drivers,2025/26,2026/27,2027/28,2028/29,last_year,ring,tags\n"
       "staff,Employees,pay,recurring,level,,pay,97000000,97000000,97000000,97000000,,,\n"
       "heat,Heating,contract,recurring,level,,energy,1000000,1000000,1000000,1000000,,,\n"
       "drains,Drains,contract,recurring,level,,rain,1000000,0,0,0,2025/26,,\n"
       "tax,Council tax,council_tax,recurring,level,,,90000000,90000000,90000000,90000000,,,\n",
       NULL);
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(uncertainty_bind(&folder, &departures, &error), STATUS_OK);
  assert_int_equal(departures.count, 3);
  assert_string_equal(departures.item[0].name, "driver:pay.value");
  assert_string_equal(departures.item[1].name, "driver:prices.value");
  assert_string_equal(departures.item[2].name, "driver:energy.value");
}

/* ---- one-off savings ----------------------------------------------------------------------------------- */

static void bind_savings(const char *rows)
{
  struct error error = { 0 };
  load("uncertainty.csv", rows, "savings.csv",
       SAVINGS_HEADER "S1,Digital,contracts,recurring,,percent_in_place,1000000,100,100,100,95,green,,,,\n"
                      "S2,Release of provision,,one_off,,percent_in_place,2000000,100,0,0,100,green,,,,\n"
                      "S3,Still to be named,,recurring,,percent_in_place,0,0,0,0,100,green,,,,\n",
       NULL);
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(uncertainty_bind(&folder, &departures, &error), STATUS_OK);
}

static void a_saving_of_nil_is_not_drawn(void **state)
{
  (void)state;
  bind_savings(HEADER "saving:*.delivery,pert,,-40,0,5,,,,,,,\n");
  assert_int_equal(departures.count, 2);
  assert_string_equal(departures.item[0].name, "saving:S1.delivery");
  assert_string_equal(departures.item[1].name, "saving:S2.delivery");
}

/* S4 is planned at 1m, and nothing of it is expected: it cannot come short or late, and it can turn out better. */
#define UNEXPECTED                                                                                            \
  SAVINGS_HEADER "S4,Still to be named,,recurring,,percent_in_place,1000000,100,100,100,0,unidentified,,,,\n" \
                 "S5,Digital,contracts,recurring,,percent_in_place,1000000,100,100,100,95,green,,,"

static int drawn_of_unexpected(const char *rows, const char *savings)
{
  struct error error = { 0 };
  load("uncertainty.csv", rows, "savings.csv", savings, NULL);
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(uncertainty_bind(&folder, &departures, &error), STATUS_OK);
  const int count = departures.count;
  folder_fini(&folder);
  folder = (struct folder){ 0 };
  return count;
}

static void of_what_is_not_expected_nothing_can_come_short(void **state)
{
  (void)state;
  const char *alone = UNEXPECTED ",\n";
  assert_int_equal(drawn_of_unexpected(HEADER "saving:S4.delivery,pert,,-100,-70,0,,,,,,,\n", alone), 0);
  assert_int_equal(drawn_of_unexpected(HEADER "saving:S4.delivery,event,,,-100,,0.2,,,,,,\n", alone), 0);
  assert_int_equal(drawn_of_unexpected(HEADER "saving:S4.months_late,delay,,,,,,,,0:60 12:40,,,\n", alone), 0);
  assert_int_equal(drawn_of_unexpected(HEADER "saving:S4.delivery,pert,,-100,-70,10,,,,,,,\n", alone), 1);
}

/* What S5 brings comes no sooner than S4. */
static void what_another_saving_depends_on_is_drawn(void **state)
{
  (void)state;
  const char *chained = UNEXPECTED "S4,\n";
  assert_int_equal(drawn_of_unexpected(HEADER "saving:S4.months_late,delay,,,,,,,,0:60 12:40,,,\n", chained), 1);
}

static void of_a_kind_of_savings_the_one_off_do_not_slip(void **state)
{
  (void)state;
  bind_savings(HEADER "saving:rag=green.months_late,delay,,,,,,,,0:60 12:40,,,\n");
  assert_int_equal(departures.count, 1);
  assert_string_equal(departures.item[0].name, "saving:S1.months_late delay");
}

static void a_one_off_saving_slips_where_the_row_asks_for_it(void **state)
{
  (void)state;
  bind_savings(HEADER "saving:S2.months_late,delay,,,,,,,,0:60 12:40,,,\n");
  assert_int_equal(departures.count, 1);
  unload(state);
  bind_savings(HEADER "saving:recurrence=one_off.months_late,delay,,,,,,,,0:60 12:40,,,\n");
  assert_int_equal(departures.count, 1);
  assert_string_equal(departures.item[0].name, "saving:S2.months_late delay");
}

static void a_row_that_finds_one_off_savings_alone_is_told(void **state)
{
  (void)state;
  struct error error = { 0 };
  load("uncertainty.csv", HEADER "saving:*.months_late,delay,,,,,,,,0:60 12:40,,,\n", "savings.csv",
       SAVINGS_HEADER "S2,Release of provision,,one_off,,percent_in_place,2000000,100,0,0,100,green,,,,\n", NULL);
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(uncertainty_bind(&folder, &departures, &error), STATUS_OK);
  assert_int_equal(departures.count, 0);
  assert_string_equal(find(CODE_UNCERTAINTY_IDLE)->text,
                      "what saving:*.months_late finds is one-off, and a one-off saving does not slip");
}

static void a_spread_below_zero_is_refused(void **state)
{
  (void)state;
  expect_refusal(HEADER "line:staff.rate,normal,-1,,,,,,,,,,\n", CODE_UNCERTAINTY,
                 "a standard deviation is below zero");
}

static void a_negative_probability_is_refused(void **state)
{
  (void)state;
  expect_refusal(HEADER "line:staff.step,event,,,\xC2\xA3"
                        "5k,,-0.1,,,,,,\n",
                 CODE_UNCERTAINTY, "chance '-0.1' is out of range");
}

static void pounds_of_a_rate_are_refused(void **state)
{
  (void)state;
  expect_refusal(HEADER "line:staff.rate,normal,\xC2\xA3"
                        "5k,,,,,,,,,,\n",
                 CODE_UNCERTAINTY, "a size of line:staff.rate is not in its unit");
}

static void sizes_of_two_kinds_are_refused(void **state)
{
  (void)state;
  expect_refusal(HEADER "line:staff.step,pert,,-10%,0,\xC2\xA3"
                        "5k,,,,,,,\n",
                 CODE_UNCERTAINTY, "sizes of one row are of two kinds");
}

static void persistence_beyond_one_is_refused(void **state)
{
  (void)state;
  expect_refusal(HEADER "line:staff.rate,normal,1,,,,,,,,1.5,,\n", CODE_UNCERTAINTY,
                 "persistence '1.5' is out of range");
}

static void a_lognormal_needs_a_side(void **state)
{
  (void)state;
  expect_refusal(HEADER "line:staff.rate,lognormal,1,,0,,,,,,,,\n", CODE_UNCERTAINTY,
                 "a lognormal distribution lies on one side of zero, and its mode says which");
}

static void a_pair_stands_once_in_either_order(void **state)
{
  (void)state;
  load("uncertainty.csv", HEADER "line:staff.rate,normal,1,,,,,,,,,,x\nline:grant.rate,normal,1,,,,,,,,,,y\n",
       "correlation.csv", "a,b,coefficient\nx,y,0.5\ny,x,0.5\n", NULL);
  assert_int_equal(status, STATUS_DATA);
  assert_string_equal(folder.findings.item[0].text, "a pair stands twice");
}

static void a_group_may_go_together_with_itself(void **state)
{
  (void)state;
  load("uncertainty.csv", HEADER "line:staff.rate,normal,1,,,,,,,,,,x\nline:grant.rate,normal,1,,,,,,,,,,x\n",
       "correlation.csv", "a,b,coefficient\nx,x,0.5\n", NULL);
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(folder.uncertainty.n_pairs, 1);
  assert_true(folder.uncertainty.pair[0].coefficient == 0.5);
}

static void what_is_correlated_must_be_uncertain(void **state)
{
  (void)state;
  load("uncertainty.csv", HEADER "line:staff.rate,normal,1,,,,,,,,,,x\n", "correlation.csv",
       "a,b,coefficient\nx,line:tax.rate,0.5\n", NULL);
  assert_int_equal(status, STATUS_DATA);
  assert_string_equal(folder.findings.item[0].text, "'line:tax.rate' is not uncertain");
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(a_rate_is_in_points),
    TEST(money_is_in_pounds_or_in_per_cent_of_the_plan),
    TEST(bare_money_is_in_the_unit_of_its_cells),
    TEST(without_shared_every_match_has_its_own_draw),
    TEST(shared_is_one_draw_for_all),
    TEST(a_spread_an_event_and_a_delay_go_together),
    TEST(a_blank_persistence_is_one_draw_a_run),
    TEST(one_input_twice_is_refused),
    TEST(a_name_that_matches_nothing_is_refused),
    TEST(a_kind_that_the_plan_has_none_of_is_passed_over_and_told),
    TEST(the_rate_of_a_line_of_nil_is_not_drawn),
    TEST(a_row_that_finds_nil_alone_is_passed_over_and_told),
    TEST(pounds_on_a_line_of_nil_are_drawn),
    TEST(a_line_that_has_ended_has_nothing_to_grow),
    TEST(a_driver_that_grows_nothing_is_not_drawn),
    TEST(a_saving_of_nil_is_not_drawn),
    TEST(of_what_is_not_expected_nothing_can_come_short),
    TEST(what_another_saving_depends_on_is_drawn),
    TEST(of_a_kind_of_savings_the_one_off_do_not_slip),
    TEST(a_one_off_saving_slips_where_the_row_asks_for_it),
    TEST(a_row_that_finds_one_off_savings_alone_is_told),
    TEST(a_spread_below_zero_is_refused),
    TEST(a_negative_probability_is_refused),
    TEST(pounds_of_a_rate_are_refused),
    TEST(sizes_of_two_kinds_are_refused),
    TEST(persistence_beyond_one_is_refused),
    TEST(a_lognormal_needs_a_side),
    TEST(a_pair_stands_once_in_either_order),
    TEST(a_group_may_go_together_with_itself),
    TEST(what_is_correlated_must_be_uncertain),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
