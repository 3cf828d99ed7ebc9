/* shapley.c: a difference split into parts that add up to it, whatever the order in which they are taken.
 *
 * (1) A part's value is what it adds, averaged over all orders: exact, as a numerator over n!.
 * (2) Whole pence: each part is rounded down, and the odd pence go to the largest remainders, ties to the part that
 * stands first. (3) A part that changes nothing in any company gets nothing. (4) Beyond what can be run in full, orders
 * are drawn in pairs of one and its reverse, which is exact where parts meet only two at a time. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/stress.h"

#include <math.h>
#include <string.h>

__extension__ typedef __int128 wide;

struct remainder {
  wide size;
  bool given;
};

/* Rule 2: numerator[i] / denominator in whole pence that add up to total, which the numerators do exactly. */
static void to_pence(int n, const wide *numerator, wide denominator, pence total, pence *share)
{
  struct remainder left[MOST_PARTS];
  for (int i = 0; i < n; i++) {
    wide whole = numerator[i] / denominator;
    whole -= numerator[i] % denominator < 0 ? 1 : 0;
    left[i] = (struct remainder){ numerator[i] - whole * denominator, false };
    share[i] = (pence)whole;
    total -= share[i];
  }
  for (; total > 0; total--) {
    int largest = 0;
    for (int i = 1; i < n; i++) {
      if (!left[i].given && (left[largest].given || left[i].size > left[largest].size)) {
        largest = i;
      }
    }
    left[largest].given = true;
    share[largest]++;
  }
}

static int64_t factorial(int n)
{
  return n <= 1 ? 1 : n * factorial(n - 1);
}

void shapley(int n, const pence *outcome, pence *share)
{
  const uint32_t all = (1u << n) - 1;
  int64_t orders[MOST_EXACT] = { 0 }; /* in which a part comes after just so many of the others */
  wide numerator[MOST_EXACT] = { 0 };
  for (int before = 0; before < n; before++) {
    orders[before] = factorial(before) * factorial(n - 1 - before);
  }
  for (uint32_t set = 0; set < all; set++) { /* Rule 1 */
    const wide times = orders[__builtin_popcount(set)];
    for (int i = 0; i < n; i++) {
      if ((set & (1u << i)) == 0) {
        numerator[i] += times * (outcome[set | (1u << i)] - outcome[set]);
      }
    }
  }
  to_pence(n, numerator, factorial(n), outcome[all] - outcome[0], share);
}

/* ---- a sample of orders -------------------------------------------------------------------------------- */

/* A hash of seed and counter (splitmix64): any draw can be made without those before it. */
static uint64_t scramble(uint64_t seed, uint64_t counter)
{
  uint64_t x = seed + (counter + 1) * UINT64_C(0x9E3779B97F4A7C15);
  x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
  return x ^ (x >> 31);
}

static void swap(int *a, int *b)
{
  const int kept = *a;
  *a = *b;
  *b = kept;
}

void order_draw(int n, uint64_t seed, uint64_t number, int *order)
{
  for (int i = 0; i < n; i++) {
    order[i] = i;
  }
  for (int i = n - 1; i > 0; i--) {
    const uint64_t counter = (number / 2) * MOST_PARTS + (uint64_t)i;
    swap(&order[i], &order[scramble(seed, counter) % (uint64_t)(i + 1)]);
  }
  for (int i = 0; number % 2 == 1 && i < n / 2; i++) { /* Rule 4 */
    swap(&order[i], &order[n - 1 - i]);
  }
}

/* Mean and spread of what a part adds, pair after pair (Welford). */
struct moments {
  double mean, squares;
};

static void moments_take(struct moments *moments, double x, int count)
{
  const double away = x - moments->mean;
  moments->mean += away / count;
  moments->squares += away * (x - moments->mean);
}

void shapley_sampled(int n, int n_orders, const int *order, const pence *outcome, pence *share, double *error)
{
  wide sum[MOST_PARTS] = { 0 };
  struct moments moments[MOST_PARTS] = { { 0 } };
  const int pairs = n_orders / 2;
  for (int pair = 0; pair < pairs; pair++) {
    pence added[MOST_PARTS] = { 0 };
    for (int o = 2 * pair; o < 2 * pair + 2; o++) {
      const pence *at = outcome + (size_t)o * (size_t)(n + 1);
      for (int k = 0; k < n; k++) {
        added[order[(size_t)o * (size_t)n + (size_t)k]] += at[k + 1] - at[k];
      }
    }
    for (int i = 0; i < n; i++) {
      sum[i] += added[i];
      moments_take(&moments[i], (double)added[i] / 2.0, pair + 1);
    }
  }
  for (int i = 0; i < n; i++) {
    error[i] = pairs > 1 ? sqrt(moments[i].squares / (pairs - 1) / pairs) : 0.0;
  }
  to_pence(n, sum, (wide)2 * pairs, outcome[n] - outcome[0], share);
}
