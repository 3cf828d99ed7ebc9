/* inputs.c: the table of everything that a scenario may change, made once the plan's own values are known. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/finish.h"

#include <string.h>

static struct input *input_add(struct plan *plan, enum field field, int owner)
{
  struct input *input = &plan->input[plan->n_inputs++];
  const struct field_kind *kind = &field_kinds[field];
  *input = (struct input){
    .field = field, .owner = owner, .unit = kind->unit, .grain = kind->grain, .low = kind->low, .high = kind->high
  };
  return input;
}

static void set_row(struct input *input, const double *row, const struct origin *origin, int n_years)
{
  for (int y = 0; y < n_years; y++) {
    input->plan[y] = row != NULL ? row[y] : 0.0;
    input->origin[y] = origin != NULL && origin[y].file != NULL ? &origin[y] : NULL;
  }
}

static void set_constant(struct input *input, double value, const struct origin *origin, int n_years)
{
  for (int y = 0; y < n_years; y++) {
    input->plan[y] = value;
    input->origin[y] = origin != NULL && origin->file != NULL ? origin : NULL;
  }
}

static void driver_inputs(struct plan *plan)
{
  for (int d = 0; d < plan->n_drivers; d++) {
    struct driver *driver = &plan->driver[d];
    driver->input = plan->n_inputs;
    set_row(input_add(plan, DRIVER_VALUE, d), driver->points, driver->origin, plan->n_years);
  }
}

static void line_inputs(struct plan *plan)
{
  for (int l = 0; l < plan->n_lines; l++) {
    struct line *line = &plan->line[l];
    line->input = plan->n_inputs;
    set_row(input_add(plan, LINE_RATE, l), NULL, NULL, plan->n_years);
    set_row(input_add(plan, LINE_STEP, l), line->amount.step, line->amount.origin, plan->n_years);
    set_row(input_add(plan, LINE_ONE_OFF, l), line->one_off.path, line->one_off.origin, plan->n_years);
    set_row(input_add(plan, LINE_NUMBER, l), line->number.path, line->number.origin, plan->n_years);
    set_row(input_add(plan, LINE_UNIT_COST, l), line->unit_cost.path, line->unit_cost.origin, plan->n_years);
    set_row(input_add(plan, LINE_PERCENT, l), line->percent.path, line->percent.origin, plan->n_years);
  }
}

/* Unit, grain and limits of a term follow its kind; a rise may be negative, a share may not. */
static void term_limits(struct input *input, enum term_id id)
{
  const char unit = term_kinds[id].unit;
  input->unit = unit == 'P' ? UNIT_FRACTION : unit == 'E' ? UNIT_COUNT : UNIT_GBP;
  input->grain = unit == 'P' ? 0.0 : unit == 'G' ? 1.0 : 0.01;
  const bool rise = id == TERM_CORE_RISE || id == TERM_ASC_RISE;
  const bool signed_money = id == TERM_POOL || id == TERM_SECTION_31 || id == TERM_CONTRIBUTIONS;
  input->low = rise ? -1.0 : signed_money ? -9e13 : 0.0;
  input->high = unit == 'P' && id != TERM_SAFETY_NET ? 1.0 : unit == 'P' ? 2.0 : 9e13;
}

/* Every term of an area that the folder has, so that a rise left blank can still be changed; of equivalents and
 * tax_base the one given. */
static bool term_is_input(const struct plan *plan, enum term_id id)
{
  if (id == TERM_EQUIVALENTS || id == TERM_TAX_BASE) {
    return plan->term[id].present;
  }
  for (int other = 0; other < N_TERMS; other++) {
    if (plan->term[other].present && strcmp(term_kinds[other].area, term_kinds[id].area) == 0) {
      return true;
    }
  }
  return false;
}

static void term_inputs(struct plan *plan)
{
  for (int t = 0; t < N_TERMS; t++) {
    struct term *term = &plan->term[t];
    term->input = -1;
    if (term_is_input(plan, (enum term_id)t)) {
      term->input = plan->n_inputs;
      struct input *input = input_add(plan, TERM_VALUE, t);
      set_row(input, term->series.path, term->series.origin, plan->n_years);
      term_limits(input, (enum term_id)t);
    }
  }
}

static void saving_inputs(struct plan *plan)
{
  for (int s = 0; s < plan->n_savings; s++) {
    struct saving *saving = &plan->saving[s];
    saving->input = plan->n_inputs;
    set_row(input_add(plan, SAVING_VALUE, s), saving->value, saving->origin, plan->n_years);
    struct input *delivery = input_add(plan, SAVING_DELIVERY, s);
    set_constant(delivery, 0.0, &saving->delivery_origin, plan->n_years);
    memcpy(delivery->plan, saving->delivery, sizeof delivery->plan);
    set_constant(input_add(plan, SAVING_MONTHS_LATE, s), 0.0, NULL, plan->n_years);
    set_row(input_add(plan, SAVING_COST, s), saving->cost, saving->cost_origin, plan->n_years);
  }
}

static void reserve_inputs(struct plan *plan)
{
  for (int r = 0; r < plan->n_reserves; r++) {
    struct reserve *reserve = &plan->reserve[r];
    reserve->input = plan->n_inputs;
    set_row(input_add(plan, RESERVE_PLANNED, r), reserve->movement[0].planned, reserve->movement[0].origin,
            plan->n_years);
    set_constant(input_add(plan, RESERVE_FLOOR, r), reserve->floor, &reserve->floor_origin, plan->n_years);
  }
}

static void receipt_inputs(struct plan *plan)
{
  for (int r = 0; r < plan->n_receipts; r++) {
    struct receipt *receipt = &plan->receipt[r];
    receipt->input = plan->n_inputs;
    struct input *amount = input_add(plan, RECEIPT_AMOUNT, r);
    set_constant(amount, 0.0, &receipt->amount_origin, plan->n_years);
    if (receipt->year >= 0 && receipt->year < plan->n_years) {
      amount->plan[receipt->year] = receipt->amount;
    }
    set_constant(input_add(plan, RECEIPT_MONTHS_LATE, r), 0.0, NULL, plan->n_years);
    set_constant(input_add(plan, RECEIPT_TO_DEBT, r), receipt->to_debt, &receipt->debt_origin, plan->n_years);
    set_constant(input_add(plan, RECEIPT_TO_AVOID, r), receipt->to_avoid, &receipt->avoid_origin, plan->n_years);
    struct input *flexible = input_add(plan, RECEIPT_TO_FLEXIBLE, r);
    set_constant(flexible, receipt->to_flexible, &receipt->flexible_origin, plan->n_years);
    flexible->high =
        receipt->eligible ? flexible->high : 0.0; /* Right to Buy stays out of the direction whatever a scenario asks */
  }
}

static void borrowing_inputs(struct plan *plan)
{
  for (int b = 0; b < plan->n_borrowings; b++) {
    struct borrowing *borrowing = &plan->borrowing[b];
    borrowing->input = plan->n_inputs;
    struct input *amount = input_add(plan, BORROWING_AMOUNT, b);
    set_constant(amount, 0.0, &borrowing->amount_origin, plan->n_years);
    if (borrowing->year >= 0 && borrowing->year < plan->n_years) {
      amount->plan[borrowing->year] = borrowing->amount;
    }
    set_constant(input_add(plan, BORROWING_RATE, b), borrowing->rate, &borrowing->rate_origin, plan->n_years);
  }
}

enum status inputs_build(struct plan *plan)
{
  const int most = plan->n_drivers + 6 * plan->n_lines + N_TERMS + 4 * plan->n_savings + 2 * plan->n_reserves +
                   5 * plan->n_receipts + 2 * plan->n_borrowings;
  plan->n_inputs = 0;
  plan->input = arena_array(plan->arena, (size_t)most + 1, sizeof *plan->input);
  if (plan->input == NULL) {
    return STATUS_MEMORY;
  }
  driver_inputs(plan);
  line_inputs(plan);
  term_inputs(plan);
  saving_inputs(plan);
  reserve_inputs(plan);
  receipt_inputs(plan);
  borrowing_inputs(plan);
  return STATUS_OK;
}
