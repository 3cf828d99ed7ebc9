/* refusals.c: remembers the files that cost a probe its life, so that one bad plugin does not hold up every start; for
 * registry.c.
 *
 * One line a file: device, inode, time of change, size, SHA-256, verdict, words.  Any of the first five that differs
 * makes it another file. Only what was fatal is kept: a refusal that cost nothing is found again for nothing.  Nothing
 * here can fail: without a cache folder, the probe is made again.  `headroom plugin check FILE` always makes it again.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CACHE_MAX = 64 << 10, LINE_MAX_BYTES = 600 };

static bool is_fatal(enum verdict verdict)
{
  return verdict == VERDICT_CRASHED || verdict == VERDICT_EXITED || verdict == VERDICT_TIMEOUT ||
         verdict == VERDICT_MEMORY;
}

/* $XDG_CACHE_HOME/headroom, or ~/.cache/headroom; -1 when there is none.  To write it is made first. */
static int cache_folder(bool make)
{
  const char *cache = secure_getenv("XDG_CACHE_HOME"), *home = secure_getenv("HOME");
  char path[4096];
  int length = -1;
  if (cache != NULL && cache[0] == '/') {
    length = snprintf(path, sizeof path, "%s/headroom", cache);
  } else if (home != NULL && home[0] == '/') {
    length = snprintf(path, sizeof path, "%s/.cache/headroom", home);
  }
  if (length < 0 || (size_t)length >= sizeof path || (make && mkdir(path, 0700) != 0 && errno != EEXIST)) {
    return -1;
  }
  return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

/* Only our own file is believed. */
static int cache_open(int flags)
{
  const int folder = cache_folder((flags & O_CREAT) != 0);
  if (folder < 0) {
    return -1;
  }
  const int file = openat(folder, "refused-1", flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
  close(folder);
  struct stat about;
  if (file >= 0 && (fstat(file, &about) != 0 || !S_ISREG(about.st_mode) || about.st_uid != geteuid() ||
                    (about.st_mode & (S_IWGRP | S_IWOTH)) != 0)) {
    close(file);
    return -1;
  }
  return file;
}

static void key_of(const struct sealed *sealed, char key[LINE_MAX_BYTES])
{
  snprintf(key, LINE_MAX_BYTES, "%" PRIx64 " %" PRIx64 " %" PRId64 ".%09" PRId64 " %" PRIu64 " %s ", sealed->device,
           sealed->inode, sealed->changed_s, sealed->changed_ns, sealed->size, sealed->digest);
}

/* "crashed while loading (Segmentation fault)" */
static bool verdict_read(const char *text, size_t length, struct arena *arena, struct probe_report *report)
{
  for (int verdict = VERDICT_OK; verdict <= VERDICT_FAILED; verdict++) {
    const char *word = verdict_word((enum verdict)verdict);
    const size_t n = strlen(word);
    if (is_fatal((enum verdict)verdict) && length > n && strncmp(text, word, n) == 0 && text[n] == ' ') {
      char words[LINE_MAX_BYTES] = "";
      struct detail detail;
      memcpy(words, text + n + 1, length - n - 1 < sizeof words ? length - n - 1 : sizeof words - 1);
      detail_take(&detail, words, sizeof words);
      report->verdict = (enum verdict)verdict;
      report->detail = arena_strdup(arena, detail.text);
      return true;
    }
  }
  return false;
}

bool refusal_recall(const struct sealed *sealed, struct arena *arena, struct probe_report *report)
{
  const int file = cache_open(O_RDONLY);
  if (file < 0) {
    return false;
  }
  static char text[CACHE_MAX + 1];
  const ssize_t n = read(file, text, CACHE_MAX);
  close(file);
  text[n > 0 ? n : 0] = '\0';
  char key[LINE_MAX_BYTES];
  key_of(sealed, key);
  for (const char *line = text; *line != '\0';) {
    const size_t length = strcspn(line, "\n"), key_length = strlen(key);
    if (length > key_length && strncmp(line, key, key_length) == 0) {
      return verdict_read(line + key_length, length - key_length, arena, report);
    }
    line += length + (line[length] == '\n');
  }
  return false;
}

void refusal_keep(const struct sealed *sealed, const struct probe_report *report)
{
  const int file = is_fatal(report->verdict) ? cache_open(O_WRONLY | O_CREAT | O_APPEND) : -1;
  if (file < 0) {
    return;
  }
  struct stat about;
  char key[LINE_MAX_BYTES], line[2 * LINE_MAX_BYTES];
  key_of(sealed, key);
  const int length = snprintf(line, sizeof line, "%s%s %s\n", key, verdict_word(report->verdict), report->detail);
  const bool has_room = fstat(file, &about) == 0 && about.st_size < CACHE_MAX - (off_t)sizeof line;
  if ((has_room || ftruncate(file, 0) == 0) && write(file, line, (size_t)length) != length) {
    (void)!ftruncate(file, 0); /* half a line is worse than none */
  }
  close(file);
}

void refusals_forget(void)
{
  const int file = cache_open(O_WRONLY | O_TRUNC);
  if (file >= 0) {
    close(file);
  }
}
