/* table.c: the header of a file held against what the file may hold: names, years, the words of the basis column. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include "data/words.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Every file may have these (format.md section 13). */
static const char *const columns_everywhere[] = { "basis", "source", "note", NULL };

static const struct cell blank_cell = { .text = "" };

static bool listed(const char *name, const char *const *names)
{
  for (; names != NULL && *names != NULL; names++) {
    if (strcmp(name, *names) == 0) {
      return true;
    }
  }
  return false;
}

/* A column without a name and without a cell was left behind by a spreadsheet. */
static bool column_is_blank(const struct table *table, int column)
{
  bool blank = table->header[column].length == 0;
  for (int row = 0; blank && row < table->n_rows; row++) {
    blank = table->cell[row * table->n_columns + column].length == 0;
  }
  return blank;
}

static const char *known_names(struct reading *reading, const struct table_spec *spec, const char *typed)
{
  const char *nearest = nearest_name(typed, spec->columns);
  nearest = nearest != NULL ? nearest : nearest_name(typed, columns_everywhere);
  return nearest != NULL ? arena_printf(reading->arena, "did you mean '%s'?", nearest) : "take the column out";
}

/* ---- years --------------------------------------------------------------------------------------------- */

static bool has_years(const struct table_spec *spec)
{
  return spec->years || spec->any_years || spec->years_optional;
}

static const char *year_words_calendar(struct reading *reading, int calendar)
{
  return arena_printf(reading->arena, "%d/%02d", calendar, (calendar + 1) % 100);
}

static void date_header(struct reading *reading, const struct table *table, const struct cell *cell)
{
  struct finding *finding = finding_add(reading->findings, CODE_YEAR_HEADER, cell_place(table, -1, cell),
                                        "a spreadsheet turned a year into the date '%s'", cell_shown(reading, cell));
  finding_label(reading->findings, finding, "write the year as 2026/27");
  finding_help(
      reading->findings, finding,
      "2011/12 becomes Dec-11 when a spreadsheet opens the file: set the header row to Text and type the year again");
}

/* Something that begins as a year does, yet is none. */
static bool year_misspelt(const char *text)
{
  return isdigit((unsigned char)text[0]) || (strncasecmp(text, "fy", 2) == 0 && strpbrk(text, "0123456789") != NULL);
}

static bool unknown_column(struct reading *reading, const struct table_spec *spec, const struct table *table,
                           const struct cell *cell)
{
  bool date = false;
  year_parse(cell->text, &date);
  if (date && has_years(spec)) {
    date_header(reading, table, cell);
    return false;
  }
  if (has_years(spec) && year_misspelt(cell->text)) {
    struct finding *finding = finding_add(reading->findings, CODE_YEAR_HEADER, cell_place(table, -1, cell),
                                          "'%s' is not a year", cell_shown(reading, cell));
    finding_label(reading->findings, finding, "write a year and the next as 2026/27");
    return false;
  }
  if (cell->length == 0) {
    struct finding *finding = finding_add(reading->findings, CODE_HEADER_UNKNOWN, cell_place(table, -1, cell),
                                          "a column without a name holds cells");
    finding_label(reading->findings, finding, "name it, or take it out");
    return false;
  }
  struct finding *finding = finding_add(reading->findings, CODE_HEADER_UNKNOWN, cell_place(table, -1, cell),
                                        "%s has no column '%s'", table->file, cell_shown(reading, cell));
  finding_label(reading->findings, finding, "%s", known_names(reading, spec, cell->text));
  return false;
}

/* A column's year as the plan counts them: -1 the base year; *known false when it is none of the plan's. */
static int plan_year(const struct plan *plan, const struct table_spec *spec, int calendar, bool *known)
{
  const int year = calendar - plan->first_year;
  *known = year < plan->n_years && (year >= 0 || (year == -1 && spec->base));
  return year;
}

static bool year_outside(struct reading *reading, const struct table_spec *spec, const struct table *table,
                         const struct cell *cell, int year)
{
  const struct plan *plan = reading->plan;
  struct finding *finding = finding_add(reading->findings, CODE_YEARS, cell_place(table, -1, cell),
                                        "%s is not a year of the plan", cell->text);
  finding_label(reading->findings, finding, "the plan runs from %s to %s", year_words(reading, 0),
                year_words(reading, plan->n_years - 1));
  if (year == -1) {
    finding_help(reading->findings, finding, "%s has no base year", table->file);
  } else {
    finding_help(reading->findings, finding, "first_year and years of council.csv say so%s",
                 spec->base ? "; the year before may stand in front as the base year" : "");
  }
  return false;
}

static bool year_twice(struct reading *reading, const struct table *table, const struct cell *cell)
{
  finding_label(reading->findings,
                finding_add(reading->findings, CODE_HEADER_TWICE, cell_place(table, -1, cell),
                            "the year %s stands twice", cell->text),
                "take one of them out");
  return false;
}

/* Years in order; binds those of the plan to their columns. */
static bool bind_columns(struct reading *reading, const struct table_spec *spec, struct table *table)
{
  bool good = true;
  int last = 0;
  for (int c = 0; c < table->n_columns; c++) {
    const int calendar = table->calendar[c];
    if (calendar == 0) {
      continue;
    }
    const struct cell *cell = &table->header[c];
    bool known = true;
    const int year = plan_year(reading->plan, spec, calendar, &known);
    if (calendar == last) {
      good = year_twice(reading, table, cell);
    } else if (calendar < last) {
      finding_label(reading->findings,
                    finding_add(reading->findings, CODE_YEARS, cell_place(table, -1, cell), "%s stands after %s",
                                cell->text, year_words_calendar(reading, last)),
                    "years stand in order");
      good = false;
    } else if (!spec->any_years && !known) {
      good = year_outside(reading, spec, table, cell, year);
    } else if (!spec->any_years) {
      *(year < 0 ? &table->base_column : &table->year_column[year]) = c;
    }
    last = calendar > last ? calendar : last;
  }
  return good;
}

static bool no_year_columns(const struct table *table)
{
  bool none = table->base_column < 0;
  for (int y = 0; y < MAX_YEARS; y++) {
    none = none && table->year_column[y] < 0;
  }
  return none;
}

bool table_bind_years(struct reading *reading, const struct table_spec *spec, struct table *table)
{
  bool good = bind_columns(reading, spec, table);
  if (!good || spec->any_years || (spec->years_optional && no_year_columns(table))) {
    return good;
  }
  for (int y = 0; y < reading->plan->n_years; y++) {
    if (table->year_column[y] < 0) {
      struct finding *finding = finding_add(reading->findings, CODE_YEARS, header_place(table),
                                            "%s has no column for %s", table->file, year_words(reading, y));
      finding_label(reading->findings, finding, "the plan runs from %s to %s", year_words(reading, 0),
                    year_words(reading, reading->plan->n_years - 1));
      good = false;
    }
  }
  return good;
}

/* ---- header ----------------------------------------------------------------------------------------- */

static bool name_twice(struct reading *reading, const struct table *table, int column)
{
  for (int c = 0; c < column; c++) {
    if (strcmp(table->name[c], table->name[column]) == 0) {
      finding_label(reading->findings,
                    finding_add(reading->findings, CODE_HEADER_TWICE, cell_place(table, -1, &table->header[column]),
                                "the column '%s' stands twice", cell_shown(reading, &table->header[column])),
                    "take one of them out");
      return true;
    }
  }
  return false;
}

static bool name_columns(struct reading *reading, const struct table_spec *spec, struct table *table)
{
  bool good = true;
  for (int c = 0; c < table->n_columns; c++) {
    if (column_is_blank(table, c)) {
      continue;
    }
    bool date = false;
    const int calendar = has_years(spec) ? year_parse(table->name[c], &date) : 0;
    if (calendar != 0) {
      table->calendar[c] = calendar;
    } else if (!listed(table->name[c], spec->columns) && !listed(table->name[c], columns_everywhere)) {
      good = unknown_column(reading, spec, table, &table->header[c]);
    } else if (name_twice(reading, table, c)) {
      good = false;
    }
  }
  return good;
}

static bool needs_columns(struct reading *reading, const struct table_spec *spec, const struct table *table)
{
  bool good = true;
  for (const char *const *name = spec->required; name != NULL && *name != NULL; name++) {
    if (table_column(table, *name) < 0) {
      finding_label(reading->findings,
                    finding_add(reading->findings, CODE_HEADER_MISSING, header_place(table), "%s has no column '%s'",
                                table->file, *name),
                    "the first row names the columns");
      good = false;
    }
  }
  return good;
}

/* ---- basis ------------------------------------------------------------------------------------------ */

static const char *const basis_names[] = { "published", "derived", "illustrative", NULL };

/* `derived` needs a word of how, in source or note (section 13). */
static void check_basis_cells(struct reading *reading, const struct table *table)
{
  if (table_column(table, "basis") < 0) {
    return;
  }
  for (int row = 0; row < table->n_rows; row++) {
    const struct cell *cell = table_cell(table, row, "basis");
    int basis = 0;
    if (cell_blank(cell) || !cell_choice(reading, table, row, cell, basis_names, &basis) ||
        basis + BASIS_PUBLISHED != BASIS_DERIVED) {
      continue;
    }
    if (cell_blank(table_cell(table, row, "source")) && cell_blank(table_cell(table, row, "note"))) {
      struct finding *finding = finding_add(reading->findings, CODE_DERIVED_UNEXPLAINED, cell_place(table, row, cell),
                                            "a derived figure without a word of how it was derived");
      finding_label(reading->findings, finding, "say how in source or note");
    }
  }
}

/* ---- tables -------------------------------------------------------------------------------------------- */

static void keep_table(struct reading *reading, const struct table *table)
{
  struct table *tables = arena_grow(reading->arena, reading->table, (size_t)reading->n_tables, sizeof *tables);
  if (tables != NULL) {
    reading->table = tables;
    tables[reading->n_tables++] = *table;
  }
}

bool table_read(struct reading *reading, const struct table_spec *spec, struct table *out, bool *absent)
{
  if (!csv_read(reading, spec->file, out, absent)) {
    return false;
  }
  out->base_column = -1;
  for (int y = 0; y < MAX_YEARS; y++) {
    out->year_column[y] = -1;
  }
  out->calendar = arena_array(reading->arena, (size_t)out->n_columns, sizeof *out->calendar);
  if (out->calendar == NULL) {
    return false;
  }
  bool good = name_columns(reading, spec, out);
  good = needs_columns(reading, spec, out) && good;
  if (good && has_years(spec) && reading->plan->n_years > 0) {
    good = table_bind_years(reading, spec, out);
  }
  if (good) {
    out->basis_column = table_column(out, "basis");
    out->source_column = table_column(out, "source");
    check_basis_cells(reading, out);
    keep_table(reading, out);
  }
  return good && !reading->arena->failed;
}

int table_column(const struct table *table, const char *name)
{
  for (int c = 0; c < table->n_columns; c++) {
    if (table->name[c][0] == name[0] && strcmp(table->name[c], name) == 0) {
      return c;
    }
  }
  return -1;
}

static const struct cell *cell_at(const struct table *table, int row, int column)
{
  return column >= 0 ? &table->cell[row * table->n_columns + column] : &blank_cell;
}

struct origin cell_origin(struct reading *reading, const struct table *table, int row, const struct cell *cell)
{
  const char *word = cell_at(table, row, table->basis_column)->text;
  const struct cell *source = cell_at(table, row, table->source_column);
  enum basis basis = reading->default_basis;
  for (int b = 0; word[0] != '\0' && basis_names[b] != NULL; b++) {
    if (strcmp(word, basis_names[b]) == 0) {
      basis = (enum basis)(b + BASIS_PUBLISHED);
    }
  }
  return (struct origin){ .file = table->file,
                          .line = cell->line != 0 ? cell->line : row_place(table, row).line,
                          .column = cell->column,
                          .basis = basis,
                          .source = source->length > 0 ? source->text : reading->plan->default_source };
}

const struct cell *table_cell(const struct table *table, int row, const char *name)
{
  return cell_at(table, row, table_column(table, name));
}

const struct cell *table_year_cell(const struct table *table, int row, int year)
{
  return cell_at(table, row, year < 0 ? table->base_column : table->year_column[year]);
}

bool cell_blank(const struct cell *cell)
{
  return cell->length == 0;
}

struct place cell_place(const struct table *table, int row, const struct cell *cell)
{
  if (cell->line == 0) {
    return row_place(table, row);
  }
  return (struct place){ table->file, cell->line, cell->column, cell->width > 0 ? cell->width : 1,
                         row < 0 ? table->header_excerpt : table->excerpt[row] };
}

struct place row_place(const struct table *table, int row)
{
  const struct cell *first = row < 0 ? &table->header[0] : cell_at(table, row, 0);
  return (struct place){ table->file, first->line, first->column, first->width > 0 ? first->width : 1,
                         row < 0 ? table->header_excerpt : table->excerpt[row] };
}
