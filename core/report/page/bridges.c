/* bridges.c: what changes.  Of the plan: what opens its gap, by kind of cost and income.  Of another future: how much
 * larger its gap is year by year, and the parts that the difference splits into.
 *
 * 1. The parts of the plan's bridge are changes between two years in the sums of lines, grouped by class; with savings
 *    expected and capitalised funding they add up to the change in the gap.
 * 2. It begins in the base year where every line gives one, else in the first year of the plan. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include "report/bridge_words.h"

#include <string.h>

/* ---- pictures and their tables ------------------------------------------------------------------------- */

static void draw_choice(struct text *out, const struct chart_form *form, const void *data)
{
  chart_choice(out, form, data);
}

static void draw_bridge(struct text *out, const struct chart_form *form, const void *data)
{
  chart_bridge(out, form, data);
}

static void gap_words(struct text *words, const struct page *p, int i)
{
  char label[8];
  const pence difference = p->shown[i].result->measure[M_GAP][p->last] - p->shown[0].result->measure[M_GAP][p->last];
  plan_year_label(p->plan, p->last, label);
  if (i == 0) {
    text_add(words, "The gap in each year, if nothing more is done");
  } else if (difference == 0) {
    text_printf(words, "In %s the gap is the plan\xE2\x80\x99s own", label);
  } else {
    text_printf(words, "By %s the gap is ", label);
    money_words(words, difference < 0 ? -difference : difference);
    text_add(words, difference > 0 ? " a year more" : " a year less");
  }
}

static void gap_table(struct page *p)
{
  table_begin(p, show_table, "", "Gap in each year, \xC2\xA3 million; a minus sign is a surplus");
  years_head(p, p->n > 1 ? "Future" : "");
  for (int i = 0; i < p->n; i++) {
    html(p->out, "<tr class=\"t%d\"><th scope=\"row\">", i);
    if (p->n > 1) {
      html(p->out, "%d. ", i + 1);
    }
    html(p->out, "%s</th>", future_name(p, i));
    for (int y = 0; y < p->years; y++) {
      millions_cell(p, p->shown[i].result->measure[M_GAP][y]);
    }
    row_end(p);
  }
  table_end(p, show_table);
}

/* One picture and one table for all; the heading follows the choice. */
static void gap_figure(struct page *p)
{
  struct chart_line line[CHART_LINES];
  const int n = p->n < CHART_LINES ? p->n : CHART_LINES;
  for (int i = 0; i < n; i++) {
    line[i] = (struct chart_line){ .label = p->shown[i].label, .value = p->shown[i].result->measure[M_GAP] };
  }
  const struct chart_choice chart = {
    .what = "Gap after savings", .years = { p->plan->first_year, p->years, p->years }, .n_lines = n, .line = line
  };
  html_raw(p->out, "<figure aria-label=\"The gap in each year\"><figcaption>");
  for (int i = 0; i < p->n; i++) {
    struct text words = { 0 };
    gap_words(&words, p, i);
    html(p->out, p->n > 1 ? "<h3 class=\"v v%d\">" : "<h3>", i);
    say(p, &words);
    html_raw(p->out, "</h3>");
  }
  html_raw(p->out, "</figcaption>");
  chart_pair(p, CHART_HALF, draw_choice, &chart);
  gap_table(p);
  html_raw(p->out, "</figure>\n");
}

static void bridge_row(struct page *p, struct casting *casting, const char *label, pence amount)
{
  row_begin(p, label);
  millions_cell(p, amount);
  row_end(p);
  cast(p, casting, amount);
}

static void bridge_table(struct page *p, const struct chart_bridge *chart)
{
  static const char *const headers[] = { "Part", "\xC2\xA3 million" };
  struct casting casting = { 0 };
  pence rest = chart->to.amount - chart->from.amount;
  table_begin(p, show_table, "", chart->what);
  table_head(p, headers, 2);
  bridge_row(p, &casting, chart->from.label, chart->from.amount);
  for (int i = 0; i < chart->n_parts; i++) {
    rest -= chart->part[i].amount;
    bridge_row(p, &casting, chart->part[i].label, chart->part[i].amount);
  }
  if (rest != 0) {
    bridge_row(p, &casting, "Everything else", rest);
  }
  cast_total(p, &casting, chart->to.amount);
  bridge_row(p, &(struct casting){ 0 }, chart->to.label, chart->to.amount);
  table_end(p, show_table);
  rounding_note(p, &casting);
}

static void bridge_figure(struct page *p, const char *heading, const struct chart_bridge *chart)
{
  html(p->out, "<figure aria-label=\"%s\"><figcaption><h3>%s</h3></figcaption>", heading, heading);
  chart_pair(p, CHART_HALF, draw_bridge, chart);
  bridge_table(p, chart);
  html_raw(p->out, "</figure>\n");
}

/* ---- the plan ------------------------------------------------------------------------------------------ */

enum group { GROUP_PAY, GROUP_CARE, GROUP_OTHER, GROUP_FINANCE, GROUP_INCOME, GROUP_TAX, GROUP_GRANTS, N_GROUPS };

static enum group group_of(enum line_class class)
{
  switch (class) {
  case LINE_PAY:
    return GROUP_PAY;
  case LINE_CARE:
  case LINE_DEMAND:
    return GROUP_CARE;
  case LINE_LEVY:
  case LINE_MRP:
  case LINE_INTEREST:
    return GROUP_FINANCE;
  case LINE_INCOME:
    return GROUP_INCOME;
  case LINE_COUNCIL_TAX:
  case LINE_COLLECTION_FUND:
    return GROUP_TAX;
  case LINE_BUSINESS_RATES:
  case LINE_GRANT:
  case LINE_OTHER_FUNDING:
    return GROUP_GRANTS;
  default:
    return GROUP_OTHER;
  }
}

/* Between where the bridge begins and the last year, cost-positive. */
static void changes_by_group(const struct page *p, bool from_base, pence change[N_GROUPS])
{
  const struct result *own = p->shown[0].result;
  for (int l = 0; l < p->plan->n_lines + N_ENGINE_LINES; l++) {
    const struct line *line = l < p->plan->n_lines ? &p->plan->line[l] : NULL;
    const enum line_class class = line != NULL ? line->class : engine_line_kinds[l - p->plan->n_lines].class;
    pence before = from_base ? 0 : own->line[l].amount[0];
    if (class == LINE_CAPITALISED || (line != NULL && line->ring[0] != '\0')) {
      continue;
    }
    if (from_base && line != NULL && !pence_from_gbp(line->base_amount, &before)) {
      before = 0;
    }
    change[group_of(class)] += own->line[l].amount[p->last] - before;
  }
}

static void plan_sentence(struct page *p, const pence change[N_GROUPS], pence from, pence savings, pence to)
{
  const pence costs = change[GROUP_PAY] + change[GROUP_CARE] + change[GROUP_OTHER] + change[GROUP_FINANCE];
  const pence income = -(change[GROUP_INCOME] + change[GROUP_TAX] + change[GROUP_GRANTS]);
  struct text words = { 0 };
  char label[8];
  if (from != 0) {
    text_printf(&words, "From a %s of ", from > 0 ? "gap" : "surplus");
    money_words(&words, from < 0 ? -from : from);
    text_printf(&words, " in %s, costs ", plan_year_label(p->plan, -1, label));
  } else {
    text_add(&words, "Costs ");
  }
  text_add(&words, costs >= 0 ? "grow by " : "fall by ");
  money_words(&words, costs < 0 ? -costs : costs);
  text_add(&words, income >= 0 ? ", income grows by " : ", income falls by ");
  money_words(&words, income < 0 ? -income : income);
  text_add(&words, ", and savings are expected to bring ");
  money_words(&words, savings);
  text_add(&words, to > 0 ? ". That leaves a gap of " : ". That leaves a surplus of ");
  money_words(&words, to < 0 ? -to : to);
  text_add(&words, " a year.");
  say_paragraph(p, &words);
}

static void plan_bridge(struct page *p)
{
  static const char *const labels[N_GROUPS] = { [GROUP_PAY] = "Pay",
                                                [GROUP_CARE] = "Care and other demand",
                                                [GROUP_OTHER] = "Other costs",
                                                [GROUP_FINANCE] = "Levies and borrowing",
                                                [GROUP_INCOME] = "Charges",
                                                [GROUP_TAX] = "Council tax",
                                                [GROUP_GRANTS] = "Rates and grants" };
  const struct result *own = p->shown[0].result;
  const struct base_year base = plan_base_year(p->plan);
  pence change[N_GROUPS] = { 0 }, start_savings = 0, start_capitalised = 0;
  struct chart_part part[N_GROUPS + 2];
  struct text from = { 0 }, to = { 0 }, heading = { 0 };
  char label[8];
  int n = 0;
  if (!base.known && p->years == 1) {
    return;
  }
  changes_by_group(p, base.known, change);
  if (!base.known) {
    start_savings = own->measure[M_SAVINGS_EXPECTED][0] + own->measure[M_UNIDENTIFIED][0];
    start_capitalised = own->measure[M_CAPITALISED][0];
  }
  const pence savings =
      own->measure[M_SAVINGS_EXPECTED][p->last] + own->measure[M_UNIDENTIFIED][p->last] - start_savings;
  const pence capitalised = own->measure[M_CAPITALISED][p->last] - start_capitalised;
  for (int g = 0; g < N_GROUPS; g++) {
    if (change[g] != 0) {
      part[n++] = (struct chart_part){ labels[g], change[g] };
    }
  }
  if (savings != 0) {
    part[n++] = (struct chart_part){ "Savings expected", -savings };
  }
  if (capitalised != 0) {
    part[n++] = (struct chart_part){ "Capitalised", -capitalised };
  }
  text_printf(&from, "Gap in %s", plan_year_label(p->plan, base.known ? -1 : 0, label));
  text_printf(&to, "Gap in %s", plan_year_label(p->plan, p->last, label));
  text_add(&heading, "What opens it, ");
  text_add(&heading, plan_year_label(p->plan, base.known ? -1 : 0, label));
  text_printf(&heading, " to %s", plan_year_label(p->plan, p->last, label));
  const struct chart_bridge chart = { .what = "+ widens the gap, \xE2\x88\x92 narrows it",
                                      .from = { text_str(&from), base.known ? base.gap : own->measure[M_GAP][0] },
                                      .to = { text_str(&to), own->measure[M_GAP][p->last] },
                                      .n_parts = n,
                                      .part = part,
                                      .bare = true };
  bridge_figure(p, text_str(&heading), &chart);
  p->out->failed |= from.failed || to.failed || heading.failed;
  text_fini(&from), text_fini(&to), text_fini(&heading);
}

/* ---- another future ------------------------------------------------------------------------------------ */

/* The parts that make it worse first, the largest first of all. */
static int parts_in_order(const struct page *p, const struct bridge *bridge, int order[MOST_PARTS])
{
  int n = 0;
  for (int k = 0; k < bridge->n_parts; k++) {
    const pence share = bridge->share[k][M_GAP][p->last];
    if (share == 0) {
      continue;
    }
    int at = n++;
    for (; at > 0 && share > bridge->share[order[at - 1]][M_GAP][p->last]; at--) {
      order[at] = order[at - 1];
    }
    order[at] = k;
  }
  return n;
}

static void future_bridge(struct page *p, int i)
{
  const struct bridge *bridge = &p->b->bridge[i - 1];
  struct chart_part part[MOST_PARTS];
  struct text label[MOST_PARTS] = { { 0 } }, heading = { 0 };
  int order[MOST_PARTS];
  char year[8];
  const int n = parts_in_order(p, bridge, order);
  for (int k = 0; k < n; k++) {
    part_spoken(&label[k], p->shown[i].scenario, bridge->part[order[k]]);
    part[k] = (struct chart_part){ text_str(&label[k]), bridge->share[order[k]][M_GAP][p->last] };
  }
  text_printf(&heading, "Where the difference in %s comes from", plan_year_label(p->plan, p->last, year));
  const struct chart_bridge chart = { .what = "+ widens the gap, \xE2\x88\x92 narrows it",
                                      .from = { "The plan", bridge->from.measure[M_GAP][p->last] },
                                      .to = { "This future", bridge->to.measure[M_GAP][p->last] },
                                      .n_parts = n,
                                      .part = part,
                                      .bare = true };
  if (n > 0) {
    bridge_figure(p, text_str(&heading), &chart);
  } else {
    html(p->out,
         "<div><h3>%s</h3><p>Nowhere: by then the gap is the same. What differs is the years before, and the reserves "
         "that paid for them.</p></div>",
         text_str(&heading));
  }
  for (int k = 0; k < n; k++) {
    p->out->failed |= label[k].failed;
    text_fini(&label[k]);
  }
  p->out->failed |= heading.failed;
  text_fini(&heading);
}

/* ---- the section --------------------------------------------------------------------------------------- */

static void plan_words(struct page *p)
{
  const struct base_year base = plan_base_year(p->plan);
  pence change[N_GROUPS] = { 0 };
  if (base.known) {
    changes_by_group(p, true, change);
    const struct result *own = p->shown[0].result;
    plan_sentence(p, change, base.gap,
                  own->measure[M_SAVINGS_EXPECTED][p->last] + own->measure[M_UNIDENTIFIED][p->last],
                  own->measure[M_GAP][p->last]);
  }
}

void bridges_section(struct page *p)
{
  if (!p->plan->has_mtfp) {
    return;
  }
  section_begin(p, "changes", "What changes");
  for (int i = 0; i < p->n; i++) {
    variant_begin(p, i);
    which_future(p, i);
    if (i == 0) {
      plan_words(p);
    } else if (p->shown[i].description != NULL && p->shown[i].description[0] != '\0') {
      html(p->out, "<p>%s</p>\n", p->shown[i].description);
    }
    variant_end(p);
  }
  html_raw(p->out, "<div class=\"two\">");
  gap_figure(p);
  html_raw(p->out, "<div>");
  for (int i = 0; i < p->n; i++) {
    variant_begin(p, i);
    if (i == 0) {
      plan_bridge(p);
    } else {
      future_bridge(p, i);
    }
    variant_end(p);
  }
  html_raw(p->out, "</div></div>");
  section_end(p);
}
