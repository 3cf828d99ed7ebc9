/* search.c: the folders in which plugins are looked for, in order; for registry.c.
 *
 * --plugin-path, $HEADROOM_PLUGIN_PATH, $XDG_DATA_HOME/headroom/plugins-1, /usr/local/lib/headroom/plugins-1, and last
 * the shipped ones, found relative to the program so that a tree that was moved still works.  The environment is not
 * heard when the program has more rights than its user. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/search.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PLUGIN_FOLDER "headroom/plugins-1"

static bool is_same_folder(int a, int b)
{
  struct stat one, other;
  return fstat(a, &one) == 0 && fstat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static bool is_known(const struct search *search, int fd)
{
  for (int i = 0; i < search->count; i++) {
    if (search->folder[i].fd >= 0 && is_same_folder(search->folder[i].fd, fd)) {
      return true;
    }
  }
  return false;
}

/* A folder that does not exist is no news, unless somebody asked for it by name. */
static enum verdict add(struct search *search, const char *path, struct arena *arena)
{
  if (search->count == MAX_SEARCHED) {
    return VERDICT_OK;
  }
  struct stat about;
  if (stat(path, &about) != 0) {
    return VERDICT_NOT_FOUND;
  }
  struct searched *folder = &search->folder[search->count];
  struct detail detail = { { 0 } };
  int fd = -1;
  const enum verdict verdict = folder_open(path, &fd, &detail);
  if (verdict == VERDICT_OK && is_known(search, fd)) {
    close(fd);
    return VERDICT_OK;
  }
  *folder = (struct searched){
    .path = arena_strdup(arena, path), .fd = fd, .verdict = verdict, .detail = arena_strdup(arena, detail.text)
  };
  search->count++;
  return verdict;
}

static enum status add_named(struct search *search, const char *paths, bool must_exist, struct arena *arena,
                             struct error *error)
{
  while (paths != NULL && *paths != '\0') {
    const size_t length = strcspn(paths, ":");
    const char *path = arena_strndup(arena, paths, length);
    const enum verdict verdict = length > 0 ? add(search, path, arena) : VERDICT_OK;
    if (verdict != VERDICT_OK && must_exist) {
      return verdict == VERDICT_NOT_FOUND ? error_set(error, STATUS_FILE, "--plugin-path: there is no folder %s", path)
                                          : error_set(error, STATUS_PLUGIN, "--plugin-path: %s: %s", path,
                                                      search->folder[search->count - 1].detail);
    }
    paths += length + (paths[length] == ':');
  }
  return STATUS_OK;
}

static void add_of_user(struct search *search, struct arena *arena)
{
  const char *data = secure_getenv("XDG_DATA_HOME");
  const char *home = secure_getenv("HOME");
  if (data != NULL && data[0] == '/') {
    add(search, arena_printf(arena, "%s/" PLUGIN_FOLDER, data), arena);
  } else if (home != NULL && home[0] == '/') {
    add(search, arena_printf(arena, "%s/.local/share/" PLUGIN_FOLDER, home), arena);
  }
}

bool program_root(char *out, size_t size)
{
  const ssize_t n = readlink("/proc/self/exe", out, size - 1);
  if (n <= 0) {
    return false;
  }
  out[n] = '\0';
  for (int up = 0; up < 2; up++) {
    char *slash = strrchr(out, '/');
    if (slash == NULL) {
      return false;
    }
    *slash = '\0';
  }
  return true;
}

static void add_shipped(struct search *search, struct arena *arena)
{
  char program[4096];
  if (!program_root(program, sizeof program)) {
    return;
  }
  static const char *const libraries[] = { MULTIARCH_FOLDER, "lib", "lib64" };
  for (size_t i = 0; i < COUNT_OF(libraries); i++) {
    add(search, arena_printf(arena, "%s/%s/" PLUGIN_FOLDER, program, libraries[i]), arena);
  }
}

enum status search_open(struct search *search, const struct registry_options *options, struct arena *arena,
                        struct error *error)
{
  *search = (struct search){ 0 };
  if (!options->safe) {
    const enum status status = add_named(search, options->plugin_path, true, arena, error);
    if (status != STATUS_OK) {
      search_close(search);
      return status;
    }
    (void)add_named(search, secure_getenv("HEADROOM_PLUGIN_PATH"), false, arena, NULL);
    add_of_user(search, arena);
    add(search, "/usr/local/lib/" PLUGIN_FOLDER, arena);
  }
  add_shipped(search, arena);
  if (arena->failed) {
    search_close(search);
    return error_set(error, STATUS_MEMORY, "no memory to look for plugins");
  }
  return STATUS_OK;
}

void search_close(struct search *search)
{
  for (int i = 0; i < search->count; i++) {
    if (search->folder[i].fd >= 0) {
      close(search->folder[i].fd);
    }
  }
  search->count = 0;
}

static int is_plugin_file(const struct dirent *entry)
{
  const size_t length = strlen(entry->d_name);
  return length > 3 && entry->d_name[0] != '.' && strcmp(entry->d_name + length - 3, ".so") == 0;
}

/* alphasort obeys the locale. */
static int by_byte(const struct dirent **a, const struct dirent **b)
{
  return strcmp((*a)->d_name, (*b)->d_name);
}

int search_files(const struct searched *folder, struct arena *arena, const char ***names)
{
  struct dirent **entries = NULL;
  const int n = folder->fd >= 0 ? scandirat(folder->fd, ".", &entries, is_plugin_file, by_byte) : 0;
  if (n <= 0) {
    return 0;
  }
  *names = arena_array(arena, (size_t)n, sizeof **names);
  for (int i = 0; i < n; i++) {
    if (*names != NULL) {
      (*names)[i] = arena_strdup(arena, entries[i]->d_name);
    }
    free(entries[i]);
  }
  free(entries);
  return arena->failed ? -1 : n;
}
