/* balances.c: what follows from balances: the DSG deficit that would fall on the council, and interest that looks back
 * (R13, R18). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

/* ---- the DSG deficit (domain.md section 3.4) ----------------------------------------------------------- */

void dsg_deficit_row(struct projection *p, int year, double *out)
{
  row_fill(p, out, 0.0);
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (p->plan->reserve[r].class == RESERVE_DSG) {
      if (year < 0) {
        row_fill(p, out, out[0] - smaller(p->plan->reserve[r].opening, 0.0));
        continue;
      }
      const double *closing = ROW(p, closing, r, year);
      FOR_LANES(p, i)
      {
        out[i] -= smaller(closing[i], 0.0);
      }
    }
  }
}

/* The grant meets a share of the eligible deficit at 31 March 2026, from 2026/27; all later deficit stays with the
 * council. */
void dsg_exposure_year(struct projection *p, int year)
{
  enum { GRANT_STANDS_ON = 2025 }; /* closing balance of 2025/26 */
  if (!p->varies.dsg) {
    return;
  }
  double *exposure = ROW(p, measure, M_DSG_EXPOSURE, year), *then = SCRATCH(p, 1);
  dsg_deficit_row(p, year, exposure);
  const int at = GRANT_STANDS_ON - p->plan->first_year;
  const int share = p->plan->term[TERM_GRANT_SHARE].input, eligible = p->plan->term[TERM_ELIGIBLE_SHARE].input;
  if (at < -1 || at >= year || share < 0 || eligible < 0) {
    return;
  }
  dsg_deficit_row(p, at, then);
  const double *grant = ROW(p, input, share, year), *part = ROW(p, input, eligible, year);
  FOR_LANES(p, i)
  {
    exposure[i] = at_least_0(exposure[i] - round_units(grant[i] * part[i] * then[i]));
  }
}

/* ---- interest that looks back at balances (R13, its one permitted feedback) ---------------------------- */

void usable_balance_row(struct projection *p, int year, double *out)
{
  const bool in_pence = p->in_pence;
  int n = 0;
  double opening = 0.0;
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (class_is_usable(p->plan->reserve[r].class)) {
      opening += p->plan->reserve[r].opening;
      p->list[n++] = year < 0 ? NULL : ROW(p, closing, r, year);
    }
  }
  if (year < 0) {
    row_fill(p, out, round_hundredths(opening));
    return;
  }
  rows_sum(p, 0.0, 1.0, p->list, n, out);
  if (in_pence) {
    FOR_LANES(p, i)
    {
      out[i] = hundredths(out[i]);
    }
  }
}

/* rate x balance on the run less the same on the plan, rounded once.  sign: income lost is a cost, a deficit carried is
 * a cost. */
static void feedback(struct projection *p, enum term_id rate_term, enum engine_line which, double sign, double planned,
                     const double *balance, int year)
{
  double *out = ROW(p, line, p->plan->n_lines + (int)which, year);
  const int input = p->plan->term[rate_term].input;
  if (input < 0) {
    row_fill(p, out, 0.0);
    return;
  }
  const double *rate = ROW(p, input, input, year);
  const double already = p->plan->term[rate_term].series.path[year] * planned;
  FOR_LANES(p, i)
  {
    out[i] = round_units(sign * (rate[i] * balance[i] - already));
  }
}

void balances_year(struct projection *p, int year)
{
  double *balance = SCRATCH(p, 1);
  if (p->varies.engine[ENGINE_BALANCES] && p->plan->interest_on_balances) {
    if (year == 0) {
      usable_balance_row(p, -1, balance);
    }
    const double *last = year > 0 ? ROW(p, measure, M_USABLE_CLOSING, year - 1) : balance;
    const double planned = year > 0 && !p->all ? p->plan_usable[year - 1] : last[0];
    feedback(p, TERM_BALANCES_RATE, ENGINE_BALANCES, -1.0, planned, last, year);
  }
  if (p->varies.engine[ENGINE_DSG_CARRYING]) {
    dsg_deficit_row(p, year - 1, balance);
    const double planned = year > 0 && !p->all ? p->plan_deficit[year - 1] : balance[0];
    feedback(p, TERM_CARRYING_RATE, ENGINE_DSG_CARRYING, 1.0, planned, balance, year);
  }
}
