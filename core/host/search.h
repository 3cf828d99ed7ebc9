/* search.h: the folders in which plugins are looked for, in order; for registry.c. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_HOST_SEARCH_H
#define HEADROOM_HOST_SEARCH_H

#include "host/inside.h"

/* Where Debian puts libraries of this architecture. */
#if defined(HEADROOM_MULTIARCH)
#define MULTIARCH_FOLDER "lib/" HEADROOM_MULTIARCH
#elif defined(__x86_64__)
#define MULTIARCH_FOLDER "lib/x86_64-linux-gnu"
#elif defined(__aarch64__)
#define MULTIARCH_FOLDER "lib/aarch64-linux-gnu"
#else
#define MULTIARCH_FOLDER "lib64"
#endif

/* The folder that holds bin, lib and share: of /usr/bin/headroom it is /usr. */
bool program_root(char *out, size_t size);

enum { MAX_SEARCHED = 32 };

struct searched {
  const char *path;
  int fd; /* -1 when refused */
  enum verdict verdict;
  const char *detail;
};
struct search {
  struct searched folder[MAX_SEARCHED];
  int count;
};
/* Folders of --plugin-path must exist and be safe; of the rest, one that does not exist is left out. */
enum status search_open(struct search *, const struct registry_options *, struct arena *, struct error *) MUST_CHECK;
void search_close(struct search *);

/* Names of the files that end in .so, sorted by byte; in the arena.  -1 when memory is out. */
int search_files(const struct searched *, struct arena *, const char ***names);

#endif
