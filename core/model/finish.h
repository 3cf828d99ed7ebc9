/* finish.h: what finish.c and inputs.c share; inside core/model only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_FINISH_H
#define HEADROOM_FINISH_H

#include "model/plan.h"

enum status inputs_build(struct plan *) MUST_CHECK;

/* The plan's own rate of each driver: points on top of what it follows, held to cap and collar. */
double driver_hold(const struct driver *, double rate);

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
