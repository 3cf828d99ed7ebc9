/* evaluate.h: what evaluate.c and functions.c share; inside core/report/workbook only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_WORKBOOK_EVALUATE_H
#define HEADROOM_WORKBOOK_EVALUATE_H

#include "report/workbook/book.h"

enum { MOST_ARGUMENTS = 64 };

/* One value, or those of a range row by row. */
struct value {
  bool is_words;
  double number;
  const char *words;
  bool is_range;
  int rows, columns;
  const double *range;
  struct spot from; /* of a range */
};

struct reader {
  struct book *book;
  const char *whole, *at;
  bool failed;
};

struct call {
  struct reader *reader;
  int count;
  struct value argument[MOST_ARGUMENTS];
};

struct function {
  const char *name;
  int least, most;
  struct value (*call)(struct call *);
};

/* functions.c: NULL when the workbook may not use it. */
const struct function *function_find(const char *name, size_t length);
/* evaluate.c */
struct value value_refused(struct reader *, const char *what);
struct value value_of_number(double);
struct value value_of_cell(struct reader *, struct spot);

#endif
