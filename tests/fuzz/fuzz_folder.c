/* fuzz_folder.c: any bytes as a folder of files: a plan with a baseline, or findings with an error.
 *
 * A line "=== NAME" begins each file, as seeds.cmake writes them. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz.h"

enum { MOST_FILES = 24, LONGEST_NAME = 32 };

static const char marker[] = "=== ";

struct files {
  struct memory_file file[MOST_FILES];
  char name[MOST_FILES][LONGEST_NAME];
  int count;
};

/* The next marker at the start of a line, or the end. */
static const char *next_file(const char *at, const char *end)
{
  while (at < end) {
    if ((size_t)(end - at) >= sizeof marker - 1 && memcmp(at, marker, sizeof marker - 1) == 0) {
      return at;
    }
    const char *feed = memchr(at, '\n', (size_t)(end - at));
    at = feed != NULL ? feed + 1 : end;
  }
  return end;
}

static bool known(const struct files *files, const char *name)
{
  for (int i = 0; i < files->count; i++) {
    if (strcmp(files->file[i].name, name) == 0) {
      return true;
    }
  }
  return false;
}

static void split(struct files *files, const char *at, const char *end)
{
  at = next_file(at, end);
  while (at < end && files->count < MOST_FILES) {
    at += sizeof marker - 1;
    const char *feed = memchr(at, '\n', (size_t)(end - at));
    const char *bytes = feed != NULL ? feed + 1 : end, *stop = next_file(bytes, end);
    const size_t n = (size_t)((feed != NULL ? feed : end) - at);
    char *name = files->name[files->count];
    memcpy(name, at, n < LONGEST_NAME ? n : LONGEST_NAME - 1);
    if (!known(files, name)) {
      files->file[files->count++] = (struct memory_file){ name, bytes, (size_t)(stop - bytes) };
    } else {
      memset(name, 0, LONGEST_NAME);
    }
    at = stop;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
  struct files files = { .count = 0 };
  struct folder folder;
  struct error error = { 0 };
  split(&files, (const char *)data, (const char *)data + size);
  const enum status status = folder_load_memory(&folder, files.file, files.count, NULL, &error);
  must(status == STATUS_OK || status == STATUS_DATA);
  must((status == STATUS_OK) == (folder.findings.errors == 0));
  must((status == STATUS_OK) == (folder.baseline != NULL));
  must_be_sound(&folder.findings);
  folder_fini(&folder);
  return 0;
}
