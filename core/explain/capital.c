/* capital.c: receipts and borrowing: what arrives and when, what it is applied to, what it saves or costs (R34 to R38).
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

enum { AMOUNT, MONTHS, TO_DEBT, TO_AVOID, TO_FLEXIBLE }; /* the order of a receipt's inputs */
enum { BORROWED, RATE };                                 /* and of a borrowing's */
enum { SAVING_COST_INPUT = 3 };

static void opening(struct future *future, struct figure *figure, int r, const char *field, const char *words,
                    enum working working, int year)
{
  const struct receipt *receipt = &future->plan->receipt[r];
  if (*field != '\0') {
    figure_name(future, figure, "receipt:%s.%s@%s", receipt->id, field, future->explainer->year[year]);
  }
  figure_words(future, figure, year, "%s, %s", receipt->asset, words);
  figure_is(figure, FIGURE_MONEY,
            working < N_WORKINGS ? projection_working(future->projection, working, r, year)[0] : 0.0, OP_SUM, 0.0, "");
}

/* ---- what arrives -------------------------------------------------------------------------------------- */

/* The part of a receipt, due so many years before, that has come by the end of the year. */
static struct figure *part_arrived(struct future *future, const struct figure *months, int years_since)
{
  struct figure *late = figure_two(future, FIGURE_FACTOR, OP_QUOTIENT, 0.0, "Years late", 1.0, months, 1.0,
                                   figure_engine(future, FIGURE_MONTHS, 12.0, "Months of a year"));
  struct figure *part = figure_two(
      future, FIGURE_FACTOR, OP_SUM, 0.0, "Years gone by, less years late", 1.0,
      figure_engine(future, FIGURE_FACTOR, (double)years_since + 1.0, "Years from the start of its year"), -1.0, late);
  struct figure *most = figure_two(future, FIGURE_FACTOR, OP_LEAST, 0.0, "All of it at most", 1.0, part, 1.0,
                                   figure_engine(future, FIGURE_FACTOR, 1.0, "All"));
  return figure_two(future, FIGURE_FACTOR, OP_GREATEST, 0.0, "Part that has come", 1.0, most, 1.0,
                    figure_engine(future, FIGURE_FACTOR, 0.0, "Nothing"));
}

void build_arrived(struct future *future, struct figure *figure, int r, int year)
{
  const int input = future->plan->receipt[r].input;
  opening(future, figure, r, "", "received so far", WORKING_ARRIVED, year);
  figure->how = "what was due so far, as far as it has come";
  for (int due = 0; due <= year; due++) {
    if (projection_input(future->projection, input + AMOUNT, due)[0] == 0.0) {
      continue;
    }
    struct figure *amount = input_figure(future, input + AMOUNT, due);
    struct figure *come = figure_step(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "Due in %s, as far as it has come",
                                      future->explainer->year[due]);
    figure_add(future, come, 1.0, amount);
    if (projection_input(future->projection, input + MONTHS, due)[0] != 0.0) {
      figure_add(future, come, 1.0, part_arrived(future, input_figure(future, input + MONTHS, due), year - due));
    }
    figure_add(future, figure, 1.0, figure_close(come));
  }
  if (figure->n_parts == 0) {
    figure_nil(figure, "nothing is due yet");
  }
}

void build_received(struct future *future, struct figure *figure, int r, int year)
{
  struct figure *now = figure_of(future, KIND_ARRIVED, r, year);
  opening(future, figure, r, "received", "received in the year", N_WORKINGS, year);
  figure->how = "received by the end of the year, less by the end of the year before";
  figure_add(future, figure, 1.0, now);
  if (year > 0) {
    figure_add(future, figure, -1.0, figure_of(future, KIND_ARRIVED, r, year - 1));
  }
  (void)figure_close(figure);
}

/* ---- what it is applied to: debt, avoided borrowing, flexible use, in that order ----------------------- */

static struct figure *share(struct future *future, int r, int field, const char *words, int year)
{
  return figure_two(future, FIGURE_MONEY, OP_PRODUCT, 1.0, words, 1.0, figure_of(future, KIND_RECEIVED, r, year), 1.0,
                    input_figure(future, future->plan->receipt[r].input + field, year));
}

void build_to_debt(struct future *future, struct figure *figure, int r, int year)
{
  opening(future, figure, r, "to_debt", "to debt", WORKING_TO_DEBT, year);
  figure_as(figure, share(future, r, TO_DEBT, "Share to debt", year));
  figure->how = "received in the year x its share, to the pound";
}

static struct figure *left_after(struct future *future, int r, bool avoided, int year)
{
  struct figure *left =
      figure_two(future, FIGURE_MONEY, OP_SUM, 0.0, "What is left of the year's receipt", 1.0,
                 figure_of(future, KIND_RECEIVED, r, year), -1.0, figure_of(future, KIND_TO_DEBT, r, year));
  if (avoided) {
    figure_add(future, left, -1.0, figure_of(future, KIND_TO_AVOID, r, year));
  }
  return figure_close(left);
}

void build_to_avoid(struct future *future, struct figure *figure, int r, int year)
{
  opening(future, figure, r, "to_avoid", "to avoided borrowing", WORKING_TO_AVOID, year);
  figure->operation = OP_LEAST;
  figure->how = "received in the year x its share, at most what debt has left";
  figure_add(future, figure, 1.0, share(future, r, TO_AVOID, "Share to avoided borrowing", year));
  figure_add(future, figure, 1.0, left_after(future, r, false, year));
}

/* Meant for flexible use and not used before this year. */
static struct figure *pot_before_use(struct future *future, int r, int year)
{
  const struct receipt *receipt = &future->plan->receipt[r];
  struct figure *flexible =
      figure_two(future, FIGURE_MONEY, OP_LEAST, 0.0, "Meant for flexible use, of this year's receipt", 1.0,
                 share(future, r, TO_FLEXIBLE, "Share to flexible use", year), 1.0, left_after(future, r, true, year));
  struct figure *pot =
      figure_step(future, FIGURE_MONEY, OP_SUM, 0.0, "%s, meant for flexible use and not yet used", receipt->asset);
  if (year > 0) {
    figure_add(future, pot, 1.0, figure_of(future, KIND_POT, r, year - 1));
  } else if (receipt->year < 0) {
    struct figure *amount = figure_cell(future, FIGURE_MONEY, receipt->amount, &receipt->amount_origin,
                                        "%s, received before the plan", receipt->asset);
    struct figure *part = figure_cell(future, FIGURE_PERCENT, receipt->to_flexible, &receipt->flexible_origin,
                                      "%s, share to flexible use", receipt->asset);
    figure_add(
        future, pot, 1.0,
        figure_two(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "Of what came before the plan", 1.0, amount, 1.0, part));
  }
  figure_add(future, pot, 1.0, flexible);
  return figure_close(pot);
}

void build_pot(struct future *future, struct figure *figure, int r, int year)
{
  opening(future, figure, r, "", "meant for flexible use and left", WORKING_POT, year);
  figure_add(future, figure, 1.0, pot_before_use(future, r, year));
  figure_add(future, figure, -1.0, figure_of(future, KIND_FLEXIBLE, r, year));
}

static bool arrives_before(const struct plan *plan, int a, int b)
{
  return plan->receipt[a].year != plan->receipt[b].year ? plan->receipt[a].year < plan->receipt[b].year : a < b;
}

/* Cost to achieve that receipts may meet, less what earlier ones have met (R36). */
static struct figure *qualifying(struct future *future, int r, int year)
{
  const struct plan *plan = future->plan;
  struct figure *left =
      figure_step(future, FIGURE_MONEY, OP_SUM, 0.0, "Qualifying cost to achieve of the year that is left");
  for (int s = 0; s < plan->n_savings; s++) {
    if (plan->saving[s].cost_funding == COST_RECEIPTS) {
      figure_add(future, left, 1.0, input_figure(future, plan->saving[s].input + SAVING_COST_INPUT, year));
    }
  }
  for (int other = 0; other < plan->n_receipts; other++) {
    if (arrives_before(plan, other, r)) {
      figure_add(future, left, -1.0, figure_of(future, KIND_FLEXIBLE, other, year));
    }
  }
  if (left->n_parts == 0) {
    left->how = "no saving has a cost that receipts may meet";
  }
  return figure_close(left);
}

void build_flexible(struct future *future, struct figure *figure, int r, int year)
{
  opening(future, figure, r, "flexible", "flexible use", WORKING_FLEXIBLE, year);
  if (future->plan->first_year + year > future->plan->flexible_use_last_year) {
    figure_nil(figure, "the direction on flexible use has ended (R36)");
    return;
  }
  figure->operation = OP_LEAST;
  figure->how = "what is meant for it, at most the qualifying cost of the year";
  figure_add(future, figure, 1.0, pot_before_use(future, r, year));
  figure_add(future, figure, 1.0, qualifying(future, r, year));
}

static void add_applied(struct future *future, struct figure *figure, double sign, int r, int year)
{
  figure_add(future, figure, sign, figure_of(future, KIND_TO_DEBT, r, year));
  figure_add(future, figure, sign, figure_of(future, KIND_TO_AVOID, r, year));
  figure_add(future, figure, sign, figure_of(future, KIND_FLEXIBLE, r, year));
}

void build_applied(struct future *future, struct figure *figure, int r, int year)
{
  opening(future, figure, r, "applied", "applied", N_WORKINGS, year);
  figure->how = "to debt, to avoided borrowing and to flexible use";
  add_applied(future, figure, 1.0, r, year);
  (void)figure_close(figure);
}

/* What came before the plan, less what of it had paid debt or avoided borrowing by then. */
static void add_left_before(struct future *future, struct figure *figure, const struct receipt *receipt)
{
  struct figure *amount = figure_cell(future, FIGURE_MONEY, receipt->amount, &receipt->amount_origin,
                                      "%s, received before the plan", receipt->asset);
  struct figure *debt =
      figure_cell(future, FIGURE_PERCENT, receipt->to_debt, &receipt->debt_origin, "%s, share to debt", receipt->asset);
  struct figure *avoid = figure_cell(future, FIGURE_PERCENT, receipt->to_avoid, &receipt->avoid_origin,
                                     "%s, share to avoided borrowing", receipt->asset);
  struct figure *shares = figure_two(future, FIGURE_PERCENT, OP_SUM, 0.0, "Shares applied", 1.0, debt, 1.0, avoid);
  figure_add(future, figure, 1.0, amount);
  figure_add(future, figure, -1.0,
             figure_two(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "Applied before the plan", 1.0, amount, 1.0, shares));
}

void build_held(struct future *future, struct figure *figure, int r, int year)
{
  const struct receipt *receipt = &future->plan->receipt[r];
  (void)year;
  figure_name(future, figure, "receipt:%s.held", receipt->id);
  figure_words(future, figure, -1, "%s, held at the end of the plan", receipt->asset);
  figure_is(figure, FIGURE_MONEY, 0.0, OP_SUM, 0.0, "what was received and not applied");
  if (receipt->year < 0) {
    add_left_before(future, figure, receipt);
  }
  for (int y = 0; y < future->plan->n_years; y++) {
    figure_add(future, figure, 1.0, figure_of(future, KIND_RECEIVED, r, y));
    add_applied(future, figure, -1.0, r, y);
  }
  (void)figure_close(figure);
}

/* ---- MRP and interest on a sum, n years after it was borrowed or repaid -------------------------------- */

struct debt {
  enum repayment method;
  enum interest_kind interest;
  int life;
  const struct figure *life_figure, *rate;
};

static struct figure *compounded(struct future *future, const struct debt *debt, const struct figure *years)
{
  struct figure *one = figure_engine(future, FIGURE_FACTOR, 1.0, "One");
  struct figure *base = figure_two(future, FIGURE_FACTOR, OP_SUM, 0.0, "1 + rate", 1.0, one, 1.0, debt->rate);
  return figure_two(future, FIGURE_FACTOR, OP_POWER, 0.0, "(1 + rate) compounded", 1.0, base, 1.0, years);
}

static struct figure *compounded_less_1(struct future *future, const struct debt *debt, const struct figure *years)
{
  return figure_two(future, FIGURE_FACTOR, OP_SUM, 0.0, "Compounded, less 1", 1.0, compounded(future, debt, years),
                    -1.0, figure_engine(future, FIGURE_FACTOR, 1.0, "One"));
}

static struct figure *mrp_factor(struct future *future, const struct debt *debt, int n)
{
  if (debt->method == REPAY_STRAIGHT || debt->rate->value <= 0.0) {
    return figure_two(future, FIGURE_FACTOR, OP_QUOTIENT, 0.0, "One year's part of the life", 1.0,
                      figure_engine(future, FIGURE_FACTOR, 1.0, "One"), 1.0, debt->life_figure);
  }
  struct figure *first = figure_two(future, FIGURE_FACTOR, OP_QUOTIENT, 0.0, "The first year's part of an annuity", 1.0,
                                    debt->rate, 1.0, compounded_less_1(future, debt, debt->life_figure));
  struct figure *years = figure_engine(future, FIGURE_YEARS, (double)(n - 1), "Years since the first");
  return figure_two(future, FIGURE_FACTOR, OP_PRODUCT, 0.0, "This year's part of an annuity", 1.0, first, 1.0,
                    compounded(future, debt, years));
}

/* Part of the sum still owed; NULL: all of it. */
static struct figure *owed_factor(struct future *future, const struct debt *debt, int n)
{
  if (debt->interest == INTEREST_LEVEL) {
    return NULL;
  }
  struct figure *years = figure_engine(future, FIGURE_YEARS, (double)(n - 1), "Years since the first");
  const bool annuity = debt->method == REPAY_ANNUITY && debt->rate->value > 0.0;
  struct figure *repaid = figure_two(future, FIGURE_FACTOR, OP_QUOTIENT, 0.0, "Part repaid", 1.0,
                                     annuity ? compounded_less_1(future, debt, years) : years, 1.0,
                                     annuity ? compounded_less_1(future, debt, debt->life_figure) : debt->life_figure);
  return figure_two(future, FIGURE_FACTOR, OP_SUM, 0.0, "Part still owed", 1.0,
                    figure_engine(future, FIGURE_FACTOR, 1.0, "One"), -1.0, repaid);
}

/* Adds the MRP and the interest of the n-th year. */
static void add_yearly(struct future *future, struct figure *figure, const struct debt *debt, const struct figure *sum,
                       int n)
{
  if (n < 1 || n > debt->life || sum->value == 0.0) {
    return;
  }
  figure_add(future, figure, 1.0,
             figure_two(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "MRP", 1.0, sum, 1.0, mrp_factor(future, debt, n)));
  struct figure *interest = figure_step(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "Interest");
  const struct figure *owed = owed_factor(future, debt, n);
  figure_add(future, interest, 1.0, sum);
  if (owed != NULL) {
    figure_add(future, interest, 1.0, owed);
  }
  figure_add(future, interest, 1.0, debt->rate);
  figure_add(future, figure, 1.0, figure_close(interest));
}

static const struct figure *early_relief(struct future *future, const struct receipt *receipt)
{
  struct figure *shares = figure_two(
      future, FIGURE_PERCENT, OP_SUM, 0.0, "Shares to debt and to avoided borrowing", 1.0,
      figure_cell(future, FIGURE_PERCENT, receipt->to_debt, &receipt->debt_origin, "To debt"), 1.0,
      figure_cell(future, FIGURE_PERCENT, receipt->to_avoid, &receipt->avoid_origin, "To avoided borrowing"));
  return figure_two(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "Applied before the plan", 1.0,
                    figure_cell(future, FIGURE_MONEY, receipt->amount, &receipt->amount_origin,
                                "%s, received before the plan", receipt->asset),
                    1.0, shares);
}

void build_relief(struct future *future, struct figure *figure, int r, int year)
{
  const struct receipt *receipt = &future->plan->receipt[r];
  const struct debt debt = {
    receipt->method, receipt->interest, receipt->life,
    figure_cell(future, FIGURE_YEARS, (double)receipt->life, &receipt->life_origin, "%s: life", receipt->asset),
    figure_cell(future, FIGURE_PERCENT, receipt->rate, &receipt->rate_origin, "%s: rate", receipt->asset)
  };
  opening(future, figure, r, "relief", "MRP and interest saved", WORKING_RELIEF, year);
  figure->how = "on what repaid debt or avoided borrowing, from the year after (R35, R37)";
  if (receipt->year < 0) {
    add_yearly(future, figure, &debt, early_relief(future, receipt), year - receipt->year);
  }
  for (int since = 0; since < year; since++) {
    add_yearly(future, figure, &debt,
               figure_two(future, FIGURE_MONEY, OP_SUM, 0.0, "To debt and to avoided borrowing", 1.0,
                          figure_of(future, KIND_TO_DEBT, r, since), 1.0, figure_of(future, KIND_TO_AVOID, r, since)),
               year - since);
  }
  if (figure->n_parts == 0) {
    figure_nil(figure, "nothing has repaid debt or avoided borrowing yet");
  }
}

/* ---- borrowing ----------------------------------------------------------------------------------------- */

static struct figure *early_loan(struct future *future, const struct borrowing *loan)
{
  return figure_cell(future, FIGURE_MONEY, loan->amount, &loan->amount_origin, "%s: borrowed before the plan",
                     loan->label);
}

static void new_loan(struct future *future, struct figure *figure, const struct borrowing *loan, int year)
{
  struct debt debt = { .method = loan->method, .interest = loan->interest, .life = loan->life };
  debt.life_figure = figure_cell(future, FIGURE_YEARS, (double)loan->life, &loan->life_origin, "%s: life", loan->label);
  if (loan->year < 0) {
    debt.rate = figure_cell(future, FIGURE_PERCENT, loan->rate, &loan->rate_origin, "%s: rate", loan->label);
    add_yearly(future, figure, &debt, early_loan(future, loan), year - loan->year);
  }
  for (int since = 0; since < year; since++) {
    debt.rate = input_figure(future, loan->input + RATE, since);
    add_yearly(future, figure, &debt, input_figure(future, loan->input + BORROWED, since), year - since);
  }
}

static void changed_rate(struct future *future, struct figure *figure, const struct borrowing *loan, int year)
{
  const bool refinanced = loan->kind == BORROWING_REFINANCE;
  struct figure *more = figure_two(
      future, FIGURE_PERCENT, OP_SUM, 0.0, "Change of rate", 1.0, input_figure(future, loan->input + RATE, year), -1.0,
      figure_cell(future, FIGURE_PERCENT, refinanced ? loan->old_rate : loan->rate,
                  refinanced ? &loan->old_rate_origin : &loan->rate_origin, "%s: rate before", loan->label));
  for (int since = loan->year < 0 ? -1 : 0; since <= year; since++) {
    const struct figure *sum =
        since < 0 ? early_loan(future, loan) : input_figure(future, loan->input + BORROWED, since);
    if (sum->value != 0.0 && more->value != 0.0) {
      figure_add(future, figure, 1.0,
                 figure_two(future, FIGURE_MONEY, OP_PRODUCT, 1.0, "Interest", 1.0, sum, 1.0, more));
    }
  }
}

void build_cost(struct future *future, struct figure *figure, int b, int year)
{
  const struct borrowing *loan = &future->plan->borrowing[b];
  figure_name(future, figure, "borrowing:%s.cost@%s", loan->id, future->explainer->year[year]);
  figure_words(future, figure, year, "%s, cost", loan->label);
  figure_is(figure, FIGURE_MONEY, projection_working(future->projection, WORKING_COST, b, year)[0], OP_SUM, 0.0,
            loan->kind == BORROWING_NEW ? "MRP and interest from the year after (R37)"
                                        : "what the change of rate costs");
  if (loan->kind == BORROWING_NEW) {
    new_loan(future, figure, loan, year);
  } else {
    changed_rate(future, figure, loan, year);
  }
  if (figure->n_parts == 0) {
    figure_nil(figure,
               loan->kind == BORROWING_NEW ? "nothing is borrowed yet, or it is repaid" : "the rate is as it was");
  }
}
