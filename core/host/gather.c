/* gather.c: what each row of a scenario says, its includes followed, gathered into drafts of uses. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/scenarios.h"

#include <string.h>

/* ---- findings ------------------------------------------------------------------------------------------ */

static bool same_place(const struct place *a, const struct place *b)
{
  const bool same_file = (a->file == NULL) == (b->file == NULL) && (a->file == NULL || strcmp(a->file, b->file) == 0);
  return same_file && a->line == b->line && a->column == b->column;
}

static bool stands_already(const struct findings *findings, enum code code, const struct place *place, const char *text)
{
  for (size_t i = 0; i < findings->count; i++) {
    const struct finding *other = &findings->item[i];
    if (other->code == code && same_place(&other->place, place) && strcmp(other->text, text) == 0) {
      return true;
    }
  }
  return false;
}

struct finding *complain(struct builder *b, enum code code, struct place place, const char *format, ...)
{
  static _Thread_local struct finding again;
  va_list args;
  va_start(args, format);
  const char *text = arena_vprintf(b->arena, format, args);
  va_end(args);
  if (stands_already(b->findings, code, &place, text)) {
    return &again;
  }
  return finding_add(b->findings, code, place, "%s", text);
}

void complain_about(struct builder *b, struct place place, const struct complaint *wrong)
{
  struct finding *finding = complain(b, wrong->code, place, "%s", wrong->text);
  finding_label(b->findings, finding, "%s", wrong->label);
  finding_help(b->findings, finding, "%s", wrong->help);
}

/* ---- names and entries --------------------------------------------------------------------------------- */

bool can_go_on(const struct builder *b)
{
  return b->status == STATUS_OK && !b->arena->failed;
}

int scenario_name_find(const struct gathering *g, const char *name)
{
  for (int i = 0; i < g->n_names; i++) {
    if (strcmp(g->name[i], name) == 0) {
      return i;
    }
  }
  return -1;
}

bool entry_is_setting(const struct entry *entry)
{
  return entry->year_value == NULL;
}

/* ---- uses ---------------------------------------------------------------------------------------------- */

static struct draft *draft_find(struct gathering *g, const char *instance)
{
  for (int i = 0; i < g->n_drafts; i++) {
    if (strcmp(g->draft[i].instance, instance) == 0) {
      return &g->draft[i];
    }
  }
  return NULL;
}

/* A name that nothing has is the folder's fault; a file that is refused is the plugin's. */
static const struct plugin *find_plugin(struct builder *b, const struct entry *entry)
{
  struct error error = { STATUS_OK, "" };
  const struct plugin *plugin = registry_find(b->registry, entry->plugin, &error);
  if (plugin != NULL) {
    return plugin;
  }
  if (error.code == STATUS_USAGE) {
    struct finding *finding = complain(b, CODE_SCENARIO_PLUGIN, entry->plugin_place, "%s", error.text);
    finding_label(b->findings, finding, "see headroom plugin list");
  } else {
    b->status = error_set(b->error, error.code, "%s", error.text);
  }
  return NULL;
}

static struct draft *draft_new(struct gathering *g, const struct plugin *plugin, const char *instance,
                               const struct entry *entry)
{
  struct draft *grown = arena_grow(g->b->arena, g->draft, (size_t)g->n_drafts, sizeof *g->draft);
  if (grown == NULL) {
    g->b->status = STATUS_MEMORY;
    return NULL;
  }
  g->draft = grown;
  g->draft[g->n_drafts] = (struct draft){ .plugin = plugin, .instance = instance, .place = entry->place };
  return &g->draft[g->n_drafts++];
}

static bool instance_fits(struct builder *b, const struct draft *draft, const struct plugin *plugin,
                          const struct entry *entry)
{
  if (draft->plugin == plugin) {
    return true;
  }
  struct finding *finding = complain(b, CODE_SCENARIO_NAME, entry->place, "'%s' already names a use of %s",
                                     draft->instance, draft->plugin->name);
  finding_label(b->findings, finding, "give this use of %s another instance name", plugin->name);
  return false;
}

/* On the command line the name before the dot may be an instance of the scenario underneath. */
void gather_use(struct gathering *g, const struct entry *entry)
{
  struct builder *b = g->b;
  struct draft *named = entry_is_setting(entry) ? draft_find(g, entry->plugin) : NULL;
  if (named != NULL) {
    draft_assign(b, named, entry);
    return;
  }
  const struct plugin *plugin = find_plugin(b, entry);
  if (plugin == NULL) {
    return;
  }
  const char *instance = *entry->instance != '\0' ? entry->instance : plugin->name;
  if (!id_valid(instance, strlen(instance))) {
    struct finding *finding = complain(b, CODE_SCENARIO_NAME, entry->place, "'%s' cannot name a use", instance);
    finding_label(b->findings, finding, "begin with a letter; letters, digits, _ and -, up to 32");
    return;
  }
  struct draft *draft = draft_find(g, instance);
  if (draft == NULL) {
    draft = draft_new(g, plugin, instance, entry);
  }
  if (draft != NULL && instance_fits(b, draft, plugin, entry)) {
    draft_assign(b, draft, entry);
  }
}

/* ---- rows without a plugin: label, description, include ------------------------------------------------ */

static bool about_itself(struct builder *b, const struct entry *entry)
{
  static const char *const words[] = { "label", "description", "include", NULL };
  for (int i = 0; words[i] != NULL; i++) {
    if (strcmp(entry->parameter, words[i]) == 0) {
      return true;
    }
  }
  const char *nearest = nearest_name(entry->parameter, words);
  struct finding *finding = complain(b, CODE_SCENARIO_PARAMETER, entry->parameter_place,
                                     "a row without a plugin cannot set '%s'", entry->parameter);
  if (nearest != NULL) {
    finding_label(b->findings, finding, "did you mean %s?", nearest);
  } else {
    finding_label(b->findings, finding, "name the plugin, or write label, description or include");
  }
  return false;
}

static bool says_something(struct builder *b, const struct entry *entry)
{
  for (int y = 0; y < b->plan->n_years; y++) {
    if (*entry->year_value[y] != '\0') {
      struct finding *finding =
          complain(b, CODE_SCENARIO_CELLS, entry->year_place[y], "%s is the same in every year", entry->parameter);
      finding_label(b->findings, finding, "fill the value column instead");
      return false;
    }
  }
  if (*entry->value != '\0') {
    return true;
  }
  struct finding *finding = complain(b, CODE_SCENARIO_CELLS, entry->place, "%s has no value", entry->parameter);
  finding_label(b->findings, finding, "fill the value column");
  return false;
}

/* The text that a scenario has as its label or description; a second one is a finding. */
const char *scenario_text(struct builder *b, const char *scenario, const char *parameter, const char *otherwise)
{
  const struct entry *first = NULL;
  for (int i = 0; i < b->n_entries; i++) {
    const struct entry *entry = &b->entry[i];
    if (entry_is_setting(entry) || *entry->plugin != '\0' || strcmp(entry->scenario, scenario) != 0 ||
        strcmp(entry->parameter, parameter) != 0) {
      continue;
    }
    if (first != NULL) {
      struct finding *finding = complain(b, CODE_SCENARIO_TWICE, entry->place, "%s has a %s here and in line %d",
                                         scenario, parameter, first->place.line);
      finding_label(b->findings, finding, "give it once");
    }
    first = first == NULL ? entry : first;
  }
  return first != NULL ? first->value : otherwise;
}

/* Every scenario of the circle comes round to it; it is told once. */
static void circle(struct gathering *g, const struct entry *entry)
{
  if (!g->met_circle) {
    struct finding *finding =
        complain(g->b, CODE_SCENARIO_INCLUDE, entry->value_place, "%s includes %s, which leads back to %s",
                 entry->scenario, entry->value, entry->scenario);
    finding_label(g->b->findings, finding, "take one include out of the circle");
  }
  g->met_circle = true;
}

static void gather_include(struct gathering *g, const struct entry *entry)
{
  struct builder *b = g->b;
  const int included = scenario_name_find(g, entry->value);
  if (included < 0) {
    const char *nearest = nearest_name(entry->value, g->name);
    struct finding *finding =
        complain(b, CODE_SCENARIO_INCLUDE, entry->value_place, "there is no scenario '%s' to include", entry->value);
    if (nearest != NULL) {
      finding_label(b->findings, finding, "did you mean %s?", nearest);
    }
    return;
  }
  if (g->visit[included] == VISIT_UNDER_WAY) {
    circle(g, entry);
    return;
  }
  gather_scenario(g, included);
}

/* What two of its includes share is gathered once. */
void gather_scenario(struct gathering *g, int name)
{
  struct builder *b = g->b;
  if (g->visit[name] == VISIT_DONE) {
    return;
  }
  g->visit[name] = VISIT_UNDER_WAY;
  for (int i = 0; i < b->n_entries && can_go_on(b); i++) {
    const struct entry *entry = &b->entry[i];
    if (entry_is_setting(entry) || strcmp(entry->scenario, g->name[name]) != 0) {
      continue;
    }
    if (*entry->plugin != '\0') {
      gather_use(g, entry);
    } else if (about_itself(b, entry) && says_something(b, entry) && strcmp(entry->parameter, "include") == 0) {
      gather_include(g, entry);
    }
  }
  g->visit[name] = VISIT_DONE;
}
