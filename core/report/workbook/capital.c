/* capital.c: capital receipts and cost to achieve (R34 to R37): what core/model/capital.c does, as formulas.
 *
 * (1) A receipt some months late arrives later, the part of a year in a straight line.
 * (2) It is applied to debt, to avoided borrowing, to flexible use, in that order; the rest is held (R34).
 * (3) What pays debt or avoids borrowing saves MRP and interest from the year after (R35, R37).
 * (4) Flexible use is never above the qualifying cost of the year, nor after the direction's last year (R36).
 * (5) What the published lines already hold (in_plan) counts only as the difference from the plan. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/debt.h"

#include <string.h>

#define POUNDS "\xC2\xA3"

enum { AMOUNT, MONTHS, TO_DEBT, TO_AVOID, TO_FLEXIBLE }; /* the order of a receipt's inputs */

static const pence *received_of(const struct result *result, int r)
{
  return result->receipt[r].received;
}
static const pence *debt_of(const struct result *result, int r)
{
  return result->receipt[r].to_debt;
}
static const pence *avoid_of(const struct result *result, int r)
{
  return result->receipt[r].to_avoid;
}
static const pence *flexible_of(const struct result *result, int r)
{
  return result->receipt[r].flexible;
}

/* ---- rows ---------------------------------------------------------------------------------------------- */

static int receipt_row(struct compiler *c, int r, const char *what, const pence *(*of)(const struct result *, int))
{
  const struct receipt *receipt = &c->plan->receipt[r];
  const int row = figure_row(c, SHEET_RECEIPTS, words(c->book, "%s: %s", receipt->asset, what), receipt->id, POUNDS);
  if (of != NULL) {
    audit_row(c, SHEET_RECEIPTS, row, 1.0, of, r);
  }
  return row;
}

static int step_row(struct compiler *c, int r, const char *what, const char *unit)
{
  const struct receipt *receipt = &c->plan->receipt[r];
  return figure_row(c, SHEET_STEPS, words(c->book, "%s: %s", receipt->asset, what), receipt->id, unit);
}

static void declare_receipt(struct compiler *c, int r)
{
  const struct receipt *receipt = &c->plan->receipt[r];
  struct receipt_rows *rows = &c->receipt[r];
  rows->ladder = receipt->method == REPAY_ANNUITY ? step_row(c, r, "1 + rate to the 1, 2, 4, 8...", "x") : NO_ROW;
  rows->mrp = step_row(c, r, "MRP saved, years after, part of the sum", "x");
  rows->interest = step_row(c, r, "interest saved, years after, part of the sum", "x");
  rows->early =
      receipt->year < 0 ? step_row(c, r, "MRP and interest saved by what came before the plan", POUNDS) : NO_ROW;
  rows->arrived = receipt_row(c, r, "arrived by the end of the year", NULL);
  rows->received = receipt_row(c, r, "received", received_of);
  rows->debt = receipt_row(c, r, "pays debt", debt_of);
  rows->avoid = receipt_row(c, r, "avoids borrowing", avoid_of);
  rows->pot = receipt_row(c, r, "meant for flexible use, before any use of the year", NULL);
  rows->flexible = receipt_row(c, r, "used flexibly", flexible_of);
  rows->relief = receipt_row(c, r, "MRP and interest saved", NULL);
  rows->held = receipt_row(c, r, "held at the end of the year", NULL);
}

void capital_declare(struct compiler *c)
{
  c->qualifying = NO_ROW;
  if (c->plan->n_receipts > 0) {
    c->qualifying = figure_row(c, SHEET_RECEIPTS, "Cost to achieve that receipts may meet", "", POUNDS);
  }
  for (int r = 0; r < c->plan->n_receipts; r++) {
    declare_receipt(c, r);
  }
  borrowing_declare(c);
}

/* ---- what follows from the plan's own figures ---------------------------------------------------------- */

static struct debt debt_of_receipt(struct compiler *c, int r)
{
  const struct receipt *receipt = &c->plan->receipt[r];
  const struct receipt_rows *rows = &c->receipt[r];
  return (struct debt){ .method = receipt->method,
                        .interest = receipt->interest,
                        .years = receipt->life,
                        .life = input_cell(c, rows->life, -1),
                        .rate = input_cell(c, rows->rate, -1),
                        .ladder = { { SHEET_STEPS, rows->ladder, FIRST_COLUMN }, true } };
}

static struct spot factor_spot(int row, int n)
{
  return (struct spot){ SHEET_STEPS, row, FIRST_COLUMN + n - 1 };
}

/* What had paid debt or avoided borrowing before the plan. */
static const char *paid_before(struct compiler *c, int r)
{
  const struct receipt_rows *rows = &c->receipt[r];
  return rounded(c,
                 words(c->book, "%s*(%s+%s)", input_cell(c, rows->amount, -1), input_cell(c, rows->to_debt, -1),
                       input_cell(c, rows->to_avoid, -1)),
                 "");
}

static void receipt_steps(struct compiler *c, int r)
{
  const struct receipt *receipt = &c->plan->receipt[r];
  const struct receipt_rows *rows = &c->receipt[r];
  const struct debt debt = debt_of_receipt(c, r);
  if (rows->ladder != NO_ROW) {
    ladder_put(c, &debt.ladder, debt.rate);
  }
  for (int n = 1; n <= c->n_years; n++) {
    put_formula(c->book, factor_spot(rows->mrp, n), LOOK_FACTOR, "%s", mrp_factor(c, &debt, n));
    put_formula(c->book, factor_spot(rows->interest, n), LOOK_FACTOR, "%s", interest_factor(c, &debt, n));
    if (rows->early != NO_ROW) {
      put_formula(c->book, factor_spot(rows->early, n), LOOK_MONEY, "%s",
                  yearly_cost(c, &debt, paid_before(c, r), n - 1 - receipt->year));
    }
  }
}

/* ---- a year -------------------------------------------------------------------------------------------- */

static const char *input(struct compiler *c, int r, int which, int block, int year)
{
  const struct receipt *receipt = &c->plan->receipt[r];
  const struct receipt_rows *rows = &c->receipt[r];
  const char *path = which == AMOUNT     ? (year == receipt->year ? input_cell(c, rows->amount, -1) : "0")
                     : which == MONTHS   ? "0"
                     : which == TO_DEBT  ? input_cell(c, rows->to_debt, -1)
                     : which == TO_AVOID ? input_cell(c, rows->to_avoid, -1)
                                         : input_cell(c, rows->to_flexible, -1);
  return changed_value(c, receipt->input + which, block, year, path);
}

static const char *row_ref(struct compiler *c, int row, int block, int year)
{
  return block_ref(c, SHEET_RECEIPTS, row, block, year);
}

/* Rule 1: money received by the end of the year, rounded, so that the years sum to the receipt. */
static const char *arrived(struct compiler *c, int r, int block, int year)
{
  struct sum sum = { 0 };
  for (int due = 0; due <= year; due++) {
    const char *amount = input(c, r, AMOUNT, block, due), *months = input(c, r, MONTHS, block, due);
    if (strcmp(amount, "0") == 0) {
      continue;
    }
    const char *part = words(c->book, "MAX(0,MIN(1,%d-%s/12))", year - due + 1, months);
    sum_add(&sum, 1.0, rounded(c, strcmp(months, "0") == 0 ? amount : words(c->book, "%s*%s", amount, part), ""));
  }
  return sum_close(c->book, &sum);
}

/* Rule 2: shares of what arrived in the year; each takes from what those before it left. */
static void apply(struct compiler *c, int r, int block, int year)
{
  const struct receipt *receipt = &c->plan->receipt[r];
  const struct receipt_rows *rows = &c->receipt[r];
  const char *money = row_ref(c, rows->received, block, year), *debt = row_ref(c, rows->debt, block, year);
  const char *avoid = row_ref(c, rows->avoid, block, year);
  const char *share[TO_FLEXIBLE + 1] = { 0 };
  for (int which = TO_DEBT; which <= TO_FLEXIBLE; which++) {
    share[which] = rounded(c, words(c->book, "%s*%s", money, input(c, r, which, block, year)), "");
  }
  put_formula(c->book, in_block(c, SHEET_RECEIPTS, rows->debt, block, year), LOOK_MONEY, "%s", share[TO_DEBT]);
  put_formula(c->book, in_block(c, SHEET_RECEIPTS, rows->avoid, block, year), LOOK_MONEY, "MIN(%s,%s-%s)",
              share[TO_AVOID], money, debt);
  const char *before =
      year > 0
          ? words(c->book, "%s-%s", row_ref(c, rows->pot, block, year - 1), row_ref(c, rows->flexible, block, year - 1))
      : receipt->year < 0
          ? rounded(c, words(c->book, "%s*%s", input_cell(c, rows->amount, -1), input_cell(c, rows->to_flexible, -1)),
                    "")
          : "0";
  put_formula(c->book, in_block(c, SHEET_RECEIPTS, rows->pot, block, year), LOOK_MONEY, "%s+MIN(%s,%s-%s-%s)", before,
              share[TO_FLEXIBLE], money, debt, avoid);
}

/* Rule 3 */
static void relieve(struct compiler *c, int r, int block, int year)
{
  const struct receipt_rows *rows = &c->receipt[r];
  struct sum sum = { 0 };
  if (rows->early != NO_ROW) {
    sum_add(&sum, 1.0, ref_fixed(c->book, factor_spot(rows->early, year + 1)));
  }
  for (int since = 0; since < year; since++) {
    const char *paid =
        words(c->book, "(%s+%s)", row_ref(c, rows->debt, block, since), row_ref(c, rows->avoid, block, since));
    const int kinds[] = { rows->mrp, rows->interest };
    for (int k = 0; k < 2; k++) {
      const char *factor = ref_fixed(c->book, factor_spot(kinds[k], year - since));
      sum_add(&sum, 1.0, rounded(c, words(c->book, "%s*%s", paid, factor), ""));
    }
  }
  put_formula(c->book, in_block(c, SHEET_RECEIPTS, rows->relief, block, year), LOOK_MONEY, "%s",
              sum_close(c->book, &sum));
}

static void receipt_year(struct compiler *c, int r, int block, int year)
{
  const struct receipt_rows *rows = &c->receipt[r];
  put_formula(c->book, in_block(c, SHEET_RECEIPTS, rows->arrived, block, year), LOOK_MONEY, "%s",
              arrived(c, r, block, year));
  put_formula(c->book, in_block(c, SHEET_RECEIPTS, rows->received, block, year), LOOK_MONEY, "%s%s%s",
              row_ref(c, rows->arrived, block, year), year > 0 ? "-" : "",
              year > 0 ? row_ref(c, rows->arrived, block, year - 1) : "");
  apply(c, r, block, year);
  relieve(c, r, block, year);
}

/* ---- cost to achieve, and flexible use of receipts to meet it ------------------------------------------ */

/* What the engine adds to the net budget: all of it but what a line already holds. */
static const char *cost_to_achieve(struct compiler *c, int block, int year)
{
  struct sum sum = { 0 };
  for (int s = 0; s < c->plan->n_savings; s++) {
    sum_add(&sum, 1.0, saving_cost(c, s, block, year));
    if (c->plan->saving[s].cost_funding == COST_LINE) {
      sum_add(&sum, -1.0, input_cell(c, c->saving[s].cost, year));
    }
  }
  return sum_close(c->book, &sum);
}

static const char *qualifying(struct compiler *c, int block, int year)
{
  struct sum sum = { 0 };
  for (int s = 0; s < c->plan->n_savings; s++) {
    if (c->plan->saving[s].cost_funding == COST_RECEIPTS) {
      sum_add(&sum, 1.0, saving_cost(c, s, block, year));
    }
  }
  return sum_close(c->book, &sum);
}

/* What is held: what came, less what was applied. */
static void hold(struct compiler *c, int r, int block, int year)
{
  const struct receipt *receipt = &c->plan->receipt[r];
  const struct receipt_rows *rows = &c->receipt[r];
  const char *before = year > 0            ? row_ref(c, rows->held, block, year - 1)
                       : receipt->year < 0 ? words(c->book, "%s-%s", input_cell(c, rows->amount, -1), paid_before(c, r))
                                           : "0";
  put_formula(c->book, in_block(c, SHEET_RECEIPTS, rows->held, block, year), LOOK_MONEY, "%s+%s-%s-%s-%s", before,
              row_ref(c, rows->received, block, year), row_ref(c, rows->debt, block, year),
              row_ref(c, rows->avoid, block, year), row_ref(c, rows->flexible, block, year));
}

/* Rule 4, in order of arrival: the plan's year, then the order of the file. */
static const char *flexible_use(struct compiler *c, int block, int year)
{
  const struct plan *plan = c->plan;
  const bool in_time = plan->first_year + year <= plan->flexible_use_last_year;
  struct sum used = { 0 };
  int first = 0;
  for (int r = 0; r < plan->n_receipts; r++) {
    first = plan->receipt[r].year < first ? plan->receipt[r].year : first;
  }
  const char *left = plan->n_receipts > 0 ? row_ref(c, c->qualifying, block, year) : "0";
  for (int due = first; due < plan->n_years; due++) {
    for (int r = 0; r < plan->n_receipts; r++) {
      if (plan->receipt[r].year == due) {
        const struct receipt_rows *rows = &c->receipt[r];
        const struct spot at = in_block(c, SHEET_RECEIPTS, rows->flexible, block, year);
        const char *most = words(c->book, "MIN(%s,%s)", row_ref(c, rows->pot, block, year), left);
        put_formula(c->book, at, LOOK_MONEY, "%s", in_time ? most : "0");
        left = words(c->book, "%s-%s", left, ref(c->book, at));
        sum_add(&used, 1.0, ref(c->book, at));
      }
    }
  }
  return sum_close(c->book, &used);
}

/* Rule 5 */
static const char *receipts_line(struct compiler *c, int block, int year)
{
  struct sum sum = { 0 };
  for (int r = 0; r < c->plan->n_receipts; r++) {
    if (c->plan->receipt[r].in_plan) {
      sum_add(&sum, 1.0, row_ref(c, c->receipt[r].relief, 0, year));
    }
    sum_add(&sum, -1.0, row_ref(c, c->receipt[r].relief, block, year));
  }
  return sum_close(c->book, &sum);
}

static void put_line(struct compiler *c, enum engine_line line, int block, int year, const char *formula)
{
  const int row = c->line[c->plan->n_lines + (int)line].amount_row;
  put_formula(c->book, in_block(c, SHEET_MODEL, row, block, year), LOOK_MONEY, "%s", formula);
}

void capital_compile(struct compiler *c, int block, int year)
{
  for (int r = 0; r < c->plan->n_receipts; r++) {
    if (block == 0 && year == 0) {
      receipt_steps(c, r);
    }
    receipt_year(c, r, block, year);
  }
  if (c->qualifying != NO_ROW) {
    put_formula(c->book, in_block(c, SHEET_RECEIPTS, c->qualifying, block, year), LOOK_MONEY, "%s",
                qualifying(c, block, year));
  }
  put_line(c, ENGINE_RECEIPTS, block, year, receipts_line(c, block, year));
  put_line(c, ENGINE_COST_TO_ACHIEVE, block, year, cost_to_achieve(c, block, year));
  put_line(c, ENGINE_FLEXIBLE_USE, block, year, flexible_use(c, block, year));
  for (int r = 0; r < c->plan->n_receipts; r++) {
    hold(c, r, block, year);
  }
  put_line(c, ENGINE_BORROWING, block, year, borrowing_formula(c, block, year));
}
