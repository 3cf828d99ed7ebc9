/* json_bridge.c: a bridge as JSON, money in pence (schema headroom.bridge/1). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json.h"

static json_t *dates(const struct plan *plan, const int32_t *date)
{
  json_t *object = json_object();
  for (int d = 0; d < N_DATES; d++) {
    char year[8];
    json_object_set_new(object, date_names[d],
                        date[d] >= 0 ? json_words(plan_year_label(plan, date[d], year)) : json_null());
  }
  return object;
}

static bool known(const struct plan *plan, int m)
{
  return plan->has_mtfp || !measure_kinds[m].needs_mtfp;
}

static json_t *end(const struct plan *plan, const char *id, const char *label, const struct summary *summary)
{
  json_t *object = json_object(), *unknown = json_array();
  json_object_set_new(object, "id", json_words(id));
  json_object_set_new(object, "label", json_words(label));
  for (int m = 0; m < N_MEASURES; m++) {
    json_object_set_new(object, measure_kinds[m].name,
                        known(plan, m) ? json_row(plan, summary->measure[m], 1) : json_null());
  }
  for (int d = 0; d < N_DATES; d++) {
    if (summary->date[d] == DATE_UNKNOWN) {
      json_array_append_new(unknown, json_words(date_names[d]));
    }
  }
  json_object_set_new(object, "dates", dates(plan, summary->date));
  json_object_set_new(object, "dates_unknown", unknown);
  return object;
}

static json_t *errors(const struct plan *plan, const struct bridge *bridge, int part)
{
  json_t *object = json_object();
  for (int m = 0; m < N_MEASURES; m++) {
    json_t *array = json_array();
    for (int y = 0; y < plan->n_years; y++) {
      json_array_append_new(array, json_real(bridge->error[part][m][y]));
    }
    json_object_set_new(object, measure_kinds[m].name, array);
  }
  return object;
}

static json_t *part_json(const struct bridge_report *r, int i)
{
  const struct bridge *bridge = r->bridge;
  json_t *object = json_object();
  static const char *const kinds[] = { [PART_ADDED] = "added", [PART_REMOVED] = "removed", [PART_CHANGED] = "changed" };
  json_object_set_new(object, "name", json_words(bridge->part[i]));
  json_object_set_new(object, "kind", json_words(kinds[bridge->kind[i]]));
  json_object_set_new(object, "note", json_words(bridge->note[i]));
  for (int m = 0; m < N_MEASURES; m++) {
    json_object_set_new(object, measure_kinds[m].name,
                        known(r->plan, m) ? json_row(r->plan, bridge->share[i][m], 1) : json_null());
  }
  if (bridge->sampled) {
    json_object_set_new(object, "standard_error", errors(r->plan, bridge, i));
  }
  json_object_set_new(object, "dates_alone", dates(r->plan, bridge->date_alone[i]));
  json_object_set_new(object, "dates_without", dates(r->plan, bridge->date_without[i]));
  return object;
}

static void two_folders(json_t *root, json_t *manifest, const struct bridge_report *r)
{
  json_t *idle = json_array();
  for (int i = 0; i < r->diff->n_idle; i++) {
    json_array_append_new(idle, json_words(r->diff->idle[i]));
  }
  json_object_set_new(root, "without_effect", idle);
  json_object_set_new(root, "groups_joined", json_boolean(r->diff->coarse));
  json_object_set_new(manifest, "inputs_of_from", json_files(r->old, false));
}

enum status report_bridge_json(struct text *out, const struct bridge_report *r)
{
  json_t *root = json_object(), *council = json_object(), *parts = json_array();
  const struct plan *plan = &r->report.folder->plan;
  json_object_set_new(council, "id", json_words(plan->folder_id));
  json_object_set_new(council, "name", json_words(plan->name));
  json_object_set_new(council, "ons_code", json_words(plan->ons_code));
  for (int i = 0; i < r->bridge->n_parts; i++) {
    json_array_append_new(parts, part_json(r, i));
  }
  json_object_set_new(root, "schema", json_words("headroom.bridge/1"));
  json_object_set_new(root, "council", council);
  json_object_set_new(root, "price_basis", json_words("cash"));
  json_object_set_new(root, "years", json_years(r->plan));
  json_object_set_new(root, "method", json_words(r->bridge->sampled ? "sampled" : "exact"));
  json_object_set_new(root, "orders_sampled", json_integer(r->bridge->sampled ? ORDERS_SAMPLED : 0));
  json_object_set_new(root, "from", end(r->plan, r->from_id, r->from, &r->bridge->from));
  json_object_set_new(root, "parts", parts);
  json_object_set_new(root, "to", end(r->plan, r->to_id, r->to, &r->bridge->to));
  json_t *manifest = json_manifest(&r->report);
  if (r->diff != NULL) {
    two_folders(root, manifest, r);
  }
  json_object_set_new(root, "findings", json_findings(&r->report.folder->findings));
  json_object_set_new(root, "disclaimer", json_words(report_disclaimer));
  json_object_set_new(root, "manifest", manifest);
  return json_dump(out, root);
}
