/* matters.c: what matters most, each thing moved by one standard step, and how far each can slip before the answer
 * changes.  Both are of the plan, from its stress. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include "report/stress_words.h"

#include <math.h>
#include <string.h>

enum { MOST_SWINGS = 12 };

static void draw_tornado(struct text *out, const struct chart_form *form, const void *data)
{
  chart_tornado(out, form, data);
}

/* "+1pp" in words: "+1 point". */
static void spoken_amount(struct text *out, const struct page *p, int move, double steps, bool even)
{
  struct text amount = { 0 };
  amount_of_move(&amount, p->b->stress, move, steps, even);
  const char *said = text_str(&amount);
  const size_t n = amount.length;
  if (n > 2 && strcmp(said + n - 2, "pp") == 0) {
    text_add_n(out, said, n - 2);
    text_add(out, strcmp(said, "+1pp") == 0 || strcmp(said, "\xE2\x88\x92"
                                                            "1pp") == 0
                      ? " point"
                      : " points");
  } else {
    text_add(out, said);
  }
  out->failed |= amount.failed;
  text_fini(&amount);
}

static void step_label(struct text *out, const struct page *p, int move)
{
  const struct stress_report *stress = p->b->stress;
  text_printf(out, "%s ", stress->battery->move[move].label);
  spoken_amount(out, p, move, stress->result->move[move].worse, false);
}

/* ---- the tornado --------------------------------------------------------------------------------------- */

static void steps_table(struct page *p, const int *order, int n)
{
  static const char *const headers[] = { "Each by itself, every year", "Added to the last gap", "Added over all years",
                                         "<Its size is from" };
  const struct stress_report *stress = p->b->stress;
  const bool sources = p->b->audience != AUDIENCE_MEMBER;
  table_begin(p, show_table, "wrap-head", "What a step adds, on the council\xE2\x80\x99s plan");
  table_head(p, headers, sources ? 4 : 3);
  for (int i = 0; i < n; i++) {
    const struct summary *up = &stress->result->move[order[i]].up;
    struct text label = { 0 };
    step_label(&label, p, order[i]);
    html_raw(p->out, "<tr><th scope=\"row\">");
    say(p, &label);
    html_raw(p->out, "</th>");
    money_cell(p, up->measure[M_GAP][p->last] - stress->result->plan.measure[M_GAP][p->last]);
    money_cell(p, gaps_added(stress, up));
    if (sources) {
      words_cell(p, stress->battery->move[order[i]].source);
    }
    row_end(p);
  }
  table_end(p, show_table);
}

/* What the steps do not reach. */
static void lines_left_out(struct page *p)
{
  struct text words = { 0 };
  not_moved_words(&words, p->b->stress);
  if (words.length > 0) {
    html_raw(p->out, "<p class=\"sub\">");
    speak(p, &words);
    html_raw(p->out, "</p>\n");
  }
  text_fini(&words);
}

static void tornado_figure(struct page *p, const int *order, int n)
{
  const struct stress_report *stress = p->b->stress;
  struct chart_swing swing[MOST_SWINGS];
  struct text label[MOST_SWINGS] = { { 0 } };
  const int drawn = n < MOST_SWINGS ? n : MOST_SWINGS;
  for (int i = 0; i < drawn; i++) {
    step_label(&label[i], p, order[i]);
    swing[i] = (struct chart_swing){ text_str(&label[i]), gaps_added(stress, &stress->result->move[order[i]].up), 0 };
  }
  const struct chart_tornado chart = { .what = "Added to what reserves must find, over all the plan\xE2\x80\x99s years",
                                       .one_sided = true,
                                       .n_swings = drawn,
                                       .swing = swing };
  html(p->out,
       "<figure aria-label=\"What matters most\"><figcaption><h3>%s matters most</h3><p class=\"sub\">On the plan. "
       "What one step "
       "adds to the call on reserves over "
       "all the plan\xE2\x80\x99s years. %s</p></figcaption>",
       stress->battery->move[order[0]].label, steps_mean);
  chart_pair(p, CHART_HALF, draw_tornado, &chart);
  steps_table(p, order, n);
  if (p->b->audience != AUDIENCE_MEMBER) {
    lines_left_out(p);
  }
  html_raw(p->out, "</figure>\n");
  for (int i = 0; i < drawn; i++) {
    p->out->failed |= label[i].failed;
    text_fini(&label[i]);
  }
}

/* ---- how far it can slip ------------------------------------------------------------------------------- */

/* "not enough, tried up to +5 points": what was not tried, or a limit holds, is not called impossible. */
static void never_words(struct text *out, const struct page *p, int move, double sign, bool held, bool fails)
{
  const struct move *it = &p->b->stress->battery->move[move];
  text_add(out, fails ? "not enough" : "holds");
  if (held) {
    text_add(out, strcmp(it->label, "Council tax rise") == 0 ? " within the referendum limit" : " as far as it may go");
  } else if (strcmp(it->unit, "months") != 0) { /* what is on time cannot come earlier */
    text_add(out, ", tried up to ");
    spoken_amount(out, p, move, sign * it->most, false);
  }
}

/* "to −0.7 points", or "needs +7.8 points" where the plan fails already. */
static void limit_cell(struct page *p, int move, int t, bool fails)
{
  const struct reverse *reverse = &p->b->stress->result->move[move].reverse[t];
  const struct boundary *b = &reverse->boundary;
  struct text words = { 0 };
  if (!reverse->known) {
    text_add(&words, "not known");
  } else if (b->kind == BOUNDARY_NEVER) {
    never_words(&words, p, move, reverse->sign, b->held, fails);
  } else {
    text_add(&words, fails ? "needs " : "");
    spoken_amount(&words, p, move, reverse->sign * (fails ? b->after : b->before), true);
  }
  html_raw(p->out, "<td>");
  say(p, &words);
  html_raw(p->out, "</td>");
}

static void limits_table(struct page *p, const int *order, int n)
{
  const struct summary *plan = &p->b->stress->result->plan;
  const int below = plan->date[DATE_BELOW_MINIMUM], out = plan->date[DATE_FIRST_UNFUNDED];
  const char *headers[3] = { "If only this changes, every year" };
  int at[2], columns = 0;
  if (below != DATE_UNKNOWN) {
    headers[1 + columns] = below >= 0 ? "To stay above the minimum" : "Stays above the minimum up to a change of";
    at[columns++] = 0;
  }
  if (out != DATE_UNKNOWN) {
    headers[1 + columns] = out >= 0 ? "For reserves to last" : "Reserves last up to a change of";
    at[columns++] = 1;
  }
  html_raw(p->out, "<div><h3>How wrong can the plan be?</h3><p class=\"sub\">On the plan. How far each may go by "
                   "itself, or must go where the "
                   "plan falls short already.</p>");
  table_begin(p, NULL, "wrap-head wrap-cell", "Compared with what the plan assumes");
  table_head(p, headers, 1 + columns);
  for (int i = 0; i < n; i++) {
    row_begin(p, p->b->stress->battery->move[order[i]].label);
    for (int c = 0; c < columns; c++) {
      limit_cell(p, order[i], at[c], (at[c] == 0 ? below : out) >= 0);
    }
    row_end(p);
  }
  table_end(p, NULL);
  html_raw(p->out, "</div>\n");
}

/* ---- several at once ----------------------------------------------------------------------------------- */

/* The moves that carry it: a fifth of the largest or more, and not too small to be said. */
static void moves_together(struct text *out, const struct page *p, const struct combination *c)
{
  double largest = 0.0;
  bool any = false;
  for (int m = 0; m < MOST_MOVES; m++) {
    largest = fmax(largest, fabs(c->severity[m]));
  }
  for (int m = 0; m < MOST_MOVES; m++) {
    if (largest > 0.0 && fabs(c->severity[m]) >= largest / 5.0) {
      text_add(out, any ? ", " : "");
      move_words(out, p->b->stress, m, c->severity[m]);
      any = true;
    }
  }
}

static void together_words(struct text *out, const struct page *p, int t)
{
  static const enum date dates[N_REVERSE] = { DATE_BELOW_MINIMUM, DATE_FIRST_UNFUNDED };
  static const char *const happens[N_REVERSE] = { "the General Fund falls below the council\xE2\x80\x99s own minimum",
                                                  "reserves run out" };
  const struct combination *c = &p->b->stress->result->combination[t];
  const int32_t date = p->b->stress->result->plan.date[dates[t]];
  char year[8];
  if (date != DATE_NOT_IN_HORIZON) {
    return; /* nobody knows, or it comes on the plan itself, which the answer has said */
  }
  if (!c->found) {
    text_printf(out,
                "Several at once: no combination that was tried, up to six steps away from the plan, makes that %s.",
                happens[t]);
    return;
  }
  plan_year_label(p->plan, c->at.date[dates[t]] >= 0 ? c->at.date[dates[t]] : p->last, year);
  if (c->distance < 0.1) {
    text_printf(out,
                "Several at once: next to nothing is needed. With each of them less than a tenth of a step worse than "
                "planned, %s in %s.",
                happens[t], year);
    return;
  }
  text_add(out, "Several at once: with ");
  moves_together(out, p, c);
  text_printf(out,
              " and a little of others, %s in %s. Of the combinations tried that is the nearest to the plan: %.1f of a "
              "step away, where moves of one kind are taken to go together.",
              happens[t], year, c->distance);
}

/* ---- the price list ------------------------------------------------------------------------------------ */

static void prices_table(struct page *p)
{
  static const char *const headers[] = { "What costs how much", "Added to the last gap", "Added over all years" };
  const struct stress_report *stress = p->b->stress;
  const int n = stress->battery->prices >= 0 ? stress->battery->scenario[stress->battery->prices].n_uses : 0;
  bool any = false;
  for (int i = 0; i < n; i++) {
    if (price_is_shown(stress, i)) {
      if (!any) {
        table_begin(p, NULL, "wrap-head", "The price list, on the council\xE2\x80\x99s plan");
        table_head(p, headers, COUNT_OF(headers));
      }
      any = true;
      row_begin(p, stress->battery->price[i].label);
      money_cell(p, stress->result->price[i].measure[M_GAP][p->last] - stress->result->plan.measure[M_GAP][p->last]);
      money_cell(p, gaps_added(stress, &stress->result->price[i]));
      row_end(p);
    }
  }
  if (any) {
    table_end(p, NULL);
  }
}

void matters_section(struct page *p)
{
  int order[MOST_MOVES];
  const int n = p->b->stress == NULL ? 0 : moves_in_order(p->b->stress, order);
  if (n == 0) {
    return;
  }
  section_begin(p, "matters", "What matters most, and how far it can slip");
  html_raw(p->out, "<div class=\"two\">");
  tornado_figure(p, order, n);
  limits_table(p, order, n < MOST_SWINGS ? n : MOST_SWINGS);
  html_raw(p->out, "</div>");
  if (p->b->audience != AUDIENCE_MEMBER) {
    prices_table(p);
    for (int t = 0; t < N_REVERSE; t++) {
      struct text words = { 0 };
      together_words(&words, p, t);
      if (words.length > 0) {
        speak_paragraph(p, &words);
      }
      text_fini(&words);
    }
  }
  section_end(p);
}
