/* slips.c: what it costs if savings slip or fall short: late savings cost once and leave the last year as it was;
 * savings that do not come are in the gap for good (R30). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include "report/stress_words.h"

#include <string.h>

static void slip_row(struct page *p, struct text *label, const struct summary *s)
{
  const struct stress_report *stress = p->b->stress;
  html_raw(p->out, "<tr><th scope=\"row\">");
  say(p, label);
  html_raw(p->out, "</th>");
  money_cell(p, s->measure[M_GAP][p->last] - stress->result->plan.measure[M_GAP][p->last]);
  money_cell(p, gaps_added(stress, s));
  date_cell_of(p, s->date[DATE_BELOW_MINIMUM], "\xE2\x80\x93");
  date_cell_of(p, s->date[DATE_FIRST_UNFUNDED], "\xE2\x80\x93");
  row_end(p);
}

/* Moves of the battery that are about savings, by their labels. */
static void move_rows(struct page *p)
{
  static const struct {
    const char *move, *words;
  } told[] = { { "Savings late", "Every lasting saving still to come is 6 months late" },
               { "Savings delivered", "10 points less is delivered of every saving still to come" } };
  const struct stress_report *stress = p->b->stress;
  const int moves = stress->battery->moves >= 0 ? stress->battery->scenario[stress->battery->moves].n_uses : 0;
  for (size_t k = 0; k < COUNT_OF(told); k++) {
    for (int m = 0; m < moves; m++) {
      if (strcmp(stress->battery->move[m].label, told[k].move) == 0 && !move_is_idle(stress, m) &&
          stress->result->move[m].worse > 0) {
        struct text label = { 0 };
        text_add(&label, told[k].words);
        slip_row(p, &label, &stress->result->move[m].up);
      }
    }
  }
}

static void without_rows(struct page *p)
{
  const struct stress_report *stress = p->b->stress;
  const int n = stress->battery->savings >= 0 ? stress->battery->scenario[stress->battery->savings].n_uses : 0;
  for (int s = 0; s < n; s++) {
    struct text label = { 0 };
    text_printf(&label, "Without \xE2\x80\x98%s\xE2\x80\x99", p->plan->saving[stress->battery->saving[s]].label);
    slip_row(p, &label, &stress->result->without[s]);
  }
}

void slips_section(struct page *p)
{
  static const char *const headers[] = { "On the plan, if", "Added to the last gap", "Added over all years",
                                         "Below minimum in", "Runs out in" };
  const struct stress_report *stress = p->b->stress;
  if (stress == NULL || p->plan->n_savings == 0) {
    return;
  }
  struct text words = { 0 };
  section_begin(p, "slips", "On the plan, what it costs if savings slip");
  savings_words(&words, stress);
  text_add(&words, " A saving that comes late costs the wait, once; one that never comes is in the gap for good.");
  speak_paragraph(p, &words);
  table_begin(p, NULL, "wrap-head",
              "Each by itself, with the savings that depend on it, on the council\xE2\x80\x99s plan");
  table_head(p, headers, 5);
  move_rows(p);
  without_rows(p);
  table_end(p, NULL);
  sub(p, "Added over all years: what reserves would have to find in all the plan\xE2\x80\x99s years together.");
  section_end(p);
}
