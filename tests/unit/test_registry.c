/* test_registry.c: which file a name means, what is listed, and what a file that was refused costs the next time. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host_fixture.h"

#include <fcntl.h>

/* ---- names --------------------------------------------------------------------------------------------- */

static void name_means_the_file_of_that_name(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, BAD_PLUGINS, false, 0);
  const struct plugin *plugin = registry_find(fixture->registry, "plain", &fixture->error);
  assert_non_null(plugin);
  assert_string_equal(plugin->path, BAD_PLUGINS "/plain.so");
  assert_ptr_equal(registry_find(fixture->registry, "plain", &fixture->error), plugin);
  fixture_close(fixture);
}

static void name_is_found_in_a_file_of_another_name(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  copy_file(bad(fixture, "two"), arena_printf(&fixture->arena, "%s/anything.so", fixture->folder), 0644);
  struct fixture *other = fixture_open(NULL, fixture->folder, false, 0);
  const struct plugin *plugin = registry_find(other->registry, "second_of_two", &other->error);
  assert_non_null(plugin);
  assert_int_equal(plugin->index, 1);
  assert_non_null(registry_find(other->registry, "org.headroom.test.first-of-two", &other->error));
  fixture_close(other);
  fixture_close(fixture);
}

static void refused_file_of_that_name_is_an_error_and_not_passed_over(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  copy_file(bad(fixture, "crash_in_constructor"), arena_printf(&fixture->arena, "%s/plain.so", fixture->folder), 0644);
  const char *path = arena_printf(&fixture->arena, "%s:" BAD_PLUGINS, fixture->folder);
  struct fixture *other = fixture_open(NULL, path, false, 0);
  assert_null(registry_find(other->registry, "plain", &other->error));
  assert_int_equal(other->error.code, STATUS_PLUGIN);
  assert_non_null(strstr(other->error.text, "it crashed: while loading"));
  assert_non_null(strstr(other->error.text, fixture->folder));
  fixture_close(other);
  fixture_close(fixture);
}

static void unknown_name_gets_the_nearest(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  copy_file(bad(fixture, "plain"), arena_printf(&fixture->arena, "%s/plain.so", fixture->folder), 0644);
  struct fixture *other = fixture_open(NULL, fixture->folder, false, 0);
  assert_null(registry_find(other->registry, "plane", &other->error));
  assert_string_equal(other->error.text, "no plugin is called 'plane'; did you mean 'plain'?");
  fixture_close(other);
  fixture_close(fixture);
}

static void name_cannot_lead_out_of_the_folder(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  char inside[128];
  snprintf(inside, sizeof inside, "%s/inside", fixture->folder);
  assert_int_equal(mkdir(inside, 0700), 0);
  copy_file(bad(fixture, "plain"), arena_printf(&fixture->arena, "%s/plain.so", fixture->folder), 0644);
  struct fixture *other = fixture_open(NULL, inside, false, 0);
  assert_null(registry_find(other->registry, "../plain", &other->error));
  fixture_close(other);
  fixture_close(fixture);
}

static void shift_is_built_in(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const struct plugin *plugin = registry_find(fixture->registry, "shift", &fixture->error);
  assert_non_null(plugin);
  assert_int_equal(plugin->fd, -1);
  fixture_close(fixture);
}

static void later_file_with_the_same_name_is_shadowed(void **state)
{
  (void)state;
  struct fixture *first = fixture_open(NULL, NULL, true, 0), *second = fixture_open(NULL, NULL, true, 0);
  copy_file(bad(first, "plain"), arena_printf(&first->arena, "%s/plain.so", first->folder), 0644);
  copy_file(bad(second, "plain"), arena_printf(&second->arena, "%s/plain.so", second->folder), 0644);
  struct fixture *both =
      fixture_open(NULL, arena_printf(&first->arena, "%s:%s", first->folder, second->folder), false, 0);
  const struct probe_report *reports = NULL;
  int count = 0;
  assert_int_equal(registry_list(both->registry, &reports, &count, &both->error), STATUS_OK);
  assert_true(count >= 3);
  assert_string_equal(reports[0].plugin->name, "shift");
  assert_null(reports[1].shadowed_by);
  assert_string_equal(reports[2].shadowed_by, reports[1].path);
  fixture_close(both);
  fixture_close(second);
  fixture_close(first);
}

static void list_holds_bad_and_good_alike_in_order_of_name(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const char *const names[] = { "crash_in_constructor", "no_entry", "plain", "policy" };
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    copy_file(bad(fixture, names[i]), arena_printf(&fixture->arena, "%s/%s.so", fixture->folder, names[i]), 0644);
  }
  struct fixture *other = fixture_open(NULL, fixture->folder, false, 0);
  const struct probe_report *reports = NULL;
  int count = 0;
  assert_int_equal(registry_list(other->registry, &reports, &count, &other->error), STATUS_OK);
  assert_true(count >= 5);
  const enum verdict verdicts[] = { VERDICT_CRASHED, VERDICT_NO_ENTRY, VERDICT_OK, VERDICT_OK };
  for (size_t i = 0; i < COUNT_OF(names); i++) {
    assert_non_null(strstr(reports[1 + i].path, names[i]));
    assert_int_equal(reports[1 + i].verdict, verdicts[i]);
  }
  fixture_close(other);
  fixture_close(fixture);
}

static void named_folder_that_is_missing_or_unsafe_is_an_error(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, "no/such/folder", false, 0);
  assert_null(fixture->registry);
  assert_int_equal(fixture->error.code, STATUS_FILE);
  assert_int_equal(chmod(fixture->folder, 0777), 0);
  struct fixture *other = fixture_open(NULL, fixture->folder, false, 0);
  assert_null(other->registry);
  assert_int_equal(other->error.code, STATUS_PLUGIN);
  fixture_close(other);
  fixture_close(fixture);
}

static void safe_looks_at_shipped_plugins_only(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, BAD_PLUGINS, true, 0);
  assert_null(registry_find(fixture->registry, "plain", &fixture->error));
  assert_int_equal(setenv("HEADROOM_PLUGIN_PATH", BAD_PLUGINS, 1), 0);
  struct fixture *safe = fixture_open(NULL, NULL, true, 0), *open = fixture_open(NULL, NULL, false, 0);
  assert_null(registry_find(safe->registry, "plain", &safe->error));
  assert_non_null(registry_find(open->registry, "plain", &open->error));
  unsetenv("HEADROOM_PLUGIN_PATH");
  fixture_close(open);
  fixture_close(safe);
  fixture_close(fixture);
}

/* ---- refusals that are remembered ---------------------------------------------------------------------- */

/* A line as refusals.c writes it, about a file that is quite all right: only memory can refuse it. */
static void remember_refusal(const char *cache, const char *path, const char *digest)
{
  struct stat about;
  assert_int_equal(stat(path, &about), 0);
  char name[256];
  snprintf(name, sizeof name, "%s/headroom", cache);
  assert_int_equal(mkdir(name, 0700), 0);
  snprintf(name, sizeof name, "%s/headroom/refused-1", cache);
  FILE *file = fopen(name, "w");
  assert_non_null(file);
  fprintf(file, "%jx %jx %jd.%09ld %jd %s crashed as remembered\n", (uintmax_t)about.st_dev, (uintmax_t)about.st_ino,
          (intmax_t)about.st_mtim.tv_sec, about.st_mtim.tv_nsec, (intmax_t)about.st_size, digest);
  fclose(file);
  assert_int_equal(chmod(name, 0600), 0);
}

static struct fixture *fixture_with_remembered_refusal(void)
{
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  const char *path = arena_printf(&fixture->arena, "%s/plain.so", fixture->folder);
  copy_file(bad(fixture, "plain"), path, 0644);
  remember_refusal(fixture->folder, path, probe(fixture, path).plugin->digest);
  return fixture;
}

/* Whether the file of that fixture is refused by a registry that is new. */
static bool is_refused(struct fixture *fixture)
{
  struct arena arena;
  struct registry *registry = NULL;
  const struct registry_options options = { .plugin_path = fixture->folder };
  arena_init(&arena, NULL);
  assert_int_equal(registry_open(&arena, &options, &registry, &fixture->error), STATUS_OK);
  const bool refused = registry_find(registry, "plain", &fixture->error) == NULL;
  registry_close(registry);
  arena_fini(&arena);
  return refused;
}

static void remembered_refusal_stands_without_another_try(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_with_remembered_refusal();
  assert_true(is_refused(fixture));
  assert_non_null(strstr(fixture->error.text, "it crashed: as remembered"));
  fixture_close(fixture);
}

static void remembered_refusal_ends_when_the_file_changes(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_with_remembered_refusal();
  const struct timespec times[] = { { .tv_sec = 1, .tv_nsec = 0 }, { .tv_sec = 1, .tv_nsec = 0 } };
  assert_int_equal(utimensat(AT_FDCWD, arena_printf(&fixture->arena, "%s/plain.so", fixture->folder), times, 0), 0);
  assert_false(is_refused(fixture));
  fixture_close(fixture);
}

static void a_check_that_passes_ends_a_remembered_refusal(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_with_remembered_refusal();
  assert_int_equal(probe(fixture, arena_printf(&fixture->arena, "%s/plain.so", fixture->folder)).verdict, VERDICT_OK);
  assert_false(is_refused(fixture));
  fixture_close(fixture);
}

static void memory_that_others_may_write_to_is_not_believed(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_with_remembered_refusal();
  assert_int_equal(chmod(arena_printf(&fixture->arena, "%s/headroom/refused-1", fixture->folder), 0666), 0);
  assert_false(is_refused(fixture));
  fixture_close(fixture);
}

static void crash_is_remembered(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  copy_file(bad(fixture, "crash_in_constructor"), arena_printf(&fixture->arena, "%s/plain.so", fixture->folder), 0644);
  assert_true(is_refused(fixture));
  char text[512] = "";
  FILE *file = fopen(arena_printf(&fixture->arena, "%s/headroom/refused-1", fixture->folder), "r");
  assert_non_null(file);
  assert_non_null(fgets(text, sizeof text, file));
  fclose(file);
  assert_non_null(strstr(text, " crashed while loading"));
  assert_true(is_refused(fixture));
  fixture_close(fixture);
}

/* ---- memory that runs out ------------------------------------------------------------------------------ */

struct failing {
  int left;
};

static void *failing_take(void *ctx, size_t size)
{
  struct failing *failing = ctx;
  return failing->left-- > 0 ? malloc(size) : NULL;
}

static void failing_give(void *ctx, void *block, size_t size)
{
  (void)ctx, (void)size;
  free(block);
}

/* An arena of so many blocks, with `filler` bytes taken first, so that memory runs out at ever other places. */
static enum status list_with_memory_for(int blocks, size_t filler, struct error *error)
{
  struct failing failing = { blocks };
  const struct allocator allocator = { failing_take, failing_give, &failing };
  struct arena arena;
  arena_init(&arena, &allocator);
  struct registry *registry = NULL;
  const struct registry_options options = { .plugin_path = "host_memory_test" };
  const struct probe_report *reports = NULL;
  int count = 0;
  enum status status =
      arena_alloc(&arena, filler) != NULL ? registry_open(&arena, &options, &registry, error) : STATUS_MEMORY;
  if (status == STATUS_OK) {
    status = registry_list(registry, &reports, &count, error);
    registry_close(registry);
  }
  arena_fini(&arena);
  return status;
}

static void memory_that_runs_out_is_an_orderly_failure(void **state)
{
  (void)state;
  assert_int_equal(
      system("rm -rf host_memory_test && mkdir host_memory_test && cp " BAD_PLUGINS "/[pt]*.so host_memory_test"), 0);
  struct error error = { .text = "" };
  int failed = 0;
  for (int blocks = 0; blocks <= 1; blocks++) {
    for (size_t filler = 24000; filler < 65500; filler += 500) {
      const enum status status = list_with_memory_for(blocks, filler, &error);
      assert_true(status == STATUS_OK || status == STATUS_MEMORY);
      failed += status == STATUS_MEMORY ? 1 : 0;
    }
  }
  assert_true(failed > 83); /* more than those that had no block at all */
  assert_int_equal(list_with_memory_for(100, 1, &error), STATUS_OK);
  assert_int_equal(system("rm -rf host_memory_test"), 0);
}

int main(int argc, char **argv)
{
  if (is_probe(argc, argv)) {
    return probe_main(argc, argv);
  }
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(name_means_the_file_of_that_name),
    cmocka_unit_test(name_is_found_in_a_file_of_another_name),
    cmocka_unit_test(refused_file_of_that_name_is_an_error_and_not_passed_over),
    cmocka_unit_test(unknown_name_gets_the_nearest),
    cmocka_unit_test(name_cannot_lead_out_of_the_folder),
    cmocka_unit_test(shift_is_built_in),
    cmocka_unit_test(later_file_with_the_same_name_is_shadowed),
    cmocka_unit_test(list_holds_bad_and_good_alike_in_order_of_name),
    cmocka_unit_test(named_folder_that_is_missing_or_unsafe_is_an_error),
    cmocka_unit_test(safe_looks_at_shipped_plugins_only),
    cmocka_unit_test(remembered_refusal_stands_without_another_try),
    cmocka_unit_test(remembered_refusal_ends_when_the_file_changes),
    cmocka_unit_test(a_check_that_passes_ends_a_remembered_refusal),
    cmocka_unit_test(memory_that_others_may_write_to_is_not_believed),
    cmocka_unit_test(crash_is_remembered),
    cmocka_unit_test(memory_that_runs_out_is_an_orderly_failure),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
