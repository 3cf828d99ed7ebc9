/* growth.c: what is carried from year to year: drivers, the recurring part of lines, numbers, unit costs, shares,
 * terms.
 *
 * carried = R(last x growth) + step.  A filled year's step was derived on loading, so that the published figure comes
 * back; where it does, the figure is that cell, and where a scenario moves what grows, both parts are shown. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

#include <math.h>

double printed_sign(const struct plan *plan, int line)
{
  const enum line_class class =
      line < plan->n_lines ? plan->line[line].class : engine_line_kinds[line - plan->n_lines].class;
  return class_is_funding(class) || class == LINE_CAPITALISED ? -1.0 : 1.0;
}

/* ---- drivers ------------------------------------------------------------------------------------------- */

void build_rate(struct future *future, struct figure *figure, int d, int year)
{
  const struct driver *driver = &future->plan->driver[d];
  figure_name(future, figure, "driver:%s@%s", driver->id, future->explainer->year[year]);
  figure_words(future, figure, year, "%s", driver->label);
  figure_is(figure, FIGURE_PERCENT, projection_working(future->projection, WORKING_RATE, d, year)[0], OP_SAME, 0.0, "");
  struct figure *rate = input_figure(future, driver->input, year);
  if (driver->follows >= 0) {
    rate = figure_two(future, FIGURE_PERCENT, OP_SUM, 0.0, "The driver that it follows, and points on top", 1.0,
                      figure_of(future, KIND_RATE, driver->follows, year), 1.0, rate);
  }
  if (driver->has_cap) {
    rate = figure_two(future, FIGURE_PERCENT, OP_LEAST, 0.0, "No more than the cap", 1.0, rate, 1.0,
                      figure_cell(future, FIGURE_PERCENT, driver->cap, &driver->cap_origin, "%s: cap", driver->label));
  }
  if (driver->has_collar) {
    rate = figure_two(
        future, FIGURE_PERCENT, OP_GREATEST, 0.0, "No less than the collar", 1.0, rate, 1.0,
        figure_cell(future, FIGURE_PERCENT, driver->collar, &driver->collar_origin, "%s: collar", driver->label));
  }
  figure->how = rate->words;
  figure_as(figure, rate);
}

/* NULL: nothing grows. */
struct figure *growth_figure(struct future *future, const struct series *series, int line, int year)
{
  struct figure *growth =
      figure_step(future, FIGURE_FACTOR, OP_GROWTH, 0.0, "Growth, %s", future->explainer->year[year]);
  for (int i = 0; i < series->n_drivers; i++) {
    figure_add(future, growth, 1.0, figure_of(future, KIND_RATE, series->driver[i], year));
  }
  if (line >= 0 && projection_input(future->projection, future->plan->line[line].input, year)[0] != 0.0) {
    figure_add(future, growth, 1.0, input_figure(future, future->plan->line[line].input, year));
  }
  return growth->n_parts > 0 && figure_close(growth)->value != 1.0 ? growth : NULL;
}

/* ---- series -------------------------------------------------------------------------------------------- */

/* One kind of thing that is carried: where it stands in the plan, and how it is shown. */
struct carried {
  const struct series *series;
  enum kind kind;
  int item;
  int line; /* whose own rate is in the growth, or -1 */
  double sign;
  enum figure_unit unit;
  const char *words; /* "Adult social care: unit cost" */
};

static struct figure *grown(struct future *future, const struct carried *carried, int year);

static struct figure *cell_figure(struct future *future, const struct carried *carried, int year)
{
  const struct series *series = carried->series;
  return figure_cell(future, carried->unit, carried->sign * series->cell[year], &series->origin[year], "%s, %s",
                     carried->words, future->explainer->year[year]);
}

/* What a line printed as changes comes to; otherwise the cell itself. */
static struct figure *published(struct future *future, const struct carried *carried, int year);

static struct figure *base_figure(struct future *future, const struct carried *carried)
{
  const struct series *series = carried->series;
  struct future *own = future->own;
  if (series->base_inferred) {
    struct figure *growth = growth_figure(own, series, -1, 0);
    if (growth != NULL) {
      const char *words =
          arena_printf(future->explainer->arena, "%s, year before: the first amount over its growth", carried->words);
      return figure_two(own, carried->unit, OP_QUOTIENT, 0.01, words, 1.0, published(own, carried, 0), 1.0, growth);
    }
    return published(own, carried, 0);
  }
  return figure_cell(future, carried->unit, carried->sign * (series->has_base ? series->base : 0.0),
                     &series->base_origin, "%s, year before the plan", carried->words);
}

static struct figure *published(struct future *future, const struct carried *carried, int year)
{
  const struct series *series = carried->series;
  const bool from_changes = carried->kind == KIND_RECURRING && future->plan->line[carried->item].from_changes;
  if (!from_changes || (year == 0 && (!series->has_base || series->base_inferred))) {
    return cell_figure(future, carried, year);
  }
  const double before = year > 0 ? series->cell[year - 1] : series->base;
  const char *words = arena_printf(future->explainer->arena, "%s, %s, as printed: the year before and the change",
                                   carried->words, future->explainer->year[year]);
  const struct figure *last = year > 0 ? published(future, carried, year - 1) : base_figure(future, carried);
  const struct figure *change =
      figure_cell(future, carried->unit, carried->sign * (series->cell[year] - before), &series->origin[year],
                  "%s: change, %s", carried->words, future->explainer->year[year]);
  return figure_two(future, carried->unit, OP_SUM, 0.01, words, 1.0, last, 1.0, change);
}

static struct figure *last_figure(struct future *future, const struct carried *carried, int year)
{
  return year > 0 ? figure_of(future, carried->kind, carried->item, year - 1) : base_figure(future, carried);
}

static struct figure *grown(struct future *future, const struct carried *carried, int year)
{
  struct figure *growth = growth_figure(future, carried->series, carried->line, year);
  struct figure *last = last_figure(future, carried, year);
  if (growth == NULL) {
    return last;
  }
  const char *words = arena_printf(future->explainer->arena, "%s, the year before grown%s", carried->words,
                                   future == future->own && future->explainer->has_scenario ? " as planned" : "");
  return figure_two(future, carried->unit, OP_PRODUCT, carried->series->grain, words, 1.0, last, 1.0, growth);
}

/* What the published figure leaves to add to growth as planned. */
static struct figure *derived_step(struct future *future, const struct carried *carried, int year)
{
  struct figure *step = figure_two(future, carried->unit, OP_SUM, 0.0, "", 1.0, published(future->own, carried, year),
                                   -1.0, grown(future->own, carried, year));
  step->words = arena_printf(future->explainer->arena, "%s: step, %s", carried->words, future->explainer->year[year]);
  step->how = "derived on loading: the published figure less growth as planned";
  return step;
}

/* Of parts and terms. */
static void build_carried(struct future *future, struct figure *figure, const struct carried *carried, int year)
{
  const struct series *series = carried->series;
  if (series->n_drivers == 0 || (series->filled[year] && nearly(figure->value, carried->sign * series->cell[year]))) {
    figure_as(figure, cell_figure(future, carried, year));
    return;
  }
  struct figure *growing = grown(future, carried, year);
  if (!series->filled[year] && growing->operation == OP_PRODUCT && growing->name[0] == '\0') {
    figure_as(figure, growing);
    figure->how = "not typed: the year before, grown and rounded";
    return;
  }
  if (!series->filled[year]) {
    figure->operation = OP_SAME;
    figure_add(future, figure, 1.0, growing);
    figure->how = "not typed: as the year before";
    return;
  }
  figure->how = "the year before, grown, and the step that the published figure leaves";
  figure_add(future, figure, 1.0, growing);
  figure_add(future, figure, 1.0, derived_step(future, carried, year));
}

/* ---- lines --------------------------------------------------------------------------------------------- */

static struct carried carried_line(const struct plan *plan, int l)
{
  const struct line *line = &plan->line[l];
  return (struct carried){ &line->amount, KIND_RECURRING, l, l, printed_sign(plan, l), FIGURE_MONEY, line->label };
}

struct figure *step_figure(struct future *future, int l, int year)
{
  const struct line *line = &future->plan->line[l];
  const struct carried carried = carried_line(future->plan, l);
  if (line->form == FORM_LEVEL) {
    return derived_step(future, &carried, year);
  }
  return figure_cell(future, FIGURE_MONEY, carried.sign * line->amount.step[year], &line->amount.origin[year],
                     "%s: step, %s", line->label, future->explainer->year[year]);
}

void build_recurring(struct future *future, struct figure *figure, int l, int year)
{
  const struct line *line = &future->plan->line[l];
  const struct carried carried = carried_line(future->plan, l);
  figure_name(future, figure, "line:%s.recurring@%s", line->id, future->explainer->year[year]);
  figure_words(future, figure, year, "%s, recurring", line->label);
  figure_is(figure, FIGURE_MONEY, carried.sign * projection_working(future->projection, WORKING_CARRIED, l, year)[0],
            OP_SUM, 0.0, "the year before, grown and rounded to the pound, and the year's step");
  if (!line->recurring || year > line->last_year) {
    figure_nil(figure, line->recurring ? "the money ends with the line's last year" : "the line is one-off");
    return;
  }
  if (line->form == FORM_LEVEL && fabs(figure->value - carried.sign * line->amount.cell[year]) < 0.005) {
    figure_as(figure, published(future, &carried, year));
    return;
  }
  figure_add(future, figure, 1.0, grown(future, &carried, year));
  if (projection_input(future->projection, line->input + LINE_STEP - LINE_RATE, year)[0] != 0.0) {
    figure_add(future, figure, 1.0, input_figure(future, line->input + LINE_STEP - LINE_RATE, year));
  }
}

static void build_part(struct future *future, struct figure *figure, const struct carried *carried,
                       enum working working, enum field input, int year)
{
  if (!input_is_changed(future, future->plan->line[carried->item].input + (int)(input - LINE_RATE), year)) {
    figure_name(future, figure, "line:%s.%s@%s", future->plan->line[carried->item].id, field_kinds[input].name,
                future->explainer->year[year]);
  }
  figure_words(future, figure, year, "%s", carried->words);
  figure_is(figure, carried->unit,
            carried->sign * projection_working(future->projection, working, carried->item, year)[0], OP_SUM, 0.0, "");
  build_carried(future, figure, carried, year);
}

static const char *part_words(struct future *future, int l, const char *field)
{
  return arena_printf(future->explainer->arena, "%s: %s", future->plan->line[l].label, field);
}

void build_number(struct future *future, struct figure *figure, int l, int year)
{
  const struct carried carried = { &future->plan->line[l].number,  KIND_NUMBER, l, -1, 1.0, FIGURE_COUNT,
                                   part_words(future, l, "number") };
  build_part(future, figure, &carried, WORKING_NUMBER, LINE_NUMBER, year);
}

void build_unit_cost(struct future *future, struct figure *figure, int l, int year)
{
  const struct carried carried = {
    &future->plan->line[l].unit_cost,  KIND_UNIT_COST, l, -1, printed_sign(future->plan, l), FIGURE_MONEY,
    part_words(future, l, "unit cost")
  };
  build_part(future, figure, &carried, WORKING_UNIT_COST, LINE_UNIT_COST, year);
}

void build_percent(struct future *future, struct figure *figure, int l, int year)
{
  const struct carried carried = { &future->plan->line[l].percent,   KIND_PERCENT, l, -1, 1.0, FIGURE_PERCENT,
                                   part_words(future, l, "per cent") };
  build_part(future, figure, &carried, WORKING_PERCENT, LINE_PERCENT, year);
}

/* ---- terms --------------------------------------------------------------------------------------------- */

void build_term(struct future *future, struct figure *figure, int t, int year)
{
  const struct term_kind *kind = &term_kinds[t];
  const enum figure_unit unit = kind->unit == 'P' ? FIGURE_PERCENT : kind->unit == 'E' ? FIGURE_COUNT : FIGURE_MONEY;
  const struct carried carried = { &future->plan->term[t].series,
                                   KIND_TERM,
                                   t,
                                   -1,
                                   1.0,
                                   unit,
                                   arena_printf(future->explainer->arena, "%s (%s)", kind->field, kind->area) };
  const int input = future->plan->term[t].input;
  if (input < 0 || !input_is_changed(future, input, year)) { /* otherwise the name is the changed input's */
    figure_name(future, figure, "term:%s.%s@%s", kind->area, kind->field, future->explainer->year[year]);
  }
  figure_words(future, figure, year, "%s", carried.words);
  figure_is(figure, unit, projection_working(future->projection, WORKING_TERM, t, year)[0], OP_SUM, 0.0, "");
  if (t == TERM_BAND_D) {
    band_d_figure(future, figure, year);
  } else if (!future->plan->term[t].present) {
    figure_nil(figure, t == TERM_LIMIT || t == TERM_LIMIT_GBP
                           ? "not given: the referendum principle for the council's class"
                           : "the folder does not give it");
  } else {
    build_carried(future, figure, &carried, year);
  }
}
