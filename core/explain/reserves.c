/* reserves.c: balances: what moves as planned, what pays for the gap and in which order (R13 to R20).
 *
 * Planned uses outside revenue come first, each at most what the reserve has above its floor; what did not come out of
 * one reserve cannot move into another; then those that pay for the gap, at most the gap that is left.  Then draws in
 * the council's order: draws.c.  The plan's own movements are rolled beside, untouched by draws. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

enum { SAVING_COST_INPUT = 3 };

/* One planned use, as it came out.  movement: its row; n_movements: cost to achieve that the reserve meets. */
struct planned_use {
  int reserve, movement;
  bool outside; /* revenue */
  bool pays;
  struct figure *taken;
};

void reserve_figure(struct future *future, struct figure *figure, int r, const char *field, const char *words,
                    enum working working, int year)
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
  reserve_figure(future, figure, r, "opening", "at 1 April", WORKING_OPENING, year);
  if (year == 0) {
    figure_as(figure, first_balance(future, r));
    return;
  }
  figure->operation = OP_SAME;
  figure->how = "the closing balance of the year before (R14)";
  figure_add(future, figure, 1.0, figure_of(future, KIND_CLOSING, r, year - 1));
}

/* ---- planned movements --------------------------------------------------------------------------------- */

static double movement_value(const struct future *future, int r, int m, int year)
{
  const struct reserve *reserve = &future->plan->reserve[r];
  return m == 0 ? projection_input(future->projection, reserve->input, year)[0] : reserve->movement[m].planned[year];
}

static struct figure *movement_figure(struct future *future, int r, int m, int year)
{
  const struct reserve *reserve = &future->plan->reserve[r];
  return m == 0
             ? input_figure(future, reserve->input, year)
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

struct figure *gap_to_meet(struct future *future, int year)
{
  return figure_two(future, FIGURE_MONEY, OP_GREATEST, 0.0, "The gap; nothing where there is a surplus", 1.0,
                    figure_of(future, KIND_MEASURE, M_GAP, year), 1.0,
                    figure_engine(future, FIGURE_MONEY, 0.0, "Nothing"));
}

static struct planned_use *uses_of(struct future *future, int roll, int year)
{
  return future->use[roll] + (size_t)year * (size_t)future->n_uses;
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
  struct figure *missed =
      uses[n].outside ? NULL : figure_of(future, roll == THE_RUN ? KIND_MISSED : KIND_SHADOW_MISSED, r, year);
  if (missed != NULL && missed->value != 0.0) {
    figure_add(future, free, -1.0, missed);
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
  struct figure *taken =
      figure_step(future, FIGURE_MONEY, OP_LEAST, 0.0, "%s: %s, %s%s", reserve->label,
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

static void add_use(struct future *future, int roll, int n, struct planned_use use, int year)
{
  uses_of(future, roll, year)[n] = use;
  uses_of(future, roll, year)[n].taken = taken_figure(future, roll, n, year);
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
  for (int outside = 1; outside >= 0; outside--) {
    for (int i = 0; i < plan->n_reserves; i++) {
      const int r = plan->planned_order[i], rows = plan->reserve[r].n_movements;
      for (int m = 0; m < rows; m++) {
        if (plan->reserve[r].movement[m].for_revenue == (outside == 0)) {
          add_use(future, roll, n++, (struct planned_use){ r, m, outside == 1, outside == 0 && plan->has_mtfp, NULL },
                  year);
        }
      }
      if (outside == 0 && plan->has_mtfp) {
        add_use(future, roll, n++, (struct planned_use){ r, rows, false, true, NULL }, year);
      }
    }
  }
  return uses;
}

/* Room for the uses of every year. */
bool planned_uses_init(struct future *future)
{
  const struct plan *plan = future->plan;
  for (int r = 0; r < plan->n_reserves; r++) {
    future->n_uses += plan->reserve[r].n_movements + (plan->has_mtfp ? 1 : 0);
  }
  for (int roll = OWN_MOVEMENTS; roll <= THE_RUN; roll++) {
    future->use[roll] =
        arena_array(future->explainer->arena, (size_t)(future->n_uses * plan->n_years) + 1, sizeof *future->use[roll]);
    if (future->use[roll] == NULL) {
      return false;
    }
  }
  return true;
}

/* ---- moves between reserves: what one no longer has cannot reach another (R14) ------------------------- */

static bool moves_outside(const struct reserve *reserve, int m)
{
  return !reserve->movement[m].for_revenue && (class_is_usable(reserve->class) || reserve->class == RESERVE_COMMITTED);
}

/* Adds the moves of one revenue reserve from outside revenue: those in, or those out. */
static void add_moves(struct future *future, struct figure *figure, int r, bool in, int year)
{
  for (int m = 0; m < future->plan->reserve[r].n_movements; m++) {
    const double planned = movement_value(future, r, m, year);
    if (moves_outside(&future->plan->reserve[r], m) && (in ? planned > 0.0 : planned < 0.0)) {
      figure_add(future, figure, in ? 1.0 : -1.0, movement_figure(future, r, m, year));
    }
  }
}

static struct figure *all_moves(struct future *future, bool in, int year)
{
  struct figure *sum =
      figure_step(future, FIGURE_MONEY, OP_SUM, 0.0, in ? "Moves into reserves" : "Moves out of reserves");
  for (int r = 0; r < future->plan->n_reserves; r++) {
    add_moves(future, sum, r, in, year);
  }
  return figure_close(sum);
}

/* Moves that were to come out of other reserves and did not, less what those before in the order have missed. */
static struct figure *missing(struct future *future, int roll, int r, int year)
{
  const struct plan *plan = future->plan;
  const struct planned_use *uses = planned_uses(future, roll, year);
  struct figure *due = figure_two(future, FIGURE_MONEY, OP_LEAST, 0.0, "Moves in that other reserves were to pay", 1.0,
                                  all_moves(future, true, year), 1.0, all_moves(future, false, year));
  struct figure *left = figure_two(future, FIGURE_MONEY, OP_SUM, 0.01, "Of it, what did not come out", 1.0, due, -1.0,
                                   figure_engine(future, FIGURE_MONEY, 0.0, "Nothing"));
  for (int n = 0; n < future->n_uses; n++) {
    const struct reserve *reserve = &plan->reserve[uses[n].reserve];
    if (uses[n].outside && moves_outside(reserve, uses[n].movement) && uses[n].taken->value != 0.0) {
      figure_add(future, left, -1.0, uses[n].taken);
    }
  }
  struct figure *short_of = figure_two(future, FIGURE_MONEY, OP_GREATEST, 0.0, "Missing, or nothing", 1.0,
                                       figure_close(left), 1.0, figure_engine(future, FIGURE_MONEY, 0.0, "Nothing"));
  struct figure *still = figure_step(future, FIGURE_MONEY, OP_SUM, 0.01, "Missing still");
  figure_add(future, still, 1.0, short_of);
  for (int i = 0; i < plan->n_reserves && plan->planned_order[i] != r; i++) {
    struct figure *before =
        figure_of(future, roll == THE_RUN ? KIND_MISSED : KIND_SHADOW_MISSED, plan->planned_order[i], year);
    if (before->value != 0.0) {
      figure_add(future, still, -1.0, before);
    }
  }
  return figure_close(still);
}

static struct figure *balance_then(struct future *future, int roll, int r, int year)
{
  const struct planned_use *uses = planned_uses(future, roll, year);
  struct figure *balance = figure_step(future, FIGURE_MONEY, OP_SUM, 0.01, "Its balance then");
  figure_add(future, balance, 1.0,
             year == 0 ? first_balance(future, r)
                       : figure_of(future, roll == THE_RUN ? KIND_CLOSING : KIND_SHADOW, r, year - 1));
  add_contributions(future, balance, r, year);
  for (int n = 0; n < future->n_uses; n++) {
    if (uses[n].outside && uses[n].reserve == r && uses[n].taken->value != 0.0) {
      figure_add(future, balance, -1.0, uses[n].taken);
    }
  }
  return figure_two(future, FIGURE_MONEY, OP_GREATEST, 0.0, "Its balance then, or nothing", 1.0, figure_close(balance),
                    1.0, figure_engine(future, FIGURE_MONEY, 0.0, "Nothing"));
}

static void missed(struct future *future, struct figure *figure, int roll, int r, int year)
{
  const enum working working = roll == THE_RUN ? WORKING_MISSED : WORKING_SHADOW_MISSED;
  figure_words(future, figure, year, "%s, moves in that did not come out of another reserve",
               future->plan->reserve[r].label);
  figure_is(figure, FIGURE_MONEY, projection_working(future->projection, working, r, year)[0], OP_LEAST, 0.0,
            "what is missing, at most its own moves in and its balance (R14)");
  if (figure->value == 0.0) {
    figure_nil(figure, "nothing that was to move in is missing");
    return;
  }
  struct figure *in = figure_step(future, FIGURE_MONEY, OP_SUM, 0.0, "Its own moves in");
  add_moves(future, in, r, true, year);
  figure_add(future, figure, 1.0, missing(future, roll, r, year));
  figure_add(future, figure, 1.0, figure_close(in));
  figure_add(future, figure, 1.0, balance_then(future, roll, r, year));
}

void build_missed(struct future *future, struct figure *figure, int r, int year)
{
  missed(future, figure, THE_RUN, r, year);
}

void build_shadow_missed(struct future *future, struct figure *figure, int r, int year)
{
  missed(future, figure, OWN_MOVEMENTS, r, year);
}

/* ---- movements as they came out ------------------------------------------------------------------------ */

void add_planned_uses(struct future *future, struct figure *figure, double sign, int roll, int r, int year)
{
  const struct planned_use *uses = planned_uses(future, roll, year);
  for (int n = 0; n < future->n_uses; n++) {
    if ((uses[n].reserve == r || (r < 0 && uses[n].pays)) && uses[n].taken->value != 0.0) {
      figure_add(future, figure, sign, uses[n].taken);
    }
  }
}

static void add_missed(struct future *future, struct figure *figure, enum kind kind, int r, int year)
{
  struct figure *gone = figure_of(future, kind, r, year);
  if (gone->value != 0.0) {
    figure_add(future, figure, -1.0, gone);
  }
}

void build_moved(struct future *future, struct figure *figure, int r, int year)
{
  reserve_figure(future, figure, r, "planned", "planned movement as it came out", WORKING_MOVED, year);
  figure->grain = 0.01;
  figure->how = "planned contributions, less planned uses as far as the money is there and the gap needs it";
  add_contributions(future, figure, r, year);
  add_planned_uses(future, figure, -1.0, THE_RUN, r, year);
  add_missed(future, figure, KIND_MISSED, r, year);
  if (figure->n_parts == 0) {
    figure_nil(figure, "nothing is planned, or nothing was needed");
  }
}

void build_shadow(struct future *future, struct figure *figure, int r, int year)
{
  figure_words(future, figure, year, "%s at 31 March, on the plan's own movements alone",
               future->plan->reserve[r].label);
  figure_is(figure, FIGURE_MONEY, projection_working(future->projection, WORKING_SHADOW, r, year)[0], OP_SUM, 0.01,
            "as if no gap beyond the planned uses were drawn");
  figure_add(future, figure, 1.0, year == 0 ? first_balance(future, r) : figure_of(future, KIND_SHADOW, r, year - 1));
  add_contributions(future, figure, r, year);
  add_planned_uses(future, figure, -1.0, OWN_MOVEMENTS, r, year);
  add_missed(future, figure, KIND_SHADOW_MISSED, r, year);
}

void planned_use_figure(struct future *future, struct figure *figure, int year)
{
  figure->how = "planned uses that pay for the gap, each as far as its reserve and the gap allow";
  add_planned_uses(future, figure, 1.0, OWN_MOVEMENTS, -1, year);
}
