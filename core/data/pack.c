/* pack.c: a pack of scenarios that runs on any council: scenarios.csv with years counted from the council's own first
 * year (+0, +1, ...). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char *const columns[] = { "scenario", "plugin", "instance", "parameter", "value",
                                       "note",     "source", "basis",    NULL };
static const char *const required[] = { "scenario", "plugin", "parameter", NULL };

/* Words of a row whose plugin is blank. */
static const char *const own_parameters[] = { "label", "description", "include", "classes", NULL };

/* Column "+3" is the fourth year of the plan.  -1 for any other header. */
static int year_of(const char *name)
{
  return name[0] == '+' && name[1] >= '0' && name[1] <= '9' && name[2] == '\0' ? name[1] - '0' : -1;
}

static bool listed(const char *name, const char *const *names)
{
  while (*names != NULL && strcmp(name, *names) != 0) {
    names++;
  }
  return *names != NULL;
}

static bool column_is_blank(const struct table *table, int column)
{
  bool blank = table->header[column].length == 0;
  for (int row = 0; blank && row < table->n_rows; row++) {
    blank = table->cell[row * table->n_columns + column].length == 0;
  }
  return blank;
}

static bool refuse(struct reading *reading, const struct table *table, int column, enum code code, const char *text,
                   const char *label)
{
  const struct cell *cell = &table->header[column < 0 ? 0 : column];
  struct finding *finding = finding_add(reading->findings, code, cell_place(table, -1, cell), "%s", text);
  finding_label(reading->findings, finding, "%s", label);
  return false;
}

static bool check_column(struct reading *reading, const struct table *table, int column)
{
  const char *name = table->name[column];
  for (int before = 0; before < column && name[0] != '\0'; before++) {
    if (strcmp(table->name[before], name) == 0) {
      return refuse(reading, table, column, CODE_HEADER_TWICE,
                    arena_printf(reading->arena, "the column '%s' stands twice", name), "take one of them out");
    }
  }
  if (year_of(name) >= 0 || listed(name, columns) || column_is_blank(table, column)) {
    return true;
  }
  const char *nearest = nearest_name(name, columns);
  return refuse(reading, table, column, CODE_PACK_COLUMN,
                arena_printf(reading->arena, "a pack has no column '%s'", name),
                name[0] == '+' || name[0] == '2' ? "years of a pack are +0 to +9, counted from the council's first"
                : nearest != NULL                ? arena_printf(reading->arena, "did you mean '%s'?", nearest)
                                  : "scenario, plugin, instance, parameter, value, +0 to +9, note, source, basis");
}

static bool check_header(struct reading *reading, const struct table *table)
{
  bool fine = true;
  for (int c = 0; c < table->n_columns; c++) {
    fine &= check_column(reading, table, c);
  }
  for (const char *const *name = required; *name != NULL; name++) {
    if (table_column(table, *name) < 0) {
      fine = refuse(reading, table, -1, CODE_HEADER_MISSING,
                    arena_printf(reading->arena, "a pack needs the column '%s'", *name), "add it");
    }
  }
  return fine;
}

/* Cells of one year, where the plan has that year; *within and *after: some are filled in its years, or later. */
static void read_years(struct reading *reading, const struct table *table, int row, struct scenario_row *out,
                       bool *within, bool *after)
{
  for (int y = 0; y < MAX_YEARS; y++) {
    out->year_value[y] = "";
    out->year_place[y] = out->place;
  }
  for (int c = 0; c < table->n_columns; c++) {
    const int year = year_of(table->name[c]);
    const struct cell *cell = &table->cell[row * table->n_columns + c];
    if (year < 0 || cell->length == 0) {
      continue;
    }
    if (year < reading->plan->n_years) {
      out->year_value[year] = cell->text;
      out->year_place[year] = cell_place(table, row, cell);
      *within = true;
    } else {
      *after = true;
    }
  }
}

/* "county district": a bit for each. */
static void read_classes(struct reading *reading, const struct table *table, int row, struct scenario_row *out)
{
  const struct cell *cell = table_cell(table, row, "value");
  const char *const *words = NULL;
  const int n = cell_words(reading, cell, &words);
  for (int w = 0; w < n; w++) {
    int class = 0;
    while (class < N_COUNCIL_CLASSES && strcmp(words[w], council_class_names[class]) != 0) {
      class ++;
    }
    if (class < N_COUNCIL_CLASSES) {
      out->classes |= 1u << class;
      continue;
    }
    const char *nearest = nearest_name(words[w], council_class_names);
    struct finding *finding = finding_add(reading->findings, CODE_SCENARIO_ROW, cell_place(table, row, cell),
                                          "there is no class of council '%s'", words[w]);
    if (nearest != NULL) {
      finding_label(reading->findings, finding, "did you mean %s?", nearest);
    } else {
      finding_label(reading->findings, finding,
                    "unitary, county, district, metropolitan, london_borough, fire or other");
    }
  }
}

static void read_row(struct reading *reading, const struct table *table, int row, struct scenario_row *out)
{
  bool within = false, after = false;
  *out = (struct scenario_row){ .plugin = table_cell(table, row, "plugin")->text,
                                .instance = table_cell(table, row, "instance")->text,
                                .parameter = table_cell(table, row, "parameter")->text,
                                .value = table_cell(table, row, "value")->text,
                                .place = row_place(table, row),
                                .plugin_place = cell_place(table, row, table_cell(table, row, "plugin")),
                                .parameter_place = cell_place(table, row, table_cell(table, row, "parameter")),
                                .value_place = cell_place(table, row, table_cell(table, row, "value")) };
  if (!cell_id(reading, table, row, table_cell(table, row, "scenario"), &out->scenario)) {
    out->scenario = table_cell(table, row, "scenario")->text;
  }
  read_years(reading, table, row, out, &within, &after);
  out->after_plan = after && !within && out->value[0] == '\0';
  scenario_row_check(reading, table, row, out, own_parameters);
  if (out->plugin[0] == '\0' && strcmp(out->parameter, "classes") == 0) {
    read_classes(reading, table, row, out);
  }
}

static enum status read_rows(struct reading *reading, const struct table *table, struct scenario_row **rows, int *count)
{
  for (int r = 0; r < table->n_rows; r++) {
    struct scenario_row *grown = arena_grow(reading->arena, *rows, (size_t)*count, sizeof *grown);
    if (grown == NULL) {
      return STATUS_MEMORY;
    }
    *rows = grown;
    read_row(reading, table, r, &grown[(*count)++]);
  }
  return STATUS_OK;
}

enum status pack_load(struct folder *folder, const char *path, struct scenario_row **rows, int *count,
                      struct error *error)
{
  const char *slash = strrchr(path, '/');
  const char *name = slash != NULL ? slash + 1 : path;
  const char *where = slash != NULL ? arena_strndup(&folder->arena, path, (size_t)(slash - path) + 1) : ".";
  struct reading reading = {
    .folder = folder, .arena = &folder->arena, .findings = &folder->findings, .plan = &folder->plan
  };
  struct table table;
  bool absent = false;
  const size_t errors = folder->findings.errors;
  reading.folder_fd = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (reading.folder_fd < 0) {
    return error_set(error, STATUS_FILE, "%s: %s", path, strerror(errno));
  }
  enum status status = STATUS_DATA;
  const int files = folder->n_files;
  const bool read = csv_read(&reading, arena_strdup(&folder->arena, name), &table, &absent);
  for (int f = files; f < folder->n_files; f++) {
    folder->file[f].is_pack = true;
  }
  if (read) {
    status = check_header(&reading, &table) ? read_rows(&reading, &table, rows, count) : STATUS_DATA;
    status = status == STATUS_OK && folder->findings.errors > errors ? STATUS_DATA : status;
  } else if (absent) {
    status = error_set(error, STATUS_FILE, "%s: there is no such file", path);
  }
  close(reading.folder_fd);
  return status;
}
