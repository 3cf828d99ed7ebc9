/* stage.c: puts a scenario on stage: rows that plugins read, rows that each may write, and the projection that takes
 * their changes. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/stage.h"

#include <stdlib.h>
#include <string.h>

bool stage_out_of_memory(struct stage *stage)
{
  stage->watch->verdict = VERDICT_FAILED;
  (void)error_set(&stage->watch->error, STATUS_MEMORY, "memory ran out in scenario %s", stage->scenario->id);
  return false;
}

uint32_t use_access(const struct use *use, uint32_t slot)
{
  if (use->plugin == shift_plugin()) {
    return use->scales ? HR_SCALE : HR_ADD;
  }
  return use->plugin->slot[slot].access;
}

/* ---- how many rows ------------------------------------------------------------------------------------- */

static size_t rows_written(const struct stage *stage, const struct use *use)
{
  size_t series = 0;
  for (uint32_t s = 0; s < use->plugin->n_slots; s++) {
    series += use_access(use, s) != HR_READ ? use->binding[s].count : 0;
  }
  return series * (size_t)stage->n_years;
}

/* A shift is told what to write and reads nothing. */
static size_t rows_read(const struct stage *stage, const struct use *use)
{
  size_t series = use->plugin->n_params;
  for (uint32_t s = 0; s < use->plugin->n_slots; s++) {
    series += use->binding[s].count;
  }
  return use->plugin != shift_plugin() ? series * (size_t)stage->n_years : 0;
}

/* ---- rows that plugins read ---------------------------------------------------------------------------- */

static const double *shared_row(struct stage *stage, size_t *used, double value)
{
  double *row = block_row(&stage->shared, *used);
  for (int i = 0; i < stage->stride; i++) {
    row[i] = value;
  }
  *used += 1;
  return row;
}

/* The median of each kind of noise is what a plain run holds. */
static double median_of(int noise)
{
  return noise == NOISE_UNIFORM ? 0.5 : 0.0;
}

/* Usable reserves at the start of a year of the plan. */
static double usable_opening(const struct stage *stage, int year)
{
  double sum = 0.0;
  for (int r = 0; r < stage->plan->n_reserves && year == 0; r++) {
    sum += class_is_usable(stage->plan->reserve[r].class) ? stage->plan->reserve[r].opening : 0.0;
  }
  return year > 0 ? projection_measure(stage->projection, M_USABLE_CLOSING, year - 1)[0] : sum;
}

/* What the row holds before any year is computed.  The projection still holds the plan. */
static double first_value(const struct stage *stage, const struct binding *binding, uint32_t k, int year)
{
  switch (binding->kind) {
  case BIND_INPUT:
    return stage->plan->input[binding->item[k]].plan[year];
  case BIND_PLAN:
    if (binding->item[k] == PLAN_USABLE_OPENING) {
      return usable_opening(stage, year);
    }
    return projection_measure(stage->projection, (enum measure)binding->item[k], year)[0];
  case BIND_NOISE:
    return median_of(binding->item[k]);
  case BIND_AMOUNT:
  case BIND_RESULT:
    break;
  }
  return 0.0;
}

static bool point_params(struct stage *stage, struct part *part, size_t *used)
{
  const struct use *use = part->use;
  const size_t n = part->plugin != NULL ? (size_t)use->plugin->n_params * (size_t)stage->n_years : 0;
  part->first_param = *used;
  part->param = arena_array(&stage->arena, n + 1, sizeof *part->param);
  for (size_t i = 0; part->param != NULL && i < n; i++) {
    part->param[i] = shared_row(stage, used, use->value[i]);
  }
  return part->param != NULL;
}

static bool point_in(struct stage *stage, const struct binding *binding, struct hr_rows *rows, size_t *used)
{
  const size_t n_years = (size_t)stage->n_years;
  const double **in = arena_array(&stage->arena, binding->count * n_years + 1, sizeof *in);
  for (uint32_t k = 0; in != NULL && k < binding->count; k++) {
    for (int y = 0; y < stage->n_years; y++) {
      in[k * n_years + (size_t)y] = shared_row(stage, used, first_value(stage, binding, k, y));
    }
  }
  rows->in = in;
  return in != NULL;
}

/* ---- rows that a use writes ---------------------------------------------------------------------------- */

static bool point_out(struct stage *stage, struct part *part, const struct binding *binding, struct hr_rows *rows,
                      size_t *used)
{
  const size_t n = (size_t)binding->count * (size_t)stage->n_years;
  double **out = arena_array(&stage->arena, n + 1, sizeof *out);
  for (size_t i = 0; out != NULL && i < n; i++) {
    out[i] = block_row(&part->own, *used);
    *used += 1;
  }
  rows->out = out;
  return out != NULL;
}

static void add_sources(struct stage *stage, int use, const struct binding *binding, const struct hr_rows *rows,
                        bool scales)
{
  for (uint32_t k = 0; k < binding->count; k++) {
    stage->source[stage->n_sources++] = (struct change_source){ .input = binding->item[k],
                                                                .use = use,
                                                                .scales = scales,
                                                                .row = rows->out + (size_t)k * (size_t)stage->n_years,
                                                                .idle = &stage->part[use].is_idle };
  }
}

static bool point_slots(struct stage *stage, int at, size_t *read)
{
  struct part *part = &stage->part[at];
  const struct use *use = part->use;
  size_t written = 0;
  part->slot = arena_array(&stage->arena, (size_t)use->plugin->n_slots + 1, sizeof *part->slot);
  part->first_row = arena_array(&stage->arena, (size_t)use->plugin->n_slots + 1, sizeof *part->first_row);
  if (part->slot == NULL || part->first_row == NULL) {
    return false;
  }
  for (uint32_t s = 0; s < use->plugin->n_slots; s++) {
    const uint32_t access = use_access(use, s);
    part->first_row[s] = *read;
    part->slot[s].count = use->binding[s].count;
    if (part->plugin != NULL && !point_in(stage, &use->binding[s], &part->slot[s], read)) {
      return false;
    }
    if (access == HR_READ) {
      continue;
    }
    if (!point_out(stage, part, &use->binding[s], &part->slot[s], &written)) {
      return false;
    }
    if (!part->is_skipped) {
      add_sources(stage, at, &use->binding[s], &part->slot[s], access == HR_SCALE);
    }
  }
  return true;
}

/* ---- what a plugin is told ----------------------------------------------------------------------------- */

static const char *series_text(const struct hr_setup *face, uint32_t slot, uint32_t k, const char *key)
{
  const struct setup *setup = (const struct setup *)(const void *)face;
  if (slot >= setup->use->plugin->n_slots || k >= setup->use->binding[slot].count || key == NULL) {
    return NULL;
  }
  const struct binding *binding = &setup->use->binding[slot];
  switch (binding->kind) {
  case BIND_INPUT:
    return input_text(setup->plan, binding->item[k], key);
  case BIND_AMOUNT:
    return input_text(setup->plan, setup->plan->line[binding->item[k]].input, key);
  case BIND_PLAN:
  case BIND_RESULT:
  case BIND_NOISE:
    break;
  }
  return NULL;
}

static bool set_up(struct stage *stage, struct part *part, int max_lanes)
{
  const struct use *use = part->use;
  uint32_t *count = arena_array(&stage->arena, (size_t)use->plugin->n_slots + 1, sizeof *count);
  for (uint32_t s = 0; count != NULL && s < use->plugin->n_slots; s++) {
    count[s] = use->binding[s].count;
  }
  part->setup = (struct setup){ .face = { .size = sizeof part->setup.face,
                                          .n_years = (uint32_t)stage->n_years,
                                          .first_year = stage->plan->first_year,
                                          .max_lanes = (uint32_t)max_lanes,
                                          .council = stage->plan->ons_code,
                                          .instance = use->instance,
                                          .count = count,
                                          .text = series_text },
                                .plan = stage->plan,
                                .use = use };
  return count != NULL;
}

/* ---- the face ------------------------------------------------------------------------------------------ */

static bool take_own_blocks(struct stage *stage, struct part *part)
{
  const size_t own = rows_written(stage, part->use);
  const int n_scratch = (int)part->use->plugin->n_scratch; /* its rows follow each other without gaps */
  part->copy = arena_array(&stage->arena, own * (size_t)stage->stride + 1, sizeof *part->copy);
  return part->copy != NULL && block_init(&part->own, own, stage->stride) &&
         block_init(&part->scratch, n_scratch > 0 ? 1 : 0, n_scratch * stage->stride);
}

static bool take_shifts(struct stage *stage, size_t rows)
{
  size_t used = 0;
  if (!block_init(&stage->shifts, rows, stage->stride)) {
    return false;
  }
  for (int u = 0; u < stage->scenario->n_uses; u++) {
    struct part *part = &stage->part[u];
    if (part->plugin == NULL) {
      const size_t own = rows_written(stage, part->use);
      part->own = block_slice(&stage->shifts, used, own);
      used += own;
    }
  }
  return true;
}

static bool take_blocks(struct stage *stage)
{
  size_t read = 0, written = 0, shifted = 0;
  for (int u = 0; u < stage->scenario->n_uses; u++) {
    struct part *part = &stage->part[u];
    const size_t own = rows_written(stage, part->use);
    read += rows_read(stage, part->use);
    written += own;
    shifted += part->plugin == NULL ? own : 0;
    if (part->plugin != NULL && !take_own_blocks(stage, part)) {
      return false;
    }
  }
  stage->source = arena_array(&stage->arena, written + 1, sizeof *stage->source);
  return stage->source != NULL && block_init(&stage->shared, read, stage->stride) && take_shifts(stage, shifted);
}

static bool point_all(struct stage *stage)
{
  size_t used = 0;
  for (int u = 0; u < stage->scenario->n_uses; u++) {
    if (!point_params(stage, &stage->part[u], &used) || !point_slots(stage, u, &used)) {
      return false;
    }
  }
  return true;
}

static bool start_projection(struct stage *stage, int max_lanes)
{
  bool *touched = arena_array(&stage->arena, (size_t)stage->plan->n_inputs + 1, sizeof *touched);
  for (int k = 0; touched != NULL && k < stage->drawn.n_inputs; k++) {
    touched[stage->drawn.input[k]] = true;
  }
  for (int u = 0; touched != NULL && u < stage->scenario->n_uses; u++) {
    const struct use *use = stage->part[u].use;
    for (uint32_t s = 0; !stage->part[u].is_skipped && s < use->plugin->n_slots; s++) {
      for (uint32_t k = 0; use_access(use, s) != HR_READ && k < use->binding[s].count; k++) {
        touched[use->binding[s].item[k]] = true;
      }
    }
  }
  return touched != NULL && projection_new(stage->plan, touched, max_lanes, &stage->projection) == STATUS_OK;
}

static bool bring_up_parts(struct stage *stage, int max_lanes)
{
  for (int u = 0; u < stage->scenario->n_uses; u++) {
    if (!set_up(stage, &stage->part[u], max_lanes)) {
      return stage_out_of_memory(stage);
    }
    if (!part_load(stage, u) || !part_activate(stage, u)) {
      return false;
    }
  }
  return true;
}

bool stage_prepare(struct stage *stage, const struct plan *plan, const struct scenario *scenario, int at, int max_lanes,
                   const struct drawn *drawn, struct watch *watch, struct skip *skip)
{
  *stage = (struct stage){ .plan = plan,
                           .scenario = scenario,
                           .at = at,
                           .n_years = plan->n_years,
                           .max_lanes = max_lanes,
                           .stride = (max_lanes + 7) / 8 * 8,
                           .watch = watch,
                           .skip = skip,
                           .is_first_batch = true };
  stage->drawn = drawn != NULL ? *drawn : (struct drawn){ 0 };
  arena_init(&stage->arena, NULL);
  stage->part = arena_array(&stage->arena, (size_t)scenario->n_uses + 1, sizeof *stage->part);
  if (stage->part == NULL) {
    return stage_out_of_memory(stage);
  }
  for (int u = 0; u < scenario->n_uses; u++) {
    stage->part[u].use = &scenario->use[u];
  }
  if (!bring_up_parts(stage, max_lanes)) {
    return false;
  }
  if (!take_blocks(stage) || !start_projection(stage, max_lanes) || !point_all(stage) ||
      !merge_init(&stage->merge, plan, stage->source, stage->n_sources, stage->stride)) {
    return stage_out_of_memory(stage);
  }
  return true;
}

void stage_release(struct stage *stage)
{
  for (int u = stage->part != NULL ? stage->scenario->n_uses - 1 : -1; u >= 0; u--) {
    part_end(stage, u);
    block_fini(&stage->part[u].own);
    block_fini(&stage->part[u].scratch);
  }
  block_fini(&stage->shared);
  block_fini(&stage->shifts);
  merge_fini(&stage->merge);
  projection_free(stage->projection);
  arena_fini(&stage->arena);
  *stage = (struct stage){ 0 };
}
