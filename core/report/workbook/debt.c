/* debt.c: MRP and interest on a sum, some years after it was borrowed or repaid, as formulas (core/model/capital.c).
 *
 * The factors of an annuity need powers.  They are made by squaring, in the order of the engine: (1 + rate) to the 1,
 * 2, 4, 8... each in a cell, and a power is the product of those that its binary digits name. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/debt.h"

static struct spot rung(const struct ladder *ladder, int n)
{
  struct spot at = ladder->first;
  if (ladder->across) {
    at.column += n;
  } else {
    at.row += n;
  }
  return at;
}

void ladder_put(struct compiler *c, const struct ladder *ladder, const char *rate)
{
  put_formula(c->book, rung(ladder, 0), LOOK_FACTOR, "1+%s", rate);
  for (int n = 1; n < LADDER_RUNGS; n++) {
    const char *below = ref_fixed(c->book, rung(ladder, n - 1));
    put_formula(c->book, rung(ladder, n), LOOK_FACTOR, "%s*%s", below, below);
  }
}

static const char *power(struct compiler *c, const struct ladder *ladder, int exponent)
{
  const char *out = NULL;
  for (int n = 0; n < LADDER_RUNGS && exponent >> n > 0; n++) {
    if ((exponent >> n & 1) != 0) {
      const char *factor = ref_fixed(c->book, rung(ladder, n));
      out = out == NULL ? factor : words(c->book, "%s*%s", out, factor);
    }
  }
  return out == NULL ? "1" : words(c->book, "(%s)", out);
}

/* Where the rate is not above 0 an annuity is paid back in equal parts. */
static const char *unless_nil(struct compiler *c, const struct debt *debt, const char *annuity, const char *straight)
{
  return debt->method == REPAY_ANNUITY ? words(c->book, "IF(%s>0,%s,%s)", debt->rate, annuity, straight) : straight;
}

static const char *within_life(struct compiler *c, const struct debt *debt, int n, const char *factor)
{
  return words(c->book, "IF(%d>%s,0,%s)", n, debt->life, factor);
}

const char *mrp_factor(struct compiler *c, const struct debt *debt, int n)
{
  const char *annuity = debt->method == REPAY_ANNUITY
                            ? words(c->book, "%s/(%s-1)*%s", debt->rate, power(c, &debt->ladder, debt->years),
                                    power(c, &debt->ladder, n - 1))
                            : "";
  return within_life(c, debt, n, unless_nil(c, debt, annuity, words(c->book, "1/%s", debt->life)));
}

const char *interest_factor(struct compiler *c, const struct debt *debt, int n)
{
  if (debt->interest == INTEREST_LEVEL) {
    return within_life(c, debt, n, debt->rate);
  }
  const char *annuity =
      debt->method == REPAY_ANNUITY
          ? words(c->book, "(1-(%s-1)/(%s-1))", power(c, &debt->ladder, n - 1), power(c, &debt->ladder, debt->years))
          : "";
  const char *owed = unless_nil(c, debt, annuity, words(c->book, "(1-%d/%s)", n - 1, debt->life));
  return within_life(c, debt, n, words(c->book, "%s*%s", owed, debt->rate));
}

const char *yearly_cost(struct compiler *c, const struct debt *debt, const char *amount, int n)
{
  return words(c->book, "%s+%s", rounded(c, words(c->book, "%s*%s", amount, mrp_factor(c, debt, n)), ""),
               rounded(c, words(c->book, "%s*%s", amount, interest_factor(c, debt, n)), ""));
}
