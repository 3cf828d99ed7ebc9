/* borrowing.c: MRP and interest on borrowing (core/model/capital.c), as formulas.
 *
 * New borrowing costs MRP and interest from the year after.  A loan whose rate is changed in its year, or that moves
 * with rates, counts only the change of rate.  What the published lines already hold counts only as the difference. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/debt.h"

#include <string.h>

#define POUNDS "\xC2\xA3"

enum { BORROWED, RATE }; /* the order of a borrowing's inputs */

static bool needs_ladder(const struct compiler *c, int b)
{
  const struct borrowing *borrowing = &c->plan->borrowing[b];
  return borrowing->kind == BORROWING_NEW && borrowing->method == REPAY_ANNUITY;
}

void borrowing_declare(struct compiler *c)
{
  for (int b = 0; b < c->plan->n_borrowings; b++) {
    const struct borrowing *borrowing = &c->plan->borrowing[b];
    struct borrowing_rows *rows = &c->borrowing[b];
    rows->ladder = rows->early_ladder = NO_ROW;
    for (int n = 0; needs_ladder(c, b) && n < LADDER_RUNGS; n++) {
      const int row = figure_row(c, SHEET_RECEIPTS, words(c->book, "%s: 1 + rate to the %d", borrowing->label, 1 << n),
                                 borrowing->id, "x");
      rows->ladder = n == 0 ? row : rows->ladder;
    }
    if (needs_ladder(c, b) && borrowing->year < 0) {
      rows->early_ladder = figure_row(
          c, SHEET_STEPS, words(c->book, "%s: 1 + rate to the 1, 2, 4, 8...", borrowing->label), borrowing->id, "x");
    }
    rows->cost =
        figure_row(c, SHEET_RECEIPTS, words(c->book, "%s: MRP and interest", borrowing->label), borrowing->id, POUNDS);
  }
}

static const char *input(struct compiler *c, int b, int which, int block, int year)
{
  const struct borrowing *borrowing = &c->plan->borrowing[b];
  const struct borrowing_rows *rows = &c->borrowing[b];
  const char *path = which == RATE             ? input_cell(c, rows->rate, -1)
                     : year == borrowing->year ? input_cell(c, rows->amount, -1)
                                               : "0";
  return changed_value(c, borrowing->input + which, block, year, path);
}

static struct debt debt_since(struct compiler *c, int b, const char *rate, struct ladder ladder)
{
  const struct borrowing *borrowing = &c->plan->borrowing[b];
  return (struct debt){ .method = borrowing->method,
                        .interest = borrowing->interest,
                        .years = borrowing->life,
                        .life = input_cell(c, c->borrowing[b].life, -1),
                        .rate = rate,
                        .ladder = ladder };
}

static const char *new_borrowing(struct compiler *c, int b, int block, int year)
{
  const struct borrowing *borrowing = &c->plan->borrowing[b];
  const struct borrowing_rows *rows = &c->borrowing[b];
  struct sum sum = { 0 };
  if (borrowing->year < 0) {
    const struct debt debt = debt_since(c, b, input_cell(c, rows->rate, -1),
                                        (struct ladder){ { SHEET_STEPS, rows->early_ladder, FIRST_COLUMN }, true });
    if (rows->early_ladder != NO_ROW && block == 0 && year == 0) {
      ladder_put(c, &debt.ladder, debt.rate);
    }
    sum_add(&sum, 1.0, yearly_cost(c, &debt, input_cell(c, rows->amount, -1), year - borrowing->year));
  }
  for (int since = 0; since < year; since++) {
    const char *amount = input(c, b, BORROWED, block, since);
    if (strcmp(amount, "0") != 0) {
      const struct debt debt =
          debt_since(c, b, input(c, b, RATE, block, since),
                     (struct ladder){ in_block(c, SHEET_RECEIPTS, rows->ladder, block, since), false });
      sum_add(&sum, 1.0, yearly_cost(c, &debt, amount, year - since));
    }
  }
  return sum_close(c->book, &sum);
}

static const char *changed_rate(struct compiler *c, int b, int block, int year)
{
  const struct borrowing *borrowing = &c->plan->borrowing[b];
  const struct borrowing_rows *rows = &c->borrowing[b];
  const char *from = input_cell(c, borrowing->kind == BORROWING_REFINANCE ? rows->old_rate : rows->rate, -1);
  const char *change = words(c->book, "(%s-%s)", input(c, b, RATE, block, year), from);
  struct sum sum = { 0 };
  for (int since = borrowing->year < 0 ? -1 : 0; since <= year; since++) {
    const char *amount = since < 0 ? input_cell(c, rows->amount, -1) : input(c, b, BORROWED, block, since);
    if (strcmp(amount, "0") != 0) {
      sum_add(&sum, 1.0, rounded(c, words(c->book, "%s*%s", amount, change), change));
    }
  }
  return sum_close(c->book, &sum);
}

const char *borrowing_formula(struct compiler *c, int block, int year)
{
  struct sum sum = { 0 };
  for (int b = 0; b < c->plan->n_borrowings; b++) {
    const struct borrowing *borrowing = &c->plan->borrowing[b];
    const struct borrowing_rows *rows = &c->borrowing[b];
    if (rows->ladder != NO_ROW) {
      const struct ladder ladder = { in_block(c, SHEET_RECEIPTS, rows->ladder, block, year), false };
      ladder_put(c, &ladder, input(c, b, RATE, block, year));
    }
    put_formula(c->book, in_block(c, SHEET_RECEIPTS, rows->cost, block, year), LOOK_MONEY, "%s",
                borrowing->kind == BORROWING_NEW ? new_borrowing(c, b, block, year) : changed_rate(c, b, block, year));
    sum_add(&sum, 1.0, block_ref(c, SHEET_RECEIPTS, rows->cost, block, year));
    if (borrowing->in_plan) {
      sum_add(&sum, -1.0, block_ref(c, SHEET_RECEIPTS, rows->cost, 0, year));
    }
  }
  return sum_close(c->book, &sum);
}
