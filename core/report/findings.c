/* findings.c: what is wrong or odd in the data, as people read it: code, place, the source line, a caret, and what
 * would help. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report.h"

#include <stdio.h>
#include <string.h>

struct paint {
  const char *severity[3], *bold, *rule, *plain;
};

static struct paint paint_of(const struct style *style)
{
  static const struct paint colors = {
    { "\033[1;31m", "\033[1;33m", "\033[1;36m" }, "\033[1m", "\033[1;34m", "\033[0m"
  };
  static const struct paint none = { { "", "", "" }, "", "", "" };
  return style->color ? colors : none;
}

static int digits_of(int n)
{
  char buffer[16];
  return snprintf(buffer, sizeof buffer, "%d", n);
}

/* A long source line is shown from a little before the caret; tabs become spaces so that the caret stands right. */
static void excerpt_text(struct text *out, const struct finding *finding, int gutter, const struct style *style,
                         const struct paint *paint)
{
  const struct place *place = &finding->place;
  const char *at = place->excerpt;
  const int room = style->width - gutter - 3 > 20 ? style->width - gutter - 3 : 20;
  int skip = place->column + place->width - 1 > room ? place->column - 1 - room / 4 : 0;
  skip = skip > 0 ? skip : 0;
  for (int skipped = 0; skipped < skip && *at != '\0'; at++) {
    skipped += ((unsigned char)at[1] & 0xC0) != 0x80;
  }
  text_printf(out, "%s%*d |%s ", paint->rule, gutter, place->line, paint->plain);
  int shown = 0;
  for (; *at != '\0' && (shown < room || ((unsigned char)*at & 0xC0) == 0x80); at++) {
    shown += ((unsigned char)*at & 0xC0) != 0x80;
    text_add_n(out, (unsigned char)*at < 0x20 ? " " : at, 1);
  }
  text_add(out, "\n");
  if (place->column > 0) {
    text_printf(out, "%s%*s |%s ", paint->rule, gutter, "", paint->plain);
    text_repeat(out, " ", place->column - 1 - skip);
    text_add(out, paint->severity[code_severity(finding->code)]);
    text_repeat(out, "^", place->width > 0 ? place->width : 1);
    text_printf(out, "%s%s%s\n", finding->label[0] != '\0' ? " " : "", finding->label, paint->plain);
  }
}

static void place_text(struct text *out, const struct place *place)
{
  text_add(out, place->file);
  if (place->line > 0) {
    text_printf(out, ":%d", place->line);
  }
  if (place->line > 0 && place->column > 0) {
    text_printf(out, ":%d", place->column);
  }
}

static void finding_text(struct text *out, const struct finding *finding, const struct style *style)
{
  const struct paint paint = paint_of(style);
  const enum severity severity = code_severity(finding->code);
  const int gutter = digits_of(finding->place.line > 0 ? finding->place.line : 1);
  text_printf(out, "%s%s[%s]%s%s: ", paint.severity[severity], severity_name(severity), code_number(finding->code),
              paint.plain, paint.bold);
  if (finding->scenario != NULL) {
    text_printf(out, "scenario %s: ", finding->scenario);
  }
  text_add(out, finding->text);
  if (finding->has_amount) {
    text_add(out, " (");
    text_money_short(out, finding->amount);
    text_add(out, ")");
  }
  text_printf(out, "%s\n", paint.plain);
  if (finding->place.file != NULL) {
    text_printf(out, "%s%*s-->%s ", paint.rule, gutter, "", paint.plain);
    place_text(out, &finding->place);
    text_add(out, "\n");
  }
  const bool has_excerpt = finding->place.excerpt != NULL && finding->place.line > 0;
  if (has_excerpt) {
    text_printf(out, "%s%*s |%s\n", paint.rule, gutter, "", paint.plain);
    excerpt_text(out, finding, gutter, style, &paint);
  }
  if (finding->label[0] != '\0' && (!has_excerpt || finding->place.column == 0)) {
    text_printf(out, "%s%*s =%s %s\n", paint.rule, gutter, "", paint.plain, finding->label);
  }
  if (finding->help[0] != '\0') {
    text_printf(out, "%s%*s =%s help: %s\n", paint.rule, gutter, "", paint.plain, finding->help);
  }
  text_add(out, "\n");
}

static void count_text(struct text *out, size_t count, const char *what, bool *any)
{
  if (count > 0) {
    text_printf(out, "%s%zu %s%s", *any ? ", " : "", count, what, count == 1 ? "" : "s");
    *any = true;
  }
}

static void summary_text(struct text *out, const struct findings *findings, size_t shown)
{
  size_t count[3] = { findings->errors, 0, 0 };
  for (size_t i = 0; i < findings->count; i++) {
    const enum severity severity = code_severity(findings->item[i].code);
    count[severity] += severity != SEVERITY_ERROR;
  }
  bool any = false;
  count_text(out, count[SEVERITY_ERROR], "error", &any);
  count_text(out, count[SEVERITY_WARNING], "warning", &any);
  count_text(out, count[SEVERITY_NOTE], "note", &any);
  text_add(out, any ? "" : "Nothing found");
  const size_t all = findings->count + findings->dropped;
  if (shown < all) {
    text_printf(out, "; the first %zu are shown (--all shows %s)", shown,
                findings->dropped > 0 ? "a thousand" : "every one");
  }
  text_add(out, ".\n");
}

void findings_text(struct text *out, const struct findings *findings, int most, const struct style *style)
{
  const size_t shown = most > 0 && findings->count > (size_t)most ? (size_t)most : findings->count;
  for (size_t i = 0; i < shown; i++) {
    finding_text(out, &findings->item[i], style);
  }
  summary_text(out, findings, shown);
}

void findings_csv(struct text *out, const struct findings *findings)
{
  text_add(out, "code,severity,file,line,column,amount,text,help,scenario\n");
  for (size_t i = 0; i < findings->count; i++) {
    const struct finding *f = &findings->item[i];
    text_printf(out, "%s,%s,", code_number(f->code), severity_name(code_severity(f->code)));
    csv_cell(out, f->place.file != NULL ? f->place.file : "");
    text_printf(out, ",%d,%d,", f->place.line, f->place.column);
    if (f->has_amount) {
      csv_pounds(out, f->amount);
    }
    text_add(out, ",");
    csv_cell(out, f->text);
    text_add(out, ",");
    csv_cell(out, f->help[0] != '\0' ? f->help : f->label);
    text_add(out, ",");
    csv_cell(out, f->scenario != NULL ? f->scenario : "");
    text_add(out, "\n");
  }
}
