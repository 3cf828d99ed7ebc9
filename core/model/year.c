/* year.c: one year of a batch of lanes, in the design's order; the way into what is compiled for each level of
 * instructions. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

/* The gap after the planned use of reserves follows the plan's own movements, which reserves_year has just rolled. */
static void after_planned_use(struct projection *p, int year)
{
  const bool in_pence = p->in_pence;
  const double *gap = ROW(p, measure, M_GAP, year), *use = ROW(p, measure, M_PLANNED_USE, year);
  double *after = ROW(p, measure, M_GAP_AFTER_PLANNED_USE, year),
         *change = ROW(p, measure, M_GAP_AFTER_PLANNED_USE_ANNUAL, year);
  const double *last = year > 0 ? ROW(p, measure, M_GAP_AFTER_PLANNED_USE, year - 1) : p->zeros;
  FOR_LANES(p, i)
  {
    const double left = penny(gap[i] - use[i], in_pence);
    after[i] = left;
    change[i] = penny(left - last[i], in_pence);
  }
}

void KERNEL(projection_compute)(struct projection *p, int year)
{
  drivers_year(p, year);
  terms_year(p, year);
  lines_year(p, year);
  savings_year(p, year);
  capital_year(p, year);
  balances_year(p, year);
  gap_year(p, year);
  reserves_year(p, year);
  if (!p->gap_alone) {
    after_planned_use(p, year);
  }
}
