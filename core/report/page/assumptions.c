/* assumptions.c: every assumption: what the plan takes for granted, year by year, and what each future changes. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* ---- values -------------------------------------------------------------------------------------------- */

/* Up to `places` places, without zeros at the end; U+2212 for minus. */
void number_words(struct text *out, double value, int places)
{
  struct text digits = { 0 };
  text_printf(&digits, "%.*f", places, fabs(value));
  const char *s = text_str(&digits);
  size_t n = digits.length;
  if (strchr(s, '.') != NULL) {
    while (n > 0 && s[n - 1] == '0') {
      n--;
    }
    n -= n > 0 && s[n - 1] == '.';
  }
  const bool nil = strspn(s, "0.") >= n;
  text_add(out, value < 0.0 && !nil ? "\xE2\x88\x92" : "");
  text_add_n(out, s, n);
  out->failed |= digits.failed;
  text_fini(&digits);
}

/* "47,690.0", "47,880.8" of dwellings, to a tenth as some are; of clients "610". */
static void count_words_of(struct text *out, double value, bool tenth)
{
  const pence tenths = (pence)llround(value * 10.0);
  text_pounds(out, tenths / 10 * 100);
  if (tenth || tenths % 10 != 0) {
    text_printf(out, ".%d", (int)(tenths % 10));
  }
}

void value_cell(struct page *p, char unit, double value)
{
  pence money = 0;
  html_raw(p->out, "<td>");
  if (unit == 'P') {
    number_words(p->out, value * 100.0, 3);
    html_raw(p->out, "%");
  } else if (unit == 'E' || unit == 'N') {
    count_words_of(p->out, value, unit == 'E');
  } else if (pence_from_gbp(value, &money)) {
    html_raw(p->out, "\xC2\xA3");
    text_pounds(p->out, money);
  }
  html_raw(p->out, "</td>");
}

/* A column a year and one for the basis. */
void head_with_basis(struct page *p, const char *first)
{
  const char *headers[MAX_YEARS + 2] = { first };
  char label[MAX_YEARS][8];
  for (int y = 0; y < p->years; y++) {
    headers[1 + y] = plan_year_label(p->plan, y, label[y]);
  }
  headers[1 + p->years] = "<Basis";
  table_head(p, headers, 2 + p->years);
}

/* ---- rates and terms ----------------------------------------------------------------------------------- */

static void drivers_table(struct page *p)
{
  static const char summary[] = "Rates of change";
  if (p->plan->n_drivers == 0) {
    return;
  }
  table_begin(p, summary, "", "By how much each goes up in a year");
  head_with_basis(p, "");
  for (int d = 0; d < p->plan->n_drivers; d++) {
    const struct driver *driver = &p->plan->driver[d];
    struct text label = { 0 };
    text_add(&label, driver->label);
    if (driver->follows >= 0) {
      text_printf(&label, ", on top of %s", p->plan->driver[driver->follows].label);
    }
    row_begin(p, text_str(&label));
    text_fini(&label);
    enum basis basis[MAX_YEARS];
    for (int y = 0; y < p->years; y++) {
      value_cell(p, 'P', driver->points[y]);
      basis[y] = driver->origin[y].basis;
    }
    basis_cell(p, basis, driver->origin);
    row_end(p);
  }
  table_end(p, summary);
}

static void terms_table(struct page *p)
{
  static const char summary[] = "Council tax, business rates and treasury";
  bool any = false;
  for (int t = 0; t < N_TERMS; t++) {
    any |= p->plan->term[t].present;
  }
  if (!any) {
    return;
  }
  table_begin(p, summary, "", "What each is in a year");
  head_with_basis(p, "");
  for (int t = 0; t < N_TERMS; t++) {
    const struct term *term = &p->plan->term[t];
    if (term->present) {
      row_begin(p, term_labels[t]);
      enum basis basis[MAX_YEARS];
      for (int y = 0; y < p->years; y++) {
        value_cell(p, term_kinds[t].unit, term->series.path[y]);
        basis[y] = basis_of_series(p->plan, &term->series, y);
      }
      basis_cell(p, basis, term->series.origin);
      row_end(p);
    }
  }
  table_end(p, summary);
}

/* ---- reserves and the minimum -------------------------------------------------------------------------- */

static void minimum_words(struct page *p)
{
  static const char *const of[] = { [MINIMUM_OF_NET_AFTER_SAVINGS] = "the net budget after savings",
                                    [MINIMUM_OF_NET] = "the net budget",
                                    [MINIMUM_OF_FUNDING] = "funding" };
  const struct plan *plan = p->plan;
  struct text words = { 0 };
  text_add(&words, "The council\xE2\x80\x99s own minimum for the General Fund is ");
  if (plan->minimum_rule == MINIMUM_NONE) {
    text_add(&words, "not given");
  }
  if (plan->minimum_rule == MINIMUM_PERCENT || plan->minimum_rule == MINIMUM_GREATER) {
    number_words(&words, plan->minimum_percent * 100.0, 2);
    text_printf(&words, "%% of %s in each year", of[plan->minimum_of]);
  }
  if (plan->minimum_rule == MINIMUM_AMOUNT || plan->minimum_rule == MINIMUM_GREATER) {
    pence first = 0, last = 0;
    text_add(&words, plan->minimum_rule == MINIMUM_GREATER ? " or, where it is more, " : "");
    if (pence_from_gbp(plan->minimum_amount[0], &first) && pence_from_gbp(plan->minimum_amount[p->last], &last)) {
      money_words(&words, first);
      text_add(&words, first != last ? " rising or falling to " : "");
      if (first != last) {
        money_words(&words, last);
      }
    }
  }
  text_add(
      &words,
      ". It is the council\xE2\x80\x99s policy, not a legal one. Reserves pay for the gap in the year in which they "
      "are used; the gap is still there the year after.");
  say_paragraph(p, &words);
}

static const char *class_words(enum reserve_class class)
{
  static const char *const words[N_RESERVE_CLASSES] = {
    [RESERVE_GENERAL_FUND] = "General Fund, drawn last",
    [RESERVE_SMOOTHING] = "for the budget, drawn first",
    [RESERVE_IN_EXTREMIS] = "for other purposes, drawn at need",
    [RESERVE_COMMITTED] = "committed, not drawn",
    [RESERVE_RING_FENCED] = "ring-fenced by law, not drawn",
    [RESERVE_CAPITAL] = "for capital, not drawn",
    [RESERVE_UNUSABLE] = "not usable",
    [RESERVE_DSG] = "schools grant deficit, not netted off",
  };
  return words[class];
}

static void reserves_table(struct page *p)
{
  static const char summary[] = "Reserves and the order in which they are drawn";
  const struct result *own = p->shown[0].result;
  const char *headers[4] = { "Reserve", "<Kind", NULL, NULL };
  struct text from = { 0 }, to = { 0 };
  opening_words(&from, p->plan);
  march_words(&to, p->plan, p->last);
  headers[2] = text_str(&from);
  headers[3] = text_str(&to);
  table_begin(p, summary, "", "On the council\xE2\x80\x99s plan, \xC2\xA3 million");
  table_head(p, headers, 4);
  for (int r = 0; r < p->plan->n_reserves; r++) {
    const struct reserve *reserve = &p->plan->reserve[r];
    struct text kind = { 0 };
    text_add(&kind, class_words(reserve->class));
    if (reserve->draw_order > 0) {
      text_printf(&kind, " (%d)", reserve->draw_order);
    }
    row_begin(p, reserve->label);
    words_cell(p, text_str(&kind));
    text_fini(&kind);
    millions_cell(p, own->reserve[r].opening[0]);
    millions_cell(p, own->reserve[r].closing[p->last]);
    row_end(p);
  }
  table_end(p, summary);
  text_fini(&from);
  text_fini(&to);
}

/* ---- lines, for who checks ----------------------------------------------------------------------------- */

static void lines_table(struct page *p)
{
  static const char summary[] = "Every line of the plan";
  const struct result *own = p->shown[0].result;
  if (p->plan->n_lines == 0 || p->b->audience == AUDIENCE_MEMBER) {
    return;
  }
  table_begin(p, summary, "",
              "On the council\xE2\x80\x99s plan, \xC2\xA3 million: cost +, income \xE2\x88\x92, funding +");
  years_head(p, "Line");
  for (int l = 0; l < p->plan->n_lines + N_ENGINE_LINES; l++) {
    const bool given = l < p->plan->n_lines;
    const enum line_class class = given ? p->plan->line[l].class : engine_line_kinds[l - p->plan->n_lines].class;
    const int sign = class_is_funding(class) || class == LINE_CAPITALISED ? -1 : 1;
    pence shown[MAX_YEARS] = { 0 };
    bool any = given;
    for (int y = 0; y < p->years; y++) {
      shown[y] = sign * own->line[l].amount[y];
      any |= shown[y] != 0;
    }
    if (any) {
      years_row_of(p, given ? p->plan->line[l].label : engine_line_kinds[l - p->plan->n_lines].label, shown);
    }
  }
  table_end(p, summary);
}

/* ---- what each future changes -------------------------------------------------------------------------- */

/* "1pp from 2024/25 to 2027/28": runs of one value; years at neutral say nothing. */
static bool put_runs(struct text *out, const struct page *p, const struct hr_param *param, const char *unit,
                     const double *value)
{
  bool any = false;
  char label[8];
  for (int y = 0; y < p->years; y++) {
    int end = y;
    while (end + 1 < p->years && value[end + 1] == value[y]) {
      end++;
    }
    if (value[y] != param->neutral) {
      text_add(out, any ? ", " : "");
      parameter_value_text(out, param, value[y]);
      text_add(out, unit);
      if (y > 0 || end < p->last) {
        text_printf(out, end > y ? " from %s" : " in %s", plan_year_label(p->plan, y, label));
        if (end > y) {
          text_printf(out, " to %s", plan_year_label(p->plan, end, label));
        }
      }
      any = true;
    }
    y = end;
  }
  return any;
}

/* Of a shift, whose words stand behind the input's: "added", not "Added". */
static void put_label(struct text *out, const struct use *use, const char *label)
{
  const size_t began = out->length;
  text_add(out, label);
  if (use->address != NULL && out->length > began) {
    out->at[began] = (char)tolower((unsigned char)out->at[began]);
  }
}

/* "Council tax collected: added −1 point", "Care demand: more children looked after 10 in 2023/24, 30 in 2024/25" */
static void use_words(struct text *out, const struct page *p, const struct use *use, const char *skip)
{
  bool any = false;
  if (use->address != NULL) {
    address_words(out, p->plan, use->address);
  } else {
    text_add(out, use->plugin->title);
  }
  for (uint32_t k = 0; k < use->plugin->n_params && skip[0] == '\0'; k++) {
    struct hr_param param = use->plugin->param[k];
    struct text value = { 0 };
    param.unit = parameter_unit(p->plan, use, k);
    if (put_runs(&value, p, &param, use->address != NULL && param.unit == HR_MONTHS ? " months" : "",
                 use->value + (ptrdiff_t)k * p->years)) {
      text_printf(out, "%s ", any ? "," : ":");
      put_label(out, use, param.label);
      text_printf(out, " %s", text_str(&value));
      any = true;
    }
    out->failed |= value.failed;
    text_fini(&value);
  }
  if (skip[0] != '\0') {
    text_printf(out, ": not applied, %s", skip);
  }
}

static void futures_table(struct page *p)
{
  static const char summary[] = "What each future changes";
  static const char *const headers[] = { "Future", "<What it changes" };
  if (p->n < 2) {
    return;
  }
  table_begin(p, summary, "", "Compared with the council\xE2\x80\x99s plan");
  table_head(p, headers, 2);
  for (int i = 1; i < p->n; i++) {
    const struct shown *shown = &p->shown[i];
    struct text words = { 0 };
    for (int u = 0; shown->scenario != NULL && u < shown->scenario->n_uses; u++) {
      text_add(&words, u > 0 ? ". " : "");
      use_words(&words, p, &shown->scenario->use[u], shown->skip != NULL ? shown->skip[u].text : "");
    }
    text_add(&words, words.length > 0 ? "." : "Nothing.");
    row_begin(p, shown->label);
    html_raw(p->out, "<td class=\"w\">");
    speak(p, &words);
    html_raw(p->out, "</td>");
    row_end(p);
  }
  table_end(p, summary);
}

void assumptions_section(struct page *p)
{
  section_begin(p, "assumptions", "What is assumed");
  minimum_words(p);
  futures_table(p);
  drivers_table(p);
  terms_table(p);
  numbers_table(p);
  capital_list(p);
  reserves_table(p);
  drawn_block(p);
  lines_table(p);
  section_end(p);
}
