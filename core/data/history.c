/* history.c: history.csv, what past accounts say; never projected (format.md section 13). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/words.h"

#include <string.h>

static const char *const columns[] = { "measure", NULL };
static const char *const required[] = { "measure", NULL };
static const struct table_spec spec = {
  .file = "history.csv", .columns = columns, .required = required, .any_years = true
};

static const char *const measures[] = { "net_budget",           "council_tax",         "earmarked_opening",
                                        "earmarked_movement",   "earmarked_closing",   "unallocated_opening",
                                        "unallocated_movement", "unallocated_closing", NULL };

/* A blank year is one that was not found. */
static bool read_years(struct reading *reading, const struct table *table, int row, struct history_row *history)
{
  int *year = arena_array(reading->arena, (size_t)table->n_columns, sizeof *year);
  double *amount = arena_array(reading->arena, (size_t)table->n_columns, sizeof *amount);
  if (year == NULL || amount == NULL) {
    return false;
  }
  for (int c = 0; c < table->n_columns; c++) {
    const struct cell *cell = &table->cell[row * table->n_columns + c];
    if (table->calendar[c] == 0 || cell_blank(cell) || !cell_money(reading, table, row, cell, &amount[history->n])) {
      continue;
    }
    year[history->n++] = table->calendar[c];
  }
  history->year = year;
  history->amount = amount;
  return true;
}

static void read_row(struct reading *reading, const struct table *table, int row)
{
  struct plan *plan = reading->plan;
  struct history_row *history = &plan->history[plan->n_history];
  const struct cell *cell = table_cell(table, row, "measure");
  int choice = 0;
  if (!cell_needed(reading, table, row, cell, "the measure") ||
      !cell_choice(reading, table, row, cell, measures, &choice) ||
      !id_is_free(reading, table, row, cell, plan->history, plan->n_history, sizeof *plan->history)) {
    return;
  }
  history->measure = measures[choice];
  history->place = row_place(table, row);
  plan->n_history += read_years(reading, table, row, history);
}

/* ---- does each year follow from the one before --------------------------------------------------------- */

static const struct history_row *find_row(const struct plan *plan, const char *family, const char *which)
{
  for (int h = 0; h < plan->n_history; h++) {
    const char *measure = plan->history[h].measure;
    const size_t length = strlen(family);
    if (strncmp(measure, family, length) == 0 && measure[length] == '_' && strcmp(measure + length + 1, which) == 0) {
      return &plan->history[h];
    }
  }
  return NULL;
}

static bool amount_in(const struct history_row *row, int year, pence *out)
{
  for (int i = 0; row != NULL && i < row->n; i++) {
    if (row->year[i] == year) {
      *out = pence_of(row->amount[i]);
      return true;
    }
  }
  return false;
}

/* Years of one row that do not follow, and the worst of them. */
struct breaks {
  int count, year;
  pence found, expected;
};

static pence apart(pence a, pence b)
{
  return a > b ? a - b : b - a;
}

static void add_break(struct breaks *breaks, int year, pence found, pence expected)
{
  if (found == expected) {
    return;
  }
  if (breaks->count++ == 0 || apart(found, expected) > apart(breaks->found, breaks->expected)) {
    breaks->year = year;
    breaks->found = found;
    breaks->expected = expected;
  }
}

/* One note for a row: old accounts were often restated, and the reader needs the largest break, not a list. */
static void note_breaks(struct reading *reading, const struct history_row *row, const struct breaks *breaks,
                        const char *expected_from)
{
  if (breaks->count == 0) {
    return;
  }
  const pence difference = apart(breaks->found, breaks->expected);
  struct finding *finding = finding_add(
      reading->findings, CODE_HISTORY_CHAIN, row->place, "past reserves: %s is %s in %s, but %s %s", row->measure,
      money_exact(reading, breaks->found), year_words(reading, breaks->year - reading->plan->first_year), expected_from,
      money_exact(reading, breaks->expected));
  finding_amount(finding, difference);
  finding_label(reading->findings, finding, "%s apart", money_exact(reading, difference));
  if (breaks->count > 1) {
    finding_help(reading->findings, finding, "%d years do not follow from the one before; this is the furthest apart",
                 breaks->count);
  }
}

static void check_chain(struct reading *reading, const char *family)
{
  const struct history_row *opening = find_row(reading->plan, family, "opening");
  const struct history_row *movement = find_row(reading->plan, family, "movement");
  const struct history_row *closing = find_row(reading->plan, family, "closing");
  struct breaks within = { 0 }, between = { 0 };
  for (int i = 0; closing != NULL && i < closing->n; i++) {
    const int year = closing->year[i];
    const pence closes = pence_of(closing->amount[i]);
    pence opens = 0, moves = 0, next = 0;
    if (amount_in(opening, year, &opens) && amount_in(movement, year, &moves)) {
      add_break(&within, year, closes, opens + moves);
    }
    if (amount_in(opening, year + 1, &next)) {
      add_break(&between, year + 1, next, closes);
    }
  }
  note_breaks(reading, closing, &within, "opening and movement make");
  note_breaks(reading, opening, &between, "the year before closed at");
}

bool read_history(struct reading *reading)
{
  const size_t errors = reading->findings->errors;
  struct table table;
  bool absent = false;
  if (!table_read(reading, &spec, &table, &absent)) {
    return absent && reading->findings->errors == errors;
  }
  reading->plan->history = arena_array(reading->arena, (size_t)table.n_rows + 1, sizeof *reading->plan->history);
  if (reading->plan->history == NULL) {
    return false;
  }
  for (int row = 0; row < table.n_rows; row++) {
    read_row(reading, &table, row);
  }
  check_chain(reading, "earmarked");
  check_chain(reading, "unallocated");
  return reading->findings->errors == errors;
}
