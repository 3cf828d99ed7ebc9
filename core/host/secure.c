/* secure.c: opens a plugin's file so that what is judged, hashed and loaded are the same bytes; for registry.c.
 *
 * The descriptor is judged, not the path: a path may point elsewhere a moment later.  After the judgement the bytes are
 * copied into a sealed memory file, so that the file itself may change as it likes.
 *
 * Who may write: a file that others can change is code that others run as you.  World-writable is always refused (but a
 * folder like /tmp, where the sticky bit keeps others from touching what is not theirs, is accepted; the file in it
 * must still be yours).  Group-writable is refused unless the group is the owner's private one, of the same name and
 * with no other member: this is what a umask of 002 gives on Debian, and Debian's ssh accepts it on the same grounds,
 * while sudo refuses any group but root's. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/inside.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX_BYTES = 64 << 20 };

static bool is_private_group(const struct stat *file)
{
  const struct passwd *owner = getpwuid(file->st_uid);
  if (owner == NULL || owner->pw_gid != file->st_gid) {
    return false;
  }
  const struct group *group = getgrgid(file->st_gid);
  if (group == NULL || strcmp(group->gr_name, owner->pw_name) != 0) {
    return false;
  }
  for (char **member = group->gr_mem; *member != NULL; member++) {
    if (strcmp(*member, owner->pw_name) != 0) {
      return false;
    }
  }
  return true;
}

static enum verdict judge_writers(const struct stat *file, const char *what, struct detail *detail)
{
  if (file->st_uid != 0 && file->st_uid != geteuid()) {
    return refuse(detail, VERDICT_OWNER, "%s belongs to user %u", what, file->st_uid);
  }
  if (S_ISDIR(file->st_mode) && (file->st_mode & S_ISVTX) != 0) {
    return VERDICT_OK;
  }
  if ((file->st_mode & S_IWOTH) != 0) {
    return refuse(detail, VERDICT_WRITABLE, "%s is writable by everyone: chmod o-w", what);
  }
  if ((file->st_mode & S_IWGRP) != 0 && !is_private_group(file)) {
    return refuse(detail, VERDICT_WRITABLE, "%s is writable by group %u: chmod g-w", what, file->st_gid);
  }
  return VERDICT_OK;
}

enum verdict folder_open(const char *path, int *fd, struct detail *detail)
{
  const int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) {
    return refuse(detail, VERDICT_UNREADABLE, "%s: %s", path, strerror(errno));
  }
  struct stat about;
  enum verdict verdict = fstat(folder, &about) == 0 ? judge_writers(&about, "its folder", detail)
                                                    : refuse(detail, VERDICT_UNREADABLE, "%s", strerror(errno));
  if (verdict != VERDICT_OK) {
    close(folder);
    return verdict;
  }
  *fd = folder;
  return VERDICT_OK;
}

/* O_NONBLOCK: opening a FIFO must not wait for somebody to write. */
static enum verdict file_open(int folder, const char *name, int *fd, struct stat *about, struct detail *detail)
{
  const int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file < 0) {
    const int why = errno;
    return why == ELOOP    ? refuse(detail, VERDICT_SYMLINK, "%s", name)
           : why == ENOENT ? refuse(detail, VERDICT_NOT_FOUND, "%s", strerror(why))
           : why == ENXIO  ? refuse(detail, VERDICT_NOT_REGULAR, "%s", name)
                           : refuse(detail, VERDICT_UNREADABLE, "%s", strerror(why));
  }
  enum verdict verdict = VERDICT_OK;
  if (fstat(file, about) != 0) {
    verdict = refuse(detail, VERDICT_UNREADABLE, "%s", strerror(errno));
  } else if (!S_ISREG(about->st_mode)) {
    verdict = refuse(detail, VERDICT_NOT_REGULAR, "%s", name);
  } else if (about->st_size > FILE_MAX_BYTES) {
    verdict = refuse(detail, VERDICT_UNREADABLE, "it is larger than 64 MiB");
  } else {
    verdict = judge_writers(about, "the file", detail);
  }
  if (verdict != VERDICT_OK) {
    close(file);
    return verdict;
  }
  *fd = file;
  return VERDICT_OK;
}

static enum verdict copy_bytes(int from, int to, size_t size, struct detail *detail)
{
  for (size_t left = size; left > 0;) {
    const ssize_t n = sendfile(to, from, NULL, left);
    if (n < 0 && errno == EINTR) {
      continue;
    }
    if (n <= 0) {
      return refuse(detail, VERDICT_UNREADABLE, "%s", n == 0 ? "it grew shorter while it was read" : strerror(errno));
    }
    left -= (size_t)n;
  }
  const int seals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  if (fcntl(to, F_ADD_SEALS, seals) != 0) {
    return refuse(detail, VERDICT_UNREADABLE, "its copy cannot be sealed: %s", strerror(errno));
  }
  return VERDICT_OK;
}

static enum verdict judge_bytes(const unsigned char *bytes, size_t size, struct detail *detail)
{
  Elf64_Ehdr header;
  if (size < sizeof header || memcmp(bytes, ELFMAG, SELFMAG) != 0) {
    return refuse(detail, VERDICT_NOT_ELF, "it does not begin as one");
  }
  memcpy(&header, bytes, sizeof header);
  if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_type != ET_DYN) {
    return refuse(detail, VERDICT_NOT_ELF, "it is an ELF file of another kind");
  }
  for (uint64_t i = 0; i < header.e_phnum; i++) { /* the loader would map beyond the end and fault there */
    Elf64_Phdr part;
    const uint64_t at = header.e_phoff + i * sizeof part;
    if (at > size || size - at < sizeof part) {
      return refuse(detail, VERDICT_NOT_ELF, "it is cut short");
    }
    memcpy(&part, bytes + at, sizeof part);
    if (part.p_type == PT_LOAD && (part.p_offset > size || part.p_filesz > size - part.p_offset)) {
      return refuse(detail, VERDICT_NOT_ELF, "it is cut short");
    }
  }
  return VERDICT_OK;
}

static enum verdict hash_bytes(int fd, size_t size, char digest[DIGEST_HEX], struct detail *detail)
{
  if (size == 0) {
    return refuse(detail, VERDICT_NOT_ELF, "it is empty");
  }
  void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (bytes == MAP_FAILED) {
    return refuse(detail, VERDICT_UNREADABLE, "%s", strerror(errno));
  }
  const enum verdict verdict = judge_bytes(bytes, size, detail);
  if (verdict == VERDICT_OK) {
    digest_hex(bytes, size, digest);
  }
  munmap(bytes, size);
  return verdict;
}

enum verdict sealed_open(int folder, const char *name, struct sealed *out, struct detail *detail)
{
  int file = -1;
  struct stat about = { 0 };
  enum verdict verdict = file_open(folder, name, &file, &about, detail);
  if (verdict != VERDICT_OK) {
    return verdict;
  }
  const int copy = memfd_create("headroom-plugin", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (copy < 0) {
    verdict = refuse(detail, VERDICT_UNREADABLE, "no memory file for a copy: %s", strerror(errno));
    goto done;
  }
  verdict = copy_bytes(file, copy, (size_t)about.st_size, detail);
  if (verdict == VERDICT_OK) {
    verdict = hash_bytes(copy, (size_t)about.st_size, out->digest, detail);
  }
  out->fd = copy;
  out->device = (uint64_t)about.st_dev;
  out->inode = (uint64_t)about.st_ino;
  out->size = (uint64_t)about.st_size;
  out->changed_s = (int64_t)about.st_mtim.tv_sec;
  out->changed_ns = (int64_t)about.st_mtim.tv_nsec;

done:
  if (verdict != VERDICT_OK && copy >= 0) {
    close(copy);
    out->fd = -1;
  }
  close(file);
  return verdict;
}
