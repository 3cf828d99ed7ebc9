/* shares.c: how much of what varies goes with which variable.
 *
 * (1) The share of an independent factor is its squared correlation with the outcome.  A little of it is there
 *     in pure noise too, 1 in the number of draws, and is taken off.
 * (2) Correlated variables have normals in common, and which is whose is the accident of their order.  So
 *     slopes on the independent normals z, of which e = L z, are turned to the independent scores u nearest to
 *     e: e = R^(1/2) u, u = R^(-1/2) L z.  Of the share of each u a variable has the square of its entry in
 *     R^(1/2); those add to 1. (Relative weights: A. Genizi, "Decomposition of R2 in multiple regression with
 *     correlated regressors", 1993; J. W. Johnson, "A heuristic method for estimating the relative weight of
 *     predictor variables in multiple regression", 2000.)
 * (3) What is left is what no straight line in the factors explains: turns, thresholds, and variables together.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/tallies.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct holding {
  const struct draws *draws;
  double *slope; /* of the outcome on each factor, in standard deviations of both: a correlation */
  double draws_counted;
};

static bool find_slopes(struct holding *holding, const struct tally_plan *plan, const uint64_t *tally, int quantity,
                        int set)
{
  double squares = 0.0;
  holding->draws_counted = 0.0;
  for (int i = set < 0 ? 0 : set; i < (set < 0 ? DRAW_SETS : set + 1); i++) {
    const uint64_t *sums = tally + tally_at_quantity(plan, i, quantity) + QUANTITY_SUMS;
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

/* Rule 2: slopes of the group's first n variables in one year. */
static void share_group(const struct holding *holding, int n, int year, const double *root, const double *turn,
                        double *share)
{
  const struct draws *draws = holding->draws;
  for (int j = 0; j < n; j++) {
    double slope = 0.0;
    for (int k = 0; k < n; k++) {
      slope += turn[j * n + k] * holding->slope[draws->drawn[draws->group[k]].first_shock + year];
    }
    for (int i = 0; i < n; i++) {
      share[draws->group[i]] += root[i * n + j] * root[i * n + j] * squared(holding, slope);
    }
  }
}

/* The group in its first year, with what is drawn once a run, and in each of the others. */
static bool share_groups(const struct holding *holding, double *share)
{
  const struct draws *draws = holding->draws;
  const int n = draws->n_group, yearly = draws->n_yearly;
  double *root = calloc(2 * (size_t)n * (size_t)n + 1, sizeof *root), *turn = root + (size_t)n * (size_t)n;
  bool found = root != NULL && (n == 0 || correlations_root(n, draws->factor, n, root, turn));
  if (found && n > 0) {
    share_group(holding, n, 0, root, turn, share);
    found = yearly == 0 || correlations_root(yearly, draws->factor, n, root, turn);
  }
  for (int year = 1; found && yearly > 0 && year < draws->n_years; year++) {
    share_group(holding, yearly, year, root, turn, share);
  }
  free(root);
  return found;
}

static bool in_group(const struct draws *draws, int variable)
{
  for (int i = 0; i < draws->n_group; i++) {
    if (draws->group[i] == variable) {
      return true;
    }
  }
  return false;
}

double tally_shares(const struct tally_plan *plan, const struct draws *draws, const uint64_t *tally, int quantity,
                    int set, double *share)
{
  struct holding holding = { draws, calloc((size_t)plan->n_factors + 1, sizeof(double)), 0.0 };
  memset(share, 0, (size_t)draws->n_variables * sizeof *share);
  if (holding.slope != NULL && find_slopes(&holding, plan, tally, quantity, set) && share_groups(&holding, share)) {
    for (int k = 0; k < plan->n_factors; k++) {
      const int variable = draws->shock[k].variable;
      share[variable] += in_group(draws, variable) ? 0.0 : squared(&holding, holding.slope[k]);
    }
  }
  free(holding.slope);
  double left = 1.0;
  for (int i = 0; i < draws->n_variables; i++) {
    left -= share[i];
  }
  return left > 0.0 ? left : 0.0;
}
