/* check_capital.c: receipts that come too late, too small or too surely, and transformation that outruns them (R34 to
 * R36, domain.md 4). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/words.h"

#include <string.h>

/* ---- one receipt --------------------------------------------------------------------------------------- */

static void check_horizon(struct reading *reading, const struct receipt *receipt)
{
  if (receipt->year < reading->plan->n_years) {
    return;
  }
  struct finding *finding = finding_add(reading->findings, CODE_RECEIPT_BEYOND, receipt->place,
                                        "receipt '%s', %s, arrives in %s, after the plan ends", receipt->id,
                                        receipt->asset, year_words(reading, receipt->year));
  finding_amount(finding, pence_of(receipt->amount));
  finding_label(reading->findings, finding, "it changes nothing before %s",
                year_words(reading, reading->plan->n_years));
}

static void check_right_to_buy(struct reading *reading, const struct receipt *receipt)
{
  static const char *const words[] = { "right to buy", "right-to-buy", "rtb", NULL };
  if (!receipt->eligible || !text_says(receipt->asset, words)) {
    return;
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_RIGHT_TO_BUY, receipt->place,
                  "receipt '%s', %s, is marked as eligible for flexible use", receipt->id, receipt->asset);
  finding_amount(finding, pence_of(receipt->amount));
  finding_label(reading->findings, finding, "eligible no: Right to Buy receipts are left out of the direction");
}

/* SI 2003/3146 regulation 10. */
static void check_small(struct reading *reading, const struct receipt *receipt)
{
  const double smallest = 10000;
  if (receipt->amount <= 0.0 || receipt->amount > smallest) {
    return;
  }
  struct finding *finding = finding_add(reading->findings, CODE_RECEIPT_SMALL, receipt->place,
                                        "receipt '%s' is %s: sums of up to £10,000 are not capital receipts",
                                        receipt->id, money_exact(reading, pence_of(receipt->amount)));
  finding_amount(finding, pence_of(receipt->amount));
  finding_label(reading->findings, finding, "amounts are in %s", reading->plan->money);
}

/* A receipt that nobody has begun to sell carries a use in the plan. */
static void check_certainty(struct reading *reading, const struct receipt *receipt)
{
  const double used = receipt->to_debt + receipt->to_avoid + receipt->to_flexible;
  if (receipt->certainty == NULL || strcmp(receipt->certainty, "idea") != 0 || used <= 0.0) {
    return;
  }
  const pence at_stake = pence_of(round_hundredths(receipt->amount * used));
  struct finding *finding = finding_add(reading->findings, CODE_RECEIPT_UNCERTAIN, receipt->place,
                                        "the plan uses %s of receipt '%s', %s, which is only an idea",
                                        money_short(reading, at_stake), receipt->id, receipt->asset);
  finding_amount(finding, at_stake);
  finding_label(reading->findings, finding, "hold it (shares of 0) until it is planned");
}

/* ---- flexible use -------------------------------------------------------------------------------------- */

/* What is left of the receipts meant for flexible use when the plan ends; before that it may only be waiting for its
 * cost. */
static void check_excess(struct reading *reading)
{
  const int last = reading->plan->n_years - 1;
  const pence excess = reading->folder->baseline->flexible_excess[last];
  struct place place = { .file = "capital_receipts.csv" };
  for (int r = reading->plan->n_receipts - 1; r >= 0; r--) {
    place = reading->plan->receipt[r].to_flexible > 0.0 ? reading->plan->receipt[r].place : place;
  }
  if (excess <= 0) {
    return;
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_FLEXIBLE_EXCESS, place,
                  "%s more is meant for flexible use than savings with a cost met by receipts may take by %s",
                  money_short(reading, excess), year_words(reading, last));
  finding_amount(finding, excess);
  finding_label(reading->findings, finding, "it is held, and closes no gap");
  finding_help(reading->findings, finding,
               "flexible use is never above the qualifying cost of the year, nor after the direction ends");
}

static pence cost_of_receipts(const struct plan *plan, int year)
{
  pence cost = 0;
  for (int s = 0; s < plan->n_savings; s++) {
    const struct saving *saving = &plan->saving[s];
    cost += saving->has_cost && saving->cost_funding == COST_RECEIPTS ? pence_of(saving->cost[year]) : 0;
  }
  return cost;
}

static pence met_by_receipts(const struct reading *reading, int year)
{
  pence met = 0;
  for (int r = 0; r < reading->plan->n_receipts; r++) {
    met += reading->folder->baseline->receipt[r].flexible[year];
  }
  return met;
}

static struct place first_cost(const struct plan *plan, int year)
{
  for (int s = 0; s < plan->n_savings; s++) {
    const struct saving *saving = &plan->saving[s];
    if (saving->has_cost && saving->cost_funding == COST_RECEIPTS && saving->cost[year] > 0.0) {
      const struct origin *origin = &saving->cost_origin[year];
      return (struct place){ .file = origin->file, .line = origin->line, .column = origin->column };
    }
  }
  return (struct place){ .file = "savings.csv" };
}

/* The first receipt meant for flexible use that arrives after a year, or NULL. */
static const struct receipt *next_receipt(const struct plan *plan, int year)
{
  const struct receipt *next = NULL;
  for (int r = 0; r < plan->n_receipts; r++) {
    const struct receipt *receipt = &plan->receipt[r];
    if (receipt->to_flexible > 0.0 && receipt->year > year && (next == NULL || receipt->year < next->year)) {
      next = receipt;
    }
  }
  return next;
}

/* A cost that no receipt in hand meets falls on revenue in its year; a later receipt does not undo that. */
static void check_unmet(struct reading *reading, int year)
{
  const struct plan *plan = reading->plan;
  const pence unmet = cost_of_receipts(plan, year) - met_by_receipts(reading, year);
  if (unmet <= 0) {
    return;
  }
  const struct receipt *next = next_receipt(plan, year);
  struct finding *finding =
      next != NULL
          ? finding_add(
                reading->findings, CODE_BRIDGED, first_cost(plan, year),
                "%s of transformation is spent in %s, before the receipt that is to meet it: %s, %s, comes in %s",
                money_short(reading, unmet), year_words(reading, year), next->id, next->asset,
                year_words(reading, next->year))
          : finding_add(reading->findings, CODE_TRANSFORMATION_UNMET, first_cost(plan, year),
                        "%s of transformation in %s is to be met by receipts, and no receipt is there for it",
                        money_short(reading, unmet), year_words(reading, year));
  finding_amount(finding, unmet);
  finding_label(reading->findings, finding, "revenue bridges it, and is shown so");
  finding_help(reading->findings, finding,
               next != NULL
                   ? "move the cost to the year of the receipt, or name a reserve in funded_by"
                   : "raise to_flexible of a receipt that is eligible, or name revenue or a reserve in funded_by");
}

void check_capital(struct reading *reading)
{
  for (int r = 0; r < reading->plan->n_receipts; r++) {
    const struct receipt *receipt = &reading->plan->receipt[r];
    check_horizon(reading, receipt);
    check_right_to_buy(reading, receipt);
    check_small(reading, receipt);
    check_certainty(reading, receipt);
  }
  if (!reading->plan->has_mtfp) {
    return;
  }
  check_excess(reading);
  for (int y = 0; y < reading->plan->n_years; y++) {
    check_unmet(reading, y);
  }
}
