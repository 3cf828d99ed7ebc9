/* walk.h: a figure and all that it is made of, held against arithmetic done again and against the folder's own cells.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_TESTS_WALK_H
#define HEADROOM_TESTS_WALK_H

#include "support.h"

#include "explain/explain.h"

enum { MAX_FILES = 20 };

struct texts {
  int n;
  struct {
    const char *name;
    char *bytes;
  } file[MAX_FILES];
};

/* The bytes of every file of a folder. */
void read_texts(struct texts *, const char *path, const struct folder *);
void free_texts(struct texts *);

struct walk {
  const struct plan *plan;
  const struct texts *texts;
  char *seen;
  long figures, cells, changes;
  const char *dataset, *scenario, *root;
};

/* Looks up every figure that is printed, holds it against what was printed, and walks down to its leaves; fails the
 * running test. */
void walk_printed(struct walk *, struct explainer *, const struct plan *, const struct result *, struct arena *);

#endif
