/* test.c: what counts as failing, as people type it and as it is said. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/stress.h"

#include <string.h>
#include <strings.h>

bool test_met(const struct test *test, const struct summary *summary)
{
  if (test->is_date) {
    return summary->date[test->date] >= 0 && summary->date[test->date] <= test->year;
  }
  const pence value = summary->measure[test->measure][test->year];
  return test->comparison == AT_MOST ? value <= test->amount : value >= test->amount;
}

static void date_lanes(const struct test *test, const struct projection *p, int n_lanes, bool *met)
{
  uint8_t come[TRIAL_LANES];
  memset(met, 0, (size_t)n_lanes * sizeof *met);
  for (int year = 0; year <= test->year; year++) {
    projection_date(p, test->date, year, come);
    for (int i = 0; i < n_lanes; i++) {
      met[i] |= come[i] != 0;
    }
  }
}

void test_lanes(const struct test *test, const struct trial *trial, int n_lanes, bool *met)
{
  const struct projection *p = trial_projection(trial);
  if (test->is_date) {
    date_lanes(test, p, n_lanes, met);
    return;
  }
  const double *row = projection_measure(p, test->measure, test->year);
  for (int i = 0; i < n_lanes; i++) {
    pence value = 0;
    (void)pence_from_gbp(row[i], &value); /* trial_batch has looked at the range */
    met[i] = test->comparison == AT_MOST ? value <= test->amount : value >= test->amount;
  }
}

static int year_index(const struct plan *plan, const char *text, size_t n)
{
  for (int y = 0; y < plan->n_years; y++) {
    char label[8];
    plan_year_label(plan, y, label);
    if (strlen(label) == n && strncmp(label, text, n) == 0) {
      return y;
    }
  }
  return -1;
}

/* "5m", "£350k", "-1,200": an amount with an optional pound sign and k or m. */
static bool parse_amount(const char *text, pence *out)
{
  size_t n = strlen(text);
  int64_t unit = 100;
  if (n > 0 && (text[n - 1] == 'm' || text[n - 1] == 'k')) {
    unit = text[n - 1] == 'm' ? 100000000 : 100000;
    n--;
  }
  struct decimal decimal;
  return decimal_parse(text, n, DECIMAL_MONEY, &decimal) == NULL && decimal_pence(decimal, unit, out);
}

static int date_index(const char *text, size_t n)
{
  for (int d = 0; d < N_DATES; d++) {
    const char number[] = { 'D', (char)('1' + d) };
    if ((n == 2 && strncasecmp(text, number, 2) == 0) ||
        (strlen(date_names[d]) == n && strncmp(text, date_names[d], n) == 0)) {
      return d;
    }
  }
  return -1;
}

static bool complain(struct arena *arena, const char **wrong, const char *what, const char *typed)
{
  *wrong = arena_printf(arena, "%s in '%s'; a test is like D3<=2028/29, gap@2030/31<=0 or usable_closing@2027/28>=5m",
                        what, typed);
  return false;
}

static bool parse_date(const struct plan *plan, const char *text, size_t n, struct arena *arena, struct test *out,
                       const char **wrong)
{
  const char *rest = text + n;
  out->is_date = true;
  out->year = plan->n_years - 1;
  if (*rest == '\0') {
    return true;
  }
  if (strncmp(rest, "<=", 2) != 0) {
    return complain(arena, wrong, "a date takes <= and a year", text);
  }
  out->year = year_index(plan, rest + 2, strlen(rest + 2));
  return out->year >= 0 || complain(arena, wrong, "there is no such year in the plan", text);
}

static bool parse_measure(const struct plan *plan, const char *text, struct arena *arena, struct test *out,
                          const char **wrong)
{
  const char *at = strchr(text, '@'), *sign = strpbrk(text, "<>");
  if (at == NULL || sign == NULL || sign < at || sign[1] != '=') {
    return complain(arena, wrong, "no @YEAR with <= or >=", text);
  }
  const int measure = measure_find(arena_strndup(arena, text, (size_t)(at - text)));
  out->year = year_index(plan, at + 1, (size_t)(sign - at - 1));
  if (measure < 0) {
    return complain(arena, wrong, "no such measure", text);
  }
  if (out->year < 0) {
    return complain(arena, wrong, "there is no such year in the plan", text);
  }
  if (!parse_amount(sign + 2, &out->amount)) {
    return complain(arena, wrong, "not an amount", text);
  }
  out->measure = (enum measure)measure;
  out->comparison = *sign == '<' ? AT_MOST : AT_LEAST;
  return true;
}

bool test_parse(const struct plan *plan, const char *text, struct arena *arena, struct test *out, const char **wrong)
{
  const size_t n = strcspn(text, "<>=@");
  const int date = date_index(text, n);
  *out = (struct test){ 0 };
  if (date >= 0) {
    out->date = (enum date)date;
    return parse_date(plan, text, n, arena, out, wrong);
  }
  if (n == 2 && (text[0] == 'D' || text[0] == 'd') && text[1] >= '0' && text[1] <= '9') {
    return complain(arena, wrong, "there are D1, D2, D3 and D4", text);
  }
  return parse_measure(plan, text, arena, out, wrong);
}

void test_words(struct text *out, const struct plan *plan, const struct test *test)
{
  static const char *const dates[] = { "the General Fund below the council's own minimum",
                                       "usable revenue reserves exhausted", "an unfunded gap",
                                       "usable reserves less than the DSG deficit" };
  char year[8];
  plan_year_label(plan, test->year, year);
  if (test->is_date) {
    text_printf(out, "%s in or before %s", dates[test->date], year);
    return;
  }
  text_printf(out, "%s in %s %s ", measure_kinds[test->measure].name, year,
              test->comparison == AT_MOST ? "at most" : "at least");
  text_money_short(out, test->amount);
}
