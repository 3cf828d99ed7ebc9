/* inputs.c: the sheet Inputs: every figure that the folder gives, yellow where an officer may change it.
 *
 * A yellow cell is a cell of the folder that was filled; a cell that was left blank stays blank, and is grown. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/compile.h"

#include <string.h>

/* The first cells of a row. */
static int input_row(struct compiler *c, const char *table, const char *id, const char *label, const char *field,
                     const char *unit)
{
  const int row = book_row(c->book, SHEET_INPUTS);
  const char *const texts[] = { table, id, label, field, unit };
  for (int i = 0; i < (int)COUNT_OF(texts); i++) {
    put_words(c->book, (struct spot){ SHEET_INPUTS, row, i }, i == 2 ? LOOK_PLAIN : LOOK_NOTE, texts[i]);
  }
  return row;
}

static const char *words_at(const struct compiler *c, int row, int column)
{
  const struct cell *cell = cell_seen(c->book, (struct spot){ SHEET_INPUTS, row, column });
  return cell != NULL && cell->words != NULL ? cell->words : "";
}

/* "driver:pay.value@2026/27" */
static const char *name_of(struct compiler *c, int row, int year)
{
  char label[8];
  const char *id = words_at(c, row, 1);
  return words(c->book, "%s%s%s.%s%s%s", words_at(c, row, 0), *id != '\0' ? ":" : "", id, words_at(c, row, 3),
               year >= 0 ? "@" : "", year >= 0 ? plan_year_label(c->plan, year, label) : "");
}

/* year -1: the base, or a single value */
static void input_put(struct compiler *c, int row, int year, enum look look, double value, const struct origin *origin)
{
  const struct spot at = { SHEET_INPUTS, row, year < 0 ? INPUT_BASE : INPUT_YEAR + year };
  put_number(c->book, at, look, value + 0.0);
  cell_at(c->book, at)->open = origin != NULL && origin->file != NULL && origin->column > 0;
  trace_add(c, (struct traced){ at, name_of(c, row, year), value + 0.0, origin, NULL });
}

const char *input_cell(struct compiler *c, int row, int year)
{
  const struct spot at = { SHEET_INPUTS, row, year < 0 ? INPUT_BASE : INPUT_YEAR + year };
  return row != NO_ROW && cell_seen(c->book, at) != NULL ? ref_fixed(c->book, at) : "0";
}

static void group(struct compiler *c, const char *label)
{
  put_words(c->book, (struct spot){ SHEET_INPUTS, book_row(c->book, SHEET_INPUTS), 0 }, LOOK_GROUP, label);
}

/* ---- series -------------------------------------------------------------------------------------------- */

struct named {
  const char *table, *id, *label, *field, *unit;
  enum look look;
};

static bool series_given(const struct series *series, int n_years)
{
  for (int y = 0; y < n_years; y++) {
    if (series->filled[y]) {
      return true;
    }
  }
  return series->has_base;
}

/* What the cell itself says: of a line printed as changes, the change. */
static double as_given(const struct series *series, bool from_changes, int year)
{
  const bool has_before = year > 0 || (series->has_base && !series->base_inferred);
  const double before = year > 0 ? series->cell[year - 1] : series->base;
  return from_changes && has_before ? round_hundredths(series->cell[year] - before) : series->cell[year];
}

static int series_inputs(struct compiler *c, const struct series *series, double sign, bool from_changes,
                         struct named named)
{
  if (!series_given(series, c->n_years)) {
    return NO_ROW;
  }
  const int row = input_row(c, named.table, named.id, named.label, named.field, named.unit);
  if (series->has_base && !series->base_inferred) {
    input_put(c, row, -1, named.look, sign * series->base, &series->base_origin);
  }
  for (int y = 0; y < c->n_years; y++) {
    if (series->filled[y]) {
      input_put(c, row, y, named.look, sign * as_given(series, from_changes, y), &series->origin[y]);
    }
  }
  return row;
}

/* A row of one figure a year, from origins of their own.  Years that the folder leaves blank hold 0. */
static int yearly_inputs(struct compiler *c, const double *values, const struct origin *origins, struct named named)
{
  const int row = input_row(c, named.table, named.id, named.label, named.field, named.unit);
  for (int y = 0; y < c->n_years; y++) {
    input_put(c, row, y, named.look, values[y], &origins[y]);
  }
  return row;
}

static int single_input(struct compiler *c, double value, const struct origin *origin, struct named named)
{
  const int row = input_row(c, named.table, named.id, named.label, named.field, named.unit);
  input_put(c, row, -1, named.look, value, origin);
  return row;
}

/* ---- tables -------------------------------------------------------------------------------------------- */

#define POUNDS "\xC2\xA3"

static void driver_inputs(struct compiler *c)
{
  if (c->plan->n_drivers > 0) {
    group(c, "Drivers");
  }
  for (int d = 0; d < c->plan->n_drivers; d++) {
    const struct driver *driver = &c->plan->driver[d];
    const char *field =
        driver->follows < 0 ? "value" : words(c->book, "on top of %s", c->plan->driver[driver->follows].id);
    const struct named named = { "driver", driver->id, driver->label, field, "%", LOOK_PERCENT };
    struct named cap = named, collar = named;
    cap.field = "cap";
    collar.field = "collar";
    c->driver_input[d] = yearly_inputs(c, driver->points, driver->origin, named);
    c->driver_cap[d] = driver->has_cap ? single_input(c, driver->cap, &driver->cap_origin, cap) : NO_ROW;
    c->driver_collar[d] = driver->has_collar ? single_input(c, driver->collar, &driver->collar_origin, collar) : NO_ROW;
  }
}

static void one_line_inputs(struct compiler *c, int l)
{
  const struct line *line = &c->plan->line[l];
  struct line_rows *rows = &c->line[l];
  const double sign = printed(c->plan, l);
  struct named named = { "line", line->id, line->label, "amount", POUNDS, LOOK_MONEY };
  if (line->recurring && line->form <= FORM_ROLL) {
    named.field = line->from_changes ? "change" : line->form == FORM_ROLL ? "step" : "amount";
    rows->amount.input = series_inputs(c, &line->amount, sign, line->from_changes, named);
  }
  named.field = "one_off";
  rows->one_off = series_inputs(c, &line->one_off, sign, false, named);
  if (line->form == FORM_UNITS) {
    named.field = "number";
    named.look = LOOK_COUNT;
    named.unit = "";
    rows->number.input = series_inputs(c, &line->number, 1.0, false, named);
    named.field = "unit_cost";
    named.look = LOOK_PENNIES;
    named.unit = POUNDS;
    rows->unit_cost.input = series_inputs(c, &line->unit_cost, sign, false, named);
  }
  if (line->form == FORM_SHARE) {
    named.field = "percent";
    named.look = LOOK_PERCENT;
    named.unit = "%";
    rows->percent.input = series_inputs(c, &line->percent, 1.0, false, named);
  }
}

static void line_inputs(struct compiler *c)
{
  if (c->plan->n_lines > 0) {
    group(c, "Lines: cost +, income "
             "\xE2\x88\x92"
             ", funding +");
  }
  for (int l = 0; l < c->plan->n_lines; l++) {
    struct line_rows *rows = &c->line[l];
    rows->amount.input = rows->one_off = rows->number.input = rows->unit_cost.input = rows->percent.input = NO_ROW;
    one_line_inputs(c, l);
  }
}

static void term_inputs(struct compiler *c)
{
  const char *area = "";
  for (int t = 0; t < N_TERMS; t++) {
    const struct term_kind *kind = &term_kinds[t];
    c->term[t].input = NO_ROW;
    if (c->plan->term[t].input < 0) {
      continue;
    }
    if (strcmp(area, kind->area) != 0) {
      area = kind->area;
      group(c, strcmp(area, "council_tax") == 0      ? "Council tax"
               : strcmp(area, "business_rates") == 0 ? "Business rates"
               : strcmp(area, "high_needs") == 0     ? "High needs"
                                                     : "Treasury");
    }
    const struct named named = { "term",
                                 kind->area,
                                 term_label(t),
                                 kind->field,
                                 kind->unit == 'P'   ? "%"
                                 : kind->unit == 'E' ? ""
                                                     : POUNDS,
                                 kind->unit == 'P'   ? LOOK_PERCENT
                                 : kind->unit == 'E' ? LOOK_COUNT
                                 : kind->unit == 'H' ? LOOK_PENNIES
                                                     : LOOK_MONEY };
    c->term[t].input = series_inputs(c, &c->plan->term[t].series, 1.0, false, named);
  }
}

static bool same_origin(const struct origin *a, const struct origin *b)
{
  return a->file != NULL && b->file != NULL && strcmp(a->file, b->file) == 0 && a->line == b->line &&
         a->column == b->column;
}

/* Delivery that several savings take from one cell, such as that of their RAG, is one input. */
static int delivery_input(struct compiler *c, int s)
{
  const struct saving *saving = &c->plan->saving[s];
  for (int before = 0; before < s; before++) {
    if (same_origin(&c->plan->saving[before].delivery_origin, &saving->delivery_origin)) {
      return c->saving[before].delivery;
    }
  }
  const bool by_rag = saving->delivery_origin.file != NULL && strcmp(saving->delivery_origin.file, "savings.csv") != 0;
  const struct named named = { by_rag ? "rag" : "saving",
                               by_rag ? rag_names[saving->rag] : saving->id,
                               by_rag ? words(c->book, "Delivery of savings rated %s", rag_names[saving->rag])
                                      : saving->label,
                               "delivery",
                               "%",
                               LOOK_PERCENT };
  return single_input(c, saving->delivery[0], &saving->delivery_origin, named);
}

static void saving_inputs(struct compiler *c)
{
  if (c->plan->n_savings > 0) {
    group(c, "Savings");
  }
  for (int s = 0; s < c->plan->n_savings; s++) {
    const struct saving *saving = &c->plan->saving[s];
    struct saving_rows *rows = &c->saving[s];
    static const char *const fields[] = { [PHASED_AS_GIVEN] = "in_place", [PERCENT_IN_PLACE] = "percent_in_place",
                                          [PERCENT_NEW] = "percent_new",  [AMOUNT_IN_PLACE] = "amount_in_place",
                                          [AMOUNT_NEW] = "amount_new",    [PHASED_FROM_START] = "part_of_year" };
    const bool percent =
        saving->phasing == PERCENT_IN_PLACE || saving->phasing == PERCENT_NEW || saving->phasing == PHASED_FROM_START;
    struct named named = { "saving", saving->id, saving->label, "full_year", POUNDS, LOOK_MONEY };
    rows->full_year = percent ? single_input(c, saving->full_year, &saving->full_year_origin, named) : NO_ROW;
    named.field = fields[saving->phasing];
    named.unit = percent ? "%" : POUNDS;
    named.look = percent ? LOOK_PERCENT : LOOK_MONEY;
    /* The month of a start is no figure of a year: its parts are shown, and not changed here. */
    static const struct origin nowhere[MAX_YEARS];
    const bool given = saving->phasing == PHASED_AS_GIVEN;
    rows->cells = yearly_inputs(c, given ? saving->value : saving->cell,
                                saving->phasing == PHASED_FROM_START ? nowhere : saving->origin, named);
    rows->delivery = delivery_input(c, s);
    named = (struct named){ "saving", saving->id, saving->label, "cost_to_achieve", POUNDS, LOOK_MONEY };
    rows->cost = saving->has_cost ? yearly_inputs(c, saving->cost, saving->cost_origin, named) : NO_ROW;
  }
}

static void reserve_inputs(struct compiler *c)
{
  if (c->plan->n_reserves > 0) {
    group(c, "Reserves: into +, out of "
             "\xE2\x88\x92");
  }
  for (int r = 0; r < c->plan->n_reserves; r++) {
    const struct reserve *reserve = &c->plan->reserve[r];
    struct reserve_rows *rows = &c->reserve[r];
    struct named named = { "reserve", reserve->id, reserve->label, "opening", POUNDS, LOOK_MONEY };
    rows->opening_input = single_input(c, reserve->opening, &reserve->opening_origin, named);
    named.field = "floor";
    rows->floor = single_input(c, reserve->floor, &reserve->floor_origin, named);
    rows->planned = arena_array(&c->book->arena, (size_t)reserve->n_movements + 1, sizeof *rows->planned);
    for (int m = 0; m < reserve->n_movements && rows->planned != NULL; m++) {
      const struct movement *movement = &reserve->movement[m];
      named.field =
          m == 0 ? "planned" : words(c->book, "planned for %s", movement->for_revenue ? "revenue" : "outside");
      rows->planned[m] = yearly_inputs(c, movement->planned, movement->origin, named);
    }
    c->book->failed |= rows->planned == NULL;
  }
}

static void receipt_inputs(struct compiler *c)
{
  if (c->plan->n_receipts > 0) {
    group(c, "Capital receipts");
  }
  for (int r = 0; r < c->plan->n_receipts; r++) {
    const struct receipt *receipt = &c->plan->receipt[r];
    struct receipt_rows *rows = &c->receipt[r];
    struct named named = { "receipt", receipt->id, receipt->asset, "amount", POUNDS, LOOK_MONEY };
    rows->amount = single_input(c, receipt->amount, &receipt->amount_origin, named);
    named.unit = "%";
    named.look = LOOK_PERCENT;
    named.field = "to_debt";
    rows->to_debt = single_input(c, receipt->to_debt, &receipt->debt_origin, named);
    named.field = "to_avoid";
    rows->to_avoid = single_input(c, receipt->to_avoid, &receipt->avoid_origin, named);
    named.field = "to_flexible";
    rows->to_flexible = single_input(c, receipt->to_flexible, &receipt->flexible_origin, named);
    named.field = "rate";
    rows->rate = single_input(c, receipt->rate, &receipt->rate_origin, named);
    named = (struct named){ "receipt", receipt->id, receipt->asset, "life", "years", LOOK_WHOLE };
    rows->life =
        single_input(c, (double)receipt->life, receipt->method == REPAY_ANNUITY ? NULL : &receipt->life_origin, named);
  }
}

static void borrowing_inputs(struct compiler *c)
{
  if (c->plan->n_borrowings > 0) {
    group(c, "Borrowing");
  }
  for (int b = 0; b < c->plan->n_borrowings; b++) {
    const struct borrowing *borrowing = &c->plan->borrowing[b];
    struct borrowing_rows *rows = &c->borrowing[b];
    struct named named = { "borrowing", borrowing->id, borrowing->label, "amount", POUNDS, LOOK_MONEY };
    rows->amount = single_input(c, borrowing->amount, &borrowing->amount_origin, named);
    named = (struct named){ "borrowing", borrowing->id, borrowing->label, "rate", "%", LOOK_PERCENT };
    rows->rate = single_input(c, borrowing->rate, &borrowing->rate_origin, named);
    named.field = "old_rate";
    rows->old_rate = borrowing->kind == BORROWING_REFINANCE
                         ? single_input(c, borrowing->old_rate, &borrowing->old_rate_origin, named)
                         : NO_ROW;
    named = (struct named){ "borrowing", borrowing->id, borrowing->label, "life", "years", LOOK_WHOLE };
    rows->life = single_input(c, (double)borrowing->life,
                              borrowing->method == REPAY_ANNUITY ? NULL : &borrowing->life_origin, named);
  }
}

/* One cell of the folder may hold for every year. */
static int minimum_inputs(struct compiler *c, struct named named)
{
  const struct plan *plan = c->plan;
  bool one = true;
  for (int y = 1; y < c->n_years; y++) {
    one = one && same_origin(&plan->minimum_amount_origin[y], &plan->minimum_amount_origin[0]);
  }
  return one ? single_input(c, plan->minimum_amount[0], &plan->minimum_amount_origin[0], named)
             : yearly_inputs(c, plan->minimum_amount, plan->minimum_amount_origin, named);
}

static void policy_inputs(struct compiler *c)
{
  const struct plan *plan = c->plan;
  const bool percent = plan->minimum_rule == MINIMUM_PERCENT || plan->minimum_rule == MINIMUM_GREATER;
  const bool amount = plan->minimum_rule == MINIMUM_AMOUNT || plan->minimum_rule == MINIMUM_GREATER;
  struct named named = { "council", "", "Minimum for the General Fund", "minimum_percent", "%", LOOK_PERCENT };
  c->minimum_percent = c->minimum_amount = NO_ROW;
  if (percent || amount) {
    group(c, "The council's own policy");
  }
  if (percent) {
    c->minimum_percent = single_input(c, plan->minimum_percent, &plan->minimum_percent_origin, named);
  }
  if (amount) {
    named = (struct named){ "council", "", "Minimum for the General Fund", "minimum_amount", POUNDS, LOOK_MONEY };
    c->minimum_amount = minimum_inputs(c, named);
  }
}

void inputs_declare(struct compiler *c)
{
  policy_inputs(c);
  driver_inputs(c);
  line_inputs(c);
  term_inputs(c);
  saving_inputs(c);
  reserve_inputs(c);
  receipt_inputs(c);
  borrowing_inputs(c);
}
