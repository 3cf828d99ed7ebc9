/* heat.c: futures by year, a cell each: an amount, a shape, and a colour.
 *
 * Below a page's width years run down and futures across, by their numbers, with the names below: otherwise the last
 * years would lie beyond the edge. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/axis.h"
#include "report/chart/words.h"

#include <string.h>

enum { CHART_ACROSS = 640 }; /* from here on years lie side by side */

struct cells {
  struct unit unit;
  int decimals; /* -1: no amounts */
  double width, height, size;
};

static const char *cell_class(enum chart_fate fate)
{
  static const char *const classes[CHART_FATES] = { "ch-ok", "ch-low", "ch-out" };
  return classes[fate];
}

static const char *shape_class(enum chart_fate fate)
{
  return fate == CHART_OUT ? "ch-cross" : "ch-fall";
}

static double cell_need(const struct cells *cells, const struct chart_heat_row *row, int year, int decimals)
{
  struct text amount = { 0 };
  unit_amount(&amount, &cells->unit, row->value[year], decimals, false);
  const double width = text_width(text_str(&amount), amount.length, cells->size);
  text_fini(&amount);
  return width + (row->fate[year] != CHART_ABOVE ? cells->size + 2 : 0) + 10;
}

/* As many decimals as the widest cell has room for. */
static void cells_fit(struct cells *cells, const struct chart_heat *data, int n_rows, int n_years)
{
  cells->decimals = cells->unit.decimals;
  for (bool fits = false; !fits && cells->decimals >= 0;) {
    fits = true;
    for (int i = 0; i < n_rows; i++) {
      for (int y = 0; y < n_years; y++) {
        fits = fits && cell_need(cells, &data->row[i], y, cells->decimals) <= cells->width;
      }
    }
    cells->decimals -= !fits;
  }
}

static void draw_cell(struct svg *svg, const struct cells *cells, const struct chart_heat_row *row, int year, double x,
                      double y)
{
  const enum chart_fate fate = row->fate[year];
  svg_rect(svg, cell_class(fate), x + 1, y + 1, cells->width - 2, cells->height - 2);
  if (cells->decimals < 0) {
    fate_shape(svg, shape_class(fate), fate, x + (cells->width - cells->size) / 2,
               y + (cells->height - cells->size) / 2, cells->size);
    return;
  }
  struct text amount = { 0 };
  unit_amount(&amount, &cells->unit, row->value[year], cells->decimals, false);
  const double width = text_width(text_str(&amount), amount.length, cells->size);
  const double right = x + cells->width - 5, middle = y + cells->height / 2;
  static const char *const inks[CHART_FATES] = { "", "ch-low-word", "ch-out-ink" };
  svg_text(svg, inks[fate], ANCHOR_END, cells->size, right, middle + cells->size * 0.35, text_str(&amount));
  fate_shape(svg, shape_class(fate), fate, right - width - cells->size - 1, middle - cells->size / 2, cells->size);
  svg_done(svg, &amount);
}

static void year_text(struct svg *svg, const struct chart_years *years, int year, enum anchor anchor, double x,
                      double y, bool brief)
{
  struct text label = { 0 };
  words_year(&label, years, year);
  svg_text(svg, "ch-b", anchor, svg->narrow ? 0 : 14, x, y, text_str(&label) + (brief && label.length > 2 ? 2 : 0));
  svg_done(svg, &label);
}

static void row_name(struct svg *svg, const struct chart_heat *data, int at, double y, double width)
{
  struct text name = { 0 };
  text_printf(&name, "%d. %s", at + 1, data->row[at].label);
  svg_label(svg, at == 0 ? "ch-plan-ink" : "", ANCHOR_START, 0, 0, y, width, text_str(&name));
  svg_done(svg, &name);
}

static double names_width(const struct svg *svg, const struct chart_heat *data, int n_rows, int n_years)
{
  enum { A_YEAR = 88 }; /* is wide enough for its figure */
  const double room = svg->width - A_YEAR * n_years, least = svg->width * 0.34, most = room > least ? room : least;
  double widest = 0;
  for (int i = 0; i < n_rows; i++) {
    const double width = text_width(data->row[i].label, strlen(data->row[i].label), svg->size) + svg->size * 2;
    widest = width > widest ? width : widest;
  }
  return widest < most ? widest : most;
}

static void draw_wide(struct svg *svg, const struct chart_heat *data, struct cells *cells, int n_rows, int n_years)
{
  const double names = names_width(svg, data, n_rows, n_years) + 10;
  cells->width = (svg->width - names) / n_years;
  cells->width = cells->width > 110 ? 110 : cells->width;
  cells->height = 36;
  cells->size = 14;
  cells_fit(cells, data, n_rows, n_years);
  const bool brief = cells->width < text_width("2026/27", 7, 14) + 8;
  svg->top += svg->size;
  for (int y = 0; y < n_years; y++) {
    year_text(svg, &data->years, y, ANCHOR_END, names + cells->width * (y + 1) - 5, svg->top, brief);
  }
  svg->top += 8;
  svg_line(svg, "ch-axis", 0, svg->top, names + cells->width * n_years, svg->top);
  svg->top += 2;
  for (int i = 0; i < n_rows; i++) {
    row_name(svg, data, i, svg->top + cells->height / 2 + svg->size * 0.35, names - 10);
    for (int y = 0; y < n_years; y++) {
      draw_cell(svg, cells, &data->row[i], y, names + cells->width * y, svg->top);
    }
    svg->top += cells->height;
    svg_line(svg, "ch-grid", 0, svg->top, names, svg->top);
  }
}

static void draw_narrow(struct svg *svg, const struct chart_heat *data, struct cells *cells, int n_rows, int n_years)
{
  const double years = text_width("2026/27", 7, svg->size) + 8;
  cells->width = (svg->width - years) / n_rows;
  cells->width = cells->width > 90 ? 90 : cells->width;
  cells->height = svg->size + 14;
  cells->size = svg->size;
  cells_fit(cells, data, n_rows, n_years);
  svg->top += svg->size;
  for (int i = 0; i < n_rows; i++) {
    struct text number = { 0 };
    text_printf(&number, "%d", i + 1);
    svg_text(svg, i == 0 ? "ch-plan-ink" : "ch-b", ANCHOR_END, 0, years + cells->width * (i + 1) - 5, svg->top,
             text_str(&number));
    svg_done(svg, &number);
  }
  svg->top += 6;
  svg_line(svg, "ch-axis", 0, svg->top, years + cells->width * n_rows, svg->top);
  svg->top += 2;
  for (int y = 0; y < n_years; y++) {
    year_text(svg, &data->years, y, ANCHOR_START, 0, svg->top + cells->height / 2 + svg->size * 0.35, false);
    for (int i = 0; i < n_rows; i++) {
      draw_cell(svg, cells, &data->row[i], y, years + cells->width * i, svg->top);
    }
    svg->top += cells->height;
  }
  svg->top += 6;
  for (int i = 0; i < n_rows; i++) {
    svg->top += svg->size * 1.4;
    row_name(svg, data, i, svg->top, svg->width);
  }
}

void chart_heat(struct text *t, const struct chart_form *form, const struct chart_heat *data)
{
  struct svg svg;
  struct text sentence = { 0 };
  const int n_rows = data->n_rows > CHART_LINES ? CHART_LINES : data->n_rows;
  const int n_years = data->years.count > CHART_YEARS ? CHART_YEARS : data->years.count;
  struct span span = { 0, 0 };
  for (int i = 0; i < n_rows; i++) {
    span_add_years(&span, data->row[i].value, n_years);
  }
  svg_begin(&svg, form);
  struct cells cells = { .unit = unit_of(span.high > -span.low ? span.high : span.low) };
  unit_caption(&svg, &cells.unit, data->what);
  const struct key_item key[] = { { MARK_BELOW, "", "Below the minimum" }, { MARK_OUT, "", "Run out" } };
  key_row(&svg, key, 2);
  if (svg.width < CHART_ACROSS) {
    draw_narrow(&svg, data, &cells, n_rows, n_years);
  } else {
    draw_wide(&svg, data, &cells, n_rows, n_years);
  }
  chart_heat_words(&sentence, data);
  svg_end(&svg, t, form, svg.top + 6, text_str(&sentence));
  t->failed = t->failed || sentence.failed;
  text_fini(&sentence);
}
