/* test_host.c: every way in which a plugin can fail gets its own verdict, by name, and this program lives on. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/host.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#ifdef HEADROOM_SANITIZED
static const double short_deadline = 2.0; /* a sanitizer's start alone takes a while */
#else
static const double short_deadline = 0.5;
#endif

/* ---- a registry of its own for every test ---------------------------------------------------------------------- */

struct fixture {
  struct arena arena;
  struct registry *registry;
  struct error error;
  char folder[64]; /* a fresh one of ours */
};

static struct fixture *fixture_open(const struct allocator *from, const char *plugin_path, bool safe, double deadline_s)
{
  struct fixture *fixture = calloc(1, sizeof *fixture);
  assert_non_null(fixture);
  arena_init(&fixture->arena, from);
  strcpy(fixture->folder, "host_test_XXXXXX");
  assert_non_null(mkdtemp(fixture->folder));
  const struct registry_options options = {.plugin_path = plugin_path, .safe = safe, .deadline_s = deadline_s};
  const enum status status = registry_open(&fixture->arena, &options, &fixture->registry, &fixture->error);
  if (status != STATUS_OK) {
    fixture->registry = NULL;
  }
  return fixture;
}

static void fixture_close(struct fixture *fixture)
{
  registry_close(fixture->registry);
  arena_fini(&fixture->arena);
  char command[128];
  snprintf(command, sizeof command, "rm -rf %s", fixture->folder);
  assert_int_equal(system(command), 0);
  free(fixture);
}

static const char *bad(struct fixture *fixture, const char *name)
{
  return arena_printf(&fixture->arena, BAD_PLUGINS "/%s.so", name);
}

static struct probe_report probe(struct fixture *fixture, const char *path)
{
  struct probe_report report;
  assert_int_equal(registry_probe_file(fixture->registry, path, &report, &fixture->error), STATUS_OK);
  return report;
}

static void copy_file(const char *from, const char *to, mode_t mode)
{
  char command[1024];
  snprintf(command, sizeof command, "cp %s %s", from, to);
  assert_int_equal(system(command), 0);
  assert_int_equal(chmod(to, mode), 0);
}

/* ---- what a probe alone can tell --------------------------------------------------------------------------------- */

struct expected_probe {
  const char *name;
  enum verdict verdict;
  const char *says; /* part of the detail */
};

static void probe_gives_verdict(void **state)
{
  const struct expected_probe *expected = *state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, short_deadline);
  const struct probe_report report = probe(fixture, bad(fixture, expected->name));
  assert_string_equal(verdict_word(report.verdict), verdict_word(expected->verdict));
  assert_non_null(strstr(report.detail, expected->says));
  /* The next plugin is none the worse for it. */
  assert_int_equal(probe(fixture, bad(fixture, "plain")).verdict, VERDICT_OK);
  fixture_close(fixture);
}

static const struct expected_probe expected_probes[] = {
  { "plain", VERDICT_OK, "" },
  { "old_minor", VERDICT_OK, "" },
  { "new_minor", VERDICT_OK, "" },
  { "two", VERDICT_OK, "" },
  { "no_entry", VERDICT_NO_ENTRY, "" },
  { "wrong_major", VERDICT_NEWER, "headroom_plugin_v2" },
  { "unknown_kind", VERDICT_NEWER, "slot 'award'" },
  { "bad_range", VERDICT_DESCRIPTOR, "preset outside of its range" },
  { "nan_preset", VERDICT_DESCRIPTOR, "not finite" },
  { "bad_address", VERDICT_DESCRIPTOR, "line:*.colour" },
  { "result_without_policy", VERDICT_DESCRIPTOR, "policies" },
  { "same_ids", VERDICT_DESCRIPTOR, "the id of one before it" },
  { "escape_in_title", VERDICT_DESCRIPTOR, "plain UTF-8" },
  { "endless_title", VERDICT_DESCRIPTOR, "title is longer than" },
  { "called_shift", VERDICT_DESCRIPTOR, "'shift'" },
  { "absurd_count", VERDICT_DESCRIPTOR, "1000000000 parameters" },
  { "unresolved", VERDICT_UNRESOLVED, "nobody_provides_this" },
  { "crash_in_constructor", VERDICT_CRASHED, "while loading" },
  { "exit_in_constructor", VERDICT_EXITED, "while loading" },
  { "loop_in_constructor", VERDICT_TIMEOUT, "while loading" },
  { "hog_in_constructor", VERDICT_MEMORY, "while loading" },
  { "locale_in_constructor", VERDICT_LOCALE, "C.UTF-8" },
  { "fast_math", VERDICT_FLOATING_POINT, "loading" },
};

/* ---- what only the conformance check can tell ---------------------------------------------------------------------- */

struct expected_check {
  const char *name;
  const char *test; /* the first that does not pass; NULL: all pass or do not apply */
  enum check_status status;
  enum verdict verdict;
  const char *says;
};

static const struct check_line *first_problem(const struct check_line *lines, int count)
{
  for (int i = 0; i < count; i++) {
    if (lines[i].status != CHECK_OK && lines[i].status != CHECK_SKIPPED) {
      return &lines[i];
    }
  }
  return NULL;
}

static void check_gives_verdict(void **state)
{
  const struct expected_check *expected = *state;
  const bool waits = expected->verdict == VERDICT_TIMEOUT;
  struct fixture *fixture = fixture_open(NULL, NULL, true, waits ? short_deadline : 30.0);
  const struct check_line *lines = NULL;
  int count = 0;
  assert_int_equal(plugin_check(fixture->registry, bad(fixture, expected->name), &fixture->arena, &lines, &count, &fixture->error),
                   STATUS_OK);
  const struct check_line *problem = first_problem(lines, count);
  if (expected->test == NULL) {
    assert_null(problem);
  } else {
    assert_non_null(problem);
    assert_string_equal(problem->test, expected->test);
    assert_string_equal(verdict_word(problem->verdict), verdict_word(expected->verdict));
    assert_int_equal(problem->status, expected->status);
    if (strstr(problem->detail, expected->says) == NULL) {
      fail_msg("'%s' does not say '%s'", problem->detail, expected->says);
    }
  }
  fixture_close(fixture);
}

static const struct expected_check expected_checks[] = {
  { "plain", NULL, CHECK_OK, VERDICT_OK, "" },
  { "policy", NULL, CHECK_OK, VERDICT_OK, "" },
  { "two", NULL, CHECK_OK, VERDICT_OK, "" },
  { "old_minor", NULL, CHECK_OK, VERDICT_OK, "" },
  { "new_minor", NULL, CHECK_OK, VERDICT_OK, "" },
  { "skips", NULL, CHECK_OK, VERDICT_OK, "" },
  { "no_entry", "description", CHECK_FAILED, VERDICT_NO_ENTRY, "" },
  { "exports_more", "symbols", CHECK_WARNING, VERDICT_DESCRIPTOR, "helper" },
  { "crash_in_apply", "runs", CHECK_CRASHED, VERDICT_CRASHED, "in apply" },
  { "abort_in_apply", "runs", CHECK_CRASHED, VERDICT_CRASHED, "Aborted" },
  { "exit_in_apply", "runs", CHECK_CRASHED, VERDICT_EXITED, "in apply" },
  { "loop_in_apply", "runs", CHECK_TIMEOUT, VERDICT_TIMEOUT, "in apply" },
  { "hog_in_apply", "runs", CHECK_FAILED, VERDICT_MEMORY, "in apply" },
  { "fail_in_apply", "runs", CHECK_FAILED, VERDICT_FAILED, "code 5 in apply" },
  { "not_finite", "runs", CHECK_FAILED, VERDICT_NOT_FINITE, "slot 'award', series 0, year 1, lane 0" },
  { "infinite_at_max", "finite", CHECK_FAILED, VERDICT_NOT_FINITE, "extra at its max" },
  { "past_end", "runs", CHECK_FAILED, VERDICT_BOUNDS, "past the end of the row of changes of slot 'award', series 1, year 2" },
  { "before_start", "start-of-rows", CHECK_FAILED, VERDICT_BOUNDS,
    "before the start of the row of changes of slot 'award', series 1, year 2" },
  { "writes_input", "runs", CHECK_FAILED, VERDICT_BOUNDS, "to the read-only row of slot 'award', series 2, year 3" },
  { "writes_undeclared", "runs", CHECK_FAILED, VERDICT_BOUNDS, "to the read-only row of slot 'net', series 0, year 4" },
  { "writes_parameter", "runs", CHECK_FAILED, VERDICT_BOUNDS, "row of a parameter" },
  { "rewrites_past", "runs", CHECK_FAILED, VERDICT_BOUNDS, "slot 'held', series 0, year 0, in respond" },
  { "changes_at_neutral", "neutral", CHECK_FAILED, VERDICT_NEUTRAL, "slot 'award', series 2, year 4" },
  { "counts_calls", "same-answer", CHECK_FAILED, VERDICT_STATE, "the second time" },
  { "hidden_static", "no-hidden-state", CHECK_FAILED, VERDICT_STATE, "static variables" },
  { "lane_coupling", "lanes-independent", CHECK_FAILED, VERDICT_LANES, "as one of 11 lanes" },
  { "lane_number", "lanes-independent", CHECK_FAILED, VERDICT_LANES, "as one of 26 lanes" },
  { "shared_scratch", "two-threads", CHECK_FAILED, VERDICT_STATE, "two threads" },
  { "rounds_up", "floating-point", CHECK_FAILED, VERDICT_FLOATING_POINT, "in apply" },
  { "locale_in_create", "surroundings", CHECK_FAILED, VERDICT_LOCALE, "in create" },
  { "changes_folder", "surroundings", CHECK_FAILED, VERDICT_ENVIRONMENT, "the working folder, in create" },
  { "changes_umask", "surroundings", CHECK_FAILED, VERDICT_ENVIRONMENT, "the umask, in create" },
  { "takes_signal", "surroundings", CHECK_FAILED, VERDICT_ENVIRONMENT, "signal" },
  { "leaves_descriptor", "surroundings", CHECK_FAILED, VERDICT_ENVIRONMENT, "the open descriptors, in apply" },
  { "leaves_thread", "surroundings", CHECK_FAILED, VERDICT_ENVIRONMENT, "the number of threads, in activate" },
  { "gsl_handler", "surroundings", CHECK_FAILED, VERDICT_ENVIRONMENT, "GSL's error handler, in create" },
  { "needs_optional", "optional-slots", CHECK_CRASHED, VERDICT_CRASHED, "in apply" },
};

/* ---- files that are not loaded at all --------------------------------------------------------------------------------- */

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

/* ---- what the host knows of a plugin ---------------------------------------------------------------------------------- */

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

/* ---- names -------------------------------------------------------------------------------------------------------------- */

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
  struct fixture *both = fixture_open(NULL, arena_printf(&first->arena, "%s:%s", first->folder, second->folder), false, 0);
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

/* ---- memory that runs out ------------------------------------------------------------------------------------------------ */

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
  enum status status = arena_alloc(&arena, filler) != NULL ? registry_open(&arena, &options, &registry, error) : STATUS_MEMORY;
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
  assert_int_equal(system("rm -rf host_memory_test && mkdir host_memory_test && cp " BAD_PLUGINS "/[pt]*.so host_memory_test"), 0);
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

/* ---- workers ------------------------------------------------------------------------------------------------------------- */

static struct watch *watch_new(void)
{
  struct watch *watch = shared_alloc(sizeof *watch);
  assert_non_null(watch);
  return watch;
}

static void job_writes(void *ctx, struct watch *watch)
{
  watch->year = 3;
  *(int *)ctx = 7; /* a copy of the child's own */
}

static void worker_that_returns_is_ok_and_touches_only_what_is_shared(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  int own = 1, signal = -1;
  assert_int_equal(worker_run(job_writes, &own, watch, 0, &signal), VERDICT_OK);
  assert_int_equal(watch->year, 3);
  assert_int_equal(own, 1);
  assert_int_equal(signal, 0);
  shared_free(watch, sizeof *watch);
}

static void job_crashes(void *ctx, struct watch *watch)
{
  (void)ctx;
  watch->call = CALL_APPLY;
  raise(SIGSEGV);
}

static void worker_that_crashes_is_named_with_its_signal(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  int signal = 0;
  assert_int_equal(worker_run(job_crashes, NULL, watch, 0, &signal), VERDICT_CRASHED);
  assert_int_equal(signal, SIGSEGV);
  assert_string_equal(watch_call_name(watch->call), "in apply");
  shared_free(watch, sizeof *watch);
}

static void job_exits(void *ctx, struct watch *watch)
{
  (void)ctx, (void)watch;
  _exit(0);
}

static void worker_that_exits_with_0_has_not_succeeded(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  assert_int_equal(worker_run(job_exits, NULL, watch, 0, NULL), VERDICT_EXITED);
  shared_free(watch, sizeof *watch);
}

static void job_loops(void *ctx, struct watch *watch)
{
  (void)ctx, (void)watch;
  for (;;) {
    usleep(1000);
  }
}

static void worker_without_a_beat_is_ended_at_the_deadline(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  assert_int_equal(worker_run(job_loops, NULL, watch, 0.1, NULL), VERDICT_TIMEOUT);
  assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* nobody is left to be reaped */
  shared_free(watch, sizeof *watch);
}

static void job_beats(void *ctx, struct watch *watch)
{
  (void)ctx;
  for (int i = 0; i < 20; i++) {
    usleep(30000);
    __atomic_add_fetch(&watch->beat, 1, __ATOMIC_RELAXED);
  }
}

static void worker_with_a_beat_may_take_longer_than_the_deadline(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  assert_int_equal(worker_run(job_beats, NULL, watch, 0.3, NULL), VERDICT_OK);
  shared_free(watch, sizeof *watch);
}

static void job_leaves_a_child(void *ctx, struct watch *watch)
{
  (void)ctx;
  const pid_t pid = fork();
  if (pid == 0) {
    for (;;) {
      pause();
    }
  }
  watch->use = pid;
}

static void what_a_worker_started_ends_with_it(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  assert_int_equal(worker_run(job_leaves_a_child, NULL, watch, 0, NULL), VERDICT_OK);
  int is_gone = 0;
  for (int i = 0; i < 200 && !is_gone; i++) { /* its new parent reaps it, soon */
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/stat", watch->use);
    FILE *file = fopen(path, "r");
    char text[256] = "";
    is_gone = file == NULL || fgets(text, sizeof text, file) == NULL || strstr(text, ") Z ") != NULL;
    if (file != NULL) {
      fclose(file);
    }
    usleep(5000);
  }
  assert_true(is_gone);
  shared_free(watch, sizeof *watch);
}

static void job_prints(void *ctx, struct watch *watch)
{
  (void)ctx;
  watch->year = printf("not part of any result\n");
  fflush(stdout);
}

static void what_a_worker_prints_is_not_part_of_the_result(void **state)
{
  (void)state;
  struct watch *watch = watch_new();
  fflush(stdout);
  const int saved = dup(STDOUT_FILENO), file = open("host_test_output", O_RDWR | O_CREAT | O_TRUNC, 0600);
  dup2(file, STDOUT_FILENO);
  const enum verdict verdict = worker_run(job_prints, NULL, watch, 0, NULL);
  dup2(saved, STDOUT_FILENO);
  close(saved);
  const off_t size = lseek(file, 0, SEEK_END);
  close(file);
  unlink("host_test_output");
  assert_int_equal(verdict, VERDICT_OK);
  assert_int_equal(size, 0);
  shared_free(watch, sizeof *watch);
}

/* ---- loading ------------------------------------------------------------------------------------------------------------ */

struct loading {
  const struct plugin *plugin[2];
  uint32_t *answers;
};

static void job_loads_two(void *ctx, struct watch *watch)
{
  const struct loading *loading = ctx;
  struct loaded loaded[3];
  for (int i = 0; i < 2; i++) {
    if (plugin_load(loading->plugin[i], &loaded[i], &watch->error) != VERDICT_OK) {
      return;
    }
    loading->answers[i] = loaded[i].plugin->n_params;
  }
  if (plugin_load(loading->plugin[0], &loaded[2], &watch->error) == VERDICT_OK) {
    loading->answers[2] = loaded[2].plugin == loaded[0].plugin;
  }
}

static void two_plugins_loaded_by_descriptor_stay_two(void **state)
{
  (void)state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, 0);
  struct watch *watch = watch_new();
  struct loading loading = { .answers = shared_alloc(4 * sizeof(uint32_t)) };
  loading.plugin[0] = probe(fixture, bad(fixture, "plain")).plugin;
  loading.plugin[1] = probe(fixture, bad(fixture, "policy")).plugin;
  assert_int_equal(worker_run(job_loads_two, &loading, watch, 0, NULL), VERDICT_OK);
  assert_int_equal(loading.answers[0], 2);
  assert_int_equal(loading.answers[1], 1);
  assert_int_equal(loading.answers[2], 1); /* the second use of a plugin is the same object */
  shared_free(loading.answers, 4 * sizeof(uint32_t));
  shared_free(watch, sizeof *watch);
  fixture_close(fixture);
}

/* ---- all of them ----------------------------------------------------------------------------------------------------------- */

static const struct CMUnitTest single_tests[] = {
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
  cmocka_unit_test(memory_that_runs_out_is_an_orderly_failure),
  cmocka_unit_test(worker_that_returns_is_ok_and_touches_only_what_is_shared),
  cmocka_unit_test(worker_that_crashes_is_named_with_its_signal),
  cmocka_unit_test(worker_that_exits_with_0_has_not_succeeded),
  cmocka_unit_test(worker_without_a_beat_is_ended_at_the_deadline),
  cmocka_unit_test(worker_with_a_beat_may_take_longer_than_the_deadline),
  cmocka_unit_test(what_a_worker_started_ends_with_it),
  cmocka_unit_test(what_a_worker_prints_is_not_part_of_the_result),
  cmocka_unit_test(two_plugins_loaded_by_descriptor_stay_two),
};

/* cmocka passes a state that is not const; the tests only read it. */
static void *state_of(const void *expected)
{
  void *state;
  memcpy(&state, &expected, sizeof state);
  return state;
}

enum { N_PROBES = COUNT_OF(expected_probes), N_CHECKS = COUNT_OF(expected_checks), N_SINGLE = COUNT_OF(single_tests) };

int main(int argc, char **argv)
{
  if (argc > 1 && strcmp(argv[1], "__probe") == 0) {
    return probe_main(argc, argv);
  }
  static struct CMUnitTest tests[N_PROBES + N_CHECKS + N_SINGLE];
  static char names[N_PROBES + N_CHECKS][96];
  size_t n = 0;
  for (size_t i = 0; i < N_PROBES; i++, n++) {
    const struct expected_probe *expected = &expected_probes[i];
    snprintf(names[n], sizeof names[n], "probe_of_%s_says_%s", expected->name, verdict_word(expected->verdict));
    tests[n] = (struct CMUnitTest){ names[n], probe_gives_verdict, NULL, NULL, state_of(expected) };
  }
  for (size_t i = 0; i < N_CHECKS; i++, n++) {
    const struct expected_check *expected = &expected_checks[i];
    snprintf(names[n], sizeof names[n], "check_of_%s_says_%s", expected->name, verdict_word(expected->verdict));
    tests[n] = (struct CMUnitTest){ names[n], check_gives_verdict, NULL, NULL, state_of(expected) };
  }
  memcpy(&tests[n], single_tests, sizeof single_tests);
  return _cmocka_run_group_tests("host", tests, COUNT_OF(tests), NULL, NULL);
}
