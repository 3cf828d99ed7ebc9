/* combine.c: the least unlikely way to break the plan: of all combinations of moves that bring a date within the plan,
 * the nearest that is found in correlated standard units (the design point of first-order reliability).  One of the few
 * files that include GSL.
 *
 * (1) Moves are z standard units apart, correlated by their factors: x = L z, L from the Cholesky factor.
 * (2) Along a direction the nearest failure is found by trying a batch of radii, closer together near the plan, then a
 * batch between the two that differ, and last between those two by what is left of the margin. (3) What is left before
 * failure in a year falls steepest along L^T times what a step of each move takes from it: that is the first direction
 *     tried, for every year of the plan.
 * (4) At a failure the same is worked out anew and the direction turned to it, until failure comes no nearer.
 * (5) A simplex minimiser then tries turns that no slope would: there are kinks where a safety net, a floor or a limit
 * takes hold.  It turns the eight largest parts of the direction; beyond so many it would take long and find little.
 * (6) Every move takes part whose step changes any figure of any year: one that costs little may yet lie in the way
 * that is the nearest, as it goes together with others of its kind. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/stress.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multimin.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TURNED = 8, RADII = 40, SLOPES = 12, TURNS = 12, MOST_LANES = MOST_MOVES + 1 };
_Static_assert(RADII < MOST_LANES, "a batch holds a lane for each move and one for the point itself");
static const double farthest = 6.0; /* standard units: beyond that nothing is told */
static const double nudge = 0.05;   /* steps, for slopes */

struct search {
  struct trial *trial;
  struct test test;
  int n_years, n_uses; /* n_uses: of the trial */
  int n, use[MOST_MOVES];
  double worse[MOST_MOVES];
  double factor[MOST_MOVES][MOST_MOVES]; /* L, lower */
  double *severity;                      /* [use * lanes + lane]: up to MOST_LANES */
  struct summary at[MOST_LANES];         /* around a point, which is the last: look_around */
  struct summary failure;                /* the last one found */
  bool failed;                           /* the lab */
  double z[MOST_MOVES];                  /* rule 5: the direction that is turned, */
  int n_turned, turned[MOST_TURNED];     /* and which parts of it */
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

/* The first of `RADII` radii at which the test is met, or RADII. */
static int try_radii(struct search *s, const double *z, const double *radius)
{
  memset(s->severity, 0, (size_t)s->n_uses * RADII * sizeof *s->severity);
  for (int lane = 0; lane < RADII; lane++) {
    double steps[MOST_MOVES];
    point(s, z, radius[lane], steps);
    for (int i = 0; i < s->n; i++) {
      s->severity[s->use[i] * RADII + lane] = steps[i];
    }
  }
  if (s->failed || !trial_batch(s->trial, RADII, s->severity)) {
    s->failed = true;
    return RADII;
  }
  bool met[RADII];
  test_lanes(&s->test, s->trial, RADII, met);
  int lane = 0;
  while (lane < RADII && !met[lane]) {
    lane++;
  }
  if (lane < RADII) {
    (void)summary_from_lane(&s->failure, trial_projection(s->trial), lane);
  }
  return lane;
}

static void radii_between(double low, double high, double *radius)
{
  for (int lane = 0; lane < RADII; lane++) {
    radius[lane] = low + (high - low) * (double)(lane + 1) / RADII;
  }
}

/* What is left before the date comes in that year, below 0 by what it is missed by; smooth across the failure. */
static double margin(const struct search *s, const struct summary *at, int year)
{
  const bool minimum = s->test.date == DATE_BELOW_MINIMUM;
  pence left = minimum ? at->measure[M_GENERAL_FUND_CLOSING][year] - at->measure[M_MINIMUM][year]
                       : at->measure[M_USABLE_CLOSING][year];
  for (int y = 0; y <= year; y++) {
    left -= at->measure[M_UNFUNDED][y];
  }
  return gbp_from_pence(left);
}

/* Rule 2.  Twice the farthest when there is none. */
static double nearest_failure(struct search *s, const double *z)
{
  double radius[RADII];
  for (int lane = 0; lane < RADII; lane++) {
    radius[lane] = farthest * (double)((lane + 1) * (lane + 1)) / (RADII * RADII);
  }
  const int coarse = try_radii(s, z, radius);
  if (coarse == RADII) {
    return farthest * 2.0;
  }
  const double low = coarse > 0 ? radius[coarse - 1] : 0.0, high = radius[coarse];
  radii_between(low, high, radius);
  const int fine = try_radii(s, z, radius);
  if (fine == 0 || fine == RADII) {
    return fine == 0 ? radius[0] : high;
  }
  const int year = s->failure.date[s->test.date];
  struct summary last_safe;
  (void)summary_from_lane(&last_safe, trial_projection(s->trial), fine - 1);
  const double before = margin(s, &last_safe, year), after = margin(s, &s->failure, year);
  const double part = before > 0.0 && after < 0.0 ? before / (before - after) : 1.0;
  return radius[fine - 1] + (radius[fine] - radius[fine - 1]) * part;
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

/* ---- which moves take part ----------------------------------------------------------------------------- */

static bool differs(const struct summary *a, const struct summary *b)
{
  return memcmp(a->measure, b->measure, sizeof a->measure) != 0;
}

/* Rule 6: one step of each, all in one batch, and the plan beside them. */
static bool choose(struct search *s, const double *worse, int n_moves)
{
  memset(s->severity, 0, (size_t)s->n_uses * MOST_LANES * sizeof *s->severity);
  for (int m = 0; m < n_moves; m++) {
    s->severity[m * (n_moves + 1) + m] = worse[m];
  }
  if (!trial_run(s->trial, n_moves + 1, s->severity, s->at)) {
    return false;
  }
  for (int m = 0; m < n_moves; m++) {
    if (differs(&s->at[m], &s->at[n_moves])) {
      s->use[s->n] = m;
      s->worse[s->n++] = worse[m];
    }
  }
  return true;
}

/* ---- directions ---------------------------------------------------------------------------------------- */

/* Slopes around a point in steps, one lane a move and one for the point itself: s->at[0..n]. */
static bool look_around(struct search *s, const double *steps)
{
  memset(s->severity, 0, (size_t)s->n_uses * MOST_LANES * sizeof *s->severity);
  for (int i = 0; i < s->n; i++) {
    for (int lane = 0; lane <= s->n; lane++) {
      s->severity[s->use[i] * (s->n + 1) + lane] = steps[i] + (lane == i ? nudge * s->worse[i] : 0.0);
    }
  }
  s->failed = s->failed || !trial_run(s->trial, s->n + 1, s->severity, s->at);
  return !s->failed;
}

/* Rule 3: false where nothing moves that year. */
static bool steepest(const struct search *s, int year, double *z)
{
  double length = 0.0;
  for (int j = 0; j < s->n; j++) {
    z[j] = 0.0;
    for (int i = j; i < s->n; i++) {
      z[j] += s->factor[i][j] * (margin(s, &s->at[s->n], year) - margin(s, &s->at[i], year));
    }
    length += z[j] * z[j];
  }
  for (int j = 0; j < s->n && length > 0.0; j++) {
    z[j] /= sqrt(length);
  }
  return length > 0.0;
}

static double take_if_nearer(struct search *s, const double *z, double *best_z, double best)
{
  const double distance = nearest_failure(s, z);
  if (distance >= best || s->failed) {
    return best;
  }
  memcpy(best_z, z, sizeof *z * (size_t)s->n);
  return distance;
}

/* Before the General Fund is near its minimum, or reserves near their end, nothing of it may move: so the slopes of
 * every year are taken at nothing, and the direction in which all moves go together is tried beside them. */
static double first_directions(struct search *s, double *best_z)
{
  double steps[MOST_MOVES] = { 0 }, z[MOST_MOVES], best = farthest * 2.0;
  for (int i = 0; i < s->n; i++) {
    z[i] = 1.0;
  }
  best = take_if_nearer(s, z, best_z, best);
  if (!look_around(s, steps)) {
    return best;
  }
  for (int year = 0; year < s->n_years && !s->failed; year++) {
    if (steepest(s, year, z)) {
      best = take_if_nearer(s, z, best_z, best);
    }
  }
  return best;
}

/* Rule 4 */
static double follow_slopes(struct search *s, double *z, double best)
{
  for (int i = 0; i < SLOPES && best < farthest && !s->failed; i++) {
    double steps[MOST_MOVES] = { 0 }, turned[MOST_MOVES] = { 0 };
    point(s, z, best, steps);
    const double before = best;
    (void)nearest_failure(s, z);
    const int32_t year = s->failure.date[s->test.date];
    if (year < 0 || !look_around(s, steps) || !steepest(s, year, turned)) {
      return best;
    }
    best = take_if_nearer(s, turned, z, best);
    if (best > before * 0.999) {
      return best;
    }
  }
  return best;
}

/* Rule 5: the largest parts of the direction, the largest first. */
static void choose_turned(struct search *s)
{
  s->n_turned = 0;
  for (int i = 0; i < s->n; i++) {
    int at = s->n_turned < MOST_TURNED ? s->n_turned++ : MOST_TURNED;
    for (; at > 0 && fabs(s->z[i]) > fabs(s->z[s->turned[at - 1]]); at--) {
      if (at < MOST_TURNED) {
        s->turned[at] = s->turned[at - 1];
      }
    }
    if (at < MOST_TURNED) {
      s->turned[at] = i;
    }
  }
}

static void turn(const struct search *s, const gsl_vector *to, double *z)
{
  memcpy(z, s->z, sizeof s->z);
  for (int i = 0; i < s->n_turned; i++) {
    z[s->turned[i]] = gsl_vector_get(to, (size_t)i);
  }
}

static double objective(const gsl_vector *to, void *ctx)
{
  struct search *s = ctx;
  double z[MOST_MOVES];
  turn(s, to, z);
  return nearest_failure(s, z);
}

static double simplex(struct search *s, double *z, double best)
{
  memcpy(s->z, z, sizeof s->z);
  choose_turned(s);
  const size_t n = (size_t)s->n_turned;
  gsl_vector *x = gsl_vector_alloc(n), *size = gsl_vector_alloc(n);
  gsl_multimin_fminimizer *m = gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, n);
  gsl_multimin_function f = { objective, n, s };
  if (x != NULL && size != NULL && m != NULL) {
    for (size_t i = 0; i < n; i++) {
      gsl_vector_set(x, i, z[s->turned[i]]);
    }
    gsl_vector_set_all(size, 0.2);
    int status = gsl_multimin_fminimizer_set(m, &f, x, size);
    for (int i = 0; status == GSL_SUCCESS && !s->failed && i < TURNS; i++) {
      status = gsl_multimin_fminimizer_iterate(m);
      if (gsl_multimin_fminimizer_size(m) < 0.005) {
        break;
      }
    }
    if (gsl_multimin_fminimizer_minimum(m) < best) {
      best = gsl_multimin_fminimizer_minimum(m);
      turn(s, gsl_multimin_fminimizer_x(m), z);
    }
  }
  gsl_multimin_fminimizer_free(m);
  gsl_vector_free(size);
  gsl_vector_free(x);
  return best;
}

/* ---- the whole ----------------------------------------------------------------------------------------- */

/* The first failing point at that distance or a hair beyond: what is told has been run. */
static void keep(struct search *s, const double *z, double distance, struct combination *out)
{
  double radius[RADII], steps[MOST_MOVES];
  radii_between(distance * 0.9999, distance * 1.001 + 1e-6, radius);
  const int lane = try_radii(s, z, radius);
  if (lane == RADII) {
    return;
  }
  point(s, z, radius[lane], steps);
  for (int i = 0; i < s->n; i++) {
    out->severity[s->use[i]] = steps[i];
  }
  out->distance = radius[lane];
  out->at = s->failure;
  out->found = true;
}

static void find(struct search *s, struct combination *out)
{
  double z[MOST_MOVES] = { 0 };
  double best = first_directions(s, z);
  if (best < farthest) {
    best = follow_slopes(s, z, best);
    best = simplex(s, z, best);
    best = follow_slopes(s, z, best);
  }
  if (best < farthest && !s->failed) {
    keep(s, z, best, out);
  }
}

bool combination_find(struct trial *trial, const struct move *moves, const double *worse, int n_moves, int n_uses,
                      int n_years, enum date date, struct combination *out)
{
  struct search *s = calloc(1, sizeof *s);
  double *severity = calloc((size_t)n_uses * MOST_LANES, sizeof *severity);
  memset(out, 0, sizeof *out);
  bool ran = s != NULL && severity != NULL;
  if (ran) {
    gsl_set_error_handler_off();
    *s = (struct search){ .trial = trial,
                          .test = { .is_date = true, .date = date, .year = n_years - 1 },
                          .n_years = n_years,
                          .n_uses = n_uses,
                          .severity = severity };
    ran = choose(s, worse, n_moves);
  }
  if (ran) {
    if (s->n > 0 && factorise(s, moves)) {
      find(s, out);
    }
    ran = !s->failed;
  }
  free(severity);
  free(s);
  return ran;
}
