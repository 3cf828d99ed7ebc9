/* tabular_simulate.c: a simulation as CSV: one row a figure, with its standard error; money in pounds, chances as
 * fractions. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/simulate_words.h"

#include <string.h>

struct rows {
  struct text *out;
  const char *council, *scenario;
};

static void begin(const struct rows *rows, const char *measure, const char *year, const char *statistic)
{
  csv_cell(rows->out, rows->council);
  text_add(rows->out, ",");
  csv_cell(rows->out, rows->scenario);
  text_add(rows->out, ",");
  csv_cell(rows->out, measure);
  text_printf(rows->out, ",%s,", year);
  csv_cell(rows->out, statistic);
  text_add(rows->out, ",");
}

static void money_row(const struct rows *rows, const char *measure, const char *year, const char *statistic,
                      struct estimate e)
{
  begin(rows, measure, year, statistic);
  csv_pounds(rows->out, pence_near(e.value));
  text_add(rows->out, ",");
  csv_pounds(rows->out, pence_near(e.error));
  text_add(rows->out, "\n");
}

static void chance_row(const struct rows *rows, const char *measure, const char *year, const char *statistic,
                       struct estimate e)
{
  begin(rows, measure, year, statistic);
  text_printf(rows->out, "%.7f,%.7f\n", e.value, e.error);
}

static void spread_rows(const struct rows *rows, const char *measure, const char *year, const struct spread *s)
{
  money_row(rows, measure, year, "without draws", (struct estimate){ s->plan, 0.0 });
  for (int q = 0; q < N_QUANTILES; q++) {
    money_row(rows, measure, year, quantile_names[q], s->quantile[q]);
  }
  money_row(rows, measure, year, "mean", s->mean);
  chance_row(rows, measure, year, "chance of no more than without draws", s->plan_place);
}

static void date_rows(const struct rows *rows, const struct simulated *s, enum date date, const char *year, int y)
{
  if (s->date_known[date]) {
    chance_row(rows, date_names[date], year, "in or before", s->by[date][y]);
    chance_row(rows, date_names[date], year, "first in", s->first[date][y]);
    chance_row(rows, date_names[date], year, "at the end of", s->at[date][y]);
  }
}

static void reserves_rows(const struct rows *rows, const struct simulated *s)
{
  for (int fear = 0; fear < N_FEARS; fear++) {
    for (int l = 0; s->fear_known[fear] && l < N_CONFIDENCES; l++) {
      struct text statistic = { 0 };
      text_printf(&statistic, "never in %.0f of 100", 100.0 * confidence_level[l]);
      begin(rows, fear == FEAR_UNFUNDED ? "reserves_for_no_unfunded" : "general_fund_for_minimum", "",
            text_str(&statistic));
      csv_pounds(rows->out, pence_near(s->reserves_for[fear][l].value));
      text_add(rows->out, ",");
      csv_pounds(rows->out, pence_near(s->reserves_for[fear][l].error));
      text_add(rows->out, "\n");
      text_fini(&statistic);
    }
  }
}

static void share_cells(const struct rows *rows, const struct estimate *share)
{
  text_printf(rows->out, "%.6f,%.6f\n", share->value, share->error);
}

static void share_rows(const struct rows *rows, const struct simulation *simulation, int scenario)
{
  for (int k = 0; k < N_DRIVEN; k++) {
    const char *measure = k == DRIVEN_GAP ? "share_of_gap" : "share_of_reserves";
    for (int v = 0; v < simulation->n_variables; v++) {
      begin(rows, measure, "", simulation->variable[v].name);
      share_cells(rows, &simulation->scenario[scenario].share[k][v]);
    }
    begin(rows, measure, "", "all savings");
    share_cells(rows, &simulation->scenario[scenario].savings[k]);
    begin(rows, measure, "", "no straight line");
    share_cells(rows, &simulation->scenario[scenario].left_over[k]);
  }
}

static void worst_rows(const struct rows *rows, const struct simulation *simulation, int scenario)
{
  for (int v = 0; v < simulation->n_variables; v++) {
    const struct estimate *worst = &simulation->scenario[scenario].worst[v];
    begin(rows, "departure_in_worst_5_of_100", "", simulation->variable[v].name);
    text_printf(rows->out, "%.9g,%.3g\n", worst->value, worst->error);
    begin(rows, "departure_in_all", "", simulation->variable[v].name);
    text_printf(rows->out, "%.9g,\n", simulation->variable[v].mean);
  }
}

static void versus_rows(const struct rows *rows, const struct versus *v)
{
  chance_row(rows, "versus_plan", "", "better", v->better);
  chance_row(rows, "versus_plan", "", "same", v->same);
  money_row(rows, "versus_plan", "", "mean", v->mean);
  for (int q = 0; q < N_QUANTILES; q++) {
    money_row(rows, "versus_plan", "", quantile_names[q], v->quantile[q]);
  }
}

static void scenario_rows(const struct rows *rows, const struct simulate_report *r, int scenario)
{
  const struct plan *plan = &r->report.folder->plan;
  const struct simulated *s = &r->simulation->scenario[scenario];
  for (int y = 0; y < plan->n_years; y++) {
    char year[8];
    plan_year_label(plan, y, year);
    spread_rows(rows, "gap", year, &s->gap[y]);
    spread_rows(rows, "usable_closing", year, &s->usable[y]);
    for (int d = 0; d < N_DATES; d++) {
      date_rows(rows, s, (enum date)d, year, y);
    }
  }
  spread_rows(rows, "unfunded", "", &s->unfunded);
  money_row(rows, "unfunded", "", "mean of the worst 5 of 100", s->unfunded_worst);
  reserves_rows(rows, s);
  if (scenario > 0) {
    versus_rows(rows, &s->versus);
  }
  share_rows(rows, r->simulation, scenario);
  worst_rows(rows, r->simulation, scenario);
}

static void words_row(const struct rows *rows, const char *name, const char *value)
{
  begin(rows, "manifest", "", name);
  csv_cell(rows->out, value);
  text_add(rows->out, ",\n");
}

void report_simulate_csv_header(struct text *out)
{
  text_add(out, "council,scenario,measure,year,statistic,value,standard_error\n");
}

void report_simulate_csv(struct text *out, const struct simulate_report *r)
{
  const struct folder *folder = r->report.folder;
  const struct simulation *s = r->simulation;
  struct text number = { 0 };
  for (int i = 0; i < s->count; i++) {
    scenario_rows(&(struct rows){ out, folder->plan.folder_id, s->scenario[i].id }, r, i);
  }
  const struct rows rows = { out, folder->plan.folder_id, "" };
  text_printf(&number, "%llu", (unsigned long long)s->draws);
  words_row(&rows, "draws", text_str(&number));
  text_fini(&number);
  text_printf(&number, "%llu", (unsigned long long)s->seed);
  words_row(&rows, "seed", text_str(&number));
  text_fini(&number);
  words_row(&rows, "sampler", s->plain ? "mc" : "rqmc");
  words_row(&rows, "headroom", HEADROOM_VERSION);
  for (int f = 0; f < folder->n_files; f++) {
    words_row(&rows, folder->file[f].name, folder->file[f].digest);
  }
}
