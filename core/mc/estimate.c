/* estimate.c: what tallies say, each with its standard error.
 *
 * (1) A value is that of all draws together; its error is the standard deviation of the sets' own values over the
 * square root of their number.  Sets are independent whatever the sampler does inside one. (2) Draws are spread evenly
 * over a bin, but for those that share the value `often`, at the beginning of theirs. (3) The draws of an even sample
 * in one set are a grid: a chance is not told closer than half a draw of a set. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/tallies.h"

#include <math.h>
#include <string.h>

/* ---- sets ---------------------------------------------------------------------------------------------- */

struct asked {
  const struct tally_plan *plan;
  const uint64_t *tally;
  int index; /* counter or quantity */
  double p;
};
enum { ALL_SETS = -1 };

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

static double in_bin(const struct asked *asked, int set, int bin)
{
  double sum = 0.0;
  for (int i = set < 0 ? 0 : set; i < (set < 0 ? DRAW_SETS : set + 1); i++) {
    const uint64_t pair = asked->tally[tally_at_bins(asked->plan, i, asked->index) + (size_t)(bin / 2)];
    sum += (double)(uint32_t)(pair >> (bin % 2 * 32));
  }
  return sum;
}

/* Rule 2: a bin as `exact` draws on its first value and `even` over all of it. */
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
  return bin;
}

static double quantile_of(const struct asked *asked, int set)
{
  double left = asked->p * draws_in(asked, set);
  struct bin bin = bin_of(asked, set, 0);
  for (int i = 0; i < asked->plan->n_bins; i++) {
    const struct bin next = bin_of(asked, set, i);
    if (next.exact + next.even > 0.0) {
      bin = next;
      if (left <= bin.exact + bin.even) {
        break;
      }
      left -= bin.exact + bin.even;
    }
  }
  if (left <= bin.exact || bin.even <= 0.0) {
    return bin.from;
  }
  const double part = (left - bin.exact) / bin.even;
  const double inside =
      (part < 1.0 ? part : 1.0) * (bin.last - bin.from + 1.0) - 0.5; /* whole values, in their middles */
  return bin.from + fmin(fmax(inside, 0.0), bin.last - bin.from);
}

struct estimate tally_quantile(const struct tally_plan *plan, const uint64_t *tally, int quantity, double p)
{
  struct asked asked = { plan, tally, quantity, p };
  struct estimate found = over_sets(&asked, quantile_of);
  const double half = 0.5 * DRAW_SETS / draws_in(&asked, ALL_SETS);
  asked.p = fmin(p + half, 1.0);
  const double above = quantile_of(&asked, ALL_SETS);
  asked.p = fmax(p - half, 0.0);
  found.error = no_closer(found.error, above - quantile_of(&asked, ALL_SETS));
  return found;
}

/* The sum of the lowest `left` draws. */
static double sum_below(const struct asked *asked, int set, double left)
{
  double sum = 0.0;
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
  double count = 0.0;
  for (int i = 0; i < asked->plan->n_bins; i++) {
    const struct bin bin = bin_of(asked, set, i);
    if (asked->p < bin.from) {
      break;
    }
    const double part = bin.last > bin.from ? (asked->p - bin.from) / (bin.last - bin.from) : 1.0;
    count += bin.exact + bin.even * (part < 1.0 ? part : 1.0);
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
