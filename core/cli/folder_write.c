/* folder_write.c: a new folder of files, written whole or not at all, in place of nothing, of an empty folder, or of
 * what the caller knows to be an earlier one. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_one(int folder, const struct new_file *file)
{
  const int fd = openat(folder, file->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  const bool wrote =
      fd >= 0 && write_all(fd, file->text, file->size > 0 ? file->size : strlen(file->text)) && fsync(fd) == 0;
  const int reason = errno;
  const bool is_closed = fd >= 0 && close(fd) == 0;
  errno = wrote ? errno : reason;
  return wrote && is_closed;
}

static bool write_each(const char *path, const struct new_file *files, size_t count)
{
  const int folder = open(path, O_DIRECTORY | O_CLOEXEC);
  bool done = folder >= 0;
  for (size_t i = 0; done && i < count; i++) {
    done = write_one(folder, &files[i]);
  }
  const int reason = errno;
  if (folder >= 0) {
    close(folder);
  }
  errno = reason;
  return done;
}

static void remove_each(const char *path, const struct new_file *files, size_t count)
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

/* The new folder stands under the name of the old, and the old under that of the new; false where no such exchange can
 * be made at once or in two steps. */
static bool exchange(const char *made, const char *target)
{
  struct text aside = { 0 };
  if (renameat2(AT_FDCWD, made, AT_FDCWD, target, RENAME_EXCHANGE) == 0) {
    return true;
  }
  if (errno != EINVAL && errno != ENOSYS) {
    return false;
  }
  text_printf(&aside, "%s.old", made);
  const bool done = !aside.failed && rename(target, text_str(&aside)) == 0;
  const bool placed = done && rename(made, target) == 0;
  const int reason = errno;
  if (done) {
    (void)rename(text_str(&aside), placed ? made : target);
  }
  text_fini(&aside);
  errno = reason;
  return placed;
}

/* Written beside, then renamed.  Renaming onto a folder works only where that folder is empty, which is what is wanted
 * unless an earlier one is known. */
static bool place(char *made, const char *target, const struct new_file *files, size_t count,
                  const struct new_file *earlier, size_t n_earlier)
{
  if (!write_each(made, files, count) || chmod(made, 0755) != 0) {
    return false;
  }
  if (earlier == NULL) {
    return rename(made, target) == 0;
  }
  if (!exchange(made, target)) {
    return false;
  }
  remove_each(made, earlier, n_earlier);
  return true;
}

enum status folder_replace(const char *path, const struct new_file *files, size_t count, const struct new_file *earlier,
                           size_t n_earlier, struct error *error)
{
  struct text target = { 0 }, beside = { 0 };
  sigset_t before;
  size_t length = strlen(path);
  while (length > 1 && path[length - 1] == '/') {
    length--;
  }
  text_add_n(&target, path, length);
  text_printf(&beside, "%s.XXXXXX", text_str(&target));
  signals_hold(&before);
  char *made = beside.failed || target.failed ? NULL : mkdtemp(beside.at);
  const bool done = made != NULL && place(made, text_str(&target), files, count, earlier, n_earlier);
  const int reason = errno;
  if (made != NULL && !done) {
    remove_each(made, files, count);
  }
  signals_let_go(&before);
  text_fini(&beside);
  text_fini(&target);
  if (done) {
    return STATUS_OK;
  }
  return error_set(error, STATUS_FILE, "%s: %s; nothing was written", path,
                   reason == ENOTEMPTY || reason == EEXIST ? "there is a folder with files in it" : strerror(reason));
}

enum status folder_write(const char *path, const struct new_file *files, size_t count, struct error *error)
{
  return folder_replace(path, files, count, NULL, 0, error);
}
