/* reserves.c: balances of one year: what moves as planned, what pays for the gap and in which order (R13 to R20, format.md section 7).
 *
 * (1) Contributions first; then planned uses, each at most the balance above the floor and, where it pays for the gap, the gap left.
 * (2) Then the draw order above floors, the General Fund above its minimum, below it (a policy breach), and the rest is unfunded.
 * (3) Ring-fenced, committed, capital, unusable and DSG balances are never drawn (R16).
 * (4) A surplus goes to the reserve that the policy names, or nowhere (R19).
 * (5) The plan's own movements are rolled beside it, untouched by draws: what a draw took from a later planned use is the shortfall.
 * Balances are whole pence at every step, so that nothing is left over of a subtraction. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

/* A reserve that nothing reaches stands as the first pass left it. */
static bool stands(const struct projection *p, int r)
{
  return !p->all && !p->varies.reserve[r];
}

static bool moves(const struct projection *p, int r, int year)
{
  return p->varies.moves[r * p->n_years + year];
}

static void open_balances(struct projection *p, struct rows *rows, int r, int year, double *out)
{
  if (year == 0) {
    row_fill(p, out, p->plan->reserve[r].opening);
  } else {
    const double *last = row_of(p, rows, r, year - 1);
    FOR_LANES(p, i) { out[i] = last[i]; }
  }
}

static const double *movement_row(struct projection *p, int r, int m, int year)
{
  if (m == 0) {
    return ROW(p, input, p->plan->reserve[r].input, year);
  }
  double *row = SCRATCH(p, 2);
  row_fill(p, row, p->plan->reserve[r].movement[m].planned[year]);
  return row;
}

/* Cost to achieve that this reserve meets: a planned use of it. */
static void reserve_funded_cost(struct projection *p, int r, int year, double *out)
{
  row_fill(p, out, 0.0);
  for (int s = 0; s < p->plan->n_savings; s++) {
    const struct saving *saving = &p->plan->saving[s];
    if (saving->has_cost && saving->cost_funding == COST_RESERVE && saving->cost_from == r) {
      const double *cost = ROW(p, input, saving->input + 3, year);
      FOR_LANES(p, i) { out[i] += cost[i]; }
    }
  }
}

/* Unusable and DSG balances may run below zero: they are accounts, not money. */
static bool may_overdraw(const struct reserve *reserve)
{
  return reserve->class == RESERVE_UNUSABLE || reserve->class == RESERVE_DSG;
}

/* Takes `use` from a balance: what there is above the floor, and no more than the gap left where it pays for the gap. */
static void take(const struct projection *p, const struct reserve *reserve, const double *floor, const double *use, double *balance,
                 double *need, double *taken)
{
  const bool overdraw = may_overdraw(reserve);
  FOR_LANES(p, i)
  {
    const double there = overdraw ? use[i] : at_least_0(round_hundredths(balance[i] - floor[i]));
    double out = smaller(use[i], there);
    if (need != NULL) {
      out = smaller(out, need[i]);
      need[i] = round_hundredths(need[i] - out);
    }
    balance[i] = round_hundredths(balance[i] - out);
    taken[i] += out;
  }
}

/* Rule 1 for one reserve, on either roll.  need: the gap left; NULL where the folder has no gap.  taken: uses that pay for the gap. */
static void planned_movements(struct projection *p, int r, int year, double *balance, double *need, double *taken)
{
  const struct reserve *reserve = &p->plan->reserve[r];
  const double *floor = ROW(p, input, reserve->input + 1, year);
  double *use = SCRATCH(p, 3), *moved = SCRATCH(p, 4);
  for (int m = 0; m < reserve->n_movements; m++) {
    const double *planned = movement_row(p, r, m, year);
    const bool pays = reserve->movement[m].for_revenue && need != NULL;
    FOR_LANES(p, i) { use[i] = at_least_0(-planned[i]); }
    row_fill(p, moved, 0.0);
    take(p, reserve, floor, use, balance, pays ? need : NULL, pays ? taken : moved);
  }
  if (need != NULL) {
    reserve_funded_cost(p, r, year, use);
    take(p, reserve, floor, use, balance, need, taken);
  }
}

static void contributions(struct projection *p, int r, int year, double *balance)
{
  if (!moves(p, r, year)) {
    return;
  }
  for (int m = 0; m < p->plan->reserve[r].n_movements; m++) {
    const double *planned = movement_row(p, r, m, year);
    FOR_LANES(p, i) { balance[i] = round_hundredths(balance[i] + at_least_0(planned[i])); }
  }
}

/* Rule 5: the plan's own movements on their own balances.  Fills planned_use and what each reserve was to pay. */
static void shadow_roll(struct projection *p, int year, const double *gap)
{
  double *need = SCRATCH(p, 1), *all_taken = ROW(p, measure, M_PLANNED_USE, year);
  row_fill(p, all_taken, 0.0);
  FOR_LANES(p, i) { need[i] = at_least_0(gap[i]); }
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (!stands(p, r)) {
      double *balance = ROW(p, shadow, r, year);
      open_balances(p, &p->shadow, r, year, balance);
      contributions(p, r, year, balance);
    }
  }
  for (int n = 0; n < p->plan->n_reserves; n++) {
    const int r = p->plan->planned_order[n];
    double *taken = ROW(p, shortfall, r, year);
    if (!moves(p, r, year)) {
      continue; /* 0 from the start */
    }
    row_fill(p, taken, 0.0);
    planned_movements(p, r, year, ROW(p, shadow, r, year), p->plan->has_mtfp ? need : NULL, taken);
    FOR_LANES(p, i) { all_taken[i] += taken[i]; }
  }
}

/* Rules 1 and 5 on the run's own balances: what was planned, and what of it was no longer there. */
static void real_roll(struct projection *p, int year, double *need)
{
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (stands(p, r)) {
      continue;
    }
    double *opening = ROW(p, opening, r, year), *closing = ROW(p, closing, r, year);
    open_balances(p, &p->closing, r, year, opening);
    FOR_LANES(p, i) { closing[i] = opening[i]; }
    contributions(p, r, year, closing);
    row_fill(p, ROW(p, used, r, year), 0.0);
    row_fill(p, ROW(p, surplus, r, year), 0.0);
  }
  double *taken = SCRATCH(p, 5);
  for (int n = 0; n < p->plan->n_reserves; n++) {
    const int r = p->plan->planned_order[n];
    if (!moves(p, r, year)) {
      continue; /* nothing moved, nothing short: 0 from the start */
    }
    row_fill(p, taken, 0.0);
    planned_movements(p, r, year, ROW(p, closing, r, year), p->plan->has_mtfp ? need : NULL, taken);
    const double *opening = ROW(p, opening, r, year), *closing = ROW(p, closing, r, year);
    double *moved = ROW(p, moved, r, year), *shortfall = ROW(p, shortfall, r, year);
    FOR_LANES(p, i)
    {
      moved[i] = round_hundredths(closing[i] - opening[i]);
      shortfall[i] = at_least_0(round_hundredths(shortfall[i] - taken[i]));
    }
  }
}

static void draw(struct projection *p, int r, int year, const double *lowest, double *need)
{
  double *closing = ROW(p, closing, r, year), *used = ROW(p, used, r, year);
  FOR_LANES(p, i)
  {
    const double out = smaller(need[i], at_least_0(round_hundredths(closing[i] - lowest[i])));
    closing[i] = round_hundredths(closing[i] - out);
    used[i] += out;
    need[i] = round_hundredths(need[i] - out);
  }
}

/* Rule 2 */
static void draws(struct projection *p, int year, double *need)
{
  for (int n = 0; n < p->plan->n_draw; n++) {
    const int r = p->plan->draw[n];
    draw(p, r, year, ROW(p, input, p->plan->reserve[r].input + 1, year), need);
  }
  double *below = ROW(p, measure, M_USED_BELOW_MINIMUM, year);
  row_fill(p, below, 0.0);
  const int fund = p->plan->general_fund;
  if (fund < 0) {
    return;
  }
  const double *minimum = ROW(p, measure, M_MINIMUM, year), *floor = ROW(p, input, p->plan->reserve[fund].input + 1, year);
  double *lowest = SCRATCH(p, 2);
  FOR_LANES(p, i) { lowest[i] = minimum[i] > floor[i] ? minimum[i] : floor[i]; }
  draw(p, fund, year, lowest, need);
  const double *used = ROW(p, used, fund, year);
  FOR_LANES(p, i) { below[i] = -used[i]; }
  draw(p, fund, year, floor, need);
  FOR_LANES(p, i) { below[i] = round_hundredths(below[i] + used[i]); }
}

/* Rule 4 */
static void surplus(struct projection *p, int year, const double *gap)
{
  const int to = p->plan->surplus_to;
  if (to < 0 || !p->plan->has_mtfp) {
    return;
  }
  double *closing = ROW(p, closing, to, year), *added = ROW(p, surplus, to, year);
  FOR_LANES(p, i)
  {
    added[i] = at_least_0(-gap[i]);
    closing[i] = round_hundredths(closing[i] + added[i]);
  }
}

/* ---- the DSG deficit (domain.md section 3.4) --------------------------------------------------------------------------- */

static void deficit_row(struct projection *p, int year, double *out)
{
  row_fill(p, out, 0.0);
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (p->plan->reserve[r].class == RESERVE_DSG) {
      if (year < 0) {
        row_fill(p, out, out[0] - smaller(p->plan->reserve[r].opening, 0.0));
        continue;
      }
      const double *closing = ROW(p, closing, r, year);
      FOR_LANES(p, i) { out[i] -= smaller(closing[i], 0.0); }
    }
  }
}

/* The grant meets a share of the eligible deficit at 31 March 2026, from 2026/27; all later deficit stays with the council. */
static void dsg_exposure(struct projection *p, int year)
{
  enum { GRANT_STANDS_ON = 2025 }; /* closing balance of 2025/26 */
  double *exposure = ROW(p, measure, M_DSG_EXPOSURE, year), *then = SCRATCH(p, 1);
  deficit_row(p, year, exposure);
  const int at = GRANT_STANDS_ON - p->plan->first_year;
  const int share = p->plan->term[TERM_GRANT_SHARE].input, eligible = p->plan->term[TERM_ELIGIBLE_SHARE].input;
  if (at < -1 || at >= year || share < 0 || eligible < 0) {
    return;
  }
  deficit_row(p, at, then);
  const double *grant = ROW(p, input, share, year), *part = ROW(p, input, eligible, year);
  FOR_LANES(p, i) { exposure[i] = at_least_0(exposure[i] - round_units(grant[i] * part[i] * then[i])); }
}

/* ---- interest that looks back at balances (R13, its one permitted feedback) ------------------------------------------------ */

static void usable_row(struct projection *p, int year, double *out)
{
  row_fill(p, out, 0.0);
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (class_is_usable(p->plan->reserve[r].class)) {
      if (year < 0) {
        row_fill(p, out, out[0] + p->plan->reserve[r].opening);
        continue;
      }
      const double *closing = ROW(p, closing, r, year);
      FOR_LANES(p, i) { out[i] += closing[i]; }
    }
  }
  FOR_LANES(p, i) { out[i] = round_hundredths(out[i]); }
}

/* rate x balance on the run less the same on the plan, rounded once.  sign: income lost is a cost, a deficit carried is a cost. */
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
  FOR_LANES(p, i) { out[i] = round_units(sign * (rate[i] * balance[i] - already)); }
}

void balances_year(struct projection *p, int year)
{
  double *balance = SCRATCH(p, 1);
  if (p->plan->interest_on_balances) {
    usable_row(p, year - 1, balance);
    const double planned = p->all ? balance[0] : year > 0 ? p->plan_usable[year - 1] : balance[0];
    feedback(p, TERM_BALANCES_RATE, ENGINE_BALANCES, -1.0, planned, balance, year);
  }
  deficit_row(p, year - 1, balance);
  const double planned = p->all ? balance[0] : year > 0 ? p->plan_deficit[year - 1] : balance[0];
  feedback(p, TERM_CARRYING_RATE, ENGINE_DSG_CARRYING, 1.0, planned, balance, year);
}

void reserves_year(struct projection *p, int year)
{
  for (int r = 0; r < p->plan->n_reserves; r++) {
    input_year(p, p->plan->reserve[r].input + 1, year); /* planned was taken by gap_year */
  }
  const double *gap = ROW(p, measure, M_GAP, year);
  double *need = ROW(p, measure, M_UNFUNDED, year);
  shadow_roll(p, year, gap);
  FOR_LANES(p, i) { need[i] = at_least_0(gap[i]); }
  real_roll(p, year, need);
  draws(p, year, need);
  surplus(p, year, gap);
  dsg_exposure(p, year);
  usable_row(p, year, ROW(p, measure, M_USABLE_CLOSING, year));
  if (p->plan->general_fund >= 0) {
    const double *closing = ROW(p, closing, p->plan->general_fund, year);
    double *fund = ROW(p, measure, M_GENERAL_FUND_CLOSING, year);
    FOR_LANES(p, i) { fund[i] = closing[i]; }
  }
  if (p->all) {
    double *deficit = SCRATCH(p, 1);
    deficit_row(p, year, deficit);
    p->plan_usable[year] = ROW(p, measure, M_USABLE_CLOSING, year)[0];
    p->plan_deficit[year] = deficit[0];
  }
}
