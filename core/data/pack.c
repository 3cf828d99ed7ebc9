/* pack.c: a pack of scenarios that runs on any council: scenarios.csv with years counted from the council's own first year (+0, +1, ...). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* Years of a pack that are within the plan: column "+3" is the fourth year.  Returns -1 for any other header. */
static int year_of(const char *name)
{
  return name[0] == '+' && name[1] >= '0' && name[1] <= '9' && name[2] == '\0' ? name[1] - '0' : -1;
}

static bool known(const char *name)
{
  static const char *const names[] = {"scenario", "plugin", "instance", "parameter", "value", "note", "source", "basis"};
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    if (strcmp(name, names[i]) == 0) {
      return true;
    }
  }
  return year_of(name) >= 0;
}

static bool check_header(struct reading *reading, struct table *table)
{
  bool fine = true;
  for (int c = 0; c < table->n_columns; c++) {
    if (!known(table->name[c])) {
      struct finding *finding =
          finding_add(reading->findings, CODE_PACK_COLUMN, cell_place(table, -1, &table->header[c]), "a pack has no column '%s'", table->name[c]);
      finding_label(reading->findings, finding, "scenario, plugin, instance, parameter, value, +0 to +9, note");
      fine = false;
    }
  }
  return fine;
}

static void read_row(struct reading *reading, const struct table *table, int row, struct scenario_row *out)
{
  *out = (struct scenario_row){.scenario = table_cell(table, row, "scenario")->text,
                               .plugin = table_cell(table, row, "plugin")->text,
                               .instance = table_cell(table, row, "instance")->text,
                               .parameter = table_cell(table, row, "parameter")->text,
                               .value = table_cell(table, row, "value")->text,
                               .place = row_place(table, row),
                               .plugin_place = cell_place(table, row, table_cell(table, row, "plugin")),
                               .parameter_place = cell_place(table, row, table_cell(table, row, "parameter")),
                               .value_place = cell_place(table, row, table_cell(table, row, "value"))};
  for (int y = 0; y < MAX_YEARS; y++) {
    out->year_value[y] = "";
    out->year_place[y] = out->place;
  }
  for (int c = 0; c < table->n_columns; c++) {
    const int year = year_of(table->name[c]);
    if (year >= 0 && year < reading->plan->n_years) {
      const struct cell *cell = &table->cell[row * table->n_columns + c];
      out->year_value[year] = cell->text;
      out->year_place[year] = cell_place(table, row, cell);
    }
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

enum status pack_load(struct folder *folder, const char *path, struct scenario_row **rows, int *count, struct error *error)
{
  const char *slash = strrchr(path, '/');
  const char *name = slash != NULL ? slash + 1 : path;
  const char *where = slash != NULL ? arena_strndup(&folder->arena, path, (size_t)(slash - path) + 1) : ".";
  struct reading reading = {.folder = folder, .arena = &folder->arena, .findings = &folder->findings, .plan = &folder->plan};
  struct table table;
  bool absent = false;
  reading.folder_fd = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (reading.folder_fd < 0) {
    return error_set(error, STATUS_FILE, "%s: %s", path, strerror(errno));
  }
  enum status status = STATUS_DATA;
  if (csv_read(&reading, arena_strdup(&folder->arena, name), &table, &absent)) {
    status = check_header(&reading, &table) ? read_rows(&reading, &table, rows, count) : STATUS_DATA;
  } else if (absent) {
    status = error_set(error, STATUS_FILE, "%s: there is no such file", path);
  }
  close(reading.folder_fd);
  return status;
}
