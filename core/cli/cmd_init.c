/* cmd_init.c: headroom init FOLDER: a template that runs as it is, written whole or not at all. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"
#include "cli/template.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_file(int folder, const char *name, const char *text)
{
  const int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  const size_t n = strlen(text);
  bool done = fd >= 0 && write(fd, text, n) == (ssize_t)n;
  if (fd >= 0 && close(fd) != 0) {
    done = false;
  }
  return done;
}

static bool write_all(const char *path)
{
  const int folder = open(path, O_DIRECTORY | O_CLOEXEC);
  bool done = folder >= 0;
  for (size_t i = 0; done && i < COUNT_OF(template_files); i++) {
    done = write_file(folder, template_files[i].name, template_files[i].text);
  }
  if (folder >= 0) {
    close(folder);
  }
  return done;
}

static void remove_all(const char *path)
{
  const int folder = open(path, O_DIRECTORY | O_CLOEXEC);
  for (size_t i = 0; folder >= 0 && i < COUNT_OF(template_files); i++) {
    unlinkat(folder, template_files[i].name, 0);
  }
  if (folder >= 0) {
    close(folder);
  }
  rmdir(path);
}

/* Written beside, then renamed: renaming onto a folder works only where that folder is empty, which is what is wanted. */
int cmd_init(const struct arguments *arguments)
{
  struct text beside = {0};
  text_printf(&beside, "%s.XXXXXX", arguments->operand);
  char *made = beside.failed ? NULL : mkdtemp(beside.at);
  bool done = made != NULL && write_all(made) && chmod(made, 0755) == 0 && rename(made, arguments->operand) == 0;
  const int reason = errno;
  if (made != NULL && !done) {
    remove_all(made);
  }
  text_fini(&beside);
  if (!done) {
    say_error(arguments, "%s: %s; nothing was written", arguments->operand,
             reason == ENOTEMPTY || reason == EEXIST ? "there is a folder with files in it" : strerror(reason));
    return status_exit_code(STATUS_FILE);
  }
  printf("Wrote %s, a template that runs as it is.  Next:\n  headroom check %s\n  headroom run %s\n  headroom compare %s\n", arguments->operand,
         arguments->operand, arguments->operand, arguments->operand);
  return fflush(stdout) == 0 ? 0 : status_exit_code(STATUS_FILE);
}
