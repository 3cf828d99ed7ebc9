/* correlation.c: correlation.csv: which departures go together (format.md section 12), and the two files read from the
 * folder or from elsewhere.
 *
 * (1) A pair is two inputs of uncertainty.csv, two groups of it, or one of each; a plugin's noise is named
 *     plugin.instance.slot.series.
 * (2) A group with itself says how far its members go together.
 * (3) The matrix is symmetric: a pair stands once, in either order. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/uncertain.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char *const columns[] = { "a", "b", "coefficient", NULL };

static bool is_group(const struct uncertainty *uncertainty, const char *word)
{
  for (int i = 0; i < uncertainty->n_rows; i++) {
    if (strcmp(uncertainty->row[i].group, word) == 0) {
      return true;
    }
  }
  return false;
}

static bool same_pair(const struct correlated *x, const struct correlated *y)
{
  return (strcmp(x->a, y->a) == 0 && strcmp(x->b, y->b) == 0) || (strcmp(x->a, y->b) == 0 && strcmp(x->b, y->a) == 0);
}

static const char *party(struct reading *reading, const struct table *table, int row, const char *column,
                         struct place *place)
{
  const struct cell *cell = table_cell(table, row, column);
  *place = cell_place(table, row, cell);
  (void)cell_needed(reading, table, row, cell, "what is correlated");
  return cell->text;
}

static void check_pair(struct reading *reading, const struct correlated *pairs, int row)
{
  const struct correlated *pair = &pairs[row];
  if (strcmp(pair->a, pair->b) == 0 && strpbrk(pair->a, ":.") != NULL) { /* Rule 2 */
    (void)uncertain_refuse(reading, CODE_CORRELATION, pair->b_place, "another input or group",
                           "an input is correlated with itself");
  }
  for (int other = 0; other < row; other++) {
    if (same_pair(pair, &pairs[other])) { /* Rule 3 */
      (void)uncertain_refuse(reading, CODE_CORRELATION, pair->a_place, "one coefficient for a pair, in either order",
                             "a pair stands twice");
    }
  }
}

bool uncertainty_pairs_read(struct reading *reading, const char *file, bool *absent)
{
  struct uncertainty *uncertainty = &reading->folder->uncertainty;
  const struct table_spec spec = { .file = file, .columns = columns, .required = columns };
  const size_t errors = reading->findings->errors;
  struct table table;
  if (!table_read(reading, &spec, &table, absent)) {
    return *absent;
  }
  struct correlated *pairs = arena_array(reading->arena, (size_t)table.n_rows + 1, sizeof *pairs);
  for (int row = 0; pairs != NULL && row < table.n_rows; row++) {
    struct correlated *pair = &pairs[row];
    const struct cell *coefficient = table_cell(&table, row, "coefficient");
    pair->place = row_place(&table, row);
    pair->a = party(reading, &table, row, "a", &pair->a_place);
    pair->b = party(reading, &table, row, "b", &pair->b_place);
    pair->coefficient_place = cell_place(&table, row, coefficient);
    if (cell_needed(reading, &table, row, coefficient, "the coefficient")) {
      (void)uncertain_number(reading, &table, row, "coefficient", -1.0, 1.0, &pair->coefficient);
    }
    check_pair(reading, pairs, row);
  }
  uncertainty->pair = pairs;
  uncertainty->n_pairs = pairs != NULL ? table.n_rows : 0;
  uncertainty->pairs_from = file;
  return pairs != NULL && reading->findings->errors == errors;
}

/* A plain word must be a group of the uncertain inputs; an address or a noise is held against the plan when something
 * is drawn. */
static void check_groups(struct reading *reading)
{
  const struct uncertainty *uncertainty = &reading->folder->uncertainty;
  for (int i = 0; i < uncertainty->n_pairs; i++) {
    const struct correlated *pair = &uncertainty->pair[i];
    for (int end = 0; end < 2; end++) {
      const char *word = end == 0 ? pair->a : pair->b;
      if (*word != '\0' && strpbrk(word, ":.") == NULL && !is_group(uncertainty, word)) {
        (void)uncertain_refuse(reading, CODE_CORRELATION, end == 0 ? pair->a_place : pair->b_place,
                               arena_printf(reading->arena, "an input or a group of %s", uncertainty->rows_from),
                               arena_printf(reading->arena, "'%s' is no group of %s", word, uncertainty->rows_from));
      }
    }
  }
}

bool read_uncertainty(struct reading *reading)
{
  struct uncertainty *uncertainty = &reading->folder->uncertainty;
  bool no_rows = false, no_pairs = false;
  const size_t errors = reading->findings->errors;
  const bool rows = uncertainty_rows_read(reading, "uncertainty.csv", &no_rows);
  const bool pairs = uncertainty_pairs_read(reading, "correlation.csv", &no_pairs);
  uncertainty->given_rows = !no_rows;
  uncertainty->given_pairs = !no_pairs;
  if (rows && pairs && uncertainty->given_rows && uncertainty->given_pairs) {
    check_groups(reading);
  }
  return reading->findings->errors == errors;
}

/* ---- from elsewhere ------------------------------------------------------------------------------------ */

/* What the folder holds under that name is not what is used. */
static void forget_file(struct folder *folder, const char *name)
{
  int kept = 0;
  for (int i = 0; i < folder->n_files; i++) {
    if (strcmp(folder->file[i].name, name) != 0) {
      folder->file[kept++] = folder->file[i];
    }
  }
  folder->n_files = kept;
}

static enum status read_there(struct reading *reading, enum uncertainty_file which, const char *name, const char *path,
                              struct error *error)
{
  bool absent = false;
  const bool fine = which == UNCERTAINTY_ROWS ? uncertainty_rows_read(reading, name, &absent)
                                              : uncertainty_pairs_read(reading, name, &absent);
  if (absent) {
    return error_set(error, STATUS_FILE, "%s: there is no such file", path);
  }
  if (reading->arena->failed) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  return fine ? STATUS_OK : error_set(error, STATUS_DATA, "%s cannot be used", path);
}

enum status uncertainty_load(struct folder *folder, enum uncertainty_file which, const char *path, bool is_preset,
                             struct error *error)
{
  const char *slash = strrchr(path, '/');
  const char *name = arena_strdup(&folder->arena, slash != NULL ? slash + 1 : path);
  const char *where = slash != NULL ? arena_strndup(&folder->arena, path, (size_t)(slash - path) + 1) : ".";
  struct reading reading = {
    .folder = folder, .arena = &folder->arena, .findings = &folder->findings, .plan = &folder->plan
  };
  reading.folder_fd = open(where, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (reading.folder_fd < 0) {
    return error_set(error, STATUS_FILE, "%s: %s", path, strerror(errno));
  }
  forget_file(folder, name);
  const enum status status = read_there(&reading, which, name, path, error);
  close(reading.folder_fd);
  for (int f = 0; f < folder->n_files; f++) {
    folder->file[f].is_pack |= strcmp(folder->file[f].name, name) == 0;
  }
  if (which == UNCERTAINTY_ROWS) {
    folder->uncertainty.is_told = false;
    folder->uncertainty.preset_rows = is_preset;
    folder->uncertainty.asked_rows = !is_preset;
  } else {
    folder->uncertainty.preset_pairs = is_preset;
    folder->uncertainty.asked_pairs = !is_preset;
  }
  return status;
}
