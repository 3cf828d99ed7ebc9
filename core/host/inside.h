/* inside.h: what the files of core/host that guard against plugins share with each other, and with nobody else. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_HOST_INSIDE_H
#define HEADROOM_HOST_INSIDE_H

#include "host/host.h"

#include <sys/types.h>

/* ---- verdicts with words (verdict.c) ------------------------------------------------------------------- */

struct detail {
  char text[240];
};
/* Writes the words and returns the verdict, so that a function can end with it.  detail may be NULL. */
enum verdict refuse(struct detail *, enum verdict, const char *format, ...) PRINTF_LIKE(3, 4);

/* Copies foreign text into a detail: bounded, without control characters or broken UTF-8. */
void detail_take(struct detail *, const char *foreign, size_t room);

/* ---- bytes that we are willing to load (secure.c) ------------------------------------------------------ */

/* Opens a folder of plugins and judges the descriptor. */
enum verdict folder_open(const char *path, int *fd, struct detail *);

/* The checked bytes of a file in a sealed memory file, which nobody can change any more. */
struct sealed {
  int fd;
  char digest[DIGEST_HEX];
  uint64_t device, inode, size;
  int64_t changed_s, changed_ns;
};
enum verdict sealed_open(int folder, const char *name, struct sealed *, struct detail *);

/* ---- children (child.c) -------------------------------------------------------------------------------- */

/* A process that may die, in a session of its own, so that whatever it starts ends with it. */
struct child {
  pid_t pid;          /* 0: none */
  int pidfd;          /* readable once the child has ended */
  size_t resident;    /* bytes of memory that it may hold at once */
  size_t peak_before; /* most that this program had held when the child started */
};
enum { CHILD_TICK_MS = 10 };

/* In the child, before any foreign code: own session, dies with its parent, no new privileges, limits, default signals,
 * standard input and output closed.  memory: bytes that it may take on top of what it has. */
void child_enter(pid_t parent, size_t memory);
void child_limit_cpu(double more_seconds); /* in the child: from now on */
/* In the parent, just after the start. */
void child_began(struct child *, pid_t pid, size_t memory);
bool child_too_big(const struct child *);
/* Ends what still runs of its session, reaps it, and says how it ended: VERDICT_OK for an exit with 0. */
enum verdict child_finish(struct child *, int *signal);
double seconds_now(void);   /* of a clock that never jumps */
void child_looked_at(void); /* the onlooker's turn (worker.c) */

/* ---- what a plugin's file holds (load.c; in a child only) ---------------------------------------------- */

struct object {
  const struct hr_plugin *(*entry)(uint32_t index);
};
enum verdict object_open(int fd, struct object *, struct detail *);
/* Copies of what the plugin shows, by the sizes that it gives: zero where it is older, cut where it is newer. */
enum verdict descriptor_copy(const struct hr_plugin *theirs, struct hr_plugin *, struct detail *);
void param_copy(const struct hr_plugin *, uint32_t i, struct hr_param *);
void slot_copy(const struct hr_plugin *, uint32_t i, struct hr_slot *);
/* Looks a name up among the libraries of this program, then of the object loaded last; or returns NULL. */
void *shared_symbol(const char *name);
/* Closes the sealed bytes, unless this very process has loaded some: glibc knows an object by its name,
 * /proc/self/fd/N, so that a second object under the same number would be taken for the first. */
void object_close(int fd);

/* ---- descriptors on their way from a probe (pack.c, descriptor.c) -------------------------------------- */

enum { MAX_PLUGINS = 16, MAX_PARAMS = 64, MAX_SLOTS = 64, MAX_SCRATCH = 1024, PACKED_MAX = 1 << 20 };

struct packing {
  unsigned char *at, *end;
  struct arena *arena; /* reading: where the copies go; NULL: writing */
  struct detail *why;
  bool failed;
};
/* Writes or reads one plugin by one and the same table of fields.  Reading trusts nothing that it reads. */
void pack_plugin(struct packing *, struct plugin *);

/* Whether the description makes sense; the words say what does not. */
enum verdict plugin_validate(const struct plugin *, struct detail *);

/* ---- first contact (prober.c) -------------------------------------------------------------------------- */

struct prober {
  struct child child;
  int socket;
  struct probe_area *area;
  int area_fd;
  uint32_t sequence;
  uint32_t answered; /* files since the child began */
  double deadline_s;
};
void prober_init(struct prober *, double deadline_s);
void prober_fini(struct prober *);
/* Shows the sealed bytes to the child.  report->verdict, ->detail, ->plugin are set; false when memory ran out. */
bool prober_ask(struct prober *, const struct sealed *, struct arena *, struct probe_report *);

/* ---- what is not worth another try (refusals.c) -------------------------------------------------------- */

/* A file that crashed, ended, held up or ate up its probe is not probed again until it changes.  Kept in the user's
 * cache folder, where that can be written; recalling costs a read. */
bool refusal_recall(const struct sealed *, struct arena *, struct probe_report *);
void refusal_keep(const struct sealed *, const struct probe_report *);
void refusals_forget(void); /* all: something that was refused has passed since */

double registry_deadline(const struct registry *); /* registry.c */

/* ---- the state of the process that a plugin must leave alone (hygiene.c) ------------------------------- */

struct surroundings {
  char locale[256], folder[1024];
  uint32_t umask;
  uint64_t signals;     /* a digest of handlers and mask */
  uint64_t descriptors; /* a digest of those that are open */
  int threads;
  const void *gsl_handler;
};
void surroundings_take(struct surroundings *);
enum verdict surroundings_compare(const struct surroundings *, struct detail *);

#endif
