/* assumed.c: what else is assumed: numbers and unit costs, the terms of receipts and borrowing, and the spread of
 * everything that simulated futures draw. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- numbers, unit costs and shares -------------------------------------------------------------------- */

static void series_row(struct page *p, const struct line *line, const char *what, char unit,
                       const struct series *series)
{
  enum basis basis[MAX_YEARS];
  html(p->out, "<tr><th scope=\"row\">%s: %s</th>", line->label, what);
  for (int y = 0; y < p->years; y++) {
    value_cell(p, unit, series->path[y]);
    basis[y] = basis_of_series(p->plan, series, y);
  }
  basis_cell(p, basis, series->origin);
  row_end(p);
}

void numbers_table(struct page *p)
{
  static const char summary[] = "Numbers, unit costs and shares";
  bool any = false;
  for (int l = 0; l < p->plan->n_lines; l++) {
    any |= p->plan->line[l].form == FORM_UNITS || p->plan->line[l].form == FORM_SHARE;
  }
  if (!any) {
    return;
  }
  table_begin(p, summary, "", "Behind lines that are a number at a unit cost, or a share of others");
  head_with_basis(p, "");
  for (int l = 0; l < p->plan->n_lines; l++) {
    const struct line *line = &p->plan->line[l];
    if (line->form == FORM_UNITS) {
      series_row(p, line, "number", 'N', &line->number);
      series_row(p, line, "unit cost", 'H', &line->unit_cost);
    } else if (line->form == FORM_SHARE) {
      series_row(p, line, "share", 'P', &line->percent);
    }
  }
  table_end(p, summary);
}

static void per_cent_of(struct text *out, double share)
{
  number_words(out, share * 100.0, 2);
  text_add(out, "%");
}

/* ---- receipts and borrowing ---------------------------------------------------------------------------- */

struct from {
  const char *what;
  const struct origin *origin;
};

/* "published, but life, rate illustrative": the first is the amount's. */
static void words_of_fields(struct page *p, const struct from *from, int n)
{
  const enum basis first = from[0].origin->basis;
  struct text words = { 0 };
  bool any = false;
  text_add(&words, basis_word(first));
  for (int b = BASIS_PUBLISHED; b <= BASIS_ILLUSTRATIVE; b++) {
    bool of_it = false;
    for (int i = 1; i < n && b != (int)first; i++) {
      if ((int)from[i].origin->basis == b) {
        text_printf(&words, "%s%s", of_it ? ", " : any ? "; " : ", but ", from[i].what);
        of_it = any = true;
      }
    }
    if (of_it) {
      text_printf(&words, " %s", basis_word((enum basis)b));
    }
  }
  if (p->b->audience != AUDIENCE_MEMBER && from[0].origin->source != NULL && from[0].origin->source[0] != '\0') {
    text_printf(&words, ": %s", from[0].origin->source);
  }
  say(p, &words);
}

static void put_terms(struct text *out, double amount, const struct plan *plan, int year, int life, double rate)
{
  char label[8];
  pence money = 0;
  if (pence_from_gbp(amount, &money)) {
    money_words(out, money);
  }
  text_printf(out, " in %s", plan_year_label(plan, year, label));
  if (life > 0) {
    text_printf(out, ", over %d year%s", life, life == 1 ? "" : "s");
  }
  text_add(out, " at ");
  per_cent_of(out, rate);
}

static void receipt_item(struct page *p, const struct receipt *receipt)
{
  const struct from from[] = { { "amount", &receipt->amount_origin },
                               { "share to debt", &receipt->debt_origin },
                               { "share to avoid borrowing", &receipt->avoid_origin },
                               { "flexible share", &receipt->flexible_origin },
                               { "life", &receipt->life_origin },
                               { "rate", &receipt->rate_origin } };
  const struct {
    double share;
    const char *what;
  } uses[] = { { receipt->to_debt, " repays debt, " },
               { receipt->to_avoid, " avoids borrowing, " },
               { receipt->to_flexible, " is for flexible use, " },
               { 1.0 - receipt->to_debt - receipt->to_avoid - receipt->to_flexible, " is held, " } };
  struct text words = { 0 };
  put_terms(&words, receipt->amount, p->plan, receipt->year, receipt->life, receipt->rate);
  text_printf(&words, ", %s. ", receipt->certainty);
  for (size_t i = 0; i < COUNT_OF(uses); i++) {
    if (uses[i].share > 1e-9) {
      per_cent_of(&words, uses[i].share);
      text_add(&words, uses[i].what);
    }
  }
  text_add(&words, receipt->in_plan ? "as the lines hold already" : "not yet in the lines");
  html(p->out, "<li><b>%s</b>: ", receipt->asset);
  say(p, &words);
  html_raw(p->out, " (");
  words_of_fields(p, from, COUNT_OF(from));
  html_raw(p->out, ")</li>\n");
}

static void borrowing_item(struct page *p, const struct borrowing *loan)
{
  const struct from from[] = { { "amount", &loan->amount_origin },
                               { "life", &loan->life_origin },
                               { "rate", &loan->rate_origin } };
  struct text words = { 0 };
  put_terms(&words, loan->amount, p->plan, loan->year, loan->life, loan->rate);
  text_add(&words, loan->kind == BORROWING_REFINANCE  ? ", taken anew"
                   : loan->kind == BORROWING_VARIABLE ? ", at variable rates"
                                                      : "");
  text_add(&words, loan->in_plan ? ", as the lines hold already" : ", not yet in the lines.");
  html(p->out, "<li><b>%s</b>: ", loan->label);
  say(p, &words);
  html_raw(p->out, " (");
  words_of_fields(p, from, COUNT_OF(from));
  html_raw(p->out, ")</li>\n");
}

void capital_list(struct page *p)
{
  if (p->plan->n_receipts + p->plan->n_borrowings == 0) {
    return;
  }
  html_raw(p->out, "<details><summary>Receipts and borrowing</summary><ul>\n");
  for (int r = 0; r < p->plan->n_receipts; r++) {
    receipt_item(p, &p->plan->receipt[r]);
  }
  for (int b = 0; b < p->plan->n_borrowings; b++) {
    borrowing_item(p, &p->plan->borrowing[b]);
  }
  html_raw(p->out, "</ul></details>\n");
}

/* ---- what is drawn ------------------------------------------------------------------------------------- */

/* A departure in its input's unit: "+1 point", "−12 months", "+4%". */
static void put_size(struct text *out, const struct plan *plan, const struct departure *d, double size, bool sign)
{
  const enum unit unit = plan->input[d->input[0]].unit;
  pence money = 0;
  text_add(out, !sign || size == 0.0 ? "" : size < 0.0 ? "\xE2\x88\x92" : "+");
  size = fabs(size);
  if (d->relative || unit == UNIT_FRACTION) {
    number_words(out, size * 100.0, 2);
    text_add(out, d->relative ? "%" : size == 0.01 ? " point" : " points");
  } else if (unit == UNIT_GBP && pence_from_gbp(round(size), &money)) {
    money_words(out, money);
  } else {
    number_words(out, size, 2);
    text_add(out, unit == UNIT_MONTHS ? " months" : "");
  }
}

static void put_delays(struct text *out, const struct uncertain *row)
{
  for (int i = 0; i < row->n_delays; i++) {
    text_add(out, i > 0 ? ", " : "");
    per_cent_of(out, row->delay[i].chance);
    if (row->delay[i].months == 0) {
      text_add(out, " on time");
    } else {
      text_printf(out, " %d months late", row->delay[i].months);
    }
  }
}

/* "within 1 point two times in three (normal)", "−1 to +3 points, most likely 0 (PERT)" */
static void put_spread(struct text *out, const struct plan *plan, const struct departure *d)
{
  const struct uncertain *row = d->row;
  switch (row->distribution) {
  case DISTRIBUTION_NORMAL:
    text_add(out, "within ");
    put_size(out, plan, d, d->sd, false);
    text_add(out, " two times in three (normal)");
    break;
  case DISTRIBUTION_LOGNORMAL:
    text_add(out, "most likely ");
    put_size(out, plan, d, d->mode, true);
    text_add(out, ", standard deviation ");
    put_size(out, plan, d, d->sd, false);
    text_add(out, " (lognormal)");
    break;
  case DISTRIBUTION_EVENT:
    per_cent_of(out, row->chance);
    text_add(out, " of futures: ");
    put_size(out, plan, d, d->mode, true);
    break;
  case DISTRIBUTION_DELAY:
    put_delays(out, row);
    break;
  default:
    put_size(out, plan, d, d->low, true);
    text_add(out, " to ");
    put_size(out, plan, d, d->high, true);
    if (row->distribution == DISTRIBUTION_BETA) {
      text_printf(out, " (beta %g, %g)", row->a, row->b);
    } else {
      text_add(out, ", most likely ");
      put_size(out, plan, d, d->mode, true);
      text_add(out, row->distribution == DISTRIBUTION_PERT ? " (PERT)" : " (triangular)");
    }
  }
  if (row->nothing > 0.0) {
    text_add(out, "; nothing in ");
    per_cent_of(out, row->nothing);
  }
}

static void spread_of(struct text *out, const struct page *p, const struct drawn_variable *variable)
{
  if (variable->departure != NULL) {
    put_spread(out, &p->b->simulated->report.folder->plan, variable->departure);
  } else {
    text_add(out, "the plugin\xE2\x80\x99s own noise");
  }
}

static void drawn_row(struct page *p, const struct simulation *simulation, int v)
{
  const struct drawn_variable *variable = &simulation->variable[v];
  const struct departure *d = variable->departure;
  struct text words = { 0 };
  spread_of(&words, p, variable);
  row_begin(p, variable->label);
  html_raw(p->out, "<td class=\"w\">");
  say(p, &words);
  html_raw(p->out, "</td><td>");
  per_cent_words(p->out, simulation->scenario[0].share[DRIVEN_RESERVES][v].value);
  html_raw(p->out, "</td><td>");
  number_words(p->out, d != NULL ? d->row->persistence : 0.0, 2);
  html(p->out, "</td><td class=\"w\">%s</td>", variable->source != NULL ? variable->source : "");
  row_end(p);
}

/* For members: all that depart alike together, each with its share. */
static void alike_item(struct page *p, const struct simulation *simulation, const int *order, bool *told, int first)
{
  struct text spread = { 0 };
  bool any = false;
  spread_of(&spread, p, &simulation->variable[order[first]]);
  html(p->out, "<li><b>%s</b>: ", text_str(&spread));
  for (int i = first; i < simulation->n_variables; i++) {
    const struct drawn_variable *variable = &simulation->variable[order[i]];
    struct text other = { 0 };
    spread_of(&other, p, variable);
    if (!told[i] && strcmp(text_str(&other), text_str(&spread)) == 0) {
      const double share = simulation->scenario[0].share[DRIVEN_RESERVES][order[i]].value;
      html(p->out, "%s%s", any ? "; " : "", variable->label);
      if (share >= 0.01) {
        html_raw(p->out, " ");
        per_cent_words(p->out, share);
      }
      told[i] = any = true;
    }
    text_fini(&other);
  }
  html_raw(p->out, "</li>\n");
  p->out->failed |= spread.failed;
  text_fini(&spread);
}

/* What drives the range most first. */
static void in_order(const struct simulation *simulation, int *order)
{
  const struct estimate *share = simulation->scenario[0].share[DRIVEN_RESERVES];
  for (int v = 0; v < simulation->n_variables; v++) {
    int at = v;
    for (; at > 0 && share[order[at - 1]].value < share[v].value; at--) {
      order[at] = order[at - 1];
    }
    order[at] = v;
  }
}

static void drawn_table(struct page *p, const struct simulation *simulation, const int *order)
{
  static const char *const headers[] = { "What is drawn", "<Departure from the plan", "Share of the range of reserves",
                                         "Kept from year to year", "<Source" };
  table_begin(p, NULL, "wrap-head", "On the plan; the range is that of the last year");
  table_head(p, headers, COUNT_OF(headers));
  for (int i = 0; i < simulation->n_variables; i++) {
    drawn_row(p, simulation, order[i]);
  }
  table_end(p, NULL);
}

static void drawn_list(struct page *p, const struct simulation *simulation, const int *order, bool *told)
{
  sub(p, "How far each may depart from the plan, and its share of the range of reserves on the plan in the last year.");
  html_raw(p->out, "<ul>\n");
  for (int i = 0; i < simulation->n_variables; i++) {
    if (!told[i]) {
      alike_item(p, simulation, order, told, i);
    }
  }
  html_raw(p->out, "</ul>\n");
}

void drawn_block(struct page *p)
{
  if (p->b->simulated == NULL) {
    return;
  }
  const struct simulation *simulation = p->b->simulated->simulation;
  int *order = calloc((size_t)simulation->n_variables + 1, sizeof *order);
  bool *told = calloc((size_t)simulation->n_variables + 1, sizeof *told);
  if (order == NULL || told == NULL) {
    p->out->failed = true;
  } else {
    in_order(simulation, order);
    html_raw(p->out, "<details class=\"drawn\"><summary>What is drawn in simulated futures, and what drives their "
                     "range</summary>");
    if (p->b->audience == AUDIENCE_MEMBER) {
      drawn_list(p, simulation, order, told);
    } else {
      drawn_table(p, simulation, order);
    }
    html_raw(p->out, "</details>\n");
  }
  free(order);
  free(told);
}
