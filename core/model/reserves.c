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
  return !p->varies.reserve[r];
}

static bool moves(const struct projection *p, int r, int year)
{
  return p->varies.moves[r * p->n_years + year];
}

/* The plan's own movements begin where the plan does. */
static void open_balances(struct projection *p, int r, int year, double *out)
{
  const double *last = year > 0 ? ROW(p, shadow, r, year - 1) : opening_row(p, r, 0);
  FOR_LANES(p, i)
  {
    out[i] = last[i];
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
  const bool overdraw = may_overdraw(reserve), in_pence = p->in_pence;
  FOR_LANES(p, i)
  {
    const double there = overdraw ? use[i] : at_least_0(penny(balance[i] - floor[i], in_pence));
    double out = smaller(use[i], there);
    if (need != NULL) {
      out = smaller(out, need[i]);
      need[i] = penny(need[i] - out, in_pence);
    }
    balance[i] = penny(balance[i] - out, in_pence);
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
  const bool in_pence = p->in_pence;
  if (!moves(p, r, year)) {
    return;
  }
  for (int m = 0; m < p->plan->reserve[r].n_movements; m++) {
    const double *planned = movement_row(p, r, m, year);
    FOR_LANES(p, i)
    {
      balance[i] = penny(balance[i] + at_least_0(planned[i]), in_pence);
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
  const bool in_pence = p->in_pence;
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
    missing[i] = at_least_0(penny(smaller(in[i], out[i]) - missing[i], in_pence));
  }
  return any;
}

/* In the order of planned uses, each at most its own moves in. */
static void take_back_missing(struct projection *p, struct rows *balances, struct rows *taken, struct rows *missed,
                              int year)
{
  double *missing = SCRATCH(p, 7);
  const bool in_pence = p->in_pence;
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
      balance[i] = penny(balance[i] - back[i], in_pence);
      missing[i] = penny(missing[i] - back[i], in_pence);
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
  const bool in_pence = p->in_pence;
  FOR_LANES(p, i)
  {
    need[i] = planned_use[i] = at_least_0(gap[i]);
  }
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (!stands(p, r)) {
      double *balance = ROW(p, shadow, r, year);
      open_balances(p, r, year, balance);
      contributions(p, r, year, balance);
    }
  }
  planned_roll(p, &p->shadow, &p->shortfall, &p->shadow_missed, year, p->plan->has_mtfp ? need : NULL);
  FOR_LANES(p, i)
  {
    planned_use[i] = penny(planned_use[i] - need[i], in_pence);
  }
}

/* Rules 1 and 5 on the run's own balances: what was planned, and what of it was no longer there. */
static void real_roll(struct projection *p, int year, double *need)
{
  const bool in_pence = p->in_pence;
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (stands(p, r)) {
      continue;
    }
    const double *opening = opening_row(p, r, year);
    double *closing = ROW(p, closing, r, year);
    FOR_LANES(p, i)
    {
      closing[i] = opening[i];
    }
    contributions(p, r, year, closing);
  }
  planned_roll(p, &p->closing, &p->taken, &p->missed, year, p->plan->has_mtfp ? need : NULL);
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (!moves(p, r, year)) {
      continue; /* nothing moved, nothing short: 0 from the start */
    }
    const double *opening = opening_row(p, r, year), *closing = ROW(p, closing, r, year),
                 *taken = ROW(p, taken, r, year);
    double *moved = ROW(p, moved, r, year), *shortfall = ROW(p, shortfall, r, year);
    FOR_LANES(p, i)
    {
      moved[i] = penny(closing[i] - opening[i], in_pence);
      shortfall[i] = at_least_0(penny(shortfall[i] - taken[i], in_pence));
    }
  }
}

/* A year in which nothing is planned: what is drawn is drawn from the opening balance, and the rest stays. */
static void still_roll(struct projection *p, int year)
{
  for (int r = 0; r < p->plan->n_reserves; r++) {
    const bool is_drawn = p->plan->reserve[r].draw_order > 0 || r == p->plan->general_fund;
    if (is_drawn || stands(p, r)) {
      continue;
    }
    const double *opening = opening_row(p, r, year);
    double *closing = ROW(p, closing, r, year);
    FOR_LANES(p, i)
    {
      closing[i] = opening[i];
    }
  }
}

/* ---- what pays for the gap ----------------------------------------------------------------------------- */

/* from: the balance before; it may be closing itself. */
BY_ITSELF void draw_lanes(const struct projection *p, const double *from, const double *lowest, bool in_pence,
                          double *closing, double *used, double *need)
{
  FOR_LANES(p, i)
  {
    const double before = from[i], wanted = need[i];
    const double out = smaller(wanted, at_least_0(penny(before - lowest[i], in_pence)));
    closing[i] = penny(before - out, in_pence);
    used[i] = out;
    need[i] = penny(wanted - out, in_pence);
  }
}

/* The General Fund: above its minimum, then below it. */
BY_ITSELF void draw_fund_lanes(const struct projection *p, const double *from, const double *minimum,
                               const double *floor, bool in_pence, double *closing, double *used, double *below,
                               double *need)
{
  FOR_LANES(p, i)
  {
    const double before = from[i], wanted = need[i];
    const double lowest = minimum[i] > floor[i] ? minimum[i] : floor[i];
    const double above = smaller(wanted, at_least_0(penny(before - lowest, in_pence)));
    const double left = penny(before - above, in_pence), wanting = penny(wanted - above, in_pence);
    const double under = smaller(wanting, at_least_0(penny(left - floor[i], in_pence)));
    closing[i] = penny(left - under, in_pence);
    used[i] = above + under;
    below[i] = penny(above + under - above, in_pence);
    need[i] = penny(wanting - under, in_pence);
  }
}

/* Rule 2.  moved: something was planned this year, and the closing row holds what is left of it. */
static void draws(struct projection *p, int year, bool moved, double *need)
{
  for (int n = 0; n < p->plan->n_draw; n++) {
    const int r = p->plan->draw[n];
    double *closing = ROW(p, closing, r, year), *used = ROW(p, used, r, year);
    const double *from = moved ? closing : opening_row(p, r, year);
    const double *floor = ROW(p, input, p->plan->reserve[r].input + 1, year);
    if (p->in_pence) {
      draw_lanes(p, from, floor, true, closing, used, need);
    } else {
      draw_lanes(p, from, floor, false, closing, used, need);
    }
  }
  double *below = ROW(p, measure, M_USED_BELOW_MINIMUM, year);
  const int fund = p->plan->general_fund;
  if (fund < 0) {
    row_fill(p, below, 0.0);
    return;
  }
  const double *minimum = ROW(p, measure, M_MINIMUM, year),
               *floor = ROW(p, input, p->plan->reserve[fund].input + 1, year);
  double *closing = ROW(p, closing, fund, year), *used = ROW(p, used, fund, year);
  const double *from = moved ? closing : opening_row(p, fund, year);
  if (p->in_pence) {
    draw_fund_lanes(p, from, minimum, floor, true, closing, used, below, need);
  } else {
    draw_fund_lanes(p, from, minimum, floor, false, closing, used, below, need);
  }
}

/* Rule 4 */
static void surplus(struct projection *p, int year, const double *gap)
{
  const bool in_pence = p->in_pence;
  const int to = p->plan->surplus_to;
  if (to < 0 || !p->plan->has_mtfp) {
    return;
  }
  double *closing = ROW(p, closing, to, year), *added = ROW(p, surplus, to, year);
  FOR_LANES(p, i)
  {
    added[i] = at_least_0(-gap[i]);
    closing[i] = penny(closing[i] + added[i], in_pence);
  }
}

void reserves_year(struct projection *p, int year)
{
  for (int r = 0; r < p->plan->n_reserves; r++) {
    input_year(p, p->plan->reserve[r].input + 1, year); /* planned was taken by gap_year */
  }
  const double *gap = ROW(p, measure, M_GAP, year);
  double *need = ROW(p, measure, M_UNFUNDED, year);
  const bool moved = p->varies.moves_in[year];
  if (p->varies.shadow) {
    shadow_roll(p, year, gap);
  }
  FOR_LANES(p, i)
  {
    need[i] = at_least_0(gap[i]);
  }
  if (moved) {
    real_roll(p, year, need);
  } else {
    still_roll(p, year);
  }
  draws(p, year, moved, need);
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
