/* test_data_checks.c: savings, reserves, receipts and controls as read, and every check that queries a plan, on a council of round figures.
 *
 * Anytown, in pounds, three years: staff 60m, vacancy factor -3m and contracts 40m are a net budget of 97m a year; council tax 90m and a
 * grant of 5m are funding of 95m.  The gap is 2m a year. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNCIL                                                                                                        \
  "key,value\nname,Anytown\nclass,unitary\nmoney,GBP\nsigns,budget\nfirst_year,2026/27\nyears,3\nprice_basis,cash\n"   \
  "minimum_percent,5\nminimum_of,net_budget\ndefault_basis,published\ndefault_source,Budget report\n"
#define MTFP_HEADER "id,label,class,recurrence,form,part,2026/27,2027/28,2028/29,last_year,ring,tags\n"
#define MTFP_LINES                                                                                                     \
  "staff,Employees,pay,recurring,level,,60000000,60000000,60000000,,,\n"                                               \
  "vacancy,Vacancy factor,pay,recurring,level,,-3000000,-3000000,-3000000,,,\n"                                        \
  "contracts,Contracts,contract,recurring,level,,40000000,40000000,40000000,,,\n"                                      \
  "tax,Council tax,council_tax,recurring,level,,90000000,90000000,90000000,,,\n"                                       \
  "grant,Social care grant,grant,recurring,level,,5000000,5000000,5000000,,,\n"
#define MTFP MTFP_HEADER MTFP_LINES
#define RESERVES_HEADER "id,label,class,opening,draw_order,planned_for,contribution_line,2026/27,2027/28,2028/29\n"
#define RESERVES                                                                                                       \
  RESERVES_HEADER "smoothing,Smoothing,smoothing,9000000,1,,,,,\ngf,General Fund,general_fund,8000000,,,,,,\n"
#define SAVINGS_HEADER                                                                                                 \
  "id,label,line,recurrence,part,phasing,full_year,2026/27,2027/28,2028/29,delivery,rag,start,funded_by,depends_on,"  \
  "note\n"
#define RECEIPTS_HEADER                                                                                                \
  "id,asset,year,amount,certainty,eligible,to_debt,to_avoid,to_flexible,life,rate,method,interest,in_plan\n"
#define CONTROLS_HEADER "measure,tolerance,on_difference,2026/27,2027/28,2028/29\n"
#define SCENARIOS_HEADER "scenario,plugin,instance,parameter,value,2026/27,2027/28,2028/29\n"

/* ---- a folder in memory ----------------------------------------------------------------------------------- */

static struct folder folder;
static enum status status;

enum { MOST_FILES = 8 };

/* Anytown with one file put in the place of its own, or added; more such pairs may follow, NULL ends them. */
static void load(const char *name, ...)
{
  struct memory_file file[MOST_FILES] = {
    { "council.csv", COUNCIL, 0 }, { "mtfp.csv", MTFP, 0 }, { "reserves.csv", RESERVES, 0 }
  };
  int count = 3;
  va_list args;
  va_start(args, name);
  for (; name != NULL; name = va_arg(args, const char *)) {
    int at = 0;
    while (at < count && strcmp(file[at].name, name) != 0) {
      at++;
    }
    count += at == count;
    file[at] = (struct memory_file){ name, va_arg(args, const char *), 0 };
  }
  va_end(args);
  for (int i = 0; i < count; i++) {
    file[i].size = strlen(file[i].bytes);
  }
  struct error error = { 0 };
  status = folder_load_memory(&folder, file, count, NULL, &error);
}

static int unload(void **state)
{
  (void)state;
  folder_fini(&folder);
  return 0;
}

static const struct finding *find(enum code code)
{
  for (size_t i = 0; i < folder.findings.count; i++) {
    if (folder.findings.item[i].code == code) {
      return &folder.findings.item[i];
    }
  }
  return NULL;
}

static void print_findings(void)
{
  for (size_t i = 0; i < folder.findings.count; i++) {
    const struct finding *finding = &folder.findings.item[i];
    print_message("%s %s:%d:%d %s\n", code_number(finding->code), finding->place.file, finding->place.line,
                  finding->place.column, finding->text);
  }
}

static void expect_none(enum code code)
{
  if (find(code) != NULL) {
    print_findings();
    fail_msg("%s was found", code_number(code));
  }
  assert_int_equal(status, STATUS_OK);
}

/* pounds: the £ at stake; text: what the sentence holds. */
static void expect(enum code code, int64_t pounds, const char *text)
{
  const struct finding *finding = find(code);
  if (finding == NULL) {
    print_findings();
    fail_msg("%s was not found", code_number(code));
    return;
  }
  if (strstr(finding->text, text) == NULL) {
    fail_msg("'%s' does not hold '%s'", finding->text, text);
  }
  assert_true(finding->has_amount);
  assert_int_equal(finding->amount, pounds * 100);
}

/* An error at a line and column: such a folder has no baseline. */
static void expect_error(enum code code, const char *file, int line, int column)
{
  const struct finding *finding = find(code);
  if (finding == NULL) {
    print_findings();
    fail_msg("%s was not found", code_number(code));
    return;
  }
  assert_int_equal(status, STATUS_DATA);
  assert_null(folder.baseline);
  assert_string_equal(finding->place.file, file);
  assert_int_equal(finding->place.line, line);
  assert_int_equal(finding->place.column, column);
}

static void expect_saving(double first, double second, double third)
{
  if (status != STATUS_OK) {
    print_findings();
  }
  assert_int_equal(status, STATUS_OK);
  const double *value = folder.plan.saving[0].value;
  assert_true(value[0] == first && value[1] == second && value[2] == third);
}

static void anytown_has_nothing_to_query(void **state)
{
  (void)state;
  load(NULL);
  print_findings();
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(folder.findings.count, 0);
  assert_int_equal(folder.baseline->measure[M_GAP][0], 200000000);
}

/* ---- phasing (R7) ------------------------------------------------------------------------------------------- */

static void percent_in_place_is_of_the_full_year(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,percent_in_place,800000,50,75,100,100,,,,,\n", NULL);
  expect_saving(400000, 600000, 800000);
}

static void percent_new_adds_up(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,percent_new,800000,50,50,0,100,,,,,\n", NULL);
  expect_saving(400000, 800000, 800000);
}

/* North East Lincolnshire's 6.1, 7.9 and 6.2 as new each year: 6.1, 14.0, 20.2. */
static void amount_new_adds_up_to_twenty_point_two(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_new,,6100000,7900000,6200000,100,,,,,\n", NULL);
  expect_saving(6100000, 14000000, 20200000);
}

static void amount_in_place_stays_at_six_point_two(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,6100000,7900000,6200000,100,,,,,\n", NULL);
  expect_saving(6100000, 7900000, 6200000);
}

static void a_running_total_that_falls_offers_the_other_reading(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,6100000,7900000,6200000,100,,,,,\n", NULL);
  expect(CODE_SAVING_FALLS, 1700000, "falls from £7.9m in 2027/28 to £6.2m in 2028/29");
  assert_non_null(strstr(find(CODE_SAVING_FALLS)->help, "amount_new would put £20.2m a year in place by 2028/29"));
}

static void savings_without_phasing_are_refused(void **state)
{
  (void)state;
  load("savings.csv", "id,label,recurrence,2026/27,2027/28,2028/29,delivery\ns,Saving,recurring,6100000,7900000,6200000,100\n", NULL);
  expect_error(CODE_SAVING_PHASING, "savings.csv", 2, 0);
}

static void a_one_off_saving_does_not_add_up(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,one_off,,percent_new,800000,50,50,0,100,,,,,\n", NULL);
  expect_saving(400000, 400000, 0);
}

/* October is the seventh month: (13 - 7)/12 of 1,200,000 is 600,000. */
static void a_start_in_october_is_half_a_year(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,percent_in_place,1200000,,,,100,,2026-10,,,\n", NULL);
  expect_saving(600000, 1200000, 1200000);
}

/* March 2028 is the twelfth month of 2027/28: a twelfth. */
static void a_start_in_march_is_a_twelfth_of_the_year_before(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,percent_in_place,1200000,,,,100,,2028-03,,,\n", NULL);
  expect_saving(0, 100000, 1200000);
}

static void a_one_off_saving_is_all_in_the_year_of_its_start(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,one_off,,percent_in_place,1200000,,,,100,,2027-10,,,\n", NULL);
  expect_saving(0, 1200000, 0);
}

static void a_saving_that_ends_needs_a_note(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,500000,500000,0,100,,,,,\n", NULL);
  expect_error(CODE_SAVING_VANISHES, "savings.csv", 2, 53);
}

static void a_saving_that_ends_with_a_note_is_only_queried(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,500000,500000,0,100,,,,,lease ends\n", NULL);
  expect(CODE_SAVING_FALLS, 500000, "to £0 in 2028/29");
}

static void more_than_the_whole_of_a_saving_is_queried(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,percent_new,800000,50,75,0,100,,,,,\n", NULL);
  expect(CODE_SAVING_OVER_FULL_YEAR, 200000, "£1.0m of saving 's'");
}

/* ---- delivery -------------------------------------------------------------------------------------------------- */

static void delivery_by_rag_is_marked_as_a_judgement(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,800000,800000,800000,,red,,,,\n", NULL);
  expect(CODE_DELIVERY_JUDGED, 800000, "s will be delivered");
  assert_true(folder.plan.saving[0].delivery[2] == 0.375);
}

static void the_councils_own_legend_is_no_judgement(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,800000,800000,800000,,red,,,,\n", "rag.csv",
       "rag,meaning,delivery\nred,Not started,20\n", NULL);
  expect_none(CODE_DELIVERY_JUDGED);
  assert_true(folder.plan.saving[0].delivery[0] == 0.2);
}

static void over_delivery_is_refused(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,800000,800000,800000,110,,,,,\n", NULL);
  expect_error(CODE_SAVING_DELIVERY, "savings.csv", 2, 60);
}

/* 600,000 at 50% */
static void an_unidentified_saving_that_counts_is_queried(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "s,Saving,,recurring,,amount_in_place,,0,600000,600000,50,unidentified,,,,\n", NULL);
  expect(CODE_UNIDENTIFIED_COUNTED, 300000, "£300k of it a year is counted");
}

/* ---- savings and what they lean on --------------------------------------------------------------------------------- */

static void a_circle_of_savings_is_spelled_out(void **state)
{
  (void)state;
  load("savings.csv",
       SAVINGS_HEADER "a,A,,recurring,,amount_in_place,,1,1,1,100,,,,b,\nb,B,,recurring,,amount_in_place,,2,2,2,100,,,,c,\n"
                      "c,C,,recurring,,amount_in_place,,3,3,3,100,,,,a,\n",
       NULL);
  expect_error(CODE_SAVING_CYCLE, "savings.csv", 2, 0);
  assert_non_null(strstr(find(CODE_SAVING_CYCLE)->text, "a \u2192 b \u2192 c \u2192 a"));
}

/* The parent saves from 2028/29: 100,000 a year in the two years before is early. */
static void a_saving_before_its_parent_is_queried(void **state)
{
  (void)state;
  load("savings.csv",
       SAVINGS_HEADER "a,A,,recurring,,amount_in_place,,100000,100000,100000,100,,,,b,\n"
                      "b,B,,recurring,,amount_in_place,,0,0,300000,100,,,,,\n",
       NULL);
  expect(CODE_SAVING_BEFORE_PARENT, 200000, "but b, which it depends on, starts in 2028/29");
}

/* 7m of 40m is 17.5%. */
static void more_than_fifteen_per_cent_of_a_line_is_queried(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "a,A,contracts,recurring,,amount_in_place,,3000000,3000000,3000000,100,,,,,\n"
                                     "b,B,contracts,recurring,,amount_in_place,,4000000,4000000,4000000,100,,,,,\n",
       NULL);
  expect(CODE_SAVINGS_LARGE, 7000000, "new savings of £7.0m in 2026/27 are 18% of line 'contracts'");
}

/* 6m is 15% of 40m, not more. */
static void fifteen_per_cent_of_a_line_passes(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "a,A,contracts,recurring,,amount_in_place,,6000000,6000000,6000000,100,,,,,\n", NULL);
  expect_none(CODE_SAVINGS_LARGE);
}

static void savings_beyond_their_line_are_queried(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "a,A,contracts,recurring,,amount_new,,20000000,20000000,1000000,100,,,,,\n", NULL);
  expect(CODE_SAVINGS_BEYOND_LINE, 1000000, "come to £41.0m in 2028/29: more than its £40.0m");
}

static void a_vacancy_saving_on_top_of_the_factor_is_queried(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "a,Hold vacant posts,staff,recurring,,amount_in_place,,500000,500000,500000,100,,,,,\n", NULL);
  expect(CODE_VACANCY_TWICE, 500000, "line 'vacancy', which takes £3.0m off");
}

static void one_saving_twice_is_queried(void **state)
{
  (void)state;
  load("savings.csv", SAVINGS_HEADER "a,Digital,,recurring,,amount_in_place,,500000,500000,500000,100,,,,,\n"
                                     "b,Digital,,recurring,,amount_in_place,,500000,500000,500000,100,,,,,\n",
       NULL);
  expect(CODE_SAVING_TWICE, 500000, "savings 'a' and 'b'");
}

static void a_ring_fenced_reserve_may_not_meet_a_cost(void **state)
{
  (void)state;
  load("reserves.csv", RESERVES "schools,Schools,ring_fenced,1000000,,,,,,\n", "savings.csv",
       SAVINGS_HEADER "a,A,,recurring,,amount_in_place,,1,1,1,100,,,,,\na,,,,cost,,,1,0,0,,,,reserve:schools,,\n", NULL);
  expect_error(CODE_COST_FUNDING, "savings.csv", 3, 24);
}

/* ---- controls (R52) ------------------------------------------------------------------------------------------------ */

static void a_control_off_by_a_pound_is_refused(void **state)
{
  (void)state;
  load("controls.csv", CONTROLS_HEADER "net_budget,0,refuse,97000000,97000001,97000000\n", NULL);
  expect(CODE_CONTROL_REFUSED, 1, "net_budget in 2027/28 is published as £97,000,001 and the plan makes it £97,000,000");
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
       CONTROLS_HEADER "reserve:smoothing.opening,,,9000000,7000000,5000000\nreserve:smoothing.closing,,,7000000,5000000,3000000\n", NULL);
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
  assert_non_null(strstr(find(CODE_CONTROL_REPORTED)->help, "the difference is exactly line 'grant', Social care grant"));
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

/* ---- lines ------------------------------------------------------------------------------------------------------------- */

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
  load("mtfp.csv", MTFP "dsg,Dedicated Schools Grant,grant,recurring,level,,1500000,1500000,1500000,,dsg,\n"
                        "schools,Schools,other,recurring,level,,1500000,1500000,1500000,,dsg,\n",
       NULL);
  expect_none(CODE_RING_IN_GENERAL);
}

static void a_ring_that_costs_is_queried(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "phg,Public health grant,grant,recurring,level,,1500000,1500000,1500000,,public_health,\n"
                        "health,Public health,other,recurring,level,,1500000,1700000,1600000,,public_health,\n",
       NULL);
  expect(CODE_RING_COSTS, 200000, "ring 'public_health' costs £200k more than it brings in 2027/28");
}

#define MTFP_WITH_BASE                                                                                                 \
  "id,label,class,recurrence,form,2025/26,2026/27,2027/28,2028/29\n"                                                   \
  "all,All services,other,recurring,level,95000000,97000000,97000000,97000000\n"                                       \
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
  load("mtfp.csv", MTFP_WITH_BASE, "controls.csv", "measure,2025/26,2026/27,2027/28,2028/29\nnet_budget,95000001,,,\n", NULL);
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
  load("mtfp.csv", MTFP "cont,Pay award contingency,contingency,recurring,level,,900000,900000,900000,,,pay_contingency\n", NULL);
  expect_none(CODE_PAY_CONTINGENCY);
}

static void one_line_twice_is_queried(void **state)
{
  (void)state;
  load("mtfp.csv", MTFP "again,Contracts,contract,recurring,level,,40000000,40000000,40000000,,,\n", NULL);
  expect(CODE_LINE_TWICE, 40000000, "lines 'contracts' and 'again'");
}

/* ---- reserves ------------------------------------------------------------------------------------------------------------ */

/* 3m less the gap of 2m in 2026/27 leaves 1m of the 2m planned for 2027/28. */
static void a_planned_use_that_an_earlier_gap_took_is_told(void **state)
{
  (void)state;
  load("reserves.csv", RESERVES_HEADER "smoothing,Smoothing,smoothing,3000000,1,,,0,-2000000,0\ngf,General Fund,general_fund,8000000,,,,,,\n",
       NULL);
  expect(CODE_PLANNED_SHORT, 1000000, "in 2027/28, £1.0m is gone");
}

static void planned_uses_beyond_the_balance_are_told(void **state)
{
  (void)state;
  load("reserves.csv",
       RESERVES_HEADER "smoothing,Smoothing,smoothing,3000000,1,,,-2000000,-2000000,0\ngf,General Fund,general_fund,8000000,,,,,,\n", NULL);
  expect(CODE_PLANNED_OVERDRAWN, 1000000, "by 2027/28");
}

static void a_move_between_reserves_passes(void **state)
{
  (void)state;
  load("reserves.csv",
       RESERVES_HEADER "smoothing,Smoothing,smoothing,9000000,1,outside,,-1000000,0,0\ngf,General Fund,general_fund,8000000,,outside,,1000000,,\n",
       NULL);
  expect_none(CODE_MOVED_FROM_NOWHERE);
}

static void a_move_from_nowhere_is_queried(void **state)
{
  (void)state;
  load("reserves.csv",
       RESERVES_HEADER "smoothing,Smoothing,smoothing,9000000,1,,,,,\ngf,General Fund,general_fund,8000000,,outside,,1000000,,\n", NULL);
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
  load("mtfp.csv", MTFP "topup,Contribution to reserves,other,recurring,level,,100000,100000,100000,,,\n", "reserves.csv",
       RESERVES_HEADER "smoothing,Smoothing,smoothing,9000000,1,,topup,100000,150000,0\ngf,General Fund,general_fund,8000000,,,,,,\n", NULL);
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

/* ---- capital ----------------------------------------------------------------------------------------------------------------- */

#define COSTLY_SAVING                                                                                                  \
  SAVINGS_HEADER "a,A,,recurring,,amount_in_place,,500000,500000,500000,100,,,,,\na,,,,cost,,,0,300000,0,,,,receipts,,\n"

/* Half of 1m is meant for flexible use, and 300,000 qualifies. */
static void flexible_use_beyond_its_cost_is_held(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "depot,Depot,2026/27,1000000,received,yes,0,0,50,25,4.5,,,no\n", "savings.csv", COSTLY_SAVING,
       NULL);
  expect(CODE_FLEXIBLE_EXCESS, 200000, "£200k more is meant for flexible use");
}

static void flexible_use_that_waits_for_its_cost_passes(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "depot,Depot,2026/27,1000000,received,yes,0,0,30,25,4.5,,,no\n", "savings.csv", COSTLY_SAVING,
       NULL);
  expect_none(CODE_FLEXIBLE_EXCESS);
}

static void transformation_before_the_cash_is_bridged(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "depot,Depot,2028/29,1000000,contracted,yes,0,0,30,25,4.5,,,no\n", "savings.csv", COSTLY_SAVING,
       NULL);
  expect(CODE_BRIDGED, 300000, "£300k of transformation is spent in 2027/28, before the receipt that is to meet it: depot, Depot, comes in 2028/29");
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
  load("capital_receipts.csv", RECEIPTS_HEADER "rtb,Right to Buy sales,2026/27,1000000,received,yes,100,0,0,25,4.5,,,no\n", NULL);
  expect(CODE_RIGHT_TO_BUY, 1000000, "Right to Buy sales, is marked as eligible");
}

static void flexible_use_of_a_receipt_that_is_not_eligible_is_refused(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "rtb,Right to Buy sales,2026/27,1000000,received,no,0,0,10,25,4.5,,,no\n", NULL);
  expect_error(CODE_RECEIPT_NOT_ELIGIBLE, "capital_receipts.csv", 2, 60);
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
  load("capital_receipts.csv", RECEIPTS_HEADER "hall,Old hall,2026/27,1000000,planned,yes,10,20,70,25,4.5,,,no\n", NULL);
  expect_none(CODE_RECEIPT_SHARES);
}

/* R36 */
static void flexible_use_in_2030_31_is_refused(void **state)
{
  (void)state;
  load("capital_receipts.csv", RECEIPTS_HEADER "hall,Old hall,2030/31,1000000,planned,yes,0,0,10,25,4.5,,,no\n", NULL);
  expect_error(CODE_FLEXIBLE_TOO_LATE, "capital_receipts.csv", 2, 48);
}

/* R34 */
static void a_column_to_revenue_is_refused_with_the_reason(void **state)
{
  (void)state;
  load("capital_receipts.csv", "id,asset,year,amount,certainty,eligible,to_revenue,life,rate,in_plan\nhall,Hall,2026/27,1000000,planned,yes,100,25,4.5,no\n",
       NULL);
  expect_error(CODE_RECEIPT_TO_REVENUE, "capital_receipts.csv", 1, 41);
  assert_non_null(strstr(find(CODE_RECEIPT_TO_REVENUE)->help, "it may not meet revenue spending without a direction on record"));
}

static void a_scenario_to_revenue_is_refused_with_the_reason(void **state)
{
  (void)state;
  load("scenarios.csv", SCENARIOS_HEADER "bad,shift,,input,receipt:land.to_revenue,,,\nbad,shift,,add,100pp,,,\n", NULL);
  expect_error(CODE_RECEIPT_TO_REVENUE, "scenarios.csv", 2, 18);
}

static void only_a_receipts_own_field_is_refused(void **state)
{
  (void)state;
  assert_non_null(receipt_refusal("receipt:land.to_revenue"));
  assert_null(receipt_refusal("receipt:land.to_debt"));
  assert_null(receipt_refusal("saving:a.value"));
}

/* ---- council tax (R21, R22) ------------------------------------------------------------------------------------------------------ */

/* Anytown with council tax from Band D: last year's, the core and care rises of the first year, and a further row or "". */
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
       MTFP_HEADER "all,All services,other,recurring,level,,70000000,70000000,70000000,,,\ntax,Council tax,council_tax,recurring,council_tax,,,,,,,\n",
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

/* ---- history, scenarios, uncertainty ------------------------------------------------------------------------------------------------- */

static void a_close_that_is_not_the_next_opening_is_noted(void **state)
{
  (void)state;
  load("history.csv",
       "measure,2023/24,2024/25\nearmarked_opening,46000,46233\nearmarked_movement,232,0\nearmarked_closing,46232,46233\n", NULL);
  expect(CODE_HISTORY_CHAIN, 1, "earmarked_opening is £46,233 in 2024/25, but the year before closed at £46,232");
}

static void history_that_rolls_forward_passes(void **state)
{
  (void)state;
  load("history.csv",
       "measure,2023/24,2024/25\nearmarked_opening,46000,46232\nearmarked_movement,232,0\nearmarked_closing,46232,46232\n", NULL);
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
       "correlation.csv", "a,b,coefficient\nprices,line:tax.rate,-0.3\n", NULL);
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

#define TEST(name) cmocka_unit_test_teardown(name, unload)

int main(void)
{
  const struct CMUnitTest tests[] = {
    TEST(anytown_has_nothing_to_query),
    TEST(percent_in_place_is_of_the_full_year),
    TEST(percent_new_adds_up),
    TEST(amount_new_adds_up_to_twenty_point_two),
    TEST(amount_in_place_stays_at_six_point_two),
    TEST(a_running_total_that_falls_offers_the_other_reading),
    TEST(savings_without_phasing_are_refused),
    TEST(a_one_off_saving_does_not_add_up),
    TEST(a_start_in_october_is_half_a_year),
    TEST(a_start_in_march_is_a_twelfth_of_the_year_before),
    TEST(a_one_off_saving_is_all_in_the_year_of_its_start),
    TEST(a_saving_that_ends_needs_a_note),
    TEST(a_saving_that_ends_with_a_note_is_only_queried),
    TEST(more_than_the_whole_of_a_saving_is_queried),
    TEST(delivery_by_rag_is_marked_as_a_judgement),
    TEST(the_councils_own_legend_is_no_judgement),
    TEST(over_delivery_is_refused),
    TEST(an_unidentified_saving_that_counts_is_queried),
    TEST(a_circle_of_savings_is_spelled_out),
    TEST(a_saving_before_its_parent_is_queried),
    TEST(more_than_fifteen_per_cent_of_a_line_is_queried),
    TEST(fifteen_per_cent_of_a_line_passes),
    TEST(savings_beyond_their_line_are_queried),
    TEST(a_vacancy_saving_on_top_of_the_factor_is_queried),
    TEST(one_saving_twice_is_queried),
    TEST(a_ring_fenced_reserve_may_not_meet_a_cost),
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
    TEST(a_base_year_that_does_not_balance_is_queried),
    TEST(a_base_gap_that_the_controls_name_is_known),
    TEST(a_base_year_off_by_a_pound_is_refused),
    TEST(a_pay_contingency_without_a_tag_is_noted),
    TEST(a_tagged_pay_contingency_passes),
    TEST(one_line_twice_is_queried),
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
