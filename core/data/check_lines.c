/* check_lines.c: lines that a section 151 officer would query: their names and their figures tell different stories.
 *
 * Names are read for words only, so each finding says what was seen and leaves the answer to the officer. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/words.h"

#include <ctype.h>
#include <string.h>

static pence size_of(pence amount)
{
  return amount < 0 ? -amount : amount;
}

static pence line_amount(const struct reading *reading, int l, int year)
{
  return reading->folder->baseline->line[l].amount[year];
}

/* The largest size of a line in any year from `from` on, and the year it is in. */
static pence largest(const struct reading *reading, int l, int from, int *year)
{
  pence most = 0;
  *year = from;
  for (int y = from; y < reading->plan->n_years; y++) {
    if (size_of(line_amount(reading, l, y)) > most) {
      most = size_of(line_amount(reading, l, y));
      *year = y;
    }
  }
  return most;
}

static bool has_tag(const struct line *line, const char *tag)
{
  for (int i = 0; i < line->n_tags; i++) {
    if (strcmp(line->tag[i], tag) == 0) {
      return true;
    }
  }
  return false;
}

/* ---- one-off as recurring (R10), time-limited rolled on (R26) ------------------------------------------ */

/* The only year in which a recurring line holds money, or -1.  The first year counts only when the base year is known
 * to hold none: a line may as well be ending there. */
static int lone_year(const struct plan *plan, const struct line *line)
{
  int lone = -1, count = 0;
  for (int y = 0; y < plan->n_years; y++) {
    if (line->amount.path[y] != 0.0) {
      lone = y;
      count++;
    }
  }
  const bool had_base = line->has_base_amount && line->base_amount != 0.0;
  const bool new_in_first = lone == 0 && line->has_base_amount;
  return count == 1 && !had_base && (lone > 0 || new_in_first) && lone < plan->n_years - 1 ? lone : -1;
}

static void check_lone_year(struct reading *reading, int l)
{
  const struct line *line = &reading->plan->line[l];
  const int year = line->recurring && line->form == FORM_LEVEL && line->last_year >= reading->plan->n_years
                       ? lone_year(reading->plan, line)
                       : -1;
  if (year < 0) {
    return;
  }
  struct finding *finding = finding_add(reading->findings, CODE_ONE_OFF_AS_RECURRING, line->place,
                                        "line '%s', %s, is typed recurring and stands in %s alone", line->id,
                                        line->label, year_words(reading, year));
  finding_amount(finding, size_of(line_amount(reading, l, year)));
  finding_label(reading->findings, finding, "recurrence one_off, or last_year %s", year_words(reading, year));
  finding_help(reading->findings, finding, "as recurring money it counts in the structural gap of that year");
}

/* Words that say that the money will stop. */
static const char *const ending_words[] = { "one-off",         "one off",
                                            "non-recurring",   "non recurring",
                                            "nonrecurring",    "time-limited",
                                            "time limited",    "short-term grant",
                                            "temporary grant", "temporary funding",
                                            "fund ends",       "grant ends",
                                            "funding ends",    NULL };

/* The calendar year of a label that ends in a year, as in "Grant to 2027/28"; 0 when there is none. */
static int year_in_label(const char *label)
{
  static const char *const before[] = { "to ", "until ", "ends ", "ending ", "end ", NULL };
  for (const char *const *word = before; *word != NULL; word++) {
    for (const char *at = strcasestr(label, *word); at != NULL; at = strcasestr(at + 1, *word)) {
      const char *digits = at + strlen(*word);
      if ((at == label || !isalnum((unsigned char)at[-1])) && strlen(digits) >= 7) {
        char year[8] = "";
        bool spreadsheet = false;
        memcpy(year, digits, 7);
        const int calendar = year_parse(year, &spreadsheet);
        if (calendar != 0) {
          return calendar;
        }
      }
    }
  }
  return 0;
}

/* New Homes Bonus ended with 2025/26 (domain.md 1.6, S7). */
static int last_year_known(const struct line *line)
{
  enum { NEW_HOMES_BONUS_LAST_YEAR = 2025 };
  static const char *const new_homes_bonus[] = { "new homes bonus", "nhb", NULL };
  const bool bonus = line->class == LINE_GRANT && text_says(line->label, new_homes_bonus);
  return bonus ? NEW_HOMES_BONUS_LAST_YEAR : year_in_label(line->label);
}

static void check_ending(struct reading *reading, int l)
{
  const struct plan *plan = reading->plan;
  const struct line *line = &plan->line[l];
  const int known = last_year_known(line);
  const bool by_words = text_says(line->label, ending_words);
  const bool by_tag = has_tag(line, "time_limited");
  const int first_after = known != 0 ? known + 1 - plan->first_year : plan->n_years - 1;
  if (!line->recurring || line->last_year < plan->n_years || (known == 0 && !by_words && !by_tag) ||
      first_after >= plan->n_years) {
    return;
  }
  int year = 0;
  const pence at_stake = largest(reading, l, first_after > 0 ? first_after : 0, &year);
  if (at_stake == 0) {
    return;
  }
  struct finding *finding = known != 0
                                ? finding_add(reading->findings, CODE_TIME_LIMITED_ROLLED, line->place,
                                              "line '%s', %s, ends with %s and still holds %s in %s", line->id,
                                              line->label, year_words(reading, known - plan->first_year),
                                              money_short(reading, at_stake), year_words(reading, year))
                                : finding_add(reading->findings, CODE_TIME_LIMITED_ROLLED, line->place,
                                              "line '%s', %s, is named as time-limited and runs to the end of the plan",
                                              line->id, line->label);
  finding_amount(finding, at_stake);
  finding_label(reading->findings, finding, "last_year, or recurrence one_off");
  finding_help(reading->findings, finding, "when the money stops, its spending becomes part of the gap");
}

/* ---- rings (R27) --------------------------------------------------------------------------------------- */

static const char *const ringed_words[] = { "dedicated schools grant",
                                            "dsg",
                                            "high needs block",
                                            "schools block",
                                            "pupil premium",
                                            "public health grant",
                                            "public health",
                                            "housing revenue account",
                                            "hra",
                                            "freeport growth",
                                            NULL };

static void check_ringed(struct reading *reading, int l)
{
  const struct line *line = &reading->plan->line[l];
  const bool funds =
      line->class == LINE_GRANT || line->class == LINE_OTHER_FUNDING || line->class == LINE_BUSINESS_RATES;
  int year = 0;
  const pence at_stake = largest(reading, l, 0, &year);
  if (!funds || *line->ring != '\0' || at_stake == 0 || !text_says(line->label, ringed_words)) {
    return;
  }
  struct finding *finding = finding_add(reading->findings, CODE_RING_IN_GENERAL, line->place,
                                        "line '%s', %s, counts as general funding, %s in %s", line->id, line->label,
                                        money_short(reading, at_stake), year_words(reading, year));
  finding_amount(finding, at_stake);
  finding_label(reading->findings, finding, "fill ring, here and on the spending that it pays for");
  finding_help(reading->findings, finding,
               "ring-fenced money cannot close the gap; without its spending in the plan the gap is understated");
}

static bool first_of_ring(const struct plan *plan, int l)
{
  if (*plan->line[l].ring == '\0') {
    return false;
  }
  for (int before = 0; before < l; before++) {
    if (strcmp(plan->line[before].ring, plan->line[l].ring) == 0) {
      return false;
    }
  }
  return true;
}

/* The other side: ring-fenced money whose spending stands outside the ring, where the General Fund pays for it. */
static void check_ring_spending(struct reading *reading, int l)
{
  const struct plan *plan = reading->plan;
  pence most = 0;
  int year = 0;
  for (int k = l; k < plan->n_lines; k++) {
    if (strcmp(plan->line[k].ring, plan->line[l].ring) != 0) {
      continue;
    }
    if (class_is_cost(plan->line[k].class)) {
      return;
    }
    int at = 0;
    const pence size = largest(reading, k, 0, &at);
    year = size > most ? at : year;
    most = size > most ? size : most;
  }
  if (most == 0) {
    return;
  }
  struct finding *finding = finding_add(reading->findings, CODE_RING_UNSPENT, plan->line[l].place,
                                        "ring '%s' brings %s in %s and no line of it spends anything",
                                        plan->line[l].ring, money_short(reading, most), year_words(reading, year));
  finding_amount(finding, most);
  finding_label(reading->findings, finding, "put its spending into the ring too");
  finding_help(reading->findings, finding, "if that spending stands among the other lines, the gap is shown too large");
}

static void check_ring_cost(struct reading *reading, int l)
{
  const struct plan *plan = reading->plan;
  pence most = 0;
  int year = 0;
  for (int y = 0; y < plan->n_years; y++) {
    pence sum = 0;
    for (int k = l; k < plan->n_lines; k++) {
      sum += strcmp(plan->line[k].ring, plan->line[l].ring) == 0 ? line_amount(reading, k, y) : 0;
    }
    if (sum > most) {
      most = sum;
      year = y;
    }
  }
  if (most == 0) {
    return;
  }
  struct finding *finding = finding_add(reading->findings, CODE_RING_COSTS, plan->line[l].place,
                                        "ring '%s' costs %s more than it brings in %s", plan->line[l].ring,
                                        money_short(reading, most), year_words(reading, year));
  finding_amount(finding, most);
  finding_label(reading->findings, finding, "the General Fund would have to meet it");
  finding_help(reading->findings, finding, "a ring stands outside the gap, so this cost is in no total");
}

/* ---- the plan as a whole ---------------------------------------------------------------------------- */

/* 168 typed for 168,000: a council tax of next to nothing beside the net budget. */
static void check_council_tax_size(struct reading *reading)
{
  enum { SMALLEST_SHARE = 100 }; /* one hundredth; the smallest share of any English council is far above it */
  const pence net_budget = reading->folder->baseline->measure[M_NET_BUDGET][0];
  for (int l = 0; l < reading->plan->n_lines; l++) {
    const struct line *line = &reading->plan->line[l];
    const pence amount = size_of(line_amount(reading, l, 0));
    if (line->class != LINE_COUNCIL_TAX || amount == 0 || amount >= net_budget / SMALLEST_SHARE) {
      continue;
    }
    struct finding *finding = finding_add(reading->findings, CODE_UNITS_OFF, line->place,
                                          "council tax of %s stands beside a net budget of %s",
                                          money_short(reading, amount), money_short(reading, net_budget));
    finding_amount(finding, amount);
    finding_label(reading->findings, finding, "in the unit of the others?");
  }
}

/* A base gap that the controls name is known: the paper says how it was met.  Below a thousandth of the budget it is
 * rounding. */
static void check_base_year(struct reading *reading)
{
  const struct base_year base = plan_base_year(reading->plan);
  for (int c = 0; c < reading->plan->n_controls; c++) {
    const struct control *control = &reading->plan->control[c];
    if (control->base_filled && strcmp(control->what, measure_kinds[M_GAP].name) == 0) {
      return;
    }
  }
  if (!base.known || size_of(base.gap) <= base.net_budget / 1000) {
    return;
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_BASE_YEAR_GAP, (struct place){ .file = "mtfp.csv" },
                  "the base year %s does not balance: net budget %s, funding %s", year_words(reading, -1),
                  money_short(reading, base.net_budget), money_short(reading, base.funding));
  finding_amount(finding, size_of(base.gap));
  finding_label(reading->findings, finding,
                base.gap > 0 ? "%s was met by reserves, or is missing from the lines"
                             : "%s went into reserves, or is spending that is missing",
                money_short(reading, size_of(base.gap)));
  finding_help(reading->findings, finding, "a control on gap in the base year says that this is known");
}

static void check_pay_contingency(struct reading *reading, int l)
{
  static const char *const pay_words[] = {
    "pay award", "pay contingency", "pay provision", "pay inflation", "pay", NULL
  };
  const struct line *line = &reading->plan->line[l];
  int year = 0;
  const pence at_stake = largest(reading, l, 0, &year);
  if (line->class != LINE_CONTINGENCY || at_stake == 0 || has_tag(line, "pay_contingency") ||
      !text_says(line->label, pay_words)) {
    return;
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_PAY_CONTINGENCY, line->place,
                  "line '%s', %s, looks to cover pay awards and has no tag", line->id, line->label);
  finding_amount(finding, at_stake);
  finding_label(reading->findings, finding, "tag pay_contingency, so that a pay stress uses it first");
}

static bool same_lines(const struct reading *reading, int a, int b)
{
  const struct line *one = &reading->plan->line[a], *other = &reading->plan->line[b];
  int year = 0;
  if (one->class != other->class || strcmp(one->label, other->label) != 0 || strcmp(one->ring, other->ring) != 0 ||
      largest(reading, a, 0, &year) == 0) {
    return false;
  }
  return memcmp(reading->folder->baseline->line[a].amount, reading->folder->baseline->line[b].amount,
                (size_t)reading->plan->n_years * sizeof(pence)) == 0;
}

static void check_twice(struct reading *reading, int l)
{
  for (int other = 0; other < l; other++) {
    if (same_lines(reading, other, l)) {
      const struct line *line = &reading->plan->line[l];
      int year = 0;
      struct finding *finding = finding_add(reading->findings, CODE_LINE_TWICE, line->place,
                                            "lines '%s' and '%s' have one label, %s, and the same amounts",
                                            reading->plan->line[other].id, line->id, line->label);
      finding_amount(finding, largest(reading, l, 0, &year));
      finding_label(reading->findings, finding, "is it in the plan twice?");
      return;
    }
  }
}

void check_lines(struct reading *reading)
{
  if (!reading->plan->has_mtfp) {
    return;
  }
  for (int l = 0; l < reading->plan->n_lines; l++) {
    check_lone_year(reading, l);
    check_ending(reading, l);
    check_ringed(reading, l);
    if (first_of_ring(reading->plan, l)) {
      check_ring_cost(reading, l);
      check_ring_spending(reading, l);
    }
    check_pay_contingency(reading, l);
    check_twice(reading, l);
  }
  check_council_tax_size(reading);
  check_base_year(reading);
}
