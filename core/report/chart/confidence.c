/* confidence.c: how much reserve buys how much confidence: amounts held along the foot, futures out of 100 up the side.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/axis.h"
#include "report/chart/place.h"

enum { MOST_POINTS = 128 };

static double held_x(const struct axis *foot, const struct axis *side, pence held)
{
  return side->left + (double)(held - foot->low) / (double)(foot->high - foot->low) * (side->right - side->left);
}

static double share_y(const struct axis *side, double share)
{
  return side->bottom - share * (side->bottom - side->top);
}

/* Between the points on both sides; beyond the ends, the end, and `beyond` says on which side. */
static double share_at(const struct chart_confidence *data, pence held, const char **beyond)
{
  *beyond = held < data->held[0] ? "fewer than " : held > data->held[data->n_points - 1] ? "more than " : "";
  if (held <= data->held[0]) {
    return data->share[0];
  }
  for (int i = 1; i < data->n_points; i++) {
    if (held <= data->held[i]) {
      const double between = (double)(held - data->held[i - 1]) / (double)(data->held[i] - data->held[i - 1]);
      return data->share[i - 1] + between * (data->share[i] - data->share[i - 1]);
    }
  }
  return data->share[data->n_points - 1];
}

static void foot_labels(struct svg *svg, const struct axis *foot, const struct axis *side)
{
  double taken = -1; /* right edge of the label before */
  for (pence at = foot->low; at <= foot->high; at += foot->step) {
    struct text label = { 0 };
    axis_tick(&label, foot, at);
    const double half = text_width(text_str(&label), label.length, svg->size) / 2, wanted = held_x(foot, side, at);
    const double x = wanted + half > svg->width ? svg->width - half : wanted < half ? half : wanted;
    if (x - half > taken + 4) {
      svg_text(svg, "", ANCHOR_MIDDLE, 0, x, side->bottom + svg->size * 1.5, text_str(&label));
      taken = x + half;
    }
    svg_done(svg, &label);
  }
}

static void draw_now(struct svg *svg, const struct chart_confidence *data, const struct axis *foot,
                     const struct axis *side, struct crowd *crowd)
{
  enum { SIDES = 2, STEPS = 12 };
  const char *beyond;
  const double share = share_at(data, data->now, &beyond), x = held_x(foot, side, data->now), y = share_y(side, share);
  svg_line(svg, "ch-then", x, y, x, side->bottom);
  crowd_path(crowd, (const struct point[]){ { x, y }, { x, side->bottom } }, 2);
  if (*beyond == '\0') {
    svg_circle(svg, "ch-end-plan", x, y, svg->narrow ? 5 : 7);
  }
  struct text label = { 0 };
  text_money_short(&label, data->now);
  text_printf(&label, " held: %s%d in 100", beyond, (int)(share * 100 + 0.5));
  const double size = svg->size, width = text_width(text_str(&label), label.length, size);
  struct box candidate[SIDES * STEPS];
  for (int i = 0; i < SIDES * STEPS; i++) { /* from the mark outwards: below, above, on either side */
    const int step = i / 4;
    const double beside = i % 2 == 0 ? x + 12 : x - 12 - width, most = side->right - width;
    const double left = beside > most ? most : beside < side->left ? side->left : beside, away = size * (1.5 + step);
    candidate[i] = text_box(text_str(&label), size, left, i / 2 % 2 == 0 ? y + away : y - away + size * 0.7);
  }
  const int best = crowd_place(crowd, candidate, SIDES * STEPS);
  if (best >= 0) {
    svg_text(svg, "ch-over", ANCHOR_START, 0, candidate[best].x, candidate[best].y + size * 0.8, text_str(&label));
  }
  svg_done(svg, &label);
}

void chart_confidence(struct text *t, const struct chart_form *form, const struct chart_confidence *data)
{
  struct svg svg;
  struct text sentence = { 0 };
  const int n = data->n_points < MOST_POINTS ? data->n_points : MOST_POINTS;
  struct span span = { 0, 0 };
  span_add_years(&span, data->held, n);
  span_add(&span, data->now);
  svg_begin(&svg, form);
  struct axis foot, side = { .unit = { 1, "", 0 }, .low = 0, .high = 100, .step = svg.narrow ? 25 : 20 };
  axis_fit(&foot, &svg, span);
  struct text caption = { 0 };
  text_printf(&caption, "%s: in how many of 100 simulated futures, by reserves held", data->what);
  unit_caption(&svg, &foot.unit, text_str(&caption));
  text_fini(&caption);
  side.left = text_width("100", 3, svg.size) + 8;
  side.right = svg.width - 12;
  side.top = svg.top + 10;
  side.bottom = side.top + (svg.narrow ? 190 : 250);
  struct point points[MOST_POINTS];
  for (int i = 0; i < n; i++) {
    points[i] = (struct point){ held_x(&foot, &side, data->held[i]), share_y(&side, data->share[i]) };
  }
  struct crowd crowd = { 0 };
  crowd.within =
      (struct box){ side.left, side.top - svg.size, side.right - side.left, side.bottom - side.top + svg.size };
  crowd_path(&crowd, points, n);
  axis_grid(&svg, &side);
  axis_zero(&svg, &side);
  svg_path(&svg, "ch-plan", points, n, false);
  draw_now(&svg, data, &foot, &side, &crowd);
  foot_labels(&svg, &foot, &side);
  chart_confidence_words(&sentence, data);
  svg_end(&svg, t, form, side.bottom + svg.size * 2, text_str(&sentence));
  t->failed = t->failed || sentence.failed;
  text_fini(&sentence);
}
