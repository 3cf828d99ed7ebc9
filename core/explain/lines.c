/* lines.c: lines as printed, whatever their form, and the lines that the engine adds. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

enum { SAVING_COST_INPUT = 3 };

/* ---- the plan's own ------------------------------------------------------------------------------------ */

/* To a line's figure: what its form makes of it, as one part or as its own operation. */
static void add_main(struct future *future, struct figure *figure, struct figure *main, bool alone)
{
  if (alone) {
    figure_as(figure, main);
  } else {
    figure_add(future, figure, 1.0, main);
  }
}

static struct figure *units_figure(struct future *future, int l, int year)
{
  const int input = future->plan->line[l].input;
  struct figure *units = figure_two(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "Number x unit cost", 1.0,
                                    input_figure(future, input + LINE_NUMBER - LINE_RATE, year), 1.0,
                                    input_figure(future, input + LINE_UNIT_COST - LINE_RATE, year));
  units->how = "number x unit cost, to the pound";
  return units;
}

/* The share is taken of the lines as the file prints them, each in the file's own sign. */
static struct figure *share_figure(struct future *future, int l, int year)
{
  const struct plan *plan = future->plan;
  const struct line *line = &plan->line[l];
  struct figure *of = figure_step(future, FIGURE_MONEY, OP_SUM, 0.0, "The lines that it is a share of");
  for (int i = 0; i < line->n_of; i++) {
    const int k = line->of[i];
    figure_add(future, of, plan->line[k].sign * printed_sign(plan, k), figure_of(future, KIND_LINE, k, year));
  }
  struct figure *share =
      figure_two(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "Share of other lines", line->sign * printed_sign(plan, l),
                 input_figure(future, line->input + LINE_PERCENT - LINE_RATE, year), 1.0, figure_close(of));
  share->how = "per cent x the sum of the lines as printed, to the pound";
  return share;
}

static void own_line(struct future *future, struct figure *figure, int l, int year)
{
  const struct line *line = &future->plan->line[l];
  const int one_off = line->input + LINE_ONE_OFF - LINE_RATE;
  const bool ended = year > line->last_year && (line->form == FORM_UNITS || line->form == FORM_SHARE);
  const bool alone = projection_input(future->projection, one_off, year)[0] == 0.0;
  figure_is(figure, FIGURE_MONEY, figure->value, OP_SUM, 0.01, "the recurring amount and the one-off of the year");
  if (!line->recurring && (line->form == FORM_LEVEL || line->form == FORM_CHANGE || line->form == FORM_ROLL)) {
    figure_as(figure, input_figure(future, one_off, year));
    return;
  }
  if (ended && alone) {
    figure_nil(figure, "the money ends with the line's last year");
    return;
  }
  struct figure *main = NULL;
  switch (line->form) {
  case FORM_UNITS:
    main = units_figure(future, l, year);
    break;
  case FORM_SHARE:
    main = share_figure(future, l, year);
    break;
  case FORM_COUNCIL_TAX:
  case FORM_BUSINESS_RATES:
    main = figure_step(future, FIGURE_MONEY, OP_SUM, 0.0, "%s before one-off amounts", line->label);
    (line->form == FORM_COUNCIL_TAX ? council_tax_figure : business_rates_figure)(future, main, year);
    (void)figure_close(main);
    break;
  default:
    main = figure_of(future, KIND_RECURRING, l, year);
  }
  if (!ended) {
    add_main(future, figure, main, alone);
  }
  if (!alone) {
    figure_add(future, figure, 1.0, input_figure(future, one_off, year));
  }
}

/* ---- the engine's: contributions, cost to achieve, capital, interest ----------------------------------- */

static void contributions(struct future *future, struct figure *figure, int year)
{
  const struct plan *plan = future->plan;
  figure->how = "planned contributions to reserves, less what a line holds already: a cost of the year (R20)";
  for (int r = 0; r < plan->n_reserves; r++) {
    const struct reserve *reserve = &plan->reserve[r];
    for (int m = 0; m < reserve->n_movements; m++) {
      const struct movement *movement = &reserve->movement[m];
      const double planned =
          m == 0 ? projection_input(future->projection, reserve->input, year)[0] : movement->planned[year];
      const double already =
          movement->contribution_line >= 0 && movement->planned[year] > 0.0 ? movement->planned[year] : 0.0;
      if (!movement->for_revenue || planned == already) {
        continue;
      }
      if (planned > 0.0) {
        figure_add(future, figure, 1.0,
                   m == 0 ? input_figure(future, reserve->input, year)
                          : figure_cell(future, FIGURE_MONEY, planned, &movement->origin[year],
                                        "%s: planned contribution, %s", reserve->label, future->explainer->year[year]));
      }
      if (already != 0.0) {
        figure_add(future, figure, -1.0, input_figure(future->own, reserve->input, year));
      }
    }
  }
}

static void cost_to_achieve(struct future *future, struct figure *figure, int year)
{
  figure->how = "what savings cost to bring about, less what a line holds already";
  for (int s = 0; s < future->plan->n_savings; s++) {
    const struct saving *saving = &future->plan->saving[s];
    const int input = saving->input + SAVING_COST_INPUT;
    const double cost = projection_input(future->projection, input, year)[0];
    const double planned = saving->cost_funding == COST_LINE ? future->plan->input[input].plan[year] : 0.0;
    if (cost == planned) {
      continue;
    }
    figure_add(future, figure, 1.0, input_figure(future, input, year));
    if (planned != 0.0) {
      figure_add(future, figure, -1.0, input_figure(future->own, input, year));
    }
  }
}

/* Relief or cost of each item, less the plan's own where the published lines hold it. */
static void departures(struct future *future, struct figure *figure, enum kind kind, int count, double sign, int year)
{
  for (int i = 0; i < count; i++) {
    const bool in_plan = kind == KIND_RELIEF ? future->plan->receipt[i].in_plan : future->plan->borrowing[i].in_plan;
    struct figure *now = figure_of(future, kind, i, year), *planned = figure_of(future->own, kind, i, year);
    const double already = in_plan ? planned->value : 0.0;
    if (now->value == already) {
      continue;
    }
    figure_add(future, figure, sign, now);
    if (already != 0.0) {
      figure_add(future, figure, -sign, planned);
    }
  }
}

static void flexible_use(struct future *future, struct figure *figure, int year)
{
  figure->how = "capital receipts used for qualifying cost to achieve, under the direction";
  for (int r = 0; r < future->plan->n_receipts; r++) {
    struct figure *use = figure_of(future, KIND_FLEXIBLE, r, year);
    if (use->value != 0.0) {
      figure_add(future, figure, 1.0, use);
    }
  }
}

/* Balances of the year before, on whose interest the run departs from the plan. */
static struct figure *balance_before(struct future *future, bool deficit, int year)
{
  if (year > 0) {
    return deficit ? figure_of(future, KIND_DEFICIT, 0, year - 1)
                   : figure_of(future, KIND_MEASURE, M_USABLE_CLOSING, year - 1);
  }
  struct figure *sum = figure_step(future, FIGURE_MONEY, OP_SUM, 0.0,
                                   deficit ? "DSG deficit at the start" : "Usable reserves at the start");
  for (int r = 0; r < future->plan->n_reserves; r++) {
    const struct reserve *reserve = &future->plan->reserve[r];
    const bool counts =
        deficit ? reserve->class == RESERVE_DSG && reserve->opening < 0.0 : class_is_usable(reserve->class);
    if (counts) {
      figure_add(future, sum, deficit ? -1.0 : 1.0, figure_of(future, KIND_OPENING, r, 0));
    }
  }
  return figure_close(sum);
}

static void interest(struct future *future, struct figure *figure, bool deficit, int year)
{
  const enum term_id rate = deficit ? TERM_CARRYING_RATE : TERM_BALANCES_RATE;
  const double sign = deficit ? 1.0 : -1.0;
  figure->how = deficit ? "the rate on the deficit of the year before, less the same on the plan"
                        : "interest on balances of the year before, less the same on the plan (R13)";
  figure->grain = 1.0;
  if (figure->value == 0.0) {
    return;
  }
  figure_add(future, figure, sign,
             figure_two(future, FIGURE_MONEY, OP_PRODUCT, 0.0, "Rate x balance", 1.0, term_figure(future, rate, year),
                        1.0, balance_before(future, deficit, year)));
  figure_add(future, figure, -sign,
             figure_two(future, FIGURE_MONEY, OP_PRODUCT, 0.0, "The same on the plan", 1.0,
                        figure_of(future->own, KIND_TERM, (int)rate, year), 1.0,
                        balance_before(future->own, deficit, year)));
}

static void engine_line(struct future *future, struct figure *figure, enum engine_line which, int year)
{
  figure_is(figure, FIGURE_MONEY, figure->value, OP_SUM, 0.01, "");
  switch (which) {
  case ENGINE_CONTRIBUTIONS:
    contributions(future, figure, year);
    break;
  case ENGINE_COST_TO_ACHIEVE:
    cost_to_achieve(future, figure, year);
    break;
  case ENGINE_RECEIPTS:
    figure->how = "MRP and interest saved, less what the published lines hold already";
    departures(future, figure, KIND_RELIEF, future->plan->n_receipts, -1.0, year);
    break;
  case ENGINE_BORROWING:
    figure->how = "MRP and interest, less what the published lines hold already";
    departures(future, figure, KIND_COST, future->plan->n_borrowings, 1.0, year);
    break;
  case ENGINE_BALANCES:
  case ENGINE_DSG_CARRYING:
    interest(future, figure, which == ENGINE_DSG_CARRYING, year);
    break;
  case ENGINE_COLLECTION:
    collection_figure(future, figure, year);
    break;
  case ENGINE_FLEXIBLE_USE:
    flexible_use(future, figure, year);
    break;
  case N_ENGINE_LINES:
    break;
  }
  if (figure->n_parts == 0) {
    figure_nil(figure, figure->how);
  }
}

void build_line(struct future *future, struct figure *figure, int l, int year)
{
  const struct plan *plan = future->plan;
  const bool own = l < plan->n_lines;
  figure_name(future, figure, "line:%s@%s", own ? plan->line[l].id : engine_line_kinds[l - plan->n_lines].id,
              future->explainer->year[year]);
  figure_words(future, figure, year, "%s", own ? plan->line[l].label : engine_line_kinds[l - plan->n_lines].label);
  figure->value = printed_sign(plan, l) * projection_line(future->projection, l, year)[0];
  if (own) {
    own_line(future, figure, l, year);
  } else {
    engine_line(future, figure, (enum engine_line)(l - plan->n_lines), year);
  }
}
