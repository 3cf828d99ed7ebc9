/* program.h: the program itself, run by a test as people run it: its text, its exit code, its JSON; and folders made
 * for it.
 *
 * Whoever includes it is given HEADROOM_PROGRAM and links jansson. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_TESTS_PROGRAM_H
#define HEADROOM_TESTS_PROGRAM_H

#include "support.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- running it ---------------------------------------------------------------------------------------- */

struct ran {
  int exit_code;
  char *text;
};

static inline struct ran run_program(const char *arguments, const char *talk)
{
  char *command = NULL;
  assert_true(asprintf(&command, "cd '%s' && '%s' %s 2>%s", SOURCE_DIR, HEADROOM_PROGRAM, arguments, talk) > 0);
  FILE *pipe = popen(command, "r");
  assert_non_null(pipe);
  struct text text = { 0 };
  char block[4096];
  for (size_t n; (n = fread(block, 1, sizeof block, pipe)) > 0;) {
    text_add_n(&text, block, n);
  }
  const int status = pclose(pipe);
  free(command);
  return (struct ran){ WIFEXITED(status) ? WEXITSTATUS(status) : -1, text.at != NULL ? text.at : strdup("") };
}

static inline json_t *json_of(const char *arguments)
{
  char *as_json = NULL;
  assert_true(asprintf(&as_json, "%s --json", arguments) > 0);
  const struct ran ran = run_program(as_json, "/dev/null");
  json_error_t error;
  json_t *root = json_loads(ran.text, JSON_REJECT_DUPLICATES, &error);
  if (ran.exit_code != 0 || root == NULL) {
    fail_msg("headroom %s: exit %d, %s\n%.2000s", arguments, ran.exit_code, error.text, ran.text);
  }
  free(ran.text);
  free(as_json);
  return root;
}

static inline json_t *scenario_of(json_t *root, const char *id)
{
  size_t i;
  json_t *scenario;
  json_array_foreach(json_object_get(root, "scenarios"), i, scenario)
  {
    if (strcmp(json_string_value(json_object_get(scenario, "id")), id) == 0) {
      return scenario;
    }
  }
  fail_msg("no scenario %s", id);
  return NULL;
}

static inline pence figure(const json_t *scenario, const char *measure, size_t year)
{
  return json_integer_value(json_array_get(json_object_get(scenario, measure), year));
}

static inline json_t *item_by(const json_t *object, const char *table, const char *key, const char *value)
{
  size_t i;
  json_t *item;
  json_array_foreach(json_object_get(object, table), i, item)
  {
    const char *own = json_string_value(json_object_get(item, key));
    if (own != NULL && strcmp(own, value) == 0) {
      return item;
    }
  }
  fail_msg("no %s with %s %s", table, key, value);
  return NULL;
}

static inline json_t *item_of(const json_t *scenario, const char *table, const char *id)
{
  return item_by(scenario, table, "id", id);
}

static inline const char *date_of(const json_t *scenario, const char *date)
{
  const char *year = json_string_value(json_object_get(json_object_get(scenario, "dates"), date));
  return year != NULL ? year : "not in horizon";
}

/* ---- folders made by a test ---------------------------------------------------------------------------- */

static inline void write_file(const char *folder, const char *name, const char *text)
{
  char *path = NULL;
  assert_true(asprintf(&path, "%s/%s", folder, name) > 0);
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  assert_true(fputs(text, file) >= 0);
  fclose(file);
  free(path);
}

static inline void remove_folder(const char *folder)
{
  char *command = NULL;
  assert_true(asprintf(&command, "rm -r '%s'", folder) > 0);
  assert_int_equal(system(command), 0);
  free(command);
}

#endif
