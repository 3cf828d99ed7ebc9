/* figure.c: how figures of core/explain are made, kept, and checked against their parts. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

#include <math.h>

const char *const operation_names[N_OPERATIONS] = { [OP_LEAF] = "leaf",
                                                    [OP_SAME] = "same",
                                                    [OP_SUM] = "sum",
                                                    [OP_PRODUCT] = "product",
                                                    [OP_GROWTH] = "growth",
                                                    [OP_QUOTIENT] = "quotient",
                                                    [OP_POWER] = "power",
                                                    [OP_LEAST] = "least",
                                                    [OP_GREATEST] = "greatest",
                                                    [OP_FIRST_ABOVE_0] = "first-above-0",
                                                    [OP_FIRST_NIL] = "first-nil" };

/* ---- what the parts come to ---------------------------------------------------------------------------- */

static double first_year(const struct figure *figure)
{
  for (int i = 0; i < figure->n_parts; i++) {
    const double value = figure->part[i].figure->value;
    if (figure->operation == OP_FIRST_NIL ? fabs(value) < 0.005 : value >= 0.005) {
      return (double)i;
    }
  }
  return (double)DATE_NOT_IN_HORIZON;
}

static double combined(const struct figure *figure)
{
  const struct part *part = figure->part;
  double out = figure->operation == OP_SUM ? 0.0 : 1.0;
  for (int i = 0; i < figure->n_parts; i++) {
    const double signed_value = part[i].sign * part[i].figure->value;
    switch (figure->operation) {
    case OP_SUM:
      out += signed_value;
      break;
    case OP_PRODUCT:
      out *= signed_value;
      break;
    case OP_GROWTH:
      out *= 1.0 + signed_value;
      break;
    case OP_LEAST:
      out = i == 0 || signed_value < out ? signed_value : out;
      break;
    case OP_GREATEST:
      out = i == 0 || signed_value > out ? signed_value : out;
      break;
    default:
      break;
    }
  }
  return out;
}

static double rounded(double value, double grain)
{
  return grain == 1.0 ? round_units(value) : grain == 0.0 ? value : round_hundredths(value);
}

double figure_from_parts(const struct figure *figure)
{
  const struct part *part = figure->part;
  switch (figure->operation) {
  case OP_LEAF:
    return figure->value;
  case OP_SAME:
    return rounded(part[0].sign * part[0].figure->value, figure->grain);
  case OP_QUOTIENT:
    return rounded(part[0].figure->value / part[1].figure->value, figure->grain);
  case OP_POWER:
    return power_int(part[0].figure->value, (int)part[1].figure->value);
  case OP_FIRST_ABOVE_0:
  case OP_FIRST_NIL:
    return first_year(figure);
  default:
    return rounded(combined(figure), figure->grain);
  }
}

bool nearly(double a, double b)
{
  return fabs(a - b) <= 1e-9 * fmax(1.0, fabs(b));
}

bool figure_adds_up(const struct figure *figure)
{
  const double made = figure_from_parts(figure);
  return figure->unit == FIGURE_MONEY ? fabs(made - figure->value) < 0.005 : nearly(made, figure->value);
}

/* ---- making -------------------------------------------------------------------------------------------- */

static struct figure *blank(struct future *future)
{
  struct explainer *explainer = future->explainer;
  struct figure *figure = arena_alloc(explainer->arena, sizeof *figure);
  if (figure == NULL) {
    explainer->failed = true;
    explainer->spare = (struct figure){ .name = "", .words = "", .how = "" };
    return &explainer->spare;
  }
  *figure = (struct figure){ .number = explainer->n_figures++,
                             .name = "",
                             .words = "",
                             .how = "",
                             .of_plan = explainer->has_scenario && future == future->own };
  return figure;
}

PRINTF_LIKE(2, 0)
static const char *words_of(struct future *future, const char *format, va_list args)
{
  return arena_vprintf(future->explainer->arena, format, args);
}

struct figure *figure_step(struct future *future, enum figure_unit unit, enum operation operation, double grain,
                           const char *words, ...)
{
  struct figure *figure = blank(future);
  va_list args;
  va_start(args, words);
  figure->words = words_of(future, words, args);
  va_end(args);
  figure->unit = unit;
  figure->operation = operation;
  figure->grain = grain;
  return figure;
}

struct figure *figure_cell(struct future *future, enum figure_unit unit, double value, const struct origin *origin,
                           const char *words, ...)
{
  struct figure *figure = blank(future);
  va_list args;
  va_start(args, words);
  figure->words = words_of(future, words, args);
  va_end(args);
  figure->unit = unit;
  figure->value = value;
  const bool typed = origin != NULL && origin->file != NULL && origin->column > 0;
  figure->leaf = typed ? LEAF_CELL : LEAF_ENGINE;
  figure->how = typed ? "" : "the folder does not give it";
  if (typed) {
    figure->origin = *origin;
  }
  return figure;
}

struct figure *figure_engine(struct future *future, enum figure_unit unit, double value, const char *words, ...)
{
  struct figure *figure = blank(future);
  va_list args;
  va_start(args, words);
  figure->words = words_of(future, words, args);
  va_end(args);
  figure->unit = unit;
  figure->value = value;
  figure->leaf = LEAF_ENGINE;
  return figure;
}

void figure_add(struct future *future, struct figure *figure, double sign, const struct figure *part)
{
  struct part *parts = arena_grow(future->explainer->arena, figure->part, (size_t)figure->n_parts, sizeof *parts);
  if (parts == NULL) {
    future->explainer->failed = true;
    return;
  }
  figure->part = parts;
  figure->part[figure->n_parts++] = (struct part){ sign, part };
}

struct figure *figure_close(struct figure *figure)
{
  figure->value = figure->n_parts > 0 ? figure_from_parts(figure) : 0.0;
  if (figure->n_parts == 0) {
    figure->operation = OP_LEAF;
    figure->leaf = LEAF_ENGINE;
  }
  return figure;
}

struct figure *figure_two(struct future *future, enum figure_unit unit, enum operation operation, double grain,
                          const char *words, double sign_a, const struct figure *a, double sign_b,
                          const struct figure *b)
{
  struct figure *figure = figure_step(future, unit, operation, grain, "%s", words);
  figure_add(future, figure, sign_a, a);
  figure_add(future, figure, sign_b, b);
  return figure_close(figure);
}

void figure_as(struct figure *figure, const struct figure *other)
{
  figure->operation = other->operation;
  figure->grain = other->grain;
  figure->n_parts = other->n_parts;
  figure->part = other->part;
  figure->leaf = other->leaf;
  figure->origin = other->origin;
  figure->use = other->use;
  figure->how = *other->how != '\0' || other->leaf != LEAF_NONE ? other->how : figure->how;
}

void figure_name(struct future *future, struct figure *figure, const char *name, ...)
{
  va_list args;
  va_start(args, name);
  figure->name = words_of(future, name, args);
  va_end(args);
}

void figure_words(struct future *future, struct figure *figure, int year, const char *words, ...)
{
  va_list args;
  va_start(args, words);
  const char *start = words_of(future, words, args);
  va_end(args);
  const char *on = figure->of_plan ? ", on the plan" : "";
  figure->words = year >= 0
                      ? arena_printf(future->explainer->arena, "%s, %s%s", start, future->explainer->year[year], on)
                      : arena_printf(future->explainer->arena, "%s%s", start, on);
}

void figure_is(struct figure *figure, enum figure_unit unit, double value, enum operation operation, double grain,
               const char *how)
{
  figure->unit = unit;
  figure->value = value;
  figure->operation = operation;
  figure->grain = grain;
  figure->how = how;
}

void figure_nil(struct figure *figure, const char *why)
{
  figure->operation = OP_LEAF;
  figure->n_parts = 0;
  figure->leaf = LEAF_ENGINE;
  figure->how = why;
}

/* ---- keeping ------------------------------------------------------------------------------------------- */

struct figure *figure_of(struct future *future, enum kind kind, int item, int year)
{
  static builder *const builders[N_KINDS] = {
    [KIND_MEASURE] = build_measure,
    [KIND_LINE] = build_line,
    [KIND_RECURRING] = build_recurring,
    [KIND_NUMBER] = build_number,
    [KIND_UNIT_COST] = build_unit_cost,
    [KIND_PERCENT] = build_percent,
    [KIND_TERM] = build_term,
    [KIND_INPUT] = build_input,
    [KIND_RATE] = build_rate,
    [KIND_PLANNED] = build_planned,
    [KIND_EXPECTED] = build_expected,
    [KIND_LATE] = build_late,
    [KIND_DELIVERED] = build_delivered,
    [KIND_ARRIVED] = build_arrived,
    [KIND_RECEIVED] = build_received,
    [KIND_TO_DEBT] = build_to_debt,
    [KIND_TO_AVOID] = build_to_avoid,
    [KIND_FLEXIBLE] = build_flexible,
    [KIND_POT] = build_pot,
    [KIND_APPLIED] = build_applied,
    [KIND_HELD] = build_held,
    [KIND_RELIEF] = build_relief,
    [KIND_COST] = build_cost,
    [KIND_OPENING] = build_opening,
    [KIND_MOVED] = build_moved,
    [KIND_USED] = build_used,
    [KIND_SURPLUS] = build_surplus,
    [KIND_CLOSING] = build_closing,
    [KIND_SHADOW] = build_shadow,
    [KIND_DRAWN] = build_drawn,
    [KIND_MISSED] = build_missed,
    [KIND_SHADOW_MISSED] = build_shadow_missed,
    [KIND_DEFICIT] = build_deficit,
    [KIND_DATE] = build_date,
    [KIND_SHARE] = build_share,
  };
  struct figure **at = &future->made[kind][item * future->plan->n_years + year];
  if (*at == NULL) {
    *at = blank(future);
    builders[kind](future, *at, item, year);
  }
  return *at;
}
