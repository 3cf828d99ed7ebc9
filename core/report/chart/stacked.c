/* stacked.c: reserves by class at each 31 March, one on top of the other; what is below nothing hangs from the line. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/axis.h"
#include "report/chart/place.h"

#include <string.h>

enum { MOST_CLASSES = 6, MOST_POINTS = CHART_YEARS + 1 };

struct stack {
  const char *label;
  const char *class; /* of its boxes */
  pence value[MOST_POINTS];
  double middle; /* y of the middle of the last box */
};

static pence point_value(const struct chart_stacked *data, int class, int point)
{
  const int year = point - data->has_opening;
  return year < 0 ? data->class[class].opening : data->class[class].value[year];
}

/* The classes, and what is beyond six as one. */
static int stack_classes(const struct chart_stacked *data, int n_points, struct stack *stack)
{
  static const char *const classes[MOST_CLASSES] = { "ch-c1", "ch-c2", "ch-c3", "ch-c4", "ch-c5", "ch-c6" };
  for (int i = 0; i < data->n_classes; i++) {
    const int at = i < MOST_CLASSES ? i : MOST_CLASSES - 1;
    if (i < MOST_CLASSES) {
      stack[at] = (struct stack){ .label = data->class[i].label, .class = classes[at] };
    } else {
      stack[at].label = "Other";
    }
    for (int p = 0; p < n_points; p++) {
      stack[at].value[p] += point_value(data, i, p);
    }
  }
  return data->n_classes < MOST_CLASSES ? data->n_classes : MOST_CLASSES;
}

/* What is held above nothing, or what is owed below it: one is not set off against the other. */
static pence total_of(const struct stack *stack, int n, int point, bool above)
{
  pence total = 0;
  for (int i = 0; i < n; i++) {
    total += (stack[i].value[point] > 0) == above ? stack[i].value[point] : 0;
  }
  return total;
}

static struct span stack_span(const struct stack *stack, int n, int n_points)
{
  struct span span = { 0, 0 };
  for (int p = 0; p < n_points; p++) {
    span_add(&span, total_of(stack, n, p, true));
    span_add(&span, total_of(stack, n, p, false));
  }
  return span;
}

/* A white edge parts one box from the next: their colours alone do not. */
static void draw_boxes(struct svg *svg, const struct axis *axis, const struct time_axis *time, struct stack *stack,
                       int n)
{
  const double bar = time_pitch(time) * 0.62;
  pence above[MOST_POINTS] = { 0 }, below[MOST_POINTS] = { 0 };
  for (int i = 0; i < n; i++) {
    svg_open(svg, stack[i].class);
    for (int p = 0; p < time->count; p++) {
      pence *base = stack[i].value[p] < 0 ? &below[p] : &above[p];
      const double from = axis_y(axis, *base), to = axis_y(axis, *base + stack[i].value[p]);
      *base += stack[i].value[p];
      stack[i].middle = (from + to) / 2;
      if (stack[i].value[p] != 0) {
        svg_rect(svg, "", time_x(time, p) - bar / 2, to < from ? to : from, bar, to < from ? from - to : to - from);
      }
    }
    svg_close(svg);
  }
}

static double total_width(const struct svg *svg, const struct axis *axis, pence total, int decimals)
{
  struct text words = { 0 };
  unit_amount(&words, &axis->unit, total, decimals, false);
  const double width = text_width(text_str(&words), words.length, svg->size);
  text_fini(&words);
  return width;
}

static void draw_total(struct svg *svg, const struct axis *axis, double x, pence total, int decimals, bool above)
{
  const double size = svg->size, end = axis_y(axis, total);
  struct text words = { 0 };
  unit_amount(&words, &axis->unit, total, decimals, false);
  svg_text(svg, "ch-value", ANCHOR_MIDDLE, size, x, above ? end - 6 : end + size * 1.05, text_str(&words));
  svg_done(svg, &words);
}

/* Over each bar what it holds, under it what is owed, with as many decimals as there is room for; with none, not at
 * all. */
static void draw_totals(struct svg *svg, const struct axis *axis, const struct time_axis *time,
                        const struct stack *stack, int n)
{
  int decimals = axis->unit.decimals;
  for (bool fits = false; !fits && decimals >= 0; decimals -= !fits) {
    fits = true;
    for (int p = 0; p < time->count; p++) {
      for (int above = 0; above < 2; above++) {
        fits = fits && total_width(svg, axis, total_of(stack, n, p, above), decimals) <= time_pitch(time) - 4;
      }
    }
  }
  for (int p = 0; p < time->count && decimals >= 0; p++) {
    const pence held = total_of(stack, n, p, true), owed = total_of(stack, n, p, false);
    draw_total(svg, axis, time_x(time, p), held, decimals, true);
    if (owed < 0) {
      draw_total(svg, axis, time_x(time, p), owed, decimals, false);
    }
  }
}

/* Names beside the last boxes, each with a mark in its colour. */
static void draw_names(struct svg *svg, const struct axis *axis, const struct stack *stack, int n)
{
  double at[MOST_CLASSES];
  for (int i = 0; i < n; i++) {
    at[i] = stack[i].middle - i * 1e-3; /* the upper one first where two have no height */
  }
  dodge(at, n, svg->size * 1.45, axis->top, axis->bottom);
  for (int i = 0; i < n; i++) {
    const double x = axis->right + 8;
    svg_line(svg, "ch-link", axis->right - 4, stack[i].middle, x, at[i]);
    svg_rect(svg, stack[i].class, x + 3, at[i] - 5.5, 11, 11);
    svg_label(svg, "", ANCHOR_START, 0, x + 20, at[i] + svg->size * 0.35, svg->width - x - 20, stack[i].label);
  }
}

static void draw_minimum(struct svg *svg, const struct axis *axis, const struct time_axis *time,
                         const struct chart_stacked *data)
{
  struct point points[2 * MOST_POINTS];
  int n = 0;
  const double half = time_pitch(time) / 2;
  for (int p = 0; p < time->count; p++) {
    const int year = p - data->has_opening;
    const double y = axis_y(axis, data->minimum[year < 0 ? 0 : year]);
    points[n++] = (struct point){ time_x(time, p) - half, y };
    points[n++] = (struct point){ time_x(time, p) + half, y };
  }
  svg_path(svg, "ch-minimum-under", points, n, false);
  svg_path(svg, "ch-minimum", points, n, false);
}

/* Room for the names beside the last boxes, where the picture has it; 0: they stand above. */
static double names_width(const struct svg *svg, const struct stack *stack, int n)
{
  double names = 0;
  for (int i = 0; i < n; i++) {
    const double width = text_width(stack[i].label, strlen(stack[i].label), svg->size) + 28;
    names = width > names ? width : names;
  }
  return svg->narrow || names > svg->width * 0.3 ? 0 : names;
}

/* What the marks mean: `named` classes, those that have no name beside them, and lines. */
static void key_above(struct svg *svg, const struct chart_stacked *data, const struct stack *stack, int named)
{
  struct key_item key[MOST_CLASSES + 1];
  struct text minimum = { 0 };
  int items = 0;
  for (int i = 0; i < named; i++) {
    key[items++] = (struct key_item){ MARK_BOX, stack[i].class, stack[i].label };
  }
  if (data->minimum != NULL) {
    text_money_short(&minimum, data->minimum[data->years.count - 1]);
    text_add(&minimum, " minimum, the council's own");
    key[items++] = (struct key_item){ MARK_LINE, "ch-minimum", text_str(&minimum) };
  }
  if (items > 0) {
    key_row(svg, key, items);
  }
  svg_done(svg, &minimum);
}

void chart_stacked(struct text *t, const struct chart_form *form, const struct chart_stacked *data)
{
  struct svg svg;
  struct text sentence = { 0 };
  struct stack stack[MOST_CLASSES] = { { 0 } };
  struct chart_years years = data->years;
  years.count = years.count > CHART_YEARS ? CHART_YEARS : years.count;
  const int n_points = years.count + data->has_opening, n = stack_classes(data, n_points, stack);
  svg_begin(&svg, form);
  struct span span = stack_span(stack, n, n_points);
  if (data->minimum != NULL) {
    span_add_years(&span, data->minimum, years.count);
  }
  struct axis axis;
  axis_fit(&axis, &svg, span);
  unit_caption(&svg, &axis.unit, data->what);
  const double names = names_width(&svg, stack, n);
  key_above(&svg, data, stack, names > 0 ? 0 : n);
  axis.right = svg.width - names;
  axis.top = svg.top + svg.size * 1.4;
  axis.bottom = axis.top + (svg.narrow ? 190 : 260);
  const struct time_axis time = time_axis(&years, data->has_opening, true, axis.left, axis.right);
  axis_grid(&svg, &axis);
  draw_boxes(&svg, &axis, &time, stack, n);
  axis_zero(&svg, &axis);
  if (data->minimum != NULL) {
    draw_minimum(&svg, &axis, &time, data);
  }
  draw_totals(&svg, &axis, &time, stack, n);
  if (names > 0) {
    draw_names(&svg, &axis, stack, n);
  }
  const double foot = axis.bottom + (axis.low < 0 ? svg.size * 1.2 : 0); /* the last amounts stand below the plot */
  time_labels(&svg, &time, foot + svg.size * 1.5);
  chart_stacked_words(&sentence, data);
  svg_end(&svg, t, form, foot + svg.size * 2, text_str(&sentence));
  t->failed = t->failed || sentence.failed;
  text_fini(&sentence);
}
