/* facts.c: four facts of the chosen future, each with the plan's own beside it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

/* A fact: a figure in large type and what it counts. */
static void fact(struct page *p, struct text *figure, struct text *words)
{
  html_raw(p->out, "<div><dt>");
  say(p, words);
  html_raw(p->out, "</dt><dd>");
  say(p, figure);
  html_raw(p->out, "</dd></div>");
}

static pence size_of(pence p)
{
  return p < 0 ? -p : p;
}

static void put_label(struct text *out, const struct plan *plan, int year)
{
  char label[8];
  text_add(out, plan_year_label(plan, year, label));
}

static void fact_gap(struct page *p, const struct result *own, const struct result *result)
{
  const pence gap = result->measure[M_GAP][p->last], plan = own->measure[M_GAP][p->last];
  struct text figure = { 0 }, words = { 0 };
  text_money_short(&figure, size_of(gap));
  text_printf(&words, "a year is the %s in ", gap < 0 ? "surplus" : "gap");
  put_label(&words, p->plan, p->last);
  if (gap != plan) {
    text_add(&words, "; on the plan ");
    money_words(&words, size_of(plan));
    text_add(&words, (plan < 0) == (gap < 0) ? "" : plan < 0 ? " of surplus" : " of gap");
  }
  fact(p, &figure, &words);
}

static void fact_minimum(struct page *p, const struct result *result)
{
  struct text figure = { 0 }, words = { 0 };
  const int date = result->date[DATE_BELOW_MINIMUM];
  if (below_from_the_start(p->plan, result)) {
    text_add(&figure, "Already");
    text_add(&words, "below the council\xE2\x80\x99s own minimum, before the first year is spent");
  } else if (date >= 0) {
    put_label(&figure, p->plan, date);
    text_add(&words, "is when the General Fund falls below the council\xE2\x80\x99s own minimum of ");
    minimum_in(&words, p->plan, result, date);
  } else {
    text_add(&figure, "Not by ");
    put_label(&figure, p->plan, p->last);
    text_add(&words, "does the General Fund fall below the council\xE2\x80\x99s own minimum of ");
    minimum_in(&words, p->plan, result, p->last);
  }
  fact(p, &figure, &words);
}

/* What is left at the end; where reserves run out, what then has nothing to pay for it. */
static void fact_left(struct page *p, const struct result *own, const struct result *result)
{
  struct text figure = { 0 }, words = { 0 };
  const pence left = result->measure[M_USABLE_CLOSING][p->last];
  const int out = result->date[DATE_FIRST_UNFUNDED];
  if (out >= 0) {
    text_money_short(&figure, result->measure[M_UNFUNDED][out]);
    text_add(&words, "of the gap in ");
    put_label(&words, p->plan, out);
    text_add(&words, " has nothing to pay for it: the usable reserves of ");
    money_words(&words, usable_opening(p->plan));
  } else {
    text_money_short(&figure, left);
    text_add(&words, "of usable reserves left at ");
    march_words(&words, p->plan, p->last);
    text_add(&words, ", from ");
    money_words(&words, usable_opening(p->plan));
  }
  text_add(&words, " at ");
  opening_words(&words, p->plan);
  text_add(&words, out >= 0 ? " have run out" : "");
  if (result != own && own->date[DATE_FIRST_UNFUNDED] < 0) {
    text_add(&words, "; on the plan ");
    money_words(&words, own->measure[M_USABLE_CLOSING][p->last]);
    text_add(&words, out >= 0 ? " is left" : "");
  }
  fact(p, &figure, &words);
}

static void fact_savings(struct page *p, const struct result *result)
{
  const pence planned = result->measure[M_SAVINGS_PLANNED][p->last],
              expected = result->measure[M_SAVINGS_EXPECTED][p->last];
  struct text figure = { 0 }, words = { 0 };
  if (planned <= 0) {
    return;
  }
  text_money_short(&figure, planned - expected);
  text_add(&words, "of the ");
  money_words(&words, planned);
  text_add(&words, " of savings planned for ");
  put_label(&words, p->plan, p->last);
  text_add(&words, " is not expected to arrive: ");
  per_cent_words(&words, (double)(planned - expected) / (double)planned);
  fact(p, &figure, &words);
}

void facts_section(struct page *p)
{
  const struct result *own = p->shown[0].result;
  html_raw(p->out, "<section class=\"facts-section\" aria-label=\"Facts of the chosen future\">\n");
  for (int i = 0; i < p->n; i++) {
    const struct result *result = p->shown[i].result;
    variant_begin(p, i);
    which_future(p, i);
    html(p->out, "<dl class=\"facts%s\">", i == 0 ? " own-facts" : "");
    if (p->plan->has_mtfp) {
      fact_gap(p, own, result);
    }
    if (result->date[DATE_BELOW_MINIMUM] != DATE_UNKNOWN) {
      fact_minimum(p, result);
    }
    fact_left(p, own, result);
    fact_savings(p, result);
    html_raw(p->out, "</dl>");
    variant_end(p);
  }
  section_end(p);
}
