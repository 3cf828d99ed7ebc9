/* words.c: amounts, years and counts as a sentence says them.  Figures are made of whole pence, half away from zero. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/words.h"

#include <ctype.h>
#include <string.h>

#define MINUS "\xE2\x88\x92"
#define POUND "\xC2\xA3"

enum { THOUSAND = 100000, MILLION = 100000000 }; /* in pence */

static uint64_t size_of(pence p)
{
  return p < 0 ? -(uint64_t)p : (uint64_t)p;
}

static uint64_t rounded(uint64_t size, uint64_t unit)
{
  return (size + unit / 2) / unit;
}

static void grouped(struct text *out, uint64_t n)
{
  if (n >= 1000) {
    grouped(out, n / 1000);
    text_printf(out, ",%03u", (unsigned)(n % 1000));
  } else {
    text_printf(out, "%u", (unsigned)n);
  }
}

void money_words(struct text *out, pence p)
{
  const uint64_t size = size_of(p), tenths = rounded(size, MILLION / 10);
  const bool millions = rounded(size, THOUSAND) >= MILLION / THOUSAND; /* 950,000 is no million */
  text_add(out, p < 0 ? MINUS POUND : POUND);
  if (millions) {
    grouped(out, tenths / 10);
    text_printf(out, ".%u million", (unsigned)(tenths % 10));
  } else if (size >= 10 * (uint64_t)THOUSAND) {
    grouped(out, rounded(size, THOUSAND) * 1000);
  } else {
    grouped(out, rounded(size, 100));
  }
}

void money_in_millions(struct text *out, pence p, int places)
{
  const uint64_t scale = places == 1 ? 10 : 100, n = rounded(size_of(p), MILLION / scale);
  text_add(out, p < 0 && n > 0 ? MINUS : "");
  grouped(out, n / scale);
  text_printf(out, ".%0*u", places, (unsigned)(n % scale));
}

/* What a figure of n characters with its unit after it is, said in full; how far to go on, 0 where it is no such. */
static size_t spoken_figure(struct text *out, const char *at, size_t n, bool pounds)
{
  const bool ends = !isalpha((unsigned char)at[n]) || !isalpha((unsigned char)at[n + 1]);
  if (pounds && at[n] == 'm' && ends) {
    text_add_n(out, at, n);
    text_add(out, " million");
    return n + 1;
  }
  if (pounds && at[n] == 'k' && ends && memchr(at, '.', n) == NULL) {
    text_add_n(out, at, n);
    text_add(out, ",000");
    return n + 1;
  }
  if (!pounds && strncmp(at + n, "pp", 2) == 0 && !isalpha((unsigned char)at[n + 2])) {
    text_add_n(out, at, n);
    text_add(out, n == 1 && *at == '1' ? " point" : " points");
    return n + 2;
  }
  return 0;
}

void spoken_words(struct text *out, const char *words)
{
  while (*words != '\0') {
    const bool pounds = strncmp(words, POUND, 2) == 0;
    const size_t sign = pounds ? 2 : 0, n = strspn(words + sign, "0123456789.,");
    text_add_n(out, words, sign);
    words += sign;
    const size_t said = n > 0 ? spoken_figure(out, words, n, pounds) : 0;
    if (said == 0) {
      const size_t plain = n > 0 ? n : pounds ? 0 : 1;
      text_add_n(out, words, plain);
      words += plain;
    }
    words += said;
  }
}

void march_words(struct text *out, const struct plan *plan, int year)
{
  text_printf(out, "March %d", plan->first_year + year + 1);
}

void opening_words(struct text *out, const struct plan *plan)
{
  march_words(out, plan, -1);
}

void count_words(struct text *out, int n)
{
  static const char *const words[] = { "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine" };
  if (n >= 0 && n < (int)COUNT_OF(words)) {
    text_add(out, words[n]);
  } else {
    text_printf(out, "%d", n);
  }
}

void per_cent_words(struct text *out, double share)
{
  const int whole = (int)(share * 100.0 + 0.5);
  if (share > 0.0 && whole == 0) {
    text_add(out, "less than 1%");
  } else if (share < 1.0 && whole == 100) {
    text_add(out, "more than 99%");
  } else {
    text_printf(out, "%d%%", whole);
  }
}
