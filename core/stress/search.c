/* search.c: where along a line of severities a test changes its answer: the last value before and the first after, one
 * grain apart (R43).
 *
 * (1) The whole way is sampled first, half of the points evenly and half ever closer towards 0, where answers mostly
 * lie. (2) The stretch of the first change is sampled again until its ends are neighbours. (3) Then the stretch before
 * it is sampled anew: a change found there comes first and takes its place. (4) Where any point beyond the first change
 * answers as at 0, the measure is not steady, and that is said. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/stress.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
  POINTS = TRIAL_LANES,
  CHECK_POINTS = 128,
  MOST_CHECKS = 4
}; /* futures a round: a batch; in a round of rule 3; such rounds */

struct round {
  struct trial *trial;
  double *severity; /* [use * n + lane] */
  long k[POINTS];   /* grains */
  bool met[POINTS];
  int n;
};

/* Points from low to high, both ends, evenly spread. */
static void spread(struct round *round, long low, long high, int points)
{
  const long steps = high - low < points - 1 ? high - low : points - 1;
  round->n = (int)steps + 1;
  for (int i = 0; i < round->n; i++) {
    round->k[i] =
        low + (steps > 0 ? (high - low) / steps * i + (high - low) % steps * i / steps : 0); /* never beyond a long */
  }
}

static int by_size(const void *a, const void *b)
{
  const long x = *(const long *)a, y = *(const long *)b;
  return (x > y) - (x < y);
}

/* Rule 1 */
static void spread_all(struct round *round, long high)
{
  enum { HALF = POINTS / 2 };
  if (high < POINTS) {
    spread(round, 0, high, POINTS);
    return;
  }
  for (int i = 0; i < HALF; i++) {
    round->k[i] = (long)((double)high * i / (HALF - 1));
    round->k[HALF + i] = lround(exp(log((double)high) * i / HALF));
  }
  round->k[HALF - 1] = high;
  qsort(round->k, POINTS, sizeof *round->k, by_size);
  round->n = 1;
  for (int i = 1; i < POINTS; i++) {
    if (round->k[i] != round->k[round->n - 1]) {
      round->k[round->n++] = round->k[i];
    }
  }
}

/* The line that is searched, and for what. */
struct line_of_search {
  int n_uses;
  const double *start, *direction;
  double grain;
  const struct test *test;
};

static bool run(struct round *round, const struct line_of_search *line)
{
  double way[POINTS];
  for (int i = 0; i < round->n; i++) {
    way[i] = (double)round->k[i] * line->grain;
  }
  for (int u = 0; u < line->n_uses; u++) {
    const double start = line->start != NULL ? line->start[u] : 0.0, direction = line->direction[u];
    double *row = round->severity + (size_t)u * (size_t)round->n;
    for (int i = 0; i < round->n; i++) {
      row[i] = start + direction * way[i];
    }
  }
  if (!trial_batch(round->trial, round->n, round->severity)) {
    return false;
  }
  test_lanes(line->test, round->trial, round->n, round->met);
  return true;
}

static void sum_up(const struct round *round, int point, struct summary *out)
{
  (void)summary_from_lane(out, trial_projection(round->trial), point); /* trial_batch has looked at the range */
}

/* The first point whose answer is not that of point 0, or -1; *back: the answer changes again after it. */
static int first_change(const struct round *round, bool *back)
{
  const bool start = round->met[0];
  int first = -1;
  for (int i = 1; i < round->n; i++) {
    if (first < 0 && round->met[i] != start) {
      first = i;
    } else if (first >= 0 && round->met[i] == start) {
      *back = true;
    }
  }
  return first;
}

/* A stretch whose ends answer differently, so far. */
struct stretch {
  long low, high;
  bool back;
};

/* change below 1: a plugin whose answers are not the same twice; the ends of the stretch are then all there is to go
 * by. */
static void take_stretch(const struct round *round, int change, struct stretch *stretch, struct boundary *out)
{
  change = change > 0 ? change : round->n - 1;
  stretch->low = round->k[change - 1];
  stretch->high = round->k[change];
  sum_up(round, change - 1, &out->at_before);
  sum_up(round, change, &out->at_after);
}

/* Rule 2 */
static bool narrow(struct round *round, const struct line_of_search *line, struct stretch *stretch,
                   struct boundary *out)
{
  while (stretch->high - stretch->low > 1) {
    spread(round, stretch->low, stretch->high, POINTS);
    if (!run(round, line)) {
      return false;
    }
    take_stretch(round, first_change(round, &stretch->back), stretch, out);
  }
  return true;
}

/* Rule 3; *found: there was an earlier change, and the stretch is now that one's. */
static bool look_before(struct round *round, const struct line_of_search *line, struct stretch *stretch,
                        struct boundary *out, bool *found)
{
  *found = false;
  if (stretch->low < 2) {
    return true;
  }
  spread(round, 0, stretch->low, CHECK_POINTS);
  if (!run(round, line)) {
    return false;
  }
  const int change = first_change(round, &stretch->back);
  *found = change >= 0;
  if (*found) {
    take_stretch(round, change, stretch, out);
  }
  return true;
}

/* By itself, to see whether the engine held something there. */
static bool look_at_the_most(struct round *round, const struct line_of_search *line, long most, struct boundary *out)
{
  round->n = 1;
  round->k[0] = most;
  if (!run(round, line)) {
    return false;
  }
  sum_up(round, 0, &out->at_before);
  out->held = projection_holds(trial_projection(round->trial));
  return true;
}

static bool search(struct round *round, const struct line_of_search *line, long most, struct boundary *out)
{
  struct stretch stretch = { 0 };
  spread_all(round, most);
  if (!run(round, line)) {
    return false;
  }
  out->met_at_0 = round->met[0];
  const int change = first_change(round, &stretch.back);
  if (change < 0) {
    out->kind = BOUNDARY_NEVER;
    out->before = (double)most * line->grain;
    return look_at_the_most(round, line, most, out);
  }
  take_stretch(round, change, &stretch, out);
  bool again = most >= POINTS; /* otherwise every point has been seen */
  if (!narrow(round, line, &stretch, out)) {
    return false;
  }
  for (int check = 0; again && check < MOST_CHECKS; check++) {
    if (!look_before(round, line, &stretch, out, &again) || !narrow(round, line, &stretch, out)) {
      return false;
    }
  }
  out->kind = stretch.back ? BOUNDARY_NOT_STEADY : BOUNDARY_FOUND;
  out->before = (double)stretch.low * line->grain;
  out->after = (double)stretch.high * line->grain;
  return true;
}

bool boundary_find(struct trial *trial, int n_uses, const double *start, const double *direction, double most,
                   double grain, const struct test *test, struct boundary *out)
{
  const struct line_of_search line = { n_uses, start, direction, grain, test };
  struct round round = { .trial = trial };
  memset(out, 0, sizeof *out);
  round.severity = malloc((size_t)(n_uses > 0 ? n_uses : 1) * POINTS * sizeof *round.severity);
  const bool done = round.severity != NULL && search(&round, &line, lround(most / grain), out);
  free(round.severity);
  return done;
}
