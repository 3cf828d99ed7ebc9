/* search.c: where along a line of severities a test changes its answer: the last value before and the first after, one grain apart. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/stress.h"

#include <stdlib.h>
#include <string.h>

enum { POINTS = 256 }; /* futures a round: a batch */

struct round {
  struct summary *at;
  double *severity; /* [use * POINTS + lane] */
  long k[POINTS];   /* grains */
  int n;
};

static bool round_new(struct round *round, int n_uses)
{
  round->at = calloc(POINTS, sizeof *round->at);
  round->severity = calloc((size_t)(n_uses > 0 ? n_uses : 1) * POINTS, sizeof *round->severity);
  return round->at != NULL && round->severity != NULL;
}

static void round_free(struct round *round)
{
  free(round->at);
  free(round->severity);
}

/* Points from low to high, both ends, evenly spread. */
static void spread(struct round *round, long low, long high)
{
  const long steps = high - low < POINTS - 1 ? high - low : POINTS - 1;
  round->n = (int)steps + 1;
  for (int i = 0; i < round->n; i++) {
    round->k[i] = low + (steps > 0 ? (high - low) * i / steps : 0);
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

static bool narrow(struct trial *trial, struct round *round, const struct line_of_search *line, double most, const struct test *test,
                   struct boundary *out)
{
  const double grain = line->grain;
  long low = 0, high = (long)(most / grain + 0.5);
  bool back = false;
  for (bool first_round = true;; first_round = false) {
    bool ignored = false;
    spread(round, low, high);
    if (!run(trial, round, line)) {
      return false;
    }
    if (first_round) {
      out->met_at_0 = test_met(test, &round->at[0]);
    }
    const int change = first_change(round, test, first_round ? &back : &ignored);
    if (change < 0) {
      out->kind = BOUNDARY_NEVER;
      out->before = (double)round->k[round->n - 1] * grain;
      out->at_before = round->at[round->n - 1];
      return true;
    }
    low = round->k[change - 1];
    high = round->k[change];
    out->at_before = round->at[change - 1];
    out->at_after = round->at[change];
    if (high - low <= 1) {
      break;
    }
  }
  out->kind = back ? BOUNDARY_NOT_STEADY : BOUNDARY_FOUND;
  out->before = (double)low * grain;
  out->after = (double)high * grain;
  return true;
}

bool boundary_find(struct trial *trial, int n_uses, const double *start, const double *direction, double most, double grain,
                   const struct test *test, struct boundary *out)
{
  const struct line_of_search line = {n_uses, start, direction, grain};
  struct round round;
  memset(out, 0, sizeof *out);
  const bool done = round_new(&round, n_uses) && narrow(trial, &round, &line, most, test, out);
  round_free(&round);
  return done;
}
