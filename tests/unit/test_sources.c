/* test_sources.c: what is not a file of a plan at all, what is longer than any plan, and memory that runs out. */
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

/* ---- longer than any plan ------------------------------------------------------------------------------------------
 */

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
    found = found ||
            (finding->code == code && strcmp(finding->place.file, "drivers.csv") == 0 && finding->place.line == line);
  }
  assert_true(found);
  folder_fini(&folder);
  case_folder_free(&files);
}

static void cell_without_end_is_a_finding(void **state)
{
  struct text drivers = { 0 };
  (void)state;
  text_add(&drivers, "id,label,class,2026/27,2027/28,2028/29\npay,");
  text_repeat(&drivers, "x", 9000);
  text_add(&drivers, ",pay,3,3,3\n");
  assert_drivers_finding(&drivers, CODE_TOO_LONG, 2);
  text_fini(&drivers);
}

static void line_without_end_is_a_finding(void **state)
{
  struct text drivers = { 0 };
  (void)state;
  text_add(&drivers, "id,label,class,2026/27,2027/28,2028/29\n");
  text_repeat(&drivers, "pay,", 20000);
  assert_drivers_finding(&drivers, CODE_TOO_LONG, 2);
  text_fini(&drivers);
}

static void rows_without_end_are_a_finding(void **state)
{
  struct text drivers = { 0 };
  (void)state;
  text_add(&drivers, "id,label,class,2026/27,2027/28,2028/29\n");
  text_repeat(&drivers, "pay,Pay,pay,3,3,3\n", 10001);
  assert_drivers_finding(&drivers, CODE_TOO_LONG, 10002);
  text_fini(&drivers);
}

static void columns_without_end_are_a_finding(void **state)
{
  struct text drivers = { 0 };
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
  assert_int_equal(case_folder_load_changed(&folder, "drivers.csv", "Pay award", "\"Pay award"), STATUS_DATA);
  assert_int_equal(folder.findings.count, 1);
  assert_int_equal(folder.findings.item[0].code, CODE_QUOTE);
  folder_fini(&folder);
}

/* ---- not a file at all --------------------------------------------------------------------------------- */

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
  struct error error = { 0 };
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

/* ---- memory -------------------------------------------------------------------------------------------- */

/* Every block in turn is refused: the load ends with STATUS_MEMORY and gives all of them back, until there are enough.
 */
static void load_survives_the_loss_of_any_block(void **state)
{
  struct failing_allocator failing;
  enum status status = STATUS_MEMORY;
  (void)state;
  long blocks = 0;
  for (; status != STATUS_OK; blocks++) {
    struct folder folder;
    struct error error = { 0 };
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

int main(void)
{
  static const struct CMUnitTest tests[] = {
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
  return cmocka_run_group_tests_name("sources", tests, NULL, NULL);
}
