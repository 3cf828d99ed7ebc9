/* future_maker.c: random plans made richer, random changes to them, and what the engine makes of both; for tests. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "future_maker.h"

#include <stdlib.h>

static void must(bool held)
{
  if (!held) {
    abort(); /* a test machine without memory tests nothing */
  }
}

static uint32_t chance(uint64_t *state)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  uint64_t mixed =
      *state; /* mixed, as the parity of plain draws goes with the seed: one choice fell the same way in every plan */
  mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
  mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
  return (uint32_t)(mixed >> 33);
}

/* A change that may well run into a limit, of one input in all its years. */
static struct change any_change(const struct plan *plan, int input, uint64_t *state)
{
  struct change change = { .input = input, .scales = chance(state) % 2 == 0 };
  const enum unit unit = plan->input[input].unit;
  for (int y = 0; y < plan->n_years; y++) {
    const double part = (double)(chance(state) % 2001) / 1000.0 - 1.0;
    const double add = unit == UNIT_GBP      ? part * 2000000.0
                       : unit == UNIT_MONTHS ? part * 30.0
                       : unit == UNIT_COUNT  ? part * 100.0
                                             : part * 0.1;
    change.value[y] = chance(state) % 4 == 0 ? (change.scales ? 1.0 : 0.0) : change.scales ? 1.0 + part : add;
  }
  return change;
}

static bool is_share_of_receipt(enum field field)
{
  return field == RECEIPT_TO_DEBT || field == RECEIPT_TO_AVOID || field == RECEIPT_TO_FLEXIBLE;
}

static void fill_term(struct plan *plan, enum term_id id, double base, double every_year)
{
  struct term *term = &plan->term[id];
  term->present = true;
  term->series.has_base = true;
  term->series.base = base;
  for (int y = 0; y < plan->n_years; y++) {
    term->series.filled[y] = true;
    term->series.cell[y] = every_year;
  }
}

/* Council tax under a limit, its Band D published in the second year with a pound on top, and rates that grow. */
static void add_taxes(struct plan *plan, uint64_t *state)
{
  struct line *tax = plan_line(plan, "tax", LINE_COUNCIL_TAX, FORM_COUNCIL_TAX, true, 0.0);
  struct line *rates = plan_line(plan, "rates", LINE_BUSINESS_RATES, FORM_BUSINESS_RATES, true, 0.0);
  tax->sign = rates->sign = -1.0;
  fill_term(plan, TERM_BAND_D, 1800.0, 0.0);
  for (int y = 0; y < plan->n_years; y++) {
    plan->term[TERM_BAND_D].series.filled[y] = y == 1;
    plan->term[TERM_BAND_D].series.cell[y] = 1950.37;
  }
  fill_term(plan, TERM_CORE_RISE, 0.0, 0.0299);
  fill_term(plan, TERM_ASC_RISE, 0.0, 0.02);
  fill_term(plan, TERM_EQUIVALENTS, 60000.0, 61234.5);
  fill_term(plan, TERM_COLLECTION, 0.98, 0.985);
  fill_term(plan, TERM_CONTRIBUTIONS, 0.0, 12.3);
  fill_term(plan, TERM_LIMIT, 0.0, 0.05);
  plan->term[TERM_LIMIT].present = chance(state) % 2 == 0; /* else the principle of its class */
  fill_term(plan, TERM_LIMIT_GBP, 0.0, chance(state) % 2 == 0 ? 120.0 : 0.0);
  plan->collection_at_once = chance(state) % 2 == 0;
  fill_term(plan, TERM_INCOME, 90000000.0, 0.0);
  for (int y = 0; y < plan->n_years; y++) { /* grown by a driver but for one year that is typed */
    plan->term[TERM_INCOME].series.filled[y] = y == 2;
    plan->term[TERM_INCOME].series.cell[y] = 95000000.0;
  }
  int *driver = arena_array(plan->arena, 1, sizeof *driver);
  must(driver != NULL);
  plan->term[TERM_INCOME].series.driver = driver;
  plan->term[TERM_INCOME].series.n_drivers = 1;
  fill_term(plan, TERM_LOCAL_SHARE, 0.49, 0.49);
  fill_term(plan, TERM_BASELINE, 0.0, 44000000.0);
  fill_term(plan, TERM_BASELINE_FUNDING, 0.0, 52000000.0);
  fill_term(plan, TERM_LEVY_RATE, 0.0, chance(state) % 2 == 0 ? 0.5 : 0.0);
  fill_term(plan, TERM_SAFETY_NET, 0.0, 0.925);
  fill_term(plan, TERM_SECTION_31, 0.0, 1234.56);
}

/* Interest both ways, a grant towards the DSG deficit, moves between reserves, and what was received and borrowed
 * before the plan. */
static void enrich(struct plan *plan, uint64_t *state)
{
  add_taxes(plan, state);
  plan->interest_on_balances = true;
  plan->first_year = 2025 + (int)(chance(state) % 2);
  fill_term(plan, TERM_BALANCES_RATE, 0.0, 0.04);
  fill_term(plan, TERM_CARRYING_RATE, 0.0, 0.05);
  fill_term(plan, TERM_GRANT_SHARE, 0.0, 0.9);
  fill_term(plan, TERM_ELIGIBLE_SHARE, 0.0, 0.8);
  for (int r = 0; r < plan->n_reserves; r++) {
    struct reserve *reserve = &plan->reserve[r];
    struct movement *more = arena_array(plan->arena, 2, sizeof *more);
    must(more != NULL);
    more[0] = reserve->movement[0];
    more[1] = (struct movement){ .for_revenue = reserve->class == RESERVE_RING_FENCED, .contribution_line = -1 };
    for (int y = 0; y < plan->n_years && chance(state) % 2 == 0; y++) {
      more[1].planned[y] = (double)(chance(state) % 9000000) - 4500000.0;
    }
    reserve->movement = more;
    reserve->n_movements = 2;
  }
  for (int r = 0; r < plan->n_receipts && chance(state) % 2 == 0; r++) {
    plan->receipt[r].year = -1 - (int)(chance(state) % 3);
  }
  for (int b = 0; b < plan->n_borrowings; b++) {
    plan->borrowing[b].year = chance(state) % 2 == 0 ? -1 : plan->borrowing[b].year;
    plan->borrowing[b].kind = (enum borrowing_kind)(chance(state) % 3);
    plan->borrowing[b].method = chance(state) % 2 == 0 ? REPAY_ANNUITY : REPAY_STRAIGHT;
    plan->borrowing[b].interest = chance(state) % 2 == 0 ? INTEREST_REDUCING : INTEREST_LEVEL;
  }
  for (int s = 0; s < plan->n_savings; s++) {
    struct saving *saving = &plan->saving[s];
    const int from = saving->has_cost && chance(state) % 2 == 0 ? 1 : 0;
    saving->cost_funding = from && plan->n_reserves > 0 ? COST_RESERVE : saving->cost_funding;
    saving->cost_from = from ? 0 : saving->cost_from;
  }
}

uint64_t plan_rich(struct plan *plan, struct arena *arena, uint64_t seed)
{
  uint64_t state = seed * 2654435761u + 1;
  plan_random(plan, arena, seed);
  if (seed % 4 != 0) {
    enrich(plan, &state);
  }
  must(plan_finish(plan) == STATUS_OK);
  return state;
}

int future_changes(const struct plan *plan, uint64_t *state, struct arena *arena, struct change **out)
{
  struct change *change = arena_array(arena, (size_t)plan->n_inputs + 1, sizeof *change);
  int n = 0;
  must(change != NULL);
  for (int i = 0; i < plan->n_inputs; i++) {
    if (chance(state) % 3 == 0 && !is_share_of_receipt(plan->input[i].field)) {
      change[n++] = any_change(plan, i, state);
    }
  }
  *out = change;
  return n;
}

struct result *future_result(const struct plan *plan, const struct change *change, int n_changes, struct arena *arena)
{
  const size_t cells = (size_t)(plan->n_inputs * plan->n_years);
  const double **scale = arena_array(arena, cells + 1, sizeof *scale),
               **add = arena_array(arena, cells + 1, sizeof *add);
  bool *touched = arena_array(arena, (size_t)plan->n_inputs + 1, sizeof *touched);
  must(scale != NULL && add != NULL && touched != NULL);
  for (int c = 0; c < n_changes; c++) {
    touched[change[c].input] = true;
    for (int y = 0; y < plan->n_years; y++) {
      double *row = arena_array(arena, 8, sizeof *row);
      must(row != NULL);
      for (int i = 0; i < 8; i++) {
        row[i] = change[c].value[y];
      }
      (change[c].scales ? scale : add)[change[c].input * plan->n_years + y] = row;
    }
  }
  struct projection *p = NULL;
  const struct changes changes = { scale, add };
  must(projection_new(plan, touched, 1, &p) == STATUS_OK);
  for (int y = 0; y < plan->n_years; y++) {
    projection_year(p, &changes, 1, y);
  }
  struct result *result = result_init(arena_alloc(arena, result_size(plan)), plan);
  must(result_from_lane(result, p, 0));
  projection_free(p);
  return result;
}
