/* place.h: labels that stand clear of each other and of lines; inside core/report/chart. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_CHART_PLACE_H
#define HEADROOM_CHART_PLACE_H

#include "report/chart/svg.h"

enum { MOST_DODGED = 40, MOST_BOXES = 64, MOST_SEGMENTS = 512 };

/* Moves n centres as little as may be (in squares) so that neighbours in order are `gap` apart and all lie from low to
 * high; spread evenly when there is no room for that.  at[] need not be in order; equal ones keep the order of the
 * array. */
void dodge(double *at, int n, double gap, double low, double high);

/* What stands in the picture already. */
struct box {
  double x, y, width, height; /* y: of its top */
};
struct crowd {
  struct box within; /* candidates that leave it come last */
  int n_boxes, n_segments;
  struct box box[MOST_BOXES];
  struct point segment[MOST_SEGMENTS][2];
};
void crowd_box(struct crowd *, struct box);
void crowd_path(struct crowd *, const struct point *points, int n);
/* The box of a line of text at its start, y the baseline. */
struct box text_box(const char *, double size, double x, double y);
/* The first of the candidates with the fewest crossings of lines, which then joins the crowd; -1 when each one leaves
 * the bounds or meets a box. */
int crowd_place(struct crowd *, const struct box *candidate, int n);

#endif
