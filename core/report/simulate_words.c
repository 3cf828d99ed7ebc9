/* simulate_words.c: sentences computed from a simulation.  Every number says what it counts, and no sentence says more
 * than that so many simulated futures came out so. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/simulate_words.h"

#include <math.h>
#include <string.h>

const char *const quantile_names[N_QUANTILES] = { "P5", "P10", "P25", "P50", "P75", "P90", "P95" };
const char *const driven_names[N_DRIVEN] = { "gap", "reserves" };
const char *const fear_names[N_FEARS] = { "below_minimum", "unfunded" };
const char simulation_means[] =
    "A simulation is a stress, not a forecast: it counts what follows if inputs depart from the plan as widely, and "
    "together, as the rows say.  It knows nothing of what they leave out, nor of what the council would do about it.";

pence pence_near(double estimate)
{
  return (pence)llround(estimate);
}

void count_text(struct text *out, uint64_t n)
{
  text_pounds(out, (pence)n * 100);
}

void in_100_text(struct text *out, double chance)
{
  const double in_100 = 100.0 * chance;
  if (in_100 > 0.0 && in_100 < 0.05) {
    text_add(out, "under 0.1");
  } else if (in_100 < 100.0 && in_100 > 99.95) {
    text_add(out, "over 99.9");
  } else if (in_100 == floor(in_100) && (in_100 == 0.0 || in_100 == 100.0)) {
    text_printf(out, "%.0f", in_100);
  } else {
    text_printf(out, "%.1f", in_100);
  }
}

void sampler_words(struct text *out, const struct simulation *s)
{
  count_text(out, s->draws);
  text_printf(out, " simulated futures, %s, seed %llu", s->plain ? "plain draws" : "evenly spread draws",
              (unsigned long long)s->seed);
}

static const char *what_happens(enum date date)
{
  static const char *const words[N_DATES] = {
    [DATE_BELOW_MINIMUM] = "the General Fund falls below the council's own minimum",
    [DATE_USABLE_EXHAUSTED] = "usable revenue reserves are exhausted",
    [DATE_FIRST_UNFUNDED] = "there is an unfunded gap",
    [DATE_EXPOSED_TO_DSG] = "usable reserves are less than the DSG deficit",
  };
  return words[date];
}

bool chance_words(struct text *out, const struct plan *plan, const struct simulated *s, enum date date)
{
  const int last = plan->n_years - 1;
  char year[8];
  if (!s->date_known[date]) {
    return false;
  }
  text_add(out, "In ");
  in_100_text(out, s->by[date][last].value);
  text_printf(out, " of 100 simulated futures %s by %s", what_happens(date), plan_year_label(plan, last, year));
  if (s->by[date][last].error > 0.00001) {
    text_printf(out, " (standard error %.2f)", 100.0 * s->by[date][last].error);
  }
  text_add(out, ".");
  return true;
}

static void money(struct text *out, double estimate)
{
  text_money_short(out, pence_near(estimate / 100.0) * 100);
}

void unfunded_words(struct text *out, const struct simulated *s)
{
  if (s->unfunded_worst.value < 0.5) {
    text_add(out, "No simulated future but a few has anything unfunded.");
    return;
  }
  text_add(out, "Unfunded, all years together: ");
  money(out, s->unfunded.mean.value);
  text_add(out, " on average over all futures, ");
  money(out, s->unfunded_worst.value);
  text_add(out, " on average in the worst 5 of 100");
  if (s->unfunded_worst.error > 0.5) {
    text_add(out, " (standard error ");
    money(out, s->unfunded_worst.error);
    text_add(out, ")");
  }
  text_add(out, ".");
}

void place_words(struct text *out, const struct plan *plan, const struct simulated *s)
{
  const int last = plan->n_years - 1;
  char year[8];
  text_add(out, "The figures without any draw in their own range, in ");
  text_printf(out, "%s: a gap of ", plan_year_label(plan, last, year));
  money(out, s->gap[last].plan);
  text_add(out, ", and ");
  in_100_text(out, 1.0 - s->gap[last].plan_place.value);
  text_add(out, " of 100 futures have a larger one; usable reserves of ");
  money(out, s->usable[last].plan);
  text_add(out, ", and ");
  in_100_text(out, s->usable[last].plan_place.value);
  text_add(out, " of 100 have no more.");
}

void versus_words(struct text *out, const struct plan *plan, const struct simulated *s)
{
  char year[8];
  text_printf(out, "Beside the plan, on the same draws, at the end of %s: better in ",
              plan_year_label(plan, plan->n_years - 1, year));
  in_100_text(out, s->versus.better.value);
  text_add(out, " of 100 futures, the same in ");
  in_100_text(out, s->versus.same.value);
  text_add(out, ".  Reserves less all that is unfunded differ by ");
  money(out, s->versus.mean.value);
  text_add(out, " on average, from ");
  money(out, s->versus.quantile[0].value);
  text_add(out, " to ");
  money(out, s->versus.quantile[N_QUANTILES - 1].value);
  text_add(out, " in 90 of 100.");
}

/* What plugins draw for themselves is no input. */
static int inputs_drawn(const struct simulation *s)
{
  int n = 0;
  for (int v = 0; v < s->n_variables; v++) {
    n += s->variable[v].departure != NULL;
  }
  return n;
}

void spreads_words(struct text *out, const struct folder *folder, const struct simulation *s)
{
  const struct uncertainty *u = &folder->uncertainty;
  const int n = inputs_drawn(s);
  if (n == 0) {
    text_add(out, "No input is drawn: every spread is nothing, as ");
  } else {
    text_printf(out, "%d input%s drawn, as ", n, n == 1 ? " is" : "s are");
  }
  if (u->preset_rows) {
    text_add(out, "the sector's presets say; their sizes are judgement");
  } else {
    text_printf(out, "%s%s says", u->asked_rows ? "" : "the council's own ", u->rows_from);
  }
  if (s->n_correlations == 0) {
    text_add(out, "; none goes with another.");
  } else if (u->preset_pairs) {
    text_add(out, "; how they go together is judgement too.");
  } else {
    text_printf(out, "; how they go together is as %s%s says.", u->asked_pairs ? "" : "the council's own ",
                u->pairs_from);
  }
}

/* The mean of what a row draws of a saving's delivery; a delay only ever takes time. */
static bool falls_short(const struct plan *plan, const struct departure *d)
{
  switch (d->row->distribution) {
  case DISTRIBUTION_EVENT:
    return d->mode < 0.0;
  case DISTRIBUTION_PERT:
    return d->low + 4.0 * d->mode + d->high < 0.0;
  case DISTRIBUTION_TRIANGULAR:
    return d->low + d->mode + d->high < 0.0;
  default:
    return d->mode < 0.0 && plan->n_savings > 0;
  }
}

void leaning_words(struct text *out, const struct plan *plan, const struct simulation *s)
{
  bool late = false, is_short = false;
  for (int v = 0; v < s->n_variables; v++) {
    const struct departure *d = s->variable[v].departure;
    const enum field field = d != NULL ? plan->input[d->input[0]].field : N_FIELDS;
    late |= field == SAVING_MONTHS_LATE;
    is_short |= field == SAVING_DELIVERY && falls_short(plan, d);
  }
  if (late || is_short) {
    text_printf(out, "What is drawn leans one way: savings come %s%s%s on average, never early.", late ? "late" : "",
                late && is_short ? " and " : "", is_short ? "short" : "");
  }
  if (plan->surplus_to < 0) {
    text_printf(out,
                "%sA surplus is kept in no reserve, as the plan names none for it: a good year does not make up "
                "for a bad one.",
                out->length > 0 ? "  " : "");
  }
}

/* Rows of one address, such as a spread and an event, are told once. */
static bool is_told(const struct departures *departures, int passed)
{
  for (int i = 0; i < passed; i++) {
    if (strcmp(departures->passed[i].input, departures->passed[passed].input) == 0) {
      return true;
    }
  }
  return false;
}

void passed_words(struct text *out, const struct simulation *s)
{
  for (int i = 0; i < s->departures->n_passed; i++) {
    if (!is_told(s->departures, i)) {
      text_printf(out, "%s%s", i == 0 ? "Rows that find nothing in this plan: " : ", ", s->departures->passed[i].input);
    }
  }
  text_add(out, s->departures->n_passed > 0 ? "." : "");
}

int drivers_in_order(const struct simulation *s, int scenario, enum driven_of of, int *order)
{
  const struct estimate *share = s->scenario[scenario].share[of];
  int n = 0;
  for (int v = 0; v < s->n_variables; v++) {
    if (share[v].value < 0.0005) {
      continue;
    }
    int at = n++;
    for (; at > 0 && share[order[at - 1]].value < share[v].value; at--) {
      order[at] = order[at - 1];
    }
    order[at] = v;
  }
  return n;
}

static void size_text(struct text *out, const struct plan *plan, const struct drawn_variable *variable, double size,
                      bool with_unit)
{
  const struct departure *row = variable->departure;
  const enum unit unit = row != NULL ? plan->input[row->input[0]].unit : UNIT_COUNT;
  if (row != NULL && row->relative) {
    text_printf(out, "%.1f%s", 100.0 * size, with_unit ? "%" : "");
  } else if (unit == UNIT_FRACTION) {
    text_printf(out, "%.2f%s", 100.0 * size, with_unit ? "pp" : "");
  } else if (unit == UNIT_MONTHS) {
    text_printf(out, "%.1f%s", size, with_unit ? " months" : "");
  } else if (unit == UNIT_COUNT) {
    text_printf(out, "%.2f", size);
  } else {
    money(out, size * 100.0);
  }
}

void departure_text(struct text *out, const struct plan *plan, const struct drawn_variable *variable, double departure)
{
  text_add(out, departure < 0.0 ? "\xE2\x88\x92" : departure > 0.0 ? "+" : "");
  size_text(out, plan, variable, fabs(departure), true);
}

void departure_error_text(struct text *out, const struct plan *plan, const struct drawn_variable *variable,
                          double error)
{
  text_add(out, " (");
  size_text(out, plan, variable, error, false);
  text_add(out, ")");
}

void share_text(struct text *out, double share)
{
  if (share > 0.0 && share < 0.005) {
    text_add(out, "under 1%");
  } else {
    text_printf(out, "%.0f%%", 100.0 * share);
  }
}

void interval_words(struct text *out)
{
  text_printf(out,
              "Standard errors are of drawing so many futures and no more: of intervals that reach %.2f of them each "
              "way from a figure, 19 in 20 hold what draws without end would say.",
              ERRORS_95);
}
