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
  POINTS = 256,
  CHECK_POINTS = 128,
  MOST_CHECKS = 4
}; /* futures a round: a batch; in a round of rule 3; such rounds */

struct round {
  struct summary *at;
  double *severity; /* [use * POINTS + lane] */
  long k[POINTS];   /* grains */
  int n;
};

static bool round_new(struct round *round, int n_uses)
{
  round->at = malloc(POINTS * sizeof *round->at);
  round->severity = calloc((size_t)(n_uses > 0 ? n_uses : 1) * POINTS, sizeof *round->severity);
  return round->at != NULL && round->severity != NULL;
}

static void round_free(struct round *round)
{
  free(round->at);
  free(round->severity);
}

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

/* The line that is searched. */
struct line_of_search {
  int n_uses;
  const double *start, *direction;
  double grain;
};

static bool run(struct trial *trial, struct round *round, const struct line_of_search *line)
{
  for (int u = 0; u < line->n_uses; u++) {
    const double start = line->start != NULL ? line->start[u] : 0.0;
    for (int i = 0; i < round->n; i++) {
      round->severity[u * round->n + i] = start + line->direction[u] * ((double)round->k[i] * line->grain);
    }
  }
  return trial_run(trial, round->n, round->severity, round->at);
}

/* The first point whose answer is not that of point 0, or -1; *back: the answer changes again after it. */
static int first_change(const struct round *round, const struct test *test, bool *back)
{
  const bool start = test_met(test, &round->at[0]);
  int first = -1;
  for (int i = 1; i < round->n; i++) {
    const bool met = test_met(test, &round->at[i]);
    if (first < 0 && met != start) {
      first = i;
    } else if (first >= 0 && met == start) {
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
  out->at_before = round->at[change - 1];
  out->at_after = round->at[change];
}

/* Rule 2 */
static bool narrow(struct trial *trial, struct round *round, const struct line_of_search *line, const struct test *test,
                   struct stretch *stretch, struct boundary *out)
{
  while (stretch->high - stretch->low > 1) {
    spread(round, stretch->low, stretch->high, POINTS);
    if (!run(trial, round, line)) {
      return false;
    }
    take_stretch(round, first_change(round, test, &stretch->back), stretch, out);
  }
  return true;
}

/* Rule 3; *found: there was an earlier change, and the stretch is now that one's. */
static bool look_before(struct trial *trial, struct round *round, const struct line_of_search *line,
                        const struct test *test, struct stretch *stretch, struct boundary *out, bool *found)
{
  *found = false;
  if (stretch->low < 2) {
    return true;
  }
  spread(round, 0, stretch->low, CHECK_POINTS);
  if (!run(trial, round, line)) {
    return false;
  }
  const int change = first_change(round, test, &stretch->back);
  *found = change >= 0;
  if (*found) {
    take_stretch(round, change, stretch, out);
  }
  return true;
}

static bool search(struct trial *trial, struct round *round, const struct line_of_search *line, long most,
                   const struct test *test, struct boundary *out)
{
  struct stretch stretch = { 0 };
  spread_all(round, most);
  if (!run(trial, round, line)) {
    return false;
  }
  out->met_at_0 = test_met(test, &round->at[0]);
  const int change = first_change(round, test, &stretch.back);
  if (change < 0) {
    out->kind = BOUNDARY_NEVER;
    out->before = (double)most * line->grain;
    out->at_before = round->at[round->n - 1];
    return true;
  }
  take_stretch(round, change, &stretch, out);
  bool again = most >= POINTS; /* otherwise every point has been seen */
  if (!narrow(trial, round, line, test, &stretch, out)) {
    return false;
  }
  for (int check = 0; again && check < MOST_CHECKS; check++) {
    if (!look_before(trial, round, line, test, &stretch, out, &again) ||
        !narrow(trial, round, line, test, &stretch, out)) {
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
  const struct line_of_search line = { n_uses, start, direction, grain };
  struct round round;
  memset(out, 0, sizeof *out);
  const bool done = round_new(&round, n_uses) && search(trial, &round, &line, lround(most / grain), test, out);
  round_free(&round);
  return done;
}
