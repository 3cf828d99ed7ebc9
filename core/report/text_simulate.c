/* text_simulate.c: what `headroom simulate` shows on a terminal: chances, ranges by year, what is unfunded, how much
 * reserves buy how much confidence, what drives the range, and scenarios beside the plan. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/simulate_words.h"
#include "report/text_stress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a section is made from. */
struct of_scenario {
  const struct simulate_report *r;
  int scenario;
  bool usable; /* else the gap */
};

static const struct simulated *simulated_of(const struct of_scenario *of)
{
  return &of->r->simulation->scenario[of->scenario];
}

/* ---- chances ------------------------------------------------------------------------------------------- */

static void chance_row(struct grid *grid, const char *label, const struct estimate *chance, int n_years)
{
  struct text cells[MAX_YEARS] = { { 0 } };
  for (int y = 0; y < n_years; y++) {
    in_100_text(&cells[y], chance[y].value);
  }
  row_of_texts(grid, label, cells, n_years);
}

static void chances_text(struct text *out, const struct of_scenario *of, const struct style *style)
{
  const struct plan *plan = &of->r->report.folder->plan;
  const struct simulated *s = simulated_of(of);
  double error = 0.0;
  struct grid *grid = grid_new("Of 100 simulated futures", plan->n_years);
  years_header(grid, plan, "");
  for (int d = 0; d < N_DATES; d++) {
    if (s->date_known[d]) {
      chance_row(grid, date_label((enum date)d), s->by[d], plan->n_years);
      chance_row(grid, "  first in that year", s->first[d], plan->n_years);
      chance_row(grid, "  so at its end", s->at[d], plan->n_years);
    }
    for (int y = 0; y < plan->n_years; y++) {
      error = s->by[d][y].error > error ? s->by[d][y].error : error;
    }
  }
  grid_text(out, grid, style);
  grid_free(grid);
  struct text words = { 0 };
  text_printf(&words, "The first row of each: in that year or before.  Standard errors are at most %.2f in 100.",
              100.0 * error);
  sentence(out, &words, style);
  text_add(out, "\n");
}

/* ---- ranges -------------------------------------------------------------------------------------------- */

static struct grid *spread_grid(const struct report *report, const void *ctx, struct figures figures)
{
  const struct of_scenario *of = ctx;
  const struct plan *plan = &report->folder->plan;
  const struct simulated *s = simulated_of(of);
  const struct spread *spread = of->usable ? s->usable : s->gap;
  pence values[MAX_YEARS];
  struct grid *grid =
      grid_new(of->usable ? "Usable revenue reserves at 31 March" : "Gap after savings (cumulative)", plan->n_years);
  years_header(grid, plan, figures_unit(figures));
  for (int y = 0; y < plan->n_years; y++) {
    values[y] = pence_near(spread[y].plan);
  }
  years_row(grid, plan, "Without draws", values, 1, figures);
  grid_rule(grid);
  for (int q = 0; q < N_QUANTILES; q++) {
    for (int y = 0; y < plan->n_years; y++) {
      values[y] = pence_near(spread[y].quantile[q].value);
    }
    years_row(grid, plan, quantile_names[q], values, 1, figures);
  }
  return grid;
}

static pence largest_error(const struct simulated *s, int n_years)
{
  double largest = 0.0;
  for (int y = 0; y < n_years; y++) {
    for (int q = 0; q < N_QUANTILES; q++) {
      largest = s->gap[y].quantile[q].error > largest ? s->gap[y].quantile[q].error : largest;
      largest = s->usable[y].quantile[q].error > largest ? s->usable[y].quantile[q].error : largest;
    }
  }
  return pence_near(largest);
}

static void spreads_text(struct text *out, const struct of_scenario *of, const struct style *style)
{
  const struct of_scenario usable = { of->r, of->scenario, true }, gap = { of->r, of->scenario, false };
  const struct section sections[] = { { spread_grid, &gap }, { spread_grid, &usable } };
  const struct report *report = &of->r->report;
  const struct figures figures = figures_that_fit(report, sections, 2, style);
  section_text(out, report, &sections[0], figures);
  section_text(out, report, &sections[1], figures);
  struct text words = { 0 };
  text_add(&words, "P90: 90 of 100 simulated futures are at or below it, year by year.  Standard errors are at most ");
  text_money_short(&words, largest_error(simulated_of(of), report->folder->plan.n_years));
  text_add(&words, ".");
  sentence(out, &words, style);
  text_add(out, "\n");
}

/* ---- reserves and confidence --------------------------------------------------------------------------- */

static void confidence_text(struct text *out, const struct of_scenario *of, const struct style *style)
{
  static const char *const labels[N_FEARS] = { "General Fund, never to fall below the council's own minimum",
                                               "Usable reserves, for no unfunded gap" };
  const struct simulated *s = simulated_of(of);
  struct text heads[N_CONFIDENCES] = { { 0 } };
  const char *headers[N_CONFIDENCES];
  struct grid *grid = grid_new("Reserves that it would take at the start", N_CONFIDENCES);
  for (int l = 0; l < N_CONFIDENCES; l++) {
    text_printf(&heads[l], "%.0f", 100.0 * confidence_level[l]);
    headers[l] = text_str(&heads[l]);
  }
  grid_header(grid, "for so many of 100 futures", headers);
  for (int fear = 0; fear < N_FEARS; fear++) {
    struct text cells[N_CONFIDENCES] = { { 0 } };
    for (int l = 0; l < N_CONFIDENCES; l++) {
      const double needed = s->reserves_for[fear][l].value;
      text_money_short(&cells[l], needed > 0.0 ? pence_near(needed) : 0);
    }
    if (s->fear_known[fear]) {
      row_of_texts(grid, labels[fear], cells, N_CONFIDENCES);
    }
    for (int l = 0; l < N_CONFIDENCES; l++) {
      text_fini(&cells[l]);
    }
  }
  grid_text(out, grid, style);
  grid_free(grid);
  for (int l = 0; l < N_CONFIDENCES; l++) {
    text_fini(&heads[l]);
  }
  struct text words = { 0 };
  text_add(&words, "The plan opens with ");
  text_money_short(&words, pence_near(of->r->simulation->opening_usable));
  text_add(&words, " of usable reserves");
  if (s->fear_known[FEAR_BELOW_MINIMUM]) {
    text_add(&words, ", ");
    text_money_short(&words, pence_near(of->r->simulation->opening_fund));
    text_add(&words, " of it in the General Fund.  More of other reserves spares it draws, but would not raise it to a "
                     "minimum above it");
  }
  text_add(&words, ".  Interest on the difference is left out.");
  sentence(out, &words, style);
  text_add(out, "\n");
}

/* ---- what drives it ------------------------------------------------------------------------------------ */

enum { SHOWN_DRIVERS = 10 };

static void driver_row(struct grid *grid, const struct plan *plan, const struct simulation *s, int scenario, int v)
{
  struct text cells[N_DRIVEN + 2] = { { 0 } };
  const struct drawn_variable *variable = &s->variable[v];
  for (int k = 0; k < N_DRIVEN; k++) {
    share_text(&cells[k], s->scenario[scenario].share[k][v].value);
  }
  departure_text(&cells[N_DRIVEN], plan, variable, variable->mean);
  departure_text(&cells[N_DRIVEN + 1], plan, variable, s->scenario[scenario].worst[v].value);
  departure_error_text(&cells[N_DRIVEN + 1], plan, variable, s->scenario[scenario].worst[v].error);
  row_of_texts(grid, variable->label, cells, N_DRIVEN + 2);
}

static double largest_share_error(const struct simulated *s, const int *order, int n)
{
  double largest = 0.0;
  for (int k = 0; k < N_DRIVEN; k++) {
    largest = fmax(largest, fmax(s->savings[k].error, s->left_over[k].error));
    for (int i = 0; i < n; i++) {
      largest = fmax(largest, s->share[k][order[i]].error);
    }
  }
  return largest;
}

static void drivers_text(struct text *out, const struct of_scenario *of, const struct style *style)
{
  static const char *const headers[] = { "gap", "reserves", "in all", "in the worst 5" };
  const struct simulation *s = of->r->simulation;
  const struct simulated *scenario = simulated_of(of);
  int *order = calloc((size_t)s->n_variables + 1, sizeof *order);
  const int n = order != NULL ? drivers_in_order(s, of->scenario, DRIVEN_RESERVES, order) : 0;
  if (n == 0) {
    free(order);
    return;
  }
  struct grid *grid = grid_new("What drives the range: shares of the variance in the last year", N_DRIVEN + 2);
  grid_header(grid, "", headers);
  for (int i = 0; i < n && i < SHOWN_DRIVERS; i++) {
    driver_row(grid, &of->r->report.folder->plan, s, of->scenario, order[i]);
  }
  grid_rule(grid);
  struct text saved[N_DRIVEN + 2] = { { 0 } }, left[N_DRIVEN + 2] = { { 0 } }, words = { 0 };
  for (int k = 0; k < N_DRIVEN; k++) {
    share_text(&saved[k], scenario->savings[k].value);
    share_text(&left[k], scenario->left_over[k].value);
  }
  row_of_texts(grid, "All savings together", saved, N_DRIVEN + 2);
  row_of_texts(grid, "No straight line", left, N_DRIVEN + 2);
  grid_text(out, grid, style);
  grid_free(grid);
  text_printf(
      &words,
      "Reserves are less all that is unfunded.  What goes together is shared evenly.  Standard errors of shares "
      "are at most %.1f in 100.  In all: how far it departs from the plan, on average over the years and all "
      "futures; in the worst 5: over the 5 of 100 in which least is left, and its standard error.",
      100.0 * largest_share_error(scenario, order, n < SHOWN_DRIVERS ? n : SHOWN_DRIVERS));
  sentence(out, &words, style);
  free(order);
  text_add(out, "\n");
}

/* ---- the page ------------------------------------------------------------------------------------------ */

static void scenario_text_of(struct text *out, const struct simulate_report *r, int scenario, const struct style *style)
{
  const struct plan *plan = &r->report.folder->plan;
  const struct of_scenario of = { r, scenario, false };
  const struct simulated *s = simulated_of(&of);
  struct text words = { 0 };
  heading(out, s->label, style);
  for (int d = 0; d < N_DATES; d++) {
    text_add(&words, words.length > 0 && s->date_known[d] ? "  " : "");
    (void)chance_words(&words, plan, s, (enum date)d);
  }
  sentence(out, &words, style);
  struct text more = { 0 };
  unfunded_words(&more, s);
  text_add(&more, "  ");
  place_words(&more, plan, s);
  sentence(out, &more, style);
  if (scenario > 0) {
    struct text beside = { 0 };
    versus_words(&beside, plan, s);
    sentence(out, &beside, style);
  }
  text_add(out, "\n");
  chances_text(out, &of, style);
  spreads_text(out, &of, style);
  confidence_text(out, &of, style);
  drivers_text(out, &of, style);
}

void report_simulate_text(struct text *out, const struct simulate_report *r, const struct style *style)
{
  struct text words = { 0 }, passed = { 0 }, leaning = { 0 };
  report_opening(out, &r->report, style);
  sampler_words(&words, r->simulation);
  text_add(&words, ".  ");
  spreads_words(&words, r->report.folder, r->simulation);
  leaning_words(&leaning, &r->report.folder->plan, r->simulation);
  text_printf(&words, "%s%s", leaning.length > 0 ? "  " : "", text_str(&leaning));
  text_fini(&leaning);
  sentence(out, &words, style);
  text_add(out, "\n");
  for (int s = 0; s < r->simulation->count; s++) {
    scenario_text_of(out, r, s, style);
  }
  passed_words(&passed, r->simulation);
  sentence(out, &passed, style);
  struct text interval = { 0 };
  interval_words(&interval);
  sentence(out, &interval, style);
  paragraph(out, simulation_means, style);
  report_closing(out, &r->report, style);
}
