/* units.c: values of scenarios as people type them, each with its unit: 1pp, -15%, £8.7m, 12, 2027/28, yes, straight.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/scenarios.h"

#include <stdio.h>
#include <string.h>

static const char pound[] = "\xC2\xA3";
static const char minus[] = "\xE2\x88\x92"; /* U+2212 */

/* A number taken apart: sign, pound sign, digits with points and commas, and whatever follows. */
struct typed {
  bool negative, pounds;
  const char *digits;
  size_t n_digits;
  const char *suffix;
};

enum suffix { SUFFIX_NONE, SUFFIX_PERCENT, SUFFIX_POINTS, SUFFIX_THOUSAND, SUFFIX_MILLION, SUFFIX_UNKNOWN };

static bool skip(const char **at, const char *word)
{
  const size_t n = strlen(word);
  if (strncmp(*at, word, n) != 0) {
    return false;
  }
  *at += n;
  return true;
}

static struct typed take_apart(const char *text)
{
  struct typed typed = { 0 };
  const char *at = text;
  for (int sign = 0; sign < 2; sign++) { /* the minus may stand before or after the pound sign, once */
    if (!typed.negative) {
      typed.negative = skip(&at, "-") || skip(&at, minus);
    }
    if (!typed.pounds) {
      typed.pounds = skip(&at, pound);
    }
  }
  typed.digits = at;
  typed.n_digits = strspn(at, "0123456789.,");
  typed.suffix = at + typed.n_digits;
  return typed;
}

static enum suffix suffix_kind(const char *suffix)
{
  static const char *const names[] = { "", "%", "pp", "k", "m" };
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    if (strcmp(suffix, names[i]) == 0) {
      return (enum suffix)i;
    }
  }
  return SUFFIX_UNKNOWN;
}

/* ---- how values are printed in messages ---------------------------------------------------------------- */

static const char *number(struct arena *arena, double value)
{
  char digits[40];
  snprintf(digits, sizeof digits, "%.10g", value < 0.0 ? -value : value);
  return arena_printf(arena, "%s%s", value < 0.0 ? minus : "", digits);
}

static const char *money(struct arena *arena, double gbp)
{
  struct text text = { 0 };
  pence amount = 0;
  if (!pence_from_gbp(gbp, &amount)) {
    return number(arena, gbp);
  }
  text_add(&text, amount < 0 ? minus : "");
  text_add(&text, pound);
  text_pounds(&text, amount < 0 ? -amount : amount);
  const char *copy = arena_strdup(arena, text_str(&text));
  text_fini(&text);
  return copy;
}

static const char *percent(struct arena *arena, double fraction)
{
  char digits[40];
  const double size = fraction < 0.0 ? -fraction : fraction;
  snprintf(digits, sizeof digits, "%.2f", size * 100.0);
  return arena_printf(arena, "%s%s%%", fraction < 0.0 ? minus : "", digits);
}

static const char *year_words(struct arena *arena, int year)
{
  return arena_printf(arena, "%04d/%02d", year, (year + 1) % 100);
}

static const char *in_unit(const struct wanted_value *wanted, double value)
{
  switch (wanted->param->unit) {
  case HR_GBP:
    return money(wanted->arena, value);
  case HR_PERCENT:
    return arena_printf(wanted->arena, "%s%%", number(wanted->arena, value * 100.0));
  case HR_POINTS:
    return arena_printf(wanted->arena, "%spp", number(wanted->arena, value * 100.0));
  case HR_YEAR:
    return year_words(wanted->arena, (int)value);
  default:
    return number(wanted->arena, value);
  }
}

static bool wrong_with(struct complaint *wrong, enum code code, const char *text, const char *label, const char *help)
{
  *wrong = (struct complaint){ code, text, label, help };
  return false;
}

/* ---- values with the wrong unit, or none --------------------------------------------------------------- */

/* A rate and what both readings of the typed figure make of it. */
static void both_readings(const struct wanted_value *wanted, struct decimal figure, const char **points,
                          const char **scaled)
{
  struct arena *arena = wanted->arena;
  const double rate = wanted->has_example ? wanted->example : 0.03;
  const double change = decimal_fraction(figure);
  *points = arena_printf(arena, "%s becomes %s", percent(arena, rate), percent(arena, rate + change));
  *scaled = arena_printf(arena, "%s becomes %s", percent(arena, rate), percent(arena, rate * (1.0 + change)));
}

static const char *signed_digits(const struct wanted_value *wanted, const struct typed *typed)
{
  return arena_printf(wanted->arena, "%s%.*s", typed->negative ? "-" : "", (int)typed->n_digits, typed->digits);
}

/* The same digits, two decimal places further left: what a fraction would be in per cent. */
static const char *as_fraction(const struct wanted_value *wanted, struct decimal figure)
{
  return number(wanted->arena, decimal_value(figure) * 100.0);
}

static bool percent_for_points(const struct wanted_value *wanted, const char *text, const struct typed *typed,
                               struct decimal figure, struct complaint *wrong)
{
  const char *points, *scaled;
  both_readings(wanted, figure, &points, &scaled);
  const char *digits = signed_digits(wanted, typed);
  return wrong_with(
      wrong, CODE_SCENARIO_UNIT,
      arena_printf(wanted->arena, "'%s' is per cent, and %s is in percentage points", text, wanted->param->id),
      arena_printf(wanted->arena, "write %spp: %s", digits, points),
      arena_printf(wanted->arena, "%s%% of a rate is another thing: %s", digits, scaled));
}

static bool points_for_percent(const struct wanted_value *wanted, const char *text, const struct typed *typed,
                               struct decimal figure, struct complaint *wrong)
{
  const char *points, *scaled;
  both_readings(wanted, figure, &points, &scaled);
  const char *digits = signed_digits(wanted, typed);
  const char *hundred = number(wanted->arena, 100.0 + decimal_value(figure));
  return wrong_with(
      wrong, CODE_SCENARIO_UNIT,
      arena_printf(wanted->arena, "'%s' is in percentage points, and %s is per cent", text, wanted->param->id),
      arena_printf(wanted->arena, "write %s%%: 100 becomes %s", digits, hundred),
      arena_printf(wanted->arena, "%spp would move a rate: %s", digits, points));
}

static bool bare_for_rate(const struct wanted_value *wanted, const char *text, const struct typed *typed,
                          struct decimal figure, struct complaint *wrong)
{
  const char *unit = wanted->param->unit == HR_POINTS ? "pp" : "%";
  const char *digits = signed_digits(wanted, typed);
  return wrong_with(wrong, CODE_SCENARIO_UNIT,
                    arena_printf(wanted->arena, "'%s' has no unit, and %s is %s", text, wanted->param->id,
                                 wanted->param->unit == HR_POINTS ? "in percentage points" : "per cent"),
                    arena_printf(wanted->arena, "write %s%s, or %s%s if it was a fraction", digits, unit,
                                 as_fraction(wanted, figure), unit),
                    "");
}

static bool bare_for_money(const struct wanted_value *wanted, const char *text, const struct typed *typed,
                           struct complaint *wrong)
{
  const char *sign = typed->negative ? "-" : "";
  const int n = (int)typed->n_digits;
  const char *suffix = wanted->plan->pence_per_unit == 100000000 ? "m" : "k";
  return wrong_with(wrong, CODE_SCENARIO_UNIT,
                    arena_printf(wanted->arena, "'%s' has no unit, and %s is money", text, wanted->param->id),
                    arena_printf(wanted->arena, "write %s%s%.*s for pounds, or %s%s%.*s%s for %s", sign, pound, n,
                                 typed->digits, sign, pound, n, typed->digits, suffix,
                                 *suffix == 'm' ? "millions" : "thousands"),
                    "");
}

static const char *unit_words(uint32_t unit)
{
  switch (unit) {
  case HR_GBP:
    return "money, such as \xC2\xA3"
           "8.7m, \xC2\xA3"
           "350k or -\xC2\xA3"
           "1,200";
  case HR_PERCENT:
    return "per cent, such as -15%";
  case HR_POINTS:
    return "percentage points, such as 1pp or -20pp";
  case HR_MONTHS:
    return "months, such as 12";
  default:
    return "a plain number, such as 25";
  }
}

static bool unit_clash(const struct wanted_value *wanted, const char *text, struct complaint *wrong)
{
  return wrong_with(wrong, CODE_SCENARIO_UNIT,
                    arena_printf(wanted->arena, "'%s' has a unit that %s does not take", text, wanted->param->id),
                    arena_printf(wanted->arena, "write %s", unit_words(wanted->param->unit)), "");
}

static bool not_a_value(const struct wanted_value *wanted, const char *text, const char *why, struct complaint *wrong)
{
  return wrong_with(wrong, CODE_SCENARIO_VALUE, arena_printf(wanted->arena, "'%s' %s", text, why),
                    arena_printf(wanted->arena, "write %s", unit_words(wanted->param->unit)), "");
}

/* ---- numbers ------------------------------------------------------------------------------------------- */

static bool money_parse(const struct wanted_value *wanted, const char *text, const struct typed *typed,
                        enum suffix suffix, struct decimal figure, double *out, struct complaint *wrong)
{
  static const int64_t pence_in[] = { [SUFFIX_NONE] = 100, [SUFFIX_THOUSAND] = 100000, [SUFFIX_MILLION] = 100000000 };
  pence amount = 0;
  if (suffix == SUFFIX_PERCENT || suffix == SUFFIX_POINTS) {
    return unit_clash(wanted, text, wrong);
  }
  if (!typed->pounds && suffix == SUFFIX_NONE) {
    return bare_for_money(wanted, text, typed, wrong);
  }
  if (!typed->pounds) {
    return wrong_with(wrong, CODE_SCENARIO_UNIT, arena_printf(wanted->arena, "'%s' lacks its pound sign", text),
                      arena_printf(wanted->arena, "write %s%s%.*s%s", typed->negative ? "-" : "", pound,
                                   (int)typed->n_digits, typed->digits, typed->suffix),
                      "");
  }
  if (!decimal_pence(figure, pence_in[suffix], &amount)) {
    return not_a_value(wanted, text, "is not a whole number of pence", wrong);
  }
  *out = gbp_from_pence(amount);
  return true;
}

static bool rate_parse(const struct wanted_value *wanted, const char *text, const struct typed *typed,
                       enum suffix suffix, struct decimal figure, double *out, struct complaint *wrong)
{
  const bool points = wanted->param->unit == HR_POINTS;
  if (typed->pounds || suffix == SUFFIX_THOUSAND || suffix == SUFFIX_MILLION) {
    return unit_clash(wanted, text, wrong);
  }
  if (suffix == SUFFIX_NONE) {
    return bare_for_rate(wanted, text, typed, figure, wrong);
  }
  if (points && suffix == SUFFIX_PERCENT) {
    return percent_for_points(wanted, text, typed, figure, wrong);
  }
  if (!points && suffix == SUFFIX_POINTS) {
    return points_for_percent(wanted, text, typed, figure, wrong);
  }
  *out = decimal_fraction(figure);
  return true;
}

static bool bare_parse(const struct wanted_value *wanted, const char *text, const struct typed *typed,
                       enum suffix suffix, struct decimal figure, double *out, struct complaint *wrong)
{
  if (typed->pounds || suffix != SUFFIX_NONE) {
    return unit_clash(wanted, text, wrong);
  }
  *out = decimal_value(figure);
  return true;
}

static bool figure_parse(const struct wanted_value *wanted, const char *text, const struct typed *typed,
                         struct decimal *out, struct complaint *wrong)
{
  if (typed->n_digits == 0) {
    return not_a_value(wanted, text, "is not a value", wrong);
  }
  const char *why = decimal_parse(typed->digits, typed->n_digits, DECIMAL_MONEY, out);
  if (why != NULL) {
    return not_a_value(wanted, text, why, wrong);
  }
  if (typed->negative) {
    out->units = -out->units;
  }
  if (suffix_kind(typed->suffix) == SUFFIX_UNKNOWN) {
    return not_a_value(wanted, text, arena_printf(wanted->arena, "ends in '%s', which is no unit", typed->suffix),
                       wrong);
  }
  return true;
}

static bool number_parse(const struct wanted_value *wanted, const char *text, double *out, struct complaint *wrong)
{
  const struct typed typed = take_apart(text);
  struct decimal figure = { 0 };
  if (!figure_parse(wanted, text, &typed, &figure, wrong)) {
    return false;
  }
  const enum suffix suffix = suffix_kind(typed.suffix);
  switch (wanted->param->unit) {
  case HR_GBP:
    return money_parse(wanted, text, &typed, suffix, figure, out, wrong);
  case HR_PERCENT:
  case HR_POINTS:
    return rate_parse(wanted, text, &typed, suffix, figure, out, wrong);
  default:
    return bare_parse(wanted, text, &typed, suffix, figure, out, wrong);
  }
}

/* ---- words --------------------------------------------------------------------------------------------- */

static bool switch_parse(const struct wanted_value *wanted, const char *text, double *out, struct complaint *wrong)
{
  const bool yes = strcmp(text, "yes") == 0;
  if (!yes && strcmp(text, "no") != 0) {
    return wrong_with(wrong, CODE_SCENARIO_VALUE, arena_printf(wanted->arena, "'%s' is not yes or no", text),
                      "write yes or no", "");
  }
  *out = yes ? 1.0 : 0.0;
  return true;
}

/* R34: what a receipt may not be used for is said, whatever the plugin calls its choices. */
static const char *receipt_help(const char *text)
{
  return strcmp(text, "revenue") == 0 || strcmp(text, "reserve") == 0 || strcmp(text, "reserves") == 0
             ? receipt_refusal(TO_REVENUE)
             : "";
}

static bool choice_parse(const struct wanted_value *wanted, const char *text, double *out, struct complaint *wrong)
{
  enum { MOST = 32 };
  const char *names[MOST + 1] = { NULL };
  struct text all = { 0 };
  int n = 0;
  for (const char *at = wanted->param->choices; at != NULL && *at != '\0' && n < MOST;) {
    const size_t length = strcspn(at, "|");
    names[n] = arena_strndup(wanted->arena, at, length);
    if (strcmp(names[n], text) == 0) {
      *out = n;
      text_fini(&all);
      return true;
    }
    text_printf(&all, "%s%s", n > 0 ? ", " : "", names[n]);
    n++;
    at += length + (at[length] == '|' ? 1 : 0);
  }
  const char *nearest = nearest_name(text, names);
  const char *label = nearest != NULL ? arena_printf(wanted->arena, "did you mean %s?", nearest)
                                      : arena_printf(wanted->arena, "write one of %s", text_str(&all));
  text_fini(&all);
  return wrong_with(wrong, CODE_SCENARIO_VALUE,
                    arena_printf(wanted->arena, "'%s' is not a choice of %s", text, wanted->param->id), label,
                    receipt_help(text));
}

static int digits_value(const char *at, size_t n)
{
  int value = 0;
  for (size_t i = 0; i < n; i++) {
    if (at[i] < '0' || at[i] > '9') {
      return -1;
    }
    value = value * 10 + (at[i] - '0');
  }
  return value;
}

int year_label_parse(const char *typed)
{
  const size_t n = strlen(typed);
  if ((n != 7 && n != 9) || (typed[4] != '/' && typed[4] != '-')) {
    return 0;
  }
  const int first = digits_value(typed, 4);
  const int second = digits_value(typed + 5, n - 5);
  const bool follows = n == 7 ? second == (first + 1) % 100 : second == first + 1;
  return first >= 1900 && second >= 0 && follows ? first : 0;
}

static bool year_parse_value(const struct wanted_value *wanted, const char *text, double *out, struct complaint *wrong)
{
  const int year = year_label_parse(text);
  const int first = wanted->plan->first_year;
  const int last = first + wanted->plan->n_years - 1;
  if (year == 0) {
    return wrong_with(wrong, CODE_SCENARIO_VALUE, arena_printf(wanted->arena, "'%s' is not a financial year", text),
                      arena_printf(wanted->arena, "write it like %s", year_words(wanted->arena, first)), "");
  }
  if (year < first || year > last) {
    return wrong_with(wrong, CODE_SCENARIO_RANGE, arena_printf(wanted->arena, "%s is not a year of this plan", text),
                      arena_printf(wanted->arena, "the plan runs from %s to %s", year_words(wanted->arena, first),
                                   year_words(wanted->arena, last)),
                      "");
  }
  *out = year;
  return true;
}

static bool value_read(const struct wanted_value *wanted, const char *typed, double *out, struct complaint *wrong)
{
  switch (wanted->param->unit) {
  case HR_SWITCH:
    return switch_parse(wanted, typed, out, wrong);
  case HR_CHOICE:
    return choice_parse(wanted, typed, out, wrong);
  case HR_YEAR:
    return year_parse_value(wanted, typed, out, wrong);
  default:
    return number_parse(wanted, typed, out, wrong);
  }
}

bool value_parse(const struct wanted_value *wanted, const char *typed, double *out, struct complaint *wrong)
{
  const struct hr_param *param = wanted->param;
  if (!value_read(wanted, typed, out, wrong)) {
    return false;
  }
  if (param->unit == HR_SWITCH || param->unit == HR_CHOICE || (*out >= param->min && *out <= param->max)) {
    return true;
  }
  const bool above = *out > param->max;
  return wrong_with(
      wrong, CODE_SCENARIO_RANGE,
      arena_printf(wanted->arena, "'%s' is %s than %s may be", typed, above ? "more" : "less", param->id),
      arena_printf(wanted->arena, "from %s to %s", in_unit(wanted, param->min), in_unit(wanted, param->max)), "");
}
