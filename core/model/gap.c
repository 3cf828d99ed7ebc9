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

/* ---- sums ---------------------------------------------------------------------------------------------- */

/* from: a row to add to; NULL: the value. */
BY_ITSELF void sum_four(const struct projection *p, const double *from, double value, double sign,
                        const double *const row[4], double *out)
{
  const double *a = row[0], *b = row[1], *c = row[2], *d = row[3];
  FOR_LANES(p, i)
  {
    out[i] = (from != NULL ? from[i] : value) + sign * ((a[i] + b[i]) + (c[i] + d[i]));
  }
}

void rows_sum(const struct projection *p, double start, double sign, const double *const *row, int n, double *out)
{
  if (n == 0) {
    row_fill(p, out, start);
  }
  for (int first = 0; first < n; first += 4) {
    const double *four[4];
    for (int k = 0; k < 4; k++) {
      four[k] = first + k < n ? row[first + k] : p->zeros;
    }
    if (first == 0) {
      sum_four(p, NULL, start, sign, four, out);
    } else {
      sum_four(p, out, 0.0, sign, four, out);
    }
  }
}

static void whole_pence(const struct projection *p, double *row)
{
  if (!p->in_pence) {
    return;
  }
  FOR_LANES(p, i)
  {
    row[i] = hundredths(row[i]);
  }
}

/* ---- totals -------------------------------------------------------------------------------------------- */

/* Rule 1's part that is planned into reserves and in no line yet; of what a line holds, only the difference from the
 * plan (R20). */
static void contributions_line(struct projection *p, int year)
{
  double *line = ROW(p, line, p->plan->n_lines + ENGINE_CONTRIBUTIONS, year);
  for (int r = 0; r < p->plan->n_reserves; r++) {
    input_year(p, p->plan->reserve[r].input, year);
  }
  if (!p->varies.engine[ENGINE_CONTRIBUTIONS]) {
    return;
  }
  row_fill(p, line, 0.0);
  for (int r = 0; r < p->plan->n_reserves; r++) {
    const struct reserve *reserve = &p->plan->reserve[r];
    for (int m = 0; m < reserve->n_movements; m++) {
      if (!reserve->movement[m].for_revenue) {
        continue;
      }
      const double planned = reserve->movement[m].planned[year];
      const double already = reserve->movement[m].contribution_line >= 0 ? at_least_0(planned) : 0.0;
      const double of_all = at_least_0(planned) - already;
      const double *row = ROW(p, input, reserve->input, year);
      if (m > 0) {
        FOR_LANES(p, i)
        {
          line[i] += of_all;
        }
        continue;
      }
      FOR_LANES(p, i)
      {
        line[i] += at_least_0(row[i]) - already;
      }
    }
  }
}

/* Rules 1 and 2 */
static void line_totals(struct projection *p, int year)
{
  const struct fixed *fixed = &p->fixed[year];
  static const enum measure of[] = { M_NET_BUDGET, M_FUNDING, M_CAPITALISED };
  const double start[] = { fixed->net_budget, fixed->funding, fixed->capitalised };
  for (int t = TOTAL_NET; t <= TOTAL_CAPITALISED; t++) {
    const struct items *lines = &p->varies.in_total[t];
    double *sum = measure(p, of[t], year);
    for (int n = 0; n < lines->count; n++) {
      p->list[n] = line_row(p, lines->at[n], year);
    }
    rows_sum(p, start[t], t == TOTAL_NET ? 1.0 : -1.0, p->list, lines->count, sum);
    whole_pence(p, sum);
  }
}

/* What of the gap is gone next year. */
static void one_off_total(struct projection *p, int year, double *sum)
{
  const struct plan *plan = p->plan;
  const struct items *lines = &p->varies.gone;
  const int n = lines->count;
  for (int k = 0; k < n; k++) {
    const int l = lines->at[k];
    p->list[k] = l >= plan->n_lines ? ROW(p, line, l, year)
                                    : ROW(p, input, plan->line[l].input + LINE_ONE_OFF - LINE_RATE, year);
  }
  rows_sum(p, p->fixed[year].one_off, 1.0, p->list, n, sum);
  for (int s = 0; s < plan->n_savings; s++) {
    if (p->varies.saving[s] && !plan->saving[s].recurring) {
      const double *expected = ROW(p, expected, s, year);
      FOR_LANES(p, i)
      {
        sum[i] -= expected[i];
      }
    }
  }
}

static void savings_total(struct projection *p, int year, enum measure total, const bool *varies, struct rows *rows,
                          double start)
{
  const struct plan *plan = p->plan;
  int n = 0;
  for (int s = 0; s < plan->n_savings; s++) {
    const bool together = total == M_SAVINGS_EXPECTED && p->totals_only && p->varies.alone[s];
    if (varies[s] && !together && (total != M_UNIDENTIFIED || plan->saving[s].rag == RAG_UNIDENTIFIED)) {
      p->list[n++] = row_of(p, rows, s, year);
    }
  }
  if (total == M_SAVINGS_EXPECTED && p->any_together) {
    p->list[n++] = p->together;
  }
  rows_sum(p, start, 1.0, p->list, n, measure(p, total, year));
}

/* Lines that stand for savings are costs below 0. */
static void add_lines_of_savings(struct projection *p, int year)
{
  const struct items *lines = &p->varies.in_total[TOTAL_SAVINGS];
  double *expected = measure(p, M_SAVINGS_EXPECTED, year);
  for (int n = 0; n < lines->count; n++) {
    const double *line = line_row(p, lines->at[n], year);
    FOR_LANES(p, i)
    {
      expected[i] -= line[i];
    }
  }
}

static void savings_totals(struct projection *p, int year)
{
  const struct fixed *fixed = &p->fixed[year];
  if (p->varies.planned) {
    savings_total(p, year, M_SAVINGS_PLANNED, p->varies.value, &p->planned, fixed->planned);
  }
  savings_total(p, year, M_SAVINGS_EXPECTED, p->varies.saving, &p->expected, fixed->expected);
  add_lines_of_savings(p, year);
  if (p->varies.unidentified) {
    savings_total(p, year, M_UNIDENTIFIED, p->varies.saving, &p->expected, fixed->unidentified);
  }
}

/* ---- the gap ------------------------------------------------------------------------------------------- */

/* Rules 3 and 4.  alone: without the figures that nothing else follows from. */
BY_ITSELF void gap_lanes(struct projection *p, int year, const double *one_off, bool in_pence, bool alone)
{
  const double *n = measure(p, M_NET_BUDGET, year), *f = measure(p, M_FUNDING, year),
               *c = measure(p, M_CAPITALISED, year);
  const double *expected = measure(p, M_SAVINGS_EXPECTED, year), *unidentified = measure(p, M_UNIDENTIFIED, year);
  double *before = measure(p, M_GAP_BEFORE_SAVINGS, year), *net = measure(p, M_NET_AFTER_SAVINGS, year);
  double *identified = measure(p, M_GAP_BEFORE_UNIDENTIFIED, year), *gap = measure(p, M_GAP, year);
  double *whole = measure(p, M_GAP_BEFORE_CAPITALISED, year), *structural = measure(p, M_GAP_STRUCTURAL, year);
  double *annual = measure(p, M_GAP_ANNUAL, year);
  const double *last = year > 0 ? measure(p, M_GAP, year - 1) : p->zeros;
  FOR_LANES(p, i)
  {
    const double after = penny(n[i] - (expected[i] - unidentified[i]), in_pence);
    const double known = penny(after - f[i] - c[i], in_pence);
    const double left = penny(known - unidentified[i], in_pence);
    net[i] = after;
    gap[i] = left;
    if (alone) {
      continue;
    }
    before[i] = penny(n[i] - f[i], in_pence);
    identified[i] = known;
    whole[i] = penny(left + c[i], in_pence);
    structural[i] = penny(left - one_off[i], in_pence);
    annual[i] = penny(left - last[i], in_pence);
  }
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
  if (plan->minimum_rule == MINIMUM_NONE) {
    row_fill(p, minimum, 0.0);
    return;
  }
  FOR_LANES(p, i)
  {
    const double by_percent = at_least_0(round_units(part * of[i]));
    minimum[i] = by_percent > amount ? by_percent : amount;
  }
}

static void gap_rows(struct projection *p, int year)
{
  double *one_off = SCRATCH(p, 6);
  if (!p->gap_alone) {
    one_off_total(p, year, one_off);
  }
  if (p->gap_alone && p->in_pence) {
    gap_lanes(p, year, one_off, true, true);
  } else if (p->gap_alone) {
    gap_lanes(p, year, one_off, false, true);
  } else if (p->in_pence) {
    gap_lanes(p, year, one_off, true, false);
  } else {
    gap_lanes(p, year, one_off, false, false);
  }
}

void gap_year(struct projection *p, int year)
{
  contributions_line(p, year);
  line_totals(p, year);
  savings_totals(p, year);
  if (p->plan->has_mtfp) {
    gap_rows(p, year);
  }
  if (p->varies.minimum) {
    minimum_row(p, year);
  }
}
