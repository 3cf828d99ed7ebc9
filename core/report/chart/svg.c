/* svg.c: elements of a picture, and its frame: size, name, rules when it stands alone. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/svg.h"

#include <math.h>
#include <string.h>

#define ELLIPSIS "\xE2\x80\xA6"

static long in_tenths(double x)
{
  return fabs(x) < 1e9 ? lround(x * 10) : 0; /* nor is a NaN */
}

static void number(struct text *t, double x)
{
  const long tenths = in_tenths(x);
  const long size = tenths < 0 ? -tenths : tenths;
  text_printf(t, "%s%ld", tenths < 0 ? "-" : "", size / 10);
  if (size % 10 != 0) {
    text_printf(t, ".%ld", size % 10);
  }
}

void svg_number(struct svg *svg, double x)
{
  number(&svg->body, x);
}

enum { TITLE_LINES = 3, FOOT_LINES = 6 };

static double width_of(const struct chart_form *form)
{
  return form->width < CHART_NARROW ? CHART_NARROW : form->width > CHART_WIDEST ? CHART_WIDEST : form->width;
}

void svg_begin(struct svg *svg, const struct chart_form *form)
{
  *svg = (struct svg){ .width = width_of(form) };
  svg->narrow = svg->width < CHART_WIDE / 2.0;
  svg->size = svg->narrow ? 12 : 15;
  if (form->standalone && form->title != NULL && *form->title != '\0') {
    svg_lines(svg, "ch-b", svg->narrow ? 15 : 20, 0, svg->width, TITLE_LINES, form->title);
    svg->top += 8;
  }
}

enum { MARGIN = 16 }; /* around a picture that stands alone */

static void frame_sizes(struct text *t, double width, double height, double margin)
{
  text_add(t, " viewBox=\"");
  number(t, -margin);
  text_add(t, " ");
  number(t, -margin);
  text_add(t, " ");
  number(t, width + 2 * margin);
  text_add(t, " ");
  number(t, height + 2 * margin);
  text_add(t, "\"");
}

static void frame_alone(struct text *t, const struct svg *svg, double width, double height)
{
  text_add(t, " xmlns=\"http://www.w3.org/2000/svg\" font-family=\"Arial, Helvetica, Liberation Sans, sans-serif\"");
  text_add(t, " width=\"");
  number(t, width + 2 * MARGIN);
  text_add(t, "\" height=\"");
  number(t, height + 2 * MARGIN);
  text_add(t, "\"><style>");
  style_alone(t, text_str(&svg->body));
  text_printf(t, "</style><rect class=\"ch-paper\" x=\"-%d\" y=\"-%d\" width=\"100%%\" height=\"100%%\"/", MARGIN,
              MARGIN);
}

/* One sentence names a picture and its other form. */
static void frame_name(struct text *t, const struct chart_form *form, const char *label)
{
  if (form->as != NULL) {
    text_printf(t, " aria-labelledby=\"%s\"", form->as);
    return;
  }
  if (form->id != NULL) {
    text_printf(t, " id=\"%s\"", form->id);
  }
  text_add(t, " aria-label=\"");
  escape_text(t, label, strlen(label));
  text_add(t, "\"");
}

void svg_end(struct svg *svg, struct text *t, const struct chart_form *form, double height, const char *sentence)
{
  const char *label = form->label != NULL ? form->label : sentence;
  if (form->standalone && form->foot != NULL && *form->foot != '\0') {
    svg->top = height + 12;
    svg_lines(svg, "ch-m", 12, 0, svg->width, FOOT_LINES, form->foot);
    height = svg->top + 4;
  }
  text_add(t, "<svg class=\"ch\" role=\"img\"");
  frame_name(t, form, label);
  frame_sizes(t, svg->width, ceil(height), form->standalone ? MARGIN : 0);
  text_add(t, " font-size=\"");
  number(t, svg->size);
  text_add(t, "\"");
  if (form->standalone) {
    frame_alone(t, svg, svg->width, ceil(height));
  }
  text_add(t, ">");
  text_add_n(t, text_str(&svg->body), svg->body.length);
  text_add(t, "</svg>\n");
  t->failed = t->failed || svg->body.failed;
  text_fini(&svg->body);
}

static const char *const anchors[] = { "", " text-anchor=\"middle\"", " text-anchor=\"end\"" };

/* Opens an element that has a class, when there is one. */
static void element(struct svg *svg, const char *name, const char *class)
{
  text_printf(&svg->body, "<%s", name);
  if (*class != '\0') {
    text_printf(&svg->body, " class=\"%s\"", class);
  }
}

static void attribute(struct svg *svg, const char *name, double value)
{
  text_printf(&svg->body, " %s=\"", name);
  number(&svg->body, value);
  svg_raw(svg, "\"");
}

void svg_open(struct svg *svg, const char *class)
{
  element(svg, "g", class);
  svg_raw(svg, ">");
}

void svg_close(struct svg *svg)
{
  svg_raw(svg, "</g>");
}

void svg_open_texts(struct svg *svg, const char *class, enum anchor anchor)
{
  element(svg, "g", class);
  text_add(&svg->body, anchors[anchor]);
  svg_raw(svg, ">");
  svg->anchor = anchor;
}

void svg_close_texts(struct svg *svg)
{
  svg_close(svg);
  svg->anchor = ANCHOR_START;
}

void svg_rect(struct svg *svg, const char *class, double x, double y, double width, double height)
{
  element(svg, "rect", class);
  attribute(svg, "x", x);
  attribute(svg, "y", y);
  attribute(svg, "width", width);
  attribute(svg, "height", height);
  svg_raw(svg, "/>");
}

void svg_line(struct svg *svg, const char *class, double x1, double y1, double x2, double y2)
{
  svg_path(svg, class, (const struct point[]){ { x1, y1 }, { x2, y2 } }, 2, false);
}

void svg_circle(struct svg *svg, const char *class, double x, double y, double radius)
{
  element(svg, "circle", class);
  attribute(svg, "cx", x);
  attribute(svg, "cy", y);
  attribute(svg, "r", radius);
  svg_raw(svg, "/>");
}

/* From one corner to the next, briefly where that is level or upright. */
static void path_step(struct svg *svg, const struct point *to, bool first)
{
  const bool level = !first && in_tenths(to->y) == in_tenths(to[-1].y);
  const bool upright = !first && !level && in_tenths(to->x) == in_tenths(to[-1].x);
  text_add(&svg->body, first ? "M" : level ? "H" : upright ? "V" : "L");
  if (!upright) {
    number(&svg->body, to->x);
  }
  if (!level && !upright) {
    svg_raw(svg, ",");
  }
  if (!level) {
    number(&svg->body, to->y);
  }
}

void svg_paths(struct svg *svg, const char *class, const struct point *points, int n, int count, bool closed)
{
  element(svg, "path", class);
  svg_raw(svg, " d=\"");
  for (int i = 0; i < n * count; i++) {
    path_step(svg, &points[i], i % n == 0);
    text_add(&svg->body, closed && i % n == n - 1 ? "Z" : "");
  }
  svg_raw(svg, "\"/>");
}

void svg_path(struct svg *svg, const char *class, const struct point *points, int n, bool closed)
{
  svg_paths(svg, class, points, n, 1, closed);
}

void svg_done(struct svg *svg, struct text *t)
{
  svg->body.failed = svg->body.failed || t->failed;
  text_fini(t);
}

static void text_element(struct svg *svg, const char *class, enum anchor anchor, double size, double x, double y)
{
  element(svg, "text", class);
  text_add(&svg->body, anchor == svg->anchor ? "" : anchors[anchor]);
  if (size > 0 && fabs(size - svg->size) > 0.05) {
    attribute(svg, "font-size", size);
  }
  attribute(svg, "x", x);
  attribute(svg, "y", y);
  svg_raw(svg, ">");
}

void svg_text(struct svg *svg, const char *class, enum anchor anchor, double size, double x, double y, const char *s)
{
  text_element(svg, class, anchor, size, x, y);
  escape_text(&svg->body, s, strlen(s));
  svg_raw(svg, "</text>");
}

void svg_label(struct svg *svg, const char *class, enum anchor anchor, double size, double x, double y, double width,
               const char *s)
{
  const double height = size > 0 ? size : svg->size;
  text_element(svg, class, anchor, size, x, y);
  if (text_fit(s, width, height) == strlen(s)) {
    escape_text(&svg->body, s, strlen(s));
  } else {
    size_t n = text_fit(s, width - text_width(ELLIPSIS, strlen(ELLIPSIS), height), height);
    while (n > 0 && s[n - 1] == ' ') {
      n--;
    }
    escape_text(&svg->body, s, n);
    svg_raw(svg, ELLIPSIS);
  }
  svg_raw(svg, "</text>");
}

void svg_lines(struct svg *svg, const char *class, double size, double x, double width, int most, const char *s)
{
  enum { MOST = 8 };
  const double height = size > 0 ? size : svg->size;
  size_t start[MOST], length[MOST];
  const int lines = text_lines(s, width, height, most < MOST ? most : MOST, start, length);
  for (int i = 0; i < lines; i++) {
    struct text line = { 0 };
    text_add_n(&line, s + start[i], length[i]);
    svg->top += height * (i == 0 ? 1 : 1.3);
    svg_label(svg, class, ANCHOR_START, size, x, svg->top, width, text_str(&line));
    svg_done(svg, &line);
  }
}
