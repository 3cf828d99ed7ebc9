/* finish.h: what finish.c and inputs.c share; inside core/model only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_FINISH_H
#define HEADROOM_FINISH_H

#include "model/plan.h"

enum status inputs_build(struct plan *) MUST_CHECK;

/* A driver's rate held to its cap and collar. */
static inline double driver_hold(const struct driver *driver, double rate)
{
  const double capped = driver->has_cap && rate > driver->cap ? driver->cap : rate;
  return driver->has_collar && capped < driver->collar ? driver->collar : capped;
}

/* Band D of the year: last year's, and each rise of it rounded to the penny (R21). */
double band_d_raised(double last, double core, double asc);

/* What growth makes of an amount: rounded to the series' grain, and not touched when nothing grows. */
static inline double grow(double carried, double product, double grain)
{
  if (product == 1.0) {
    return carried;
  }
  const double grown = carried * product;
  return grain == 1.0 ? round_units(grown) : grain == 0.0 ? grown : round_hundredths(grown);
}

#endif
