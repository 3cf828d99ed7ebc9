/* check_reserves.c: reserves that are planned to give more than they hold, or are not what their class says (R14, R16,
 * R20, R34). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/words.h"

static pence planned(const struct movement *movement, int year)
{
  return pence_of(movement->planned[year]);
}

static bool is_account(const struct reserve *reserve)
{
  return reserve->class == RESERVE_DSG || reserve->class == RESERVE_UNUSABLE;
}

/* Where the first movement of a reserve in a year stands, or its row. */
static struct place movement_place(const struct reserve *reserve, int year)
{
  for (int m = 0; m < reserve->n_movements; m++) {
    const struct origin *origin = &reserve->movement[m].origin[year];
    if (origin->line > 0 && origin->line != reserve->place.line && reserve->movement[m].planned[year] != 0.0) {
      return (struct place){ .file = origin->file, .line = origin->line, .column = origin->column };
    }
  }
  return reserve->place;
}

/* ---- planned uses -------------------------------------------------------------------------------------- */

/* What the plan takes out of a reserve in a year: its own movements below zero, and the cost of savings that it meets.
 */
static pence taken_out(const struct plan *plan, int r, int year)
{
  pence taken = 0;
  for (int m = 0; m < plan->reserve[r].n_movements; m++) {
    const pence moved = planned(&plan->reserve[r].movement[m], year);
    taken -= moved < 0 ? moved : 0;
  }
  for (int s = 0; s < plan->n_savings; s++) {
    const struct saving *saving = &plan->saving[s];
    taken += saving->has_cost && saving->cost_funding == COST_RESERVE && saving->cost_from == r
                 ? pence_of(saving->cost[year])
                 : 0;
  }
  return taken;
}

static pence put_in(const struct reserve *reserve, int year)
{
  pence put = 0;
  for (int m = 0; m < reserve->n_movements; m++) {
    const pence moved = planned(&reserve->movement[m], year);
    put += moved > 0 ? moved : 0;
  }
  return put;
}

/* The plan's own movements, rolled on the balance: the first year in which they take what is not there, or -1. */
static int overdrawn_year(const struct plan *plan, int r, pence *short_by)
{
  const struct reserve *reserve = &plan->reserve[r];
  const pence floor = pence_of(reserve->floor);
  pence balance = pence_of(reserve->opening);
  for (int y = 0; y < plan->n_years; y++) {
    const pence taken = taken_out(plan, r, y);
    balance += put_in(reserve, y) - taken;
    if (taken > 0 && balance < floor) {
      *short_by = floor - balance;
      return y;
    }
  }
  return -1;
}

static bool check_overdrawn(struct reading *reading, int r)
{
  const struct reserve *reserve = &reading->plan->reserve[r];
  pence short_by = 0;
  const int year = is_account(reserve) ? -1 : overdrawn_year(reading->plan, r, &short_by);
  if (year < 0) {
    return false;
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_PLANNED_OVERDRAWN, movement_place(reserve, year),
                  "by %s the planned uses of reserve '%s', %s, take %s more than it holds", year_words(reading, year),
                  reserve->id, reserve->label, money_short(reading, short_by));
  finding_amount(finding, short_by);
  finding_label(reading->findings, finding, "only what is there is used");
  return true;
}

/* R14: an unplanned draw of an earlier year took the money of a planned use. */
static void check_short(struct reading *reading, int r)
{
  const struct reserve *reserve = &reading->plan->reserve[r];
  for (int y = 0; y < reading->plan->n_years; y++) {
    const pence missing = reading->folder->baseline->reserve[r].planned_short[y];
    if (missing <= 0) {
      continue;
    }
    struct finding *finding =
        finding_add(reading->findings, CODE_PLANNED_SHORT, movement_place(reserve, y),
                    "of what is planned from reserve '%s', %s, in %s, %s is gone: the gap of an earlier year took it",
                    reserve->id, reserve->label, year_words(reading, y), money_short(reading, missing));
    finding_amount(finding, missing);
    finding_label(reading->findings, finding, "planned_use still shows the plan's own movements");
    return;
  }
}

/* ---- contributions and moves ------------------------------------------------------------------------ */

/* R20: a contribution said to be in a line is no larger than the line. */
static void check_contribution(struct reading *reading, const struct reserve *reserve, const struct movement *movement)
{
  for (int y = 0; y < reading->plan->n_years && movement->contribution_line >= 0; y++) {
    const struct line *line = &reading->plan->line[movement->contribution_line];
    const pence held = reading->folder->baseline->line[movement->contribution_line].amount[y],
                paid = planned(movement, y);
    if (paid <= 0 || paid <= held) {
      continue;
    }
    struct finding *finding = finding_add(reading->findings, CODE_CONTRIBUTION_LARGER, movement_place(reserve, y),
                                          "%s goes into reserve '%s' in %s, but line '%s', said to hold it, is %s",
                                          money_short(reading, paid), reserve->id, year_words(reading, y), line->id,
                                          money_short(reading, held));
    finding_amount(finding, paid - held);
    finding_label(reading->findings, finding, "the rest is in no cost of the plan");
    return;
  }
}

static bool is_revenue_reserve(const struct reserve *reserve)
{
  return class_is_usable(reserve->class) || reserve->class == RESERVE_COMMITTED;
}

struct moves {
  pence revenue, capital, ringed; /* sums of moves outside revenue, + into */
  const struct reserve *into;
};

static struct moves moves_in(const struct plan *plan, int year)
{
  struct moves moves = { 0, 0, 0, NULL };
  for (int r = 0; r < plan->n_reserves; r++) {
    const struct reserve *reserve = &plan->reserve[r];
    for (int m = 0; m < reserve->n_movements; m++) {
      const pence moved = reserve->movement[m].for_revenue ? 0 : planned(&reserve->movement[m], year);
      moves.revenue += is_revenue_reserve(reserve) ? moved : 0;
      moves.capital += reserve->class == RESERVE_CAPITAL ? moved : 0;
      moves.ringed += reserve->class == RESERVE_RING_FENCED ? moved : 0;
      moves.into = is_revenue_reserve(reserve) && moved > 0 && moves.into == NULL ? reserve : moves.into;
    }
  }
  return moves;
}

/* Moves between reserves sum to nothing.  What comes in from outside is a cost somewhere, or a capital receipt, which
 * may not (R34). */
static void check_moves(struct reading *reading)
{
  for (int y = 0; y < reading->plan->n_years; y++) {
    const struct moves moves = moves_in(reading->plan, y);
    if (moves.revenue <= 0 || moves.into == NULL) {
      continue;
    }
    const bool from_capital = moves.capital < 0 && -moves.ringed < moves.revenue;
    struct finding *finding =
        finding_add(reading->findings, from_capital ? CODE_RECEIPT_TO_REVENUE : CODE_MOVED_FROM_NOWHERE,
                    movement_place(moves.into, y), "%s moves into reserve '%s' in %s%s",
                    money_short(reading, moves.revenue), moves.into->id, year_words(reading, y),
                    from_capital ? ", out of capital" : ", and no other revenue reserve gives it up");
    finding_amount(finding, moves.revenue);
    finding_label(reading->findings, finding,
                  from_capital ? "no revenue reserve may take it" : "planned_for revenue, when the budget pays it in");
    if (from_capital) {
      finding_help(reading->findings, finding, "%s", receipt_lawful_uses);
    }
    return;
  }
}

/* ---- what a reserve is --------------------------------------------------------------------------------- */

/* domain.md 3.2: balances held for others, or by law for one purpose, are not the council's to use. */
static void check_class(struct reading *reading, const struct reserve *reserve)
{
  static const char *const others[] = { "schools",
                                        "school balances",
                                        "public health",
                                        "hra",
                                        "housing revenue account",
                                        "dsg",
                                        "dedicated schools grant",
                                        "capital receipts",
                                        "capital grants",
                                        "pension reserve",
                                        "revaluation",
                                        NULL };
  if (!class_is_usable(reserve->class) || reserve->opening <= 0.0 || !text_says(reserve->label, others)) {
    return;
  }
  struct finding *finding = finding_add(reading->findings, CODE_RESERVE_MISCLASSED, reserve->place,
                                        "reserve '%s', %s, counts as usable: its class is %s", reserve->id,
                                        reserve->label, reserve_class_names[reserve->class]);
  finding_amount(finding, pence_of(reserve->opening));
  finding_label(reading->findings, finding, "ring_fenced, capital, unusable or dsg");
  finding_help(reading->findings, finding,
               "money held for others cannot pay for the gap, so the dates shown would come too late");
}

static void check_size(struct reading *reading, const struct reserve *reserve)
{
  enum { MANY = 10 };
  const pence net_budget = reading->folder->baseline->measure[M_NET_BUDGET][0], opening = pence_of(reserve->opening);
  if (!reading->plan->has_mtfp || net_budget <= 0 || is_account(reserve) || opening / MANY <= net_budget) {
    return;
  }
  struct finding *finding = finding_add(reading->findings, CODE_RESERVE_MAGNITUDE, reserve->place,
                                        "reserve '%s' opens at %s beside a net budget of %s", reserve->id,
                                        money_short(reading, opening), money_short(reading, net_budget));
  finding_amount(finding, opening);
  finding_label(reading->findings, finding, "amounts are in %s", reading->plan->money);
}

void check_reserves(struct reading *reading)
{
  for (int r = 0; r < reading->plan->n_reserves; r++) {
    const struct reserve *reserve = &reading->plan->reserve[r];
    if (!check_overdrawn(reading, r)) {
      check_short(reading, r);
    }
    for (int m = 0; m < reserve->n_movements; m++) {
      check_contribution(reading, reserve, &reserve->movement[m]);
    }
    check_class(reading, reserve);
    check_size(reading, reserve);
  }
  check_moves(reading);
}
