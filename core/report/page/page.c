/* page.c: the members' page: its head, its order and its foot.  One file, no script, no address: the style sheet is in
 * the page, and the content security policy names its hash. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/page.h"

#include "report/page/css.h"
#include "report/page/inside.h"

#include <string.h>

/* ---- style --------------------------------------------------------------------------------------------- */

/* One rule hides what belongs to a future that is not chosen.  A browser that does not know :has() drops the whole rule
 * and shows every future, one after another. */
static void hide_the_rest(struct text *css, int n)
{
  for (int i = 0; i < n; i++) {
    html(css, "%sbody:has(#f%d:checked) .v:not(.v%d)", i > 0 ? "," : "", i, i);
  }
  text_add(css, "{display:none}");
}

/* The chosen future is pink wherever it stands among the others: before is what comes before its number. */
static void pick_out(struct text *css, int n, const char *before, const char *after, const char *rule)
{
  for (int i = 1; i < n; i++) {
    html(css, "%sbody:has(#f%d:checked) %s%d%s", i > 1 ? "," : "", i, before, i, after);
  }
  html(css, "{%s}", rule);
}

static void style_of_choice(struct text *css, int n)
{
  if (n < 2) {
    return;
  }
  hide_the_rest(css, n);
  pick_out(css, n, ".t", " th", "color:var(--pink)");
  pick_out(css, n, "path.l", "", "stroke:var(--ch-pink);stroke-width:4");
  pick_out(css, n, "circle.l", "", "fill:var(--ch-pink);stroke:var(--ch-paper)");
  pick_out(css, n, "text.n", "", "fill:var(--ch-on)");
  pick_out(css, n, "text.l", "", "fill:var(--ch-pink);font-weight:700");
}

static void style_sheet(struct text *css, int n)
{
  for (size_t i = 0; i < n_page_css; i++) {
    css_packed(css, page_css[i].text);
  }
  css_packed(css, chart_css());
  style_of_choice(css, n);
}

/* ---- head and foot ------------------------------------------------------------------------------------- */

static void head(struct page *p)
{
  struct text css = { 0 };
  style_sheet(&css, p->n);
  html_raw(p->out, "<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '");
  csp_hash(p->out, text_str(&css), css.length);
  html(p->out,
       "'; img-src data:; base-uri 'none'; form-action 'none'\">"
       "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
       "<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"generator\" content=\"headroom %s\">"
       "<title>Will the reserves last? \xE2\x80\x93 %s</title><style>",
       HEADROOM_VERSION, p->b->title);
  text_add_n(p->out, text_str(&css), css.length);
  html_raw(p->out, "</style></head>\n");
  p->out->failed |= css.failed;
  text_fini(&css);
}

/* How much of this is the council's own: before anything else. */
static void basis_note(struct page *p)
{
  const double share = p->plan->illustrative_share;
  html(p->out, "<div class=\"note%s\"><div class=\"wrap\"><p>", share > 0.0 ? " made-up" : "");
  if (share > 0.0) {
    html_raw(p->out, "<strong>");
    per_cent_words(p->out, share);
    html_raw(p->out,
             " of the plan by amount is illustrative</strong>, not the council\xE2\x80\x99s own published figure. ");
  } else {
    html_raw(p->out, "<strong>No figure of the plan is illustrative</strong>: all are published or worked out from "
                     "published ones. ");
  }
  char inputs[13] = { 0 };
  memcpy(inputs, p->b->inputs_digest, sizeof inputs - 1);
  html(
      p->out,
      "Cash terms. <span class=\"nb\">Made on %s.</span> <span class=\"paper\">Inputs <code>%s</code>.</span></p></div>"
      "</div>",
      p->b->made_on_words, inputs);
}

/* The title, unless it is only the council's name again: then what the page is about. */
static void subject(struct text *out, const struct page *p)
{
  char first[8], last[8];
  if (strncmp(p->b->title, p->plan->name, strlen(p->plan->name)) == 0) {
    text_printf(out, "Financial plan %s to %s", plan_year_label(p->plan, 0, first),
                plan_year_label(p->plan, p->last, last));
    text_add(out, p->n > 1 ? ": " : "");
    if (p->n > 1) {
      count_words(out, p->n);
      text_add(out, " futures compared");
    }
  } else {
    text_add(out, p->b->title);
  }
}

static void masthead(struct page *p)
{
  struct text words = { 0 };
  subject(&words, p);
  html(p->out,
       "<body><a class=\"skip\" href=\"#main\">Skip to main content</a>\n"
       "<header><div class=\"mast\"><div class=\"wrap\"><b>%s</b><span>%s</span></div></div>",
       p->plan->name, text_str(&words));
  p->out->failed |= words.failed;
  text_fini(&words);
  basis_note(p);
  html_raw(p->out, "</header>\n<main id=\"main\" tabindex=\"-1\"><div class=\"wrap\">\n");
}

static void foot(struct page *p)
{
  html(p->out,
       "</div></main>\n<footer><div class=\"wrap\"><p>%s</p>"
       "<p>Made with Headroom %s. This page works offline, sends nothing anywhere and runs no script.</p>"
       "</div></footer></body></html>\n",
       report_disclaimer, HEADROOM_VERSION);
}

/* ---- the page ------------------------------------------------------------------------------------------ */

/* Small councils need another decimal: one is a hundred thousand pounds. */
static int places_for(const struct plan *plan, const struct result *own)
{
  const pence hundred_million = 10000000000;
  pence largest = usable_opening(plan);
  for (int y = 0; y < plan->n_years; y++) {
    largest = own->measure[M_NET_BUDGET][y] > largest ? own->measure[M_NET_BUDGET][y] : largest;
  }
  return largest >= hundred_million ? 1 : 2;
}

enum status page_write(const struct briefing *b, struct text *out, struct error *error)
{
  const struct plan *plan = &b->report.folder->plan;
  struct page page = { .out = out,
                       .b = b,
                       .plan = plan,
                       .shown = b->report.shown,
                       .n = b->report.n_shown,
                       .years = plan->n_years,
                       .last = plan->n_years - 1,
                       .places = places_for(plan, b->report.shown[0].result) };
  head(&page);
  masthead(&page);
  answer_section(&page);
  facts_section(&page);
  if (b->audience == AUDIENCE_PEER) { /* who comes to ask begins with what to ask */
    questions_section(&page);
    evidence_section(&page);
  }
  years_section(&page);
  bridges_section(&page);
  slips_section(&page);
  receipts_section(&page);
  sure_section(&page);
  matters_section(&page);
  shocks_section(&page);
  savings_section(&page);
  council_section(&page);
  if (b->audience != AUDIENCE_PEER) {
    questions_section(&page);
  }
  assumptions_section(&page);
  sources_section(&page);
  foot(&page);
  return out->failed ? error_set(error, STATUS_MEMORY, "memory ran out while the page was written") : STATUS_OK;
}
