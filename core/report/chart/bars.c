/* bars.c: the plan and one other, year by year; and the plan and any one of several, for a page that shows the chosen
 * one.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/axis.h"

static double bar_width(const struct time_axis *time, int n_series)
{
  return time_pitch(time) * (n_series == 1 ? 0.56 : 0.36);
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
    const double width = text_width(text_str(&label), label.length, svg->narrow ? 12 : svg->size);
    widest = width > widest ? width : widest;
    text_fini(&label);
  }
  return widest;
}

/* Amounts stand over the last series' bars, with as many decimals as there is room for; with none, not at all. */
static void draw_labels(struct svg *svg, const struct axis *axis, const struct time_axis *time, const pence *value,
                        int n_series)
{
  const double bar = bar_width(time, n_series), offset = n_series == 1 ? -bar / 2 : 1;
  const double room = time_pitch(time) - 4;
  int decimals = axis->unit.decimals;
  while (decimals >= 0 && widest_label(svg, axis, value, time->count, decimals) > room) {
    decimals--;
  }
  /* All of them move alike, so that those at the edges stay within it. */
  const double middle = offset + bar / 2,
               widest = widest_label(svg, axis, value, time->count, decimals > 0 ? decimals : 0);
  const double beyond = middle + widest / 2 - time_pitch(time) / 2, shift = beyond > 0 ? beyond : 0;
  svg_open_texts(svg, "ch-value", ANCHOR_MIDDLE);
  for (int y = 0; y < time->count && decimals >= 0; y++) {
    struct text label = { 0 };
    amount_label(&label, axis, value[y], decimals);
    const double x = time_x(time, y) + middle - shift, end = axis_y(axis, value[y]);
    const double baseline = value[y] < 0 ? end + svg->size * 1.1 : end - 5;
    svg_text(svg, "", ANCHOR_MIDDLE, svg->narrow ? 12 : 0, x, baseline, text_str(&label));
    svg_done(svg, &label);
  }
  svg_close_texts(svg);
}

static void draw_series(struct svg *svg, const struct axis *axis, const struct time_axis *time, const pence *value,
                        int series, int n_series)
{
  const double bar = bar_width(time, n_series);
  const double offset = n_series == 1 ? -bar / 2 : series == 0 ? -bar - 1 : 1;
  struct point corner[CHART_YEARS][4];
  for (int y = 0; y < time->count; y++) {
    const double from = axis_y(axis, 0), to = axis_y(axis, value[y]);
    const double left = time_x(time, y) + offset, right = left + bar;
    struct point *c = corner[y];
    c[0] = (struct point){ left, from }, c[1] = (struct point){ left, to };
    c[2] = (struct point){ right, to }, c[3] = (struct point){ right, from };
  }
  const char *class = n_series == 1 ? "ch-total" : series == 0 ? "ch-bar-plan" : "ch-bar";
  svg_paths(svg, class, corner[0], 4, time->count, true);
}

static struct time_axis frame(struct svg *svg, struct axis *axis, const struct chart_years *years)
{
  axis->top = svg->top + svg->size * 1.4;
  axis->bottom = axis->top + (svg->narrow ? 170 : 230);
  axis->right = svg->width;
  axis_grid(svg, axis);
  return time_axis(years, false, true, axis->left, axis->right);
}

static void end(struct svg *svg, struct text *t, const struct chart_form *form, const struct axis *axis,
                const struct time_axis *time, struct text *sentence)
{
  const double foot = axis->bottom + (axis->low < 0 ? svg->size * 1.3 : 0);
  time_labels(svg, time, foot + svg->size * 1.5);
  svg_end(svg, t, form, foot + svg->size * 2, text_str(sentence));
  t->failed = t->failed || sentence->failed;
  text_fini(sentence);
}

static struct chart_years as_drawn(struct chart_years years)
{
  years.count = years.count > CHART_YEARS ? CHART_YEARS : years.count;
  return years;
}

static void key_of_two(struct svg *svg, const char *const *label)
{
  const struct key_item key[] = { { MARK_BOX, "ch-bar-plan", label[0] }, { MARK_BOX, "ch-bar", label[1] } };
  key_row(svg, key, 2);
}

void chart_bars(struct text *t, const struct chart_form *form, const struct chart_bars *data)
{
  struct svg svg;
  struct text sentence = { 0 };
  const struct chart_years years = as_drawn(data->years);
  struct span span = { 0, 0 };
  struct axis axis;
  svg_begin(&svg, form);
  for (int s = 0; s < data->n_series; s++) {
    span_add_years(&span, data->value[s], years.count);
  }
  axis_fit(&axis, &svg, span);
  unit_caption(&svg, &axis.unit, data->what);
  if (data->n_series > 1) {
    key_of_two(&svg, data->label);
  }
  const struct time_axis time = frame(&svg, &axis, &years);
  for (int s = 0; s < data->n_series; s++) {
    draw_series(&svg, &axis, &time, data->value[s], s, data->n_series);
  }
  axis_zero(&svg, &axis);
  draw_labels(&svg, &axis, &time, data->value[data->n_series - 1], data->n_series);
  chart_bars_words(&sentence, data);
  end(&svg, t, form, &axis, &time, &sentence);
}

/* ---- any one of several -------------------------------------------------------------------------------- */

/* "v v1 v2 v3": what shows with each of futures from..to. */
static void open_for(struct svg *svg, int from, int to)
{
  struct text class = { 0 };
  text_add(&class, "v");
  for (int i = from; i <= to; i++) {
    text_printf(&class, " v%d", i);
  }
  svg_open(svg, text_str(&class));
  svg->body.failed = svg->body.failed || class.failed;
  text_fini(&class);
}

static void draw_choice(struct svg *svg, const struct axis *axis, const struct time_axis *time,
                        const struct chart_choice *data, int n)
{
  if (n > 1) {
    open_for(svg, 1, n - 1);
    draw_series(svg, axis, time, data->line[0].value, 0, 2);
    svg_close(svg);
  }
  for (int i = 0; i < n; i++) {
    if (n > 1) {
      open_for(svg, i, i);
    }
    draw_series(svg, axis, time, data->line[i].value, i > 0, i > 0 ? 2 : 1);
    draw_labels(svg, axis, time, data->line[i].value, i > 0 ? 2 : 1);
    if (n > 1) {
      svg_close(svg);
    }
  }
}

void chart_choice(struct text *t, const struct chart_form *form, const struct chart_choice *data)
{
  static const char *const label[] = { "The plan", "The chosen future" };
  struct svg svg;
  struct text sentence = { 0 };
  const struct chart_years years = as_drawn(data->years);
  const int n = data->n_lines > CHART_LINES ? CHART_LINES : data->n_lines;
  struct span span = { 0, 0 };
  struct axis axis;
  svg_begin(&svg, form);
  for (int i = 0; i < n; i++) {
    span_add_years(&span, data->line[i].value, years.count);
  }
  axis_fit(&axis, &svg, span);
  unit_caption(&svg, &axis.unit, data->what);
  if (n > 1) {
    open_for(&svg, 1, n - 1);
    key_of_two(&svg, label);
    svg_close(&svg);
  }
  const struct time_axis time = frame(&svg, &axis, &years);
  draw_choice(&svg, &axis, &time, data, n);
  axis_zero(&svg, &axis);
  chart_choice_words(&sentence, data);
  end(&svg, t, form, &axis, &time, &sentence);
}
