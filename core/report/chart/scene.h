/* scene.h: reserves as lines, laid out and yet to be drawn; inside core/report/chart. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_CHART_SCENE_H
#define HEADROOM_CHART_SCENE_H

#include "report/chart/axis.h"
#include "report/chart/place.h"

enum { MOST_POINTS = CHART_YEARS + 1 };

/* A line as it is drawn. */
struct trace {
  struct point point[MOST_POINTS];
  int n_points;
  bool runs_out;
  double end_x, end_y; /* of its numbered circle */
};

struct scene {
  const struct chart_reserves *data;
  int n_lines, n_years;
  struct axis axis;
  struct time_axis time;
  struct trace trace[CHART_LINES];
  double strip; /* y of the foot of what lies below nothing */
  double radius;
  struct crowd crowd;
};

/* reserves_draw.c: everything but the key; scene_key.c: the futures by number, in a column from x and svg.top on. */
void scene_draw(struct svg *, struct scene *);
void scene_circle(struct svg *, const struct scene *, int at, double x, double y);
void scene_key(struct svg *, const struct scene *, double x, double width);

#endif
