/* measure.c: how wide text is, how much of it fits, and how it is escaped. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/chart/svg.h"

#include <string.h>

/* Advance widths of Arial in thousandths of its size, from space to tilde; Helvetica and Liberation Sans have the
 * same. */
static const short advance[95] = {
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
  556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
  611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
  667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
  222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584,
};
/* Bold is a tenth wider, and another font may be in use. */
static const double generous = 1.12;

/* Bytes of the character that begins here: at least 1, never beyond n. */
static size_t character(const char *s, size_t n)
{
  size_t length = 1;
  while (length < n && ((unsigned char)s[length] & 0xC0) == 0x80) {
    length++;
  }
  return length;
}

/* Beyond ASCII the widest that is common: letters of other scripts, dashes, pictographs. */
static double character_width(const char *s, size_t length)
{
  const unsigned char c = (unsigned char)*s;
  if (c >= ' ' && c <= '~') {
    return advance[c - ' '];
  }
  if (!utf8_valid(s, length, NULL)) { /* is replaced by one character */
    return 1000;
  }
  if (length == 1 || utf8_width(s, length) == 0) {
    return 0;
  }
  if (strncmp(s, "\xC2\xA3", 2) == 0) { /* pound sign */
    return 556;
  }
  if (strncmp(s, "\xE2\x88\x92", 3) == 0) { /* minus sign */
    return 584;
  }
  if (strncmp(s, "\xE2\x80\x98", 3) == 0 || strncmp(s, "\xE2\x80\x99", 3) == 0) { /* single quotes */
    return 222;
  }
  return length == 2 ? 800 : length == 3 ? 1000 : 1300;
}

double text_width(const char *s, size_t n, double size)
{
  double thousandths = 0;
  for (size_t i = 0; i < n;) {
    const size_t length = character(s + i, n - i);
    thousandths += character_width(s + i, length);
    i += length;
  }
  return thousandths / 1000 * size * generous;
}

size_t text_fit(const char *s, double width, double size)
{
  const size_t n = strlen(s);
  double used = 0;
  for (size_t i = 0; i < n;) {
    const size_t length = character(s + i, n - i);
    used += character_width(s + i, length) / 1000 * size * generous;
    if (used > width + 0.01) { /* what was measured fits into its own measure */
      return i;
    }
    i += length;
  }
  return n;
}

int text_lines(const char *s, double width, double size, int most, size_t *start, size_t *length)
{
  const size_t n = strlen(s);
  int lines = 0;
  for (size_t at = 0; at < n && lines < most; lines++) {
    size_t fits = text_fit(s + at, width, size), next = at + fits;
    if (next < n && lines + 1 < most) {
      size_t blank = fits;
      while (blank > 0 && s[at + blank] != ' ') {
        blank--;
      }
      fits = blank > 0 ? blank : fits > 0 ? fits : character(s + at, n - at);
      next = at + fits;
    } else if (next < n) {
      fits = n - at;
      next = n;
    }
    start[lines] = at;
    length[lines] = fits;
    while (s[next] == ' ') {
      next++;
    }
    at = next;
  }
  return lines;
}

/* What XML may not hold even when escaped: control bytes, and U+FFFE and U+FFFF. */
static bool may_not_stand(const char *s, size_t length)
{
  return (length == 1 && ((unsigned char)*s < 0x20 || *s == 0x7F)) ||
         (length == 3 && (memcmp(s, "\xEF\xBF\xBE", 3) == 0 || memcmp(s, "\xEF\xBF\xBF", 3) == 0));
}

void escape_text(struct text *t, const char *s, size_t n)
{
  for (size_t i = 0; i < n;) {
    const size_t length = character(s + i, n - i);
    if (!utf8_valid(s + i, length, NULL)) {
      text_add(t, "\xEF\xBF\xBD");
    } else if (s[i] == '&') {
      text_add(t, "&amp;");
    } else if (s[i] == '<') {
      text_add(t, "&lt;");
    } else if (s[i] == '>') {
      text_add(t, "&gt;");
    } else if (s[i] == '"') {
      text_add(t, "&quot;");
    } else if (s[i] == '\'') {
      text_add(t, "&#39;");
    } else if (!may_not_stand(s + i, length)) {
      text_add_n(t, s + i, length);
    }
    i += length;
  }
}
