/* inputs.c: the sheet Inputs: every figure that the folder gives, yellow where an officer may change it.
 *
 * A yellow cell is a cell of the folder that was filled; a cell that was left blank stays blank, and is grown. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/inputs.h"

#include <string.h>

#define POUNDS "\xC2\xA3"

int input_row(struct compiler *c, const struct named *named)
{
  const int row = book_row(c->book, SHEET_INPUTS);
  const char *const texts[] = { named->table, named->id, named->label, named->field, named->unit };
  for (int i = 0; i < (int)COUNT_OF(texts); i++) {
    put_words(c->book, (struct spot){ SHEET_INPUTS, row, i }, i == 2 ? LOOK_WRAP : LOOK_NOTE, texts[i]);
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

void input_put(struct compiler *c, int row, int year, const struct named *named, double value,
               const struct origin *origin)
{
  const struct spot at = { SHEET_INPUTS, row, year < 0 ? INPUT_BASE : INPUT_YEAR + year };
  put_number(c->book, at, named->look, value + 0.0);
  cell_at(c->book, at)->open = origin != NULL && origin->file != NULL && origin->column > 0;
  cell_at(c->book, at)->may = named->may;
  trace_add(c, (struct traced){ at, name_of(c, row, year), value + 0.0, origin, NULL });
}

const char *input_cell(struct compiler *c, int row, int year)
{
  const struct spot at = { SHEET_INPUTS, row, year < 0 ? INPUT_BASE : INPUT_YEAR + year };
  return row != NO_ROW && cell_seen(c->book, at) != NULL ? ref_fixed(c->book, at) : "0";
}

void input_group(struct compiler *c, const char *label)
{
  put_words(c->book, (struct spot){ SHEET_INPUTS, book_row(c->book, SHEET_INPUTS), 0 }, LOOK_GROUP, label);
}

/* ---- series -------------------------------------------------------------------------------------------- */

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

/* How the folder's years are read, and so what a blank means: each is needed, a blank is no step, or a blank is grown
 * from the year before. */
enum years_read { YEARS_NEEDED, YEARS_STEPPED, YEARS_GROWN };
struct reading_of {
  enum years_read years;
  enum blank base;
  int last_year;  /* after it nothing may stand */
  bool is_raised; /* Band D: by its rises, whatever drives it */
};

static struct allowed year_may(const struct series *series, const struct reading_of *of, enum allowed_kind kind,
                               int year)
{
  bool known = series->has_base; /* what a blank would be grown from */
  for (int y = 0; y < year; y++) {
    known = known || series->filled[y];
  }
  const bool grown = known && (series->n_drivers > 0 || of->is_raised);
  return year > of->last_year                ? (struct allowed){ ALLOWED_PAID_NO_MORE, BLANK_IS_NOTHING }
         : of->years == YEARS_STEPPED        ? (struct allowed){ kind, BLANK_IS_NOTHING }
         : of->years == YEARS_GROWN && grown ? (struct allowed){ kind, BLANK_IS_NOT_FOLLOWED }
                                             : (struct allowed){ kind, BLANK_IS_REFUSED };
}

static int series_inputs(struct compiler *c, const struct series *series, double sign, bool from_changes,
                         const struct reading_of *of, struct named named)
{
  if (!series_given(series, c->n_years)) {
    return NO_ROW;
  }
  const enum allowed_kind kind = named.may.kind;
  const int row = input_row(c, &named);
  if (series->has_base && !series->base_inferred) {
    named.may.blank = of->base;
    input_put(c, row, -1, &named, sign * series->base, &series->base_origin);
  }
  for (int y = 0; y < c->n_years; y++) {
    if (series->filled[y]) {
      named.may = year_may(series, of, kind, y);
      input_put(c, row, y, &named, sign * as_given(series, from_changes, y), &series->origin[y]);
    }
  }
  return row;
}

static int grown_inputs(struct compiler *c, const struct series *series, double sign, struct named named)
{
  const struct reading_of of = { YEARS_GROWN, series->filled[0] ? BLANK_IS_NOTHING : BLANK_IS_REFUSED, MAX_YEARS,
                                 series == &c->plan->term[TERM_BAND_D].series };
  return series_inputs(c, series, sign, false, &of, named);
}

int yearly_inputs(struct compiler *c, const double *values, const struct origin *origins, struct named named)
{
  const int row = input_row(c, &named);
  for (int y = 0; y < c->n_years; y++) {
    input_put(c, row, y, &named, values[y], &origins[y]);
  }
  return row;
}

int single_input(struct compiler *c, double value, const struct origin *origin, struct named named)
{
  const int row = input_row(c, &named);
  input_put(c, row, -1, &named, value, origin);
  return row;
}

/* ---- tables -------------------------------------------------------------------------------------------- */

static void driver_inputs(struct compiler *c)
{
  if (c->plan->n_drivers > 0) {
    input_group(c, "Drivers");
  }
  for (int d = 0; d < c->plan->n_drivers; d++) {
    const struct driver *driver = &c->plan->driver[d];
    const char *field =
        driver->follows < 0 ? "value" : words(c->book, "on top of %s", c->plan->driver[driver->follows].id);
    const struct named named = {
      "driver", driver->id, driver->label, field, "%", LOOK_PERCENT, { ALLOWED_RATE, BLANK_IS_REFUSED }
    };
    struct named cap = named, collar = named;
    cap.field = "cap";
    collar.field = "collar";
    cap.may.blank = collar.may.blank = BLANK_IS_NOT_FOLLOWED; /* no limit at all */
    c->driver_input[d] = yearly_inputs(c, driver->points, driver->origin, named);
    c->driver_cap[d] = driver->has_cap ? single_input(c, driver->cap, &driver->cap_origin, cap) : NO_ROW;
    c->driver_collar[d] = driver->has_collar ? single_input(c, driver->collar, &driver->collar_origin, collar) : NO_ROW;
  }
}

/* A row of part one_off may leave years blank; a line that is one_off as a whole may not. */
static void one_off_inputs(struct compiler *c, int l, struct named named)
{
  const struct line *line = &c->plan->line[l];
  const bool accumulated = !line->recurring && line->form == FORM_CHANGE;
  const struct reading_of of = { line->recurring ? YEARS_STEPPED : YEARS_NEEDED,
                                 accumulated ? BLANK_IS_REFUSED : BLANK_IS_NOTHING,
                                 line->recurring ? MAX_YEARS : line->last_year, false };
  named.field = "one_off";
  c->line[l].one_off = series_inputs(c, &line->one_off, printed(c->plan, l), false, &of, named);
}

static void one_line_inputs(struct compiler *c, int l)
{
  const struct line *line = &c->plan->line[l];
  struct line_rows *rows = &c->line[l];
  const double sign = printed(c->plan, l);
  const struct named named = {
    "line", line->id, line->label, "amount", POUNDS, LOOK_MONEY, { ALLOWED_MONEY, BLANK_IS_REFUSED }
  };
  if (line->recurring && line->form <= FORM_ROLL) {
    const bool rolls = line->form == FORM_ROLL;
    const bool infers = !rolls && !line->from_changes; /* a level line without a base takes one from its first year */
    const struct reading_of of = { rolls ? YEARS_STEPPED : YEARS_NEEDED,
                                   infers ? BLANK_IS_NOT_FOLLOWED : BLANK_IS_REFUSED, line->last_year, false };
    struct named amount = named;
    amount.field = line->from_changes ? "change" : rolls ? "step" : "amount";
    rows->amount.input = series_inputs(c, &line->amount, sign, line->from_changes, &of, amount);
  }
  one_off_inputs(c, l, named);
  if (line->form == FORM_UNITS) {
    rows->number.input = grown_inputs(
        c, &line->number, 1.0,
        (struct named){ "line", line->id, line->label, "number", "", LOOK_COUNT, { ALLOWED_COUNT, BLANK_IS_REFUSED } });
    rows->unit_cost.input = grown_inputs(
        c, &line->unit_cost, sign,
        (struct named){
            "line", line->id, line->label, "unit_cost", POUNDS, LOOK_PENNIES, { ALLOWED_MONEY, BLANK_IS_REFUSED } });
  }
  if (line->form == FORM_SHARE) {
    rows->percent.input = grown_inputs(
        c, &line->percent, 1.0,
        (struct named){
            "line", line->id, line->label, "percent", "%", LOOK_PERCENT, { ALLOWED_PERCENT, BLANK_IS_REFUSED } });
  }
}

static void line_inputs(struct compiler *c)
{
  if (c->plan->n_lines > 0) {
    input_group(c, "Lines: cost +, income "
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
      input_group(c, strcmp(area, "council_tax") == 0      ? "Council tax"
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
                                                     : LOOK_MONEY,
                                 { kind->unit == 'P'   ? ALLOWED_PERCENT
                                   : kind->unit == 'E' ? ALLOWED_COUNT
                                                       : ALLOWED_MONEY,
                                   BLANK_IS_REFUSED } };
    c->term[t].input = grown_inputs(c, &c->plan->term[t].series, 1.0, named);
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
  named.may.blank = one ? BLANK_IS_NOT_FOLLOWED : BLANK_IS_REFUSED; /* no minimum at all */
  return one ? single_input(c, plan->minimum_amount[0], &plan->minimum_amount_origin[0], named)
             : yearly_inputs(c, plan->minimum_amount, plan->minimum_amount_origin, named);
}

static void policy_inputs(struct compiler *c)
{
  const struct plan *plan = c->plan;
  const bool percent = plan->minimum_rule == MINIMUM_PERCENT || plan->minimum_rule == MINIMUM_GREATER;
  const bool amount = plan->minimum_rule == MINIMUM_AMOUNT || plan->minimum_rule == MINIMUM_GREATER;
  struct named named = { "council", "",           "Minimum for the General Fund",     "minimum_percent",
                         "%",       LOOK_PERCENT, { ALLOWED_SHARE, BLANK_IS_REFUSED } };
  c->minimum_percent = c->minimum_amount = NO_ROW;
  if (percent || amount) {
    input_group(c, "The council's own policy");
  }
  if (percent) {
    c->minimum_percent = single_input(c, plan->minimum_percent, &plan->minimum_percent_origin, named);
  }
  if (amount) {
    named = (struct named){ "council", "",         "Minimum for the General Fund",    "minimum_amount",
                            POUNDS,    LOOK_MONEY, { ALLOWED_SIZE, BLANK_IS_REFUSED } };
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
