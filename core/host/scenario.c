/* scenario.c: rows of scenarios.csv and settings of the command line, gathered into scenarios that are bound to the
 * plan.
 *
 * In the words of the manual: a row sets one parameter of one plugin.  The plugin then does just what its rows say:
 * parameters that shock the plan and are not named stay neutral, so pay_award with extra_award 1pp is an award of one
 * point more and nothing else; parameters that are settings and not shocks keep their presets.  A row that names no
 * parameter puts the plugin at its presets.  A scenario that includes others does what they do together; nothing may be
 * set twice, and the command line, which makes the scenario what_if, stands in place of what the scenarios under it
 * say. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/scenarios.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- entries ------------------------------------------------------------------------------------------- */

static struct entry row_entry(const struct scenario_row *row)
{
  return (struct entry){ .scenario = row->scenario,
                         .plugin = row->plugin,
                         .instance = row->instance,
                         .parameter = row->parameter,
                         .value = row->value,
                         .year_value = row->year_value,
                         .place = row->place,
                         .plugin_place = row->plugin_place,
                         .parameter_place = row->parameter_place,
                         .value_place = row->value_place,
                         .year_place = row->year_place,
                         .only_year = -1 };
}

static enum status read_entries(struct builder *b, const struct setting *settings, int n_settings)
{
  const struct folder *folder = b->folder;
  b->entry = arena_array(b->arena, (size_t)(folder->n_scenario_rows + n_settings) + 1, sizeof *b->entry);
  if (b->entry == NULL) {
    return STATUS_MEMORY;
  }
  for (int i = 0; i < folder->n_scenario_rows; i++) {
    b->entry[b->n_entries++] = row_entry(&folder->scenario[i]);
  }
  for (int i = 0; i < n_settings; i++) {
    b->n_entries += setting_parse(b, arena_strdup(b->arena, settings[i].text), &b->entry[b->n_entries]);
  }
  return STATUS_OK;
}

/* ---- names --------------------------------------------------------------------------------------------- */

static void check_name(struct gathering *g, const struct entry *entry, bool has_settings)
{
  struct builder *b = g->b;
  const char *name = entry->scenario;
  if (strcmp(name, "baseline") == 0 || (has_settings && strcmp(name, WHAT_IF) == 0)) {
    struct finding *finding = complain(b, CODE_SCENARIO_NAME, entry->place, "'%s' is a reserved name", name);
    finding_label(b->findings, finding, "call the scenario something else");
    finding_help(b->findings, finding, "baseline is the plan itself, what_if the scenario of the command line");
  } else if (!id_valid(name, strlen(name))) {
    struct finding *finding = complain(b, CODE_SCENARIO_NAME, entry->place, "'%s' cannot name a scenario", name);
    finding_label(b->findings, finding, "begin with a letter; letters, digits, _ and -, up to 32");
  }
  for (int i = 0; i < g->n_names; i++) {
    if (strcasecmp(g->name[i], name) == 0) {
      struct finding *finding =
          complain(b, CODE_SCENARIO_NAME, entry->place, "'%s' and '%s' differ by capitals only", g->name[i], name);
      finding_label(b->findings, finding, "use one of the two");
    }
  }
}

static enum status read_names(struct gathering *g)
{
  struct builder *b = g->b;
  g->name = arena_array(b->arena, (size_t)b->n_entries + 1, sizeof *g->name);
  g->visit = arena_array(b->arena, (size_t)b->n_entries + 1, sizeof *g->visit);
  if (g->name == NULL || g->visit == NULL) {
    return STATUS_MEMORY;
  }
  const bool has_settings = b->n_entries > b->folder->n_scenario_rows;
  for (int i = 0; i < b->n_entries; i++) {
    const struct entry *entry = &b->entry[i];
    if (!entry_is_setting(entry) && scenario_name_find(g, entry->scenario) < 0) {
      check_name(g, entry, has_settings);
      g->name[g->n_names++] = entry->scenario;
    }
  }
  return STATUS_OK;
}

/* ---- scenarios ----------------------------------------------------------------------------------------- */

static int by_instance(const void *a, const void *b)
{
  return strcmp(((const struct use *)a)->instance, ((const struct use *)b)->instance);
}

static void start(struct gathering *g)
{
  memset(g->visit, 0, ((size_t)g->n_names + 1) * sizeof *g->visit);
  g->draft = NULL;
  g->n_drafts = 0;
}

static void finish(struct gathering *g, struct scenario *out)
{
  struct builder *b = g->b;
  out->use = arena_array(b->arena, (size_t)g->n_drafts + 1, sizeof *out->use);
  if (out->use == NULL) {
    b->status = STATUS_MEMORY;
    return;
  }
  for (int i = 0; i < g->n_drafts; i++) {
    out->n_uses += draft_finish(b, &g->draft[i], &out->use[out->n_uses]);
  }
  qsort(out->use, (size_t)out->n_uses, sizeof *out->use, by_instance);
}

static void build_named(struct gathering *g, int name, struct scenario *out)
{
  const char *id = g->name[name];
  out->id = id;
  out->label = scenario_text(g->b, id, "label", id);
  out->description = scenario_text(g->b, id, "description", "");
  start(g);
  gather_scenario(g, name);
  finish(g, out);
}

/* Settings on top of the wanted scenarios; on the plan alone when none is named. */
static void build_what_if(struct gathering *g, const int *wanted, int n_wanted, struct scenario *out)
{
  struct builder *b = g->b;
  struct text label = { 0 };
  start(g);
  for (int i = 0; i < n_wanted; i++) {
    text_printf(&label, "%s, ", scenario_text(b, g->name[wanted[i]], "label", g->name[wanted[i]]));
    gather_scenario(g, wanted[i]);
  }
  for (int i = 0; i < b->n_entries && can_go_on(b); i++) {
    if (entry_is_setting(&b->entry[i])) {
      text_printf(&label, "%s, ", b->entry[i].place.excerpt);
      gather_use(g, &b->entry[i]);
    }
  }
  out->id = WHAT_IF;
  out->description = "";
  out->label = arena_printf(b->arena, "What if: %.*s", (int)label.length - 2, text_str(&label));
  text_fini(&label);
  finish(g, out);
}

static enum status no_such_scenario(const struct gathering *g, const char *id)
{
  const char *nearest = nearest_name(id, g->name);
  if (nearest != NULL) {
    return error_set(g->b->error, STATUS_USAGE, "no scenario is called '%s'; did you mean '%s'?", id, nearest);
  }
  struct text all = { 0 };
  for (int i = 0; i < g->n_names; i++) {
    text_printf(&all, "%s%s", i > 0 ? ", " : "", g->name[i]);
  }
  const enum status status =
      g->n_names == 0
          ? error_set(g->b->error, STATUS_USAGE, "no scenario is called '%s': scenarios.csv has none", id)
          : error_set(g->b->error, STATUS_USAGE, "no scenario is called '%s'; there are %s", id, text_str(&all));
  text_fini(&all);
  return status;
}

/* baseline is passed over: the plan is no scenario, and stands beside every one. */
static enum status choose(const struct gathering *g, const char *const *ids, int n_ids, int *chosen, int *count)
{
  *count = 0;
  for (int i = 0; i < n_ids; i++) {
    const int name = scenario_name_find(g, ids[i]);
    if (name >= 0) {
      chosen[(*count)++] = name;
    } else if (strcmp(ids[i], "baseline") != 0) {
      return no_such_scenario(g, ids[i]);
    }
  }
  return STATUS_OK;
}

/* wanted NULL: all of them, and settings stand on the plan alone. */
static enum status build_all(struct gathering *g, const char *const *wanted, int n_wanted, bool what_if,
                             struct scenario **out, int *count)
{
  struct builder *b = g->b;
  int n = wanted != NULL ? n_wanted : g->n_names;
  int *chosen = arena_array(b->arena, (size_t)n + 1, sizeof *chosen);
  struct scenario *list = arena_array(b->arena, (size_t)n + 2, sizeof *list);
  if (chosen == NULL || list == NULL) {
    return STATUS_MEMORY;
  }
  for (int i = 0; i < n; i++) {
    chosen[i] = i;
  }
  const enum status status = wanted != NULL ? choose(g, wanted, n_wanted, chosen, &n) : STATUS_OK;
  if (status != STATUS_OK) {
    return status;
  }
  for (int i = 0; i < n; i++) {
    build_named(g, chosen[i], &list[i]);
  }
  if (what_if) {
    build_what_if(g, chosen, wanted != NULL ? n : 0, &list[n]);
  }
  *out = list;
  *count = n + (what_if ? 1 : 0);
  return b->status;
}

static bool is_told(const struct findings *findings, size_t n, const struct finding *finding)
{
  for (size_t i = 0; i < n; i++) {
    if (findings->item[i].code == finding->code && strcmp(findings->item[i].text, finding->text) == 0) {
      return true;
    }
  }
  return false;
}

/* A plugin that is not there is told once, however many rows ask for it. */
static void tell_missing_once(struct findings *findings)
{
  size_t kept = 0;
  for (size_t i = 0; i < findings->count; i++) {
    if (findings->item[i].code == CODE_SCENARIO_PLUGIN && is_told(findings, kept, &findings->item[i])) {
      findings->errors--;
    } else {
      findings->item[kept++] = findings->item[i];
    }
  }
  findings->count = kept;
}

enum status scenarios_build(struct folder *folder, struct registry *registry, const char *const *wanted, int n_wanted,
                            const struct setting *settings, int n_settings, struct scenario **out, int *count,
                            struct error *error)
{
  struct builder b = { .folder = folder,
                       .registry = registry,
                       .arena = &folder->arena,
                       .findings = &folder->findings,
                       .plan = &folder->plan,
                       .error = error };
  struct gathering g = { .b = &b };
  const size_t errors_before = b.findings->errors;
  *count = 0;
  enum status status = read_entries(&b, settings, n_settings);
  if (status == STATUS_OK) {
    status = read_names(&g);
  }
  if (status == STATUS_OK) {
    status = build_all(&g, wanted, n_wanted, n_settings > 0, out, count);
  }
  if (status == STATUS_OK && b.findings->errors == errors_before) {
    status = uses_bind(&b, *out, *count);
  }
  if (status == STATUS_MEMORY || b.arena->failed) {
    return error_set(error, STATUS_MEMORY, "memory ran out while reading the scenarios");
  }
  status = status == STATUS_OK && b.findings->errors > errors_before ? STATUS_DATA : status;
  tell_missing_once(b.findings);
  return status;
}
