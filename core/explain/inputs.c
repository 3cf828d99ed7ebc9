/* inputs.c: inputs as figures: the plan's own value, then what each plugin scaled it by and added to it, then the
 * limits.
 *
 * input = hold(R(plan x scales + additions)).  An input that nothing changes is the plan's own figure. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

#include <math.h>

static enum figure_unit unit_of(const struct input *input)
{
  static const enum figure_unit units[] = { [UNIT_GBP] = FIGURE_MONEY,
                                            [UNIT_FRACTION] = FIGURE_PERCENT,
                                            [UNIT_COUNT] = FIGURE_COUNT,
                                            [UNIT_MONTHS] = FIGURE_MONTHS };
  return units[input->unit];
}

/* Money of a line is shown in the sign that the table prints. */
static double sign_of(const struct plan *plan, const struct input *input)
{
  const bool money = input->field == LINE_STEP || input->field == LINE_ONE_OFF || input->field == LINE_UNIT_COST;
  return money ? printed_sign(plan, input->owner) : 1.0;
}

/* "Pay award", "Adults: reablement": what the input belongs to. */
static const char *owner_words(const struct plan *plan, int input)
{
  if (plan->input[input].field == TERM_VALUE) {
    return term_kinds[plan->input[input].owner].field;
  }
  const char *label = input_text(plan, input, "label");
  const char *id = input_text(plan, input, "id");
  return label != NULL ? label : id != NULL ? id : "";
}

static const char *field_words(enum field field)
{
  static const char *const words[N_FIELDS] = {
    [DRIVER_VALUE] = "change on the year before",
    [LINE_RATE] = "growth of its own",
    [LINE_STEP] = "step",
    [LINE_ONE_OFF] = "one-off amount",
    [LINE_NUMBER] = "number",
    [LINE_UNIT_COST] = "unit cost",
    [LINE_PERCENT] = "per cent",
    [TERM_VALUE] = "",
    [SAVING_VALUE] = "in effect",
    [SAVING_DELIVERY] = "delivery",
    [SAVING_MONTHS_LATE] = "months late",
    [SAVING_COST] = "cost to achieve",
    [RESERVE_PLANNED] = "planned movement",
    [RESERVE_FLOOR] = "floor",
    [RECEIPT_AMOUNT] = "amount",
    [RECEIPT_MONTHS_LATE] = "months late",
    [RECEIPT_TO_DEBT] = "share to debt",
    [RECEIPT_TO_AVOID] = "share to avoided borrowing",
    [RECEIPT_TO_FLEXIBLE] = "share to flexible use",
    [BORROWING_AMOUNT] = "amount borrowed",
    [BORROWING_RATE] = "rate of interest",
  };
  return words[field];
}

static const char *input_words(struct future *future, int input, int year)
{
  const struct plan *plan = future->plan;
  const char *field = field_words(plan->input[input].field);
  return arena_printf(future->explainer->arena, "%s%s%s, %s", owner_words(plan, input), *field != '\0' ? ": " : "",
                      field, future->explainer->year[year]);
}

/* ---- the value that a scenario starts from ------------------------------------------------------------- */

static struct figure *plain_path(struct future *future, int input, int year)
{
  const struct input *at = &future->plan->input[input];
  const char *words = input_words(future, input, year);
  return figure_cell(future, unit_of(at), sign_of(future->plan, at) * at->plan[year], at->origin[year], "%s", words);
}

/* What is there in one year only is nothing in the others, wherever it was typed. */
static struct figure *amount_path(struct future *future, int input, int year, int due)
{
  if (year == due) {
    return plain_path(future, input, year);
  }
  struct figure *figure = figure_engine(future, FIGURE_MONEY, 0.0, "%s", input_words(future, input, year));
  figure->how = "it has another year";
  return figure;
}

static struct figure *path_figure(struct future *future, int input, int year)
{
  const struct plan *plan = future->plan;
  const struct input *at = &plan->input[input];
  switch (at->field) {
  case LINE_STEP:
    return step_figure(future, at->owner, year);
  case LINE_NUMBER:
    return figure_of(future, KIND_NUMBER, at->owner, year);
  case LINE_UNIT_COST:
    return figure_of(future, KIND_UNIT_COST, at->owner, year);
  case LINE_PERCENT:
    return figure_of(future, KIND_PERCENT, at->owner, year);
  case TERM_VALUE:
    return figure_of(future, KIND_TERM, at->owner, year);
  case SAVING_VALUE:
    return saving_value_figure(future, at->owner, year);
  case RECEIPT_AMOUNT:
    return amount_path(future, input, year, plan->receipt[at->owner].year);
  case BORROWING_AMOUNT:
    return amount_path(future, input, year, plan->borrowing[at->owner].year);
  default:
    return plain_path(future, input, year);
  }
}

/* ---- what plugins did ---------------------------------------------------------------------------------- */

bool input_is_changed(const struct future *future, int input, int year)
{
  const size_t at = (size_t)input * (size_t)future->plan->n_years + (size_t)year;
  return future->scale != NULL && (future->scale[at] != NULL || future->add[at] != NULL);
}

static const char *settings_of(struct future *future, const struct use *use)
{
  if (use->address != NULL) {
    return arena_printf(future->explainer->arena, "shift of %s", use->address);
  }
  return arena_printf(future->explainer->arena, "%s %s: %s", use->plugin->name, use->plugin->version,
                      use->plugin->title);
}

/* What the command line sets of a use, or NULL: it stands in the place of what a row says. */
static const struct place *set_here(const struct use *use)
{
  for (uint32_t p = 0; use->named != NULL && p < use->plugin->n_params; p++) {
    if (use->named[p] != NULL && use->named[p]->file == NULL && use->named[p]->excerpt != NULL) {
      return use->named[p];
    }
  }
  return NULL;
}

static struct figure *change_figure(struct future *future, const struct change *change, int year)
{
  const struct use *use = &future->scenario->use[change->use];
  const struct input *input = &future->plan->input[change->input];
  const double sign = change->scales ? 1.0 : sign_of(future->plan, input);
  struct figure *figure =
      figure_engine(future, change->scales ? FIGURE_FACTOR : unit_of(input), sign * change->value[year], "%s %s",
                    use->instance, change->scales ? "scales it by" : "adds");
  figure->leaf = LEAF_CHANGE;
  figure->use = use;
  figure->how = settings_of(future, use);
  const struct place *set = set_here(use);
  if (set != NULL) {
    figure->how = arena_printf(future->explainer->arena, "%s; --set %s", figure->how, set->excerpt);
    return figure;
  }
  figure->origin =
      (struct origin){ .file = use->place.file, .line = use->place.line, .column = use->place.column, .source = "" };
  return figure;
}

static void add_changes(struct future *future, struct figure *figure, int input, int year, bool scales)
{
  for (int c = 0; c < future->n_changes; c++) {
    const struct change *change = &future->change[c];
    if (change->input == input && change->scales == scales && change->value[year] != (scales ? 1.0 : 0.0)) {
      figure_add(future, figure, 1.0, change_figure(future, change, year));
    }
  }
}

/* plan x scales, where there are any. */
static struct figure *scaled(struct future *future, struct figure *path, int input, int year)
{
  struct figure *product = figure_step(future, path->unit, OP_PRODUCT, 0.0, "The plan's, scaled");
  figure_add(future, product, 1.0, path);
  add_changes(future, product, input, year, true);
  return product->n_parts > 1 ? figure_close(product) : path;
}

/* The plan's own, scaled and added to, rounded as the input is, and held to what it can be. */
static struct figure *changed_figure(struct future *future, struct figure *path, int input, int year)
{
  const struct input *at = &future->plan->input[input];
  const double sign = sign_of(future->plan, at);
  const double low = sign > 0.0 ? at->low : -at->high, high = sign > 0.0 ? at->high : -at->low;
  struct figure *sum = figure_step(future, unit_of(at), OP_SUM, at->grain, "As the scenario changes it");
  sum->how = "the plan's own, and what the scenario does to it";
  figure_add(future, sum, 1.0, scaled(future, path, input, year));
  add_changes(future, sum, input, year, false);
  if (figure_close(sum)->value >= low && sum->value <= high) {
    return sum;
  }
  const bool below = sum->value < low;
  return figure_two(future, sum->unit, below ? OP_GREATEST : OP_LEAST, 0.0, "Held at the limit of what it can be", 1.0,
                    sum, 1.0, figure_engine(future, sum->unit, below ? low : high, "Limit"));
}

void build_input(struct future *future, struct figure *figure, int input, int year)
{
  const struct input *at = &future->plan->input[input];
  struct arena *arena = future->explainer->arena;
  struct figure *made = path_figure(future, input, year);
  figure->name = arena_printf(arena, "%s@%s", input_address(future->plan, input, arena), future->explainer->year[year]);
  figure->words = input_words(future, input, year);
  figure_is(figure, unit_of(at), sign_of(future->plan, at) * projection_input(future->projection, input, year)[0],
            OP_SUM, at->grain, "");
  if (input_is_changed(future, input, year)) {
    made = changed_figure(future, made, input, year);
  }
  if (at->field == TERM_VALUE && !nearly(made->value, figure->value)) {
    made = held_term_figure(future, made, (enum term_id)at->owner, figure->value, year);
  }
  figure->how = made->words;
  figure_as(figure, made);
}

/* A rise may be held though nothing changes it: what the other adds, or the limit, may leave less for it. */
static bool may_be_held(const struct input *input)
{
  return input->field == TERM_VALUE && (input->owner == TERM_CORE_RISE || input->owner == TERM_ASC_RISE);
}

struct figure *input_figure(struct future *future, int input, int year)
{
  const bool own = input_is_changed(future, input, year) || may_be_held(&future->plan->input[input]);
  return own ? figure_of(future, KIND_INPUT, input, year) : path_figure(future, input, year);
}

struct figure *term_figure(struct future *future, enum term_id id, int year)
{
  const int input = future->plan->term[id].input;
  return input >= 0 ? input_figure(future, input, year) : figure_of(future, KIND_TERM, (int)id, year);
}
