/* changes.c: input = clamp(plan x scales + additions), then rounded as that input is.  An unchanged lane keeps the
 * plan's own bits. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

#include <math.h>

static double held(double value, const struct input *input)
{
  return value < input->low ? input->low : value > input->high ? input->high : value;
}

/* out may be path. */
static void change_row(struct projection *p, int index, const double *path, double *out, int year)
{
  const struct input *input = &p->plan->input[index];
  const size_t at = (size_t)index * (size_t)p->n_years + (size_t)year;
  const double *scale = p->changes->scale[at], *add = p->changes->add[at];
  const double grain = input->grain, low = input->low, high = input->high;
  const double first = path[0] * (scale != NULL ? scale[0] : 1.0) + (add != NULL ? add[0] : 0.0);
  p->clamped[at] = held(first, input) != first && first != path[0];
  FOR_LANES(p, i)
  {
    const double by = scale != NULL ? scale[i] : 1.0, more = add != NULL ? add[i] : 0.0;
    const double raw = path[i] * by + more;
    const double rounded = grain == 0.0 ? raw : grain == 1.0 ? round_units(raw) : round_hundredths(raw);
    const double kept = rounded < low ? low : rounded > high ? high : rounded;
    out[i] = by == 1.0 && more == 0.0 ? path[i] : kept;
  }
}

void input_from_path(struct projection *p, int input, const double *path, int year)
{
  double *out = ROW(p, input, input, year);
  const size_t at = (size_t)input * (size_t)p->n_years + (size_t)year;
  if (p->changes != NULL && (p->changes->scale[at] != NULL || p->changes->add[at] != NULL)) {
    change_row(p, input, path, out, year);
  } else {
    FOR_LANES(p, i)
    {
      out[i] = path[i];
    }
    p->clamped[at] = 0;
  }
}

void input_year(struct projection *p, int input, int year)
{
  if (!p->all && !p->touched[input]) {
    return;
  }
  double *path = SCRATCH(p, 0);
  row_fill(p, path, p->plan->input[input].plan[year]);
  input_from_path(p, input, path, year);
}
