/* line_rules.c: what holds across the lines of mtfp.csv: no circles, signs that follow the convention, one unit
 * throughout.
 *
 * Signs and units are judged on the figures as printed, before anything is grown: growth changes neither. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/lines.h"

#include "data/words.h"

#include <math.h>
#include <string.h>

/* ---- circles of shares --------------------------------------------------------------------------------- */

static bool all_placed(const struct line *line, const bool *placed)
{
  for (int i = 0; i < line->n_of; i++) {
    if (!placed[line->of[i]]) {
      return false;
    }
  }
  return true;
}

/* Places every line whose parents are placed; true when something moved. */
static bool place_more(const struct plan *plan, bool *placed)
{
  bool moved = false;
  for (int l = 0; l < plan->n_lines; l++) {
    if (!placed[l] && all_placed(&plan->line[l], placed)) {
      placed[l] = true;
      moved = true;
    }
  }
  return moved;
}

static int first_unplaced_parent(const struct line *line, const bool *placed)
{
  for (int i = 0; i < line->n_of; i++) {
    if (!placed[line->of[i]]) {
      return line->of[i];
    }
  }
  return -1;
}

/* Some line waits for a parent that is never placed: its parents lead into a circle.  Says it and places one of its
 * members. */
static void tell_circle(struct line_rows *rows, int start, bool *placed)
{
  struct reading *reading = rows->reading;
  const struct plan *plan = reading->plan;
  int at = start;
  for (int steps = 0; steps < plan->n_lines; steps++) {
    at = first_unplaced_parent(&plan->line[at], placed);
  }
  const char *words = plan->line[at].id;
  const int member = at;
  for (int steps = 0; steps < plan->n_lines; steps++) {
    at = first_unplaced_parent(&plan->line[at], placed);
    words = steps < 8 ? arena_printf(reading->arena, "%s is a share of %s", words, plan->line[at].id) : words;
    if (at == member) {
      break;
    }
  }
  const int row = rows->row[member];
  struct finding *finding =
      finding_add(reading->findings, CODE_LINE_CYCLE,
                  cell_place(&rows->table, row, table_cell(&rows->table, row, "of")), "%s", words);
  finding_label(reading->findings, finding, "a line cannot be a share of itself, even round about");
  placed[member] = true;
}

void check_share_circles(struct line_rows *rows)
{
  const struct plan *plan = rows->reading->plan;
  bool *placed = arena_array(rows->reading->arena, (size_t)plan->n_lines + 1, sizeof *placed);
  if (placed == NULL) {
    return;
  }
  for (int l = 0; l < plan->n_lines;) {
    while (place_more(plan, placed)) {
    }
    if (placed[l]) {
      l++;
    } else {
      tell_circle(rows, l, placed);
    }
  }
}

/* ---- figures as printed -------------------------------------------------------------------------------- */

/* The value of a filled-or-grown series without its growth: the last one given. */
static double last_given(const struct series *series, int year)
{
  for (int y = year; y >= 0; y--) {
    if (series->filled[y]) {
      return series->cell[y];
    }
  }
  return series->base;
}

static double stepped(const struct line *line, int year)
{
  if (line->form == FORM_LEVEL) {
    return line->amount.cell[year];
  }
  double sum = line->amount.base;
  for (int y = 0; y <= year; y++) {
    sum += line->amount.cell[y];
  }
  return sum;
}

/* Cost-positive; 0 where the folder leaves it to be worked out. */
static double printed(const struct line *line, int year)
{
  if (year > line->last_year) {
    return line->one_off.cell[year];
  }
  switch (line->form) {
  case FORM_UNITS:
    return last_given(&line->number, year) * last_given(&line->unit_cost, year) + line->one_off.cell[year];
  case FORM_SHARE:
  case FORM_COUNCIL_TAX:
  case FORM_BUSINESS_RATES:
    return (line->published[year] ? line->published_amount[year] : 0.0) + line->one_off.cell[year];
  default:
    return (line->recurring ? stepped(line, year) : 0.0) + line->one_off.cell[year];
  }
}

/* ---- signs --------------------------------------------------------------------------------------------- */

/* Totals by class and year, cost-positive under the convention given. */
struct class_totals {
  double sum[N_LINE_CLASSES][MAX_YEARS];
  int first_line[N_LINE_CLASSES]; /* -1: none */
};

static void add_up(const struct plan *plan, struct class_totals *totals)
{
  for (int c = 0; c < N_LINE_CLASSES; c++) {
    totals->first_line[c] = -1;
  }
  for (int l = plan->n_lines - 1; l >= 0; l--) {
    const struct line *line = &plan->line[l];
    totals->first_line[line->class] = l;
    for (int y = 0; y < plan->n_years; y++) {
      totals->sum[line->class][y] += printed(line, y);
    }
  }
}

/* turn: 1 as read, -1 with the other sign. */
static bool wrong_in_every_year(const struct plan *plan, const struct class_totals *totals, enum line_class class,
                                double turn)
{
  const double right = class_is_cost(class) ? 1.0 : -1.0;
  for (int y = 0; y < plan->n_years; y++) {
    if (totals->sum[class][y] * turn * right >= 0.0) {
      return false;
    }
  }
  return true;
}

static bool convention_fits(const struct plan *plan, const struct class_totals *totals, const char *signs)
{
  for (int c = 0; c < N_LINE_CLASSES; c++) {
    const enum line_class class = (enum line_class)c;
    const double turn = sign_of_class(plan->signs, class) * sign_of_class(signs, class);
    if (totals->first_line[c] >= 0 && wrong_in_every_year(plan, totals, class, turn)) {
      return false;
    }
  }
  return true;
}

static const char *convention_that_fits(const struct plan *plan, const struct class_totals *totals)
{
  static const char *const names[] = { "budget", "by_class", "ledger" };
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    if (convention_fits(plan, totals, names[i])) {
      return names[i];
    }
  }
  return NULL;
}

/* A deficit of the collection fund or a released pressure may stand in every year by right (section 2). */
static bool may_be_a_reduction(enum line_class class)
{
  return class == LINE_COLLECTION_FUND || class == LINE_PRESSURE;
}

static void wrong_signs(struct line_rows *rows, const struct class_totals *totals, enum line_class class,
                        const char *fits)
{
  struct findings *findings = rows->reading->findings;
  const struct plan *plan = rows->reading->plan;
  const int row = rows->row[totals->first_line[class]];
  const bool negative = totals->sum[class][0] * sign_of_class(plan->signs, class) < 0.0;
  struct finding *finding =
      finding_add(findings, CODE_WRONG_SIGNS, cell_place(&rows->table, row, table_cell(&rows->table, row, "class")),
                  "class %s is %s in every year, against signs %s", line_class_names[class],
                  negative ? "negative" : "positive", plan->signs);
  finding_amount(finding, pence_of(fabs(totals->sum[class][0])));
  if (fits != NULL) {
    finding_label(findings, finding, "signs %s would fit", fits);
    finding_help(findings, finding, "write signs,%s in council.csv, or turn the signs of this class", fits);
  } else {
    finding_label(findings, finding, "turn the signs of this class");
    finding_help(findings, finding, "no convention of council.csv fits every class");
  }
}

void check_signs(struct line_rows *rows)
{
  const struct plan *plan = rows->reading->plan;
  struct class_totals *totals = arena_alloc(rows->reading->arena, sizeof *totals);
  if (totals == NULL) {
    return;
  }
  add_up(plan, totals);
  const char *fits = convention_that_fits(plan, totals);
  for (int c = 0; c < N_LINE_CLASSES; c++) {
    const enum line_class class = (enum line_class)c;
    if (totals->first_line[c] < 0 || !wrong_in_every_year(plan, totals, class, 1.0) ||
        (fits == NULL && may_be_a_reduction(class))) {
      continue;
    }
    wrong_signs(rows, totals, class, fits);
    if (fits != NULL) {
      return; /* one cause, one finding */
    }
  }
}

/* ---- units ------------------------------------------------------------------------------------------ */

/* No English council spends less than a million or more than twenty thousand million a year. */
#define SMALLEST_PLAN 1e6
#define LARGEST_PLAN 2e10

static void check_size_of_plan(struct line_rows *rows)
{
  struct reading *reading = rows->reading;
  const struct plan *plan = reading->plan;
  double cost = 0.0;
  for (int l = 0; l < plan->n_lines; l++) {
    cost += class_is_cost(plan->line[l].class) ? printed(&plan->line[l], 0) : 0.0;
  }
  if (cost <= 0.0 || (cost >= SMALLEST_PLAN && cost <= LARGEST_PLAN)) {
    return;
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_UNITS_OFF, header_place(&rows->table), "cost adds up to %s in %s",
                  money_short(reading, pence_of(cost)), year_words(reading, 0));
  finding_label(reading->findings, finding, "are the figures in %s?", plan->money);
  finding_help(reading->findings, finding,
               "council.csv says money,%s; the others are GBP, GBP thousand and GBP million", plan->money);
  finding_amount(finding, pence_of(cost));
}

static bool thousandfold(double a, double b)
{
  const double small = fmin(fabs(a), fabs(b)), large = fmax(fabs(a), fabs(b));
  return small > 0.0 && large / small > 800.0 && large / small < 1250.0;
}

/* 168 beside 168,000 in one row. */
static void check_jumps(struct line_rows *rows, int l)
{
  struct reading *reading = rows->reading;
  const struct line *line = &reading->plan->line[l];
  const struct series *series = line->recurring ? &line->amount : &line->one_off;
  double last = series->base;
  for (int y = 0; line->form == FORM_LEVEL && y < reading->plan->n_years; y++) {
    if (thousandfold(last, series->cell[y])) {
      const struct cell *cell = table_year_cell(&rows->table, rows->row[l], y);
      struct finding *finding =
          finding_add(reading->findings, CODE_UNITS_OFF, cell_place(&rows->table, rows->row[l], cell),
                      "'%s' is about a thousand times %s the year before", cell->text,
                      fabs(series->cell[y]) > fabs(last) ? "more than" : "less than");
      finding_label(reading->findings, finding, "in the unit of the others?");
      finding_amount(finding, pence_of(fabs(series->cell[y] - last)));
      return;
    }
    last = series->cell[y];
  }
}

/* A level line whose every year is a tenth of its base or less, and not nothing: the paper may print changes. */
static void check_changes(struct line_rows *rows, int l)
{
  struct reading *reading = rows->reading;
  const struct line *line = &reading->plan->line[l];
  double largest = 0.0;
  if (line->form != FORM_LEVEL || !line->recurring || line->last_year < reading->plan->n_years) {
    return;
  }
  for (int y = 0; y < reading->plan->n_years; y++) {
    largest = fmax(largest, fabs(line->amount.cell[y]));
  }
  if (largest == 0.0 || largest > 0.1 * fabs(line->amount.base) || thousandfold(largest, line->amount.base)) {
    return;
  }
  const struct cell *form = table_cell(&rows->table, rows->row[l], "form");
  struct finding *finding =
      finding_add(reading->findings, CODE_CHANGES_AS_LEVELS, cell_place(&rows->table, rows->row[l], form),
                  "'%s' falls from %s to %s", line->id, money_short(reading, pence_of(fabs(line->amount.base))),
                  money_short(reading, pence_of(fabs(line->amount.cell[0]))));
  finding_label(reading->findings, finding, "if the years are changes on the year before, write change");
  finding_amount(finding, pence_of(fabs(line->amount.base - line->amount.cell[0])));
}

/* One line fifty times all others: pounds among thousands. */
static void check_giant(struct line_rows *rows)
{
  struct reading *reading = rows->reading;
  const struct plan *plan = reading->plan;
  double all = 0.0;
  for (int l = 0; l < plan->n_lines; l++) {
    all += fabs(printed(&plan->line[l], 0));
  }
  for (int l = 0; l < plan->n_lines; l++) {
    const double own = fabs(printed(&plan->line[l], 0));
    if (all - own <= 0.0 || own < 50.0 * (all - own)) {
      continue;
    }
    struct finding *finding = finding_add(reading->findings, CODE_UNITS_OFF, row_place(&rows->table, rows->row[l]),
                                          "'%s' is more than fifty times all other lines together", plan->line[l].id);
    finding_label(reading->findings, finding, "in the unit of the others?");
    finding_amount(finding, pence_of(own));
  }
}

void check_units(struct line_rows *rows)
{
  check_size_of_plan(rows);
  check_giant(rows);
  for (int l = 0; l < rows->reading->plan->n_lines; l++) {
    check_jumps(rows, l);
    check_changes(rows, l);
  }
}
