/* lines.c: the amount of every line of one year, whatever its form (R10 to R12, R26). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/compile.h"

#include <string.h>

#define POUNDS "\xC2\xA3"

static const pence *line_amounts(const struct result *result, int line)
{
  return result->line[line].amount;
}

/* ---- rows ---------------------------------------------------------------------------------------------- */

static void declare_workings(struct compiler *c, int l)
{
  const struct line *line = &c->plan->line[l];
  struct line_rows *rows = &c->line[l];
  const double sign = printed(c->plan, l);
  rows->amount = (struct series_rows){ &line->amount, sign, rows->amount.input, NO_ROW, NO_ROW, NO_ROW, NO_ROW, l };
  rows->number = (struct series_rows){ &line->number, 1.0, rows->number.input, NO_ROW, NO_ROW, NO_ROW, NO_ROW, -1 };
  rows->unit_cost =
      (struct series_rows){ &line->unit_cost, sign, rows->unit_cost.input, NO_ROW, NO_ROW, NO_ROW, NO_ROW, -1 };
  rows->percent = (struct series_rows){ &line->percent, 1.0, rows->percent.input, NO_ROW, NO_ROW, NO_ROW, NO_ROW, -1 };
  rows->share = NO_ROW;
  const char *label = line->label;
  if (line->form == FORM_UNITS) {
    series_declare(c, &rows->number, words(c->book, "%s: number", label), line->id, "", false);
    series_declare(c, &rows->unit_cost, words(c->book, "%s: unit cost", label), line->id, POUNDS, false);
  } else if (line->form == FORM_SHARE) {
    series_declare(c, &rows->percent, words(c->book, "%s: per cent", label), line->id, "%", false);
    rows->share = figure_row(c, SHEET_LINES, words(c->book, "%s: what it is a share of", label), line->id, POUNDS);
  } else if (line->recurring && line->form <= FORM_ROLL) {
    series_declare(c, &rows->amount, words(c->book, "%s: recurring", label), line->id, POUNDS, false);
  }
}

static void declare_amount(struct compiler *c, int l)
{
  const char *label = l < c->plan->n_lines ? c->plan->line[l].label : engine_line_kinds[l - c->plan->n_lines].label;
  const char *id = l < c->plan->n_lines ? c->plan->line[l].id : engine_line_kinds[l - c->plan->n_lines].id;
  c->line[l].amount_row = figure_row(c, SHEET_MODEL, label, id, POUNDS);
  audit_row(c, SHEET_MODEL, c->line[l].amount_row, printed(c->plan, l), line_amounts, l);
}

enum part { PART_NET_BUDGET, PART_FUNDING, PART_CAPITALISED, PART_RING };

static enum part part_of(const struct plan *plan, int l)
{
  const enum line_class class = l < plan->n_lines ? plan->line[l].class : engine_line_kinds[l - plan->n_lines].class;
  if (l < plan->n_lines && plan->line[l].ring[0] != '\0') {
    return PART_RING;
  }
  return class_is_funding(class) ? PART_FUNDING : class == LINE_CAPITALISED ? PART_CAPITALISED : PART_NET_BUDGET;
}

static bool any_of_part(const struct compiler *c, enum part part)
{
  for (int l = 0; l < c->plan->n_lines + N_ENGINE_LINES; l++) {
    if (part_of(c->plan, l) == part) {
      return true;
    }
  }
  return false;
}

/* Lines that are summed together stand together. */
static void declare_part(struct compiler *c, enum part part, const char *label, int *first, int *last)
{
  *first = c->book->sheet[SHEET_MODEL].n_rows + 1;
  if (any_of_part(c, part)) {
    group_row(c, SHEET_MODEL, label);
  }
  for (int l = 0; l < c->plan->n_lines + N_ENGINE_LINES; l++) {
    if (part_of(c->plan, l) == part) {
      declare_amount(c, l);
    }
  }
  *last = c->book->sheet[SHEET_MODEL].n_rows - 1;
}

void lines_declare(struct compiler *c)
{
  int first_ring, last_ring;
  for (int l = 0; l < c->plan->n_lines; l++) {
    declare_workings(c, l);
  }
  declare_part(c, PART_NET_BUDGET, "Net budget: cost +, income \xE2\x88\x92", &c->first_cost, &c->last_cost);
  declare_part(c, PART_FUNDING, "Funding", &c->first_funding, &c->last_funding);
  declare_part(c, PART_CAPITALISED, "Flexible use of receipts and capitalised cost", &c->first_capitalised,
               &c->last_capitalised);
  declare_part(c, PART_RING, "In a ring of their own, outside the net budget and the gap", &first_ring, &last_ring);
}

/* ---- formulas ------------------------------------------------------------------------------------------ */

/* The path of an input of the line, with the changes of the year. */
const char *line_input(struct compiler *c, int line, enum field field, int block, int year)
{
  struct line_rows *rows = &c->line[line];
  const char *path = field == LINE_ONE_OFF     ? input_cell(c, rows->one_off, year)
                     : field == LINE_NUMBER    ? series_value(c, &rows->number, block, year)
                     : field == LINE_UNIT_COST ? series_value(c, &rows->unit_cost, block, year)
                                               : series_value(c, &rows->percent, block, year);
  return changed_value(c, c->plan->line[line].input + (int)field - LINE_RATE, block, year, path);
}

static const char *units(struct compiler *c, int l, int block, int year)
{
  series_compile(c, &c->line[l].number, LOOK_COUNT, block, year);
  series_compile(c, &c->line[l].unit_cost, LOOK_PENNIES, block, year);
  const char *number = line_input(c, l, LINE_NUMBER, block, year);
  const char *cost = line_input(c, l, LINE_UNIT_COST, block, year);
  return rounded(c, words(c->book, "%s*%s", number, cost), cost);
}

/* Per cent of the lines as printed in the folder, each in its own file's sign. */
static const char *share(struct compiler *c, int l, int block, int year)
{
  const struct line *line = &c->plan->line[l];
  struct sum sum = { 0 };
  series_compile(c, &c->line[l].percent, LOOK_PERCENT, block, year);
  for (int n = 0; n < line->n_of; n++) {
    const int of = line->of[n];
    sum_add(&sum, c->plan->line[of].sign * printed(c->plan, of),
            block_ref(c, SHEET_MODEL, c->line[of].amount_row, block, year));
  }
  put_formula(c->book, in_block(c, SHEET_LINES, c->line[l].share, block, year), LOOK_MONEY, "%s",
              sum_close(c->book, &sum));
  const char *raw = words(c->book, "%s*%s", line_input(c, l, LINE_PERCENT, block, year),
                          block_ref(c, SHEET_LINES, c->line[l].share, block, year));
  return words(c->book, "%s%s", line->sign * printed(c->plan, l) < 0.0 ? "-" : "", rounded(c, raw, NULL));
}

static const char *amount(struct compiler *c, int l, int block, int year)
{
  const struct line *line = &c->plan->line[l];
  const bool ended = year > line->last_year;
  const char *out = "0";
  switch (line->form) {
  case FORM_UNITS:
    out = units(c, l, block, year);
    break;
  case FORM_SHARE:
    out = share(c, l, block, year);
    break;
  case FORM_COUNCIL_TAX:
    return council_tax_formula(c, block, year);
  case FORM_BUSINESS_RATES:
    return business_rates_formula(c, block, year);
  default:
    if (line->recurring) {
      series_compile(c, &c->line[l].amount, LOOK_MONEY, block, year);
      out = series_value(c, &c->line[l].amount, block, year);
    }
  }
  return ended ? "0" : out;
}

void lines_compile(struct compiler *c, int block, int year)
{
  for (int n = 0; n < c->plan->n_lines; n++) {
    const int l = c->plan->line_order[n];
    const char *own = amount(c, l, block, year);
    const char *one_off = line_input(c, l, LINE_ONE_OFF, block, year);
    put_formula(c->book, in_block(c, SHEET_MODEL, c->line[l].amount_row, block, year), LOOK_MONEY, "%s%s%s",
                strcmp(own, "0") == 0 && strcmp(one_off, "0") != 0 ? "" : own,
                strcmp(own, "0") == 0 || strcmp(one_off, "0") == 0 ? "" : "+",
                strcmp(one_off, "0") == 0 ? "" : one_off);
  }
}
