/* tabular_stress.c: a stress as CSV: one row a pack, move, price, saving or start year, with the gap of every year and
 * the dates. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/stress_words.h"

static void row(struct text *out, const struct plan *plan, const char *table, const char *label,
                const struct summary *s)
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
    text_printf(out, ",%s",
                s->date[d] >= 0              ? plan_year_label(plan, s->date[d], year)
                : s->date[d] == DATE_UNKNOWN ? "not known"
                                             : "");
  }
  text_add(out, "\n");
}

/* Both sides of each boundary: d1_before, d1_after, d3_before, d3_after. */
static void boundary_rows(struct text *out, const struct stress_report *r, int move)
{
  static const char *const tables[N_REVERSE][2] = { { "d1_before", "d1_after" }, { "d3_before", "d3_after" } };
  const struct plan *plan = &r->report.folder->plan;
  for (int t = 0; t < N_REVERSE; t++) {
    const struct reverse *reverse = &r->result->move[move].reverse[t];
    const struct boundary *b = &reverse->boundary;
    for (int side = 0; reverse->known && side < (b->kind == BOUNDARY_NEVER ? 1 : 2); side++) {
      struct text label = { 0 };
      move_words(&label, r, move, reverse->sign * (side == 0 ? b->before : b->after));
      row(out, plan, tables[t][side], text_str(&label), side == 0 ? &b->at_before : &b->at_after);
      text_fini(&label);
    }
  }
}

/* The value stands in the column of the first year. */
static void made_from(struct text *out, const struct plan *plan, const char *name, const char *field, const char *value)
{
  struct text label = { 0 };
  text_printf(&label, "%s: %s", name, field);
  text_add(out, "manifest,");
  csv_cell(out, text_str(&label));
  text_add(out, ",");
  csv_cell(out, value);
  text_repeat(out, ",", plan->n_years + N_DATES);
  text_add(out, "\n");
  text_fini(&label);
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
    struct text label = { 0 };
    move_words(&label, r, m, r->result->move[m].worse);
    row(out, plan, "move", text_str(&label), &r->result->move[m].up);
    text_fini(&label);
  }
  for (int p = 0; b->prices >= 0 && p < b->scenario[b->prices].n_uses; p++) {
    if (price_is_shown(r, p)) {
      row(out, plan, "price", b->price[p].label, &r->result->price[p]);
    }
  }
  for (int s = 0; b->savings >= 0 && s < b->scenario[b->savings].n_uses; s++) {
    row(out, plan, "without", plan->saving[b->saving[s]].label, &r->result->without[s]);
  }
  for (int m = 0; b->moves >= 0 && m < b->scenario[b->moves].n_uses; m++) {
    boundary_rows(out, r, m);
  }
  for (int from = 0; b->delays >= 0 && from < plan->n_years; from++) {
    char year[8];
    row(out, plan, "lasting_savings_from", plan_year_label(plan, from, year), &r->result->delay[from].same);
  }
  csv_manifest(out, &r->report, plan, b->scenario, b->count, NULL, made_from);
}
