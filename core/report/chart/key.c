/* key.c: what the marks of a picture mean, in rows above it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/axis.h"

#include <string.h>

static const double box = 12, apart = 18;

const char *fate_class(enum chart_fate fate)
{
  static const char *const classes[CHART_FATES] = { "ch-sq", "ch-sq-low", "ch-sq-out" };
  return classes[fate];
}

const char *fate_mark_class(enum chart_fate fate)
{
  return fate == CHART_OUT ? "ch-sq-cross" : "ch-sq-fall";
}

void fate_shape(struct svg *svg, const char *class, enum chart_fate fate, double x, double y, double side)
{
  if (fate == CHART_BELOW) {
    const struct point points[] = { { x + side * 0.2, y + side * 0.3 },
                                    { x + side * 0.8, y + side * 0.3 },
                                    { x + side * 0.5, y + side * 0.78 } };
    svg_path(svg, class, points, 3, true);
  } else if (fate == CHART_OUT) {
    svg_line(svg, class, x + side * 0.25, y + side * 0.25, x + side * 0.75, y + side * 0.75);
    svg_line(svg, class, x + side * 0.25, y + side * 0.75, x + side * 0.75, y + side * 0.25);
  }
}

void fate_square(struct svg *svg, enum chart_fate fate, double x, double y, double side)
{
  svg_rect(svg, fate_class(fate), x, y, side, side);
  fate_shape(svg, fate_mark_class(fate), fate, x, y, side);
}

static double item_width(const struct svg *svg, const struct key_item *item, double most)
{
  const double width = box + 7 + text_width(item->label, strlen(item->label), svg->size);
  return width < most ? width : most;
}

void key_row(struct svg *svg, const struct key_item *item, int n)
{
  const double height = svg->size * 1.5;
  double x = 0, y = svg->top + svg->size;
  for (int i = 0; i < n; i++) {
    const double width = item_width(svg, &item[i], svg->width);
    if (x > 0 && x + width > svg->width) {
      x = 0;
      y += height;
    }
    if (item[i].mark == MARK_BOX) {
      svg_rect(svg, item[i].class, x + 1, y - box + 2, box - 2, box - 2);
    } else if (item[i].mark != MARK_LINE) {
      fate_shape(svg, item[i].mark == MARK_BELOW ? "ch-fall" : "ch-cross",
                 item[i].mark == MARK_BELOW ? CHART_BELOW : CHART_OUT, x - 1, y - box - 0.5, box + 3);
    } else {
      svg_line(svg, item[i].class, x, y - svg->size * 0.35, x + box, y - svg->size * 0.35);
    }
    svg_label(svg, "", ANCHOR_START, 0, x + box + 7, y, width - box - 7, item[i].label);
    x += width + apart;
  }
  svg->top = y + 10;
}
