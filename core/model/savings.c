/* savings.c: what savings bring in one year, planned and expected (R28 to R33, format.md section 6).
 *
 * (1) Planned is what is in effect, rounded to the pound.
 * (2) Expected is the same some months later, times delivery: whole years back, and a linear part for the rest (R30).
 * (3) A saving is at least as late as the latest of those it depends on, and delivers only if they do (R31). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

enum { VALUE, DELIVERY, MONTHS, COST }; /* the order of a saving's inputs */

/* Rule 3 */
static void chain(struct projection *p, int s, int year)
{
  const struct saving *saving = &p->plan->saving[s];
  double *late = ROW(p, late, s, year), *delivered = ROW(p, delivered, s, year);
  const double *months = ROW(p, input, saving->input + MONTHS, year);
  const double *delivery = ROW(p, input, saving->input + DELIVERY, year);
  FOR_LANES(p, i)
  {
    late[i] = months[i], delivered[i] = delivery[i];
  }
  for (int n = 0; n < saving->n_stands_on; n++) {
    const int parent = p->plan->saving[saving->stands_on[n]].input;
    const double *parent_late = ROW(p, input, parent + MONTHS, year),
                 *parent_delivery = ROW(p, input, parent + DELIVERY, year);
    FOR_LANES(p, i)
    {
      late[i] = parent_late[i] > late[i] ? parent_late[i] : late[i];
      delivered[i] *= parent_delivery[i];
    }
  }
}

/* Rule 2: the value in effect at year - months/12, between whole years in a straight line; nothing before the plan. */
static void in_effect_row(struct projection *p, int s, int year, double *out)
{
  const struct saving *saving = &p->plan->saving[s];
  const double *late = ROW(p, late, s, year);
  row_fill(p, out, 0.0);
  for (int from = 0; from <= year; from++) {
    const double *value = ROW(p, input, saving->input + VALUE, from);
    const double years_back = (double)(year - from);
    FOR_LANES(p, i)
    {
      const double apart = late[i] / 12.0 - years_back;
      out[i] += value[i] * at_least_0(1.0 - (apart < 0.0 ? -apart : apart));
    }
  }
}

void savings_year(struct projection *p, int year)
{
  for (int n = 0; n < p->plan->n_savings; n++) {
    const int s = p->plan->saving_order[n];
    if (!p->all && !p->varies.saving[s]) {
      continue;
    }
    for (int field = VALUE; field <= COST; field++) {
      input_year(p, p->plan->saving[s].input + field, year);
    }
    chain(p, s, year);
    double *in_effect = SCRATCH(p, 1);
    in_effect_row(p, s, year, in_effect);
    const double *value = ROW(p, input, p->plan->saving[s].input + VALUE, year),
                 *delivered = ROW(p, delivered, s, year);
    double *planned = ROW(p, planned, s, year), *expected = ROW(p, expected, s, year);
    FOR_LANES(p, i)
    {
      planned[i] = round_units(value[i]);
      expected[i] = round_units(in_effect[i] * delivered[i]);
    }
  }
}
