/* changes.c: input = clamp(plan x scales + additions), then rounded as that input is.  An unchanged lane keeps the
 * plan's own bits. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

enum grain { AS_IT_IS, TO_UNIT, TO_HUNDREDTH };

static enum grain grain_of(const struct input *input)
{
  return input->grain == 0.0 ? AS_IT_IS : input->grain == 1.0 ? TO_UNIT : TO_HUNDREDTH;
}

static inline double rounded(double raw, enum grain grain)
{
  return grain == AS_IT_IS ? raw : grain == TO_UNIT ? round_units(raw) : hundredths(raw);
}

static inline double held(double value, double low, double high)
{
  const double raised = value < low ? low : value;
  return raised > high ? high : raised;
}

/* ---- additions to one value ---------------------------------------------------------------------------- */

BY_ITSELF void add_lanes(const struct projection *p, double value, const double *add, const struct input *input,
                         enum grain grain, double *out)
{
  const double low = input->low, high = input->high;
  FOR_LANES(p, i)
  {
    out[i] = held(rounded(value + add[i], grain), low, high);
  }
}

static void add_row(const struct projection *p, double value, const double *add, const struct input *input, double *out)
{
  switch (grain_of(input)) {
  case AS_IT_IS:
    add_lanes(p, value, add, input, AS_IT_IS, out);
    break;
  case TO_UNIT:
    add_lanes(p, value, add, input, TO_UNIT, out);
    break;
  case TO_HUNDREDTH:
    add_lanes(p, value, add, input, TO_HUNDREDTH, out);
    break;
  }
}

/* ---- any change of any path ---------------------------------------------------------------------------- */

BY_ITSELF void change_lanes(const struct projection *p, const double *path, const double *scale, const double *add,
                            const struct input *input, enum grain grain, double *out)
{
  const double low = input->low, high = input->high;
  FOR_LANES(p, i)
  {
    const double kept = held(rounded(path[i] * scale[i] + add[i], grain), low, high);
    out[i] = scale[i] == 1.0 && add[i] == 0.0 ? path[i] : kept;
  }
}

static void change_row(const struct projection *p, const double *path, const double *scale, const double *add,
                       const struct input *input, double *out)
{
  switch (grain_of(input)) {
  case AS_IT_IS:
    change_lanes(p, path, scale, add, input, AS_IT_IS, out);
    break;
  case TO_UNIT:
    change_lanes(p, path, scale, add, input, TO_UNIT, out);
    break;
  case TO_HUNDREDTH:
    change_lanes(p, path, scale, add, input, TO_HUNDREDTH, out);
    break;
  }
}

/* ---- inputs -------------------------------------------------------------------------------------------- */

/* Was lane 0 held at a limit? */
static void note_clamp(struct projection *p, int index, double path, size_t at)
{
  const double *scale = p->changes->scale[at], *add = p->changes->add[at];
  const struct input *input = &p->plan->input[index];
  const double first = path * (scale != NULL ? scale[0] : 1.0) + (add != NULL ? add[0] : 0.0);
  p->clamped[at] = held(first, input->low, input->high) != first && first != path;
}

static bool is_changed(const struct projection *p, size_t at)
{
  return p->changes != NULL && (p->changes->scale[at] != NULL || p->changes->add[at] != NULL);
}

static size_t cell(const struct projection *p, int input, int year)
{
  return (size_t)input * (size_t)p->n_years + (size_t)year;
}

void input_from_path(struct projection *p, int input, const double *path, int year)
{
  double *out = ROW(p, input, input, year);
  const size_t at = cell(p, input, year);
  if (is_changed(p, at)) {
    const double *scale = p->changes->scale[at], *add = p->changes->add[at];
    note_clamp(p, input, path[0], at);
    change_row(p, path, scale != NULL ? scale : p->ones, add != NULL ? add : p->zeros, &p->plan->input[input], out);
    return;
  }
  p->clamped[at] = 0;
  FOR_LANES(p, i)
  {
    out[i] = path[i];
  }
}

void input_change(struct projection *p, int input, int year)
{
  const struct input *about = &p->plan->input[input];
  const double plan = about->plan[year];
  const size_t at = cell(p, input, year);
  const bool settled = held(rounded(plan, grain_of(about)), about->low, about->high) == plan;
  if (is_changed(p, at) && p->changes->scale[at] == NULL && settled) { /* nothing added gives the plan's own bits too */
    note_clamp(p, input, plan, at);
    add_row(p, plan, p->changes->add[at], about, ROW(p, input, input, year));
    return;
  }
  double *path = SCRATCH(p, 0);
  row_fill(p, path, plan);
  input_from_path(p, input, path, year);
}
