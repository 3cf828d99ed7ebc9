/* series.c: the years of one row as a series: filled or grown, with where each figure is from (format.md section 3). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include "data/words.h"

bool series_drivers(struct reading *reading, const struct table *table, int row, struct series *series)
{
  const struct cell *cell = table_cell(table, row, "drivers");
  const struct plan *plan = reading->plan;
  const char *const *words = NULL;
  const int n = cell_words(reading, cell, &words);
  int *drivers = arena_array(reading->arena, (size_t)n + 1, sizeof *drivers);
  if (drivers == NULL || !words_differ(reading, table, row, cell, words, n)) {
    return false;
  }
  int found = 0;
  for (int i = 0; i < n; i++) {
    const int driver = id_resolve(reading, table, row, cell, words[i], "driver", "drivers.csv", plan->driver,
                                  plan->n_drivers, sizeof *plan->driver);
    if (driver >= 0) {
      drivers[found++] = driver;
    }
  }
  series->n_drivers = found;
  series->driver = drivers;
  return found == n;
}

static bool read_cell(struct reading *reading, const struct table *table, int row, const struct cell *cell, char unit,
                      double sign, double *value)
{
  bool good = false;
  switch (unit) {
  case 'G':
    good = cell_money(reading, table, row, cell, value);
    break;
  case 'H':
    good = cell_pounds(reading, table, row, cell, value);
    break;
  case 'E':
    good = cell_count(reading, table, row, cell, value);
    break;
  default:
    good = cell_percent(reading, table, row, cell, value);
  }
  *value = *value == 0.0 ? 0.0 : *value * sign; /* never -0 */
  return good;
}

bool series_read(struct reading *reading, const struct table *table, int row, char unit, double sign,
                 struct series *series)
{
  const struct cell *base = table_year_cell(table, row, -1);
  bool good = series_drivers(reading, table, row, series);
  series->grain = unit == 'P' ? 0.0 : unit == 'G' ? 1.0 : 0.01;
  series->base_origin = cell_origin(reading, table, row, base);
  if (!cell_blank(base)) {
    series->has_base = read_cell(reading, table, row, base, unit, sign, &series->base);
    good = series->has_base && good;
  }
  for (int y = 0; y < reading->plan->n_years; y++) {
    const struct cell *cell = table_year_cell(table, row, y);
    series->origin[y] = cell_origin(reading, table, row, cell);
    if (cell_blank(cell)) {
      continue;
    }
    series->filled[y] = true;
    good = read_cell(reading, table, row, cell, unit, sign, &series->cell[y]) && good;
  }
  if (unit == 'P') {
    check_small_percents(reading, table, row);
  }
  return good;
}

bool series_grown(struct reading *reading, const struct table *table, int row, const struct series *series)
{
  bool known = series->has_base;
  for (int y = 0; y < reading->plan->n_years; y++) {
    known = known || series->filled[y];
    if (series->filled[y] || (known && series->n_drivers > 0)) {
      continue;
    }
    const struct cell *cell = table_year_cell(table, row, y);
    struct finding *finding = finding_add(reading->findings, CODE_BLANK, cell_place(table, row, cell),
                                          "the figure of %s is missing", year_words(reading, y));
    finding_label(reading->findings, finding, "%s",
                  known ? "type it, or name drivers that grow the year before"
                        : "there is no year before to grow it from");
    return false;
  }
  return true;
}

void series_constant(struct series *series, double value)
{
  *series = (struct series){ .has_base = true, .base = value };
  for (int y = 0; y < MAX_YEARS; y++) {
    series->filled[y] = true;
    series->cell[y] = value;
  }
}
