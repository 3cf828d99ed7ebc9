/* cmd_plugin.c: headroom plugin list, show and check; new is in cmd_plugin_new.c. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct library {
  struct arena arena;
  struct registry *registry;
};

static enum status library_open(struct library *library, const struct arguments *arguments, struct error *error)
{
  library->registry = NULL;
  arena_init(&library->arena, NULL);
  return registry_open(&library->arena, &arguments->registry, &library->registry, error);
}

static void library_close(struct library *library)
{
  registry_close(library->registry);
  arena_fini(&library->arena);
}

static int finish(struct library *library, const struct arguments *arguments, enum status status,
                  const struct error *error, struct text *text, int exit_code)
{
  const int code = status == STATUS_OK ? output(arguments, text, exit_code) : fail_with(arguments, error);
  library_close(library);
  return code;
}

int cmd_plugin_list(const struct arguments *arguments)
{
  struct library library;
  struct error error = { 0 };
  struct text text = { 0 };
  const struct probe_report *reports = NULL;
  int count = 0;
  enum status status = library_open(&library, arguments, &error);
  if (status == STATUS_OK) {
    status = registry_list(library.registry, &reports, &count, &error);
  }
  if (status == STATUS_OK && arguments->json) {
    text.failed |= plugin_list_json(&text, reports, count) != STATUS_OK;
  } else if (status == STATUS_OK && arguments->csv) {
    plugin_list_csv(&text, reports, count);
  } else if (status == STATUS_OK) {
    const struct style style = style_of(arguments, STDOUT_FILENO);
    plugin_list_text(&text, reports, count, &style);
  }
  return finish(&library, arguments, status, &error, &text, 0);
}

static void show(struct text *text, const struct plugin *plugin, const struct arguments *arguments)
{
  if (arguments->json) {
    text->failed |= plugin_show_json(text, plugin) != STATUS_OK;
  } else if (arguments->csv) {
    plugin_show_csv(text, plugin);
  } else {
    const struct style style = style_of(arguments, STDOUT_FILENO);
    plugin_show_text(text, plugin, &style);
  }
}

static enum status show_file(struct library *library, struct text *text, const struct arguments *arguments,
                             struct error *error)
{
  struct probe_report report;
  enum status status = registry_probe_file(library->registry, arguments->operand, &report, error);
  if (status == STATUS_OK && report.verdict != VERDICT_OK) {
    return error_set(error, STATUS_PLUGIN, "%s: refused (%s): %s%s%s", arguments->operand, verdict_word(report.verdict),
                     verdict_sentence(report.verdict), report.detail[0] != '\0' ? ": " : "", report.detail);
  }
  for (int i = 0; status == STATUS_OK && i < report.n_plugins; i++) {
    show(text, &report.plugin[i], arguments);
  }
  return status;
}

int cmd_plugin_show(const struct arguments *arguments)
{
  struct library library;
  struct error error = { 0 };
  struct text text = { 0 };
  enum status status = library_open(&library, arguments, &error);
  if (status == STATUS_OK && strchr(arguments->operand, '/') != NULL) {
    status = show_file(&library, &text, arguments, &error);
  } else if (status == STATUS_OK) {
    const struct plugin *plugin = registry_find(library.registry, arguments->operand, &error);
    status = plugin != NULL ? STATUS_OK : error.code;
    if (plugin != NULL) {
      show(&text, plugin, arguments);
    }
  }
  return finish(&library, arguments, status, &error, &text, 0);
}

static bool is_bad(enum check_status status)
{
  return status == CHECK_FAILED || status == CHECK_CRASHED || status == CHECK_TIMEOUT;
}

static enum status check(struct library *library, const struct arguments *arguments, struct check_result *result,
                         struct error *error)
{
  struct progress progress;
  const struct check_options options = { .only = arguments->only,
                                         .in_process = arguments->in_process,
                                         .has_seed = arguments->has_seed,
                                         .seed = arguments->seed,
                                         .progress = progress_step,
                                         .ctx = &progress };
  struct stat about;
  if (lstat(arguments->operand, &about) != 0) {
    return error_set(error, STATUS_USAGE, "%s: %s", arguments->operand, strerror(errno));
  }
  progress_begin(&progress, arguments, "first contact");
  const enum status status =
      plugin_check(library->registry, arguments->operand, &options, &library->arena, result, error);
  progress_end(&progress);
  return status;
}

int cmd_plugin_check(const struct arguments *arguments)
{
  struct library library;
  struct error error = { 0 };
  struct text text = { 0 };
  struct check_result result = { 0 };
  bool failed = false;
  enum status status = library_open(&library, arguments, &error);
  if (status == STATUS_OK) {
    status = check(&library, arguments, &result, &error);
  }
  for (int i = 0; i < result.count; i++) {
    failed |= is_bad(result.line[i].status);
  }
  if (status == STATUS_OK && arguments->json) {
    text.failed |= check_json(&text, &result) != STATUS_OK;
  } else if (status == STATUS_OK && arguments->csv) {
    check_csv(&text, &result);
  } else if (status == STATUS_OK) {
    const struct style style = style_of(arguments, STDOUT_FILENO);
    check_text(&text, &result, &style);
  }
  return finish(&library, arguments, status, &error, &text, failed ? EXIT_TEST_MET : 0);
}
