/* basis.c: basis.csv, where single figures are from, and how much of the plan is illustrative (format.md section 13).
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include "data/words.h"

#include <string.h>

static const char *const columns[] = { "file", "row", "columns", NULL };
static const char *const required[] = { "file", "row", "columns", "basis", NULL };
static const struct table_spec spec = { .file = "basis.csv", .columns = columns, .required = required };

/* One row of basis.csv and the table that it speaks of. */
struct override {
  struct reading *reading;
  const struct table *table; /* basis.csv */
  int row;
  struct origin origin;
  struct table *target;
};

/* For each table: an origin a cell, or NULL where basis.csv says nothing of it. */
struct overrides {
  const struct origin ***cell;
};

static void no_cell(struct override *override, const char *column, const char *text, const char *label)
{
  struct findings *findings = override->reading->findings;
  const struct cell *cell = table_cell(override->table, override->row, column);
  finding_label(findings,
                finding_add(findings, CODE_BASIS_NO_CELL, cell_place(override->table, override->row, cell), "%s", text),
                "%s", label);
}

/* ---- which cells --------------------------------------------------------------------------------------- */

static const char *key_column(const struct table *table)
{
  static const char *const keys[] = { "id", "term", "measure", "key", "scenario", "rag", "input" };
  for (size_t i = 0; i < COUNT_OF(keys); i++) {
    if (table_column(table, keys[i]) >= 0) {
      return keys[i];
    }
  }
  return "";
}

/* "E05" is the main row, "E05.number" a part; a measure of controls.csv may itself hold a dot. */
static bool row_is(const struct table *table, int row, const char *wanted)
{
  const char *key = table_cell(table, row, key_column(table))->text;
  const size_t n = strlen(key);
  if (strncmp(wanted, key, n) != 0) {
    return false;
  }
  const char *part = table_cell(table, row, "part")->text;
  if (part[0] == '\0') {
    return wanted[n] == '\0';
  }
  return wanted[n] == '.' && strcmp(wanted + n + 1, part) == 0;
}

/* A column by its header; a year in any of its spellings; or years FIRST..LAST. */
static bool column_is(const struct table *table, int column, const char *wanted)
{
  const char *dots = strstr(wanted, "..");
  bool date = false;
  if (dots != NULL) {
    char first[16] = "";
    if (dots - wanted < (int)sizeof first) {
      memcpy(first, wanted, (size_t)(dots - wanted));
    }
    const int from = year_parse(first, &date), to = year_parse(dots + 2, &date), at = table->calendar[column];
    return from != 0 && at >= from && at <= to;
  }
  const int year = year_parse(wanted, &date);
  return year != 0 ? table->calendar[column] == year : strcmp(table->name[column], wanted) == 0;
}

static bool known_column(const struct table *table, const char *wanted)
{
  bool found = false;
  for (int c = 0; c < table->n_columns; c++) {
    found = found || column_is(table, c, wanted);
  }
  return found;
}

static bool known_row(const struct table *table, const char *wanted)
{
  bool found = false;
  for (int row = 0; row < table->n_rows; row++) {
    found = found || row_is(table, row, wanted);
  }
  return found;
}

static void mark(struct override *override, const struct origin **cells, const char *row_word, const bool *wanted)
{
  const struct table *target = override->target;
  for (int row = 0; row < target->n_rows; row++) {
    const bool here = row_is(target, row, row_word);
    for (int c = 0; here && c < target->n_columns; c++) {
      cells[row * target->n_columns + c] = wanted[c] ? &override->origin : cells[row * target->n_columns + c];
    }
  }
}

/* Whether each column is one of those named; NULL when memory is out. */
static const bool *wanted_columns(struct override *override, const char *const *names, int n)
{
  const struct table *target = override->target;
  bool *wanted = arena_array(override->reading->arena, (size_t)target->n_columns, sizeof *wanted);
  for (int c = 0; wanted != NULL && c < target->n_columns; c++) {
    for (int i = 0; i < n && !wanted[c]; i++) {
      wanted[c] = column_is(target, c, names[i]);
    }
  }
  return wanted;
}

static bool words_known(struct override *override, const char *column, const char *const *words, int n,
                        bool (*known)(const struct table *, const char *))
{
  bool good = true;
  for (int i = 0; i < n; i++) {
    if (!known(override->target, words[i])) {
      no_cell(override, column,
              arena_printf(override->reading->arena, "%s has no %s '%s'", override->target->file,
                           strcmp(column, "row") == 0 ? "row" : "column", words[i]),
              strcmp(column, "row") == 0 ? "an id, a term or a measure; a part as E05.number"
                                         : "a header, a year, or 2026/27..2028/29");
      good = false;
    }
  }
  return good;
}

static struct table *find_table(struct override *override)
{
  struct reading *reading = override->reading;
  const struct cell *cell = table_cell(override->table, override->row, "file");
  for (int t = 0; t < reading->n_tables; t++) {
    if (strcmp(reading->table[t].file, cell->text) == 0) {
      return &reading->table[t];
    }
  }
  if (!file_failed(reading, cell->text)) {
    const char *nearest = nearest_name(cell->text, folder_file_names);
    no_cell(override, "file", arena_printf(reading->arena, "the folder has no file '%s'", cell_shown(reading, cell)),
            nearest != NULL ? arena_printf(reading->arena, "did you mean '%s'?", nearest) : "a file of this folder");
  }
  return NULL;
}

static void read_override(struct override *override, struct overrides *all)
{
  struct reading *reading = override->reading;
  const struct table *table = override->table;
  bool good = cell_needed(reading, table, override->row, table_cell(table, override->row, "file"), "the file");
  good = cell_needed(reading, table, override->row, table_cell(table, override->row, "row"), "the row") && good;
  good =
      cell_needed(reading, table, override->row, table_cell(table, override->row, "columns"), "the list of columns") &&
      good;
  good = cell_needed(reading, table, override->row, table_cell(table, override->row, "basis"), "the basis") && good;
  override->target = good ? find_table(override) : NULL;
  if (override->target == NULL) {
    return;
  }
  const char *const *rows = NULL, *const *names = NULL;
  const int n_rows = cell_words(reading, table_cell(table, override->row, "row"), &rows);
  const int n_names = cell_words(reading, table_cell(table, override->row, "columns"), &names);
  good = words_known(override, "row", rows, n_rows, known_row);
  good = words_known(override, "columns", names, n_names, known_column) && good;
  const int t = (int)(override->target - reading->table);
  if (all->cell[t] == NULL) {
    all->cell[t] =
        arena_array(reading->arena, (size_t) override->target->n_rows * (size_t) override->target->n_columns + 1,
                    sizeof **all->cell);
  }
  const bool *wanted = wanted_columns(override, names, n_names);
  for (int i = 0; good && all->cell[t] != NULL && wanted != NULL && i < n_rows; i++) {
    mark(override, all->cell[t], rows[i], wanted);
  }
}

/* ---- every origin of the plan -------------------------------------------------------------------------- */

static int line_of_row(const struct table *table, int row)
{
  return table->cell[(size_t)row * (size_t)table->n_columns].line;
}

static int row_at_line(const struct table *table, int line)
{
  int low = 0, high = table->n_rows;
  while (low < high) {
    const int middle = (low + high) / 2;
    if (line_of_row(table, middle) < line) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < table->n_rows && line_of_row(table, low) == line ? low : -1;
}

static void apply(const struct reading *reading, const struct overrides *all, struct origin *origin)
{
  for (int t = 0; origin->file != NULL && t < reading->n_tables; t++) {
    const struct table *table = &reading->table[t];
    const int row =
        all->cell[t] != NULL && strcmp(table->file, origin->file) == 0 ? row_at_line(table, origin->line) : -1;
    for (int c = 0; row >= 0 && c < table->n_columns; c++) {
      const int at = row * table->n_columns + c;
      if (table->cell[at].column == origin->column && all->cell[t][at] != NULL) {
        origin->basis = all->cell[t][at]->basis;
        origin->source = all->cell[t][at]->source;
      }
    }
  }
}

static void apply_years(const struct reading *reading, const struct overrides *all, struct origin *origins)
{
  for (int y = 0; y < reading->plan->n_years; y++) {
    apply(reading, all, &origins[y]);
  }
}

static void apply_series(const struct reading *reading, const struct overrides *all, struct series *series)
{
  apply(reading, all, &series->base_origin);
  apply_years(reading, all, series->origin);
}

static void apply_lines_and_terms(const struct reading *reading, const struct overrides *all)
{
  struct plan *plan = reading->plan;
  for (int l = 0; l < plan->n_lines; l++) {
    struct line *line = &plan->line[l];
    apply_series(reading, all, &line->amount);
    apply_series(reading, all, &line->one_off);
    apply_series(reading, all, &line->number);
    apply_series(reading, all, &line->unit_cost);
    apply_series(reading, all, &line->percent);
  }
  for (int t = 0; t < N_TERMS; t++) {
    apply_series(reading, all, &plan->term[t].series);
  }
  for (int d = 0; d < plan->n_drivers; d++) {
    apply_years(reading, all, plan->driver[d].origin);
    apply(reading, all, &plan->driver[d].cap_origin);
    apply(reading, all, &plan->driver[d].collar_origin);
  }
}

static void apply_savings_and_reserves(const struct reading *reading, const struct overrides *all)
{
  struct plan *plan = reading->plan;
  for (int s = 0; s < plan->n_savings; s++) {
    apply_years(reading, all, plan->saving[s].origin);
    apply_years(reading, all, plan->saving[s].cost_origin);
    apply(reading, all, &plan->saving[s].delivery_origin);
    apply(reading, all, &plan->saving[s].full_year_origin);
  }
  for (int r = 0; r < plan->n_reserves; r++) {
    struct reserve *reserve = &plan->reserve[r];
    apply(reading, all, &reserve->opening_origin);
    apply(reading, all, &reserve->floor_origin);
    for (int m = 0; m < reserve->n_movements; m++) {
      apply_years(reading, all, reserve->movement[m].origin);
    }
  }
}

static void apply_capital(const struct reading *reading, const struct overrides *all)
{
  struct plan *plan = reading->plan;
  for (int r = 0; r < plan->n_receipts; r++) {
    apply(reading, all, &plan->receipt[r].amount_origin);
    apply(reading, all, &plan->receipt[r].debt_origin);
    apply(reading, all, &plan->receipt[r].avoid_origin);
    apply(reading, all, &plan->receipt[r].flexible_origin);
    apply(reading, all, &plan->receipt[r].life_origin);
    apply(reading, all, &plan->receipt[r].rate_origin);
  }
  for (int b = 0; b < plan->n_borrowings; b++) {
    apply(reading, all, &plan->borrowing[b].amount_origin);
    apply(reading, all, &plan->borrowing[b].rate_origin);
    apply(reading, all, &plan->borrowing[b].old_rate_origin);
    apply(reading, all, &plan->borrowing[b].life_origin);
  }
}

bool read_basis(struct reading *reading)
{
  struct table table;
  bool absent = false;
  const int n_tables = reading->n_tables; /* basis.csv itself is none of those it speaks of */
  if (!table_read(reading, &spec, &table, &absent)) {
    return absent;
  }
  reading->n_tables = n_tables;
  struct overrides all = { arena_array(reading->arena, (size_t)n_tables + 1, sizeof *all.cell) };
  struct override *override = arena_array(reading->arena, (size_t)table.n_rows + 1, sizeof *override);
  if (all.cell == NULL || override == NULL) {
    return false;
  }
  for (int row = 0; row < table.n_rows; row++) {
    const struct cell *basis = table_cell(&table, row, "basis");
    override[row] = (struct override){
      .reading = reading, .table = &table, .row = row, .origin = cell_origin(reading, &table, row, basis)
    };
    read_override(&override[row], &all);
  }
  if (reading->arena->failed) {
    return false;
  }
  apply_lines_and_terms(reading, &all);
  apply_savings_and_reserves(reading, &all);
  apply_capital(reading, &all);
  return true;
}

/* ---- how much of the plan is illustrative -------------------------------------------------------------- */

/* A result is as good as its weakest input. */
static enum basis weaker(enum basis a, enum basis b)
{
  return a > b ? a : b;
}

static enum basis last_given(const struct series *series, int year)
{
  for (int y = year; y >= 0; y--) {
    if (series->filled[y]) {
      return series->origin[y].basis;
    }
  }
  return series->has_base ? series->base_origin.basis : BASIS_NONE;
}

/* A rolled line stands on its base and on every step since. */
static enum basis rolled(const struct series *series, int year)
{
  enum basis basis = series->base_origin.basis;
  for (int y = 0; y <= year; y++) {
    basis = series->filled[y] ? weaker(basis, series->origin[y].basis) : basis;
  }
  return basis;
}

static enum basis of_terms(const struct plan *plan, const char *area, int year)
{
  enum basis basis = BASIS_NONE;
  for (int t = 0; t < N_TERMS; t++) {
    const bool limit = t == TERM_LIMIT || t == TERM_LIMIT_GBP;
    if (plan->term[t].present && !limit && strcmp(term_kinds[t].area, area) == 0) {
      basis = weaker(basis, last_given(&plan->term[t].series, year));
    }
  }
  return basis;
}

static enum basis of_line(const struct plan *plan, const struct line *line, int year)
{
  const enum basis one_off = line->one_off.filled[year] ? line->one_off.origin[year].basis : BASIS_NONE;
  switch (line->form) {
  case FORM_ROLL:
    return weaker(one_off, rolled(&line->amount, year));
  case FORM_UNITS:
    return weaker(one_off, weaker(last_given(&line->number, year), last_given(&line->unit_cost, year)));
  case FORM_SHARE:
    return weaker(one_off, last_given(&line->percent, year));
  case FORM_COUNCIL_TAX:
    return weaker(one_off, of_terms(plan, "council_tax", year));
  case FORM_BUSINESS_RATES:
    return weaker(one_off, of_terms(plan, "business_rates", year));
  default:
    return line->recurring ? weaker(one_off, line->amount.origin[year].basis) : one_off;
  }
}

void check_basis(struct reading *reading)
{
  struct plan *plan = reading->plan;
  const struct result *baseline = reading->folder->baseline;
  double illustrative = 0.0, all = 0.0;
  for (int l = 0; l < plan->n_lines; l++) {
    for (int y = 0; y < plan->n_years; y++) {
      const double amount = gbp_from_pence(baseline->line[l].amount[y]);
      const double size = amount < 0.0 ? -amount : amount;
      all += size;
      plan->line[l].basis[y] = of_line(plan, &plan->line[l], y);
      illustrative += plan->line[l].basis[y] == BASIS_ILLUSTRATIVE ? size : 0.0;
    }
  }
  plan->illustrative_share = all > 0.0 ? illustrative / all : 0.0;
}
