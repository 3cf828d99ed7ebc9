/* bind.c: from a plugin's slots to the inputs, lines and measures of one plan.
 *
 * (1) Slots with one TABLE:WHICH hold the same rows of the plan in the same order: every row of which at least one of
 * their fields can be changed. (2) A scenario that points one slot elsewhere points those with the same TABLE:WHICH
 * there too, or they would part company. (3) What a plugin creates is added to the plan, zero in every year, before
 * anything is bound. (4) A slot that finds nothing is an error unless it is optional: a stress that moves nothing must
 * not look like one. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/scenarios.h"

#include <string.h>

static bool is(const char *a, const char *b)
{
  return strcmp(a, b) == 0;
}

static bool begins(const char *text, const char *word)
{
  return strncmp(text, word, strlen(word)) == 0;
}

bool plugin_fault(struct builder *b, const struct use *use, const char *slot, const char *what)
{
  b->status = error_set(b->error, STATUS_PLUGIN, "plugin '%s', slot %s: %s", use->plugin->name, slot, what);
  return false;
}

static int *items_new(struct builder *b, int count)
{
  int *items = arena_array(b->arena, (size_t)count + 1, sizeof *items);
  if (items == NULL) {
    b->status = STATUS_MEMORY;
  }
  return items;
}

/* ---- addresses as the scenario has them ---------------------------------------------------------------- */

static bool same_rows(const struct address *a, const struct address *b)
{
  return is(a->table, b->table) && is(a->which, b->which);
}

static bool parse_slot(struct builder *b, const struct hr_slot *slot, struct bound_slot *out)
{
  *out = (struct bound_slot){ .slot = slot };
  if (begins(slot->address, "noise:") || begins(slot->address, "plan:") || begins(slot->address, "result:")) {
    return true;
  }
  out->has_parts = address_split(slot->address, b->arena, &out->address);
  return out->has_parts;
}

/* Rule 2.  The WHICH that the scenario gives this slot or one that goes with it; NULL when none.  *clash: two are
 * given. */
static const char *pointed_to(const struct use *use, const struct bound_slot *slots, uint32_t s, bool *clash)
{
  const char *which = use->rebind[s];
  for (uint32_t other = 0; other < use->plugin->n_slots; other++) {
    const char *theirs = use->rebind[other];
    if (theirs != NULL && slots[s].has_parts && slots[other].has_parts &&
        same_rows(&slots[s].address, &slots[other].address)) {
      *clash = *clash || (which != NULL && !is(which, theirs));
      which = which != NULL ? which : theirs;
    }
  }
  return which;
}

struct bound_slot *use_slots(struct builder *b, const struct use *use)
{
  const uint32_t n = use->plugin->n_slots;
  struct bound_slot *slots = arena_array(b->arena, (size_t)n + 1, sizeof *slots);
  const char **which = arena_array(b->arena, (size_t)n + 1, sizeof *which);
  if (slots == NULL || which == NULL) {
    b->status = STATUS_MEMORY;
    return NULL;
  }
  for (uint32_t s = 0; s < n; s++) {
    if (!parse_slot(b, &use->plugin->slot[s], &slots[s])) {
      plugin_fault(b, use, use->plugin->slot[s].id, "its address has not the form TABLE:WHICH.FIELD");
      return NULL;
    }
  }
  bool clash = false;
  for (uint32_t s = 0; s < n; s++) {
    which[s] = pointed_to(use, slots, s, &clash);
  }
  if (clash) {
    struct finding *finding =
        complain(b, CODE_SCENARIO_TWICE, use->place, "%s has slots that go together pointed apart", use->instance);
    finding_label(b->findings, finding, "point them to the same rows");
    return NULL;
  }
  for (uint32_t s = 0; s < n; s++) {
    slots[s].address.which = which[s] != NULL ? which[s] : slots[s].address.which;
  }
  return slots;
}

static const char *full_address(struct builder *b, const struct address *address, const char *field)
{
  return arena_printf(b->arena, "%s:%s.%s", address->table, address->which, field);
}

/* ---- units --------------------------------------------------------------------------------------------- */

static bool unit_fits(uint32_t declared, enum unit unit)
{
  switch (unit) {
  case UNIT_GBP:
    return declared == HR_GBP;
  case UNIT_FRACTION:
    return declared == HR_PERCENT || declared == HR_POINTS;
  case UNIT_COUNT:
    return declared == HR_COUNT;
  case UNIT_MONTHS:
    return declared == HR_MONTHS;
  }
  return false;
}

static const char *unit_name(enum unit unit)
{
  static const char *const names[] = { "pounds", "a rate or a share", "a count", "months" };
  return names[unit];
}

static bool check_unit(struct builder *b, const struct use *use, const struct hr_slot *slot, int input)
{
  if (unit_fits(slot->unit, b->plan->input[input].unit)) {
    return true;
  }
  return plugin_fault(b, use, slot->id,
                      arena_printf(b->arena, "%s is in %s, and the slot declares another unit",
                                   input_address(b->plan, input, b->arena), unit_name(b->plan->input[input].unit)));
}

/* ---- noise, plan: and result: -------------------------------------------------------------------------- */

static bool bind_one(struct builder *b, const struct use *use, const struct hr_slot *slot, enum binding_kind kind,
                     int item, struct binding *out)
{
  int *items = items_new(b, 1);
  if (items == NULL) {
    return false;
  }
  if (slot->access != HR_READ) {
    return plugin_fault(b, use, slot->id, "what it changes may only be read");
  }
  items[0] = item;
  *out = (struct binding){ kind, 1, items };
  return true;
}

static bool bind_measure(struct builder *b, const struct use *use, const struct hr_slot *slot, struct binding *out)
{
  const bool result = begins(slot->address, "result:");
  const bool opening = is(slot->address, "plan:usable_opening");
  const int measure = opening ? PLAN_USABLE_OPENING : measure_find(strchr(slot->address, ':') + 1);
  if (measure < 0) {
    return plugin_fault(b, use, slot->id, arena_printf(b->arena, "nothing is called %s", slot->address));
  }
  if (result && !use->plugin->has_policy) {
    return plugin_fault(b, use, slot->id, "only a policy may read results");
  }
  if (slot->unit != HR_GBP) {
    return plugin_fault(b, use, slot->id, arena_printf(b->arena, "%s is in pounds", slot->address));
  }
  return bind_one(b, use, slot, result ? BIND_RESULT : BIND_PLAN, measure, out);
}

static bool bind_special(struct builder *b, const struct use *use, const struct hr_slot *slot, struct binding *out)
{
  if (!begins(slot->address, "noise:")) {
    return bind_measure(b, use, slot, out);
  }
  const char *kind = slot->address + strlen("noise:");
  if (!is(kind, "normal") && !is(kind, "uniform")) {
    return plugin_fault(b, use, slot->id, "noise is normal or uniform");
  }
  return bind_one(b, use, slot, BIND_NOISE, is(kind, "uniform") ? NOISE_UNIFORM : NOISE_NORMAL, out);
}

/* ---- inputs, and amounts of lines ---------------------------------------------------------------------- */

static bool is_amount(const struct address *address)
{
  return is(address->table, "line") && is(address->field, "amount");
}

/* The inputs whose rows the slot is about; every line has a one_off, so that stands in for an amount. */
static bool find_rows(struct builder *b, const struct use *use, const struct bound_slot *slot, struct input_list *out)
{
  const struct address *address = &slot->address;
  const bool needed = (slot->slot->flags & HR_OPTIONAL) == 0;
  const char *text = full_address(b, address, is_amount(address) ? "one_off" : address->field);
  const char *wrong = inputs_match(b->plan, text, needed, b->arena, out);
  if (wrong == NULL) {
    return true;
  }
  struct finding *finding = complain(b, CODE_SCENARIO_BINDING, use->place, "%s finds nothing to %s: %s", use->instance,
                                     slot->slot->access == HR_READ ? "read" : "change", wrong);
  if ((slot->slot->flags & HR_REBIND) != 0) {
    finding_label(b->findings, finding, "it looks for %s", full_address(b, address, address->field));
    finding_help(b->findings, finding, "point it elsewhere with the parameter slot.%s", slot->slot->id);
  } else {
    finding_label(b->findings, finding, "it needs %s", full_address(b, address, address->field));
  }
  return false;
}

static int input_of(const struct plan *plan, enum field field, int owner)
{
  for (int i = 0; i < plan->n_inputs; i++) {
    if (plan->input[i].field == field && plan->input[i].owner == owner) {
      return i;
    }
  }
  return -1;
}

static enum field field_of(const struct address *address)
{
  for (int f = 0; f < N_FIELDS; f++) {
    if (is(field_kinds[f].table, address->table) && is(field_kinds[f].name, address->field)) {
      return (enum field)f;
    }
  }
  return TERM_VALUE;
}

/* Rule 1: the rows of all slots that go together, in plan order. */
static bool rows_together(struct builder *b, const struct use *use, const struct bound_slot *slots, uint32_t s,
                          int *rows, int *count)
{
  const int most = b->plan->n_inputs;
  bool *member = arena_array(b->arena, (size_t)most + 1, sizeof *member);
  if (member == NULL) {
    b->status = STATUS_MEMORY;
    return false;
  }
  for (uint32_t other = 0; other < use->plugin->n_slots; other++) {
    struct input_list list;
    if (!slots[other].has_parts || !same_rows(&slots[s].address, &slots[other].address)) {
      continue;
    }
    if (!find_rows(b, use, &slots[other], &list)) {
      return false;
    }
    for (int i = 0; i < list.count; i++) {
      member[b->plan->input[list.input[i]].owner] = true;
    }
  }
  *count = 0;
  for (int owner = 0; owner < most; owner++) {
    if (member[owner]) {
      rows[(*count)++] = owner;
    }
  }
  return true;
}

static bool bind_amounts(struct builder *b, const struct use *use, const struct hr_slot *slot, const int *rows,
                         int count, struct binding *out)
{
  if (slot->access != HR_READ || !use->plugin->has_policy) {
    return plugin_fault(b, use, slot->id, "amounts of lines are read by policies only");
  }
  if (slot->unit != HR_GBP) {
    return plugin_fault(b, use, slot->id, "amounts of lines are in pounds");
  }
  *out = (struct binding){ BIND_AMOUNT, (uint32_t)count, rows };
  return true;
}

static bool bind_inputs(struct builder *b, const struct use *use, const struct bound_slot *slot, const int *rows,
                        int count, struct binding *out)
{
  int *items = items_new(b, count);
  for (int i = 0; items != NULL && i < count; i++) {
    items[i] = input_of(b->plan, field_of(&slot->address), rows[i]);
    if (items[i] < 0) {
      return plugin_fault(b, use, slot->slot->id, "its slots with one TABLE:WHICH do not go together");
    }
    if (!check_unit(b, use, slot->slot, items[i])) {
      return false;
    }
  }
  *out = (struct binding){ BIND_INPUT, (uint32_t)count, items };
  return items != NULL;
}

/* A term is one row by itself: its WHICH is a whole file. */
static bool bind_term(struct builder *b, const struct use *use, const struct bound_slot *slot, struct binding *out)
{
  struct input_list list;
  if (!find_rows(b, use, slot, &list)) {
    return false;
  }
  *out = (struct binding){ BIND_INPUT, (uint32_t)list.count, list.input };
  return list.count == 0 || check_unit(b, use, slot->slot, list.input[0]);
}

static bool bind_slot(struct builder *b, const struct use *use, const struct bound_slot *slots, uint32_t s,
                      struct binding *out)
{
  const struct bound_slot *slot = &slots[s];
  if (!slot->has_parts) {
    return bind_special(b, use, slot->slot, out);
  }
  if (is(slot->address.table, "term")) {
    return bind_term(b, use, slot, out);
  }
  int *rows = items_new(b, b->plan->n_inputs);
  int count = 0;
  if (rows == NULL || !rows_together(b, use, slots, s, rows, &count)) {
    return false;
  }
  return is_amount(&slot->address) ? bind_amounts(b, use, slot->slot, rows, count, out)
                                   : bind_inputs(b, use, slot, rows, count, out);
}

/* ---- the built-in shift -------------------------------------------------------------------------------- */

/* Scaling what is 0 leaves 0, which nobody means. */
static void warn_if_idle(struct builder *b, const struct use *use, const struct input_list *list)
{
  for (int i = 0; i < list->count; i++) {
    for (int y = 0; y < b->plan->n_years; y++) {
      const bool moved = shift_change(b->plan, use, list->input[i], y) != (use->scales ? 1.0 : 0.0);
      if (moved && (!use->scales || b->plan->input[list->input[i]].plan[y] != 0.0)) {
        return;
      }
    }
  }
  struct finding *finding =
      complain(b, CODE_SCENARIO_NO_EFFECT, use->place, "shift %s changes nothing of %s", use->instance, use->address);
  finding_label(b->findings, finding, "%s",
                use->scales ? "the plan holds 0 there, and 0 scaled is 0: use add" : "it adds 0 in every year");
}

static bool bind_shift(struct builder *b, const struct use *use)
{
  struct input_list list;
  const char *wrong = inputs_match(b->plan, use->address, true, b->arena, &list);
  if (wrong != NULL) {
    complain(b, CODE_SCENARIO_ADDRESS, use->place, "%s", wrong);
    return false;
  }
  use->binding[0] = (struct binding){ BIND_INPUT, (uint32_t)list.count, list.input };
  warn_if_idle(b, use, &list);
  return true;
}

static bool bind_use(struct builder *b, const struct use *use)
{
  if (use->plugin == shift_plugin()) {
    return bind_shift(b, use);
  }
  const struct bound_slot *slots = use_slots(b, use);
  for (uint32_t s = 0; slots != NULL && s < use->plugin->n_slots; s++) {
    if (!bind_slot(b, use, slots, s, &use->binding[s])) {
      return false;
    }
  }
  return slots != NULL;
}

enum status uses_bind(struct builder *b, struct scenario *list, int count)
{
  bool created = false;
  for (int c = 0; c < count; c++) {
    for (int u = 0; u < list[c].n_uses && b->status == STATUS_OK; u++) {
      if (!b->plan->has_mtfp) {
        struct finding *finding = complain(b, CODE_SCENARIO_BINDING, list[c].use[u].place, "%s has no plan to change",
                                           list[c].use[u].instance);
        finding_label(b->findings, finding, "without mtfp.csv only reserves are shown, and plugins are not run");
      } else if (list[c].use[u].plugin != shift_plugin()) {
        use_creates(b, &list[c].use[u], &created);
      }
    }
  }
  if (created && b->status == STATUS_OK) {
    project_again(b);
  }
  for (int c = 0; c < count && b->plan->has_mtfp; c++) {
    for (int u = 0; u < list[c].n_uses && b->status == STATUS_OK; u++) {
      bind_use(b, &list[c].use[u]);
    }
  }
  return b->status;
}
