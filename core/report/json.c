/* json.c: results, findings and manifest as JSON; the only file that includes jansson.  Money is integer pence (schema headroom.result/1). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#ifndef HEADROOM_VERSION
#define HEADROOM_VERSION "0"
#endif

/* Text from a folder was checked to be UTF-8; a plugin's may not be. */
static json_t *words(const char *s)
{
  json_t *string = json_string(s != NULL ? s : "");
  return string != NULL ? string : json_string("(text that is not UTF-8)");
}

static json_t *row(const struct plan *plan, const pence *values, int sign)
{
  json_t *array = json_array();
  for (int y = 0; y < plan->n_years; y++) {
    json_array_append_new(array, json_integer(sign * values[y]));
  }
  return array;
}

static json_t *nulls(const struct plan *plan)
{
  json_t *array = json_array();
  for (int y = 0; y < plan->n_years; y++) {
    json_array_append_new(array, json_null());
  }
  return array;
}

static json_t *years(const struct plan *plan)
{
  json_t *array = json_array();
  for (int y = 0; y < plan->n_years; y++) {
    char label[8];
    json_array_append_new(array, words(plan_year_label(plan, y, label)));
  }
  return array;
}

/* ---- one scenario ---------------------------------------------------------------------------------------------- */

static json_t *parameters(const struct plan *plan, const struct use *use)
{
  json_t *object = json_object();
  if (use->address != NULL) {
    json_object_set_new(object, "input", words(use->address));
  }
  for (uint32_t p = 0; p < use->plugin->n_params; p++) {
    json_t *values = json_array();
    for (int y = 0; y < plan->n_years; y++) {
      json_array_append_new(values, json_real(use->value[(int)p * plan->n_years + y]));
    }
    json_object_set_new(object, use->plugin->param[p].id, values);
  }
  return object;
}

static json_t *plugins(const struct plan *plan, const struct shown *shown)
{
  json_t *array = json_array();
  for (int u = 0; shown->scenario != NULL && u < shown->scenario->n_uses; u++) {
    const struct use *use = &shown->scenario->use[u];
    json_t *object = json_object();
    json_object_set_new(object, "id", words(use->plugin->id));
    json_object_set_new(object, "instance", words(use->instance));
    json_object_set_new(object, "version", words(use->plugin->version));
    json_object_set_new(object, "sha256", words(use->plugin->digest));
    json_object_set_new(object, "parameters", parameters(plan, use));
    if (shown->skip != NULL && shown->skip[u].text[0] != '\0') {
      json_object_set_new(object, "skipped", words(shown->skip[u].text));
    }
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *lines(const struct plan *plan, const struct result *result)
{
  json_t *array = json_array();
  for (int l = 0; l < plan->n_lines + N_ENGINE_LINES; l++) {
    const bool own = l < plan->n_lines;
    const enum line_class class = own ? plan->line[l].class : engine_line_kinds[l - plan->n_lines].class;
    json_t *object = json_object();
    json_object_set_new(object, "id", words(own ? plan->line[l].id : engine_line_kinds[l - plan->n_lines].id));
    json_object_set_new(object, "label", words(own ? plan->line[l].label : engine_line_kinds[l - plan->n_lines].label));
    json_object_set_new(object, "class", words(line_class_names[class]));
    json_object_set_new(object, "amount",
                        row(plan, result->line[l].amount, class_is_funding(class) || class == LINE_CAPITALISED ? -1 : 1));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *savings(const struct plan *plan, const struct result *result)
{
  json_t *array = json_array();
  for (int s = 0; s < plan->n_savings; s++) {
    json_t *object = json_object();
    json_object_set_new(object, "id", words(plan->saving[s].id));
    json_object_set_new(object, "label", words(plan->saving[s].label));
    json_object_set_new(object, "planned", row(plan, result->saving[s].planned, 1));
    json_object_set_new(object, "expected", row(plan, result->saving[s].expected, 1));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *reserves(const struct plan *plan, const struct result *result)
{
  json_t *array = json_array();
  for (int r = 0; r < plan->n_reserves; r++) {
    json_t *object = json_object();
    json_object_set_new(object, "id", words(plan->reserve[r].id));
    json_object_set_new(object, "label", words(plan->reserve[r].label));
    json_object_set_new(object, "class", words(reserve_class_names[plan->reserve[r].class]));
    json_object_set_new(object, "opening", row(plan, result->reserve[r].opening, 1));
    json_object_set_new(object, "planned", row(plan, result->reserve[r].planned, 1));
    json_object_set_new(object, "surplus", row(plan, result->reserve[r].surplus, 1));
    json_object_set_new(object, "used", row(plan, result->reserve[r].used, 1));
    json_object_set_new(object, "closing", row(plan, result->reserve[r].closing, 1));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *receipts(const struct plan *plan, const struct result *result)
{
  json_t *array = json_array();
  for (int r = 0; r < plan->n_receipts; r++) {
    const struct receipt_result *receipt = &result->receipt[r];
    pence applied[MAX_YEARS] = {0};
    for (int y = 0; y < plan->n_years; y++) {
      applied[y] = receipt->to_debt[y] + receipt->to_avoid[y] + receipt->flexible[y];
    }
    json_t *object = json_object();
    json_object_set_new(object, "id", words(plan->receipt[r].id));
    json_object_set_new(object, "label", words(plan->receipt[r].asset));
    json_object_set_new(object, "received", row(plan, receipt->received, 1));
    json_object_set_new(object, "applied", row(plan, applied, 1));
    json_object_set_new(object, "to_debt", row(plan, receipt->to_debt, 1));
    json_object_set_new(object, "to_avoid", row(plan, receipt->to_avoid, 1));
    json_object_set_new(object, "flexible", row(plan, receipt->flexible, 1));
    json_object_set_new(object, "held", json_integer(receipt->held));
    json_array_append_new(array, object);
  }
  return array;
}

static void dates(json_t *scenario, const struct plan *plan, const struct result *result)
{
  json_t *object = json_object(), *unknown = json_array();
  for (int d = 0; d < N_DATES; d++) {
    char label[8];
    const int date = result->date[d];
    json_object_set_new(object, date_names[d], date >= 0 ? words(plan_year_label(plan, date, label)) : json_null());
    if (date == DATE_UNKNOWN) {
      json_array_append_new(unknown, words(date_names[d]));
    }
  }
  json_object_set_new(scenario, "dates", object);
  json_object_set_new(scenario, "dates_unknown", unknown);
}

static json_t *scenario_json(const struct plan *plan, const struct shown *shown)
{
  json_t *object = json_object();
  json_object_set_new(object, "id", words(shown->id));
  json_object_set_new(object, "label", words(shown->label));
  json_object_set_new(object, "plugins", plugins(plan, shown));
  for (int m = 0; m < N_MEASURES; m++) {
    const bool known = plan->has_mtfp || !measure_kinds[m].needs_mtfp;
    json_object_set_new(object, measure_kinds[m].name, known ? row(plan, shown->result->measure[m], 1) : nulls(plan));
  }
  json_object_set_new(object, "lines", lines(plan, shown->result));
  json_object_set_new(object, "savings", savings(plan, shown->result));
  json_object_set_new(object, "reserves", reserves(plan, shown->result));
  json_object_set_new(object, "receipts", receipts(plan, shown->result));
  dates(object, plan, shown->result);
  return object;
}

/* ---- findings and manifest ----------------------------------------------------------------------------------------- */

static json_t *findings_array(const struct findings *findings)
{
  json_t *array = json_array();
  for (size_t i = 0; i < findings->count; i++) {
    const struct finding *f = &findings->item[i];
    json_t *object = json_object();
    json_object_set_new(object, "code", words(code_number(f->code)));
    json_object_set_new(object, "severity", words(severity_name(code_severity(f->code))));
    json_object_set_new(object, "file", f->place.file != NULL ? words(f->place.file) : json_null());
    json_object_set_new(object, "line", json_integer(f->place.line));
    json_object_set_new(object, "column", json_integer(f->place.column));
    json_object_set_new(object, "amount", f->has_amount ? json_integer(f->amount) : json_null());
    json_object_set_new(object, "text", words(f->text));
    json_object_set_new(object, "help", words(f->help[0] != '\0' ? f->help : f->label));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *manifest(const struct report *report)
{
  json_t *object = json_object(), *inputs = json_object();
  for (int f = 0; f < report->folder->n_files; f++) {
    json_object_set_new(inputs, report->folder->file[f].name, words(report->folder->file[f].digest));
  }
  json_object_set_new(object, "headroom", words(HEADROOM_VERSION));
  json_object_set_new(object, "plugin_abi", json_integer(HR_ABI_MAJOR));
  json_object_set_new(object, "command", words(report->command));
  json_object_set_new(object, "inputs", inputs);
  json_object_set_new(object, "seed", json_null());
  return object;
}

static enum status dump(struct text *out, json_t *root)
{
  char *text = root != NULL ? json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(15)) : NULL;
  json_decref(root);
  if (text == NULL) {
    return STATUS_MEMORY;
  }
  text_add(out, text);
  text_add(out, "\n");
  free(text);
  return out->failed ? STATUS_MEMORY : STATUS_OK;
}

enum status report_json(struct text *out, const struct report *report)
{
  const struct plan *plan = &report->folder->plan;
  json_t *root = json_object(), *council = json_object(), *scenarios = json_array();
  json_object_set_new(council, "id", words(plan->folder_id));
  json_object_set_new(council, "name", words(plan->name));
  json_object_set_new(council, "ons_code", words(plan->ons_code));
  for (int i = 0; i < report->n_shown; i++) {
    json_array_append_new(scenarios, scenario_json(plan, &report->shown[i]));
  }
  json_object_set_new(root, "schema", words("headroom.result/1"));
  json_object_set_new(root, "council", council);
  json_object_set_new(root, "as_at", words(plan->as_at));
  json_object_set_new(root, "price_basis", words("cash"));
  json_object_set_new(root, "years", years(plan));
  json_object_set_new(root, "scenarios", scenarios);
  json_object_set_new(root, "findings", findings_array(&report->folder->findings));
  json_object_set_new(root, "illustrative_share", json_real(plan->illustrative_share));
  json_object_set_new(root, "disclaimer", words(report_disclaimer));
  json_object_set_new(root, "manifest", manifest(report));
  return dump(out, root);
}

enum status findings_json(struct text *out, const struct findings *findings)
{
  json_t *root = json_object();
  json_object_set_new(root, "schema", words("headroom.findings/1"));
  json_object_set_new(root, "errors", json_integer((json_int_t)findings->errors));
  json_object_set_new(root, "findings", findings_array(findings));
  return dump(out, root);
}

/* ---- the scenario library ---------------------------------------------------------------------------------------------- */

static json_t *plugin_json(const struct plugin *plugin)
{
  json_t *object = json_object(), *params = json_array();
  json_object_set_new(object, "name", words(plugin->name));
  json_object_set_new(object, "id", words(plugin->id));
  json_object_set_new(object, "title", words(plugin->title));
  json_object_set_new(object, "version", words(plugin->version));
  json_object_set_new(object, "summary", words(plugin->summary));
  json_object_set_new(object, "path", words(plugin->path));
  json_object_set_new(object, "sha256", words(plugin->digest));
  for (uint32_t p = 0; p < plugin->n_params; p++) {
    const struct hr_param *param = &plugin->param[p];
    json_t *item = json_object();
    json_object_set_new(item, "id", words(param->id));
    json_object_set_new(item, "label", words(param->label));
    json_object_set_new(item, "help", words(param->help));
    json_object_set_new(item, "source", words(param->source));
    json_object_set_new(item, "unit", words(parameter_unit_word(param->unit)));
    json_object_set_new(item, "preset", json_real(param->preset));
    json_object_set_new(item, "neutral", json_real(param->neutral));
    json_object_set_new(item, "min", json_real(param->min));
    json_object_set_new(item, "max", json_real(param->max));
    json_object_set_new(item, "grain", json_real(param->grain));
    json_array_append_new(params, item);
  }
  json_object_set_new(object, "parameters", params);
  return object;
}

enum status plugin_show_json(struct text *out, const struct plugin *plugin)
{
  json_t *root = plugin_json(plugin);
  json_object_set_new(root, "schema", words("headroom.plugin/1"));
  return dump(out, root);
}

enum status plugin_list_json(struct text *out, const struct probe_report *reports, int count)
{
  json_t *root = json_object(), *array = json_array();
  for (int i = 0; i < count; i++) {
    json_t *object = json_object(), *plugins_of_file = json_array();
    json_object_set_new(object, "path", words(reports[i].path));
    json_object_set_new(object, "verdict", words(verdict_word(reports[i].verdict)));
    json_object_set_new(object, "detail", words(reports[i].detail));
    json_object_set_new(object, "shadowed_by", reports[i].shadowed_by != NULL ? words(reports[i].shadowed_by) : json_null());
    for (int p = 0; p < reports[i].n_plugins; p++) {
      json_array_append_new(plugins_of_file, plugin_json(&reports[i].plugin[p]));
    }
    json_object_set_new(object, "plugins", plugins_of_file);
    json_array_append_new(array, object);
  }
  json_object_set_new(root, "schema", words("headroom.plugins/1"));
  json_object_set_new(root, "files", array);
  return dump(out, root);
}

enum status check_lines_json(struct text *out, const struct check_line *lines_of_check, int count)
{
  json_t *root = json_object(), *array = json_array();
  for (int i = 0; i < count; i++) {
    json_t *object = json_object();
    json_object_set_new(object, "test", words(lines_of_check[i].test));
    json_object_set_new(object, "status", words(check_status_word(lines_of_check[i].status)));
    json_object_set_new(object, "verdict", words(verdict_word(lines_of_check[i].verdict)));
    json_object_set_new(object, "detail", words(lines_of_check[i].detail));
    json_array_append_new(array, object);
  }
  json_object_set_new(root, "schema", words("headroom.check/1"));
  json_object_set_new(root, "tests", array);
  return dump(out, root);
}
