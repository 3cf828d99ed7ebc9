/* text_limits.c: of `headroom stress`: how far each thing may slip, the least unlikely combination, the savings that
 * carry the plan, the decision deadline. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/text_stress.h"

#include <math.h>

/* ---- 4. reverse stress --------------------------------------------------------------------------------- */

static void per_cent_cell(struct text *out, pence part, pence whole)
{
  if (whole > 0) {
    text_printf(out, "%s%.1f%%", part < 0 ? "\xE2\x88\x92" : "", fabs(100.0 * (double)part / (double)whole));
  }
}

static bool reverse_row(struct grid *grid, const struct stress_report *r, int move, int t)
{
  const struct reverse *reverse = &r->result->move[move].reverse[t];
  const struct boundary *b = &reverse->boundary;
  struct text cells[6] = { { 0 } };
  amount_of_move(&cells[0], r, move, reverse->sign * b->before, true);
  if (b->kind == BOUNDARY_NEVER) {
    text_add(&cells[1], b->held ? "limit" : "never");
  } else {
    amount_of_move(&cells[1], r, move, reverse->sign * b->after, true);
    text_add(&cells[1], b->kind == BOUNDARY_NOT_STEADY ? "*" : "");
    text_printf(&cells[2], "%.1f", b->after);
    if (r->battery->move[move].sd > 0.0) {
      text_printf(&cells[3], "%.1f", sds_of(&r->battery->move[move], b->after));
    }
    short_cell(&cells[4], gaps_added(r, &b->at_after));
    per_cent_cell(&cells[5], gaps_added(r, &b->at_after), net_budget_of_years(r));
  }
  row_of_texts(grid, r->battery->move[move].label, cells, 6);
  return b->kind == BOUNDARY_NOT_STEADY;
}

/* One of the two dates; a plan that has it already is asked what would mend it. */
static void reverse_grid(struct text *out, const struct stress_report *r, int t, const struct style *style)
{
  static const char *const safe[] = {
    "last safe", "first failing", "steps", "sds", "\xC2\xA3 all years", "% of budget"
  };
  static const char *const fails[] = { "still fails", "first mended",       "steps",
                                       "sds",         "\xC2\xA3 all years", "% of budget" };
  static const char *const titles[N_REVERSE][2] = {
    { "4. How far each alone may go before D1, the General Fund below its minimum",
      "4. How far each alone must go to avoid D1, the General Fund below its minimum" },
    { "4. How far each alone may go before D3, an unfunded gap",
      "4. How far each alone must go to avoid D3, an unfunded gap" }
  };
  int order[MOST_MOVES];
  const int n = moves_in_order(r, order);
  const int32_t date = r->result->plan.date[t == 0 ? DATE_BELOW_MINIMUM : DATE_FIRST_UNFUNDED];
  if (date == DATE_UNKNOWN) {
    paragraph(out,
              t == 0 ? "4. D1 is not known: the council gives no minimum for a General Fund." : "4. D3 is not known.",
              style);
    return;
  }
  bool unsteady = false;
  struct text stuck = { 0 };
  struct grid *grid = grid_new(titles[t][date >= 0], 6);
  grid_header(grid, "", date >= 0 ? fails : safe);
  for (int i = 0; i < n; i++) {
    if (r->result->move[order[i]].reverse[t].stuck) {
      text_printf(&stuck, "%s%s", stuck.length > 0 ? ", " : "Moves nothing that way, and so is left out: ",
                  r->battery->move[order[i]].label);
    } else {
      unsteady |= reverse_row(grid, r, order[i], t);
    }
  }
  grid_text(out, grid, style);
  grid_free(grid);
  if (stuck.length > 0) {
    text_add(&stuck, ".");
    sentence(out, &stuck, style);
  }
  if (unsteady) {
    paragraph(out, "* the answer changes back further on; the first change is shown.", style);
  }
  text_add(out, "\n");
}

void reverse_text(struct text *out, const struct stress_report *r, const struct style *style)
{
  int order[MOST_MOVES];
  if (moves_in_order(r, order) == 0) {
    return;
  }
  for (int t = 0; t < N_REVERSE; t++) {
    reverse_grid(out, r, t, style);
  }
  paragraph(
      out,
      "Every year from the first, within the plan.  never: even the most that was tried, in the column before, "
      "does not change it; limit: nor may it go further, as the engine holds it, such as council tax at the rise "
      "that needs no referendum.  Steps are standard sizes, not equally likely; sds are standard deviations of one "
      "year's departure in datasets/presets/uncertainty.csv, where it has one; the money is what it does to the "
      "gaps of all years together, and its share of the net budget.",
      style);
  text_add(out, "\n");
}

/* ---- 5. combination ------------------------------------------------------------------------------------ */

void combination_text(struct text *out, const struct stress_report *r, const struct style *style)
{
  heading(out, "5. The least unlikely combination that breaks the plan", style);
  for (int t = 0; t < N_REVERSE; t++) {
    struct text words = { 0 };
    combination_words(&words, r, t);
    sentence(out, &words, style);
  }
  text_add(out, "\n");
}

/* ---- 6. savings ---------------------------------------------------------------------------------------- */

static void quality_text(struct text *out, const struct stress_report *r, const struct style *style)
{
  const struct plan *plan = &r->report.folder->plan;
  struct text words = { 0 };
  if (maturity_words(&words, plan, r->report.shown[0].result)) {
    sentence(out, &words, style);
  }
  struct text legend = { 0 };
  if (legend_words(&legend, plan)) {
    sentence(out, &legend, style);
  }
}

void savings_text(struct text *out, const struct stress_report *r, const struct style *style)
{
  const struct plan *plan = &r->report.folder->plan;
  const int n = r->battery->savings >= 0 ? r->battery->scenario[r->battery->savings].n_uses : 0;
  const int last = plan->n_years - 1;
  static const char *const headers[] = { "last gap", "all years", "D1", "D3" };
  if (n == 0) {
    return;
  }
  struct grid *grid = grid_new("6. Savings: what each carries, left out one at a time", 4);
  grid_header(grid, "", headers);
  for (int s = 0; s < n; s++) {
    const struct summary *without = &r->result->without[s];
    struct text cells[4] = { { 0 } };
    short_cell(&cells[0], without->measure[M_GAP][last] - r->result->plan.measure[M_GAP][last]);
    short_cell(&cells[1], gaps_added(r, without));
    date_cell(&cells[2], plan, without->date[DATE_BELOW_MINIMUM]);
    date_cell(&cells[3], plan, without->date[DATE_FIRST_UNFUNDED]);
    row_of_texts(grid, plan->saving[r->battery->saving[s]].label, cells, 4);
  }
  grid_text(out, grid, style);
  grid_free(grid);
  struct text words = { 0 };
  savings_words(&words, r);
  if (r->battery->savings_dropped > 0) {
    text_printf(&words, "  %d more are in the plan than are shown here.", r->battery->savings_dropped);
  }
  sentence(out, &words, style);
  quality_text(out, r, style);
  text_add(out, "\n");
}

/* ---- 7. deadline --------------------------------------------------------------------------------------- */

static void deadline_grid(struct text *out, const struct stress_report *r, const struct style *style)
{
  static const char *const headers[] = { "to avoid D1", "to avoid D3", "reserves at the end", "unfunded", "D1", "D3" };
  const struct plan *plan = &r->report.folder->plan;
  struct grid *grid = grid_new("7. The decision deadline: savings a year, if begun in", 6);
  grid_header(grid, "", headers);
  for (int from = 0; from < plan->n_years; from++) {
    const struct delay_result *delay = &r->result->delay[from];
    struct text cells[6] = { { 0 } };
    char year[8];
    needed_words(&cells[0], r, from, 0);
    needed_words(&cells[1], r, from, 1);
    short_cell(&cells[2], delay->same.measure[M_USABLE_CLOSING][plan->n_years - 1]);
    short_cell(&cells[3], sum_of(plan, delay->same.measure[M_UNFUNDED]));
    date_cell(&cells[4], plan, delay->same.date[DATE_BELOW_MINIMUM]);
    date_cell(&cells[5], plan, delay->same.date[DATE_FIRST_UNFUNDED]);
    row_of_texts(grid, plan_year_label(plan, from, year), cells, 6);
  }
  grid_text(out, grid, style);
  grid_free(grid);
  paragraph(out,
            "The first two columns: the least recurring savings that avoid it.  The others: what comes of lasting "
            "savings begun in that year.",
            style);
}

void deadline_text(struct text *out, const struct stress_report *r, const struct style *style)
{
  if (r->battery->delays < 0) {
    return;
  }
  if (deadline_has_table(r)) {
    deadline_grid(out, r, style);
  } else {
    heading(out, "7. The decision deadline", style);
  }
  struct text words = { 0 };
  deadline_words(&words, r);
  sentence(out, &words, style);
  text_add(out, "\n");
}
