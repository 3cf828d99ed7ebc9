/* stress_words.c: what a stress comes to, in sentences computed from this council's own results. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/stress_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const enum date stress_dates[N_REVERSE] = { DATE_BELOW_MINIMUM, DATE_FIRST_UNFUNDED };

static bool moves_the_gap(const struct stress_report *r, const struct summary *s)
{
  const size_t years = sizeof(pence) * (size_t)r->report.folder->plan.n_years;
  return memcmp(s->measure[M_GAP], r->result->plan.measure[M_GAP], years) != 0;
}

const char steps_mean[] =
    "Steps are standard sizes: what councils test, what was published, or judgement. They are not "
    "equally likely.";

double sds_of(const struct move *move, double steps)
{
  return steps * fabs(move->step) / move->sd;
}

bool move_is_idle(const struct stress_report *r, int move)
{
  return !moves_the_gap(r, &r->result->move[move].up);
}

bool pack_is_idle(const struct stress_report *r, int pack)
{
  const size_t years = sizeof(pence) * (size_t)r->report.folder->plan.n_years;
  const struct summary *s = &r->result->pack[pack];
  return !moves_the_gap(r, s) &&
         memcmp(s->measure[M_USABLE_CLOSING], r->result->plan.measure[M_USABLE_CLOSING], years) == 0;
}

bool price_is_shown(const struct stress_report *r, int price)
{
  return moves_the_gap(r, &r->result->price[price]);
}

pence gaps_added(const struct stress_report *r, const struct summary *s)
{
  pence sum = 0;
  for (int y = 0; y < r->report.folder->plan.n_years; y++) {
    sum += s->measure[M_GAP][y] - r->result->plan.measure[M_GAP][y];
  }
  return sum;
}

pence net_budget_of_years(const struct stress_report *r)
{
  pence sum = 0;
  for (int y = 0; y < r->report.folder->plan.n_years; y++) {
    sum += r->result->plan.measure[M_NET_AFTER_SAVINGS][y];
  }
  return sum;
}

/* Places after the point: those of the grain; more for what lies between grains and would not show two figures. */
static int places_for(const struct move *move, double amount)
{
  enum { MOST_PLACES = 6 };
  int places = 0;
  double scale = 1.0;
  while (places < 4 && fabs(move->step * move->grain) * scale < 0.999) {
    scale *= 10.0;
    places++;
  }
  if (fabs(amount * scale - round(amount * scale)) < 1e-6) {
    return places;
  }
  while (places < MOST_PLACES && amount * scale < 9.5) {
    scale *= 10.0;
    places++;
  }
  return places;
}

static void without_trailing_zeros(char *digits)
{
  size_t n = strlen(digits);
  if (strchr(digits, '.') == NULL) {
    return;
  }
  while (digits[n - 1] == '0') {
    digits[--n] = '\0';
  }
  if (digits[n - 1] == '.') {
    digits[n - 1] = '\0';
  }
}

void amount_of_move(struct text *out, const struct stress_report *r, int move, double steps, bool even)
{
  const struct move *m = &r->battery->move[move];
  const double amount = steps * m->step;
  const bool months = strcmp(m->unit, "months") == 0;
  char digits[40];
  snprintf(digits, sizeof digits, "%.*f", places_for(m, fabs(amount)), fabs(amount));
  if (strspn(digits, "0.") == strlen(digits)) {
    text_add(out, "0");
  } else {
    if (!even) {
      without_trailing_zeros(digits);
    }
    text_printf(out, "%s%s", amount < 0.0 ? "\xE2\x88\x92" : "+", digits);
  }
  text_printf(out, "%s%s", months ? " " : "", months && strcmp(digits, "1") == 0 ? "month" : m->unit);
}

void move_words(struct text *out, const struct stress_report *r, int move, double steps)
{
  text_printf(out, "%s ", r->battery->move[move].label);
  amount_of_move(out, r, move, steps, false);
}

static const char *const happens[N_REVERSE] = { "the General Fund falls below the council's own minimum",
                                                "a gap is left unfunded" };

/* Moves of a combination, the largest in steps first; how many. */
static int combination_in_order(const struct combination *c, int order[MOST_MOVES])
{
  int n = 0;
  for (int m = 0; m < MOST_MOVES; m++) {
    if (fabs(c->severity[m]) > 0.0) {
      int at = n++;
      for (; at > 0 && fabs(c->severity[m]) > fabs(c->severity[order[at - 1]]); at--) {
        order[at] = order[at - 1];
      }
      order[at] = m;
    }
  }
  return n;
}

/* A bound of two figures on an amount above 0: 0.0123 is under 0.013. */
static void under_words(struct text *out, double amount)
{
  const int places = 1 - (int)floor(log10(amount));
  const double scale = pow(10.0, places);
  char digits[40];
  snprintf(digits, sizeof digits, "%.*f", places > 0 ? places : 0, (floor(amount * scale) + 1.0) / scale);
  text_printf(out, "under %s of its step", digits);
}

/* The largest moves of a combination, and how large the others are at most. */
static void moves_of_combination(struct text *out, const struct stress_report *r, const struct combination *c)
{
  enum { MOST_NAMED = 6 };
  int order[MOST_MOVES];
  const int n = combination_in_order(c, order), named = n <= MOST_NAMED + 1 ? n : MOST_NAMED;
  for (int i = 0; i < named; i++) {
    text_add(out, i > 0 ? ", " : "");
    move_words(out, r, order[i], c->severity[order[i]]);
  }
  if (named < n) {
    text_printf(out, ", and %d more, each ", n - named);
    under_words(out, fabs(c->severity[order[named]]));
  }
}

void combination_words(struct text *out, const struct stress_report *r, int t)
{
  const struct plan *plan = &r->report.folder->plan;
  const struct combination *c = &r->result->combination[t];
  const int32_t date = r->result->plan.date[stress_dates[t]];
  const int number = t == 0 ? 1 : 3;
  char year[8];
  if (date == DATE_UNKNOWN) {
    text_printf(out, "D%d: not known, as the council gives no minimum for its General Fund.", number);
  } else if (date >= 0) {
    text_printf(out, "D%d: no stress is needed; %s in %s as the plan stands.", number, happens[t],
                plan_year_label(plan, date, year));
  } else if (!c->found) {
    text_printf(out,
                "D%d: no combination that was tried, within six standard units of the plan, brings it within the plan.",
                number);
  } else {
    text_printf(out, "D%d: ", number);
    moves_of_combination(out, r, c);
    text_printf(
        out,
        ".  With that, %s in %s.  Of the combinations tried this is the nearest to the plan, at %.2g standard "
        "units, with moves of one kind going together.",
        happens[t],
        plan_year_label(plan, c->at.date[stress_dates[t]] >= 0 ? c->at.date[stress_dates[t]] : plan->n_years - 1, year),
        c->distance);
  }
}

/* ---- questions ----------------------------------------------------------------------------------------- */

static bool question_minimum(struct text *out, const struct stress_report *r)
{
  char year[8];
  const int date = r->result->plan.date[DATE_BELOW_MINIMUM];
  if (date < 0) {
    return false;
  }
  text_printf(out,
              "The General Fund is below the council's own minimum in %s on the plan as it stands: who has agreed to "
              "that, and how is it rebuilt?",
              plan_year_label(&r->report.folder->plan, date, year));
  return true;
}

static bool question_driver(struct text *out, const struct stress_report *r)
{
  int order[MOST_MOVES];
  if (moves_in_order(r, order) == 0) {
    return false;
  }
  const struct summary *up = &r->result->move[order[0]].up;
  if (gaps_added(r, up) <= 0) {
    return false;
  }
  const int last = r->report.folder->plan.n_years - 1;
  text_printf(out, "What stands behind the plan's figures for %s?  ", r->battery->move[order[0]].label);
  move_words(out, r, order[0], r->result->move[order[0]].worse);
  text_add(out, " adds ");
  text_money_short(out, up->measure[M_GAP][last] - r->result->plan.measure[M_GAP][last]);
  text_add(out, " to the last year's gap and, over all years, more than a step of anything else.");
  return true;
}

static void gap_or_surplus(struct text *out, pence gap)
{
  text_add(out, gap < 0 ? "a surplus of " : "");
  text_money_short(out, gap < 0 ? -gap : gap);
}

static bool question_structural(struct text *out, const struct stress_report *r)
{
  const pence gap = r->result->plan.measure[M_GAP][0], structural = r->result->plan.measure[M_GAP_STRUCTURAL][0];
  if (structural <= gap || structural <= 0) {
    return false;
  }
  text_add(out, "The first year's gap is ");
  gap_or_surplus(out, gap);
  text_add(out, " with one-off items and ");
  gap_or_surplus(out, structural);
  text_add(out, " without: what replaces them?");
  return true;
}

static bool question_delivery(struct text *out, const struct stress_report *r)
{
  const int last = r->report.folder->plan.n_years - 1;
  const pence short_of =
      r->result->plan.measure[M_SAVINGS_PLANNED][last] - r->result->plan.measure[M_SAVINGS_EXPECTED][last];
  if (short_of <= 0) {
    return false;
  }
  text_money_short(out, short_of);
  text_add(out,
           " a year of the savings planned is not expected to be delivered: what does the council's own record show?");
  return true;
}

static bool question_unidentified(struct text *out, const struct stress_report *r)
{
  const int last = r->report.folder->plan.n_years - 1;
  const pence counted = r->result->plan.measure[M_UNIDENTIFIED][last];
  if (counted <= 0) {
    return false;
  }
  text_money_short(out, counted);
  text_add(out,
           " a year of savings is counted and not identified: what is it to be found from, who decides, and by when?");
  return true;
}

static bool question_deadline(struct text *out, const struct stress_report *r)
{
  if (r->battery->delays < 0 || !any_date_to_avoid(r) || r->result->lasting <= 0.0) {
    return false;
  }
  text_add(out, "Where will lasting savings of ");
  millions_words(out, r->result->lasting);
  text_add(out, " a year come from, who decides, and when?");
  return true;
}

static bool question_receipts(struct text *out, const struct stress_report *r)
{
  const struct plan *plan = &r->report.folder->plan;
  pence held = 0;
  for (int i = 0; i < plan->n_receipts; i++) {
    held += r->report.shown[0].result->receipt[i].held;
  }
  if (held <= 0) {
    return false;
  }
  text_money_short(out, held);
  text_add(out, " of capital receipts is held and not applied: is it meant for debt, for capital spending, or for "
                "transformation that qualifies?");
  return true;
}

static bool question_dsg(struct text *out, const struct stress_report *r)
{
  char year[8];
  const int date = r->result->plan.date[DATE_EXPOSED_TO_DSG];
  if (date < 0) {
    return false;
  }
  text_printf(out,
              "From %s usable reserves are less than the DSG deficit: what is the plan for when the override ends?",
              plan_year_label(&r->report.folder->plan, date, year));
  return true;
}

bool question_words(struct text *out, const struct stress_report *r, int question)
{
  static bool (*const questions[MOST_QUESTIONS])(struct text *, const struct stress_report *) = {
    question_minimum,      question_structural, question_driver,   question_delivery,
    question_unidentified, question_deadline,   question_receipts, question_dsg
  };
  return questions[question](out, r);
}
