/* run.c: every scenario in one worker: plugins change inputs, the engine recomputes, policies answer year by year.
 *
 * (1) A year is computed once, and once more when a policy wrote; never a third time.  All policies of a year see the
 * same figures. (2) A plugin that fails stops the whole run: no figure leaves it (R46). (3) A plugin that does not
 * apply to this council changes nothing and says why. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/stage.h"

#include <stdio.h>
#include <string.h>

/* ---- one batch of one scenario ------------------------------------------------------------------------- */

static void close_all(const struct stage *stage)
{
  for (int u = 0; u < stage->scenario->n_uses; u++) {
    block_close(&stage->part[u].own);
    block_close(&stage->part[u].scratch);
  }
  block_close(&stage->shared);
  block_close(&stage->shifts);
}

/* Shifts first: once their rows are closed, no plugin writes there. */
static bool apply_all(struct stage *stage, int n_lanes)
{
  for (int foreign = 0; foreign < 2; foreign++) {
    if (foreign == 1 && stage->is_first_batch) {
      close_all(stage);
    }
    for (int u = 0; u < stage->scenario->n_uses; u++) {
      const bool is_foreign = stage->part[u].plugin != NULL;
      if (is_foreign == (foreign == 1) && !part_apply(stage, u, n_lanes)) {
        return false;
      }
    }
  }
  return true;
}

static bool merge_all(struct stage *stage, int n_lanes, int first_year)
{
  struct share_clash clash;
  char label[8];
  merge_years(&stage->merge, n_lanes, first_year);
  if (!merge_clashes(&stage->merge, n_lanes, &clash)) {
    return true;
  }
  stage->watch->verdict = VERDICT_FAILED;
  (void)error_set(&stage->watch->error, STATUS_DATA,
                  "scenario %s: %s and %s together put more than the whole of receipt %s to use in %s",
                  stage->scenario->id, stage->scenario->use[clash.use[0]].instance,
                  stage->scenario->use[clash.use[1]].instance, stage->plan->receipt[clash.receipt].id,
                  plan_year_label(stage->plan, clash.year, label));
  return false;
}

static const double *result_row(const struct stage *stage, const struct binding *binding, uint32_t k, int year)
{
  switch (binding->kind) {
  case BIND_RESULT:
    return projection_measure(stage->projection, (enum measure)binding->item[k], year);
  case BIND_AMOUNT:
    return projection_line(stage->projection, binding->item[k], year);
  default:
    return NULL;
  }
}

static void show_part(struct stage *stage, const struct part *part, int year)
{
  for (uint32_t s = 0; s < part->use->plugin->n_slots; s++) {
    const struct binding *binding = &part->use->binding[s];
    for (uint32_t k = 0; k < binding->count; k++) {
      const double *from = result_row(stage, binding, k, year);
      const size_t row = part->first_row[s] + (size_t)k * (size_t)stage->n_years + (size_t)year;
      if (from != NULL) {
        memcpy(block_row(&stage->shared, row), from, (size_t)stage->stride * sizeof *from);
      }
    }
  }
}

/* The year's figures for policies to read. */
static void show_results(struct stage *stage, int year)
{
  if (stage->is_first_batch) {
    block_open(&stage->shared);
  }
  for (int u = 0; u < stage->scenario->n_uses; u++) {
    if (stage->part[u].respond != NULL) {
      show_part(stage, &stage->part[u], year);
    }
  }
  if (stage->is_first_batch) {
    block_close(&stage->shared);
  }
}

bool stage_has_policies(const struct stage *stage)
{
  for (int u = 0; u < stage->scenario->n_uses; u++) {
    if (stage->part[u].respond != NULL && !stage->part[u].is_skipped) {
      return true;
    }
  }
  return false;
}

/* Rule 1 */
static bool respond_all(struct stage *stage, int n_lanes, int year)
{
  bool wrote = false;
  show_results(stage, year);
  for (int u = 0; u < stage->scenario->n_uses; u++) {
    const struct part *part = &stage->part[u];
    if (part->respond != NULL && !part->is_skipped && !part_respond(stage, u, n_lanes, year, &wrote)) {
      return false;
    }
  }
  if (!wrote) {
    return true;
  }
  if (!merge_all(stage, n_lanes, year)) {
    return false;
  }
  projection_year(stage->projection, &stage->merge.changes, n_lanes, year);
  show_results(stage, year);
  return true;
}

/* Later batches are not fenced: the first has shown that each writes where it may. */
static void open_all(const struct stage *stage)
{
  for (int u = 0; u < stage->scenario->n_uses; u++) {
    block_open(&stage->part[u].own);
    block_open(&stage->part[u].scratch);
  }
  block_open(&stage->shared);
  block_open(&stage->shifts);
}

bool stage_batch(struct stage *stage, int n_lanes)
{
  if (!apply_all(stage, n_lanes) || !merge_all(stage, n_lanes, 0)) {
    return false;
  }
  const bool policies = stage_has_policies(stage);
  for (int y = 0; y < stage->n_years; y++) {
    projection_year(stage->projection, &stage->merge.changes, n_lanes, y);
    if (policies && !respond_all(stage, n_lanes, y)) {
      return false;
    }
  }
  if (stage->is_first_batch) {
    open_all(stage);
  }
  stage->is_first_batch = false;
  stage_settle(stage, n_lanes);
  return true;
}

/* ---- all scenarios, in the worker ---------------------------------------------------------------------- */

struct run {
  const struct plan *plan;
  const struct scenario *scenario;
  int count;
  bool in_process;
  struct result **result; /* shared, like skip and changes */
  struct skip **skip;
  struct changed **changed;
};

struct changed {
  int n;
  struct change change[];
};

/* At most one a series that a slot writes. */
static size_t most_changes(const struct scenario *scenario)
{
  size_t most = 0;
  for (int u = 0; u < scenario->n_uses; u++) {
    const struct use *use = &scenario->use[u];
    for (uint32_t s = 0; s < use->plugin->n_slots; s++) {
      most += use_access(use, s) != HR_READ ? use->binding[s].count : 0;
    }
  }
  return most;
}

static bool changes_anything(const struct change_source *source, int n_years)
{
  for (int y = 0; y < n_years; y++) {
    if (source->row[y][0] != (source->scales ? 1.0 : 0.0)) {
      return true;
    }
  }
  return false;
}

static void note_changes(const struct stage *stage, struct changed *out)
{
  for (int s = 0; s < stage->n_sources; s++) {
    const struct change_source *source = &stage->source[s];
    if (changes_anything(source, stage->n_years)) {
      struct change *change = &out->change[out->n++];
      *change = (struct change){ .input = source->input, .use = source->use, .scales = source->scales };
      for (int y = 0; y < stage->n_years; y++) {
        change->value[y] = source->row[y][0];
      }
    }
  }
}

static bool run_one(const struct run *run, int s, struct watch *watch)
{
  static struct stage stage;
  bool fine = stage_prepare(&stage, run->plan, &run->scenario[s], s, 1, NULL, watch, run->skip[s]);
  if (fine && !run->in_process) {
    watch_for_bounds(&stage);
  }
  fine = fine && stage_batch(&stage, 1);
  if (fine && !result_from_lane(run->result[s], stage.projection, 0)) {
    watch->verdict = VERDICT_FAILED;
    (void)error_set(&watch->error, STATUS_DATA,
                    "scenario %s: an amount is beyond \xC2\xA3"
                    "90,000,000,000,000",
                    run->scenario[s].id);
    fine = false;
  }
  if (fine) {
    note_changes(&stage, run->changed[s]);
  }
  for (int u = 0; fine && u < run->scenario[s].n_uses; u++) {
    fine = stage_find_idle(&stage, u, &run->skip[s][u].idle);
  }
  stage_release(&stage);
  return fine;
}

static void run_all(void *ctx, int number, struct watch *watch)
{
  (void)number;
  const struct run *run = ctx;
  for (int s = 0; s < run->count; s++) {
    if (!run_one(run, s, watch)) {
      return;
    }
  }
}

/* ---- memory that worker and parent share --------------------------------------------------------------- */

static size_t padded(size_t size)
{
  return (size + 63) / 64 * 64;
}

static size_t changed_size(const struct scenario *scenario)
{
  return sizeof(struct changed) + most_changes(scenario) * sizeof(struct change);
}

static size_t shared_size(const struct run *run)
{
  size_t size = padded(sizeof(struct watch));
  for (int s = 0; s < run->count; s++) {
    size += padded(result_size(run->plan)) + padded((size_t)run->scenario[s].n_uses * sizeof(struct skip) + 1) +
            padded(changed_size(&run->scenario[s]));
  }
  return size;
}

static void share_out(const struct run *run, char *shared)
{
  char *at = shared + padded(sizeof(struct watch));
  for (int s = 0; s < run->count; s++) {
    run->result[s] = result_init(at, run->plan);
    at += padded(result_size(run->plan));
    run->skip[s] = (struct skip *)(void *)at;
    at += padded((size_t)run->scenario[s].n_uses * sizeof(struct skip) + 1);
    run->changed[s] = (struct changed *)(void *)at;
    at += padded(changed_size(&run->scenario[s]));
  }
}

/* The result moved to the arena: one flat block, whose pointers lead into itself. */
static struct result *keep_result(const struct plan *plan, const struct result *shared, struct arena *arena)
{
  const size_t size = result_size(plan);
  char *block = arena_alloc(arena, size);
  if (block == NULL) {
    return NULL;
  }
  const struct result own = *result_init(block, plan);
  struct result *kept = (struct result *)(void *)block;
  memcpy(block, shared, size);
  kept->clamped = own.clamped;
  kept->line = own.line;
  kept->saving = own.saving;
  kept->reserve = own.reserve;
  kept->receipt = own.receipt;
  return kept;
}

static bool keep_outcomes(const struct run *run, struct arena *arena, struct outcome *out)
{
  for (int s = 0; s < run->count; s++) {
    const size_t n = (size_t)run->scenario[s].n_uses;
    out[s].result = keep_result(run->plan, run->result[s], arena);
    const struct changed *changed = run->changed[s];
    out[s].skip = arena_array(arena, n + 1, sizeof *out[s].skip);
    out[s].n_changes = changed->n;
    out[s].change = arena_array(arena, (size_t)changed->n + 1, sizeof *out[s].change);
    if (out[s].result == NULL || out[s].skip == NULL || out[s].change == NULL) {
      return false;
    }
    memcpy(out[s].skip, run->skip[s], n * sizeof *out[s].skip);
    memcpy(out[s].change, changed->change, (size_t)changed->n * sizeof *out[s].change);
  }
  return true;
}

/* ---- how it ended -------------------------------------------------------------------------------------- */

/* What the watch says was running when the worker ended by itself. */
static enum status died(const struct plan *plan, const struct scenario *scenarios, const struct watch *watch,
                        enum verdict verdict, int signal, struct error *error)
{
  char label[8], by_signal[32] = "";
  if (signal != 0 && verdict == VERDICT_CRASHED) {
    snprintf(by_signal, sizeof by_signal, " (signal %d)", signal);
  }
  if (watch->call == CALL_NONE || watch->use < 0) {
    return error_set(error, STATUS_INTERNAL, "the run ended early: %s%s", verdict_sentence(verdict), by_signal);
  }
  const struct scenario *scenario = &scenarios[watch->scenario];
  const struct use *use = &scenario->use[watch->use];
  return error_set(error, STATUS_PLUGIN, "plugin '%s': %s%s %s%s%s (scenario %s)", use->plugin->name,
                   verdict_sentence(verdict), by_signal, watch_call_name(watch->call), watch->year >= 0 ? ", " : "",
                   watch->year >= 0 ? plan_year_label(plan, watch->year, label) : "", scenario->id);
}

enum status workers_errand(const struct plan *plan, const struct scenario *scenarios, int n, worker_job *job, void *ctx,
                           struct watch *watches, const struct run_options *options, struct error *error)
{
  int which = 0, signal = 0;
  enum verdict verdict = VERDICT_OK;
  if (options->in_process) {
    job(ctx, 0, watches);
  } else {
    verdict =
        workers_run(n, job, ctx, watches, options->deadline_s > 0.0 ? options->deadline_s : 10.0, &which, &signal);
  }
  const struct watch *watch = &watches[which];
  if (watch->error.code != STATUS_OK) {
    return error_set(error, watch->error.code, "%s", watch->error.text);
  }
  if (verdict != VERDICT_OK) {
    verdict = watch->verdict == VERDICT_BOUNDS ? VERDICT_BOUNDS : verdict;
    return died(plan, scenarios, watch, verdict, signal, error);
  }
  return STATUS_OK;
}

enum status scenarios_run(const struct plan *plan, const struct scenario *scenarios, int count,
                          const struct run_options *options, struct arena *arena, struct outcome **out,
                          struct error *error)
{
  struct run run = { .plan = plan, .scenario = scenarios, .count = count, .in_process = options->in_process };
  run.result = arena_array(arena, (size_t)count + 1, sizeof *run.result);
  run.skip = arena_array(arena, (size_t)count + 1, sizeof *run.skip);
  run.changed = arena_array(arena, (size_t)count + 1, sizeof *run.changed);
  *out = arena_array(arena, (size_t)count + 1, sizeof **out);
  const size_t size = shared_size(&run);
  char *shared = shared_alloc(size);
  if (run.result == NULL || run.skip == NULL || run.changed == NULL || *out == NULL || shared == NULL) {
    shared_free(shared, size);
    return error_set(error, STATUS_MEMORY, "memory ran out before the run");
  }
  struct watch *watch = (struct watch *)(void *)shared;
  watch->scenario = watch->use = watch->year = -1;
  share_out(&run, shared);
  enum status status = workers_errand(plan, scenarios, 1, run_all, &run, watch, options, error);
  if (status == STATUS_OK && !keep_outcomes(&run, arena, *out)) {
    status = error_set(error, STATUS_MEMORY, "memory ran out after the run");
  }
  shared_free(shared, size);
  return status;
}
