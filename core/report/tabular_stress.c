/* tabular_stress.c: a stress as CSV: one row a pack, move, price, saving or start year, with the gap of every year and the dates. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/stress_words.h"

static void row(struct text *out, const struct plan *plan, const char *table, const char *label, const struct summary *s)
{
  text_printf(out, "%s,", table);
  csv_cell(out, label);
  for (int y = 0; y < plan->n_years; y++) {
    text_add(out, ",");
    csv_pounds(out, s->measure[M_GAP][y]);
  }
  text_add(out, ",");
  csv_pounds(out, s->measure[M_USABLE_CLOSING][plan->n_years - 1]);
  for (int d = 0; d < N_DATES; d++) {
    char year[8];
    text_printf(out, ",%s", s->date[d] >= 0 ? plan_year_label(plan, s->date[d], year) : s->date[d] == DATE_UNKNOWN ? "not known" : "");
  }
  text_add(out, "\n");
}

void report_stress_csv(struct text *out, const struct stress_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  const struct battery *b = r->battery;
  text_add(out, "table,label");
  for (int y = 0; y < plan->n_years; y++) {
    char year[8];
    text_printf(out, ",gap %s", plan_year_label(plan, y, year));
  }
  text_add(out, ",usable at the end");
  for (int d = 0; d < N_DATES; d++) {
    text_printf(out, ",%s", date_names[d]);
  }
  text_add(out, "\n");
  row(out, plan, "plan", "The plan", &r->result->plan);
  for (int s = 0; s < b->n_packs; s++) {
    row(out, plan, "pack", b->scenario[s].label, &r->result->pack[s]);
  }
  for (int m = 0; b->moves >= 0 && m < b->scenario[b->moves].n_uses; m++) {
    struct text label = {0};
    move_words(&label, r, m, r->result->move[m].worse);
    row(out, plan, "move", text_str(&label), &r->result->move[m].up);
    text_fini(&label);
  }
  for (int p = 0; b->prices >= 0 && p < b->scenario[b->prices].n_uses; p++) {
    row(out, plan, "price", b->price[p].label, &r->result->price[p]);
  }
  for (int s = 0; b->savings >= 0 && s < b->scenario[b->savings].n_uses; s++) {
    row(out, plan, "without", plan->saving[b->saving[s]].label, &r->result->without[s]);
  }
}
