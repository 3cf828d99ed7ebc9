/* balances.c: what follows from balances: the DSG deficit that would fall on the council, and interest that looks back
 * (R13, R18), as formulas (core/model/balances.c). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/compile.h"

static const char *reserve_ref(struct compiler *c, int row, int block, int year)
{
  return block_ref(c, SHEET_RESERVES, row, block, year);
}

/* Usable reserves together; year -1: as the plan opens. */
const char *usable_sum(struct compiler *c, int block, int year)
{
  struct sum sum = { 0 };
  for (int r = 0; r < c->plan->n_reserves; r++) {
    if (class_is_usable(c->plan->reserve[r].class)) {
      sum_add(&sum, 1.0,
              year < 0 ? input_cell(c, c->reserve[r].opening_input, -1)
                       : reserve_ref(c, c->reserve[r].closing, block, year));
    }
  }
  return words(c->book, "ROUND(%s,2)", sum_close(c->book, &sum));
}

const char *deficit_sum(struct compiler *c, int block, int year)
{
  struct sum sum = { 0 };
  for (int r = 0; r < c->plan->n_reserves; r++) {
    if (c->plan->reserve[r].class == RESERVE_DSG) {
      sum_add(&sum, -1.0,
              words(c->book, "MIN(0,%s)",
                    year < 0 ? input_cell(c, c->reserve[r].opening_input, -1)
                             : reserve_ref(c, c->reserve[r].closing, block, year)));
    }
  }
  return words(c->book, "ROUND(%s,2)", sum_close(c->book, &sum));
}

/* The grant meets a share of the eligible deficit at 31 March 2026, from 2026/27; later deficit stays. */
const char *exposure_formula(struct compiler *c, int block, int year)
{
  enum { GRANT_STANDS_ON = 2025 }; /* closing balance of 2025/26 */
  const char *deficit = reserve_ref(c, c->deficit, block, year);
  const int at = GRANT_STANDS_ON - c->plan->first_year;
  if (at < -1 || at >= year || c->plan->term[TERM_GRANT_SHARE].input < 0 ||
      c->plan->term[TERM_ELIGIBLE_SHARE].input < 0) {
    return deficit;
  }
  const char *then = at < 0 ? deficit_sum(c, block, -1) : reserve_ref(c, c->deficit, block, at);
  const char *met = rounded(c,
                            words(c->book, "%s*%s*%s", term_value(c, TERM_GRANT_SHARE, block, year),
                                  term_value(c, TERM_ELIGIBLE_SHARE, block, year), then),
                            "");
  return words(c->book, "MAX(0,ROUND(%s-%s,2))", deficit, met);
}

/* Interest that looks back at balances (R13): on the run's balance, less the same on the plan's. */
const char *balances_formula(struct compiler *c, enum engine_line which, int block, int year)
{
  const bool carrying = which == ENGINE_DSG_CARRYING;
  const enum term_id rate = carrying ? TERM_CARRYING_RATE : TERM_BALANCES_RATE;
  if ((!carrying && !c->plan->interest_on_balances) || c->plan->term[rate].input < 0) {
    return "0";
  }
  const char *own = year == 0  ? (carrying ? deficit_sum(c, block, -1) : usable_sum(c, block, -1))
                    : carrying ? reserve_ref(c, c->deficit, block, year - 1)
                               : measure_ref(c, M_USABLE_CLOSING, block, year - 1);
  const char *plan = year == 0  ? own
                     : carrying ? reserve_ref(c, c->deficit, 0, year - 1)
                                : measure_ref(c, M_USABLE_CLOSING, 0, year - 1);
  const char *now = words(c->book, "%s*%s", term_value(c, rate, block, year), own);
  const char *already = words(c->book, "%s*%s", term_value(c, rate, 0, year), plan);
  return rounded(c, carrying ? words(c->book, "(%s-%s)", now, already) : words(c->book, "(%s-%s)", already, now), NULL);
}
