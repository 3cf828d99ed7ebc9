/* shocks.c: severe, but plausible: what each of the standard packs does to this plan; for officers and peers, as
 * members have the council's own futures. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include "report/stress_words.h"

static void shock_row(struct page *p, int pack)
{
  const struct stress_report *stress = p->b->stress;
  const struct summary *s = &stress->result->pack[pack];
  row_begin(p, stress->battery->scenario[pack].label);
  money_cell(p, s->measure[M_GAP][p->last]);
  money_cell(p, s->measure[M_GAP][p->last] - stress->result->plan.measure[M_GAP][p->last]);
  date_cell_of(p, s->date[DATE_BELOW_MINIMUM], "\xE2\x80\x93");
  date_cell_of(p, s->date[DATE_FIRST_UNFUNDED], "\xE2\x80\x93");
  row_end(p);
}

/* Closed, as figures are read first; each sentence a paragraph. */
static void left_out(struct page *p)
{
  const struct stress_report *stress = p->b->stress;
  int told = 0;
  for (int i = 0; i < left_out_most(stress); i++) {
    struct text words = { 0 };
    const bool any = left_out_words(&words, stress, i);
    if (any && told++ == 0) {
      html_raw(p->out, "<details><summary>What of this finds nothing here to change</summary>\n");
    }
    if (any) {
      speak_paragraph(p, &words);
    }
    text_fini(&words);
  }
  if (told > 0) {
    html_raw(p->out, "</details>\n");
  }
}

void shocks_section(struct page *p)
{
  static const char *const headers[] = { "If this happens to the plan", "Gap in the last year", "More than planned",
                                         "Below minimum in", "Runs out in" };
  const struct stress_report *stress = p->b->stress;
  int n = 0;
  for (int i = 0; stress != NULL && i < stress->battery->n_packs; i++) {
    n += stress->battery->scenario[i].n_uses > 0;
  }
  if (n == 0 || p->b->audience == AUDIENCE_MEMBER) {
    return;
  }
  section_begin(p, "shocks", "Severe, but plausible");
  table_begin(p, NULL, "wrap-head", "Standard shocks, each by itself, on the council\xE2\x80\x99s plan");
  table_head(p, headers, COUNT_OF(headers));
  for (int i = 0; i < stress->battery->n_packs; i++) {
    if (stress->battery->scenario[i].n_uses > 0) {
      shock_row(p, i);
    }
  }
  table_end(p, NULL);
  left_out(p);
  section_end(p);
}
