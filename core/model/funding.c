/* funding.c: council tax and retained business rates of one year (domain rules R21 to R25, format.md section 5).
 *
 * (1) Each rise is rounded to the penny on last year's Band D; the base to two places; council tax to the pound.
 * (2) A rise that a scenario would make excessive is held just below the referendum limit; the plan's own rise is left
 * as it is. Excessive is at or above the per cent and, where an amount is given, more than the pounds.  Where the
 * folder gives no limit of its own, the core rise of an authority with social care stays below 3% too, and its care
 * precept at 2%. (3) What a collection rate is off the plan reaches the General Fund a year later, one-off; the part
 * that lasts into the next year is known by then, and that year's budget stands on it.  Unless the council takes it at
 * once (R23). (4) Business rates: local share, then top-up or tariff, levy on growth above the baseline,
 * safety net, in that order (R25). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

static double *term_value(struct projection *p, enum term_id id, int year)
{
  const int input = p->plan->term[id].input;
  return input >= 0 ? ROW(p, input, input, year) : ROW(p, term, id, year);
}

void terms_year(struct projection *p, int year)
{
  for (int t = 0; t < N_TERMS; t++) {
    const bool held = (t == TERM_CORE_RISE || t == TERM_ASC_RISE) &&
                      p->varies.band_d; /* hold_rise writes them, so they start afresh */
    if (t == TERM_BAND_D || (!p->varies.term[t] && !held)) {
      continue;
    }
    series_year(p, &p->plan->term[t].series, &p->term, t, year);
    if (p->plan->term[t].input >= 0) {
      input_from_path(p, p->plan->term[t].input, ROW(p, term, t, year), year);
    }
  }
}

/* The highest total rise that is not excessive: just under the per cent, or the pounds if that is more. */
static double highest_rise(double limit, double limit_gbp, double last)
{
  const double under = limit - 0.0001;
  const double by_pounds = limit_gbp > 0.0 && last > 0.0 ? limit_gbp / last : 0.0;
  return under > by_pounds ? under : by_pounds;
}

static bool parts_are_limited(const struct projection *p, int year)
{
  const struct plan *plan = p->plan;
  const bool social_care = plan->class == COUNCIL_UNITARY || plan->class == COUNCIL_COUNTY ||
                           plan->class == COUNCIL_METROPOLITAN || plan->class == COUNCIL_LONDON_BOROUGH;
  const struct term *limit = &plan->term[TERM_LIMIT];
  return social_care && !limit->present && !p->reached[limit->input] && limit->series.path[year] > 0.0;
}

/* One of the two rises, at most what is not excessive by itself; the plan's own stands. */
static void hold_part(struct projection *p, enum term_id id, double most, int year)
{
  const double own = p->plan->term[id].series.path[year], allowed = own > most ? own : most;
  double *rise = term_value(p, id, year);
  const double wanted = rise[0];
  FOR_LANES(p, i)
  {
    rise[i] = smaller(rise[i], allowed);
  }
  p->clamped[(size_t)p->plan->term[id].input * (size_t)p->n_years + (size_t)year] |= rise[0] != wanted;
}

/* Rule 2.  The core rise gives way; the care precept stands.  A published Band D rises by its step too. */
static void hold_rise(struct projection *p, const double *last, double step, int year)
{
  const struct plan *plan = p->plan;
  if (parts_are_limited(p, year)) {
    hold_part(p, TERM_CORE_RISE, 0.0299, year);
    hold_part(p, TERM_ASC_RISE, 0.02, year);
  }
  double *core = term_value(p, TERM_CORE_RISE, year);
  const double *asc = term_value(p, TERM_ASC_RISE, year);
  const double *limit = term_value(p, TERM_LIMIT, year), *pounds = term_value(p, TERM_LIMIT_GBP, year);
  const double own_core = plan->term[TERM_CORE_RISE].series.path[year];
  const double own = own_core + plan->term[TERM_ASC_RISE].series.path[year];
  const double wanted = core[0];
  FOR_LANES(p, i)
  {
    const double highest = limit[i] > 0.0 ? highest_rise(limit[i], pounds[i], last[i]) : 1.0;
    const double stepped = last[i] > 0.0 ? step / last[i] : 0.0;
    const double allowed = highest - stepped > own ? highest - stepped : own;
    core[i] = core[i] + asc[i] > allowed + 1e-12 ? allowed - asc[i] : core[i];
  }
  p->clamped[(size_t)plan->term[TERM_CORE_RISE].input * (size_t)p->n_years + (size_t)year] |= core[0] != wanted;
}

/* Rule 2 for a Band D that a scenario moves itself: never past what the rises may make it. */
static void hold_band_d(struct projection *p, const double *carried, const double *last, int year)
{
  const int input = p->plan->term[TERM_BAND_D].input;
  if (!p->reached[input]) {
    return;
  }
  const double *limit = term_value(p, TERM_LIMIT, year), *pounds = term_value(p, TERM_LIMIT_GBP, year);
  double *band_d = ROW(p, input, input, year);
  const double wanted = band_d[0];
  FOR_LANES(p, i)
  {
    const double highest = hundredths(last[i] + last[i] * highest_rise(limit[i], pounds[i], last[i]));
    const double allowed = highest > carried[i] ? highest : carried[i];
    band_d[i] = limit[i] > 0.0 && last[i] > 0.0 && band_d[i] > allowed ? allowed : band_d[i];
  }
  p->clamped[(size_t)input * (size_t)p->n_years + (size_t)year] |= band_d[0] != wanted;
}

/* Rule 1: Band D carries, and a change to the year's own Band D acts in that year alone. */
static void band_d_row(struct projection *p, int year)
{
  const struct term *term = &p->plan->term[TERM_BAND_D];
  double *carried = ROW(p, term, TERM_BAND_D, year), *last = SCRATCH(p, 4);
  if (year > 0) {
    const double *before = ROW(p, term, TERM_BAND_D, year - 1);
    FOR_LANES(p, i)
    {
      last[i] = before[i];
    }
  } else {
    row_fill(p, last, term->series.has_base ? term->series.base : 0.0);
  }
  const double step = term->series.step[year];
  hold_rise(p, last, step, year);
  const double *core = term_value(p, TERM_CORE_RISE, year), *asc = term_value(p, TERM_ASC_RISE, year);
  FOR_LANES(p, i)
  {
    carried[i] = hundredths(last[i] + hundredths(last[i] * core[i]) + hundredths(last[i] * asc[i]) + step);
  }
  input_from_path(p, term->input, carried, year);
  hold_band_d(p, carried, last, year);
}

static double tax(double band_d, double equivalents, double collection, double contributions)
{
  return round_units(band_d * (hundredths(equivalents * collection) + contributions));
}

/* Rule 3: what falls short of the rate that the budget stands on is next year's one-off. */
static void collection_shortfall(struct projection *p, int year, const double *band_d, const double *equivalents,
                                 const double *contributions, double *amount)
{
  const double *path = p->plan->term[TERM_COLLECTION].series.path, *now = term_value(p, TERM_COLLECTION, year);
  const double *before = year > 0 ? term_value(p, TERM_COLLECTION, year - 1) : NULL;
  double *next = year + 1 < p->n_years ? ROW(p, line, p->plan->n_lines + ENGINE_COLLECTION, year + 1) : SCRATCH(p, 5);
  FOR_LANES(p, i)
  {
    const double rate =
        before == NULL ? path[year] : collection_budgeted(path[year], now[i], path[year - 1], before[i]);
    const double budgeted = tax(band_d[i], equivalents[i], rate, contributions[i]);
    next[i] = budgeted + amount[i]; /* amount is -tax at the rate collected */
    amount[i] = -budgeted;
  }
}

void council_tax_year(struct projection *p, int year)
{
  const struct plan *plan = p->plan;
  if (plan->term[TERM_BAND_D].input < 0) {
    return;
  }
  if (p->varies.band_d) {
    band_d_row(p, year);
  }
  const enum term_id base = plan->term[TERM_EQUIVALENTS].present ? TERM_EQUIVALENTS : TERM_TAX_BASE;
  const double *band_d = term_value(p, TERM_BAND_D, year), *equivalents = term_value(p, base, year);
  const double *collection = term_value(p, TERM_COLLECTION, year),
               *contributions = term_value(p, TERM_CONTRIBUTIONS, year);
  double *amount = ROW(p, line, plan->council_tax_line, year);
  FOR_LANES(p, i)
  {
    amount[i] = -tax(band_d[i], equivalents[i], collection[i], contributions[i]);
  }
  if (!plan->collection_at_once) {
    collection_shortfall(p, year, band_d, equivalents, contributions, amount);
  }
}

void business_rates_year(struct projection *p, int year)
{
  const double *income = term_value(p, TERM_INCOME, year), *share = term_value(p, TERM_LOCAL_SHARE, year);
  const double *baseline = term_value(p, TERM_BASELINE, year), *funding = term_value(p, TERM_BASELINE_FUNDING, year);
  const double *levy_rate = term_value(p, TERM_LEVY_RATE, year), *net = term_value(p, TERM_SAFETY_NET, year);
  const double *section_31 = term_value(p, TERM_SECTION_31, year), *pool = term_value(p, TERM_POOL, year);
  double *amount = ROW(p, line, p->plan->business_rates_line, year);
  FOR_LANES(p, i) /* Rule 4 */
  {
    const double local = round_units(income[i] * share[i]);
    const double top_up = round_units(funding[i] - baseline[i]);
    const double levy = round_units(levy_rate[i] * at_least_0(local - baseline[i]));
    const double before_net = local + top_up - levy;
    const double safety = at_least_0(round_units(net[i] * funding[i]) - before_net);
    amount[i] = -(before_net + safety + round_units(section_31[i]) + round_units(pool[i]));
  }
}
