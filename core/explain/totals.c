/* totals.c: the measures of a year: budget, funding, savings, the gap and its forms, the minimum, balances in all (R6
 * to R9, R17). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

static enum measure total_of(enum line_class class)
{
  return class_is_funding(class) ? M_FUNDING : class == LINE_CAPITALISED ? M_CAPITALISED : M_NET_BUDGET;
}

/* Lines of the engine that come to nothing are left out. */
static void add_lines(struct future *future, struct figure *figure, enum measure total, int year)
{
  const struct plan *plan = future->plan;
  for (int l = 0; l < plan->n_lines + N_ENGINE_LINES; l++) {
    const bool own = l < plan->n_lines;
    const enum line_class class = own ? plan->line[l].class : engine_line_kinds[l - plan->n_lines].class;
    if (total_of(class) != total || (own && (plan->line[l].ring[0] != '\0' || plan->line[l].is_saving))) {
      continue;
    }
    if (own || projection_line(future->projection, l, year)[0] != 0.0) {
      figure_add(future, figure, 1.0, figure_of(future, KIND_LINE, l, year));
    }
  }
}

static void add_savings(struct future *future, struct figure *figure, enum kind kind, bool unidentified_only, int year)
{
  for (int s = 0; s < future->plan->n_savings; s++) {
    if (!unidentified_only || future->plan->saving[s].rag == RAG_UNIDENTIFIED) {
      figure_add(future, figure, 1.0, figure_of(future, kind, s, year));
    }
  }
}

/* Of savings yet to find. */
static void add_lines_of_savings(struct future *future, struct figure *figure, int year)
{
  for (int l = 0; l < future->plan->n_lines; l++) {
    if (future->plan->line[l].is_saving) {
      figure_add(future, figure, -1.0, figure_of(future, KIND_LINE, l, year));
    }
  }
}

static void add_measure(struct future *future, struct figure *figure, double sign, enum measure measure, int year)
{
  figure_add(future, figure, sign, figure_of(future, KIND_MEASURE, (int)measure, year));
}

static void annual(struct future *future, struct figure *figure, enum measure level, int year)
{
  figure->how = "this year's, less the year before's; in the first year all of it";
  add_measure(future, figure, 1.0, level, year);
  if (year > 0) {
    add_measure(future, figure, -1.0, level, year - 1);
  }
}

static bool one_off_engine_line(int e)
{
  return e == ENGINE_CONTRIBUTIONS || e == ENGINE_COST_TO_ACHIEVE || e == ENGINE_COLLECTION || e == ENGINE_FLEXIBLE_USE;
}

/* Printed signs: a one-off cost raises the gap, one-off funding lowers it; the structural gap takes both out again. */
static void structural(struct future *future, struct figure *figure, int year)
{
  const struct plan *plan = future->plan;
  figure->how = "the gap with one-off cost, income, funding and savings left out (R8)";
  add_measure(future, figure, 1.0, M_GAP, year);
  for (int l = 0; l < plan->n_lines; l++) {
    const int one_off = plan->line[l].input + LINE_ONE_OFF - LINE_RATE;
    if (plan->line[l].ring[0] == '\0' && projection_input(future->projection, one_off, year)[0] != 0.0) {
      figure_add(future, figure, -printed_sign(plan, l), input_figure(future, one_off, year));
    }
  }
  for (int e = 0; e < N_ENGINE_LINES; e++) {
    const int l = plan->n_lines + e;
    if (one_off_engine_line(e) && projection_line(future->projection, l, year)[0] != 0.0) {
      figure_add(future, figure, -printed_sign(plan, l), figure_of(future, KIND_LINE, l, year));
    }
  }
  for (int s = 0; s < plan->n_savings; s++) {
    if (!plan->saving[s].recurring) {
      figure_add(future, figure, 1.0, figure_of(future, KIND_EXPECTED, s, year));
    }
  }
}

static void minimum(struct future *future, struct figure *figure, int year)
{
  static const enum measure denominators[] = { [MINIMUM_OF_NET_AFTER_SAVINGS] = M_NET_AFTER_SAVINGS,
                                               [MINIMUM_OF_NET] = M_NET_BUDGET,
                                               [MINIMUM_OF_FUNDING] = M_FUNDING };
  const struct plan *plan = future->plan;
  if (plan->minimum_rule == MINIMUM_NONE) {
    figure_nil(figure, "the council gives no minimum");
    return;
  }
  figure->operation = OP_GREATEST;
  figure->grain = 0.0;
  figure->how = "the council's own minimum, on this run's own denominator of the same year (R17)";
  if (plan->has_mtfp && plan->minimum_rule != MINIMUM_AMOUNT) {
    struct figure *percent =
        figure_cell(future, FIGURE_PERCENT, plan->minimum_percent, &plan->minimum_percent_origin, "minimum_percent");
    figure_add(future, figure, 1.0,
               figure_two(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "Per cent of the denominator, to the pound", 1.0,
                          percent, 1.0, figure_of(future, KIND_MEASURE, (int)denominators[plan->minimum_of], year)));
  }
  if (plan->minimum_rule != MINIMUM_PERCENT) {
    figure_add(future, figure, 1.0,
               figure_cell(future, FIGURE_MONEY, plan->minimum_amount[year], &plan->minimum_amount_origin[year],
                           "minimum_amount"));
  }
  figure_add(future, figure, 1.0, figure_engine(future, FIGURE_MONEY, 0.0, "Nothing"));
}

static void usable(struct future *future, struct figure *figure, int year)
{
  figure->how = "reserves that may be drawn for the gap: smoothing, in extremis, General Fund (R16)";
  for (int r = 0; r < future->plan->n_reserves; r++) {
    if (class_is_usable(future->plan->reserve[r].class)) {
      figure_add(future, figure, 1.0, figure_of(future, KIND_CLOSING, r, year));
    }
  }
}

static void general_fund(struct future *future, struct figure *figure, int year)
{
  if (future->plan->general_fund < 0) {
    figure_nil(figure, "the folder has no General Fund");
    return;
  }
  figure->operation = OP_SAME;
  figure_add(future, figure, 1.0, figure_of(future, KIND_CLOSING, future->plan->general_fund, year));
}

/* The grant meets a share of the eligible deficit at 31 March 2026, from 2026/27. */
static void exposure(struct future *future, struct figure *figure, int year)
{
  enum { GRANT_STANDS_ON = 2025 };
  const struct plan *plan = future->plan;
  const int at = GRANT_STANDS_ON - plan->first_year;
  struct figure *deficit = figure_of(future, KIND_DEFICIT, 0, year);
  if (at < -1 || at >= year || plan->term[TERM_GRANT_SHARE].input < 0 || plan->term[TERM_ELIGIBLE_SHARE].input < 0) {
    figure->how = "the deficit: the folder gives no grant towards it";
    figure->operation = OP_SAME;
    figure_add(future, figure, 1.0, deficit);
    return;
  }
  struct figure *then = figure_step(future, FIGURE_MONEY, OP_SUM, 0.0, "DSG deficit at 31 March 2026");
  for (int r = 0; r < plan->n_reserves && at < 0; r++) {
    if (plan->reserve[r].class == RESERVE_DSG && plan->reserve[r].opening < 0.0) {
      figure_add(future, then, -1.0, figure_of(future, KIND_OPENING, r, 0));
    }
  }
  (void)figure_close(then);
  struct figure *grant =
      figure_step(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "Grant: share x eligible part x deficit then");
  figure_add(future, grant, 1.0, term_figure(future, TERM_GRANT_SHARE, year));
  figure_add(future, grant, 1.0, term_figure(future, TERM_ELIGIBLE_SHARE, year));
  figure_add(future, grant, 1.0, at < 0 ? then : figure_of(future, KIND_DEFICIT, 0, at));
  struct figure *left =
      figure_two(future, FIGURE_MONEY, OP_SUM, 0.0, "Deficit less grant", 1.0, deficit, -1.0, figure_close(grant));
  figure->operation = OP_GREATEST;
  figure->how = "the deficit, less the grant towards what it was at 31 March 2026";
  figure_add(future, figure, 1.0, left);
  figure_add(future, figure, 1.0, figure_engine(future, FIGURE_MONEY, 0.0, "Nothing"));
}

/* Sums of other measures: sign and measure, as the engine makes them. */
static void sum_of_measures(struct future *future, struct figure *figure, enum measure m, int year)
{
  switch (m) {
  case M_GAP_BEFORE_SAVINGS:
    figure->how = "net budget less funding (R6)";
    add_measure(future, figure, 1.0, M_NET_BUDGET, year);
    add_measure(future, figure, -1.0, M_FUNDING, year);
    break;
  case M_NET_AFTER_SAVINGS:
    figure->how = "net budget less expected savings that are identified";
    add_measure(future, figure, 1.0, M_NET_BUDGET, year);
    add_measure(future, figure, -1.0, M_SAVINGS_EXPECTED, year);
    add_measure(future, figure, 1.0, M_UNIDENTIFIED, year);
    break;
  case M_GAP_BEFORE_UNIDENTIFIED:
    figure->how = "net budget after savings, less funding and capitalised funding";
    add_measure(future, figure, 1.0, M_NET_AFTER_SAVINGS, year);
    add_measure(future, figure, -1.0, M_FUNDING, year);
    add_measure(future, figure, -1.0, M_CAPITALISED, year);
    break;
  case M_GAP:
    figure->how = "net budget less expected savings, funding and capitalised funding; no reserve enters it (R6, R13)";
    add_measure(future, figure, 1.0, M_NET_BUDGET, year);
    add_measure(future, figure, -1.0, M_SAVINGS_EXPECTED, year);
    add_measure(future, figure, -1.0, M_FUNDING, year);
    add_measure(future, figure, -1.0, M_CAPITALISED, year);
    break;
  case M_GAP_BEFORE_CAPITALISED:
    figure->how = "the gap with capitalised funding put back";
    add_measure(future, figure, 1.0, M_GAP, year);
    add_measure(future, figure, 1.0, M_CAPITALISED, year);
    break;
  default:
    figure->how = "the gap less the planned use of reserves, on the plan's own movements";
    add_measure(future, figure, 1.0, M_GAP, year);
    add_measure(future, figure, -1.0, M_PLANNED_USE, year);
  }
}

static void with_budget(struct future *future, struct figure *figure, enum measure m, int year)
{
  switch (m) {
  case M_NET_BUDGET:
    figure->how = "cost and income outside rings, with contributions to reserves and cost to achieve (R20, R27)";
    add_lines(future, figure, m, year);
    break;
  case M_FUNDING:
    figure->how = "funding outside rings, before any use of reserves";
    add_lines(future, figure, m, year);
    break;
  case M_CAPITALISED:
    figure->how = "funding that is not income: flexible use of receipts, capitalised cost";
    add_lines(future, figure, m, year);
    break;
  case M_SAVINGS_PLANNED:
    figure->how = "every saving as planned";
    add_savings(future, figure, KIND_PLANNED, false, year);
    break;
  case M_SAVINGS_EXPECTED:
  case M_UNIDENTIFIED:
    figure->how = m == M_UNIDENTIFIED ? "of expected savings, those that nobody has identified"
                                      : "every saving as expected to be delivered";
    add_savings(future, figure, KIND_EXPECTED, m == M_UNIDENTIFIED, year);
    if (m == M_SAVINGS_EXPECTED) {
      add_lines_of_savings(future, figure, year);
    }
    break;
  case M_GAP_ANNUAL:
    annual(future, figure, M_GAP, year);
    break;
  case M_GAP_AFTER_PLANNED_USE_ANNUAL:
    annual(future, figure, M_GAP_AFTER_PLANNED_USE, year);
    break;
  case M_GAP_STRUCTURAL:
    structural(future, figure, year);
    break;
  case M_PLANNED_USE:
    planned_use_figure(future, figure, year);
    break;
  case M_UNFUNDED:
    unfunded_figure(future, figure, year);
    break;
  default:
    sum_of_measures(future, figure, m, year);
  }
}

void build_measure(struct future *future, struct figure *figure, int m, int year)
{
  figure_name(future, figure, "%s@%s", measure_kinds[m].name, future->explainer->year[year]);
  figure_words(future, figure, year, "%s", measure_kinds[m].meaning);
  figure_is(figure, FIGURE_MONEY, projection_measure(future->projection, (enum measure)m, year)[0], OP_SUM, 0.01, "");
  if (measure_kinds[m].needs_mtfp) {
    if (future->plan->has_mtfp) {
      with_budget(future, figure, (enum measure)m, year);
    }
  } else if (m == M_MINIMUM) {
    minimum(future, figure, year);
  } else if (m == M_USED_BELOW_MINIMUM) {
    below_minimum_figure(future, figure, year);
  } else if (m == M_USABLE_CLOSING) {
    usable(future, figure, year);
  } else if (m == M_GENERAL_FUND_CLOSING) {
    general_fund(future, figure, year);
  } else {
    exposure(future, figure, year);
  }
  if (figure->n_parts == 0 && figure->leaf == LEAF_NONE) {
    figure_nil(figure, figure->how[0] != '\0' ? figure->how : "the folder holds no budget");
  }
}
