/* json.c: results, findings and manifest as JSON.  Money is integer pence (schema headroom.result/1). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json.h"

#include <stdlib.h>
#include <string.h>

#ifndef HEADROOM_VERSION
#define HEADROOM_VERSION "0"
#endif

/* Text from a folder was checked to be UTF-8; a plugin's may not be. */
json_t *json_words(const char *s)
{
  json_t *string = json_string(s != NULL ? s : "");
  return string != NULL ? string : json_string("(text that is not UTF-8)");
}

json_t *json_row(const struct plan *plan, const pence *values, int sign)
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

json_t *json_years(const struct plan *plan)
{
  json_t *array = json_array();
  for (int y = 0; y < plan->n_years; y++) {
    char label[8];
    json_array_append_new(array, json_words(plan_year_label(plan, y, label)));
  }
  return array;
}

/* ---- one scenario -------------------------------------------------------------------------------------- */

static json_t *parameters(const struct plan *plan, const struct use *use)
{
  json_t *object = json_object();
  if (use->address != NULL) {
    json_object_set_new(object, "input", json_words(use->address));
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
    json_object_set_new(object, "id", json_words(use->plugin->id));
    json_object_set_new(object, "instance", json_words(use->instance));
    json_object_set_new(object, "version", json_words(use->plugin->version));
    json_object_set_new(object, "sha256", json_words(use->plugin->digest));
    json_object_set_new(object, "parameters", parameters(plan, use));
    if (shown->skip != NULL && shown->skip[u].text[0] != '\0') {
      json_object_set_new(object, "skipped", json_words(shown->skip[u].text));
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
    json_object_set_new(object, "id", json_words(own ? plan->line[l].id : engine_line_kinds[l - plan->n_lines].id));
    json_object_set_new(object, "label",
                        json_words(own ? plan->line[l].label : engine_line_kinds[l - plan->n_lines].label));
    json_object_set_new(object, "class", json_words(line_class_names[class]));
    json_object_set_new(
        object, "amount",
        json_row(plan, result->line[l].amount, class_is_funding(class) || class == LINE_CAPITALISED ? -1 : 1));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *savings(const struct plan *plan, const struct result *result)
{
  json_t *array = json_array();
  for (int s = 0; s < plan->n_savings; s++) {
    json_t *object = json_object();
    json_object_set_new(object, "id", json_words(plan->saving[s].id));
    json_object_set_new(object, "label", json_words(plan->saving[s].label));
    json_object_set_new(object, "planned", json_row(plan, result->saving[s].planned, 1));
    json_object_set_new(object, "expected", json_row(plan, result->saving[s].expected, 1));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *reserves(const struct plan *plan, const struct result *result)
{
  json_t *array = json_array();
  for (int r = 0; r < plan->n_reserves; r++) {
    json_t *object = json_object();
    json_object_set_new(object, "id", json_words(plan->reserve[r].id));
    json_object_set_new(object, "label", json_words(plan->reserve[r].label));
    json_object_set_new(object, "class", json_words(reserve_class_names[plan->reserve[r].class]));
    json_object_set_new(object, "opening", json_row(plan, result->reserve[r].opening, 1));
    json_object_set_new(object, "planned", json_row(plan, result->reserve[r].planned, 1));
    json_object_set_new(object, "surplus", json_row(plan, result->reserve[r].surplus, 1));
    json_object_set_new(object, "used", json_row(plan, result->reserve[r].used, 1));
    json_object_set_new(object, "closing", json_row(plan, result->reserve[r].closing, 1));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *receipts(const struct plan *plan, const struct result *result)
{
  json_t *array = json_array();
  for (int r = 0; r < plan->n_receipts; r++) {
    const struct receipt_result *receipt = &result->receipt[r];
    pence applied[MAX_YEARS] = { 0 };
    for (int y = 0; y < plan->n_years; y++) {
      applied[y] = receipt->to_debt[y] + receipt->to_avoid[y] + receipt->flexible[y];
    }
    json_t *object = json_object();
    json_object_set_new(object, "id", json_words(plan->receipt[r].id));
    json_object_set_new(object, "label", json_words(plan->receipt[r].asset));
    json_object_set_new(object, "received", json_row(plan, receipt->received, 1));
    json_object_set_new(object, "applied", json_row(plan, applied, 1));
    json_object_set_new(object, "to_debt", json_row(plan, receipt->to_debt, 1));
    json_object_set_new(object, "to_avoid", json_row(plan, receipt->to_avoid, 1));
    json_object_set_new(object, "flexible", json_row(plan, receipt->flexible, 1));
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
    json_object_set_new(object, date_names[d],
                        date >= 0 ? json_words(plan_year_label(plan, date, label)) : json_null());
    if (date == DATE_UNKNOWN) {
      json_array_append_new(unknown, json_words(date_names[d]));
    }
  }
  json_object_set_new(scenario, "dates", object);
  json_object_set_new(scenario, "dates_unknown", unknown);
}

static json_t *scenario_json(const struct plan *plan, const struct shown *shown)
{
  json_t *object = json_object();
  json_object_set_new(object, "id", json_words(shown->id));
  json_object_set_new(object, "label", json_words(shown->label));
  json_object_set_new(object, "plugins", plugins(plan, shown));
  for (int m = 0; m < N_MEASURES; m++) {
    const bool known = plan->has_mtfp || !measure_kinds[m].needs_mtfp;
    json_object_set_new(object, measure_kinds[m].name,
                        known ? json_row(plan, shown->result->measure[m], 1) : nulls(plan));
  }
  json_object_set_new(object, "lines", lines(plan, shown->result));
  json_object_set_new(object, "savings", savings(plan, shown->result));
  json_object_set_new(object, "reserves", reserves(plan, shown->result));
  json_object_set_new(object, "receipts", receipts(plan, shown->result));
  dates(object, plan, shown->result);
  return object;
}

/* ---- findings and manifest -------------------------------------------------------------------------- */

json_t *json_findings(const struct findings *findings)
{
  json_t *array = json_array();
  for (size_t i = 0; i < findings->count; i++) {
    const struct finding *f = &findings->item[i];
    json_t *object = json_object();
    json_object_set_new(object, "code", json_words(code_number(f->code)));
    json_object_set_new(object, "severity", json_words(severity_name(code_severity(f->code))));
    json_object_set_new(object, "scenario", f->scenario != NULL ? json_words(f->scenario) : json_null());
    json_object_set_new(object, "file", f->place.file != NULL ? json_words(f->place.file) : json_null());
    json_object_set_new(object, "line", json_integer(f->place.line));
    json_object_set_new(object, "column", json_integer(f->place.column));
    json_object_set_new(object, "amount", f->has_amount ? json_integer(f->amount) : json_null());
    json_object_set_new(object, "text", json_words(f->text));
    json_object_set_new(object, "help", json_words(f->help[0] != '\0' ? f->help : f->label));
    json_array_append_new(array, object);
  }
  return array;
}

void json_manifest_add(json_t *manifest, const struct scenario *scenarios, int count)
{
  json_t *plugins_used = json_object_get(manifest, "plugins");
  for (int s = 0; s < count; s++) {
    for (int u = 0; u < scenarios[s].n_uses; u++) {
      const struct plugin *plugin = scenarios[s].use[u].plugin;
      if (plugin->digest[0] != '\0') { /* the built-in shift is part of the program */
        json_object_set_new(
            plugins_used, plugin->name,
            json_pack("{s:o,s:o}", "version", json_words(plugin->version), "sha256", json_words(plugin->digest)));
      }
    }
  }
}

json_t *json_files(const struct folder *folder, bool packs)
{
  json_t *object = json_object();
  for (int f = 0; f < folder->n_files; f++) {
    if (folder->file[f].is_pack == packs) {
      json_object_set_new(object, folder->file[f].name, json_words(folder->file[f].digest));
    }
  }
  return object;
}

json_t *json_manifest(const struct report *report)
{
  json_t *object = json_object(), *packs = json_files(report->folder, true);
  json_object_set_new(object, "headroom", json_words(HEADROOM_VERSION));
  json_object_set_new(object, "plugin_abi", json_integer(HR_ABI_MAJOR));
  json_object_set_new(object, "command", json_words(report->command));
  json_object_set_new(object, "inputs", json_files(report->folder, false));
  if (json_object_size(packs) > 0) {
    json_object_set(object, "packs", packs);
  }
  json_decref(packs);
  json_object_set_new(object, "plugins", json_object());
  for (int i = 0; i < report->n_shown; i++) {
    if (report->shown[i].scenario != NULL) {
      json_manifest_add(object, report->shown[i].scenario, 1);
    }
  }
  json_object_set_new(object, "seed", json_null());
  return object;
}

enum status json_dump(struct text *out, json_t *root)
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
  json_object_set_new(council, "id", json_words(plan->folder_id));
  json_object_set_new(council, "name", json_words(plan->name));
  json_object_set_new(council, "ons_code", json_words(plan->ons_code));
  for (int i = 0; i < report->n_shown; i++) {
    json_array_append_new(scenarios, scenario_json(plan, &report->shown[i]));
  }
  json_object_set_new(root, "schema", json_words("headroom.result/1"));
  json_object_set_new(root, "council", council);
  json_object_set_new(root, "as_at", json_words(plan->as_at));
  json_object_set_new(root, "price_basis", json_words("cash"));
  json_object_set_new(root, "years", json_years(plan));
  json_object_set_new(root, "scenarios", scenarios);
  json_object_set_new(root, "findings", json_findings(&report->folder->findings));
  json_object_set_new(root, "illustrative_share", json_real(plan->illustrative_share));
  json_object_set_new(root, "disclaimer", json_words(report_disclaimer));
  json_object_set_new(root, "manifest", json_manifest(report));
  return json_dump(out, root);
}

enum status findings_json(struct text *out, const struct report *report, const struct scenario *scenarios, int count)
{
  const struct findings *findings = &report->folder->findings;
  json_t *root = json_object(), *manifest = json_manifest(report);
  json_manifest_add(manifest, scenarios, count);
  json_object_set_new(root, "schema", json_words("headroom.findings/1"));
  json_object_set_new(root, "errors", json_integer((json_int_t)findings->errors));
  json_object_set_new(root, "findings", json_findings(findings));
  json_object_set_new(root, "manifest", manifest);
  return json_dump(out, root);
}
