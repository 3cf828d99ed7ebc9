/* fan.c: the middle of many simulated futures, in two bands.
 *
 * Tints are too near to white to be seen by everyone: each band has edges drawn as lines. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/axis.h"
#include "report/chart/place.h"

enum { MOST_POINTS = CHART_YEARS + 1, MOST_NAMES = 5 };

struct name {
  struct text words;
  const char *class;
  double y; /* of what it names, at the last year */
};

static int trace(struct point *points, const struct chart_fan *data, const struct axis *axis,
                 const struct time_axis *time, const pence *value)
{
  for (int p = 0; p < time->count; p++) {
    const int year = p - data->has_opening;
    points[p] = (struct point){ time_x(time, p), axis_y(axis, year < 0 ? data->opening : value[year]) };
  }
  return time->count;
}

static void draw_line(struct svg *svg, const char *class, const struct chart_fan *data, const struct axis *axis,
                      const struct time_axis *time, const pence *value)
{
  struct point points[MOST_POINTS];
  svg_path(svg, class, points, trace(points, data, axis, time, value), false);
}

static void draw_band(struct svg *svg, const char *fill, const char *edge, const struct chart_fan *data,
                      const struct axis *axis, const struct time_axis *time, const pence *low, const pence *high)
{
  struct point around[2 * MOST_POINTS], below[MOST_POINTS];
  const int n = trace(around, data, axis, time, high);
  trace(below, data, axis, time, low);
  for (int p = 0; p < n; p++) {
    around[n + p] = below[n - 1 - p];
  }
  svg_path(svg, fill, around, 2 * n, true);
  draw_line(svg, edge, data, axis, time, high);
  draw_line(svg, edge, data, axis, time, low);
}

static void name_add(struct name *name, int *n, const char *class, double y)
{
  name[*n] = (struct name){ .class = class, .y = y };
  ++*n;
}

/* The names of what ends at the last year, in the order of the picture's importance. */
static int fan_names(struct name *name, const struct svg *svg, const struct chart_fan *data, int last)
{
  int n = 0;
  name_add(name, &n, "ch-m", 0);
  text_printf(&name[0].words, "Middle %d%s", data->outer, svg->narrow ? "" : " in 100");
  name_add(name, &n, "ch-m", 0);
  text_printf(&name[1].words, "Middle %d%s", data->inner, svg->narrow ? "" : " in 100");
  name_add(name, &n, "ch-b", 0);
  text_add(&name[2].words, svg->narrow ? "Middle" : "Middle future");
  if (data->plan != NULL) {
    name_add(name, &n, "ch-plan-ink", 0);
    text_add(&name[n - 1].words, data->plan_label != NULL ? data->plan_label : "Plan");
  }
  if (data->minimum != NULL) {
    name_add(name, &n, "ch-floor-ink", 0);
    text_money_short(&name[n - 1].words, data->minimum[last]);
    text_add(&name[n - 1].words, svg->narrow ? "" : " minimum");
  }
  return n;
}

static void place_names(struct name *name, const struct chart_fan *data, const struct axis *axis, int last)
{
  int n = 0;
  name[n++].y = axis_y(axis, data->high[last]);
  name[n++].y = axis_y(axis, data->upper[last]);
  name[n++].y = axis_y(axis, data->middle[last]);
  if (data->plan != NULL) {
    name[n++].y = axis_y(axis, data->plan[last]);
  }
  if (data->minimum != NULL) {
    name[n++].y = axis_y(axis, data->minimum[last]);
  }
}

static void draw_names(struct svg *svg, const struct axis *axis, const struct name *name, int n)
{
  double at[MOST_NAMES];
  for (int i = 0; i < n; i++) {
    at[i] = name[i].y;
  }
  dodge(at, n, svg->size * 1.3, axis->top, axis->bottom);
  for (int i = 0; i < n; i++) {
    svg_line(svg, "ch-link", axis->right + 2, name[i].y, axis->right + 12, at[i]);
    svg_text(svg, name[i].class, ANCHOR_START, 0, axis->right + 16, at[i] + svg->size * 0.35, text_str(&name[i].words));
  }
}

static struct span fan_span(const struct chart_fan *data, int years)
{
  struct span span = { 0, 0 };
  const pence *const rows[] = {
    data->low, data->lower, data->middle, data->upper, data->high, data->plan, data->minimum
  };
  for (size_t i = 0; i < COUNT_OF(rows); i++) {
    if (rows[i] != NULL) {
      span_add_years(&span, rows[i], years);
    }
  }
  if (data->has_opening) {
    span_add(&span, data->opening);
  }
  return span;
}

static void draw_fan(struct svg *svg, const struct chart_fan *data, const struct axis *axis,
                     const struct time_axis *time)
{
  axis_grid(svg, axis);
  draw_band(svg, "ch-outer", "ch-outer-edge", data, axis, time, data->low, data->high);
  draw_band(svg, "ch-inner", "ch-inner-edge", data, axis, time, data->lower, data->upper);
  axis_zero(svg, axis);
  if (data->minimum != NULL) {
    struct point points[MOST_POINTS];
    const int n = trace(points, data, axis, time, data->minimum);
    if (data->has_opening) {
      points[0].y = n > 1 ? points[1].y : points[0].y;
    }
    svg_path(svg, "ch-minimum", points, n, false);
  }
  if (data->plan != NULL) {
    draw_line(svg, "ch-plan", data, axis, time, data->plan);
  }
  draw_line(svg, "ch-middle", data, axis, time, data->middle);
}

void chart_fan(struct text *t, const struct chart_form *form, const struct chart_fan *data)
{
  struct svg svg;
  struct text sentence = { 0 };
  struct chart_years years = data->years;
  years.count = years.count > CHART_YEARS ? CHART_YEARS : years.count;
  svg_begin(&svg, form);
  struct axis axis;
  axis_fit(&axis, &svg, fan_span(data, years.count));
  unit_caption(&svg, &axis.unit, data->what);
  struct name name[MOST_NAMES];
  const int n = fan_names(name, &svg, data, years.count - 1);
  double widest = 0;
  for (int i = 0; i < n; i++) {
    const double width = text_width(text_str(&name[i].words), name[i].words.length, svg.size);
    widest = width > widest ? width : widest;
  }
  axis.right = svg.width - widest - 16;
  axis.top = svg.top + (time_projects(&years) ? svg.size * 1.6 : 10);
  axis.bottom = axis.top + (svg.narrow ? 220 : 290);
  const struct time_axis time =
      time_axis(&years, data->has_opening, false, axis.left + (svg.narrow ? 8 : 14), axis.right);
  draw_fan(&svg, data, &axis, &time);
  if (time_projects(&years)) {
    time_projection(&svg, &time, svg.top, axis.bottom);
  }
  place_names(name, data, &axis, years.count - 1);
  draw_names(&svg, &axis, name, n);
  time_labels(&svg, &time, axis.bottom + svg.size * 1.5);
  for (int i = 0; i < n; i++) {
    svg.body.failed = svg.body.failed || name[i].words.failed;
    text_fini(&name[i].words);
  }
  chart_fan_words(&sentence, data);
  svg_end(&svg, t, form, axis.bottom + svg.size * 2, text_str(&sentence));
  t->failed = t->failed || sentence.failed;
  text_fini(&sentence);
}
