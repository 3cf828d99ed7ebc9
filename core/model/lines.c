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
    if (!p->all && !p->varies.driver[d]) {
      continue;
    }
    const struct driver *driver = &p->plan->driver[d];
    input_year(p, driver->input, year);
    const double *own = ROW(p, input, driver->input, year);
    double *rate = ROW(p, rate, d, year);
    if (driver->follows < 0 && !driver->has_cap && !driver->has_collar) {
      FOR_LANES(p, i)
      {
        rate[i] = own[i];
      }
    } else if (driver->follows < 0) {
      FOR_LANES(p, i)
      {
        rate[i] = driver_hold(driver, own[i]);
      }
    } else { /* Rule 3 */
      const double *followed = ROW(p, rate, driver->follows, year);
      FOR_LANES(p, i)
      {
        rate[i] = driver_hold(driver, followed[i] + own[i]);
      }
    }
  }
}

void growth_row(const struct projection *p, const struct series *series, int year, double *out)
{
  row_fill(p, out, 1.0);
  for (int n = 0; n < series->n_drivers; n++) {
    const double *rate = ROW(p, rate, series->driver[n], year);
    FOR_LANES(p, i)
    {
      out[i] *= 1.0 + rate[i];
    }
  }
}

/* grown = carried x product, rounded to the grain, not touched where nothing grows; then the step. */
static void grow_row(const struct projection *p, const double *carried, const double *product, double grain,
                     const double *step, double *out)
{
  if (grain == 1.0) {
    FOR_LANES(p, i)
    {
      out[i] = (product[i] == 1.0 ? carried[i] : round_units(carried[i] * product[i])) + step[i];
    }
  } else {
    FOR_LANES(p, i)
    {
      out[i] = grow(carried[i], product[i], grain) + step[i];
    }
  }
}

/* A part or a term: its own value of the year, before any change that acts in this year alone. */
void series_year(struct projection *p, const struct series *series, struct rows *rows, int item, int year)
{
  double *out = row_of(p, rows, item, year);
  if (series->n_drivers == 0) {
    row_fill(p, out, series->path[year]);
    return;
  }
  double *product = SCRATCH(p, 1), *step = SCRATCH(p, 2), *base = SCRATCH(p, 3);
  growth_row(p, series, year, product);
  row_fill(p, step, series->step[year]);
  row_fill(p, base, series->has_base ? series->base : 0.0);
  grow_row(p, year > 0 ? out - p->stride : base, product, series->grain, step, out);
}

static void recurring(struct projection *p, int l, int year)
{
  const struct line *line = &p->plan->line[l];
  double *carried = ROW(p, carried, l, year);
  if (!line->recurring || year > line->last_year) { /* R26 */
    row_fill(p, carried, 0.0);
    return;
  }
  double *product = SCRATCH(p, 1), *base = SCRATCH(p, 3);
  growth_row(p, &line->amount, year, product);
  if (p->touched[line->input]) {
    const double *rate = ROW(p, input, line->input, year);
    FOR_LANES(p, i)
    {
      product[i] *= 1.0 + rate[i];
    }
  }
  row_fill(p, base, line->amount.has_base ? line->amount.base : 0.0);
  const double *last = year > 0 ? ROW(p, carried, l, year - 1) : base;
  grow_row(p, last, product, 1.0, ROW(p, input, line->input + LINE_STEP - LINE_RATE, year), carried); /* Rule 1 */
}

static void add_one_off(struct projection *p, int l, int year)
{
  const double *one_off = ROW(p, input, p->plan->line[l].input + LINE_ONE_OFF - LINE_RATE, year);
  double *amount = ROW(p, line, l, year);
  FOR_LANES(p, i)
  {
    amount[i] += one_off[i];
  } /* Rule 2 */
}

static void copy_row(const struct projection *p, const double *from, double *to)
{
  FOR_LANES(p, i)
  {
    to[i] = from[i];
  }
}

/* A part of a line: its own value, then any change of the year; left alone where no lane can change it. */
static void part_year(struct projection *p, const struct series *series, struct rows *rows, int l, int input, int year)
{
  if (p->all || p->touched[input] || series_varies(p, series)) {
    series_year(p, series, rows, l, year);
    input_from_path(p, input, row_of(p, rows, l, year), year);
  }
}

static void units_amount(struct projection *p, int l, int year)
{
  const struct line *line = &p->plan->line[l];
  const int number_input = line->input + LINE_NUMBER - LINE_RATE, cost_input = line->input + LINE_UNIT_COST - LINE_RATE;
  part_year(p, &line->number, &p->number, l, number_input, year);
  part_year(p, &line->unit_cost, &p->unit_cost, l, cost_input, year);
  const double *number = ROW(p, input, number_input, year), *cost = ROW(p, input, cost_input, year);
  double *amount = ROW(p, line, l, year);
  const bool paid = year <= line->last_year;
  FOR_LANES(p, i)
  {
    amount[i] = paid ? round_units(number[i] * cost[i]) : 0.0;
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
    const double *of = ROW(p, line, line->of[n], year);
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

void lines_year(struct projection *p, int year)
{
  for (int n = 0; n < p->plan->n_lines; n++) {
    const int l = p->plan->line_order[n];
    const struct line *line = &p->plan->line[l];
    if (!p->all && !p->varies.line[l]) {
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
      copy_row(p, ROW(p, carried, l, year), ROW(p, line, l, year));
    }
    add_one_off(p, l, year);
  }
}
