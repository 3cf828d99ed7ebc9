/* test_stress_rows.c: rows that fit a council, rows that do not and rows that are wrong; tests as people type them. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress_fixture.h"

/* ---- rows ---------------------------------------------------------------------------------------------- */

static enum status fit(struct row_list *list, struct scenario **scenario, int *count, struct left_out **left,
                       int *n_left)
{
  *n_left = *count = 0;
  return rows_build(&folder, registry, list, scenario, count, left, n_left, &error);
}

static void a_row_without_its_subject_is_left_out_and_told(void **state)
{
  (void)state;
  plan_of_one_saving();
  struct row_list list = { .arena = &folder.arena };
  struct scenario *scenario;
  struct left_out *left = NULL;
  int count, n_left;
  row_add(&list, "p", "shift", "late", "input", "saving:*.months_late");
  row_add(&list, "p", "shift", "late", "add", "12");
  row_add(&list, "p", "shift", "land", "input", "receipt:*.amount");
  row_add(&list, "p", "shift", "land", "scale", "-25%");
  assert_int_equal(fit(&list, &scenario, &count, &left, &n_left), STATUS_OK);
  assert_int_equal(scenario[0].n_uses, 1);
  assert_int_equal(n_left, 1);
  assert_string_equal(left[0].instance, "land");
  assert_string_equal(left[0].reason, "this plan has no receipt");
  assert_int_equal(folder.findings.count, 0);
}

static void a_scenario_that_lost_every_row_is_still_told_of(void **state)
{
  (void)state;
  plan_of_one_saving();
  struct row_list list = { .arena = &folder.arena };
  struct scenario *scenario;
  struct left_out *left = NULL;
  int count, n_left;
  row_add(&list, "p", "shift", "land", "input", "receipt:*.amount");
  row_add(&list, "p", "shift", "land", "scale", "-25%");
  assert_int_equal(fit(&list, &scenario, &count, &left, &n_left), STATUS_OK);
  assert_int_equal(count, 1);
  assert_string_equal(scenario[0].id, "p");
  assert_int_equal(scenario[0].n_uses, 0);
}

/* Fits rows that leave one scenario with one use, whose instance is returned, and nothing told. */
static const char *only_use_of(struct row_list *list)
{
  struct scenario *scenario;
  struct left_out *left = NULL;
  int count, n_left;
  assert_int_equal(fit(list, &scenario, &count, &left, &n_left), STATUS_OK);
  assert_int_equal(count, 1);
  assert_int_equal(scenario[0].n_uses, 1);
  assert_int_equal(n_left, 0);
  return scenario[0].use[0].instance;
}

/* Land is there instead of the delay, and there is none. */
static void what_stands_instead_and_finds_nothing_is_left_out_without_a_word(void **state)
{
  (void)state;
  plan_of_one_saving();
  struct row_list list = { .arena = &folder.arena };
  row_add(&list, "p", "shift", "late", "input", "saving:*.months_late");
  row_add(&list, "p", "shift", "late", "add", "12");
  row_add(&list, "p", "shift", "land", "instead_of", "late");
  row_add(&list, "p", "shift", "land", "input", "receipt:*.amount");
  row_add(&list, "p", "shift", "land", "scale", "-25%");
  assert_string_equal(only_use_of(&list), "late");
}

static void what_stands_instead_and_finds_something_takes_the_place(void **state)
{
  (void)state;
  plan_of_one_saving();
  struct row_list list = { .arena = &folder.arena };
  row_add(&list, "p", "shift", "lost", "input", "saving:*.delivery");
  row_add(&list, "p", "shift", "lost", "add", "-10pp");
  row_add(&list, "p", "shift", "late", "instead_of", "lost");
  row_add(&list, "p", "shift", "late", "input", "saving:*.months_late");
  row_add(&list, "p", "shift", "late", "add", "12");
  assert_string_equal(only_use_of(&list), "late");
}

static void a_scenario_for_another_class_is_left_out_whole_and_told(void **state)
{
  (void)state;
  plan_of_one_saving();
  struct row_list list = { .arena = &folder.arena };
  struct scenario *scenario;
  struct left_out *left = NULL;
  int count, n_left;
  row_add(&list, "p", "", "", "classes", "fire");
  list.row[0].classes = 1u << COUNCIL_FIRE;
  row_add(&list, "p", "shift", "late", "input", "saving:*.months_late");
  row_add(&list, "p", "shift", "late", "add", "12");
  row_add(&list, "q", "shift", "late", "input", "saving:*.months_late");
  row_add(&list, "q", "shift", "late", "add", "12");
  assert_int_equal(fit(&list, &scenario, &count, &left, &n_left), STATUS_OK);
  assert_int_equal(count, 2);
  assert_int_equal(n_left, 1);
  assert_string_equal(left[0].scenario, "p");
  for (int s = 0; s < count; s++) {
    assert_int_equal(scenario[s].n_uses, strcmp(scenario[s].id, "q") == 0 ? 1 : 0);
  }
}

/* A row that is wrong for every council is not "does not fit". */
static void a_row_that_is_wrong_in_itself_is_an_error(void **state)
{
  static const char *const wrong[][2] = { { "saving:*.lateness", "12" },
                                          { "savings:*.months_late", "12" },
                                          { "months_late", "12" },
                                          { "saving:*.months_late", "12%" },
                                          { "saving:*.months_late", "dozen" } };
  (void)state;
  for (size_t i = 0; i < COUNT_OF(wrong); i++) {
    fresh();
    plan_of_one_saving();
    struct row_list list = { .arena = &folder.arena };
    struct scenario *scenario;
    struct left_out *left = NULL;
    int count, n_left;
    row_add(&list, "p", "shift", "late", "input", wrong[i][0]);
    row_add(&list, "p", "shift", "late", "add", wrong[i][1]);
    assert_int_equal(fit(&list, &scenario, &count, &left, &n_left), STATUS_DATA);
    assert_int_equal(folder.findings.errors, 1);
  }
}

/* ---- tests as people type them ------------------------------------------------------------------------- */

static void tests_are_read_as_they_are_typed(void **state)
{
  static const struct {
    const char *text;
    bool is_date;
    int which, year;
    enum comparison comparison;
    pence amount;
  } cases[] = { { "D3", true, DATE_FIRST_UNFUNDED, 2, AT_MOST, 0 },
                { "d1<=2027/28", true, DATE_BELOW_MINIMUM, 1, AT_MOST, 0 },
                { "usable_exhausted<=2026/27", true, DATE_USABLE_EXHAUSTED, 0, AT_MOST, 0 },
                { "gap@2028/29<=0", false, M_GAP, 2, AT_MOST, 0 },
                { "usable_closing@2027/28>=5m", false, M_USABLE_CLOSING, 1, AT_LEAST, 500000000 },
                { "unfunded@2026/27<=\xC2\xA3"
                  "350k",
                  false, M_UNFUNDED, 0, AT_MOST, 35000000 },
                { "gap@2026/27<=-1,200.50", false, M_GAP, 0, AT_MOST, -120050 } };
  (void)state;
  plan_of_one_saving();
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct test test;
    const char *wrong = "";
    if (!test_parse(&folder.plan, cases[i].text, &folder.arena, &test, &wrong)) {
      fail_msg("%s: %s", cases[i].text, wrong);
    }
    assert_int_equal(test.is_date, cases[i].is_date);
    assert_int_equal(test.is_date ? (int)test.date : (int)test.measure, cases[i].which);
    assert_int_equal(test.year, cases[i].year);
    assert_int_equal(test.comparison, cases[i].comparison);
    assert_pence_equal(test.amount, cases[i].amount);
  }
}

static void tests_that_mean_nothing_are_refused(void **state)
{
  static const char *const cases[] = { "",
                                       "D5",
                                       "D3<=2031/32",
                                       "D3>=2027/28",
                                       "D3<=",
                                       "gap",
                                       "gap@2026/27",
                                       "gap@2026/27=0",
                                       "gap@2031/32<=0",
                                       "gapp@2026/27<=0",
                                       "gap@2026/27<=",
                                       "gap@2026/27<=lots",
                                       "gap@2026/27<=5bn",
                                       "gap@2026/27<=1.005" };
  (void)state;
  plan_of_one_saving();
  for (size_t i = 0; i < COUNT_OF(cases); i++) {
    struct test test;
    const char *wrong = "";
    if (test_parse(&folder.plan, cases[i], &folder.arena, &test, &wrong)) {
      fail_msg("'%s' was taken", cases[i]);
    }
    assert_non_null(strstr(wrong, "a test is like"));
  }
}

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    IN_FOLDER(a_row_without_its_subject_is_left_out_and_told),
    IN_FOLDER(a_scenario_that_lost_every_row_is_still_told_of),
    IN_FOLDER(what_stands_instead_and_finds_nothing_is_left_out_without_a_word),
    IN_FOLDER(what_stands_instead_and_finds_something_takes_the_place),
    IN_FOLDER(a_scenario_for_another_class_is_left_out_whole_and_told),
    IN_FOLDER(a_row_that_is_wrong_in_itself_is_an_error),
    IN_FOLDER(tests_are_read_as_they_are_typed),
    IN_FOLDER(tests_that_mean_nothing_are_refused),
  };
  return cmocka_run_group_tests_name("stress rows", tests, NULL, NULL);
}
