/* worst.c: what the worst futures have in common: how far each input departs in them. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/council.h"

#include <stdlib.h>
#include <string.h>

enum { WORST = PILOT_LANES / 20 }; /* 5 of 100 */

static int ascending(const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* What is left in the worst but so many; futures that tie with it are as bad. */
static bool limit_of(const double *left, double *out)
{
  double *sorted = malloc(PILOT_LANES * sizeof *sorted);
  if (sorted == NULL) {
    return false;
  }
  memcpy(sorted, left, PILOT_LANES * sizeof *sorted);
  qsort(sorted, PILOT_LANES, sizeof *sorted, ascending);
  *out = sorted[WORST - 1];
  free(sorted);
  return true;
}

bool worst_departures(const struct simulation_run *run, int scenario, double *out)
{
  const double *left = pilot_row(run, scenario, run->asked.left);
  double limit = 0.0;
  if (!limit_of(left, &limit)) {
    return false;
  }
  for (int v = 0; v < run->council.n_variables; v++) {
    const double *departure = run->state->departure + (size_t)v * PILOT_LANES;
    double sum = 0.0;
    int n = 0;
    for (int i = 0; i < PILOT_LANES; i++) {
      sum += left[i] <= limit ? departure[i] : 0.0;
      n += left[i] <= limit;
    }
    out[v] = sum / n;
  }
  return true;
}
