/* stress_words.c: what a stress comes to, in sentences computed from this council's own results. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/stress_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const enum date dates[N_REVERSE] = {DATE_BELOW_MINIMUM, DATE_FIRST_UNFUNDED};

void amount_of_move(struct text *out, const struct stress_report *r, int move, double steps)
{
  const struct move *m = &r->battery->move[move];
  const double amount = steps * m->step;
  char digits[32];
  snprintf(digits, sizeof digits, "%.2f", fabs(amount));
  char *end = digits + strlen(digits);
  while (end > digits && end[-1] == '0') {
    *--end = '\0';
  }
  if (end > digits && end[-1] == '.') {
    end[-1] = '\0';
  }
  text_printf(out, "%s%s%s%s", amount < 0.0 ? "\xE2\x88\x92" : "+", digits, strcmp(m->unit, "months") == 0 ? " " : "", m->unit);
}

void move_words(struct text *out, const struct stress_report *r, int move, double steps)
{
  text_printf(out, "%s ", r->battery->move[move].label);
  amount_of_move(out, r, move, steps);
}

void combination_words(struct text *out, const struct stress_report *r, int t)
{
  static const char *const happens[] = {"the General Fund falls below the council's own minimum", "a gap is left unfunded"};
  const struct plan *plan = &r->report.folder->plan;
  const struct combination *c = &r->result->combination[t];
  char year[8];
  if (r->result->plan.date[dates[t]] >= 0) {
    text_printf(out, "No stress is needed for D%d: %s in %s as it stands.", t == 0 ? 1 : 3, happens[t],
                plan_year_label(plan, r->result->plan.date[dates[t]], year));
    return;
  }
  if (!c->found) {
    text_printf(out, "D%d: no combination of the moves above within six standard units brings it within the plan.", t == 0 ? 1 : 3);
    return;
  }
  bool any = false;
  double largest = 0.0;
  for (int m = 0; m < MOST_MOVES; m++) {
    largest = fabs(c->severity[m]) > largest ? fabs(c->severity[m]) : largest;
  }
  for (int m = 0; m < MOST_MOVES; m++) {
    if (fabs(c->severity[m]) >= largest / 20.0 && largest > 0.0) {
      text_add(out, any ? ", " : "");
      move_words(out, r, m, c->severity[m]);
      any = true;
    }
  }
  text_printf(out, ": together, %s in %s. That is %.2f standard units from the plan, with moves of one kind going together.", happens[t],
              plan_year_label(plan, c->at.date[dates[t]] >= 0 ? c->at.date[dates[t]] : plan->n_years - 1, year), c->distance);
}

/* Expected in the last year, by saving; the largest three, one-offs, unidentified. */
void savings_words(struct text *out, const struct stress_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  const struct result *own = r->report.shown[0].result;
  const int last = plan->n_years - 1;
  pence total = 0, three[3] = {0}, one_off = 0, all = 0;
  for (int s = 0; s < plan->n_savings; s++) {
    pence value = own->saving[s].expected[last];
    total += value;
    for (int i = 0; i < 3; i++) {
      if (value > three[i]) {
        const pence smaller = three[i];
        three[i] = value;
        value = smaller;
      }
    }
    for (int y = 0; y < plan->n_years; y++) {
      all += own->saving[s].expected[y];
      one_off += plan->saving[s].recurring ? 0 : own->saving[s].expected[y];
    }
  }
  if (total <= 0) {
    text_add(out, "No saving is expected to be in place in the last year.");
    return;
  }
  text_printf(out, "Three schemes carry %d%% of what is expected in the last year.", (int)(100.0 * (double)(three[0] + three[1] + three[2]) / (double)total + 0.5));
  if (one_off > 0) {
    text_printf(out, " %d%% of all that is expected comes once only.", (int)(100.0 * (double)one_off / (double)all + 0.5));
  }
  const pence unidentified = own->measure[M_UNIDENTIFIED][last];
  if (unidentified > 0) {
    text_add(out, " ");
    text_money_short(out, unidentified);
    text_add(out, " a year is counted and not identified.");
  }
}

void needed_words(struct text *out, const struct boundary *needed)
{
  if (!needed->met_at_0) {
    text_add(out, "none");
  } else if (needed->kind == BOUNDARY_NEVER) {
    text_add(out, "too late");
  } else {
    text_money_short(out, (pence)llround(needed->after * 1e8));
  }
}

void deadline_words(struct text *out, const struct stress_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  const int t = r->result->sought;
  const struct boundary *first = &r->result->delay[0].needed[t];
  char year[8];
  if (!first->met_at_0) {
    text_add(out, "The General Fund stays above the council's own minimum and no gap is unfunded, so nothing has to be decided for that.");
    return;
  }
  if (first->kind == BOUNDARY_NEVER) {
    text_add(out, "No recurring saving that was tried is enough.");
    return;
  }
  int last = 0;
  for (int from = 0; from < plan->n_years; from++) {
    const struct summary *same = &r->result->delay[from].same;
    last = same->date[dates[t]] < 0 ? from : last;
  }
  text_add(out, "Recurring savings of ");
  text_money_short(out, (pence)llround(first->after * 1e8));
  text_printf(out, " a year from %s %s.", plan_year_label(plan, 0, year),
              t == 0 ? "keep the General Fund above the council's own minimum" : "leave no gap unfunded");
  if (last == 0) {
    text_add(out, " Begun a year later the same sum no longer does.");
  } else {
    text_printf(out, " %s is the last year in which the same sum still does.", plan_year_label(plan, last, year));
  }
  if (plan->n_years > 1) {
    const pence lost = r->result->delay[0].same.measure[M_USABLE_CLOSING][plan->n_years - 1] -
                       r->result->delay[1].same.measure[M_USABLE_CLOSING][plan->n_years - 1];
    pence unfunded = 0;
    for (int y = 0; y < plan->n_years; y++) {
      unfunded += r->result->delay[1].same.measure[M_UNFUNDED][y] - r->result->delay[0].same.measure[M_UNFUNDED][y];
    }
    text_add(out, " The first year of delay costs ");
    text_money_short(out, lost + unfunded);
    text_add(out, ".");
  }
}

/* ---- questions ---------------------------------------------------------------------------------------------------------------- */

static bool question_minimum(struct text *out, const struct stress_report *r)
{
  char year[8];
  const int date = r->result->plan.date[DATE_BELOW_MINIMUM];
  if (date < 0) {
    return false;
  }
  text_printf(out, "The General Fund is below the council's own minimum in %s on the plan as it stands: who has agreed to that, and how is it rebuilt?",
              plan_year_label(&r->report.folder->plan, date, year));
  return true;
}

static bool question_driver(struct text *out, const struct stress_report *r)
{
  int order[MOST_MOVES];
  if (moves_in_order(r, order) == 0) {
    return false;
  }
  text_add(out, "What stands behind the figure for ");
  text_add(out, r->battery->move[order[0]].label);
  text_add(out, "?  ");
  move_words(out, r, order[0], r->result->move[order[0]].worse);
  text_add(out, " adds ");
  const int last = r->report.folder->plan.n_years - 1;
  text_money_short(out, r->result->move[order[0]].up.measure[M_GAP][last] - r->result->plan.measure[M_GAP][last]);
  text_add(out, " to the last year's gap, the most of any.");
  return true;
}

static bool question_structural(struct text *out, const struct stress_report *r)
{
  const struct summary *plan = &r->result->plan;
  if (plan->measure[M_GAP_STRUCTURAL][0] <= plan->measure[M_GAP][0]) {
    return false;
  }
  text_add(out, "The first year's gap is ");
  text_money_short(out, plan->measure[M_GAP][0]);
  text_add(out, " with one-off items and ");
  text_money_short(out, plan->measure[M_GAP_STRUCTURAL][0]);
  text_add(out, " without: what replaces them?");
  return true;
}

static bool question_delivery(struct text *out, const struct stress_report *r)
{
  const int last = r->report.folder->plan.n_years - 1;
  const pence short_of = r->result->plan.measure[M_SAVINGS_PLANNED][last] - r->result->plan.measure[M_SAVINGS_EXPECTED][last];
  if (short_of <= 0) {
    return false;
  }
  text_money_short(out, short_of);
  text_add(out, " a year of the savings planned is not expected to be delivered: what has the council's own record been?");
  return true;
}

static bool question_deadline(struct text *out, const struct stress_report *r)
{
  const struct boundary *first = &r->result->delay[0].needed[r->result->sought];
  if (r->battery->delays < 0 || !first->met_at_0 || first->kind != BOUNDARY_FOUND) {
    return false;
  }
  text_add(out, "Where will recurring savings of ");
  text_money_short(out, (pence)llround(first->after * 1e8));
  text_add(out, " a year come from, and when is that decided?");
  return true;
}

static bool question_receipts(struct text *out, const struct stress_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  pence held = 0;
  for (int i = 0; i < plan->n_receipts; i++) {
    held += r->report.shown[0].result->receipt[i].held;
  }
  if (held <= 0) {
    return false;
  }
  text_money_short(out, held);
  text_add(out, " of capital receipts is held and not applied: is it meant for debt, for capital spending, or for transformation that qualifies?");
  return true;
}

static bool question_dsg(struct text *out, const struct stress_report *r)
{
  char year[8];
  const int date = r->result->plan.date[DATE_EXPOSED_TO_DSG];
  if (date < 0) {
    return false;
  }
  text_printf(out, "From %s usable reserves are less than the DSG deficit: what is the plan for when the override ends?",
              plan_year_label(&r->report.folder->plan, date, year));
  return true;
}

bool question_words(struct text *out, const struct stress_report *r, int question)
{
  static bool (*const questions[MOST_QUESTIONS])(struct text *, const struct stress_report *) = {
      question_minimum, question_structural, question_driver, question_delivery, question_deadline, question_receipts, question_dsg};
  return questions[question](out, r);
}
