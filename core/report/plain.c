/* plain.c: for old consoles: words in place of signs, and ? for a character that has none. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report.h"

#include <string.h>

void text_plain(struct text *out, const char *words)
{
  static const char *const signs[][2] = { { "\xC2\xA3", "GBP " },  { "\xE2\x88\x92", "-" }, { "\xE2\x94\x80", "-" },
                                          { "\xE2\x96\x88", "#" }, { "\xC3\x97", "x" },     { "\xC3\xB7", "/" },
                                          { "\xC2\xB7", "*" } };
  for (const char *at = words; *at != '\0';) {
    size_t length = 1;
    const char *word = NULL;
    for (size_t i = 0; i < COUNT_OF(signs) && word == NULL; i++) {
      length = strlen(signs[i][0]);
      word = strncmp(at, signs[i][0], length) == 0 ? signs[i][1] : NULL;
    }
    length = word != NULL ? length : 1;
    while (word == NULL && ((unsigned char)at[length] & 0xC0) == 0x80) {
      length++;
    }
    text_add_n(out, word != NULL ? word : (unsigned char)*at < 0x80 ? at : "?", word != NULL ? strlen(word) : 1);
    at += length;
  }
}
