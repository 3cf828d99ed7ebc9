/* steps.c: the standard moves and prices: how far each input is moved, in comparable steps, and where the size is from.
 *
 * A step is a standard size of a departure that lasts from the first year: what councils test, what was published, or
 * judgement.  Steps are not equally likely; the search for a combination takes each for one standard unit all the same,
 * which is judgement.  So is that moves within a common factor go together (0.5) and across factors hardly (0.1);
 * that is positive definite for any number of moves.  sd is from datasets/presets/uncertainty.csv; of a PERT
 * distribution it is the root of (mean - low) (high - mean) / 7. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/steps.h"

#include <string.h>

const double correlation_within = 0.5, correlation_across = 0.1;

static const char pay_source[] = "Gateshead Council MTFS sensitivity analysis tests 1% on pay";
static const char cpi_source[] = "CPI peaked at 11.1% in October 2022; councils test 1 to 4 points";
static const char care_source[] = "fees rose 4.9% to 6.0% by type in 2025-26 (Community Care)";
static const char demand_source[] = "LGA: cost pressures of 6.7% a year all in, 2025";
static const char judgement[] = "judgement";

static const struct step_kind by_class[N_DRIVER_CLASSES] = {
  [DRIVER_PAY] = { "1pp", "pp", 1.0, 0.01, 1.0, FACTOR_INFLATION, pay_source },
  [DRIVER_PRICE] = { "1pp", "pp", 1.0, 0.01, 1.0, FACTOR_INFLATION, cpi_source },
  [DRIVER_CONTRACT] = { "1pp", "pp", 1.0, 0.01, 0.5, FACTOR_INFLATION, cpi_source },
  [DRIVER_CARE] = { "1pp", "pp", 1.0, 0.01, 0.713, FACTOR_INFLATION, care_source },
  [DRIVER_DEMAND] = { "1pp", "pp", 1.0, 0.01, 1.0, FACTOR_DEMAND, demand_source },
  [DRIVER_UNIT_COST] = { "2pp", "pp", 2.0, 0.005, 1.268, FACTOR_DEMAND,
                         "NAO, Managing children's residential care, 2025, on the rise in cost of a place" },
  [DRIVER_INCOME] = { "-1pp", "pp", -1.0, 0.01, 1.0, FACTOR_RECESSION,
                      "Brighton & Hove missed parking and planning income in 2024/25 (judgement on size)" },
  [DRIVER_LEVY] = { "2pp", "pp", 2.0, 0.005, 0.866, FACTOR_INFLATION,
                    "drainage levies, Lincolnshire councils, 2023 to 2025" },
  [DRIVER_TAX_BASE] = { "-0.5pp", "pp", -0.5, 0.02, 0.4, FACTOR_RECESSION, "Brighton & Hove plans 0.6% to 1.5%" },
  [DRIVER_RATES] = { "-1pp", "pp", -1.0, 0.01, 1.0, FACTOR_RECESSION, judgement },
  [DRIVER_INTEREST] = { "0.5pp", "pp", 0.5, 0.02, 0.5, FACTOR_INFLATION, "Gateshead Council tests 0.25 points" },
  [DRIVER_OTHER] = { "1pp", "pp", 1.0, 0.01, 1.0, FACTOR_DEMAND, judgement },
};

const struct step_kind *step_of_class(enum driver_class class)
{
  return &by_class[class];
}

const struct fixed_move fixed_moves[] = {
  { "Savings delivered",
    { "-10pp", "pp", -10.0, 0.01, 0.0, FACTOR_CAPACITY, "Brighton & Hove 2022/23 delivered 89% gross" },
    "savings_delivery",
    { { "points", NULL } },
    10 },
  { "Savings late",
    { "6", "months", 6.0, 1.0 / 6.0, 0.0, FACTOR_CAPACITY, judgement },
    "savings_delivery",
    { { "months_late", NULL } },
    10 },
  { "Council tax collected",
    { "-0.5pp", "pp", -0.5, 0.02, 0.4, FACTOR_RECESSION, "in-year collection fell to 95.9% in 2024-25 (MHCLG)" },
    "shift",
    { { "input", "term:council_tax.collection" }, { "add", NULL } },
    40 },
  { "Council tax rise",
    { "-0.5pp", "pp", -0.5, 0.02, 0.0, FACTOR_POLICY, "North East Lincolnshire took 4.5% against 4.99% in 2026/27" },
    "council_tax",
    { { "rise", NULL } },
    10 },
  { "Government grants",
    { "-2%", "%", -2.0, 0.005, 0.0, FACTOR_POLICY, "floors at 95% and 100% of income (written question 94677)" },
    "settlement",
    { { "grants", NULL } },
    50 },
  { "Capital receipts",
    { "-25%", "%", -25.0, 0.04, 6.339, FACTOR_RECESSION, judgement },
    "capital_receipts",
    { { "price", NULL } },
    4 },
  { "Interest on new loans",
    { "0.5pp", "pp", 0.5, 0.02, 0.5, FACTOR_INFLATION, "Gateshead Council tests 0.25 points" },
    "shift",
    { { "input", "borrowing:kind=new.rate" }, { "add", NULL } },
    40 },
  { "Interest on variable and refinanced debt",
    { "0.5pp", "pp", 0.5, 0.02, 0.5, FACTOR_INFLATION, "Gateshead Council tests 0.25 points" },
    "shift",
    { { "input", "borrowing:kind!=new.rate" }, { "add", NULL } },
    40 },
};
const int n_fixed_moves = (int)COUNT_OF(fixed_moves);

const struct fixed_move base_growth_move = { "Council tax base growth",
                                             { "-0.5pp", "pp", -0.5, 0.02, 0.4, FACTOR_RECESSION,
                                               "Brighton & Hove plans 0.6% to 1.5%" },
                                             "council_tax",
                                             { { "base_growth", NULL } },
                                             20 };
const struct fixed_move rates_income_move = { "Business rates income",
                                              { "-2%", "%", -2.0, 0.005, 0.0, FACTOR_RECESSION, judgement },
                                              "business_rates",
                                              { { "income", NULL } },
                                              25 };

const struct price_kind price_kinds[] = {
  { "1 point on pay, every year", "pay_award", { { "extra_award", "1pp" } } },
  { "1 point on prices and contracts, every year", "inflation", { { "cpi", "1pp" }, { "contracts", "1pp" } } },
  { "1 point on care fees, every year", "inflation", { { "care_fees", "1pp" } } },
  { "1% less council tax, every year", "council_tax", { { "yield", "-1%" } } },
  { "1% less of every grant", "settlement", { { "grants", "-1%" } } },
  { "1 point less of savings delivered", "savings_delivery", { { "points", "-1pp" } } },
  { "One month's slip of the savings", "savings_delivery", { { "months_late", "1" } } },
  { "1 point on new loans", "shift", { { "input", "borrowing:kind=new.rate" }, { "add", "1pp" } } },
  { "1 point on variable and refinanced debt", "shift", { { "input", "borrowing:kind!=new.rate" }, { "add", "1pp" } } },
};
const int n_price_kinds = (int)COUNT_OF(price_kinds);

/* A line without a driver moves as a driver of its class would. */
struct line_step step_of_lines(enum line_class class)
{
  switch (class) {
  case LINE_PAY:
    return (struct line_step){ "Pay", &by_class[DRIVER_PAY] };
  case LINE_CONTRACT:
    return (struct line_step){ "Contracts and running costs", &by_class[DRIVER_CONTRACT] };
  case LINE_CARE:
    return (struct line_step){ "Care", &by_class[DRIVER_CARE] };
  case LINE_DEMAND:
    return (struct line_step){ "Services led by demand", &by_class[DRIVER_DEMAND] };
  case LINE_INCOME:
    return (struct line_step){ "Fees and other income", &by_class[DRIVER_INCOME] };
  case LINE_LEVY:
    return (struct line_step){ "Levies", &by_class[DRIVER_LEVY] };
  case LINE_BUSINESS_RATES:
    return (struct line_step){ "Business rates", &by_class[DRIVER_RATES] };
  default:
    return (struct line_step){ NULL, NULL };
  }
}
