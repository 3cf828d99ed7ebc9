/* solve.c: how far one parameter may go before a test changes its answer: goal-seek and reverse stress on any plugin's parameter, or on recurring
 * savings from a year on.
 *
 * (1) The parameter is searched from neutral to the end of its range, first the way of its preset, then the other way.
 * (2) It stands on top of a base scenario, every use of which stays as it is.
 * (3) Both sides of the change are given, one grain apart. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/stress.h"

#include <math.h>
#include <string.h>

static const char sought_instance[] = "headroom_sought", sought_scenario[] = "headroom_solve";

struct sought {
  const struct hr_param *param;
  double low, high;   /* the range searched, in the parameter's own unit */
  double grain;
  double unit;        /* what severity 1 stands for */
};

/* Recurring savings: a line of their own, a million a year less from the year on. */
static const struct hr_param recurring = {.id = "recurring_savings",
                                          .label = "Recurring savings a year",
                                          .help = "",
                                          .source = "",
                                          .preset = 1e6,
                                          .min = 0.0,
                                          .max = 1e9,
                                          .grain = 1000.0,
                                          .unit = HR_GBP,
                                          .flags = HR_SEVERITY};

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

static enum status seek_recurring(struct folder *folder, const char *find, struct row_list *list, struct sought *sought, struct error *error)
{
  const char *at = strchr(find, '@');
  const int from = at != NULL ? year_index(&folder->plan, at + 1) : 0;
  if (from < 0) {
    return usage(error, find, "there is no such year in the plan");
  }
  if (plan_add_line(&folder->plan, "recurring_savings", "Recurring savings to find", LINE_PRESSURE) != STATUS_OK) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  const char *values[MAX_YEARS] = {NULL};
  for (int y = from; y < folder->plan.n_years; y++) {
    values[y] = "-\xC2\xA3" "1m";
  }
  row_add(list, sought_scenario, "shift", sought_instance, "input", "line:recurring_savings.one_off");
  row_add_years(list, sought_scenario, "shift", sought_instance, "add", values, folder->plan.n_years);
  *sought = (struct sought){&recurring, 0.0, recurring.max, recurring.grain, 1e6};
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

/* One unit of the parameter as a scenario would have it: 1pp, 1%, £1,000, 1. */
static double one_unit(const struct hr_param *param, const char **typed)
{
  switch (param->unit) {
  case HR_GBP:
    *typed = "\xC2\xA3" "1";
    return 1.0;
  case HR_PERCENT:
    *typed = "1%";
    return 0.01;
  case HR_POINTS:
    *typed = "1pp";
    return 0.01;
  default:
    *typed = "1";
    return 1.0;
  }
}

static enum status seek_param(struct folder *folder, struct registry *registry, const char *find, struct row_list *list, struct sought *sought,
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
  if (param == NULL || strcmp(name, "shift") == 0) {
    return usage(error, find, "the plugin has no such parameter; `headroom plugin show` lists them");
  }
  if ((param->flags & HR_SEVERITY) == 0 || param->unit == HR_YEAR || param->unit == HR_SWITCH || param->unit == HR_CHOICE) {
    return usage(error, find, "a setting, not a size that can be searched");
  }
  const char *typed;
  const double unit = one_unit(param, &typed);
  row_add(list, sought_scenario, name, sought_instance, param->id, typed);
  *sought = (struct sought){param, param->min, param->max, param->grain, unit};
  return STATUS_OK;
}

/* The base scenario's own rows and those that it includes, by way of an include. */
static void add_base(const struct folder *folder, struct row_list *list, const char *base)
{
  if (base[0] == '\0') {
    return;
  }
  for (int i = 0; i < folder->n_scenario_rows; i++) {
    struct scenario_row *rows = arena_grow(list->arena, list->row, (size_t)list->count, sizeof *rows);
    if (rows == NULL) {
      return;
    }
    list->row = rows;
    rows[list->count++] = folder->scenario[i];
  }
  row_add(list, sought_scenario, "", "", "include", base);
}

struct solving {
  const struct test *test;
  struct sought sought;
  int n_uses, use; /* of the scenario; the one that is sought */
  struct solved *out;
};

enum { MOST_USES = 64 };

/* Severity of the one that is sought counts units from neutral; every other use stands as written (rule 2). */
static bool along(struct trial *trial, const struct solving *solving, double end, struct boundary *out)
{
  const struct sought *sought = &solving->sought;
  const double span = end - sought->param->neutral;
  double start[MOST_USES], direction[MOST_USES] = {0};
  if (span == 0.0) {
    *out = (struct boundary){.kind = BOUNDARY_NEVER};
    return true;
  }
  for (int u = 0; u < solving->n_uses; u++) {
    start[u] = u == solving->use ? 0.0 : 1.0;
  }
  direction[solving->use] = span > 0.0 ? 1.0 : -1.0;
  return boundary_find(trial, solving->n_uses, start, direction, fabs(span) / sought->unit, sought->grain / sought->unit, solving->test, out);
}

static void search(struct lab *lab, void *shared)
{
  struct solving *solving = shared;
  struct solved *out = solving->out;
  const struct sought *sought = &solving->sought;
  struct trial *trial = trial_open(lab, 0, 256);
  const bool up_first = sought->param->preset >= sought->param->neutral;
  const double ends[2] = {up_first ? sought->high : sought->low, up_first ? sought->low : sought->high};
  for (int way = 0; trial != NULL && way < 2; way++) {
    struct boundary boundary;
    if (!along(trial, solving, ends[way], &boundary)) {
      break;
    }
    const bool first = way == 0;
    if (first || boundary.kind != BOUNDARY_NEVER) {
      out->boundary = boundary;
      out->sign = ends[way] >= sought->param->neutral ? 1.0 : -1.0;
      out->value_before = sought->param->neutral + out->sign * boundary.before * sought->unit;
      out->value_after = sought->param->neutral + out->sign * boundary.after * sought->unit;
    }
    if (boundary.kind != BOUNDARY_NEVER) {
      break;
    }
  }
  trial_close(trial);
}

static int sought_use(const struct scenario *scenario)
{
  for (int u = 0; u < scenario->n_uses; u++) {
    if (strcmp(scenario->use[u].instance, sought_instance) == 0) {
      return u;
    }
  }
  return -1;
}

static enum status build(struct folder *folder, struct registry *registry, struct row_list *list, struct scenario **scenario, struct error *error)
{
  static const char *const wanted[] = {sought_scenario};
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

enum status solve(struct folder *folder, struct registry *registry, const char *find, const struct test *test, const char *base, double grain,
                  const struct run_options *options, struct solved *out, struct error *error)
{
  struct row_list list = {.arena = &folder->arena};
  struct solving solving = {.test = test};
  struct scenario *scenario = NULL;
  add_base(folder, &list, base);
  enum status status = strncmp(find, "recurring_savings", 17) == 0 ? seek_recurring(folder, find, &list, &solving.sought, error)
                                                                  : seek_param(folder, registry, find, &list, &solving.sought, error);
  status = status != STATUS_OK ? status : build(folder, registry, &list, &scenario, error);
  if (status != STATUS_OK) {
    return status;
  }
  solving.sought.grain = grain > 0.0 ? grain : solving.sought.grain;
  solving.n_uses = scenario->n_uses;
  solving.use = sought_use(scenario);
  struct solved *shared = shared_alloc(sizeof *shared);
  if (shared == NULL || scenario->n_uses > MOST_USES) {
    shared_free(shared, sizeof *shared);
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  solving.out = shared;
  status = lab_run(&folder->plan, scenario, 1, search, &solving, options, error);
  *out = *shared;
  out->param = solving.sought.param;
  shared_free(shared, sizeof *shared);
  return status;
}
