/* faults_funding.c: faults 15 to 19: one-off money that recurs, rises beyond the limit, rings and schools counted as
 * general funding. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "faults.h"

#include "base/base.h"

#define COST_LINE "cost,Services,contract,recurring,level,,,110000,110000,110000,110000,110000\n"
#define GRANT_LINE "grant,Grant,grant,recurring,level,,,100000,100000,100000,100000,100000\n"
#define TAX_LINE "tax,Council tax,council_tax,recurring,council_tax,,,,,,,\n"
#define TAX(core, asc)                                                                                       \
  "term,2025/26," YEAR_COLUMNS "\nband_d,2000.00,,,,,\ncore_rise,," core "," core "," core "," core "," core \
  "\nasc_rise,," asc "," asc "," asc "," asc "," asc                                                         \
  "\nequivalents,50000,50000,50000,50000,50000,50000\ncollection,100,100,100,100,100,100\n"

const struct fault faults_funding[] = {
  { .number = 15,
    .case_name = "a_collection_fund_surplus_comes_once",
    .file = { { "mtfp.csv", LINE_COLUMNS COST_LINE GRANT_LINE
                "fund,Collection fund,collection_fund,one_off,level,,,1000,0,0,0,0\n" } },
    .want = { { .measure = "funding", .thousands = { 101000, 100000, 100000, 100000, 100000 } },
              { .measure = "gap_structural", .thousands = { 10000, 10000, 10000, 10000, 10000 } } } },
  { .number = 15,
    .case_name = "a_collection_fund_that_recurs_is_refused",
    .file = { { "mtfp.csv", LINE_COLUMNS COST_LINE GRANT_LINE
                "fund,Collection fund,collection_fund,recurring,level,,,1000,1000,1000,1000,1000\n" } },
    .exit_code = 3,
    .says = { "H0205" } },
  { .number = 16,
    .case_name = "4_99_per_cent_is_within_the_limit",
    .file = { { "mtfp.csv", LINE_COLUMNS COST_LINE TAX_LINE }, { "council_tax.csv", TAX("2.99", "2") } },
    .command = "check %s",
    .never = { "H0301" } },
  { .number = 16,
    .case_name = "5_49_per_cent_is_told_to_be_beyond_it",
    .file = { { "mtfp.csv", LINE_COLUMNS COST_LINE TAX_LINE }, { "council_tax.csv", TAX("3.49", "2") } },
    .command = "check %s",
    .says = { "H0301" } },
  { .number = 16,
    .case_name = "the_tax_base_grows_by_its_own_driver",
    /* 2,000.00 x 50,000 is 100,000 thousand; a base that grows 10% a year is 110,000, 121,000, 133,100. */
    .file = { { "mtfp.csv", LINE_COLUMNS COST_LINE TAX_LINE },
              { "drivers.csv", DRIVER_COLUMNS "growth,Homes,tax_base,10,10,10,0,0\n" },
              { "council_tax.csv", "term,drivers,2025/26," YEAR_COLUMNS
                                   "\nband_d,,2000.00,,,,,\ncore_rise,,,0,0,0,0,0\nasc_rise,,,0,0,0,0,0\n"
                                   "equivalents,growth,50000,,,,,\ncollection,,100,100,100,100,100,100\n" } },
    .want = { { .table = "lines",
                .id = "tax",
                .measure = "amount",
                .thousands = { 110000, 121000, 133100, 133100, 133100 } } } },
  { .number = 17,
    .case_name = "a_ring_fenced_grant_pays_for_no_gap",
    .file = { { "mtfp.csv", "id,label,class,recurrence,form,ring," YEAR_COLUMNS
                            "\ncost,Services,contract,recurring,level,,110000,110000,110000,110000,110000\n"
                            "grant,Grant,grant,recurring,level,,100000,100000,100000,100000,100000\n"
                            "port,Freeport growth,grant,recurring,level,freeport,9000,9000,9000,9000,9000\n"
                            "spend,Freeport spending,other,recurring,level,freeport,9000,9000,9000,9000,9000\n" } },
    .want = { { .measure = "funding", .thousands = { 100000, 100000, 100000, 100000, 100000 } },
              { .measure = "gap", .thousands = { 10000, 10000, 10000, 10000, 10000 } } } },
  { .number = 17,
    .case_name = "a_ring_that_spends_nothing_is_found",
    .file = { { "mtfp.csv", "id,label,class,recurrence,form,ring," YEAR_COLUMNS
                            "\ncost,Services,contract,recurring,level,,110000,110000,110000,110000,110000\n"
                            "grant,Grant,grant,recurring,level,,100000,100000,100000,100000,100000\n"
                            "port,Freeport growth,grant,recurring,level,freeport,9000,9000,9000,9000,9000\n" } },
    .command = "check %s",
    .says = { "H0257" } },
  { .number = 17,
    .case_name = "a_grant_that_ends_opens_the_gap",
    .file = { { "mtfp.csv", "id,label,class,recurrence,form,last_year," YEAR_COLUMNS
                            "\ncost,Services,contract,recurring,level,,110000,110000,110000,110000,110000\n"
                            "grant,Grant,grant,recurring,level,,100000,100000,100000,100000,100000\n"
                            "ends,Recovery grant,grant,recurring,level,2028/29,4000,4000,4000,0,0\n" } },
    .want = { { .measure = "gap", .thousands = { 6000, 6000, 6000, 10000, 10000 } },
              { .measure = "gap_structural", .thousands = { 6000, 6000, 6000, 10000, 10000 } } } },
  { .number = 17,
    .case_name = "money_after_its_last_year_is_refused",
    .file = { { "mtfp.csv", "id,label,class,recurrence,form,last_year," YEAR_COLUMNS
                            "\ncost,Services,contract,recurring,level,,110000,110000,110000,110000,110000\n"
                            "ends,Recovery grant,grant,recurring,level,2028/29,4000,4000,4000,4000,0\n" } },
    .exit_code = 3,
    .says = { "H0209" } },
  { .number = 18,
    .case_name = "schools_money_among_general_funding_is_found",
    .file = { { "mtfp.csv", LINE_COLUMNS COST_LINE GRANT_LINE
                "dsg,Dedicated Schools Grant,grant,recurring,level,,,552000,552000,552000,552000,552000\n" } },
    .command = "check %s",
    .says = { "H0252" } },
  { .number = 19,
    .case_name = "fees_are_income_and_the_minimum_is_of_the_net_budget",
    /* 110,000 of cost less 30,000 of fees is a net budget of 80,000, and 5% of it 4,000. */
    .file = { { "council.csv", COUNCIL_START "minimum_percent,5\nminimum_of,net_budget_after_savings\n" },
              { "mtfp.csv",
                LINE_COLUMNS COST_LINE "fees,Fees,income,recurring,level,,,-30000,-30000,-30000,-30000,-30000\n"
                                       "grant,Grant,grant,recurring,level,,,80000,80000,80000,80000,80000\n" } },
    .want = { { .measure = "net_budget", .thousands = { 80000, 80000, 80000, 80000, 80000 } },
              { .measure = "minimum", .thousands = { 4000, 4000, 4000, 4000, 4000 } },
              { .measure = "gap", .thousands = { 0, 0, 0, 0, 0 } } } },
};
const size_t n_faults_funding = COUNT_OF(faults_funding);
