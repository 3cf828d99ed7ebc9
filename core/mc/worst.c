/* worst.c: what the worst futures have in common: how far each input departs in the 5 of 100 in which least is left.
 *
 * (1) Only in the end is it known which futures those are.  The pilot tells nearly: between what is left in its worst 3
 *     of 100 and in its worst 7 there are steps, and futures are counted by the step they lie in, with the sums of
 * their departures.  Of the step that the 5 end in, its futures count in part, all alike. (2) Departures are summed in
 * whole parts of a power of two near their own size: in any order the same. (3) Where many futures leave the same,
 * those have a step of their own. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/council.h"
#include "mc/tallies.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double worst = 0.05, least = 0.03, most = 0.07;
enum { PART_BITS = 30 };

/* ---- before any future: from the pilot ----------------------------------------------------------------- */

static int ascending(const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Rules 1 and 3. */
static bool limits_of(const double *left, double limit[WORST_STEPS])
{
  double *sorted = malloc(PILOT_LANES * sizeof *sorted);
  if (sorted == NULL) {
    return false;
  }
  memcpy(sorted, left, PILOT_LANES * sizeof *sorted);
  qsort(sorted, PILOT_LANES, sizeof *sorted, ascending);
  for (int i = 0; i < WORST_STEPS; i++) {
    limit[i] = sorted[(int)((least + (most - least) * i / (WORST_STEPS - 1)) * PILOT_LANES)];
  }
  free(sorted);
  for (int i = WORST_STEPS - 2; i >= 0; i--) {
    const bool is_first = i == 0 || limit[i - 1] < limit[i];
    limit[i] -= is_first && limit[i + 1] == limit[i] ? 1.0 : 0.0;
  }
  return true;
}

/* Rule 2: how many parts there are to the unit. */
static double parts_of(const struct marginal *marginal)
{
  int exponent = 0;
  (void)frexp(fmax(fabs(marginal_mean(marginal)), marginal_sd(marginal)), &exponent);
  return ldexp(1.0, PART_BITS - exponent);
}

bool worst_begin(struct simulation_run *run)
{
  struct arena *arena = &run->council.folder->arena;
  const size_t count = (size_t)run->council.count, variables = (size_t)run->council.n_variables;
  run->worst_limit = arena_array(arena, count, sizeof *run->worst_limit);
  run->worst_parts = arena_array(arena, variables + 1, sizeof *run->worst_parts);
  bool fine = run->worst_limit != NULL && run->worst_parts != NULL;
  for (int s = 0; fine && s < run->council.count; s++) {
    fine = limits_of(pilot_row(run, s, run->asked.left), run->worst_limit[s]);
  }
  for (size_t v = 0; fine && v < variables; v++) {
    run->worst_parts[v] = parts_of(&run->council.variable[v].marginal);
  }
  return fine;
}

/* ---- the futures --------------------------------------------------------------------------------------- */

/* Of a step: how many futures, then the sum of each variable. */
static size_t step_words(const struct council *c)
{
  return 1 + (size_t)c->n_variables;
}

static size_t set_words(const struct council *c)
{
  return (WORST_STEPS * step_words(c) + 7) / 8 * 8; /* sets do not share a line of the cache */
}

size_t worst_words(const struct council *c)
{
  return DRAW_SETS * set_words(c);
}

static int step_at(const double limit[WORST_STEPS], double left)
{
  int low = 0, high = WORST_STEPS - 1;
  while (low < high) {
    const int middle = (low + high) / 2;
    if (left <= limit[middle]) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

/* Futures of a block that may be among the worst. */
struct worse {
  int n, lane[DRAW_BLOCK];
  uint64_t *step[DRAW_BLOCK]; /* that each lies in */
};

/* Row by row, as those of a block are more than the nearest cache holds. */
static void add_departures(const struct simulation_run *run, const struct worse *worse, int variable,
                           double *const *value)
{
  const struct council *c = &run->council;
  const int years = c->variable[variable].persistence < 1.0 ? c->n_years : 1; /* one draw a run is one row */
  const double parts = run->worst_parts[variable] / years;
  double sum[DRAW_BLOCK];
  memset(sum, 0, (size_t)worse->n * sizeof *sum);
  for (int y = 0; y < years; y++) {
    const double *row = value[variable * c->n_years + y];
    for (int i = 0; i < worse->n; i++) {
      sum[i] += row[worse->lane[i]];
    }
  }
  for (int i = 0; i < worse->n; i++) {
    worse->step[i][1 + variable] += (uint64_t)llrint(sum[i] * parts);
  }
}

void worst_note(const struct simulation_run *run, int scenario, int set, int n_lanes, const double *left,
                double *const *value, uint64_t *tally)
{
  const double *limit = run->worst_limit[scenario];
  uint64_t *steps = tally + (size_t)set * set_words(&run->council);
  struct worse worse;
  worse.n = 0;
  for (int i = 0; i < n_lanes; i++) {
    if (left[i] <= limit[WORST_STEPS - 1]) {
      uint64_t *step = steps + (size_t)step_at(limit, left[i]) * step_words(&run->council);
      step[0]++;
      worse.lane[worse.n] = i;
      worse.step[worse.n++] = step;
    }
  }
  for (int v = 0; v < run->council.n_variables; v++) {
    add_departures(run, &worse, v, value);
  }
}

/* ---- in the end ---------------------------------------------------------------------------------------- */

struct worst_of {
  const struct council *council;
  const struct tallied *tallied;
};

static uint64_t word_of(const struct worst_of *of, int set, int step, int word)
{
  const size_t at = (size_t)step * step_words(of->council) + (size_t)word;
  uint64_t sum = 0;
  for (int i = set < 0 ? 0 : set; i < (set < 0 ? DRAW_SETS : set + 1); i++) {
    sum += of->tallied->worst[(size_t)i * set_words(of->council) + at];
  }
  return sum;
}

static double draws_in(const struct tallied *tallied, int set)
{
  return set < 0 ? (double)tally_draws(tallied->plan, tallied->tally)
                 : (double)tallied->tally[tally_at_set(tallied->plan, set)];
}

/* weight[step]: of each of its futures; they add to 1.  False: no future of that set is among the worst. */
static bool weigh(const struct worst_of *of, int set, double weight[WORST_STEPS])
{
  double wanted = worst * draws_in(of->tallied, set), taken = 0.0;
  for (int i = 0; i < WORST_STEPS; i++) {
    const double n = (double)word_of(of, set, i, 0), some = fmin(n, wanted);
    weight[i] = n > 0.0 ? some / n : 0.0;
    wanted -= some;
    taken += some;
  }
  for (int i = 0; taken > 0.0 && i < WORST_STEPS; i++) {
    weight[i] /= taken;
  }
  return taken > 0.0;
}

static double departure_of(const struct worst_of *of, int set, int variable, double parts,
                           const double weight[WORST_STEPS])
{
  double sum = 0.0;
  for (int i = 0; i < WORST_STEPS; i++) {
    sum += weight[i] * (double)(int64_t)word_of(of, set, i, 1 + variable);
  }
  return sum / parts;
}

void worst_fill(const struct simulation_run *run, const struct tallied *tallied, struct estimate *out)
{
  const struct council *c = &run->council;
  const struct worst_of of = { c, tallied };
  double weight[DRAW_SETS][WORST_STEPS], all[WORST_STEPS];
  bool has[DRAW_SETS];
  for (int set = 0; set < DRAW_SETS; set++) {
    has[set] = weigh(&of, set, weight[set]);
  }
  (void)weigh(&of, -1, all);
  for (int v = 0; v < c->n_variables; v++) {
    double mean = 0.0, square = 0.0;
    int n = 0;
    for (int set = 0; set < DRAW_SETS; set++) {
      if (has[set]) {
        const double own = departure_of(&of, set, v, run->worst_parts[v], weight[set]), away = own - mean;
        mean += away / ++n;
        square += away * (own - mean);
      }
    }
    out[v] = (struct estimate){ departure_of(&of, -1, v, run->worst_parts[v], all),
                                n > 1 ? sqrt(square / (n - 1) / n) : marginal_sd(&c->variable[v].marginal) };
  }
}
