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

static void spread_rows(struct compiler *c, const struct simulated *of, const char *figure, const struct spread *spread)
{
  for (int q = 0; q < N_QUANTILES; q++) {
    const int row = future_row(c, of, words(c->book, "%s: %s", figure, quantile_names[q]), POUNDS);
    for (int y = 0; y < c->n_years; y++) {
      put_number(c->book, future_spot(row, FIRST_COLUMN + y), LOOK_MONEY,
                 gbp_from_pence(pence_near(spread[y].quantile[q].value)));
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
      put_number(c->book, future_spot(row, FIRST_COLUMN + y), LOOK_PERCENT, of->by[d][y].value);
    }
  }
}

static void heads(struct compiler *c)
{
  static const char *const names[] = { "Scenario", "Figure", "Unit" };
  for (int i = 0; i < (int)COUNT_OF(names); i++) {
    put_words(c->book, future_spot(YEAR_ROW, i), LOOK_HEAD, names[i]);
  }
  for (int y = 0; y < c->n_years; y++) {
    char year[8];
    put_words(c->book, future_spot(YEAR_ROW, FIRST_COLUMN + y), LOOK_HEAD_RIGHT, plan_year_label(c->plan, y, year));
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
  }
}
