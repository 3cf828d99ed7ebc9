/* reserves.c: balances of one year: what moves as planned, what pays for the gap and in which order (R13 to R20,
 * format.md section 7).
 *
 * (1) Contributions first; then planned uses, each at most the balance above the floor: those outside revenue, then
 * those that pay for the gap, at most the gap left.  A move between reserves arrives only as far as it came out. (2)
 * Then the draw order above floors, the General Fund above its minimum, below it (a policy breach), and the rest is
 * unfunded. (3) Ring-fenced, committed, capital, unusable and DSG balances are never drawn (R16). (4) A surplus goes to
 * the reserve that the policy names, or nowhere (R19). (5) The plan's own movements are rolled beside it, untouched by
 * draws: what a draw took from a later planned use is the shortfall. Balances are whole pence at every step, so that
 * nothing is left over of a subtraction. */
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
    FOR_LANES(p, i)
    {
      out[i] = last[i];
    }
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
      FOR_LANES(p, i)
      {
        out[i] += cost[i];
      }
    }
  }
}

/* Unusable and DSG balances may run below zero: they are accounts, not money. */
static bool may_overdraw(const struct reserve *reserve)
{
  return reserve->class == RESERVE_UNUSABLE || reserve->class == RESERVE_DSG;
}

/* Takes `use` from a balance: what there is above the floor, and no more than the gap left where it pays for the gap.
 */
static void take(const struct projection *p, const struct reserve *reserve, const double *floor, const double *use,
                 double *balance, double *need, double *taken)
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

/* The planned uses of one reserve: those outside revenue, or those that pay for the gap.  need: the gap left; NULL
 * where the folder has none. */
static void planned_uses(struct projection *p, int r, bool for_revenue, int year, double *balance, double *need,
                         double *taken)
{
  const struct reserve *reserve = &p->plan->reserve[r];
  const double *floor = ROW(p, input, reserve->input + 1, year);
  double *use = SCRATCH(p, 3);
  for (int m = 0; m < reserve->n_movements; m++) {
    if (reserve->movement[m].for_revenue == for_revenue) {
      const double *planned = movement_row(p, r, m, year);
      FOR_LANES(p, i)
      {
        use[i] = at_least_0(-planned[i]);
      }
      take(p, reserve, floor, use, balance, need, taken);
    }
  }
  if (for_revenue && need != NULL) {
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
    FOR_LANES(p, i)
    {
      balance[i] = round_hundredths(balance[i] + at_least_0(planned[i]));
    }
  }
}

/* ---- moves between reserves: what one no longer has cannot reach another (R14) ------------------------- */

/* Adds what is planned to move into or out of one revenue reserve from outside revenue; false when it has no such row.
 */
static bool add_outside(struct projection *p, int r, int year, double *in, double *out)
{
  const struct reserve *reserve = &p->plan->reserve[r];
  bool any = false;
  for (int m = 0; m < reserve->n_movements && (class_is_usable(reserve->class) || reserve->class == RESERVE_COMMITTED);
       m++) {
    if (!reserve->movement[m].for_revenue && moves(p, r, year)) {
      const double *planned = movement_row(p, r, m, year);
      FOR_LANES(p, i)
      {
        in[i] += at_least_0(planned[i]);
        out[i] += at_least_0(-planned[i]);
      }
      any = true;
    }
  }
  return any;
}

/* The part of the moves in that was to come out of other revenue reserves, and did not. */
static bool missing_moves(struct projection *p, struct rows *taken, int year, double *missing)
{
  double *in = SCRATCH(p, 3), *out = SCRATCH(p, 4);
  bool any = false;
  row_fill(p, in, 0.0);
  row_fill(p, out, 0.0);
  row_fill(p, missing, 0.0);
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (add_outside(p, r, year, in, out)) {
      const double *given = row_of(p, taken, r, year);
      FOR_LANES(p, i)
      {
        missing[i] += given[i];
      }
      any = true;
    }
  }
  FOR_LANES(p, i)
  {
    missing[i] = at_least_0(round_hundredths(smaller(in[i], out[i]) - missing[i]));
  }
  return any;
}

/* In the order of planned uses, each at most its own moves in. */
static void take_back_missing(struct projection *p, struct rows *balances, struct rows *taken, struct rows *missed,
                              int year)
{
  double *missing = SCRATCH(p, 7);
  if (!missing_moves(p, taken, year, missing)) {
    return; /* 0 from the start */
  }
  for (int n = 0; n < p->plan->n_reserves; n++) {
    const int r = p->plan->planned_order[n];
    double *in = SCRATCH(p, 3), *out = SCRATCH(p, 4);
    row_fill(p, in, 0.0);
    if (!add_outside(p, r, year, in, out)) {
      continue;
    }
    double *balance = row_of(p, balances, r, year), *back = row_of(p, missed, r, year);
    FOR_LANES(p, i)
    {
      back[i] = smaller(smaller(missing[i], in[i]), at_least_0(balance[i]));
      balance[i] = round_hundredths(balance[i] - back[i]);
      missing[i] = round_hundredths(missing[i] - back[i]);
    }
  }
}

/* ---- the year's planned movements, on either roll ------------------------------------------------------ */

/* Rule 1 once contributions are in.  taken: by reserve, all planned uses; missed: moves in that did not come. */
static void planned_roll(struct projection *p, struct rows *balances, struct rows *taken, struct rows *missed, int year,
                         double *need)
{
  for (int n = 0; n < p->plan->n_reserves; n++) {
    const int r = p->plan->planned_order[n];
    if (moves(p, r, year)) {
      row_fill(p, row_of(p, taken, r, year), 0.0);
      planned_uses(p, r, false, year, row_of(p, balances, r, year), NULL, row_of(p, taken, r, year));
    }
  }
  take_back_missing(p, balances, taken, missed, year);
  for (int n = 0; n < p->plan->n_reserves; n++) {
    const int r = p->plan->planned_order[n];
    if (moves(p, r, year)) {
      planned_uses(p, r, true, year, row_of(p, balances, r, year), need, row_of(p, taken, r, year));
    }
  }
}

/* Rule 5: the plan's own movements on their own balances.  Fills planned_use and what was to be taken from each
 * reserve. */
static void shadow_roll(struct projection *p, int year, const double *gap)
{
  double *need = SCRATCH(p, 1), *planned_use = ROW(p, measure, M_PLANNED_USE, year);
  FOR_LANES(p, i)
  {
    need[i] = planned_use[i] = at_least_0(gap[i]);
  }
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (!stands(p, r)) {
      double *balance = ROW(p, shadow, r, year);
      open_balances(p, &p->shadow, r, year, balance);
      contributions(p, r, year, balance);
    }
  }
  planned_roll(p, &p->shadow, &p->shortfall, &p->shadow_missed, year, p->plan->has_mtfp ? need : NULL);
  FOR_LANES(p, i)
  {
    planned_use[i] = round_hundredths(planned_use[i] - need[i]);
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
    FOR_LANES(p, i)
    {
      closing[i] = opening[i];
    }
    contributions(p, r, year, closing);
    row_fill(p, ROW(p, used, r, year), 0.0);
    row_fill(p, ROW(p, surplus, r, year), 0.0);
  }
  planned_roll(p, &p->closing, &p->taken, &p->missed, year, p->plan->has_mtfp ? need : NULL);
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (!moves(p, r, year)) {
      continue; /* nothing moved, nothing short: 0 from the start */
    }
    const double *opening = ROW(p, opening, r, year), *closing = ROW(p, closing, r, year),
                 *taken = ROW(p, taken, r, year);
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
  const double *minimum = ROW(p, measure, M_MINIMUM, year),
               *floor = ROW(p, input, p->plan->reserve[fund].input + 1, year);
  double *lowest = SCRATCH(p, 2);
  FOR_LANES(p, i)
  {
    lowest[i] = minimum[i] > floor[i] ? minimum[i] : floor[i];
  }
  draw(p, fund, year, lowest, need);
  const double *used = ROW(p, used, fund, year);
  FOR_LANES(p, i)
  {
    below[i] = -used[i];
  }
  draw(p, fund, year, floor, need);
  FOR_LANES(p, i)
  {
    below[i] = round_hundredths(below[i] + used[i]);
  }
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

void reserves_year(struct projection *p, int year)
{
  for (int r = 0; r < p->plan->n_reserves; r++) {
    input_year(p, p->plan->reserve[r].input + 1, year); /* planned was taken by gap_year */
  }
  const double *gap = ROW(p, measure, M_GAP, year);
  double *need = ROW(p, measure, M_UNFUNDED, year);
  shadow_roll(p, year, gap);
  FOR_LANES(p, i)
  {
    need[i] = at_least_0(gap[i]);
  }
  real_roll(p, year, need);
  draws(p, year, need);
  surplus(p, year, gap);
  dsg_exposure_year(p, year);
  usable_balance_row(p, year, ROW(p, measure, M_USABLE_CLOSING, year));
  if (p->plan->general_fund >= 0) {
    const double *closing = ROW(p, closing, p->plan->general_fund, year);
    double *fund = ROW(p, measure, M_GENERAL_FUND_CLOSING, year);
    FOR_LANES(p, i)
    {
      fund[i] = closing[i];
    }
  }
  if (p->all) {
    double *deficit = SCRATCH(p, 1);
    dsg_deficit_row(p, year, deficit);
    p->plan_usable[year] = ROW(p, measure, M_USABLE_CLOSING, year)[0];
    p->plan_deficit[year] = deficit[0];
  }
}
