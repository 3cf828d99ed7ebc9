/* check_savings.c: savings held against the lines they come from and against each other (R31, R32). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/words.h"

#include <string.h>

/* domain.md 2.5: a judgement, warn when savings take more than this share of a line in one year. */
#define LARGE_SHARE 0.15

static pence size_of(pence amount)
{
  return amount < 0 ? -amount : amount;
}

static pence planned(const struct reading *reading, int s, int year)
{
  return reading->folder->baseline->saving[s].planned[year];
}

/* The largest year of a saving. */
static pence largest(const struct reading *reading, int s, int *year)
{
  pence most = 0;
  *year = 0;
  for (int y = 0; y < reading->plan->n_years; y++) {
    if (planned(reading, s, y) > most) {
      most = planned(reading, s, y);
      *year = y;
    }
  }
  return most;
}

/* ---- savings on a line (R32) --------------------------------------------------------------------------- */

/* What all savings on a line take from it in a year, and how much of that is new in the year. */
struct taken {
  pence in_place, fresh;
};

static struct taken taken_from(const struct reading *reading, int line, int year)
{
  struct taken taken = { 0, 0 };
  for (int s = 0; s < reading->plan->n_savings; s++) {
    const struct saving *saving = &reading->plan->saving[s];
    if (saving->line != line) {
      continue;
    }
    const pence now = planned(reading, s, year),
                last = year > 0 && saving->recurring ? planned(reading, s, year - 1) : 0;
    taken.in_place += now;
    taken.fresh += now > last ? now - last : 0;
  }
  return taken;
}

/* Which savings, for the reader: "S1, S3". */
static const char *names_on(struct reading *reading, int line)
{
  struct text names = { 0 };
  for (int s = 0; s < reading->plan->n_savings; s++) {
    if (reading->plan->saving[s].line == line) {
      text_printf(&names, "%s%s", names.length > 0 ? ", " : "", reading->plan->saving[s].id);
    }
  }
  const char *words = arena_strdup(reading->arena, text_str(&names));
  text_fini(&names);
  return words;
}

static struct place first_on(const struct reading *reading, int line)
{
  int s = 0;
  while (reading->plan->saving[s].line != line) {
    s++;
  }
  return reading->plan->saving[s].place;
}

static void tell_beyond(struct reading *reading, int l, int year, pence in_place, pence budget)
{
  const struct line *line = &reading->plan->line[l];
  struct finding *finding =
      finding_add(reading->findings, CODE_SAVINGS_BEYOND_LINE, first_on(reading, l),
                  "savings on line '%s', %s, come to %s in %s: more than its %s", line->id, line->label,
                  money_short(reading, in_place), year_words(reading, year), money_short(reading, budget));
  finding_amount(finding, in_place - budget);
  finding_label(reading->findings, finding, "savings %s", names_on(reading, l));
  finding_help(reading->findings, finding,
               "a line cannot save more than it costs: check the line they name, or count the same saving once");
}

static void tell_large(struct reading *reading, int l, int year, pence fresh, pence budget)
{
  const struct line *line = &reading->plan->line[l];
  struct finding *finding =
      finding_add(reading->findings, CODE_SAVINGS_LARGE, first_on(reading, l),
                  "new savings of %s in %s are %.0f%% of line '%s', %s", money_short(reading, fresh),
                  year_words(reading, year), 100.0 * (double)fresh / (double)budget, line->id, line->label);
  finding_amount(finding, fresh);
  finding_label(reading->findings, finding, "savings %s", names_on(reading, l));
  finding_help(reading->findings, finding, "more than 15%% of a budget in one year is rarely delivered in that year");
}

/* One finding for a line: the worst year that is beyond it, else the worst that is large. */
static void check_line(struct reading *reading, int l)
{
  pence beyond = 0, fresh = 0;
  int beyond_year = -1, large_year = -1;
  double share = LARGE_SHARE;
  for (int y = 0; y < reading->plan->n_years; y++) {
    const struct taken taken = taken_from(reading, l, y);
    const pence budget = size_of(reading->folder->baseline->line[l].amount[y]);
    if (taken.in_place > budget && taken.in_place - budget > beyond) {
      beyond = taken.in_place - budget;
      beyond_year = y;
    }
    if (budget > 0 && (double)taken.fresh / (double)budget > share) {
      share = (double)taken.fresh / (double)budget;
      fresh = taken.fresh;
      large_year = y;
    }
  }
  if (beyond_year >= 0) {
    tell_beyond(reading, l, beyond_year, taken_from(reading, l, beyond_year).in_place,
                size_of(reading->folder->baseline->line[l].amount[beyond_year]));
  } else if (large_year >= 0) {
    tell_large(reading, l, large_year, fresh, size_of(reading->folder->baseline->line[l].amount[large_year]));
  }
}

/* ---- a vacancy saving on top of a vacancy factor (R32) ------------------------------------------------- */

/* "Vacancy", "vacancies", "vacant posts". */
static bool is_vacancy(const char *label)
{
  static const char *const words[] = { "vacancy", "vacancies", "vacant", "turnover factor", "staff turnover", NULL };
  return text_says(label, words);
}

/* A vacancy factor is pay that is taken off: a negative share of pay, or a pay line below zero. */
static int vacancy_factor(const struct reading *reading)
{
  for (int l = 0; l < reading->plan->n_lines; l++) {
    const struct line *line = &reading->plan->line[l];
    if (line->class == LINE_PAY && is_vacancy(line->label) && reading->folder->baseline->line[l].amount[0] < 0) {
      return l;
    }
  }
  return -1;
}

static void check_vacancy(struct reading *reading, int s)
{
  const struct saving *saving = &reading->plan->saving[s];
  const int l = vacancy_factor(reading);
  int year = 0;
  const pence at_stake = largest(reading, s, &year);
  if (l < 0 || at_stake == 0 || !is_vacancy(saving->label)) {
    return;
  }
  const struct line *line = &reading->plan->line[l];
  struct finding *finding = finding_add(
      reading->findings, CODE_VACANCY_TWICE, saving->place,
      "saving '%s', %s, stands on top of line '%s', which takes %s off for vacancies already", saving->id,
      saving->label, line->id, money_short(reading, size_of(reading->folder->baseline->line[l].amount[year])));
  finding_amount(finding, at_stake);
  finding_label(reading->findings, finding, "the same empty posts may be counted twice");
  finding_help(reading->findings, finding, "raise the factor instead, or say in note how the posts differ");
}

/* ---- savings and each other ---------------------------------------------------------------------------- */

static int first_year(const struct reading *reading, const struct saving *saving)
{
  int y = 0;
  while (y < reading->plan->n_years && saving->value[y] == 0.0) {
    y++;
  }
  return y;
}

/* R31: what makes a saving possible comes first. */
static void check_parents(struct reading *reading, const struct saving *saving)
{
  for (int i = 0; i < saving->n_depends; i++) {
    const struct saving *parent = &reading->plan->saving[saving->depends[i]];
    const int from = first_year(reading, saving), parent_from = first_year(reading, parent);
    if (from >= parent_from || from >= reading->plan->n_years) {
      continue;
    }
    pence early = 0;
    for (int y = from; y < parent_from && y < reading->plan->n_years; y++) {
      early += pence_of(saving->value[y]);
    }
    struct finding *finding = finding_add(
        reading->findings, CODE_SAVING_BEFORE_PARENT, saving->place,
        "saving '%s' starts in %s, but %s, which it depends on, %s", saving->id, year_words(reading, from), parent->id,
        parent_from < reading->plan->n_years
            ? arena_printf(reading->arena, "starts in %s", year_words(reading, parent_from))
            : "saves nothing in the plan");
    finding_amount(finding, early);
    finding_label(reading->findings, finding, "start it no earlier than %s", parent->id);
  }
}

static bool same_saving(const struct reading *reading, const struct saving *a, const struct saving *b)
{
  if (strcmp(a->label, b->label) != 0 || a->line != b->line) {
    return false;
  }
  for (int y = 0; y < reading->plan->n_years; y++) {
    if (a->value[y] != b->value[y]) {
      return false;
    }
  }
  return true;
}

static void check_twice(struct reading *reading, int s)
{
  const struct saving *saving = &reading->plan->saving[s];
  int year = 0;
  const pence at_stake = largest(reading, s, &year);
  for (int other = 0; other < s && at_stake > 0; other++) {
    if (same_saving(reading, &reading->plan->saving[other], saving)) {
      struct finding *finding = finding_add(reading->findings, CODE_SAVING_TWICE, saving->place,
                                            "savings '%s' and '%s' have one label, %s, and the same amounts",
                                            reading->plan->saving[other].id, saving->id, saving->label);
      finding_amount(finding, at_stake);
      finding_label(reading->findings, finding, "is it counted twice?");
      return;
    }
  }
}

static void check_size(struct reading *reading, int s)
{
  int year = 0;
  const pence most = largest(reading, s, &year), net_budget = reading->folder->baseline->measure[M_NET_BUDGET][year];
  if (net_budget <= 0 || most <= net_budget) {
    return;
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_SAVING_MAGNITUDE, reading->plan->saving[s].place,
                  "saving '%s' is %s in %s, more than the whole net budget of %s", reading->plan->saving[s].id,
                  money_short(reading, most), year_words(reading, year), money_short(reading, net_budget));
  finding_amount(finding, most);
  finding_label(reading->findings, finding, "amounts are in %s", reading->plan->money);
}

void check_savings(struct reading *reading)
{
  if (!reading->plan->has_mtfp) {
    return;
  }
  for (int l = 0; l < reading->plan->n_lines; l++) {
    check_line(reading, l);
  }
  for (int s = 0; s < reading->plan->n_savings; s++) {
    check_size(reading, s);
    check_vacancy(reading, s);
    check_parents(reading, &reading->plan->saving[s]);
    check_twice(reading, s);
  }
}
