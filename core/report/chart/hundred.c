/* hundred.c: one square for each of a hundred futures, told apart by shapes as well as colours. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/axis.h"
#include "report/chart/words.h"

#include <string.h>

enum { SQUARES = 100, CORNERS = 4 };

/* The corners of a square's mark: a triangle, or two strokes one after the other. */
static int mark_points(enum chart_fate fate, double x, double y, double side, struct point *mark)
{
  const double near = side * 0.25, far = side * 0.75;
  if (fate == CHART_BELOW) {
    mark[0] = (struct point){ x + side * 0.2, y + side * 0.3 };
    mark[1] = (struct point){ x + side * 0.8, y + side * 0.3 };
    mark[2] = (struct point){ x + side * 0.5, y + side * 0.78 };
    return 3;
  }
  mark[0] = (struct point){ x + near, y + near };
  mark[1] = (struct point){ x + far, y + far };
  mark[2] = (struct point){ x + near, y + far };
  mark[3] = (struct point){ x + far, y + near };
  return 4;
}

/* All squares of a kind are one element, and so are their marks. */
static void draw_kind(struct svg *svg, enum chart_fate fate, int from, int count, double side, double pitch)
{
  struct point square[SQUARES * CORNERS], mark[SQUARES * CORNERS];
  int corners = 0, marks = 0;
  for (int i = from; i < from + count && i < SQUARES; i++) {
    const int row = i / 10;
    const double x = 1 + pitch * (i % 10), y = svg->top + pitch * row;
    square[corners++] = (struct point){ x, y };
    square[corners++] = (struct point){ x + side, y };
    square[corners++] = (struct point){ x + side, y + side };
    square[corners++] = (struct point){ x, y + side };
    marks += mark_points(fate, x, y, side, mark + marks);
  }
  svg_paths(svg, fate_class(fate), square, CORNERS, count, true);
  if (fate == CHART_BELOW) {
    svg_paths(svg, fate_mark_class(fate), mark, 3, count, true);
  } else if (fate == CHART_OUT) {
    svg_paths(svg, fate_mark_class(fate), mark, 2, 2 * count, false);
  }
}

static void draw_squares(struct svg *svg, const int *share, double side, double pitch)
{
  int before = 0;
  for (int fate = 0; fate < CHART_FATES; fate++) {
    if (share[fate] > 0) {
      draw_kind(svg, (enum chart_fate)fate, before, share[fate], side, pitch);
    }
    before += share[fate];
  }
}

static double widest_count(const int *share, double size)
{
  double widest = 0;
  for (int fate = 0; fate < CHART_FATES; fate++) {
    const double width = text_width("100", share[fate] == 100 ? 3 : share[fate] > 9 ? 2 : 1, size);
    widest = width > widest ? width : widest;
  }
  return widest;
}

/* "71 stay above the minimum", the number large where there is room. */
static void draw_count(struct svg *svg, const struct chart_hundred *data, const int *share, int fate, double x)
{
  const double number = svg->narrow ? 18 : 30, side = svg->narrow ? 16 : 22, height = svg->narrow ? 30 : 58;
  const double middle = svg->top + height / 2, label = x + side + 16 + widest_count(share, number);
  const char *words = fate_label(data, fate);
  struct text count = { 0 };
  text_printf(&count, "%d", share[fate]);
  fate_square(svg, (enum chart_fate)fate, x + 1, middle - side / 2, side);
  svg_text(svg, "ch-b", ANCHOR_END, number, label - 8, middle + number * 0.36, text_str(&count));
  svg_done(svg, &count);
  const bool one_line = text_width(words, strlen(words), svg->size) <= svg->width - label;
  svg->top = middle + svg->size * (one_line ? 0.35 : -0.3) - svg->size;
  svg_lines(svg, "", 0, label, svg->width - label, 2, words);
  svg->top = middle + height / 2;
}

void chart_hundred(struct text *t, const struct chart_form *form, const struct chart_hundred *data)
{
  struct svg svg;
  struct text sentence = { 0 }, caption = { 0 };
  int share[CHART_FATES];
  chart_shares(data->tally, CHART_FATES, share);
  svg_begin(&svg, form);
  text_printf(&caption, "%s, in 100 simulated futures", data->when);
  svg_lines(&svg, "ch-m", 0, 0, svg.width, 3, text_str(&caption));
  svg.top += 12;
  const double pitch = 27, side = 20, grid = svg.top + 10 * pitch;
  draw_squares(&svg, share, side, pitch);
  svg.top = svg.narrow ? grid + 2 : svg.top + 48;
  for (int fate = 0; fate < CHART_FATES; fate++) {
    draw_count(&svg, data, share, fate, svg.narrow ? 0 : 10 * pitch + 30);
  }
  chart_hundred_words(&sentence, data);
  svg_end(&svg, t, form, svg.top > grid ? svg.top : grid, text_str(&sentence));
  t->failed = t->failed || sentence.failed;
  text_fini(&sentence);
  text_fini(&caption);
}
