/* pack.c: a plugin's description as flat bytes, so that it can leave the process that loaded the plugin; for probe.c.
 *
 * One table of fields serves both ways.  The reader trusts nothing: lengths and counts are bounded before they are
 * used. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/inside.h"

#include <stddef.h>
#include <string.h>

enum field_type { TEXT, TEXT_OR_NULL, COUNT, REAL, YES };
struct field_layout {
  const char *name;
  size_t offset;
  enum field_type type;
  uint32_t longest; /* of a text */
};

enum { LONGEST_ID = 64, LONGEST_LINE = 240, LONGEST_HELP = 2000, LONGEST_RULES = 16000, NO_TEXT = 0x7fffffff };

#define FIELD(structure, member, type, longest)                \
  {                                                            \
#member, offsetof(struct structure, member), type, longest \
  }
static const struct field_layout plugin_fields[] = {
  FIELD(plugin, id, TEXT, LONGEST_ID),
  FIELD(plugin, title, TEXT, LONGEST_LINE),
  FIELD(plugin, version, TEXT, LONGEST_ID),
  FIELD(plugin, author, TEXT, LONGEST_LINE),
  FIELD(plugin, licence, TEXT, LONGEST_LINE),
  FIELD(plugin, summary, TEXT, LONGEST_HELP),
  FIELD(plugin, rules, TEXT, LONGEST_RULES),
  FIELD(plugin, sources, TEXT, LONGEST_RULES),
  FIELD(plugin, index, COUNT, 0),
  FIELD(plugin, abi, COUNT, 0),
  FIELD(plugin, n_params, COUNT, 0),
  FIELD(plugin, n_slots, COUNT, 0),
  FIELD(plugin, n_scratch, COUNT, 0),
  FIELD(plugin, has_policy, YES, 0),
  FIELD(plugin, has_explain, YES, 0),
};
static const struct field_layout param_fields[] = {
  FIELD(hr_param, id, TEXT, LONGEST_ID),
  FIELD(hr_param, label, TEXT, LONGEST_LINE),
  FIELD(hr_param, help, TEXT, LONGEST_HELP),
  FIELD(hr_param, source, TEXT, LONGEST_HELP),
  FIELD(hr_param, choices, TEXT_OR_NULL, LONGEST_HELP),
  FIELD(hr_param, preset, REAL, 0),
  FIELD(hr_param, neutral, REAL, 0),
  FIELD(hr_param, min, REAL, 0),
  FIELD(hr_param, max, REAL, 0),
  FIELD(hr_param, grain, REAL, 0),
  FIELD(hr_param, unit, COUNT, 0),
  FIELD(hr_param, flags, COUNT, 0),
};
static const struct field_layout slot_fields[] = {
  FIELD(hr_slot, id, TEXT, LONGEST_ID),
  FIELD(hr_slot, address, TEXT, LONGEST_LINE),
  FIELD(hr_slot, help, TEXT, LONGEST_HELP),
  FIELD(hr_slot, new_label, TEXT_OR_NULL, LONGEST_LINE),
  FIELD(hr_slot, new_class, TEXT_OR_NULL, LONGEST_ID),
  FIELD(hr_slot, access, COUNT, 0),
  FIELD(hr_slot, unit, COUNT, 0),
  FIELD(hr_slot, flags, COUNT, 0),
};
#undef FIELD

static void give_up(struct packing *packing, const char *why)
{
  if (!packing->failed) {
    packing->failed = true;
    refuse(packing->why, VERDICT_DESCRIPTOR, "%s", why);
  }
}

static void bytes_both_ways(struct packing *packing, void *at, size_t n)
{
  if (packing->failed || (size_t)(packing->end - packing->at) < n) {
    give_up(packing, "its description is too long");
    return;
  }
  if (packing->arena != NULL) {
    memcpy(at, packing->at, n);
  } else {
    memcpy(packing->at, at, n);
  }
  packing->at += n;
}

/* A text without an end within its limit is sent as its length alone: the reader then refuses it by name. */
static void text_write(struct packing *packing, const struct field_layout *field, const char *text)
{
  uint32_t length = text == NULL ? NO_TEXT : (uint32_t)strnlen(text, field->longest + 1);
  bytes_both_ways(packing, &length, sizeof length);
  if (text != NULL && length <= field->longest) {
    char copy[LONGEST_RULES];
    memcpy(copy, text, length);
    bytes_both_ways(packing, copy, length);
  }
}

static const char *text_read(struct packing *packing, const struct field_layout *field)
{
  uint32_t length = 0;
  bytes_both_ways(packing, &length, sizeof length);
  if (packing->failed || length == NO_TEXT) {
    return field->type == TEXT_OR_NULL ? NULL : "";
  }
  if (length > field->longest) {
    packing->failed = true;
    refuse(packing->why, VERDICT_DESCRIPTOR, "its %s is longer than %u bytes", field->name, field->longest);
    return "";
  }
  if ((size_t)(packing->end - packing->at) < length) {
    give_up(packing, "its description is cut short");
    return "";
  }
  const char *text = arena_strndup(packing->arena, (const char *)packing->at, length);
  packing->at += length;
  if (strlen(text) != length && !packing->arena->failed) {
    give_up(packing, "its description has a NUL inside a text");
  }
  return text;
}

static void text_both_ways(struct packing *packing, const struct field_layout *field, void *at)
{
  const char *text = NULL;
  if (packing->arena != NULL) {
    text = text_read(packing, field);
    memcpy(at, &text, sizeof text);
  } else {
    memcpy(&text, at, sizeof text);
    text_write(packing, field, text);
  }
}

static void yes_both_ways(struct packing *packing, void *at)
{
  unsigned char byte = 0;
  if (packing->arena == NULL) {
    byte = *(bool *)at;
  }
  bytes_both_ways(packing, &byte, sizeof byte);
  *(bool *)at = byte != 0;
}

static void walk(struct packing *packing, void *object, const struct field_layout *fields, size_t n)
{
  for (size_t i = 0; i < n && !packing->failed; i++) {
    void *at = (char *)object + fields[i].offset;
    switch (fields[i].type) {
    case TEXT:
    case TEXT_OR_NULL:
      text_both_ways(packing, &fields[i], at);
      break;
    case COUNT:
      bytes_both_ways(packing, at, sizeof(uint32_t));
      break;
    case REAL:
      bytes_both_ways(packing, at, sizeof(double));
      break;
    case YES:
      yes_both_ways(packing, at);
      break;
    }
  }
}

static bool counts_are_bounded(struct packing *packing, const struct plugin *plugin)
{
  if (packing->failed) {
    return false;
  }
  if (plugin->n_params > MAX_PARAMS || plugin->n_slots > MAX_SLOTS || plugin->n_scratch > MAX_SCRATCH) {
    packing->failed = true;
    refuse(packing->why, VERDICT_DESCRIPTOR,
           "it has %u parameters (at most %d), %u slots (at most %d), %u rows of scratch (at most %d)",
           plugin->n_params, MAX_PARAMS, plugin->n_slots, MAX_SLOTS, plugin->n_scratch, MAX_SCRATCH);
  }
  return !packing->failed;
}

void pack_plugin(struct packing *packing, struct plugin *plugin)
{
  walk(packing, plugin, plugin_fields, COUNT_OF(plugin_fields));
  if (!counts_are_bounded(packing, plugin)) {
    return;
  }
  if (packing->arena != NULL) {
    plugin->param = arena_array(packing->arena, plugin->n_params, sizeof *plugin->param);
    plugin->slot = arena_array(packing->arena, plugin->n_slots, sizeof *plugin->slot);
    if (plugin->param == NULL || plugin->slot == NULL) {
      packing->failed = true;
      return;
    }
  }
  for (uint32_t i = 0; i < plugin->n_params && !packing->failed; i++) {
    walk(packing, &plugin->param[i], param_fields, COUNT_OF(param_fields));
  }
  for (uint32_t i = 0; i < plugin->n_slots && !packing->failed; i++) {
    walk(packing, &plugin->slot[i], slot_fields, COUNT_OF(slot_fields));
  }
}
