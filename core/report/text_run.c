/* text_run.c: what `headroom run` shows on a terminal: the answer in words, the gap, what pays for it, the four dates.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/tables.h"

#include <string.h>

static bool any_year(const struct plan *plan, const pence *row)
{
  for (int y = 0; y < plan->n_years; y++) {
    if (row[y] != 0) {
      return true;
    }
  }
  return false;
}

static void measure_row(struct grid *grid, const struct plan *plan, const struct result *result, enum measure m,
                        const char *label, struct figures figures)
{
  years_row(grid, plan, label, result->measure[m], 1, figures);
}

/* A row that most plans do not need stands only where it holds something. */
static void measure_row_if(struct grid *grid, const struct plan *plan, const struct result *result, enum measure m,
                           const char *label, struct figures figures)
{
  if (any_year(plan, result->measure[m])) {
    measure_row(grid, plan, result, m, label, figures);
  }
}

static struct grid *gap_grid(const struct report *report, const void *ctx, struct figures figures)
{
  const struct shown *shown = ctx;
  const struct plan *plan = &report->folder->plan;
  const struct result *r = shown->result;
  struct grid *grid = grid_new("The gap", plan->n_years);
  years_header(grid, plan, figures_unit(figures));
  measure_row(grid, plan, r, M_NET_BUDGET, "Net budget", figures);
  measure_row(grid, plan, r, M_FUNDING, "Funding", figures);
  measure_row(grid, plan, r, M_GAP_BEFORE_SAVINGS, "Gap before savings", figures);
  measure_row(grid, plan, r, M_SAVINGS_PLANNED, "  savings planned", figures);
  measure_row(grid, plan, r, M_SAVINGS_EXPECTED, "  savings expected", figures);
  measure_row_if(grid, plan, r, M_UNIDENTIFIED, "  of it unidentified", figures);
  measure_row_if(grid, plan, r, M_CAPITALISED, "  capitalised", figures);
  grid_rule(grid);
  measure_row(grid, plan, r, M_GAP, "Gap, cumulative", figures);
  measure_row(grid, plan, r, M_GAP_ANNUAL, "  annual change", figures);
  measure_row(grid, plan, r, M_GAP_STRUCTURAL, "  structural", figures);
  measure_row_if(grid, plan, r, M_PLANNED_USE, "Planned reserve use", figures);
  return grid;
}

static void drawn(const struct plan *plan, const struct result *result, pence out[MAX_YEARS])
{
  memset(out, 0, MAX_YEARS * sizeof *out);
  for (int r = 0; r < plan->n_reserves; r++) {
    for (int y = 0; y < plan->n_years; y++) {
      out[y] += result->reserve[r].used[y];
    }
  }
}

static struct grid *reserves_grid(const struct report *report, const void *ctx, struct figures figures)
{
  const struct shown *shown = ctx;
  const struct plan *plan = &report->folder->plan;
  const struct result *r = shown->result;
  pence draws[MAX_YEARS];
  drawn(plan, r, draws);
  struct grid *grid = grid_new("What pays for it, once", plan->n_years);
  years_header(grid, plan, figures_unit(figures));
  if (plan->has_mtfp) {
    years_row(grid, plan, "Drawn, unplanned", draws, 1, figures);
    measure_row_if(grid, plan, r, M_USED_BELOW_MINIMUM, "  below the minimum", figures);
    measure_row(grid, plan, r, M_UNFUNDED, "Unfunded", figures);
    grid_rule(grid);
  }
  measure_row(grid, plan, r, M_USABLE_CLOSING, "Usable, 31 March", figures);
  measure_row(grid, plan, r, M_GENERAL_FUND_CLOSING, "  General Fund", figures);
  if (plan->minimum_rule != MINIMUM_NONE) {
    measure_row(grid, plan, r, M_MINIMUM, "  its own minimum", figures);
  }
  measure_row_if(grid, plan, r, M_DSG_EXPOSURE, "DSG deficit", figures);
  return grid;
}

static struct grid *lines_grid(const struct report *report, const void *ctx, struct figures figures)
{
  const struct shown *shown = ctx;
  const struct plan *plan = &report->folder->plan;
  struct grid *grid = grid_new("Every line: cost +, income \xE2\x88\x92, funding +", plan->n_years);
  years_header(grid, plan, figures_unit(figures));
  for (int l = 0; l < plan->n_lines + N_ENGINE_LINES; l++) {
    const bool own = l < plan->n_lines;
    const enum line_class class = own ? plan->line[l].class : engine_line_kinds[l - plan->n_lines].class;
    const pence *amount = shown->result->line[l].amount;
    if (own || any_year(plan, amount)) {
      years_row(grid, plan, own ? plan->line[l].label : engine_line_kinds[l - plan->n_lines].label, amount,
                class_is_funding(class) || class == LINE_CAPITALISED ? -1 : 1, figures);
    }
  }
  return grid;
}

static struct grid *savings_grid(const struct report *report, const void *ctx, struct figures figures)
{
  const struct shown *shown = ctx;
  const struct plan *plan = &report->folder->plan;
  struct grid *grid = grid_new("Savings expected to be delivered", plan->n_years);
  years_header(grid, plan, figures_unit(figures));
  for (int s = 0; s < plan->n_savings; s++) {
    years_row(grid, plan, plan->saving[s].label, shown->result->saving[s].expected, 1, figures);
  }
  return grid;
}

static struct grid *balances_grid(const struct report *report, const void *ctx, struct figures figures)
{
  const struct shown *shown = ctx;
  const struct plan *plan = &report->folder->plan;
  struct grid *grid = grid_new("Every reserve at 31 March", plan->n_years);
  years_header(grid, plan, figures_unit(figures));
  for (int r = 0; r < plan->n_reserves; r++) {
    years_row(grid, plan, plan->reserve[r].label, shown->result->reserve[r].closing, 1, figures);
  }
  return grid;
}

static void dates_text(struct text *out, const struct plan *plan, const struct result *result,
                       const struct style *style)
{
  for (int d = 0; d < N_DATES; d++) {
    struct text words = { 0 };
    text_printf(&words, "%s: ", date_label((enum date)d));
    date_words(&words, plan, result->date[d]);
    paragraph_hung(out, text_str(&words), 3, style);
    text_fini(&words);
  }
  text_add(out, "\n");
}

enum { MOST_SECTIONS = 5 };

static int sections_of(const struct plan *plan, const struct shown *shown, int what, struct section *out)
{
  const bool lines = (what & SHOW_LINES) != 0;
  int n = 0;
  if (plan->has_mtfp && lines) {
    out[n++] = (struct section){ lines_grid, shown };
  }
  if (plan->has_mtfp && lines && plan->n_savings > 0) {
    out[n++] = (struct section){ savings_grid, shown };
  }
  if (plan->has_mtfp) {
    out[n++] = (struct section){ gap_grid, shown };
  }
  out[n++] = (struct section){ reserves_grid, shown };
  if (lines || !plan->has_mtfp) {
    out[n++] = (struct section){ balances_grid, shown };
  }
  return n;
}

static void shown_text(struct text *out, const struct report *report, const struct shown *shown, int what,
                       const struct style *style)
{
  const struct plan *plan = &report->folder->plan;
  struct section sections[MOST_SECTIONS];
  struct text words = { 0 };
  heading(out, shown->label, style);
  sentence_gap(&words, plan, shown->result);
  text_add(&words, " ");
  sentence_reserves(&words, plan, shown->result);
  paragraph(out, text_str(&words), style);
  text_fini(&words);
  remarks_text(out, report, shown, "Note: ", style);
  text_add(out, "\n");
  reserves_at_a_glance(out, report, shown, 1, style);
  const int n = sections_of(plan, shown, what, sections);
  const struct figures figures = figures_that_fit(report, sections, n, style);
  for (int i = 0; i < n; i++) {
    section_text(out, report, &sections[i], figures);
  }
  dates_text(out, plan, shown->result, style);
}

void report_run_text(struct text *out, const struct report *report, int what, const struct style *style)
{
  report_opening(out, report, style);
  text_add(out, "\n");
  for (int i = 0; i < report->n_shown; i++) {
    shown_text(out, report, &report->shown[i], what, style);
  }
  report_closing(out, report, style);
}
