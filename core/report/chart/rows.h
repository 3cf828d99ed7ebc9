/* rows.h: bars that lie, a row each, with names on the left and amounts beside them; inside core/report/chart. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_CHART_ROWS_H
#define HEADROOM_CHART_ROWS_H

#include "report/chart/axis.h"

/* Where rows stand: names in a column of their own, or, in the narrow form, above their bars. */
struct rows {
  struct unit unit;
  bool above;         /* names stand above their bars */
  double names;       /* width of their column */
  double left, right; /* of low and high */
  pence low, high;
  double height, bar; /* of a row, of its bar */
};
/* before, after: room for amounts on both sides of the bars. */
void rows_fit(struct rows *, const struct svg *, struct span, const char *const *name, int n, double before,
              double after);
double rows_x(const struct rows *, pence);
/* The name of the row whose top is y.  Returns the top of its bar. */
double rows_name(struct svg *, const struct rows *, double y, const char *class, const char *name);
void rows_bar(struct svg *, const struct rows *, const char *class, pence from, pence to, double y);
/* The line at nothing beside n rows from svg.top on. */
void rows_zero(struct svg *, const struct rows *, int n);

#endif
