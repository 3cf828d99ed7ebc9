/* rows.c: scenarios made in memory, and fitted to a council: what does not apply is left out and told. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/stress.h"

#include <string.h>

static struct scenario_row *row_new(struct row_list *list, const char *scenario, const char *plugin, const char *instance,
                                    const char *parameter)
{
  struct scenario_row *rows = arena_grow(list->arena, list->row, (size_t)list->count, sizeof *rows);
  if (rows == NULL) {
    return NULL;
  }
  list->row = rows;
  rows[list->count] = (struct scenario_row){.scenario = scenario, .plugin = plugin, .instance = instance, .parameter = parameter, .value = ""};
  for (int y = 0; y < MAX_YEARS; y++) {
    rows[list->count].year_value[y] = "";
  }
  return &rows[list->count++];
}

void row_add(struct row_list *list, const char *scenario, const char *plugin, const char *instance, const char *parameter, const char *value)
{
  struct scenario_row *row = row_new(list, scenario, plugin, instance, parameter);
  if (row != NULL) {
    row->value = value;
  }
}

void row_add_years(struct row_list *list, const char *scenario, const char *plugin, const char *instance, const char *parameter,
                   const char *const *values, int n_years)
{
  struct scenario_row *row = row_new(list, scenario, plugin, instance, parameter);
  for (int y = 0; row != NULL && y < n_years; y++) {
    row->year_value[y] = values[y] != NULL ? values[y] : "";
  }
}

/* The folder for a moment holds these rows instead of its own. */
static enum status build(struct folder *folder, struct registry *registry, struct scenario_row *rows, int count, struct scenario **out,
                         int *n, struct error *error)
{
  struct scenario_row *own = folder->scenario;
  const int n_own = folder->n_scenario_rows;
  folder->scenario = rows;
  folder->n_scenario_rows = count;
  const enum status status = scenarios_build(folder, registry, NULL, 0, NULL, 0, out, n, error);
  folder->scenario = own;
  folder->n_scenario_rows = n_own;
  return status;
}

static bool same_use(const struct scenario_row *a, const struct scenario_row *b)
{
  const char *instance_a = a->instance[0] != '\0' ? a->instance : a->plugin;
  const char *instance_b = b->instance[0] != '\0' ? b->instance : b->plugin;
  return strcmp(a->scenario, b->scenario) == 0 && strcmp(a->plugin, b->plugin) == 0 && strcmp(instance_a, instance_b) == 0;
}

static bool is_use(const struct scenario_row *row)
{
  return row->plugin[0] != '\0';
}

/* What is wrong with one use alone; NULL when it fits.  Findings made on the way are taken back. */
static enum status try_use(struct folder *folder, struct registry *registry, const struct row_list *list, int at, const char **reason,
                           struct error *error)
{
  struct scenario_row *rows = arena_array(list->arena, (size_t)list->count, sizeof *rows);
  struct scenario *scenario;
  int count = 0, n = 0;
  *reason = NULL;
  if (rows == NULL) {
    return STATUS_MEMORY;
  }
  for (int i = at; i < list->count; i++) {
    if (is_use(&list->row[i]) && same_use(&list->row[at], &list->row[i])) {
      rows[count++] = list->row[i];
    }
  }
  struct findings *findings = &folder->findings;
  const size_t found = findings->count, errors = findings->errors;
  const enum status status = build(folder, registry, rows, count, &scenario, &n, error);
  if (status == STATUS_DATA && findings->count > found) {
    *reason = findings->item[found].text;
  }
  findings->count = found;
  findings->errors = errors;
  return status == STATUS_DATA && *reason != NULL ? STATUS_OK : status;
}

static bool is_first_of_use(const struct row_list *list, int at)
{
  for (int i = 0; i < at; i++) {
    if (is_use(&list->row[i]) && same_use(&list->row[i], &list->row[at])) {
      return false;
    }
  }
  return is_use(&list->row[at]);
}

static bool add_left_out(struct row_list *kept, struct left_out **left, int *n_left, const struct scenario_row *row, const char *reason)
{
  struct left_out *all = arena_grow(kept->arena, *left, (size_t)*n_left, sizeof *all);
  if (all == NULL) {
    return false;
  }
  all[(*n_left)++] = (struct left_out){row->scenario, row->instance[0] != '\0' ? row->instance : row->plugin, row->plugin, reason};
  *left = all;
  return true;
}

static enum status keep_what_fits(struct folder *folder, struct registry *registry, const struct row_list *list, struct row_list *kept,
                                  struct left_out **left, int *n_left, struct error *error)
{
  bool *drop = arena_array(list->arena, (size_t)list->count + 1, sizeof *drop);
  if (drop == NULL) {
    return STATUS_MEMORY;
  }
  for (int i = 0; i < list->count; i++) {
    const char *reason = NULL;
    if (is_first_of_use(list, i)) {
      const enum status status = try_use(folder, registry, list, i, &reason, error);
      if (status != STATUS_OK) {
        return status;
      }
    }
    for (int j = i; reason != NULL && j < list->count; j++) {
      drop[j] |= is_use(&list->row[j]) && same_use(&list->row[i], &list->row[j]);
    }
    if (reason != NULL && !add_left_out(kept, left, n_left, &list->row[i], reason)) {
      return STATUS_MEMORY;
    }
  }
  for (int i = 0; i < list->count; i++) {
    struct scenario_row *row = drop[i] ? NULL : row_new(kept, "", "", "", "");
    if (!drop[i] && row == NULL) {
      return STATUS_MEMORY;
    }
    if (row != NULL) {
      *row = list->row[i];
    }
  }
  return STATUS_OK;
}

/* A scenario that has lost every use keeps its label row, so that it is still told of. */
enum status rows_build(struct folder *folder, struct registry *registry, const struct row_list *list, struct scenario **out, int *count,
                       struct left_out **left, int *n_left, struct error *error)
{
  struct row_list kept = {.arena = list->arena};
  enum status status = keep_what_fits(folder, registry, list, &kept, left, n_left, error);
  if (status == STATUS_OK) {
    status = build(folder, registry, kept.row, kept.count, out, count, error);
  }
  return status;
}
