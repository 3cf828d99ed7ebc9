/* check.c: the conformance check of a plugin's file: every test on every plugin in it, each in a child of its own; for
 * `headroom plugin check` and for the tests of shipped plugins. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/check.h"

#include <string.h>

/* What a child needs and what it leaves; the notes are shared with it. */
struct trial {
  const struct plugin *plugin;
  const struct test *test; /* NULL: the file's symbols */
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
  if (verdict == VERDICT_OK) {
    verdict = trial->test->body(&scene);
  }
  if (verdict == VERDICT_OK) {
    verdict = scene_close(&scene);
  }
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

/* Shared with the children, one after another. */
struct common {
  struct watch watch;
  struct note note;
};

static void try_one(const struct plugin *plugin, const struct test *test, struct common *common, double deadline_s,
                    struct arena *arena, struct check_line *line)
{
  *common = (struct common){ .watch = { .scenario = -1, .use = -1, .year = -1 } };
  struct trial trial = { plugin, test, &common->note };
  int signal = 0;
  const enum verdict ended = worker_run(perform, &trial, &common->watch, deadline_s, &signal);
  conclude(line, &common->note, &common->watch, ended, signal, arena);
}

static void skip_rest(struct check_line *line, const char *why)
{
  line->status = CHECK_SKIPPED;
  line->verdict = VERDICT_OK;
  line->detail = why;
}

/* Where a plugin does not get through one plain call, the other tests would only say so again, each after its deadline.
 */
static void check_one(const struct plugin *plugin, struct common *common, double deadline_s, struct arena *arena,
                      struct check_line *lines)
{
  lines[0] = (struct check_line){ .plugin = plugin->name,
                                  .test = "symbols",
                                  .meaning = "its file exports headroom_plugin_v1 and nothing else" };
  try_one(plugin, NULL, common, deadline_s, arena, &lines[0]);
  for (size_t i = 0; i < n_tests; i++) {
    struct check_line *line = &lines[1 + i];
    *line = (struct check_line){ .plugin = plugin->name, .test = tests[i].name, .meaning = tests[i].meaning };
    const bool is_over = i > 0 && lines[1].status != CHECK_OK && lines[1].verdict != VERDICT_NOT_FINITE;
    if (is_over) {
      skip_rest(line, "not tried: see runs");
    } else {
      try_one(plugin, &tests[i], common, deadline_s, arena, line);
    }
  }
}

enum status plugin_check(struct registry *registry, const char *path, struct arena *arena,
                         const struct check_line **out, int *count, struct error *error)
{
  struct probe_report report;
  const enum status status = registry_probe_file(registry, path, &report, error);
  if (status != STATUS_OK) {
    return status;
  }
  const size_t n_plugins = report.verdict == VERDICT_OK ? (size_t)report.n_plugins : 0;
  struct check_line *lines = arena_array(arena, 1 + n_plugins * (1 + n_tests), sizeof *lines);
  struct common *common = shared_alloc(sizeof *common);
  if (lines == NULL || common == NULL) {
    shared_free(common, sizeof *common);
    return error_set(error, STATUS_MEMORY, "no memory to check a plugin");
  }
  lines[0] = (struct check_line){ .plugin = n_plugins == 1 ? report.plugin[0].name : report.path,
                                  .test = "description",
                                  .meaning = "its file is safe to load and what it says of itself makes sense",
                                  .status = status_of(report.verdict),
                                  .verdict = report.verdict,
                                  .detail = report.detail };
  int n = 1;
  for (size_t i = 0; i < n_plugins; i++) {
    check_one(&report.plugin[i], common, registry_deadline(registry), arena, &lines[n]);
    n += 1 + (int)n_tests;
  }
  shared_free(common, sizeof *common);
  *out = lines;
  *count = n;
  return arena->failed ? error_set(error, STATUS_MEMORY, "no memory to check a plugin") : STATUS_OK;
}
