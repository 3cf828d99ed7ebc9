/* use.c: what rows and settings say about one use of a plugin, put together into values by year.
 *
 * (1) A use that names no parameter stands at the plugin's presets.
 * (2) A use that names some means just those: the others that shock the plan (HR_SEVERITY) are neutral.  What is a
 * setting and not a shock keeps its preset. (3) A row with a blank parameter puts the use at its presets first, and the
 * named ones then stand in place of theirs. (4) In a row by year a blank cell is the parameter's neutral. (5) A setting
 * of the command line stands in place of what the scenario says; for one year, in that year only.
 * (6) Parameters that are parts of one whole (HR_PART) come to the whole at most. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/scenarios.h"

#include <string.h>

static bool filled(const char *cell)
{
  return cell != NULL && *cell != '\0';
}

/* The first year cell that is filled, or -1. */
static int filled_year(const struct builder *b, const struct entry *entry)
{
  for (int y = 0; entry->year_value != NULL && y < b->plan->n_years; y++) {
    if (filled(entry->year_value[y])) {
      return y;
    }
  }
  return -1;
}

/* True when the entry fills `value` alone, as rows must that name a thing and not a number. */
static bool fills_value_alone(struct builder *b, const struct entry *entry)
{
  const int year = filled_year(b, entry);
  if (year >= 0) {
    struct finding *finding =
        complain(b, CODE_SCENARIO_CELLS, entry->year_place[year], "%s is the same in every year", entry->parameter);
    finding_label(b->findings, finding, "fill the value column instead");
    return false;
  }
  if (!filled(entry->value)) {
    struct finding *finding = complain(b, CODE_SCENARIO_CELLS, entry->place, "%s has no value", entry->parameter);
    finding_label(b->findings, finding, "fill the value column");
    return false;
  }
  return true;
}

/* ---- which parameter is meant -------------------------------------------------------------------------- */

static const char *rebindable(struct builder *b, const struct plugin *plugin, uint32_t slot)
{
  return (plugin->slot[slot].flags & HR_REBIND) != 0 ? arena_printf(b->arena, "slot.%s", plugin->slot[slot].id) : "";
}

static void no_such_parameter(struct builder *b, const struct plugin *plugin, const struct entry *entry)
{
  const char **names = arena_array(b->arena, plugin->n_params + plugin->n_slots + 2, sizeof *names);
  struct text all = { 0 };
  size_t n = 0;
  if (names == NULL) {
    return;
  }
  if (plugin == shift_plugin()) {
    names[n++] = "input";
  }
  for (uint32_t p = 0; p < plugin->n_params; p++) {
    names[n++] = plugin->param[p].id;
  }
  for (uint32_t s = 0; s < plugin->n_slots; s++) {
    names[n] = rebindable(b, plugin, s);
    n += *names[n] != '\0';
  }
  for (size_t i = 0; i < n; i++) {
    text_printf(&all, "%s%s", i > 0 ? ", " : "", names[i]);
  }
  names[n] = NULL;
  const char *nearest = nearest_name(entry->parameter, names);
  struct finding *finding = complain(b, CODE_SCENARIO_PARAMETER, entry->parameter_place, "%s has no parameter '%s'",
                                     plugin->name, entry->parameter);
  if (nearest != NULL) {
    finding_label(b->findings, finding, "did you mean %s?", nearest);
  } else {
    finding_label(b->findings, finding, "it has %s", text_str(&all));
  }
  text_fini(&all);
}

/* False after a finding. */
static bool find_target(struct builder *b, const struct plugin *plugin, const struct entry *entry, int *what)
{
  if (*entry->parameter == '\0') {
    *what = SETS_PRESETS;
    return true;
  }
  if (plugin == shift_plugin() && strcmp(entry->parameter, "input") == 0) {
    *what = SETS_INPUT;
    return true;
  }
  for (uint32_t p = 0; p < plugin->n_params; p++) {
    if (strcmp(plugin->param[p].id, entry->parameter) == 0) {
      *what = (int)p;
      return true;
    }
  }
  for (uint32_t s = 0; s < plugin->n_slots; s++) {
    if (strcmp(rebindable(b, plugin, s), entry->parameter) == 0) {
      *what = (int)(plugin->n_params + s);
      return true;
    }
  }
  no_such_parameter(b, plugin, entry);
  return false;
}

/* ---- collecting ---------------------------------------------------------------------------------------- */

static bool from_command_line(const struct entry *entry)
{
  return entry->year_value == NULL;
}

static void set_twice(struct builder *b, const struct draft *draft, const struct entry *entry,
                      const struct entry *first)
{
  const char *what = *entry->parameter != '\0' ? entry->parameter : "the presets";
  struct finding *finding;
  if (from_command_line(entry)) {
    finding = complain(b, CODE_SCENARIO_TWICE, entry->place, "%s of %s is set twice on the command line", what,
                       draft->instance);
  } else if (strcmp(first->scenario, entry->scenario) != 0) {
    finding = complain(b, CODE_SCENARIO_TWICE, entry->place, "%s of %s is set here and in scenario %s (line %d)", what,
                       draft->instance, first->scenario, first->place.line);
  } else {
    finding = complain(b, CODE_SCENARIO_TWICE, entry->place, "%s of %s is set here and in line %d", what,
                       draft->instance, first->place.line);
  }
  finding_label(b->findings, finding, "set it once");
  if (!from_command_line(entry)) {
    finding_help(b->findings, finding, "to use %s twice, give each use its own name in the instance column",
                 draft->plugin->name);
  }
}

/* An earlier entry that this one may not stand beside. */
static const struct entry *rival(const struct draft *draft, int what, const struct entry *entry)
{
  for (int i = 0; i < draft->n_assigned; i++) {
    const struct entry *other = draft->assigned[i].entry;
    const bool same_kind = from_command_line(other) == from_command_line(entry);
    const bool same_years = !from_command_line(entry) || other->only_year == entry->only_year;
    if (draft->assigned[i].what == what && same_kind && same_years) {
      return other;
    }
  }
  return NULL;
}

/* A row without a parameter says "at its presets" and nothing else. */
static bool is_bare(struct builder *b, const struct entry *entry)
{
  const int year = filled_year(b, entry);
  if (!filled(entry->value) && year < 0) {
    return true;
  }
  struct finding *finding = complain(b, CODE_SCENARIO_CELLS, year >= 0 ? entry->year_place[year] : entry->value_place,
                                     "a value stands here, but the row names no parameter");
  finding_label(b->findings, finding, "name the parameter that it is for, or clear the cell");
  return false;
}

void draft_assign(struct builder *b, struct draft *draft, const struct entry *entry)
{
  int what = SETS_PRESETS;
  if (!find_target(b, draft->plugin, entry, &what)) {
    return;
  }
  const bool names_a_thing = what == SETS_INPUT || what >= (int)draft->plugin->n_params;
  if ((what == SETS_PRESETS && !is_bare(b, entry)) || (names_a_thing && !fills_value_alone(b, entry))) {
    return;
  }
  const struct entry *first = rival(draft, what, entry);
  if (first != NULL) {
    set_twice(b, draft, entry, first);
    return;
  }
  struct assignment *grown = arena_grow(b->arena, draft->assigned, (size_t)draft->n_assigned, sizeof *draft->assigned);
  if (grown == NULL) {
    b->status = STATUS_MEMORY;
    return;
  }
  draft->assigned = grown;
  draft->assigned[draft->n_assigned++] = (struct assignment){ what, entry };
}

/* ---- values -------------------------------------------------------------------------------------------- */

static bool read_cell(struct builder *b, const struct wanted_value *wanted, const char *typed, struct place place,
                      double *out)
{
  struct complaint wrong;
  if (value_parse(wanted, typed, out, &wrong)) {
    return true;
  }
  complain_about(b, place, &wrong);
  return false;
}

static bool takes_years(struct builder *b, const struct hr_param *param, struct place place)
{
  if ((param->flags & HR_PER_YEAR) != 0) {
    return true;
  }
  struct finding *finding =
      complain(b, CODE_SCENARIO_CELLS, place, "%s takes one value for the whole plan, not one a year", param->id);
  finding_label(b->findings, finding, "give it in the value column");
  return false;
}

static bool fill_years(struct builder *b, const struct wanted_value *wanted, const struct entry *entry, int first,
                       double *row)
{
  bool fine = takes_years(b, wanted->param, entry->year_place[first]);
  for (int y = 0; y < b->plan->n_years && fine; y++) {
    row[y] = wanted->param->neutral; /* Rule 4 */
  }
  for (int y = first; y < b->plan->n_years && (wanted->param->flags & HR_PER_YEAR) != 0; y++) {
    if (filled(entry->year_value[y])) {
      fine = read_cell(b, wanted, entry->year_value[y], entry->year_place[y], &row[y]) && fine;
    }
  }
  return fine;
}

static bool fill_value(struct builder *b, const struct wanted_value *wanted, const struct entry *entry, double *row)
{
  double value = 0.0;
  const int only = entry->only_year;
  if (only >= 0 && !takes_years(b, wanted->param, entry->place)) {
    return false;
  }
  if (!read_cell(b, wanted, entry->value, entry->value_place, &value)) {
    return false;
  }
  for (int y = only < 0 ? 0 : only; y < (only < 0 ? b->plan->n_years : only + 1); y++) {
    row[y] = value;
  }
  return true;
}

static bool fill(struct builder *b, const struct wanted_value *wanted, const struct entry *entry, double *row)
{
  const int year = filled_year(b, entry);
  if (filled(entry->value) && year >= 0) {
    struct finding *finding = complain(b, CODE_SCENARIO_CELLS, entry->year_place[year],
                                       "%s has both a value for every year and one by year", entry->parameter);
    finding_label(b->findings, finding, "fill the value column or year cells, not both");
    return false;
  }
  if (!filled(entry->value) && year < 0) {
    struct finding *finding = complain(b, CODE_SCENARIO_CELLS, entry->place, "%s has no value", entry->parameter);
    finding_label(b->findings, finding, "fill the value column, or year cells");
    return false;
  }
  return year >= 0 ? fill_years(b, wanted, entry, year, row) : fill_value(b, wanted, entry, row);
}

/* Rules 1 to 3: where the parameters stand before anything is set. */
static void start_values(const struct draft *draft, int n_years, double *value)
{
  const struct plugin *plugin = draft->plugin;
  bool named = false, presets = false;
  for (int i = 0; i < draft->n_assigned; i++) {
    named = named || (draft->assigned[i].what >= 0 && draft->assigned[i].what < (int)plugin->n_params);
    presets = presets || draft->assigned[i].what == SETS_PRESETS;
  }
  for (uint32_t p = 0; p < plugin->n_params; p++) {
    const struct hr_param *param = &plugin->param[p];
    const bool neutral = named && !presets && (param->flags & HR_SEVERITY) != 0;
    for (int y = 0; y < n_years; y++) {
      value[p * (uint32_t)n_years + (uint32_t)y] = neutral ? param->neutral : param->preset;
    }
  }
}

static bool fill_values(struct builder *b, const struct draft *draft, const char *address, struct place where,
                        double *value)
{
  const size_t n_years = (size_t)b->plan->n_years;
  bool fine = true;
  for (int i = 0; i < draft->n_assigned; i++) {
    const int what = draft->assigned[i].what;
    if (what < 0 || what >= (int)draft->plugin->n_params) {
      continue;
    }
    struct wanted_value wanted = { .param = &draft->plugin->param[what], .plan = b->plan, .arena = b->arena };
    struct hr_param shifted;
    if (draft->plugin == shift_plugin() && !shift_wants(b, draft, address, where, what, &shifted, &wanted)) {
      return false;
    }
    fine = fill(b, &wanted, draft->assigned[i].entry, &value[(size_t)what * n_years]) && fine;
  }
  return fine;
}

/* Rule 6 */
static bool parts_fit(struct builder *b, const struct draft *draft, const double *value)
{
  const double hair = 1e-12;
  const struct plugin *plugin = draft->plugin;
  const int n_years = b->plan->n_years;
  for (int y = 0; y < n_years; y++) {
    double sum = 0.0;
    for (uint32_t p = 0; p < plugin->n_params; p++) {
      sum += (plugin->param[p].flags & HR_PART) != 0 ? value[p * (uint32_t)n_years + (uint32_t)y] : 0.0;
    }
    if (sum > 1.0 + hair) {
      const struct entry *last = draft->assigned[draft->n_assigned - 1].entry;
      struct finding *finding = complain(b, CODE_SCENARIO_RANGE, last->place, "the parts of %s come to %.6g%% together",
                                         draft->instance, sum * 100.0);
      finding_label(b->findings, finding, "100%% is the whole: lower one of them");
      return false;
    }
  }
  return true;
}

static const char *const *fill_rebinds(const struct draft *draft, const char **rebind)
{
  for (int i = 0; i < draft->n_assigned; i++) {
    const int slot = draft->assigned[i].what - (int)draft->plugin->n_params;
    if (slot >= 0) {
      rebind[slot] = draft->assigned[i].entry->value; /* a setting comes last and stands in place of a row */
    }
  }
  return rebind;
}

static const struct place *const *fill_named(const struct draft *draft, const struct place **named)
{
  for (int i = 0; i < draft->n_assigned; i++) {
    const int param = draft->assigned[i].what;
    if (param >= 0 && param < (int)draft->plugin->n_params) {
      named[param] = &draft->assigned[i].entry->place;
    }
  }
  return named;
}

bool draft_finish(struct builder *b, const struct draft *draft, struct use *out)
{
  const struct plugin *plugin = draft->plugin;
  const bool is_shift = plugin == shift_plugin();
  struct place where = draft->place;
  *out = (struct use){ .plugin = plugin, .instance = draft->instance, .place = draft->place };
  if (is_shift && !shift_complete(b, draft, &out->address, &where)) {
    return false;
  }
  double *value = arena_array(b->arena, (size_t)plugin->n_params * (size_t)b->plan->n_years + 1, sizeof *value);
  const char **rebind = arena_array(b->arena, (size_t)plugin->n_slots + 1, sizeof *rebind);
  const struct place **named = arena_array(b->arena, (size_t)plugin->n_params + 1, sizeof *named);
  out->binding = arena_array(b->arena, (size_t)plugin->n_slots + 1, sizeof *out->binding);
  if (value == NULL || rebind == NULL || named == NULL || out->binding == NULL) {
    b->status = STATUS_MEMORY;
    return false;
  }
  start_values(draft, b->plan->n_years, value);
  out->value = value;
  out->rebind = fill_rebinds(draft, rebind);
  out->named = fill_named(draft, named);
  for (int i = 0; i < draft->n_assigned; i++) {
    out->scales = out->scales || (is_shift && draft->assigned[i].what == SHIFT_SCALE);
  }
  return fill_values(b, draft, out->address, where, value) && parts_fit(b, draft, value);
}
