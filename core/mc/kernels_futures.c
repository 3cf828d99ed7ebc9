/* kernels_futures.c: loops over the futures of a block, compiled once for each level of instructions: what is added to
 * an input, and what is asked of reserves. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/kernels.h"

static void add_two(const double *a, double a_weight, const double *b, double b_weight, double *restrict out)
{
  for (int i = 0; i < BLOCK; i++) {
    out[i] = a_weight * a[i] + b_weight * b[i];
  }
}

static void add_more(const double *value, double weight, double *restrict out)
{
  for (int i = 0; i < BLOCK; i++) {
    out[i] += weight * value[i];
  }
}

static void pence_row(int n, const double *gbp, double *restrict out)
{
  for (int i = 0; i < n; i++) {
    out[i] = round_units(gbp[i] * 100.0);
  }
}

static void sum_above(int n, const double *closing, const double *floor, double *restrict above)
{
  for (int i = 0; i < n; i++) {
    above[i] += closing[i] - floor[i];
  }
}

static void sum_above_both(int n, const double *closing, const double *floor, const double *minimum,
                           double *restrict above)
{
  for (int i = 0; i < n; i++) {
    const double lowest = minimum[i] > floor[i] ? minimum[i] : floor[i];
    above[i] += closing[i] - lowest;
  }
}

static void most_needed(int n, const double *unfunded, const double *above, bool is_first, double *restrict need)
{
  for (int i = 0; i < n; i++) {
    const double now = round_units((unfunded[i] - above[i]) * 100.0), before = is_first ? now : need[i];
    need[i] = before > now ? before : now;
  }
}

extern const struct future_kernels KERNEL(future_kernels);
const struct future_kernels KERNEL(future_kernels) = {
  .add_two = add_two,
  .add_more = add_more,
  .pence = pence_row,
  .above = sum_above,
  .above_both = sum_above_both,
  .most_needed = most_needed,
};
