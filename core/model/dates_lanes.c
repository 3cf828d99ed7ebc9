/* dates_lanes.c: what is asked of a whole batch, lane by lane: has one of the four dates (R18) come with this year's
 * closing figures, and is every amount one that the ledger can hold? */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

#include <math.h>
#include <string.h>

static const double half_penny = 0.005; /* amounts are whole pence, held as doubles */

static void below(const struct projection *p, const double *amount, const double *limit, uint8_t *out)
{
  FOR_LANES(p, i)
  {
    out[i] = amount[i] < limit[i] - half_penny;
  }
}

/* No money above its floor in any reserve that may be drawn. */
static void exhausted(const struct projection *p, int year, uint8_t *out)
{
  memset(out, 1, (size_t)p->eights * 8);
  for (int r = 0; r < p->plan->n_reserves; r++) {
    if (!class_is_usable(p->plan->reserve[r].class)) {
      continue;
    }
    const double *closing = row_of(p, &p->closing, r, year);
    const double *floor = row_of(p, &p->input, p->plan->reserve[r].input + 1, year);
    FOR_LANES(p, i)
    {
      out[i] = out[i] && closing[i] - floor[i] <= half_penny;
    }
  }
}

void KERNEL(date_lanes)(const struct projection *p, enum date date, int year, uint8_t *out)
{
  switch (date) {
  case DATE_BELOW_MINIMUM:
    below(p, projection_measure(p, M_GENERAL_FUND_CLOSING, year), projection_measure(p, M_MINIMUM, year), out);
    return;
  case DATE_USABLE_EXHAUSTED:
    exhausted(p, year, out);
    return;
  case DATE_FIRST_UNFUNDED: {
    const double *unfunded = projection_measure(p, M_UNFUNDED, year);
    FOR_LANES(p, i)
    {
      out[i] = unfunded[i] > half_penny;
    }
    return;
  }
  default:
    below(p, projection_measure(p, M_USABLE_CLOSING, year), projection_measure(p, M_DSG_EXPOSURE, year), out);
  }
}

/* Nor is a NaN. */
bool KERNEL(lanes_in_range)(const struct projection *p, const double *row)
{
  int64_t beyond = 0;
  FOR_LANES(p, i)
  {
    beyond |= !(fabs(row[i]) * 100.0 <= (double)PENCE_LIMIT);
  }
  return beyond == 0;
}
