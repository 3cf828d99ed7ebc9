/* shares.c: how much of what varies goes with which variable.
 *
 * (1) The share of an independent factor is its squared correlation with the outcome.  A little of it is there in pure
 *     noise too, 1 in the number of draws, and is taken off.
 * (2) What is left is what no straight line in the factors explains: turns, thresholds, and variables together. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/tallies.h"

#include <math.h>
#include <stdlib.h>

struct holding {
  const struct draws *draws;
  double *slope; /* of the outcome on each factor, in standard deviations of both: a correlation */
  double draws_counted;
};

static bool find_slopes(struct holding *holding, const struct tally_plan *plan, const uint64_t *tally, int quantity)
{
  double squares = 0.0;
  holding->draws_counted = 0.0;
  for (int set = 0; set < DRAW_SETS; set++) {
    const uint64_t *sums = tally + tally_at_quantity(plan, set, quantity) + QUANTITY_SUMS;
    holding->draws_counted += (double)sums[SHARE_DRAWS];
    squares += (double)(int64_t)sums[SHARE_SQUARES];
    for (int k = 0; k < plan->n_factors; k++) {
      holding->slope[k] += (double)(int64_t)sums[SHARE_SUMS + k];
    }
  }
  if (!(squares > 0.0)) {
    return false;
  }
  const double n = holding->draws_counted, sd = sqrt(squares / 0x1p32 / n);
  for (int k = 0; k < plan->n_factors; k++) {
    holding->slope[k] *= 0x1p-32 / n / sd;
  }
  return true;
}

/* Rule 1. */
static double squared(const struct holding *holding, double slope)
{
  const double share = slope * slope - 1.0 / holding->draws_counted;
  return share > 0.0 ? share : 0.0;
}

double tally_shares(const struct tally_plan *plan, const struct draws *draws, const uint64_t *tally, int quantity,
                    double *share)
{
  struct holding holding = { draws, calloc((size_t)plan->n_factors + 1, sizeof(double)), 0.0 };
  double left = 1.0;
  for (int i = 0; i < draws->n_variables; i++) {
    share[i] = 0.0;
  }
  if (holding.slope != NULL && find_slopes(&holding, plan, tally, quantity)) {
    for (int k = 0; k < plan->n_factors; k++) {
      const double own = squared(&holding, holding.slope[k]);
      share[draws->shock[k].variable] += own;
      left -= own;
    }
  }
  free(holding.slope);
  return left > 0.0 ? left : 0.0;
}
