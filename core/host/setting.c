/* setting.c: plugin.parameter=value[@year] of the command line, as an entry like a row of scenarios.csv. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/scenarios.h"

#include <string.h>

static struct place part_place(const char *text, const char *from, size_t n)
{
  return (struct place){ .file = NULL,
                         .line = 0,
                         .column = (int)utf8_count(text, (size_t)(from - text)) + 1,
                         .width = n > 0 ? (int)utf8_count(from, n) : 1,
                         .excerpt = text };
}

static bool refuse_shape(struct builder *b, const char *text)
{
  struct finding *finding =
      complain(b, CODE_SCENARIO_SETTING, part_place(text, text, strlen(text)), "'%s' sets nothing", text);
  finding_label(b->findings, finding, "write plugin.parameter=value, such as pay_award.extra_award=1pp@2027/28");
  if (strncmp(text, "recurring_savings", strlen("recurring_savings")) == 0) {
    finding_help(b->findings, finding,
                 "new savings are a row of savings.csv; `headroom explain FOLDER gap@YEAR --stress "
                 "recurring_savings@YEAR=2.9` shows what they would do");
  }
  return false;
}

static bool read_year(struct builder *b, const char *text, const char *at, int *out)
{
  const int year = year_label_parse(at + 1);
  const int first = b->plan->first_year;
  *out = year - first;
  if (year != 0 && *out >= 0 && *out < b->plan->n_years) {
    return true;
  }
  char from[8], to[8];
  struct finding *finding =
      complain(b, CODE_SCENARIO_SETTING, part_place(text, at + 1, strlen(at + 1)),
               year == 0 ? "'%s' is not a financial year" : "%s is not a year of this plan", at + 1);
  finding_label(b->findings, finding, "the plan runs from %s to %s", plan_year_label(b->plan, 0, from),
                plan_year_label(b->plan, b->plan->n_years - 1, to));
  return false;
}

bool setting_parse(struct builder *b, const char *text, struct entry *out)
{
  const char *dot = strchr(text, '.');
  const char *equals = strchr(text, '=');
  if (dot == NULL || equals == NULL || dot == text || equals < dot + 2 || equals[1] == '\0') {
    return refuse_shape(b, text);
  }
  const char *end = text + strlen(text), *at = strrchr(equals, '@');
  const char *value_end = at != NULL ? at : end;
  *out = (struct entry){
    .scenario = WHAT_IF,
    .plugin = arena_strndup(b->arena, text, (size_t)(dot - text)),
    .instance = "",
    .parameter = arena_strndup(b->arena, dot + 1, (size_t)(equals - dot - 1)),
    .value = arena_strndup(b->arena, equals + 1, (size_t)(value_end - equals - 1)),
    .place = part_place(text, text, strlen(text)),
    .plugin_place = part_place(text, text, (size_t)(dot - text)),
    .parameter_place = part_place(text, dot + 1, (size_t)(equals - dot - 1)),
    .value_place = part_place(text, equals + 1, (size_t)(value_end - equals - 1)),
    .only_year = -1,
  };
  return at == NULL || read_year(b, text, at, &out->only_year);
}
