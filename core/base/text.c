/* text.c: strings that grow, money in words that people read, UTF-8, names and ids.  Nothing here asks the locale. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MINUS "\xE2\x88\x92"

void text_fini(struct text *t)
{
  free(t->at);
  *t = (struct text){ 0 };
}

static bool text_room(struct text *t, size_t more)
{
  if (t->failed) {
    return false;
  }
  if (t->room - t->length > more) {
    return true;
  }
  size_t room = t->room < 256 ? 256 : t->room;
  while (room - t->length <= more) {
    room *= 2;
  }
  char *moved = realloc(t->at, room);
  if (moved == NULL) {
    t->failed = true;
    return false;
  }
  t->at = moved;
  t->room = room;
  return true;
}

void text_add_n(struct text *t, const char *s, size_t n)
{
  if (text_room(t, n)) {
    memcpy(t->at + t->length, s, n);
    t->length += n;
    t->at[t->length] = '\0';
  }
}

void text_add(struct text *t, const char *s)
{
  text_add_n(t, s, strlen(s));
}

void text_printf(struct text *t, const char *format, ...)
{
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  const int n = vsnprintf(NULL, 0, format, args);
  if (n >= 0 && text_room(t, (size_t)n)) {
    vsnprintf(t->at + t->length, (size_t)n + 1, format, again);
    t->length += (size_t)n;
  }
  va_end(again);
  va_end(args);
}

void text_repeat(struct text *t, const char *s, int times)
{
  for (int i = 0; i < times; i++) {
    text_add(t, s);
  }
}

const char *text_str(const struct text *t)
{
  return t->at != NULL ? t->at : "";
}

static uint64_t size_of(pence p)
{
  return p < 0 ? -(uint64_t)p : (uint64_t)p;
}

static void text_grouped(struct text *t, uint64_t n)
{
  char digits[32];
  const int length = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
  for (int i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0) {
      text_add(t, ",");
    }
    text_add_n(t, digits + i, 1);
  }
}

void text_pounds(struct text *t, pence p)
{
  const uint64_t size = size_of(p);
  text_add(t, p < 0 ? MINUS : "");
  text_grouped(t, size / 100);
  if (size % 100 != 0) {
    text_printf(t, ".%02u", (unsigned)(size % 100));
  }
}

/* size in tenths of a unit, rounded half away from zero. */
static uint64_t tenths(uint64_t size, uint64_t pence_per_unit)
{
  return (size * 10 + pence_per_unit / 2) / pence_per_unit;
}

void text_money_short(struct text *t, pence p)
{
  const uint64_t size = size_of(p), thousand = 100000, million = 100000000;
  text_add(t, p < 0 ? MINUS "\xC2\xA3" : "\xC2\xA3");
  if (size + thousand / 2 >= million) { /* 950k is no million */
    const uint64_t n = tenths(size, million);
    text_grouped(t, n / 10);
    text_printf(t, ".%um", (unsigned)(n % 10));
  } else if (size >= 10 * thousand) {
    text_printf(t, "%uk", (unsigned)((size + thousand / 2) / thousand));
  } else {
    text_grouped(t, size / 100);
    if (size % 100 != 0) {
      text_printf(t, ".%02u", (unsigned)(size % 100));
    }
  }
}

/* Length of the UTF-8 sequence that begins here, 0 when it is not one. */
static size_t sequence(const unsigned char *s, size_t n)
{
  static const struct {
    unsigned char low, high, length, second_low, second_high;
  } kinds[] = { { 0x00, 0x7F, 1, 0, 0 },       { 0xC2, 0xDF, 2, 0x80, 0xBF }, { 0xE0, 0xE0, 3, 0xA0, 0xBF },
                { 0xE1, 0xEC, 3, 0x80, 0xBF }, { 0xED, 0xED, 3, 0x80, 0x9F }, { 0xEE, 0xEF, 3, 0x80, 0xBF },
                { 0xF0, 0xF0, 4, 0x90, 0xBF }, { 0xF1, 0xF3, 4, 0x80, 0xBF }, { 0xF4, 0xF4, 4, 0x80, 0x8F } };
  for (size_t k = 0; k < COUNT_OF(kinds); k++) {
    if (s[0] < kinds[k].low || s[0] > kinds[k].high) {
      continue;
    }
    const size_t length = kinds[k].length;
    if (length > n || (length > 1 && (s[1] < kinds[k].second_low || s[1] > kinds[k].second_high))) {
      return 0;
    }
    for (size_t i = 2; i < length; i++) {
      if (s[i] < 0x80 || s[i] > 0xBF) {
        return 0;
      }
    }
    return length;
  }
  return 0;
}

bool utf8_valid(const char *s, size_t n, size_t *bad)
{
  for (size_t i = 0; i < n;) {
    const size_t length = sequence((const unsigned char *)s + i, n - i);
    if (length == 0) {
      if (bad != NULL) {
        *bad = i;
      }
      return false;
    }
    i += length;
  }
  return true;
}

size_t utf8_count(const char *s, size_t n)
{
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    count += ((unsigned char)s[i] & 0xC0) != 0x80;
  }
  return count;
}

static uint32_t code_point(const unsigned char *s, size_t length)
{
  static const unsigned char lead[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
  uint32_t c = s[0] & lead[length];
  for (size_t i = 1; i < length; i++) {
    c = c << 6 | (s[i] & 0x3Fu);
  }
  return c;
}

/* Combining marks and joiners take no column; East Asian wide characters and pictographs take two. */
static int columns(uint32_t c)
{
  if ((c >= 0x0300 && c <= 0x036F) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
      (c >= 0x2066 && c <= 0x2069) || (c >= 0xFE00 && c <= 0xFE0F) || c < 0x20 || (c >= 0x7F && c < 0xA0)) {
    return 0;
  }
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
                 (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                 (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD)
             ? 2
             : 1;
}

int utf8_width(const char *s, size_t n)
{
  int width = 0;
  for (size_t i = 0; i < n;) {
    const size_t length = sequence((const unsigned char *)s + i, n - i);
    width += length == 0 ? 1 : columns(code_point((const unsigned char *)s + i, length));
    i += length == 0 ? 1 : length;
  }
  return width;
}

/* Edits that turn a into b: insertions, removals, replacements, ignoring case.  Names longer than 63 are never near. */
static int edits(const char *a, const char *b)
{
  enum { LONGEST = 64 };
  const size_t n = strlen(a), m = strlen(b);
  if (n >= LONGEST || m >= LONGEST) {
    return LONGEST;
  }
  int row[LONGEST];
  for (size_t j = 0; j <= m; j++) {
    row[j] = (int)j;
  }
  for (size_t i = 1; i <= n; i++) {
    int diagonal = row[0];
    row[0] = (int)i;
    for (size_t j = 1; j <= m; j++) {
      const int replace = diagonal + (strncasecmp(a + i - 1, b + j - 1, 1) != 0);
      const int shorter = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
      diagonal = row[j];
      row[j] = replace < shorter ? replace : shorter;
    }
  }
  return row[m];
}

const char *nearest_name(const char *typed, const char *const *names)
{
  const int third = (int)(strlen(typed) / 3);
  int best = (third > 2 ? third : 2) + 1;
  const char *nearest = NULL;
  for (; *names != NULL; names++) {
    const int distance = edits(typed, *names);
    if (distance < best && distance < (int)strlen(*names)) {
      best = distance;
      nearest = *names;
    }
  }
  return nearest;
}

static bool is_letter(char c)
{
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool id_valid(const char *s, size_t n)
{
  if (n == 0 || n > 32 || !is_letter(s[0])) {
    return false;
  }
  for (size_t i = 1; i < n; i++) {
    if (!is_letter(s[i]) && !(s[i] >= '0' && s[i] <= '9') && s[i] != '_' && s[i] != '-') {
      return false;
    }
  }
  return true;
}
