/* source.c: the bytes of one file of a folder: regular files of a plausible size only, so that a directory, a FIFO or a
 * disk image ends at once. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The largest folder of a real council is some hundred kilobytes. */
enum { MEGABYTE = 1 << 20, LARGEST = 16 * MEGABYTE };

static struct place whole_file(const char *file)
{
  return (struct place){ .file = file };
}

static void unreadable(struct reading *reading, const char *file, const char *why, const char *label)
{
  struct finding *finding = finding_add(reading->findings, CODE_FILE_UNREADABLE, whole_file(file), "%s %s", file, why);
  finding_label(reading->findings, finding, "%s", label);
}

static const char *what_it_is(mode_t mode)
{
  return S_ISDIR(mode) ? "is a directory" : S_ISFIFO(mode) ? "is a pipe" : "is not a regular file";
}

static bool size_fits(struct reading *reading, const char *file, intmax_t size)
{
  if (size <= LARGEST) {
    return true;
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_FILE_TOO_LARGE, whole_file(file), "%s has %jd MB", file, size / MEGABYTE);
  finding_label(reading->findings, finding, "a file of a plan has at most %d MB", LARGEST / MEGABYTE);
  return false;
}

/* -1 after a finding or, with *absent, when there is no such file.  O_NONBLOCK: a FIFO would wait for somebody to
 * write. */
static int open_regular(struct reading *reading, const char *file, size_t *size, bool *absent)
{
  const int fd = openat(reading->folder_fd, file, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) {
    *absent = errno == ENOENT;
    if (!*absent) {
      unreadable(reading, file, errno == EACCES ? "may not be read by you" : "cannot be opened",
                 "check its permissions");
    }
    return -1;
  }
  struct stat about;
  if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
    unreadable(reading, file, what_it_is(about.st_mode), "a file of comma-separated text belongs here");
  } else if (size_fits(reading, file, about.st_size)) {
    *size = (size_t)about.st_size;
    return fd;
  }
  close(fd);
  return -1;
}

/* False when the file gives fewer bytes than it promised.  What is added while we read is left out. */
static bool read_all(int fd, char *bytes, size_t size)
{
  for (size_t done = 0; done < size;) {
    const ssize_t n = read(fd, bytes + done, size - done);
    if (n < 0 && errno == EINTR) {
      continue;
    }
    if (n <= 0) {
      return false;
    }
    done += (size_t)n;
  }
  return true;
}

static bool source_disk(struct reading *reading, const char *file, char **bytes, size_t *size, bool *absent)
{
  const int fd = open_regular(reading, file, size, absent);
  if (fd < 0) {
    return false;
  }
  *bytes = arena_alloc(reading->arena, *size + 1);
  const bool read = *bytes != NULL && read_all(fd, *bytes, *size);
  close(fd);
  if (*bytes != NULL && !read) {
    unreadable(reading, file, "could not be read to its end", "is it on a drive that went away, or being written?");
  }
  return read;
}

static bool source_memory(struct reading *reading, const char *file, char **bytes, size_t *size, bool *absent)
{
  for (int i = 0; i < reading->n_memory; i++) {
    const struct memory_file *memory = &reading->memory[i];
    if (strcmp(memory->name, file) != 0) {
      continue;
    }
    if (!size_fits(reading, file, (intmax_t)memory->size)) {
      return false;
    }
    *size = memory->size;
    *bytes = arena_alloc(reading->arena, memory->size + 1);
    if (*bytes != NULL && memory->size > 0) {
      memcpy(*bytes, memory->bytes, memory->size);
    }
    return *bytes != NULL;
  }
  *absent = true;
  return false;
}

bool source_read(struct reading *reading, const char *file, char **bytes, size_t *size, bool *absent)
{
  *absent = false;
  const bool read = reading->memory != NULL ? source_memory(reading, file, bytes, size, absent)
                                            : source_disk(reading, file, bytes, size, absent);
  if (!read) {
    return false;
  }
  struct folder *folder = reading->folder;
  struct input_file *files = arena_grow(reading->arena, folder->file, (size_t)folder->n_files, sizeof *files);
  if (files == NULL) {
    return false;
  }
  folder->file = files;
  files[folder->n_files] = (struct input_file){ .name = file, .size = *size };
  digest_hex(*bytes, *size, files[folder->n_files].digest);
  folder->n_files++;
  return true;
}
