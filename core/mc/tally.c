/* tally.c: what comes of draws, in integers: counts, histograms, sums.
 *
 * (1) A block's sums are made in doubles in a fixed order, and added as integers: the same however blocks are
 *     shared out.  Sums of quantities are in whole units; of their squares, and of products with factors, in
 *     2^-32 of the histogram's breadth, from its middle, no further out than twice that.
 * (2) What lies outside the histogram is counted in the bins at its ends, and counted as outside; how far
 *     beyond the middle of those bins it lies is summed, so that the means of tails are those of the draws.
 * (3) Products with factors take off the block's own mean first. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/tallies.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double fixed = 0x1p32, farthest = 2.0;

/* ---- where things lie ---------------------------------------------------------------------------------- */

static size_t share_words(const struct tally_plan *plan, int quantities)
{
  return (size_t)(quantities < plan->n_shared ? quantities : plan->n_shared) * (SHARE_SUMS + (size_t)plan->n_factors);
}

static size_t quantity_words(const struct tally_plan *plan, int quantities)
{
  return (size_t)quantities * (QUANTITY_SUMS + (size_t)plan->n_bins / 2) + share_words(plan, quantities);
}

static size_t set_words(const struct tally_plan *plan)
{
  const size_t words = 1 + (size_t)plan->n_counters + quantity_words(plan, plan->n_quantities);
  return (words + 7) / 8 * 8; /* sets do not share a line of the cache */
}

size_t tally_size(const struct tally_plan *plan)
{
  return DRAW_SETS * set_words(plan);
}

size_t tally_at_set(const struct tally_plan *plan, int set)
{
  return (size_t)set * set_words(plan);
}

size_t tally_at_quantity(const struct tally_plan *plan, int set, int quantity)
{
  return tally_at_set(plan, set) + 1 + (size_t)plan->n_counters + quantity_words(plan, quantity);
}

size_t tally_at_bins(const struct tally_plan *plan, int set, int quantity)
{
  return tally_at_quantity(plan, set, quantity + 1) - (size_t)plan->n_bins / 2;
}

void tally_add(uint64_t *into, const uint64_t *from, size_t words)
{
  for (size_t i = 0; i < words; i++) {
    into[i] += from[i];
  }
}

void tally_count(const struct tally_plan *plan, uint64_t *tally, int set, int counter, uint64_t n)
{
  tally[tally_at_set(plan, set) + 1 + (size_t)counter] += n;
}

/* ---- a block ------------------------------------------------------------------------------------------- */

static uint64_t whole(double sum)
{
  return (uint64_t)llrint(sum);
}

/* Rule 3. */
static void add_shares(const struct tally_plan *plan, uint64_t *sums, int n, const double *row, double breadth,
                       const double *const *factor)
{
  const struct tally_kernels *kernels = KERNELS_CHOSEN(tally_kernels);
  const double mean = kernels->sum(n, row) / n;
  double away[BLOCK];
  kernels->spread(n, row, mean, 1.0 / breadth, farthest, away);
  sums[SHARE_DRAWS] += (uint64_t)n;
  sums[SHARE_SQUARES] += whole(fixed * kernels->product(n, away, away));
  for (int k = 0; k < plan->n_factors; k++) {
    if (factor[k] != NULL && plan->factor_sd[k] > 0.0) {
      sums[SHARE_SUMS + k] += whole(fixed * kernels->product(n, away, factor[k]) / plan->factor_sd[k]);
    }
  }
}

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first of two bins is the lower half of a word");

/* Bins are halves of words, so that a set's fit the cache. */
static void add_to_bin(uint64_t *words, int bin, uint32_t n)
{
  char *at = (char *)words + (size_t)bin * sizeof n;
  uint32_t count;
  memcpy(&count, at, sizeof count);
  count += n;
  memcpy(at, &count, sizeof count);
}

static void add_bins(uint64_t *words, int n, const int *bin, bool all_in_one)
{
  if (all_in_one) { /* in a row, each would wait for the one before */
    add_to_bin(words, bin[0], (uint32_t)n);
    return;
  }
  for (int i = 0; i < n; i++) {
    add_to_bin(words, bin[i], 1);
  }
}

/* Rule 2. */
static void add_excess(const struct tally_range *range, int n_bins, uint64_t *sums, int n, const double *row)
{
  const double high = range->low + range->width * n_bins, half = 0.5 * (range->width - 1.0);
  double below = 0.0, above = 0.0;
  for (int i = 0; i < n; i++) {
    below += row[i] < range->low ? row[i] - (range->low + half) : 0.0;
    above += row[i] >= high ? row[i] - (high - 1.0 - half) : 0.0;
  }
  sums[EXCESS_BELOW] += whole(below);
  sums[EXCESS_ABOVE] += whole(above);
}

static void add_quantity(const struct tally_plan *plan, uint64_t *tally, int set, int n, int quantity,
                         const double *row, const double *const *factor)
{
  const struct tally_kernels *kernels = KERNELS_CHOSEN(tally_kernels);
  const struct tally_range *range = &plan->range[quantity];
  const double breadth = range->width * plan->n_bins;
  uint64_t *sums = tally + tally_at_quantity(plan, set, quantity);
  double away[BLOCK];
  int bin[BLOCK];
  uint32_t counts[3];
  kernels->spread(n, row, range->low + 0.5 * breadth, 1.0 / breadth, farthest, away);
  kernels->bins(n, row, range->low, range->width, plan->n_bins, range->often, bin, counts);
  sums[SUM_UNITS] += whole(kernels->sum(n, row));
  sums[SUM_SQUARES] += whole(fixed * kernels->product(n, away, away));
  sums[COUNT_BELOW] += counts[0];
  sums[COUNT_ABOVE] += counts[1];
  sums[COUNT_OFTEN] += counts[2];
  if (counts[0] + counts[1] > 0) {
    add_excess(range, plan->n_bins, sums, n, row);
  }
  if (quantity < plan->n_shared && factor != NULL) {
    add_shares(plan, sums + QUANTITY_SUMS, n, row, breadth, factor);
  }
  add_bins(tally + tally_at_bins(plan, set, quantity), n, bin, counts[2] == (uint32_t)n);
}

void tally_block(const struct tally_plan *plan, uint64_t *tally, int set, int n_lanes, const double *const *quantity,
                 const double *const *factor)
{
  tally[tally_at_set(plan, set)] += (uint64_t)n_lanes;
  for (int i = 0; i < plan->n_quantities; i++) {
    add_quantity(plan, tally, set, n_lanes, i, quantity[i], factor);
  }
}

/* ---- where a quantity is expected ---------------------------------------------------------------------- */

/* A value and how many share it. */
struct shared {
  double value;
  size_t count; /* 0: the place is free */
};

/* The place of a value among `places`, a power of two, most of them free. */
static struct shared *place_of(struct shared *at, size_t places, double value)
{
  const double plain = value + 0.0; /* one zero */
  uint64_t bits;
  memcpy(&bits, &plain, sizeof bits);
  size_t place = (size_t)((bits * 0x9e3779b97f4a7c15u) >> 32) % places;
  while (at[place].count > 0 && at[place].value != value) {
    place = (place + 1) % places;
  }
  return &at[place];
}

/* Every value of the pilot and how many share it. */
struct census {
  struct shared *at;
  size_t places;
};

static bool census_take(struct census *census, const double *value, size_t count)
{
  census->places = 2;
  while (census->places < 2 * count) {
    census->places *= 2;
  }
  census->at = calloc(census->places, sizeof *census->at);
  for (size_t i = 0; census->at != NULL && i < count; i++) {
    struct shared *own = place_of(census->at, census->places, value[i]);
    own->value = value[i];
    own->count++;
  }
  return census->at != NULL;
}

/* The value that most of the pilot shares, the lowest of several; `lowest` of all where none is shared by `few`. */
static double often_in(const struct census *census, size_t few, double lowest)
{
  size_t most = few;
  double often = lowest;
  for (size_t i = 0; i < census->places; i++) {
    const struct shared *own = &census->at[i];
    if (own->count > most || (own->count == most && most > few && own->value < often)) {
      most = own->count;
      often = own->value;
    }
  }
  return often;
}

/* Whether a value shares its bin with others of the pilot. */
static bool has_company(const struct census *census, const struct tally_range *range, double value)
{
  const double from = range->low + range->width * floor((value - range->low) / range->width);
  for (size_t i = 0; i < census->places; i++) {
    const struct shared *own = &census->at[i];
    if (own->count > 0 && own->value != value && own->value >= from && own->value < from + range->width) {
      return true;
    }
  }
  return false;
}

/* Values that more than `few` share, beside `often`; none where there are too many for a quantity of few values. */
static void find_points(const struct census *census, size_t few, struct tally_range *range)
{
  int n = 0;
  for (size_t i = 0; i < census->places; i++) {
    const struct shared *own = &census->at[i];
    if (own->count <= few || own->value == range->often) {
      continue;
    }
    if (n == TALLY_POINTS) {
      return;
    }
    range->point[n++] = own->value;
  }
  for (int k = 0; k < n; k++) {
    if (!has_company(census, range, range->point[k])) {
      range->point[range->n_points++] = range->point[k];
    }
  }
}

struct tally_range tally_range(const double *value, size_t count, int n_bins)
{
  struct tally_range range = { .width = 1.0 };
  struct census census;
  const size_t few = count / 200;
  if (count == 0) {
    return range;
  }
  if (!census_take(&census, value, count)) {
    range.often = (double)NAN;
    return range;
  }
  double lowest = value[0], highest = value[0];
  for (size_t i = 1; i < count; i++) {
    lowest = value[i] < lowest ? value[i] : lowest;
    highest = value[i] > highest ? value[i] : highest;
  }
  const double span = highest - lowest;
  range.often = often_in(&census, few, lowest);
  range.width = fmax(1.0, ceil(2.0 * span / (n_bins - 1)));
  const double spare = ((n_bins - 1) * range.width - span) / 2.0;
  range.low = range.often - range.width * ceil((range.often - lowest + spare) / range.width);
  find_points(&census, few, &range);
  free(census.at);
  return range;
}
