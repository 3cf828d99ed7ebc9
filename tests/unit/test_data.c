/* test_data.c: the folder reader: malformed folders each with their findings, what is not a file at all, memory that runs out. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "malformed.h"
#include "support.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char common[] = TESTS_DIR "/golden/malformed/common";

/* ---- malformed folders ------------------------------------------------------------------------------------------- */

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

/* ---- what a folder becomes --------------------------------------------------------------------------------------- */

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

/* The common folder with the first `old` of a file replaced. */
static enum status load_changed(struct folder *folder, const char *file, const char *old, const char *new)
{
  struct case_folder files;
  struct text text = {0};
  case_folder_read(&files, common);
  for (int i = 0; i < files.n_files; i++) {
    struct memory_file *changed = &files.file[i];
    const char *found = strcmp(changed->name, file) == 0 ? memmem(changed->bytes, changed->size, old, strlen(old)) : NULL;
    if (found != NULL) {
      text_add_n(&text, changed->bytes, (size_t)(found - changed->bytes));
      text_add(&text, new);
      text_add_n(&text, found + strlen(old), changed->size - (size_t)(found - changed->bytes) - strlen(old));
      case_folder_put(&files, file, text.at, text.length);
    }
  }
  assert_non_null(text.at);
  const enum status status = folder_load_memory(folder, files.file, files.n_files, NULL, NULL);
  case_folder_free(&files);
  return status;
}

/* A shire district's rise is excessive at 3 per cent or more and more than 5 pounds. */
static void referendum_limit_of_a_district_has_pounds_too(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(load_changed(&folder, "council.csv", "unitary", "district"), STATUS_OK);
  assert_close(folder.plan.term[TERM_LIMIT].series.cell[0], 0.03, 0.0);
  assert_close(folder.plan.term[TERM_LIMIT_GBP].series.cell[0], 5.0, 0.0);
  folder_fini(&folder);
}

/* "2026-27" and "2026/27" are the same year. */
static void year_header_with_a_hyphen_is_taken(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(load_changed(&folder, "mtfp.csv", "2026/27", "2026-27"), STATUS_OK);
  folder_fini(&folder);
}

/* (12000000) is minus twelve million. */
static void brackets_are_a_minus(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(load_changed(&folder, "mtfp.csv", "-12000000", "(12000000)"), STATUS_OK);
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

/* ---- longer than any plan ------------------------------------------------------------------------------------------ */

/* A drivers.csv of this text in the common folder: its first finding. */
static void assert_drivers_finding(const struct text *drivers, enum code code, int line)
{
  struct case_folder files;
  struct folder folder;
  case_folder_read(&files, common);
  case_folder_put(&files, "drivers.csv", strndup(drivers->at, drivers->length), drivers->length);
  assert_int_equal(folder_load_memory(&folder, files.file, files.n_files, NULL, NULL), STATUS_DATA);
  bool found = false;
  for (size_t i = 0; i < folder.findings.count; i++) {
    const struct finding *finding = &folder.findings.item[i];
    found = found || (finding->code == code && strcmp(finding->place.file, "drivers.csv") == 0 && finding->place.line == line);
  }
  assert_true(found);
  folder_fini(&folder);
  case_folder_free(&files);
}

static void cell_without_end_is_a_finding(void **state)
{
  struct text drivers = {0};
  (void)state;
  text_add(&drivers, "id,label,class,2026/27,2027/28,2028/29\npay,");
  text_repeat(&drivers, "x", 9000);
  text_add(&drivers, ",pay,3,3,3\n");
  assert_drivers_finding(&drivers, CODE_TOO_LONG, 2);
  text_fini(&drivers);
}

static void line_without_end_is_a_finding(void **state)
{
  struct text drivers = {0};
  (void)state;
  text_add(&drivers, "id,label,class,2026/27,2027/28,2028/29\n");
  text_repeat(&drivers, "pay,", 20000);
  assert_drivers_finding(&drivers, CODE_TOO_LONG, 2);
  text_fini(&drivers);
}

static void rows_without_end_are_a_finding(void **state)
{
  struct text drivers = {0};
  (void)state;
  text_add(&drivers, "id,label,class,2026/27,2027/28,2028/29\n");
  text_repeat(&drivers, "pay,Pay,pay,3,3,3\n", 10001);
  assert_drivers_finding(&drivers, CODE_TOO_LONG, 10002);
  text_fini(&drivers);
}

static void columns_without_end_are_a_finding(void **state)
{
  struct text drivers = {0};
  (void)state;
  text_repeat(&drivers, "id,", 300);
  text_add(&drivers, "\n");
  assert_drivers_finding(&drivers, CODE_TOO_LONG, 1);
  text_fini(&drivers);
}

/* An open quote takes in no more than its own line; the lines after it are read as usual. */
static void quote_left_open_does_not_swallow_the_file(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(load_changed(&folder, "drivers.csv", "Pay award", "\"Pay award"), STATUS_DATA);
  assert_int_equal(folder.findings.count, 1);
  assert_int_equal(folder.findings.item[0].code, CODE_QUOTE);
  folder_fini(&folder);
}

/* ---- not a file at all ----------------------------------------------------------------------------------------------- */

/* A folder on disk with one entry more, made by the test. */
struct scratch {
  char path[PATH_MAX];
  char file[PATH_MAX + 32];
};

static void scratch_make(struct scratch *scratch, const char *file)
{
  snprintf(scratch->path, sizeof scratch->path, "/tmp/headroom-test-XXXXXX");
  assert_non_null(mkdtemp(scratch->path));
  snprintf(scratch->file, sizeof scratch->file, "%s/%s", scratch->path, file);
}

static void scratch_remove(struct scratch *scratch)
{
  if (unlink(scratch->file) != 0) {
    rmdir(scratch->file);
  }
  assert_int_equal(rmdir(scratch->path), 0);
}

static void assert_only_finding(const char *path, enum code code, const char *file)
{
  struct folder folder;
  assert_int_equal(folder_load(&folder, path, NULL, NULL), STATUS_DATA);
  assert_int_equal(folder.findings.count, 1);
  assert_int_equal(folder.findings.item[0].code, code);
  assert_string_equal(folder.findings.item[0].place.file, file);
  assert_null(folder.baseline);
  folder_fini(&folder);
}

static void directory_for_a_file_is_a_finding(void **state)
{
  struct scratch scratch;
  (void)state;
  scratch_make(&scratch, "council.csv");
  assert_int_equal(mkdir(scratch.file, 0700), 0);
  assert_only_finding(scratch.path, CODE_FILE_UNREADABLE, "council.csv");
  scratch_remove(&scratch);
}

static void pipe_for_a_file_is_a_finding_and_never_waits(void **state)
{
  struct scratch scratch;
  (void)state;
  scratch_make(&scratch, "council.csv");
  assert_int_equal(mkfifo(scratch.file, 0600), 0);
  assert_only_finding(scratch.path, CODE_FILE_UNREADABLE, "council.csv");
  scratch_remove(&scratch);
}

static void file_of_a_gigabyte_is_a_finding_at_once(void **state)
{
  struct scratch scratch;
  (void)state;
  scratch_make(&scratch, "council.csv");
  const int fd = open(scratch.file, O_CREAT | O_WRONLY, 0600);
  assert_true(fd >= 0);
  assert_int_equal(ftruncate(fd, 1L << 30), 0); /* sparse: takes no room */
  close(fd);
  assert_only_finding(scratch.path, CODE_FILE_TOO_LARGE, "council.csv");
  scratch_remove(&scratch);
}

/* Root may read everything, so root becomes nobody for a while. */
static void file_without_permission_is_a_finding(void **state)
{
  enum { NOBODY = 65534 };
  struct scratch scratch;
  (void)state;
  scratch_make(&scratch, "council.csv");
  close(open(scratch.file, O_CREAT | O_WRONLY, 0000));
  const bool root = geteuid() == 0;
  if (root) {
    assert_int_equal(chmod(scratch.path, 0755), 0);
    assert_int_equal(seteuid(NOBODY), 0);
  }
  assert_only_finding(scratch.path, CODE_FILE_UNREADABLE, "council.csv");
  if (root) {
    assert_int_equal(seteuid(0), 0);
  }
  scratch_remove(&scratch);
}

static void link_to_nowhere_is_a_missing_file(void **state)
{
  struct scratch scratch;
  (void)state;
  scratch_make(&scratch, "council.csv");
  assert_int_equal(symlink("nowhere", scratch.file), 0);
  assert_only_finding(scratch.path, CODE_FILE_MISSING, "council.csv");
  scratch_remove(&scratch);
}

static void misspelt_file_is_told_its_nearest_name(void **state)
{
  struct scratch scratch;
  struct folder folder;
  (void)state;
  scratch_make(&scratch, "resreves.csv");
  close(open(scratch.file, O_CREAT | O_WRONLY, 0600));
  assert_int_equal(folder_load(&folder, scratch.path, NULL, NULL), STATUS_DATA);
  assert_int_equal(folder.findings.item[1].code, CODE_FILE_UNKNOWN);
  assert_string_equal(folder.findings.item[1].label, "did you mean 'reserves.csv'?");
  folder_fini(&folder);
  scratch_remove(&scratch);
}

static void folder_that_is_not_there_is_a_file_error(void **state)
{
  struct folder folder;
  struct error error = {0};
  (void)state;
  assert_int_equal(folder_load(&folder, "/nowhere/at/all", NULL, &error), STATUS_FILE);
  assert_string_equal(error.text, "/nowhere/at/all: there is no such folder");
  folder_fini(&folder);
}

static void file_in_place_of_the_folder_is_a_file_error(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(folder_load(&folder, TESTS_DIR "/golden/malformed/common/council.csv", NULL, NULL), STATUS_FILE);
  folder_fini(&folder);
}

static void folder_id_is_the_name_of_the_folder_whatever_leads_there(void **state)
{
  struct folder folder;
  (void)state;
  assert_int_equal(folder_load(&folder, TESTS_DIR "/golden/malformed/../malformed/common/", NULL, NULL), STATUS_OK);
  assert_string_equal(folder.plan.folder_id, "common");
  folder_fini(&folder);
}

/* ---- memory ------------------------------------------------------------------------------------------------------------- */

/* Every block in turn is refused: the load ends with STATUS_MEMORY and gives all of them back, until there are enough. */
static void load_survives_the_loss_of_any_block(void **state)
{
  struct failing_allocator failing;
  enum status status = STATUS_MEMORY;
  (void)state;
  long blocks = 0;
  for (; status != STATUS_OK; blocks++) {
    struct folder folder;
    struct error error = {0};
    failing_init(&failing, blocks);
    status = folder_load(&folder, common, &failing.allocator, &error);
    assert_true(status == STATUS_OK || status == STATUS_MEMORY);
    assert_true((folder.baseline != NULL) == (status == STATUS_OK));
    folder_fini(&folder);
    assert_int_equal(failing.outstanding, 0);
    assert_true(blocks < 100000);
  }
  assert_true(blocks > 3); /* it did fail on the way */
}

/* ---- all of them ---------------------------------------------------------------------------------------------------------- */

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
      cmocka_unit_test(cell_without_end_is_a_finding),
      cmocka_unit_test(line_without_end_is_a_finding),
      cmocka_unit_test(rows_without_end_are_a_finding),
      cmocka_unit_test(columns_without_end_are_a_finding),
      cmocka_unit_test(quote_left_open_does_not_swallow_the_file),
      cmocka_unit_test(directory_for_a_file_is_a_finding),
      cmocka_unit_test(pipe_for_a_file_is_a_finding_and_never_waits),
      cmocka_unit_test(file_of_a_gigabyte_is_a_finding_at_once),
      cmocka_unit_test(file_without_permission_is_a_finding),
      cmocka_unit_test(link_to_nowhere_is_a_missing_file),
      cmocka_unit_test(misspelt_file_is_told_its_nearest_name),
      cmocka_unit_test(folder_that_is_not_there_is_a_file_error),
      cmocka_unit_test(file_in_place_of_the_folder_is_a_file_error),
      cmocka_unit_test(folder_id_is_the_name_of_the_folder_whatever_leads_there),
      cmocka_unit_test(load_survives_the_loss_of_any_block),
  };
  char **names = malformed_cases();
  struct CMUnitTest all[1000 + COUNT_OF(tests)];
  size_t count = COUNT_OF(tests);
  memcpy(all, tests, sizeof tests);
  for (size_t i = 0; names[i] != NULL; i++) {
    all[count++] = (struct CMUnitTest){.name = names[i], .test_func = case_gives_its_findings, .initial_state = names[i]};
  }
  const int failed = _cmocka_run_group_tests("data", all, count, NULL, NULL);
  for (size_t i = 0; names[i] != NULL; i++) {
    free(names[i]);
  }
  free(names);
  return failed;
}
