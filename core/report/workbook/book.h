/* book.h: a workbook in memory while it is put together; inside core/report/workbook only.
 *
 * A cell is a number, words, or a formula with the value that it comes to.  Formulas are written as text, from
 * references to cells that stand already, so that a formula can be worked out as soon as it is written. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_WORKBOOK_BOOK_H
#define HEADROOM_WORKBOOK_BOOK_H

#include "base/base.h"
#include "report/workbook/allowed.h"

/* Sheets in the order of their tabs: name, what heads it. */
#define SHEET_MAP(X)                                                                             \
  X(SHEET_SUMMARY, "Summary", "Summary")                                                         \
  X(SHEET_SCENARIOS, "Scenarios", "Scenarios side by side")                                      \
  X(SHEET_INPUTS, "Inputs", "Inputs: the plan as the folder gives it")                           \
  X(SHEET_MODEL, "Model", "Model: budget, funding, the gap and what meets it")                   \
  X(SHEET_SAVINGS, "Savings", "Savings, planned and expected")                                   \
  X(SHEET_RESERVES, "Reserves", "Reserves, year by year")                                        \
  X(SHEET_RECEIPTS, "Receipts", "Capital receipts, cost to achieve and borrowing")               \
  X(SHEET_CHANGES, "Changes", "Changes: what each scenario does to the inputs")                  \
  X(SHEET_DRIVERS, "Drivers", "Drivers: the rates that lines follow")                            \
  X(SHEET_LINES, "Lines", "Lines: the workings between inputs and amounts")                      \
  X(SHEET_STEPS, "Steps", "Steps: what follows from the plan's own figures before any scenario") \
  X(SHEET_FUTURES, "Futures", "Simulated futures")                                               \
  X(SHEET_CHECKS, "Checks", "Checks: what the engine would refuse")                              \
  X(SHEET_TRACE, "Trace", "Trace: where each input is from")                                     \
  X(SHEET_AUDIT, "Audit", "Audit: the workbook held against the engine")

enum sheet {
#define SHEET_ENUM(name, tab, title) name,
  SHEET_MAP(SHEET_ENUM)
#undef SHEET_ENUM
      N_SHEETS
};
struct sheet_kind {
  const char *tab, *title;
};
extern const struct sheet_kind sheet_kinds[N_SHEETS];

/* How a cell looks. */
enum look {
  LOOK_PLAIN,
  LOOK_TITLE,
  LOOK_NOTE,
  LOOK_HEAD, /* of a column */
  LOOK_HEAD_RIGHT,
  LOOK_GROUP, /* of some rows */
  LOOK_WRAP,
  LOOK_RIGHT,
  LOOK_MONEY,
  LOOK_TOTAL,
  LOOK_PENNIES,
  LOOK_PERCENT,
  LOOK_COUNT,
  LOOK_FACTOR,
  LOOK_WHOLE,
  LOOK_ANSWER,
  LOOK_CHOICE,
  LOOK_ALARM,
  N_LOOKS
};

enum content { CONTENT_NONE, CONTENT_NUMBER, CONTENT_WORDS, CONTENT_FORMULA };

struct cell {
  enum content content;
  enum look look;
  bool open;           /* yellow, and unlocked */
  struct allowed may;  /* of a yellow cell */
  bool is_words;       /* of a formula: it comes to words */
  double number;       /* of a formula: what it comes to */
  const char *words;   /* likewise */
  const char *formula; /* without the = */
};

struct spot {
  enum sheet sheet;
  int row, column; /* from 0 */
};

struct cell_row {
  struct cell *cell;
};

struct sheet_grid {
  int n_rows, n_columns;
  struct cell_row *row;
};

struct book {
  struct arena arena;
  struct sheet_grid sheet[N_SHEETS];
  struct spot chosen;  /* the cell named chosen: the number of the scenario on show */
  struct spot refused; /* the cell named refused: how many figures here the engine would not take */
  bool failed;         /* memory, or a fault of this module */
  char fault[240];     /* "" when memory ran out */
};

void book_init(struct book *);
void book_fini(struct book *);
PRINTF_LIKE(2, 3) void book_fault(struct book *, const char *format, ...);

/* A new last row of a sheet, its number. */
int book_row(struct book *, enum sheet);
struct cell *cell_at(struct book *, struct spot);               /* never NULL */
const struct cell *cell_seen(const struct book *, struct spot); /* NULL when nothing stands there */

void put_words(struct book *, struct spot, enum look, const char *);
void put_number(struct book *, struct spot, enum look, double);
/* A formula, printf-like and without its =; works it out.  The name of its own sheet is left out of it. */
PRINTF_LIKE(4, 5) void put_formula(struct book *, struct spot, enum look, const char *format, ...);

/* "Model!D5", "Model!$D$5", "Model!$D$5:$H$5"; in the arena. */
const char *ref(struct book *, struct spot);
const char *ref_fixed(struct book *, struct spot);
const char *ref_span(struct book *, struct spot from, struct spot to);
PRINTF_LIKE(2, 3) const char *words(struct book *, const char *format, ...);

/* Several terms with + and - between them. */
struct sum {
  struct text text;
};
void sum_add(struct sum *, double sign, const char *term);
const char *sum_close(struct book *, struct sum *); /* "0" when nothing was added */

/* evaluate.c: what a formula comes to, on the cells that stand.  False: book->fault says why. */
bool evaluate(struct book *, const char *formula, struct cell *out);

#endif
