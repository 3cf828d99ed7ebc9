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
 * (3) What moves nothing of the outcome stays out of (2), or it would have a part of what others make.
 * (4) What is left is what no straight line in the factors explains: turns, thresholds, and variables together.
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

/* Of the group those that may move the outcome, whose rows of the factor stand in `of`: rule 3. */
struct movers {
  int n, *variable;
  double *of, *root, *turn;
};

static int find_movers(const struct draws *draws, int n, const bool *still, struct movers *movers)
{
  movers->n = 0;
  for (int i = 0; i < n; i++) {
    if (still == NULL || !still[draws->group[i]]) {
      memcpy(movers->of + (size_t)movers->n * (size_t)n, draws->factor + (size_t)i * (size_t)draws->n_group,
             (size_t)n * sizeof *movers->of);
      movers->variable[movers->n++] = draws->group[i];
    }
  }
  return movers->n;
}

/* Rule 2: slopes of the group's first n variables in one year. */
static void share_group(const struct holding *holding, int n, int year, const struct movers *movers, double *share)
{
  const struct draws *draws = holding->draws;
  for (int j = 0; j < movers->n; j++) {
    double slope = 0.0;
    for (int k = 0; k < n; k++) {
      slope += movers->turn[j * n + k] * holding->slope[draws->drawn[draws->group[k]].first_shock + year];
    }
    for (int i = 0; i < movers->n; i++) {
      const double part = movers->root[i * movers->n + j];
      share[movers->variable[i]] += part * part * squared(holding, slope);
    }
  }
}

/* The first n of the group, in these years. */
static bool share_years(const struct holding *holding, int n, int from, int to, const bool *still,
                        struct movers *movers, double *share)
{
  if (from >= to || find_movers(holding->draws, n, still, movers) == 0) {
    return true;
  }
  if (!correlations_root(movers->n, n, movers->of, movers->root, movers->turn)) {
    return false;
  }
  for (int year = from; year < to; year++) {
    share_group(holding, n, year, movers, share);
  }
  return true;
}

/* The group in its first year, with what is drawn once a run, and in each of the others. */
static bool share_groups(const struct holding *holding, const bool *still, double *share)
{
  const struct draws *draws = holding->draws;
  const size_t n = (size_t)draws->n_group;
  double *memory = calloc(3 * n * n + 1, sizeof *memory);
  struct movers movers = { 0, calloc(n + 1, sizeof *movers.variable), memory, memory + n * n, memory + 2 * n * n };
  const bool found = memory != NULL && movers.variable != NULL &&
                     share_years(holding, draws->n_group, 0, 1, still, &movers, share) &&
                     share_years(holding, draws->n_yearly, 1, draws->n_years, still, &movers, share);
  free(movers.variable);
  free(memory);
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
                    int set, const bool *still, double *share)
{
  struct holding holding = { draws, calloc((size_t)plan->n_factors + 1, sizeof(double)), 0.0 };
  memset(share, 0, (size_t)draws->n_variables * sizeof *share);
  if (holding.slope != NULL && find_slopes(&holding, plan, tally, quantity, set) &&
      share_groups(&holding, still, share)) {
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
