/* jobs.c: what workers do: the bumped batch, the pilot, and the futures, on rows of their own. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/council.h"

#include <stdlib.h>
#include <string.h>

struct at_work {
  struct simulation_run *run;
  struct lab *lab;
  struct futures futures;
  struct trial **trial;  /* [scenario] */
  double *memory, **row; /* [scenario * n_quantities + quantity] */
};

static void work_end(struct at_work *w)
{
  for (int s = 0; w->trial != NULL && s < w->run->council.count; s++) {
    trial_close(w->trial[s]);
  }
  futures_fini(&w->futures);
  free(w->trial);
  free(w->memory);
  free(w->row);
}

/* n_scenarios: from the first. */
static bool work_begin(struct at_work *w, struct simulation_run *run, struct lab *lab, int n_scenarios)
{
  const struct council *c = &run->council;
  const size_t rows = (size_t)c->count * (size_t)run->asked.n_rows;
  *w = (struct at_work){ .run = run, .lab = lab };
  w->trial = calloc((size_t)c->count, sizeof *w->trial);
  w->memory = aligned_alloc(64, rows * DRAW_PITCH * sizeof(double));
  w->row = calloc(rows, sizeof *w->row);
  if (w->trial == NULL || w->memory == NULL || w->row == NULL || !futures_init(&w->futures, c)) {
    lab_out_of_memory(lab);
    return false;
  }
  for (size_t r = 0; r < rows; r++) {
    w->row[r] = w->memory + r * DRAW_PITCH;
  }
  for (int s = 0; s < n_scenarios; s++) {
    w->trial[s] = trial_open_drawn(lab, s, LANES, c->input, c->n_inputs);
    if (w->trial[s] == NULL) {
      return false;
    }
  }
  return true;
}

static double *const *rows_of(const struct at_work *w, int scenario)
{
  return w->row + (size_t)scenario * (size_t)w->run->asked.n_rows;
}

/* One scenario on one part of the futures that stand.  count, date: of the first scenario; NULL where nobody counts. */
static bool run_scenario(struct at_work *w, int s, int part, int n, uint64_t *count, int32_t *date)
{
  const struct asked *a = &w->run->asked;
  const struct council *c = &w->run->council;
  double *const *rows = rows_of(w, s);
  const int from = part * LANES;
  if (!trial_run_drawn(w->trial[s], n, w->futures.add[part], w->futures.noise[part][s])) {
    return false;
  }
  const struct projection *p = trial_projection(w->trial[s]);
  asked_answer(a, c, p, from, n, (const double *const *)rows_of(w, 0), rows);
  if (count != NULL) {
    asked_count(a, c, p, from, n, (const double *const *)rows, count + (size_t)s * (size_t)a->n_counters);
  }
  if (date != NULL && part == 0) {
    asked_dates(a, c, p, N_FUTURES, date + (size_t)s * N_DATES * N_FUTURES);
  }
  return true;
}

/* Values of the shocks that stand, and the first so many scenarios on them, part by part. */
static bool run_block(struct at_work *w, int n_scenarios, int n_lanes, uint64_t *count, int32_t *date)
{
  futures_make(&w->futures);
  for (int from = 0; from < n_lanes; from += LANES) {
    const int n = n_lanes - from < LANES ? n_lanes - from : LANES, part = from / LANES;
    futures_add_up(&w->futures, part);
    for (int s = 0; s < n_scenarios; s++) {
      if (!run_scenario(w, s, part, n, count, date)) {
        return false;
      }
    }
  }
  return true;
}

/* ---- the aim ------------------------------------------------------------------------------------------- */

/* What is left at the end of the last year, of the one before..., then the gaps likewise. */
static void note_outputs(const struct at_work *w, int first, int n_lanes)
{
  const struct asked *a = &w->run->asked;
  const int lanes = draws_aim_lanes(w->run->council.draws);
  double *const *rows = rows_of(w, 0);
  for (int y = 0; y < a->n_years; y++) {
    const size_t left = (size_t)(a->n_years - 1 - y) * (size_t)lanes, gap = left + (size_t)a->n_years * (size_t)lanes;
    memcpy(w->run->state->aim + left + first, rows[a->left_by + y], (size_t)n_lanes * sizeof **rows);
    memcpy(w->run->state->aim + gap + first, rows[a->gap + y], (size_t)n_lanes * sizeof **rows);
  }
}

void job_aim(struct lab *lab, void *shared)
{
  struct simulation_run *run = shared;
  struct at_work w;
  const int lanes = draws_aim_lanes(run->council.draws);
  bool fine = work_begin(&w, run, lab, 1);
  for (int first = 0; fine && first < lanes; first += DRAW_BLOCK) {
    const int n = lanes - first < DRAW_BLOCK ? lanes - first : DRAW_BLOCK;
    draws_aim_shock(run->council.draws, first, w.futures.shock);
    fine = run_block(&w, 1, n, NULL, NULL);
    if (fine) {
      note_outputs(&w, first, n);
    }
  }
  work_end(&w);
}

/* ---- what each variable moves -------------------------------------------------------------------------- */

enum { STILL_LANES = 32 };

static bool is_correlated(const struct council *c, int variable)
{
  for (int p = 0; p < c->n_correlations; p++) {
    if (c->correlation[p].a == variable || c->correlation[p].b == variable) {
      return true;
    }
  }
  return false;
}

/* What shares are told of, as it stands: into[driven][lane]. */
static void copy_driven(const struct at_work *w, int s, double (*into)[STILL_LANES])
{
  const struct asked *a = &w->run->asked;
  memcpy(into[DRIVEN_GAP], rows_of(w, s)[a->gap + a->n_years - 1], sizeof *into);
  memcpy(into[DRIVEN_RESERVES], rows_of(w, s)[a->left], sizeof *into);
}

static bool is_same(const double *a, const double *b)
{
  for (int i = 0; i < STILL_LANES; i++) {
    if (a[i] != b[i]) {
      return false;
    }
  }
  return true;
}

/* Its far ends by turns, in every year. */
static void push(const struct at_work *w, int variable)
{
  const struct council *c = &w->run->council;
  const double far[] = { marginal_quantile(&c->variable[variable].marginal, 0.0001),
                         marginal_quantile(&c->variable[variable].marginal, 0.9999) };
  for (int y = 0; y < c->n_years; y++) {
    for (int i = 0; i < STILL_LANES; i++) {
      w->futures.value[variable * c->n_years + y][i] = far[i % 2];
    }
  }
}

/* One variable pushed in the first futures of a block, and the values put back. */
static bool run_pushed(struct at_work *w, int variable, double (*keep)[STILL_LANES])
{
  const struct council *c = &w->run->council;
  double **value = w->futures.value + (size_t)variable * (size_t)c->n_years;
  for (int y = 0; y < c->n_years; y++) {
    memcpy(keep[y], value[y], sizeof *keep);
  }
  push(w, variable);
  futures_add_up(&w->futures, 0);
  bool ran = true;
  for (int s = 0; ran && s < c->count; s++) {
    ran = run_scenario(w, s, 0, STILL_LANES, NULL, NULL);
  }
  for (int y = 0; y < c->n_years; y++) {
    memcpy(value[y], keep[y], sizeof *keep);
  }
  return ran;
}

/* What moves nothing, to the penny, in any of these futures, whatever stands beside it.  It is asked of what goes
 * together with something alone: what stands by itself has the share that it earns.  The block that stands has been
 * run. */
static void find_still(struct at_work *w)
{
  const struct council *c = &w->run->council;
  double(*before)[N_DRIVEN][STILL_LANES] = calloc((size_t)c->count, sizeof *before);
  double now[N_DRIVEN][STILL_LANES], keep[MAX_YEARS][STILL_LANES];
  if (before == NULL) {
    lab_out_of_memory(w->lab);
    return;
  }
  for (int s = 0; s < c->count; s++) {
    copy_driven(w, s, before[s]);
  }
  bool fine = true;
  for (int v = 0; fine && v < c->n_variables; v++) {
    if (!is_correlated(c, v)) {
      continue;
    }
    fine = run_pushed(w, v, keep);
    for (int s = 0; fine && s < c->count; s++) {
      copy_driven(w, s, now);
      for (int k = 0; k < N_DRIVEN; k++) {
        still_of(w->run, s)[k * c->n_variables + v] = is_same(now[k], before[s][k]);
      }
    }
  }
  free(before);
}

/* ---- the pilot ----------------------------------------------------------------------------------------- */

static bool run_plans(struct lab *lab, const struct simulation_run *run)
{
  for (int s = 0; s < run->council.count; s++) {
    struct trial *trial = trial_open(lab, s, 1);
    const bool ran = trial != NULL && trial_run(trial, 1, NULL, &run->state->plan[s]);
    trial_close(trial);
    if (!ran) {
      return false;
    }
  }
  return true;
}

static void note_pilot(const struct at_work *w, int s, int block)
{
  const struct simulation_run *run = w->run;
  for (int q = 0; q < run->asked.n_quantities; q++) {
    memcpy(pilot_row(run, s, q) + (size_t)block * DRAW_BLOCK, rows_of(w, s)[q], DRAW_BLOCK * sizeof(double));
  }
}

void job_pilot(struct lab *lab, void *shared)
{
  struct simulation_run *run = shared;
  struct at_work w;
  bool fine = run_plans(lab, run) && work_begin(&w, run, lab, run->council.count);
  if (!fine) {
    return;
  }
  for (int block = 0; fine && block < PILOT_BLOCKS; block++) {
    draws_shock(run->council.draws, 0, block, w.futures.shock);
    fine = run_block(&w, run->council.count, DRAW_BLOCK, NULL, block == 0 ? run->state->date : NULL);
    for (int s = 0; s < run->council.count; s++) {
      note_pilot(&w, s, block);
    }
  }
  if (fine) {
    find_still(&w);
  }
  work_end(&w);
}

/* ---- the futures --------------------------------------------------------------------------------------- */

/* count: [scenario * n_counters + counter], at 0 again when they have been added. */
static void tally_futures(struct at_work *w, int part, int set, int64_t block, int n_lanes, uint64_t *count)
{
  struct simulation_run *run = w->run;
  const struct asked *a = &run->asked;
  for (int s = 0; s < run->council.count; s++) {
    const size_t at = (size_t)part * (size_t)run->council.count + (size_t)s;
    uint64_t *own = count + (size_t)s * (size_t)a->n_counters;
    double *const *rows = rows_of(w, s);
    tally_block(&run->tally_plan[s], run->tally + at * run->tally_words, set, n_lanes, (const double *const *)rows,
                NULL);
    for (int n = 0; n < a->n_counters; n++) {
      if (own[n] > 0) {
        tally_count(&run->tally_plan[s], run->tally + at * run->tally_words, set, n, own[n]);
        own[n] = 0;
      }
    }
    uint64_t *shares = run->shares + at * run->shares_words;
    if (block < SHARES_BLOCKS) {
      const double *const driven[N_DRIVEN] = { rows[a->gap + a->n_years - 1], rows[a->left] };
      tally_block(&run->shares_plan[s], shares, set, n_lanes, driven, w->futures.factor);
    }
    worst_note(run, s, set, n_lanes, rows[a->left], w->futures.value, shares + tally_size(&run->shares_plan[s]));
  }
}

/* Blocks of one set that fall to one part of what falls to this process. */
static bool run_part(struct at_work *w, int part, int set, uint64_t *count)
{
  struct simulation_run *run = w->run;
  const int64_t from = (int64_t)(run->from[set] / DRAW_BLOCK), to = (int64_t)run->to[set];
  const int64_t blocks = (to + DRAW_BLOCK - 1) / DRAW_BLOCK - from;
  const int64_t rank = crew_rank(run->crew), size = crew_size(run->crew);
  const int64_t own = from + blocks * rank / size, share = from + blocks * (rank + 1) / size - own;
  const int64_t first = own + share * part / run->n_parts, end = own + share * (part + 1) / run->n_parts;
  for (int64_t block = first; block < end; block++) {
    const int64_t left = to - block * DRAW_BLOCK;
    const int n_lanes = left < DRAW_BLOCK ? (int)left : DRAW_BLOCK;
    draws_shock(run->council.draws, set, block, w->futures.shock);
    if (!run_block(w, run->council.count, n_lanes, count, NULL)) {
      return false;
    }
    tally_futures(w, part, set, block, n_lanes, count);
    __atomic_add_fetch(&run->state->done, (uint64_t)n_lanes, __ATOMIC_RELAXED);
  }
  return true;
}

void job_futures(struct lab *lab, void *shared)
{
  struct simulation_run *run = shared;
  struct at_work w;
  const uint32_t n = (uint32_t)(DRAW_SETS * run->n_parts);
  uint64_t *count = calloc((size_t)run->asked.n_counters * (size_t)run->council.count, sizeof *count);
  bool fine = count != NULL && work_begin(&w, run, lab, run->council.count);
  if (!fine) {
    free(count);
    return;
  }
  while (fine) {
    const uint32_t at = __atomic_fetch_add(&run->state->next, 1, __ATOMIC_RELAXED);
    if (at >= n) {
      break;
    }
    fine = run_part(&w, (int)(at / DRAW_SETS), (int)(at % DRAW_SETS), count);
  }
  work_end(&w);
  free(count);
}

/* ---- samples ------------------------------------------------------------------------------------------- */

static void copy_rows(double *into, const double *const *from, int n_rows, int at)
{
  for (int r = 0; r < n_rows; r++) {
    memcpy(into + (size_t)r * SAMPLED_LANES + at, from[r], DRAW_BLOCK * sizeof(double));
  }
}

static void note_sample(const struct at_work *w, int s, int at)
{
  const struct asked *a = &w->run->asked;
  const struct sampling *sampling = w->run->sampling;
  const size_t first = (size_t)(s * a->n_years) * SAMPLED_LANES;
  const double *const *rows = (const double *const *)rows_of(w, s);
  copy_rows(sampling->gap + first, rows + a->gap, a->n_years, at);
  copy_rows(sampling->usable + first, rows + a->usable, a->n_years, at);
  copy_rows(sampling->unfunded + (size_t)s * SAMPLED_LANES, rows + a->unfunded, 1, at);
}

void job_samples(struct lab *lab, void *shared)
{
  struct simulation_run *run = shared;
  const struct council *c = &run->council;
  struct at_work w;
  bool fine = work_begin(&w, run, lab, c->count);
  for (int i = 0; fine && i < run->sampling->n; i++) {
    const struct sampled *sampled = &run->sampling->at[i];
    const int at = i * DRAW_BLOCK;
    draws_shock(c->draws, sampled->set, sampled->block, w.futures.shock);
    fine = run_block(&w, c->count, sampled->n_lanes, NULL, NULL);
    copy_rows(run->sampling->departure, (const double *const *)w.futures.value, c->n_variables * c->n_years, at);
    for (int s = 0; s < c->count; s++) {
      note_sample(&w, s, at);
    }
  }
  work_end(&w);
}
