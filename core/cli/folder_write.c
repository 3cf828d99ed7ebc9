/* folder_write.c: a new folder of files, written whole or not at all; for `init` and `plugin new`. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_file(int folder, const struct new_file *file)
{
  const int fd = openat(folder, file->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  const char *at = file->text;
  size_t left = strlen(at);
  ssize_t wrote = fd >= 0 ? 0 : -1;
  while (wrote >= 0 && left > 0) {
    wrote = write(fd, at, left);
    at += wrote > 0 ? wrote : 0;
    left -= wrote > 0 ? (size_t)wrote : 0;
  }
  const int reason = errno;
  const bool is_closed = fd >= 0 && close(fd) == 0;
  errno = wrote < 0 ? reason : errno;
  return wrote >= 0 && is_closed;
}

static bool write_all(const char *path, const struct new_file *files, size_t count)
{
  const int folder = open(path, O_DIRECTORY | O_CLOEXEC);
  bool done = folder >= 0;
  for (size_t i = 0; done && i < count; i++) {
    done = write_file(folder, &files[i]);
  }
  const int reason = errno;
  if (folder >= 0) {
    close(folder);
  }
  errno = reason;
  return done;
}

static void remove_all(const char *path, const struct new_file *files, size_t count)
{
  const int folder = open(path, O_DIRECTORY | O_CLOEXEC);
  for (size_t i = 0; folder >= 0 && i < count; i++) {
    unlinkat(folder, files[i].name, 0);
  }
  if (folder >= 0) {
    close(folder);
  }
  rmdir(path);
}

/* Written beside, then renamed: renaming onto a folder works only where that folder is empty, which is what is wanted.
 */
enum status folder_write(const char *path, const struct new_file *files, size_t count, struct error *error)
{
  struct text target = { 0 }, beside = { 0 };
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/') {
    length--;
  }
  text_add_n(&target, path, length);
  text_printf(&beside, "%s.XXXXXX", text_str(&target));
  char *made = beside.failed || target.failed ? NULL : mkdtemp(beside.at);
  const bool done =
      made != NULL && write_all(made, files, count) && chmod(made, 0755) == 0 && rename(made, text_str(&target)) == 0;
  const int reason = errno;
  if (made != NULL && !done) {
    remove_all(made, files, count);
  }
  text_fini(&beside);
  text_fini(&target);
  if (done) {
    return STATUS_OK;
  }
  return error_set(error, STATUS_FILE, "%s: %s; nothing was written", path,
                   reason == ENOTEMPTY || reason == EEXIST ? "there is a folder with files in it" : strerror(reason));
}
