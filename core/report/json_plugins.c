/* json_plugins.c: the scenario library and conformance tests as JSON. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json.h"

static json_t *plugin_json(const struct plugin *plugin)
{
  json_t *object = json_object(), *params = json_array();
  json_object_set_new(object, "name", json_words(plugin->name));
  json_object_set_new(object, "id", json_words(plugin->id));
  json_object_set_new(object, "title", json_words(plugin->title));
  json_object_set_new(object, "version", json_words(plugin->version));
  json_object_set_new(object, "summary", json_words(plugin->summary));
  json_object_set_new(object, "path", json_words(plugin->path));
  json_object_set_new(object, "sha256", json_words(plugin->digest));
  for (uint32_t p = 0; p < plugin->n_params; p++) {
    const struct hr_param *param = &plugin->param[p];
    json_t *item = json_object();
    json_object_set_new(item, "id", json_words(param->id));
    json_object_set_new(item, "label", json_words(param->label));
    json_object_set_new(item, "help", json_words(param->help));
    json_object_set_new(item, "source", json_words(param->source));
    json_object_set_new(item, "unit", json_words(parameter_unit_word(param->unit)));
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
  json_object_set_new(root, "schema", json_words("headroom.plugin/1"));
  return json_dump(out, root);
}

enum status plugin_list_json(struct text *out, const struct probe_report *reports, int count)
{
  json_t *root = json_object(), *array = json_array();
  for (int i = 0; i < count; i++) {
    json_t *object = json_object(), *plugins_of_file = json_array();
    json_object_set_new(object, "path", json_words(reports[i].path));
    json_object_set_new(object, "verdict", json_words(verdict_word(reports[i].verdict)));
    json_object_set_new(object, "detail", json_words(reports[i].detail));
    json_object_set_new(object, "shadowed_by",
                        reports[i].shadowed_by != NULL ? json_words(reports[i].shadowed_by) : json_null());
    for (int p = 0; p < reports[i].n_plugins; p++) {
      json_array_append_new(plugins_of_file, plugin_json(&reports[i].plugin[p]));
    }
    json_object_set_new(object, "plugins", plugins_of_file);
    json_array_append_new(array, object);
  }
  json_object_set_new(root, "schema", json_words("headroom.plugins/1"));
  json_object_set_new(root, "files", array);
  return json_dump(out, root);
}

enum status check_json(struct text *out, const struct check_result *result)
{
  json_t *root = json_object(), *array = json_array();
  for (int i = 0; i < result->count; i++) {
    const struct check_line *line = &result->line[i];
    json_t *object = json_object();
    json_object_set_new(object, "plugin", json_words(line->plugin));
    json_object_set_new(object, "test", json_words(line->test));
    json_object_set_new(object, "meaning", json_words(line->meaning));
    json_object_set_new(object, "status", json_words(check_status_word(line->status)));
    json_object_set_new(object, "verdict", json_words(verdict_word(line->verdict)));
    json_object_set_new(object, "detail", json_words(line->detail));
    json_array_append_new(array, object);
  }
  json_object_set_new(root, "schema", json_words("headroom.check/1"));
  json_object_set_new(root, "seed", json_integer((json_int_t)result->seed));
  json_object_set_new(root, "tests", array);
  return json_dump(out, root);
}
