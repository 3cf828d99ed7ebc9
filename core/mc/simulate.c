/* simulate.c: a council's plan in many futures, from what is uncertain to what is known in the end.
 *
 * (1) First a bumped batch on the plan itself, by which the draws are aimed; then a pilot, which says where amounts
 * lie; then the futures, in several workers.  Aim and pilot are the same whatever the number of workers or draws, and
 * the aim is the same whatever scenarios and plugins are run. (2) Draws are handed out set by set, or part of a set by
 * part, from a counter that workers share; each part has a tally of its own, in memory that they share.  Tallies are
 * whole numbers, so what they add up to does not depend on who did what. (3) Every scenario meets the same draws. (4)
 * Only the first blocks of every set are held against the shocks for shares of variance: they are enough. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/council.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
  BINS = 4096,
  SHARES_BINS = 16,
  FEW_WORKERS = 4, /* up to so many, a set is work enough for one */
  MOST_PARTS_OF_SET = 32,
  UNTIL_START = DRAW_SETS * DRAW_BLOCK * 4
};

static enum status out_of_memory(struct error *error)
{
  return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
}

/* ---- memory that workers share ------------------------------------------------------------------------- */

static size_t padded(size_t size)
{
  return (size + 63) / 64 * 64;
}

static char *carve(char **at, size_t size)
{
  char *here = *at;
  *at += padded(size);
  return here;
}

static size_t state_size(const struct simulation_run *run)
{
  const size_t count = (size_t)run->council.count, lanes = (size_t)draws_aim_lanes(run->council.draws);
  return padded(sizeof *run->state) + padded(lanes * (size_t)aim_outputs(&run->asked) * sizeof(double)) +
         padded(count * N_DATES * N_FUTURES * sizeof(int32_t)) +
         padded(count * (size_t)run->asked.n_quantities * (size_t)PILOT_LANES * sizeof(double)) +
         padded(count * sizeof(struct summary)) +
         padded(count * N_DRIVEN * (size_t)run->council.n_variables * sizeof(bool));
}

static bool share_state(struct simulation_run *run)
{
  const size_t count = (size_t)run->council.count, lanes = (size_t)draws_aim_lanes(run->council.draws);
  char *at = shared_alloc(state_size(run));
  if (at == NULL) {
    return false;
  }
  run->state = (void *)carve(&at, sizeof *run->state);
  run->state->aim = (void *)carve(&at, lanes * (size_t)aim_outputs(&run->asked) * sizeof(double));
  run->state->date = (void *)carve(&at, count * N_DATES * N_FUTURES * sizeof(int32_t));
  run->state->pilot =
      (void *)carve(&at, count * (size_t)run->asked.n_quantities * (size_t)PILOT_LANES * sizeof(double));
  run->state->plan = (void *)carve(&at, count * sizeof(struct summary));
  run->state->still = (void *)carve(&at, count * N_DRIVEN * (size_t)run->council.n_variables * sizeof(bool));
  return true;
}

static size_t tallies_size(const struct simulation_run *run, size_t words)
{
  return (size_t)run->n_parts * (size_t)run->council.count * words * sizeof(uint64_t);
}

static void release(struct simulation_run *run)
{
  together_fini(run);
  shared_free(run->tally, tallies_size(run, run->tally_words));
  shared_free(run->shares, tallies_size(run, run->shares_words));
  shared_free(run->state, run->state != NULL ? state_size(run) : 0);
  draws_free(run->council.draws);
}

/* ---- phases -------------------------------------------------------------------------------------------- */

static int workers_wanted(const struct simulation_options *options)
{
  const long processors = sysconf(_SC_NPROCESSORS_ONLN);
  const int n = options->threads > 0 ? options->threads : processors > 0 ? (int)processors : 1;
  return n < MOST_WORKERS ? n : MOST_WORKERS;
}

static enum status aim(struct simulation_run *run, const struct simulation_options *options, struct error *error)
{
  const struct council *c = &run->council;
  if (options->plain || draws_shocks(c->draws) == 0) {
    return STATUS_OK;
  }
  const enum status status = lab_run(c->plan, c->scenario, c->count, job_aim, run, &options->run, error);
  return status != STATUS_OK ? status : draws_aim(c->draws, aim_outputs(&run->asked), run->state->aim, error);
}

static double *factor_sds(const struct simulation_run *run)
{
  const struct draws *draws = run->council.draws;
  double *sd = arena_array(&run->council.folder->arena, (size_t)draws_shocks(draws) + 1, sizeof *sd);
  for (int i = 0; sd != NULL && i < draws_shocks(draws); i++) {
    sd[i] = draws_factor_sd(draws, i);
  }
  return sd;
}

/* Where each amount lies, from the pilot. */
static bool plan_tallies(struct simulation_run *run)
{
  struct arena *arena = &run->council.folder->arena;
  const struct asked *a = &run->asked;
  const size_t count = (size_t)run->council.count;
  run->tally_plan = arena_array(arena, count, sizeof *run->tally_plan);
  run->shares_plan = arena_array(arena, count, sizeof *run->shares_plan);
  double *factor_sd = factor_sds(run);
  for (size_t s = 0; run->tally_plan != NULL && run->shares_plan != NULL && factor_sd != NULL && s < count; s++) {
    struct tally_range *range = arena_array(arena, (size_t)a->n_quantities, sizeof *range);
    struct tally_range *driven = arena_array(arena, N_DRIVEN, sizeof *driven);
    if (range == NULL || driven == NULL) {
      return false;
    }
    const int of[N_DRIVEN] = { a->gap + a->n_years - 1, a->left };
    bool fine = true;
    for (int k = 0; k < N_DRIVEN; k++) {
      driven[k] = tally_range(pilot_row(run, (int)s, of[k]), (size_t)PILOT_LANES, SHARES_BINS);
      fine = fine && !isnan(driven[k].often);
    }
    for (int q = 0; q < a->n_quantities; q++) {
      range[q] = tally_range(pilot_row(run, (int)s, q), (size_t)PILOT_LANES, BINS);
      fine = fine && !isnan(range[q].often);
    }
    if (!fine) {
      return false;
    }
    run->tally_plan[s] = (struct tally_plan){
      .n_counters = a->n_counters, .n_quantities = a->n_quantities, .n_bins = BINS, .range = range
    };
    run->shares_plan[s] = (struct tally_plan){ .n_quantities = N_DRIVEN,
                                               .n_bins = SHARES_BINS,
                                               .range = driven,
                                               .n_shared = N_DRIVEN,
                                               .n_factors = draws_shocks(run->council.draws),
                                               .factor_sd = factor_sd };
  }
  return run->tally_plan != NULL && run->shares_plan != NULL && factor_sd != NULL;
}

static bool share_tallies(struct simulation_run *run, int workers, struct crew *crew)
{
  run->tally_words = tally_size(&run->tally_plan[0]);
  run->shares_words = tally_size(&run->shares_plan[0]) + worst_words(&run->council);
  const int parts = workers <= FEW_WORKERS ? 1 : (workers + FEW_WORKERS - 1) / FEW_WORKERS;
  run->n_parts = parts < MOST_PARTS_OF_SET ? parts : MOST_PARTS_OF_SET;
  run->tally = shared_alloc(tallies_size(run, run->tally_words));
  run->shares = shared_alloc(tallies_size(run, run->shares_words));
  return run->tally != NULL && run->shares != NULL && together_init(run, crew);
}

/* The same share of futures to every set, the first ones taking what is over. */
static void cut(struct simulation_run *run, uint64_t from, uint64_t to)
{
  for (uint64_t set = 0; set < DRAW_SETS; set++) {
    run->from[set] = from / DRAW_SETS + (set < from % DRAW_SETS);
    run->to[set] = to / DRAW_SETS + (set < to % DRAW_SETS);
  }
  run->state->next = 0;
}

/* All parts into the first. */
static void add_parts(struct simulation_run *run)
{
  const size_t count = (size_t)run->council.count;
  for (int part = 1; part < run->n_parts; part++) {
    const size_t at = (size_t)part * count;
    tally_add(run->tally, run->tally + at * run->tally_words, count * run->tally_words);
    tally_add(run->shares, run->shares + at * run->shares_words, count * run->shares_words);
    memset(run->tally + at * run->tally_words, 0, count * run->tally_words * sizeof *run->tally);
    memset(run->shares + at * run->shares_words, 0, count * run->shares_words * sizeof *run->shares);
  }
}

/* The largest standard error of the chances by the last year. */
static double largest_error(const struct simulation_run *run)
{
  double largest = 0.0;
  for (int s = 0; s < run->council.count; s++) {
    for (int d = 0; d < N_DATES; d++) {
      const struct estimate e = tally_chance(&run->tally_plan[s], run->all_tally + (size_t)s * run->tally_words,
                                             counter_of(&run->asked, BY, (enum date)d, run->asked.n_years - 1));
      largest = e.error > largest ? e.error : largest;
    }
  }
  return largest;
}

static struct {
  const struct simulation_options *options;
  const struct simulation_run *run;
  uint64_t of;
} looked_at;

static void look(void *ctx)
{
  (void)ctx;
  looked_at.options->progress(looked_at.options->progress_ctx,
                              __atomic_load_n(&looked_at.run->state->done, __ATOMIC_RELAXED), looked_at.of);
}

static enum status run_futures(struct simulation_run *run, const struct simulation_options *options,
                               struct simulation *out, struct error *error)
{
  const struct council *c = &run->council;
  uint64_t from = 0, to = options->until > 0.0 ? UNTIL_START : options->draws;
  enum status status = STATUS_OK;
  while (status == STATUS_OK) {
    cut(run, from, to);
    looked_at.options = options;
    looked_at.run = run;
    looked_at.of = to / (uint64_t)crew_size(run->crew);
    worker_onlooker(options->progress != NULL ? look : NULL, NULL);
    status = lab_run_many(c->plan, c->scenario, c->count, out->workers, job_futures, run, &options->run, error);
    worker_onlooker(NULL, NULL);
    add_parts(run);
    status = together(run, status, error);
    out->draws = to;
    out->until_met = options->until > 0.0 && largest_error(run) <= options->until;
    if (options->until == 0.0 || out->until_met || to >= options->draws) {
      break;
    }
    from = to;
    to = to * 2 < options->draws ? to * 2 : options->draws;
  }
  return status;
}

/* ---- what is handed back ------------------------------------------------------------------------------- */

static bool keep_futures(const struct simulation_run *run, int s, struct simulated *out)
{
  struct arena *arena = &run->council.folder->arena;
  const struct asked *a = &run->asked;
  out->future_usable = arena_array(arena, N_FUTURES, sizeof *out->future_usable);
  out->future_gap = arena_array(arena, N_FUTURES, sizeof *out->future_gap);
  out->future_date = arena_array(arena, N_FUTURES, sizeof *out->future_date);
  if (out->future_usable == NULL || out->future_gap == NULL || out->future_date == NULL) {
    return false;
  }
  for (int i = 0; i < N_FUTURES; i++) {
    for (int y = 0; y < a->n_years; y++) {
      out->future_gap[i][y] = (pence)pilot_row(run, s, a->gap + y)[i];
      out->future_usable[i][y] = (pence)pilot_row(run, s, a->usable + y)[i];
    }
    for (int d = 0; d < N_DATES; d++) {
      out->future_date[i][d] = run->state->date[(s * N_DATES + d) * N_FUTURES + i];
    }
  }
  return true;
}

static bool begin_results(struct simulation_run *run, struct simulation *out)
{
  struct arena *arena = &run->council.folder->arena;
  const struct council *c = &run->council;
  out->scenario = arena_array(arena, (size_t)c->count, sizeof *out->scenario);
  for (int s = 0; out->scenario != NULL && s < c->count; s++) {
    struct simulated *scenario = &out->scenario[s];
    scenario->id = c->scenario[s].id;
    scenario->label = c->scenario[s].label;
    scenario->plan = run->state->plan[s];
    for (int k = 0; k < N_DRIVEN; k++) {
      scenario->share[k] = arena_array(arena, (size_t)c->n_variables + 1, sizeof **scenario->share);
      if (scenario->share[k] == NULL) {
        return false;
      }
    }
    scenario->worst = arena_array(arena, (size_t)c->n_variables + 1, sizeof *scenario->worst);
    if (scenario->worst == NULL || !keep_futures(run, s, scenario)) {
      return false;
    }
  }
  return out->scenario != NULL && worst_begin(run);
}

static double opening_usable(const struct plan *plan)
{
  double sum = 0.0;
  for (int r = 0; r < plan->n_reserves; r++) {
    sum += class_is_usable(plan->reserve[r].class) ? plan->reserve[r].opening : 0.0;
  }
  return round_units(sum * 100.0);
}

static double opening_fund(const struct plan *plan)
{
  return plan->general_fund < 0 ? 0.0 : round_units(plan->reserve[plan->general_fund].opening * 100.0);
}

static bool finish_results(struct simulation_run *run, struct simulation *out)
{
  const double opening[N_FEARS] = { [FEAR_BELOW_MINIMUM] = out->opening_fund, [FEAR_UNFUNDED] = out->opening_usable };
  for (int s = 0; s < out->count; s++) {
    const uint64_t *shares = run->all_shares + (size_t)s * run->shares_words;
    const struct tallied tallied = { &run->tally_plan[s],
                                     &run->shares_plan[s],
                                     run->all_tally + (size_t)s * run->tally_words,
                                     shares,
                                     shares + tally_size(&run->shares_plan[s]),
                                     still_of(run, s) };
    if (!known_fill(&run->council, &run->asked, &tallied, opening, &out->scenario[s])) {
      return false;
    }
    worst_fill(run, &tallied, out->scenario[s].worst);
  }
  return true;
}

static enum status run_all(struct simulation_run *run, const struct simulation_options *options, struct simulation *out,
                           struct error *error)
{
  const struct council *c = &run->council;
  if (!share_state(run)) {
    return out_of_memory(error);
  }
  enum status status = aim(run, options, error);
  if (status == STATUS_OK) {
    status = lab_run(c->plan, c->scenario, c->count, job_pilot, run, &options->run, error);
  }
  if (status != STATUS_OK) {
    return status;
  }
  if (!begin_results(run, out) || !plan_tallies(run) || !share_tallies(run, out->workers, options->crew)) {
    return out_of_memory(error);
  }
  status = run_futures(run, options, out, error);
  if (status == STATUS_OK && !finish_results(run, out)) {
    return out_of_memory(error);
  }
  return status == STATUS_OK && options->sink != NULL ? samples_give(run, options, out, error) : status;
}

/* The plan itself stands before the scenarios. */
static bool list_scenarios(struct council *c, const struct scenario *scenarios, int count)
{
  struct scenario *list = arena_array(&c->folder->arena, (size_t)count + 1, sizeof *list);
  if (list == NULL) {
    return false;
  }
  list[0] = (struct scenario){ .id = "baseline", .label = "The plan", .description = "" };
  for (int s = 0; s < count; s++) {
    list[s + 1] = scenarios[s];
  }
  c->scenario = list;
  c->count = count + 1;
  return true;
}

static double seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

enum status simulate(struct folder *folder, const struct scenario *scenarios, int count,
                     const struct departures *departures, const struct simulation_options *options,
                     struct simulation *out, struct error *error)
{
  const double began = seconds();
  struct simulation_run run = { .council = { .folder = folder, .plan = &folder->plan, .n_years = folder->plan.n_years },
                                .asked = asked_of(&folder->plan) };
  struct council *c = &run.council;
  if (!list_scenarios(c, scenarios, count)) {
    return out_of_memory(error);
  }
  enum status status = council_set_up(c, departures, options, error);
  *out = (struct simulation){ .n_years = c->n_years,
                              .count = c->count,
                              .n_variables = c->n_variables,
                              .n_correlations = c->n_correlations,
                              .variable = c->drawn,
                              .departures = departures,
                              .seed = options->seed,
                              .plain = options->plain,
                              .until = options->until,
                              .opening_usable = opening_usable(c->plan),
                              .opening_fund = opening_fund(c->plan),
                              .workers = workers_wanted(options) };
  if (status == STATUS_OK) {
    status = run_all(&run, options, out, error);
  }
  release(&run);
  out->seconds = seconds() - began;
  return status;
}
