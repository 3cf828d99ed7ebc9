/* text_stress.c: what `headroom stress` shows on a terminal: packs, what moves the gap, prices, how far each thing may
 * slip, the least unlikely combination, the savings that carry the plan, the decision deadline, and the questions that
 * follow. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/text_stress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void sentence(struct text *out, struct text *words, const struct style *style)
{
  paragraph(out, text_str(words), style);
  out->failed |= words->failed;
  text_fini(words);
}

pence sum_of(const struct plan *plan, const pence *row)
{
  pence sum = 0;
  for (int y = 0; y < plan->n_years; y++) {
    sum += row[y];
  }
  return sum;
}

/* Short money in a cell, without a pound sign's worth of doubt: "£4.6m". */
void short_cell(struct text *out, pence value)
{
  text_money_short(out, value);
}

void date_cell(struct text *out, const struct plan *plan, int date)
{
  char year[8];
  text_add(out, date == DATE_UNKNOWN ? "?" : date == DATE_NOT_IN_HORIZON ? "-" : plan_year_label(plan, date, year));
}

void row_of_texts(struct grid *grid, const char *label, struct text *cells, int n)
{
  const char *values[16] = { NULL };
  for (int i = 0; i < n; i++) {
    values[i] = text_str(&cells[i]);
  }
  grid_row(grid, label, values);
  for (int i = 0; i < n; i++) {
    text_fini(&cells[i]);
  }
}

/* ---- 1. packs ------------------------------------------------------------------------------------------ */

static void pack_row(struct grid *grid, const struct plan *plan, const char *label, const struct summary *s,
                     const struct summary *own)
{
  const int last = plan->n_years - 1;
  struct text cells[6] = { { 0 } };
  short_cell(&cells[0], s->measure[M_GAP][last]);
  short_cell(&cells[1], s->measure[M_GAP][last] - own->measure[M_GAP][last]);
  short_cell(&cells[2], sum_of(plan, s->measure[M_UNFUNDED]));
  for (int d = 0; d < 3; d++) {
    date_cell(&cells[3 + d], plan, s->date[d]);
  }
  row_of_texts(grid, label, cells, 6);
}

static void packs_text(struct text *out, const struct stress_report *r, const struct style *style)
{
  static const char *const headers[] = { "last gap", "over plan", "unfunded", "D1", "D2", "D3" };
  const struct plan *plan = &r->report.folder->plan;
  if (r->battery->n_packs == 0) {
    return;
  }
  struct grid *grid = grid_new("1. Packs: severe, but plausible", 6);
  grid_header(grid, "", headers);
  pack_row(grid, plan, "The plan", &r->result->plan, &r->result->plan);
  for (int s = 0; s < r->battery->n_packs; s++) {
    if (r->battery->scenario[s].n_uses > 0) {
      pack_row(grid, plan, r->battery->scenario[s].label, &r->result->pack[s], &r->result->plan);
    }
  }
  grid_text(out, grid, style);
  grid_free(grid);
  paragraph(out,
            "Unfunded: over all years together.  D1: General Fund below the council's own minimum; D2: usable revenue "
            "reserves at nil; D3: first "
            "unfunded gap.  -: not within the plan; ?: not known.",
            style);
  for (int i = 0; i < left_out_most(r); i++) {
    struct text words = { 0 };
    if (left_out_words(&words, r, i)) {
      sentence(out, &words, style);
    }
  }
  text_add(out, "\n");
}

/* ---- 2. sensitivity ------------------------------------------------------------------------------------ */

static pence cost_of(const struct stress_report *r, const struct summary *s)
{
  const int last = r->report.folder->plan.n_years - 1;
  return s->measure[M_GAP][last] - r->result->plan.measure[M_GAP][last];
}

/* Moves in order of what they add to the gaps of all years: a slip counts, though the last year is as planned. */
int moves_in_order(const struct stress_report *r, int order[MOST_MOVES])
{
  const int moves = r->battery->moves >= 0 ? r->battery->scenario[r->battery->moves].n_uses : 0;
  int n = 0;
  for (int i = 0; i < moves; i++) {
    if (move_is_idle(r, i)) {
      continue;
    }
    int at = n++;
    for (; at > 0 && gaps_added(r, &r->result->move[i].up) > gaps_added(r, &r->result->move[order[at - 1]].up); at--) {
      order[at] = order[at - 1];
    }
    order[at] = i;
  }
  return n;
}

static void idle_text(struct text *out, const struct stress_report *r, const struct style *style)
{
  const int moves = r->battery->moves >= 0 ? r->battery->scenario[r->battery->moves].n_uses : 0;
  struct text words = { 0 };
  for (int i = 0; i < moves; i++) {
    if (move_is_idle(r, i)) {
      text_printf(&words, "%s%s", words.length > 0 ? ", " : "Moves no year's gap here: ", r->battery->move[i].label);
    }
  }
  if (words.length > 0) {
    text_add(&words, ".");
    sentence(out, &words, style);
  }
}

static void bar(struct text *out, pence size, pence largest, int room, const struct style *style)
{
  const int full = largest > 0 && size > 0 ? (int)((double)size / (double)largest * room + 0.5) : 0;
  text_add(out, full > 0 ? " " : "");
  text_repeat(out, style->ascii ? "#" : "\xE2\x96\x88", full);
}

enum { LAST_COLUMN = 10, ALL_COLUMN = 11, FIGURES_COLUMNS = LAST_COLUMN + ALL_COLUMN + 1, LEAST_BAR = 10 };

/* Where a label, two figures and a bar do not fit side by side, the label has a line of its own. */
struct moves_layout {
  int label; /* columns; 0: on its own line */
  int bar;
  pence largest;
};

static struct moves_layout layout_of(const struct stress_report *r, const int *order, int n, const struct style *style)
{
  int widest = 0;
  for (int i = 0; i < n; i++) {
    struct text label = { 0 };
    move_words(&label, r, order[i], r->result->move[order[i]].worse);
    const int width = utf8_width(text_str(&label), label.length);
    widest = width > widest ? width : widest;
    text_fini(&label);
  }
  const bool fits = widest + FIGURES_COLUMNS + LEAST_BAR <= style->width;
  const int room = style->width - FIGURES_COLUMNS - (fits ? widest : 0);
  return (struct moves_layout){ fits ? widest : 0, room > 0 ? room : 0, gaps_added(r, &r->result->move[order[0]].up) };
}

static void right(struct text *out, const char *words, int width)
{
  text_repeat(out, " ", width - utf8_width(words, strlen(words)));
  text_add(out, words);
}

static void money_cell(struct text *out, pence value, const struct style *style)
{
  struct text money = { 0 };
  text_money_short(&money, value);
  if (style->ascii) {
    text_plain(out, text_str(&money));
  } else {
    text_add(out, text_str(&money));
  }
  text_fini(&money);
}

static void move_row(struct text *out, const struct stress_report *r, int move, struct moves_layout layout,
                     const struct style *style)
{
  struct text label = { 0 }, last = { 0 }, all = { 0 };
  const struct summary *up = &r->result->move[move].up;
  move_words(&label, r, move, r->result->move[move].worse);
  money_cell(&last, cost_of(r, up), style);
  money_cell(&all, gaps_added(r, up), style);
  if (layout.label > 0) {
    text_add(out, text_str(&label));
    text_repeat(out, " ", layout.label - utf8_width(text_str(&label), label.length));
  } else {
    paragraph_hung(out, text_str(&label), 2, style);
  }
  right(out, text_str(&last), LAST_COLUMN);
  right(out, text_str(&all), ALL_COLUMN);
  bar(out, gaps_added(r, up), layout.largest, layout.bar, style);
  text_add(out, "\n");
  text_fini(&label), text_fini(&last), text_fini(&all);
}

static void moves_text(struct text *out, const struct stress_report *r, const struct style *style)
{
  int order[MOST_MOVES];
  const int n = moves_in_order(r, order);
  if (n == 0) {
    return;
  }
  heading(out, "2. What moves the plan: each by one step, every year from the first", style);
  const struct moves_layout layout = layout_of(r, order, n, style);
  text_repeat(out, " ", layout.label);
  right(out, "last gap", LAST_COLUMN);
  right(out, "all years", ALL_COLUMN);
  text_add(out, "\n");
  for (int i = 0; i < n; i++) {
    move_row(out, r, order[i], layout, style);
  }
  paragraph(
      out,
      "Steps are standard sizes, from what councils test or what was published, else judgement; they are not equally "
      "likely.  `--json` has the source of each.",
      style);
  idle_text(out, r, style);
  struct text left = { 0 };
  not_moved_words(&left, r);
  if (left.length > 0) {
    sentence(out, &left, style);
  }
  if (r->battery->moves_dropped > 0) {
    struct text words = { 0 };
    text_printf(&words, "%d more drivers and lines are in the plan than are moved here (%d in all).",
                r->battery->moves_dropped, (int)MOST_MOVES);
    sentence(out, &words, style);
  }
  text_add(out, "\n");
}

/* ---- 3. prices ----------------------------------------------------------------------------------------- */

static struct grid *prices_grid(const struct report *report, const void *ctx, struct figures figures)
{
  const struct stress_report *r = ctx;
  const struct plan *plan = &report->folder->plan;
  struct grid *grid = grid_new("3. The price list: what each adds to the gap", plan->n_years);
  years_header(grid, plan, figures_unit(figures));
  const int n = r->battery->prices >= 0 ? r->battery->scenario[r->battery->prices].n_uses : 0;
  for (int p = 0; p < n; p++) {
    if (!price_is_shown(r, p)) {
      continue;
    }
    pence values[MAX_YEARS];
    for (int y = 0; y < plan->n_years; y++) {
      values[y] = r->result->price[p].measure[M_GAP][y] - r->result->plan.measure[M_GAP][y];
    }
    years_row(grid, plan, r->battery->price[p].label, values, 1, figures);
  }
  return grid;
}

static bool any_price(const struct stress_report *r)
{
  const int n = r->battery->prices >= 0 ? r->battery->scenario[r->battery->prices].n_uses : 0;
  for (int p = 0; p < n; p++) {
    if (price_is_shown(r, p)) {
      return true;
    }
  }
  return false;
}

static void questions_text(struct text *out, const struct stress_report *r, const struct style *style)
{
  bool any = false;
  for (int q = 0; q < MOST_QUESTIONS; q++) {
    struct text words = { 0 };
    if (question_words(&words, r, q)) {
      if (!any) {
        heading(out, "Questions to ask", style);
      }
      any = true;
      struct text item = { 0 };
      text_printf(&item, "- %s", text_str(&words));
      paragraph_hung(out, text_str(&item), 2, style);
      text_fini(&item);
    }
    text_fini(&words);
  }
  text_add(out, any ? "\n" : "");
}

void report_stress_text(struct text *out, const struct stress_report *r, const struct style *style)
{
  const struct plan *plan = &r->report.folder->plan;
  struct text words = { 0 };
  report_opening(out, &r->report, style);
  sentence_gap(&words, plan, r->report.shown[0].result);
  text_add(&words, " ");
  sentence_reserves(&words, plan, r->report.shown[0].result);
  sentence(out, &words, style);
  text_add(out, "\n");
  packs_text(out, r, style);
  moves_text(out, r, style);
  const struct section prices = { prices_grid, r };
  if (any_price(r)) {
    section_text(out, &r->report, &prices, figures_that_fit(&r->report, &prices, 1, style));
  }
  reverse_text(out, r, style);
  combination_text(out, r, style);
  savings_text(out, r, style);
  deadline_text(out, r, style);
  questions_text(out, r, style);
  paragraph(out, "A projection is a stress, not a forecast.", style);
  report_closing(out, &r->report, style);
  plugins_used(out, r->battery->scenario, r->battery->count, style);
}
