/* savings.c: savings by scheme and by RAG, planned and expected side by side (R29), the RAG as a word (R49). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include <math.h>
#include <string.h>

static void draw_bars(struct text *out, const struct chart_form *form, const void *data)
{
  chart_bars(out, form, data);
}

static void savings_bars(struct page *p)
{
  const struct result *own = p->shown[0].result;
  const struct chart_bars chart = { .what = "Savings on the plan",
                                    .years = { p->plan->first_year, p->years, p->years },
                                    .n_series = 2,
                                    .label = { "Planned", "Expected" },
                                    .value = { own->measure[M_SAVINGS_PLANNED], own->measure[M_SAVINGS_EXPECTED] } };
  html_raw(p->out, "<figure aria-label=\"Savings planned and expected\"><figcaption><h3>Planned and expected, each "
                   "year, on the plan</h3></figcaption>");
  chart_pair(p, CHART_HALF, draw_bars, &chart);
  table_begin(p, show_table, "", "Savings in place in each year on the council\xE2\x80\x99s plan, \xC2\xA3 million");
  years_head(p, "");
  years_row_of(p, "Planned", own->measure[M_SAVINGS_PLANNED]);
  years_row_of(p, "Expected", own->measure[M_SAVINGS_EXPECTED]);
  table_end(p, show_table);
  html_raw(p->out, "</figure>\n");
}

/* ---- by RAG -------------------------------------------------------------------------------------------- */

static const char *rag_word(enum rag rag)
{
  static const char *const words[N_RAGS] = { [RAG_NONE] = "Not rated", [RAG_DELIVERED] = "Delivered",
                                             [RAG_GREEN] = "Green",    [RAG_AMBER] = "Amber",
                                             [RAG_RED] = "Red",        [RAG_UNIDENTIFIED] = "Not yet identified" };
  return words[rag];
}

/* With what the council's own legend says of it (R28). */
static void rag_row_begin(struct page *p, enum rag rag)
{
  const char *meaning = p->plan->rag_meaning[rag];
  html(p->out, "<tr><th scope=\"row\">%s", rag_word(rag));
  if (meaning != NULL && meaning[0] != '\0') {
    html(p->out, "<small>: %s</small>", meaning);
  }
  html_raw(p->out, "</th>");
}

/* What the plan takes as delivered of the savings so rated, before what they depend on: "75%", "95% to 100%"; of all
 * ratings together nothing. */
static void delivery_cell(struct page *p, int rag)
{
  double least = 1.0, most = 0.0;
  for (int s = 0; s < p->plan->n_savings; s++) {
    if ((int)p->plan->saving[s].rag == rag) {
      least = fmin(least, p->plan->saving[s].delivery[0]);
      most = fmax(most, p->plan->saving[s].delivery[0]);
    }
  }
  html_raw(p->out, "<td>");
  if (least <= most) {
    number_words(p->out, least * 100.0, 2);
    html_raw(p->out, "%");
  }
  if (least < most) {
    html_raw(p->out, " to ");
    number_words(p->out, most * 100.0, 2);
    html_raw(p->out, "%");
  }
  html_raw(p->out, "</td>");
}

static void totals_cells(struct page *p, int rag, int schemes, pence planned, pence expected)
{
  html(p->out, "<td>%d</td>", schemes);
  delivery_cell(p, rag);
  millions_cell(p, planned);
  millions_cell(p, expected);
  millions_cell(p, planned - expected);
  row_end(p);
}

static void by_rag(struct page *p)
{
  static const char *const headers[] = { "Rating", "Schemes", "Each expected at", "Planned", "Expected", "At risk" };
  const struct result *own = p->shown[0].result;
  struct casting casting = { 0 };
  struct text caption = { 0 };
  char label[8];
  pence all_planned = 0, all_expected = 0;
  text_printf(&caption, "By rating, on the plan, in %s, \xC2\xA3 million", plan_year_label(p->plan, p->last, label));
  table_begin(p, NULL, "wrap-head", text_str(&caption));
  text_fini(&caption);
  table_head(p, headers, 6);
  for (int rag = 0; rag < N_RAGS; rag++) {
    int schemes = 0;
    pence planned = 0, expected = 0;
    for (int s = 0; s < p->plan->n_savings; s++) {
      if ((int)p->plan->saving[s].rag == rag) {
        schemes++;
        planned += own->saving[s].planned[p->last];
        expected += own->saving[s].expected[p->last];
      }
    }
    if (schemes > 0) {
      rag_row_begin(p, (enum rag)rag);
      totals_cells(p, rag, schemes, planned, expected);
      cast(p, &casting, planned);
    }
    all_planned += planned;
    all_expected += expected;
  }
  row_begin(p, "All");
  totals_cells(p, N_RAGS, p->plan->n_savings, all_planned, all_expected);
  cast_total(p, &casting, all_planned);
  table_end(p, NULL);
  rounding_note(p, &casting);
}

/* ---- by scheme ----------------------------------------------------------------------------------------- */

static void expected_cell(struct page *p, int s, int i)
{
  money_in_millions(p->out, p->shown[i].result->saving[s].expected[p->last], p->places);
}

/* What is expected of a scheme in the chosen future, where futures differ. */
static void chosen_cell(struct page *p, int s)
{
  html_raw(p->out, "<td>");
  for (int i = 0; i < p->n; i++) {
    html(p->out, "<span class=\"v v%d\">", i);
    expected_cell(p, s, i);
    html_raw(p->out, "</span>");
  }
  html_raw(p->out, "</td>");
}

static bool futures_differ(const struct page *p)
{
  for (int i = 1; i < p->n; i++) {
    for (int s = 0; s < p->plan->n_savings; s++) {
      if (p->shown[i].result->saving[s].expected[p->last] != p->shown[0].result->saving[s].expected[p->last]) {
        return true;
      }
    }
  }
  return false;
}

static void scheme_row(struct page *p, int s, bool differ, bool owner)
{
  const struct saving *saving = &p->plan->saving[s];
  row_begin(p, saving->label);
  words_cell(p, rag_word(saving->rag));
  if (owner) {
    words_cell(p, saving->owner);
  }
  html(p->out, "<td class=\"w\">%s</td>", saving->recurring ? "lasting" : "once");
  millions_cell(p, p->shown[0].result->saving[s].planned[p->last]);
  html_raw(p->out, "<td>");
  expected_cell(p, s, 0);
  html_raw(p->out, "</td>");
  if (differ) {
    chosen_cell(p, s);
  }
  row_end(p);
}

static void by_scheme(struct page *p)
{
  static const char summary[] = "Show every scheme";
  const bool differ = futures_differ(p), owner = p->b->audience != AUDIENCE_MEMBER;
  const char *headers[7] = { "Scheme", "<Rating" };
  int n = 2;
  struct text caption = { 0 };
  char label[8];
  if (owner) {
    headers[n++] = "<Owner";
  }
  headers[n++] = "<Lasting or once";
  headers[n++] = "Planned";
  headers[n++] = "Expected on the plan";
  if (differ) {
    headers[n++] = "Expected in the chosen future";
  }
  text_printf(&caption, "In %s, \xC2\xA3 million", plan_year_label(p->plan, p->last, label));
  table_begin(p, summary, "wrap-head", text_str(&caption));
  text_fini(&caption);
  table_head(p, headers, n);
  for (int s = 0; s < p->plan->n_savings; s++) {
    scheme_row(p, s, differ, owner);
  }
  table_end(p, summary);
}

void savings_section(struct page *p)
{
  if (p->plan->n_savings == 0) {
    return;
  }
  section_begin(p, "savings", "Savings, planned and expected");
  html_raw(p->out, "<div class=\"two\">");
  savings_bars(p);
  html_raw(p->out, "<div>");
  by_rag(p);
  html_raw(p->out, "</div></div>");
  by_scheme(p);
  section_end(p);
}
