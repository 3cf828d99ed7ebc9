/* bars.c: the plan and one other, year by year. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/axis.h"

static const char *bar_class(const struct chart_bars *data, int series)
{
  return data->n_series == 1 ? "ch-total" : series == 0 ? "ch-bar-plan" : "ch-bar";
}

static void amount_label(struct text *t, const struct axis *axis, pence p, int decimals)
{
  unit_amount(t, &axis->unit, p, decimals, false);
}

static double widest_label(const struct svg *svg, const struct axis *axis, const pence *value, int n, int decimals)
{
  double widest = 0;
  for (int y = 0; y < n; y++) {
    struct text label = { 0 };
    amount_label(&label, axis, value[y], decimals);
    const double width = text_width(text_str(&label), label.length, svg->narrow ? 11 : svg->size);
    widest = width > widest ? width : widest;
    text_fini(&label);
  }
  return widest;
}

/* Amounts stand over the last series' bars, with as many decimals as there is room for; with none, not at all. */
static void draw_labels(struct svg *svg, const struct axis *axis, const struct time_axis *time, const pence *value,
                        double offset, double bar)
{
  const double room = time_pitch(time) - 4;
  int decimals = axis->unit.decimals;
  while (decimals >= 0 && widest_label(svg, axis, value, time->count, decimals) > room) {
    decimals--;
  }
  /* All of them move alike, so that those at the edges stay within it. */
  const double middle = offset + bar / 2,
               widest = widest_label(svg, axis, value, time->count, decimals > 0 ? decimals : 0);
  const double beyond = middle + widest / 2 - time_pitch(time) / 2, shift = beyond > 0 ? beyond : 0;
  for (int y = 0; y < time->count && decimals >= 0; y++) {
    struct text label = { 0 };
    amount_label(&label, axis, value[y], decimals);
    const double x = time_x(time, y) + middle - shift, end = axis_y(axis, value[y]);
    const double baseline = value[y] < 0 ? end + svg->size * 1.1 : end - 5;
    svg_text(svg, "ch-value", ANCHOR_MIDDLE, svg->narrow ? 11 : 0, x, baseline, text_str(&label));
    text_fini(&label);
  }
}

static void draw_bars(struct svg *svg, const struct axis *axis, const struct time_axis *time,
                      const struct chart_bars *data)
{
  const int n = data->n_series;
  const double pitch = time_pitch(time), bar = pitch * (n == 1 ? 0.56 : 0.36), gap = n == 1 ? 0 : 2;
  for (int s = 0; s < n; s++) {
    svg_open(svg, bar_class(data, s));
    const double offset = n == 1 ? -bar / 2 : s == 0 ? -bar - gap / 2 : gap / 2;
    for (int y = 0; y < time->count; y++) {
      const double from = axis_y(axis, 0), to = axis_y(axis, data->value[s][y]);
      svg_rect(svg, "", time_x(time, y) + offset, to < from ? to : from, bar, to < from ? from - to : to - from);
    }
    svg_close(svg);
  }
}

void chart_bars(struct text *t, const struct chart_form *form, const struct chart_bars *data)
{
  struct svg svg;
  struct text sentence = { 0 };
  struct chart_years years = data->years;
  years.count = years.count > CHART_YEARS ? CHART_YEARS : years.count;
  svg_begin(&svg, form);
  struct span span = { 0, 0 };
  for (int s = 0; s < data->n_series; s++) {
    span_add_years(&span, data->value[s], years.count);
  }
  struct axis axis;
  axis_fit(&axis, &svg, span);
  unit_caption(&svg, &axis.unit, data->what);
  if (data->n_series > 1) {
    const struct key_item key[] = { { MARK_BOX, "ch-bar-plan", data->label[0] },
                                    { MARK_BOX, "ch-bar", data->label[1] } };
    key_row(&svg, key, data->n_series);
  }
  axis.top = svg.top + svg.size * 1.4;
  axis.bottom = axis.top + (svg.narrow ? 170 : 230);
  axis.right = svg.width;
  const struct time_axis time = time_axis(&years, false, true, axis.left, axis.right);
  axis_grid(&svg, &axis);
  draw_bars(&svg, &axis, &time, data);
  axis_zero(&svg, &axis);
  const double bar = time_pitch(&time) * (data->n_series == 1 ? 0.56 : 0.36);
  draw_labels(&svg, &axis, &time, data->value[data->n_series - 1], data->n_series == 1 ? -bar / 2 : 1, bar);
  const double foot = axis.bottom + (axis.low < 0 ? svg.size * 1.3 : 0);
  time_labels(&svg, &time, foot + svg.size * 1.5);
  chart_bars_words(&sentence, data);
  svg_end(&svg, t, form, foot + svg.size * 2, text_str(&sentence));
  text_fini(&sentence);
}
