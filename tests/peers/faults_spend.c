/* faults_spend.c: faults 20 to 26: caps read from a column that is missing, growth counted twice or lost, debt that is
 * never repaid, income added as cost, a base year that does not balance. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "faults.h"

#include "base/base.h"

#define GRANT_LINE "grant,Grant,grant,recurring,level,,,100000,100000,100000,100000,100000\n"
#define LOAN_COLUMNS "id,label,kind,year,amount,life,rate,method,interest,old_rate,in_plan\n"

const struct fault faults_spend[] = {
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
