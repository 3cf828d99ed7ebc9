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
/* Bold is up to a tenth wider, and another font may be in use. */
static const double generous = 1.08;

/* Bytes of the character that begins here: at least 1, never beyond n. */
static size_t character(const char *s, size_t n)
{
  size_t length = 1;
  while (length < n && ((unsigned char)s[length] & 0xC0) == 0x80) {
    length++;
  }
  return length;
}

static double character_width(const char *s, size_t length)
{
  const unsigned char c = (unsigned char)*s;
  if (c >= ' ' && c <= '~') {
    return advance[c - ' '];
  }
  return length == 1 ? 0 : length == 2 ? 667 * (double)utf8_width(s, length) : 600 * (double)utf8_width(s, length);
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

void escape_text(struct text *t, const char *s, size_t n)
{
  for (size_t i = 0; i < n; i++) {
    switch (s[i]) {
    case '&':
      text_add(t, "&amp;");
      break;
    case '<':
      text_add(t, "&lt;");
      break;
    case '>':
      text_add(t, "&gt;");
      break;
    case '"':
      text_add(t, "&quot;");
      break;
    case '\'':
      text_add(t, "&#39;");
      break;
    default:
      if ((unsigned char)s[i] >= 0x20 && s[i] != 0x7F) {
        text_add_n(t, s + i, 1);
      }
    }
  }
}
