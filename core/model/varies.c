/* varies.c: what a batch of lanes can change: the rest stands in its rows, the same in every lane, and is not computed
 * again.  Found when the first pass has computed the plan, and again when a batch has settled what is left. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows.h"

#include <string.h>

static bool any_touched(const struct projection *p, int input, int count)
{
  for (int i = 0; i < count; i++) {
    if (p->touched[input + i]) {
      return true;
    }
  }
  return false;
}

/* ---- drivers, terms and lines -------------------------------------------------------------------------- */

static void find_drivers(struct projection *p)
{
  for (int i = 0; i < p->plan->n_drivers; i++) {
    const int d = p->plan->driver_order[i];
    const int follows = p->plan->driver[d].follows;
    p->varies.driver[d] = p->touched[p->plan->driver[d].input] || (follows >= 0 && p->varies.driver[follows]);
  }
}

static void find_terms(struct projection *p)
{
  struct varies *varies = &p->varies;
  varies->council_tax = varies->business_rates = varies->band_d = false;
  for (int t = 0; t < N_TERMS; t++) {
    const struct term *term = &p->plan->term[t];
    const bool rise = t == TERM_BAND_D || t == TERM_CORE_RISE || t == TERM_ASC_RISE;
    varies->term[t] = (term->input >= 0 && p->touched[term->input]) || series_varies(p, &term->series);
    varies->council_tax |= t <= TERM_LIMIT_GBP && varies->term[t];
    varies->band_d |= varies->term[t] && (rise || t == TERM_LIMIT || t == TERM_LIMIT_GBP);
    varies->business_rates |= t >= TERM_INCOME && t <= TERM_POOL && varies->term[t];
  }
}

static bool line_varies(const struct projection *p, const struct line *line)
{
  for (int i = 0; i < line->n_of; i++) {
    if (p->varies.line[line->of[i]]) {
      return true;
    }
  }
  return any_touched(p, line->input, 6) || series_varies(p, &line->amount) || series_varies(p, &line->number) ||
         series_varies(p, &line->unit_cost) || series_varies(p, &line->percent) ||
         (line->form == FORM_COUNCIL_TAX && p->varies.council_tax) ||
         (line->form == FORM_BUSINESS_RATES && p->varies.business_rates);
}

static void find_lines(struct projection *p)
{
  for (int i = 0; i < p->plan->n_lines; i++) {
    const int l = p->plan->line_order[i];
    p->varies.line[l] = line_varies(p, &p->plan->line[l]);
  }
}

/* ---- savings ------------------------------------------------------------------------------------------- */

static double late_level(const struct projection *p, int s, int year)
{
  const struct saving *saving = &p->plan->saving[s];
  return saving->n_stands_on == 0 ? LEVEL(p, input, saving->input + SAVING_INPUT_MONTHS, year)
                                  : LEVEL(p, late, s, year);
}

/* What a saving comes to before delivery, where no lane can change its value or its months. */
static void fix_in_effect(struct projection *p, int s)
{
  for (int year = 0; year < p->n_years; year++) {
    const double late = late_level(p, s, year);
    double sum = 0.0;
    for (int from = 0; from <= year; from++) {
      const double value = LEVEL(p, input, p->plan->saving[s].input + SAVING_INPUT_VALUE, from);
      sum += value * part_in_effect(late, (double)(year - from));
    }
    p->in_effect[s * p->n_years + year] = sum;
  }
}

static void find_savings(struct projection *p)
{
  struct varies *varies = &p->varies;
  varies->planned = varies->unidentified = false;
  for (int i = 0; i < p->plan->n_savings; i++) {
    const int s = p->plan->saving_order[i];
    const struct saving *saving = &p->plan->saving[s];
    varies->value[s] =
        p->touched[saving->input + SAVING_INPUT_VALUE] || p->touched[saving->input + SAVING_INPUT_MONTHS];
    varies->saving[s] = any_touched(p, saving->input, 4);
    for (int n = 0; n < saving->n_depends; n++) {
      varies->value[s] |= varies->value[saving->depends[n]];
      varies->saving[s] |= varies->saving[saving->depends[n]];
    }
    varies->alone[s] = varies->saving[s] && !varies->value[s] && saving->recurring && saving->n_stands_on == 0 &&
                       saving->rag != RAG_UNIDENTIFIED && !p->touched[saving->input + SAVING_INPUT_COST];
    varies->planned |= varies->value[s];
    varies->unidentified |= varies->saving[s] && saving->rag == RAG_UNIDENTIFIED;
    if (!varies->value[s]) {
      fix_in_effect(p, s);
    }
  }
  for (int s = 0; s < p->plan->n_savings; s++) {
    for (int n = 0; n < p->plan->saving[s].n_stands_on; n++) {
      varies->alone[p->plan->saving[s].stands_on[n]] = false;
    }
  }
}

/* ---- capital ------------------------------------------------------------------------------------------- */

enum { RECEIPT_INPUT_AMOUNT, RECEIPT_INPUT_TO_FLEXIBLE = 4, RECEIPT_INPUTS };

/* May some of it be meant for flexible use? */
static bool has_pot(const struct projection *p, const struct receipt *receipt)
{
  const int input = receipt->input + RECEIPT_INPUT_TO_FLEXIBLE;
  bool any = receipt->to_flexible != 0.0 || p->touched[input];
  for (int y = 0; y < p->n_years; y++) {
    any |= LEVEL(p, input, input, y) != 0.0;
  }
  return any;
}

/* The first year in which some of it can arrive. */
static int first_due(const struct projection *p, const struct receipt *receipt)
{
  int due = 0;
  while (due < p->n_years && !p->touched[receipt->input + RECEIPT_INPUT_AMOUNT] &&
         LEVEL(p, input, receipt->input + RECEIPT_INPUT_AMOUNT, due) == 0.0) {
    due++;
  }
  return due;
}

static void find_receipts(struct projection *p, bool cost_varies)
{
  struct varies *varies = &p->varies;
  bool any = false, with_pot = false;
  for (int r = 0; r < p->plan->n_receipts; r++) {
    const struct receipt *receipt = &p->plan->receipt[r];
    varies->receipt[r] = any_touched(p, receipt->input, RECEIPT_INPUTS);
    varies->pot[r] = has_pot(p, receipt);
    any |= varies->receipt[r];
    with_pot |= varies->pot[r];
  }
  varies->engine[ENGINE_RECEIPTS] = any;
  varies->engine[ENGINE_FLEXIBLE_USE] = with_pot && (any || cost_varies);
  for (int r = 0; r < p->plan->n_receipts; r++) { /* one pot's use leaves less to meet for the next */
    varies->receipt[r] |= varies->pot[r] && varies->engine[ENGINE_FLEXIBLE_USE];
    p->first_due[r] = varies->pot[r] ? 0 : first_due(p, &p->plan->receipt[r]);
  }
}

static void find_capital(struct projection *p)
{
  struct varies *varies = &p->varies;
  bool cost_varies = false;
  for (int s = 0; s < p->plan->n_savings; s++) {
    cost_varies |= p->touched[p->plan->saving[s].input + SAVING_INPUT_COST];
  }
  varies->engine[ENGINE_COST_TO_ACHIEVE] = cost_varies;
  find_receipts(p, cost_varies);
  varies->engine[ENGINE_BORROWING] = false;
  for (int b = 0; b < p->plan->n_borrowings; b++) {
    varies->borrowing[b] = any_touched(p, p->plan->borrowing[b].input, 2);
    varies->engine[ENGINE_BORROWING] |= varies->borrowing[b];
  }
}

/* ---- reserves ------------------------------------------------------------------------------------------ */

static bool moves(const struct projection *p, int r, int year)
{
  const struct reserve *reserve = &p->plan->reserve[r];
  for (int m = 0; m < reserve->n_movements; m++) {
    if (reserve->movement[m].planned[year] != 0.0) {
      return true;
    }
  }
  for (int s = 0; s < p->plan->n_savings; s++) {
    const struct saving *saving = &p->plan->saving[s];
    if (saving->has_cost && saving->cost_funding == COST_RESERVE && saving->cost_from == r) {
      return true;
    }
  }
  return p->touched[reserve->input] || LEVEL(p, input, reserve->input, year) != 0.0;
}

/* A reserve that may be drawn, or take a surplus, or whose plan can be changed. */
static void find_reserves(struct projection *p)
{
  struct varies *varies = &p->varies;
  varies->shadow = varies->dsg = varies->engine[ENGINE_CONTRIBUTIONS] = false;
  memset(varies->moves_in, 0, (size_t)p->n_years);
  for (int r = 0; r < p->plan->n_reserves; r++) {
    const struct reserve *reserve = &p->plan->reserve[r];
    varies->reserve[r] = class_is_usable(reserve->class) || p->plan->surplus_to == r;
    for (int y = 0; y < p->n_years; y++) {
      const bool moved = moves(p, r, y);
      varies->moves[r * p->n_years + y] = moved;
      varies->moves_in[y] |= moved;
      varies->shadow |= moved;
      varies->reserve[r] |= moved;
    }
    varies->dsg |= reserve->class == RESERVE_DSG && varies->reserve[r];
    varies->engine[ENGINE_CONTRIBUTIONS] |= p->touched[reserve->input];
  }
}

/* ---- what looks back ----------------------------------------------------------------------------------- */

static void find_rest(struct projection *p)
{
  const struct plan *plan = p->plan;
  struct varies *varies = &p->varies;
  varies->engine[ENGINE_BALANCES] = plan->interest_on_balances && plan->term[TERM_BALANCES_RATE].input >= 0;
  varies->engine[ENGINE_DSG_CARRYING] =
      plan->term[TERM_CARRYING_RATE].input >= 0 && (varies->dsg || varies->term[TERM_CARRYING_RATE]);
  varies->dsg |= varies->term[TERM_GRANT_SHARE] || varies->term[TERM_ELIGIBLE_SHARE];
  varies->engine[ENGINE_COLLECTION] = varies->council_tax && !plan->collection_at_once;
  varies->minimum = plan->minimum_rule == MINIMUM_PERCENT || plan->minimum_rule == MINIMUM_GREATER;
}

static void enter(struct items *lines, int l)
{
  lines->at[lines->count++] = l;
}

/* What enters each total, lane by lane. */
static void find_totals(struct projection *p)
{
  const struct plan *plan = p->plan;
  struct varies *varies = &p->varies;
  varies->gone.count = 0;
  for (int t = 0; t < N_TOTALS; t++) {
    varies->in_total[t].count = 0;
  }
  for (int l = 0; l < plan->n_lines + N_ENGINE_LINES; l++) {
    const bool own = l < plan->n_lines;
    const int e = own ? 0 : l - plan->n_lines;
    if (own && plan->line[l].ring[0] != '\0') {
      continue;
    }
    const enum measure total = total_of(own ? plan->line[l].class : engine_line_kinds[e].class);
    if (own ? varies->line[l] : varies->engine[e]) {
      enter(&varies->in_total[own && plan->line[l].is_saving ? TOTAL_SAVINGS
                              : total == M_NET_BUDGET        ? TOTAL_NET
                              : total == M_FUNDING           ? TOTAL_FUNDING
                                                             : TOTAL_CAPITALISED],
            l);
    }
    if (own ? p->touched[plan->line[l].input + LINE_ONE_OFF - LINE_RATE]
            : varies->engine[e] && engine_line_is_one_off(e)) {
      enter(&varies->gone, l);
    }
  }
}

/* What no lane can change is summed once, from lane 0. */
static void fix_lines(struct projection *p, int year)
{
  const struct plan *plan = p->plan;
  struct fixed *fixed = &p->fixed[year];
  for (int l = 0; l < plan->n_lines + N_ENGINE_LINES; l++) {
    const bool own = l < plan->n_lines;
    const int e = l - plan->n_lines, one_off = own ? plan->line[l].input + LINE_ONE_OFF - LINE_RATE : 0;
    const double amount = line_is_carried(p, l, year) ? LEVEL(p, carried, l, year) : LEVEL(p, line, l, year);
    const enum measure total = total_of(own ? plan->line[l].class : engine_line_kinds[e].class);
    if (own && (plan->line[l].ring[0] != '\0' || plan->line[l].is_saving)) { /* such a saving is nothing in the plan */
      continue;
    }
    if (own ? !p->varies.line[l] : !p->varies.engine[e]) {
      fixed->net_budget += total == M_NET_BUDGET ? amount : 0.0;
      fixed->funding -= total == M_FUNDING ? amount : 0.0;
      fixed->capitalised -= total == M_CAPITALISED ? amount : 0.0;
      fixed->one_off += !own && engine_line_is_one_off(e) ? amount : 0.0;
    }
    fixed->one_off += own && !p->touched[one_off] ? LEVEL(p, input, one_off, year) : 0.0;
  }
}

static void fix_savings(struct projection *p, int year)
{
  struct fixed *fixed = &p->fixed[year];
  for (int s = 0; s < p->plan->n_savings; s++) {
    const struct saving *saving = &p->plan->saving[s];
    const double expected = LEVEL(p, expected, s, year);
    fixed->planned += p->varies.value[s] ? 0.0 : LEVEL(p, planned, s, year);
    if (!p->varies.saving[s]) {
      fixed->expected += expected;
      fixed->unidentified += saving->rag == RAG_UNIDENTIFIED ? expected : 0.0;
      fixed->one_off -= saving->recurring ? 0.0 : expected;
    }
  }
}

void varies_find(struct projection *p)
{
  find_drivers(p);
  find_terms(p);
  find_lines(p);
  find_savings(p);
  find_capital(p);
  find_reserves(p);
  find_rest(p);
  find_totals(p);
  for (int y = 0; y < p->n_years; y++) {
    p->fixed[y] = (struct fixed){ 0 };
    fix_lines(p, y);
    fix_savings(p, y);
  }
}

/* ---- the first pass ------------------------------------------------------------------------------------ */

static bool is_whole(double pounds)
{
  return round_units(pounds) == pounds;
}

/* Is some amount that is summed, or carried without rounding, not whole pounds? */
static bool has_pence(const struct plan *plan)
{
  bool whole = true;
  for (int i = 0; i < plan->n_inputs; i++) {
    const struct input *input = &plan->input[i];
    for (int y = 0; y < plan->n_years && input->grain == 1.0; y++) {
      whole &= is_whole(input->plan[y]);
    }
  }
  for (int l = 0; l < plan->n_lines; l++) {
    whole &= is_whole(plan->line[l].amount.base);
  }
  for (int r = 0; r < plan->n_reserves; r++) {
    whole &= is_whole(plan->reserve[r].opening) && is_whole(plan->reserve[r].floor);
    for (int m = 0; m < plan->reserve[r].n_movements; m++) {
      for (int y = 0; y < plan->n_years; y++) {
        whole &= is_whole(plan->reserve[r].movement[m].planned[y]);
      }
    }
  }
  for (int y = 0; y < plan->n_years; y++) {
    whole &= is_whole(plan->minimum_amount[y]);
  }
  return !whole;
}

void varies_all(struct projection *p)
{
  const struct plan *plan = p->plan;
  struct varies *varies = &p->varies;
  bool *const by_index[] = { p->touched,    varies->driver,  varies->line, varies->saving,
                             varies->value, varies->receipt, varies->pot,  varies->borrowing };
  const int count[] = { plan->n_inputs,  plan->n_drivers,  plan->n_lines,    plan->n_savings,
                        plan->n_savings, plan->n_receipts, plan->n_receipts, plan->n_borrowings };
  p->in_pence = has_pence(plan);
  for (size_t i = 0; i < COUNT_OF(count); i++) {
    memset(by_index[i], true, (size_t)count[i]);
  }
  memset(varies->term, true, sizeof varies->term);
  memset(varies->engine, true, sizeof varies->engine);
  find_reserves(p); /* of these, what is planned */
  memset(varies->engine, true, sizeof varies->engine);
  memset(varies->reserve, true, (size_t)plan->n_reserves);
  varies->council_tax = varies->band_d = varies->business_rates = true;
  varies->planned = varies->unidentified = varies->dsg = varies->minimum = true;
  find_totals(p);
  for (int r = 0; r < plan->n_reserves; r++) {
    double *opening = ROW(p, opening, r, 0);
    for (int i = 0; i < 8; i++) {
      opening[i] = plan->reserve[r].opening;
    }
  }
}
