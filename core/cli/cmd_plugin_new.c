/* cmd_plugin_new.c: headroom plugin new NAME: a plugin, its test and what builds them, which pass as they are.
 *
 * The files are those of new_plugin/, which the program carries; the name stands in them as my_plugin. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "cli/new_plugin.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NAME_MOST = 32, MOST_FILES = 8 };

/* ---- the name ------------------------------------------------------------------------------------------ */

static bool is_name(const char *word)
{
  const size_t n = strlen(word);
  return n >= 1 && n <= NAME_MOST && word[0] >= 'a' && word[0] <= 'z' &&
         strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_") == n;
}

/* A target of this name would be another than the plugin, in CMake or in what it writes for make. */
static bool is_taken_by_builds(const char *word)
{
  static const char *const taken[] = {
    "all",     "clean",   "cmake_check_build_system", "cmake_force", "default_target", "depend", "edit_cache", "help",
    "install", "package", "package_source",           "preinstall",  "rebuild_cache",  "test"
  };
  for (size_t i = 0; i < COUNT_OF(taken); i++) {
    if (strcmp(word, taken[i]) == 0) {
      return true;
    }
  }
  return false;
}

static const char *problem_of(const char *word)
{
  return !is_name(word)               ? "is not a name: a to z, then a to z, 0 to 9 and _, at most 32 in all"
         : strcmp(word, "shift") == 0 ? "is the plugin that is built in; take another name"
         : is_taken_by_builds(word)   ? "is a word that builds keep for themselves; take another name"
                                      : NULL;
}

/* ---- its files ----------------------------------------------------------------------------------------- */

/* The name as it stands in an id, tram-fares, and in words, Tram fares. */
struct spelling {
  const char *name;
  char label[NAME_MOST + 1], title[NAME_MOST + 1];
};

static struct spelling spelling_of(const char *name)
{
  struct spelling spelling = { .name = name };
  for (size_t i = 0; name[i] != '\0'; i++) {
    spelling.label[i] = name[i] == '_' ? '-' : name[i];
    spelling.title[i] = name[i] == '_' ? ' ' : name[i];
  }
  spelling.title[0] = (char)(spelling.title[0] - 'a' + 'A');
  return spelling;
}

static const char *spelled(struct arena *arena, const char *model, const struct spelling *spelling)
{
  const struct {
    const char *from, *to;
  } pairs[] = { { "my_plugin", spelling->name }, { "my-plugin", spelling->label }, { "My plugin", spelling->title } };
  struct text out = { 0 };
  while (*model != '\0') {
    size_t i = 0;
    while (i < COUNT_OF(pairs) && strncmp(model, pairs[i].from, strlen(pairs[i].from)) != 0) {
      i++;
    }
    if (i < COUNT_OF(pairs)) {
      text_add(&out, pairs[i].to);
      model += strlen(pairs[i].from);
    } else {
      text_add_n(&out, model++, 1);
    }
  }
  arena->failed |= out.failed;
  const char *copy = arena_strdup(arena, text_str(&out));
  text_fini(&out);
  return copy;
}

static enum status write_plugin(const char *path, const struct spelling *spelling, struct error *error)
{
  struct new_file files[MOST_FILES];
  struct stat about;
  struct arena arena;
  if (lstat(path, &about) == 0) {
    return error_set(error, STATUS_FILE, "%s is there already; nothing was written", path);
  }
  arena_init(&arena, NULL);
  for (size_t i = 0; i < n_new_plugin && i < MOST_FILES; i++) {
    files[i] = (struct new_file){ .name = spelled(&arena, new_plugin[i].name, spelling),
                                  .text = spelled(&arena, new_plugin[i].text, spelling) };
  }
  const enum status status = arena.failed ? error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY))
                                          : folder_write(path, files, n_new_plugin, error);
  arena_fini(&arena);
  return status;
}

int cmd_plugin_new(const struct arguments *arguments)
{
  const char *name = arguments->operand, *problem = problem_of(name);
  struct error error = { 0 };
  struct text path = { 0 };
  if (problem != NULL) {
    say_error(arguments, "'%s' %s", name, problem);
    return status_exit_code(STATUS_USAGE);
  }
  const struct spelling spelling = spelling_of(name);
  text_printf(&path, "%s%s%s", arguments->output != NULL ? arguments->output : "", arguments->output != NULL ? "/" : "",
              name);
  int code = 0;
  if (path.failed || write_plugin(path.at, &spelling, &error) != STATUS_OK) {
    code = fail_with(arguments, &error);
  } else {
    printf("Wrote %s: a plugin, its test and what builds them.  Next:\n"
           "  cd %s\n  cmake -S . -B build && cmake --build build && ctest --test-dir build\n",
           path.at, path.at);
    code = fflush(stdout) == 0 ? 0 : status_exit_code(STATUS_FILE);
  }
  text_fini(&path);
  return code;
}
