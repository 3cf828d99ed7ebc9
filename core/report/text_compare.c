/* text_compare.c: scenarios side by side on a terminal: the gap, what it adds to the plan's, usable reserves, the four
 * dates. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/tables.h"

#include <string.h>

struct column {
  const char *title;
  enum measure measure;
  bool difference; /* from the plan */
};

static struct grid *measure_grid(const struct report *report, const void *ctx, struct figures figures)
{
  const struct column *column = ctx;
  const struct plan *plan = &report->folder->plan;
  struct grid *grid = grid_new(column->title, plan->n_years);
  years_header(grid, plan, figures_unit(figures));
  for (int i = column->difference ? 1 : 0; i < report->n_shown; i++) {
    pence values[MAX_YEARS];
    for (int y = 0; y < plan->n_years; y++) {
      values[y] = report->shown[i].result->measure[column->measure][y];
      values[y] -= column->difference ? report->shown[0].result->measure[column->measure][y] : 0;
    }
    years_row(grid, plan, report->shown[i].label, values, 1, figures);
  }
  return grid;
}

static void dates_grid(struct text *out, const struct report *report, const struct style *style)
{
  static const char *const headers[N_DATES] = { "D1", "D2", "D3", "D4" };
  struct grid *grid = grid_new("When", N_DATES);
  grid_header(grid, "", headers);
  for (int i = 0; i < report->n_shown; i++) {
    char years[N_DATES][8];
    const char *values[N_DATES];
    for (int d = 0; d < N_DATES; d++) {
      const int date = report->shown[i].result->date[d];
      values[d] = date == DATE_UNKNOWN          ? "?"
                  : date == DATE_NOT_IN_HORIZON ? "-"
                                                : plan_year_label(&report->folder->plan, date, years[d]);
    }
    grid_row(grid, report->shown[i].label, values);
  }
  grid_text(out, grid, style);
  grid_free(grid);
  dates_legend(out, "-: not within the plan; ?: cannot be said from this folder.", style);
}

static void answers(struct text *out, const struct report *report, const struct style *style)
{
  struct text words = { 0 };
  sentence_gap(&words, &report->folder->plan, report->shown[0].result);
  text_add(&words, " ");
  sentence_reserves(&words, &report->folder->plan, report->shown[0].result);
  paragraph(out, text_str(&words), style);
  text_fini(&words);
  for (int i = 1; i < report->n_shown; i++) {
    struct text before = { 0 };
    text_printf(&before, "%s: ", report->shown[i].label);
    remarks_text(out, report, &report->shown[i], text_str(&before), style);
    text_fini(&before);
  }
  text_add(out, "\n");
}

void report_compare_text(struct text *out, const struct report *report, const struct style *style)
{
  static const struct column gap = { "Gap after savings in each year (cumulative)", M_GAP, false };
  static const struct column more = { "Difference from the plan's gap", M_GAP, true };
  static const struct column usable = { "Usable revenue reserves at 31 March", M_USABLE_CLOSING, false };
  static const struct column unfunded = { "Unfunded gap", M_UNFUNDED, false };
  report_opening(out, report, style);
  answers(out, report, style);
  reserves_at_a_glance(out, report, report->shown, report->n_shown, style);
  const bool gaps = report->folder->plan.has_mtfp;
  struct section sections[4];
  int n = 0;
  if (gaps) {
    sections[n++] = (struct section){ measure_grid, &gap };
  }
  if (gaps && report->n_shown > 1) {
    sections[n++] = (struct section){ measure_grid, &more };
  }
  sections[n++] = (struct section){ measure_grid, &usable };
  if (gaps) {
    sections[n++] = (struct section){ measure_grid, &unfunded };
  }
  const struct figures figures = figures_that_fit(report, sections, n, style);
  for (int i = 0; i < n; i++) {
    section_text(out, report, &sections[i], figures);
  }
  dates_grid(out, report, style);
  report_closing(out, report, style);
}
