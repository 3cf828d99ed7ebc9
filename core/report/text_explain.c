/* text_explain.c: a figure unfolded on a terminal: its value, its formula in words, its parts below it, each with what
 * `explain` takes to go on, down to cells, changes by plugins and constants.  What stands in several places is unfolded
 * at the first. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- one value ----------------------------------------------------------------------------------------- */

/* Up to so many decimals, trailing zeros left out. */
static void decimals(struct text *out, double value, int places)
{
  struct text number = { 0 };
  text_printf(&number, "%.*f", places, fabs(value));
  size_t n = number.length;
  while (n > 0 && strchr(text_str(&number), '.') != NULL && text_str(&number)[n - 1] == '0') {
    n--;
  }
  n -= n > 0 && text_str(&number)[n - 1] == '.' ? 1 : 0;
  const bool nothing = n == 1 && text_str(&number)[0] == '0';
  text_add(out, value < 0.0 && !nothing ? "\xE2\x88\x92" : "");
  text_add_n(out, text_str(&number), n);
  out->failed |= number.failed;
  text_fini(&number);
}

static void date_value(struct text *out, const struct plan *plan, double value)
{
  date_words(out, plan, (int)value);
}

void figure_value(struct text *out, const struct plan *plan, const struct figure *figure)
{
  pence money = 0;
  switch (figure->unit) {
  case FIGURE_MONEY:
    (void)pence_from_gbp(figure->value, &money);
    text_pounds(out, money);
    return;
  case FIGURE_PERCENT:
    decimals(out, figure->value * 100.0, 6);
    text_add(out, "%");
    return;
  case FIGURE_FACTOR:
    decimals(out, figure->value, 8);
    return;
  case FIGURE_COUNT:
    decimals(out, figure->value, 4);
    return;
  case FIGURE_MONTHS:
  case FIGURE_YEARS:
    decimals(out, figure->value, 4);
    text_add(out, figure->unit == FIGURE_MONTHS ? " months" : " years");
    return;
  default:
    date_value(out, plan, figure->value);
  }
}

/* ---- what is said of it -------------------------------------------------------------------------------- */

const char *basis_word(enum basis basis)
{
  static const char *const words[] = { [BASIS_NONE] = "",
                                       [BASIS_PUBLISHED] = "published",
                                       [BASIS_DERIVED] = "derived",
                                       [BASIS_ILLUSTRATIVE] = "illustrative" };
  return words[basis];
}

static void place_words(struct text *out, const struct origin *origin)
{
  if (origin->file == NULL || origin->file[0] == '\0') {
    text_add(out, "asked for here");
    return;
  }
  text_printf(out, "%s:%d:%d", origin->file, origin->line, origin->column);
}

/* Where a leaf is from. */
static void leaf_words(struct text *out, const struct figure *figure)
{
  if (figure->leaf == LEAF_ENGINE) {
    text_printf(out, "%s%s",
                figure->how[0] == '\0' ? "a constant"
                : figure->value == 0.0 ? "none: "
                                       : "set by Headroom: ",
                figure->how);
    return;
  }
  place_words(out, &figure->origin);
  if (figure->leaf == LEAF_CHANGE) {
    text_printf(out, ", %s", figure->how);
    return;
  }
  const char *source = figure->origin.source;
  text_printf(out, ", %s%s%s", basis_word(figure->origin.basis), source != NULL && source[0] != '\0' ? ", " : "",
              source != NULL ? source : "");
  text_printf(out, "%s%s", figure->how[0] != '\0' ? "; " : "", figure->how);
}

/* Its formula, and what its parts are put together by where the formula does not say. */
static void formula_words(struct text *out, const struct figure *figure)
{
  static const char *const words[N_OPERATIONS] = { [OP_SAME] = "the same",
                                                   [OP_SUM] = "the sum",
                                                   [OP_PRODUCT] = "multiplied",
                                                   [OP_GROWTH] = "1 + each, multiplied",
                                                   [OP_QUOTIENT] = "the first over the second",
                                                   [OP_POWER] = "the first to the power of the second",
                                                   [OP_LEAST] = "the least",
                                                   [OP_GREATEST] = "the greatest",
                                                   [OP_FIRST_ABOVE_0] = "",
                                                   [OP_FIRST_NIL] = "",
                                                   [OP_LEAF] = "" };
  const bool says = figure->how[0] != '\0';
  text_printf(out, "= %s", says ? figure->how : words[figure->operation]);
  if (!says && figure->grain == 1.0) {
    text_add(out, ", rounded to the pound");
  } else if (!says && figure->grain == 0.01) {
    text_add(out, figure->unit == FIGURE_COUNT ? ", rounded to 0.01" : ", rounded to the penny");
  }
}

static const char *mark(const struct figure *parent, int i)
{
  const bool minus = parent->part[i].sign < 0.0;
  switch (parent->operation) {
  case OP_SUM:
    return minus ? "\xE2\x88\x92 " : "+ ";
  case OP_PRODUCT:
    return minus ? "\xC3\x97 \xE2\x88\x92" : "\xC3\x97 ";
  case OP_QUOTIENT:
    return i == 0 ? "  " : "\xC3\xB7 ";
  default:
    return minus ? "\xE2\x88\x92 " : "\xC2\xB7 ";
  }
}

/* ---- the tree ------------------------------------------------------------------------------------------ */

struct page {
  struct text *out;
  const struct plan *plan;
  const struct style *style;
  bool *seen; /* by number */
};

enum { INDENT = 2 };

/* Words that do not fit go on below, a little further in. */
static void wrapped(const struct page *page, int indent, const char *words)
{
  struct text lines = { 0 };
  struct style inner = *page->style;
  inner.width = page->style->width - indent > 30 ? page->style->width - indent : 30;
  paragraph(&lines, words, &inner);
  for (const char *at = text_str(&lines); *at != '\0';) {
    const size_t n = strcspn(at, "\n");
    text_repeat(page->out, " ", indent);
    text_add_n(page->out, at, n);
    text_add(page->out, "\n");
    at += n + (at[n] == '\n');
  }
  page->out->failed |= lines.failed;
  text_fini(&lines);
}

/* "+ Council tax, 2030/31: 134,416,674  line:E21@2030/31" */
static void own_line(const struct page *page, const struct figure *figure, const char *lead, int indent)
{
  struct text line = { 0 };
  text_printf(&line, "%s%s: ", lead, figure->words);
  figure_value(&line, page->plan, figure);
  if (figure->name[0] != '\0' && indent > 0) {
    text_printf(&line, "  [%s]", figure->name);
  }
  wrapped(page, indent, text_str(&line));
  page->out->failed |= line.failed;
  text_fini(&line);
}

static void explained(const struct page *page, const struct figure *figure, int indent)
{
  struct text words = { 0 };
  (figure->operation == OP_LEAF ? leaf_words : formula_words)(&words, figure);
  wrapped(page, indent, text_str(&words));
  page->out->failed |= words.failed;
  text_fini(&words);
}

/* depth: how many figures that have names of their own may still be unfolded; steps on the way do not count. */
static void unfold(const struct page *page, const struct figure *figure, const char *lead, int indent, int depth)
{
  const bool again = page->seen[figure->number] && figure->n_parts > 0;
  const int left = figure->name[0] != '\0' ? depth - 1 : depth;
  own_line(page, figure, lead, indent);
  if (figure->operation == OP_LEAF && figure->leaf == LEAF_ENGINE && figure->how[0] == '\0') {
    return; /* its words say it all */
  }
  if (figure->operation == OP_LEAF) {
    explained(page, figure, indent + 2 * INDENT);
    return;
  }
  if (left < 0) {
    return;
  }
  if (again) {
    wrapped(page, indent + 2 * INDENT, "(unfolded above)");
    return;
  }
  page->seen[figure->number] = true;
  if (figure->how[0] != '\0' || figure->operation != OP_SUM || figure->grain == 1.0) { /* signs say what a sum is */
    explained(page, figure, indent + INDENT);
  }
  for (int i = 0; i < figure->n_parts; i++) {
    unfold(page, figure->part[i].figure, mark(figure, i), indent + INDENT, left);
  }
}

static void skips(const struct page *page, const struct shown *shown)
{
  for (int u = 0; shown != NULL && shown->skip != NULL && u < shown->scenario->n_uses; u++) {
    if (shown->skip[u].text[0] != '\0') {
      struct text words = { 0 };
      text_printf(&words, "%s does not apply here: %s.", shown->scenario->use[u].instance, shown->skip[u].text);
      wrapped(page, 0, text_str(&words));
      text_fini(&words);
    }
  }
}

void report_explain_text(struct text *out, const struct explain_report *explain, const struct style *style)
{
  const struct page page = { out, &explain->report.folder->plan, style,
                             calloc((size_t)explain->n_figures + 1, sizeof(bool)) };
  const struct shown *shown = explain->report.n_shown > 1 ? &explain->report.shown[explain->report.n_shown - 1] : NULL;
  if (page.seen == NULL) {
    out->failed = true;
    return;
  }
  report_opening(out, &explain->report, style);
  text_printf(out, "%s\n", shown != NULL ? shown->label : "The plan");
  skips(&page, shown);
  text_add(out, "\n");
  unfold(&page, explain->figure, "", 0, explain->depth);
  text_add(out, "\n");
  report_closing(out, &explain->report, style);
  free(page.seen);
}
