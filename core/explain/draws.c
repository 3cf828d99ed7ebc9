/* draws.c: what pays for the gap once planned uses have, in the council's order, and balances at the end of a year (R14
 * to R19). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

/* The gap once planned uses, and the draws that come before this reserve's, have paid. */
static struct figure *still_to_meet(struct future *future, int before, int year)
{
  struct figure *left = figure_step(future, FIGURE_MONEY, OP_SUM, 0.01, "The gap still to meet");
  figure_add(future, left, 1.0, gap_to_meet(future, year));
  add_planned_uses(future, left, -1.0, THE_RUN, -1, year);
  for (int n = 0; n < before; n++) {
    figure_add(future, left, -1.0, figure_of(future, KIND_USED, future->plan->draw[n], year));
  }
  return figure_close(left);
}

static struct figure *balance_before_draws(struct future *future, int r, int year)
{
  return figure_two(future, FIGURE_MONEY, OP_SUM, 0.01, "Its balance after planned movements", 1.0,
                    figure_of(future, KIND_OPENING, r, year), 1.0, figure_of(future, KIND_MOVED, r, year));
}

/* Down to a level: what there is above it, at most what is to be met. */
static struct figure *drawn_to(struct future *future, const char *words, const struct figure *balance,
                               const struct figure *lowest, const struct figure *need)
{
  struct figure *above = figure_two(future, FIGURE_MONEY, OP_SUM, 0.01, "Balance above it", 1.0, balance, -1.0, lowest);
  struct figure *there = figure_two(future, FIGURE_MONEY, OP_GREATEST, 0.0, "Above it, or nothing", 1.0, above, 1.0,
                                    figure_engine(future, FIGURE_MONEY, 0.0, "Nothing"));
  return figure_two(future, FIGURE_MONEY, OP_LEAST, 0.0, words, 1.0, need, 1.0, there);
}

static struct figure *floor_of(struct future *future, int r, int year)
{
  return input_figure(future, future->plan->reserve[r].input + 1, year);
}

static struct figure *above_minimum(struct future *future, int year)
{
  const int fund = future->plan->general_fund;
  struct figure *lowest = figure_of(future, KIND_MEASURE, M_MINIMUM, year);
  struct figure *floor = floor_of(future, fund, year);
  if (floor->value > 0.0) {
    lowest = figure_two(future, FIGURE_MONEY, OP_GREATEST, 0.0, "The minimum, or its floor if that is more", 1.0,
                        lowest, 1.0, floor);
  }
  return drawn_to(future, "Drawn above the minimum", balance_before_draws(future, fund, year), lowest,
                  still_to_meet(future, future->plan->n_draw, year));
}

void below_minimum_figure(struct future *future, struct figure *figure, int year)
{
  const int fund = future->plan->general_fund;
  if (fund < 0) {
    figure_nil(figure, "the folder has no General Fund");
    return;
  }
  struct figure *above = above_minimum(future, year);
  struct figure *balance = figure_two(future, FIGURE_MONEY, OP_SUM, 0.01, "Its balance then", 1.0,
                                      balance_before_draws(future, fund, year), -1.0, above);
  struct figure *need = figure_two(future, FIGURE_MONEY, OP_SUM, 0.01, "The gap still to meet then", 1.0,
                                   still_to_meet(future, future->plan->n_draw, year), -1.0, above);
  figure_as(figure, drawn_to(future, "Drawn below the minimum", balance, floor_of(future, fund, year), need));
  figure->how = "what is still to be met once the General Fund stands at its minimum, down to its floor";
}

static int place_in_order(const struct plan *plan, int r)
{
  for (int n = 0; n < plan->n_draw; n++) {
    if (plan->draw[n] == r) {
      return n;
    }
  }
  return -1;
}

void build_used(struct future *future, struct figure *figure, int r, int year)
{
  const struct plan *plan = future->plan;
  reserve_figure(future, figure, r, "used", "drawn for the gap", WORKING_USED, year);
  const int place = place_in_order(plan, r);
  if (r == plan->general_fund) {
    figure->how = "last: above the council's own minimum, then below it (R15)";
    figure_add(future, figure, 1.0, above_minimum(future, year));
    figure_add(future, figure, 1.0, figure_of(future, KIND_MEASURE, M_USED_BELOW_MINIMUM, year));
  } else if (place < 0) {
    figure_nil(figure, "a reserve of this class is never drawn for the gap (R16)");
  } else {
    figure_as(figure, drawn_to(future, "Drawn", balance_before_draws(future, r, year), floor_of(future, r, year),
                               still_to_meet(future, place, year)));
    figure->how = "in the council's order: the gap still to meet, at most what is above the floor (R15)";
  }
}

void build_surplus(struct future *future, struct figure *figure, int r, int year)
{
  reserve_figure(future, figure, r, "surplus", "surplus paid in", WORKING_SURPLUS, year);
  if (r != future->plan->surplus_to || !future->plan->has_mtfp) {
    figure_nil(figure, "the council's policy pays no surplus in here (R19)");
    return;
  }
  figure->operation = OP_GREATEST;
  figure->how = "a gap below zero is a surplus, and the policy pays it in here (R19)";
  figure_add(future, figure, -1.0, figure_of(future, KIND_MEASURE, M_GAP, year));
  figure_add(future, figure, 1.0, figure_engine(future, FIGURE_MONEY, 0.0, "Nothing"));
}

void build_closing(struct future *future, struct figure *figure, int r, int year)
{
  reserve_figure(future, figure, r, "closing", "at 31 March", WORKING_CLOSING, year);
  figure->grain = 0.01;
  figure->how = "opening and planned movement and surplus paid in, less what is drawn for the gap (R14)";
  figure_add(future, figure, 1.0, figure_of(future, KIND_OPENING, r, year));
  figure_add(future, figure, 1.0, figure_of(future, KIND_MOVED, r, year));
  if (r == future->plan->surplus_to) {
    figure_add(future, figure, 1.0, figure_of(future, KIND_SURPLUS, r, year));
  }
  figure_add(future, figure, -1.0, figure_of(future, KIND_USED, r, year));
}

void unfunded_figure(struct future *future, struct figure *figure, int year)
{
  const struct plan *plan = future->plan;
  figure->how = "the gap, less planned uses that were there and every draw: no usable reserve is left to meet it";
  figure->grain = 0.01;
  figure_add(future, figure, 1.0, gap_to_meet(future, year));
  add_planned_uses(future, figure, -1.0, THE_RUN, -1, year);
  for (int n = 0; n < plan->n_draw; n++) {
    figure_add(future, figure, -1.0, figure_of(future, KIND_USED, plan->draw[n], year));
  }
  if (plan->general_fund >= 0) {
    figure_add(future, figure, -1.0, figure_of(future, KIND_USED, plan->general_fund, year));
  }
}

/* ---- over all reserves --------------------------------------------------------------------------------- */

void build_drawn(struct future *future, struct figure *figure, int item, int year)
{
  (void)item;
  figure_name(future, figure, "drawn@%s", future->explainer->year[year]);
  figure_words(future, figure, year, "Drawn from reserves, unplanned");
  figure_is(figure, FIGURE_MONEY, 0.0, OP_SUM, 0.0, "every draw of the year");
  for (int r = 0; r < future->plan->n_reserves; r++) {
    if (class_is_usable(future->plan->reserve[r].class)) {
      figure_add(future, figure, 1.0, figure_of(future, KIND_USED, r, year));
    }
  }
  (void)figure_close(figure);
}

void build_deficit(struct future *future, struct figure *figure, int item, int year)
{
  (void)item;
  figure_words(future, figure, year, "DSG deficit at 31 March");
  figure_is(figure, FIGURE_MONEY, 0.0, OP_SUM, 0.0, "DSG balances below zero");
  for (int r = 0; r < future->plan->n_reserves; r++) {
    if (future->plan->reserve[r].class == RESERVE_DSG) {
      struct figure *closing = figure_of(future, KIND_CLOSING, r, year);
      if (closing->value < 0.0) {
        figure_add(future, figure, -1.0, closing);
      }
    }
  }
  (void)figure_close(figure);
}
