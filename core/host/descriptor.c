/* descriptor.c: whether what a plugin says of itself makes sense; for probe.c.  The description comes from a child that
 * ran foreign code, so nothing in it is taken for granted. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/inside.h"

#include <math.h>
#include <string.h>

static bool is_word(const char *text)
{
  return text[0] != '\0' && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(text);
}

/* "org.headroom.pay-award" */
static bool is_reverse_dns(const char *id)
{
  return strchr(id, '.') != NULL && id[strlen(id) - 1] != '.' &&
         strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789.-") == strlen(id);
}

/* Texts reach terminals and pages: an escape sequence in one would act there.  Only line ends and tabs are let through.
 */
static bool is_clean(const char *text)
{
  size_t bad = 0;
  if (!utf8_valid(text, strlen(text), &bad)) {
    return false;
  }
  for (const char *c = text; *c != '\0'; c++) {
    if (((unsigned char)*c < 0x20 && *c != '\n' && *c != '\t') || *c == 0x7f) {
      return false;
    }
  }
  return true;
}

/* ---- parameters ---------------------------------------------------------------------------------------- */

static double choices_count(const char *choices)
{
  double n = 1.0;
  for (; *choices != '\0'; choices++) {
    n += *choices == '|' ? 1.0 : 0.0;
  }
  return n;
}

static const char *range_problem(const struct hr_param *param)
{
  const double numbers[] = { param->preset, param->neutral, param->min, param->max, param->grain };
  for (size_t i = 0; i < COUNT_OF(numbers); i++) {
    if (!isfinite(numbers[i])) {
      return "has a number that is not finite";
    }
  }
  if (param->min > param->max) {
    return "has its min above its max";
  }
  if (param->preset < param->min || param->preset > param->max) {
    return "has its preset outside of its range";
  }
  if (param->neutral < param->min || param->neutral > param->max) {
    return "has its neutral value outside of its range";
  }
  if (param->grain < 0.0 || ((param->flags & HR_SEVERITY) != 0 && param->grain <= 0.0)) {
    return "needs a grain above 0";
  }
  return NULL;
}

static const char *param_problem(const struct hr_param *param)
{
  if (!is_word(param->id)) {
    return "has an id that is not of a-z, 0-9 and _";
  }
  if (param->unit < HR_GBP || param->unit > HR_CHOICE) {
    return "has an unknown unit";
  }
  if (!is_clean(param->label) || !is_clean(param->help) || !is_clean(param->source)) {
    return "has a text that is not plain UTF-8";
  }
  const char *problem = range_problem(param);
  if (problem != NULL) {
    return problem;
  }
  if (param->unit == HR_SWITCH && (param->min < 0.0 || param->max > 1.0)) {
    return "is a switch beyond 0 and 1";
  }
  if ((param->unit == HR_CHOICE) != (param->choices != NULL)) {
    return "has choices without the unit HR_CHOICE, or the unit without choices";
  }
  if (param->choices != NULL &&
      (!is_clean(param->choices) || param->min < 0.0 || param->max >= choices_count(param->choices))) {
    return "has a range that does not fit its choices";
  }
  return NULL;
}

/* ---- slots --------------------------------------------------------------------------------------------- */

static bool is_term(const char *area, size_t length, const char *field)
{
  for (size_t i = 0; i < N_TERMS; i++) {
    if (strlen(term_kinds[i].area) == length && strncmp(term_kinds[i].area, area, length) == 0 &&
        strcmp(term_kinds[i].field, field) == 0) {
      return true;
    }
  }
  return false;
}

static bool is_field(const char *table, size_t length, const char *field)
{
  for (size_t i = 0; i < N_FIELDS; i++) {
    if (strlen(field_kinds[i].table) == length && strncmp(field_kinds[i].table, table, length) == 0 &&
        strcmp(field_kinds[i].name, field) == 0) {
      return true;
    }
  }
  return false;
}

static bool begins(const char *text, const char *with)
{
  return strncmp(text, with, strlen(with)) == 0;
}

/* Addresses that name no input: what they need instead.  *is_such: the address is of this kind. */
static const char *outside_problem(const struct plugin *plugin, const struct hr_slot *slot, bool *is_such)
{
  const char *address = slot->address;
  const bool is_noise = begins(address, "noise:"), is_result = begins(address, "result:");
  const char *dot = strrchr(address, '.');
  const bool is_amount = begins(address, "line:") && dot != NULL && strcmp(dot, ".amount") == 0;
  *is_such = is_noise || is_result || is_amount || begins(address, "plan:");
  if (!*is_such) {
    return NULL;
  }
  if (slot->access != HR_READ) {
    return "may only be read";
  }
  if ((is_result || is_amount) && !plugin->has_policy) {
    return "is for policies, and the plugin is none";
  }
  if (is_noise && strcmp(address, "noise:normal") != 0 && strcmp(address, "noise:uniform") != 0) {
    return "should be noise:normal or noise:uniform";
  }
  return is_amount || is_word(strchr(address, ':') + 1) ? NULL : "has no name after the colon";
}

static const char *address_problem(const struct plugin *plugin, const struct hr_slot *slot)
{
  bool is_outside = false;
  const char *problem = outside_problem(plugin, slot, &is_outside);
  if (is_outside) {
    return problem;
  }
  const char *colon = strchr(slot->address, ':');
  const char *dot = strrchr(slot->address, '.');
  if (colon == NULL || dot == NULL || dot <= colon + 1) {
    return "is not of the form TABLE:WHICH.FIELD";
  }
  const size_t table = (size_t)(colon - slot->address);
  if (table == 4 && begins(slot->address, "term")) {
    return is_term(colon + 1, (size_t)(dot - colon - 1), dot + 1) ? NULL : "names no term";
  }
  return is_field(slot->address, table, dot + 1) ? NULL : "names no table and field that can be changed";
}

static bool creates_one(const struct hr_slot *slot)
{
  const bool is_line = begins(slot->address, "line:");
  return (is_line || begins(slot->address, "borrowing:")) && strpbrk(slot->address, "=*") == NULL &&
         slot->new_label != NULL && is_clean(slot->new_label) &&
         (!is_line || (slot->new_class != NULL && is_word(slot->new_class)));
}

static const char *slot_problem(const struct plugin *plugin, const struct hr_slot *slot)
{
  if (!is_word(slot->id)) {
    return "has an id that is not of a-z, 0-9 and _";
  }
  if (!is_clean(slot->address) || !is_clean(slot->help)) {
    return "has a text that is not plain UTF-8";
  }
  if (slot->unit > HR_CHOICE || (slot->unit == 0 && !begins(slot->address, "noise:"))) {
    return "has an unknown unit";
  }
  if ((slot->flags & HR_CREATE) != 0 && !creates_one(slot)) {
    return "creates, and so needs line:ID or borrowing:ID, a new_label, and for a line a new_class";
  }
  return address_problem(plugin, slot);
}

/* ---- the whole ----------------------------------------------------------------------------------------- */

static enum verdict params_validate(const struct plugin *plugin, struct detail *detail)
{
  for (uint32_t i = 0; i < plugin->n_params; i++) {
    const struct hr_param *param = &plugin->param[i];
    const char *problem = param_problem(param);
    for (uint32_t before = 0; before < i && problem == NULL; before++) {
      problem = strcmp(plugin->param[before].id, param->id) == 0 ? "has the id of one before it" : NULL;
    }
    if (problem != NULL) {
      return refuse(detail, VERDICT_DESCRIPTOR, "parameter %u, '%s', %s", i + 1, param->id, problem);
    }
  }
  return VERDICT_OK;
}

static enum verdict slots_validate(const struct plugin *plugin, struct detail *detail)
{
  for (uint32_t i = 0; i < plugin->n_slots; i++) {
    const struct hr_slot *slot = &plugin->slot[i];
    if (slot->access > HR_SCALE) {
      return refuse(detail, VERDICT_NEWER, "slot '%s' is of a kind that this Headroom does not know", slot->id);
    }
    const char *problem = slot_problem(plugin, slot);
    for (uint32_t before = 0; before < i && problem == NULL; before++) {
      problem = strcmp(plugin->slot[before].id, slot->id) == 0 ? "has the id of one before it" : NULL;
    }
    if (problem != NULL) {
      return refuse(detail, VERDICT_DESCRIPTOR, "slot %u, '%s' at %s, %s", i + 1, slot->id, slot->address, problem);
    }
  }
  return VERDICT_OK;
}

enum verdict plugin_validate(const struct plugin *plugin, struct detail *detail)
{
  if (!is_reverse_dns(plugin->id)) {
    return refuse(detail, VERDICT_DESCRIPTOR, "its id, '%s', is not of the form org.example.name", plugin->id);
  }
  if (!id_valid(plugin->name, strlen(plugin->name)) || strcmp(plugin->name, "shift") == 0) {
    return refuse(detail, VERDICT_DESCRIPTOR, "its id ends in '%s', which cannot be a plugin's name", plugin->name);
  }
  const char *texts[] = { plugin->title,   plugin->version, plugin->author, plugin->licence,
                          plugin->summary, plugin->rules,   plugin->sources };
  for (size_t i = 0; i < COUNT_OF(texts); i++) {
    if (!is_clean(texts[i])) {
      return refuse(detail, VERDICT_DESCRIPTOR, "one of its texts is not plain UTF-8");
    }
  }
  if (plugin->title[0] == '\0' || plugin->version[0] == '\0') {
    return refuse(detail, VERDICT_DESCRIPTOR, "it has no name or no version");
  }
  const enum verdict verdict = params_validate(plugin, detail);
  return verdict != VERDICT_OK ? verdict : slots_validate(plugin, detail);
}
