/* capital.c: capital receipts and borrowing of one year (R34 to R37, domain.md section 4, format.md sections 8 and 9).
 *
 * (1) A receipt some months late arrives later, the part of a year in a straight line.
 * (2) It is applied to debt, to avoided borrowing, to flexible use, in that order; the rest is held.  There is no way
 * to revenue (R34). (3) What pays debt or avoids borrowing saves MRP and interest from the year after (R35, R37). (4)
 * Flexible use is never above the qualifying cost to achieve of the year, nor after the direction's last year (R36).
 * (5) What the published lines already hold (in_plan) counts only as the difference from the plan. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

enum { AMOUNT, MONTHS, TO_DEBT, TO_AVOID, TO_FLEXIBLE }; /* the order of a receipt's inputs */
enum { BORROWED, RATE };                                 /* and of a borrowing's */

/* ---- MRP and interest on a sum, n years after it was borrowed or repaid -------------------------------- */

struct terms_of_debt {
  enum repayment method;
  enum interest_kind interest;
  int life;
};

static double mrp_factor(struct terms_of_debt d, double rate, int n)
{
  if (d.method == REPAY_ANNUITY && rate > 0.0) {
    return rate / (power_int(1.0 + rate, d.life) - 1.0) * power_int(1.0 + rate, n - 1);
  }
  return 1.0 / (double)d.life;
}

/* Part of the sum still owed in the n-th year. */
static double owed_factor(struct terms_of_debt d, double rate, int n)
{
  if (d.interest == INTEREST_LEVEL) {
    return 1.0;
  }
  if (d.method == REPAY_ANNUITY && rate > 0.0) {
    return 1.0 - (power_int(1.0 + rate, n - 1) - 1.0) / (power_int(1.0 + rate, d.life) - 1.0);
  }
  return 1.0 - (double)(n - 1) / (double)d.life;
}

static double yearly_cost(struct terms_of_debt d, double sum, double rate, int n)
{
  if (n < 1 || n > d.life || sum == 0.0) {
    return 0.0;
  }
  return round_units(sum * mrp_factor(d, rate, n)) + round_units(sum * owed_factor(d, rate, n) * rate);
}

/* ---- receipts ------------------------------------------------------------------------------------------ */

/* May some of it be due in the year? */
static bool is_due(const struct projection *p, int r, int year)
{
  const int input = p->plan->receipt[r].input + AMOUNT;
  return p->touched[input] || LEVEL(p, input, input, year) != 0.0;
}

/* Rule 1: money received by the end of the year, rounded, so that the years sum to the receipt. */
static void arrived_row(struct projection *p, int r, int year)
{
  const struct receipt *receipt = &p->plan->receipt[r];
  double *arrived = ROW(p, arrived, r, year);
  const double *before = p->zeros;
  if (is_due(p, r, year)) {
    const double *months = ROW(p, input, receipt->input + MONTHS, year);
    double *late = ROW(p, years_late, r, year);
    FOR_LANES(p, i)
    {
      late[i] = months[i] / 12.0;
    }
  }
  for (int due = p->first_due[r]; due <= year; due++) {
    const double years_since = (double)(year - due);
    if (!is_due(p, r, due)) {
      continue;
    }
    const double *amount = ROW(p, input, receipt->input + AMOUNT, due), *behind = ROW(p, years_late, r, due);
    FOR_LANES(p, i)
    {
      const double part = years_since + 1.0 - behind[i];
      arrived[i] = before[i] + round_units(amount[i] * (part < 0.0 ? 0.0 : smaller(part, 1.0)));
    }
    before = arrived;
  }
  if (before != arrived) {
    row_fill(p, arrived, 0.0);
  }
}

/* Can no lane use any of it to avoid borrowing? */
static bool avoids_nothing(const struct projection *p, int r, int year)
{
  const int input = p->plan->receipt[r].input + TO_AVOID;
  return !p->touched[input] && LEVEL(p, input, input, year) == 0.0;
}

/* Rule 2: shares of what arrived in the year; each takes from what those before it left. */
static void apply_receipt(struct projection *p, int r, int year)
{
  const int input = p->plan->receipt[r].input;
  const double *arrived = ROW(p, arrived, r, year), *before = year > 0 ? ROW(p, arrived, r, year - 1) : p->zeros;
  const double *to_debt = ROW(p, input, input + TO_DEBT, year), *to_avoid = ROW(p, input, input + TO_AVOID, year);
  double *debt = ROW(p, debt, r, year), *avoid = ROW(p, avoid, r, year);
  FOR_LANES(p, i)
  {
    debt[i] = round_units((arrived[i] - before[i]) * to_debt[i]);
  }
  if (avoids_nothing(p, r, year)) {
    if (!p->totals_only) { /* else it has been 0 since the first batch */
      row_fill(p, avoid, 0.0);
    }
    return;
  }
  FOR_LANES(p, i)
  {
    const double money = arrived[i] - before[i];
    avoid[i] = smaller(round_units(money * to_avoid[i]), money - debt[i]);
  }
}

static void fill_pot(struct projection *p, int r, int year)
{
  const struct receipt *receipt = &p->plan->receipt[r];
  const double *arrived = ROW(p, arrived, r, year), *before = year > 0 ? ROW(p, arrived, r, year - 1) : p->zeros;
  const double *to_flexible = ROW(p, input, receipt->input + TO_FLEXIBLE, year);
  const double *debt = ROW(p, debt, r, year), *avoid = ROW(p, avoid, r, year);
  const double early = receipt->year < 0 ? round_units(receipt->amount * receipt->to_flexible) : 0.0;
  double *pot = ROW(p, pot, r, year), *first = SCRATCH(p, 2);
  if (year == 0) {
    row_fill(p, first, early);
  }
  const double *last = year > 0 ? ROW(p, pot, r, year - 1) : first;
  FOR_LANES(p, i)
  {
    const double money = arrived[i] - before[i];
    const double flexible = smaller(round_units(money * to_flexible[i]), money - debt[i] - avoid[i]);
    pot[i] = last[i] + flexible;
  }
}

/* Does what was saved by what was repaid earlier stay what it was the year before? */
static bool relief_stands(const struct projection *p, int r, int year)
{
  const struct receipt *receipt = &p->plan->receipt[r];
  const int first = receipt->year < 0 ? receipt->year : 0;
  return year > p->first_due[r] && receipt->method == REPAY_STRAIGHT && receipt->interest == INTEREST_LEVEL &&
         year - first <= receipt->life;
}

/* Rule 3 */
static void relief_row(struct projection *p, int r, int year)
{
  const struct receipt *receipt = &p->plan->receipt[r];
  const struct terms_of_debt terms = { receipt->method, receipt->interest, receipt->life };
  double *relief = ROW(p, relief, r, year);
  const double *before = relief;
  const double early = receipt->year < 0 ? receipt->amount * (receipt->to_debt + receipt->to_avoid) : 0.0;
  const bool stands = relief_stands(p, r, year);
  if (stands) {
    before = ROW(p, relief, r, year - 1);
  } else {
    row_fill(p, relief, yearly_cost(terms, round_units(early), receipt->rate, year - receipt->year));
  }
  for (int since = stands ? year - 1 : 0; since < year; since++) {
    const double *debt = ROW(p, debt, r, since), *avoid = ROW(p, avoid, r, since);
    const int n = year - since;
    if (n > terms.life || since < p->first_due[r]) {
      continue; /* repaid, or nothing has arrived yet */
    }
    const double mrp = mrp_factor(terms, receipt->rate, n),
                 interest = owed_factor(terms, receipt->rate, n) * receipt->rate;
    const double *repaid = debt;
    if (!avoids_nothing(p, r, since)) {
      double *sum = SCRATCH(p, 2);
      FOR_LANES(p, i)
      {
        sum[i] = debt[i] + avoid[i];
      }
      repaid = sum;
    }
    FOR_LANES(p, i)
    {
      relief[i] = before[i] + (round_units(repaid[i] * mrp) + round_units(repaid[i] * interest));
    }
    before = relief;
  }
}

static void receipt_year(struct projection *p, int r, int year)
{
  for (int field = AMOUNT; field <= TO_FLEXIBLE; field++) {
    if (field != MONTHS || !p->totals_only || is_due(p, r, year)) {
      input_year(p, p->plan->receipt[r].input + field, year);
    }
  }
  if (year < p->first_due[r]) {
    return; /* nothing can have arrived */
  }
  arrived_row(p, r, year);
  apply_receipt(p, r, year);
  if (p->varies.pot[r]) {
    fill_pot(p, r, year);
  }
  relief_row(p, r, year);
}

static void receipts_line(struct projection *p, int year)
{
  double *line = ROW(p, line, p->plan->n_lines + ENGINE_RECEIPTS, year);
  double of_all = 0.0;
  int n = 0;
  for (int r = 0; r < p->plan->n_receipts; r++) {
    const double *relief = ROW(p, relief, r, year);
    double *planned = &p->plan_relief[r * p->n_years + year];
    if (p->all) {
      *planned = relief[0];
    }
    of_all += p->plan->receipt[r].in_plan ? *planned : 0.0; /* Rule 5 */
    p->list[n++] = relief;
  }
  rows_sum(p, of_all, -1.0, p->list, n, line);
}

/* ---- cost to achieve, and flexible use of receipts to meet it ------------------------------------------ */

/* What the engine adds to N: all of it but what a line already holds. */
static void cost_line(struct projection *p, int year)
{
  double already = 0.0;
  int n = 0;
  for (int s = 0; s < p->plan->n_savings; s++) {
    const struct saving *saving = &p->plan->saving[s];
    const int input = saving->input + SAVING_INPUT_COST;
    already += saving->cost_funding == COST_LINE ? p->plan->input[input].plan[year] : 0.0;
    p->list[n++] = ROW(p, input, input, year);
  }
  rows_sum(p, -already, 1.0, p->list, n, ROW(p, line, p->plan->n_lines + ENGINE_COST_TO_ACHIEVE, year));
}

static void qualifying_row(struct projection *p, int year, double *qualifying)
{
  int n = 0;
  for (int s = 0; s < p->plan->n_savings; s++) {
    if (p->plan->saving[s].cost_funding == COST_RECEIPTS) {
      p->list[n++] = ROW(p, input, p->plan->saving[s].input + SAVING_INPUT_COST, year);
    }
  }
  rows_sum(p, 0.0, 1.0, p->list, n, qualifying);
}

/* Rule 4, in order of arrival: the plan's year, then the order of the file. */
static void flexible_use(struct projection *p, int year, double *qualifying)
{
  const struct plan *plan = p->plan;
  const bool in_time = plan->first_year + year <= plan->flexible_use_last_year;
  double *line = ROW(p, line, plan->n_lines + ENGINE_FLEXIBLE_USE, year), *excess = ROW(p, excess, 0, year);
  row_fill(p, line, 0.0);
  row_fill(p, excess, 0.0);
  int first = 0;
  for (int r = 0; r < plan->n_receipts; r++) {
    first = plan->receipt[r].year < first ? plan->receipt[r].year : first;
  }
  for (int due = first; due < plan->n_years; due++) {
    for (int r = 0; r < plan->n_receipts; r++) {
      if (plan->receipt[r].year != due) {
        continue;
      }
      double *pot = ROW(p, pot, r, year), *flexible = ROW(p, flexible, r, year);
      FOR_LANES(p, i)
      {
        flexible[i] = in_time ? smaller(pot[i], qualifying[i]) : 0.0;
        pot[i] -= flexible[i];
        qualifying[i] -= flexible[i];
        line[i] -= flexible[i];
        excess[i] += pot[i];
      }
    }
  }
}

/* ---- borrowing ----------------------------------------------------------------------------------------- */

static void new_borrowing(struct projection *p, int b, int year, double *cost)
{
  const struct borrowing *borrowing = &p->plan->borrowing[b];
  const struct terms_of_debt terms = { borrowing->method, borrowing->interest, borrowing->life };
  const double early = borrowing->year < 0 ? borrowing->amount : 0.0;
  row_fill(p, cost, yearly_cost(terms, early, borrowing->rate, year - borrowing->year));
  for (int since = 0; since < year; since++) {
    if (!p->touched[borrowing->input + BORROWED] && LEVEL(p, input, borrowing->input + BORROWED, since) == 0.0) {
      continue; /* nothing is borrowed */
    }
    const double *sum = ROW(p, input, borrowing->input + BORROWED, since);
    const double *rate = ROW(p, input, borrowing->input + RATE, since);
    FOR_LANES(p, i)
    {
      cost[i] += yearly_cost(terms, sum[i], rate[i], year - since);
    }
  }
}

/* A loan whose rate is changed in its year, or that moves with rates: only the change of rate counts. */
static void changed_rate(struct projection *p, int b, int year, double *cost)
{
  const struct borrowing *borrowing = &p->plan->borrowing[b];
  const double *rate = ROW(p, input, borrowing->input + RATE, year);
  row_fill(p, cost, 0.0);
  for (int since = borrowing->year < 0 ? -1 : 0; since <= year; since++) {
    const double *sum = ROW(p, input, borrowing->input + BORROWED, since < 0 ? 0 : since);
    FOR_LANES(p, i)
    {
      const double from = borrowing->kind == BORROWING_REFINANCE ? borrowing->old_rate : borrowing->rate;
      cost[i] += round_units((since < 0 ? borrowing->amount : sum[i]) * (rate[i] - from));
    }
  }
}

static void borrowing_line(struct projection *p, int year)
{
  double *line = ROW(p, line, p->plan->n_lines + ENGINE_BORROWING, year);
  row_fill(p, line, 0.0);
  for (int b = 0; b < p->plan->n_borrowings; b++) {
    const struct borrowing *borrowing = &p->plan->borrowing[b];
    double *cost = ROW(p, cost, b, year);
    for (int field = BORROWED; field <= RATE; field++) {
      input_year(p, borrowing->input + field, year);
    }
    if (p->varies.borrowing[b] && borrowing->kind == BORROWING_NEW) {
      new_borrowing(p, b, year, cost);
    } else if (p->varies.borrowing[b]) {
      changed_rate(p, b, year, cost);
    }
    double *planned = &p->plan_borrowing_cost[b * p->n_years + year];
    if (p->all) {
      *planned = cost[0];
    }
    const double already = borrowing->in_plan ? *planned : 0.0; /* Rule 5 */
    FOR_LANES(p, i)
    {
      line[i] += cost[i] - already;
    }
  }
}

void capital_year(struct projection *p, int year)
{
  for (int r = 0; r < p->plan->n_receipts; r++) {
    if (p->varies.receipt[r]) {
      receipt_year(p, r, year);
    }
  }
  if (p->varies.engine[ENGINE_RECEIPTS]) {
    receipts_line(p, year);
  }
  if (p->varies.engine[ENGINE_COST_TO_ACHIEVE]) {
    cost_line(p, year);
  }
  if (p->varies.engine[ENGINE_FLEXIBLE_USE]) {
    double *qualifying = SCRATCH(p, 1);
    qualifying_row(p, year, qualifying);
    flexible_use(p, year, qualifying);
  }
  if (p->varies.engine[ENGINE_BORROWING]) {
    borrowing_line(p, year);
  }
}
