/* estimate.c: what tallies say, each with its standard error.
 *
 * (1) A value is that of all draws together; its error is the standard deviation of the sets' own values over
 *     the square root of their number.  Sets are independent whatever the sampler does inside one.
 * (2) Draws are spread evenly over a bin, but for those that share the value `often`, at the beginning of
 *     theirs, and for those in the bin of a point.
 * (3) The draws of an even sample in one set are a grid: no set tells a chance, or where a quantile lies,
 *     closer than half a draw. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/tallies.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- sets ---------------------------------------------------------------------------------------------- */

struct asked {
  const struct tally_plan *plan;
  const uint64_t *tally;
  int index; /* counter or quantity */
  double p;
};

static double draws_in(const struct asked *asked, int set)
{
  double sum = 0.0;
  for (int i = set < 0 ? 0 : set; i < (set < 0 ? DRAW_SETS : set + 1); i++) {
    sum += (double)asked->tally[tally_at_set(asked->plan, i)];
  }
  return sum;
}

/* Rule 1. */
static struct estimate over_sets(const struct asked *asked, double value(const struct asked *, int set))
{
  double mean = 0.0, square = 0.0;
  int n = 0;
  for (int set = 0; set < DRAW_SETS; set++) {
    if (draws_in(asked, set) > 0.0) {
      const double own = value(asked, set), away = own - mean;
      mean += away / ++n;
      square += away * (own - mean);
    }
  }
  const double all = n > 0 ? value(asked, ALL_SETS) : 0.0;
  return (struct estimate){ all, n > 1 ? sqrt(square / (n - 1) / n) : (double)INFINITY };
}

uint64_t tally_draws(const struct tally_plan *plan, const uint64_t *tally)
{
  uint64_t sum = 0;
  for (int set = 0; set < DRAW_SETS; set++) {
    sum += tally[tally_at_set(plan, set)];
  }
  return sum;
}

/* ---- sums ---------------------------------------------------------------------------------------------- */

static double quantity_sum(const struct asked *asked, int set, int which)
{
  double sum = 0.0;
  for (int i = set < 0 ? 0 : set; i < (set < 0 ? DRAW_SETS : set + 1); i++) {
    sum += (double)(int64_t)asked->tally[tally_at_quantity(asked->plan, i, asked->index) + (size_t)which];
  }
  return sum;
}

static double chance_of(const struct asked *asked, int set)
{
  double sum = 0.0;
  for (int i = set < 0 ? 0 : set; i < (set < 0 ? DRAW_SETS : set + 1); i++) {
    sum += (double)asked->tally[tally_at_set(asked->plan, i) + 1 + (size_t)asked->index];
  }
  return sum / draws_in(asked, set);
}

/* Rule 3: `grid` is what one draw of a set is worth; each set is off by up to half of it either way, evenly. */
static double no_closer(double error, double grid)
{
  return sqrt(error * error + grid * grid / 12.0 / DRAW_SETS);
}

struct estimate tally_chance(const struct tally_plan *plan, const uint64_t *tally, int counter)
{
  const struct asked asked = { plan, tally, counter, 0.0 };
  struct estimate found = over_sets(&asked, chance_of);
  found.error = no_closer(found.error, DRAW_SETS / draws_in(&asked, ALL_SETS));
  return found;
}

static double mean_of(const struct asked *asked, int set)
{
  return quantity_sum(asked, set, SUM_UNITS) / draws_in(asked, set);
}

struct estimate tally_mean(const struct tally_plan *plan, const uint64_t *tally, int quantity)
{
  const struct asked asked = { plan, tally, quantity, 0.0 };
  return over_sets(&asked, mean_of);
}

double tally_sd(const struct tally_plan *plan, const uint64_t *tally, int quantity)
{
  const struct asked asked = { plan, tally, quantity, 0.0 };
  const struct tally_range *range = &plan->range[quantity];
  const double n = draws_in(&asked, ALL_SETS), breadth = range->width * plan->n_bins;
  const double mean = (mean_of(&asked, ALL_SETS) - range->low - 0.5 * breadth) / breadth;
  const double variance = quantity_sum(&asked, ALL_SETS, SUM_SQUARES) / 0x1p32 / n - mean * mean;
  return variance > 0.0 ? breadth * sqrt(variance) : 0.0;
}

uint64_t tally_outside(const struct tally_plan *plan, const uint64_t *tally, int quantity)
{
  const struct asked asked = { plan, tally, quantity, 0.0 };
  return (uint64_t)(quantity_sum(&asked, ALL_SETS, COUNT_BELOW) + quantity_sum(&asked, ALL_SETS, COUNT_ABOVE));
}

/* ---- histograms ---------------------------------------------------------------------------------------- */

static const uint64_t *bins_of(const struct asked *asked, int set)
{
  return asked->tally + tally_at_bins(asked->plan, set, asked->index);
}

static uint32_t count_in(const uint64_t *bins, int bin)
{
  return (uint32_t)(bins[bin / 2] >> (bin % 2 * 32));
}

static double in_bin(const struct asked *asked, int set, int bin)
{
  uint64_t sum = 0;
  for (int i = set < 0 ? 0 : set; i < (set < 0 ? DRAW_SETS : set + 1); i++) {
    sum += count_in(bins_of(asked, i), bin);
  }
  return (double)sum;
}

/* In bins by pairs, from one pair up to another. */
static uint64_t in_pairs(const uint64_t *bins, int from, int to)
{
  uint64_t sum = 0;
  for (int pair = from; pair < to; pair++) {
    sum += (bins[pair] >> 32) + (bins[pair] & UINT32_MAX);
  }
  return sum;
}

/* In bins before that one. */
static double in_bins_before(const struct asked *asked, int set, int bin)
{
  uint64_t sum = 0;
  for (int i = set < 0 ? 0 : set; i < (set < 0 ? DRAW_SETS : set + 1); i++) {
    const uint64_t *bins = bins_of(asked, i);
    sum += in_pairs(bins, 0, bin / 2);
    sum += bin % 2 > 0 ? count_in(bins, bin - 1) : 0;
  }
  return (double)sum;
}

/* Rule 2: a bin as `exact` draws on its first value and `even` over all of it; a point is all of its bin. */
struct bin {
  double from, last, exact, even;
};

static struct bin bin_of(const struct asked *asked, int set, int i)
{
  const struct tally_range *range = &asked->plan->range[asked->index];
  struct bin bin = { .from = range->low + range->width * i, .even = in_bin(asked, set, i) };
  bin.last = bin.from + range->width - 1.0;
  if (bin.from == range->often) {
    bin.exact = quantity_sum(asked, set, COUNT_OFTEN);
    bin.even -= bin.exact;
  }
  for (int k = 0; k < range->n_points; k++) {
    const double point = range->point[k];
    if (point >= bin.from && point < bin.from + range->width) {
      return (struct bin){ .from = point, .last = point, .exact = bin.even };
    }
  }
  return bin;
}

/* How many draws lie before each stretch of bins, set by set and then of all: looked up as often as there are
 * quantiles. */
enum { STRETCH = 64 };
struct curve {
  struct asked asked;
  int n_stretches;
  double *before; /* [(set, or DRAW_SETS for all) * (n_stretches + 1) + stretch] */
};

static double *curve_of_set(const struct curve *curve, int set)
{
  return curve->before + (size_t)(set < 0 ? DRAW_SETS : set) * ((size_t)curve->n_stretches + 1);
}

static int bins_by(const struct curve *curve, int stretch)
{
  const int end = stretch * STRETCH, n_bins = curve->asked.plan->n_bins;
  return end < n_bins ? end : n_bins;
}

static bool curve_init(struct curve *curve, const struct tally_plan *plan, const uint64_t *tally, int quantity)
{
  const int n = (plan->n_bins + STRETCH - 1) / STRETCH;
  *curve =
      (struct curve){ { plan, tally, quantity, 0.0 }, n, calloc((DRAW_SETS + 1) * ((size_t)n + 1), sizeof(double)) };
  for (int set = 0; curve->before != NULL && set < DRAW_SETS; set++) {
    double *before = curve_of_set(curve, set), *all = curve_of_set(curve, ALL_SETS);
    for (int k = 0; k < n; k++) {
      before[k + 1] =
          before[k] + (double)in_pairs(bins_of(&curve->asked, set), bins_by(curve, k) / 2, bins_by(curve, k + 1) / 2);
      all[k + 1] += before[k + 1];
    }
  }
  return curve->before != NULL;
}

/* The bin in which the draw number `left` lies, the last of all where it is beyond; *before: draws in those before. */
static int bin_at(const struct curve *curve, int set, double left, double *before)
{
  const double *by = curve_of_set(curve, set);
  const double all = by[curve->n_stretches], wanted = left < all ? left : all;
  int stretch = 0;
  while (stretch + 1 < curve->n_stretches && (by[stretch + 1] < wanted || by[stretch + 1] <= 0.0)) {
    stretch++;
  }
  const int end = bins_by(curve, stretch + 1);
  *before = by[stretch];
  for (int bin = bins_by(curve, stretch); bin < end; bin++) {
    const double here = in_bin(&curve->asked, set, bin);
    if (*before + here >= wanted && *before + here > 0.0) {
      return bin;
    }
    *before += here;
  }
  return 0; /* no draws */
}

static double quantile_on(const struct curve *curve, int set, double p)
{
  double left = p * curve_of_set(curve, set)[curve->n_stretches], before = 0.0;
  const int i = bin_at(curve, set, left, &before);
  const struct bin bin = bin_of(&curve->asked, set, i);
  left -= before;
  if (left <= bin.exact || bin.even <= 0.0) {
    return bin.from;
  }
  const double part = (left - bin.exact) / bin.even;
  const double inside =
      (part < 1.0 ? part : 1.0) * (bin.last - bin.from + 1.0) - 0.5; /* whole values, in their middles */
  return bin.from + fmin(fmax(inside, 0.0), bin.last - bin.from);
}

/* Rule 1. */
static double error_over_sets(const struct curve *curve, double p)
{
  double mean = 0.0, square = 0.0;
  int n = 0;
  for (int set = 0; set < DRAW_SETS; set++) {
    if (draws_in(&curve->asked, set) > 0.0) {
      const double own = quantile_on(curve, set, p), away = own - mean;
      mean += away / ++n;
      square += away * (own - mean);
    }
  }
  return n > 1 ? sqrt(square / (n - 1) / n) : (double)INFINITY;
}

void tally_quantiles(const struct tally_plan *plan, const uint64_t *tally, int quantity, int n, const double *p,
                     struct estimate *out)
{
  struct curve curve;
  const bool fine = curve_init(&curve, plan, tally, quantity);
  const double half = 0.5 * DRAW_SETS / draws_in(&curve.asked, ALL_SETS);
  for (int i = 0; i < n; i++) {
    out[i] = (struct estimate){ NAN, INFINITY };
    if (fine) {
      const double grid =
          quantile_on(&curve, ALL_SETS, fmin(p[i] + half, 1.0)) - quantile_on(&curve, ALL_SETS, fmax(p[i] - half, 0.0));
      out[i] = (struct estimate){ quantile_on(&curve, ALL_SETS, p[i]), no_closer(error_over_sets(&curve, p[i]), grid) };
    }
  }
  free(curve.before);
}

struct estimate tally_quantile(const struct tally_plan *plan, const uint64_t *tally, int quantity, double p)
{
  struct estimate found;
  tally_quantiles(plan, tally, quantity, 1, &p, &found);
  return found;
}

/* What the lowest `count` draws lie beyond the bins at the ends: all that is beyond the first, and beyond the last
 * where they are all of the draws. */
static double excess(const struct asked *asked, int set, double count)
{
  const double below = count >= quantity_sum(asked, set, COUNT_BELOW) ? quantity_sum(asked, set, EXCESS_BELOW) : 0.0;
  return count >= draws_in(asked, set) ? below + quantity_sum(asked, set, EXCESS_ABOVE) : below;
}

/* The sum of the lowest `left` draws. */
static double sum_below(const struct asked *asked, int set, double left)
{
  double sum = excess(asked, set, left);
  for (int i = 0; i < asked->plan->n_bins && left > 0.0; i++) {
    const struct bin bin = bin_of(asked, set, i);
    const double exact = left < bin.exact ? left : bin.exact;
    sum += exact * bin.from;
    left -= exact;
    const double even = left < bin.even ? left : bin.even;
    if (even > 0.0) {
      sum += even * (bin.from + 0.5 * even / bin.even * (bin.last - bin.from));
      left -= even;
    }
  }
  return sum;
}

static double mean_below_of(const struct asked *asked, int set)
{
  const double count = asked->p * draws_in(asked, set);
  return sum_below(asked, set, count) / count;
}

static double mean_above_of(const struct asked *asked, int set)
{
  const double n = draws_in(asked, set), count = asked->p * n;
  return (sum_below(asked, set, n) - sum_below(asked, set, count)) / (n - count);
}

struct estimate tally_mean_below(const struct tally_plan *plan, const uint64_t *tally, int quantity, double p)
{
  const struct asked asked = { plan, tally, quantity, p };
  return over_sets(&asked, mean_below_of);
}

struct estimate tally_mean_above(const struct tally_plan *plan, const uint64_t *tally, int quantity, double p)
{
  const struct asked asked = { plan, tally, quantity, p };
  return over_sets(&asked, mean_above_of);
}

/* p is the limit here. */
static double at_most_of(const struct asked *asked, int set)
{
  const struct tally_range *range = &asked->plan->range[asked->index];
  const double place = (asked->p - range->low) / range->width;
  const int last = place < 0.0 ? -1 : place < asked->plan->n_bins ? (int)place : asked->plan->n_bins - 1;
  double count = 0.0;
  if (last >= 0) {
    count = in_bins_before(asked, set, last);
    const struct bin bin = bin_of(asked, set, last);
    const double part = bin.last > bin.from ? (asked->p - bin.from) / (bin.last - bin.from) : 1.0;
    count += asked->p >= bin.from ? bin.exact + bin.even * (part < 1.0 ? part : 1.0) : 0.0;
  }
  return count / draws_in(asked, set);
}

struct estimate tally_chance_at_most(const struct tally_plan *plan, const uint64_t *tally, int quantity, double limit)
{
  const struct asked asked = { plan, tally, quantity, limit };
  struct estimate found = over_sets(&asked, at_most_of);
  found.error = no_closer(found.error, DRAW_SETS / draws_in(&asked, ALL_SETS));
  return found;
}
