/* bridge.c: from one amount to another, a row for each part.
 *
 * (1) Parts are drawn in the order given, each from where the one before ended.  What they leave of the difference is a
 *     part of its own, so that the picture always adds up.
 * (2) Beyond fourteen parts the smallest are one part, "Other parts". */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/rows.h"

enum { MOST_SHOWN = 14, MOST_ROWS = MOST_SHOWN + 3 };

struct step {
  const char *name;
  pence from, to;
  bool total;
};

static pence size_of(pence p)
{
  return p < 0 ? -p : p;
}

/* Which parts have a row of their own: all, or the largest. */
static void pick_parts(const struct chart_bridge *data, bool *shown)
{
  const int most = data->n_parts <= MOST_SHOWN ? data->n_parts : MOST_SHOWN - 1;
  for (int k = 0; k < most; k++) {
    int largest = -1;
    for (int i = 0; i < data->n_parts; i++) {
      if (!shown[i] && (largest < 0 || size_of(data->part[i].amount) > size_of(data->part[largest].amount))) {
        largest = i;
      }
    }
    shown[largest] = true;
  }
}

static void step_add(struct step *step, int *n, const char *name, pence amount)
{
  const pence from = step[*n - 1].to;
  step[*n] = (struct step){ name, from, from + amount, false };
  ++*n;
}

static int bridge_steps(const struct chart_bridge *data, struct step *step)
{
  enum { MOST_PARTS = 64 };
  bool shown[MOST_PARTS] = { false };
  struct chart_bridge within = *data;
  within.n_parts = data->n_parts < MOST_PARTS ? data->n_parts : MOST_PARTS;
  pick_parts(&within, shown);
  int n = 0;
  step[n++] = (struct step){ data->from.label, 0, data->from.amount, true };
  pence others = 0;
  for (int i = 0; i < within.n_parts; i++) {
    if (shown[i]) {
      step_add(step, &n, data->part[i].label, data->part[i].amount);
    } else {
      others += data->part[i].amount;
    }
  }
  if (within.n_parts > MOST_SHOWN) {
    step_add(step, &n, "Other parts", others);
  }
  if (step[n - 1].to != data->to.amount) {
    step_add(step, &n, "Everything else", data->to.amount - step[n - 1].to);
  }
  step[n++] = (struct step){ data->to.label, 0, data->to.amount, true };
  return n;
}

static void step_amount(struct text *t, const struct unit *unit, const struct step *step)
{
  unit_amount(t, unit, step->to - step->from, unit->decimals, !step->total);
}

static double widest_amount(const struct svg *svg, const struct unit *unit, const struct step *step, int n)
{
  double widest = 0;
  for (int i = 0; i < n; i++) {
    struct text amount = { 0 };
    step_amount(&amount, unit, &step[i]);
    const double width = text_width(text_str(&amount), amount.length, svg->size);
    widest = width > widest ? width : widest;
    text_fini(&amount);
  }
  return widest;
}

static void draw_steps(struct svg *svg, const struct rows *rows, const struct chart_bridge *data,
                       const struct step *step, int n)
{
  for (int i = 0; i < n; i++) {
    const double y = svg->top + rows->height * i;
    const double bar = rows_name(svg, rows, y, step[i].total ? "ch-b" : "", step[i].name);
    const bool better = (step[i].to > step[i].from) == data->more_is_better;
    rows_bar(svg, rows, step[i].total ? "ch-total" : better ? "ch-better" : "ch-worse", step[i].from, step[i].to, bar);
    struct text amount = { 0 };
    step_amount(&amount, &rows->unit, &step[i]);
    const double end = rows_x(rows, step[i].from > step[i].to ? step[i].from : step[i].to);
    svg_text(svg, "ch-b", ANCHOR_START, 0, end + 6, bar + rows->bar / 2 + svg->size * 0.35, text_str(&amount));
    svg_done(svg, &amount);
    if (i + 1 < n && !rows->above) {
      const double x = rows_x(rows, step[i].to);
      svg_line(svg, "ch-link", x, bar + rows->bar, x, bar + rows->height);
    }
  }
}

void chart_bridge(struct text *t, const struct chart_form *form, const struct chart_bridge *data)
{
  struct svg svg;
  struct text sentence = { 0 };
  struct step step[MOST_ROWS + 1];
  const int n = bridge_steps(data, step);
  const char *name[MOST_ROWS + 1];
  struct span span = { 0, 0 };
  for (int i = 0; i < n; i++) {
    name[i] = step[i].name;
    span_add(&span, step[i].from);
    span_add(&span, step[i].to);
  }
  svg_begin(&svg, form);
  struct rows rows = { .unit = unit_of(span.high > -span.low ? span.high : span.low) };
  unit_caption(&svg, &rows.unit, data->what);
  if (!data->bare) {
    const struct key_item key[] = { { MARK_BOX, "ch-worse", "Makes it worse" }, { MARK_BOX, "ch-better", "Helps" } };
    key_row(&svg, key, 2);
  }
  rows_fit(&rows, &svg, span, name, n, 1, widest_amount(&svg, &rows.unit, step, n) + 7);
  rows_zero(&svg, &rows, n);
  draw_steps(&svg, &rows, data, step, n);
  const double foot = svg.top + rows.height * n;
  chart_bridge_words(&sentence, data);
  svg_end(&svg, t, form, foot + 4, text_str(&sentence));
  t->failed = t->failed || sentence.failed;
  text_fini(&sentence);
}
