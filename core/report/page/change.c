/* change.c: what would change the answer: lasting savings by the year in which they begin, single moves, and those of
 * the futures that answer otherwise.  All of it is searched for by the stress of this plan. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include "report/stress_words.h"

#include <math.h>
#include <string.h>

enum { AT_MINIMUM = 0, AT_UNFUNDED = 1, MOST_MOVES_TOLD = 3 };
static const double MOST_STEPS_PLAUSIBLE = 2.0; /* steps.c has where the size of each is from */

static const enum date dates[N_REVERSE] = { DATE_BELOW_MINIMUM, DATE_FIRST_UNFUNDED };

/* Which of the two the block is about: the minimum, unless nobody knows it or it is under water from the start. */
static int matter(const struct page *p)
{
  const struct result *own = p->shown[0].result;
  return own->date[DATE_BELOW_MINIMUM] == DATE_UNKNOWN || below_from_the_start(p->plan, own) ? AT_UNFUNDED : AT_MINIMUM;
}

static void put_year(struct text *out, const struct plan *plan, int year)
{
  char label[8];
  text_add(out, plan_year_label(plan, year, label));
}

/* The last year in which recurring savings that were tried still avoid it; -1: none. */
static int last_chance(const struct page *p, int t)
{
  int last = -1;
  for (int from = 0; from < p->years; from++) {
    const struct boundary *needed = &p->b->stress->result->delay[from].needed[t];
    last = needed->met_at_0 && needed->kind != BOUNDARY_NEVER ? from : last;
  }
  return last;
}

static void needed_from(struct text *out, const struct page *p, int from, int t)
{
  money_words(out, (pence)llround(p->b->stress->result->delay[from].needed[t].after * 1e8));
}

/* "£1.4 million a year from 2023/24; of £5.9 million a year if they begin in 2027/28"; as much, said once. */
static void savings_needed(struct text *out, const struct page *p, int last, int t)
{
  const struct boundary *first = &p->b->stress->result->delay[0].needed[t];
  const bool from_the_first = first->met_at_0 && first->kind != BOUNDARY_NEVER;
  struct text at_first = { 0 }, at_last = { 0 };
  needed_from(&at_first, p, 0, t);
  needed_from(&at_last, p, last, t);
  const bool same = strcmp(text_str(&at_first), text_str(&at_last)) == 0;
  if (from_the_first) {
    text_printf(out, "%s a year%s from ", text_str(&at_first), last > 0 && same ? ", whether" : "");
    put_year(out, p->plan, 0);
  }
  if (last > 0) {
    text_add(out, from_the_first ? (same ? " or from " : "; of ") : "");
    if (!from_the_first || !same) {
      text_printf(out, "%s a year if they begin in ", text_str(&at_last));
    }
    put_year(out, p->plan, last);
  }
  out->failed |= at_first.failed || at_last.failed;
  text_fini(&at_first);
  text_fini(&at_last);
}

static void savings_item(struct page *p, int t)
{
  const int last = p->b->stress->battery->delays < 0 ? -1 : last_chance(p, t);
  struct text words = { 0 };
  if (last < 0) {
    return;
  }
  html_raw(p->out, "<li>");
  text_add(&words, "Lasting savings of ");
  savings_needed(&words, p, last, t);
  text_add(&words, ", beyond those in the plan.");
  say(p, &words);
  html_raw(p->out, "</li>\n");
}

/* The least rate of a year, of the driver and what it follows. */
static double least_rate(const struct plan *plan, int driver)
{
  double least = INFINITY;
  for (int y = 0; y < plan->n_years; y++) {
    double rate = 0.0;
    for (int d = driver; d >= 0; d = plan->driver[d].follows) {
      rate += plan->driver[d].points[y];
    }
    least = rate < least ? rate : least;
  }
  return least;
}

bool move_is_plausible(const struct plan *plan, const struct move *move, double steps)
{
  const double change = steps * move->step / 100.0;
  bool freezes = true;
  for (int d = 0; d < plan->n_drivers; d++) {
    if (plan->driver[d].class == DRIVER_PAY && strcmp(plan->driver[d].label, move->label) == 0) {
      freezes &= least_rate(plan, d) + change > -1e-9;
    }
  }
  return freezes && fabs(steps) <= MOST_STEPS_PLAUSIBLE + 1e-9;
}

/* The moves that change the answer by the fewest steps; how many.  Of remedies only those that are plausible. */
static int nearest_moves(const struct page *p, int t, bool fails, int nearest[MOST_MOVES_TOLD])
{
  const struct stress_report *stress = p->b->stress;
  int order[MOST_MOVES], n = 0;
  const int moves = moves_in_order(stress, order);
  for (int i = 0; i < moves; i++) {
    const struct reverse *reverse = &stress->result->move[order[i]].reverse[t];
    if (!reverse->known || reverse->boundary.kind == BOUNDARY_NEVER ||
        (fails &&
         !move_is_plausible(p->plan, &stress->battery->move[order[i]], reverse->sign * reverse->boundary.after))) {
      continue;
    }
    int at = n < MOST_MOVES_TOLD ? n++ : MOST_MOVES_TOLD;
    for (; at > 0 && reverse->boundary.after < stress->result->move[nearest[at - 1]].reverse[t].boundary.after; at--) {
      if (at < MOST_MOVES_TOLD) {
        nearest[at] = nearest[at - 1];
      }
    }
    if (at < MOST_MOVES_TOLD) {
      nearest[at] = order[i];
    }
  }
  return n;
}

bool minimum_outgrows(const struct plan *plan, const struct result *result)
{
  bool outgrown = false, topped_up = false;
  for (int y = 0; y < plan->n_years && plan->general_fund >= 0; y++) {
    const struct reserve_result *fund = &result->reserve[plan->general_fund];
    outgrown |= fund->opening[0] < result->measure[M_MINIMUM][y];
    topped_up |= fund->planned[y] > 0;
  }
  return outgrown && !topped_up && plan->surplus_to < 0;
}

static void why_item(struct page *p)
{
  const bool of_budget = p->plan->minimum_rule == MINIMUM_PERCENT && p->plan->minimum_of != MINIMUM_OF_FUNDING;
  html(p->out, "<li>The minimum grows past what the General Fund holds, and the plan keeps no surplus%s.</li>\n",
       of_budget ? ", so only a smaller budget, which lowers the minimum, keeps the fund above it" : "");
}

static void moves_item(struct page *p, int t, bool fails)
{
  int nearest[MOST_MOVES_TOLD] = { 0 };
  int order[MOST_MOVES];
  const int n = nearest_moves(p, t, fails, nearest);
  if (n == 0) {
    if (fails && moves_in_order(p->b->stress, order) > 0) {
      html_raw(p->out, "<li>Nothing else is enough by itself, within two of the steps under \xE2\x80\x98what matters "
                       "most\xE2\x80\x99 and without a cut in pay.</li>\n");
    }
    return;
  }
  struct text words = { 0 };
  html_raw(p->out, "<li>");
  text_add(&words, n == 1 ? "In every year from " : "Any one of these, in every year from ");
  put_year(&words, p->plan, 0);
  text_add(&words, ": ");
  for (int i = 0; i < n; i++) {
    const struct reverse *reverse = &p->b->stress->result->move[nearest[i]].reverse[t];
    text_add(&words, i == 0 ? "" : i + 1 == n ? " or " : ", ");
    move_words(&words, p->b->stress, nearest[i], reverse->sign * reverse->boundary.after);
  }
  text_add(&words, fails ? "." : ".  Less than that it bears.");
  speak(p, &words);
  html_raw(p->out, "</li>\n");
}

/* Those of the futures in which it does not come, where on the plan it does. */
static void futures_item(struct page *p, enum date date)
{
  struct text words = { 0 };
  int n = 0;
  for (int i = 1; i < p->n; i++) {
    if (p->shown[i].result->date[date] == DATE_NOT_IN_HORIZON) {
      text_printf(&words, "%s\xE2\x80\x98%s\xE2\x80\x99", n++ > 0 ? ", " : "", p->shown[i].label);
    }
  }
  if (n > 0) {
    html(p->out, n == 1 ? "<li>The future " : "<li>The futures ");
    say(p, &words);
    html_raw(p->out, ".</li>\n");
  }
  text_fini(&words);
}

static void worst_item(struct page *p)
{
  struct text words = { 0 };
  headline_worst(&words, p->plan, p->shown, p->n);
  if (words.length > 0) {
    html_raw(p->out, "<p class=\"worst\">");
    say(p, &words);
    html_raw(p->out, "</p>\n");
  }
  text_fini(&words);
}

void change_block(struct page *p)
{
  const int t = matter(p);
  const int date = p->shown[0].result->date[dates[t]];
  if (p->n < 2 && (p->b->stress == NULL || date == DATE_UNKNOWN)) {
    return;
  }
  html_raw(p->out, "<div class=\"change\">");
  if (p->b->stress != NULL && date != DATE_UNKNOWN) {
    const bool fails = date >= 0;
    html(p->out, "<h2 class=\"h3\">On the plan, what would %s</h2>\n<ul>",
         fails             ? (t == AT_MINIMUM ? "keep it above the minimum?" : "make reserves last?")
         : t == AT_MINIMUM ? "bring it below the minimum?"
                           : "make reserves run out?");
    if (fails) {
      savings_item(p, t);
    }
    moves_item(p, t, fails);
    if (fails && t == AT_MINIMUM && minimum_outgrows(p->plan, p->shown[0].result)) {
      why_item(p);
    }
    if (fails) {
      futures_item(p, dates[t]);
    }
    html_raw(p->out, "</ul>\n");
  }
  worst_item(p);
  html_raw(p->out, "</div>\n");
}
