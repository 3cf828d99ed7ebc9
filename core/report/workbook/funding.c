/* funding.c: council tax and retained business rates (R21 to R25): what core/model/funding.c does, as formulas.
 *
 * (1) Each rise is rounded to the penny on last year's Band D; the base to two places; council tax to the pound.
 * (2) A rise that a scenario would make excessive is held just below the referendum limit; the plan's own stands.
 * (3) What a collection rate is off the plan reaches the General Fund a year later; the part that lasts into the next
 * year is in that year's budget.  Unless the council takes it at once (R23).
 * (4) Business rates: local share, then top-up or tariff, levy on growth above the baseline, safety net (R25). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/compile.h"

#include <string.h>

#define POUNDS "\xC2\xA3"

/* ---- rows ---------------------------------------------------------------------------------------------- */

static bool moves(const struct compiler *c, enum term_id id)
{
  const struct term *term = &c->plan->term[id];
  return term->series.n_drivers > 0 || (term->input >= 0 && c->input[term->input].changed);
}

/* Rule 2 is for scenarios that move a rise. */
static bool rises_move(const struct compiler *c)
{
  return moves(c, TERM_CORE_RISE) || moves(c, TERM_ASC_RISE);
}

const char *term_label(int t)
{
  static const char *const labels[N_TERMS] = { [TERM_BAND_D] = "Band D council tax",
                                               [TERM_CORE_RISE] = "Core rise",
                                               [TERM_ASC_RISE] = "Adult social care precept",
                                               [TERM_CONTRIBUTIONS] = "Contributions in lieu, equivalents",
                                               [TERM_LIMIT] = "Referendum limit on the rise",
                                               [TERM_LIMIT_GBP] = "Referendum limit in pounds",
                                               [TERM_LOCAL_SHARE] = "Local share",
                                               [TERM_LEVY_RATE] = "Levy rate on growth",
                                               [TERM_SAFETY_NET] = "Safety net, of baseline funding",
                                               [TERM_SECTION_31] = "Section 31 grant",
                                               [TERM_POOL] = "From the pool",
                                               [TERM_GRANT_SHARE] = "Share of the deficit that the grant meets",
                                               [TERM_ELIGIBLE_SHARE] = "Share of the deficit that is eligible",
                                               [TERM_CARRYING_RATE] = "Interest on the DSG deficit",
                                               [TERM_BALANCES_RATE] = "Interest on balances",
                                               [TERM_VARIABLE_DEBT] = "Debt that moves with rates",
                                               [TERM_CFR] = "Capital financing requirement",
                                               [TERM_DEBT] = "Debt",
                                               [TERM_EQUIVALENTS] = "Band D equivalents",
                                               [TERM_TAX_BASE] = "Council tax base",
                                               [TERM_COLLECTION] = "Collection rate",
                                               [TERM_INCOME] = "Business rates income",
                                               [TERM_BASELINE] = "Business rates baseline",
                                               [TERM_BASELINE_FUNDING] = "Baseline funding level" };
  return labels[t];
}

static const char *unit_of(int t)
{
  const char unit = term_kinds[t].unit;
  return unit == 'P' ? "%" : unit == 'E' ? "" : POUNDS;
}

static enum look look_of(int t)
{
  const char unit = term_kinds[t].unit;
  return unit == 'P' ? LOOK_PERCENT : unit == 'E' ? LOOK_COUNT : unit == 'H' ? LOOK_PENNIES : LOOK_MONEY;
}

void funding_declare(struct compiler *c)
{
  for (int t = 0; t < N_TERMS; t++) {
    const struct term *term = &c->plan->term[t];
    c->term[t] = (struct series_rows){ &term->series, 1.0, c->term[t].input, NO_ROW, NO_ROW, NO_ROW, NO_ROW, -1 };
    if (term->input >= 0) {
      series_declare(c, &c->term[t], term_label(t), term_kinds[t].area, unit_of(t), t == TERM_BAND_D);
    }
  }
  c->rates_local = c->rates_before_net = NO_ROW;
  if (c->plan->business_rates_line >= 0) {
    c->rates_local = figure_row(c, SHEET_LINES, "Business rates: local share", "business_rates", POUNDS);
    c->rates_before_net =
        figure_row(c, SHEET_LINES, "Business rates: after top-up or tariff and levy", "business_rates", POUNDS);
  }
  const bool through_the_fund = c->plan->council_tax_line >= 0 && !c->plan->collection_at_once;
  c->budgeted = through_the_fund && moves(c, TERM_COLLECTION)
                    ? figure_row(c, SHEET_LINES, "Collection rate that the budget stands on", "council_tax", "%")
                    : NO_ROW;
  c->core_held = c->asc_held = c->allowed = c->band_d_held = NO_ROW;
  if (c->plan->term[TERM_BAND_D].input < 0) {
    return;
  }
  if (rises_move(c)) {
    c->asc_held = figure_row(c, SHEET_LINES, "Adult social care precept, held to the limit", "council_tax", "%");
    c->allowed = figure_row(c, SHEET_LINES, "Highest total rise without a referendum", "council_tax", "%");
    c->core_held = figure_row(c, SHEET_LINES, "Core rise, held to the limit", "council_tax", "%");
  }
  if (c->input[c->plan->term[TERM_BAND_D].input].changed) {
    c->band_d_held = figure_row(c, SHEET_LINES, "Band D council tax, held to the limit", "council_tax", POUNDS);
  }
}

const char *term_value(struct compiler *c, enum term_id id, int block, int year)
{
  return changed_value(c, c->plan->term[id].input, block, year, series_value(c, &c->term[id], block, year));
}

/* ---- council tax --------------------------------------------------------------------------------------- */

/* The highest total rise that is not excessive; 1 where there is no limit. */
static const char *highest_rise(struct compiler *c, int block, int year, const char *last)
{
  const char *limit = term_value(c, TERM_LIMIT, block, year), *pounds = term_value(c, TERM_LIMIT_GBP, block, year);
  const char *under = words(c->book, "%s-0.0001", limit);
  const char *by_pounds =
      strcmp(pounds, "0") == 0 ? "0" : words(c->book, "IF(AND(%s>0,%s>0),%s/%s,0)", pounds, last, pounds, last);
  return words(c->book, "MAX(%s,%s)", under, by_pounds);
}

static bool parts_are_limited(const struct compiler *c, int block, int year)
{
  const struct plan *plan = c->plan;
  const bool social_care = plan->class == COUNCIL_UNITARY || plan->class == COUNCIL_COUNTY ||
                           plan->class == COUNCIL_METROPOLITAN || plan->class == COUNCIL_LONDON_BOROUGH;
  const struct term *limit = &plan->term[TERM_LIMIT];
  return social_care && !limit->present && !c->block[block].touched[limit->input] && limit->series.path[year] > 0.0;
}

static const char *part_held(struct compiler *c, enum term_id id, const char *most, int block, int year)
{
  const char *rise = term_value(c, id, block, year);
  return parts_are_limited(c, block, year)
             ? words(c->book, "MIN(%s,MAX(%s,%s))", rise, term_value(c, id, 0, year), most)
             : rise;
}

/* Rule 2.  The core rise gives way; the care precept stands.  A published Band D rises by its step too. */
static void hold_rises(struct compiler *c, int block, int year, const char *last, const char *step)
{
  const struct spot asc = in_block(c, SHEET_LINES, c->asc_held, block, year);
  const struct spot allowed = in_block(c, SHEET_LINES, c->allowed, block, year);
  const struct spot held = in_block(c, SHEET_LINES, c->core_held, block, year);
  const char *own_core = term_value(c, TERM_CORE_RISE, 0, year), *own_asc = term_value(c, TERM_ASC_RISE, 0, year);
  const char *limit = term_value(c, TERM_LIMIT, block, year);
  const char *highest =
      strcmp(limit, "0") == 0 ? "1" : words(c->book, "IF(%s>0,%s,1)", limit, highest_rise(c, block, year, last));
  const char *stepped = strcmp(step, "0") == 0 ? "" : words(c->book, "-IF(%s>0,%s/%s,0)", last, step, last);
  put_formula(c->book, asc, LOOK_PERCENT, "%s", part_held(c, TERM_ASC_RISE, "0.02", block, year));
  put_formula(c->book, allowed, LOOK_PERCENT, "MAX(%s%s,%s+%s)", highest, stepped, own_core, own_asc);
  const char *core = part_held(c, TERM_CORE_RISE, "0.0299", block, year);
  put_formula(c->book, held, LOOK_PERCENT, "IF(%s+%s>%s+0.000000000001,%s-%s,%s)", core, ref(c->book, asc),
              ref(c->book, allowed), ref(c->book, allowed), ref(c->book, asc), core);
}

static const char *raised(struct compiler *c, const char *last, const char *core, const char *asc)
{
  return words(c->book, "%s+%s+%s", last, rounded_hundredths(c, words(c->book, "%s*%s", last, core), core),
               rounded_hundredths(c, words(c->book, "%s*%s", last, asc), asc));
}

static struct spot step_spot(const struct compiler *c, int year)
{
  return (struct spot){ SHEET_STEPS, c->term[TERM_BAND_D].step, FIRST_COLUMN + year };
}

/* Rule 1: Band D carries, and a change to the year's own Band D acts in that year alone. */
static void band_d(struct compiler *c, int block, int year)
{
  struct series_rows *rows = &c->term[TERM_BAND_D];
  const bool filled = rows->series->filled[year];
  const char *last = series_value(c, rows, block, year - 1);
  if (block == 0 && filled) {
    put_formula(c->book, step_spot(c, year), LOOK_PENNIES, "%s-(%s)", input_cell(c, rows->input, year),
                raised(c, last, term_value(c, TERM_CORE_RISE, 0, year), term_value(c, TERM_ASC_RISE, 0, year)));
  }
  const char *step = filled ? ref_fixed(c->book, step_spot(c, year)) : "0";
  const char *core = term_value(c, TERM_CORE_RISE, block, year), *asc = term_value(c, TERM_ASC_RISE, block, year);
  if (rises_move(c)) {
    hold_rises(c, block, year, last, step);
    core = block_ref(c, SHEET_LINES, c->core_held, block, year);
    asc = block_ref(c, SHEET_LINES, c->asc_held, block, year);
  }
  const struct spot carried = in_block(c, SHEET_LINES, rows->carried, block, year);
  if (block == 0 && filled) {
    put_formula(c->book, carried, LOOK_PENNIES, "%s", input_cell(c, rows->input, year));
  } else {
    put_formula(c->book, carried, LOOK_PENNIES, "ROUND(%s%s%s,2)", raised(c, last, core, asc), filled ? "+" : "",
                filled ? step : "");
  }
  if (c->band_d_held == NO_ROW) {
    return;
  }
  const char *moved = term_value(c, TERM_BAND_D, block, year), *limit = term_value(c, TERM_LIMIT, block, year);
  const char *highest =
      rounded_hundredths(c, words(c->book, "(%s+%s*%s)", last, last, highest_rise(c, block, year, last)), "");
  const struct spot held = in_block(c, SHEET_LINES, c->band_d_held, block, year);
  if (block == 0 || strcmp(limit, "0") == 0) {
    put_formula(c->book, held, LOOK_PENNIES, "%s", moved);
  } else {
    put_formula(c->book, held, LOOK_PENNIES, "IF(AND(%s>0,%s>0),MIN(%s,MAX(%s,%s)),%s)", limit, last, moved, highest,
                ref(c->book, carried), moved);
  }
}

static const char *tax(struct compiler *c, int block, int year, const char *collection)
{
  const enum term_id base = c->plan->term[TERM_EQUIVALENTS].present ? TERM_EQUIVALENTS : TERM_TAX_BASE;
  const char *collected =
      rounded_hundredths(c, words(c->book, "%s*%s", term_value(c, base, block, year), collection), "");
  const char *contributions = term_value(c, TERM_CONTRIBUTIONS, block, year);
  const char *of_band_d = c->band_d_held != NO_ROW ? block_ref(c, SHEET_LINES, c->band_d_held, block, year)
                                                   : term_value(c, TERM_BAND_D, block, year);
  return rounded(c, words(c->book, "%s*(%s+%s)", of_band_d, collected, contributions), "");
}

/* Rule 3: the plan's own rate, and what the year before was off it already, as far as that lasts. */
static void budgeted_rate(struct compiler *c, int block, int year)
{
  const char *planned = term_value(c, TERM_COLLECTION, 0, year), *rate = planned;
  if (year > 0) {
    const char *now = term_value(c, TERM_COLLECTION, block, year);
    const char *off = words(c->book, "%s-%s", now, planned);
    const char *known = words(c->book, "(%s-%s)", term_value(c, TERM_COLLECTION, block, year - 1),
                              term_value(c, TERM_COLLECTION, 0, year - 1));
    rate = words(c->book, "IF(%s<0,IF(%s<0,IF(%s<%s,%s+%s,%s),%s),IF(%s<0,%s,IF(%s>%s,%s+%s,%s)))", known, off, off,
                 known, planned, known, now, planned, off, planned, off, known, planned, known, now);
  }
  put_formula(c->book, in_block(c, SHEET_LINES, c->budgeted, block, year), LOOK_PERCENT, "%s", rate);
}

const char *council_tax_formula(struct compiler *c, int block, int year)
{
  band_d(c, block, year);
  if (c->budgeted == NO_ROW) { /* at once, or as planned throughout */
    return tax(c, block, year, term_value(c, TERM_COLLECTION, block, year));
  }
  budgeted_rate(c, block, year);
  return tax(c, block, year, block_ref(c, SHEET_LINES, c->budgeted, block, year));
}

/* Rule 3's other half: what was collected less what was budgeted, a year later. */
const char *collection_formula(struct compiler *c, int block, int year)
{
  return c->budgeted == NO_ROW || year == 0
             ? "0"
             : words(c->book, "%s-%s", tax(c, block, year - 1, term_value(c, TERM_COLLECTION, block, year - 1)),
                     tax(c, block, year - 1, block_ref(c, SHEET_LINES, c->budgeted, block, year - 1)));
}

/* ---- business rates ------------------------------------------------------------------------------------ */

const char *business_rates_formula(struct compiler *c, int block, int year)
{
  const char *income = term_value(c, TERM_INCOME, block, year), *share = term_value(c, TERM_LOCAL_SHARE, block, year);
  const char *baseline = term_value(c, TERM_BASELINE, block, year);
  const char *funding = term_value(c, TERM_BASELINE_FUNDING, block, year);
  const struct spot local = in_block(c, SHEET_LINES, c->rates_local, block, year);
  const struct spot before_net = in_block(c, SHEET_LINES, c->rates_before_net, block, year);
  put_formula(c->book, local, LOOK_MONEY, "%s", rounded(c, words(c->book, "%s*%s", income, share), ""));
  const char *levy = rounded(
      c, words(c->book, "%s*MAX(0,%s-%s)", term_value(c, TERM_LEVY_RATE, block, year), ref(c->book, local), baseline),
      "");
  put_formula(c->book, before_net, LOOK_MONEY, "%s+%s-%s", ref(c->book, local),
              rounded(c, words(c->book, "(%s-%s)", funding, baseline), NULL), levy);
  const char *net = rounded(c, words(c->book, "%s*%s", term_value(c, TERM_SAFETY_NET, block, year), funding), "");
  struct sum sum = { 0 };
  sum_add(&sum, 1.0, ref(c->book, before_net));
  sum_add(&sum, 1.0, words(c->book, "MAX(0,%s-%s)", net, ref(c->book, before_net)));
  for (int t = TERM_SECTION_31; t <= TERM_POOL; t++) {
    const char *more = term_value(c, (enum term_id)t, block, year);
    sum_add(&sum, 1.0, strcmp(more, "0") == 0 ? "0" : rounded(c, more, NULL));
  }
  return sum_close(c->book, &sum);
}

void terms_compile(struct compiler *c, int block, int year)
{
  for (int t = 0; t < N_TERMS; t++) {
    if (t != TERM_BAND_D && c->plan->term[t].input >= 0) {
      series_compile(c, &c->term[t], look_of(t), block, year);
    }
  }
}
