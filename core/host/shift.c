/* shift.c: the built-in plugin that adds to or scales any input of the plan by year, so that most stresses are a row of
 * scenarios.csv.
 *
 * (1) `input` is an address.  `add` has the unit of the input: pp for rates and shares, pounds for money, else a bare
 * number. (2) `scale` is per cent of what is there: -15% is x 0.85.  One of the two, by value or by year. (3) What is
 * added to a receipt or a loan for every year is added once, in its own year: it is a sum and not a yearly amount. (4)
 * A receipt has no way to revenue or a revenue reserve (R34). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/scenarios.h"

#include <string.h>

/* The unit of `add` is the input's, so the one that stands here is only for lists of parameters. */
static struct hr_param params[] = {
  [SHIFT_ADD] = { "add", "Added", "In the unit of the input, for every year or by year.", "the scenario's own", NULL,
                  0.0, 0.0, -9e13, 9e13, 0.0001, HR_COUNT, HR_PER_YEAR | HR_SEVERITY },
  [SHIFT_SCALE] = { "scale", "Scaled", "Per cent of what is there: -15% is x 0.85.", "the scenario's own", NULL, 0.0,
                    0.0, -1.0, 99.0, 0.0001, HR_PERCENT, HR_PER_YEAR | HR_SEVERITY },
};
static struct hr_slot slots[] = {
  { "input", "*", "Any input of the plan, by address.", NULL, NULL, HR_ADD, HR_COUNT, HR_REBIND, 0 },
};

const struct plugin *shift_plugin(void)
{
  static const struct plugin shift = {
    .name = "shift",
    .id = "org.headroom.shift",
    .title = "Shift",
    .version = "1.0.0",
    .author = "Headroom",
    .licence = "GPL-3.0-or-later",
    .summary = "Adds to or scales any input of the plan, by year.",
    .rules = "(1) input is an address, such as line:E05.number.\n"
             "(2) add has the input's own unit; scale is per cent of what is there.\n"
             "(3) A receipt has no way to revenue (R34).",
    .sources = "",
    .path = "",
    .fd = -1,
    .abi = HR_ABI,
    .n_params = COUNT_OF(params),
    .n_slots = COUNT_OF(slots),
    .param = params,
    .slot = slots,
  };
  return &shift;
}

static uint32_t unit_of_add(enum unit unit)
{
  switch (unit) {
  case UNIT_GBP:
    return HR_GBP;
  case UNIT_FRACTION:
    return HR_POINTS;
  case UNIT_MONTHS:
    return HR_MONTHS;
  default:
    return HR_COUNT;
  }
}

uint32_t parameter_unit(const struct plan *plan, const struct use *use, uint32_t param)
{
  const bool added = use->plugin == shift_plugin() && param == SHIFT_ADD;
  return added && use->binding != NULL && use->binding[0].count > 0
             ? unit_of_add(plan->input[use->binding[0].item[0]].unit)
             : use->plugin->param[param].unit;
}

/* An opening balance is a fact; the one reason to reach for it is to pay something in. */
static bool is_opening(struct builder *b, const char *text)
{
  struct address address;
  return address_split(text, b->arena, &address) && strcmp(address.table, "reserve") == 0 &&
         strcmp(address.field, "opening") == 0;
}

static bool find_inputs(struct builder *b, const char *address, struct place where, struct input_list *out)
{
  const char *wrong = inputs_match(b->plan, address, true, b->arena, out);
  if (wrong == NULL) {
    return true;
  }
  const char *refusal = receipt_refusal(address);
  if (refusal != NULL) { /* Rule 4 */
    struct finding *finding =
        complain(b, CODE_RECEIPT_TO_REVENUE, where, "'%s' would put a capital receipt into revenue", address);
    finding_label(b->findings, finding, "a receipt has to_debt, to_avoid and to_flexible");
    finding_help(b->findings, finding, "%s", refusal);
    return false;
  }
  struct finding *finding = complain(b, CODE_SCENARIO_ADDRESS, where, "%s", wrong);
  if (is_opening(b, address)) {
    finding_label(b->findings, finding, "an opening balance is a fact of the plan");
    finding_help(b->findings, finding, "%s", receipt_refusal(TO_REVENUE));
  }
  return false;
}

/* A rate of the plan that is not 0, to show both readings of % and pp on. */
static void show_on(const struct plan *plan, const struct input *input, struct wanted_value *wanted)
{
  for (int y = 0; y < plan->n_years && !wanted->has_example; y++) {
    wanted->has_example = input->plan[y] != 0.0;
    wanted->example = input->plan[y];
  }
}

bool shift_wants(struct builder *b, const struct draft *draft, const char *address, struct place where, int param,
                 struct hr_param *out, struct wanted_value *wanted)
{
  struct input_list list;
  (void)draft;
  if (!find_inputs(b, address, where, &list)) {
    return false;
  }
  const struct input *first = &b->plan->input[list.input[0]];
  *out = params[param];
  if (param == SHIFT_ADD) {
    out->unit = unit_of_add(first->unit);
    if (first->unit == UNIT_FRACTION) {
      show_on(b->plan, first, wanted);
    }
  }
  wanted->param = out;
  return true;
}

bool shift_complete(struct builder *b, const struct draft *draft, const char **address, struct place *where)
{
  const struct entry *input = NULL, *by[COUNT_OF(params)] = { NULL };
  for (int i = 0; i < draft->n_assigned; i++) {
    const struct assignment *assigned = &draft->assigned[i];
    if (assigned->what == SETS_INPUT) {
      input = assigned->entry;
    } else if (assigned->what >= 0 && assigned->what < (int)COUNT_OF(params)) {
      by[assigned->what] = assigned->entry;
    }
  }
  if (input == NULL) {
    struct finding *finding =
        complain(b, CODE_SCENARIO_SHIFT, draft->place, "shift %s has no input to change", draft->instance);
    finding_label(b->findings, finding, "add a row with parameter input and an address, such as line:E05.number");
    return false;
  }
  if ((by[SHIFT_ADD] == NULL) == (by[SHIFT_SCALE] == NULL)) {
    const bool both = by[SHIFT_ADD] != NULL;
    struct finding *finding =
        complain(b, CODE_SCENARIO_SHIFT, both ? by[SHIFT_SCALE]->place : draft->place, "shift %s has %s add %s scale",
                 draft->instance, both ? "both" : "neither", both ? "and" : "nor");
    finding_label(b->findings, finding, "give one of the two");
    return false;
  }
  *address = input->value;
  *where = input->value_place;
  return true;
}

/* ---- in the run ---------------------------------------------------------------------------------------- */

/* Rule 3 */
static bool is_one_sum(const struct plan *plan, const struct use *use, const struct input *input)
{
  if (use->scales || (input->field != RECEIPT_AMOUNT && input->field != BORROWING_AMOUNT)) {
    return false;
  }
  for (int y = 1; y < plan->n_years; y++) {
    if (use->value[y] != use->value[0]) {
      return false;
    }
  }
  return true;
}

double shift_change(const struct plan *plan, const struct use *use, int input, int year)
{
  const struct input *changed = &plan->input[input];
  if (use->scales) {
    return 1.0 + use->value[SHIFT_SCALE * plan->n_years + year];
  }
  const int due = changed->field == RECEIPT_AMOUNT     ? plan->receipt[changed->owner].year
                  : changed->field == BORROWING_AMOUNT ? plan->borrowing[changed->owner].year
                                                       : year;
  return is_one_sum(plan, use, changed) && due != year ? 0.0 : use->value[SHIFT_ADD * plan->n_years + year];
}
