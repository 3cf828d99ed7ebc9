/* json_explain.c: a figure unfolded, for programs (schema headroom.explain/1).  Money is integer pence, rounded; a
 * figure that was unfolded before has the same number and no parts. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json.h"

#include <stdlib.h>

struct web {
  const struct plan *plan;
  bool *seen;
};

static const char *unit_word(enum figure_unit unit)
{
  static const char *const words[] = {
    [FIGURE_MONEY] = "pence",   [FIGURE_PERCENT] = "fraction", [FIGURE_FACTOR] = "factor", [FIGURE_COUNT] = "number",
    [FIGURE_MONTHS] = "months", [FIGURE_YEARS] = "years",      [FIGURE_DATE] = "date"
  };
  return words[unit];
}

static json_t *value_json(const struct plan *plan, const struct figure *figure)
{
  char label[8];
  const int date = (int)figure->value;
  pence money = 0;
  switch (figure->unit) {
  case FIGURE_MONEY:
    return pence_from_gbp(figure->value, &money) ? json_integer(money) : json_null();
  case FIGURE_DATE:
    return date >= 0 ? json_words(plan_year_label(plan, date, label)) : json_null();
  default:
    return json_real(figure->value);
  }
}

static json_t *origin_json(const struct origin *origin)
{
  json_t *object = json_object();
  json_object_set_new(object, "file", origin->file != NULL ? json_words(origin->file) : json_null());
  json_object_set_new(object, "line", json_integer(origin->line));
  json_object_set_new(object, "column", json_integer(origin->column));
  json_object_set_new(object, "basis", json_words(basis_word(origin->basis)));
  json_object_set_new(object, "source", json_words(origin->source));
  return object;
}

static json_t *plugin_of(const struct use *use)
{
  json_t *object = json_object();
  json_object_set_new(object, "id", json_words(use->plugin->id));
  json_object_set_new(object, "instance", json_words(use->instance));
  json_object_set_new(object, "version", json_words(use->plugin->version));
  json_object_set_new(object, "sha256", json_words(use->plugin->digest));
  if (use->address != NULL) {
    json_object_set_new(object, "input", json_words(use->address));
  }
  return object;
}

static json_t *figure_json(struct web *web, const struct figure *figure, int depth);

static json_t *parts_json(struct web *web, const struct figure *figure, int depth)
{
  json_t *array = json_array();
  for (int i = 0; i < figure->n_parts; i++) {
    json_t *part = json_object();
    json_object_set_new(part, "sign", json_integer(figure->part[i].sign < 0.0 ? -1 : 1));
    json_object_set_new(part, "figure", figure_json(web, figure->part[i].figure, depth));
    json_array_append_new(array, part);
  }
  return array;
}

static void behind(json_t *object, const struct figure *figure)
{
  static const char *const kinds[] = {
    [LEAF_NONE] = "", [LEAF_CELL] = "cell", [LEAF_CHANGE] = "change", [LEAF_ENGINE] = "engine"
  };
  json_object_set_new(object, "leaf", json_words(kinds[figure->leaf]));
  if (figure->leaf != LEAF_ENGINE) {
    json_object_set_new(object, "origin", origin_json(&figure->origin));
  }
  if (figure->use != NULL) {
    json_object_set_new(object, "plugin", plugin_of(figure->use));
  }
}

static json_t *figure_json(struct web *web, const struct figure *figure, int depth)
{
  json_t *object = json_object();
  const int left = figure->name[0] != '\0' ? depth - 1 : depth;
  json_object_set_new(object, "number", json_integer(figure->number));
  json_object_set_new(object, "name", json_words(figure->name));
  json_object_set_new(object, "words", json_words(figure->words));
  json_object_set_new(object, "unit", json_words(unit_word(figure->unit)));
  json_object_set_new(object, "value", value_json(web->plan, figure));
  json_object_set_new(object, "formula", json_words(figure->how));
  json_object_set_new(object, "operation", json_words(operation_names[figure->operation]));
  if (figure->grain > 0.0) {
    json_object_set_new(object, "rounded_to", json_real(figure->grain));
  }
  if (figure->of_plan) {
    json_object_set_new(object, "of", json_words("baseline"));
  }
  if (figure->operation == OP_LEAF) {
    behind(object, figure);
  } else if (left >= 0 && !web->seen[figure->number]) {
    web->seen[figure->number] = true;
    json_object_set_new(object, "parts", parts_json(web, figure, left));
  }
  return object;
}

enum status report_explain_json(struct text *out, const struct explain_report *explain)
{
  const struct plan *plan = &explain->report.folder->plan;
  struct web web = { plan, calloc((size_t)explain->n_figures + 1, sizeof(bool)) };
  if (web.seen == NULL) {
    return STATUS_MEMORY;
  }
  const struct shown *shown = &explain->report.shown[explain->report.n_shown - 1];
  json_t *root = json_object(), *council = json_object();
  json_object_set_new(council, "id", json_words(plan->folder_id));
  json_object_set_new(council, "name", json_words(plan->name));
  json_object_set_new(root, "schema", json_words("headroom.explain/1"));
  json_object_set_new(root, "council", council);
  json_object_set_new(root, "years", json_years(plan));
  json_object_set_new(root, "scenario", json_words(shown->id));
  json_object_set_new(root, "figure", figure_json(&web, explain->figure, explain->depth));
  json_object_set_new(root, "disclaimer", json_words(report_disclaimer));
  json_object_set_new(root, "manifest", json_manifest(&explain->report));
  free(web.seen);
  return json_dump(out, root);
}
