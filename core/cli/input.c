/* input.c: a file that a verb is given, read whole. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

bool file_read(const char *path, struct text *out)
{
  char block[1 << 16];
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t n = fd >= 0 ? 1 : -1;
  while (n > 0) {
    n = read(fd, block, sizeof block);
    if (n > 0) {
      text_add_n(out, block, (size_t)n);
    }
    n = n < 0 && errno == EINTR ? 1 : n;
  }
  const int reason = errno;
  if (fd >= 0) {
    close(fd);
  }
  errno = reason;
  return n == 0;
}
