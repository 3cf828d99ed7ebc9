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
  size_t used, rows;
};

static void *carve(struct carving *carving, size_t size)
{
  void *at = carving->base != NULL ? carving->base + carving->used : NULL;
  carving->used += (size + 63) / 64 * 64;
  return at;
}

static void carve_rows(struct carving *carving, const struct projection *p, struct rows *rows, int items)
{
  const size_t count = (size_t)items * (size_t)p->n_years;
  rows->items = items;
  rows->narrow = carve(carving, count * 8 * sizeof(double));
  rows->wide = carve(carving, count * sizeof *rows->wide);
  carving->rows += count;
}

/* Every row that one total can have. */
static size_t longest_list(const struct plan *plan)
{
  const int items = plan->n_lines + N_ENGINE_LINES + plan->n_savings + plan->n_reserves + plan->n_receipts;
  return (size_t)items;
}

static void carve_all(struct carving *carving, struct projection *p)
{
  const struct plan *plan = p->plan;
  const size_t cells = (size_t)p->n_years;
  p->touched = carve(carving, (size_t)plan->n_inputs + 1);
  p->reached = carve(carving, (size_t)plan->n_inputs + 1);
  p->clamped = carve(carving, (size_t)plan->n_inputs * cells + 1);
  p->varies.driver = carve(carving, (size_t)plan->n_drivers + 1);
  p->varies.line = carve(carving, (size_t)plan->n_lines + 1);
  p->varies.saving = carve(carving, (size_t)plan->n_savings + 1);
  p->varies.reserve = carve(carving, (size_t)plan->n_reserves + 1);
  p->varies.value = carve(carving, (size_t)plan->n_savings + 1);
  p->varies.alone = carve(carving, (size_t)plan->n_savings + 1);
  p->varies.receipt = carve(carving, (size_t)plan->n_receipts + 1);
  p->varies.pot = carve(carving, (size_t)plan->n_receipts + 1);
  p->varies.borrowing = carve(carving, (size_t)plan->n_borrowings + 1);
  p->varies.moves = carve(carving, (size_t)plan->n_reserves * cells + 1);
  p->varies.moves_in = carve(carving, cells);
  for (int t = 0; t <= N_TOTALS; t++) {
    struct items *lines = t < N_TOTALS ? &p->varies.in_total[t] : &p->varies.gone;
    lines->at = carve(carving, (size_t)(plan->n_lines + N_ENGINE_LINES) * sizeof *lines->at);
  }
  p->first_due = carve(carving, (size_t)plan->n_receipts * sizeof *p->first_due);
  p->in_effect = carve(carving, (size_t)plan->n_savings * cells * sizeof(double));
  p->list = carve(carving, longest_list(plan) * sizeof *p->list);
  p->together = carve(carving, p->pitch * sizeof(double));
  p->zeros = carve(carving, p->pitch * sizeof(double));
  p->ones = carve(carving, p->pitch * sizeof(double));
  p->plan_relief = carve(carving, (size_t)plan->n_receipts * cells * sizeof(double));
  p->plan_borrowing_cost = carve(carving, (size_t)plan->n_borrowings * cells * sizeof(double));
  struct rows *const line_rows[] = { &p->carried, &p->number, &p->unit_cost, &p->percent };
  struct rows *const saving_rows[] = { &p->planned, &p->expected, &p->late, &p->delivered };
  struct rows *const receipt_rows[] = { &p->years_late, &p->arrived, &p->debt,  &p->avoid,
                                        &p->flexible,   &p->pot,     &p->relief };
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
  p->scratch = carve(carving, (size_t)N_SCRATCH * p->pitch * sizeof(double));
  p->n_wide = carve(carving, sizeof *p->n_wide);
}

double *row_widen(const struct projection *p, const struct rows *rows, size_t at)
{
  double *const narrow = rows->narrow + at * 8;
  if (p->stride == 8) {
    rows->wide[at] = narrow;
  }
  if (p->all || p->stride == 8) {
    return narrow;
  }
  double *row = (double *)p->wide_memory + *p->n_wide * p->pitch;
  *p->n_wide += 1;
  for (int i = 0; i < p->stride; i++) {
    row[i] = narrow[0];
  }
  rows->wide[at] = row;
  return row;
}

/* ---- the year ------------------------------------------------------------------------------------------ */

void projection_year(struct projection *p, const struct changes *changes, int n_lanes, int year)
{
  p->changes = changes;
  p->eights = (n_lanes + 7) / 8;
  p->year(p, year);
  p->changes = NULL;
}

/* The plan itself, in eight lanes. */
static void first_pass(struct projection *p)
{
  varies_all(p);
  for (int i = 0; i < p->stride; i++) {
    p->ones[i] = 1.0;
  }
  p->eights = 1;
  for (int y = 0; y < p->n_years; y++) {
    p->year(p, y);
  }
  p->all = false;
}

enum status projection_new(const struct plan *plan, const bool *touched, int max_lanes, struct projection **out)
{
  struct projection *p = calloc(1, sizeof *p);
  if (p == NULL) {
    return STATUS_MEMORY;
  }
  const int stride = (max_lanes + 7) / 8 * 8;
  *p = (struct projection){ .plan = plan,
                            .n_years = plan->n_years,
                            .stride = stride,
                            .pitch = (size_t)stride + 8,
                            .all = true,
                            .year = KERNELS_CHOSEN(projection_compute) };
  struct carving carving = { 0 };
  carve_all(&carving, p);
  const size_t size = carving.used;
  p->memory = aligned_alloc(64, size);
  p->wide_memory = stride > 8 ? aligned_alloc(64, carving.rows * p->pitch * sizeof(double)) : NULL; /* taken as asked */
  if (p->memory == NULL || (stride > 8 && p->wide_memory == NULL)) {
    projection_free(p);
    return STATUS_MEMORY;
  }
  memset(p->memory, 0, size);
  carving = (struct carving){ .base = p->memory };
  carve_all(&carving, p);
  first_pass(p);
  memset(p->touched, 0, (size_t)plan->n_inputs);
  if (touched != NULL) {
    memcpy(p->touched, touched, (size_t)plan->n_inputs);
  }
  memcpy(p->reached, p->touched, (size_t)plan->n_inputs);
  varies_find(p);
  *out = p;
  return STATUS_OK;
}

void projection_settle(struct projection *p, const bool *still)
{
  memcpy(p->touched, still, (size_t)p->plan->n_inputs);
  varies_find(p);
}

void projection_totals_only(struct projection *p, bool all_measures)
{
  p->totals_only = true;
  p->gap_alone = !all_measures;
}

void projection_free(struct projection *p)
{
  if (p != NULL) {
    free(p->memory);
    free(p->wide_memory);
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
  return line_row(p, item, year);
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
    [WORKING_CARRIED] = &p->carried,   [WORKING_NUMBER] = &p->number,     [WORKING_UNIT_COST] = &p->unit_cost,
    [WORKING_PERCENT] = &p->percent,   [WORKING_TERM] = &p->term,         [WORKING_PLANNED] = &p->planned,
    [WORKING_EXPECTED] = &p->expected, [WORKING_ARRIVED] = &p->arrived,   [WORKING_TO_DEBT] = &p->debt,
    [WORKING_TO_AVOID] = &p->avoid,    [WORKING_FLEXIBLE] = &p->flexible, [WORKING_POT] = &p->pot,
    [WORKING_RELIEF] = &p->relief,     [WORKING_COST] = &p->cost,         [WORKING_MOVED] = &p->moved,
    [WORKING_USED] = &p->used,         [WORKING_SURPLUS] = &p->surplus,   [WORKING_CLOSING] = &p->closing,
    [WORKING_SHADOW] = &p->shadow,     [WORKING_MISSED] = &p->missed,     [WORKING_SHADOW_MISSED] = &p->shadow_missed,
  };
  switch (working) { /* these may be rows of another kind */
  case WORKING_RATE:
    return rate_row(p, item, year);
  case WORKING_LATE:
    return late_row(p, item, year);
  case WORKING_DELIVERED:
    return delivered_row(p, item, year);
  case WORKING_OPENING:
    return opening_row(p, item, year);
  default:
    return row_of(p, rows[working], item, year);
  }
}
