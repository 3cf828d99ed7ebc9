/* deadline_words.c: by when savings must begin, of what size, and what waiting costs. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/stress_words.h"

#include <math.h>

void millions_words(struct text *out, double millions)
{
  text_money_short(out, (pence)llround(millions * 1e8));
}

void needed_words(struct text *out, const struct stress_report *r, int from, int t)
{
  const struct boundary *needed = &r->result->delay[from].needed[t];
  if (r->result->plan.date[stress_dates[t]] == DATE_UNKNOWN) {
    text_add(out, "?");
  } else if (!needed->met_at_0) {
    text_add(out, "none");
  } else if (needed->kind == BOUNDARY_NEVER) {
    text_add(out, "too late");
  } else {
    millions_words(out, needed->after);
  }
}

/* The last year, counted without a break from the first, in which lasting savings can begin and still avoid the date;
 * -1: none. */
static int last_start(const struct stress_report *r, int t)
{
  int last = -1;
  while (last + 1 < r->report.folder->plan.n_years &&
         r->result->delay[last + 1].same.date[stress_dates[t]] == DATE_NOT_IN_HORIZON) {
    last++;
  }
  return last;
}

static void last_start_words(struct text *out, const struct stress_report *r, int t)
{
  static const char *const avoids[N_REVERSE] = { "keep the General Fund above the council's own minimum",
                                                 "leave no gap unfunded" };
  const struct plan *plan = &r->report.folder->plan;
  const int last = last_start(r, t);
  char year[8];
  if (!r->result->delay[0].needed[t].met_at_0 || r->result->plan.date[stress_dates[t]] == DATE_UNKNOWN) {
    return;
  }
  if (last < 0) {
    text_printf(out, "  No lasting saving that was tried is enough to %s.", avoids[t]);
  } else {
    text_printf(out, "  To %s, they have to begin by %s.", avoids[t], plan_year_label(plan, last, year));
  }
}

/* Savings of more than a year's gap. */
static void surplus_words(struct text *out, const struct plan *plan, const struct summary *at)
{
  bool surplus = false;
  for (int y = 0; y < plan->n_years; y++) {
    surplus = surplus || at->measure[M_GAP][y] < 0;
  }
  if (surplus && plan->surplus_to < 0) {
    text_add(out, "  What is saved beyond a year's gap reaches no reserve: controls.csv names none as surplus_to.");
  }
}

static void delay_words(struct text *out, const struct stress_report *r)
{
  const int last = r->report.folder->plan.n_years - 1;
  const struct summary *first = &r->result->delay[0].same, *later = &r->result->delay[1].same;
  pence unfunded = 0;
  for (int y = 0; y <= last; y++) {
    unfunded += later->measure[M_UNFUNDED][y] - first->measure[M_UNFUNDED][y];
  }
  text_add(out, "  Begun a year after the first it costs ");
  text_money_short(out, first->measure[M_USABLE_CLOSING][last] - later->measure[M_USABLE_CLOSING][last]);
  text_add(out, " of reserves");
  if (unfunded > 0) {
    text_add(out, " and leaves ");
    text_money_short(out, unfunded);
    text_add(out, " more unfunded");
  }
  text_add(out, ".");
  surplus_words(out, &r->report.folder->plan, first);
}

bool any_date_to_avoid(const struct stress_report *r)
{
  return r->result->delay[0].needed[0].met_at_0 || r->result->delay[0].needed[1].met_at_0;
}

bool deadline_has_table(const struct stress_report *r)
{
  return any_date_to_avoid(r) || r->result->lasting > 0.0;
}

static void lasting_words(struct text *out, const struct stress_report *r)
{
  const int last = r->report.folder->plan.n_years - 1;
  const struct summary *plan = &r->result->plan;
  text_add(out, "Lasting savings are ");
  millions_words(out, r->result->lasting);
  text_printf(out, " a year: what closes the last year's %sgap%s",
              plan->measure[M_GAP][last] > plan->measure[M_GAP_STRUCTURAL][last] ? "" : "structural ",
              any_date_to_avoid(r) ? ", or avoids both if begun in the first year, if that is more." : ".");
}

static void no_date_words(struct text *out, const struct stress_report *r)
{
  const bool unknown = r->result->plan.date[DATE_BELOW_MINIMUM] == DATE_UNKNOWN;
  text_printf(out, "%s%sno gap is unfunded, so the plan as it stands sets no date by which savings must begin.",
              deadline_has_table(r) ? "  " : "The last year has no gap to close.  ",
              unknown ? "No minimum is given for the General Fund, and "
                      : "The General Fund stays above the council's own minimum and ");
}

void deadline_words(struct text *out, const struct stress_report *r)
{
  if (deadline_has_table(r)) {
    lasting_words(out, r);
  }
  if (any_date_to_avoid(r)) {
    last_start_words(out, r, 0);
    last_start_words(out, r, 1);
  } else {
    no_date_words(out, r);
  }
  if (deadline_has_table(r) && r->report.folder->plan.n_years > 1) {
    delay_words(out, r);
  }
}
