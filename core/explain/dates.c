/* dates.c: the four dates (R18), and how much of the plan is illustrative. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

/* Above 0 in a year in which the General Fund is below its minimum. */
static struct figure *short_of(struct future *future, enum measure more, enum measure less, const char *words, int year)
{
  struct figure *figure =
      figure_two(future, FIGURE_MONEY, OP_SUM, 0.01, "", 1.0, figure_of(future, KIND_MEASURE, (int)more, year), -1.0,
                 figure_of(future, KIND_MEASURE, (int)less, year));
  figure->words = arena_printf(future->explainer->arena, "%s, %s", words, future->explainer->year[year]);
  return figure;
}

static struct figure *drawable(struct future *future, int year)
{
  const struct plan *plan = future->plan;
  struct figure *sum = figure_step(future, FIGURE_MONEY, OP_SUM, 0.01, "Usable reserves above their floors, %s",
                                   future->explainer->year[year]);
  for (int r = 0; r < plan->n_reserves; r++) {
    const struct reserve *reserve = &plan->reserve[r];
    struct figure *closing = class_is_usable(reserve->class) ? figure_of(future, KIND_CLOSING, r, year) : NULL;
    struct figure *floor = input_figure(future, reserve->input + 1, year);
    if (closing == NULL || closing->value <= floor->value) {
      continue;
    }
    figure_add(future, sum, 1.0, closing);
    if (floor->value != 0.0) {
      figure_add(future, sum, -1.0, floor);
    }
  }
  return figure_close(sum);
}

static bool has_dsg(const struct plan *plan)
{
  for (int r = 0; r < plan->n_reserves; r++) {
    if (plan->reserve[r].class == RESERVE_DSG) {
      return true;
    }
  }
  return false;
}

/* Why a date cannot be said, or NULL. */
static const char *unknown(const struct plan *plan, int date)
{
  switch (date) {
  case DATE_BELOW_MINIMUM:
    return plan->general_fund < 0                                    ? "not known: the folder has no General Fund"
           : plan->minimum_rule == MINIMUM_NONE                      ? "not known: the council gives no minimum"
           : !plan->has_mtfp && plan->minimum_rule != MINIMUM_AMOUNT ? "not known: the folder holds no budget"
                                                                     : NULL;
  case DATE_USABLE_EXHAUSTED:
    return plan->general_fund < 0 && plan->n_draw == 0 ? "not known: the folder has no usable reserve" : NULL;
  case DATE_FIRST_UNFUNDED:
    return !plan->has_mtfp ? "not known: the folder holds no budget" : NULL;
  default:
    return !has_dsg(plan) ? "not known: the folder has no DSG balance" : NULL;
  }
}

static struct figure *year_of_date(struct future *future, int date, int year)
{
  switch (date) {
  case DATE_BELOW_MINIMUM:
    return short_of(future, M_MINIMUM, M_GENERAL_FUND_CLOSING, "General Fund short of its minimum", year);
  case DATE_USABLE_EXHAUSTED:
    return drawable(future, year);
  case DATE_FIRST_UNFUNDED:
    return figure_of(future, KIND_MEASURE, M_UNFUNDED, year);
  default:
    return short_of(future, M_DSG_EXPOSURE, M_USABLE_CLOSING, "Usable reserves short of the DSG deficit", year);
  }
}

void build_date(struct future *future, struct figure *figure, int date, int year)
{
  static const char *const words[] = { [DATE_BELOW_MINIMUM] = "the General Fund falls below the council's own minimum",
                                       [DATE_USABLE_EXHAUSTED] = "usable revenue reserves are exhausted",
                                       [DATE_FIRST_UNFUNDED] = "the first unfunded gap",
                                       [DATE_EXPOSED_TO_DSG] = "usable reserves are less than the DSG deficit" };
  const struct plan *plan = future->plan;
  (void)year;
  figure_name(future, figure, "D%d", date + 1);
  figure_words(future, figure, -1, "D%d, %s", date + 1, words[date]);
  figure_is(figure, FIGURE_DATE, (double)DATE_UNKNOWN, date == DATE_USABLE_EXHAUSTED ? OP_FIRST_NIL : OP_FIRST_ABOVE_0,
            0.0,
            date == DATE_USABLE_EXHAUSTED ? "the first year in which this is nothing"
                                          : "the first year in which this is above nothing");
  if (unknown(plan, date) != NULL) {
    figure_nil(figure, unknown(plan, date));
    return;
  }
  for (int y = 0; y < plan->n_years; y++) {
    figure_add(future, figure, 1.0, year_of_date(future, date, y));
  }
  if (figure_close(figure)->value < 0.0 && !plan->has_mtfp) {
    figure->value = (double)DATE_UNKNOWN;
    figure_nil(figure, "not known: without a budget nobody knows what else is drawn");
  }
}

/* Sizes of line-years, or of those of them that are illustrative. */
static struct figure *sizes(struct future *future, const char *words, bool illustrative_only)
{
  const struct plan *plan = future->plan;
  struct figure *sum = figure_step(future, FIGURE_MONEY, OP_SUM, 0.0, "%s", words);
  for (int l = 0; l < plan->n_lines; l++) {
    for (int y = 0; y < plan->n_years; y++) {
      struct figure *line = figure_of(future, KIND_LINE, l, y);
      if (line->value != 0.0 && (!illustrative_only || plan->line[l].basis[y] == BASIS_ILLUSTRATIVE)) {
        figure_add(future, sum, line->value < 0.0 ? -1.0 : 1.0, line);
      }
    }
  }
  return figure_close(sum);
}

void build_share(struct future *future, struct figure *figure, int item, int year)
{
  (void)item, (void)year;
  figure_name(future, figure, "illustrative_share");
  figure_words(future, figure, -1, "Share of the plan by amount that is illustrative");
  figure_is(figure, FIGURE_PERCENT, future->plan->illustrative_share, OP_QUOTIENT, 0.0,
            "sizes of illustrative line-years over those of all");
  struct figure *all = sizes(future->own, "All line-years, by size", false);
  if (all->value == 0.0) {
    figure_nil(figure, "the plan has no line");
    return;
  }
  figure_add(future, figure, 1.0, sizes(future->own, "Illustrative line-years, by size", true));
  figure_add(future, figure, 1.0, all);
}
