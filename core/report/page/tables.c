/* tables.c: tables of the page: every picture has one, and every reader may see it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

const char show_table[] = "Show these figures as a table";

void table_begin(struct page *p, const char *summary, const char *class, const char *caption)
{
  if (summary != NULL) {
    html(p->out, "<details><summary>%s</summary>", summary);
  }
  html(p->out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"%s\"><table", caption);
  if (class[0] != '\0') {
    html(p->out, " class=\"%s\"", class);
  }
  html(p->out, "><caption>%s</caption>", caption);
}

void table_end(struct page *p, const char *summary)
{
  html_raw(p->out, "</tbody></table></div>");
  if (summary != NULL) {
    html_raw(p->out, "</details>");
  }
  html_raw(p->out, "\n");
}

static void head_cell(struct page *p, const char *words)
{
  if (words[0] == '<') {
    html(p->out, "<th scope=\"col\" class=\"w\">%s</th>", words + 1);
  } else if (words[0] == '\0') {
    html_raw(p->out, "<td></td>"); /* a corner is no header */
  } else {
    html(p->out, "<th scope=\"col\">%s</th>", words);
  }
}

void table_head(struct page *p, const char *const *headers, int n)
{
  html_raw(p->out, "<thead><tr>");
  for (int i = 0; i < n; i++) {
    head_cell(p, headers[i]);
  }
  html_raw(p->out, "</tr></thead><tbody>\n");
}

void years_head(struct page *p, const char *first)
{
  char label[8];
  html_raw(p->out, "<thead><tr>");
  head_cell(p, first);
  for (int y = 0; y < p->years; y++) {
    head_cell(p, plan_year_label(p->plan, y, label));
  }
  html_raw(p->out, "</tr></thead><tbody>\n");
}

void row_begin(struct page *p, const char *label)
{
  html(p->out, "<tr><th scope=\"row\">%s</th>", label);
}

void row_end(struct page *p)
{
  html_raw(p->out, "</tr>\n");
}

void millions_cell(struct page *p, pence value)
{
  html_raw(p->out, "<td>");
  money_in_millions(p->out, value, p->places);
  html_raw(p->out, "</td>");
}

void money_cell(struct page *p, pence value)
{
  html_raw(p->out, "<td>");
  text_money_short(p->out, value);
  html_raw(p->out, "</td>");
}

void date_cell_of(struct page *p, int date, const char *never)
{
  char label[8];
  html(p->out, "<td>%s</td>",
       date == DATE_UNKNOWN ? "not known"
       : date < 0           ? never
                            : plan_year_label(p->plan, date, label));
}

void words_cell(struct page *p, const char *words)
{
  html(p->out, "<td class=\"w\">%s</td>", words);
}

void years_row_of(struct page *p, const char *label, const pence *values)
{
  row_begin(p, label);
  for (int y = 0; y < p->years; y++) {
    millions_cell(p, values[y]);
  }
  row_end(p);
}

/* ---- do they add up ------------------------------------------------------------------------------------ */

static int64_t as_shown(const struct page *p, pence value)
{
  const int64_t unit = p->places == 1 ? 10000000 : 1000000, size = value < 0 ? -value : value;
  const int64_t shown = (size + unit / 2) / unit;
  return value < 0 ? -shown : shown;
}

void cast(const struct page *p, struct casting *c, pence value)
{
  c->sum += as_shown(p, value);
}

void cast_total(const struct page *p, struct casting *c, pence total)
{
  c->off |= c->sum != as_shown(p, total);
  c->sum = 0;
}

void rounding_note(struct page *p, const struct casting *c)
{
  if (c->off) {
    html_raw(p->out,
             "<p class=\"sub\">Each figure is rounded by itself, so some do not add up to the total shown.</p>\n");
  }
}
