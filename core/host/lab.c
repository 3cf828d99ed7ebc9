/* lab.c: workers in which scenarios are run for many futures at once: each use at a severity of its own in every
 * future, or every future with inputs drawn.
 *
 * (1) Severity 1 is the scenario as written and 0 leaves the use out: the plan itself, bit for bit (R42).
 * (2) Parameters that are settings rather than shocks keep their value at every severity. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/stage.h"

#include <stdlib.h>
#include <string.h>

struct lab {
  const struct plan *plan;
  const struct scenario *scenario;
  int count;
  struct watch *watch;
  int worker;
  bool in_process;
  long projections;
};

struct trial {
  struct lab *lab;
  struct stage stage;
  struct skip *skip;
  double *severity; /* [use * stride + lane], and of what the parameters of that lane now hold */
};

static bool out_of_memory(struct lab *lab)
{
  lab->watch->verdict = VERDICT_FAILED;
  (void)error_set(&lab->watch->error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  return false;
}

void trial_close(struct trial *trial)
{
  if (trial == NULL) {
    return;
  }
  if (trial->stage.plan != NULL) {
    stage_release(&trial->stage);
  }
  free(trial->skip);
  free(trial->severity);
  free(trial);
}

static bool prepare(struct trial *trial, int scenario, int lanes, const struct drawn *drawn)
{
  struct lab *lab = trial->lab;
  const struct scenario *wanted = &lab->scenario[scenario];
  const size_t uses = (size_t)wanted->n_uses + 1, stride = ((size_t)lanes + 7) / 8 * 8;
  trial->skip = calloc(uses, sizeof *trial->skip);
  trial->severity = calloc(uses * stride, sizeof *trial->severity);
  if (trial->skip == NULL || trial->severity == NULL) {
    return out_of_memory(lab);
  }
  for (size_t i = 0; i < uses * stride; i++) {
    trial->severity[i] = 1.0;
  }
  return stage_prepare(&trial->stage, lab->plan, wanted, scenario, lanes, drawn, lab->watch, trial->skip);
}

static struct trial *open_trial(struct lab *lab, int scenario, int max_lanes, const struct drawn *drawn)
{
  struct trial *trial = calloc(1, sizeof *trial);
  if (trial == NULL) {
    (void)out_of_memory(lab);
    return NULL;
  }
  trial->lab = lab;
  if (!prepare(trial, scenario, max_lanes, drawn)) {
    trial_close(trial);
    return NULL;
  }
  return trial;
}

struct trial *trial_open(struct lab *lab, int scenario, int max_lanes)
{
  return open_trial(lab, scenario, max_lanes < TRIAL_LANES ? max_lanes : TRIAL_LANES, NULL);
}

/* Rows of parameters, lane by lane. */
static void set_parameters(struct trial *trial, int use, int lanes)
{
  struct stage *stage = &trial->stage;
  struct part *part = &stage->part[use];
  const struct plugin *plugin = part->use->plugin;
  for (uint32_t p = 0; p < plugin->n_params; p++) {
    const bool stands = part->use->only != NULL && part->use->only != &plugin->param[p];
    if (stands || (plugin->param[p].flags & HR_SEVERITY) == 0) { /* Rule 2 */
      continue;
    }
    const double neutral = plugin->param[p].neutral;
    for (int y = 0; y < stage->n_years; y++) {
      const size_t at = (size_t)p * (size_t)stage->n_years + (size_t)y;
      const double value = part->use->value[at];
      double *row = block_row(&stage->shared, part->first_param + at);
      for (int i = 0; i < lanes; i++) {
        row[i] = part->severity[i] == 1.0 ? value : neutral + part->severity[i] * (value - neutral);
      }
    }
  }
}

/* A row of severities; padding to eights repeats the last live lane.  True when it is what stood there. */
static bool take_row(double *row, const double *severity, int lanes, int padded, bool *idle)
{
  int same = 1, zero = 1;
  for (int i = 0; i < lanes; i++) {
    const double value = severity != NULL ? severity[i] : 1.0;
    same &= row[i] == value;
    zero &= value == 0.0;
    row[i] = value;
  }
  for (int i = lanes; i < padded; i++) {
    same &= row[i] == row[lanes - 1];
    row[i] = row[lanes - 1];
  }
  *idle = zero != 0;
  return same != 0;
}

/* A part whose severities are those of the batch before keeps its parameters and what it wrote; a shift that changes
 * nothing has nothing to write. */
static void set_severity(struct trial *trial, int n_lanes, int from, int lanes, const double *severity)
{
  struct stage *stage = &trial->stage;
  const int padded = (lanes + 7) / 8 * 8;
  for (int u = 0; u < stage->scenario->n_uses; u++) {
    struct part *part = &stage->part[u];
    double *row = trial->severity + (size_t)u * (size_t)stage->stride;
    bool idle;
    const double *given = severity != NULL ? severity + (size_t)u * (size_t)n_lanes + from : NULL;
    const bool same = take_row(row, given, lanes, padded, &idle), stands = same && padded <= part->lanes_written;
    part->severity = row;
    part->is_idle = idle && part->plugin == NULL;
    part->is_same = stands || part->is_idle;
    part->lanes_written = part->is_idle ? 0 : stands ? part->lanes_written : padded;
    if (!same && part->plugin != NULL) {
      set_parameters(trial, u, padded);
    }
  }
}

static bool run_stage(struct trial *trial, int lanes)
{
  struct stage *stage = &trial->stage;
  if (stage->is_first_batch && !trial->lab->in_process) {
    watch_for_bounds(stage);
  }
  if (!stage_batch(stage, lanes)) {
    return false;
  }
  __atomic_add_fetch(&stage->watch->beat, 1, __ATOMIC_RELAXED); /* shifts call nobody, and are at work all the same */
  trial->lab->projections += lanes;
  return true;
}

static bool out_of_range(struct trial *trial)
{
  struct stage *stage = &trial->stage;
  stage->watch->verdict = VERDICT_FAILED;
  (void)error_set(&stage->watch->error, STATUS_DATA, "scenario %s: an amount is out of range", stage->scenario->id);
  return false;
}

static bool run_batch(struct trial *trial, int n_lanes, int from, int lanes, const double *severity)
{
  set_severity(trial, n_lanes, from, lanes, severity);
  return run_stage(trial, lanes) && (projection_in_range(trial->stage.projection) || out_of_range(trial));
}

bool trial_batch(struct trial *trial, int n_lanes, const double *severity)
{
  return run_batch(trial, n_lanes, 0, n_lanes, severity);
}

bool trial_run(struct trial *trial, int n_lanes, const double *severity, struct summary *out)
{
  const int room = trial->stage.stride < TRIAL_LANES ? trial->stage.stride : TRIAL_LANES;
  for (int from = 0; from < n_lanes; from += room) {
    const int lanes = n_lanes - from < room ? n_lanes - from : room;
    if (!run_batch(trial, n_lanes, from, lanes, severity)) {
      return false;
    }
    for (int i = 0; i < lanes; i++) {
      (void)summary_from_lane(&out[from + i], trial->stage.projection, i);
    }
  }
  return true;
}

/* ---- drawn futures ------------------------------------------------------------------------------------- */

struct trial *trial_open_drawn(struct lab *lab, int scenario, int max_lanes, const int *input, int n_inputs)
{
  return open_trial(lab, scenario, max_lanes, &(struct drawn){ .n_inputs = n_inputs, .input = input });
}

bool trial_run_drawn(struct trial *trial, int n_lanes, const double *const *add, const double *const *noise)
{
  const bool is_first = trial->stage.is_first_batch;
  stage_draw(&trial->stage, add, noise, n_lanes);
  return run_stage(trial, n_lanes) && (!is_first || stage_lanes_hold(&trial->stage, add, noise, n_lanes));
}

const struct projection *trial_projection(const struct trial *trial)
{
  return trial->stage.projection;
}

void lab_out_of_memory(struct lab *lab)
{
  (void)out_of_memory(lab);
}

int lab_worker(const struct lab *lab)
{
  return lab->worker;
}

long lab_projections(const struct lab *lab)
{
  return lab->projections;
}

const char *trial_skip(const struct trial *trial, int use)
{
  return trial->skip[use].text;
}

bool trial_idle(struct trial *trial, int use, uint64_t *out)
{
  return stage_find_idle(&trial->stage, use, out);
}

/* ---- the worker ---------------------------------------------------------------------------------------- */

struct errand {
  struct lab lab;
  lab_job *job;
  void *shared;
};

static void do_errand(void *ctx, int number, struct watch *watch)
{
  struct errand *errand = ctx;
  errand->lab.watch = watch;
  errand->lab.worker = number;
  errand->job(&errand->lab, errand->shared);
}

enum status lab_run_many(const struct plan *plan, const struct scenario *scenarios, int count, int n_workers,
                         lab_job *job, void *shared, const struct run_options *options, struct error *error)
{
  struct errand errand = {
    .lab = { .plan = plan, .scenario = scenarios, .count = count, .in_process = options->in_process },
    .job = job,
    .shared = shared
  };
  const int workers = options->in_process ? 1 : n_workers;
  const size_t size = (size_t)workers * sizeof(struct watch);
  struct watch *watch = shared_alloc(size);
  if (watch == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  for (int w = 0; w < workers; w++) {
    watch[w].scenario = watch[w].use = watch[w].year = -1;
  }
  const enum status status = workers_errand(plan, scenarios, workers, do_errand, &errand, watch, options, error);
  shared_free(watch, size);
  return status;
}

enum status lab_run(const struct plan *plan, const struct scenario *scenarios, int count, lab_job *job, void *shared,
                    const struct run_options *options, struct error *error)
{
  return lab_run_many(plan, scenarios, count, 1, job, shared, options, error);
}
