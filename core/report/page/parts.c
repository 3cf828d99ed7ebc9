/* parts.c: what the sections of the page are made of: headings, blocks that follow the choice, pictures, tables. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

void section_begin(struct page *p, const char *name, const char *heading)
{
  html(p->out, "<section id=\"%s\" aria-labelledby=\"%s-h\"><h2 id=\"%s-h\">%s</h2>\n", name, name, name, heading);
}

void section_end(struct page *p)
{
  html_raw(p->out, "</section>\n");
}

void sub(struct page *p, const char *words)
{
  html(p->out, "<p class=\"sub\">%s</p>\n", words);
}

/* ---- what follows the choice --------------------------------------------------------------------------- */

void variant_begin(struct page *p, int future)
{
  if (p->n > 1) {
    html(p->out, "<div class=\"v v%d\">", future);
  } else {
    html_raw(p->out, "<div>");
  }
}

void variant_end(struct page *p)
{
  html_raw(p->out, "</div>\n");
}

void which_future(struct page *p, int future)
{
  if (p->n > 1) {
    html(p->out,
         "<p class=\"which%s\"><span class=\"no\">%d</span><b>%s</b> <a href=\"#choose\">Choose another</a></p>\n",
         future == 0 ? " own" : "", future + 1, p->shown[future].label);
  }
}

/* ---- pictures ------------------------------------------------------------------------------------------ */

void chart_pair(struct page *p, int width, draw_chart *draw, const void *data)
{
  const struct chart_form wide = { .width = width }, narrow = { .width = CHART_NARROW };
  html_raw(p->out, "<div class=\"wide\">");
  draw(p->out, &wide, data);
  html_raw(p->out, "</div><div class=\"narrow\">");
  draw(p->out, &narrow, data);
  html_raw(p->out, "</div>\n");
}

/* ---- tables -------------------------------------------------------------------------------------------- */

void table_begin(struct page *p, const char *summary, const char *class, const char *caption)
{
  if (summary != NULL) {
    html(p->out, "<details><summary>%s</summary>", summary);
  }
  html(p->out, "<div class=\"scroll\"><table class=\"%s\"><caption>%s</caption>", class, caption);
}

void table_end(struct page *p, const char *summary)
{
  html_raw(p->out, "</tbody></table></div>");
  if (summary != NULL) {
    html_raw(p->out, "</details>");
  }
  html_raw(p->out, "\n");
}

void years_head(struct page *p, const char *first)
{
  char label[8];
  html(p->out, "<thead><tr><th scope=\"col\">%s</th>", first);
  for (int y = 0; y < p->years; y++) {
    html(p->out, "<th scope=\"col\">%s</th>", plan_year_label(p->plan, y, label));
  }
  html_raw(p->out, "</tr></thead><tbody>");
}

void millions_cell(struct page *p, pence value)
{
  html_raw(p->out, "<td>");
  money_in_millions(p->out, value, p->places);
  html_raw(p->out, "</td>");
}
