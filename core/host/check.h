/* check.h: what the files of the conformance check share: a plugin brought up on made-up rows between guard pages. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_HOST_CHECK_H
#define HEADROOM_HOST_CHECK_H

#include "host/inside.h"

/* What a test found; in memory shared with the parent. */
struct note {
  enum verdict verdict;
  bool is_skipped, is_warning;
  struct detail detail;
};

/* Memory between two pages that nobody may touch. */
struct block {
  unsigned char *page, *page_end; /* the accessible pages */
  const char *what;               /* "row of changes" */
  uint32_t slot, series, year;    /* NOWHERE where it does not apply */
};
enum { CHECK_YEARS = 5, CHECK_LANES = 37, CHECK_SERIES = 3, CHECK_MAX_LANES = 64 };
#define NOWHERE UINT32_MAX

struct scene;
struct scene_options {
  bool rows_at_start; /* rows begin where a guard page ends; otherwise they end where one begins */
  bool leaves_some;   /* optional slots that go by the address of `left` are bound to nothing */
  uint32_t left;
  enum verdict (*look)(struct scene *); /* at the process, after each stage of the plugin's life; or NULL */
};

/* One plugin, alive. */
struct scene {
  const struct plugin *plugin;
  struct scene_options options;
  struct watch *watch;
  struct note *note;
  struct loaded loaded;
  const struct hr_policy *policy;
  const struct hr_explain *explain;
  struct hr_setup *setup;
  uint32_t count[MAX_SLOTS];
  struct hygiene processor;
  struct surroundings surroundings;
  unsigned char *region, *next;
  struct block *block;
  uint32_t n_blocks;
};

/* Memory between guard pages (check_guard.c): whole lines of 64 bytes; NULL when there is no more. */
bool guarded_open(struct scene *);
void guarded_close(struct scene *);
void guarded_watch(struct scene *); /* faults are read as this scene's from now on */
void *guarded(struct scene *, size_t size, const char *what, uint32_t slot, uint32_t series, uint32_t year);
void guarded_rewind(struct scene *, uint32_t n_blocks); /* takes back all but the first so many */
void protect(const void *inside, size_t size, int how); /* the pages of a block, as mprotect does */

/* Loads, creates, activates.  Anything but VERDICT_OK is in the note too. */
enum verdict scene_open(struct scene *, const struct plugin *, const struct scene_options *, struct watch *,
                        struct note *);
enum verdict scene_close(struct scene *); /* deactivates, destroys */
void scene_begin(struct scene *, enum watch_call);
enum verdict scene_end(struct scene *); /* the look after a call */
enum verdict scene_judge(struct scene *, int32_t code, const struct hr_error *);
enum verdict scene_refuse(struct scene *, enum verdict, const char *format, ...) PRINTF_LIKE(3, 4);

/* Where the parameters stand. */
enum level { AT_PRESET, AT_NEUTRAL, AT_MIN, AT_MAX, MIXED };

/* One batch of made-up lanes.  What a lane holds depends on its number alone, so the same lane is the same in every
 * batch. */
struct stand {
  struct scene *scene;
  struct hr_batch *batch;
  struct hr_error *error;
  double **out[MAX_SLOTS]; /* [slot][series * years + year], NULL for slots that are read */
  size_t scratch_size;
  uint32_t blocks_before; /* of the scene, when this stand was made */
};
/* param: the one that AT_MIN and AT_MAX move; the others keep their preset.  NULL when there was no room. */
struct stand *stand_new(struct scene *, enum level, uint32_t param, uint32_t n_lanes, uint64_t first_lane);
void stand_free(struct stand *); /* the last that was made first */

/* apply, then respond for every year when it is a policy; rows are filled with no change first. */
int32_t stand_call(struct stand *);
/* The same, with every failure as a verdict. */
enum verdict stand_run(struct stand *);

/* Visits every row of changes that belongs to the plugin, until the visitor returns false. */
struct row_at {
  uint32_t slot, series, year;
  double *row;
};
bool stand_rows(const struct stand *, bool (*visit)(const struct row_at *, void *), void *ctx);
double *stand_row(const struct stand *, const struct row_at *); /* the row of another stand at the same place */

/* What the object's file exports and where its variables are (check_object.c). */
enum verdict object_exports_only_entry(int fd, struct detail *);
struct segment {
  unsigned char *start;
  size_t size;
};
enum { MAX_SEGMENTS = 8 };
int object_writable_segments(const void *inside, struct segment out[MAX_SEGMENTS]);

/* One named test (check_tests.c). */
struct test {
  const char *name, *meaning;
  struct scene_options options;
  enum verdict (*body)(struct scene *); /* NULL: living is enough */
};
extern const struct test tests[];
extern const size_t n_tests;

#endif
