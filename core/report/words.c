/* words.c: sentences computed from a result, in the sector's words.  Reserves never close a gap, so no sentence says
 * that they do. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report.h"

const char report_disclaimer[] =
    "This is a calculation, not advice under section 25 of the Local Government Act 2003 or section 114 of the "
    "Local Government Finance Act 1988.";

const char *date_label(enum date date)
{
  static const char *const labels[] = {
    [DATE_BELOW_MINIMUM] = "D1 General Fund falls below the council's own minimum",
    [DATE_USABLE_EXHAUSTED] = "D2 usable revenue reserves are exhausted",
    [DATE_FIRST_UNFUNDED] = "D3 first unfunded gap",
    [DATE_EXPOSED_TO_DSG] = "D4 usable reserves are less than the DSG deficit",
  };
  return labels[date];
}

void date_words(struct text *out, const struct plan *plan, int date)
{
  char year[8];
  text_add(out, date == DATE_UNKNOWN          ? "not known"
                : date == DATE_NOT_IN_HORIZON ? "not in horizon"
                                              : plan_year_label(plan, date, year));
}

void sentence_gap(struct text *out, const struct plan *plan, const struct result *result)
{
  char first[8], last[8];
  const int end = plan->n_years - 1;
  const pence from = result->measure[M_GAP][0], to = result->measure[M_GAP][end];
  plan_year_label(plan, 0, first);
  plan_year_label(plan, end, last);
  if (!plan->has_mtfp) {
    text_add(out, "The folder holds reserves and no budget, so no gap can be worked out.");
    return;
  }
  if (plan->n_years == 1 || from == to) {
    text_add(out, to > 0 ? "The gap is " : to < 0 ? "The surplus is " : "The plan balances");
    if (to != 0) {
      text_money_short(out, to > 0 ? to : -to);
    }
    text_printf(out, "%s %s.", to != 0 ? " a year in" : " in", last);
    return;
  }
  if (to <= 0) {
    text_add(out, from > 0 ? "A gap of " : "A surplus of ");
    text_money_short(out, from > 0 ? from : -from);
    text_printf(out, " in %s %s", first, to == 0 ? "closes" : "becomes a surplus of ");
    if (to != 0) {
      text_money_short(out, -to);
    }
    text_printf(out, " by %s.", last);
    return;
  }
  text_add(out, from < 0 ? "A surplus of " : to > from ? "The gap rises from " : "The gap falls from ");
  text_money_short(out, from < 0 ? -from : from);
  text_printf(out, " in %s %s", first, from < 0 ? "becomes a gap of " : "to ");
  text_money_short(out, to);
  text_printf(out, " a year in %s.", last);
}

static void sentence_minimum(struct text *out, const struct plan *plan, const struct result *result)
{
  char year[8];
  const int date = result->date[DATE_BELOW_MINIMUM];
  if (date == DATE_UNKNOWN) {
    text_add(out, "Whether the General Fund stays above the council's own minimum cannot be said from this folder.");
  } else if (date == DATE_NOT_IN_HORIZON) {
    text_add(out, "The General Fund stays above the council's own minimum throughout.");
  } else if (date == 0 && plan->general_fund >= 0 &&
             result->reserve[plan->general_fund].opening[0] < result->measure[M_MINIMUM][0]) {
    text_add(out, "The General Fund is already below the council's own minimum.");
  } else {
    text_printf(out, "The General Fund falls below the council's own minimum in %s.",
                plan_year_label(plan, date, year));
  }
}

void sentence_reserves(struct text *out, const struct plan *plan, const struct result *result)
{
  char year[8];
  sentence_minimum(out, plan, result);
  const int unfunded = result->date[DATE_FIRST_UNFUNDED];
  if (unfunded >= 0) {
    text_printf(out, " In %s a gap of ", plan_year_label(plan, unfunded, year));
    text_money_short(out, result->measure[M_UNFUNDED][unfunded]);
    text_add(out, " is unfunded: no usable reserve is left to meet it.");
  } else if (unfunded == DATE_NOT_IN_HORIZON) {
    text_add(out, " No gap is left unfunded.");
  }
}

pence usable_opening(const struct plan *plan)
{
  pence sum = 0, opening;
  for (int r = 0; r < plan->n_reserves; r++) {
    if (class_is_usable(plan->reserve[r].class) && pence_from_gbp(plan->reserve[r].opening, &opening)) {
      sum += opening;
    }
  }
  return sum;
}

enum standing standing_in(const struct plan *plan, const struct result *result, int year)
{
  if (result->date[DATE_FIRST_UNFUNDED] != DATE_UNKNOWN && result->measure[M_UNFUNDED][year] > 0) {
    return STANDING_OUT;
  }
  if (plan->general_fund < 0 || result->date[DATE_BELOW_MINIMUM] == DATE_UNKNOWN) {
    return STANDING_UNKNOWN;
  }
  return result->measure[M_GENERAL_FUND_CLOSING][year] < result->measure[M_MINIMUM][year] ? STANDING_BELOW
                                                                                          : STANDING_ABOVE;
}
