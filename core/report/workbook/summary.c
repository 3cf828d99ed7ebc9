/* summary.c: the sheets Summary and Scenarios: the answer in a sentence, the figures of the scenario on show, and every
 * scenario in a row of its own. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/summary.h"

#include "report/tables.h"

#include <strings.h>

#define POUNDS "\xC2\xA3"

/* ---- Scenarios ----------------------------------------------------------------------------------------- */

enum {
  COLUMN_NUMBER,
  COLUMN_ID,
  COLUMN_LABEL,
  COLUMN_DATE,
  COLUMN_GAP = COLUMN_DATE + N_DATES,
  COLUMN_STRUCTURAL,
  COLUMN_UNFUNDED,
  COLUMN_FUND,
  COLUMN_MINIMUM,
  COLUMN_USABLE = SCENARIO_LAST_FIGURE,
  COLUMN_WORDS,
  COLUMN_UNFUNDED_WORDS,
  COLUMN_GAP_WORDS,
  COLUMN_NOTE
};

static struct spot scenario_spot(int block, int column)
{
  return (struct spot){ SHEET_SCENARIOS, FIRST_SCENARIO_ROW + block, column };
}

static const char *scenario_span(struct compiler *c, int column)
{
  return ref_span(c->book, scenario_spot(0, column), scenario_spot(c->n_blocks - 1, column));
}

static const char *flags_of(struct compiler *c, enum date date, int block)
{
  return ref_span(c->book, in_block(c, SHEET_MODEL, c->date_flag[date], block, 0),
                  in_block(c, SHEET_MODEL, c->date_flag[date], block, c->n_years - 1));
}

static void put_date(struct compiler *c, enum date date, int block)
{
  const struct spot at = scenario_spot(block, COLUMN_DATE + (int)date);
  if (c->date_flag[date] == NO_ROW) {
    put_words(c->book, at, LOOK_PLAIN, "not known");
    return;
  }
  const char *flags = flags_of(c, date, block);
  const char *years = ref_span(c->book, in_block(c, SHEET_MODEL, YEAR_ROW, block, 0),
                               in_block(c, SHEET_MODEL, YEAR_ROW, block, c->n_years - 1));
  put_formula(c->book, at, LOOK_PLAIN, "IF(refused>0,\"\",IF(SUM(%s)=0,\"%s\",INDEX(%s,1,MATCH(1,%s,0))))", flags,
              c->plan->has_mtfp ? "not within the plan" : "not known", years, flags);
}

/* A sentence for each year in which something may first happen, chosen by its flags. */
static const char *sentence_by_year(struct compiler *c, enum date date, int block, const char *never,
                                    const char *before, const char *after)
{
  struct text out = { 0 };
  const char *flags = flags_of(c, date, block);
  text_printf(&out, "CHOOSE(1+IF(SUM(%s)=0,0,MATCH(1,%s,0)),\"%s\"", flags, flags, never);
  for (int y = 0; y < c->n_years; y++) {
    char year[8];
    text_printf(&out, ",\"%s%s%s\"", before, plan_year_label(c->plan, y, year), after);
  }
  text_add(&out, ")");
  const char *kept = arena_strdup(&c->book->arena, text_str(&out));
  c->book->failed |= out.failed;
  text_fini(&out);
  return kept;
}

/* The words of the page's headline, so that they follow an edit. */
static void put_answer(struct compiler *c, int block)
{
  const struct spot at = scenario_spot(block, COLUMN_WORDS);
  if (c->date_flag[DATE_BELOW_MINIMUM] == NO_ROW) {
    put_words(c->book, at, LOOK_PLAIN,
              "Whether the General Fund stays above the council's own minimum cannot be said from this folder.");
    return;
  }
  const char *opening = block_ref(c, SHEET_RESERVES, c->reserve[c->plan->general_fund].opening, block, 0);
  put_formula(
      c->book, at, LOOK_PLAIN,
      "IF(refused>0,\"\",IF(%s<%s,\"The General Fund reserve is already below the council's own minimum.\",%s))",
      opening, measure_ref(c, M_MINIMUM, block, 0),
      sentence_by_year(c, DATE_BELOW_MINIMUM, block,
                       "The General Fund reserve stays above the council's own minimum throughout.",
                       "The General Fund reserve falls below the council's own minimum in ", "."));
}

static void put_unfunded_words(struct compiler *c, int block)
{
  const struct spot at = scenario_spot(block, COLUMN_UNFUNDED_WORDS);
  if (c->date_flag[DATE_FIRST_UNFUNDED] == NO_ROW) {
    put_words(c->book, at, LOOK_PLAIN, "The folder holds reserves and no budget, so no gap can be worked out.");
    return;
  }
  const char *never = words(c->book, "Reserves do not run out by March %d.", c->plan->first_year + c->n_years);
  put_formula(c->book, at, LOOK_PLAIN, "IF(refused>0,\"\",%s)",
              sentence_by_year(c, DATE_FIRST_UNFUNDED, block, never, "Reserves run out in ",
                               ": part of the gap has nothing to pay for it."));
}

/* The gap in money, which a formula cannot put in words: as the engine found it. */
static void put_gap_words(struct compiler *c, int block)
{
  struct text out = { 0 };
  sentence_gap(&out, c->plan, c->block[block].result);
  put_words(c->book, scenario_spot(block, COLUMN_GAP_WORDS), LOOK_PLAIN, text_str(&out));
  c->book->failed |= out.failed;
  text_fini(&out);
}

/* Labels tell scenarios apart in the drop-down, so no two may be the same. */
static const char *label_of(struct compiler *c, int block)
{
  const struct block *of = &c->block[block];
  for (int other = 0; other < c->n_blocks; other++) {
    if (other != block && strcasecmp(c->block[other].label, of->label) == 0) {
      return words(c->book, "%s (%s)", of->label, of->id);
    }
  }
  return of->label;
}

static void put_figures(struct compiler *c, int block)
{
  static const struct {
    int column;
    enum measure measure;
  } figures[] = { { COLUMN_GAP, M_GAP },           { COLUMN_STRUCTURAL, M_GAP_STRUCTURAL },
                  { COLUMN_UNFUNDED, M_UNFUNDED }, { COLUMN_FUND, M_GENERAL_FUND_CLOSING },
                  { COLUMN_MINIMUM, M_MINIMUM },   { COLUMN_USABLE, M_USABLE_CLOSING } };
  for (size_t i = 0; i < COUNT_OF(figures); i++) {
    put_formula(c->book, scenario_spot(block, figures[i].column), LOOK_MONEY, "IF(refused>0,\"\",%s)",
                measure_ref(c, figures[i].measure, block, c->n_years - 1));
  }
}

static void scenario_heads(struct compiler *c)
{
  char last[8];
  plan_year_label(c->plan, c->n_years - 1, last);
  const char *const heads[] = { [COLUMN_NUMBER] = "Number",
                                [COLUMN_ID] = "Id",
                                [COLUMN_LABEL] = "Scenario",
                                [COLUMN_GAP] = "Gap after savings",
                                [COLUMN_STRUCTURAL] = "Structural gap",
                                [COLUMN_UNFUNDED] = "Unfunded gap",
                                [COLUMN_FUND] = "General Fund",
                                [COLUMN_MINIMUM] = "Council's own minimum",
                                [COLUMN_USABLE] = "Usable reserves",
                                [COLUMN_WORDS] = "In words",
                                [COLUMN_UNFUNDED_WORDS] = "What is unfunded",
                                [COLUMN_GAP_WORDS] = "The gap, before any change here",
                                [COLUMN_NOTE] = "What does not follow a change here" };
  for (int column = 0; column < (int)COUNT_OF(heads); column++) {
    const bool is_date = column >= COLUMN_DATE && column < COLUMN_GAP;
    const bool is_figure = column >= COLUMN_GAP && column <= COLUMN_USABLE;
    put_words(c->book, (struct spot){ SHEET_SCENARIOS, YEAR_ROW, column }, is_figure ? LOOK_HEAD_RIGHT : LOOK_HEAD,
              is_date     ? date_label((enum date)(column - COLUMN_DATE))
              : is_figure ? words(c->book, "%s, %s, " POUNDS, heads[column], last)
                          : heads[column]);
  }
}

/* Their names come first: the choice of one is checked like any other input. */
static void name_scenarios(struct compiler *c)
{
  scenario_heads(c);
  for (int s = 0; s < c->n_blocks; s++) {
    (void)book_row(c->book, SHEET_SCENARIOS);
    put_number(c->book, scenario_spot(s, COLUMN_NUMBER), LOOK_WHOLE, (double)(s + 1));
    put_words(c->book, scenario_spot(s, COLUMN_ID), LOOK_NOTE, c->block[s].id);
    put_words(c->book, scenario_spot(s, COLUMN_LABEL), LOOK_PLAIN, label_of(c, s));
  }
}

static void scenarios_sheet(struct compiler *c, const struct workbook *workbook)
{
  for (int s = 0; s < c->n_blocks; s++) {
    for (int d = 0; d < N_DATES; d++) {
      put_date(c, (enum date)d, s);
    }
    put_figures(c, s);
    put_answer(c, s);
    put_unfunded_words(c, s);
    put_gap_words(c, s);
    const char *note = s > 0 ? workbook->scenario[s - 1].note : "";
    put_words(c->book, scenario_spot(s, COLUMN_NOTE), LOOK_PLAIN,
              *note != '\0' ? note : "Every figure of it follows a change here.");
  }
}

/* ---- Summary ------------------------------------------------------------------------------------------- */

static struct spot summary_spot(int row, int column)
{
  return (struct spot){ SHEET_SUMMARY, row, column };
}

/* A row of the chosen scenario, or of the plan. */
static void summary_row(struct compiler *c, const char *label, enum measure measure, bool of_plan)
{
  const bool known = c->plan->has_mtfp || !measure_kinds[measure].needs_mtfp;
  const int row = book_row(c->book, SHEET_SUMMARY);
  const enum look look = measure == M_GAP || measure == M_GENERAL_FUND_CLOSING ? LOOK_TOTAL : LOOK_MONEY;
  put_words(c->book, summary_spot(row, 0), LOOK_PLAIN, label);
  const char *all = ref_span(c->book, in_block(c, SHEET_MODEL, c->measure[measure], 0, 0),
                             in_block(c, SHEET_MODEL, c->measure[measure], c->n_blocks - 1, c->n_years - 1));
  for (int y = 0; y < c->n_years; y++) {
    if (!known) {
      put_words(c->book, summary_spot(row, 1 + y), LOOK_RIGHT, "not known");
    } else if (of_plan) {
      put_formula(c->book, summary_spot(row, 1 + y), LOOK_MONEY, "IF(refused>0,\"\",%s)",
                  measure_ref(c, measure, 0, y));
    } else {
      put_formula(c->book, summary_spot(row, 1 + y), look, "IF(refused>0,\"\",INDEX(%s,1,(chosen-1)*%d+%d))", all,
                  c->n_years, y + 1);
    }
  }
}

static void summary_table(struct compiler *c)
{
  static const struct {
    const char *label;
    enum measure measure;
    bool of_plan;
  } rows[SUMMARY_ROWS] = { [SUMMARY_NET_BUDGET] = { "Net budget", M_NET_BUDGET, false },
                           [SUMMARY_FUNDING] = { "Funding", M_FUNDING, false },
                           [SUMMARY_SAVINGS] = { "Savings expected", M_SAVINGS_EXPECTED, false },
                           [SUMMARY_CAPITALISED] = { "Flexible use of receipts, capitalised cost", M_CAPITALISED,
                                                     false },
                           [SUMMARY_GAP] = { "Gap after savings (\xE2\x88\x92: surplus)", M_GAP, false },
                           [SUMMARY_GAP_OF_PLAN] = { "Gap after savings, the plan", M_GAP, true },
                           [SUMMARY_PLANNED] = { "Planned use of reserves", M_PLANNED_USE, false },
                           [SUMMARY_UNFUNDED] = { "Unfunded gap", M_UNFUNDED, false },
                           [SUMMARY_FUND] = { "General Fund at 31 March", M_GENERAL_FUND_CLOSING, false },
                           [SUMMARY_MINIMUM] = { "The council's own minimum", M_MINIMUM, false },
                           [SUMMARY_USABLE] = { "Usable revenue reserves at 31 March", M_USABLE_CLOSING, false },
                           [SUMMARY_USABLE_OF_PLAN] = { "Usable revenue reserves, the plan", M_USABLE_CLOSING, true } };
  const int head = book_row(c->book, SHEET_SUMMARY);
  put_words(c->book, summary_spot(head, 0), LOOK_HEAD, POUNDS ", cash terms");
  for (int y = 0; y < c->n_years; y++) {
    char year[8];
    put_words(c->book, summary_spot(head, 1 + y), LOOK_HEAD_RIGHT, plan_year_label(c->plan, y, year));
  }
  for (int i = 0; i < SUMMARY_ROWS; i++) {
    summary_row(c, rows[i].label, rows[i].measure, rows[i].of_plan);
  }
}

static void summary_dates(struct compiler *c)
{
  (void)book_row(c->book, SHEET_SUMMARY);
  const int head = book_row(c->book, SHEET_SUMMARY);
  put_words(c->book, summary_spot(head, 0), LOOK_HEAD, "Dates");
  put_words(c->book, summary_spot(head, 1), LOOK_HEAD_RIGHT, "This scenario");
  put_words(c->book, summary_spot(head, 2), LOOK_HEAD_RIGHT, "The plan");
  for (int d = 0; d < N_DATES; d++) {
    const int row = book_row(c->book, SHEET_SUMMARY);
    put_words(c->book, summary_spot(row, 0), LOOK_PLAIN, date_label((enum date)d));
    put_formula(c->book, summary_spot(row, 1), LOOK_RIGHT, "IF(refused>0,\"\",INDEX(%s,chosen,1))",
                scenario_span(c, COLUMN_DATE + d));
    put_formula(c->book, summary_spot(row, 2), LOOK_RIGHT, "%s", ref(c->book, scenario_spot(0, COLUMN_DATE + d)));
  }
}

static void summary_opening(struct compiler *c, const struct workbook *workbook)
{
  struct text share = { 0 };
  share_sentence(&share, c->plan);
  put_words(c->book, summary_spot(0, 0), LOOK_TITLE, workbook->title);
  put_words(
      c->book, summary_spot(1, 0), LOOK_NOTE,
      words(c->book,
            "%s Cash terms. Made on %s by Headroom. Choose a scenario in the yellow cell, or change yellow cells on "
            "Inputs and Changes.",
            text_str(&share), workbook->made_on));
  c->book->failed |= share.failed;
  text_fini(&share);
  put_words(c->book, summary_spot(SUMMARY_CHOICE_ROW, 0), LOOK_HEAD, "Scenario on show");
  const struct spot choice = summary_spot(SUMMARY_CHOICE_ROW, 1);
  put_words(c->book, choice, LOOK_CHOICE, label_of(c, 0));
  cell_at(c->book, choice)->open = true;
  c->book->chosen = (struct spot){ SHEET_SCENARIOS, LABEL_ROW, 0 };
  /* MATCH would take the * and ? of a label for wildcards. */
  put_formula(c->book, c->book->chosen, LOOK_WHOLE, "SUMPRODUCT((%s=%s)*%s)", scenario_span(c, COLUMN_LABEL),
              ref_fixed(c->book, choice), scenario_span(c, COLUMN_NUMBER));
  put_words(c->book, (struct spot){ SHEET_SCENARIOS, LABEL_ROW, 1 }, LOOK_NOTE, "the number of the scenario on show");
}

static void chosen_words(struct compiler *c, enum look look, int column)
{
  put_formula(c->book, summary_spot(book_row(c->book, SHEET_SUMMARY), 0), look, "IF(refused>0,\"\",INDEX(%s,chosen,1))",
              scenario_span(c, column));
}

static void summary_answer(struct compiler *c)
{
  const char *verdict = ref(c->book, (struct spot){ SHEET_AUDIT, LABEL_ROW, 0 });
  put_formula(c->book, summary_spot(book_row(c->book, SHEET_SUMMARY), 0), LOOK_ANSWER,
              "IF(refused>0,%s,INDEX(%s,chosen,1))", refused_sentence(c), scenario_span(c, COLUMN_WORDS));
  put_formula(c->book, summary_spot(book_row(c->book, SHEET_SUMMARY), 0), LOOK_PLAIN,
              "IF(refused>0,%s,IF(%s=\"inputs changed\",\"Inputs have changed since Headroom ran: the gap is in the "
              "table below.\",INDEX(%s,chosen,1)))",
              refused_item(c, 1, false), verdict, scenario_span(c, COLUMN_GAP_WORDS));
  put_formula(c->book, summary_spot(book_row(c->book, SHEET_SUMMARY), 0), LOOK_PLAIN,
              "IF(refused>0,%s,INDEX(%s,chosen,1))", refused_item(c, 1, true), scenario_span(c, COLUMN_UNFUNDED_WORDS));
  const int row = book_row(c->book, SHEET_SUMMARY);
  put_words(c->book, summary_spot(row, 0), LOOK_NOTE, "Held against the engine, figure by figure (see Audit):");
  put_formula(c->book, summary_spot(row, 1), LOOK_PLAIN, "%s", verdict);
  chosen_words(c, LOOK_NOTE, COLUMN_NOTE);
  put_formula(c->book, summary_spot(book_row(c->book, SHEET_SUMMARY), 0), LOOK_ALARM, "IF(refused>0,\"\",%s)",
              referendum_sentence(c));
  while (c->book->sheet[SHEET_SUMMARY].n_rows < SUMMARY_HEAD_ROW && !c->book->failed) { /* the charts stand here */
    (void)book_row(c->book, SHEET_SUMMARY);
  }
}

static void summary_closing(struct compiler *c, const struct workbook *workbook)
{
  const char *const lines[] = { report_disclaimer, words(c->book, "Made by: %s", workbook->command),
                                workbook->inputs_digest[0] != '\0'
                                    ? words(c->book, "Inputs: SHA-256 %.16s", workbook->inputs_digest)
                                    : "" };
  (void)book_row(c->book, SHEET_SUMMARY);
  for (size_t i = 0; i < COUNT_OF(lines); i++) {
    put_words(c->book, summary_spot(book_row(c->book, SHEET_SUMMARY), 0), LOOK_NOTE, lines[i]);
  }
}

static void summary_sheet(struct compiler *c, const struct workbook *workbook)
{
  summary_answer(c);
  summary_table(c);
  summary_dates(c);
  summary_closing(c, workbook);
}

void reading_sheets(struct compiler *c, const struct workbook *workbook)
{
  futures_sheet(c, workbook->simulation);
  trace_sheet(c);
  name_scenarios(c);
  summary_opening(c, workbook);
  checks_sheet(c);
  audit_sheet(c);
  scenarios_sheet(c, workbook);
  summary_sheet(c, workbook);
}
