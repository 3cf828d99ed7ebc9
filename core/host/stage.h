/* stage.h: one scenario being run for a batch of lanes: what block.c, merge.c, stage.c, drawn.c, call.c, lab.c and
 * run.c share; inside core/host only.
 *
 * prepare once, batch as often as there are batches, release.  A plain run is one batch of one lane. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_STAGE_H
#define HEADROOM_STAGE_H

#include "host/host.h"

/* ---- rows between pages that nobody may touch: block.c ------------------------------------------------- */

/* Before each row stands a gap of a cache line, and the last row ends where the last page does: a step over the end of
 * all rows is a fault, any other step out of a row shows in a gap. */
struct block {
  char *map; /* NULL: no rows */
  size_t map_size, pages_size;
  double *first;        /* row 0 */
  size_t n_rows, pitch; /* doubles from row to row */
};
bool block_init(struct block *, size_t n_rows, int stride) MUST_CHECK; /* zeroed; false when memory ran out */
void block_fini(struct block *);
/* Some rows of a block, in its pages: nothing opens, closes or frees them but the whole. */
struct block block_slice(const struct block *, size_t first_row, size_t n_rows);
static inline double *block_row(const struct block *block, size_t row)
{
  return block->first + row * block->pitch;
}
void block_open(const struct block *);  /* may be written */
void block_close(const struct block *); /* may only be read */
bool block_intact(const struct block *);
bool block_holds(const struct block *, const void *address); /* the pages around it too */

/* ---- changes of several uses put together: merge.c ----------------------------------------------------- */

/* One use's change of one input: a row a year. */
struct change_source {
  int input, use;
  bool scales;        /* else adds */
  double *const *row; /* [year] */
  const bool *idle;   /* it changes nothing in this batch, and its rows need not be read; NULL: they must */
};

/* What is drawn for a batch: rows by [k * n_years + year]. */
struct drawn {
  int n_inputs, n_noises;
  const int *input;           /* each once */
  const double *const *add;   /* to input[k]; NULL: nothing in that year */
  const double *const *noise; /* as scenario_noise orders them */
};

struct merge {
  const struct plan *plan;
  const double **drawn;               /* [input * n_years + year]: added before any use; NULL: nothing */
  const struct change_source *source; /* in the order of instance names */
  int n_sources, stride;
  int *first, *next; /* sources of an input, in order; -1 ends the list */
  double *rows;
  const double **scale, **add;
  bool *settled; /* [input]: what uses do to it is the same in every batch to come, and its rows stand */
  struct changes changes;
};
bool merge_init(struct merge *, const struct plan *, const struct change_source *, int n, int stride) MUST_CHECK;
void merge_fini(struct merge *);
/* Products of scales and sums of additions from this year on.  A row without change is left out, so that the plan's own
 * bits stay. */
void merge_years(struct merge *, int n_lanes, int first_year);
/* Settles the inputs that are not `still` to change and of which all lanes have the same; false: none. */
bool merge_settle(struct merge *, const bool *still, int n_lanes);
/* Rows that are drawn for this batch, for merge_years to put under what uses do; NULL: none. */
void merge_draw(struct merge *, int input, int year, const double *add);
/* The first receipt whose shares two uses or more bring past 1 together: fills receipt, year and the two uses. */
struct share_clash {
  int receipt, year, use[2];
};
bool merge_clashes(const struct merge *, int n_lanes, struct share_clash *out);

/* ---- a scenario on stage: stage.c ---------------------------------------------------------------------- */

struct setup {
  struct hr_setup face; /* first, because plugins hand back a pointer to it */
  const struct plan *plan;
  const struct use *use;
};

/* One use of a plugin while it runs. */
struct part {
  const struct use *use;
  const struct hr_plugin *plugin; /* NULL: the built-in shift */
  void *self;
  bool is_created, is_active, is_skipped;
  struct setup setup;
  struct hr_rows *slot;
  size_t *first_row;         /* [slot]: where its rows to read begin in the shared block; a shift has none */
  const double **param;      /* [param * n_years + year] */
  size_t first_param;        /* where its parameters begin in the shared block */
  struct block own, scratch; /* what it may write; of a shift, a slice of stage->shifts */
  double *copy;              /* of own, to compare with */
  const double *severity;    /* [lane]; NULL: 1 throughout */
  bool is_same;              /* what it reads is that of the batch before, so what it wrote then stands */
  bool is_idle;              /* a shift at severity 0 in every lane */
  int lanes_written;         /* for which what it wrote last stands, severities being the same */
  bool reads_drawn;
  int32_t (*respond)(const void *self, const struct hr_batch *, uint32_t year); /* NULL: no policy */
};

struct stage {
  const struct plan *plan;
  const struct scenario *scenario;
  int at; /* number of the scenario */
  int n_years, max_lanes, stride;
  struct watch *watch;
  struct skip *skip; /* [use] */
  struct arena arena;
  struct block shared; /* what plugins may only read */
  struct block shifts; /* what shifts write, which run no foreign code: one block for all of them */
  struct part *part;   /* [use] */
  struct change_source *source;
  int n_sources;
  struct merge merge;
  struct projection *projection;
  struct drawn drawn;
  int lanes_before; /* the most that a drawn batch has had */
  bool is_first_batch, is_settled;
};

/* Each returns false once watch->verdict and watch->error say why. */
/* drawn: inputs that batches will be drawn for, and how many noises the scenario has; NULL: none. */
bool stage_prepare(struct stage *, const struct plan *, const struct scenario *, int at, int max_lanes,
                   const struct drawn *, struct watch *, struct skip *) MUST_CHECK;
bool stage_batch(struct stage *, int n_lanes) MUST_CHECK; /* run.c */
bool stage_has_policies(const struct stage *);            /* run.c */
void stage_release(struct stage *);
/* After the last batch, of one lane: bit p of *out: parameter p of the use, which the scenario asks for, finds nothing
 * to change: idle.c */
bool stage_find_idle(struct stage *, int use, uint64_t *out) MUST_CHECK;
/* The rate of what another scenario's plugin brought with it, and nobody here puts anything into. */
bool input_is_elsewhere(const struct plan *, const struct scenario *, int input);
/* Runs a job in n workers (or here, once, for debuggers) and says how it ended: run.c */
enum status workers_errand(const struct plan *, const struct scenario *, int n, worker_job *, void *ctx, struct watch *,
                           const struct run_options *, struct error *) MUST_CHECK;
bool stage_out_of_memory(struct stage *);

/* Shows what is drawn to the projection and to the uses that read it; rows hold the stride: drawn.c */
void stage_draw(struct stage *, const double *const *add, const double *const *noise, int n_lanes);
/* After a drawn batch of all lanes: what it has shown to be the same in every batch is not worked out again: drawn.c */
void stage_settle(struct stage *, int n_lanes);
/* After a batch of many lanes: a few of them again, elsewhere in a batch of their own, are to give the same bits. */
bool stage_lanes_hold(struct stage *, const double *const *add, const double *const *noise, int n_lanes) MUST_CHECK;
/* Does slot s of the use add, scale or read? */
uint32_t use_access(const struct use *, uint32_t slot);

/* ---- calls into a plugin: call.c ----------------------------------------------------------------------- */

bool part_load(struct stage *, int part) MUST_CHECK;     /* and create */
bool part_activate(struct stage *, int part) MUST_CHECK; /* or skip */
bool part_apply(struct stage *, int part, int n_lanes) MUST_CHECK;
bool part_respond(struct stage *, int part, int n_lanes, int year, bool *wrote) MUST_CHECK;
/* After a batch: apply again, in one lane; the plugin may refuse. */
bool part_try(struct stage *, int part, bool *refused) MUST_CHECK;
void part_end(struct stage *, int at);                 /* deactivate and destroy */
bool part_fails(struct stage *, int at, enum verdict); /* says so, and is false */
/* A write outside what a part may write is named for what it is.  In a worker only. */
void watch_for_bounds(const struct stage *);

#endif
