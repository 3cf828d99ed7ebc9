/* checks.c: the sheet Checks: what the engine would refuse of the figures as they stand, cell by cell and together, so
 * that no answer is shown on them; and what it would only warn of.
 *
 * (1) A yellow cell holds a number within the bounds of core/data (allowed.h). (2) The uses of a receipt are together
 * no more than all of it. (3) A driver's collar is not above its cap. (4) A recurring saving does not fall to nothing
 * without a word why. (5) No class of lines has the wrong sign in every year. (6) Nothing moves out of capital into
 * revenue reserves. (7) No figure grows beyond what is held to the penny. (8) The scenario on show is one of those
 * there are.  Published totals are not looked at: a change here is meant to depart from them. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/build.h"
#include "report/workbook/checks.h"

/* What stands in CHECK_WRONG for a blank that the engine would take and the workbook cannot follow. */
#define NOT_FOLLOWED "is blank, and what Headroom makes of a blank is not followed here"

struct spot check_spot(int row, int column)
{
  return (struct spot){ SHEET_CHECKS, row, column };
}

static const char *wrong_at(struct compiler *c, int row)
{
  return ref(c->book, check_spot(row, CHECK_WRONG));
}

void count_on(struct compiler *c, int row)
{
  const char *before = row > YEAR_ROW + 1 ? words(c->book, "%s+", ref(c->book, check_spot(row - 1, CHECK_SO_FAR))) : "";
  put_formula(c->book, check_spot(row, CHECK_SO_FAR), LOOK_WHOLE, "%sIF(%s=\"\",0,1)", before, wrong_at(c, row));
}

/* ---- rule 1: each cell --------------------------------------------------------------------------------- */

static const char *cell_label(struct compiler *c, const struct traced *of)
{
  const char *where = ref(c->book, of->at);
  if (of->at.sheet != SHEET_INPUTS) {
    return words(c->book, "%s (%s)", of->what, where);
  }
  char year[8];
  const struct cell *label = cell_seen(c->book, (struct spot){ SHEET_INPUTS, of->at.row, 2 });
  const struct cell *field = cell_seen(c->book, (struct spot){ SHEET_INPUTS, of->at.row, 3 });
  return words(c->book, "%s: %s%s%s (%s)", label != NULL ? label->words : "", field != NULL ? field->words : "",
               of->at.column >= INPUT_YEAR ? " " : "",
               of->at.column >= INPUT_YEAR ? plan_year_label(c->plan, of->at.column - INPUT_YEAR, year) : "", where);
}

/* Words come after every number in a comparison, so one that is above all of them is no number. */
static const char *cell_wrong(struct compiler *c, const struct traced *of)
{
  const struct allowed may = cell_at(c->book, of->at)->may;
  const struct bounds *bounds = &allowed_bounds[may.kind];
  const char *x = ref_fixed(c->book, of->at), *places = bounds->grain == 1.0 ? "0" : bounds->grain == 0.01 ? "2" : "4";
  const char *fine = bounds->grain == 0.0 ? "\"\""
                                          : words(c->book, "IF(ABS(%s-ROUND(%s,%s))>0.0000001,\"must be %s\",\"\")", x,
                                                  x, places, bounds->in_words);
  const char *blank = may.blank == BLANK_IS_REFUSED ? "is blank" : may.blank == BLANK_IS_NOTHING ? "" : NOT_FOLLOWED;
  return words(c->book,
               "IF(%s=\"\",\"%s\",IF(%s>999999999999999999,\"is not a number\",IF(OR(%s<%.15g,%s>%.15g),\"must be "
               "%s\",%s)))",
               x, blank, x, x, bounds->low, x, bounds->high, bounds->in_words, fine);
}

static void check_cell(struct compiler *c, const struct traced *of)
{
  const int row = book_row(c->book, SHEET_CHECKS);
  const struct cell *cell = cell_at(c->book, of->at);
  const char *x = ref_fixed(c->book, of->at);
  put_words(c->book, check_spot(row, CHECK_WHAT), LOOK_WRAP, cell_label(c, of));
  put_formula(c->book, check_spot(row, CHECK_NOW), cell->look, "IF(%s=\"\",\"\",%s)", x, x);
  put_words(c->book, check_spot(row, CHECK_MAY), LOOK_NOTE, allowed_bounds[cell->may.kind].in_words);
  put_formula(c->book, check_spot(row, CHECK_WRONG), LOOK_ALARM, "%s", cell_wrong(c, of));
  count_on(c, row);
}

/* On Inputs itself, beside the years: the first thing that is wrong with the row. */
static void tell_row(struct compiler *c, int input_row, int first, int last)
{
  const char *wrong = "\"\"";
  for (int row = last; row >= first; row--) {
    wrong = words(c->book, "IF(%s=\"\",%s,%s)", wrong_at(c, row), wrong, wrong_at(c, row));
  }
  put_formula(c->book, (struct spot){ SHEET_INPUTS, input_row, INPUT_YEAR + c->n_years }, LOOK_ALARM, "%s", wrong);
}

static void check_cells(struct compiler *c)
{
  int of_row = -1, first = 0;
  for (int i = 0; i < c->n_traced && !c->book->failed; i++) {
    const struct spot at = c->traced[i].at;
    const int row = c->book->sheet[SHEET_CHECKS].n_rows;
    if (of_row >= 0 && (at.sheet != SHEET_INPUTS || at.row != of_row)) {
      tell_row(c, of_row, first, row - 1);
      of_row = -1;
    }
    if (!cell_at(c->book, at)->open) {
      continue;
    }
    if (at.sheet == SHEET_INPUTS && of_row < 0) {
      of_row = at.row;
      first = row;
    }
    check_cell(c, &c->traced[i]);
  }
  if (of_row >= 0) {
    tell_row(c, of_row, first, c->book->sheet[SHEET_CHECKS].n_rows - 1);
  }
  put_words(c->book, (struct spot){ SHEET_INPUTS, YEAR_ROW, INPUT_YEAR + c->n_years }, LOOK_HEAD, "What is wrong");
}

/* ---- cells together -------------------------------------------------------------------------------------- */

int check_rule(struct compiler *c, const char *what, const char *may, const char *broken, const char *wrong)
{
  const int row = book_row(c->book, SHEET_CHECKS);
  put_words(c->book, check_spot(row, CHECK_WHAT), LOOK_WRAP, what);
  put_words(c->book, check_spot(row, CHECK_MAY), LOOK_NOTE, may);
  put_formula(c->book, check_spot(row, CHECK_WRONG), LOOK_ALARM, "IF(%s>0,\"\",IF(%s,\"%s\",\"\"))",
              ref_fixed(c->book, check_spot(c->last_cell_check, CHECK_SO_FAR)), broken, wrong);
  count_on(c, row);
  return row;
}

/* Rule 8 */
static void check_choice(struct compiler *c)
{
  const int row = check_rule(c, "The scenario on show (Summary!B3)", "one of those on Scenarios", "chosen=0",
                             "is none of the scenarios");
  put_formula(c->book, check_spot(row, CHECK_WRONG), LOOK_ALARM, "IF(chosen=0,\"is none of the scenarios\",\"\")");
  count_on(c, row);
}

/* ---- what the engine would only warn of ---------------------------------------------------------------- */

/* The plan's own rise at or above the referendum limit: rules 1 and 2 of core/data/check_council_tax.c. */
static const char *excessive(struct compiler *c, int year)
{
  const struct plan *plan = c->plan;
  const struct series *band_d = &plan->term[TERM_BAND_D].series;
  const bool typed = !band_d->filled[year];
  const char *last = series_value(c, &c->term[TERM_BAND_D], 0, year - 1);
  const char *now = series_value(c, &c->term[TERM_BAND_D], 0, year);
  const char *core = typed ? term_value(c, TERM_CORE_RISE, 0, year) : "0";
  const char *asc = typed ? term_value(c, TERM_ASC_RISE, 0, year) : "0";
  const char *limit = term_value(c, TERM_LIMIT, 0, year), *pounds = term_value(c, TERM_LIMIT_GBP, 0, year);
  const char *whole =
      words(c->book,
            "AND(%s>0,%s>0,%s-%s>0.004,OR(%s-%s-%s*%s>-0.000001,%s+%s-%s>-0.0000005),OR(%s<0.001,"
            "%s-%s-%s>0.004))",
            limit, last, now, last, now, last, limit, last, core, asc, limit, pounds, now, last, pounds);
  const bool social_care = plan->class == COUNCIL_UNITARY || plan->class == COUNCIL_COUNTY ||
                           plan->class == COUNCIL_METROPOLITAN || plan->class == COUNCIL_LONDON_BOROUGH;
  return social_care && !plan->term[TERM_LIMIT].present
             ? words(c->book, "OR(%s,AND(%s>0,OR(%s>0.0299994,%s>0.0200005)))", whole, limit, core, asc)
             : whole;
}

static void warn_of_rises(struct compiler *c)
{
  c->first_rise_check = NO_ROW;
  if (!c->plan->term[TERM_BAND_D].present || c->plan->council_tax_line < 0) {
    return;
  }
  put_words(c->book, check_spot(book_row(c->book, SHEET_CHECKS), CHECK_WHAT), LOOK_GROUP,
            "What the engine would take, and warn of");
  for (int y = 0; y < c->n_years; y++) {
    char year[8];
    const int row = book_row(c->book, SHEET_CHECKS);
    c->first_rise_check = y == 0 ? row : c->first_rise_check;
    put_words(c->book, check_spot(row, CHECK_WHAT), LOOK_WRAP,
              words(c->book, "Council tax rise of the plan in %s", plan_year_label(c->plan, y, year)));
    put_words(c->book, check_spot(row, CHECK_MAY), LOOK_NOTE, "below the referendum limit");
    put_formula(c->book, check_spot(row, CHECK_WRONG), LOOK_ALARM,
                "IF(refused>0,\"\",IF(%s,\"needs a referendum\",\"\"))", excessive(c, y));
    put_formula(c->book, check_spot(row, CHECK_SO_FAR), LOOK_WHOLE, "IF(%s=\"\",0,1)", wrong_at(c, row));
  }
}

const char *referendum_sentence(struct compiler *c)
{
  if (c->first_rise_check == NO_ROW) {
    return "\"\"";
  }
  struct text out = { 0 };
  const char *flags = ref_span(c->book, check_spot(c->first_rise_check, CHECK_SO_FAR),
                               check_spot(c->first_rise_check + c->n_years - 1, CHECK_SO_FAR));
  text_printf(&out, "CHOOSE(1+IF(SUM(%s)=0,0,MATCH(1,%s,0)),\"\"", flags, flags);
  for (int y = 0; y < c->n_years; y++) {
    char year[8];
    text_printf(&out, ",\"The plan's council tax rise in %s is at or above the referendum limit.\"",
                plan_year_label(c->plan, y, year));
  }
  text_add(&out, ")");
  const char *kept = arena_strdup(&c->book->arena, text_str(&out));
  c->book->failed |= out.failed;
  text_fini(&out);
  return kept;
}

/* ---- the sheet ----------------------------------------------------------------------------------------- */

const char *refused_sentence(struct compiler *c)
{
  return ref_fixed(c->book, check_spot(LABEL_ROW, CHECK_WHAT));
}

const char *refused_verdict(struct compiler *c)
{
  return ref_fixed(c->book, check_spot(LABEL_ROW, CHECK_WRONG));
}

/* A check that finds something, the first being 1; "" where there is no such. */
const char *refused_item(struct compiler *c, int which, bool why)
{
  const int first = YEAR_ROW + 1, last = c->last_check;
  return words(c->book, "IF(refused<%d,\"\",INDEX(%s,MATCH(%d,%s,0),1))", which,
               ref_span(c->book, check_spot(first, why ? CHECK_WRONG : CHECK_WHAT),
                        check_spot(last, why ? CHECK_WRONG : CHECK_WHAT)),
               which, ref_span(c->book, check_spot(first, CHECK_SO_FAR), check_spot(last, CHECK_SO_FAR)));
}

static void say_all_in_all(struct compiler *c)
{
  const char *all = ref_span(c->book, check_spot(YEAR_ROW + 1, CHECK_WRONG), check_spot(c->last_check, CHECK_WRONG));
  c->book->refused = check_spot(LABEL_ROW, CHECK_SO_FAR);
  put_formula(c->book, c->book->refused, LOOK_WHOLE, "%s", ref(c->book, check_spot(c->last_check, CHECK_SO_FAR)));
  put_formula(c->book, check_spot(LABEL_ROW, CHECK_WRONG), LOOK_ALARM,
              "IF(refused=0,\"\",IF(SUMPRODUCT((%s=\"" NOT_FOLLOWED
              "\")*1)=refused,\"a blank is not followed here\",\"the engine would refuse this\"))",
              all);
  put_formula(c->book, check_spot(LABEL_ROW, CHECK_WHAT), LOOK_ALARM,
              "IF(refused=0,\"\",IF(%s=\"the engine would refuse this\",\"The engine would refuse this: see Audit.\","
              "\"No answer: a blank is not followed here: see Audit.\"))",
              ref(c->book, check_spot(LABEL_ROW, CHECK_WRONG)));
}

/* Above the figures of every sheet whose figures then mean nothing. */
static void say_everywhere(struct compiler *c)
{
  static const enum sheet sheets[] = { SHEET_INPUTS,  SHEET_MODEL,   SHEET_SAVINGS, SHEET_RESERVES, SHEET_RECEIPTS,
                                       SHEET_CHANGES, SHEET_DRIVERS, SHEET_LINES,   SHEET_STEPS };
  for (size_t i = 0; i < COUNT_OF(sheets); i++) {
    put_formula(c->book, (struct spot){ sheets[i], LABEL_ROW, 0 }, LOOK_ALARM, "%s", refused_sentence(c));
  }
}

/* A plan that was read from no folder has no yellow cell on Inputs, and no rules of folders to keep. */
static bool may_be_changed(struct compiler *c)
{
  for (int i = 0; i < c->n_traced; i++) {
    if (c->traced[i].at.sheet == SHEET_INPUTS && cell_at(c->book, c->traced[i].at)->open) {
      return true;
    }
  }
  return false;
}

void checks_sheet(struct compiler *c)
{
  static const char *const heads[] = { "Figure or rule", "Now", "Must be", "What is wrong", "Wrong so far" };
  for (int i = 0; i < (int)COUNT_OF(heads); i++) {
    put_words(c->book, check_spot(YEAR_ROW, i), LOOK_HEAD, heads[i]);
  }
  for (int y = 0; y < c->n_years; y++) {
    char year[8];
    put_words(c->book, check_spot(YEAR_ROW, CHECK_YEARS + y), LOOK_HEAD_RIGHT, plan_year_label(c->plan, y, year));
  }
  check_cells(c);
  c->last_cell_check = c->book->sheet[SHEET_CHECKS].n_rows - 1;
  if (may_be_changed(c)) {
    check_rules(c);
  }
  check_choice(c);
  c->last_check = c->book->sheet[SHEET_CHECKS].n_rows - 1;
  say_all_in_all(c);
  warn_of_rises(c);
  say_everywhere(c);
}
