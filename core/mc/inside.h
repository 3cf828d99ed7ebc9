/* inside.h: what the files of core/mc share: compiled distributions, Sobol' sequences and the parts of struct draws. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_MC_INSIDE_H
#define HEADROOM_MC_INSIDE_H

#include "mc/kernels.h"
#include "mc/mc.h"

/* ---- distributions as kernels want them: shape.c, table.c ---------------------------------------------- */

enum shape_kind { SHAPE_STEPS, SHAPE_SCORE, SHAPE_TRIANGLE, SHAPE_TABLE };

/* value = from + scale * shape(u), but 0 from half `below` up to half `above` when there is a chance of nothing; u is
 * stretched over what is left.  A score, and steps of one, need no u. */
struct shape {
  enum shape_kind kind;
  double from, scale;
  double split;                                       /* TRIANGLE: the chance below the mode */
  int n_steps;                                        /* STEPS: `step` from half, or score, `bound` on */
  double step[MOST_STEPS + 1], bound[MOST_STEPS + 1]; /* ascending bounds, the first of them of no account */
  bool thinned;
  double below, above, stretch;
  enum marginal_kind family; /* TABLE: BETA with a, b; LOGNORMAL with a, the sd of its logarithm; NORMAL */
  double a, b;
  bool mirrored;
  const struct quantile_table *table;
};
void shape_of(const struct marginal *, struct shape *);          /* the table is left to the caller */
void shape_steps_of_score(struct shape *);                       /* its steps are in scores from now on */
void table_build(const struct shape *, struct quantile_table *); /* of its family */
void score_table_build(struct score_table *);
void shape_values(const struct shape *, const double *half, double *work, double *row); /* work: 2 rows */

/* The door to GSL's distributions: marginal.c. */
double beta_below(double x, double a, double b);
double beta_density(double x, double a, double b);
double beta_median(double a, double b);
double score_of_tail(double chance); /* the standard normal with that chance above it */
double tail_of_score(double score);
void pert_shape(const struct marginal *, double *a, double *b);
void lognormal_shape(const struct marginal *, double *mu, double *sigma); /* of the logarithm of |value| */
double marginal_below_zero(const struct marginal *);                      /* leaving out the chance of nothing */

/* ---- correlation.c ------------------------------------------------------------------------------------- */

/* The lower triangular factor of the pairs among `n` variables, rows of n; false: they cannot hold, or no memory. */
bool correlations_factor(int n, int count, const struct correlation *, double *factor);

/* root: [n * n]; turn: [n * n_columns]; of n rows of the factor, [n * n_columns]. */
bool correlations_root(int n, int n_columns, const double *factor, double *root, double *turn);

/* ---- sobol.c ------------------------------------------------------------------------------------------- */

enum { SOBOL_DIMENSIONS = 64, SOBOL_RANDOM = 33 };
struct sobol {
  uint32_t direction[32], shift;
};
void sobol_scramble(struct sobol *, int dimension, const uint32_t random[SOBOL_RANDOM]);
uint32_t sobol_base(const struct sobol *, int64_t block);

/* ---- struct draws -------------------------------------------------------------------------------------- */

enum { MOST_DIRECTIONS = 16 };

uint64_t shock_key(const char *name, int year); /* block.c */

struct shock {
  int variable, year; /* year -1: one for the run */
  uint64_t key;
  int dimension; /* of a uniform drawn evenly, else -1 */
};

/* What is new in a variable's score: weight[k] times the shock part[k], or as many after it as years have passed. */
struct mix {
  int n, *part;
  double *weight;
};

struct drawn {
  const char *name;
  struct shape shape;
  double persistence, renewal; /* renewal: sqrt(1 - persistence^2) */
  double sd;                   /* of its values */
  bool scored;                 /* driven by normals; else by uniforms */
  bool once;                   /* persistence 1 */
  int first_shock;             /* one a year, or one */
  struct mix mix;              /* scored */
};

struct draws {
  uint64_t seed;
  bool plain;
  int n_years, n_variables, n_shocks, n_normals; /* normals come first among the shocks */
  struct drawn *drawn;                           /* as the caller ordered them */
  int n_scored, *scored;                         /* those driven by normals */
  int n_group, n_yearly, *group;                 /* the correlated variables, those of every year first */
  double *factor;                                /* [n_group * n_group] */
  struct shock *shock;
  const struct score_table *score_table; /* NULL where no score becomes a uniform */
  int n_directions, n_dimensions;
  int n_turned, *turned; /* normals that some direction holds */
  double *direction;     /* [direction * n_turned + k] */
  struct sobol *sobol;   /* [set * n_dimensions + dimension] */
  struct arena arena;
};

#endif
