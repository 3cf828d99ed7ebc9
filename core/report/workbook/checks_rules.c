/* checks_rules.c: rules 2 to 7 of checks.c: figures that the engine would take one by one and refuse together. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/checks.h"

#include <string.h>

/* Rule 2 */
static void check_receipts(struct compiler *c)
{
  for (int r = 0; r < c->plan->n_receipts; r++) {
    const struct receipt_rows *rows = &c->receipt[r];
    const char *sum = words(c->book, "%s+%s+%s", input_cell(c, rows->to_debt, -1), input_cell(c, rows->to_avoid, -1),
                            input_cell(c, rows->to_flexible, -1));
    const int row = check_rule(
        c, words(c->book, "%s: to_debt, to_avoid and to_flexible together", c->plan->receipt[r].asset), "at most 100%",
        words(c->book, "%s>1.000000001", sum), "the uses of the receipt are more than all of it");
    put_formula(c->book, check_spot(row, CHECK_NOW), LOOK_PERCENT, "IF(%s>0,\"\",%s)",
                ref_fixed(c->book, check_spot(c->last_cell_check, CHECK_SO_FAR)), sum);
  }
}

/* Rule 3 */
static void check_limits(struct compiler *c)
{
  for (int d = 0; d < c->plan->n_drivers; d++) {
    if (c->driver_cap[d] != NO_ROW && c->driver_collar[d] != NO_ROW) {
      (void)check_rule(
          c, words(c->book, "%s: cap and collar", c->plan->driver[d].label), "a collar no higher than the cap",
          words(c->book, "%s>%s", input_cell(c, c->driver_collar[d], -1), input_cell(c, c->driver_cap[d], -1)),
          "the collar is above the cap");
    }
  }
}

/* Rule 4: of a running total; what is new each year cannot fall. */
static void check_vanishing(struct compiler *c)
{
  for (int s = 0; s < c->plan->n_savings; s++) {
    const struct saving *saving = &c->plan->saving[s];
    const bool percent = saving->phasing == PERCENT_IN_PLACE;
    if (!saving->recurring || saving->may_vanish || (!percent && saving->phasing != AMOUNT_IN_PLACE)) {
      continue;
    }
    const char *fallen = "0>1";
    for (int y = c->n_years - 1; y > 0; y--) {
      fallen = words(c->book, "OR(AND(%s=0,%s>0),%s)", input_cell(c, c->saving[s].cells, y),
                     input_cell(c, c->saving[s].cells, y - 1), fallen);
    }
    const char *whole = percent ? input_cell(c, c->saving[s].full_year, -1) : "1";
    (void)check_rule(c, words(c->book, "%s: its years", saving->label), "a recurring saving that goes on",
                     words(c->book, "AND(%s>0,%s)", whole, fallen), "the recurring saving falls to nothing");
  }
}

static const char *last_given(struct compiler *c, const struct series_rows *rows, const struct series *series, int year)
{
  while (year >= 0 && !series->filled[year]) {
    year--;
  }
  return input_cell(c, rows->input, year);
}

/* What a line of the folder says of a year before anything is grown, in printed sign. */
static const char *as_typed(struct compiler *c, int l, int year)
{
  const struct line *line = &c->plan->line[l];
  const struct line_rows *rows = &c->line[l];
  if (year > line->last_year) {
    return "0";
  }
  switch (line->form) {
  case FORM_UNITS:
    return words(c->book, "%s*%s", last_given(c, &rows->number, &line->number, year),
                 last_given(c, &rows->unit_cost, &line->unit_cost, year));
  case FORM_SHARE:
  case FORM_COUNCIL_TAX:
  case FORM_BUSINESS_RATES:
    return line->published[year] ? words(c->book, "(%.15g)", printed(c->plan, l) * line->published_amount[year] + 0.0)
                                 : "0";
  default:
    return !line->recurring || rows->amount.input == NO_ROW ? "0"
           : line->form == FORM_ROLL || line->from_changes
               ? words(c->book, "SUM(%s)",
                       ref_span(c->book, (struct spot){ SHEET_INPUTS, rows->amount.input, INPUT_BASE },
                                (struct spot){ SHEET_INPUTS, rows->amount.input, INPUT_YEAR + year }))
               : input_cell(c, rows->amount.input, year);
  }
}

/* Sums of a class by year, in the columns after the count; the row, or NO_ROW when it has no lines. */
static int class_sums(struct compiler *c, enum line_class class)
{
  bool any = false;
  for (int l = 0; l < c->plan->n_lines; l++) {
    any = any || c->plan->line[l].class == class;
  }
  const int row = any ? book_row(c->book, SHEET_CHECKS) : NO_ROW;
  for (int y = 0; any && y < c->n_years; y++) {
    struct sum sum = { 0 };
    for (int l = 0; l < c->plan->n_lines; l++) {
      if (c->plan->line[l].class == class) {
        sum_add(&sum, 1.0, as_typed(c, l, y));
        sum_add(&sum, 1.0, input_cell(c, c->line[l].one_off, y));
      }
    }
    put_formula(c->book, check_spot(row, CHECK_YEARS + y), LOOK_MONEY, "IF(%s>0,0,%s)",
                ref_fixed(c->book, check_spot(c->last_cell_check, CHECK_SO_FAR)), sum_close(c->book, &sum));
  }
  return row;
}

/* All its years are above 0, or below. */
static const char *every_year(struct compiler *c, int row, char side)
{
  struct text out = { 0 };
  for (int y = 0; y < c->n_years; y++) {
    text_printf(&out, "%s%s%c0", y == 0 ? "AND(" : ",", ref(c->book, check_spot(row, CHECK_YEARS + y)), side);
  }
  text_add(&out, ")");
  const char *kept = arena_strdup(&c->book->arena, text_str(&out));
  c->book->failed |= out.failed;
  text_fini(&out);
  return kept;
}

/* Rule 5, of a class that may stand the wrong way round by right, as long as turning no other class along with it would
 * explain it (core/data/line_rules.c): a collection fund in deficit. */
static const char *deficit_explained(struct compiler *c, const int *rows)
{
  const char *broken = every_year(c, rows[LINE_COLLECTION_FUND], '<');
  for (int k = LINE_INCOME; k <= LINE_OTHER_FUNDING; k++) {
    const bool turned = k == LINE_INCOME ? strcmp(c->plan->signs, "by_class") == 0 : k != LINE_COLLECTION_FUND;
    if (turned && rows[k] != NO_ROW) {
      broken = words(c->book, "AND(%s,IF(%s,0>1,1>0))", broken, every_year(c, rows[k], k == LINE_INCOME ? '<' : '>'));
    }
  }
  return rows[LINE_PRESSURE] == NO_ROW
             ? broken
             : words(c->book, "AND(%s,IF(%s,0>1,1>0))", broken, every_year(c, rows[LINE_PRESSURE], '<'));
}

/* Rule 5 */
static void check_class_signs(struct compiler *c)
{
  int rows[N_LINE_CLASSES];
  for (int k = 0; k < N_LINE_CLASSES; k++) {
    rows[k] = class_sums(c, (enum line_class)k);
    if (rows[k] != NO_ROW) {
      put_words(c->book, check_spot(rows[k], CHECK_WHAT), LOOK_WRAP,
                words(c->book, "Lines of class %s, by year as typed", line_class_names[k]));
      put_words(c->book, check_spot(rows[k], CHECK_WRONG), LOOK_ALARM, "");
      count_on(c, rows[k]);
    }
  }
  for (int k = 0; k < N_LINE_CLASSES; k++) {
    if (rows[k] != NO_ROW && k != LINE_PRESSURE) {
      const char *broken =
          k == LINE_COLLECTION_FUND ? deficit_explained(c, rows) : every_year(c, rows[k], k == LINE_INCOME ? '>' : '<');
      (void)check_rule(c, words(c->book, "Lines of class %s: their sign", line_class_names[k]),
                       k == LINE_INCOME ? "income is \xE2\x88\x92" : "cost and funding are +", broken,
                       "the class has the wrong sign in every year");
    }
  }
}

struct moved {
  struct sum revenue, capital, ringed;
};

static void add_moves(struct compiler *c, const struct reserve *reserve, const struct reserve_rows *rows, int year,
                      struct moved *to)
{
  for (int m = 0; m < reserve->n_movements; m++) {
    struct sum *sum = class_is_usable(reserve->class) || reserve->class == RESERVE_COMMITTED ? &to->revenue
                      : reserve->class == RESERVE_CAPITAL                                    ? &to->capital
                      : reserve->class == RESERVE_RING_FENCED                                ? &to->ringed
                                                                                             : NULL;
    if (sum != NULL && !reserve->movement[m].for_revenue) {
      sum_add(sum, 1.0, input_cell(c, rows->planned[m], year));
    }
  }
}

/* Rule 6 (R34) */
static void check_moves(struct compiler *c)
{
  for (int y = 0; y < c->n_years; y++) {
    char year[8];
    struct moved moved = { 0 };
    for (int r = 0; r < c->plan->n_reserves; r++) {
      add_moves(c, &c->plan->reserve[r], &c->reserve[r], y, &moved);
    }
    const char *revenue = sum_close(c->book, &moved.revenue), *capital = sum_close(c->book, &moved.capital),
               *ringed = sum_close(c->book, &moved.ringed);
    if (strcmp(revenue, "0") != 0 && strcmp(capital, "0") != 0) {
      (void)check_rule(c, words(c->book, "Moves between reserves, %s", plan_year_label(c->plan, y, year)),
                       "nothing out of capital into revenue reserves",
                       words(c->book, "AND(%s>0,%s<0,0-(%s)<%s)", revenue, capital, ringed, revenue),
                       "capital moves into revenue reserves");
    }
  }
}

/* Rule 7 */
static void check_size(struct compiler *c)
{
  const char *figures =
      ref_span(c->book, (struct spot){ SHEET_MODEL, YEAR_ROW + 1, FIRST_COLUMN },
               in_block(c, SHEET_MODEL, c->book->sheet[SHEET_MODEL].n_rows - 1, c->n_blocks - 1, c->n_years - 1));
  (void)check_rule(c, "Every figure of Model", "within 90 million million",
                   words(c->book, "MAX(MAX(%s),-MIN(%s))>90000000000000", figures, figures),
                   "a figure grows beyond 90 million million");
}

void check_rules(struct compiler *c)
{
  check_receipts(c);
  check_limits(c);
  check_vanishing(c);
  check_class_signs(c);
  check_moves(c);
  check_size(c);
}
