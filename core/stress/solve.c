/* solve.c: how far one parameter may go before a test changes its answer: goal-seek and reverse stress on any plugin's
 * parameter, or on recurring savings from a year on.
 *
 * (1) The parameter is searched from neutral to the end of its range, first the way of its preset, then the other way.
 * (2) A parameter stands in a base scenario as --set puts it there: in the place of the scenario's own value where it
 * has one, and all else stays.  Recurring savings stand on top of it.
 * (3) Both sides of the change are given, one grain apart. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/stress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char sought_instance[] = "headroom_sought", sought_scenario[] = "headroom_solve",
                  recurring_word[] = "recurring_savings";

struct sought {
  const struct hr_param *param;
  const char *instance;   /* of the use that has it */
  double unit;            /* severity 1 stands for this much more than neutral */
  double grain;           /* of the parameter */
  struct setting setting; /* of a plugin's parameter */
};

/* Recurring savings: a line of their own, a million a year less from the year on. */
static const struct hr_param recurring = { .id = recurring_word,
                                           .label = "Recurring savings a year",
                                           .help = "",
                                           .source = "",
                                           .preset = 1e6,
                                           .min = 0.0,
                                           .max = 1e9,
                                           .grain = 1000.0,
                                           .unit = HR_GBP,
                                           .flags = HR_SEVERITY };

static enum status usage(struct error *error, const char *find, const char *why)
{
  return error_set(error, STATUS_USAGE, "--find %s: %s", find, why);
}

static int year_index(const struct plan *plan, const char *label)
{
  for (int y = 0; y < plan->n_years; y++) {
    char own[8];
    if (strcmp(plan_year_label(plan, y, own), label) == 0) {
      return y;
    }
  }
  return -1;
}

static enum status seek_recurring(struct folder *folder, const char *find, struct row_list *list, struct sought *sought,
                                  struct error *error)
{
  const char *year = find + strlen(recurring_word);
  const int from = *year == '@' ? year_index(&folder->plan, year + 1) : *year == '\0' ? 0 : -1;
  if (from < 0) {
    return usage(error, find, "write recurring_savings@YEAR, with a year of the plan");
  }
  if (savings_line_add(&folder->plan) != STATUS_OK) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  savings_line_rows(&folder->plan, list, sought_scenario, sought_instance, from);
  *sought = (struct sought){ .param = &recurring, .instance = sought_instance, .unit = 1e6, .grain = recurring.grain };
  return STATUS_OK;
}

static const struct hr_param *param_find(const struct plugin *plugin, const char *id)
{
  for (uint32_t p = 0; p < plugin->n_params; p++) {
    if (strcmp(plugin->param[p].id, id) == 0) {
      return &plugin->param[p];
    }
  }
  return NULL;
}

static bool can_be_sought(const struct hr_param *param)
{
  return (param->flags & HR_SEVERITY) != 0 && param->unit != HR_YEAR && param->unit != HR_SWITCH &&
         param->unit != HR_CHOICE && param->max > param->min;
}

/* "pay_award has no parameter 'extra'; did you mean extra_award?", or those that can be sought. */
static enum status no_such_parameter(struct arena *arena, const struct plugin *plugin, const char *find,
                                     const char *typed, struct error *error)
{
  const char **names = arena_array(arena, (size_t)plugin->n_params + 1, sizeof *names);
  struct text all = { 0 };
  size_t n = 0;
  if (names == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  for (uint32_t p = 0; p < plugin->n_params; p++) {
    if (can_be_sought(&plugin->param[p])) {
      text_printf(&all, "%s%s", n > 0 ? ", " : "", plugin->param[p].id);
      names[n++] = plugin->param[p].id;
    }
  }
  const char *nearest = nearest_name(typed, names);
  const char *why =
      nearest != NULL
          ? arena_printf(arena, "%s has no parameter '%s'; did you mean %s?", plugin->name, typed, nearest)
          : arena_printf(arena, "%s has no parameter '%s'; %s %s", plugin->name, typed,
                         n > 0 ? "those that can be sought are" : "and none that can be sought", text_str(&all));
  text_fini(&all);
  return usage(error, find, why);
}

/* What a scenario would have in its cell for this value. */
static const char *typed_value(struct arena *arena, const struct hr_param *param, double value)
{
  const char *sign = value < 0.0 ? "-" : "";
  switch (param->unit) {
  case HR_GBP:
    return arena_printf(arena, "%s\xC2\xA3%.2f", sign, fabs(value));
  case HR_PERCENT:
    return arena_printf(arena, "%s%.6f%%", sign, fabs(value) * 100.0);
  case HR_POINTS:
    return arena_printf(arena, "%s%.6fpp", sign, fabs(value) * 100.0);
  default:
    return arena_printf(arena, "%s%.6f", sign, fabs(value));
  }
}

/* The value that severity 1 stands for: one unit from neutral if the range allows it, else an end of the range. */
static double one_from_neutral(const struct hr_param *param)
{
  const double unit = param->unit == HR_PERCENT || param->unit == HR_POINTS ? 0.01 : 1.0;
  if (param->neutral + unit <= param->max) {
    return param->neutral + unit;
  }
  if (param->neutral - unit >= param->min) {
    return param->neutral - unit;
  }
  return param->max > param->neutral ? param->max : param->min;
}

static enum status seek_param(struct folder *folder, struct registry *registry, const char *find, struct sought *sought,
                              struct error *error)
{
  const char *dot = strchr(find, '.');
  if (dot == NULL) {
    return usage(error, find, "name a PLUGIN.PARAMETER, or recurring_savings@YEAR");
  }
  const char *name = arena_strndup(&folder->arena, find, (size_t)(dot - find));
  const struct plugin *plugin = registry_find(registry, name, error);
  if (plugin == NULL) {
    return error != NULL ? error->code : STATUS_USAGE;
  }
  const struct hr_param *param = param_find(plugin, dot + 1);
  if (strcmp(name, "shift") == 0) {
    return usage(error, find, "shift has no parameter by itself: what it acts on is a row of a scenario");
  }
  if (param == NULL) {
    return no_such_parameter(&folder->arena, plugin, find, dot + 1, error);
  }
  if (!can_be_sought(param)) {
    return usage(error, find, "a setting, not a size that can be searched");
  }
  const double one = one_from_neutral(param);
  *sought = (struct sought){ .param = param,
                             .instance = name,
                             .unit = one - param->neutral,
                             .grain = param->grain > 0.0 ? param->grain : fabs(one - param->neutral) / 100.0,
                             .setting.text =
                                 arena_printf(&folder->arena, "%s=%s", find, typed_value(&folder->arena, param, one)) };
  return STATUS_OK;
}

/* "0.05", "0.05pp", "£500": a step in the unit in which the parameter is typed. */
static enum status take_grain(struct sought *sought, const char *typed, struct error *error)
{
  const bool hundredths = sought->param->unit == HR_PERCENT || sought->param->unit == HR_POINTS;
  size_t n = strlen(typed);
  if (hundredths && n > 2 && strcmp(typed + n - 2, "pp") == 0) {
    n -= 2;
  } else if (hundredths && n > 1 && typed[n - 1] == '%') {
    n--;
  }
  struct decimal step;
  const double span = sought->param->max - sought->param->min;
  if (decimal_parse(typed, n, DECIMAL_MONEY, &step) == NULL && step.units > 0) {
    sought->grain = hundredths ? decimal_fraction(step) : decimal_value(step);
    if (sought->grain <= span && span / sought->grain < 1e12) {
      return STATUS_OK;
    }
  }
  return error_set(error, STATUS_USAGE, "--grain %s: a step in the unit of %s, above 0 and within its range", typed,
                   sought->param->id);
}

/* The folder's own rows, and the base scenario by way of an include. */
static bool add_base(const struct folder *folder, struct row_list *list, const char *base)
{
  for (int i = 0; base[0] != '\0' && i < folder->n_scenario_rows; i++) {
    struct scenario_row *rows = arena_grow(list->arena, list->row, (size_t)list->count, sizeof *rows);
    if (rows == NULL) {
      return false;
    }
    list->row = rows;
    rows[list->count++] = folder->scenario[i];
  }
  if (base[0] != '\0') {
    row_add(list, sought_scenario, "", "", "include", base);
  }
  return true;
}

struct solving {
  const struct test *test;
  struct sought sought;
  int n_uses, use;           /* of the scenario; the one that is sought */
  double *start, *direction; /* [use] */
  struct solved *out;
};

/* Every use but the one that is sought stands as written (rule 2). */
static bool along(struct trial *trial, const struct solving *solving, double end, struct boundary *out)
{
  const struct sought *sought = &solving->sought;
  const double unit = fabs(sought->unit), span = end - sought->param->neutral;
  for (int u = 0; u < solving->n_uses; u++) {
    solving->start[u] = u == solving->use ? 0.0 : 1.0;
  }
  solving->direction[solving->use] = (span > 0.0) == (sought->unit > 0.0) ? 1.0 : -1.0;
  return boundary_find(trial, solving->n_uses, solving->start, solving->direction, fabs(span) / unit,
                       sought->grain / unit, solving->test, out);
}

static void search(struct lab *lab, void *shared)
{
  struct solving *solving = shared;
  struct solved *out = solving->out;
  const struct hr_param *param = solving->sought.param;
  struct trial *trial = trial_open(lab, 0, 256);
  const bool up_first = param->preset >= param->neutral;
  const double ends[2] = { up_first ? param->max : param->min, up_first ? param->min : param->max };
  bool searched = false;
  for (int way = 0; trial != NULL && way < 2; way++) {
    struct boundary boundary;
    if (ends[way] == param->neutral) {
      continue;
    }
    if (!along(trial, solving, ends[way], &boundary)) {
      break;
    }
    out->has_other = searched && boundary.kind == BOUNDARY_NEVER;
    if (out->has_other) {
      out->at_other = boundary.at_before;
      out->value_other = ends[way];
      out->other_held = boundary.held;
    } else {
      out->boundary = boundary;
      out->sign = ends[way] > param->neutral ? 1.0 : -1.0;
      out->value_before = param->neutral + out->sign * boundary.before * fabs(solving->sought.unit);
      out->value_after = param->neutral + out->sign * boundary.after * fabs(solving->sought.unit);
    }
    searched = true;
    if (boundary.kind != BOUNDARY_NEVER) {
      break;
    }
  }
  trial_close(trial);
}

static int sought_use(const struct scenario *scenario, const char *instance)
{
  for (int u = 0; u < scenario->n_uses; u++) {
    if (strcmp(scenario->use[u].instance, instance) == 0) {
      return u;
    }
  }
  return -1;
}

static enum status build_on_top(struct folder *folder, struct registry *registry, struct row_list *list,
                                struct scenario **scenario, struct error *error)
{
  static const char *const wanted[] = { sought_scenario };
  int count = 0;
  struct scenario_row *own = folder->scenario;
  const int n_own = folder->n_scenario_rows;
  folder->scenario = list->row;
  folder->n_scenario_rows = list->count;
  const enum status status = scenarios_build(folder, registry, wanted, 1, NULL, 0, scenario, &count, error);
  folder->scenario = own;
  folder->n_scenario_rows = n_own;
  return status;
}

/* The scenario that the setting makes stands after the base. */
static enum status build_in_place(struct folder *folder, struct registry *registry, const char *base,
                                  const struct sought *sought, struct scenario **scenario, struct error *error)
{
  const char *const wanted[] = { base[0] != '\0' ? base : "baseline" };
  struct scenario *all;
  int count = 0;
  const enum status status = scenarios_build(folder, registry, wanted, 1, &sought->setting, 1, &all, &count, error);
  if (status == STATUS_OK) {
    *scenario = &all[count - 1];
    struct use *use = &(*scenario)->use[sought_use(*scenario, sought->instance)];
    use->only = param_find(use->plugin, sought->param->id);
  }
  return status;
}

/* A base that does not exist is told as `run` tells it. */
static enum status check_base(struct folder *folder, struct registry *registry, const char *base, struct error *error)
{
  struct scenario *scenario;
  int count = 0;
  return base[0] == '\0' ? STATUS_OK : scenarios_build(folder, registry, &base, 1, NULL, 0, &scenario, &count, error);
}

/* A date that this council cannot have is no test. */
static enum status check_test(const struct folder *folder, const struct test *test, struct error *error)
{
  if (!folder->plan.has_mtfp) {
    return error_set(error, STATUS_DATA, "the folder holds reserves and no mtfp.csv, so there is nothing to solve");
  }
  if (test->is_date && folder->baseline->date[test->date] == DATE_UNKNOWN) {
    return error_set(error, STATUS_DATA, "--until D%d cannot be told for this council: %s", (int)test->date + 1,
                     test->date == DATE_BELOW_MINIMUM ? "it gives no minimum for a General Fund"
                                                      : "it has no such reserve");
  }
  return STATUS_OK;
}

static enum status run(const struct folder *folder, const struct scenario *scenario, struct solving *solving,
                       const struct run_options *options, struct solved *out, struct error *error)
{
  struct solved *shared = shared_alloc(sizeof *shared);
  solving->n_uses = scenario->n_uses;
  solving->use = sought_use(scenario, solving->sought.instance);
  solving->start = calloc((size_t)scenario->n_uses + 1, sizeof *solving->start);
  solving->direction = calloc((size_t)scenario->n_uses + 1, sizeof *solving->direction);
  solving->out = shared;
  enum status status =
      shared != NULL && solving->start != NULL && solving->direction != NULL ? STATUS_OK : STATUS_MEMORY;
  if (status == STATUS_OK) {
    status = lab_run(&folder->plan, scenario, 1, search, solving, options, error);
    *out = *shared;
    out->param = solving->sought.param;
    out->scenario = scenario;
  } else {
    (void)error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  free(solving->start);
  free(solving->direction);
  shared_free(shared, sizeof *shared);
  return status;
}

enum status solve(struct folder *folder, struct registry *registry, const char *find, const struct test *test,
                  const char *base, const char *grain, const struct run_options *options, struct solved *out,
                  struct error *error)
{
  struct row_list list = { .arena = &folder->arena };
  struct solving solving = { .test = test, .sought = { .param = &recurring, .instance = sought_instance } };
  struct scenario *scenario = NULL;
  const bool savings = strncmp(find, recurring_word, strlen(recurring_word)) == 0;
  base = strcmp(base, "baseline") == 0 ? "" : base;
  *out = (struct solved){ 0 };
  enum status status = check_test(folder, test, error);
  status = status != STATUS_OK ? status : check_base(folder, registry, base, error);
  if (status == STATUS_OK && savings && !add_base(folder, &list, base)) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  status = status != STATUS_OK ? status
           : savings           ? seek_recurring(folder, find, &list, &solving.sought, error)
                               : seek_param(folder, registry, find, &solving.sought, error);
  status = status != STATUS_OK || grain == NULL ? status : take_grain(&solving.sought, grain, error);
  status = status != STATUS_OK ? status
           : savings           ? build_on_top(folder, registry, &list, &scenario, error)
                               : build_in_place(folder, registry, base, &solving.sought, &scenario, error);
  status = status != STATUS_OK ? status : run(folder, scenario, &solving, options, out, error);
  out->base = base;
  return status;
}
