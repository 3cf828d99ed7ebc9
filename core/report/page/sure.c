/* sure.c: how sure we can be: many simulated futures as a fan and as a hundred squares on the plan, and for every
 * future how many of a hundred fall below the minimum or run out.  Only where something was simulated.
 *
 * 1. "By" a year counts futures in which it happens in that year or before; "at" a year counts how they stand then.
 * 2. A future is better or worse than the plan by the reserves left at the end; where the plan leaves none, by what is
 * unfunded, or has anything left.  One that ends as the plan does is neither, and a heading is claimed by no tie.
 * 3. A table of quantiles says "at most", which holds where many futures share the value. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include "report/simulate_words.h"

#include <math.h>

enum { P5 = 0, P25 = 2, P50 = 3, P75 = 4, P95 = 6 }; /* of quantile_chance */
static const double A_POUND = 100.0;                 /* in pence */

static void draw_fan(struct text *out, const struct chart_form *form, const void *data)
{
  chart_fan(out, form, data);
}

static void draw_hundred(struct text *out, const struct chart_form *form, const void *data)
{
  chart_hundred(out, form, data);
}

/* ---- the fan ------------------------------------------------------------------------------------------- */

static void quantile_row(const struct page *p, const struct simulated *s, int quantile, pence out[MAX_YEARS])
{
  for (int y = 0; y < p->years; y++) {
    out[y] = pence_near(s->usable[y].quantile[quantile].value);
  }
}

/* Rule 2 */
const char *fan_heading(const struct simulated *s, int last)
{
  const struct spread *left = &s->usable[last], *lacks = &s->unfunded;
  double better = 1.0 - left->plan_place.value, worse = 1.0 - lacks->plan_place.value;
  if (left->plan > 0.0) {
    worse = left->quantile[P50].value < left->plan - A_POUND ? left->plan_place.value : 0.0;
  } else if (lacks->plan > 0.0) {
    better = lacks->quantile[P50].value < lacks->plan - A_POUND ? lacks->plan_place.value : 0.0;
  }
  const bool as_many = better + worse > 0.9 && fabs(better - worse) < 0.05;
  return as_many        ? "About as many simulated futures are better than the plan as worse"
         : better > 0.5 ? "Most simulated futures are better than the plan"
         : worse > 0.5  ? "Most simulated futures are worse than the plan"
                        : "Simulated futures of the plan";
}

static void fan_figure(struct page *p, const struct simulation *simulation)
{
  static const struct {
    int quantile;
    const char *label;
  } bands[] = { { P95, "At most 5 in 100 have more than" },
                { P75, "At most 25 in 100 have more than" },
                { P50, "The middle future has" },
                { P25, "At most 25 in 100 have less than" },
                { P5, "At most 5 in 100 have less than" } };
  const struct simulated *s = &simulation->scenario[0];
  const struct result *own = p->shown[0].result;
  pence row[COUNT_OF(bands)][MAX_YEARS] = { { 0 } };
  for (size_t i = 0; i < COUNT_OF(bands); i++) {
    quantile_row(p, s, bands[i].quantile, row[i]);
  }
  const struct chart_fan chart = { .what = "Usable reserves at 31 March",
                                   .years = { p->plan->first_year, p->years, p->years },
                                   .has_opening = true,
                                   .opening = usable_opening(p->plan),
                                   .futures = (long)simulation->draws,
                                   .outer = 90,
                                   .inner = 50,
                                   .high = row[0],
                                   .upper = row[1],
                                   .middle = row[2],
                                   .lower = row[3],
                                   .low = row[4],
                                   .plan = own->measure[M_USABLE_CLOSING],
                                   .minimum =
                                       own->date[DATE_BELOW_MINIMUM] == DATE_UNKNOWN ? NULL : own->measure[M_MINIMUM] };
  struct text heading = { 0 }, leaning = { 0 };
  text_add(&heading, fan_heading(s, p->last));
  html_raw(p->out, "<figure aria-label=\"Simulated futures\"><figcaption><h3>");
  say(p, &heading);
  html_raw(p->out, "</h3><p class=\"sub\">On the plan. At least nine in ten simulated futures lie within the outer "
                   "band, half within the "
                   "inner. ");
  leaning_words(&leaning, p->plan, simulation);
  say(p, &leaning);
  html_raw(p->out, "</p></figcaption>");
  chart_pair(p, 700, draw_fan, &chart);
  table_begin(p, show_table, "", "Usable reserves at 31 March in simulated futures of the plan, \xC2\xA3 million");
  years_head(p, "");
  for (size_t i = 0; i < COUNT_OF(bands); i++) {
    years_row_of(p, bands[i].label, row[i]);
  }
  years_row_of(p, "The plan itself", own->measure[M_USABLE_CLOSING]);
  table_end(p, show_table);
  html_raw(p->out, "</figure>\n");
}

/* ---- a hundred squares --------------------------------------------------------------------------------- */

static void hundred_figure(struct page *p, const struct simulation *simulation)
{
  const struct simulated *s = &simulation->scenario[0];
  const bool minimum = s->date_known[DATE_BELOW_MINIMUM];
  const double out = s->by[DATE_FIRST_UNFUNDED][p->last].value;
  const double below = minimum ? s->by[DATE_BELOW_MINIMUM][p->last].value : out;
  const long futures = (long)simulation->draws;
  const long n_out = lround(out * (double)futures), n_below = lround(below * (double)futures);
  struct text when = { 0 };
  text_add(&when, "At any time to ");
  march_words(&when, p->plan, p->last);
  const struct chart_hundred chart = { .when = text_str(&when),
                                       .tally = { [CHART_ABOVE] = futures - (n_below > n_out ? n_below : n_out),
                                                  [CHART_BELOW] = n_below > n_out ? n_below - n_out : 0,
                                                  [CHART_OUT] = n_out },
                                       .label = { [CHART_ABOVE] = minimum ? NULL : "do not run out" } };
  html_raw(p->out, "<figure class=\"hundred\" aria-label=\"A hundred futures\"><figcaption><h3>On the plan, a hundred "
                   "futures</h3></figcaption>");
  draw_hundred(p->out, &(struct chart_form){ .width = CHART_NARROW }, &chart);
  html_raw(p->out, "</figure>\n");
  p->out->failed |= when.failed;
  text_fini(&when);
}

/* ---- every future -------------------------------------------------------------------------------------- */

static void chance_cell(struct page *p, const struct simulated *s, enum date date)
{
  html_raw(p->out, "<td>");
  if (s->date_known[date]) {
    in_100_text(p->out, s->by[date][p->last].value);
  } else {
    html_raw(p->out, "not known");
  }
  html_raw(p->out, "</td>");
}

static void chances_table(struct page *p, const struct simulation *simulation)
{
  static const char *const headers[] = { "Future", "Fall below the minimum", "Run out", "Reserves in the middle future",
                                         "Gap in the middle future" };
  struct text caption = { 0 };
  char label[8];
  text_printf(&caption, "Of 100 simulated futures of each, by %s; amounts in \xC2\xA3 million",
              plan_year_label(p->plan, p->last, label));
  table_begin(p, NULL, "wrap-head", text_str(&caption));
  table_head(p, headers, COUNT_OF(headers));
  for (int i = 0; i < simulation->count && i < p->n; i++) {
    const struct simulated *s = &simulation->scenario[i];
    html(p->out, "<tr class=\"t%d\"><th scope=\"row\">", i);
    if (p->n > 1) {
      html(p->out, "%d. ", i + 1);
    }
    html(p->out, "%s</th>", future_name(p, i));
    chance_cell(p, s, DATE_BELOW_MINIMUM);
    chance_cell(p, s, DATE_FIRST_UNFUNDED);
    millions_cell(p, pence_near(s->usable[p->last].quantile[P50].value));
    millions_cell(p, pence_near(s->gap[p->last].quantile[P50].value));
    row_end(p);
  }
  table_end(p, NULL);
  p->out->failed |= caption.failed;
  text_fini(&caption);
}

static void how_words(struct page *p, const struct simulation *simulation)
{
  struct text words = { 0 };
  sampler_words(&words, simulation);
  text_add(&words, ". ");
  spreads_words(&words, p->b->simulated->report.folder, simulation);
  text_add(&words, " What is assumed, below, lists each. ");
  text_add(&words, simulation_means);
  html_raw(p->out, "<p class=\"sub full\">");
  say(p, &words);
  html_raw(p->out, "</p>\n");
}

void sure_section(struct page *p)
{
  if (p->b->simulated == NULL) {
    return;
  }
  const struct simulation *simulation = p->b->simulated->simulation;
  section_begin(p, "sure", "How sure can we be?");
  html_raw(p->out, "<div class=\"fan-row\">");
  fan_figure(p, simulation);
  hundred_figure(p, simulation);
  html_raw(p->out, "</div>");
  chances_table(p, simulation);
  how_words(p, simulation);
  section_end(p);
}
