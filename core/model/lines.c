/* lines.c: drivers and lines of one year, whatever their form (format.md sections 3 and 4, R10 to R12).
 *
 * (1) A recurring amount is last year's, grown and rounded once, plus the year's step (R1).
 * (2) A one-off amount never enters the next base (R10).
 * (3) A driver that follows another adds its points to it, then is held to its cap and collar. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

void drivers_year(struct projection *p, int year)
{
  for (int n = 0; n < p->plan->n_drivers; n++) {
    const int d = p->plan->driver_order[n];
    const struct driver *driver = &p->plan->driver[d];
    if (!p->varies.driver[d]) {
      continue;
    }
    input_year(p, driver->input, year);
    if (driver_is_plain(driver)) {
      continue; /* its rate is the input */
    }
    const double *own = ROW(p, input, driver->input, year); /* Rule 3 */
    const double *followed = driver->follows >= 0 ? rate_row(p, driver->follows, year) : p->zeros;
    const double cap = driver->has_cap ? driver->cap : 1e300, collar = driver->has_collar ? driver->collar : -1e300;
    double *rate = ROW(p, rate, d, year);
    FOR_LANES(p, i)
    {
      const double points = followed[i] + own[i];
      const double capped = points > cap ? cap : points;
      rate[i] = capped < collar ? collar : capped;
    }
  }
}

void growth_row(const struct projection *p, const struct series *series, int year, double *out)
{
  if (series->n_drivers == 0) {
    row_fill(p, out, 1.0);
    return;
  }
  const double *first = rate_row(p, series->driver[0], year);
  const double *second = series->n_drivers > 1 ? rate_row(p, series->driver[1], year) : p->zeros;
  FOR_LANES(p, i)
  {
    out[i] = (1.0 + first[i]) * (1.0 + second[i]);
  }
  for (int n = 2; n < series->n_drivers; n++) {
    const double *rate = rate_row(p, series->driver[n], year);
    FOR_LANES(p, i)
    {
      out[i] *= 1.0 + rate[i];
    }
  }
}

/* ---- parts and terms ----------------------------------------------------------------------------------- */

/* Grown, rounded to the grain, not touched where nothing grows; then the step. */
BY_ITSELF void grow_lanes(const struct projection *p, const double *last, const double *product, double grain,
                          double step, double *out)
{
  FOR_LANES(p, i)
  {
    const double grown = last[i] * product[i];
    const double kept = grain == 1.0 ? round_units(grown) : grain == 0.0 ? grown : hundredths(grown);
    out[i] = (product[i] == 1.0 ? last[i] : kept) + step;
  }
}

/* A part or a term: its own value of the year, before any change that acts in this year alone. */
void series_year(struct projection *p, const struct series *series, struct rows *rows, int item, int year)
{
  double *out = row_of(p, rows, item, year), *product = SCRATCH(p, 1), *base = SCRATCH(p, 3);
  if (series->n_drivers == 0) {
    row_fill(p, out, series->path[year]);
    return;
  }
  growth_row(p, series, year, product);
  if (year == 0) {
    row_fill(p, base, series->has_base ? series->base : 0.0);
  }
  const double *last = year > 0 ? row_of(p, rows, item, year - 1) : base;
  if (series->grain == 1.0) {
    grow_lanes(p, last, product, 1.0, series->step[year], out);
  } else if (series->grain == 0.0) {
    grow_lanes(p, last, product, 0.0, series->step[year], out);
  } else {
    grow_lanes(p, last, product, 0.01, series->step[year], out);
  }
}

/* A part of a line: its own value, then any change of the year; left alone where no lane can change it. */
static void part_year(struct projection *p, const struct series *series, struct rows *rows, int l, int input, int year)
{
  const bool grows = p->all || series_varies(p, series);
  if (grows) {
    series_year(p, series, rows, l, year);
  }
  if (grows || p->touched[input]) {
    input_from_path(p, input, row_of(p, rows, l, year), year);
  }
}

/* ---- forms --------------------------------------------------------------------------------------------- */

/* How a recurring amount grows in a year: by a row of products, or by two rates; then by a step, the same in every lane
 * unless it is a row. */
struct growth {
  const double *product, *first, *second, *step;
  double step_of_all;
};

/* Rule 1.  whole: what is carried is whole pounds, and rounding leaves it. */
BY_ITSELF void carry_lanes(const struct projection *p, const double *last, struct growth by, bool whole,
                           double *carried)
{
  FOR_LANES(p, i)
  {
    const double product = by.product != NULL ? by.product[i] : (1.0 + by.first[i]) * (1.0 + by.second[i]);
    const double grown = round_units(last[i] * product);
    carried[i] = (!whole && product == 1.0 ? last[i] : grown) + (by.step != NULL ? by.step[i] : by.step_of_all);
  }
}

/* One loop for whatever of it is there. */
BY_ITSELF void carry_whole(const struct projection *p, const double *last, struct growth by, bool whole,
                           double *carried)
{
  if (by.product != NULL && by.step != NULL) {
    carry_lanes(p, last, (struct growth){ by.product, by.first, by.second, by.step, 0.0 }, whole, carried);
  } else if (by.product != NULL) {
    carry_lanes(p, last, (struct growth){ by.product, by.first, by.second, NULL, by.step_of_all }, whole, carried);
  } else if (by.step != NULL) {
    carry_lanes(p, last, (struct growth){ NULL, by.first, by.second, by.step, 0.0 }, whole, carried);
  } else {
    carry_lanes(p, last, (struct growth){ NULL, by.first, by.second, NULL, by.step_of_all }, whole, carried);
  }
}

static void carry(const struct projection *p, const double *last, struct growth by, double *carried)
{
  if (p->in_pence) {
    carry_whole(p, last, by, false, carried);
  } else {
    carry_whole(p, last, by, true, carried);
  }
}

static struct growth growth_of(struct projection *p, const struct line *line, int year)
{
  const struct series *series = &line->amount;
  const int step = line->input + LINE_STEP - LINE_RATE;
  const bool own_rate = p->touched[line->input] || LEVEL(p, input, line->input, year) != 0.0;
  const double *rate = own_rate ? ROW(p, input, line->input, year) : p->zeros;
  struct growth by = { .first = p->zeros,
                       .second = p->zeros,
                       .step = p->touched[step] ? ROW(p, input, step, year) : NULL,
                       .step_of_all = LEVEL(p, input, step, year) };
  if (series->n_drivers + (own_rate ? 1 : 0) <= 2) {
    const int n = series->n_drivers;
    by.first = n > 0 ? rate_row(p, series->driver[0], year) : rate;
    by.second = n > 1 ? rate_row(p, series->driver[1], year) : n > 0 ? rate : p->zeros;
    return by;
  }
  double *product = SCRATCH(p, 1);
  growth_row(p, series, year, product);
  FOR_LANES(p, i)
  {
    product[i] *= 1.0 + rate[i];
  }
  by.product = product;
  return by;
}

static void recurring(struct projection *p, int l, int year)
{
  const struct line *line = &p->plan->line[l];
  double *carried = ROW(p, carried, l, year), *base = SCRATCH(p, 3);
  if (!line->recurring || year > line->last_year) { /* R26 */
    row_fill(p, carried, 0.0);
    return;
  }
  if (year == 0) {
    row_fill(p, base, line->amount.has_base ? line->amount.base : 0.0);
  }
  const struct growth by = growth_of(p, line, year);
  carry(p, year > 0 ? ROW(p, carried, l, year - 1) : base, by, carried);
}

static void units_amount(struct projection *p, int l, int year)
{
  const struct line *line = &p->plan->line[l];
  const int number_input = line->input + LINE_NUMBER - LINE_RATE, cost_input = line->input + LINE_UNIT_COST - LINE_RATE;
  part_year(p, &line->number, &p->number, l, number_input, year);
  part_year(p, &line->unit_cost, &p->unit_cost, l, cost_input, year);
  const double *number = ROW(p, input, number_input, year), *cost = ROW(p, input, cost_input, year);
  double *amount = ROW(p, line, l, year);
  if (year > line->last_year) {
    row_fill(p, amount, 0.0);
    return;
  }
  FOR_LANES(p, i)
  {
    amount[i] = round_units(number[i] * cost[i]);
  }
}

/* Per cent of the lines as printed: each in its own file's sign. */
static void share_amount(struct projection *p, int l, int year)
{
  const struct line *line = &p->plan->line[l];
  const int percent_input = line->input + LINE_PERCENT - LINE_RATE;
  part_year(p, &line->percent, &p->percent, l, percent_input, year);
  const double *percent = ROW(p, input, percent_input, year);
  double *sum = SCRATCH(p, 1), *amount = ROW(p, line, l, year);
  row_fill(p, sum, 0.0);
  for (int n = 0; n < line->n_of; n++) {
    const double sign = p->plan->line[line->of[n]].sign;
    const double *of = line_row(p, line->of[n], year);
    FOR_LANES(p, i)
    {
      sum[i] += sign * of[i];
    }
  }
  const double sign = year <= line->last_year ? line->sign : 0.0;
  FOR_LANES(p, i)
  {
    amount[i] = sign * round_units(percent[i] * sum[i]);
  }
}

/* Rule 2 */
static void add_one_off(struct projection *p, int l, int year)
{
  const int input = p->plan->line[l].input + LINE_ONE_OFF - LINE_RATE;
  const bool carries = p->plan->line[l].form <= FORM_ROLL;
  if (carries ? line_is_carried(p, l, year) && !p->all : !p->touched[input] && LEVEL(p, input, input, year) == 0.0) {
    return; /* nothing is one-off */
  }
  const double *one_off = ROW(p, input, input, year);
  double *amount = ROW(p, line, l, year);
  const double *recurs = carries ? ROW(p, carried, l, year) : amount;
  FOR_LANES(p, i)
  {
    amount[i] = recurs[i] + one_off[i];
  }
}

void lines_year(struct projection *p, int year)
{
  for (int n = 0; n < p->plan->n_lines; n++) {
    const int l = p->plan->line_order[n];
    const struct line *line = &p->plan->line[l];
    if (!p->varies.line[l]) {
      continue;
    }
    for (int field = LINE_RATE; field <= LINE_ONE_OFF; field++) {
      input_year(p, line->input + field - LINE_RATE, year);
    }
    switch (line->form) {
    case FORM_UNITS:
      units_amount(p, l, year);
      break;
    case FORM_SHARE:
      share_amount(p, l, year);
      break;
    case FORM_COUNCIL_TAX:
      council_tax_year(p, year);
      break;
    case FORM_BUSINESS_RATES:
      business_rates_year(p, year);
      break;
    default:
      recurring(p, l, year);
    }
    add_one_off(p, l, year);
  }
}
