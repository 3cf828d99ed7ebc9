/* answer.c: the first screen: the answer in a sentence, a line for every future, the choice of one, and what would
 * change the answer. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

/* ---- the picture --------------------------------------------------------------------------------------- */

static void draw_reserves(struct text *out, const struct chart_form *form, const void *data)
{
  chart_reserves(out, form, data);
}

static void lines_figure(struct page *p)
{
  struct chart_line line[CHART_LINES];
  const struct result *own = p->shown[0].result;
  const int n = p->n < CHART_LINES ? p->n : CHART_LINES;
  for (int i = 0; i < n; i++) {
    const struct result *result = p->shown[i].result;
    line[i] = (struct chart_line){ .label = p->shown[i].label,
                                   .value = result->measure[M_USABLE_CLOSING],
                                   .unfunded = p->plan->has_mtfp ? result->measure[M_UNFUNDED] : NULL,
                                   .runs_out = result->date[DATE_FIRST_UNFUNDED],
                                   .below = result->date[DATE_BELOW_MINIMUM] };
  }
  const struct chart_reserves chart = { .what = "Usable reserves at 31 March",
                                        .years = { p->plan->first_year, p->years, p->years },
                                        .has_opening = true,
                                        .opening = usable_opening(p->plan),
                                        .n_lines = n,
                                        .line = line,
                                        .marked = p->n > 1,
                                        .minimum = own->date[DATE_BELOW_MINIMUM] == DATE_UNKNOWN
                                                       ? NULL
                                                       : own->measure[M_MINIMUM] };
  html_raw(p->out,
           "<figure aria-labelledby=\"lines-h\"><figcaption><h2 class=\"h3\" id=\"lines-h\">Usable reserves at the end "
           "of each year</h2></figcaption>\n");
  chart_pair(p, 760, draw_reserves, &chart);
  if (chart.minimum != NULL) {
    sub(p, "The minimum is for the General Fund alone, one part of the usable reserves drawn here.");
  }
  html_raw(p->out, "</figure>\n");
}

/* ---- the choice ---------------------------------------------------------------------------------------- */

static void option(struct page *p, int i, int worst)
{
  struct text verdict = { 0 };
  verdict_words(&verdict, p->plan, p->shown[i].result);
  html(p->out,
       "<label class=\"opt%s\"><input type=\"radio\" name=\"future\" id=\"f%d\"%s><span class=\"no\">%d</span>"
       "<b>%s</b><span class=\"vd\">%s%s</span></label>\n",
       i == 0 ? " own" : "", i, i == 0 ? " checked" : "", i + 1, future_name(p, i), text_str(&verdict),
       i == worst && i > 0 ? " (the worst tested)" : "");
  p->out->failed |= verdict.failed;
  text_fini(&verdict);
}

static void choice(struct page *p)
{
  const int worst = worst_future(p->plan, p->shown, p->n);
  html_raw(p->out, "<fieldset id=\"choose\"><legend>Choose a future</legend>"
                   "<p class=\"hint\">The facts, the years and what changes below follow. What is headed "
                   "\xE2\x80\x98On the plan\xE2\x80\x99 stays.</p>\n");
  for (int i = 0; i < p->n; i++) {
    option(p, i, worst);
  }
  html_raw(p->out, "</fieldset>\n");
}

/* ---- the section --------------------------------------------------------------------------------------- */

static void lede(struct page *p)
{
  struct text plan = { 0 }, others = { 0 };
  headline_plan(&plan, p->plan, p->shown[0].result);
  headline_others(&others, p->plan, p->shown, p->n);
  html_raw(p->out, "<p class=\"lede\"><strong>");
  say(p, &plan);
  html_raw(p->out, "</strong>");
  say(p, &others);
  html_raw(p->out, "</p>\n");
}

void answer_section(struct page *p)
{
  html_raw(p->out, "<h1>Will the reserves last?</h1>\n");
  lede(p);
  html(p->out, "<div class=\"hero%s\">\n<div>", p->n > 1 ? "" : " alone");
  lines_figure(p);
  change_block(p);
  html_raw(p->out, "</div>\n");
  if (p->n > 1) {
    choice(p);
  }
  html_raw(p->out, "</div>\n");
}
