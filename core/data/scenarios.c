/* scenarios.c: scenarios.csv as typed, for the host to read with each plugin's parameters at hand (format.md section
 * 11).
 *
 * What does not depend on a plugin is refused here: names, a value given twice over, and R34, a receipt aimed at
 * revenue. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/words.h"

#include <string.h>
#include <strings.h>

static const char *const columns[] = { "scenario", "plugin", "instance", "parameter", "value", NULL };
static const char *const required[] = { "scenario", "plugin", "parameter", NULL };
static const struct table_spec spec = {
  .file = "scenarios.csv", .columns = columns, .required = required, .years = true, .years_optional = true
};

/* Words of a row whose plugin is blank. */
static const char *const own_parameters[] = { "label", "description", "include", NULL };

static void refuse(struct reading *reading, const struct table *table, int row, const char *column, const char *label,
                   const char *text)
{
  struct finding *finding = finding_add(reading->findings, CODE_SCENARIO_ROW,
                                        cell_place(table, row, table_cell(table, row, column)), "%s", text);
  finding_label(reading->findings, finding, "%s", label);
}

static void check_name(struct reading *reading, const struct table *table, int row, const struct scenario_row *out)
{
  if (strcasecmp(out->scenario, "baseline") == 0) {
    refuse(reading, table, row, "scenario", "another name", "'baseline' is the plan itself and takes no rows");
  }
  for (int i = 0; i < reading->folder->n_scenario_rows; i++) {
    const char *other = reading->folder->scenario[i].scenario;
    if (strcasecmp(other, out->scenario) == 0 && strcmp(other, out->scenario) != 0) {
      refuse(reading, table, row, "scenario", "one spelling",
             arena_printf(reading->arena, "scenario '%s' differs from '%s' by case only", out->scenario, other));
      return;
    }
  }
}

static bool any_year(const struct scenario_row *row)
{
  for (int y = 0; y < MAX_YEARS; y++) {
    if (*row->year_value[y] != '\0') {
      return true;
    }
  }
  return false;
}

/* A label, a description or another scenario to include: one word or text, in `value`. */
static void check_own_row(struct reading *reading, const struct table *table, int row, const struct scenario_row *out,
                          const char *const *names)
{
  int choice = 0;
  if (cell_choice(reading, table, row, table_cell(table, row, "parameter"), names, &choice) && *out->value == '\0') {
    refuse(reading, table, row, "value", "fill it",
           arena_printf(reading->arena, "the %s of scenario '%s' is blank", out->parameter, out->scenario));
  }
  if (any_year(out)) {
    refuse(reading, table, row, "value", "here, and the years blank",
           arena_printf(reading->arena, "the %s of a scenario has no years", out->parameter));
  }
  if (*out->instance != '\0') {
    refuse(reading, table, row, "instance", "leave it blank", "an instance needs a plugin");
  }
}

static void check_values(struct reading *reading, const struct table *table, int row, const struct scenario_row *out)
{
  const bool years = any_year(out);
  if (*out->value != '\0' && years) {
    refuse(reading, table, row, "value", "leave this blank, or the years",
           "a value for every year and values by year stand in one row");
  }
  if (*out->plugin != '\0' && *out->parameter == '\0' && (*out->value != '\0' || years)) {
    refuse(reading, table, row, "parameter", "the parameter that the value belongs to",
           "a value belongs to no parameter");
  }
  if (*out->plugin != '\0' && *out->parameter != '\0' && *out->value == '\0' && !years) {
    refuse(reading, table, row, "value", "a value, or values by year",
           arena_printf(reading->arena, "parameter '%s' is given no value", out->parameter));
  }
}

/* R34: an address such as receipt:land.to_revenue, or a plugin of receipts told to put them there. */
static bool aims_at_revenue(struct reading *reading, const struct scenario_row *row)
{
  static const char *const words[] = { "revenue", "general fund", "reserve", "reserves", NULL };
  if (receipt_refusal(row->value) != NULL) {
    return true;
  }
  if (strcasestr(row->plugin, "receipt") == NULL) {
    return false;
  }
  return receipt_refusal(arena_printf(reading->arena, "receipt:*.%s", row->parameter)) != NULL ||
         text_says(row->value, words);
}

static void check_receipt(struct reading *reading, const struct table *table, int row, const struct scenario_row *out)
{
  if (*out->plugin == '\0' || !aims_at_revenue(reading, out)) {
    return;
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_RECEIPT_TO_REVENUE, cell_place(table, row, table_cell(table, row, "value")),
                  "scenario '%s' would put a capital receipt into revenue", out->scenario);
  finding_label(reading->findings, finding, "to_debt, to_avoid or to_flexible");
  finding_help(reading->findings, finding, "%s", receipt_lawful_uses);
}

void scenario_row_check(struct reading *reading, const struct table *table, int row, const struct scenario_row *out,
                        const char *const *names)
{
  if (!out->after_plan) {
    check_values(reading, table, row, out);
  }
  check_receipt(reading, table, row, out);
  if (*out->plugin == '\0') {
    check_own_row(reading, table, row, out, names);
  }
}

static void read_row(struct reading *reading, const struct table *table, int row)
{
  struct folder *folder = reading->folder;
  struct scenario_row *out = &folder->scenario[folder->n_scenario_rows];
  if (!cell_id(reading, table, row, table_cell(table, row, "scenario"), &out->scenario)) {
    return;
  }
  out->plugin = table_cell(table, row, "plugin")->text;
  out->instance = table_cell(table, row, "instance")->text;
  out->parameter = table_cell(table, row, "parameter")->text;
  out->value = table_cell(table, row, "value")->text;
  out->place = row_place(table, row);
  out->plugin_place = cell_place(table, row, table_cell(table, row, "plugin"));
  out->parameter_place = cell_place(table, row, table_cell(table, row, "parameter"));
  out->value_place = cell_place(table, row, table_cell(table, row, "value"));
  for (int y = 0; y < MAX_YEARS; y++) {
    const bool in_plan = y < reading->plan->n_years;
    out->year_value[y] = in_plan ? table_year_cell(table, row, y)->text : "";
    out->year_place[y] = in_plan ? cell_place(table, row, table_year_cell(table, row, y)) : out->place;
  }
  check_name(reading, table, row, out);
  scenario_row_check(reading, table, row, out, own_parameters);
  folder->n_scenario_rows++;
}

bool read_scenarios(struct reading *reading)
{
  const size_t errors = reading->findings->errors;
  struct table table;
  bool absent = false;
  if (!table_read(reading, &spec, &table, &absent)) {
    return absent && reading->findings->errors == errors;
  }
  reading->folder->scenario = arena_array(reading->arena, (size_t)table.n_rows + 1, sizeof *reading->folder->scenario);
  if (reading->folder->scenario == NULL) {
    return false;
  }
  for (int row = 0; row < table.n_rows; row++) {
    read_row(reading, &table, row);
  }
  return reading->findings->errors == errors;
}
