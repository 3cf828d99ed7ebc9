/* savings.c: what savings bring in, planned and expected (R28 to R33): what core/model/savings.c does, as formulas.
 *
 * (1) Planned is what is in effect, rounded to the pound.
 * (2) Expected is the same some months later, times delivery: whole years back, and a linear part for the rest (R30).
 * (3) A saving is at least as late as the latest of those it depends on, and delivers only if they do (R31). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/compile.h"

#include <string.h>

#define POUNDS "\xC2\xA3"

enum { VALUE, DELIVERY, MONTHS, COST }; /* the order of a saving's inputs */

static const pence *planned_of(const struct result *result, int s)
{
  return result->saving[s].planned;
}

static const pence *expected_of(const struct result *result, int s)
{
  return result->saving[s].expected;
}

static bool may_be_late(const struct compiler *c, int s)
{
  const struct saving *saving = &c->plan->saving[s];
  bool late = c->input[saving->input + MONTHS].changed;
  for (int n = 0; n < saving->n_stands_on; n++) {
    late = late || c->input[c->plan->saving[saving->stands_on[n]].input + MONTHS].changed;
  }
  return late;
}

void savings_declare(struct compiler *c)
{
  for (int s = 0; s < c->plan->n_savings; s++) {
    const struct saving *saving = &c->plan->saving[s];
    struct saving_rows *rows = &c->saving[s];
    const char *label = saving->label, *id = saving->id;
    const bool chained = saving->n_stands_on > 0;
    rows->value = saving->phasing == PHASED_AS_GIVEN || saving->phasing == AMOUNT_IN_PLACE
                      ? NO_ROW
                      : figure_row(c, SHEET_STEPS, words(c->book, "%s: in place", label), id, POUNDS);
    rows->late = may_be_late(c, s)
                     ? figure_row(c, SHEET_SAVINGS, words(c->book, "%s: months late", label), id, "months")
                     : NO_ROW;
    rows->delivered =
        chained ? figure_row(c, SHEET_SAVINGS, words(c->book, "%s: delivery, with what it depends on", label), id, "%")
                : NO_ROW;
    rows->planned = figure_row(c, SHEET_SAVINGS, words(c->book, "%s: planned", label), id, POUNDS);
    rows->expected = figure_row(c, SHEET_SAVINGS, words(c->book, "%s: expected", label), id, POUNDS);
    audit_row(c, SHEET_SAVINGS, rows->planned, 1.0, planned_of, s);
    audit_row(c, SHEET_SAVINGS, rows->expected, 1.0, expected_of, s);
  }
}

/* ---- formulas ------------------------------------------------------------------------------------------ */

static struct spot value_spot(const struct compiler *c, int s, int year)
{
  return (struct spot){ SHEET_STEPS, c->saving[s].value, FIRST_COLUMN + year };
}

/* In effect as the plan has it. */
static const char *plan_value(struct compiler *c, int s, int year)
{
  const struct saving_rows *rows = &c->saving[s];
  return rows->value != NO_ROW ? ref_fixed(c->book, value_spot(c, s, year)) : input_cell(c, rows->cells, year);
}

/* What follows from cells and phasing, before any scenario. */
static void phase(struct compiler *c, int s, int year)
{
  const struct saving *saving = &c->plan->saving[s];
  const struct saving_rows *rows = &c->saving[s];
  const bool percent =
      saving->phasing == PERCENT_IN_PLACE || saving->phasing == PERCENT_NEW || saving->phasing == PHASED_FROM_START;
  const bool adds_up = saving->recurring && (saving->phasing == PERCENT_NEW || saving->phasing == AMOUNT_NEW);
  const char *cell = input_cell(c, rows->cells, year);
  const char *own = percent ? words(c->book, "%s*%s", input_cell(c, rows->full_year, -1), cell) : cell;
  const char *before = adds_up && year > 0 ? words(c->book, "%s+", plan_value(c, s, year - 1)) : "";
  put_formula(c->book, value_spot(c, s, year), LOOK_MONEY, "%s%s", before, own);
}

static const char *value(struct compiler *c, int s, int block, int year)
{
  return changed_value(c, c->plan->saving[s].input + VALUE, block, year, plan_value(c, s, year));
}

static const char *months(struct compiler *c, int s, int block, int year)
{
  return changed_value(c, c->plan->saving[s].input + MONTHS, block, year, "0");
}

static const char *delivery(struct compiler *c, int s, int block, int year)
{
  return changed_value(c, c->plan->saving[s].input + DELIVERY, block, year, input_cell(c, c->saving[s].delivery, -1));
}

const char *saving_cost(struct compiler *c, int s, int block, int year)
{
  return changed_value(c, c->plan->saving[s].input + COST, block, year, input_cell(c, c->saving[s].cost, year));
}

/* Rule 3 */
static void chain(struct compiler *c, int s, int block, int year)
{
  const struct saving *saving = &c->plan->saving[s];
  const struct saving_rows *rows = &c->saving[s];
  const char *late = months(c, s, block, year), *delivered = delivery(c, s, block, year);
  for (int n = 0; n < saving->n_stands_on; n++) {
    const int parent = saving->stands_on[n];
    const char *parent_late = months(c, parent, block, year);
    late = strcmp(parent_late, "0") == 0 ? late : words(c->book, "%s,%s", late, parent_late);
    delivered = words(c->book, "%s*%s", delivered, delivery(c, parent, block, year));
  }
  if (rows->late != NO_ROW) {
    put_formula(c->book, in_block(c, SHEET_SAVINGS, rows->late, block, year), LOOK_COUNT, "MAX(%s)", late);
  }
  if (rows->delivered != NO_ROW) {
    put_formula(c->book, in_block(c, SHEET_SAVINGS, rows->delivered, block, year), LOOK_PERCENT, "%s", delivered);
  }
}

/* Rule 2: the value in effect at year - months/12, between whole years in a straight line; nothing before the plan. */
static const char *in_effect(struct compiler *c, int s, int block, int year)
{
  if (c->saving[s].late == NO_ROW) {
    return value(c, s, block, year);
  }
  const char *late = block_ref(c, SHEET_SAVINGS, c->saving[s].late, block, year);
  struct sum sum = { 0 };
  for (int from = 0; from <= year; from++) {
    const char *apart =
        year == from ? words(c->book, "ABS(%s/12)", late) : words(c->book, "ABS(%s/12-%d)", late, year - from);
    sum_add(&sum, 1.0, words(c->book, "%s*MAX(0,1-%s)", value(c, s, block, from), apart));
  }
  return words(c->book, "(%s)", sum_close(c->book, &sum));
}

void savings_compile(struct compiler *c, int block, int year)
{
  for (int n = 0; n < c->plan->n_savings; n++) {
    const int s = c->plan->saving_order[n];
    const struct saving_rows *rows = &c->saving[s];
    if (block == 0 && rows->value != NO_ROW) {
      phase(c, s, year);
    }
    chain(c, s, block, year);
    const char *delivered = rows->delivered != NO_ROW ? block_ref(c, SHEET_SAVINGS, rows->delivered, block, year)
                                                      : delivery(c, s, block, year);
    put_formula(c->book, in_block(c, SHEET_SAVINGS, rows->planned, block, year), LOOK_MONEY, "%s",
                rounded(c, value(c, s, block, year), "")); /* Rule 1 */
    put_formula(c->book, in_block(c, SHEET_SAVINGS, rows->expected, block, year), LOOK_MONEY, "%s",
                rounded(c, words(c->book, "%s*%s", in_effect(c, s, block, year), delivered), ""));
  }
}
