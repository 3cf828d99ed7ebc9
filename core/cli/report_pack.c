/* report_pack.c: a report as a folder of files, in place of nothing or of an earlier one that nobody has changed. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/session.h"

#include "report/pack.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

bool is_folder_name(const char *path)
{
  struct stat about;
  const size_t n = strlen(path);
  return (n > 0 && path[n - 1] == '/') || (stat(path, &about) == 0 && S_ISDIR(about.st_mode));
}

/* ---- what stands there --------------------------------------------------------------------------------- */

/* The files of an earlier pack, the manifest among them. */
struct earlier {
  struct new_file *file;
  int count;
};

static bool digest_of(const char *folder, const char *name, struct text *bytes, char out[DIGEST_HEX])
{
  struct text path = { 0 };
  text_printf(&path, "%s/%s", folder, name);
  const bool read = !path.failed && file_read(text_str(&path), bytes) && !bytes->failed;
  text_fini(&path);
  digest_hex(text_str(bytes), bytes->length, out);
  return read;
}

static enum status not_a_pack(const char *path, const char *why, struct error *error)
{
  return error_set(error, STATUS_FILE, "%s: %s; name a folder that is not there yet", path, why);
}

static const char *foreign_file(const char *path, const struct earlier *earlier, struct arena *arena)
{
  const char *found = NULL;
  DIR *folder = opendir(path);
  for (struct dirent *entry; folder != NULL && found == NULL && (entry = readdir(folder)) != NULL;) {
    bool known = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    for (int i = 0; i < earlier->count && !known; i++) {
      known = strcmp(entry->d_name, earlier->file[i].name) == 0;
    }
    found = known ? NULL : arena_strdup(arena, entry->d_name);
  }
  if (folder != NULL) {
    closedir(folder);
  }
  return found;
}

/* A workbook that somebody has worked in is not written over. */
static enum status check_unchanged(const char *path, const struct packed *packed, int count, struct error *error)
{
  for (int i = 0; i < count; i++) {
    struct text bytes = { 0 };
    char digest[DIGEST_HEX];
    const bool same = digest_of(path, packed[i].name, &bytes, digest) && strcmp(digest, packed[i].digest) == 0;
    text_fini(&bytes);
    if (!same) {
      return error_set(error, STATUS_FILE, "%s: %s has been changed since it was written; name another folder", path,
                       packed[i].name);
    }
  }
  return STATUS_OK;
}

static enum status look_at(const char *path, struct arena *arena, struct earlier *earlier, struct error *error)
{
  struct text bytes = { 0 };
  char digest[DIGEST_HEX];
  const struct packed *packed = NULL;
  int count = 0;
  struct stat about;
  *earlier = (struct earlier){ NULL, 0 };
  if (stat(path, &about) != 0 && errno == ENOENT) {
    return STATUS_OK;
  }
  if (!S_ISDIR(about.st_mode)) {
    return error_set(error, STATUS_FILE, "%s is a file, not a folder", path);
  }
  const char *first = foreign_file(path, earlier, arena);
  if (first == NULL) {
    return STATUS_OK;
  }
  const bool is_pack = digest_of(path, PACK_MANIFEST, &bytes, digest) &&
                       pack_manifest_read(text_str(&bytes), bytes.length, arena, &packed, &count);
  text_fini(&bytes);
  if (!is_pack) {
    return not_a_pack(path, "there is a folder with files in it", error);
  }
  earlier->file = arena_array(arena, (size_t)count + 1, sizeof *earlier->file);
  if (earlier->file == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  for (int i = 0; i < count; i++) {
    earlier->file[earlier->count++].name = packed[i].name;
  }
  earlier->file[earlier->count++].name = PACK_MANIFEST;
  const char *foreign = foreign_file(path, earlier, arena);
  if (foreign != NULL) {
    return not_a_pack(path, arena_printf(arena, "%s is in it, which no report wrote", foreign), error);
  }
  return check_unchanged(path, packed, count, error);
}

enum status pack_may_go(const char *path, struct arena *arena, struct error *error)
{
  struct earlier earlier;
  return look_at(path, arena, &earlier, error);
}

/* ---- writing ------------------------------------------------------------------------------------------- */

static enum status put(const char *path, const struct pack *pack, struct arena *arena, struct error *error)
{
  struct new_file files[MOST_PACK_FILES];
  struct earlier earlier;
  for (int f = 0; f < pack->count; f++) {
    files[f] = (struct new_file){ pack->file[f].name, text_str(&pack->file[f].bytes), pack->file[f].bytes.length };
  }
  const enum status status = look_at(path, arena, &earlier, error);
  return status != STATUS_OK
             ? status
             : folder_replace(path, files, (size_t)pack->count, earlier.file, (size_t)earlier.count, error);
}

enum status pack_write(const struct arguments *arguments, const struct briefing *briefing, struct arena *arena,
                       struct error *error)
{
  struct pack pack = { 0 };
  const struct report *report = &briefing->report;
  const struct pack_commands commands = { command_of(arguments, VERB_COMPARE, report, arena),
                                          command_of(arguments, VERB_STRESS, report, arena),
                                          command_of(arguments, VERB_SIMULATE, report, arena) };
  enum status status = pack_make(briefing, &commands, &pack, error);
  status = status == STATUS_OK && arena->failed ? error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY))
                                                : status;
  status = status != STATUS_OK ? status : put(arguments->output, &pack, arena, error);
  pack_fini(&pack);
  return status;
}
