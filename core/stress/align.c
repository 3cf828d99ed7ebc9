/* align.c: a plan as it stands some years on, so that it can be held against one that begins then.
 *
 * (1) What has been rolled up to the last year passed is the base of the first that is left.
 * (2) Reserves open at what the plan's own run closed them at, draws included.
 * (3) What has been used of a receipt is used. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/diff.h"

#include <string.h>

static void pass(double *values, int skip)
{
  memmove(values, values + skip, (size_t)(MAX_YEARS - skip) * sizeof *values);
}

/* Rule 1 */
static void pass_series(struct series *series, int skip)
{
  series->has_base = true;
  series->base = series->path[skip - 1];
  pass(series->cell, skip);
  pass(series->path, skip);
  memmove(series->filled, series->filled + skip, (size_t)(MAX_YEARS - skip) * sizeof *series->filled);
}

static void *copy_of(struct arena *arena, const void *rows, int count, size_t size)
{
  void *copy = arena_array(arena, (size_t)count + 1, size);
  if (copy != NULL && count > 0) {
    memcpy(copy, rows, (size_t)count * size);
  }
  return copy;
}

static void pass_lines(struct plan *plan, int skip)
{
  for (int l = 0; l < plan->n_lines; l++) {
    struct line *line = &plan->line[l];
    pass_series(&line->amount, skip);
    pass_series(&line->one_off, skip);
    pass_series(&line->number, skip);
    pass_series(&line->unit_cost, skip);
    pass_series(&line->percent, skip);
    line->last_year = line->last_year == MAX_YEARS ? MAX_YEARS : line->last_year < skip ? -1 : line->last_year - skip;
  }
  for (int t = 0; t < N_TERMS; t++) {
    pass_series(&plan->term[t].series, skip);
  }
}

static void pass_savings(struct plan *plan, int skip)
{
  for (int s = 0; s < plan->n_savings; s++) {
    pass(plan->saving[s].value, skip);
    pass(plan->saving[s].delivery, skip);
    pass(plan->saving[s].cost, skip);
  }
}

/* Rule 2 */
static bool pass_reserves(struct plan *plan, const struct result *result, int skip, struct arena *arena)
{
  for (int r = 0; r < plan->n_reserves; r++) {
    struct reserve *reserve = &plan->reserve[r];
    reserve->opening = gbp_from_pence(result->reserve[r].closing[skip - 1]);
    reserve->movement = copy_of(arena, reserve->movement, reserve->n_movements, sizeof *reserve->movement);
    for (int m = 0; reserve->movement != NULL && m < reserve->n_movements; m++) {
      pass(reserve->movement[m].planned, skip);
    }
    if (reserve->movement == NULL) {
      return false;
    }
  }
  return true;
}

static void pass_capital(struct plan *plan, const struct result *result, int skip)
{
  for (int r = 0; r < plan->n_receipts; r++) {
    struct receipt *receipt = &plan->receipt[r];
    pence used = 0;
    for (int y = 0; y < skip; y++) {
      used += result->receipt[r].flexible[y];
    }
    receipt->year -= skip;
    if (receipt->year < 0 && receipt->amount > 0.0) { /* Rule 3 */
      receipt->to_flexible =
          (round_units(receipt->amount * receipt->to_flexible) - gbp_from_pence(used)) / receipt->amount;
    }
  }
  for (int b = 0; b < plan->n_borrowings; b++) {
    plan->borrowing[b].year -= skip;
  }
}

enum status plan_from_year(const struct plan *plan, const struct result *result, int skip, int n_years,
                           struct arena *arena, struct plan *out)
{
  *out = *plan;
  out->arena = arena;
  out->n_years = n_years;
  if (skip == 0) {
    return STATUS_OK;
  }
  out->first_year += skip;
  out->driver = copy_of(arena, plan->driver, plan->n_drivers, sizeof *out->driver);
  out->line = copy_of(arena, plan->line, plan->n_lines, sizeof *out->line);
  out->saving = copy_of(arena, plan->saving, plan->n_savings, sizeof *out->saving);
  out->reserve = copy_of(arena, plan->reserve, plan->n_reserves, sizeof *out->reserve);
  out->receipt = copy_of(arena, plan->receipt, plan->n_receipts, sizeof *out->receipt);
  out->borrowing = copy_of(arena, plan->borrowing, plan->n_borrowings, sizeof *out->borrowing);
  const bool copied = out->driver != NULL && out->line != NULL && out->saving != NULL && out->reserve != NULL &&
                      out->receipt != NULL && out->borrowing != NULL;
  if (!copied || !pass_reserves(out, result, skip, arena)) {
    return STATUS_MEMORY;
  }
  for (int d = 0; d < out->n_drivers; d++) {
    pass(out->driver[d].points, skip);
  }
  pass(out->minimum_amount, skip);
  pass_lines(out, skip);
  pass_savings(out, skip);
  pass_capital(out, result, skip);
  return STATUS_OK;
}
