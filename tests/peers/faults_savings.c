/* faults_savings.c: faults 9 to 14: savings that vanish, multiply, or move nothing. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "faults.h"

#include "base/base.h"

#define PROGRAMME SAVING_COLUMNS "s,Programme,recurring,amount_in_place,,1000,2000,4000,4000,4000,100,green\n"

const struct fault faults_savings[] = {
  { .number = 9,
    .case_name = "half_and_half_of_a_recurring_saving_stays_whole",
    /* 50% new in each of two years of 1,000: 500, then 1,000 for good. */
    .file = { { "savings.csv", SAVING_COLUMNS "s,Digital,recurring,percent_new,1000,50,50,0,0,0,100,green\n" } },
    .want = { { .measure = "savings_expected", .thousands = { 500, 1000, 1000, 1000, 1000 } } } },
  { .number = 9,
    .case_name = "percentages_without_a_type_are_refused",
    .file = { { "savings.csv", "id,label,recurrence,full_year," YEAR_COLUMNS
                               ",delivery,rag\ns,Digital,recurring,1000,50,50,0,0,0,100,green\n" } },
    .exit_code = 3,
    .says = { "H0402", "amount_in_place or amount_new" } },
  { .number = 10,
    .case_name = "a_saving_of_the_fifth_year_is_not_multiplied_by_five",
    .file = { { "savings.csv", SAVING_COLUMNS "s,Late,recurring,amount_in_place,,0,0,0,0,1000,100,green\n" } },
    .want = { { .measure = "savings_expected", .thousands = { 0, 0, 0, 0, 1000 } } } },
  { .number = 10,
    .case_name = "a_saving_of_the_first_year_stays",
    .file = { { "savings.csv", SAVING_COLUMNS "s,Early,recurring,amount_new,,5000,0,0,0,0,100,green\n" } },
    .want = { { .measure = "savings_expected", .thousands = { 5000, 5000, 5000, 5000, 5000 } } } },
  { .number = 11,
    .case_name = "20_points_less_delivery_moves_the_gap",
    .file = { { "savings.csv", PROGRAMME } },
    .command = "run %s --set savings_delivery.points=-20pp",
    .want = { { .measure = "gap", .thousands = { 9000, 8000, 6000, 6000, 6000 } },
              { .scenario = "what_if", .measure = "gap", .thousands = { 9200, 8400, 6800, 6800, 6800 } } } },
  { .number = 11,
    .case_name = "a_year_of_slippage_moves_the_years_that_it_should",
    /* 1,000 2,000 4,000 a year late is 0 1,000 2,000 4,000: the year's worth of 1,000 1,000 2,000 is lost, and the last
       two years are as planned. */
    .file = { { "savings.csv", PROGRAMME } },
    .command = "run %s --set savings_delivery.months_late=12",
    .want = { { .scenario = "what_if", .measure = "savings_expected", .thousands = { 0, 1000, 2000, 4000, 4000 } },
              { .scenario = "what_if", .measure = "gap", .thousands = { 10000, 9000, 8000, 6000, 6000 } } } },
  { .number = 12,
    .case_name = "doing_nothing_is_the_gap_before_savings_wherever_it_is_shown",
    .file = { { "savings.csv", PROGRAMME },
              { "scenarios.csv", "scenario,plugin,instance,parameter,value\nnothing,shift,off,input,saving:*."
                                 "delivery\nnothing,shift,off,add,-100pp\n" } },
    .command = "compare %s -s nothing",
    .want = { { .scenario = "nothing", .measure = "gap", .thousands = { 10000, 10000, 10000, 10000, 10000 } },
              { .measure = "gap_before_savings", .thousands = { 10000, 10000, 10000, 10000, 10000 } },
              { .measure = "gap", .thousands = { 9000, 8000, 6000, 6000, 6000 } } } },
  { .number = 13,
    .case_name = "savings_do_not_shrink_with_the_share_of_social_care",
    /* Nine tenths of the spending is social care and the saving is what it says. */
    .file = { { "mtfp.csv", LINE_COLUMNS "cost,Services,contract,recurring,level,,,11000,11000,11000,11000,11000\n"
                                         "care,Adult social care,care,recurring,level,,,99000,99000,99000,99000,99000\n"
                                         "grant,Grant,grant,recurring,level,,,100000,100000,100000,100000,100000\n" },
              { "savings.csv", PROGRAMME } },
    .want = { { .measure = "savings_expected", .thousands = { 1000, 2000, 4000, 4000, 4000 } } } },
  { .number = 14,
    .case_name = "six_months_late_is_half_a_year_lost",
    .file = { { "savings.csv",
                SAVING_COLUMNS "s,Digital,recurring,amount_in_place,,1000,1000,1000,1000,1000,100,green\n" } },
    .command = "run %s --set savings_delivery.months_late=6",
    .want = { { .scenario = "what_if",
                .measure = "savings_expected",
                .thousands = { 500, 1000, 1000, 1000, 1000 } } } },
  { .number = 14,
    .case_name = "a_saving_delivers_no_more_than_what_it_stands_on",
    /* 1,000 at 80% on a platform at 50%: 400; the platform itself 500. */
    .file = { { "savings.csv",
                "id,label,recurrence,phasing,full_year," YEAR_COLUMNS ",delivery,rag,depends_on\n"
                "platform,Platform,recurring,amount_in_place,,1000,1000,1000,1000,1000,50,red,\n"
                "forms,Forms,recurring,amount_in_place,,1000,1000,1000,1000,1000,80,amber,platform\n" } },
    .want = { { .table = "savings", .id = "forms", .measure = "expected", .thousands = { 400, 400, 400, 400, 400 } },
              { .measure = "savings_expected", .thousands = { 900, 900, 900, 900, 900 } } } },
  { .number = 14,
    .case_name = "the_same_saving_twice_is_found",
    .file = { { "savings.csv", SAVING_COLUMNS
                "a,Vacant offices let,recurring,amount_in_place,,1000,1000,1000,1000,1000,100,green\n"
                "b,Vacant offices let,recurring,amount_in_place,,1000,1000,1000,1000,1000,100,green\n" } },
    .command = "check %s",
    .says = { "H0434" } },
};
const size_t n_faults_savings = COUNT_OF(faults_savings);
