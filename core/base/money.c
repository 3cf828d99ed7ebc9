/* money.c: pence, the door between ledger and model, and exact decimals as people type them. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base.h"

#include <gsl/gsl_sf_pow_int.h>
#include <math.h>
#include <string.h>

double gbp_from_pence(pence p)
{
  return (double)p / 100.0;
}

bool pence_from_gbp(double gbp, pence *out)
{
  const double p = round_units(gbp * 100.0);
  if (!(fabs(p) <= (double)PENCE_LIMIT)) { /* nor is a NaN */
    return false;
  }
  *out = (pence)p; /* whole already */
  return true;
}

double power_int(double x, int n)
{
  return gsl_sf_pow_int(x, n);
}

static const int64_t powers_of_ten[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000 };

double decimal_value(struct decimal d)
{
  return (double)d.units / (double)powers_of_ten[d.places];
}

double decimal_fraction(struct decimal d)
{
  return (double)d.units / ((double)powers_of_ten[d.places] * 100.0);
}

bool decimal_pence(struct decimal d, int64_t pence_per_unit, pence *out)
{
  int64_t product;
  if (__builtin_mul_overflow(d.units, pence_per_unit, &product) || product % powers_of_ten[d.places] != 0) {
    return false;
  }
  const int64_t p = product / powers_of_ten[d.places];
  if (p > PENCE_LIMIT || p < -PENCE_LIMIT) {
    return false;
  }
  *out = p;
  return true;
}

static const char pound[] = "\xC2\xA3";
static const char minus[] = "\xE2\x88\x92"; /* U+2212 */

static bool starts_with(const char *text, const char *end, const char *word)
{
  const size_t n = strlen(word);
  return (size_t)(end - text) >= n && memcmp(text, word, n) == 0;
}

/* Takes off what surrounds the digits: sign, brackets, pound sign, per cent sign.  True when it makes the amount
 * negative. */
static bool undress(const char **text, const char **end, enum decimal_style style)
{
  bool negative = false;
  const char *at = *text, *last = *end;
  const bool bracketed = style == DECIMAL_MONEY && last - at > 2 && *at == '(' && last[-1] == ')';
  if (bracketed) {
    negative = true;
    at++, last--;
  }
  for (int sign = 0; sign < 2; sign++) { /* the minus may stand before or after the pound sign, once */
    if (!negative && at < last && *at == '-') {
      negative = true;
      at++;
    } else if (!negative && starts_with(at, last, minus)) {
      negative = true;
      at += sizeof minus - 1;
    }
    if (sign == 0 && style == DECIMAL_MONEY && starts_with(at, last, pound)) {
      at += sizeof pound - 1;
    }
  }
  if (style == DECIMAL_PERCENT && last > at && last[-1] == '%') {
    last--;
  }
  *text = at, *end = last;
  return negative;
}

/* Commas stand in threes, before the point only: "1,234,567.50". */
static bool commas_in_threes(const char *at, const char *point)
{
  const char *comma = memchr(at, ',', (size_t)(point - at));
  if (comma == NULL) {
    return true;
  }
  if (comma - at > 3) {
    return false;
  }
  for (; comma < point; comma += 4) {
    if (*comma != ',' || point - comma < 4) {
      return false;
    }
  }
  return true;
}

static const char *digits(const char *at, const char *end, bool commas, struct decimal *out)
{
  const char *point = memchr(at, '.', (size_t)(end - at));
  const char *whole_end = point != NULL ? point : end;
  if (at == end || (whole_end == at && (point == NULL || point + 1 == end))) {
    return "has no digits";
  }
  if (commas && !commas_in_threes(at, whole_end)) {
    return "has commas that are not in threes";
  }
  int64_t units = 0;
  int places = 0;
  for (const char *c = at; c < end; c++) {
    if (c == point || (commas && *c == ',' && c < whole_end)) {
      continue;
    }
    if (*c < '0' || *c > '9') {
      return (*c == 'e' || *c == 'E') && c > at ? "is in scientific notation, as a spreadsheet shows a wide number"
                                                : "is not a number";
    }
    if (point != NULL && c > point) {
      places++;
    }
    if (places > 9) {
      return "has more than nine decimals";
    }
    if (__builtin_mul_overflow(units, 10, &units) || __builtin_add_overflow(units, *c - '0', &units)) {
      return "is too large";
    }
  }
  *out = (struct decimal){ units, places };
  return NULL;
}

const char *decimal_parse(const char *text, size_t n, enum decimal_style style, struct decimal *out)
{
  const char *at = text, *end = text + n;
  const bool negative = undress(&at, &end, style);
  const char *complaint = digits(at, end, style == DECIMAL_MONEY, out);
  if (complaint == NULL && negative) {
    out->units = -out->units;
  }
  return complaint;
}
