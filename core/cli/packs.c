/* packs.c: what is read from elsewhere than the folder: packs of scenarios, and how far inputs may depart; those named,
 * else those shipped beside the program. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool shipped_folder(const char *name, char out[PATH_MAX])
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
  const int length = snprintf(out, PATH_MAX, "%s/../share/headroom/datasets/%s", exe, name);
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
  const int n = shipped_folder("packs", where) ? scandir(where, &entries, is_pack, alphasort) : -1;
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

static bool is_called(const char *path, const char *name)
{
  const char *slash = path != NULL ? strrchr(path, '/') : NULL;
  return path != NULL && strcmp(slash != NULL ? slash + 1 : path, name) == 0;
}

void pack_path(const struct arguments *arguments, const char *name, struct text *out)
{
  char where[PATH_MAX];
  const char *const given[] = { arguments->uncertainty, arguments->correlation };
  for (int i = 0; i < arguments->pack.count; i++) {
    if (is_called(arguments->pack.at[i], name)) {
      text_add(out, arguments->pack.at[i]);
      return;
    }
  }
  for (size_t i = 0; i < COUNT_OF(given); i++) {
    if (is_called(given[i], name)) {
      text_add(out, given[i]);
      return;
    }
  }
  const bool is_preset = strcmp(name, "uncertainty.csv") == 0 || strcmp(name, "correlation.csv") == 0;
  text_printf(out, "%s/%s", shipped_folder(is_preset ? "presets" : "packs", where) ? where : "", name);
}

/* ---- what is uncertain --------------------------------------------------------------------------------- */

static enum status load_one(struct folder *folder, enum uncertainty_file which, const char *asked, bool is_given,
                            struct error *error)
{
  char where[PATH_MAX];
  if (asked != NULL) {
    return uncertainty_load(folder, which, asked, false, error);
  }
  if (is_given || !shipped_folder("presets", where)) {
    return STATUS_OK;
  }
  const char *name = which == UNCERTAINTY_ROWS ? "uncertainty.csv" : "correlation.csv";
  return uncertainty_load(folder, which, arena_printf(&folder->arena, "%s/%s", where, name), true, error);
}

enum status uncertainty_choose(struct folder *folder, const struct arguments *arguments, struct error *error)
{
  const enum status status =
      load_one(folder, UNCERTAINTY_ROWS, arguments->uncertainty, folder->uncertainty.given_rows, error);
  return status != STATUS_OK
             ? status
             : load_one(folder, UNCERTAINTY_PAIRS, arguments->correlation, folder->uncertainty.given_pairs, error);
}
