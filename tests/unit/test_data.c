/* test_data.c: the folder reader: malformed folders, each with its findings, and what a good one becomes. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "malformed.h"
#include "support.h"

#include <string.h>

static const char common[] = TESTS_DIR "/golden/malformed/common";

/* ---- malformed folders --------------------------------------------------------------------------------- */

static void case_gives_its_findings(void **state)
{
  malformed_check(*state);
}

static void common_folder_has_no_findings(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(folder_load(&folder, common, NULL, NULL), STATUS_OK);
  assert_int_equal(folder.findings.count, 0);
  folder_fini(&folder);
}

static void at_least_forty_five_inputs_are_malformed(void **state)
{
  char **names = malformed_cases();
  size_t count = 0;
  (void)state;
  for (; names[count] != NULL; count++) {
    free(names[count]);
  }
  free(names);
  assert_true(count >= 45);
}

/* ---- what a folder becomes ----------------------------------------------------------------------------- */

static void load_common(struct folder *folder)
{
  assert_int_equal(folder_load(folder, common, NULL, NULL), STATUS_OK);
}

static const struct line *line_of(const struct folder *folder, const char *id)
{
  const int line = plan_line_find(&folder->plan, id);
  assert_true(line >= 0);
  return &folder->plan.line[line];
}

/* signs is budget: grants are printed with a plus and are negative inside. */
static void funding_is_negative_inside(void **state)
{
  struct folder folder;
  (void)state;
  load_common(&folder);
  assert_close(line_of(&folder, "grant")->amount.cell[0], -10000000.0, 0.0);
  folder_fini(&folder);
}

/* signs is budget: income is printed with a minus and is negative inside. */
static void income_keeps_its_printed_minus_under_budget_signs(void **state)
{
  struct folder folder;
  (void)state;
  load_common(&folder);
  assert_close(line_of(&folder, "fees")->amount.base, -12000000.0, 0.0);
  folder_fini(&folder);
}

/* -100000 for the collection fund is a deficit: a cost of 100,000. */
static void collection_fund_deficit_is_a_cost(void **state)
{
  struct folder folder;
  (void)state;
  load_common(&folder);
  assert_close(line_of(&folder, "fund")->one_off.cell[1], 100000.0, 0.0);
  folder_fini(&folder);
}

/* basis.csv says that the number of 2028/29 is derived; the row says nothing and the folder's default is published. */
static void basis_of_one_cell_is_overridden_and_its_neighbour_is_not(void **state)
{
  struct folder folder;
  (void)state;
  load_common(&folder);
  assert_int_equal(line_of(&folder, "children")->number.origin[2].basis, BASIS_DERIVED);
  assert_int_equal(line_of(&folder, "children")->number.origin[1].basis, BASIS_PUBLISHED);
  folder_fini(&folder);
}

/* A unitary is a social care authority: 3 per cent and 2 for social care. */
static void referendum_limit_of_a_unitary_is_five_per_cent(void **state)
{
  struct folder folder;
  (void)state;
  load_common(&folder);
  assert_close(folder.plan.term[TERM_LIMIT].series.cell[0], 0.05, 0.0);
  assert_close(folder.plan.term[TERM_LIMIT_GBP].series.cell[0], 0.0, 0.0);
  folder_fini(&folder);
}

/* A shire district's rise is excessive at 3 per cent or more and more than 5 pounds. */
static void referendum_limit_of_a_district_has_pounds_too(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(case_folder_load_changed(&folder, "council.csv", "unitary", "district"), STATUS_OK);
  assert_close(folder.plan.term[TERM_LIMIT].series.cell[0], 0.03, 0.0);
  assert_close(folder.plan.term[TERM_LIMIT_GBP].series.cell[0], 5.0, 0.0);
  folder_fini(&folder);
}

/* "2026-27" and "2026/27" are the same year. */
static void year_header_with_a_hyphen_is_taken(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(case_folder_load_changed(&folder, "mtfp.csv", "2026/27", "2026-27"), STATUS_OK);
  folder_fini(&folder);
}

/* (12000000) is minus twelve million. */
static void brackets_are_a_minus(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(case_folder_load_changed(&folder, "mtfp.csv", "-12000000", "(12000000)"), STATUS_OK);
  assert_close(line_of(&folder, "fees")->amount.base, -12000000.0, 0.0);
  folder_fini(&folder);
}

static void digest_of_every_file_is_kept_in_order_of_name(void **state)
{
  struct folder folder;
  (void)state;
  load_common(&folder);
  assert_int_equal(folder.n_files, 12);
  for (int i = 1; i < folder.n_files; i++) {
    assert_true(strcmp(folder.file[i - 1].name, folder.file[i].name) < 0);
  }
  assert_int_equal(strlen(folder.file[0].digest), 64);
  folder_fini(&folder);
}

/* ---- all of them --------------------------------------------------------------------------------------- */

int main(void)
{
  static const struct CMUnitTest tests[] = {
    cmocka_unit_test(common_folder_has_no_findings),
    cmocka_unit_test(at_least_forty_five_inputs_are_malformed),
    cmocka_unit_test(funding_is_negative_inside),
    cmocka_unit_test(income_keeps_its_printed_minus_under_budget_signs),
    cmocka_unit_test(collection_fund_deficit_is_a_cost),
    cmocka_unit_test(basis_of_one_cell_is_overridden_and_its_neighbour_is_not),
    cmocka_unit_test(referendum_limit_of_a_unitary_is_five_per_cent),
    cmocka_unit_test(referendum_limit_of_a_district_has_pounds_too),
    cmocka_unit_test(year_header_with_a_hyphen_is_taken),
    cmocka_unit_test(brackets_are_a_minus),
    cmocka_unit_test(digest_of_every_file_is_kept_in_order_of_name),
  };
  char **names = malformed_cases();
  struct CMUnitTest all[1000 + COUNT_OF(tests)];
  size_t count = COUNT_OF(tests);
  memcpy(all, tests, sizeof tests);
  for (size_t i = 0; names[i] != NULL; i++) {
    all[count++] =
        (struct CMUnitTest){ .name = names[i], .test_func = case_gives_its_findings, .initial_state = names[i] };
  }
  const int failed = _cmocka_run_group_tests("data", all, count, NULL, NULL);
  for (size_t i = 0; names[i] != NULL; i++) {
    free(names[i]);
  }
  free(names);
  return failed;
}
