/* test_workbook.c: formulas worked out by hand, and whole plans whose formulas must come to the engine's figures. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "future_maker.h"
#include "report/workbook/build.h"

#include <string.h>

/* ---- one formula --------------------------------------------------------------------------------------- */

static struct spot at(int row, int column)
{
  return (struct spot){ SHEET_MODEL, row, column };
}

/* A1:C1 are 1.5, -2 and 4; A2 is "2027/28". */
static void fill(struct book *book)
{
  book_init(book);
  book->sheet[SHEET_MODEL].n_columns = 5;
  (void)book_row(book, SHEET_MODEL);
  (void)book_row(book, SHEET_MODEL);
  put_number(book, at(0, 0), LOOK_MONEY, 1.5);
  put_number(book, at(0, 1), LOOK_MONEY, -2.0);
  put_number(book, at(0, 2), LOOK_MONEY, 4.0);
  put_words(book, at(1, 0), LOOK_PLAIN, "2027/28");
}

static void formulas_come_to_what_they_come_to_by_hand(void **state)
{
  (void)state;
  static const struct {
    const char *formula;
    double value;
  } formulas[] = { { "1+2*3", 7 },
                   { "-(1+2)*3", -9 },
                   { "2-3-4", -5 },
                   { "12/4/3", 1 },
                   { "0.1*3", 0.1 * 3 },
                   { "Model!A1*Model!B1", -3 },
                   { "Model!$C$1-Model!A1", 2.5 },
                   { "ROUND(2.5,0)", 3 },
                   { "ROUND(-2.5,0)", -3 },
                   { "ROUND(1.005*100+0.000001,0)/100", 1.01 }, /* a tie in decimals, just below one in binary */
                   { "ROUND(-0.125,2)", -0.13 },
                   { "SUM(Model!$A$1:$C$1)", 3.5 },
                   { "MAX(0,Model!$A$1:$C$1)", 4 },
                   { "MAX(-5,-3)", -3 },
                   { "MIN(Model!$A$1:$C$1,7)", -2 },
                   { "SUMPRODUCT((ABS(Model!$A$1:$C$1-Model!$B$1)>3)*1)", 2 },
                   { "IF(Model!B1<0,10,20)", 10 },
                   { "IF(AND(1>0,2>1,3>3),1,0)", 0 },
                   { "IF(OR(1>2,2>1),1,0)", 1 },
                   { "INDEX(Model!$A$1:$C$1,1,2)", -2 },
                   { "MATCH(4,Model!$A$1:$C$1,0)", 3 },
                   { "CHOOSE(2,5,6,7)", 6 },
                   { "IF(Model!A2=\"2027/28\",1,0)", 1 },
                   { "SUMPRODUCT((Model!$A$2:$C$2=\"2027/28\")*Model!$A$1:$C$1)", 1.5 },
                   { "SUMPRODUCT((Model!$A$2:$C$2=\"2027/2?\")*Model!$A$1:$C$1)", 0 },
                   /* words are no number, and come after all of them */
                   { "IF(Model!A2>999999999999999999,1,0)", 1 },
                   { "IF(Model!A2<5,1,0)", 0 },
                   { "IF(Model!A2=0,1,0)", 0 },
                   { "IF(Model!A1=\"\",1,0)", 0 },
                   { "IF(0=\"\",1,0)", 0 },
                   { "IF(\"\"=\"\",1,0)", 1 } };
  struct book book;
  fill(&book);
  for (size_t i = 0; i < COUNT_OF(formulas); i++) {
    struct cell cell = { 0 };
    if (!evaluate(&book, formulas[i].formula, &cell) || cell.is_words || cell.number != formulas[i].value) {
      fail_msg("%s comes to %.17g, not %.17g: %s", formulas[i].formula, cell.number, formulas[i].value, book.fault);
    }
  }
  book_fini(&book);
}

static void what_a_workbook_may_not_use_is_refused(void **state)
{
  (void)state;
  static const char *const formulas[] = {
    "NOW()",      "OFFSET(Model!A1,1,1)", "INDIRECT(\"A1\")", "XLOOKUP(1,2,3)", "2^3", "1&2", "SUM(A:A)",
    "Model!D1",   "Elsewhere!A1",         "ROUND(1)",         "(1+2",           "",    "1/0", "TEXT(1,\"0\")",
    "Model!A2+1", "Model!A1*\"\""
  };
  for (size_t i = 0; i < COUNT_OF(formulas); i++) {
    struct book book;
    struct cell cell = { 0 };
    fill(&book);
    if (evaluate(&book, formulas[i], &cell)) {
      fail_msg("'%s' was taken", formulas[i]);
    }
    assert_true(book.failed);
    book_fini(&book);
  }
}

static void a_formula_leaves_out_the_name_of_its_own_sheet(void **state)
{
  (void)state;
  struct book book;
  fill(&book);
  put_formula(&book, at(1, 1), LOOK_MONEY, "Model!A1+SUM(Model!$A$1:$C$1)");
  const struct cell *cell = cell_seen(&book, at(1, 1));
  assert_non_null(cell);
  assert_string_equal(cell->formula, "A1+SUM($A$1:$C$1)");
  assert_true(cell->number == 5.0);
  book_fini(&book);
}

/* ---- whole plans --------------------------------------------------------------------------------------- */

/* Builds it, which holds every figure against the engine's; returns how many were held. */
static long build(const struct plan *plan, const struct result *result, const struct workbook_scenario *scenario,
                  int n_scenarios, unsigned long seed)
{
  struct book book;
  struct compiler compiler;
  const struct workbook workbook = { .plan = plan,
                                     .result = result,
                                     .n_scenarios = n_scenarios,
                                     .scenario = scenario,
                                     .title = "Made",
                                     .command = "none",
                                     .made_on = "a day",
                                     .inputs_digest = "" };
  book_init(&book);
  if (!workbook_build(&book, &compiler, &workbook)) {
    fail_msg("seed %lu: %s", seed, book.fault);
  }
  const struct cell *verdict = cell_seen(&book, (struct spot){ SHEET_AUDIT, LABEL_ROW, 0 });
  assert_non_null(verdict);
  assert_string_equal(verdict->words, "matches the engine to the penny");
  const long held = (long)compiler.n_audited * compiler.n_blocks * compiler.n_years;
  book_fini(&book);
  return held;
}

static void random_plans_under_random_changes_come_to_the_engines_figures(void **state)
{
  (void)state;
  enum { SCENARIOS = 3 };
  long held = 0;
  for (uint64_t seed = 1; seed <= 200; seed++) {
    struct arena arena;
    struct plan plan;
    struct workbook_scenario scenario[SCENARIOS];
    arena_init(&arena, NULL);
    uint64_t chances = plan_rich(&plan, &arena, seed);
    for (int s = 0; s < SCENARIOS; s++) {
      struct change *change = NULL;
      const int n = future_changes(&plan, &chances, &arena, &change);
      const struct result *result = future_result(&plan, change, n, &arena);
      const char *id = arena_printf(&arena, "s%d", s);
      scenario[s] = (struct workbook_scenario){
        .id = id, .label = id, .result = result, .n_changes = n, .change = change, .note = ""
      };
    }
    held += build(&plan, future_result(&plan, NULL, 0, &arena), scenario, SCENARIOS, (unsigned long)seed);
    arena_fini(&arena);
  }
  print_message("%ld figures\n", held);
  assert_true(held > 100000);
}

/* The check itself: a figure of the engine that is a penny off is found. */
static void a_penny_of_difference_is_found(void **state)
{
  (void)state;
  struct arena arena;
  struct plan plan;
  struct book book;
  struct compiler compiler;
  arena_init(&arena, NULL);
  (void)plan_rich(&plan, &arena, 7);
  struct result *result = future_result(&plan, NULL, 0, &arena);
  result->measure[M_GAP][0] += 1;
  const struct workbook workbook = {
    .plan = &plan, .result = result, .title = "", .command = "", .made_on = "", .inputs_digest = ""
  };
  book_init(&book);
  assert_false(workbook_build(&book, &compiler, &workbook));
  assert_non_null(strstr(book.fault, "Gap after savings"));
  book_fini(&book);
  arena_fini(&arena);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(formulas_come_to_what_they_come_to_by_hand),
    cmocka_unit_test(what_a_workbook_may_not_use_is_refused),
    cmocka_unit_test(a_formula_leaves_out_the_name_of_its_own_sheet),
    cmocka_unit_test(random_plans_under_random_changes_come_to_the_engines_figures),
    cmocka_unit_test(a_penny_of_difference_is_found),
  };
  return cmocka_run_group_tests_name("workbook", tests, NULL, NULL);
}
