/* headline.c: the answer in a sentence: when the General Fund falls below the council's own minimum and when reserves
 * run out, on the plan and in the other futures.  Every branch has a test. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/words.h"

#include <string.h>

enum { NEVER = MAX_YEARS }; /* later than any year */

/* ---- how a future stands ------------------------------------------------------------------------------- */

bool below_from_the_start(const struct plan *plan, const struct result *result)
{
  return plan->general_fund >= 0 && result->date[DATE_BELOW_MINIMUM] == 0 &&
         result->reserve[plan->general_fund].opening[0] < result->measure[M_MINIMUM][0];
}

/* The year of a date, NEVER where it is in none. */
static int when(const struct result *result, enum date date)
{
  return result->date[date] >= 0 ? result->date[date] : NEVER;
}

static void put_year(struct text *out, const struct plan *plan, int year)
{
  char label[8];
  text_add(out, plan_year_label(plan, year, label));
}

void minimum_in(struct text *out, const struct plan *plan, const struct result *result, int year)
{
  bool varies = false;
  money_words(out, result->measure[M_MINIMUM][year]);
  for (int y = 0; y < plan->n_years; y++) {
    varies |= result->measure[M_MINIMUM][y] != result->measure[M_MINIMUM][year];
  }
  if (varies) {
    text_add(out, " for ");
    put_year(out, plan, year);
  }
}

/* The year is left out where the sentence goes on to name it. */
static void put_minimum(struct text *out, const struct plan *plan, const struct result *result, int year, bool named)
{
  text_add(out, "the council\xE2\x80\x99s own minimum of ");
  if (named) {
    money_words(out, result->measure[M_MINIMUM][year]);
  } else {
    minimum_in(out, plan, result, year);
  }
}

/* ---- the plan ------------------------------------------------------------------------------------------ */

static void put_unfunded(struct text *out, const struct plan *plan, const struct result *result, int year)
{
  money_words(out, result->measure[M_UNFUNDED][year]);
  text_add(out, " of the gap in ");
  put_year(out, plan, year);
  text_add(out, " has nothing to pay for it");
}

/* A plan that is mostly made up is not called the council's own. */
static void put_plan(struct text *out, const struct plan *plan)
{
  text_add(out, plan->illustrative_share < 0.5 ? "On the council\xE2\x80\x99s own plan"
                                               : "On the plan shown here, which is mostly illustrative");
}

/* "go down from £1.9 million at March 2011 to £1.3 million at March 2016"; where both read the same, "stay at about".
 */
static void put_change(struct text *out, const struct plan *plan, pence from, pence to)
{
  struct text before = { 0 }, after = { 0 };
  money_words(&before, from);
  money_words(&after, to);
  const bool same = strcmp(text_str(&before), text_str(&after)) == 0;
  if (same) {
    text_printf(out, "stay at %s%s to ", from == to ? "" : "about ", text_str(&after));
  } else {
    text_printf(out, "go %s from %s at ", to < from ? "down" : "up", text_str(&before));
    opening_words(out, plan);
    text_printf(out, " to %s at ", text_str(&after));
  }
  march_words(out, plan, plan->n_years - 1);
  text_add(out, ".");
  out->failed |= before.failed || after.failed;
  text_fini(&before);
  text_fini(&after);
}

/* Nobody can say what the minimum does: what is known of the reserves. */
static void plan_without_minimum(struct text *out, const struct plan *plan, const struct result *result)
{
  const int last = plan->n_years - 1, out_in = when(result, DATE_FIRST_UNFUNDED);
  put_plan(out, plan);
  text_add(out, ", usable reserves ");
  if (out_in != NEVER) {
    text_add(out, "run out in ");
    put_year(out, plan, out_in);
    text_add(out, ": ");
    put_unfunded(out, plan, result, out_in);
    text_add(out, ".");
  } else {
    put_change(out, plan, usable_opening(plan), result->measure[M_USABLE_CLOSING][last]);
  }
  text_add(out, plan->has_mtfp ? " Whether they stay above a minimum cannot be said: the data give none."
                               : " The data hold no budget, so no gap can be worked out, nor how long they last.");
}

static void plan_stays_above(struct text *out, const struct plan *plan, const struct result *result)
{
  const int last = plan->n_years - 1;
  put_plan(out, plan);
  text_add(out, ", the General Fund reserve stays above ");
  put_minimum(out, plan, result, last, false);
  text_add(out, " to ");
  march_words(out, plan, last);
  text_add(out, ".");
}

static void plan_already_below(struct text *out, const struct plan *plan, const struct result *result)
{
  const int out_in = when(result, DATE_FIRST_UNFUNDED);
  text_add(out, "The General Fund reserve is already below ");
  put_minimum(out, plan, result, 0, false);
  text_add(out,
           out_in == NEVER ? ", and on the plan reserves do not run out by " : "; on the plan reserves run out in ");
  if (out_in == NEVER) {
    march_words(out, plan, plan->n_years - 1);
  } else {
    put_year(out, plan, out_in);
    text_add(out, ": ");
    put_unfunded(out, plan, result, out_in);
  }
  text_add(out, ".");
}

static void plan_falls_below(struct text *out, const struct plan *plan, const struct result *result)
{
  const int below = result->date[DATE_BELOW_MINIMUM], out_in = when(result, DATE_FIRST_UNFUNDED);
  put_plan(out, plan);
  text_add(out, ", ");
  if (out_in <= below) {
    text_add(out, "reserves run out in ");
    put_year(out, plan, out_in);
    text_add(out, ": ");
    put_unfunded(out, plan, result, out_in);
    text_add(out, ".");
    return;
  }
  text_add(out, "the General Fund reserve falls below ");
  put_minimum(out, plan, result, below, true);
  text_add(out, " in ");
  put_year(out, plan, below);
  if (out_in != NEVER) {
    text_add(out, ", and reserves run out in ");
    put_year(out, plan, out_in);
  }
  text_add(out, ".");
}

void headline_plan(struct text *out, const struct plan *plan, const struct result *result)
{
  if (result->date[DATE_BELOW_MINIMUM] == DATE_UNKNOWN) {
    plan_without_minimum(out, plan, result);
  } else if (result->date[DATE_BELOW_MINIMUM] == DATE_NOT_IN_HORIZON) {
    plan_stays_above(out, plan, result);
  } else if (below_from_the_start(plan, result)) {
    plan_already_below(out, plan, result);
  } else {
    plan_falls_below(out, plan, result);
  }
}

/* ---- the other futures --------------------------------------------------------------------------------- */

/* What the comparison is about: the minimum, or, where that says nothing or has not been spoken of, running out. */
static enum date date_compared(const struct plan *plan, const struct result *own)
{
  const bool minimum_says_nothing = own->date[DATE_BELOW_MINIMUM] == DATE_UNKNOWN || below_from_the_start(plan, own);
  const bool out_first =
      own->date[DATE_FIRST_UNFUNDED] >= 0 && own->date[DATE_FIRST_UNFUNDED] <= own->date[DATE_BELOW_MINIMUM];
  return minimum_says_nothing || out_first ? DATE_FIRST_UNFUNDED : DATE_BELOW_MINIMUM;
}

/* How the others compare, and between which years the sooner ones (where the plan never does: all that do) fall. */
struct tally {
  int sooner, same, later, never, first, last;
};

static struct tally tally_of(const struct shown *shown, int n_shown, enum date date)
{
  const int own = when(shown[0].result, date);
  struct tally t = { .first = NEVER, .last = -1 };
  for (int i = 1; i < n_shown; i++) {
    const int it = when(shown[i].result, date);
    t.never += it == NEVER;
    t.same += it == own && it != NEVER;
    t.later += it > own && it != NEVER;
    if (it < own) {
      t.sooner++;
      t.first = it < t.first ? it : t.first;
      t.last = it > t.last ? it : t.last;
    }
  }
  return t;
}

static void put_span(struct text *out, const struct plan *plan, struct tally t, const char *in, const char *between)
{
  text_add(out, t.first == t.last ? in : between);
  put_year(out, plan, t.first);
  if (t.first != t.last) {
    text_add(out, " and ");
    put_year(out, plan, t.last);
  }
}

/* n 0: how many has been said. */
static void put_tested(struct text *out, const char *before, int n)
{
  text_add(out, before);
  if (n > 1) {
    count_words(out, n);
    text_add(out, " ");
  }
  text_add(out, n == 1 ? "other future tested" : "other futures tested");
}

/* The plan never does it. */
static void others_of_never(struct text *out, const struct plan *plan, struct tally t, int n, bool minimum)
{
  const char *does = minimum ? " it falls below" : " they run out";
  if (t.sooner == 0) {
    text_add(out, minimum ? " It stays above it in" : " They last in");
    put_tested(out, n == 1 ? " the " : n == 2 ? " both " : " all ", n == 2 ? 0 : n);
    text_add(out, " too.");
  } else if (t.sooner == n) {
    put_tested(out, n == 1 ? " In the " : " In each of the ", n);
    text_add(out, does);
    put_span(out, plan, t, ", in ", ", between ");
    text_add(out, ".");
  } else {
    text_add(out, " In ");
    count_words(out, t.sooner);
    put_tested(out, " of the ", n);
    text_add(out, does);
    put_span(out, plan, t, ", in ", ", between ");
    text_add(out, t.never == 1 ? "; in the other" : "; in the others");
    text_add(out, minimum ? " it does not." : " they do not.");
  }
}

/* "five fall below it sooner", then ", two in the same year". */
static void put_share(struct text *out, bool *any, int n, bool minimum, const char *when_it_does)
{
  if (n > 0) {
    text_add(out, *any ? ", " : "");
    count_words(out, n);
    if (!*any) {
      text_add(out, minimum ? (n == 1 ? " falls below it" : " fall below it") : n == 1 ? " runs out" : " run out");
    }
    text_add(out, when_it_does);
    *any = true;
  }
}

/* The plan does it in some year, and the others differ. */
static void others_mixed(struct text *out, const struct plan *plan, struct tally t, int n, bool minimum)
{
  bool any = false;
  put_tested(out, " Of the ", n);
  text_add(out, ", ");
  put_share(out, &any, t.sooner, minimum, " sooner");
  if (t.sooner > 0) {
    put_span(out, plan, t, " (in ", " (between ");
    text_add(out, ")");
  }
  put_share(out, &any, t.same, minimum, " in the same year");
  put_share(out, &any, t.later, minimum, " later");
  put_share(out, &any, t.never, minimum, " not at all");
  text_add(out, ".");
}

void headline_others(struct text *out, const struct plan *plan, const struct shown *shown, int n_shown)
{
  const int n = n_shown - 1;
  const enum date date = date_compared(plan, shown[0].result);
  if (n <= 0 || shown[0].result->date[date] == DATE_UNKNOWN) {
    return;
  }
  const bool minimum = date == DATE_BELOW_MINIMUM;
  const struct tally t = tally_of(shown, n_shown, date);
  if (shown[0].result->date[date] == DATE_NOT_IN_HORIZON) {
    others_of_never(out, plan, t, n, minimum);
  } else if (t.sooner == n) {
    put_tested(out, n == 1 ? " In the " : " In each of the ", n);
    text_add(out, minimum ? " it falls below sooner" : " they run out sooner");
    put_span(out, plan, t, ", in ", ", between ");
    text_add(out, ".");
  } else if (t.never == n) {
    put_tested(out, n == 1 ? " In the " : " In each of the ", n);
    text_add(out, minimum ? " it stays above." : " they do not run out.");
  } else if (t.same == n) {
    put_tested(out,
               n == 1   ? " It is the same year in the "
               : n == 2 ? " It is the same year in both "
                        : " It is the same year in all ",
               n == 2 ? 0 : n);
    text_add(out, ".");
  } else if (t.never + t.later == n) {
    put_tested(out, n == 1 ? " In the " : " In each of the ", n);
    text_add(out, minimum ? " it falls below later" : " they run out later");
    text_add(out, t.never > 0 ? ", or not at all." : ".");
  } else {
    others_mixed(out, plan, t, n, minimum);
  }
}

/* ---- one future ---------------------------------------------------------------------------------------- */

void verdict_words(struct text *out, const struct plan *plan, const struct result *result)
{
  const int below = when(result, DATE_BELOW_MINIMUM), out_in = when(result, DATE_FIRST_UNFUNDED);
  const bool knows_minimum = result->date[DATE_BELOW_MINIMUM] != DATE_UNKNOWN;
  if (below_from_the_start(plan, result)) {
    text_add(out, "Already below minimum");
    text_add(out, out_in == NEVER ? "" : "; runs out in ");
  } else if (below < out_in) {
    text_add(out, "Below minimum in ");
    put_year(out, plan, below);
    text_add(out, out_in == NEVER ? "" : ", runs out in ");
  } else if (out_in != NEVER) {
    text_add(out, below == out_in ? "Below minimum, and runs out, in " : "Runs out in ");
  } else if (knows_minimum) {
    text_add(out, "Stays above minimum to ");
    march_words(out, plan, plan->n_years - 1);
  } else {
    money_words(out, result->measure[M_USABLE_CLOSING][plan->n_years - 1]);
    text_add(out, " left at ");
    march_words(out, plan, plan->n_years - 1);
  }
  if (out_in != NEVER) {
    put_year(out, plan, out_in);
  }
}

static pence all_years(const struct plan *plan, const struct result *result, enum measure measure)
{
  pence sum = 0;
  for (int y = 0; y < plan->n_years; y++) {
    sum += result->measure[measure][y];
  }
  return sum;
}

/* Above 0 when a is worse than b. */
static int worse(const struct plan *plan, const struct result *a, const struct result *b)
{
  const int last = plan->n_years - 1;
  const pence by[] = {
    when(b, DATE_FIRST_UNFUNDED) - when(a, DATE_FIRST_UNFUNDED),
    when(b, DATE_BELOW_MINIMUM) - when(a, DATE_BELOW_MINIMUM),
    all_years(plan, a, M_UNFUNDED) - all_years(plan, b, M_UNFUNDED),
    a->measure[M_GAP][last] - b->measure[M_GAP][last],
    b->measure[M_USABLE_CLOSING][last] - a->measure[M_USABLE_CLOSING][last],
  };
  for (size_t i = 0; i < COUNT_OF(by); i++) {
    if (by[i] != 0) {
      return by[i] > 0 ? 1 : -1;
    }
  }
  return 0;
}

int worst_future(const struct plan *plan, const struct shown *shown, int n_shown)
{
  int worst = 0;
  for (int i = 1; i < n_shown; i++) {
    worst = worse(plan, shown[i].result, shown[worst].result) > 0 ? i : worst;
  }
  return worst;
}

void headline_worst(struct text *out, const struct plan *plan, const struct shown *shown, int n_shown)
{
  const int worst = worst_future(plan, shown, n_shown);
  if (worst == 0) {
    text_add(out, n_shown > 1 ? "The worst of the futures tested is the plan itself." : "");
    return;
  }
  const struct result *result = shown[worst].result;
  const int below = when(result, DATE_BELOW_MINIMUM), out_in = when(result, DATE_FIRST_UNFUNDED);
  text_printf(out, "The worst of the futures tested is \xE2\x80\x98%s\xE2\x80\x99: ", shown[worst].label);
  const bool falls = below < out_in && !below_from_the_start(plan, result);
  if (falls) {
    text_add(out, "below the minimum in ");
    put_year(out, plan, below);
    text_add(out, out_in != NEVER ? ", and " : "");
  }
  if (out_in != NEVER) {
    text_add(out, "reserves run out in ");
    put_year(out, plan, out_in);
  } else if (!falls) {
    money_words(out, result->measure[M_USABLE_CLOSING][plan->n_years - 1]);
    text_add(out, " of reserves at ");
    march_words(out, plan, plan->n_years - 1);
  }
  text_add(out, ".");
}
