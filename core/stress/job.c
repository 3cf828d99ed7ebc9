/* job.c: what the worker of `stress` does with the battery, part by part; what it finds lies in memory that the program
 * shares. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/stress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const enum date reverse_dates[N_REVERSE] = { DATE_BELOW_MINIMUM, DATE_FIRST_UNFUNDED };

struct job {
  const struct plan *plan;
  const struct battery *battery;
  struct stress_result *result;
  const struct stress_progress *progress;
};

static void tell(const struct job *job, const char *doing, int done, int of)
{
  if (job->progress != NULL) {
    job->progress->step(job->progress->ctx, doing, done, of);
  }
}

/* Why uses took no part, one after the other, as far as there is room; how many did. */
static int note_skips(const struct trial *trial, int n_uses, char *out, size_t room)
{
  size_t used = 0;
  int took_part = 0;
  for (int u = 0; u < n_uses; u++) {
    const char *why = trial_skip(trial, u);
    took_part += why[0] == '\0';
    if (why[0] != '\0' && used < room - 1 && strstr(out, why) == NULL) {
      const int n = snprintf(out + used, room - used, "%s%s", used > 0 ? "; " : "", why);
      used = n > 0 && (size_t)n < room - used ? used + (size_t)n : room - 1;
    }
  }
  return took_part;
}

/* What the pack asks for in vain; MOST_IDLE are kept, and all are counted. */
static bool note_idle(struct trial *trial, const struct job *job, int pack)
{
  struct stress_result *result = job->result;
  for (int u = 0; u < job->battery->scenario[pack].n_uses; u++) {
    uint64_t idle = 0;
    if (!trial_idle(trial, u, &idle)) {
      return false;
    }
    for (uint32_t p = 0; idle >> p != 0; p++) {
      if ((idle >> p & 1) != 0 && result->n_idle++ < MOST_IDLE) {
        result->idle[result->n_idle - 1] = (struct idle_parameter){ pack, u, p };
      }
    }
  }
  return true;
}

static bool run_packs(struct lab *lab, const struct job *job)
{
  for (int s = 0; s < job->battery->n_packs; s++) {
    tell(job, "packs", s, job->battery->n_packs);
    struct trial *trial = trial_open(lab, s, 1);
    const bool ran = trial != NULL && trial_run(trial, 1, NULL, &job->result->pack[s]) && note_idle(trial, job, s);
    if (ran) {
      job->result->pack_part[s] = note_skips(trial, job->battery->scenario[s].n_uses, job->result->pack_skip[s],
                                             sizeof job->result->pack_skip[s]);
    }
    trial_close(trial);
    if (!ran) {
      return false;
    }
  }
  return true;
}

/* One future a use, that use alone at full severity, times `sign`. */
static bool run_each(struct lab *lab, int scenario, int n_uses, double sign, struct summary *out)
{
  if (scenario < 0 || n_uses == 0) {
    return true;
  }
  double *severity = calloc((size_t)n_uses * (size_t)n_uses, sizeof *severity);
  struct trial *trial = severity != NULL ? trial_open(lab, scenario, n_uses) : NULL;
  for (int u = 0; trial != NULL && u < n_uses; u++) {
    severity[u * n_uses + u] = sign;
  }
  const bool ran = trial != NULL && trial_run(trial, n_uses, severity, out);
  trial_close(trial);
  free(severity);
  return ran;
}

/* What the gaps of all years come to, with the sign turned: more is better. */
static double standing(const struct plan *plan, const struct summary *s)
{
  double sum = 0.0;
  for (int y = 0; y < plan->n_years; y++) {
    sum -= (double)s->measure[M_GAP][y];
  }
  return sum;
}

static bool sensitivities(struct trial *trial, const struct job *job, int n)
{
  double *severity = calloc((size_t)n * 2 * (size_t)n, sizeof *severity);
  struct summary *at = calloc(2 * (size_t)n, sizeof *at);
  bool ran = severity != NULL && at != NULL;
  for (int u = 0; ran && u < n; u++) {
    severity[u * 2 * n + u] = 1.0;
    severity[u * 2 * n + n + u] = -1.0;
  }
  ran = ran && trial_run(trial, 2 * n, severity, at);
  for (int u = 0; ran && u < n; u++) {
    const bool up_is_worse = standing(job->plan, &at[u]) <= standing(job->plan, &at[n + u]);
    job->result->move[u].worse = up_is_worse ? 1.0 : -1.0;
    job->result->move[u].up = up_is_worse ? at[u] : at[n + u];
  }
  free(severity);
  free(at);
  return ran;
}

/* Every measure of every year. */
static bool is_the_plan(const struct job *job, const struct summary *s)
{
  for (int m = 0; m < N_MEASURES; m++) {
    if (memcmp(s->measure[m], job->result->plan.measure[m], (size_t)job->plan->n_years * sizeof(pence)) != 0) {
      return false;
    }
  }
  return true;
}

static void settle_stuck(const struct job *job, int move, struct reverse *out)
{
  struct boundary *b = &out->boundary;
  out->stuck = out->known && b->kind == BOUNDARY_NEVER && out->sign * job->result->move[move].worse < 0.0 &&
               is_the_plan(job, &b->at_before);
  b->before = out->stuck ? 0.0 : b->before;
}

/* Where the plan is safe, how far it may go wrong; where it fails already, how far it must go right. */
static bool reverse_searches(struct trial *trial, const struct job *job, int n)
{
  double direction[MOST_MOVES] = { 0 };
  for (int u = 0; u < n; u++) {
    tell(job, "reverse stress", u, n);
    for (int t = 0; t < N_REVERSE; t++) {
      const struct test test = { .is_date = true, .date = reverse_dates[t], .year = job->plan->n_years - 1 };
      struct reverse *out = &job->result->move[u].reverse[t];
      const struct move *move = &job->battery->move[u];
      out->sign = job->result->move[u].worse * (test_met(&test, &job->result->plan) ? -1.0 : 1.0);
      direction[u] = out->sign;
      out->known = job->result->plan.date[reverse_dates[t]] != DATE_UNKNOWN && trial_skip(trial, u)[0] == '\0';
      if (out->known && !boundary_find(trial, n, NULL, direction, move->most, move->grain, &test, &out->boundary)) {
        return false;
      }
      settle_stuck(job, u, out);
    }
    direction[u] = 0.0;
  }
  return true;
}

static bool combinations(struct trial *trial, const struct job *job, int n)
{
  double worse[MOST_MOVES];
  for (int u = 0; u < n; u++) {
    worse[u] = job->result->move[u].worse;
  }
  for (int t = 0; t < N_REVERSE; t++) {
    tell(job, "combinations", t, N_REVERSE);
    if (job->result->plan.date[reverse_dates[t]] == DATE_NOT_IN_HORIZON &&
        !combination_find(trial, job->battery->move, worse, n, n, job->plan->n_years, reverse_dates[t],
                          &job->result->combination[t])) {
      return false;
    }
  }
  return true;
}

static bool run_moves(struct lab *lab, const struct job *job)
{
  if (job->battery->moves < 0) {
    return true;
  }
  const int n = job->battery->scenario[job->battery->moves].n_uses;
  struct trial *trial = n > 0 ? trial_open(lab, job->battery->moves, TRIAL_LANES) : NULL;
  const bool ran = n == 0 || (trial != NULL && sensitivities(trial, job, n) && reverse_searches(trial, job, n) &&
                              combinations(trial, job, n));
  trial_close(trial);
  return ran;
}

/* Whole thousands, upwards. */
static double millions(pence amount)
{
  const pence thousand = 100000, thousands = amount > 0 ? (amount + thousand - 1) / thousand : 0;
  return (double)thousands / 1000.0;
}

/* What would be enough for good: the last year's structural gap, or more where D1 or D3 comes before it is closed. */
static double lasting_savings(const struct job *job)
{
  const struct summary *plan = &job->result->plan;
  const int last = job->plan->n_years - 1;
  double size = millions(plan->measure[M_GAP_STRUCTURAL][last] > plan->measure[M_GAP][last]
                             ? plan->measure[M_GAP_STRUCTURAL][last]
                             : plan->measure[M_GAP][last]);
  for (int t = 0; t < N_REVERSE; t++) {
    const struct boundary *first = &job->result->delay[0].needed[t];
    size = first->met_at_0 && first->kind != BOUNDARY_NEVER && first->after > size ? first->after : size;
  }
  return size;
}

/* For each year, the recurring savings that would be needed from then on. */
static bool needed_savings(struct trial *trial, const struct job *job)
{
  enum { MOST_MILLIONS = 1000 };
  const double grain = 0.001;
  const int n = job->plan->n_years;
  double direction[MAX_YEARS] = { 0 };
  for (int from = 0; from < n; from++) {
    tell(job, "decision deadline", from, n);
    direction[from] = 1.0;
    for (int t = 0; t < N_REVERSE; t++) {
      const struct test test = { .is_date = true, .date = reverse_dates[t], .year = n - 1 };
      if (!boundary_find(trial, n, NULL, direction, MOST_MILLIONS, grain, &test, &job->result->delay[from].needed[t])) {
        return false;
      }
    }
    direction[from] = 0.0;
  }
  return true;
}

/* Then lasting savings of one size, begun in each year in turn. */
static bool run_delays(struct lab *lab, const struct job *job)
{
  const int n = job->plan->n_years;
  double severity[MAX_YEARS * MAX_YEARS] = { 0 };
  struct summary same[MAX_YEARS];
  struct trial *trial = trial_open(lab, job->battery->delays, TRIAL_LANES);
  bool ran = trial != NULL && needed_savings(trial, job);
  if (ran) {
    job->result->lasting = lasting_savings(job);
    for (int from = 0; from < n; from++) {
      severity[from * n + from] = job->result->lasting;
    }
    ran = trial_run(trial, n, severity, same);
  }
  for (int from = 0; ran && from < n; from++) {
    job->result->delay[from].same = same[from];
  }
  trial_close(trial);
  return ran;
}

static void run_battery(struct lab *lab, void *shared)
{
  struct job *job = shared;
  const struct battery *battery = job->battery;
  struct stress_result *result = job->result;
  const int n_prices = battery->prices >= 0 ? battery->scenario[battery->prices].n_uses : 0;
  const int n_savings = battery->savings >= 0 ? battery->scenario[battery->savings].n_uses : 0;
  const bool ran =
      run_packs(lab, job) && run_moves(lab, job) && run_each(lab, battery->prices, n_prices, 1.0, result->price) &&
      run_each(lab, battery->savings, n_savings, 1.0, result->without) && (battery->delays < 0 || run_delays(lab, job));
  (void)ran; /* the lab knows why not */
  result->projections = lab_projections(lab);
}

/* The plan again, with the line for savings yet to find in it. */
static enum status take_plan(const struct plan *plan, struct summary *out)
{
  void *block = NULL;
  if (posix_memalign(&block, 16, result_size(plan)) != 0) {
    return STATUS_MEMORY;
  }
  const struct result *result = result_init(block, plan);
  const enum status status = plan_project(plan, block);
  memcpy(out->measure, result->measure, sizeof out->measure);
  for (int d = 0; d < N_DATES; d++) {
    out->date[d] = result->date[d];
  }
  free(block);
  return status;
}

struct stress_result *battery_run(const struct plan *plan, const struct battery *battery,
                                  const struct stress_progress *progress, const struct run_options *options,
                                  struct error *error)
{
  struct stress_result *result = shared_alloc(sizeof *result);
  const enum status status = result != NULL ? take_plan(plan, &result->plan) : STATUS_MEMORY;
  if (status != STATUS_OK) {
    shared_free(result, sizeof *result);
    (void)error_set(error, status, "%s", status_sentence(status));
    return NULL;
  }
  struct job job = { plan, battery, result, progress };
  if (lab_run(plan, battery->scenario, battery->count, run_battery, &job, options, error) != STATUS_OK) {
    shared_free(result, sizeof *result);
    return NULL;
  }
  if (result->n_idle > MOST_IDLE) {
    (void)error_set(error, STATUS_DATA, "the packs hold %d parameters that find nothing to change; %d can be told",
                    result->n_idle, (int)MOST_IDLE);
    shared_free(result, sizeof *result);
    return NULL;
  }
  return result;
}
