/* axis.h: amounts up the side, years along the foot, keys above; inside core/report/chart. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_CHART_AXIS_H
#define HEADROOM_CHART_AXIS_H

#include "report/chart/svg.h"

/* What one amount in the picture is counted in. */
struct unit {
  pence size;
  const char *word; /* "£ million" */
  int decimals;     /* of an amount beside its mark */
};
struct unit unit_of(pence largest); /* of either sign */
/* "−1,234.5"; plus: a sign before what is above nothing, too. */
void unit_amount(struct text *, const struct unit *, pence, int decimals, bool plus);
/* "£0.6m", "£646k", "£12": with the pound sign, in that unit whatever the amount. */
void unit_pounds(struct text *, const struct unit *, pence);
/* "Reserves at 31 March, £ million", in lines from svg.top on; moves svg.top below it. */
void unit_caption(struct svg *, const struct unit *, const char *what);

struct span {
  pence low, high;
};
void span_add(struct span *, pence); /* begins at {0, 0}: nothing is always within */
void span_add_years(struct span *, const pence *value, int n);

/* Round amounts from low to high, both among them. */
struct axis {
  struct unit unit;
  pence low, high, step;
  double top, bottom; /* y of high and low */
  double left, right;
};
void axis_fit(struct axis *, const struct svg *, struct span); /* sets all but top, bottom and right */
double axis_y(const struct axis *, pence);
void axis_grid(struct svg *, const struct axis *); /* lines and amounts, without the line at nothing */
void axis_zero(struct svg *, const struct axis *);
void axis_tick(struct text *, const struct axis *, pence); /* as it stands beside its line */

/* Points in time along the foot: the opening balance, if there is one, then the years. */
struct time_axis {
  struct chart_years years;
  bool has_opening;
  int count; /* of points */
  double left, right;
  bool banded; /* each point in the middle of a band, as bars stand; else from edge to edge */
};
struct time_axis time_axis(const struct chart_years *, bool has_opening, bool banded, double left, double right);
double time_x(const struct time_axis *, int point);
double time_pitch(const struct time_axis *);
/* The last year always, and as many before it as stand clear of each other.  y: of the baseline. */
void time_labels(struct svg *, const struct time_axis *, double y);
double time_margin(const struct svg *); /* what a label takes beyond the middle of its point */
bool time_projects(const struct chart_years *);
/* "Published plan | Projected" from y_top on and the line between them down to y_bottom. */
void time_projection(struct svg *, const struct time_axis *, double y_top, double y_bottom);

/* ---- key.c: what a mark means, in a row that wraps ----------------------------------------------------- */

enum mark { MARK_BOX, MARK_LINE, MARK_BELOW, MARK_OUT };
struct key_item {
  enum mark mark;
  const char *class, *label; /* class: of a box or a line */
};
/* A square of that fate with its shape; its classes, for many in a group; the shape alone, in a class of the caller's.
 */
void fate_square(struct svg *, enum chart_fate, double x, double y, double side);
const char *fate_class(enum chart_fate);
const char *fate_mark_class(enum chart_fate);
void fate_shape(struct svg *, const char *class, enum chart_fate, double x, double y, double side);
/* From svg.top on; moves svg.top below it. */
void key_row(struct svg *, const struct key_item *, int n);

#endif
