/* tabular_stress.c: a stress as CSV: a row a figure or a word, each with its table, label, field and year; money in
 * pounds, amounts of moves in their own unit, dates and words as the page has them. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/stress_words.h"

#include <math.h>
#include <stdio.h>

static const char *const reverse_names[N_REVERSE] = { "D1", "D3" };

static void begin(struct text *out, const char *table, const char *label, const char *field, const char *year)
{
  text_printf(out, "%s,", table);
  csv_cell(out, label);
  text_add(out, ",");
  csv_cell(out, field);
  text_printf(out, ",%s,", year);
}

static void words_row(struct text *out, const char *table, const char *label, const char *field, const char *words)
{
  begin(out, table, label, field, "");
  csv_cell(out, words);
  text_add(out, "\n");
}

static void money_row(struct text *out, const char *table, const char *label, const char *field, const char *year,
                      pence amount)
{
  begin(out, table, label, field, year);
  csv_pounds(out, amount);
  text_add(out, "\n");
}

static void number_row(struct text *out, const char *table, const char *label, const char *field, double number)
{
  begin(out, table, label, field, "");
  text_printf(out, "%.9g\n", fabs(number) > 0.0 ? number : 0.0);
}

/* Gaps, and what they are more than the plan's; what is unfunded; reserves; the dates: "" for not within the plan. */
static void summary_rows(struct text *out, const struct stress_report *r, const char *table, const char *label,
                         const struct summary *s)
{
  const struct plan *plan = &r->report.folder->plan;
  char year[8];
  for (int y = 0; y < plan->n_years; y++) {
    plan_year_label(plan, y, year);
    money_row(out, table, label, "gap", year, s->measure[M_GAP][y]);
    money_row(out, table, label, "gap_added", year, s->measure[M_GAP][y] - r->result->plan.measure[M_GAP][y]);
    money_row(out, table, label, "unfunded", year, s->measure[M_UNFUNDED][y]);
    money_row(out, table, label, "usable_closing", year, s->measure[M_USABLE_CLOSING][y]);
  }
  for (int d = 0; d < N_DATES; d++) {
    words_row(out, table, label, date_names[d],
              s->date[d] >= 0              ? plan_year_label(plan, s->date[d], year)
              : s->date[d] == DATE_UNKNOWN ? "not known"
                                           : "");
  }
}

/* ---- packs, moves, prices ------------------------------------------------------------------------------ */

static void pack_rows(struct text *out, const struct stress_report *r)
{
  for (int s = 0; s < r->battery->n_packs; s++) {
    if (r->battery->scenario[s].n_uses > 0) {
      summary_rows(out, r, "pack", r->battery->scenario[s].label, &r->result->pack[s]);
    }
  }
  for (int i = 0; i < left_out_most(r); i++) {
    struct text words = { 0 };
    if (left_out_words(&words, r, i)) {
      words_row(out, "left_out", "", "words", text_str(&words));
    }
    out->failed |= words.failed;
    text_fini(&words);
  }
}

static int uses_of(const struct stress_report *r, int scenario)
{
  return scenario >= 0 ? r->battery->scenario[scenario].n_uses : 0;
}

static void move_rows(struct text *out, const struct stress_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  char year[8];
  for (int m = 0; m < uses_of(r, r->battery->moves); m++) {
    const struct move *move = &r->battery->move[m];
    number_row(out, "move", move->label, "step", move->step * r->result->move[m].worse);
    words_row(out, "move", move->label, "unit", move->unit);
    words_row(out, "move", move->label, "source", move->source);
    summary_rows(out, r, "move", move->label, &r->result->move[m].up);
  }
  for (int i = 0; i < r->battery->n_not_moved; i++) {
    const int line = r->battery->not_moved[i];
    for (int y = 0; y < plan->n_years; y++) {
      money_row(out, "not_moved", plan->line[line].label, "amount", plan_year_label(plan, y, year),
                r->report.shown[0].result->line[line].amount[y]);
    }
  }
}

static void price_rows(struct text *out, const struct stress_report *r)
{
  for (int p = 0; p < uses_of(r, r->battery->prices); p++) {
    if (price_is_shown(r, p)) {
      summary_rows(out, r, "price", r->battery->price[p].label, &r->result->price[p]);
    }
  }
}

/* ---- how far each alone may go ------------------------------------------------------------------------- */

static const char *kind_of(const struct reverse *reverse)
{
  static const char *const kinds[] = { "found", "never", "not steady" };
  return !reverse->known                                                      ? "not known"
         : reverse->stuck                                                     ? "moves nothing that way"
         : reverse->boundary.kind == BOUNDARY_NEVER && reverse->boundary.held ? "limit"
                                                                              : kinds[reverse->boundary.kind];
}

/* The amounts before and after the change in the move's own unit, and what the one after comes to. */
static void reverse_rows_of(struct text *out, const struct stress_report *r, int m, int t)
{
  const struct move *move = &r->battery->move[m];
  const struct reverse *reverse = &r->result->move[m].reverse[t];
  const struct boundary *b = &reverse->boundary;
  char table[24];
  snprintf(table, sizeof table, "reverse_%s", reverse_names[t]);
  words_row(out, table, move->label, "kind", kind_of(reverse));
  if (!reverse->known || reverse->stuck) {
    return;
  }
  words_row(out, table, move->label, "fails_already", b->met_at_0 ? "yes" : "no");
  words_row(out, table, move->label, "unit", move->unit);
  number_row(out, table, move->label, "before", reverse->sign * b->before * move->step);
  if (b->kind != BOUNDARY_NEVER) {
    number_row(out, table, move->label, "after", reverse->sign * b->after * move->step);
    number_row(out, table, move->label, "steps", b->after);
    if (move->sd > 0.0) {
      number_row(out, table, move->label, "standard_deviations", sds_of(move, b->after));
    }
    money_row(out, table, move->label, "gaps_added", "", gaps_added(r, &b->at_after));
    if (net_budget_of_years(r) > 0) {
      number_row(out, table, move->label, "per_cent_of_net_budget",
                 100.0 * (double)gaps_added(r, &b->at_after) / (double)net_budget_of_years(r));
    }
  }
  snprintf(table, sizeof table, "reverse_%s_before", reverse_names[t]);
  summary_rows(out, r, table, move->label, &b->at_before);
  if (b->kind != BOUNDARY_NEVER) {
    snprintf(table, sizeof table, "reverse_%s_after", reverse_names[t]);
    summary_rows(out, r, table, move->label, &b->at_after);
  }
}

static void reverse_rows(struct text *out, const struct stress_report *r)
{
  for (int t = 0; t < N_REVERSE; t++) {
    for (int m = 0; m < uses_of(r, r->battery->moves); m++) {
      if (!move_is_idle(r, m)) {
        reverse_rows_of(out, r, m, t);
      }
    }
  }
}

/* ---- combinations -------------------------------------------------------------------------------------- */

static void combination_rows(struct text *out, const struct stress_report *r)
{
  for (int t = 0; t < N_REVERSE; t++) {
    const struct combination *c = &r->result->combination[t];
    const int32_t own = r->result->plan.date[stress_dates[t]];
    char table[24];
    snprintf(table, sizeof table, "combination_%s", reverse_names[t]);
    words_row(out, table, "", "kind",
              own == DATE_UNKNOWN ? "not known"
              : own >= 0          ? "fails already"
              : c->found          ? "found"
                                  : "none found");
    if (!c->found) {
      continue;
    }
    number_row(out, table, "", "standard_units", c->distance);
    for (int m = 0; m < uses_of(r, r->battery->moves); m++) {
      if (fabs(c->severity[m]) > 0.0) {
        number_row(out, table, r->battery->move[m].label, "amount", c->severity[m] * r->battery->move[m].step);
        words_row(out, table, r->battery->move[m].label, "unit", r->battery->move[m].unit);
        number_row(out, table, r->battery->move[m].label, "steps", c->severity[m]);
      }
    }
    summary_rows(out, r, table, "", &c->at);
  }
}

/* ---- savings and the deadline -------------------------------------------------------------------------- */

static void needed_row(struct text *out, const struct stress_report *r, const char *year, int from, int t)
{
  const struct boundary *needed = &r->result->delay[from].needed[t];
  char field[24];
  snprintf(field, sizeof field, "to_avoid_%s", reverse_names[t]);
  if (r->result->plan.date[stress_dates[t]] == DATE_UNKNOWN) {
    words_row(out, "savings_from", year, field, "not known");
  } else if (!needed->met_at_0) {
    words_row(out, "savings_from", year, field, "none");
  } else if (needed->kind == BOUNDARY_NEVER) {
    words_row(out, "savings_from", year, field, "too late");
  } else {
    money_row(out, "savings_from", year, field, "", (pence)llround(needed->after * 1e8));
  }
}

static void savings_rows(struct text *out, const struct stress_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  char year[8];
  for (int s = 0; s < uses_of(r, r->battery->savings); s++) {
    summary_rows(out, r, "without", plan->saving[r->battery->saving[s]].label, &r->result->without[s]);
  }
  if (r->battery->delays < 0) {
    return;
  }
  for (int from = 0; from < plan->n_years; from++) {
    plan_year_label(plan, from, year);
    needed_row(out, r, year, from, 0);
    needed_row(out, r, year, from, 1);
  }
  if (!deadline_has_table(r)) {
    return;
  }
  money_row(out, "lasting_savings", "", "amount", "", (pence)llround(r->result->lasting * 1e8));
  for (int from = 0; from < plan->n_years; from++) {
    summary_rows(out, r, "lasting_savings_from", plan_year_label(plan, from, year), &r->result->delay[from].same);
  }
}

static void question_rows(struct text *out, const struct stress_report *r)
{
  for (int q = 0; q < MOST_QUESTIONS; q++) {
    struct text words = { 0 };
    if (question_words(&words, r, q)) {
      words_row(out, "question", "", "words", text_str(&words));
    }
    out->failed |= words.failed;
    text_fini(&words);
  }
}

static void made_from(struct text *out, const struct plan *plan, const char *name, const char *field, const char *value)
{
  (void)plan;
  words_row(out, "manifest", name, field, value);
}

void report_stress_csv(struct text *out, const struct stress_report *r)
{
  text_add(out, "table,label,field,year,value\n");
  summary_rows(out, r, "plan", "The plan", &r->result->plan);
  pack_rows(out, r);
  move_rows(out, r);
  price_rows(out, r);
  reverse_rows(out, r);
  combination_rows(out, r);
  savings_rows(out, r);
  question_rows(out, r);
  csv_manifest(out, &r->report, &r->report.folder->plan, r->battery->scenario, r->battery->count, NULL, made_from);
}
