/* verdict.c: the words for every way in which a plugin can fail, for messages, lists and JSON. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/inside.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const words[] = {
#define VERDICT_WORD(name, word, sentence) word,
  VERDICT_MAP(VERDICT_WORD)
#undef VERDICT_WORD
};

static const char *const sentences[] = {
#define VERDICT_SENTENCE(name, word, sentence) sentence,
  VERDICT_MAP(VERDICT_SENTENCE)
#undef VERDICT_SENTENCE
};

static const char *const call_names[] = {
  [CALL_NONE] = "between calls",       [CALL_LOAD] = "while loading", [CALL_CREATE] = "in create",
  [CALL_ACTIVATE] = "in activate",     [CALL_APPLY] = "in apply",     [CALL_RESPOND] = "in respond",
  [CALL_DEACTIVATE] = "in deactivate", [CALL_DESTROY] = "in destroy",
};

void detail_take(struct detail *detail, const char *foreign, size_t room)
{
  size_t n = strnlen(foreign, room);
  if (n > sizeof detail->text - 1) {
    n = sizeof detail->text - 1;
  }
  size_t bad = 0;
  if (!utf8_valid(foreign, n, &bad)) {
    n = bad;
  }
  for (size_t i = 0; i < n; i++) {
    const unsigned char c = (unsigned char)foreign[i];
    detail->text[i] = c < 0x20 || c == 0x7f ? ' ' : foreign[i];
  }
  detail->text[n] = '\0';
}

enum verdict refuse(struct detail *detail, enum verdict verdict, const char *format, ...)
{
  if (detail != NULL) {
    char text[2 * sizeof detail->text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    detail_take(detail, text, sizeof text);
  }
  return verdict;
}

const char *verdict_word(enum verdict verdict)
{
  return (size_t)verdict < COUNT_OF(words) ? words[verdict] : "unknown";
}

const char *verdict_sentence(enum verdict verdict)
{
  return (size_t)verdict < COUNT_OF(sentences) ? sentences[verdict] : "it failed in an unknown way";
}

const char *watch_call_name(int32_t call)
{
  return call >= 0 && (size_t)call < COUNT_OF(call_names) ? call_names[call] : "in an unknown call";
}
