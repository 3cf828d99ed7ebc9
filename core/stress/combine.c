/* combine.c: the least unlikely way to break the plan: of all combinations of moves that bring a date within the plan, the one nearest to it in
 * correlated standard units (the design point of first-order reliability).  One of the two files that include GSL.
 *
 * (1) Moves are z standard units apart, correlated by their factors: x = L z, L from the Cholesky factor.
 * (2) Along a direction the nearest failure is found by trying a batch of radii, twice.
 * (3) A simplex minimiser turns the direction, from the steepest one, until no turn brings failure nearer.
 * Only moves that matter take part: the most costly, at most eight. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/stress.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multimin.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TOGETHER = 8, RADII = 64, TURNS = 120 };
static const double farthest = 6.0; /* standard units: beyond that nothing is told */

struct search {
  struct trial *trial;
  struct test test;
  int n_uses;           /* of the trial */
  int n, use[MOST_TOGETHER];
  double worse[MOST_TOGETHER];
  double factor[MOST_TOGETHER][MOST_TOGETHER]; /* L, lower */
  double *severity;     /* [use * RADII + lane] */
  struct summary at[RADII];
  bool failed;          /* the lab */
};

/* Rule 1: the point at that radius along z, in steps of each move. */
static void point(const struct search *s, const double *z, double radius, double *steps)
{
  double length = 0.0;
  for (int i = 0; i < s->n; i++) {
    length += z[i] * z[i];
  }
  const double by = length > 0.0 ? radius / sqrt(length) : 0.0;
  for (int i = 0; i < s->n; i++) {
    double x = 0.0;
    for (int j = 0; j <= i; j++) {
      x += s->factor[i][j] * z[j];
    }
    steps[i] = x * by * s->worse[i];
  }
}

/* Radii evenly from low to high; the first at which the test is met, or RADII. */
static int try_radii(struct search *s, const double *z, double low, double high)
{
  memset(s->severity, 0, (size_t)s->n_uses * RADII * sizeof *s->severity);
  for (int lane = 0; lane < RADII; lane++) {
    double steps[MOST_TOGETHER];
    point(s, z, low + (high - low) * (double)(lane + 1) / RADII, steps);
    for (int i = 0; i < s->n; i++) {
      s->severity[s->use[i] * RADII + lane] = steps[i];
    }
  }
  if (s->failed || !trial_run(s->trial, RADII, s->severity, s->at)) {
    s->failed = true;
    return RADII;
  }
  for (int lane = 0; lane < RADII; lane++) {
    if (test_met(&s->test, &s->at[lane])) {
      return lane;
    }
  }
  return RADII;
}

/* Rule 2 */
static double nearest_failure(struct search *s, const double *z)
{
  const int coarse = try_radii(s, z, 0.0, farthest);
  if (coarse == RADII) {
    return farthest * 2.0;
  }
  const double low = farthest * coarse / RADII, high = farthest * (coarse + 1) / RADII;
  const int fine = try_radii(s, z, low, high);
  return fine == RADII ? high : low + (high - low) * (double)(fine + 1) / RADII;
}

static double objective(const gsl_vector *z, void *ctx)
{
  double direction[MOST_TOGETHER];
  struct search *s = ctx;
  for (int i = 0; i < s->n; i++) {
    direction[i] = gsl_vector_get(z, (size_t)i);
  }
  return nearest_failure(s, direction);
}

/* The correlation matrix by factor; false when it is not positive definite. */
static bool factorise(struct search *s, const struct move *moves)
{
  gsl_matrix *m = gsl_matrix_alloc((size_t)s->n, (size_t)s->n);
  if (m == NULL) {
    return false;
  }
  for (int i = 0; i < s->n; i++) {
    for (int j = 0; j < s->n; j++) {
      const bool same = moves[s->use[i]].factor == moves[s->use[j]].factor;
      gsl_matrix_set(m, (size_t)i, (size_t)j, i == j ? 1.0 : same ? correlation_within : correlation_across);
    }
  }
  const bool done = gsl_linalg_cholesky_decomp1(m) == GSL_SUCCESS;
  for (int i = 0; done && i < s->n; i++) {
    for (int j = 0; j <= i; j++) {
      s->factor[i][j] = gsl_matrix_get(m, (size_t)i, (size_t)j);
    }
  }
  gsl_matrix_free(m);
  return done;
}

/* What one step of each move costs over the years, in pounds; the plan's own in *plan. */
static bool costs(struct search *s, const double *worse, int n_moves, double *cost)
{
  double *severity = calloc((size_t)s->n_uses * (size_t)(n_moves + 1), sizeof *severity);
  struct summary *at = calloc((size_t)n_moves + 1, sizeof *at);
  bool ran = severity != NULL && at != NULL;
  for (int m = 0; ran && m < n_moves; m++) {
    severity[m * (n_moves + 1) + m] = worse[m];
  }
  ran = ran && trial_run(s->trial, n_moves + 1, severity, at);
  for (int m = 0; ran && m < n_moves; m++) {
    cost[m] = 0.0;
    for (int y = 0; y < MAX_YEARS; y++) {
      cost[m] += gbp_from_pence(at[m].measure[M_GAP][y] - at[n_moves].measure[M_GAP][y]);
    }
  }
  free(severity);
  free(at);
  return ran;
}

static void choose(struct search *s, const double *worse, int n_moves, double *cost, double *start)
{
  while (s->n < MOST_TOGETHER && s->n < n_moves) {
    int best = -1;
    for (int m = 0; m < n_moves; m++) {
      best = cost[m] > 0.0 && (best < 0 || cost[m] > cost[best]) ? m : best;
    }
    if (best < 0) {
      return;
    }
    s->use[s->n] = best;
    s->worse[s->n] = worse[best];
    start[s->n++] = cost[best];
    cost[best] = 0.0;
  }
}

/* The steepest direction in z: L transposed times what each step costs. */
static void steepest(const struct search *s, const double *cost, double *z)
{
  double length = 0.0;
  for (int j = 0; j < s->n; j++) {
    z[j] = 0.0;
    for (int i = j; i < s->n; i++) {
      z[j] += s->factor[i][j] * cost[i];
    }
    length += z[j] * z[j];
  }
  for (int j = 0; j < s->n && length > 0.0; j++) {
    z[j] /= sqrt(length);
  }
}

/* Rule 3 */
static double turn(struct search *s, double *z)
{
  gsl_vector *x = gsl_vector_alloc((size_t)s->n), *size = gsl_vector_alloc((size_t)s->n);
  gsl_multimin_fminimizer *m = gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, (size_t)s->n);
  gsl_multimin_function f = {objective, (size_t)s->n, s};
  double best = nearest_failure(s, z);
  if (x != NULL && size != NULL && m != NULL && best < farthest) {
    for (int i = 0; i < s->n; i++) {
      gsl_vector_set(x, (size_t)i, z[i]);
    }
    gsl_vector_set_all(size, 0.25);
    int status = gsl_multimin_fminimizer_set(m, &f, x, size);
    for (int i = 0; status == GSL_SUCCESS && !s->failed && i < TURNS; i++) {
      status = gsl_multimin_fminimizer_iterate(m);
      if (gsl_multimin_fminimizer_size(m) < 0.005) {
        break;
      }
    }
    if (gsl_multimin_fminimizer_minimum(m) < best) {
      best = gsl_multimin_fminimizer_minimum(m);
      for (int i = 0; i < s->n; i++) {
        z[i] = gsl_vector_get(gsl_multimin_fminimizer_x(m), (size_t)i);
      }
    }
  }
  gsl_multimin_fminimizer_free(m);
  gsl_vector_free(size);
  gsl_vector_free(x);
  return best;
}

static void keep(struct search *s, const double *z, double distance, struct combination *out)
{
  double steps[MOST_TOGETHER], *severity = calloc((size_t)s->n_uses, sizeof *severity);
  point(s, z, distance, steps);
  for (int i = 0; severity != NULL && i < s->n; i++) {
    out->severity[s->use[i]] = severity[s->use[i]] = steps[i];
  }
  out->distance = distance;
  out->found = severity != NULL && trial_run(s->trial, 1, severity, &out->at);
  free(severity);
}

bool combination_find(struct trial *trial, const struct move *moves, const double *worse, int n_moves, int n_uses, enum date date,
                      struct combination *out)
{
  double cost[MOST_MOVES], start[MOST_TOGETHER], z[MOST_TOGETHER] = {0};
  struct search *s = calloc(1, sizeof *s);
  double *severity = calloc((size_t)n_uses * RADII, sizeof *severity);
  memset(out, 0, sizeof *out);
  bool ran = s != NULL && severity != NULL;
  if (ran) {
    gsl_set_error_handler_off();
    *s = (struct search){.trial = trial, .test = {.is_date = true, .date = date, .year = MAX_YEARS}, .n_uses = n_uses, .severity = severity};
    ran = costs(s, worse, n_moves, cost);
  }
  if (ran) {
    choose(s, worse, n_moves, cost, start);
    if (s->n > 0 && factorise(s, moves)) {
      steepest(s, start, z);
      const double distance = turn(s, z);
      if (distance < farthest && !s->failed) {
        keep(s, z, distance, out);
      }
    }
    ran = !s->failed;
  }
  free(severity);
  free(s);
  return ran;
}
