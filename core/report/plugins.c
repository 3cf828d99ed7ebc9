/* plugins.c: the scenario library in words: a list, a manual page for each plugin, the outcome of its conformance
 * tests. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/tables.h"

#include <stdlib.h>
#include <string.h>

const char *parameter_unit_word(uint32_t unit)
{
  static const char *const names[] = { "",     "pounds", "per cent", "percentage points", "number", "months",
                                       "year", "switch", "choice" };
  return unit < COUNT_OF(names) ? names[unit] : "";
}

const char *check_status_word(enum check_status status)
{
  static const char *const names[] = { "ok", "failed", "crashed", "timeout", "skipped", "warning" };
  return names[status];
}

/* A fraction as the tenth of a thousandth of a per cent at most, without trailing zeros. */
static void number_text(struct text *out, double value)
{
  struct text digits = { 0 };
  text_printf(&digits, "%.6f", value);
  const char *s = text_str(&digits);
  size_t n = strlen(s);
  while (n > 0 && s[n - 1] == '0') {
    n--;
  }
  n -= n > 0 && s[n - 1] == '.';
  const bool negative = s[0] == '-' && !(n == 2 && s[1] == '0');
  text_add(out, negative ? "\xE2\x88\x92" : "");
  text_add_n(out, s + (s[0] == '-'), n - (s[0] == '-'));
  text_fini(&digits);
}

/* As a user would type it: 1pp, -15%, £1,000, 12. */
void parameter_value_text(struct text *out, const struct hr_param *param, double value)
{
  switch (param->unit) {
  case HR_GBP: {
    pence p = 0;
    if (pence_from_gbp(value, &p)) {
      text_money_short(out, p);
    }
    break;
  }
  case HR_PERCENT:
  case HR_POINTS:
    number_text(out, value * 100.0);
    text_add(out, param->unit == HR_PERCENT ? "%" : "pp");
    break;
  case HR_YEAR:
    text_printf(out, "%d/%02d", (int)value, ((int)value + 1) % 100);
    break;
  case HR_SWITCH:
    text_add(out, value != 0.0 ? "yes" : "no");
    break;
  case HR_CHOICE: {
    const char *at = param->choices != NULL ? param->choices : "";
    for (int i = 0; i < (int)value && strchr(at, '|') != NULL; i++) {
      at = strchr(at, '|') + 1;
    }
    text_add_n(out, at, strcspn(at, "|"));
    break;
  }
  default:
    number_text(out, value);
  }
}

static void line_of(struct text *out, const char *indent, const char *words, const struct style *style)
{
  struct text wrapped = { 0 };
  const struct style inner = { style->width - (int)strlen(indent), style->color, style->ascii };
  paragraph(&wrapped, words, &inner);
  for (const char *at = text_str(&wrapped); *at != '\0';) {
    const size_t n = strcspn(at, "\n");
    text_add(out, indent);
    text_add_n(out, at, n);
    text_add(out, "\n");
    at += n + (at[n] == '\n');
  }
  text_fini(&wrapped);
}

static void each_line(struct text *out, const char *title, const char *lines, const struct style *style)
{
  if (lines == NULL || lines[0] == '\0') {
    return;
  }
  heading(out, title, style);
  for (const char *at = lines; *at != '\0';) {
    const size_t n = strcspn(at, "\n");
    struct text one = { 0 };
    text_add_n(&one, at, n);
    line_of(out, "  ", text_str(&one), style);
    text_fini(&one);
    at += n + (at[n] == '\n');
  }
  text_add(out, "\n");
}

static void param_text(struct text *out, const struct hr_param *param, const struct style *style)
{
  struct text words = { 0 };
  text_printf(out, "  %s%s%s  %s\n", style->color ? "\033[1m" : "", param->id, style->color ? "\033[0m" : "",
              param->label);
  line_of(out, "      ", param->help, style);
  text_printf(&words, "In %s%s.  Preset ", parameter_unit_word(param->unit),
              (param->flags & HR_PER_YEAR) != 0 ? ", by year" : "");
  parameter_value_text(&words, param, param->preset);
  text_add(&words, ", no change at ");
  parameter_value_text(&words, param, param->neutral);
  if (param->unit != HR_CHOICE && param->unit != HR_SWITCH) {
    text_add(&words, ", from ");
    parameter_value_text(&words, param, param->min);
    text_add(&words, " to ");
    parameter_value_text(&words, param, param->max);
  }
  text_add(&words, ".");
  line_of(out, "      ", text_str(&words), style);
  text_fini(&words);
  if (param->source != NULL && param->source[0] != '\0') {
    struct text source = { 0 };
    text_printf(&source, "Source: %s.", param->source);
    line_of(out, "      ", text_str(&source), style);
    text_fini(&source);
  }
}

static void slot_text(struct text *out, const struct hr_slot *slot, const struct style *style)
{
  struct text words = { 0 };
  static const char *const verbs[] = { "reads", "adds to", "scales" };
  text_printf(&words, "%s: %s %s", slot->id, slot->access < COUNT_OF(verbs) ? verbs[slot->access] : "", slot->address);
  text_add(&words, (slot->flags & HR_OPTIONAL) != 0 ? ", where there is one" : "");
  text_add(&words, (slot->flags & HR_CREATE) != 0 ? ", made if there is none" : "");
  text_add(&words, (slot->flags & HR_REBIND) != 0 ? "; a scenario may point it elsewhere" : "");
  line_of(out, "  ", text_str(&words), style);
  text_fini(&words);
}

void plugin_show_text(struct text *out, const struct plugin *plugin, const struct style *style)
{
  struct text title = { 0 };
  text_printf(&title, "%s  %s, version %s", plugin->name, plugin->title, plugin->version);
  heading(out, text_str(&title), style);
  text_fini(&title);
  line_of(out, "  ", plugin->summary, style);
  text_add(out, "\n");
  each_line(out, "Rules", plugin->rules, style);
  heading(out, "Parameters", style);
  for (uint32_t p = 0; p < plugin->n_params; p++) {
    param_text(out, &plugin->param[p], style);
  }
  text_add(out, plugin->n_params == 0 ? "  none\n\n" : "\n");
  if (plugin->n_slots > 0) {
    heading(out, "What it reads and changes", style);
    for (uint32_t s = 0; s < plugin->n_slots; s++) {
      slot_text(out, &plugin->slot[s], style);
    }
    text_add(out, "\n");
  }
  each_line(out, "Sources", plugin->sources, style);
  heading(out, "File", style);
  text_printf(out, "  %s\n  id %s\n  sha256 %s\n", plugin->path, plugin->id,
              plugin->digest[0] != '\0' ? plugin->digest : "none: built in");
}

/* The name, and what it does beside it; below it where there is no room. */
static void listed(struct text *out, const struct plugin *plugin, int widest, const struct style *style)
{
  const bool beside = widest + 2 + 30 <= style->width;
  const int indent = beside ? widest + 2 : 4;
  const struct style narrower = { style->width - indent, style->color, style->ascii };
  struct text words = { 0 };
  paragraph(&words, plugin->summary, &narrower);
  text_add(out, plugin->name);
  text_add(out, beside ? "" : "\n");
  int column = beside ? (int)strlen(plugin->name) : 0;
  for (const char *at = text_str(&words); *at != '\0';) {
    const size_t n = strcspn(at, "\n");
    text_repeat(out, " ", indent - column);
    text_add_n(out, at, n);
    text_add(out, "\n");
    at += n + (at[n] == '\n');
    column = 0;
  }
  out->failed |= words.failed;
  text_fini(&words);
}

void plugin_list_text(struct text *out, const struct probe_report *reports, int count, const struct style *style)
{
  size_t widest = 0;
  for (int i = 0; i < count; i++) {
    for (int p = 0; p < reports[i].n_plugins; p++) {
      const size_t n = strlen(reports[i].plugin[p].name);
      widest = n > widest ? n : widest;
    }
  }
  for (int i = 0; i < count; i++) {
    for (int p = 0; reports[i].shadowed_by == NULL && p < reports[i].n_plugins; p++) {
      const struct plugin *plugin = &reports[i].plugin[p];
      listed(out, plugin, (int)widest, style);
    }
  }
  for (int i = 0; i < count; i++) {
    struct text words = { 0 };
    if (reports[i].verdict != VERDICT_OK) {
      text_printf(&words, "%s: refused (%s): %s%s%s", reports[i].path, verdict_word(reports[i].verdict),
                  verdict_sentence(reports[i].verdict), reports[i].detail[0] != '\0' ? ": " : "", reports[i].detail);
    } else if (reports[i].shadowed_by != NULL) {
      text_printf(&words, "%s: not used: %s comes first", reports[i].path, reports[i].shadowed_by);
    }
    if (words.length > 0) {
      paragraph(out, text_str(&words), style);
    }
    text_fini(&words);
  }
}

void plugin_list_csv(struct text *out, const struct probe_report *reports, int count)
{
  text_add(out, "name,id,version,verdict,detail,summary,path,sha256\n");
  for (int i = 0; i < count; i++) {
    for (int p = 0; p < (reports[i].n_plugins > 0 ? reports[i].n_plugins : 1); p++) {
      const struct plugin *plugin = reports[i].n_plugins > 0 ? &reports[i].plugin[p] : NULL;
      const char *const cells[] = { plugin != NULL ? plugin->name : "",
                                    plugin != NULL ? plugin->id : "",
                                    plugin != NULL ? plugin->version : "",
                                    verdict_word(reports[i].verdict),
                                    reports[i].detail,
                                    plugin != NULL ? plugin->summary : "",
                                    reports[i].path,
                                    plugin != NULL ? plugin->digest : "" };
      for (size_t c = 0; c < COUNT_OF(cells); c++) {
        text_add(out, c > 0 ? "," : "");
        csv_cell(out, cells[c]);
      }
      text_add(out, "\n");
    }
  }
}

void plugin_show_csv(struct text *out, const struct plugin *plugin)
{
  text_add(out, "parameter,label,unit,preset,neutral,min,max,help,source\n");
  for (uint32_t p = 0; p < plugin->n_params; p++) {
    const struct hr_param *param = &plugin->param[p];
    struct text numbers = { 0 };
    text_printf(&numbers, "%.12g,%.12g,%.12g,%.12g", param->preset, param->neutral, param->min, param->max);
    csv_cell(out, param->id);
    text_add(out, ",");
    csv_cell(out, param->label);
    text_printf(out, ",%s,%s,", parameter_unit_word(param->unit), text_str(&numbers));
    csv_cell(out, param->help);
    text_add(out, ",");
    csv_cell(out, param->source != NULL ? param->source : "");
    text_add(out, "\n");
    text_fini(&numbers);
  }
}

static void check_line_text(struct text *out, const struct check_line *line, const struct style *style)
{
  const char *color = line->status == CHECK_OK ? "\033[32m" : line->status == CHECK_SKIPPED ? "" : "\033[1;31m";
  text_printf(out, "%s%-8s%s %s", style->color ? color : "", check_status_word(line->status),
              style->color ? "\033[0m" : "", line->test);
  if (line->status != CHECK_OK && line->status != CHECK_SKIPPED) {
    text_printf(out, ": %s", line->status == CHECK_FAILED ? verdict_sentence(line->verdict) : line->meaning);
  }
  text_printf(out, "%s%s\n", line->detail[0] != '\0' ? ": " : "", line->detail);
}

void check_text(struct text *out, const struct check_result *result, const struct style *style)
{
  const struct check_line *line = result->line;
  const bool several = result->count > 0 && strcmp(line[0].plugin, line[result->count - 1].plugin) != 0;
  for (int i = 0; i < result->count; i++) {
    if (several && (i == 0 || strcmp(line[i].plugin, line[i - 1].plugin) != 0)) {
      heading(out, line[i].plugin, style);
    }
    check_line_text(out, &line[i], style);
  }
}

void check_csv(struct text *out, const struct check_result *result)
{
  text_add(out, "plugin,test,status,verdict,detail,meaning\n");
  for (int i = 0; i < result->count; i++) {
    const struct check_line *line = &result->line[i];
    const char *const cells[] = {
      line->plugin, line->test,   check_status_word(line->status), verdict_word(line->verdict),
      line->detail, line->meaning
    };
    for (size_t c = 0; c < COUNT_OF(cells); c++) {
      text_add(out, c > 0 ? "," : "");
      csv_cell(out, cells[c]);
    }
    text_add(out, "\n");
  }
}
