/* text_compare.c: scenarios side by side on a terminal: the gap, what it adds to the plan's, usable reserves, the four dates. */
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
  static const char *const headers[N_DATES] = {"D1 below min", "D2 exhausted", "D3 unfunded", "D4 under DSG"};
  struct grid *grid = grid_new("When: D1 General Fund below the council's own minimum, D2 usable reserves exhausted,\n"
                               "D3 first unfunded gap, D4 usable reserves less than the DSG deficit",
                               N_DATES);
  grid_header(grid, "", headers);
  for (int i = 0; i < report->n_shown; i++) {
    struct text cells[N_DATES] = {{0}};
    const char *values[N_DATES];
    for (int d = 0; d < N_DATES; d++) {
      const int date = report->shown[i].result->date[d];
      if (date == DATE_NOT_IN_HORIZON) {
        text_add(&cells[d], "not by then");
      } else {
        date_words(&cells[d], &report->folder->plan, date);
      }
      values[d] = text_str(&cells[d]);
    }
    grid_row(grid, report->shown[i].label, values);
    for (int d = 0; d < N_DATES; d++) {
      text_fini(&cells[d]);
    }
  }
  grid_text(out, grid, style);
  text_add(out, "\n");
  grid_free(grid);
}

static void answers(struct text *out, const struct report *report, const struct style *style)
{
  struct text words = {0};
  sentence_gap(&words, &report->folder->plan, report->shown[0].result);
  text_add(&words, " ");
  sentence_reserves(&words, &report->folder->plan, report->shown[0].result);
  paragraph(out, text_str(&words), style);
  text_fini(&words);
  for (int i = 1; i < report->n_shown; i++) {
    const struct shown *shown = &report->shown[i];
    for (int u = 0; shown->skip != NULL && u < shown->scenario->n_uses; u++) {
      if (shown->skip[u].text[0] != '\0') {
        text_printf(out, "%s: %s does not apply here: %s.\n", shown->label, shown->scenario->use[u].instance, shown->skip[u].text);
      }
    }
  }
  text_add(out, "\n");
}

void report_compare_text(struct text *out, const struct report *report, const struct style *style)
{
  static const struct column gap = {"Gap after savings in each year (cumulative)", M_GAP, false};
  static const struct column more = {"Difference from the plan's gap", M_GAP, true};
  static const struct column usable = {"Usable revenue reserves at 31 March", M_USABLE_CLOSING, false};
  static const struct column unfunded = {"Unfunded gap", M_UNFUNDED, false};
  report_opening(out, report, style);
  answers(out, report, style);
  if (report->folder->plan.has_mtfp) {
    grid_fitted(out, report, &gap, measure_grid, style);
    if (report->n_shown > 1) {
      grid_fitted(out, report, &more, measure_grid, style);
    }
  }
  grid_fitted(out, report, &usable, measure_grid, style);
  if (report->folder->plan.has_mtfp) {
    grid_fitted(out, report, &unfunded, measure_grid, style);
  }
  dates_grid(out, report, style);
  report_closing(out, report, style);
}
