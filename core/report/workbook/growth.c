/* growth.c: drivers, and series that they grow: what core/model/lines.c and finish.c do, as formulas.
 *
 * (1) A recurring amount is last year's, grown and rounded once, plus the year's step (R1).
 * (2) A filled year of the plan gives its step: the figure less what growth makes of the year before, on Steps.  So the
 * plan's own figures come back, and a scenario adds the same step to its own growth.
 * (3) A driver that follows another adds its points to it, then is held to its cap and collar. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/compile.h"

#include <string.h>

/* ---- drivers ------------------------------------------------------------------------------------------- */

void growth_declare(struct compiler *c)
{
  for (int d = 0; d < c->plan->n_drivers; d++) {
    const struct driver *driver = &c->plan->driver[d];
    c->driver_rate[d] = figure_row(c, SHEET_DRIVERS, driver->label, driver->id, "%");
  }
}

const char *driver_rate(struct compiler *c, int driver, int block, int year)
{
  return block_ref(c, SHEET_DRIVERS, c->driver_rate[driver], block, year);
}

void drivers_compile(struct compiler *c, int block, int year)
{
  for (int n = 0; n < c->plan->n_drivers; n++) {
    const int d = c->plan->driver_order[n];
    const struct driver *driver = &c->plan->driver[d];
    const char *rate = changed_value(c, driver->input, block, year, input_cell(c, c->driver_input[d], year));
    if (driver->follows >= 0) { /* Rule 3 */
      rate = words(c->book, "%s+%s", driver_rate(c, driver->follows, block, year), rate);
    }
    if (driver->has_cap) {
      rate = words(c->book, "MIN(%s,%s)", rate, input_cell(c, c->driver_cap[d], -1));
    }
    if (driver->has_collar) {
      rate = words(c->book, "MAX(%s,%s)", rate, input_cell(c, c->driver_collar[d], -1));
    }
    put_formula(c->book, in_block(c, SHEET_DRIVERS, c->driver_rate[d], block, year), LOOK_PERCENT, "%s", rate);
  }
}

/* ---- series: rows -------------------------------------------------------------------------------------- */

static const struct line *line_of(const struct compiler *c, const struct series_rows *rows)
{
  return rows->line >= 0 ? &c->plan->line[rows->line] : NULL;
}

static bool rate_changes(const struct compiler *c, const struct series_rows *rows)
{
  const struct line *line = line_of(c, rows);
  return line != NULL && c->input[line->input].changed;
}

static bool step_changes(const struct compiler *c, const struct series_rows *rows)
{
  const struct line *line = line_of(c, rows);
  return line != NULL && c->input[line->input + LINE_STEP - LINE_RATE].changed;
}

static bool is_roll(const struct compiler *c, const struct series_rows *rows)
{
  const struct line *line = line_of(c, rows);
  return line != NULL && line->form == FORM_ROLL;
}

static bool any_filled(const struct compiler *c, const struct series *series)
{
  for (int y = 0; y < c->n_years; y++) {
    if (series->filled[y]) {
      return true;
    }
  }
  return false;
}

void series_declare(struct compiler *c, struct series_rows *rows, const char *label, const char *id, const char *unit,
                    bool always)
{
  const struct series *series = rows->series;
  const bool grows =
      always || series->n_drivers > 0 || is_roll(c, rows) || rate_changes(c, rows) || step_changes(c, rows);
  const bool from_changes = rows->line >= 0 && c->plan->line[rows->line].from_changes;
  rows->level = from_changes ? figure_row(c, SHEET_STEPS, words(c->book, "%s: level", label), id, unit) : NO_ROW;
  rows->base = series->base_inferred && grows
                   ? figure_row(c, SHEET_STEPS, words(c->book, "%s: year before, worked out", label), id, unit)
                   : NO_ROW;
  rows->step = grows && any_filled(c, series) && !is_roll(c, rows)
                   ? figure_row(c, SHEET_STEPS, words(c->book, "%s: step", label), id, unit)
                   : NO_ROW;
  rows->carried = grows ? figure_row(c, SHEET_LINES, label, id, unit) : NO_ROW;
}

/* ---- series: references -------------------------------------------------------------------------------- */

static struct spot step_spot(int row, int year)
{
  return (struct spot){ SHEET_STEPS, row, FIRST_COLUMN + year };
}

/* The figure that the folder gives for the year. */
static const char *published(struct compiler *c, const struct series_rows *rows, int year)
{
  return rows->level != NO_ROW ? ref_fixed(c->book, step_spot(rows->level, year)) : input_cell(c, rows->input, year);
}

const char *series_value(struct compiler *c, struct series_rows *rows, int block, int year)
{
  if (year < 0) {
    return rows->base != NO_ROW ? ref_fixed(c->book, step_spot(rows->base, 0)) : input_cell(c, rows->input, -1);
  }
  if (rows->carried != NO_ROW) {
    return block_ref(c, SHEET_LINES, rows->carried, block, year);
  }
  return rows->series->filled[year] ? published(c, rows, year) : series_value(c, rows, block, year - 1);
}

/* ---- series: formulas ---------------------------------------------------------------------------------- */

/* The product of (1 + rate), and when it is 1; NULL where nothing grows. */
static const char *growth(struct compiler *c, const struct series_rows *rows, int block, int year, const char **is_1)
{
  const char *product = NULL;
  const struct series *series = rows->series;
  int n = series->n_drivers;
  for (int i = 0; i < series->n_drivers; i++) {
    const char *rate = driver_rate(c, series->driver[i], block, year);
    product = product == NULL ? words(c->book, "(1+%s)", rate) : words(c->book, "%s*(1+%s)", product, rate);
    *is_1 = words(c->book, "%s=0", rate);
  }
  if (rate_changes(c, rows)) {
    const char *rate = changed_value(c, c->plan->line[rows->line].input, block, year, "0");
    product = product == NULL ? words(c->book, "(1+%s)", rate) : words(c->book, "%s*(1+%s)", product, rate);
    *is_1 = words(c->book, "%s=0", rate);
    n++;
  }
  if (n > 1) {
    *is_1 = words(c->book, "%s=1", product);
    return words(c->book, "(%s)", product);
  }
  return product;
}

/* Rule 1's first half. */
static const char *grown(struct compiler *c, struct series_rows *rows, int block, int year)
{
  const char *is_1 = "";
  const char *last = series_value(c, rows, block, year - 1);
  const char *product = growth(c, rows, block, year, &is_1);
  if (product == NULL || strcmp(last, "0") == 0) {
    return last;
  }
  const char *raw = words(c->book, "%s*%s", last, product);
  const double grain = rows->series->grain;
  const char *value = grain == 0.0 ? raw : grain == 1.0 ? rounded(c, raw, last) : rounded_hundredths(c, raw, last);
  return words(c->book, "IF(%s,%s,%s)", is_1, last, value);
}

static const char *plus(struct compiler *c, const char *a, const char *b)
{
  return strcmp(b, "0") == 0 ? a : strcmp(a, "0") == 0 ? b : words(c->book, "%s+%s", a, b);
}

/* Rule 2, on the plan's own block, year by year before any scenario. */
static void plan_steps(struct compiler *c, struct series_rows *rows, enum look look, int year)
{
  const struct series *series = rows->series;
  if (rows->level != NO_ROW) {
    const char *before = year > 0                                     ? published(c, rows, year - 1)
                         : series->has_base && !series->base_inferred ? input_cell(c, rows->input, -1)
                                                                      : "0";
    put_formula(c->book, step_spot(rows->level, year), look, "%s", plus(c, before, input_cell(c, rows->input, year)));
  }
  if (rows->base != NO_ROW && year == 0) {
    const char *is_1 = "";
    const char *product = growth(c, rows, 0, 0, &is_1);
    const char *first = published(c, rows, 0);
    const char *raw = product == NULL ? first : words(c->book, "%s/%s", first, product);
    put_formula(c->book, step_spot(rows->base, 0), LOOK_PENNIES, "%s", rounded_hundredths(c, raw, first));
  }
  if (rows->step != NO_ROW && series->filled[year]) {
    put_formula(c->book, step_spot(rows->step, year), look, "%s-%s", published(c, rows, year), grown(c, rows, 0, year));
  }
}

static const char *step(struct compiler *c, struct series_rows *rows, int block, int year)
{
  const struct line *line = line_of(c, rows);
  const char *own = is_roll(c, rows)             ? input_cell(c, rows->input, year)
                    : rows->series->filled[year] ? ref_fixed(c->book, step_spot(rows->step, year))
                                                 : "0";
  return line != NULL ? changed_value(c, line->input + LINE_STEP - LINE_RATE, block, year, own) : own;
}

void series_compile(struct compiler *c, struct series_rows *rows, enum look look, int block, int year)
{
  const struct line *line = line_of(c, rows);
  if (block == 0) {
    plan_steps(c, rows, look, year);
  }
  if (rows->carried == NO_ROW) {
    return;
  }
  const char *value = line != NULL && year > line->last_year ? "0"
                      : block == 0 && rows->series->filled[year] && !is_roll(c, rows)
                          ? published(c, rows, year)
                          : plus(c, grown(c, rows, block, year), step(c, rows, block, year));
  put_formula(c->book, in_block(c, SHEET_LINES, rows->carried, block, year), look, "%s", value);
}
