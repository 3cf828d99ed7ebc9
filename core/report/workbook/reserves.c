/* reserves.c: balances of one year (R13 to R20): what core/model/reserves.c and balances.c do, as formulas.
 *
 * (1) Contributions first; then planned uses, each at most the balance above the floor: those outside revenue, then
 * those that pay for the gap, at most the gap left.  A move between reserves arrives only as far as it came out.
 * (2) Then the draw order above floors, the General Fund above its minimum, below it, and the rest is unfunded.
 * (3) The plan's own movements are rolled beside it, untouched by draws: what a draw took from a later planned use is
 * the shortfall.
 * Uses of one kind that follow each other take together what one use of their sum would. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/compile.h"

#include <string.h>

#define POUNDS "\xC2\xA3"

static const pence *opening_of(const struct result *result, int r)
{
  return result->reserve[r].opening;
}
static const pence *moved_of(const struct result *result, int r)
{
  return result->reserve[r].planned;
}
static const pence *used_of(const struct result *result, int r)
{
  return result->reserve[r].used;
}
static const pence *surplus_of(const struct result *result, int r)
{
  return result->reserve[r].surplus;
}
static const pence *closing_of(const struct result *result, int r)
{
  return result->reserve[r].closing;
}
static const pence *short_of(const struct result *result, int r)
{
  return result->reserve[r].planned_short;
}

/* ---- what a reserve may do ----------------------------------------------------------------------------- */

static bool has_movement(const struct reserve *reserve, bool for_revenue)
{
  for (int m = 0; m < reserve->n_movements; m++) {
    if (reserve->movement[m].for_revenue == for_revenue) {
      return true;
    }
  }
  return false;
}

static bool meets_cost(const struct compiler *c, int r, int s)
{
  const struct saving *saving = &c->plan->saving[s];
  return saving->has_cost && saving->cost_funding == COST_RESERVE && saving->cost_from == r;
}

static bool pays_for_gap(const struct compiler *c, int r)
{
  bool pays = has_movement(&c->plan->reserve[r], true);
  for (int s = 0; s < c->plan->n_savings; s++) {
    pays = pays || meets_cost(c, r, s);
  }
  return pays;
}

/* Moves into it that were to come out of another may be missing. */
static bool may_miss(const struct compiler *c, int r)
{
  const struct reserve *reserve = &c->plan->reserve[r];
  return has_movement(reserve, false) && (class_is_usable(reserve->class) || reserve->class == RESERVE_COMMITTED);
}

static bool is_drawn(const struct compiler *c, int r)
{
  for (int n = 0; n < c->plan->n_draw; n++) {
    if (c->plan->draw[n] == r) {
      return true;
    }
  }
  return false;
}

/* ---- rows ---------------------------------------------------------------------------------------------- */

static int reserve_row(struct compiler *c, int r, const char *what, const pence *(*of)(const struct result *, int))
{
  const struct reserve *reserve = &c->plan->reserve[r];
  const int row = figure_row(c, SHEET_RESERVES, words(c->book, "%s: %s", reserve->label, what), reserve->id, POUNDS);
  if (of != NULL) {
    audit_row(c, SHEET_RESERVES, row, 1.0, of, r);
  }
  return row;
}

static struct roll roll_rows(struct compiler *c, int r, const char *on)
{
  const struct reserve *reserve = &c->plan->reserve[r];
  struct roll roll = { NO_ROW, NO_ROW, NO_ROW, NO_ROW, NO_ROW };
  roll.paid_in = reserve_row(c, r, words(c->book, "with what is paid in%s", on), NULL);
  if (has_movement(reserve, false)) {
    roll.outside = reserve_row(c, r, words(c->book, "planned use outside revenue%s", on), NULL);
  }
  if (may_miss(c, r)) {
    roll.back = reserve_row(c, r, words(c->book, "moves in that did not come%s", on), NULL);
  }
  if (pays_for_gap(c, r)) {
    roll.revenue = reserve_row(c, r, words(c->book, "planned use for the gap%s", on), NULL);
  }
  roll.after = reserve_row(c, r, words(c->book, "after planned movements%s", on), NULL);
  return roll;
}

static void declare_reserve(struct compiler *c, int r)
{
  struct reserve_rows *rows = &c->reserve[r];
  group_row(c, SHEET_RESERVES, c->plan->reserve[r].label);
  rows->opening = reserve_row(c, r, "opening", opening_of);
  rows->shadow = roll_rows(c, r, " (plan alone)");
  rows->real = roll_rows(c, r, "");
  rows->moved = reserve_row(c, r, "planned movement", moved_of);
  rows->above = rows->below = NO_ROW;
  if (r == c->plan->general_fund) {
    rows->above = reserve_row(c, r, "drawn above the minimum", NULL);
    rows->below = reserve_row(c, r, "drawn below the minimum", NULL);
  }
  rows->used = reserve_row(c, r, "used to meet the gap, beyond the plan", used_of);
  rows->surplus = reserve_row(c, r, "surplus added", surplus_of);
  rows->closing = reserve_row(c, r, "closing", closing_of);
  rows->shortfall = reserve_row(c, r, "planned use that was no longer there", short_of);
}

void reserves_declare(struct compiler *c)
{
  bool any_miss = false;
  for (int r = 0; r < c->plan->n_reserves; r++) {
    any_miss = any_miss || may_miss(c, r);
  }
  c->shadow_missing = c->real_missing = NO_ROW;
  if (any_miss) {
    c->shadow_missing = figure_row(c, SHEET_RESERVES, "Moves that did not come out (plan alone)", "", POUNDS);
    c->real_missing = figure_row(c, SHEET_RESERVES, "Moves that did not come out", "", POUNDS);
  }
  c->deficit = figure_row(c, SHEET_RESERVES, "DSG deficit", "", POUNDS);
  for (int r = 0; r < c->plan->n_reserves; r++) {
    declare_reserve(c, r);
  }
}

/* ---- inputs -------------------------------------------------------------------------------------------- */

const char *reserve_planned(struct compiler *c, int r, int movement, int block, int year)
{
  const char *path = input_cell(c, c->reserve[r].planned[movement], year);
  return movement == 0 ? changed_value(c, c->plan->reserve[r].input, block, year, path) : path;
}

const char *reserve_floor(struct compiler *c, int r, int block, int year)
{
  return changed_value(c, c->plan->reserve[r].input + 1, block, year, input_cell(c, c->reserve[r].floor, -1));
}

static const char *row_ref(struct compiler *c, int row, int block, int year)
{
  return row == NO_ROW ? "0" : block_ref(c, SHEET_RESERVES, row, block, year);
}

enum direction { INTO, OUT_OF };
enum purpose { OUTSIDE, REVENUE, ANY };

/* Planned movements of one direction, as positive sizes. */
static const char *planned_sum(struct compiler *c, int r, enum direction direction, enum purpose purpose, int block,
                               int year)
{
  const struct reserve *reserve = &c->plan->reserve[r];
  struct sum sum = { 0 };
  for (int m = 0; m < reserve->n_movements; m++) {
    if (purpose == ANY || reserve->movement[m].for_revenue == (purpose == REVENUE)) {
      sum_add(&sum, 1.0,
              words(c->book, "MAX(0,%s%s)", direction == OUT_OF ? "-" : "", reserve_planned(c, r, m, block, year)));
    }
  }
  for (int s = 0; s < c->plan->n_savings && direction == OUT_OF && purpose == REVENUE && c->plan->has_mtfp; s++) {
    if (meets_cost(c, r, s)) {
      sum_add(&sum, 1.0, saving_cost(c, s, block, year));
    }
  }
  return sum_close(c->book, &sum);
}

/* What is planned into reserves and in no line yet; of what a line holds, only the difference from the plan (R20). */
const char *contributions_formula(struct compiler *c, int block, int year)
{
  struct sum sum = { 0 };
  for (int r = 0; r < c->plan->n_reserves; r++) {
    const struct reserve *reserve = &c->plan->reserve[r];
    for (int m = 0; m < reserve->n_movements; m++) {
      if (reserve->movement[m].for_revenue) {
        sum_add(&sum, 1.0, words(c->book, "MAX(0,%s)", reserve_planned(c, r, m, block, year)));
        if (reserve->movement[m].contribution_line >= 0) {
          sum_add(&sum, -1.0, words(c->book, "MAX(0,%s)", reserve_planned(c, r, m, 0, year)));
        }
      }
    }
  }
  return sum_close(c->book, &sum);
}

/* ---- the year's planned movements, on either roll: Rule 1 ---------------------------------------------- */

static void put(struct compiler *c, int row, int block, int year, const char *formula)
{
  if (row != NO_ROW) {
    put_formula(c->book, in_block(c, SHEET_RESERVES, row, block, year), LOOK_MONEY, "%s", formula);
  }
}

static const struct roll *roll_of(const struct compiler *c, int r, bool shadow)
{
  return shadow ? &c->reserve[r].shadow : &c->reserve[r].real;
}

static bool may_overdraw(const struct reserve *reserve)
{
  return reserve->class == RESERVE_UNUSABLE || reserve->class == RESERVE_DSG;
}

/* `use`, at most what there is above the floor. */
static const char *at_most_there(struct compiler *c, int r, const char *use, const char *balance, int block, int year)
{
  return may_overdraw(&c->plan->reserve[r])
             ? use
             : words(c->book, "%s,MAX(0,ROUND(%s-%s,2))", use, balance, reserve_floor(c, r, block, year));
}

static void pay_in(struct compiler *c, int r, bool shadow, int block, int year)
{
  const struct reserve_rows *rows = &c->reserve[r];
  const struct roll *roll = roll_of(c, r, shadow);
  const char *opening = !shadow     ? row_ref(c, rows->opening, block, year)
                        : year == 0 ? input_cell(c, rows->opening_input, -1)
                                    : row_ref(c, rows->shadow.after, block, year - 1);
  put(c, roll->paid_in, block, year,
      words(c->book, "ROUND(%s+%s,2)", opening, planned_sum(c, r, INTO, ANY, block, year)));
  if (roll->outside != NO_ROW) {
    put(c, roll->outside, block, year,
        words(c->book, "MIN(%s)",
              at_most_there(c, r, planned_sum(c, r, OUT_OF, OUTSIDE, block, year),
                            row_ref(c, roll->paid_in, block, year), block, year)));
  }
}

/* The part of the moves in that was to come out of other revenue reserves, and did not. */
static void miss(struct compiler *c, bool shadow, int block, int year)
{
  struct sum in = { 0 }, out = { 0 }, given = { 0 };
  for (int r = 0; r < c->plan->n_reserves; r++) {
    if (may_miss(c, r)) {
      sum_add(&in, 1.0, planned_sum(c, r, INTO, OUTSIDE, block, year));
      sum_add(&out, 1.0, planned_sum(c, r, OUT_OF, OUTSIDE, block, year));
      sum_add(&given, 1.0, row_ref(c, roll_of(c, r, shadow)->outside, block, year));
    }
  }
  const char *into = sum_close(c->book, &in), *from = sum_close(c->book, &out), *gave = sum_close(c->book, &given);
  const int missing = shadow ? c->shadow_missing : c->real_missing;
  if (missing == NO_ROW) {
    return;
  }
  put(c, missing, block, year, words(c->book, "MAX(0,ROUND(MIN(%s,%s)-(%s),2))", into, from, gave));
  const char *left = row_ref(c, missing, block, year);
  for (int n = 0; n < c->plan->n_reserves; n++) {
    const int r = c->plan->planned_order[n];
    const struct roll *roll = roll_of(c, r, shadow);
    if (roll->back == NO_ROW) {
      continue;
    }
    const char *balance =
        words(c->book, "%s-%s", row_ref(c, roll->paid_in, block, year), row_ref(c, roll->outside, block, year));
    put(c, roll->back, block, year,
        words(c->book, "MIN(ROUND(%s,2),%s,MAX(0,ROUND(%s,2)))", left, planned_sum(c, r, INTO, OUTSIDE, block, year),
              balance));
    left = words(c->book, "%s-%s", left, row_ref(c, roll->back, block, year));
  }
}

/* Paid in, less what has gone so far. */
static const char *so_far(struct compiler *c, const struct roll *roll, bool with_revenue, int block, int year)
{
  struct sum sum = { 0 };
  sum_add(&sum, 1.0, row_ref(c, roll->paid_in, block, year));
  sum_add(&sum, -1.0, row_ref(c, roll->outside, block, year));
  sum_add(&sum, -1.0, row_ref(c, roll->back, block, year));
  sum_add(&sum, -1.0, with_revenue ? row_ref(c, roll->revenue, block, year) : "0");
  return sum_close(c->book, &sum);
}

/* Planned uses that pay for the gap, in their order; returns the gap that they leave. */
static const char *pay_for_gap(struct compiler *c, bool shadow, int block, int year)
{
  const char *left = words(c->book, "MAX(0,%s)", measure_ref(c, M_GAP, block, year));
  for (int n = 0; n < c->plan->n_reserves; n++) {
    const int r = c->plan->planned_order[n];
    const struct roll *roll = roll_of(c, r, shadow);
    if (roll->revenue != NO_ROW) {
      const char *most = at_most_there(c, r, planned_sum(c, r, OUT_OF, REVENUE, block, year),
                                       so_far(c, roll, false, block, year), block, year);
      put(c, roll->revenue, block, year,
          c->plan->has_mtfp ? words(c->book, "MIN(%s,ROUND(%s,2))", most, left) : words(c->book, "MIN(%s)", most));
      left = c->plan->has_mtfp ? words(c->book, "%s-%s", left, row_ref(c, roll->revenue, block, year)) : left;
    }
    put(c, roll->after, block, year, words(c->book, "ROUND(%s,2)", so_far(c, roll, true, block, year)));
  }
  return left;
}

static const char *planned_roll(struct compiler *c, bool shadow, int block, int year)
{
  for (int r = 0; r < c->plan->n_reserves; r++) {
    pay_in(c, r, shadow, block, year);
  }
  miss(c, shadow, block, year);
  return pay_for_gap(c, shadow, block, year);
}

/* ---- draws: Rule 2 ------------------------------------------------------------------------------------- */

static void open_balances(struct compiler *c, int block, int year)
{
  for (int r = 0; r < c->plan->n_reserves; r++) {
    const struct reserve_rows *rows = &c->reserve[r];
    put(c, rows->opening, block, year,
        year == 0 ? input_cell(c, rows->opening_input, -1) : row_ref(c, rows->closing, block, year - 1));
  }
}

/* MIN(gap left, what there is above `lowest`) */
static const char *draw(struct compiler *c, const char *left, const char *balance, const char *lowest)
{
  return words(c->book, "MIN(ROUND(%s,2),MAX(0,ROUND(%s-%s,2)))", left, balance, lowest);
}

static const char *draw_all(struct compiler *c, const char *left, int block, int year)
{
  for (int n = 0; n < c->plan->n_draw; n++) {
    const struct reserve_rows *rows = &c->reserve[c->plan->draw[n]];
    put(c, rows->used, block, year,
        draw(c, left, row_ref(c, rows->real.after, block, year), reserve_floor(c, c->plan->draw[n], block, year)));
    left = words(c->book, "%s-%s", left, row_ref(c, rows->used, block, year));
  }
  const int fund = c->plan->general_fund;
  if (fund < 0) {
    return left;
  }
  const struct reserve_rows *rows = &c->reserve[fund];
  const char *balance = row_ref(c, rows->real.after, block, year), *floor = reserve_floor(c, fund, block, year);
  const char *lowest = words(c->book, "MAX(%s,%s)", measure_ref(c, M_MINIMUM, block, year), floor);
  put(c, rows->above, block, year, draw(c, left, balance, lowest));
  const char *above = row_ref(c, rows->above, block, year);
  put(c, rows->below, block, year,
      draw(c, words(c->book, "%s-%s", left, above), words(c->book, "%s-%s", balance, above), floor));
  put(c, rows->used, block, year, words(c->book, "ROUND(%s+%s,2)", above, row_ref(c, rows->below, block, year)));
  return words(c->book, "%s-%s", left, row_ref(c, rows->used, block, year));
}

static const char *taken(struct compiler *c, const struct roll *roll, int block, int year)
{
  struct sum sum = { 0 };
  sum_add(&sum, 1.0, row_ref(c, roll->outside, block, year));
  sum_add(&sum, 1.0, row_ref(c, roll->revenue, block, year));
  return words(c->book, "(%s)", sum_close(c->book, &sum));
}

static void close_reserves(struct compiler *c, int block, int year)
{
  for (int r = 0; r < c->plan->n_reserves; r++) {
    const struct reserve_rows *rows = &c->reserve[r];
    const char *after = row_ref(c, rows->real.after, block, year);
    if (r != c->plan->general_fund && !is_drawn(c, r)) {
      put(c, rows->used, block, year, "0");
    }
    put(c, rows->moved, block, year, words(c->book, "ROUND(%s-%s,2)", after, row_ref(c, rows->opening, block, year)));
    put(c, rows->surplus, block, year,
        r == c->plan->surplus_to && c->plan->has_mtfp ? words(c->book, "MAX(0,-%s)", measure_ref(c, M_GAP, block, year))
                                                      : "0");
    put_formula(c->book, in_block(c, SHEET_RESERVES, rows->closing, block, year), LOOK_TOTAL, "ROUND(%s-%s+%s,2)",
                after, row_ref(c, rows->used, block, year), row_ref(c, rows->surplus, block, year));
    put(c, rows->shortfall, block, year,
        words(c->book, "MAX(0,ROUND(%s-%s,2))", taken(c, &rows->shadow, block, year),
              taken(c, &rows->real, block, year)));
  }
}

void reserves_compile(struct compiler *c, int block, int year)
{
  const int fund = c->plan->general_fund;
  const char *all = words(c->book, "MAX(0,%s)", measure_ref(c, M_GAP, block, year));
  const char *planned_left = planned_roll(c, true, block, year);
  measure_put(c, M_PLANNED_USE, block, year, words(c->book, "ROUND(%s-(%s),2)", all, planned_left));
  open_balances(c, block, year);
  const char *left = draw_all(c, planned_roll(c, false, block, year), block, year);
  measure_put(c, M_UNFUNDED, block, year, words(c->book, "ROUND(%s,2)", left));
  close_reserves(c, block, year);
  put(c, c->deficit, block, year, deficit_sum(c, block, year));
  measure_put(c, M_USED_BELOW_MINIMUM, block, year,
              fund < 0 ? "0" : block_ref(c, SHEET_RESERVES, c->reserve[fund].below, block, year));
  measure_put(c, M_USABLE_CLOSING, block, year, usable_sum(c, block, year));
  measure_put(c, M_GENERAL_FUND_CLOSING, block, year,
              fund < 0 ? "0" : block_ref(c, SHEET_RESERVES, c->reserve[fund].closing, block, year));
  measure_put(c, M_DSG_EXPOSURE, block, year, exposure_formula(c, block, year));
}
