/* faults_spend.c: faults 20 to 26: posts that replace a pay bill, caps read from a column that is missing, growth
 * counted twice or lost, debt that is never repaid, income added as cost, a base year that does not balance. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "faults.h"

#include "base/base.h"

#define GRANT_LINE "grant,Grant,grant,recurring,level,,,100000,100000,100000,100000,100000\n"
#define LOAN_COLUMNS "id,label,kind,year,amount,life,rate,method,interest,old_rate,in_plan\n"

const struct fault faults_spend[] = {
  { .number = 20,
    .case_name = "posts_beside_a_pay_bill_add_to_it",
    /* 128 posts at 37,500 pounds are 4,800 beside a pay bill of 182,000: the gap is 1,000 and 4,800 more. */
    .file = { { "mtfp.csv", "id,label,class,recurrence,form,part,drivers,2025/26," YEAR_COLUMNS
                            "\nstaff,Staff,pay,recurring,level,,,,182000,182000,182000,182000,182000\n"
                            "posts,Posts in hand,pay,recurring,units,,,,,,,,\n"
                            "posts,,,,,number,,,128,128,128,128,128\n"
                            "posts,,,,,unit_cost,,,37500,37500,37500,37500,37500\n"
                            "grant,Grant,grant,recurring,level,,,,181000,181000,181000,181000,181000\n" } },
    .want = { { .table = "lines",
                .id = "staff",
                .measure = "amount",
                .thousands = { 182000, 182000, 182000, 182000, 182000 } },
              { .measure = "gap", .thousands = { 5800, 5800, 5800, 5800, 5800 } } } },
  { .number = 21,
    .case_name = "a_driver_without_a_cap_is_not_capped",
    /* No column `cap`: contracts follow CPI at 10% and 5%, to 11,000 and 11,550. */
    .file = { { "drivers.csv", "id,label,class,follows," YEAR_COLUMNS
                               "\ncpi,CPI,price,,10,5,0,0,0\nuplift,Contracts,contract,cpi,0,0,0,0,0\n" },
              { "mtfp.csv", LINE_COLUMNS "deals,Contracts,contract,recurring,roll,uplift,10000,,,,,\n" GRANT_LINE } },
    .want = { { .table = "lines",
                .id = "deals",
                .measure = "amount",
                .thousands = { 11000, 11550, 11550, 11550, 11550 } } } },
  { .number = 21,
    .case_name = "a_blank_cap_is_none_and_a_cap_of_4_holds",
    .file = { { "drivers.csv", "id,label,class,follows,cap," YEAR_COLUMNS
                               "\ncpi,CPI,price,,,10,5,0,0,0\nuplift,Contracts,contract,cpi,4,0,0,0,0,0\n"
                               "free,Other,contract,cpi,,0,0,0,0,0\n" },
              { "mtfp.csv", LINE_COLUMNS "deals,Contracts,contract,recurring,roll,uplift,10000,,,,,\nopen,Other,"
                                         "contract,recurring,roll,free,10000,,,,,\n" GRANT_LINE } },
    .want = { { .table = "lines",
                .id = "deals",
                .measure = "amount",
                .thousands = { 10400, 10816, 10816, 10816, 10816 } },
              { .table = "lines",
                .id = "open",
                .measure = "amount",
                .thousands = { 11000, 11550, 11550, 11550, 11550 } } } },
  { .number = 22,
    .case_name = "an_uplift_of_one_year_stays_in_every_later_one",
    .file = { { "drivers.csv", DRIVER_COLUMNS "uplift,Contracts,contract,10,0,0,0,0\ncpi,CPI,price,3,3,3,3,3\n" },
              { "mtfp.csv", LINE_COLUMNS "deals,Contracts,contract,recurring,roll,uplift,10000,,,,,\n" GRANT_LINE } },
    .want = { { .table = "lines",
                .id = "deals",
                .measure = "amount",
                .thousands = { 11000, 11000, 11000, 11000, 11000 } } } },
  { .number = 22,
    .case_name = "a_line_grows_by_the_drivers_that_it_names_and_by_no_other",
    /* Two lines on one price driver of 10%, one with 4% of its own besides: 1.10 and 1.10 x 1.04 of 10,000. */
    .file = { { "drivers.csv", DRIVER_COLUMNS "cpi,CPI,price,10,0,0,0,0\nmore,Volume,demand,4,0,0,0,0\n" },
              { "mtfp.csv", LINE_COLUMNS "one,Contracts,contract,recurring,roll,cpi,10000,,,,,\n"
                                         "two,Other,contract,recurring,roll,cpi more,10000,,,,,\n" GRANT_LINE } },
    .want = { { .table = "lines",
                .id = "one",
                .measure = "amount",
                .thousands = { 11000, 11000, 11000, 11000, 11000 } },
              { .table = "lines",
                .id = "two",
                .measure = "amount",
                .thousands = { 11440, 11440, 11440, 11440, 11440 } } } },
  { .number = 23,
    .case_name = "straight_line_mrp_begins_the_year_after_and_stays_level",
    /* 80,000 over 40 years is 2,000, and 3.5% of it 2,800: 4,800 a year from 2027/28. */
    .file = { { "borrowing.csv", LOAN_COLUMNS "school,School,new,2026/27,80000,40,3.5,straight,level,,no\n" } },
    .want = { { .measure = "gap", .thousands = { 10000, 14800, 14800, 14800, 14800 } } } },
  { .number = 23,
    .case_name = "an_annuity_repays_principal_that_rises",
    /* 75,000 at 3.5% over 40 years: principal 75,000 x 0.035 / (1.035^40 - 1) = 887.0462 in the first year, and
     * 918.0928 in the next; level interest of 2,625: gaps of 13,512,046 and 13,543,093 pounds. */
    .file = { { "borrowing.csv", LOAN_COLUMNS "school,School,new,2026/27,75000,40,3.5,annuity,level,,no\n" } },
    .command = "run %s --csv",
    .says = { "13512046", "13543093" } },
  { .number = 23,
    .case_name = "a_loan_taken_up_again_costs_the_difference_in_rate",
    /* 60,000 at 5% that stood at 2% is 1,800 a year more, from that year on. */
    .file = { { "borrowing.csv", LOAN_COLUMNS "again,Refinanced,refinance,2027/28,60000,,5,,,2,no\n" } },
    .want = { { .measure = "gap", .thousands = { 10000, 11800, 11800, 11800, 11800 } } } },
  { .number = 24,
    .case_name = "a_saving_begins_when_it_is_phased_and_not_when_it_has_paid_back",
    /* 3,000 of cost in the first year from a reserve, 1,000 a year from the second: the gap falls in 2027/28, not after
       three years. */
    .file = { { "savings.csv", "id,label,recurrence,part,phasing,full_year," YEAR_COLUMNS ",delivery,rag,funded_by\n"
                               "s,Lamps,recurring,,amount_in_place,,0,1000,1000,1000,1000,100,green,\ns,,,cost,,,3000,"
                               "0,0,0,0,,,reserve:r\n" },
              { "reserves.csv", RESERVE_COLUMNS
                "gf,General Fund,general_fund,90000,,,,,,,\nr,Invest to save,smoothing,3000,1,,,,,,\n" } },
    .want = { { .measure = "gap", .thousands = { 13000, 9000, 9000, 9000, 9000 } },
              { .measure = "planned_use", .thousands = { 3000, 0, 0, 0, 0 } },
              { .measure = "gap_structural", .thousands = { 10000, 9000, 9000, 9000, 9000 } } } },
  { .number = 25,
    .case_name = "a_line_of_income_lowers_the_gap_and_other_spending_grows",
    .file = { { "drivers.csv", DRIVER_COLUMNS "cpi,CPI,price,10,0,0,0,0\n" },
              { "mtfp.csv", LINE_COLUMNS "other,Other,other,recurring,roll,cpi,100000,,,,,\nrents,Rents,income,"
                                         "recurring,level,,,-4000,-4000,-4000,-4000,-4000\n" GRANT_LINE } },
    .want = { { .table = "lines",
                .id = "other",
                .measure = "amount",
                .thousands = { 110000, 110000, 110000, 110000, 110000 } },
              { .measure = "gap", .thousands = { 6000, 6000, 6000, 6000, 6000 } } } },
  { .number = 25,
    .case_name = "income_with_the_wrong_sign_is_refused",
    .file = { { "mtfp.csv",
                LINE_COLUMNS "other,Other,other,recurring,level,,,100000,100000,100000,100000,100000\n"
                             "rents,Rents,income,recurring,level,,,4000,4000,4000,4000,4000\n" GRANT_LINE } },
    .exit_code = 3,
    .says = { "H0210" } },
  { .number = 26,
    .case_name = "a_base_year_that_does_not_balance_is_found_with_its_pounds",
    /* 617,400 of cost against 532,000 of funding: 85,400 short. */
    .file = { { "mtfp.csv",
                LINE_COLUMNS "cost,Services,contract,recurring,level,,617400,617400,617400,617400,617400,617400\n"
                             "grant,Grant,grant,recurring,level,,532000,617400,617400,617400,617400,617400\n" } },
    .command = "check %s",
    .says = { "H0254", "85.4m" } },
};
const size_t n_faults_spend = COUNT_OF(faults_spend);
