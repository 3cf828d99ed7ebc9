/* rows.c: bars that lie, a row each. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/rows.h"

#include <string.h>

void rows_fit(struct rows *rows, const struct svg *svg, struct span span, const char *const *name, int n, double before,
              double after)
{
  rows->low = span.low;
  rows->high = span.high > span.low ? span.high : span.low + 1;
  rows->names = 0;
  rows->above = svg->narrow;
  if (!rows->above) {
    double widest = 0;
    for (int i = 0; i < n; i++) {
      const double width = text_width(name[i], strlen(name[i]), svg->size);
      widest = width > widest ? width : widest;
    }
    const double most = svg->width * 0.36;
    rows->names = widest < most ? widest : most;
  }
  rows->left = rows->names + (svg->narrow ? 0 : 14) + before;
  rows->right = svg->width - after;
  rows->bar = svg->narrow ? 20 : 28;
  rows->height = svg->narrow ? 44 : 40;
}

double rows_x(const struct rows *rows, pence p)
{
  return rows->left + (double)(p - rows->low) / (double)(rows->high - rows->low) * (rows->right - rows->left);
}

/* The least width at which the name takes no more lines than at the most: no word alone on the last. */
static double even_width(const char *name, double most, double size, int lines, size_t *start, size_t *length)
{
  double width = most;
  while (width > size * 4 && text_lines(name, width - size / 2, size, lines + 1, start, length) == lines) {
    width -= size / 2;
  }
  return width;
}

double rows_name(struct svg *svg, const struct rows *rows, double y, const char *class, const char *name)
{
  enum { MOST = 2 };
  if (rows->above) {
    const double zero = rows_x(rows, 0), x = zero < svg->size * 2 ? zero + 7 : 0;
    svg_label(svg, *class != '\0' ? class : "ch-over", ANCHOR_START, 0, x, y + svg->size, svg->width - x, name);
    return y + svg->size + 6;
  }
  const double size = svg->size, middle = y + rows->height / 2;
  size_t start[MOST + 1], length[MOST + 1];
  int lines = text_lines(name, rows->names, size, MOST, start, length);
  if (lines == MOST && start[MOST - 1] + length[MOST - 1] <= strlen(name) &&
      text_width(name + start[MOST - 1], length[MOST - 1], size) <= rows->names) {
    const double width = even_width(name, rows->names, size, lines, start, length);
    lines = text_lines(name, width, size, MOST, start, length);
  }
  for (int i = 0; i < lines; i++) {
    struct text line = { 0 };
    text_add_n(&line, name + start[i], length[i]);
    svg_label(svg, class, ANCHOR_END, 0, rows->names, middle + size * (0.35 + 1.15 * (i - (lines - 1) / 2.0)),
              rows->names, text_str(&line));
    svg_done(svg, &line);
  }
  return middle - rows->bar / 2;
}

void rows_bar(struct svg *svg, const struct rows *rows, const char *class, pence from, pence to, double y)
{
  double left = rows_x(rows, from < to ? from : to), right = rows_x(rows, from < to ? to : from);
  if (right - left < 1 && from != to) { /* something is never drawn as nothing */
    left = left + 1 > rows->right ? rows->right - 1 : left;
    right = left + 1;
  }
  svg_rect(svg, class, left, y, right - left, rows->bar);
}

void rows_zero(struct svg *svg, const struct rows *rows, int n)
{
  const double x = rows_x(rows, 0);
  svg_line(svg, rows->above ? "ch-link" : "ch-axis", x, svg->top, x, svg->top + rows->height * n);
}
