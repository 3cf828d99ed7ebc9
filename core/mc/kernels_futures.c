/* kernels_futures.c: loops over the futures of a block, compiled once for each level of instructions: what is added to
 * an input, and what is asked of reserves. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/kernels.h"

static void add_up(int n_sums, const struct sum_of_two *sum, int from, int n)
{
  for (int k = 0; k < n_sums; k++) {
    const double *b = sum[k].b + from;
    const double a_weight = sum[k].a_weight, b_weight = sum[k].b_weight;
    double *restrict to = sum[k].to;
    for (int i = 0; sum[k].a == NULL && i < n; i++) {
      to[i] += b_weight * b[i];
    }
    const double *a = sum[k].a != NULL ? sum[k].a + from : NULL;
    for (int i = 0; a != NULL && i < n; i++) {
      to[i] = a_weight * a[i] + b_weight * b[i];
    }
  }
}

static void pence_row(int n, const double *gbp, double *out)
{
  for (int i = 0; i < n; i++) {
    out[i] = round_units(gbp[i] * 100.0);
  }
}

static void left_by(int n, const double *more, const double *usable, double *restrict unfunded, double *restrict left)
{
  for (int i = 0; i < n; i++) {
    unfunded[i] += more[i];
    left[i] = usable[i] - round_units(unfunded[i] * 100.0);
  }
}

static void sum_above(int n, const double *closing, const double *floor, double *restrict above)
{
  for (int i = 0; i < n; i++) {
    above[i] += closing[i] > floor[i] ? closing[i] - floor[i] : 0.0;
  }
}

/* A fund whose floor is no lower than it must close is never drawn further, so it need only stand there before. */
static void fund_needed(int n, const struct fund_year *year, bool is_last, double *restrict need)
{
  for (int i = 0; i < n; i++) {
    const double closing = year->closing[i], minimum = year->minimum[i];
    const double next = is_last ? minimum : closing + need[i];
    const double must_close = minimum > next ? minimum : next;
    const double short_by = must_close - closing;
    need[i] = year->floor[i] >= must_close ? short_by - year->used[i] : short_by + year->unfunded[i];
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
  .add_up = add_up,
  .pence = pence_row,
  .left_by = left_by,
  .above = sum_above,
  .fund_needed = fund_needed,
  .most_needed = most_needed,
};
