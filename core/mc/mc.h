/* mc.h: chance: draws that hang on names alone, their distributions and how they move together, tallies of integers and
 * what they say; the face of core/mc.
 *
 * A run is DRAW_SETS independent sets of draws; a set is cut into blocks of DRAW_BLOCK lanes.  What a draw is hangs on
 * the seed, the set, its place in the set and the variable's name: never on the other variables, on threads or on the
 * order in which blocks are made.  Nothing here knows what a variable or a quantity stands for.
 *
 * Threads: struct draws is not written once it is aimed, and is shared; rows, and a set of a tally, have one owner. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_MC_H
#define HEADROOM_MC_H

#include "host/host.h"

enum { DRAW_SETS = 16, DRAW_BLOCK = 512 };
/* From row to row: a cache line more than a block, so that rows do not crowd each other out of the nearest cache. */
enum { DRAW_PITCH = DRAW_BLOCK + 8 };

/* ---- distributions: marginal.c ------------------------------------------------------------------------- */

/* name, word in uncertainty.csv, what it is */
#define MARGINAL_MAP(X)                                                                            \
  X(NORMAL, "normal", "mean 0 and that sd")                                                        \
  X(TRIANGULAR, "triangular", "from low to high, most often near mode")                            \
  X(PERT, "pert", "a beta from low to high with mean (low + 4 mode + high) / 6")                   \
  X(BETA, "beta", "a beta(a, b) stretched from low to high")                                       \
  X(LOGNORMAL, "lognormal", "above 0, peak at mode, with that sd; mirrored where mode is below 0") \
  X(EVENT, "event", "mode with that chance, else nothing")                                         \
  X(DELAY, "delay", "one of a few values, each with its chance")

enum marginal_kind {
#define MARGINAL_NAME(name, word, meaning) MARGINAL_##name,
  MARGINAL_MAP(MARGINAL_NAME)
#undef MARGINAL_NAME
      N_MARGINALS
};
const char *marginal_word(enum marginal_kind);

enum { MOST_STEPS = 16 };

/* The departure of one input from the plan, in whatever unit the caller has. */
struct marginal {
  enum marginal_kind kind;
  double sd, low, mode, high, a, b;
  double chance; /* EVENT: that it happens.  Any other: of nothing at all; 0 when it always departs */
  int n_steps;   /* DELAY: values ascending, chances that add to 1 */
  double step[MOST_STEPS], step_chance[MOST_STEPS];
};
/* NULL, or what is wrong, in words that end a sentence beginning with the distribution's name. */
const char *marginal_fault(const struct marginal *);
/* The value below which a draw falls with chance p, 0 < p < 1; from closed forms and GSL, not from the tables. */
double marginal_quantile(const struct marginal *, double p);
double marginal_mean(const struct marginal *);
double marginal_sd(const struct marginal *);

/* ---- correlations: correlation.c ----------------------------------------------------------------------- */

struct correlation {
  int a, b; /* variables, by index; a pair stands once */
  double coefficient;
};
/* True when the pairs can all hold at once: positive semi-definite, singular allowed.  False as well when memory is
 * out. */
bool correlations_hold(int n_variables, int count, const struct correlation *);
/* The nearest set of coefficients that can (Higham, 2002, alternating projections), in thousandths, for every pair of
 * the variables named; pairs at 0 left out.  *out is the caller's, to free. */
enum status correlations_nearest(int n_variables, int count, const struct correlation *, struct correlation **out,
                                 int *n_out, struct error *) MUST_CHECK;

/* ---- draws: draws.c, aim.c ----------------------------------------------------------------------------- */

struct variable {
  const char *name; /* such as "driver:pay.value"; unlike all others of the plan */
  struct marginal marginal;
  double persistence; /* from year to year: 0 is a draw of its own each year, 1 is one draw a run */
};

struct draws_plan {
  uint64_t seed;
  bool plain; /* plain Monte Carlo; else randomised quasi-Monte Carlo once draws_aim has been called */
  int n_years, n_variables, n_correlations;
  const struct variable *variable;
  const struct correlation *correlation; /* of what is new in a year */
};

struct draws;
/* Copies what it needs.  STATUS_DATA: a distribution is wrong, two names are one, or the correlations cannot hold. */
enum status draws_new(const struct draws_plan *, struct draws **out, struct error *) MUST_CHECK;
void draws_free(struct draws *);

/* Shocks are the independent things behind the values: standard normals, and uniforms less a half.  Rows of DRAW_BLOCK
 * doubles, DRAW_PITCH apart, 64-byte aligned. */
int draws_shocks(const struct draws *);
/* Whose shock it is; *year is -1 where one holds for the run.  Of correlated variables the first has the shock alone
 * and the next adds what it does not share (Cholesky). */
void draws_shock_of(const struct draws *, int shock, int *variable, int *year);

/* One block of one set: shock[shock * DRAW_PITCH + lane] is filled. */
void draws_shock(const struct draws *, int set, int64_t block, double *shock);
/* Values from shocks: row[variable * n_years + year][lane], 64-byte aligned; rows of a draw that holds for the run may
 * be one.  `work` has room for draws_work() doubles. */
void draws_values(const struct draws *, const double *shock, double *work, double *const *row);
size_t draws_work(const struct draws *);

/* Aiming: the directions in which the outputs move most are drawn evenly (scrambled Sobol') rather than by chance.  The
 * caller fills shocks for lanes 0 to draws_aim_lanes() - 1, a block at a time, runs them, and hands back what came out:
 * output[output * lanes + lane].  The most important output comes first.  A shock that moves no output keeps its draws
 * bit for bit.  Does nothing when the plan is plain. */
int draws_aim_lanes(const struct draws *);
void draws_aim_shock(const struct draws *, int first_lane, double *shock);
enum status draws_aim(struct draws *, int n_outputs, const double *output, struct error *) MUST_CHECK;

/* Factors: what outcomes are held against to see what moves them: a shock that is a normal is one itself; for one that
 * is a uniform it is the value it leads to.  factor[shock] points into `shock` or `row`. */
void draws_factors(const struct draws *, const double *shock, double *const *row, const double **factor);
double draws_factor_sd(const struct draws *, int shock);

/* ---- tallies: tally.c ---------------------------------------------------------------------------------- */

/* Where a quantity is expected, from a pilot.  Bins are a whole number of units wide, and `often`, a value that many
 * draws share, begins one: it is told exactly.  So are the points of a quantity of few values: each is all that the
 * pilot found in its bin. */
enum { TALLY_POINTS = 16 };
struct tally_range {
  double low, width, often;
  int n_points;
  double point[TALLY_POINTS];
};
/* From the values of a pilot: half as far again as they reach; `often` is NAN when memory is out. */
struct tally_range tally_range(const double *value, size_t count, int n_bins);

struct tally_plan {
  int n_counters, n_quantities;
  int n_bins;                      /* even; 4,096 does */
  const struct tally_range *range; /* one a quantity */
  int n_shared;                    /* the first so many quantities are held against the factors */
  int n_factors;                   /* draws_shocks() */
  const double *factor_sd;         /* draws_factor_sd() of each; one at 0 is left out */
};

/* A tally is one flat run of tally_size() words that starts at 0: integers only.  Adding two word by word is adding
 * their draws, in any order: tally_add, or MPI_SUM over MPI_UINT64_T.  A set takes up to 2^32 - 1 draws; sets lie
 * apart, so that each may have a thread of its own. */
size_t tally_size(const struct tally_plan *);
void tally_add(uint64_t *into, const uint64_t *from, size_t words);
/* A block's values, of which the first n_lanes count: quantity[quantity][lane] in whole units; factor[factor][lane], or
 * NULL to leave shares to other blocks. */
void tally_block(const struct tally_plan *, uint64_t *tally, int set, int n_lanes, const double *const *quantity,
                 const double *const *factor);
void tally_count(const struct tally_plan *, uint64_t *tally, int set, int counter, uint64_t n);

/* ---- what tallies say: estimate.c ---------------------------------------------------------------------- */

/* error: a standard error, from the spread of the sets; 95 times in 100 the truth is within ERRORS_95 of them. */
#define ERRORS_95 2.1314495455597742 /* t with 15 degrees of freedom */
struct estimate {
  double value, error;
};
uint64_t tally_draws(const struct tally_plan *, const uint64_t *tally);
struct estimate tally_chance(const struct tally_plan *, const uint64_t *tally, int counter); /* count over draws */
struct estimate tally_mean(const struct tally_plan *, const uint64_t *tally, int quantity);
double tally_sd(const struct tally_plan *, const uint64_t *tally, int quantity);
struct estimate tally_quantile(const struct tally_plan *, const uint64_t *tally, int quantity, double p);
/* Many at once, which costs hardly more than one; NAN when memory is out. */
void tally_quantiles(const struct tally_plan *, const uint64_t *tally, int quantity, int n, const double *p,
                     struct estimate *out);
/* The mean of the draws above quantile p, and of those below it. */
struct estimate tally_mean_above(const struct tally_plan *, const uint64_t *tally, int quantity, double p);
struct estimate tally_mean_below(const struct tally_plan *, const uint64_t *tally, int quantity, double p);
/* The chance of a value of at most `limit`. */
struct estimate tally_chance_at_most(const struct tally_plan *, const uint64_t *tally, int quantity, double limit);
uint64_t tally_outside(const struct tally_plan *, const uint64_t *tally, int quantity); /* draws beyond the bins */

/* How much of a quantity's variance goes with each variable, in straight lines: share[variable], at least 0. Correlated
 * variables divide what they have in common, whatever their order.  Returns what is left, which no straight line
 * explains: 1 less their sum; all of it when memory is out.  Of one set of draws, or of all where set is ALL_SETS.
 * still[variable], NULL where each may: it moves nothing of the quantity, so that what it goes together with does not
 * divide its share with it. */
enum { ALL_SETS = -1 };
double tally_shares(const struct tally_plan *, const struct draws *, const uint64_t *tally, int quantity, int set,
                    const bool *still, double *share);

#endif
