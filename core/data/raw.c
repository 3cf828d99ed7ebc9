/* raw.c: is a file, and each of its lines, plain UTF-8 text?  For the reader of CSV, which trusts what passes. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/raw.h"

#include <string.h>

struct place raw_place(const struct raw_line *line, const char *at, int width)
{
  const int column = (int)utf8_count(line->at, (size_t)(at - line->at)) + 1;
  return (struct place){ line->file, line->number, column, width, line->excerpt };
}

/* The usual cause of a byte that is not UTF-8: a spreadsheet that saved in Windows-1252. */
static const char *windows_1252(unsigned char byte)
{
  switch (byte) {
  case 0xA3:
    return "a \u00A3 sign";
  case 0x80:
    return "a \u20AC sign";
  case 0x91:
  case 0x92:
    return "a curly apostrophe";
  case 0x93:
  case 0x94:
    return "a curly quotation mark";
  case 0x96:
  case 0x97:
    return "a dash";
  case 0xA0:
    return "a space that does not break";
  default:
    return byte >= 0xC0 ? "an accented letter" : "a symbol";
  }
}

static bool is_control(const unsigned char *at, const unsigned char *end)
{
  return (at[0] < 0x20 && at[0] != '\t') || at[0] == 0x7F ||
         (at[0] == 0xC2 && at + 1 < end && at[1] >= 0x80 && at[1] <= 0x9F);
}

const char *raw_shown(struct arena *arena, const char *at, size_t n)
{
  static const char instead[] = "\uFFFD";
  const char *end = at + n;
  char *shown = arena_alloc(arena, n * 3 + 1);
  if (shown == NULL) {
    return "";
  }
  const char *good = at; /* UTF-8 up to here */
  for (char *out = shown; at < end;) {
    if (at >= good) {
      size_t run = (size_t)(end - at);
      (void)utf8_valid(at, run, &run);
      good = at + run;
    }
    const bool control = at < good && is_control((const unsigned char *)at, (const unsigned char *)end);
    if (at < good && !control) {
      *out++ = *at++;
      continue;
    }
    memcpy(out, instead, sizeof instead - 1);
    out += sizeof instead - 1;
    at += control && (unsigned char)*at == 0xC2 ? 2 : 1;
  }
  return shown;
}

/* Column of an offset in a line that is not all UTF-8: each byte that is not counts as one character, as shown. */
static int column_shown(const struct raw_line *line, size_t offset)
{
  int column = 1;
  size_t at = 0;
  while (at < offset) {
    size_t bad = 0;
    if (utf8_valid(line->at + at, offset - at, &bad)) {
      return column + (int)utf8_count(line->at + at, offset - at);
    }
    column += (int)utf8_count(line->at + at, bad) + 1;
    at += bad + 1;
  }
  return column;
}

static void not_utf8(struct reading *reading, const struct raw_line *line, size_t bad)
{
  const unsigned char byte = (unsigned char)line->at[bad];
  const struct place place = { line->file, line->number, column_shown(line, bad), 1, line->excerpt };
  struct finding *finding = finding_add(reading->findings, CODE_NOT_UTF8, place,
                                        "byte 0x%02X is not UTF-8: in Windows-1252 it is %s", byte, windows_1252(byte));
  finding_help(reading->findings, finding, "save the file again as \"CSV UTF-8 (comma delimited)\"");
}

static void control_character(struct reading *reading, const struct raw_line *line, const char *at)
{
  const struct place place = raw_place(line, at, 1);
  const char *again = "save the file again as \"CSV UTF-8 (comma delimited)\"";
  if (*at == '\r') {
    struct finding *finding =
        finding_add(reading->findings, CODE_LINE_BREAK, place, "a carriage return stands inside a line");
    finding_label(reading->findings, finding, "lines end in LF or CR LF");
    finding_help(reading->findings, finding, "%s, not as a Macintosh file", again);
    return;
  }
  const unsigned byte = (unsigned char)*at == 0xC2 ? (unsigned char)at[1] : (unsigned char)*at;
  struct finding *finding = byte == 0
                                ? finding_add(reading->findings, CODE_NOT_TEXT, place, "a NUL byte stands in the text")
                                : finding_add(reading->findings, CODE_NOT_TEXT, place,
                                              "a control character (0x%02X) stands in the text", byte);
  finding_label(reading->findings, finding, "take it out");
  finding_help(reading->findings, finding, "or %s", again);
}

static bool is_plain(const char *at, const char *end)
{
  for (; at < end; at++) {
    if ((unsigned char)*at < 0x20 || (unsigned char)*at >= 0x7F) {
      return false;
    }
  }
  return true;
}

static bool utf16(const unsigned char *u, size_t n)
{
  const bool marked = n >= 2 && ((u[0] == 0xFF && u[1] == 0xFE) || (u[0] == 0xFE && u[1] == 0xFF));
  const bool little = n >= 4 && u[0] != 0 && u[1] == 0 && u[2] != 0 && u[3] == 0;
  const bool big = n >= 4 && u[0] == 0 && u[1] != 0 && u[2] == 0 && u[3] != 0;
  return marked || little || big;
}

bool raw_file_is_text(struct reading *reading, const char *file, const char *bytes, size_t n)
{
  const struct place place = { .file = file };
  struct finding *finding = NULL;
  if (n == 0) {
    finding = finding_add(reading->findings, CODE_NO_HEADER, place, "the file is empty");
    finding_label(reading->findings, finding, "its first row names the columns");
  } else if (utf16((const unsigned char *)bytes, n)) {
    finding = finding_add(reading->findings, CODE_NOT_TEXT, place,
                          "the file is UTF-16, which spreadsheets call Unicode text");
    finding_label(reading->findings, finding, "save it again as \"CSV UTF-8 (comma delimited)\"");
  } else if (n >= 4 && memcmp(bytes, "PK\x03\x04", 4) == 0) {
    finding =
        finding_add(reading->findings, CODE_NOT_TEXT, place, "the file is a workbook with the name of a text file");
    finding_label(reading->findings, finding, "save each sheet as \"CSV UTF-8 (comma delimited)\"");
  }
  return finding == NULL;
}

bool raw_line_is_text(struct reading *reading, struct raw_line *line)
{
  line->excerpt = line->at;
  line->is_ascii = is_plain(line->at, line->end);
  if (line->is_ascii) {
    return true;
  }
  size_t bad = (size_t)(line->end - line->at);
  const bool is_utf8 = utf8_valid(line->at, bad, &bad);
  for (const char *at = line->at; at < line->at + bad; at++) {
    if (is_control((const unsigned char *)at, (const unsigned char *)line->end)) {
      line->excerpt = raw_shown(reading->arena, line->at, (size_t)(line->end - line->at));
      control_character(reading, line, at);
      return false;
    }
  }
  if (!is_utf8) {
    line->excerpt = raw_shown(reading->arena, line->at, (size_t)(line->end - line->at));
    not_utf8(reading, line, bad);
  }
  return is_utf8;
}
