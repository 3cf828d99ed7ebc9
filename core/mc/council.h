/* council.h: what the files that simulate a council share: what is drawn for it, and one worker's futures; inside
 * core/mc only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_MC_COUNCIL_H
#define HEADROOM_MC_COUNCIL_H

#include "mc/kernels.h"
#include "mc/simulate.h"

/* ---- what is drawn: setup.c ---------------------------------------------------------------------------- */

/* What is added to one input: the sum over its variables of weight[year] x value. */
struct term_drawn {
  int variable;
  double weight[MAX_YEARS];
};
struct sum_drawn {
  int n_terms;
  struct term_drawn *term;
};

/* Fixed before any worker starts, and never written while one runs. */
struct council {
  struct folder *folder;
  const struct plan *plan;
  const struct scenario *scenario; /* the plan itself first */
  int count, n_years;
  int n_variables, n_correlations;
  struct variable *variable; /* departures, then noise */
  struct drawn_variable *drawn;
  struct correlation *correlation;
  struct draws *draws;
  int n_inputs;
  int *input;             /* each once */
  struct sum_drawn *sum;  /* [input] */
  int *n_noises, **noise; /* [scenario]: their variables */
};
enum status council_set_up(struct council *, const struct departures *, const struct simulation_options *,
                           struct error *) MUST_CHECK;

/* ---- one worker's futures: futures.c ------------------------------------------------------------------- */

/* The engine takes a block in parts, so that its rows stay in the cache. */
enum { LANES = 128, PARTS_OF_BLOCK = DRAW_BLOCK / LANES };

struct futures {
  const struct council *council;
  double *shock, *work;
  double *memory;
  double **value; /* [variable * n_years + year] */
  double *total;  /* LANES for each sum */
  int n_sums;
  struct sum_of_two *sum;
  const double **add[PARTS_OF_BLOCK];    /* [input * n_years + year], of the lanes of each part */
  const double ***noise[PARTS_OF_BLOCK]; /* [scenario], then [noise * n_years + year] */
  const double **factor;                 /* [shock] */
};
bool futures_init(struct futures *, const struct council *) MUST_CHECK;
void futures_fini(struct futures *);
/* Values from what stands in `shock`. */
void futures_make(struct futures *);
/* Additions for the lanes of one part, in the place of those of the part before. */
void futures_add_up(struct futures *, int part);

/* ---- what is asked of each future: asked.c ------------------------------------------------------------- */

/* Amounts in pence, by row.  Counters: of each date and year, that it falls first, has fallen, stands; and of futures
 * that end better than the first scenario's, or the same. */
enum { FIRST, BY, AT, N_COUNTS };
struct asked {
  int n_years, n_quantities, n_counters;
  int gap, usable, unfunded, need, versus, left; /* where their rows begin */
  int left_by, n_rows;                           /* what is left by each year: rows beyond those that are tallied */
};
struct asked asked_of(const struct plan *);
static inline int counter_of(const struct asked *asked, int count, enum date date, int year)
{
  return (count * N_DATES + (int)date) * asked->n_years + year;
}
/* Fills rows[quantity] from lane `from` on, for the lanes of the batch.  reference: the rows of the first scenario. */
void asked_answer(const struct asked *, const struct council *, const struct projection *, int from, int n_lanes,
                  const double *const *reference, double *const *rows);
static inline int counter_better(const struct asked *asked)
{
  return N_COUNTS * N_DATES * asked->n_years;
}
static inline int counter_same(const struct asked *asked)
{
  return counter_better(asked) + 1;
}
/* n[counter] += lanes, for those lanes. */
void asked_count(const struct asked *, const struct council *, const struct projection *, int from, int n_lanes,
                 const double *const *rows, uint64_t *n);
/* first[date * n_lanes + lane]: the year, or DATE_NOT_IN_HORIZON. */
void asked_dates(const struct asked *, const struct council *, const struct projection *, int n_lanes, int32_t *first);

/* ---- a run: simulate.c; what its workers do: jobs.c ---------------------------------------------------- */

enum {
  PILOT_BLOCKS = 8,
  PILOT_LANES = PILOT_BLOCKS * DRAW_BLOCK,
  SHARES_BLOCKS = 2, /* of every set: those held against the shocks */
  WORST_STEPS = 32
};

/* What workers share beside their tallies. */
struct shared_state {
  uint32_t next;        /* the part to be taken next */
  uint64_t done;        /* futures */
  double *aim;          /* [output * lanes + lane] */
  int32_t *date;        /* [scenario][date * N_FUTURES + future] */
  double *pilot;        /* [scenario][quantity][future] */
  struct summary *plan; /* [scenario] */
  bool *still;          /* [scenario][driven][variable]: it moves nothing of what shares are told of */
};

struct simulation_run {
  struct council council;
  struct asked asked;
  struct tally_plan *tally_plan, *shares_plan; /* [scenario] */
  size_t tally_words, shares_words;
  int n_parts;                        /* of a set */
  uint64_t *tally, *shares;           /* shared: [part][scenario]; shares, then what the worst have in common */
  double (*worst_limit)[WORST_STEPS]; /* [scenario] */
  double *worst_parts;                /* [variable]: in how many parts of its unit a departure is summed */
  struct crew *crew;
  uint64_t *all_tally, *all_shares; /* of the whole crew: [scenario]; the first part's where there is no crew */
  struct shared_state *state;
  uint64_t from[DRAW_SETS], to[DRAW_SETS]; /* futures of each set in this round */
  struct sampling *sampling;
};
static inline int aim_outputs(const struct asked *asked)
{
  return 2 * asked->n_years;
}
static inline bool *still_of(const struct simulation_run *run, int scenario)
{
  return run->state->still + (size_t)scenario * N_DRIVEN * (size_t)run->council.n_variables;
}
static inline double *pilot_row(const struct simulation_run *run, int scenario, int quantity)
{
  return run->state->pilot +
         ((size_t)scenario * (size_t)run->asked.n_quantities + (size_t)quantity) * (size_t)PILOT_LANES;
}

/* Blocks on their way to a sink: so many a time, each in its place of the rows. */
enum { SAMPLED_BLOCKS = 16, SAMPLED_LANES = SAMPLED_BLOCKS * DRAW_BLOCK };
struct sampling {
  double *departure, *gap, *usable, *unfunded; /* shared, as in struct sample_block; rows of SAMPLED_LANES */
  int n;
  struct sampled {
    int set, n_lanes;
    int64_t block;
  } at[SAMPLED_BLOCKS];
};

/* worst.c: once the pilot has run; false when memory ran out. */
bool worst_begin(struct simulation_run *) MUST_CHECK;
size_t worst_words(const struct council *);
/* tally: of that scenario.  left: what is left in each lane; value: as in struct futures. */
void worst_note(const struct simulation_run *, int scenario, int set, int n_lanes, const double *left,
                double *const *value, uint64_t *tally);
struct tallied;
void worst_fill(const struct simulation_run *, const struct tallied *, struct estimate *out);

/* samples.c: hands every future to the sink. */
enum status samples_give(struct simulation_run *, const struct simulation_options *, const struct simulation *,
                         struct error *) MUST_CHECK;

/* together.c: what the whole crew counted; alone, it is what this process did. */
bool together_init(struct simulation_run *, struct crew *) MUST_CHECK;
void together_fini(struct simulation_run *);
enum status together(struct simulation_run *, enum status own, struct error *) MUST_CHECK;

/* For lab_run; shared is the run. */
void job_aim(struct lab *, void *shared);
void job_pilot(struct lab *, void *shared);
void job_futures(struct lab *, void *shared);
void job_samples(struct lab *, void *shared);

/* ---- what is known in the end: known.c ----------------------------------------------------------------- */

struct tallied {
  const struct tally_plan *plan, *shares_plan;
  const uint64_t *tally, *shares, *worst;
  const bool *still; /* [driven * n_variables + variable] */
};
/* opening: pence held at the start of what each fear asks for.  False when memory ran out. */
bool known_fill(const struct council *, const struct asked *, const struct tallied *, const double opening[N_FEARS],
                struct simulated *) MUST_CHECK;

#endif
