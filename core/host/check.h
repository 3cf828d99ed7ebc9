/* check.h: what the files of the conformance check share: a plugin brought up on made-up rows between guard pages. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_HOST_CHECK_H
#define HEADROOM_HOST_CHECK_H

#include "host/inside.h"

/* What a test found; in memory shared with the parent. */
struct note {
  enum verdict verdict;
  bool is_skipped, is_warning;
  bool is_in_process; /* nobody but this process is left to say what a fault meant */
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
struct stand;
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
  struct stand *newest; /* of those that were not freed */
  uint64_t seed, round; /* what DRAWN parameters are drawn by */
};

/* Memory between guard pages (check_guard.c): whole lines of 64 bytes; NULL when there is no more. */
bool guarded_open(struct scene *);
void guarded_close(struct scene *); /* frees what is left of the scene's stands too; faults are nobody's from now on */
void guarded_watch(struct scene *); /* faults are read as this scene's from now on */
void *guarded(struct scene *, size_t size, const char *what, uint32_t slot, uint32_t series, uint32_t year);
void guarded_rewind(struct scene *, uint32_t n_blocks); /* takes back all but the first so many */
void protect(const void *inside, size_t size, int how); /* the pages of a block, as mprotect does */

/* Loads, creates, activates.  Anything but VERDICT_OK is in the note too.  However it ends, guarded_close is due. */
enum verdict scene_open(struct scene *, const struct plugin *, const struct scene_options *, struct watch *,
                        struct note *);
enum verdict scene_close(struct scene *); /* deactivates, destroys */
void scene_begin(struct scene *, enum watch_call);
enum verdict scene_end(struct scene *); /* the look after a call */
enum verdict scene_judge(struct scene *, int32_t code, const struct hr_error *);
enum verdict scene_refuse(struct scene *, enum verdict, const char *format, ...) PRINTF_LIKE(3, 4);

/* Where the parameters stand.  DRAWN: anywhere within their ranges, by the seed and the round of the scene. */
enum level { AT_PRESET, AT_NEUTRAL, AT_MIN, AT_MAX, MIXED, DRAWN };

/* One batch of made-up lanes.  What a lane holds depends on its number alone, so the same lane is the same in every
 * batch. */
struct stand {
  struct scene *scene;
  struct hr_batch *batch;
  struct hr_error *error;
  double **out[MAX_SLOTS]; /* [slot][series * years + year], NULL for slots that are read */
  size_t scratch_size;
  uint32_t blocks_before; /* of the scene, when this stand was made */
  struct stand *older;    /* the next to be freed */
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

/* Comparisons and searches over rows (check_compare.c): VERDICT_OK, or the verdict with its words in the note. */
bool not_finite(const struct stand *, struct row_at *, uint32_t *lane); /* where the first number is that is not */
enum verdict all_finite(const struct stand *, const char *when);
enum verdict nothing_changed(const struct stand *);
/* The lanes of a stand against the same lanes of another, of which the first is number `first`. */
enum verdict same_lanes(const struct stand *, const struct stand *other, uint32_t first, enum verdict otherwise,
                        const char *what);
bool same_bits(const struct stand *, const struct stand *other); /* lane by lane; says nothing, so any thread may ask */

/* Parameters drawn anywhere within their ranges, many times over (check_drawn.c). */
enum verdict drawn_parameters(struct scene *);

/* One named test (check_tests.c). */
struct test {
  const char *name, *meaning;
  struct scene_options options;
  enum verdict (*body)(struct scene *); /* NULL: living is enough */
};
extern const struct test tests[];
extern const size_t n_tests;

#endif
