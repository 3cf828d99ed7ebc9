/* tornado.c: what matters most: a row for each thing that may change, the worst first. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/rows.h"

#include <string.h>

enum { MOST_SWINGS = 12 };

/* How much worse: a positive amount when it goes against the council. */
static pence downside(const struct chart_tornado *data, int at)
{
  const pence worse = data->swing[at].worse;
  return data->more_is_better ? -worse : worse;
}

/* The order of downside, the largest first; equal ones as given.  Returns how many are shown. */
static int swing_order(const struct chart_tornado *data, int *order)
{
  int n = 0;
  for (int i = 0; i < data->n_swings; i++) {
    int j = n < MOST_SWINGS ? n++ : MOST_SWINGS;
    for (; j > 0 && downside(data, order[j - 1]) < downside(data, i); j--) {
      if (j < MOST_SWINGS) {
        order[j] = order[j - 1];
      }
    }
    if (j < MOST_SWINGS) {
      order[j] = i;
    }
  }
  return n;
}

static double amount_width(const struct svg *svg, const struct unit *unit, pence p)
{
  struct text amount = { 0 };
  unit_amount(&amount, unit, p, unit->decimals, true);
  const double width = text_width(text_str(&amount), amount.length, svg->size);
  text_fini(&amount);
  return width;
}

static const char lower[] = "\xE2\x97\x80 Lower", higher[] = "Higher \xE2\x96\xB6";

/* For the amount of the longest bar on one side, and for the word above it. */
static double side_room(const struct svg *svg, const struct unit *unit, pence longest, const char *word)
{
  const double amount = amount_width(svg, unit, longest), heading = text_width(word, strlen(word), svg->size);
  return longest == 0 ? 2 : (amount > heading ? amount : heading) + 9;
}

/* Beside the end of the bar, away from the middle. */
static void draw_amount(struct svg *svg, const struct rows *rows, pence p, double y)
{
  struct text amount = { 0 };
  unit_amount(&amount, &rows->unit, p, rows->unit.decimals, true);
  const double x = rows_x(rows, p);
  const bool left = p < 0 || (p == 0 && rows->right - x < 1);
  svg_text(svg, "ch-b", left ? ANCHOR_END : ANCHOR_START, 0, left ? x - 6 : x + 6, y + rows->bar / 2 + svg->size * 0.35,
           text_str(&amount));
  svg_done(svg, &amount);
}

static void draw_swing(struct svg *svg, const struct rows *rows, const struct chart_tornado *data,
                       const struct chart_swing *swing, double y)
{
  const double bar = rows_name(svg, rows, y, "", swing->label);
  rows_bar(svg, rows, "ch-worse", 0, swing->worse, bar);
  if (data->one_sided || swing->better == 0) {
    draw_amount(svg, rows, swing->worse, bar);
    return;
  }
  rows_bar(svg, rows, "ch-better", 0, swing->better, bar);
  const bool same_side = (swing->worse < 0) == (swing->better < 0);
  if (!same_side) {
    draw_amount(svg, rows, swing->worse, bar);
    draw_amount(svg, rows, swing->better, bar);
    return;
  }
  /* Both one way: one bar lies within the other, and its amount would be under it. */
  const bool worse_is_outer =
      (swing->worse < 0 ? -swing->worse : swing->worse) >= (swing->better < 0 ? -swing->better : swing->better);
  draw_amount(svg, rows, worse_is_outer ? swing->worse : swing->better, bar);
}

void chart_tornado(struct text *t, const struct chart_form *form, const struct chart_tornado *data)
{
  struct svg svg;
  struct text sentence = { 0 };
  int order[MOST_SWINGS];
  const char *name[MOST_SWINGS];
  const int n = swing_order(data, order);
  struct span span = { 0, 0 };
  svg_begin(&svg, form);
  for (int i = 0; i < n; i++) {
    const struct chart_swing *swing = &data->swing[order[i]];
    name[i] = swing->label;
    span_add(&span, swing->worse);
    span_add(&span, data->one_sided ? 0 : swing->better);
  }
  struct rows rows = { .unit = unit_of(span.high > -span.low ? span.high : span.low) };
  unit_caption(&svg, &rows.unit, data->what);
  rows_fit(&rows, &svg, span, name, n, side_room(&svg, &rows.unit, span.low, lower),
           side_room(&svg, &rows.unit, span.high, higher));
  const double zero = rows_x(&rows, 0);
  if (span.low < 0 && span.high > 0) {
    svg.top += svg.size * 1.3;
    svg_text(&svg, "ch-m", ANCHOR_END, svg.narrow ? 12 : 14, zero - 8, svg.top, lower);
    svg_text(&svg, "ch-m", ANCHOR_START, svg.narrow ? 12 : 14, zero + 8, svg.top, higher);
  }
  svg.top += 6;
  rows_zero(&svg, &rows, n);
  for (int i = 0; i < n; i++) {
    draw_swing(&svg, &rows, data, &data->swing[order[i]], svg.top + rows.height * i);
  }
  const double foot = svg.top + rows.height * n;
  chart_tornado_words(&sentence, data);
  svg_end(&svg, t, form, foot + 4, text_str(&sentence));
  t->failed = t->failed || sentence.failed;
  text_fini(&sentence);
}
