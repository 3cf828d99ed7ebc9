/* years.c: year by year: reserves of every future in words, signs and colour; on a phone the plan and the chosen one;
 * and all of it to the penny as a file. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

static const struct {
  const char *class, *word; /* the style sheet sets a sign before the figure */
} standings[] = { [STANDING_UNKNOWN] = { "u", "" },
                  [STANDING_ABOVE] = { "g", "" },
                  [STANDING_BELOW] = { "a", "below" },
                  [STANDING_OUT] = { "r", "unfunded" } };

/* What is left, or, where nothing is, what that year lacks.  which: 0, or the future with which alone the cell shows.
 */
static void standing_cell(struct page *p, const struct result *result, int year, int which)
{
  const enum standing s = standing_in(p->plan, result, year);
  const pence value = s == STANDING_OUT ? -result->measure[M_UNFUNDED][year] : result->measure[M_USABLE_CLOSING][year];
  html(p->out, "<td class=\"%s", standings[s].class);
  if (which > 0) {
    html(p->out, " v v%d", which);
  }
  html_raw(p->out, "\">");
  money_in_millions(p->out, value, p->places);
  if (standings[s].word[0] != '\0') {
    html(p->out, " <small>%s</small>", standings[s].word);
  }
  html_raw(p->out, "</td>");
}

static void wide_table(struct page *p)
{
  html_raw(p->out, "<div class=\"wide\">");
  table_begin(p, NULL, "rag", "Usable reserves at 31 March, \xC2\xA3 million");
  years_head(p, p->n > 1 ? "Future" : "");
  for (int i = 0; i < p->n; i++) {
    html(p->out, "<tr class=\"t%d\"><th scope=\"row\">", i);
    if (p->n > 1) {
      html(p->out, "%d. ", i + 1);
    }
    html(p->out, "%s</th>", future_name(p, i));
    for (int y = 0; y < p->years; y++) {
      standing_cell(p, p->shown[i].result, y, 0);
    }
    html_raw(p->out, "</tr>\n");
  }
  table_end(p, NULL);
  html_raw(p->out, "</div>\n");
}

/* The years go down, and beside the plan stands the chosen future alone. */
static void narrow_table(struct page *p)
{
  char label[8];
  html_raw(p->out, "<div class=\"narrow\">");
  table_begin(p, NULL, "rag", "Usable reserves at 31 March, \xC2\xA3 million");
  html_raw(p->out, "<thead><tr><th scope=\"col\">Year</th><th scope=\"col\">The plan</th>");
  for (int i = 1; i < p->n; i++) {
    html(p->out, "<th scope=\"col\" class=\"v v%d\">%d. %s</th>", i, i + 1, p->shown[i].label);
  }
  html_raw(p->out, "</tr></thead><tbody>");
  for (int y = 0; y < p->years; y++) {
    html(p->out, "<tr><th scope=\"row\">%s</th>", plan_year_label(p->plan, y, label));
    for (int i = 0; i < p->n; i++) {
      standing_cell(p, p->shown[i].result, y, i);
    }
    html_raw(p->out, "</tr>");
  }
  table_end(p, NULL);
  html_raw(p->out, "</div>\n");
}

/* ---- the same to the penny ----------------------------------------------------------------------------- */

static void csv_rows(struct text *csv, const struct page *p, int i, enum measure measure)
{
  csv_cell(csv, p->shown[i].label);
  text_add(csv, ",");
  text_add(csv, measure_kinds[measure].name);
  for (int y = 0; y < p->years; y++) {
    text_add(csv, ",");
    csv_pounds(csv, p->shown[i].result->measure[measure][y]);
  }
  text_add(csv, "\n");
}

static void csv_of_years(struct text *csv, const struct page *p)
{
  static const enum measure told[] = {
    M_GAP, M_SAVINGS_PLANNED, M_SAVINGS_EXPECTED, M_USABLE_CLOSING, M_GENERAL_FUND_CLOSING, M_MINIMUM, M_UNFUNDED
  };
  char label[8];
  text_add(csv, "future,figure");
  for (int y = 0; y < p->years; y++) {
    text_printf(csv, ",%s", plan_year_label(p->plan, y, label));
  }
  text_add(csv, "\n");
  for (int i = 0; i < p->n; i++) {
    for (size_t m = 0; m < COUNT_OF(told); m++) {
      if (p->plan->has_mtfp || !measure_kinds[told[m]].needs_mtfp) {
        csv_rows(csv, p, i, told[m]);
      }
    }
  }
}

static void download(struct page *p)
{
  struct text csv = { 0 };
  csv_of_years(&csv, p);
  html_raw(p->out, "<p class=\"dl\"><a download=\"reserves-year-by-year.csv\" href=\"");
  html_data_link(p->out, "text/csv", text_str(&csv), csv.length);
  html(p->out, "\">Download these figures to the penny (CSV, %d KB)</a></p>\n", (int)((csv.length + 1023) / 1024));
  p->out->failed |= csv.failed;
  text_fini(&csv);
}

void years_section(struct page *p)
{
  bool below = false, out = false;
  for (int i = 0; i < p->n; i++) {
    for (int y = 0; y < p->years; y++) {
      below |= standing_in(p->plan, p->shown[i].result, y) == STANDING_BELOW;
      out |= standing_in(p->plan, p->shown[i].result, y) == STANDING_OUT;
    }
  }
  section_begin(p, "years", "Year by year");
  if (below || out) {
    html(p->out, "<p class=\"sub\">%s%s</p>\n",
         below ? "\xE2\x96\xBC below: the General Fund is under the council\xE2\x80\x99s own minimum. " : "",
         out ? "\xE2\x9C\x95 unfunded: reserves have run out, and the figure is the part of that year\xE2\x80\x99s gap "
               "which "
               "nothing pays for."
             : "");
  }
  wide_table(p);
  narrow_table(p);
  download(p);
  section_end(p);
}
