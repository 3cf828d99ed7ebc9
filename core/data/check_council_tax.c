/* check_council_tax.c: the plan's own council tax against the referendum principles (R21, R22, domain.md 1.3).
 *
 * (1) A rise is excessive at or above the per cent and, where pounds are given, more than the pounds: 4.99% passes at
 * 5%, 5.00% does not. (2) Where the folder gives no limit of its own, the core rise of an authority with social care
 * has to stay below 3% and the care precept at no more than 2%, besides the two together. The test is made on Band D to
 * the penny, as bills are, and on the per cent as typed, so that rounding hides nothing. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/words.h"

#include <math.h>

enum { MILLION = 1000000 };

/* One year's rise of Band D. */
struct rise {
  pence last, amount;
  double core, asc; /* as typed; 0 where Band D itself is published */
  double limit, limit_gbp;
};

static double path_of(const struct plan *plan, enum term_id term, int year)
{
  return plan->term[term].series.path[year];
}

static struct rise rise_in(const struct plan *plan, int year)
{
  const struct series *band_d = &plan->term[TERM_BAND_D].series;
  const double last = year > 0 ? band_d->path[year - 1] : band_d->has_base ? band_d->base : 0.0;
  const bool typed = !band_d->filled[year];
  return (struct rise){ .last = pence_of(last),
                        .amount = pence_of(band_d->path[year]) - pence_of(last),
                        .core = typed ? path_of(plan, TERM_CORE_RISE, year) : 0.0,
                        .asc = typed ? path_of(plan, TERM_ASC_RISE, year) : 0.0,
                        .limit = path_of(plan, TERM_LIMIT, year),
                        .limit_gbp = path_of(plan, TERM_LIMIT_GBP, year) };
}

static int64_t millionths(double fraction)
{
  return (int64_t)llround(fraction * MILLION);
}

/* Rule 1 */
static bool is_excessive(const struct rise *rise)
{
  const int64_t limit = millionths(rise->limit);
  const bool by_percent = rise->amount * MILLION >= limit * rise->last || millionths(rise->core + rise->asc) >= limit;
  const bool by_pounds = rise->limit_gbp <= 0.0 || rise->amount > pence_of(rise->limit_gbp);
  return limit > 0 && rise->last > 0 && rise->amount > 0 && by_percent && by_pounds;
}

/* The largest rise in pence that is not excessive. */
static pence highest_rise(const struct rise *rise)
{
  const int64_t below = (millionths(rise->limit) * rise->last + MILLION - 1) / MILLION - 1;
  const pence pounds = pence_of(rise->limit_gbp);
  return below > pounds ? below : pounds;
}

/* Rule 2 */
static bool parts_excessive(const struct plan *plan, const struct rise *rise)
{
  const bool social_care = plan->class == COUNCIL_UNITARY || plan->class == COUNCIL_COUNTY ||
                           plan->class == COUNCIL_METROPOLITAN || plan->class == COUNCIL_LONDON_BOROUGH;
  const bool own_limit = plan->term[TERM_LIMIT].present;
  return social_care && !own_limit && rise->limit > 0.0 &&
         (millionths(rise->core) >= 30000 || millionths(rise->asc) > 20000);
}

static double tax_base(const struct plan *plan, int year)
{
  const double collected =
      plan->term[TERM_TAX_BASE].present
          ? path_of(plan, TERM_TAX_BASE, year)
          : round_hundredths(path_of(plan, TERM_EQUIVALENTS, year) * path_of(plan, TERM_COLLECTION, year));
  return collected + path_of(plan, TERM_CONTRIBUTIONS, year);
}

static const char *per_cent(struct reading *reading, double fraction)
{
  return arena_printf(reading->arena, "%.2f%%", fraction * 100.0);
}

static struct place rise_place(const struct plan *plan, int year)
{
  const struct term *typed = &plan->term[TERM_CORE_RISE];
  return plan->term[TERM_BAND_D].series.filled[year] || !typed->present ? plan->term[TERM_BAND_D].place : typed->place;
}

static void tell_excessive(struct reading *reading, const struct rise *rise, int year)
{
  const struct plan *plan = reading->plan;
  const bool typed = rise->core + rise->asc > 0.0;
  const double percent = typed ? rise->core + rise->asc : (double)rise->amount / (double)rise->last;
  const pence over = rise->amount - highest_rise(rise);
  struct finding *finding =
      finding_add(reading->findings, CODE_REFERENDUM, rise_place(plan, year),
                  "Band D rises by %s, %s, in %s: at or above %s%s it needs a referendum", per_cent(reading, percent),
                  money_exact(reading, rise->amount), year_words(reading, year), per_cent(reading, rise->limit),
                  rise->limit_gbp > 0.0 ? arena_printf(reading->arena, " and more than %s",
                                                       money_exact(reading, pence_of(rise->limit_gbp)))
                                        : "");
  finding_amount(finding, pence_of(round_units(gbp_from_pence(over > 1 ? over : 1) * tax_base(plan, year))));
  finding_label(reading->findings, finding, "a rise of at most %s is below it",
                money_exact(reading, highest_rise(rise)));
  finding_help(reading->findings, finding, "a council with leave for a higher rise gives it in the row 'limit'");
}

static void tell_parts(struct reading *reading, const struct rise *rise, int year)
{
  const bool core = millionths(rise->core) >= 30000;
  const double over = core ? rise->core - 0.0299 : rise->asc - 0.02;
  struct finding *finding =
      finding_add(reading->findings, CODE_REFERENDUM,
                  core ? rise_place(reading->plan, year) : reading->plan->term[TERM_ASC_RISE].place,
                  core ? "the core rise of %s in %s is at or above 3%%, whatever the care precept"
                       : "the care precept of %s in %s is more than 2%%",
                  per_cent(reading, core ? rise->core : rise->asc), year_words(reading, year));
  finding_amount(finding, pence_of(round_units(round_hundredths(gbp_from_pence(rise->last) * over) *
                                               tax_base(reading->plan, year))));
  finding_label(reading->findings, finding, core ? "2.99%% is below it" : "2%% is the most");
  finding_help(reading->findings, finding, "a council with leave for a higher rise gives it in the row 'limit'");
}

/* The first year that is excessive is told: the rest follow from the same rows. */
void check_council_tax(struct reading *reading)
{
  const struct plan *plan = reading->plan;
  if (!plan->term[TERM_BAND_D].present || plan->council_tax_line < 0) {
    return;
  }
  for (int y = 0; y < plan->n_years; y++) {
    const struct rise rise = rise_in(plan, y);
    if (is_excessive(&rise)) {
      tell_excessive(reading, &rise, y);
      return;
    }
    if (parts_excessive(plan, &rise)) {
      tell_parts(reading, &rise, y);
      return;
    }
  }
}
