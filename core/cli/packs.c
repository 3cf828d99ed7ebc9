/* packs.c: packs of scenarios for the verbs that stress a plan: those named, else those shipped beside the program. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool packs_folder(char out[PATH_MAX])
{
  char exe[PATH_MAX];
  const ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
  char *slash = NULL;
  if (n > 0) {
    exe[n] = '\0';
    slash = strrchr(exe, '/');
  }
  if (slash == NULL) {
    return false;
  }
  *slash = '\0';
  const int length = snprintf(out, PATH_MAX, "%s/../share/headroom/datasets/packs", exe);
  return length > 0 && length < PATH_MAX;
}

static int is_pack(const struct dirent *entry)
{
  const char *dot = strrchr(entry->d_name, '.');
  return dot != NULL && strcmp(dot, ".csv") == 0 && strcmp(entry->d_name, "single_stresses.csv") != 0;
}

static enum status shipped_packs(struct folder *folder, struct row_list *list, struct error *error)
{
  char where[PATH_MAX];
  struct dirent **entries = NULL;
  const int n = packs_folder(where) ? scandir(where, &entries, is_pack, alphasort) : -1;
  enum status status = STATUS_OK;
  for (int i = 0; i < n; i++) {
    const char *path = arena_printf(&folder->arena, "%s/%s", where, entries[i]->d_name);
    status = status == STATUS_OK ? pack_load(folder, path, &list->row, &list->count, error) : status;
    free(entries[i]);
  }
  free(entries);
  return status;
}

enum status packs_load(struct folder *folder, const struct arguments *arguments, struct row_list *list, int *ends,
                       struct error *error)
{
  enum status status = STATUS_OK;
  for (int i = 0; status == STATUS_OK && i < arguments->pack.count; i++) {
    status = pack_load(folder, arguments->pack.at[i], &list->row, &list->count, error);
    ends[i] = list->count;
  }
  return arguments->pack.count > 0 ? status : shipped_packs(folder, list, error);
}

void pack_path(const struct arguments *arguments, const char *name, struct text *out)
{
  char where[PATH_MAX];
  for (int i = 0; i < arguments->pack.count; i++) {
    const char *path = arguments->pack.at[i], *slash = strrchr(path, '/');
    if (strcmp(slash != NULL ? slash + 1 : path, name) == 0) {
      text_add(out, path);
      return;
    }
  }
  text_printf(out, "%s/%s", packs_folder(where) ? where : "", name);
}
