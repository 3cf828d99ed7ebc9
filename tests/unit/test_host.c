/* test_host.c: every way in which a plugin can fail gets its own verdict, by name, and this program lives on. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host_fixture.h"

#ifdef HEADROOM_SANITIZED
static const double short_deadline = 3.0; /* a sanitizer's start alone takes a while */
#else
static const double short_deadline = 1.0;
#endif

/* Only those that are meant to miss it wait for a short one: a busy machine makes anything late. */
static double deadline_for(enum verdict verdict)
{
  return verdict == VERDICT_TIMEOUT ? short_deadline : 60.0;
}

/* ---- what a probe alone can tell ----------------------------------------------------------------------- */

struct expected_probe {
  const char *name;
  enum verdict verdict;
  const char *says; /* part of the detail */
};

static void probe_gives_verdict(void **state)
{
  const struct expected_probe *expected = *state;
  struct fixture *fixture = fixture_open(NULL, NULL, true, deadline_for(expected->verdict));
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

/* ---- what only the conformance check can tell ---------------------------------------------------------- */

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
  struct fixture *fixture = fixture_open(NULL, NULL, true, deadline_for(expected->verdict));
  const struct check_options options = { .only = NULL };
  struct check_result result;
  assert_int_equal(plugin_check(fixture->registry, bad(fixture, expected->name), &options, &fixture->arena, &result,
                                &fixture->error),
                   STATUS_OK);
  const struct check_line *problem = first_problem(result.line, result.count);
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
  { "past_end", "runs", CHECK_FAILED, VERDICT_BOUNDS,
    "past the end of the row of changes of slot 'award', series 1, year 2" },
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

/* cmocka passes a state that is not const; the tests only read it. */
static void *state_of(const void *expected)
{
  void *state;
  memcpy(&state, &expected, sizeof state);
  return state;
}

enum { N_PROBES = COUNT_OF(expected_probes), N_CHECKS = COUNT_OF(expected_checks) };

int main(int argc, char **argv)
{
  if (is_probe(argc, argv)) {
    return probe_main(argc, argv);
  }
  static struct CMUnitTest tests[N_PROBES + N_CHECKS];
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
  return _cmocka_run_group_tests("host", tests, COUNT_OF(tests), NULL, NULL);
}
