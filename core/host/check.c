/* check.c: the conformance check of a plugin's file: every test on every plugin in it, each in a child of its own; for
 * `headroom plugin check` and for the tests of shipped plugins. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/check.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

static const char description_name[] = "description", symbols_name[] = "symbols";

/* Shared with the children, one after another. */
struct common {
  struct watch watch;
  struct note note;
};

/* One look at one file. */
struct check {
  const struct check_options *options;
  const regex_t *only; /* NULL: every test */
  struct common *common;
  struct arena *arena;
  double deadline_s;
  uint64_t seed;
  struct check_line *line;
  int count, total; /* so far, and in the end */
};

/* ---- one test ------------------------------------------------------------------------------------------ */

/* What a child needs and what it leaves; the notes are shared with it. */
struct trial {
  const struct plugin *plugin;
  const struct test *test; /* NULL: the file's symbols */
  uint64_t seed;
  struct note *note;
};

static void perform(void *ctx, struct watch *watch)
{
  const struct trial *trial = ctx;
  if (trial->test == NULL) {
    trial->note->verdict = object_exports_only_entry(trial->plugin->fd, &trial->note->detail);
    trial->note->is_warning = trial->note->verdict != VERDICT_OK;
    return;
  }
  struct scene scene;
  enum verdict verdict = scene_open(&scene, trial->plugin, &trial->test->options, watch, trial->note);
  scene.seed = trial->seed;
  if (verdict == VERDICT_OK) {
    verdict = trial->test->body(&scene);
  }
  if (verdict == VERDICT_OK) {
    verdict = scene_close(&scene);
  }
  guarded_close(&scene);
  trial->note->verdict = verdict;
}

static enum check_status status_of(enum verdict verdict)
{
  switch (verdict) {
  case VERDICT_OK:
    return CHECK_OK;
  case VERDICT_CRASHED:
  case VERDICT_EXITED:
    return CHECK_CRASHED;
  case VERDICT_TIMEOUT:
    return CHECK_TIMEOUT;
  default:
    return CHECK_FAILED;
  }
}

/* A child that noted what went wrong before it ended has said more than its end does. */
static void conclude(struct check_line *line, const struct note *note, const struct watch *watch, enum verdict ended,
                     int signal, struct arena *arena)
{
  if (ended == VERDICT_OK || note->verdict != VERDICT_OK) {
    line->verdict = note->is_skipped ? VERDICT_OK : note->verdict;
    line->status = note->is_skipped ? CHECK_SKIPPED : note->is_warning ? CHECK_WARNING : status_of(note->verdict);
    line->detail = arena_strdup(arena, note->detail.text);
    return;
  }
  line->verdict = ended;
  line->status = status_of(ended);
  const char *call = watch_call_name(watch->call);
  line->detail = signal != 0 && ended == VERDICT_CRASHED ? arena_printf(arena, "%s (%s)", call, strsignal(signal))
                                                         : arena_strdup(arena, call);
}

static void try_one(struct check *check, const struct plugin *plugin, const struct test *test, struct check_line *line)
{
  struct common *common = check->common;
  const bool in_process = check->options->in_process;
  *common =
      (struct common){ .watch = { .scenario = -1, .use = -1, .year = -1 }, .note = { .is_in_process = in_process } };
  struct trial trial = { plugin, test, check->seed, &common->note };
  int signal = 0;
  enum verdict ended = VERDICT_OK;
  if (in_process) {
    perform(&trial, &common->watch);
  } else {
    ended = worker_run(perform, &trial, &common->watch, check->deadline_s, &signal);
  }
  conclude(line, &common->note, &common->watch, ended, signal, check->arena);
  if (line->status != CHECK_SKIPPED && test != NULL && test->body == drawn_parameters) {
    const char *colon = line->detail[0] != '\0' ? ": " : "";
    line->detail = arena_printf(check->arena, "seed %llu%s%s", (unsigned long long)check->seed, colon, line->detail);
  }
}

/* ---- which tests --------------------------------------------------------------------------------------- */

static bool is_wanted(const struct check *check, const char *name)
{
  return check->only == NULL || regexec(check->only, name, 0, NULL, 0) == 0;
}

/* Of one plugin, beside its description. */
static int wanted_tests(const struct check *check)
{
  int n = is_wanted(check, symbols_name) ? 1 : 0;
  for (size_t i = 0; i < n_tests; i++) {
    n += is_wanted(check, tests[i].name) ? 1 : 0;
  }
  return n;
}

static void tell(const struct check *check, const char *test)
{
  if (check->options->progress != NULL) {
    check->options->progress(check->options->ctx, test, check->count, check->total);
  }
}

static struct check_line *next_line(struct check *check, const char *plugin, const char *test, const char *meaning)
{
  struct check_line *line = &check->line[check->count++];
  *line = (struct check_line){ .plugin = plugin, .test = test, .meaning = meaning, .detail = "" };
  return line;
}

static void skip_rest(struct check_line *line, const char *why)
{
  line->status = CHECK_SKIPPED;
  line->verdict = VERDICT_OK;
  line->detail = why;
}

/* Where a plugin does not get through one plain call, the other tests would only say so again, each after its deadline.
 */
static void check_one(struct check *check, const struct plugin *plugin)
{
  bool is_over = false;
  if (is_wanted(check, symbols_name)) {
    tell(check, symbols_name);
    try_one(check, plugin, NULL,
            next_line(check, plugin->name, symbols_name, "its file exports headroom_plugin_v1 and nothing else"));
  }
  for (size_t i = 0; i < n_tests; i++) {
    if (!is_wanted(check, tests[i].name)) {
      continue;
    }
    tell(check, tests[i].name);
    struct check_line *line = next_line(check, plugin->name, tests[i].name, tests[i].meaning);
    if (is_over) {
      skip_rest(line, "not tried: see runs");
      continue;
    }
    try_one(check, plugin, &tests[i], line);
    is_over = i == 0 && line->status != CHECK_OK && line->verdict != VERDICT_NOT_FINITE;
  }
}

/* ---- one file ------------------------------------------------------------------------------------------ */

/* The same bytes are tried with the same parameters, and a new build with others. */
static uint64_t seed_of(const char digest[DIGEST_HEX])
{
  char first[9] = "";
  memcpy(first, digest, sizeof first - 1);
  return strtoul(first, NULL, 16);
}

const char *check_test_name(size_t i)
{
  return i == 0 ? description_name : i == 1 ? symbols_name : i - 2 < n_tests ? tests[i - 2].name : NULL;
}

static enum status out_of_memory(struct error *error)
{
  return error_set(error, STATUS_MEMORY, "no memory to check a plugin");
}

static enum status nothing_matches(const struct check *check, struct error *error)
{
  const char *names = check_test_name(0);
  for (size_t i = 1; check_test_name(i) != NULL; i++) {
    names = arena_printf(check->arena, "%s, %s", names, check_test_name(i));
  }
  return error_set(error, STATUS_USAGE, "no test matches '%s'; there are %s", check->options->only, names);
}

/* The description is looked at in any case; it is told when it was asked for, and when nothing else can be. */
static enum status check_file(struct check *check, struct registry *registry, const char *path, struct error *error)
{
  struct probe_report report;
  tell(check, description_name);
  const enum status status = registry_probe_file(registry, path, &report, error);
  if (status != STATUS_OK) {
    return status;
  }
  const int n_plugins = report.verdict == VERDICT_OK ? report.n_plugins : 0;
  check->total = 1 + n_plugins * wanted_tests(check);
  check->line = arena_array(check->arena, (size_t)check->total, sizeof *check->line);
  if (check->line == NULL) {
    return out_of_memory(error);
  }
  if (is_wanted(check, description_name) || report.verdict != VERDICT_OK) {
    struct check_line *line = next_line(check, n_plugins == 1 ? report.plugin[0].name : report.path, description_name,
                                        "its file is safe to load and what it says of itself makes sense");
    line->status = status_of(report.verdict);
    line->verdict = report.verdict;
    line->detail = report.detail;
  }
  check->seed = check->options->has_seed ? check->options->seed : n_plugins > 0 ? seed_of(report.plugin[0].digest) : 0;
  for (int i = 0; i < n_plugins; i++) {
    check_one(check, &report.plugin[i]);
  }
  return check->arena->failed ? out_of_memory(error) : STATUS_OK;
}

enum status plugin_check(struct registry *registry, const char *path, const struct check_options *options,
                         struct arena *arena, struct check_result *out, struct error *error)
{
  struct check check = { .options = options, .arena = arena, .deadline_s = registry_deadline(registry) };
  regex_t only;
  const int wrong = options->only != NULL ? regcomp(&only, options->only, REG_EXTENDED | REG_NOSUB) : 0;
  if (wrong != 0) {
    char why[128];
    regerror(wrong, &only, why, sizeof why);
    return error_set(error, STATUS_USAGE, "'%s' is not a regular expression: %s", options->only, why);
  }
  enum status status = STATUS_OK;
  check.only = options->only != NULL ? &only : NULL;
  check.common = shared_alloc(sizeof *check.common);
  check.total = 1 + wanted_tests(&check);
  if (check.common == NULL) {
    status = out_of_memory(error);
  } else if (check.total == 1 && !is_wanted(&check, description_name)) {
    status = nothing_matches(&check, error);
  } else {
    status = check_file(&check, registry, path, error);
  }
  *out = (struct check_result){ check.line, check.count, check.seed };
  shared_free(check.common, sizeof *check.common);
  if (check.only != NULL) {
    regfree(&only);
  }
  return status;
}
