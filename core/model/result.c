/* result.c: one lane in the ledger: pence, dates, and what the engine has to say about it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

#include <string.h>

const char *const date_names[N_DATES + 1] = { "below_minimum", "usable_exhausted", "first_unfunded", "exposed_to_dsg",
                                              NULL };

static size_t padded(size_t size)
{
  return (size + 15) / 16 * 16;
}

struct layout {
  size_t line, saving, reserve, receipt, clamped, end;
};

static struct layout lay_out(const struct plan *plan)
{
  struct layout at;
  at.line = padded(sizeof(struct result));
  at.saving = at.line + padded((size_t)(plan->n_lines + N_ENGINE_LINES) * sizeof(struct line_result));
  at.reserve = at.saving + padded((size_t)plan->n_savings * sizeof(struct saving_result));
  at.receipt = at.reserve + padded((size_t)plan->n_reserves * sizeof(struct reserve_result));
  at.clamped = at.receipt + padded((size_t)plan->n_receipts * sizeof(struct receipt_result));
  at.end = at.clamped + padded((size_t)plan->n_inputs * sizeof(int32_t) + 1);
  return at;
}

size_t result_size(const struct plan *plan)
{
  return lay_out(plan).end;
}

struct result *result_init(void *block, const struct plan *plan)
{
  const struct layout at = lay_out(plan);
  char *base = block;
  struct result *result = block;
  memset(block, 0, at.end);
  *result = (struct result){ .n_years = plan->n_years,
                             .n_lines = plan->n_lines,
                             .n_savings = plan->n_savings,
                             .n_reserves = plan->n_reserves,
                             .n_receipts = plan->n_receipts,
                             .has_mtfp = plan->has_mtfp };
  result->line = (void *)(base + at.line);
  result->saving = (void *)(base + at.saving);
  result->reserve = (void *)(base + at.reserve);
  result->receipt = (void *)(base + at.receipt);
  result->clamped = (void *)(base + at.clamped);
  return result;
}

/* One row kind's lane to pence, all years; item by item the caller's own. */
static bool take(const struct projection *p, const struct rows *rows, int item, int lane, pence *out)
{
  bool finite = true;
  for (int y = 0; y < p->n_years; y++) {
    finite &= pence_from_gbp(row_of(p, rows, item, y)[lane], &out[y]);
  }
  return finite;
}

static bool take_reserves(struct result *result, const struct projection *p, int lane)
{
  bool finite = true;
  for (int r = 0; r < p->plan->n_reserves; r++) {
    struct reserve_result *out = &result->reserve[r];
    for (int y = 0; y < p->n_years; y++) {
      finite &= pence_from_gbp(opening_row(p, r, y)[lane], &out->opening[y]);
    }
    finite &= take(p, &p->moved, r, lane, out->planned) && take(p, &p->used, r, lane, out->used) &&
              take(p, &p->surplus, r, lane, out->surplus) && take(p, &p->closing, r, lane, out->closing) &&
              take(p, &p->shortfall, r, lane, out->planned_short);
  }
  return finite;
}

/* What a receipt that came before the plan brings into it: all of it but what had paid debt or avoided borrowing. */
static double left_before(const struct receipt *receipt)
{
  return receipt->year < 0 ? receipt->amount - round_units(receipt->amount * (receipt->to_debt + receipt->to_avoid))
                           : 0.0;
}

static bool take_receipts(struct result *result, const struct projection *p, int lane)
{
  bool finite = true;
  for (int r = 0; r < p->plan->n_receipts; r++) {
    struct receipt_result *out = &result->receipt[r];
    pence arrived[MAX_YEARS];
    finite &= pence_from_gbp(left_before(&p->plan->receipt[r]), &out->held);
    finite &= take(p, &p->arrived, r, lane, arrived) && take(p, &p->debt, r, lane, out->to_debt) &&
              take(p, &p->avoid, r, lane, out->to_avoid) && take(p, &p->flexible, r, lane, out->flexible);
    for (int y = 0; y < p->n_years; y++) {
      out->received[y] = arrived[y] - (y > 0 ? arrived[y - 1] : 0);
      out->held += out->received[y] - out->to_debt[y] - out->to_avoid[y] - out->flexible[y];
    }
  }
  return finite;
}

static void ring_costs(struct result *result, const struct plan *plan)
{
  for (int l = 0; l < plan->n_lines; l++) {
    bool seen = plan->line[l].ring[0] == '\0';
    for (int before = 0; before < l && !seen; before++) {
      seen = strcmp(plan->line[before].ring, plan->line[l].ring) == 0;
    }
    for (int y = 0; y < plan->n_years && !seen; y++) {
      pence sum = 0;
      for (int k = l; k < plan->n_lines; k++) {
        sum += strcmp(plan->line[k].ring, plan->line[l].ring) == 0 ? result->line[k].amount[y] : 0;
      }
      result->ring_cost[y] += sum > 0 ? sum : 0;
    }
  }
}

/* ---- dates (R18) ------------------------------------------------------------------------------------ */

/* Is there money above its floor in any reserve that may be drawn? */
static bool any_drawable(const struct projection *p, int lane, int year)
{
  for (int r = 0; r < p->plan->n_reserves; r++) {
    const double above =
        row_of(p, &p->closing, r, year)[lane] - row_of(p, &p->input, p->plan->reserve[r].input + 1, year)[lane];
    if (class_is_usable(p->plan->reserve[r].class) && above > 0.005) {
      return true;
    }
  }
  return false;
}

static bool happened(const struct projection *p, pence measure[N_MEASURES][MAX_YEARS], enum date date, int lane,
                     int year)
{
  switch (date) {
  case DATE_BELOW_MINIMUM:
    return measure[M_GENERAL_FUND_CLOSING][year] < measure[M_MINIMUM][year];
  case DATE_USABLE_EXHAUSTED:
    return !any_drawable(p, lane, year);
  case DATE_FIRST_UNFUNDED:
    return measure[M_UNFUNDED][year] > 0;
  default:
    return measure[M_USABLE_CLOSING][year] < measure[M_DSG_EXPOSURE][year];
  }
}

static int find_date(const struct projection *p, pence measure[N_MEASURES][MAX_YEARS], enum date date, int lane)
{
  if (!date_can_be_known(p->plan, date)) {
    return DATE_UNKNOWN;
  }
  for (int y = 0; y < p->n_years; y++) {
    if (happened(p, measure, date, lane, y)) {
      return y;
    }
  }
  return p->plan->has_mtfp ? DATE_NOT_IN_HORIZON : DATE_UNKNOWN; /* without a gap nobody knows what else is drawn */
}

static bool take_measures(const struct projection *p, int lane, pence measure[N_MEASURES][MAX_YEARS])
{
  bool finite = true;
  for (int m = 0; m < N_MEASURES; m++) {
    finite &= take(p, &p->measure, m, lane, measure[m]);
  }
  return finite;
}

bool summary_from_lane(struct summary *out, const struct projection *p, int lane)
{
  memset(out->measure, 0, sizeof out->measure);
  const bool finite = take_measures(p, lane, out->measure);
  for (int d = 0; d < N_DATES; d++) {
    out->date[d] = find_date(p, out->measure, (enum date)d, lane);
  }
  return finite;
}

bool result_from_lane(struct result *result, const struct projection *p, int lane)
{
  bool finite = take_measures(p, lane, result->measure);
  for (int l = 0; l < p->plan->n_lines + N_ENGINE_LINES; l++) {
    for (int y = 0; y < p->n_years; y++) {
      finite &= pence_from_gbp(line_row(p, l, y)[lane], &result->line[l].amount[y]);
    }
  }
  for (int s = 0; s < p->plan->n_savings; s++) {
    finite &= take(p, &p->planned, s, lane, result->saving[s].planned) &&
              take(p, &p->expected, s, lane, result->saving[s].expected);
  }
  finite &= take_reserves(result, p, lane) && take_receipts(result, p, lane);
  finite &= take(p, &p->excess, 0, lane, result->flexible_excess);
  for (int i = 0; i < p->plan->n_inputs; i++) {
    for (int y = 0; y < p->n_years; y++) {
      result->clamped[i] += p->clamped[(size_t)i * (size_t)p->n_years + (size_t)y];
    }
  }
  ring_costs(result, p->plan);
  for (int d = 0; d < N_DATES; d++) {
    result->date[d] = find_date(p, result->measure, (enum date)d, lane);
  }
  return finite;
}

enum status plan_project(const struct plan *plan, struct result *result)
{
  struct projection *p = NULL;
  const enum status status = projection_new(plan, NULL, 1, &p);
  if (status != STATUS_OK) {
    return status;
  }
  const bool finite = result_from_lane(result, p, 0);
  projection_free(p);
  return finite ? STATUS_OK : STATUS_DATA;
}

struct base_year plan_base_year(const struct plan *plan)
{
  struct base_year base = { 0 };
  for (int l = 0; l < plan->n_lines; l++) {
    const struct line *line = &plan->line[l];
    pence amount = 0;
    if (line->ring[0] != '\0' || line->class == LINE_CAPITALISED) {
      continue;
    }
    if (!line->has_base_amount || !pence_from_gbp(line->base_amount, &amount)) {
      return (struct base_year){ 0 };
    }
    base.known = true;
    if (class_is_funding(line->class)) {
      base.funding -= amount;
    } else {
      base.net_budget += amount;
    }
  }
  base.gap = base.net_budget - base.funding;
  return base;
}
