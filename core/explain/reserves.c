/* reserves.c: balances: what moves as planned, what pays for the gap and in which order (R13 to R20).
 *
 * Planned uses come in the order of the plan: each is at most what the reserve has above its floor, and where it pays for the gap at
 * most the gap that is left.  Then draws in the council's order.  The plan's own movements are rolled beside, untouched by draws. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

enum { SAVING_COST_INPUT = 3 };
enum { OWN_MOVEMENTS, THE_RUN }; /* the two rolls */

/* One planned use, as it came out.  movement: its row; n_movements: cost to achieve that the reserve meets. */
struct planned_use {
  int reserve, movement;
  bool pays;
  struct figure *taken;
};

static void opening(struct future *future, struct figure *figure, int r, const char *field, const char *words, enum working working, int year)
{
  const struct reserve *reserve = &future->plan->reserve[r];
  figure_name(future, figure, "reserve:%s.%s@%s", reserve->id, field, future->explainer->year[year]);
  figure_words(future, figure, year, "%s, %s", reserve->label, words);
  figure_is(figure, FIGURE_MONEY, projection_working(future->projection, working, r, year)[0], OP_SUM, 0.0, "");
}

static struct figure *first_balance(struct future *future, int r)
{
  const struct reserve *reserve = &future->plan->reserve[r];
  return figure_cell(future, FIGURE_MONEY, reserve->opening, &reserve->opening_origin, "%s, opening", reserve->label);
}

void build_opening(struct future *future, struct figure *figure, int r, int year)
{
  opening(future, figure, r, "opening", "at 1 April", WORKING_OPENING, year);
  if (year == 0) {
    figure_as(figure, first_balance(future, r));
    return;
  }
  figure->operation = OP_SAME;
  figure->how = "the closing balance of the year before (R14)";
  figure_add(future, figure, 1.0, figure_of(future, KIND_CLOSING, r, year - 1));
}

/* ---- planned movements -------------------------------------------------------------------------------------------- */

static double movement_value(const struct future *future, int r, int m, int year)
{
  const struct reserve *reserve = &future->plan->reserve[r];
  return m == 0 ? projection_input(future->projection, reserve->input, year)[0] : reserve->movement[m].planned[year];
}

static struct figure *movement_figure(struct future *future, int r, int m, int year)
{
  const struct reserve *reserve = &future->plan->reserve[r];
  return m == 0 ? input_figure(future, reserve->input, year)
                : figure_cell(future, FIGURE_MONEY, reserve->movement[m].planned[year], &reserve->movement[m].origin[year],
                              "%s: planned movement, %s", reserve->label, future->explainer->year[year]);
}

/* What is to be taken: a movement out, or the cost of savings. */
static struct figure *use_figure(struct future *future, int r, int m, int year)
{
  const struct plan *plan = future->plan;
  const struct reserve *reserve = &plan->reserve[r];
  struct figure *use = figure_step(future, FIGURE_MONEY, OP_SUM, 0.0, "Planned use");
  if (m < reserve->n_movements) {
    if (movement_value(future, r, m, year) < 0.0) {
      figure_add(future, use, -1.0, movement_figure(future, r, m, year));
    }
    return figure_close(use);
  }
  for (int s = 0; s < plan->n_savings; s++) {
    const struct saving *saving = &plan->saving[s];
    if (saving->has_cost && saving->cost_funding == COST_RESERVE && saving->cost_from == r) {
      figure_add(future, use, 1.0, input_figure(future, saving->input + SAVING_COST_INPUT, year));
    }
  }
  return figure_close(use);
}

static bool may_overdraw(const struct reserve *reserve)
{
  return reserve->class == RESERVE_UNUSABLE || reserve->class == RESERVE_DSG;
}

static void add_contributions(struct future *future, struct figure *figure, int r, int year)
{
  for (int m = 0; m < future->plan->reserve[r].n_movements; m++) {
    if (movement_value(future, r, m, year) > 0.0) {
      figure_add(future, figure, 1.0, movement_figure(future, r, m, year));
    }
  }
}

static struct figure *gap_to_meet(struct future *future, int year)
{
  return figure_two(future, FIGURE_MONEY, OP_GREATEST, 0.0, "The gap; nothing where there is a surplus", 1.0,
                    figure_of(future, KIND_MEASURE, M_GAP, year), 1.0, figure_engine(future, FIGURE_MONEY, 0.0, "Nothing"));
}

static struct planned_use *uses_of(struct future *future, int roll, int year)
{
  return future->use[roll] + year * future->n_uses;
}

/* What is there above the floor once contributions are in and earlier uses of the same reserve are out. */
static struct figure *above_floor(struct future *future, int roll, int n, int year)
{
  const struct planned_use *uses = uses_of(future, roll, year);
  const int r = uses[n].reserve;
  struct figure *free = figure_step(future, FIGURE_MONEY, OP_SUM, 0.01, "What it has above its floor");
  if (year == 0) {
    figure_add(future, free, 1.0, first_balance(future, r));
  } else {
    figure_add(future, free, 1.0, figure_of(future, roll == THE_RUN ? KIND_CLOSING : KIND_SHADOW, r, year - 1));
  }
  add_contributions(future, free, r, year);
  for (int before = 0; before < n; before++) {
    if (uses[before].reserve == r) {
      figure_add(future, free, -1.0, uses[before].taken);
    }
  }
  struct figure *floor = input_figure(future, future->plan->reserve[r].input + 1, year);
  if (floor->value != 0.0) {
    figure_add(future, free, -1.0, floor);
  }
  (void)figure_close(free);
  return figure_two(future, FIGURE_MONEY, OP_GREATEST, 0.0, "Above its floor, or nothing", 1.0, free, 1.0,
                    figure_engine(future, FIGURE_MONEY, 0.0, "Nothing"));
}

static struct figure *gap_left(struct future *future, int roll, int n, int year)
{
  const struct planned_use *uses = uses_of(future, roll, year);
  struct figure *left = figure_step(future, FIGURE_MONEY, OP_SUM, 0.01, "The gap that is left");
  figure_add(future, left, 1.0, gap_to_meet(future, year));
  for (int before = 0; before < n; before++) {
    if (uses[before].pays) {
      figure_add(future, left, -1.0, uses[before].taken);
    }
  }
  return figure_close(left);
}

static struct figure *taken_figure(struct future *future, int roll, int n, int year)
{
  const struct planned_use *use = &uses_of(future, roll, year)[n];
  const struct reserve *reserve = &future->plan->reserve[use->reserve];
  struct figure *wanted = use_figure(future, use->reserve, use->movement, year);
  if (wanted->value == 0.0) {
    return wanted;
  }
  struct figure *taken = figure_step(future, FIGURE_MONEY, OP_LEAST, 0.0, "%s: %s, %s%s", reserve->label,
                                     use->movement < reserve->n_movements ? "planned use" : "cost to achieve that it meets",
                                     future->explainer->year[year], roll == OWN_MOVEMENTS ? ", on the plan's own movements" : "");
  figure_add(future, taken, 1.0, wanted);
  if (!may_overdraw(reserve)) {
    figure_add(future, taken, 1.0, above_floor(future, roll, n, year));
  }
  if (use->pays) {
    figure_add(future, taken, 1.0, gap_left(future, roll, n, year));
  }
  return figure_close(taken);
}

/* Every planned use of the year, in its order; made once. */
static const struct planned_use *planned_uses(struct future *future, int roll, int year)
{
  const struct plan *plan = future->plan;
  struct planned_use *uses = uses_of(future, roll, year);
  if (future->n_uses == 0 || uses[0].taken != NULL) {
    return uses;
  }
  int n = 0;
  for (int i = 0; i < plan->n_reserves; i++) {
    const int r = plan->planned_order[i], rows = plan->reserve[r].n_movements;
    for (int m = 0; m <= rows; m++, n++) {
      const bool pays = plan->has_mtfp && (m == rows || plan->reserve[r].movement[m].for_revenue);
      const bool counts = m < rows || plan->has_mtfp;
      uses[n] = (struct planned_use){ .reserve = r, .movement = m, .pays = pays };
      uses[n].taken = counts ? taken_figure(future, roll, n, year) : figure_engine(future, FIGURE_MONEY, 0.0, "No gap is known");
    }
  }
  return uses;
}

/* Room for the uses of every year. */
bool planned_uses_init(struct future *future)
{
  const struct plan *plan = future->plan;
  for (int r = 0; r < plan->n_reserves; r++) {
    future->n_uses += plan->reserve[r].n_movements + 1;
  }
  for (int roll = OWN_MOVEMENTS; roll <= THE_RUN; roll++) {
    future->use[roll] = arena_array(future->explainer->arena, (size_t)(future->n_uses * plan->n_years) + 1, sizeof *future->use[roll]);
    if (future->use[roll] == NULL) {
      return false;
    }
  }
  return true;
}

static void add_uses(struct future *future, struct figure *figure, double sign, int roll, int r, int year)
{
  const struct planned_use *uses = planned_uses(future, roll, year);
  for (int n = 0; n < future->n_uses; n++) {
    if ((uses[n].reserve == r || (r < 0 && uses[n].pays)) && uses[n].taken->value != 0.0) {
      figure_add(future, figure, sign, uses[n].taken);
    }
  }
}

void build_moved(struct future *future, struct figure *figure, int r, int year)
{
  opening(future, figure, r, "planned", "planned movement as it came out", WORKING_MOVED, year);
  figure->grain = 0.01;
  figure->how = "planned contributions, less planned uses as far as the money is there and the gap needs it";
  add_contributions(future, figure, r, year);
  add_uses(future, figure, -1.0, THE_RUN, r, year);
  if (figure->n_parts == 0) {
    figure_nil(figure, "nothing is planned, or nothing was needed");
  }
}

void build_shadow(struct future *future, struct figure *figure, int r, int year)
{
  figure_words(future, figure, year, "%s at 31 March, on the plan's own movements alone", future->plan->reserve[r].label);
  figure_is(figure, FIGURE_MONEY, projection_working(future->projection, WORKING_SHADOW, r, year)[0], OP_SUM, 0.01,
            "as if no gap beyond the planned uses were drawn");
  figure_add(future, figure, 1.0, year == 0 ? first_balance(future, r) : figure_of(future, KIND_SHADOW, r, year - 1));
  add_contributions(future, figure, r, year);
  add_uses(future, figure, -1.0, OWN_MOVEMENTS, r, year);
}

void planned_use_figure(struct future *future, struct figure *figure, int year)
{
  figure->how = "planned uses that pay for the gap, each as far as its reserve and the gap allow";
  add_uses(future, figure, 1.0, OWN_MOVEMENTS, -1, year);
}

/* ---- draws ------------------------------------------------------------------------------------------------------------ */

/* The gap once planned uses, and the draws that come before this reserve's, have paid. */
static struct figure *still_to_meet(struct future *future, int before, int year)
{
  struct figure *left = figure_step(future, FIGURE_MONEY, OP_SUM, 0.01, "The gap still to meet");
  figure_add(future, left, 1.0, gap_to_meet(future, year));
  add_uses(future, left, -1.0, THE_RUN, -1, year);
  for (int n = 0; n < before; n++) {
    figure_add(future, left, -1.0, figure_of(future, KIND_USED, future->plan->draw[n], year));
  }
  return figure_close(left);
}

static struct figure *balance_before_draws(struct future *future, int r, int year)
{
  return figure_two(future, FIGURE_MONEY, OP_SUM, 0.01, "Its balance after planned movements", 1.0, figure_of(future, KIND_OPENING, r, year), 1.0,
                    figure_of(future, KIND_MOVED, r, year));
}

/* Down to a level: what there is above it, at most what is to be met. */
static struct figure *drawn_to(struct future *future, const char *words, const struct figure *balance, const struct figure *lowest,
                               const struct figure *need)
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
    lowest = figure_two(future, FIGURE_MONEY, OP_GREATEST, 0.0, "The minimum, or its floor if that is more", 1.0, lowest, 1.0, floor);
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
  struct figure *balance = figure_two(future, FIGURE_MONEY, OP_SUM, 0.01, "Its balance then", 1.0, balance_before_draws(future, fund, year), -1.0, above);
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
  opening(future, figure, r, "used", "drawn for the gap", WORKING_USED, year);
  const int place = place_in_order(plan, r);
  if (r == plan->general_fund) {
    figure->how = "last: above the council's own minimum, then below it (R15)";
    figure_add(future, figure, 1.0, above_minimum(future, year));
    figure_add(future, figure, 1.0, figure_of(future, KIND_MEASURE, M_USED_BELOW_MINIMUM, year));
  } else if (place < 0) {
    figure_nil(figure, "a reserve of this class is never drawn for the gap (R16)");
  } else {
    figure_as(figure, drawn_to(future, "Drawn", balance_before_draws(future, r, year), floor_of(future, r, year), still_to_meet(future, place, year)));
    figure->how = "in the council's order: the gap still to meet, at most what is above the floor (R15)";
  }
}

void build_surplus(struct future *future, struct figure *figure, int r, int year)
{
  opening(future, figure, r, "surplus", "surplus paid in", WORKING_SURPLUS, year);
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
  opening(future, figure, r, "closing", "at 31 March", WORKING_CLOSING, year);
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
  add_uses(future, figure, -1.0, THE_RUN, -1, year);
  for (int n = 0; n < plan->n_draw; n++) {
    figure_add(future, figure, -1.0, figure_of(future, KIND_USED, plan->draw[n], year));
  }
  if (plan->general_fund >= 0) {
    figure_add(future, figure, -1.0, figure_of(future, KIND_USED, plan->general_fund, year));
  }
}

/* ---- over all reserves -------------------------------------------------------------------------------------------------- */

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
