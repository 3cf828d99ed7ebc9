/* funding.c: council tax and retained business rates, step by step (R21 to R25). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

/* ---- Band D -------------------------------------------------------------------------------------------- */

static struct figure *last_band_d(struct future *future, int year)
{
  const struct series *series = &future->plan->term[TERM_BAND_D].series;
  return year > 0 ? figure_of(future, KIND_TERM, TERM_BAND_D, year - 1)
                  : figure_cell(future, FIGURE_MONEY, series->has_base ? series->base : 0.0, &series->base_origin,
                                "Band D, year before the plan");
}

static struct figure *rise(struct future *future, enum term_id id, const char *words, int year)
{
  return figure_two(future, FIGURE_MONEY, OP_PRODUCT, 0.01, words, 1.0, last_band_d(future, year), 1.0,
                    term_figure(future, id, year));
}

/* Last year's and each rise of it, to the penny. */
static void add_raised(struct future *future, struct figure *figure, int year)
{
  figure_add(future, figure, 1.0, last_band_d(future, year));
  figure_add(future, figure, 1.0, rise(future, TERM_CORE_RISE, "Core rise, to the penny", year));
  figure_add(future, figure, 1.0, rise(future, TERM_ASC_RISE, "Social care rise, to the penny", year));
}

/* What the published Band D leaves to add to the rises as planned. */
static struct figure *band_d_step(struct future *future, int year)
{
  const struct series *series = &future->plan->term[TERM_BAND_D].series;
  struct figure *planned = figure_step(future->own, FIGURE_MONEY, OP_SUM, 0.0, "Band D raised as planned");
  add_raised(future->own, planned, year);
  return figure_two(future, FIGURE_MONEY, OP_SUM, 0.0, "Step, derived: as published, less the rises as planned", 1.0,
                    figure_cell(future, FIGURE_MONEY, series->cell[year], &series->origin[year],
                                "Band D as published, %s", future->explainer->year[year]),
                    -1.0, figure_close(planned));
}

void band_d_figure(struct future *future, struct figure *figure, int year)
{
  const struct series *series = &future->plan->term[TERM_BAND_D].series;
  const struct figure *cell = figure_cell(future, FIGURE_MONEY, series->cell[year], &series->origin[year],
                                          "Band D as published, %s", future->explainer->year[year]);
  if (series->filled[year] && nearly(figure->value, series->cell[year])) {
    figure_as(figure, cell);
    return;
  }
  figure->grain = 0.01;
  figure->how = "last year's Band D and each rise of it, to the penny (R21)";
  add_raised(future, figure, year);
  if (series->filled[year]) {
    figure_add(future, figure, 1.0, band_d_step(future, year));
  }
}

/* ---- the referendum limit (R21) ------------------------------------------------------------------------ */

/* Just under the per cent, or the pounds over last year's Band D if that is more. */
static struct figure *highest_rise(struct future *future, int year)
{
  struct figure *under = figure_two(
      future, FIGURE_PERCENT, OP_SUM, 0.0, "Just under the referendum limit", 1.0,
      term_figure(future, TERM_LIMIT, year), -1.0,
      figure_engine(future, FIGURE_PERCENT, 0.0001, "A hundredth of a point: at the limit is already excessive"));
  const struct figure *pounds = term_figure(future, TERM_LIMIT_GBP, year), *last = last_band_d(future, year);
  if (pounds->value <= 0.0 || last->value <= 0.0) {
    return under;
  }
  struct figure *by_pounds = figure_two(future, FIGURE_PERCENT, OP_QUOTIENT, 0.0,
                                        "The limit in pounds, over last year's Band D", 1.0, pounds, 1.0, last);
  return figure_two(future, FIGURE_PERCENT, OP_GREATEST, 0.0, "The highest rise that is not excessive", 1.0, under, 1.0,
                    by_pounds);
}

/* One of the two rises of an authority with social care: at most what is not excessive by itself; the plan's own
 * stands. */
static struct figure *held_part(struct future *future, struct figure *made, enum term_id id, int year)
{
  const double most = id == TERM_CORE_RISE ? 0.0299 : 0.02;
  struct figure *own = figure_of(future->own, KIND_TERM, (int)id, year);
  struct figure *allowed = figure_two(
      future, FIGURE_PERCENT, OP_GREATEST, 0.0, "The most that is not excessive by itself, or the plan's own", 1.0,
      figure_engine(future, FIGURE_PERCENT, most, "The referendum principle for this rise"), 1.0, own);
  return figure_two(future, FIGURE_PERCENT, OP_LEAST, 0.0, "Held: more would need a referendum", 1.0, made, 1.0,
                    allowed);
}

/* Both together: what is allowed, less the social care rise, which stands. */
static struct figure *held_core(struct future *future, int year)
{
  struct future *own = future->own;
  const struct figure *last = last_band_d(future, year);
  struct figure *highest = highest_rise(future, year);
  if (future->plan->term[TERM_BAND_D].series.step[year] != 0.0 && last->value > 0.0) {
    highest = figure_two(future, FIGURE_PERCENT, OP_SUM, 0.0,
                         "The same, less what the published Band D rises by besides", 1.0, highest, -1.0,
                         figure_two(future, FIGURE_PERCENT, OP_QUOTIENT, 0.0, "The step over last year's Band D", 1.0,
                                    band_d_step(future, year), 1.0, last));
  }
  struct figure *planned =
      figure_two(own, FIGURE_PERCENT, OP_SUM, 0.0, "The plan's own rise", 1.0,
                 figure_of(own, KIND_TERM, TERM_CORE_RISE, year), 1.0, figure_of(own, KIND_TERM, TERM_ASC_RISE, year));
  struct figure *allowed =
      figure_two(future, FIGURE_PERCENT, OP_GREATEST, 0.0, "The highest rise allowed", 1.0, highest, 1.0, planned);
  return figure_two(future, FIGURE_PERCENT, OP_SUM, 0.0,
                    "Held: more would need a referendum; the social care rise stands and the core rise gives way", 1.0,
                    allowed, -1.0, term_figure(future, TERM_ASC_RISE, year));
}

/* A Band D that a scenario moves itself goes no further than the rises may take it. */
static struct figure *held_band_d(struct future *future, struct figure *made, int year)
{
  const struct figure *last = last_band_d(future, year);
  struct figure *rise = figure_two(future, FIGURE_MONEY, OP_PRODUCT, 0.0, "The highest rise, in pounds", 1.0, last, 1.0,
                                   highest_rise(future, year));
  struct figure *highest =
      figure_two(future, FIGURE_MONEY, OP_SUM, 0.01, "The highest Band D that is not excessive", 1.0, last, 1.0, rise);
  struct figure *allowed = figure_two(future, FIGURE_MONEY, OP_GREATEST, 0.0, "The highest Band D allowed", 1.0,
                                      highest, 1.0, figure_of(future, KIND_TERM, TERM_BAND_D, year));
  return figure_two(future, FIGURE_MONEY, OP_LEAST, 0.0, "Held: more would need a referendum", 1.0, made, 1.0, allowed);
}

struct figure *held_term_figure(struct future *future, struct figure *made, enum term_id id, double held, int year)
{
  if (id == TERM_BAND_D) {
    return held_band_d(future, made, year);
  }
  if (id != TERM_CORE_RISE && id != TERM_ASC_RISE) {
    return made;
  }
  struct figure *part = held_part(future, made, id, year);
  return id == TERM_ASC_RISE || nearly(part->value, held) ? part : held_core(future, year);
}

/* ---- council tax --------------------------------------------------------------------------------------- */

static struct figure *tax(struct future *future, const struct figure *collection, const char *words, int year)
{
  const enum term_id base = future->plan->term[TERM_EQUIVALENTS].present ? TERM_EQUIVALENTS : TERM_TAX_BASE;
  struct figure *collected = figure_two(future, FIGURE_COUNT, OP_PRODUCT, 0.01, "Tax base collected", 1.0,
                                        term_figure(future, base, year), 1.0, collection);
  struct figure *equivalents = figure_two(future, FIGURE_COUNT, OP_SUM, 0.0, "Band D equivalents that pay", 1.0,
                                          collected, 1.0, term_figure(future, TERM_CONTRIBUTIONS, year));
  return figure_two(future, FIGURE_MONEY, OP_PRODUCT, 1.0, words, 1.0, term_figure(future, TERM_BAND_D, year), 1.0,
                    equivalents);
}

/* The rate that the budget stands on: the plan's own, this year's, or the plan's and what the year before was off. */
static const struct figure *budgeted_rate(struct future *future, int year)
{
  struct figure *own = figure_of(future->own, KIND_TERM, TERM_COLLECTION, year);
  if (year == 0) {
    return own;
  }
  struct figure *now = term_figure(future, TERM_COLLECTION, year);
  struct figure *before = term_figure(future, TERM_COLLECTION, year - 1);
  struct figure *own_before = figure_of(future->own, KIND_TERM, TERM_COLLECTION, year - 1);
  const double rate = collection_budgeted(own->value, now->value, own_before->value, before->value);
  if (rate == own->value || rate == now->value) {
    return rate == own->value ? own : now;
  }
  struct figure *lasting =
      figure_step(future, FIGURE_PERCENT, OP_SUM, 0.0, "The plan's rate and what the year before was off it");
  figure_add(future, lasting, 1.0, own);
  figure_add(future, lasting, 1.0, before);
  figure_add(future, lasting, -1.0, own_before);
  return figure_close(lasting);
}

void council_tax_figure(struct future *future, struct figure *figure, int year)
{
  const bool at_once = future->plan->collection_at_once;
  const struct figure *collection = at_once ? term_figure(future, TERM_COLLECTION, year) : budgeted_rate(future, year);
  figure_as(figure, tax(future, collection, "Band D x equivalents that pay", year));
  figure->how = at_once ? "Band D x equivalents that pay, to the pound"
                        : "Band D x equivalents that pay at the rate the budget stands on, to the pound (R23)";
}

void collection_figure(struct future *future, struct figure *figure, int year)
{
  figure->how = "what the year before collected, off its budget, one-off through the collection fund (R23)";
  if (figure->value == 0.0 || year == 0) {
    return;
  }
  figure_add(future, figure, 1.0,
             tax(future, term_figure(future, TERM_COLLECTION, year - 1), "Council tax of the year before, as collected",
                 year - 1));
  figure_add(future, figure, -1.0,
             tax(future, budgeted_rate(future, year - 1), "The same at the rate its budget stood on", year - 1));
}

/* ---- business rates ------------------------------------------------------------------------------------ */

/* A term that counts in whole pounds. */
static struct figure *whole_pounds(struct future *future, enum term_id id, int year)
{
  struct figure *term = term_figure(future, id, year);
  if (term->value == round_units(term->value)) {
    return term;
  }
  struct figure *whole = figure_step(future, FIGURE_MONEY, OP_SAME, 1.0, "To the pound");
  figure_add(future, whole, 1.0, term);
  return figure_close(whole);
}

void business_rates_figure(struct future *future, struct figure *figure, int year)
{
  struct figure *local =
      figure_two(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "Local share", 1.0, term_figure(future, TERM_INCOME, year), 1.0,
                 term_figure(future, TERM_LOCAL_SHARE, year));
  const struct figure *funding = term_figure(future, TERM_BASELINE_FUNDING, year),
                      *baseline = term_figure(future, TERM_BASELINE, year);
  struct figure *top_up =
      figure_two(future, FIGURE_MONEY, OP_SUM, 1.0, "Top-up; a tariff below zero", 1.0, funding, -1.0, baseline);
  struct figure *none = figure_engine(future, FIGURE_MONEY, 0.0, "Nothing");
  struct figure *growth = figure_two(
      future, FIGURE_MONEY, OP_GREATEST, 0.0, "Growth above the baseline", 1.0, none, 1.0,
      figure_two(future, FIGURE_MONEY, OP_SUM, 0.0, "Local share less baseline", 1.0, local, -1.0, baseline));
  struct figure *levy = figure_two(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "Levy", 1.0,
                                   term_figure(future, TERM_LEVY_RATE, year), 1.0, growth);
  struct figure *before = figure_step(future, FIGURE_MONEY, OP_SUM, 0.0, "Rates before the safety net");
  figure_add(future, before, 1.0, local);
  figure_add(future, before, 1.0, top_up);
  figure_add(future, before, -1.0, levy);
  struct figure *net = figure_two(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "Safety net", 1.0,
                                  term_figure(future, TERM_SAFETY_NET, year), 1.0, funding);
  struct figure *short_of =
      figure_two(future, FIGURE_MONEY, OP_SUM, 0.0, "Short of the safety net", 1.0, net, -1.0, figure_close(before));
  struct figure *safety =
      figure_two(future, FIGURE_MONEY, OP_GREATEST, 0.0, "Safety net payment", 1.0, none, 1.0, short_of);
  figure->how = "local share, top-up or tariff, levy, safety net, in that order (R25), then section 31 grant and pool";
  figure_add(future, figure, 1.0, before);
  figure_add(future, figure, 1.0, safety);
  figure_add(future, figure, 1.0, whole_pounds(future, TERM_SECTION_31, year));
  figure_add(future, figure, 1.0, whole_pounds(future, TERM_POOL, year));
}
