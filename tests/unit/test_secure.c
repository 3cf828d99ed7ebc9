/* test_secure.c: which files the host is willing to load, and what it learns of one that it does. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host_fixture.h"

#include <fcntl.h>

/* ---- files that are not loaded at all ------------------------------------------------------------------ */

static void world_writable_file_is_refused(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const char *path = arena_printf(&fixture->arena, "%s/plain.so", fixture->folder);
  copy_file(bad(fixture, "plain"), path, 0646);
  assert_int_equal(probe(fixture, path).verdict, VERDICT_WRITABLE);
  fixture_close(fixture);
}

static void file_in_world_writable_folder_is_refused(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const char *path = arena_printf(&fixture->arena, "%s/plain.so", fixture->folder);
  copy_file(bad(fixture, "plain"), path, 0644);
  assert_int_equal(chmod(fixture->folder, 0777), 0);
  assert_int_equal(probe(fixture, path).verdict, VERDICT_WRITABLE);
  assert_int_equal(chmod(fixture->folder, 01777), 0); /* the sticky bit keeps others from our file */
  assert_int_equal(probe(fixture, path).verdict, VERDICT_OK);
  fixture_close(fixture);
}

static void group_writable_file_is_refused_unless_the_group_is_private(void **state)
{
  (void)state;
  if (geteuid() != 0) {
    skip(); /* only root can give a file away */
  }
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const char *path = arena_printf(&fixture->arena, "%s/plain.so", fixture->folder);
  copy_file(bad(fixture, "plain"), path, 0664);
  assert_int_equal(probe(fixture, path).verdict, VERDICT_OK); /* root:root */
  assert_int_equal(chown(path, 0, 100), 0);
  assert_int_equal(probe(fixture, path).verdict, VERDICT_WRITABLE);
  fixture_close(fixture);
}

static void file_of_another_user_is_refused(void **state)
{
  (void)state;
  if (geteuid() != 0) {
    skip();
  }
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const char *path = arena_printf(&fixture->arena, "%s/plain.so", fixture->folder);
  copy_file(bad(fixture, "plain"), path, 0644);
  assert_int_equal(chown(path, 12345, 12345), 0);
  assert_int_equal(probe(fixture, path).verdict, VERDICT_OWNER);
  fixture_close(fixture);
}

static void symbolic_link_is_refused(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const char *path = arena_printf(&fixture->arena, "%s/plain.so", fixture->folder);
  assert_int_equal(symlink(bad(fixture, "plain"), path), 0);
  assert_int_equal(probe(fixture, path).verdict, VERDICT_SYMLINK);
  fixture_close(fixture);
}

static void fifo_and_folder_are_refused_at_once(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const char *path = arena_printf(&fixture->arena, "%s/fifo.so", fixture->folder);
  assert_int_equal(mkfifo(path, 0600), 0);
  assert_int_equal(probe(fixture, path).verdict, VERDICT_NOT_REGULAR);
  assert_int_equal(probe(fixture, fixture->folder).verdict, VERDICT_NOT_REGULAR);
  fixture_close(fixture);
}

static void text_empty_and_truncated_files_are_no_plugins(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const char *path = arena_printf(&fixture->arena, "%s/plain.so", fixture->folder);
  copy_file("/dev/null", path, 0644);
  assert_int_equal(probe(fixture, path).verdict, VERDICT_NOT_ELF);
  copy_file("/etc/passwd", path, 0644);
  assert_int_equal(probe(fixture, path).verdict, VERDICT_NOT_ELF);
  copy_file(bad(fixture, "plain"), path, 0644);
  assert_int_equal(truncate(path, 3000), 0);
  assert_int_equal(probe(fixture, path).verdict, VERDICT_NOT_ELF);
  fixture_close(fixture);
}

static void missing_file_is_not_found(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  assert_int_equal(probe(fixture, bad(fixture, "no_such")).verdict, VERDICT_NOT_FOUND);
  fixture_close(fixture);
}

static void a_probed_file_may_change_afterwards(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const char *path = arena_printf(&fixture->arena, "%s/plain.so", fixture->folder);
  copy_file(bad(fixture, "plain"), path, 0644);
  const struct probe_report before = probe(fixture, path);
  assert_int_equal(before.verdict, VERDICT_OK);
  assert_int_equal(truncate(path, 0), 0);
  char digest[DIGEST_HEX];
  char bytes[4];
  assert_int_equal(pread(before.plugin->fd, bytes, sizeof bytes, 0), 4); /* the copy stands */
  assert_memory_equal(bytes, "\177ELF", 4);
  assert_int_equal(pwrite(before.plugin->fd, bytes, sizeof bytes, 0), -1); /* and is sealed */
  assert_int_equal(strlen(before.plugin->digest), sizeof digest - 1);
  fixture_close(fixture);
}

/* ---- what the host knows of a plugin ------------------------------------------------------------------- */

static void description_arrives_whole(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const struct plugin *plugin = probe(fixture, bad(fixture, "plain")).plugin;
  assert_string_equal(plugin->id, "org.headroom.test.plain");
  assert_string_equal(plugin->name, "plain");
  assert_string_equal(plugin->title, "Plain");
  assert_string_equal(plugin->version, "1.0.0");
  assert_string_equal(plugin->author, "");
  assert_int_equal(plugin->n_params, 2);
  assert_int_equal(plugin->n_slots, 2);
  assert_string_equal(plugin->param[0].id, "extra");
  assert_string_equal(plugin->param[0].source, "made up");
  assert_true(plugin->param[0].preset == 0.01 && plugin->param[0].min == -0.1 && plugin->param[0].max == 0.25);
  assert_int_equal(plugin->param[0].unit, HR_POINTS);
  assert_int_equal(plugin->param[0].flags, HR_PER_YEAR | HR_SEVERITY);
  assert_null(plugin->param[0].choices);
  assert_string_equal(plugin->slot[0].address, "driver:class=pay.value");
  assert_int_equal(plugin->slot[1].flags, HR_OPTIONAL);
  assert_false(plugin->has_policy);
  fixture_close(fixture);
}

static void elements_of_a_newer_header_are_stepped_over_by_their_own_size(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const struct plugin *plugin = probe(fixture, bad(fixture, "new_minor")).plugin;
  assert_string_equal(plugin->param[1].id, "offset");
  assert_string_equal(plugin->slot[1].address, "plan:net_budget");
  fixture_close(fixture);
}

static void policy_is_known_as_one(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const struct plugin *plugin = probe(fixture, bad(fixture, "policy")).plugin;
  assert_true(plugin->has_policy);
  assert_true(plugin->has_explain);
  fixture_close(fixture);
}

int main(int argc, char **argv)
{
  if (is_probe(argc, argv)) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(world_writable_file_is_refused),
    cmocka_unit_test(file_in_world_writable_folder_is_refused),
    cmocka_unit_test(group_writable_file_is_refused_unless_the_group_is_private),
    cmocka_unit_test(file_of_another_user_is_refused),
    cmocka_unit_test(symbolic_link_is_refused),
    cmocka_unit_test(fifo_and_folder_are_refused_at_once),
    cmocka_unit_test(text_empty_and_truncated_files_are_no_plugins),
    cmocka_unit_test(missing_file_is_not_found),
    cmocka_unit_test(a_probed_file_may_change_afterwards),
    cmocka_unit_test(description_arrives_whole),
    cmocka_unit_test(elements_of_a_newer_header_are_stepped_over_by_their_own_size),
    cmocka_unit_test(policy_is_known_as_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
