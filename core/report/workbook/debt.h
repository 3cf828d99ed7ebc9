/* debt.h: MRP and interest on a sum, as formulas; inside core/report/workbook only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_WORKBOOK_DEBT_H
#define HEADROOM_WORKBOOK_DEBT_H

#include "report/workbook/compile.h"

enum { LADDER_RUNGS = 10 }; /* powers below 1,024 */

/* Cells that hold (1 + rate) to the 1, 2, 4, 8...: beside each other, or below each other. */
struct ladder {
  struct spot first;
  bool across;
};
void ladder_put(struct compiler *, const struct ladder *, const char *rate);

struct debt {
  enum repayment method;
  enum interest_kind interest;
  int years;               /* its life, where an annuity fixes it */
  const char *life, *rate; /* references */
  struct ladder ladder;    /* of an annuity */
};
/* Part of the sum in the n-th year, n from 1. */
const char *mrp_factor(struct compiler *, const struct debt *, int n);
const char *interest_factor(struct compiler *, const struct debt *, int n);
/* Both on a sum, each to the pound. */
const char *yearly_cost(struct compiler *, const struct debt *, const char *amount, int n);

#endif
