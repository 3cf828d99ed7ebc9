/* rows_named.h: the tables of a plan as addresses see them, and the words in their rows; inside core/model only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_ROWS_NAMED_H
#define HEADROOM_ROWS_NAMED_H

#include "model/plan.h"

enum table {
  TABLE_DRIVER,
  TABLE_LINE,
  TABLE_TERM,
  TABLE_SAVING,
  TABLE_RESERVE,
  TABLE_RECEIPT,
  TABLE_BORROWING,
  N_TABLES
};

enum { MAX_KEYS = 12 };

/* What may stand before = or != of a table's rows: columns that hold one word, then columns that hold a list. */
struct table_kind {
  const char *name, *file;
  const char *word[MAX_KEYS], *list[MAX_KEYS];
};
extern const struct table_kind table_kinds[N_TABLES];
enum table table_of(enum field);

/* One row of one table. */
struct row {
  const struct plan *plan;
  enum table table;
  int at;
};
/* NULL when the table has no such column, "" when the cell is blank. */
const char *row_word(struct row, const char *key);
/* Does the list in this column hold the value? */
bool row_lists(struct row, const char *key, const char *value);
/* Does a list of names that NULL ends hold this one? */
bool has_name(const char *const *names, const char *name);

#endif
