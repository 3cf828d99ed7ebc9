/* project.c: a batch of lanes from memory to result, year by year; the order of the steps is the design's. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

#include <stdlib.h>
#include <string.h>

const struct measure_kind measure_kinds[N_MEASURES] = {
#define MEASURE_ROW(name, json, needs, meaning) [M_##name] = { json, meaning, (needs) == 'm' },
  MEASURE_MAP(MEASURE_ROW)
#undef MEASURE_ROW
};

const struct engine_line_kind engine_line_kinds[N_ENGINE_LINES] = {
#define ENGINE_LINE_ROW(name, id, label, class) [ENGINE_##name] = { id, label, class },
  ENGINE_LINE_MAP(ENGINE_LINE_ROW)
#undef ENGINE_LINE_ROW
};

int measure_find(const char *name)
{
  for (int m = 0; m < N_MEASURES; m++) {
    if (strcmp(measure_kinds[m].name, name) == 0) {
      return m;
    }
  }
  return -1;
}

/* ---- memory: one block, carved twice: once to count, once to point ---------------------------------- */

struct carving {
  char *base; /* NULL while counting */
  size_t used;
};

static void *carve(struct carving *carving, size_t size)
{
  void *at = carving->base != NULL ? carving->base + carving->used : NULL;
  carving->used += (size + 63) / 64 * 64;
  return at;
}

static void carve_rows(struct carving *carving, const struct projection *p, struct rows *rows, int items)
{
  rows->items = items;
  rows->at = carve(carving, (size_t)items * (size_t)p->n_years * (size_t)p->stride * sizeof(double));
}

static void carve_all(struct carving *carving, struct projection *p)
{
  const struct plan *plan = p->plan;
  const size_t cells = (size_t)p->n_years;
  p->touched = carve(carving, (size_t)plan->n_inputs + 1);
  p->clamped = carve(carving, (size_t)plan->n_inputs * cells + 1);
  p->varies.driver = carve(carving, (size_t)plan->n_drivers + 1);
  p->varies.line = carve(carving, (size_t)plan->n_lines + 1);
  p->varies.saving = carve(carving, (size_t)plan->n_savings + 1);
  p->varies.reserve = carve(carving, (size_t)plan->n_reserves + 1);
  p->varies.moves = carve(carving, (size_t)plan->n_reserves * cells + 1);
  p->plan_relief = carve(carving, (size_t)plan->n_receipts * cells * sizeof(double));
  p->plan_borrowing_cost = carve(carving, (size_t)plan->n_borrowings * cells * sizeof(double));
  struct rows *const line_rows[] = { &p->carried, &p->number, &p->unit_cost, &p->percent };
  struct rows *const saving_rows[] = { &p->planned, &p->expected, &p->late, &p->delivered };
  struct rows *const receipt_rows[] = { &p->arrived, &p->debt, &p->avoid, &p->flexible, &p->pot, &p->relief };
  struct rows *const reserve_rows[] = { &p->opening, &p->moved,     &p->used,  &p->surplus, &p->closing,
                                        &p->shadow,  &p->shortfall, &p->taken, &p->missed,  &p->shadow_missed };
  for (size_t i = 0; i < COUNT_OF(line_rows); i++) {
    carve_rows(carving, p, line_rows[i], plan->n_lines);
  }
  for (size_t i = 0; i < COUNT_OF(saving_rows); i++) {
    carve_rows(carving, p, saving_rows[i], plan->n_savings);
  }
  for (size_t i = 0; i < COUNT_OF(receipt_rows); i++) {
    carve_rows(carving, p, receipt_rows[i], plan->n_receipts);
  }
  for (size_t i = 0; i < COUNT_OF(reserve_rows); i++) {
    carve_rows(carving, p, reserve_rows[i], plan->n_reserves);
  }
  carve_rows(carving, p, &p->input, plan->n_inputs);
  carve_rows(carving, p, &p->rate, plan->n_drivers);
  carve_rows(carving, p, &p->term, N_TERMS);
  carve_rows(carving, p, &p->line, plan->n_lines + N_ENGINE_LINES);
  carve_rows(carving, p, &p->cost, plan->n_borrowings);
  carve_rows(carving, p, &p->measure, N_MEASURES);
  carve_rows(carving, p, &p->excess, 1);
  p->scratch.at = carve(carving, (size_t)N_SCRATCH * (size_t)p->stride * sizeof(double));
}

/* ---- what a lane can change ---------------------------------------------------------------------------- */

static bool any_touched(const struct projection *p, int input, int count)
{
  for (int i = 0; i < count; i++) {
    if (p->touched[input + i]) {
      return true;
    }
  }
  return false;
}

static void find_varying_terms(struct projection *p)
{
  for (int t = 0; t < N_TERMS; t++) {
    const struct term *term = &p->plan->term[t];
    p->varies.term[t] = (term->input >= 0 && p->touched[term->input]) || series_varies(p, &term->series);
    p->varies.council_tax |= t <= TERM_LIMIT_GBP && p->varies.term[t];
    p->varies.business_rates |= p->varies.term[t] && t >= TERM_INCOME && t <= TERM_POOL;
  }
}

static bool line_varies(const struct projection *p, const struct line *line)
{
  for (int i = 0; i < line->n_of; i++) {
    if (p->varies.line[line->of[i]]) {
      return true;
    }
  }
  return any_touched(p, line->input, 6) || series_varies(p, &line->amount) || series_varies(p, &line->number) ||
         series_varies(p, &line->unit_cost) || series_varies(p, &line->percent) ||
         (line->form == FORM_COUNCIL_TAX && p->varies.council_tax) ||
         (line->form == FORM_BUSINESS_RATES && p->varies.business_rates);
}

static bool moves(const struct projection *p, int r, int year)
{
  const struct reserve *reserve = &p->plan->reserve[r];
  for (int m = 0; m < reserve->n_movements; m++) {
    if (reserve->movement[m].planned[year] != 0.0) {
      return true;
    }
  }
  for (int s = 0; s < p->plan->n_savings; s++) {
    const struct saving *saving = &p->plan->saving[s];
    if (saving->has_cost && saving->cost_funding == COST_RESERVE && saving->cost_from == r) {
      return true;
    }
  }
  return p->touched[reserve->input];
}

/* A reserve that may be drawn, or take a surplus, or whose plan can be changed. */
static void find_moving_reserves(struct projection *p)
{
  for (int r = 0; r < p->plan->n_reserves; r++) {
    p->varies.reserve[r] = class_is_usable(p->plan->reserve[r].class) || p->plan->surplus_to == r;
    for (int y = 0; y < p->n_years; y++) {
      const bool moved = moves(p, r, y);
      p->varies.moves[r * p->n_years + y] = moved;
      p->varies.reserve[r] |= moved;
    }
  }
}

static void find_varying(struct projection *p)
{
  const struct plan *plan = p->plan;
  for (int i = 0; i < plan->n_drivers; i++) {
    const int d = plan->driver_order[i];
    const int follows = plan->driver[d].follows;
    p->varies.driver[d] = p->touched[plan->driver[d].input] || (follows >= 0 && p->varies.driver[follows]);
  }
  find_varying_terms(p);
  for (int i = 0; i < plan->n_lines; i++) {
    const int l = plan->line_order[i];
    p->varies.line[l] = line_varies(p, &plan->line[l]);
  }
  for (int i = 0; i < plan->n_savings; i++) {
    const int s = plan->saving_order[i];
    p->varies.saving[s] = any_touched(p, plan->saving[s].input, 4);
    for (int n = 0; n < plan->saving[s].n_depends; n++) {
      p->varies.saving[s] |= p->varies.saving[plan->saving[s].depends[n]];
    }
    p->varies.any_receipt_or_cost |= p->touched[plan->saving[s].input + 3];
  }
  for (int r = 0; r < plan->n_receipts; r++) {
    p->varies.any_receipt_or_cost |= any_touched(p, plan->receipt[r].input, 5);
  }
  for (int b = 0; b < plan->n_borrowings; b++) {
    p->varies.any_borrowing |= any_touched(p, plan->borrowing[b].input, 2);
  }
}

/* ---- the year ------------------------------------------------------------------------------------------ */

static void compute_year(struct projection *p, int year)
{
  drivers_year(p, year);
  terms_year(p, year);
  lines_year(p, year);
  savings_year(p, year);
  capital_year(p, year);
  balances_year(p, year);
  gap_year(p, year);
  reserves_year(p, year);
  /* The gap after the planned use of reserves follows the plan's own movements, which reserves_year has just rolled. */
  const double *gap = ROW(p, measure, M_GAP, year), *use = ROW(p, measure, M_PLANNED_USE, year);
  double *after = ROW(p, measure, M_GAP_AFTER_PLANNED_USE, year),
         *change = ROW(p, measure, M_GAP_AFTER_PLANNED_USE_ANNUAL, year);
  const double *last = year > 0 ? ROW(p, measure, M_GAP_AFTER_PLANNED_USE, year - 1) : NULL;
  FOR_LANES(p, i)
  {
    after[i] = round_hundredths(gap[i] - use[i]);
    change[i] = round_hundredths(after[i] - (last != NULL ? last[i] : 0.0));
  }
}

void projection_year(struct projection *p, const struct changes *changes, int n_lanes, int year)
{
  p->changes = changes;
  p->lanes = n_lanes;
  compute_year(p, year);
  p->changes = NULL;
}

enum status projection_new(const struct plan *plan, const bool *touched, int max_lanes, struct projection **out)
{
  struct projection *p = calloc(1, sizeof *p);
  if (p == NULL) {
    return STATUS_MEMORY;
  }
  *p = (struct projection){ .plan = plan, .n_years = plan->n_years, .stride = (max_lanes + 7) / 8 * 8, .all = true };
  struct carving carving = { 0 };
  carve_all(&carving, p);
  const size_t size = carving.used;
  p->memory = aligned_alloc(64, size);
  if (p->memory == NULL) {
    free(p);
    return STATUS_MEMORY;
  }
  memset(p->memory, 0, size);
  carving = (struct carving){ .base = p->memory };
  carve_all(&carving, p);
  p->lanes = p->stride;
  find_moving_reserves(p);
  for (int y = 0; y < p->n_years; y++) {
    compute_year(p, y);
  }
  p->all = false;
  if (touched != NULL) {
    memcpy(p->touched, touched, (size_t)plan->n_inputs);
  }
  find_varying(p);
  find_moving_reserves(p);
  for (int y = 0; y < p->n_years; y++) {
    gap_fix(p, y);
  }
  *out = p;
  return STATUS_OK;
}

void projection_free(struct projection *p)
{
  if (p != NULL) {
    free(p->memory);
    free(p);
  }
}

int projection_stride(const struct projection *p)
{
  return p->stride;
}

const double *projection_measure(const struct projection *p, enum measure measure, int year)
{
  return ROW(p, measure, measure, year);
}

const double *projection_line(const struct projection *p, int item, int year)
{
  return ROW(p, line, item, year);
}

const double *projection_input(const struct projection *p, int input, int year)
{
  return ROW(p, input, input, year);
}

const double *projection_reserve_closing(const struct projection *p, int reserve, int year)
{
  return ROW(p, closing, reserve, year);
}

const double *projection_working(const struct projection *p, enum working working, int item, int year)
{
  const struct rows *const rows[N_WORKINGS] = {
    [WORKING_RATE] = &p->rate,
    [WORKING_CARRIED] = &p->carried,
    [WORKING_NUMBER] = &p->number,
    [WORKING_UNIT_COST] = &p->unit_cost,
    [WORKING_PERCENT] = &p->percent,
    [WORKING_TERM] = &p->term,
    [WORKING_PLANNED] = &p->planned,
    [WORKING_EXPECTED] = &p->expected,
    [WORKING_LATE] = &p->late,
    [WORKING_DELIVERED] = &p->delivered,
    [WORKING_ARRIVED] = &p->arrived,
    [WORKING_TO_DEBT] = &p->debt,
    [WORKING_TO_AVOID] = &p->avoid,
    [WORKING_FLEXIBLE] = &p->flexible,
    [WORKING_POT] = &p->pot,
    [WORKING_RELIEF] = &p->relief,
    [WORKING_COST] = &p->cost,
    [WORKING_OPENING] = &p->opening,
    [WORKING_MOVED] = &p->moved,
    [WORKING_USED] = &p->used,
    [WORKING_SURPLUS] = &p->surplus,
    [WORKING_CLOSING] = &p->closing,
    [WORKING_SHADOW] = &p->shadow,
    [WORKING_MISSED] = &p->missed,
    [WORKING_SHADOW_MISSED] = &p->shadow_missed,
  };
  return row_of(p, rows[working], item, year);
}
