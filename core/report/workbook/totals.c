/* totals.c: net budget, funding, the gap, its structural part, the minimum and the dates (R6 to R9, R17, R18): what
 * core/model/gap.c and result.c do, as formulas. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/compile.h"

#include <string.h>

#define POUNDS "\xC2\xA3"

static const pence *measure_of(const struct result *result, int m)
{
  return result->measure[m];
}

/* ---- rows ---------------------------------------------------------------------------------------------- */

void totals_declare(struct compiler *c)
{
  static const char *const flags[N_DATES] = { "Is the General Fund below the council's own minimum? (1: yes)",
                                              "Are usable revenue reserves exhausted? (1: yes)",
                                              "Is part of the gap unfunded? (1: yes)",
                                              "Are usable reserves less than the DSG deficit? (1: yes)" };
  group_row(c, SHEET_MODEL, "The council as a whole");
  c->line_one_off = figure_row(c, SHEET_MODEL, "One-off items in lines", "", POUNDS);
  for (int m = 0; m < N_MEASURES; m++) {
    const bool known = c->plan->has_mtfp || !measure_kinds[m].needs_mtfp; /* else its 0s are no figures */
    c->measure[m] =
        figure_row(c, SHEET_MODEL, measure_kinds[m].meaning, measure_kinds[m].name, known ? POUNDS : "not known");
    audit_row(c, SHEET_MODEL, c->measure[m], 1.0, measure_of, m);
  }
  group_row(c, SHEET_MODEL, "What the dates are worked out from");
  for (int d = 0; d < N_DATES; d++) {
    c->date_flag[d] =
        date_can_be_known(c->plan, (enum date)d) ? figure_row(c, SHEET_MODEL, flags[d], date_names[d], "") : NO_ROW;
  }
}

const char *measure_ref(struct compiler *c, enum measure measure, int block, int year)
{
  return block_ref(c, SHEET_MODEL, c->measure[measure], block, year);
}

/* ---- formulas ------------------------------------------------------------------------------------------ */

static bool stands_out(enum measure measure)
{
  return measure == M_NET_BUDGET || measure == M_FUNDING || measure == M_GAP || measure == M_UNFUNDED ||
         measure == M_GENERAL_FUND_CLOSING || measure == M_USABLE_CLOSING;
}

void measure_put(struct compiler *c, enum measure measure, int block, int year, const char *formula)
{
  put_formula(c->book, in_block(c, SHEET_MODEL, c->measure[measure], block, year),
              stands_out(measure) ? LOOK_TOTAL : LOOK_MONEY, "%s", formula);
}

/* Whole pence, so that the order of a sum does not matter. */
static const char *pennies(struct compiler *c, const char *x)
{
  return words(c->book, "ROUND(%s,2)", x);
}

static const char *rows_sum(struct compiler *c, int first, int last, int block, int year)
{
  return first > last ? "0"
                      : words(c->book, "ROUND(SUM(%s),2)",
                              ref_span(c->book, in_block(c, SHEET_MODEL, first, block, year),
                                       in_block(c, SHEET_MODEL, last, block, year)));
}

static bool is_any(const struct saving *saving)
{
  (void)saving;
  return true;
}

static bool is_unidentified(const struct saving *saving)
{
  return saving->rag == RAG_UNIDENTIFIED;
}

static const char *savings_sum(struct compiler *c, bool expected, bool (*counts)(const struct saving *), int block,
                               int year)
{
  struct sum sum = { 0 };
  for (int s = 0; s < c->plan->n_savings; s++) {
    if (counts(&c->plan->saving[s])) {
      const int row = expected ? c->saving[s].expected : c->saving[s].planned;
      sum_add(&sum, 1.0, block_ref(c, SHEET_SAVINGS, row, block, year));
    }
  }
  return sum_close(c->book, &sum);
}

/* What is gone next year, as it counts in the gap. */
static const char *one_offs(struct compiler *c, int block, int year)
{
  static const enum engine_line one_off_lines[] = { ENGINE_CONTRIBUTIONS, ENGINE_COST_TO_ACHIEVE, ENGINE_COLLECTION,
                                                    ENGINE_FLEXIBLE_USE };
  struct sum sum = { 0 };
  for (int l = 0; l < c->plan->n_lines; l++) {
    if (c->plan->line[l].ring[0] == '\0') {
      sum_add(&sum, printed(c->plan, l), line_input(c, l, LINE_ONE_OFF, block, year));
    }
  }
  for (size_t i = 0; i < COUNT_OF(one_off_lines); i++) {
    const int l = c->plan->n_lines + (int)one_off_lines[i];
    sum_add(&sum, printed(c->plan, l), block_ref(c, SHEET_MODEL, c->line[l].amount_row, block, year));
  }
  for (int s = 0; s < c->plan->n_savings; s++) {
    if (!c->plan->saving[s].recurring) {
      sum_add(&sum, -1.0, block_ref(c, SHEET_SAVINGS, c->saving[s].expected, block, year));
    }
  }
  return pennies(c, sum_close(c->book, &sum));
}

static const char *minimum(struct compiler *c, int block, int year)
{
  static const enum measure denominators[] = { [MINIMUM_OF_NET_AFTER_SAVINGS] = M_NET_AFTER_SAVINGS,
                                               [MINIMUM_OF_NET] = M_NET_BUDGET,
                                               [MINIMUM_OF_FUNDING] = M_FUNDING };
  const struct plan *plan = c->plan;
  const char *of = measure_ref(c, denominators[plan->minimum_of], block, year);
  const char *amount = c->minimum_amount == NO_ROW ? "0" : input_cell(c, c->minimum_amount, year);
  amount = c->minimum_amount != NO_ROW && strcmp(amount, "0") == 0 ? input_cell(c, c->minimum_amount, -1) : amount;
  if (plan->minimum_rule == MINIMUM_NONE) {
    return "0";
  }
  if (c->minimum_percent == NO_ROW || !plan->has_mtfp) {
    return words(c->book, "MAX(0,%s)", amount);
  }
  const char *part = words(c->book, "%s*%s", input_cell(c, c->minimum_percent, -1), of);
  return words(c->book, "MAX(0,%s,%s)", rounded(c, part, of), amount);
}

static const char *annual(struct compiler *c, enum measure level, int block, int year)
{
  const char *now = measure_ref(c, level, block, year);
  return year == 0 ? now : pennies(c, words(c->book, "%s-%s", now, measure_ref(c, level, block, year - 1)));
}

/* Measures that follow from those above them. */
static const struct derived {
  enum measure measure, from[4];
  const char *format; /* of as many as it needs */
} gaps[] = {
  { M_GAP_BEFORE_SAVINGS, { M_NET_BUDGET, M_FUNDING, M_GAP, M_GAP }, "ROUND(%s-%s,2)" },
  { M_NET_AFTER_SAVINGS, { M_NET_BUDGET, M_SAVINGS_EXPECTED, M_UNIDENTIFIED, M_GAP }, "ROUND(%s-(%s-%s),2)" },
  { M_GAP_BEFORE_UNIDENTIFIED, { M_NET_AFTER_SAVINGS, M_FUNDING, M_CAPITALISED, M_GAP }, "ROUND(%s-%s-%s,2)" },
  { M_GAP, { M_GAP_BEFORE_UNIDENTIFIED, M_UNIDENTIFIED, M_GAP, M_GAP }, "ROUND(%s-%s,2)" },
  { M_GAP_BEFORE_CAPITALISED, { M_GAP, M_CAPITALISED, M_GAP, M_GAP }, "ROUND(%s+%s,2)" },
};

static const char *filled_in(struct compiler *c, const struct derived *derived, int block, int year)
{
  struct text out = { 0 };
  int n = 0;
  for (const char *at = derived->format; *at != '\0'; at++) {
    if (at[0] == '%') {
      text_add(&out, measure_ref(c, derived->from[n++], block, year));
      at++;
    } else {
      text_add_n(&out, at, 1);
    }
  }
  const char *formula = arena_strdup(&c->book->arena, text_str(&out));
  c->book->failed |= out.failed;
  text_fini(&out);
  return formula;
}

void totals_compile(struct compiler *c, int block, int year)
{
  put_formula(c->book, in_block(c, SHEET_MODEL, c->line_one_off, block, year), LOOK_MONEY, "%s",
              one_offs(c, block, year));
  measure_put(c, M_NET_BUDGET, block, year, rows_sum(c, c->first_cost, c->last_cost, block, year));
  measure_put(c, M_FUNDING, block, year, rows_sum(c, c->first_funding, c->last_funding, block, year));
  measure_put(c, M_CAPITALISED, block, year, rows_sum(c, c->first_capitalised, c->last_capitalised, block, year));
  measure_put(c, M_SAVINGS_PLANNED, block, year, savings_sum(c, false, is_any, block, year));
  measure_put(c, M_SAVINGS_EXPECTED, block, year, savings_sum(c, true, is_any, block, year));
  measure_put(c, M_UNIDENTIFIED, block, year, savings_sum(c, true, is_unidentified, block, year));
  for (size_t i = 0; i < COUNT_OF(gaps); i++) {
    measure_put(c, gaps[i].measure, block, year, c->plan->has_mtfp ? filled_in(c, &gaps[i], block, year) : "0");
  }
  const char *gap = measure_ref(c, M_GAP, block, year);
  measure_put(c, M_GAP_STRUCTURAL, block, year,
              !c->plan->has_mtfp
                  ? "0"
                  : pennies(c, words(c->book, "%s-%s", gap, block_ref(c, SHEET_MODEL, c->line_one_off, block, year))));
  measure_put(c, M_GAP_ANNUAL, block, year, c->plan->has_mtfp ? annual(c, M_GAP, block, year) : "0");
  measure_put(c, M_MINIMUM, block, year, minimum(c, block, year));
}

void outcome_compile(struct compiler *c, int block, int year)
{
  measure_put(c, M_GAP_AFTER_PLANNED_USE, block, year,
              pennies(c, words(c->book, "%s-%s", measure_ref(c, M_GAP, block, year),
                               measure_ref(c, M_PLANNED_USE, block, year))));
  measure_put(c, M_GAP_AFTER_PLANNED_USE_ANNUAL, block, year, annual(c, M_GAP_AFTER_PLANNED_USE, block, year));
}

/* ---- dates --------------------------------------------------------------------------------------------- */

/* The most that any usable reserve holds above its floor. */
static const char *most_above_floor(struct compiler *c, int block, int year)
{
  struct text list = { 0 };
  text_add(&list, "MAX(0");
  for (int r = 0; r < c->plan->n_reserves; r++) {
    if (class_is_usable(c->plan->reserve[r].class)) {
      text_printf(&list, ",%s-%s", block_ref(c, SHEET_RESERVES, c->reserve[r].closing, block, year),
                  reserve_floor(c, r, block, year));
    }
  }
  text_add(&list, ")");
  const char *out = arena_strdup(&c->book->arena, text_str(&list));
  c->book->failed |= list.failed;
  text_fini(&list);
  return out;
}

static const char *flag(struct compiler *c, enum date date, int block, int year)
{
  switch (date) {
  case DATE_BELOW_MINIMUM:
    return words(c->book, "IF(%s<%s,1,0)", measure_ref(c, M_GENERAL_FUND_CLOSING, block, year),
                 measure_ref(c, M_MINIMUM, block, year));
  case DATE_USABLE_EXHAUSTED:
    return words(c->book, "IF(%s>0.005,0,1)", most_above_floor(c, block, year));
  case DATE_FIRST_UNFUNDED:
    return words(c->book, "IF(%s>0,1,0)", measure_ref(c, M_UNFUNDED, block, year));
  default:
    return words(c->book, "IF(%s<%s,1,0)", measure_ref(c, M_USABLE_CLOSING, block, year),
                 measure_ref(c, M_DSG_EXPOSURE, block, year));
  }
}

void dates_compile(struct compiler *c, int block, int year)
{
  for (int d = 0; d < N_DATES; d++) {
    if (c->date_flag[d] != NO_ROW) {
      put_formula(c->book, in_block(c, SHEET_MODEL, c->date_flag[d], block, year), LOOK_WHOLE, "%s",
                  flag(c, (enum date)d, block, year));
    }
  }
}
