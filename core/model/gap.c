/* gap.c: the totals of one year: net budget, funding, savings, the gap, its structural part, the minimum (R6 to R9,
 * R17).
 *
 * (1) N is every line that is a cost or income outside a ring, with contributions to reserves and cost to achieve (R20,
 * R27). (2) F is funding outside a ring, before any use of reserves; capitalised funding stands apart. (3) The gap is N
 * - F - capitalised - expected savings.  No reserve enters it (R13). (4) The structural gap leaves one-off cost,
 * income, funding and savings out. Sums are whole pence, so that their order does not matter. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

static double *measure(struct projection *p, enum measure m, int year)
{
  return ROW(p, measure, m, year);
}

static void add_to(const struct projection *p, double *sum, const double *row, double sign)
{
  FOR_LANES(p, i)
  {
    sum[i] += sign * row[i];
  }
}

static void whole_pence(const struct projection *p, double *row)
{
  FOR_LANES(p, i)
  {
    row[i] = round_hundredths(row[i]);
  }
}

/* Rule 1's part that is planned into reserves and in no line yet; of what a line holds, only the difference from the
 * plan (R20). */
static void contributions_line(struct projection *p, int year)
{
  double *line = ROW(p, line, p->plan->n_lines + ENGINE_CONTRIBUTIONS, year);
  row_fill(p, line, 0.0);
  for (int r = 0; r < p->plan->n_reserves; r++) {
    const struct reserve *reserve = &p->plan->reserve[r];
    input_year(p, reserve->input, year);
    for (int m = 0; m < reserve->n_movements; m++) {
      if (!reserve->movement[m].for_revenue) {
        continue;
      }
      const double planned = reserve->movement[m].planned[year];
      const double already = reserve->movement[m].contribution_line >= 0 ? at_least_0(planned) : 0.0;
      const double *row = ROW(p, input, reserve->input, year);
      FOR_LANES(p, i)
      {
        line[i] += at_least_0(m == 0 ? row[i] : planned) - already;
      }
    }
  }
}

static enum measure total_of(enum line_class class)
{
  return class_is_funding(class) ? M_FUNDING : class == LINE_CAPITALISED ? M_CAPITALISED : M_NET_BUDGET;
}

static bool engine_line_is_one_off(int e)
{
  return e == ENGINE_CONTRIBUTIONS || e == ENGINE_COST_TO_ACHIEVE || e == ENGINE_COLLECTION || e == ENGINE_FLEXIBLE_USE;
}

/* What no lane can change is summed once, from lane 0 of the first pass. */
void gap_fix(struct projection *p, int year)
{
  const struct plan *plan = p->plan;
  struct fixed *fixed = &p->fixed[year];
  *fixed = (struct fixed){ 0 };
  for (int l = 0; l < plan->n_lines; l++) {
    if (plan->line[l].ring[0] == '\0' && !p->varies.line[l]) {
      const enum measure total = total_of(plan->line[l].class);
      const double amount = ROW(p, line, l, year)[0];
      fixed->net_budget += total == M_NET_BUDGET ? amount : 0.0;
      fixed->funding -= total == M_FUNDING ? amount : 0.0;
      fixed->capitalised -= total == M_CAPITALISED ? amount : 0.0;
      fixed->one_off += ROW(p, input, plan->line[l].input + LINE_ONE_OFF - LINE_RATE, year)[0];
    }
  }
  for (int s = 0; s < plan->n_savings; s++) {
    if (!p->varies.saving[s]) {
      const double expected = ROW(p, expected, s, year)[0];
      fixed->planned += ROW(p, planned, s, year)[0];
      fixed->expected += expected;
      fixed->unidentified += plan->saving[s].rag == RAG_UNIDENTIFIED ? expected : 0.0;
      fixed->one_off -= plan->saving[s].recurring ? 0.0 : expected;
    }
  }
}

/* Rules 1 and 2.  one_off: what of it is gone next year, as it counts in the gap. */
static void line_totals(struct projection *p, int year, double *one_off)
{
  const struct plan *plan = p->plan;
  row_fill(p, measure(p, M_NET_BUDGET, year), p->fixed[year].net_budget);
  row_fill(p, measure(p, M_FUNDING, year), p->fixed[year].funding);
  row_fill(p, measure(p, M_CAPITALISED, year), p->fixed[year].capitalised);
  row_fill(p, one_off, p->fixed[year].one_off);
  for (int l = 0; l < plan->n_lines; l++) {
    if (plan->line[l].ring[0] != '\0' || (!p->all && !p->varies.line[l])) {
      continue;
    }
    const enum measure total = total_of(plan->line[l].class);
    add_to(p, measure(p, total, year), ROW(p, line, l, year), total == M_NET_BUDGET ? 1.0 : -1.0);
    add_to(p, one_off, ROW(p, input, plan->line[l].input + LINE_ONE_OFF - LINE_RATE, year), 1.0);
  }
  for (int e = 0; e < N_ENGINE_LINES; e++) {
    const enum measure total = total_of(engine_line_kinds[e].class);
    const double *row = ROW(p, line, plan->n_lines + e, year);
    add_to(p, measure(p, total, year), row, total == M_NET_BUDGET ? 1.0 : -1.0);
    if (engine_line_is_one_off(e)) {
      add_to(p, one_off, row, 1.0);
    }
  }
  whole_pence(p, measure(p, M_NET_BUDGET, year));
  whole_pence(p, measure(p, M_FUNDING, year));
  whole_pence(p, measure(p, M_CAPITALISED, year));
}

static void savings_totals(struct projection *p, int year, double *one_off)
{
  double *planned = measure(p, M_SAVINGS_PLANNED, year), *expected = measure(p, M_SAVINGS_EXPECTED, year);
  double *unidentified = measure(p, M_UNIDENTIFIED, year);
  row_fill(p, planned, p->fixed[year].planned);
  row_fill(p, expected, p->fixed[year].expected);
  row_fill(p, unidentified, p->fixed[year].unidentified);
  for (int s = 0; s < p->plan->n_savings; s++) {
    if (!p->all && !p->varies.saving[s]) {
      continue;
    }
    const double *row = ROW(p, expected, s, year);
    add_to(p, planned, ROW(p, planned, s, year), 1.0);
    add_to(p, expected, row, 1.0);
    if (p->plan->saving[s].rag == RAG_UNIDENTIFIED) {
      add_to(p, unidentified, row, 1.0);
    }
    if (!p->plan->saving[s].recurring) {
      add_to(p, one_off, row, -1.0);
    }
  }
}

static void annual_row(struct projection *p, enum measure level, enum measure change, int year)
{
  const double *now = measure(p, level, year);
  const double *last = year > 0 ? measure(p, level, year - 1) : NULL;
  double *out = measure(p, change, year);
  FOR_LANES(p, i)
  {
    out[i] = round_hundredths(now[i] - (last != NULL ? last[i] : 0.0));
  }
}

/* Rules 3 and 4 */
static void gaps(struct projection *p, int year, const double *one_off)
{
  const double *n = measure(p, M_NET_BUDGET, year), *f = measure(p, M_FUNDING, year),
               *c = measure(p, M_CAPITALISED, year);
  const double *expected = measure(p, M_SAVINGS_EXPECTED, year), *unidentified = measure(p, M_UNIDENTIFIED, year);
  double *before = measure(p, M_GAP_BEFORE_SAVINGS, year), *net = measure(p, M_NET_AFTER_SAVINGS, year);
  double *identified = measure(p, M_GAP_BEFORE_UNIDENTIFIED, year), *gap = measure(p, M_GAP, year);
  double *whole = measure(p, M_GAP_BEFORE_CAPITALISED, year), *structural = measure(p, M_GAP_STRUCTURAL, year);
  FOR_LANES(p, i)
  {
    before[i] = round_hundredths(n[i] - f[i]);
    net[i] = round_hundredths(n[i] - (expected[i] - unidentified[i]));
    identified[i] = round_hundredths(net[i] - f[i] - c[i]);
    gap[i] = round_hundredths(identified[i] - unidentified[i]);
    whole[i] = round_hundredths(gap[i] + c[i]);
    structural[i] = round_hundredths(gap[i] - one_off[i]);
  }
  annual_row(p, M_GAP, M_GAP_ANNUAL, year);
}

/* The council's own minimum, on this run's own denominator of the same year. */
static void minimum_row(struct projection *p, int year)
{
  static const enum measure denominators[] = { [MINIMUM_OF_NET_AFTER_SAVINGS] = M_NET_AFTER_SAVINGS,
                                               [MINIMUM_OF_NET] = M_NET_BUDGET,
                                               [MINIMUM_OF_FUNDING] = M_FUNDING };
  const struct plan *plan = p->plan;
  const double *of = measure(p, denominators[plan->minimum_of], year);
  const double part = plan->has_mtfp && plan->minimum_rule != MINIMUM_AMOUNT ? plan->minimum_percent : 0.0;
  const double amount =
      plan->minimum_rule == MINIMUM_AMOUNT || plan->minimum_rule == MINIMUM_GREATER ? plan->minimum_amount[year] : 0.0;
  double *minimum = measure(p, M_MINIMUM, year);
  FOR_LANES(p, i)
  {
    const double by_percent = at_least_0(round_units(part * of[i]));
    minimum[i] = plan->minimum_rule == MINIMUM_NONE ? 0.0 : by_percent > amount ? by_percent : amount;
  }
}

void gap_year(struct projection *p, int year)
{
  double *one_off = SCRATCH(p, 6);
  contributions_line(p, year);
  line_totals(p, year, one_off);
  savings_totals(p, year, one_off);
  if (p->plan->has_mtfp) {
    gaps(p, year, one_off);
  }
  minimum_row(p, year);
}
