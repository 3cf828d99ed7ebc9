/* savings.c: what savings bring in one year, planned and expected (R28 to R33, format.md section 6).
 *
 * (1) Planned is what is in effect, rounded to the pound.
 * (2) Expected is the same some months later, times delivery: whole years back, and a linear part for the rest (R30).
 * (3) A saving is at least as late as the latest of those it depends on, and delivers only if they do (R31). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

/* Rule 3 */
static void chain(struct projection *p, int s, int year)
{
  const struct saving *saving = &p->plan->saving[s];
  if (saving->n_stands_on == 0) {
    return; /* late and delivered are the inputs themselves */
  }
  double *late = ROW(p, late, s, year), *delivered = ROW(p, delivered, s, year);
  const double *months = ROW(p, input, saving->input + SAVING_INPUT_MONTHS, year);
  const double *delivery = ROW(p, input, saving->input + SAVING_INPUT_DELIVERY, year);
  FOR_LANES(p, i)
  {
    late[i] = months[i], delivered[i] = delivery[i];
  }
  for (int n = 0; n < saving->n_stands_on; n++) {
    const int parent = p->plan->saving[saving->stands_on[n]].input;
    const double *parent_late = ROW(p, input, parent + SAVING_INPUT_MONTHS, year),
                 *parent_delivery = ROW(p, input, parent + SAVING_INPUT_DELIVERY, year);
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
  const double *late = late_row(p, s, year);
  row_fill(p, out, 0.0);
  for (int from = 0; from <= year; from++) {
    const double *value = ROW(p, input, saving->input + SAVING_INPUT_VALUE, from);
    const double years_back = (double)(year - from);
    FOR_LANES(p, i)
    {
      out[i] += value[i] * part_in_effect(late[i], years_back);
    }
  }
}

static void expected_of_all(struct projection *p, int s, int year)
{
  const double in_effect = p->in_effect[s * p->n_years + year];
  const double *delivered = delivered_row(p, s, year);
  double *expected = ROW(p, expected, s, year);
  FOR_LANES(p, i)
  {
    expected[i] = round_units(in_effect * delivered[i]);
  }
}

static void planned_and_expected(struct projection *p, int s, int year)
{
  double *in_effect = SCRATCH(p, 1);
  in_effect_row(p, s, year, in_effect);
  const double *value = ROW(p, input, p->plan->saving[s].input + SAVING_INPUT_VALUE, year);
  const double *delivered = delivered_row(p, s, year);
  double *planned = ROW(p, planned, s, year), *expected = ROW(p, expected, s, year);
  FOR_LANES(p, i)
  {
    planned[i] = round_units(value[i]);
    expected[i] = round_units(in_effect[i] * delivered[i]);
  }
}

/* ---- savings of which nobody asks for more than the total ----------------------------------------------- */

/* Rule 2 for what is added to delivery, straight into the sum; nothing here is below 0. */
static void add_delivered(struct projection *p, double in_effect, double plan, const double *add,
                          const struct input *input)
{
  const double low = input->low, high = input->high;
  double *together = p->together;
  FOR_LANES(p, i)
  {
    const double raw = plan + add[i], raised = raw < low ? low : raw;
    const double delivered = raised > high ? high : raised;
    together[i] += round_positive(in_effect * delivered);
  }
}

/* Where delivery is not merely added to, by way of the saving's own rows. */
static void add_to_together(struct projection *p, int s, int year)
{
  const int index = p->plan->saving[s].input + SAVING_INPUT_DELIVERY;
  const struct input *input = &p->plan->input[index];
  const size_t at = (size_t)index * (size_t)p->n_years + (size_t)year;
  const double in_effect = p->in_effect[s * p->n_years + year], plan = input->plan[year];
  const bool added = p->changes != NULL && p->changes->scale[at] == NULL && p->changes->add[at] != NULL;
  if (in_effect == 0.0) {
    return; /* nothing of it is due yet, or any more */
  }
  if (!p->any_together) {
    row_fill(p, p->together, 0.0);
    p->any_together = true;
  }
  if (added && in_effect >= 0.0 && plan >= input->low && plan <= input->high) {
    add_delivered(p, in_effect, plan, p->changes->add[at], input);
    return;
  }
  input_year(p, index, year);
  expected_of_all(p, s, year);
  const double *expected = ROW(p, expected, s, year);
  double *together = p->together;
  FOR_LANES(p, i)
  {
    together[i] += expected[i];
  }
}

void savings_year(struct projection *p, int year)
{
  p->any_together = false;
  for (int n = 0; n < p->plan->n_savings; n++) {
    const int s = p->plan->saving_order[n];
    if (!p->varies.saving[s]) {
      continue;
    }
    if (p->totals_only && p->varies.alone[s]) {
      add_to_together(p, s, year);
      continue;
    }
    for (int field = SAVING_INPUT_VALUE; field <= SAVING_INPUT_COST; field++) {
      input_year(p, p->plan->saving[s].input + field, year);
    }
    chain(p, s, year);
    if (p->varies.value[s]) {
      planned_and_expected(p, s, year);
    } else {
      expected_of_all(p, s, year);
    }
  }
}
