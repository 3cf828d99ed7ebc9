/* raw.h: one physical line of a file, before it is cut into cells; shared by raw.c, csv.c and folder.c only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_RAW_H
#define HEADROOM_RAW_H

#include "data/table.h"

struct raw_line {
  const char *file;
  char *at, *end;      /* without its line end; NUL-terminated */
  int number;          /* from 1 */
  const char *excerpt; /* the line as it can be shown */
  bool is_ascii;       /* a character is a byte */
};

/* Text from outside with whatever a terminal must not see replaced, one character for one. */
const char *raw_shown(struct arena *, const char *, size_t n);

/* Where `at` stands in the line; width in characters. */
struct place raw_place(const struct raw_line *, const char *at, int width);

/* False after a finding: the file is not text at all, such as UTF-16 or a workbook. */
bool raw_file_is_text(struct reading *, const char *file, const char *bytes, size_t n);
/* False after one finding, the first thing that is wrong with the line: a byte that is not UTF-8, a NUL, a control
 * character.  Sets the excerpt. */
bool raw_line_is_text(struct reading *, struct raw_line *);

#endif
