/* finish.c: what follows from a plan as loaded: orders, steps, the plan's own values, base amounts. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/finish.h"

#include <string.h>

/* ---- orders -------------------------------------------------------------------------------------------- */

/* Where an item's parents are: `count` of them at `list`, or one at `single`. */
struct parents {
  int count;
  const int *list;
};

static struct parents driver_parents(const struct plan *plan, int d)
{
  return (struct parents){ plan->driver[d].follows >= 0, &plan->driver[d].follows };
}

static struct parents line_parents(const struct plan *plan, int l)
{
  return (struct parents){ plan->line[l].n_of, plan->line[l].of };
}

static struct parents saving_parents(const struct plan *plan, int s)
{
  return (struct parents){ plan->saving[s].n_depends, plan->saving[s].depends };
}

static bool all_placed(struct parents parents, const bool *placed)
{
  for (int i = 0; i < parents.count; i++) {
    if (!placed[parents.list[i]]) {
      return false;
    }
  }
  return true;
}

/* Parents before children, otherwise as in the file.  The loader has refused circles; STATUS_INTERNAL if one got
 * through. */
static enum status order(struct plan *plan, int count, struct parents (*parents_of)(const struct plan *, int),
                         int **out)
{
  int *sorted = arena_array(plan->arena, (size_t)count + 1, sizeof *sorted);
  bool *placed = arena_array(plan->arena, (size_t)count + 1, sizeof *placed);
  if (sorted == NULL || placed == NULL) {
    return STATUS_MEMORY;
  }
  for (int n = 0; n < count;) {
    const int before = n;
    for (int i = 0; i < count; i++) {
      if (!placed[i] && all_placed(parents_of(plan, i), placed)) {
        sorted[n++] = i;
        placed[i] = true;
      }
    }
    if (n == before) {
      return STATUS_INTERNAL;
    }
  }
  *out = sorted;
  return STATUS_OK;
}

/* Committed by id, then the draw order, then the General Fund; those that never pay for the gap first, as they only
 * move. */
static int planned_rank(const struct reserve *reserve)
{
  switch (reserve->class) {
  case RESERVE_COMMITTED:
    return 1;
  case RESERVE_SMOOTHING:
  case RESERVE_IN_EXTREMIS:
    return 2 + reserve->draw_order;
  case RESERVE_GENERAL_FUND:
    return 1 << 30;
  default:
    return 0;
  }
}

static bool planned_before(const struct reserve *a, const struct reserve *b)
{
  const int by_rank = planned_rank(a) - planned_rank(b);
  return by_rank != 0 ? by_rank < 0 : strcmp(a->id, b->id) < 0;
}

static enum status order_reserves(struct plan *plan)
{
  plan->planned_order = arena_array(plan->arena, (size_t)plan->n_reserves + 1, sizeof *plan->planned_order);
  plan->draw = arena_array(plan->arena, (size_t)plan->n_reserves + 1, sizeof *plan->draw);
  if (plan->planned_order == NULL || plan->draw == NULL) {
    return STATUS_MEMORY;
  }
  plan->general_fund = -1;
  plan->n_draw = 0;
  for (int r = 0; r < plan->n_reserves; r++) {
    int at = r;
    for (; at > 0 && planned_before(&plan->reserve[r], &plan->reserve[plan->planned_order[at - 1]]); at--) {
      plan->planned_order[at] = plan->planned_order[at - 1];
    }
    plan->planned_order[at] = r;
    if (plan->reserve[r].class == RESERVE_GENERAL_FUND) {
      plan->general_fund = r;
    }
  }
  for (int i = 0; i < plan->n_reserves; i++) {
    const struct reserve *reserve = &plan->reserve[plan->planned_order[i]];
    if (reserve->class == RESERVE_SMOOTHING || reserve->class == RESERVE_IN_EXTREMIS) {
      plan->draw[plan->n_draw++] = plan->planned_order[i];
    }
  }
  return STATUS_OK;
}

/* ---- chains of savings --------------------------------------------------------------------------------- */

static bool chain_has(const int *chain, int n, int saving)
{
  for (int i = 0; i < n; i++) {
    if (chain[i] == saving) {
      return true;
    }
  }
  return false;
}

static int chain_add(int *chain, int n, int saving)
{
  if (chain_has(chain, n, saving)) {
    return n;
  }
  chain[n] = saving;
  return n + 1;
}

/* What a saving stands on, directly or through others, each once: two paths to one parent are one thing that may fail
 * (R31). */
static enum status derive_chains(struct plan *plan)
{
  for (int i = 0; i < plan->n_savings; i++) {
    struct saving *saving = &plan->saving[plan->saving_order[i]];
    int *chain = arena_array(plan->arena, (size_t)plan->n_savings + 1, sizeof *chain);
    int n = 0;
    if (chain == NULL) {
      return STATUS_MEMORY;
    }
    for (int d = 0; d < saving->n_depends; d++) {
      const struct saving *parent = &plan->saving[saving->depends[d]];
      n = chain_add(chain, n, saving->depends[d]);
      for (int k = 0; k < parent->n_stands_on; k++) {
        n = chain_add(chain, n, parent->stands_on[k]);
      }
    }
    saving->stands_on = chain;
    saving->n_stands_on = n;
  }
  return STATUS_OK;
}

/* ---- series -------------------------------------------------------------------------------------------- */

static double *driver_rates(struct plan *plan)
{
  double *rates = arena_array(plan->arena, (size_t)(plan->n_drivers * MAX_YEARS) + 1, sizeof *rates);
  if (rates == NULL) {
    return NULL;
  }
  for (int i = 0; i < plan->n_drivers; i++) {
    const int d = plan->driver_order[i];
    const struct driver *driver = &plan->driver[d];
    for (int y = 0; y < plan->n_years; y++) {
      const double followed = driver->follows >= 0 ? rates[driver->follows * MAX_YEARS + y] : 0.0;
      rates[d * MAX_YEARS + y] = driver_hold(driver, followed + driver->points[y]);
    }
  }
  return rates;
}

static double growth(const struct series *series, const double *rates, int year)
{
  double product = 1.0;
  for (int i = 0; i < series->n_drivers; i++) {
    product *= 1.0 + rates[series->driver[i] * MAX_YEARS + year];
  }
  return product;
}

/* A filled year's step is what growth leaves to add; a blank one is grown (format.md section 3). */
static void derive_filled(struct series *series, const double *rates, int n_years)
{
  double carried = series->has_base ? series->base : 0.0;
  for (int y = 0; y < n_years; y++) {
    const double grown = grow(carried, growth(series, rates, y), series->grain);
    series->step[y] = series->filled[y] ? series->cell[y] - grown : 0.0;
    series->path[y] = series->filled[y] ? series->cell[y] : grown;
    carried = grown + series->step[y];
  }
}

static void derive_roll(struct series *series, const double *rates, int n_years, int last_year)
{
  double carried = series->has_base ? series->base : 0.0;
  for (int y = 0; y < n_years; y++) {
    const double grown = grow(carried, growth(series, rates, y), series->grain);
    series->step[y] = series->filled[y] ? series->cell[y] : 0.0;
    carried = y > last_year ? 0.0 : grown + series->step[y];
    series->path[y] = carried;
  }
}

/* Changes accumulate into levels; without a base column the first cell is the level. */
static void accumulate(struct series *series, int n_years)
{
  double level = series->has_base ? series->base : 0.0;
  for (int y = 0; y < n_years; y++) {
    level += series->filled[y] ? series->cell[y] : 0.0;
    series->cell[y] = level;
    series->filled[y] = true;
  }
}

/* A level line without a base: the first amount divided by its growth, to the penny, so that a shock in the first year
 * bites. */
static void infer_base(struct series *series, const double *rates)
{
  const double product = growth(series, rates, 0);
  if (!series->has_base && product > 0.0) {
    series->has_base = true;
    series->base_inferred = true;
    series->base = round_hundredths(series->cell[0] / product);
  }
}

static void derive_line(struct plan *plan, struct line *line, const double *rates)
{
  line->amount.grain = 1.0;
  if (line->recurring && line->form == FORM_CHANGE) {
    accumulate(&line->amount, plan->n_years);
    line->from_changes = true;
    line->form = FORM_LEVEL; /* the same thing from here on, and accumulated once however often the plan is finished */
  }
  if (line->recurring && line->form == FORM_LEVEL) {
    infer_base(&line->amount, rates);
    derive_filled(&line->amount, rates, plan->n_years);
  } else if (line->form == FORM_ROLL) {
    derive_roll(&line->amount, rates, plan->n_years, line->last_year);
  }
  for (int y = 0; y < plan->n_years; y++) {
    line->one_off.path[y] = line->one_off.filled[y] ? line->one_off.cell[y] : 0.0;
  }
  line->number.grain = 0.01;
  line->unit_cost.grain = 0.01;
  line->percent.grain = 0.0;
  derive_filled(&line->number, rates, plan->n_years);
  derive_filled(&line->unit_cost, rates, plan->n_years);
  derive_filled(&line->percent, rates, plan->n_years);
}

static void derive_terms(struct plan *plan, const double *rates)
{
  for (int t = 0; t < N_TERMS; t++) {
    struct series *series = &plan->term[t].series;
    const char unit = term_kinds[t].unit;
    series->grain = unit == 'P' ? 0.0 : unit == 'G' ? 1.0 : 0.01;
    if (t != TERM_BAND_D) { /* Band D is built from its rises, not grown by drivers */
      derive_filled(series, rates, plan->n_years);
    }
  }
}

/* Band D of the year: last year's, and each rise of it rounded to the penny (R21). */
double band_d_raised(double last, double core, double asc)
{
  return last + round_hundredths(last * core) + round_hundredths(last * asc);
}

static void derive_band_d(struct plan *plan)
{
  struct series *band_d = &plan->term[TERM_BAND_D].series;
  double carried = band_d->has_base ? band_d->base : 0.0;
  for (int y = 0; y < plan->n_years; y++) {
    const double raised =
        band_d_raised(carried, plan->term[TERM_CORE_RISE].series.path[y], plan->term[TERM_ASC_RISE].series.path[y]);
    band_d->step[y] = band_d->filled[y] ? band_d->cell[y] - raised : 0.0;
    band_d->path[y] = band_d->filled[y] ? band_d->cell[y] : round_hundredths(raised);
    carried = band_d->path[y];
  }
}

/* ---- base year ----------------------------------------------------------------------------------------- */

static bool share_base(const struct plan *plan, const struct line *line, double *amount)
{
  double sum = 0.0;
  for (int i = 0; i < line->n_of; i++) {
    const struct line *of = &plan->line[line->of[i]];
    if (!of->has_base_amount) {
      return false;
    }
    sum += of->sign * of->base_amount;
  }
  *amount = line->sign * round_units(line->percent.base * sum);
  return line->percent.has_base;
}

/* Funding is negative, whatever the convention of the file (R4). */
static bool council_tax_base(const struct plan *plan, double *amount)
{
  const struct series *band_d = &plan->term[TERM_BAND_D].series;
  const struct term *base = &plan->term[plan->term[TERM_EQUIVALENTS].present ? TERM_EQUIVALENTS : TERM_TAX_BASE];
  const struct series *collection = &plan->term[TERM_COLLECTION].series;
  if (!band_d->has_base || !base->series.has_base || (plan->term[TERM_EQUIVALENTS].present && !collection->has_base)) {
    return false;
  }
  const double collected = round_hundredths(base->series.base * (collection->has_base ? collection->base : 1.0));
  const struct series *contributions = &plan->term[TERM_CONTRIBUTIONS].series;
  *amount = -round_units(band_d->base * (collected + (contributions->has_base ? contributions->base : 0.0)));
  return true;
}

static bool base_amount(const struct plan *plan, const struct line *line, double *amount)
{
  switch (line->form) {
  case FORM_UNITS:
    *amount = round_units(line->number.base * line->unit_cost.base);
    return line->number.has_base && line->unit_cost.has_base;
  case FORM_SHARE:
    return share_base(plan, line, amount);
  case FORM_COUNCIL_TAX:
    return council_tax_base(plan, amount);
  case FORM_BUSINESS_RATES:
    return false;
  default:
    *amount = line->recurring ? line->amount.base : line->one_off.base;
    return line->recurring ? line->amount.has_base && !line->amount.base_inferred : line->one_off.has_base;
  }
}

/* A figure that the folder gives for the base year stands where none can be worked out. */
static void derive_base_amounts(struct plan *plan)
{
  for (int i = 0; i < plan->n_lines; i++) {
    struct line *line = &plan->line[plan->line_order[i]];
    line->has_base_amount = base_amount(plan, line, &line->base_amount);
    if (line->has_base_amount && line->recurring && line->one_off.has_base) {
      line->base_amount += line->one_off.base;
    }
    if (!line->has_base_amount && line->base_published) {
      line->has_base_amount = true;
      line->base_amount = line->base_published_amount;
    }
  }
}

static int line_of_form(const struct plan *plan, enum line_form form)
{
  for (int l = 0; l < plan->n_lines; l++) {
    if (plan->line[l].form == form) {
      return l;
    }
  }
  return -1;
}

enum status plan_finish(struct plan *plan)
{
  enum status status = order(plan, plan->n_drivers, driver_parents, &plan->driver_order);
  status = status != STATUS_OK ? status : order(plan, plan->n_lines, line_parents, &plan->line_order);
  status = status != STATUS_OK ? status : order(plan, plan->n_savings, saving_parents, &plan->saving_order);
  status = status != STATUS_OK ? status : derive_chains(plan);
  status = status != STATUS_OK ? status : order_reserves(plan);
  if (status != STATUS_OK) {
    return status;
  }
  const double *rates = driver_rates(plan);
  if (rates == NULL) {
    return STATUS_MEMORY;
  }
  for (int l = 0; l < plan->n_lines; l++) {
    derive_line(plan, &plan->line[l], rates);
  }
  derive_terms(plan, rates);
  derive_band_d(plan);
  derive_base_amounts(plan);
  plan->council_tax_line = line_of_form(plan, FORM_COUNCIL_TAX);
  plan->business_rates_line = line_of_form(plan, FORM_BUSINESS_RATES);
  return inputs_build(plan);
}

/* ---- what a plugin asks to have made ------------------------------------------------------------------- */

enum status plan_add_line(struct plan *plan, const char *id, const char *label, enum line_class class)
{
  if (plan_line_find(plan, id) >= 0) {
    return STATUS_OK;
  }
  struct line *lines = arena_array(plan->arena, (size_t)plan->n_lines + 1, sizeof *lines);
  if (lines == NULL) {
    return STATUS_MEMORY;
  }
  for (int l = 0; l < plan->n_lines; l++) {
    lines[l] = plan->line[l];
  }
  lines[plan->n_lines] = (struct line){ .id = id,
                                        .label = label,
                                        .class = class,
                                        .form = FORM_ROLL,
                                        .recurring = true,
                                        .amount = { .has_base = true },
                                        .sign = class_is_cost(class) ? 1.0 : -1.0,
                                        .last_year = MAX_YEARS,
                                        .ring = "" };
  plan->line = lines;
  plan->n_lines++;
  return plan_finish(plan);
}

enum status plan_add_borrowing(struct plan *plan, const char *id, const char *label, int life)
{
  if (plan_borrowing_find(plan, id) >= 0) {
    return STATUS_OK;
  }
  struct borrowing *all = arena_array(plan->arena, (size_t)plan->n_borrowings + 1, sizeof *all);
  if (all == NULL) {
    return STATUS_MEMORY;
  }
  for (int b = 0; b < plan->n_borrowings; b++) {
    all[b] = plan->borrowing[b];
  }
  all[plan->n_borrowings] = (struct borrowing){ .id = id, .label = label, .life = life, .rate = 0.05 };
  plan->borrowing = all;
  plan->n_borrowings++;
  return plan_finish(plan);
}
