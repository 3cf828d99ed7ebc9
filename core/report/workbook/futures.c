/* futures.c: the sheet Futures: what a simulation came to, as constants with their seed.  A formula cannot draw again.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/build.h"
#include "report/simulate_words.h"

#define POUNDS "\xC2\xA3"

enum { FUTURE_SCENARIO, FUTURE_FIGURE, FUTURE_UNIT };

static struct spot future_spot(int row, int column)
{
  return (struct spot){ SHEET_FUTURES, row, column };
}

static int future_row(struct compiler *c, const struct simulated *of, const char *figure, const char *unit)
{
  const int row = book_row(c->book, SHEET_FUTURES);
  put_words(c->book, future_spot(row, FUTURE_SCENARIO), LOOK_PLAIN, of->label);
  put_words(c->book, future_spot(row, FUTURE_FIGURE), LOOK_PLAIN, figure);
  put_words(c->book, future_spot(row, FUTURE_UNIT), LOOK_NOTE, unit);
  return row;
}

/* Years, one figure for all of them, and the standard errors of both. */
static int one_column(const struct compiler *c)
{
  return FIRST_COLUMN + c->n_years;
}

static int error_column(const struct compiler *c, int column)
{
  return column + c->n_years + 1;
}

static void put_money(struct compiler *c, int row, int column, struct estimate e)
{
  put_number(c->book, future_spot(row, column), LOOK_MONEY, gbp_from_pence(pence_near(e.value)));
  put_number(c->book, future_spot(row, error_column(c, column)), LOOK_MONEY, gbp_from_pence(pence_near(e.error)));
}

static void money_row(struct compiler *c, const struct simulated *of, const char *figure, struct estimate e)
{
  put_money(c, future_row(c, of, figure, POUNDS), one_column(c), e);
}

static void spread_rows(struct compiler *c, const struct simulated *of, const char *figure, const struct spread *spread)
{
  for (int q = 0; q < N_QUANTILES; q++) {
    const int row = future_row(c, of, words(c->book, "%s: %s", figure, quantile_names[q]), POUNDS);
    for (int y = 0; y < c->n_years; y++) {
      put_money(c, row, FIRST_COLUMN + y, spread[y].quantile[q]);
    }
  }
}

static void chance_rows(struct compiler *c, const struct simulated *of)
{
  for (int d = 0; d < N_DATES; d++) {
    if (!of->date_known[d]) {
      continue;
    }
    const int row =
        future_row(c, of, words(c->book, "%s, in this year or before", date_label((enum date)d)), "of futures");
    for (int y = 0; y < c->n_years; y++) {
      const struct estimate *e = &of->by[d][y];
      put_number(c->book, future_spot(row, FIRST_COLUMN + y), LOOK_PERCENT, e->value);
      put_number(c->book, future_spot(row, error_column(c, FIRST_COLUMN + y)), LOOK_PERCENT, e->error);
    }
  }
}

/* What is unfunded where things go worst, and how much at the start buys how much confidence. */
static void shortfall_rows(struct compiler *c, const struct simulated *of)
{
  if (of->date_known[DATE_FIRST_UNFUNDED]) {
    money_row(c, of, "Unfunded in all years together: mean of the worst 5 in 100 futures", of->unfunded_worst);
  }
  for (int fear = 0; fear < N_FEARS; fear++) {
    for (int l = 0; of->fear_known[fear] && l < N_CONFIDENCES; l++) {
      const double level = 100.0 * confidence_level[l];
      money_row(c, of,
                fear == FEAR_BELOW_MINIMUM
                    ? words(c->book, "General Fund needed at the start to stay above the minimum in %.0f of 100", level)
                    : words(c->book, "Usable reserves needed at the start for no unfunded gap in %.0f of 100", level),
                of->reserves_for[fear][l]);
    }
  }
}

static void share_row(struct compiler *c, const struct simulated *of, const char *figure, struct estimate share)
{
  const int row = future_row(c, of, figure, "of variance"), column = one_column(c);
  put_number(c->book, future_spot(row, column), LOOK_PERCENT, share.value);
  put_number(c->book, future_spot(row, error_column(c, column)), LOOK_PERCENT, share.error);
}

/* Shares of the variance in the last year, the largest first. */
static void driver_rows(struct compiler *c, const struct simulation *simulation, int s)
{
  static const char *const what[N_DRIVEN] = { "What drives the gap of the last year",
                                              "What drives reserves of the last year" };
  enum { MOST = 10 };
  const struct simulated *of = &simulation->scenario[s];
  int *order = arena_array(&c->book->arena, (size_t)simulation->n_variables + 1, sizeof *order);
  for (int k = 0; order != NULL && k < N_DRIVEN; k++) {
    const int n = drivers_in_order(simulation, s, (enum driven_of)k, order);
    for (int i = 0; i < n && i < MOST; i++) {
      share_row(c, of, words(c->book, "%s: %s", what[k], simulation->variable[order[i]].label), of->share[k][order[i]]);
    }
    if (n > 0) {
      share_row(c, of, words(c->book, "%s: all savings together", what[k]), of->savings[k]);
      share_row(c, of, words(c->book, "%s: no straight line", what[k]), of->left_over[k]);
    }
  }
}

static void heads(struct compiler *c)
{
  static const char *const names[] = { "Scenario", "Figure", "Unit" };
  for (int i = 0; i < (int)COUNT_OF(names); i++) {
    put_words(c->book, future_spot(YEAR_ROW, i), LOOK_HEAD, names[i]);
  }
  for (int y = 0; y <= c->n_years; y++) {
    char year[8];
    const int column = FIRST_COLUMN + y;
    const char *name = y < c->n_years ? plan_year_label(c->plan, y, year) : "One figure";
    put_words(c->book, future_spot(YEAR_ROW, column), LOOK_HEAD_RIGHT, name);
    put_words(c->book, future_spot(YEAR_ROW, error_column(c, column)), LOOK_HEAD_RIGHT,
              words(c->book, "Standard error, %s", y < c->n_years ? name : "one figure"));
  }
}

/* How it was drawn, and what it means. */
static void say_how(struct compiler *c, const struct simulation *simulation)
{
  struct text out = { 0 };
  sampler_words(&out, simulation);
  text_add(&out, ". Figures, not formulas: they do not follow a change here.");
  put_words(c->book, future_spot(1, 0), LOOK_NOTE, text_str(&out));
  put_words(c->book, future_spot(LABEL_ROW, 0), LOOK_NOTE, simulation_means);
  c->book->failed |= out.failed;
  text_fini(&out);
}

void futures_sheet(struct compiler *c, const struct simulation *simulation)
{
  if (simulation == NULL || simulation->n_years != c->n_years) {
    return;
  }
  heads(c);
  say_how(c, simulation);
  for (int s = 0; s < simulation->count; s++) {
    const struct simulated *of = &simulation->scenario[s];
    chance_rows(c, of);
    spread_rows(c, of, "Gap after savings", of->gap);
    spread_rows(c, of, "Usable revenue reserves at 31 March", of->usable);
    shortfall_rows(c, of);
    driver_rows(c, simulation, s);
  }
}
