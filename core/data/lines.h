/* lines.h: mtfp.csv on its way into the plan; shared by lines.c, line_parts.c and line_rules.c only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_LINES_H
#define HEADROOM_LINES_H

#include "data/table.h"

enum line_part { PART_NUMBER, PART_UNIT_COST, PART_PERCENT, PART_ONE_OFF, N_LINE_PARTS };

struct line_rows {
  struct reading *reading;
  struct table table;
  int *row;       /* of each line: its main row */
  unsigned *part; /* of each line: a bit for each part met */
  bool has_base;  /* the file has a column for the base year */
};

/* What a figure of the file is multiplied by to become cost-positive, under a convention of council.csv (format.md
 * section 2). */
double sign_of_class(const char *signs, enum line_class);

/* line_parts.c: every row with a part, joined to the line above that it repeats; then what parts each form needs. */
void read_parts(struct line_rows *);

/* line_rules.c: what holds across lines. */
void check_share_circles(struct line_rows *);
void check_signs(struct line_rows *);
void check_units(struct line_rows *);

#endif
