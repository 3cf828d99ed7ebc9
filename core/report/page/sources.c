/* sources.c: where the figures come from: files and their hashes, what was checked, how much is the council's own, how
 * to make the page again; and what it is not. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

enum { DIGITS_OF_A_HASH = 12 };

static void item_begin(struct page *p, const char *term)
{
  html(p->out, "<dt>%s</dt><dd>", term);
}

static void item_end(struct page *p)
{
  html_raw(p->out, "</dd>\n");
}

static void short_hash(struct text *out, const char *digest)
{
  text_add_n(out, digest, DIGITS_OF_A_HASH);
}

static void plan_item(struct page *p)
{
  item_begin(p, "The plan");
  html(p->out, "%s, ", p->plan->name);
  char first[8], last[8];
  html(p->out, "%s to %s", plan_year_label(p->plan, 0, first), plan_year_label(p->plan, p->last, last));
  if (p->plan->as_at != NULL && p->plan->as_at[0] != '\0') {
    html(p->out, ", as at %s", p->plan->as_at);
  }
  html_raw(p->out, ". Cash terms: inflation is in the figures.");
  item_end(p);
}

static void basis_item(struct page *p)
{
  struct text share = { 0 };
  item_begin(p, "Whose figures");
  per_cent_words(&share, p->plan->illustrative_share);
  if (p->plan->illustrative_share > 0.0) {
    say(p, &share);
    html_raw(
        p->out,
        " of the plan by amount is illustrative: no source gives it and no published figure leads to it. The rest is "
        "published, or worked out from published figures.");
  } else {
    html_raw(p->out, "No figure of the plan is illustrative: all are published, or worked out from published figures.");
  }
  text_fini(&share);
  item_end(p);
}

static void checked_item(struct page *p)
{
  const struct findings *findings = &p->b->report.folder->findings;
  size_t warnings = 0, notes = 0;
  for (size_t i = 0; i < findings->count; i++) {
    warnings += code_severity(findings->item[i].code) == SEVERITY_WARNING;
    notes += code_severity(findings->item[i].code) == SEVERITY_NOTE;
  }
  item_begin(p, "Checked");
  if (p->plan->n_controls > 0) {
    html(p->out, "%d published %s held against the plan. ", p->plan->n_controls,
         p->plan->n_controls == 1 ? "total was" : "totals were");
  } else {
    html_raw(p->out, "The data give no published totals to hold the plan against. ");
  }
  html(p->out, "%d %s and %d %s on the data.", (int)warnings, warnings == 1 ? "warning" : "warnings", (int)notes,
       notes == 1 ? "note" : "notes");
  item_end(p);
}

static void files_item(struct page *p)
{
  const struct folder *folder = p->b->report.folder;
  item_begin(p, "Files");
  for (int f = 0; f < folder->n_files; f++) {
    struct text hash = { 0 };
    short_hash(&hash, folder->file[f].digest);
    html(p->out, "%s<span class=\"nb\">%s <code>%s</code></span>", f > 0 ? ", " : "", folder->file[f].name,
         text_str(&hash));
    text_fini(&hash);
  }
  html(p->out, ". All together: <code>%s</code>", p->b->inputs_digest);
  item_end(p);
}

static void program_item(struct page *p)
{
  item_begin(p, "Program");
  html(p->out, "Headroom %s", HEADROOM_VERSION);
  for (int i = 0; i < p->b->n_plugins; i++) {
    struct text hash = { 0 };
    short_hash(&hash, p->b->plugin[i]->digest);
    html(p->out, ", <span class=\"nb\">%s %s", p->b->plugin[i]->name, p->b->plugin[i]->version);
    if (hash.length > 0) {
      html(p->out, " <code>%s</code>", text_str(&hash));
    }
    html_raw(p->out, "</span>");
    text_fini(&hash);
  }
  item_end(p);
  item_begin(p, "Made by");
  html(p->out, "<code>%s</code> on %s", p->b->report.command, p->b->made_on_words);
  item_end(p);
}

static void findings_table(struct page *p)
{
  const char *summary = p->b->audience == AUDIENCE_PEER ? NULL : "Warnings and notes on the data";
  static const char *const headers[] = { "Code", "<Kind", "<Where", "<What" };
  const struct findings *findings = &p->b->report.folder->findings;
  if (findings->count == 0 || p->b->audience == AUDIENCE_MEMBER) {
    return;
  }
  table_begin(p, summary, "", "As headroom check tells them");
  table_head(p, headers, 4);
  for (size_t i = 0; i < findings->count; i++) {
    const struct finding *finding = &findings->item[i];
    struct text where = { 0 };
    text_add(&where, finding->place.file != NULL ? finding->place.file : "");
    if (finding->place.line > 0) {
      text_printf(&where, ", line %d", finding->place.line);
    }
    row_begin(p, code_number(finding->code));
    words_cell(p, severity_name(code_severity(finding->code)));
    words_cell(p, text_str(&where));
    words_cell(p, finding->text);
    row_end(p);
    text_fini(&where);
  }
  table_end(p, summary);
}

static void accessibility(struct page *p)
{
  html_raw(
      p->out,
      "<details><summary>For the accessibility statement</summary><div class=\"own-words\"><p>This page was made with "
      "Headroom. It is meant to meet the Web Content Accessibility Guidelines 2.2 at level AA. It is one HTML file "
      "without "
      "scripts. Every chart has a text alternative and a table of its figures; no meaning is given by colour alone; it "
      "works "
      "by keyboard, at 320 pixels\xE2\x80\x99 width, at 400% zoom, in dark and in forced colours, and on paper. It is "
      "tested with axe-core, which finds no fault in it; it has not been tested with people who use screen readers. "
      "Browsers before 2023 show every future one after another instead of the chosen one.</p></div></details>\n");
}

void sources_section(struct page *p)
{
  section_begin(p, "sources", "Where the figures come from");
  html_raw(p->out, "<dl class=\"prov\">\n");
  plan_item(p);
  basis_item(p);
  checked_item(p);
  files_item(p);
  program_item(p);
  item_begin(p, "Not included");
  html_raw(
      p->out,
      "Schools\xE2\x80\x99 own balances, the housing revenue account and the pension fund, unless a line of the plan "
      "holds them.");
  item_end(p);
  html_raw(p->out, "</dl>\n");
  html_raw(p->out, "<p>A projection is a stress, not a forecast: Preston City Council expected \xC2\xA3"
                   "8.6 million of reserves at "
                   "March 2024 and had \xC2\xA3"
                   "11.7 million.</p>\n");
  findings_table(p);
  accessibility(p);
  section_end(p);
}
