/* reserves.c: reserves as lines, one a future, numbered where they end: where everything stands.
 *
 * (1) A line stops where reserves run out: less than nothing does not exist.  Where the shortfall of the year is known,
 *     the line meets nothing within the year in proportion. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/scene.h"
#include "report/chart/words.h"

#include <string.h>

/* Names stand beside the plot where it has room and they are few, else below it. */
enum { CHART_BESIDE = 700, MOST_BESIDE = 6 };

static pence unfunded_in(const struct chart_line *line, int year)
{
  if (line->unfunded != NULL && line->unfunded[year] > 0) {
    return line->unfunded[year];
  }
  return line->value[year] < 0 ? -line->value[year] : 0;
}

static void trace_add(struct trace *trace, double x, double y)
{
  trace->point[trace->n_points++] = (struct point){ x, y };
}

/* Rule 1. */
static void trace_out(struct scene *scene, struct trace *trace, const struct chart_line *line, int point)
{
  const int year = line->runs_out;
  const pence left = line->value[year] > 0 ? line->value[year] : 0; /* what may not be used stays */
  double x = time_x(&scene->time, point);
  if (point > 0) {
    const pence before = year > 0 ? line->value[year - 1] : scene->data->opening;
    const double had = before > left ? (double)(before - left) : 0, short_by = (double)unfunded_in(line, year);
    const double share = had + short_by > 0 ? had / (had + short_by) : 0;
    x = time_x(&scene->time, point - 1) + time_pitch(&scene->time) * share;
  }
  trace_add(trace, x, axis_y(&scene->axis, left));
  trace->runs_out = true;
}

static void trace_line(struct scene *scene, int at)
{
  const struct chart_reserves *data = scene->data;
  const struct chart_line *line = &data->line[at];
  struct trace *trace = &scene->trace[at];
  if (data->has_opening) {
    trace_add(trace, time_x(&scene->time, 0), axis_y(&scene->axis, data->opening));
  }
  for (int y = 0; y < scene->n_years; y++) {
    const int point = y + data->has_opening;
    if (y == line->runs_out) {
      trace_out(scene, trace, line, point);
      break;
    }
    trace_add(trace, time_x(&scene->time, point), axis_y(&scene->axis, line->value[y]));
  }
  crowd_path(&scene->crowd, trace->point, trace->n_points);
}

/* Circles: beside the last year, one above the other; and below nothing, one beside the other. */
static void place_ends(struct scene *scene)
{
  double across[CHART_LINES], up[CHART_LINES];
  int n_across = 0, n_up = 0, at_across[CHART_LINES], at_up[CHART_LINES];
  const double gap = 2 * scene->radius + 2, right = scene->time.right + scene->radius + 5;
  for (int i = 0; i < scene->n_lines; i++) {
    const struct trace *trace = &scene->trace[i];
    const struct point *last = &trace->point[trace->n_points - 1];
    if (trace->runs_out) {
      at_across[n_across] = i;
      across[n_across++] = last->x;
    } else {
      at_up[n_up] = i;
      up[n_up++] = last->y;
    }
  }
  dodge(across, n_across, gap, scene->axis.left + scene->radius, scene->axis.right - scene->radius);
  dodge(up, n_up, gap, scene->axis.top, scene->axis.bottom - scene->radius * 0.6);
  for (int i = 0; i < n_across; i++) {
    scene->trace[at_across[i]].end_x = across[i];
    scene->trace[at_across[i]].end_y = scene->axis.bottom + scene->radius + 7;
  }
  for (int i = 0; i < n_up; i++) {
    scene->trace[at_up[i]].end_x = right;
    scene->trace[at_up[i]].end_y = up[i];
  }
}

/* What the lines reach, as far as they are drawn. */
static struct span scene_span(const struct scene *scene)
{
  const struct chart_reserves *data = scene->data;
  struct span span = { 0, 0 };
  if (data->has_opening) {
    span_add(&span, data->opening);
  }
  if (data->minimum != NULL) {
    span_add_years(&span, data->minimum, scene->n_years);
  }
  for (int i = 0; i < scene->n_lines; i++) {
    const int out = data->line[i].runs_out;
    const bool runs_out = out >= 0 && out < scene->n_years;
    span_add_years(&span, data->line[i].value, runs_out ? out : scene->n_years);
    if (runs_out && data->line[i].value[out] > 0) {
      span_add(&span, data->line[i].value[out]);
    }
  }
  return span;
}

static bool any_out(const struct scene *scene)
{
  for (int i = 0; i < scene->n_lines; i++) {
    if (scene->data->line[i].runs_out >= 0 && scene->data->line[i].runs_out < scene->n_years) {
      return true;
    }
  }
  return false;
}

/* The widest of what stands beside the circles of lines that last. */
static double end_values_width(const struct svg *svg, const struct scene *scene)
{
  double widest = 0;
  for (int i = 0; i < scene->n_lines; i++) {
    struct text value = { 0 };
    unit_pounds(&value, &scene->axis.unit, scene->data->line[i].value[scene->n_years - 1]);
    const double width = text_width(text_str(&value), value.length, svg->size) + 5;
    const bool lasts = scene->data->line[i].runs_out < 0 || scene->data->line[i].runs_out >= scene->n_years;
    widest = lasts && width > widest ? width : widest;
    text_fini(&value);
  }
  return widest;
}

static void lay_out(struct svg *svg, struct scene *scene, double width)
{
  const struct chart_reserves *data = scene->data;
  axis_fit(&scene->axis, svg, scene_span(scene));
  unit_caption(svg, &scene->axis.unit, data->what);
  struct chart_years years = data->years;
  years.count = scene->n_years;
  scene->radius = svg->narrow ? 9 : 11;
  scene->axis.right = width - 2 * scene->radius - 6 - (svg->narrow ? 0 : end_values_width(svg, scene));
  scene->axis.top = svg->top + (time_projects(&years) ? svg->size * 1.6 : 10);
  scene->axis.bottom = scene->axis.top + (svg->narrow ? 220 : 290);
  const double inset = svg->narrow ? 8 : 14;
  scene->time = time_axis(&years, data->has_opening, false, scene->axis.left + inset, scene->axis.right);
  scene->strip = scene->axis.bottom + (any_out(scene) ? 2 * scene->radius + 14 + svg->size * 1.3 : 0);
  for (int i = 0; i < scene->n_lines; i++) {
    trace_line(scene, i);
  }
  place_ends(scene);
}

void chart_reserves(struct text *t, const struct chart_form *form, const struct chart_reserves *data)
{
  struct svg svg;
  struct text sentence = { 0 };
  struct scene scene = { .data = data, .n_lines = data->n_lines, .n_years = data->years.count };
  scene.n_lines = scene.n_lines > CHART_LINES ? CHART_LINES : scene.n_lines;
  scene.n_years = scene.n_years > CHART_YEARS ? CHART_YEARS : scene.n_years;
  svg_begin(&svg, form);
  const bool beside = data->named && svg.width >= CHART_BESIDE && scene.n_lines <= MOST_BESIDE;
  const double key_width = 240, apart = 24;
  lay_out(&svg, &scene, beside ? svg.width - key_width - apart : svg.width);
  const double key_top = svg.top;
  scene_draw(&svg, &scene);
  double height = svg.top;
  if (data->named) {
    svg.top = beside ? key_top : svg.top + 12;
    scene_key(&svg, &scene, beside ? svg.width - key_width : 0, beside ? key_width : svg.width);
    height = svg.top > height ? svg.top : height;
  }
  chart_reserves_words(&sentence, data);
  svg_end(&svg, t, form, height, text_str(&sentence));
  t->failed = t->failed || sentence.failed;
  text_fini(&sentence);
}
