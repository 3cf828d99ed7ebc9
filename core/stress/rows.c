/* rows.c: scenarios made in memory, and fitted to a council.
 *
 * (1) A use that finds nothing in this plan to change, or begins after the plan ends, is left out and told.  So is
 * every use of a scenario that is for councils of other classes, and a row that begins after the plan ends.
 * (2) Anything else that is wrong with a row (a name, a unit, a range, a thing set twice) is an error, and nothing is
 * run. (3) A scenario that has lost every use keeps a row, so that it is still told of. (4) A use that is there instead
 * of another takes its place where it finds something to change, and is left out where it does not; neither is told. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/stress.h"

#include <string.h>

static const char begins_late[] = "it begins after the plan ends";

static struct scenario_row *row_new(struct row_list *list, const char *scenario, const char *plugin,
                                    const char *instance, const char *parameter)
{
  struct scenario_row *rows = arena_grow(list->arena, list->row, (size_t)list->count, sizeof *rows);
  if (rows == NULL) {
    return NULL;
  }
  list->row = rows;
  rows[list->count] = (struct scenario_row){
    .scenario = scenario, .plugin = plugin, .instance = instance, .parameter = parameter, .value = ""
  };
  for (int y = 0; y < MAX_YEARS; y++) {
    rows[list->count].year_value[y] = "";
  }
  return &rows[list->count++];
}

void row_add(struct row_list *list, const char *scenario, const char *plugin, const char *instance,
             const char *parameter, const char *value)
{
  struct scenario_row *row = row_new(list, scenario, plugin, instance, parameter);
  if (row != NULL) {
    row->value = value;
  }
}

void row_add_years(struct row_list *list, const char *scenario, const char *plugin, const char *instance,
                   const char *parameter, const char *const *values, int n_years)
{
  struct scenario_row *row = row_new(list, scenario, plugin, instance, parameter);
  for (int y = 0; row != NULL && y < n_years; y++) {
    row->year_value[y] = values[y] != NULL ? values[y] : "";
  }
}

/* The folder for a moment holds these rows instead of its own. */
static enum status build(struct folder *folder, struct registry *registry, struct scenario_row *rows, int count,
                         struct scenario **out, int *n, struct error *error)
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
  return strcmp(a->scenario, b->scenario) == 0 && strcmp(a->plugin, b->plugin) == 0 &&
         strcmp(instance_a, instance_b) == 0;
}

static bool is_use(const struct scenario_row *row)
{
  return row->plugin[0] != '\0';
}

/* A row about a use rather than a setting of it (rule 4). */
static bool is_instead(const struct scenario_row *row)
{
  return is_use(row) && strcmp(row->parameter, "instead_of") == 0;
}

/* ---- savings yet to find ------------------------------------------------------------------------------- */

/* The dot keeps it apart from every line that a folder can hold. */
static const char savings_line[] = "headroom.savings_to_find";

enum status savings_line_add(struct plan *plan)
{
  const enum status status = plan_add_line(plan, savings_line, "Recurring savings to find", LINE_PRESSURE);
  const int line = plan_line_find(plan, savings_line);
  if (status != STATUS_OK || line < 0) {
    return STATUS_MEMORY;
  }
  plan->line[line].recurring = true; /* so that they count in the structural gap too */
  plan->line[line].is_saving = true;
  return plan_finish(plan);
}

void savings_line_rows(const struct plan *plan, struct row_list *list, const char *scenario, const char *instance,
                       int from)
{
  const char *values[MAX_YEARS] = { NULL };
  values[from] = "-\xC2\xA3"
                 "1m";
  row_add(list, scenario, "shift", instance, "input", arena_printf(list->arena, "line:%s.step", savings_line));
  row_add_years(list, scenario, "shift", instance, "add", values, plan->n_years);
}

/* ---- what fits ----------------------------------------------------------------------------------------- */

/* Rows being fitted, one use at a time. */
struct fitting {
  struct folder *folder;
  struct registry *registry;
  const struct row_list *list;
  struct scenario_row *alone; /* the rows of the use that is tried */
  struct error *error;
};

/* An address that is well formed and meets no row of this plan, as against one that means nothing anywhere. */
static bool address_is_sound(const struct fitting *fitting, int n)
{
  struct input_list list;
  for (int i = 0; i < n; i++) {
    if (strcmp(fitting->alone[i].parameter, "input") == 0) {
      return inputs_match(&fitting->folder->plan, fitting->alone[i].value, false, fitting->list->arena, &list) == NULL;
    }
  }
  return true;
}

static bool is_about_this_council(const struct fitting *fitting, enum code code, int n)
{
  return code == CODE_SCENARIO_BINDING || code == CODE_SCENARIO_NO_EFFECT ||
         (code == CODE_SCENARIO_ADDRESS && address_is_sound(fitting, n));
}

/* The rows of one use that fall within the plan; *late: some do not, and what is left sets nothing. */
static int collect(const struct fitting *fitting, int at, bool *late)
{
  int n = 0, sets = 0, after = 0;
  for (int i = at; i < fitting->list->count; i++) {
    const struct scenario_row *row = &fitting->list->row[i];
    if (!is_use(row) || is_instead(row) || !same_use(&fitting->list->row[at], row)) {
      continue;
    }
    after += row->after_plan;
    sets += !row->after_plan && strcmp(row->parameter, "input") != 0;
    if (!row->after_plan) {
      fitting->alone[n++] = *row;
    }
  }
  *late = after > 0 && sets == 0;
  return n;
}

/* Why the use that begins in row `at` is left out, or NULL.  Findings about this council are taken back; others stay
 * (rule 2). */
static enum status try_use(const struct fitting *fitting, int at, const char **reason)
{
  struct findings *findings = &fitting->folder->findings;
  const size_t found = findings->count, errors = findings->errors;
  struct scenario *scenario;
  int count = 0;
  bool late = false;
  const int n = collect(fitting, at, &late);
  *reason = late ? begins_late : NULL;
  if (late) {
    return STATUS_OK;
  }
  const enum status status =
      build(fitting->folder, fitting->registry, fitting->alone, n, &scenario, &count, fitting->error);
  for (size_t i = found; i < findings->count; i++) {
    if (!is_about_this_council(fitting, findings->item[i].code, n)) {
      return status == STATUS_DATA ? STATUS_OK : status;
    }
    *reason = findings->item[i].text;
  }
  const bool told_before = findings->count == found; /* a plugin that is missing, of another use */
  findings->count = found;
  findings->errors = errors;
  return status == STATUS_DATA && (*reason != NULL || told_before) ? STATUS_OK : status;
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

static bool add_left_out(struct row_list *kept, struct left_out **left, int *n_left, const struct scenario_row *row,
                         const char *reason)
{
  struct left_out *all = arena_grow(kept->arena, *left, (size_t)*n_left, sizeof *all);
  if (all == NULL) {
    return false;
  }
  all[(*n_left)++] = (struct left_out){ .scenario = row->scenario,
                                        .instance = row->instance[0] != '\0' ? row->instance : row->plugin,
                                        .plugin = row->plugin,
                                        .reason = reason };
  *left = all;
  return true;
}

/* Rule 1, of rows of uses that take part without them. */
static bool drop_late_rows(const struct row_list *list, bool *drop, struct row_list *kept, struct left_out **left,
                           int *n_left)
{
  for (int i = 0; i < list->count; i++) {
    if (!list->row[i].after_plan || drop[i]) {
      continue;
    }
    drop[i] = true;
    if (!add_left_out(kept, left, n_left, &list->row[i], begins_late)) {
      return false;
    }
    (*left)[*n_left - 1].parameter = list->row[i].parameter;
  }
  return true;
}

/* The row that says what this use is there instead of, or NULL. */
static const struct scenario_row *instead_row(const struct row_list *list, const struct scenario_row *use)
{
  for (int i = 0; i < list->count; i++) {
    if (is_instead(&list->row[i]) && same_use(&list->row[i], use)) {
      return &list->row[i];
    }
  }
  return NULL;
}

static void drop_use(const struct row_list *list, const struct scenario_row *use, bool *drop)
{
  for (int i = 0; i < list->count; i++) {
    drop[i] |= is_use(&list->row[i]) && same_use(&list->row[i], use);
  }
}

/* "county or district" */
static const char *classes_words(struct arena *arena, uint32_t classes)
{
  const char *words = "";
  for (unsigned c = 0; c < N_COUNCIL_CLASSES; c++) {
    if ((classes & 1u << c) != 0) {
      words = arena_printf(arena, "%s%s%s", words, words[0] != '\0' ? " or " : "", council_class_names[c]);
    }
  }
  return words;
}

/* Rule 1, of classes. */
static bool sort_out_classes(const struct fitting *fitting, bool *drop, struct row_list *kept, struct left_out **left,
                             int *n_left)
{
  const struct row_list *list = fitting->list;
  for (int i = 0; i < list->count; i++) {
    const struct scenario_row *row = &list->row[i];
    if (row->classes == 0) {
      continue;
    }
    drop[i] = true;
    if ((row->classes & 1u << (unsigned)fitting->folder->plan.class) != 0) {
      continue;
    }
    for (int j = 0; j < list->count; j++) {
      drop[j] |= is_use(&list->row[j]) && strcmp(list->row[j].scenario, row->scenario) == 0;
    }
    const char *reason =
        arena_printf(list->arena, "it is for councils of class %s, and this one is of class %s",
                     classes_words(list->arena, row->classes), council_class_names[fitting->folder->plan.class]);
    if (reason == NULL || !add_left_out(kept, left, n_left, row, reason)) {
      return false;
    }
  }
  return true;
}

/* Rule 4: the use that `instead` stands for, found by its instance; a finding where there is none. */
static const struct scenario_row *stands_for(const struct fitting *fitting, const struct scenario_row *instead)
{
  for (int i = 0; i < fitting->list->count; i++) {
    const struct scenario_row *row = &fitting->list->row[i];
    const char *instance = row->instance[0] != '\0' ? row->instance : row->plugin;
    if (is_use(row) && strcmp(row->scenario, instead->scenario) == 0 && strcmp(instance, instead->value) == 0 &&
        !same_use(row, instead)) {
      return row;
    }
  }
  struct finding *finding = finding_add(&fitting->folder->findings, CODE_SCENARIO_ROW, instead->value_place,
                                        "%s uses nothing called '%s'", instead->scenario, instead->value);
  finding_label(&fitting->folder->findings, finding, "the instance of another use, or its plugin");
  return NULL;
}

static enum status sort_out_instead(const struct fitting *fitting, bool *drop)
{
  const struct row_list *list = fitting->list;
  for (int i = 0; i < list->count; i++) {
    const char *reason = NULL;
    if (!is_instead(&list->row[i]) || drop[i]) {
      continue;
    }
    const struct scenario_row *other = stands_for(fitting, &list->row[i]);
    const enum status status = try_use(fitting, i, &reason);
    if (status != STATUS_OK || other == NULL) {
      return status;
    }
    drop_use(list, reason != NULL ? &list->row[i] : other, drop);
    drop[i] = true;
  }
  return STATUS_OK;
}

/* Tries every use; drop[i]: row i is not kept. */
static enum status sort_out(const struct fitting *fitting, bool *drop, struct row_list *kept, struct left_out **left,
                            int *n_left)
{
  const struct row_list *list = fitting->list;
  for (int i = 0; i < list->count; i++) {
    const char *reason = NULL;
    if (!drop[i] && is_first_of_use(list, i) && instead_row(list, &list->row[i]) == NULL) {
      const enum status status = try_use(fitting, i, &reason);
      if (status != STATUS_OK) {
        return status;
      }
    }
    if (reason != NULL) {
      drop_use(list, &list->row[i], drop);
      if (!add_left_out(kept, left, n_left, &list->row[i], reason)) {
        return STATUS_MEMORY;
      }
    }
  }
  return drop_late_rows(list, drop, kept, left, n_left) ? STATUS_OK : STATUS_MEMORY;
}

static bool is_named(const struct row_list *list, const char *scenario)
{
  for (int i = 0; i < list->count; i++) {
    if (strcmp(list->row[i].scenario, scenario) == 0) {
      return true;
    }
  }
  return false;
}

/* Rule 3 */
static bool keep(const struct row_list *list, const bool *drop, struct row_list *kept)
{
  for (int i = 0; i < list->count; i++) {
    struct scenario_row *row = drop[i] ? NULL : row_new(kept, "", "", "", "");
    if (row != NULL) {
      *row = list->row[i];
    } else if (!drop[i]) {
      return false;
    }
  }
  for (int i = 0; i < list->count; i++) {
    if (drop[i] && !is_named(kept, list->row[i].scenario)) {
      row_add(kept, list->row[i].scenario, "", "", "label", list->row[i].scenario);
    }
  }
  return true;
}

static enum status fit(const struct fitting *fitting, struct row_list *kept, struct left_out **left, int *n_left)
{
  bool *drop = arena_array(fitting->list->arena, (size_t)fitting->list->count + 1, sizeof *drop);
  const size_t errors = fitting->folder->findings.errors;
  if (drop == NULL || fitting->alone == NULL) {
    return STATUS_MEMORY;
  }
  enum status status = sort_out_classes(fitting, drop, kept, left, n_left) ? STATUS_OK : STATUS_MEMORY;
  status = status != STATUS_OK ? status : sort_out_instead(fitting, drop);
  status = status != STATUS_OK ? status : sort_out(fitting, drop, kept, left, n_left);
  if (status != STATUS_OK || fitting->folder->findings.errors > errors) {
    return status != STATUS_OK ? status : STATUS_DATA;
  }
  return keep(fitting->list, drop, kept) ? STATUS_OK : STATUS_MEMORY;
}

enum status rows_build(struct folder *folder, struct registry *registry, const struct row_list *list,
                       struct scenario **out, int *count, struct left_out **left, int *n_left, struct error *error)
{
  struct row_list kept = { .arena = list->arena };
  const struct fitting fitting = { folder, registry, list,
                                   arena_array(list->arena, (size_t)list->count + 1, sizeof *list->row), error };
  enum status status = fit(&fitting, &kept, left, n_left);
  if (status == STATUS_MEMORY) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  const size_t found = folder->findings.count;
  status = status != STATUS_OK ? status : build(folder, registry, kept.row, kept.count, out, count, error);
  folder->findings.count = status == STATUS_OK ? found : folder->findings.count;
  return status;
}
