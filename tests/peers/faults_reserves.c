/* faults_reserves.c: faults 1 to 8: reserves that a gap never touches, that fund more than they hold, that nothing
 * keeps above their minimum. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "faults.h"

#include "base/base.h"

const struct fault faults_reserves[] = {
  { .number = 1,
    .case_name = "an_unfunded_gap_exhausts_reserves_in_its_first_year",
    /* 10,000 of gap against 10,000 of General Fund: nothing is left, and the same gap has nothing to meet it every year
       after. */
    .want = { { .measure = "gap", .thousands = { 10000, 10000, 10000, 10000, 10000 } },
              { .measure = "usable_closing", .thousands = { 0, 0, 0, 0, 0 } },
              { .measure = "unfunded", .thousands = { 0, 10000, 10000, 10000, 10000 } },
              { .measure = "usable_exhausted", .date = "2026/27" },
              { .measure = "first_unfunded", .date = "2027/28" } } },
  { .number = 2,
    .case_name = "a_surplus_goes_where_the_policy_says",
    .file = { { "council.csv", COUNCIL_START "minimum_amount,2000\nsurplus_to,gf\n" },
              { "mtfp.csv", LINE_COLUMNS "cost,Services,contract,recurring,level,,,90000,90000,90000,90000,90000\n"
                                         "grant,Grant,grant,recurring,level,,,100000,100000,100000,100000,100000\n" } },
    .want = { { .measure = "gap", .thousands = { -10000, -10000, -10000, -10000, -10000 } },
              { .measure = "usable_closing", .thousands = { 20000, 30000, 40000, 50000, 60000 } } } },
  { .number = 3,
    .case_name = "a_reserve_funds_no_more_than_it_holds",
    /* 1,000 is there and 5,000 a year is planned: 1,000 is used, once. */
    .file = { { "council.csv", COUNCIL_START "minimum_amount,0\n" },
              { "reserves.csv", RESERVE_COLUMNS "gf,General Fund,general_fund,0,,,,,,,\n"
                                                "r,Smoothing,smoothing,1000,1,,-5000,-5000,-5000,-5000,-5000\n" } },
    .want = { { .table = "reserves", .id = "r", .measure = "closing", .thousands = { 0, 0, 0, 0, 0 } },
              { .measure = "planned_use", .thousands = { 1000, 0, 0, 0, 0 } },
              { .measure = "unfunded", .thousands = { 9000, 10000, 10000, 10000, 10000 } } } },
  { .number = 4,
    .case_name = "what_pays_for_the_gap_is_what_leaves_reserves",
    /* The smoothing reserve that was to share the gap is empty: all 10,000 comes from the General Fund, not a share of
       it. */
    .file = { { "reserves.csv", RESERVE_COLUMNS "gf,General Fund,general_fund,70000,,,,,,,\n"
                                                "r,Smoothing,smoothing,0,1,,-3000,-3000,-3000,-3000,-3000\n" } },
    .want = { { .table = "reserves",
                .id = "gf",
                .measure = "closing",
                .thousands = { 60000, 50000, 40000, 30000, 20000 } },
              { .measure = "usable_closing", .thousands = { 60000, 50000, 40000, 30000, 20000 } },
              { .measure = "unfunded", .thousands = { 0, 0, 0, 0, 0 } } } },
  { .number = 5,
    .case_name = "a_contribution_is_a_cost",
    .file = { { "reserves.csv", RESERVE_COLUMNS "gf,General Fund,general_fund,90000,,,,,,,\n"
                                                "held,Insurance,committed,5000,,,1000,1000,1000,1000,1000\n" } },
    .want = { { .measure = "gap", .thousands = { 11000, 11000, 11000, 11000, 11000 } },
              { .table = "reserves",
                .id = "held",
                .measure = "closing",
                .thousands = { 6000, 7000, 8000, 9000, 10000 } } } },
  { .number = 5,
    .case_name = "a_planned_use_pays_for_the_gap",
    .file = { { "reserves.csv", RESERVE_COLUMNS "gf,General Fund,general_fund,90000,,,,,,,\n"
                                                "r,Smoothing,smoothing,5000,1,,-1000,-1000,-1000,-1000,-1000\n" } },
    .want = { { .measure = "gap", .thousands = { 10000, 10000, 10000, 10000, 10000 } },
              { .measure = "planned_use", .thousands = { 1000, 1000, 1000, 1000, 1000 } },
              { .measure = "gap_after_planned_use", .thousands = { 9000, 9000, 9000, 9000, 9000 } } } },
  { .number = 6,
    .case_name = "a_floor_holds",
    /* 10,000 with a floor of 8,000 gives 2,000; the other 8,000 of the gap comes from the General Fund. */
    .file = { { "reserves.csv", RESERVE_COLUMNS "gf,General Fund,general_fund,60000,,,,,,,\n"
                                                "r,Smoothing,smoothing,10000,1,8000,-10000,0,0,0,0\n" } },
    .want = { { .table = "reserves", .id = "r", .measure = "closing", .thousands = { 8000, 8000, 8000, 8000, 8000 } },
              { .table = "reserves",
                .id = "gf",
                .measure = "closing",
                .thousands = { 52000, 42000, 32000, 22000, 12000 } } } },
  { .number = 6,
    .case_name = "a_general_fund_below_its_minimum_has_a_date",
    /* 40,000 less 10,000 a year stands at 10,000 after three years, below a minimum of 15,000. */
    .file = { { "council.csv", COUNCIL_START "minimum_amount,15000\n" },
              { "reserves.csv", RESERVE_COLUMNS "gf,General Fund,general_fund,40000,,,,,,,\n" } },
    .want = { { .measure = "below_minimum", .date = "2028/29" },
              { .measure = "used_below_minimum", .thousands = { 0, 0, 5000, 10000, 0 } },
              { .measure = "first_unfunded", .date = "2030/31" } } },
  { .number = 7,
    .case_name = "the_minimum_is_held_against_the_general_fund_alone",
    /* 79,800 in all, of which 74,800 is schools, public health and insurance: the General Fund of 5,000 is what the
       25,000 is about. */
    .file = { { "council.csv", COUNCIL_START "minimum_amount,25000\n" },
              { "mtfp.csv", LINE_COLUMNS "cost,Services,contract,recurring,level,,,100000,100000,100000,100000,100000\n"
                                         "grant,Grant,grant,recurring,level,,,100000,100000,100000,100000,100000\n" },
              { "reserves.csv", RESERVE_COLUMNS
                "gf,General Fund,general_fund,5000,,,,,,,\nschools,Schools balances,ring_fenced,50000,,,,,,,\n"
                "health,Public health,ring_fenced,14800,,,,,,,\nins,Insurance,committed,10000,,,,,,,\n" } },
    .want = { { .measure = "below_minimum", .date = "2026/27" },
              { .measure = "usable_closing", .thousands = { 5000, 5000, 5000, 5000, 5000 } } } },
  { .number = 8,
    .case_name = "real_terms_are_refused_until_a_deflator_is_given",
    .file = { { "council.csv", "key,value\nname,Made\nclass,unitary\nmoney,GBP "
                               "thousand\nsigns,budget\nfirst_year,2026/27\nyears,5\nprice_basis,real\n"
                               "minimum_amount,0\n" } },
    .exit_code = 3,
    .says = { "H0204" } },
};
const size_t n_faults_reserves = COUNT_OF(faults_reserves);
