/* savings.c: what a saving brings in, planned and expected: its cells, months late, delivery, and what it depends on
 * (R28 to R33). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

enum { VALUE, DELIVERY, MONTHS }; /* the order of a saving's inputs */

/* ---- in effect, as the folder gives it ----------------------------------------------------------------- */

static struct figure *cell(struct future *future, int s, int year, enum figure_unit unit, const char *what)
{
  const struct saving *saving = &future->plan->saving[s];
  return figure_cell(future, unit, saving->cell[year], &saving->origin[year], "%s: %s, %s", saving->label, what,
                     future->explainer->year[year]);
}

/* A share of the full year, or an amount: what one cell adds. */
static struct figure *typed(struct future *future, int s, int year, const char *what)
{
  const struct saving *saving = &future->plan->saving[s];
  if (saving->phasing == PHASED_AS_GIVEN) {
    return figure_cell(future, FIGURE_MONEY, saving->value[year], &saving->origin[year], "%s: %s, %s", saving->label,
                       what, future->explainer->year[year]);
  }
  const bool share =
      saving->phasing == PERCENT_IN_PLACE || saving->phasing == PERCENT_NEW || saving->phasing == PHASED_FROM_START;
  if (!share) {
    return cell(future, s, year, FIGURE_MONEY, what);
  }
  struct figure *full =
      figure_cell(future, FIGURE_MONEY, saving->full_year, &saving->full_year_origin, "%s: full year", saving->label);
  struct figure *part = cell(future, s, year, FIGURE_PERCENT, what);
  part->how =
      saving->phasing == PHASED_FROM_START ? "the part of the year from the month in which it starts" : part->how;
  return figure_two(future, FIGURE_MONEY, OP_PRODUCT, 0.0, "Full year x part", 1.0, full, 1.0, part);
}

struct figure *saving_value_figure(struct future *future, int s, int year)
{
  const struct saving *saving = &future->plan->saving[s];
  const bool is_new = saving->recurring && (saving->phasing == PERCENT_NEW || saving->phasing == AMOUNT_NEW);
  if (!is_new) {
    return typed(future, s, year, "in place");
  }
  struct figure *sum =
      figure_step(future, FIGURE_MONEY, OP_SUM, 0.0, "%s: in place, %s", saving->label, future->explainer->year[year]);
  sum->how = "what starts in each year so far";
  for (int y = 0; y <= year; y++) {
    figure_add(future, sum, 1.0, typed(future, s, y, "starting"));
  }
  return figure_close(sum);
}

static void opening(struct future *future, struct figure *figure, int s, const char *field, int year)
{
  figure_name(future, figure, "saving:%s.%s@%s", future->plan->saving[s].id, field, future->explainer->year[year]);
  figure_words(future, figure, year, "%s, %s", future->plan->saving[s].label, field);
}

void build_planned(struct future *future, struct figure *figure, int s, int year)
{
  opening(future, figure, s, "planned", year);
  figure_is(figure, FIGURE_MONEY, projection_working(future->projection, WORKING_PLANNED, s, year)[0], OP_SAME, 1.0,
            "in effect in the year, to the pound");
  figure_add(future, figure, 1.0, input_figure(future, future->plan->saving[s].input + VALUE, year));
}

/* ---- what it depends on -------------------------------------------------------------------------------- */

void build_late(struct future *future, struct figure *figure, int s, int year)
{
  const struct saving *saving = &future->plan->saving[s];
  figure_words(future, figure, year, "%s, months late", saving->label);
  figure_is(figure, FIGURE_MONTHS, projection_working(future->projection, WORKING_LATE, s, year)[0], OP_GREATEST, 0.0,
            "the latest of its own and of all that it stands on (R31)");
  struct figure *own = input_figure(future, saving->input + MONTHS, year);
  if (saving->n_stands_on == 0) {
    figure_as(figure, own);
    return;
  }
  figure_add(future, figure, 1.0, own);
  for (int i = 0; i < saving->n_stands_on; i++) {
    figure_add(future, figure, 1.0,
               input_figure(future, future->plan->saving[saving->stands_on[i]].input + MONTHS, year));
  }
}

static struct figure *own_delivery(struct future *future, int s, int year)
{
  struct figure *own = input_figure(future, future->plan->saving[s].input + DELIVERY, year);
  if (own->leaf == LEAF_ENGINE) {
    own->how = "judged by its RAG: delivered 100, green 95, amber 70, red 37.5, unidentified 0";
  }
  return own;
}

void build_delivered(struct future *future, struct figure *figure, int s, int year)
{
  const struct saving *saving = &future->plan->saving[s];
  figure_words(future, figure, year, "%s, delivery", saving->label);
  figure_is(figure, FIGURE_PERCENT, projection_working(future->projection, WORKING_DELIVERED, s, year)[0], OP_PRODUCT,
            0.0, "its own, given that what it stands on delivers, times theirs (R31)");
  struct figure *own = own_delivery(future, s, year);
  if (saving->n_stands_on == 0) {
    figure_as(figure, own);
    return;
  }
  figure_add(future, figure, 1.0, own);
  for (int i = 0; i < saving->n_stands_on; i++) {
    figure_add(future, figure, 1.0, own_delivery(future, saving->stands_on[i], year));
  }
}

/* ---- expected ------------------------------------------------------------------------------------------ */

/* How much of what was planned for `back` years before is in effect: 1 at so many years late, 0 a year off it, a
 * straight line between. */
static struct figure *weight(struct future *future, const struct figure *late, int back)
{
  struct figure *years = figure_two(future, FIGURE_FACTOR, OP_QUOTIENT, 0.0, "Years late", 1.0, late, 1.0,
                                    figure_engine(future, FIGURE_MONTHS, 12.0, "Months of a year"));
  const bool later = years->value >= (double)back;
  return figure_two(
      future, FIGURE_FACTOR, OP_SUM, 0.0, "Part of it that is in effect", later ? -1.0 : 1.0, years, 1.0,
      figure_engine(future, FIGURE_FACTOR, later ? 1.0 + (double)back : 1.0 - (double)back,
                    later ? "A year more than it was planned for" : "A year less than it was planned for"));
}

static struct figure *in_effect(struct future *future, int s, int year)
{
  const int value = future->plan->saving[s].input + VALUE;
  struct figure *late = figure_of(future, KIND_LATE, s, year);
  if (late->value == 0.0) {
    return input_figure(future, value, year);
  }
  struct figure *sum = figure_step(future, FIGURE_MONEY, OP_SUM, 0.0, "%s, in effect so many months late, %s",
                                   future->plan->saving[s].label, future->explainer->year[year]);
  sum->how = "whole years back, and a straight line between (R30)";
  for (int from = 0; from <= year; from++) {
    const double apart = late->value / 12.0 - (double)(year - from);
    if (apart < 1.0 && apart > -1.0) {
      figure_add(future, sum, 1.0,
                 figure_two(future, FIGURE_MONEY, OP_PRODUCT, 0.0, "As planned, x part", 1.0,
                            input_figure(future, value, from), 1.0, weight(future, late, year - from)));
    }
  }
  if (sum->n_parts == 0) {
    sum->how = "it has not begun: the months late reach back before the plan";
  }
  return figure_close(sum);
}

void build_expected(struct future *future, struct figure *figure, int s, int year)
{
  opening(future, figure, s, "expected", year);
  figure_is(figure, FIGURE_MONEY, projection_working(future->projection, WORKING_EXPECTED, s, year)[0], OP_PRODUCT, 1.0,
            "in effect, x delivery, to the pound");
  figure_add(future, figure, 1.0, in_effect(future, s, year));
  figure_add(future, figure, 1.0, figure_of(future, KIND_DELIVERED, s, year));
}
