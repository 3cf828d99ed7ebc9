/* dates.c: whether the folder can answer what each of the four dates asks (R18). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

#include <string.h>

static bool has_class(const struct plan *plan, enum reserve_class class)
{
  for (int r = 0; r < plan->n_reserves; r++) {
    if (plan->reserve[r].class == class) {
      return true;
    }
  }
  return false;
}

bool date_can_be_known(const struct plan *plan, enum date date)
{
  switch (date) {
  case DATE_BELOW_MINIMUM:
    return plan->general_fund >= 0 && plan->minimum_rule != MINIMUM_NONE &&
           (plan->has_mtfp || plan->minimum_rule == MINIMUM_AMOUNT);
  case DATE_USABLE_EXHAUSTED:
    return plan->general_fund >= 0 || plan->n_draw > 0;
  case DATE_FIRST_UNFUNDED:
    return plan->has_mtfp;
  default:
    return has_class(plan, RESERVE_DSG);
  }
}

void projection_date(const struct projection *p, enum date date, int year, uint8_t *out)
{
  if (date_can_be_known(p->plan, date)) {
    KERNELS_CHOSEN(date_lanes)(p, date, year, out);
  } else {
    memset(out, 0, (size_t)p->eights * 8);
  }
}

bool projection_in_range(const struct projection *p)
{
  bool fine = true;
  for (int m = 0; m < N_MEASURES; m++) {
    for (int y = 0; y < p->n_years; y++) {
      fine &= KERNELS_CHOSEN(lanes_in_range)(p, ROW(p, measure, m, y));
    }
  }
  return fine;
}

bool projection_holds(const struct projection *p)
{
  for (size_t i = 0; i < (size_t)p->plan->n_inputs * (size_t)p->n_years; i++) {
    if (p->clamped[i] != 0) {
      return true;
    }
  }
  return false;
}
