/* pack.h: every face of a report as the files of one folder, and the manifest that tells them from others. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_PACK_H
#define HEADROOM_PACK_H

#include "report/briefing.h"

enum { MOST_PACK_FILES = 16 };
#define PACK_MANIFEST "manifest.json"

struct pack_file {
  const char *name, *about; /* about: what it is, in a few words */
  struct text bytes;
};
/* Zero-initialise; pack_fini is right after every outcome. */
struct pack {
  struct pack_file file[MOST_PACK_FILES];
  int count;
};

/* The commands that make the tables of a pack again, each alone; `headroom verify` runs that of a JSON file. */
struct pack_commands {
  const char *compare, *stress, *simulate;
};

/* The page, the workbook, the tables as CSV and JSON, and the manifest last. */
enum status pack_make(const struct briefing *, const struct pack_commands *, struct pack *, struct error *) MUST_CHECK;
void pack_fini(struct pack *);

/* A manifest that a pack holds: its files with their hashes, in the arena; the manifest itself is not among them.
 * False when it is not one. */
struct packed {
  const char *name, *digest;
};
bool pack_manifest_read(const char *bytes, size_t n, struct arena *, const struct packed **out, int *count);

#endif
