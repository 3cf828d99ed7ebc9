/* axis.c: round amounts, their unit, and years along the foot of a picture. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/axis.h"
#include "report/chart/words.h"

#include <string.h>

#define MINUS "\xE2\x88\x92"
#define POUND "\xC2\xA3"

static pence size_of(pence p)
{
  return p < 0 ? -p : p;
}

struct unit unit_of(pence largest)
{
  const pence size = size_of(largest), thousand = 100000, million = 100000000;
  if (size >= million || size == 0) {
    return (struct unit){ million, POUND " million", 1 };
  }
  return size >= thousand ? (struct unit){ thousand, POUND " thousand", 0 } : (struct unit){ 100, POUND, 0 };
}

static const pence power_of_ten[] = { 1, 10, 100, 1000 };

void unit_amount(struct text *t, const struct unit *unit, pence p, int decimals, bool plus)
{
  const pence scale = power_of_ten[decimals];
  const pence part = unit->size / scale; /* pence in the last place shown */
  const pence count = part > 0 ? (size_of(p) + part / 2) / part : size_of(p);
  text_add(t, count == 0 ? "" : p < 0 ? MINUS : plus ? "+" : "");
  text_pounds(t, count / scale * 100);
  if (decimals > 0) {
    text_printf(t, ".%0*d", decimals, (int)(count % scale));
  }
}

void unit_pounds(struct text *t, const struct unit *unit, pence p)
{
  text_add(t, p < 0 ? MINUS POUND : POUND);
  unit_amount(t, unit, size_of(p), unit->decimals, false);
  text_add(t, unit->size == 100000000 ? "m" : unit->size == 100000 ? "k" : "");
}

void unit_caption(struct svg *svg, const struct unit *unit, const char *what)
{
  enum { MOST = 3 };
  struct text caption = { 0 };
  text_printf(&caption, "%s, %s", what, unit->word);
  svg_lines(svg, "ch-m", 0, 0, svg->width, MOST, text_str(&caption));
  svg->top += 8;
  svg->body.failed = svg->body.failed || caption.failed;
  text_fini(&caption);
}

void span_add(struct span *span, pence p)
{
  span->low = p < span->low ? p : span->low;
  span->high = p > span->high ? p : span->high;
}

void span_add_years(struct span *span, const pence *value, int n)
{
  for (int y = 0; y < n; y++) {
    span_add(span, value[y]);
  }
}

/* The smallest of 1, 2 and 5 times a power of ten that cuts the span into at most so many steps. */
static pence round_step(struct span span, int most)
{
  static const pence leads[] = { 1, 2, 5 };
  for (pence power = 1;; power *= 10) {
    for (size_t i = 0; i < COUNT_OF(leads); i++) {
      const pence step = leads[i] * power;
      const pence below = (-span.low + step - 1) / step, above = (span.high + step - 1) / step;
      if (below + above <= most) {
        return step;
      }
    }
  }
}

static int step_decimals(const struct axis *axis)
{
  int decimals = 0;
  while (decimals < 3 && axis->step * power_of_ten[decimals] % axis->unit.size != 0) {
    decimals++;
  }
  return decimals;
}

void axis_tick(struct text *t, const struct axis *axis, pence at)
{
  unit_amount(t, &axis->unit, at, step_decimals(axis), false);
}

void axis_fit(struct axis *axis, const struct svg *svg, struct span span)
{
  const pence largest = span.high > -span.low ? span.high : -span.low;
  axis->unit = unit_of(largest);
  if (span.low == 0 && span.high == 0) {
    span.high = axis->unit.size;
  }
  axis->step = round_step(span, 6);
  axis->low = -((-span.low + axis->step - 1) / axis->step * axis->step);
  axis->high = (span.high + axis->step - 1) / axis->step * axis->step;
  double widest = 0;
  for (pence at = axis->low; at <= axis->high; at += axis->step) {
    struct text label = { 0 };
    axis_tick(&label, axis, at);
    const double width = text_width(text_str(&label), label.length, svg->size);
    widest = width > widest ? width : widest;
    text_fini(&label);
  }
  axis->left = widest + 8;
}

double axis_y(const struct axis *axis, pence p)
{
  return axis->bottom - (double)(p - axis->low) / (double)(axis->high - axis->low) * (axis->bottom - axis->top);
}

void axis_grid(struct svg *svg, const struct axis *axis)
{
  enum { MOST = 16 }; /* steps are six at most */
  struct point line[MOST][2];
  int n = 0;
  for (pence at = axis->low; at <= axis->high && n < MOST; at += axis->step) {
    if (at != 0) {
      line[n][0] = (struct point){ axis->left, axis_y(axis, at) };
      line[n++][1] = (struct point){ axis->right, axis_y(axis, at) };
    }
  }
  svg_paths(svg, "ch-grid", line[0], 2, n, false);
  svg_open_texts(svg, "", ANCHOR_END);
  for (pence at = axis->low; at <= axis->high; at += axis->step) {
    struct text label = { 0 };
    axis_tick(&label, axis, at);
    svg_text(svg, "", ANCHOR_END, 0, axis->left - 8, axis_y(axis, at) + svg->size * 0.35, text_str(&label));
    svg_done(svg, &label);
  }
  svg_close_texts(svg);
}

void axis_zero(struct svg *svg, const struct axis *axis)
{
  svg_line(svg, "ch-axis", axis->left, axis_y(axis, 0), axis->right, axis_y(axis, 0));
}

struct time_axis time_axis(const struct chart_years *years, bool has_opening, bool banded, double left, double right)
{
  struct time_axis axis = { .years = *years, .has_opening = has_opening, .left = left, .right = right };
  axis.banded = banded;
  axis.count = years->count + has_opening;
  return axis;
}

double time_pitch(const struct time_axis *axis)
{
  const int parts = axis->banded ? axis->count : axis->count - 1;
  return (axis->right - axis->left) / (parts > 0 ? parts : 1);
}

double time_x(const struct time_axis *axis, int point)
{
  if (axis->count == 1) {
    return (axis->left + axis->right) / 2;
  }
  return axis->left + time_pitch(axis) * (point + (axis->banded ? 0.5 : 0));
}

/* "2026/27", or "26/27" where there is little room; "Mar 26" for the opening balance. */
static void point_label(struct text *t, const struct time_axis *axis, int point, bool brief)
{
  const int year = point - axis->has_opening;
  if (year < 0) {
    text_printf(t, "Mar %02d", axis->years.first % 100);
    return;
  }
  struct text whole = { 0 };
  words_year(&whole, &axis->years, year);
  text_add(t, text_str(&whole) + (brief && whole.length > 2 ? 2 : 0));
  text_fini(&whole);
}

static double label_width(const struct svg *svg, const struct time_axis *axis, int point, bool brief)
{
  struct text label = { 0 };
  point_label(&label, axis, point, brief);
  const double width = text_width(text_str(&label), label.length, svg->size);
  text_fini(&label);
  return width;
}

double time_margin(const struct svg *svg)
{
  const char *widest = svg->narrow ? "26/27" : "2026/27";
  return text_width(widest, strlen(widest), svg->size) / 2 + 2;
}

void time_labels(struct svg *svg, const struct time_axis *axis, double y)
{
  const int last = axis->count - 1;
  const bool brief = svg->narrow || label_width(svg, axis, last, false) + 8 > time_pitch(axis);
  const double room = label_width(svg, axis, last, brief) + 6;
  int stride = 1;
  while (stride < axis->count && time_pitch(axis) * stride < room) {
    stride++;
  }
  double taken = svg->width + room; /* left edge of the label to the right */
  svg_open_texts(svg, "", ANCHOR_MIDDLE);
  for (int point = last; point >= 0; point -= stride) {
    const double half = label_width(svg, axis, point, brief) / 2;
    double x = time_x(axis, point);
    x = x + half > svg->width ? svg->width - half : x - half < 0 ? half : x;
    if (x + half + 4 > taken) {
      continue;
    }
    taken = x - half;
    struct text label = { 0 };
    point_label(&label, axis, point, brief);
    svg_text(svg, "", ANCHOR_MIDDLE, 0, x, y, text_str(&label));
    svg_done(svg, &label);
  }
  svg_close_texts(svg);
}

bool time_projects(const struct chart_years *years)
{
  return years->projected_from > 0 && years->projected_from < years->count;
}

void time_projection(struct svg *svg, const struct time_axis *axis, double y_top, double y_bottom)
{
  const int before = axis->years.projected_from - 1 + axis->has_opening;
  const double x = (time_x(axis, before) + (axis->banded ? time_pitch(axis) / 2 : 0));
  svg_line(svg, "ch-then", x, y_top, x, y_bottom);
  const double baseline = y_top + svg->size;
  const char published[] = "Published plan", brief[] = "Plan", projected[] = "Projected";
  const double size = svg->narrow ? 12 : 14;
  if (x - 8 > text_width(published, sizeof published - 1, size)) {
    svg_text(svg, "ch-m", ANCHOR_END, size, x - 7, baseline, published);
  } else if (x - 8 > text_width(brief, sizeof brief - 1, size)) {
    svg_text(svg, "ch-m", ANCHOR_END, size, x - 7, baseline, brief);
  }
  if (x + 8 + text_width(projected, sizeof projected - 1, size) < svg->width) {
    svg_text(svg, "ch-m", ANCHOR_START, size, x + 7, baseline, projected);
  }
}
