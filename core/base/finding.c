/* finding.c: the list of what is wrong or odd in the data, and where. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const struct {
  const char *number, *title;
  enum severity severity;
} kinds[] = {
#define CODE_ROW(name, number, severity, title) [name] = { number, title, severity },
  HEADROOM_CODES(CODE_ROW)
#undef CODE_ROW
};

const char *code_number(enum code code)
{
  return kinds[code].number;
}

const char *code_title(enum code code)
{
  return kinds[code].title;
}

enum severity code_severity(enum code code)
{
  return kinds[code].severity;
}

const char *severity_name(enum severity severity)
{
  static const char *const names[] = { "error", "warning", "note" };
  return names[severity];
}

void findings_init(struct findings *findings, struct arena *arena)
{
  *findings = (struct findings){ .arena = arena };
}

struct finding *finding_add(struct findings *findings, enum code code, struct place place, const char *format, ...)
{
  enum { MOST = 1000 }; /* beyond that nobody reads on, and a hostile file could make a million */
  static _Thread_local struct finding dummy;
  findings->errors += code_severity(code) == SEVERITY_ERROR;
  if (findings->count == MOST) {
    findings->dropped++;
    return &dummy;
  }
  struct finding *items = arena_grow(findings->arena, findings->item, findings->count, sizeof *items);
  if (items == NULL) {
    return &dummy;
  }
  va_list args;
  va_start(args, format);
  const char *text = arena_vprintf(findings->arena, format, args);
  va_end(args);
  findings->item = items;
  items[findings->count] = (struct finding){ .code = code, .place = place, .text = text, .label = "", .help = "" };
  return &items[findings->count++];
}

void finding_label(struct findings *findings, struct finding *finding, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  finding->label = arena_vprintf(findings->arena, format, args);
  va_end(args);
}

void finding_help(struct findings *findings, struct finding *finding, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  finding->help = arena_vprintf(findings->arena, format, args);
  va_end(args);
}

void finding_amount(struct finding *finding, pence amount)
{
  finding->has_amount = true;
  finding->amount = amount;
}

static int compare_place(const struct place *a, const struct place *b)
{
  const int by_file = strcmp(a->file != NULL ? a->file : "", b->file != NULL ? b->file : "");
  if (by_file != 0) {
    return by_file;
  }
  return a->line != b->line ? (a->line > b->line) - (a->line < b->line)
                            : (a->column > b->column) - (a->column < b->column);
}

static bool comes_before(const struct finding *a, const struct finding *b)
{
  const int by_severity = (int)code_severity(a->code) - (int)code_severity(b->code);
  return by_severity != 0 ? by_severity < 0 : compare_place(&a->place, &b->place) < 0;
}

/* Insertion sort: stable, and needs no memory. */
void findings_sort(struct findings *findings)
{
  for (size_t i = 1; i < findings->count; i++) {
    const struct finding moving = findings->item[i];
    size_t j = i;
    for (; j > 0 && comes_before(&moving, &findings->item[j - 1]); j--) {
      findings->item[j] = findings->item[j - 1];
    }
    findings->item[j] = moving;
  }
}
