/* peer.c: for a peer who comes to ask: whose the figures of each part are, and what weakens them; the same beside the
 * sections that stand on them; and what to ask to see. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include "report/stress_words.h"

#include <math.h>
#include <string.h>

/* How much of a part, by amount or by cells, is of each basis. */
struct shares {
  double of[BASIS_ILLUSTRATIVE + 1];
};

static void add_to(struct shares *s, enum basis basis, double size)
{
  s->of[basis] += fabs(size);
}

static double all_of(const struct shares *s)
{
  return s->of[BASIS_PUBLISHED] + s->of[BASIS_DERIVED] + s->of[BASIS_ILLUSTRATIVE];
}

/* ---- the parts ----------------------------------------------------------------------------------------- */

static struct shares of_lines(const struct page *p)
{
  struct shares s = { { 0 } };
  for (int l = 0; l < p->plan->n_lines; l++) {
    for (int y = 0; y < p->years; y++) {
      add_to(&s, p->plan->line[l].basis[y], gbp_from_pence(p->shown[0].result->line[l].amount[y]));
    }
  }
  return s;
}

static struct shares of_rates(const struct page *p)
{
  struct shares s = { { 0 } };
  for (int d = 0; d < p->plan->n_drivers; d++) {
    for (int y = 0; y < p->years; y++) {
      add_to(&s, p->plan->driver[d].origin[y].basis, 1.0);
    }
  }
  return s;
}

static struct shares of_terms(const struct page *p)
{
  struct shares s = { { 0 } };
  for (int t = 0; t < N_TERMS; t++) {
    for (int y = 0; y < p->years && p->plan->term[t].present; y++) {
      add_to(&s, basis_of_series(p->plan, &p->plan->term[t].series, y), 1.0);
    }
  }
  return s;
}

static struct shares of_savings(const struct page *p)
{
  struct shares s = { { 0 } };
  for (int i = 0; i < p->plan->n_savings; i++) {
    for (int y = 0; y < p->years; y++) {
      add_to(&s, p->plan->saving[i].origin[y].basis, p->plan->saving[i].value[y]);
    }
  }
  return s;
}

static struct shares of_delivery(const struct page *p)
{
  struct shares s = { { 0 } };
  for (int i = 0; i < p->plan->n_savings; i++) {
    add_to(&s, p->plan->saving[i].delivery_origin.basis, 1.0);
  }
  return s;
}

static struct shares of_reserves(const struct page *p)
{
  struct shares s = { { 0 } };
  for (int r = 0; r < p->plan->n_reserves; r++) {
    add_to(&s, p->plan->reserve[r].opening_origin.basis, p->plan->reserve[r].opening);
  }
  return s;
}

static struct shares of_receipts(const struct page *p)
{
  struct shares s = { { 0 } };
  for (int r = 0; r < p->plan->n_receipts; r++) {
    add_to(&s, p->plan->receipt[r].amount_origin.basis, p->plan->receipt[r].amount);
  }
  return s;
}

static const struct {
  const char *label, *sections; /* the sections that stand on it */
  struct shares (*of)(const struct page *);
} parts[] = {
  { "Lines of the budget, by amount", "changes shocks", of_lines },
  { "Rates of change, by year", "matters", of_rates },
  { "Council tax, business rates and treasury, by year", "", of_terms },
  { "Savings planned, by amount", "savings", of_savings },
  { "Shares of savings that arrive, by scheme", "slips", of_delivery },
  { "Reserves at the start, by amount", "years", of_reserves },
  { "Capital receipts, by amount", "receipts", of_receipts },
};

/* ---- beside a section ---------------------------------------------------------------------------------- */

void peer_note(struct page *p, const char *section)
{
  for (size_t i = 0; i < COUNT_OF(parts); i++) {
    const char *at = strstr(parts[i].sections, section);
    const struct shares s = at != NULL ? parts[i].of(p) : (struct shares){ { 0 } };
    if (all_of(&s) > 0.0) {
      struct text words = { 0 };
      per_cent_words(&words, s.of[BASIS_ILLUSTRATIVE] / all_of(&s));
      text_printf(&words, " of what this stands on is illustrative (%s).", parts[i].label);
      html_raw(p->out, "<p class=\"sub basis\">");
      say(p, &words);
      html_raw(p->out, "</p>\n");
    }
  }
}

/* ---- the section --------------------------------------------------------------------------------------- */

static void share_cell(struct page *p, const struct shares *s, enum basis basis)
{
  html_raw(p->out, "<td>");
  per_cent_words(p->out, s->of[basis] / all_of(s));
  html_raw(p->out, "</td>");
}

static void parts_table(struct page *p)
{
  static const char *const headers[] = { "Part of the plan", "Published", "Derived", "Illustrative" };
  table_begin(p, NULL, "wrap-head", "Whose the figures of the council\xE2\x80\x99s plan are");
  table_head(p, headers, COUNT_OF(headers));
  for (size_t i = 0; i < COUNT_OF(parts); i++) {
    const struct shares s = parts[i].of(p);
    if (all_of(&s) > 0.0) {
      row_begin(p, parts[i].label);
      share_cell(p, &s, BASIS_PUBLISHED);
      share_cell(p, &s, BASIS_DERIVED);
      share_cell(p, &s, BASIS_ILLUSTRATIVE);
      row_end(p);
    }
  }
  table_end(p, NULL);
}

static void weak_items(struct page *p)
{
  const struct stress_report *stress = p->b->stress;
  int order[MOST_MOVES], judged = 0;
  const int n = stress != NULL ? moves_in_order(stress, order) : 0;
  for (int i = 0; i < n; i++) {
    judged += strstr(stress->battery->move[order[i]].source, "judgement") != NULL;
  }
  html_raw(p->out, "<h3>Where it is weak</h3>\n<ul>\n");
  if (p->plan->n_controls == 0) {
    html_raw(p->out, "<li>No published total is given to hold the plan against.</li>\n");
  }
  if (p->shown[0].result->measure[M_UNIDENTIFIED][p->last] > 0) {
    struct text words = { 0 };
    money_words(&words, p->shown[0].result->measure[M_UNIDENTIFIED][p->last]);
    html_raw(p->out, "<li>");
    say(p, &words);
    html_raw(p->out, " a year of the savings counted is not identified.</li>\n");
  }
  if (n > 0) {
    html(p->out, "<li>Of %d standard steps, %d are judgement in part or whole.</li>\n", n, judged);
  }
  if (p->b->simulated != NULL && p->b->simulated->report.folder->uncertainty.preset_rows) {
    html_raw(p->out,
             "<li>The spreads of simulated futures are the sector\xE2\x80\x99s presets, not the council\xE2\x80\x99s: "
             "their sizes are judgement.</li>\n");
  }
  if (p->b->report.folder->findings.count == 0) {
    html_raw(p->out, "<li>headroom check finds nothing to tell of the data.</li>\n</ul>\n");
    return;
  }
  html(p->out, "<li>headroom check has %d %s on the data: <a href=\"#sources\">they are listed</a>.</li>\n</ul>\n",
       (int)p->b->report.folder->findings.count, p->b->report.folder->findings.count == 1 ? "finding" : "findings");
}

void evidence_section(struct page *p)
{
  section_begin(p, "evidence", "Whose figures these are, and where they are weak");
  parts_table(p);
  weak_items(p);
  section_end(p);
}
