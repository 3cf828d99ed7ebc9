/* compile.c: what the compilers of each part share: rows, columns, roundings, and the list of what is audited. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/compile.h"

#include <string.h>

int blocks_column(const struct compiler *c, int block, int year)
{
  return FIRST_COLUMN + block * c->n_years + year;
}

struct spot in_block(const struct compiler *c, enum sheet sheet, int row, int block, int year)
{
  return (struct spot){ sheet, row, blocks_column(c, block, year) };
}

const char *block_ref(struct compiler *c, enum sheet sheet, int row, int block, int year)
{
  return ref(c->book, in_block(c, sheet, row, block, year));
}

int figure_row(struct compiler *c, enum sheet sheet, const char *label, const char *id, const char *unit)
{
  const int row = book_row(c->book, sheet);
  put_words(c->book, (struct spot){ sheet, row, 0 }, LOOK_PLAIN, label);
  put_words(c->book, (struct spot){ sheet, row, 1 }, LOOK_NOTE, id);
  put_words(c->book, (struct spot){ sheet, row, 2 }, LOOK_NOTE, unit);
  return row;
}

void group_row(struct compiler *c, enum sheet sheet, const char *label)
{
  put_words(c->book, (struct spot){ sheet, book_row(c->book, sheet), 0 }, LOOK_GROUP, label);
}

void audit_row(struct compiler *c, enum sheet sheet, int row, double sign,
               const pence *(*of)(const struct result *, int), int item)
{
  struct audited *all = arena_grow(&c->book->arena, c->audited, (size_t)c->n_audited, sizeof *all);
  if (all == NULL) {
    c->book->failed = true;
    return;
  }
  c->audited = all;
  c->audited[c->n_audited++] = (struct audited){ sheet, row, sign, of, item };
}

double printed(const struct plan *plan, int line)
{
  const enum line_class class =
      line < plan->n_lines ? plan->line[line].class : engine_line_kinds[line - plan->n_lines].class;
  return class_is_funding(class) || class == LINE_CAPITALISED ? -1.0 : 1.0;
}

void trace_add(struct compiler *c, struct traced traced)
{
  struct traced *all = arena_grow(&c->book->arena, c->traced, (size_t)c->n_traced, sizeof *all);
  if (all == NULL) {
    c->book->failed = true;
    return;
  }
  c->traced = all;
  c->traced[c->n_traced++] = traced;
}

static const char *hair(struct compiler *c, const char *x, const char *sign_of)
{
  if (sign_of != NULL && *sign_of == '\0') {
    return HAIR;
  }
  return words(c->book, "IF(%s<0,-" HAIR "," HAIR ")", sign_of != NULL ? sign_of : x);
}

const char *rounded(struct compiler *c, const char *x, const char *sign_of)
{
  return words(c->book, "ROUND(%s+%s,0)", x, hair(c, x, sign_of));
}

const char *rounded_hundredths(struct compiler *c, const char *x, const char *sign_of)
{
  return words(c->book, "ROUND(%s*100+%s,0)/100", x, hair(c, x, sign_of));
}
