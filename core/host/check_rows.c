/* check_rows.c: made-up rows for a plugin to work on, and calls on them; for the conformance check. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* ---- what the rows hold -------------------------------------------------------------------------------- */

/* A number from 0 up to 1 that depends on where it stands. */
static double scatter(uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  uint64_t x =
      a * 0x9e3779b97f4a7c15u + b * 0xbf58476d1ce4e5b9u + c * 0x94d049bb133111ebu + d * 0xd6e8feb86659fd93u + 1;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return (double)((x ^ (x >> 31)) >> 11) * 0x1p-53;
}

static double plausible(uint32_t unit, double u)
{
  switch (unit) {
  case HR_GBP:
    return 1e6 * (0.5 + u);
  case HR_PERCENT:
  case HR_POINTS:
    return 0.01 + 0.08 * u;
  case HR_COUNT:
    return 100.0 + 900.0 * u;
  case HR_MONTHS:
    return 6.0 * u;
  default:
    return u < 0.5 ? 0.0 : 1.0;
  }
}

static double made_up(const struct hr_slot *slot, uint32_t s, uint32_t k, uint32_t year, uint64_t lane)
{
  const uint64_t drawn = (slot->flags & HR_ONCE) != 0 ? 0 : year;
  if (strcmp(slot->address, "noise:uniform") == 0) {
    return lane == 0 ? 0.5 : scatter(s, k, drawn, lane);
  }
  if (strcmp(slot->address, "noise:normal") == 0) { /* four uniforms: near enough, and bounded */
    double sum = -2.0;
    for (uint64_t i = 1; i <= 4; i++) {
      sum += scatter(s, k + 1000 * i, drawn, lane);
    }
    return lane == 0 ? 0.0 : sum * 1.7320508075688772;
  }
  const uint64_t varied = strncmp(slot->address, "plan:", 5) == 0 ? 0 : lane; /* the plan is one lane for all */
  return plausible(slot->unit, scatter(s, k, year, varied));
}

static bool moves_freely(const struct hr_param *param)
{
  return (param->flags & HR_UNIFORM) == 0 && param->unit != HR_YEAR && param->unit != HR_SWITCH &&
         param->unit != HR_CHOICE;
}

/* A choice or a year between two others means nothing. */
static bool is_whole(const struct hr_param *param)
{
  return param->unit == HR_YEAR || param->unit == HR_SWITCH || param->unit == HR_CHOICE;
}

/* Where plugins go wrong is at the ends, at neutral and at the preset, so half of what is drawn stands there. */
static double drawn(const struct scene *scene, const struct hr_param *param, uint32_t p, uint32_t year, uint64_t lane)
{
  const bool is_uniform = (param->flags & HR_UNIFORM) != 0;
  const uint64_t a = scene->seed, b = 8 * scene->round, c = p + (is_uniform ? 0 : (lane + 1) << 8);
  const uint64_t d = !is_uniform && (param->flags & HR_PER_YEAR) != 0 ? year : 0;
  const double marks[] = { param->min, param->max, param->neutral, param->preset };
  const double kind = 8.0 * scatter(a, b, c, d), u = scatter(a, b + 1, c, d);
  if (kind < 4.0) {
    return marks[(int)kind];
  }
  const double value = (1.0 - u) * param->min + u * param->max;
  const double whole = is_whole(param) ? round_units(value) : value;
  return whole < param->min ? param->min : whole > param->max ? param->max : whole;
}

/* MIXED: somewhere between neutral and preset, or a tenth of the range where those are the same. */
static double param_value(const struct scene *scene, bool is_moved, enum level level, uint32_t p, uint32_t year,
                          uint64_t lane)
{
  const struct hr_param *param = &scene->plugin->param[p];
  if (level == DRAWN) {
    return drawn(scene, param, p, year, lane);
  }
  if (level == AT_NEUTRAL && (param->flags & HR_SEVERITY) != 0) {
    return param->neutral;
  }
  if (is_moved && level == AT_MIN) {
    return param->min;
  }
  if (is_moved && level == AT_MAX) {
    return param->max;
  }
  if (level != MIXED || !moves_freely(param)) {
    return param->preset;
  }
  const double far = param->preset != param->neutral ? param->preset
                     : param->max > param->neutral   ? param->neutral + 0.1 * (param->max - param->neutral)
                                                     : param->neutral + 0.1 * (param->min - param->neutral);
  const uint64_t varied = (param->flags & HR_PER_YEAR) != 0 ? year : 0;
  return param->neutral + scatter(1000 + p, varied, 7, lane) * (far - param->neutral);
}

/* ---- one batch ----------------------------------------------------------------------------------------- */

struct shape {
  uint32_t n_lanes, stride;
  uint64_t first_lane;
};

/* Padding repeats the last live lane. */
static uint64_t lane_number(const struct shape *shape, uint32_t i)
{
  return shape->first_lane + (i < shape->n_lanes ? i : shape->n_lanes - 1);
}

static bool params_make(struct stand *stand, const struct shape *shape, enum level level, uint32_t moved)
{
  struct scene *scene = stand->scene;
  const uint32_t n = scene->plugin->n_params * CHECK_YEARS;
  const double **param = guarded(scene, n * sizeof *param + 1, "table of parameters", NOWHERE, 0, 0);
  if (param == NULL) {
    return false;
  }
  for (uint32_t i = 0; i < n; i++) {
    double *row = guarded(scene, shape->stride * sizeof *row, "row of a parameter", NOWHERE, 0, 0);
    if (row == NULL) {
      return false;
    }
    const uint32_t p = i / CHECK_YEARS;
    for (uint32_t lane = 0; lane < shape->stride; lane++) {
      row[lane] = param_value(scene, p == moved, level, p, i % CHECK_YEARS, lane_number(shape, lane));
    }
    protect(row, shape->stride * sizeof *row, PROT_READ);
    param[i] = row;
  }
  protect(param, n * sizeof *param + 1, PROT_READ);
  stand->batch->param = param;
  return true;
}

static bool slot_make(struct stand *stand, const struct shape *shape, uint32_t s, struct hr_rows *rows)
{
  struct scene *scene = stand->scene;
  const struct hr_slot *slot = &scene->plugin->slot[s];
  const uint32_t n = scene->count[s] * CHECK_YEARS;
  const size_t size = shape->stride * sizeof(double);
  const double **in = guarded(scene, n * sizeof *in + 1, "table of rows", s, 0, 0);
  double **out = slot->access != HR_READ ? guarded(scene, n * sizeof *out + 1, "table of rows", s, 0, 0) : NULL;
  if (in == NULL || (out == NULL && slot->access != HR_READ)) {
    return false;
  }
  for (uint32_t i = 0; i < n; i++) {
    const uint32_t k = i / CHECK_YEARS, year = i % CHECK_YEARS;
    double *row = guarded(scene, size, "row", s, k, year);
    double *changes = out != NULL ? guarded(scene, size, "row of changes", s, k, year) : NULL;
    if (row == NULL || (out != NULL && changes == NULL)) {
      return false;
    }
    for (uint32_t lane = 0; lane < shape->stride; lane++) {
      row[lane] = made_up(slot, s, k, year, lane_number(shape, lane));
    }
    protect(row, size, PROT_READ);
    in[i] = row;
    if (out != NULL) {
      out[i] = changes;
    }
  }
  protect(in, n * sizeof *in + 1, PROT_READ);
  if (out != NULL) {
    protect(out, n * sizeof *out + 1, PROT_READ);
  }
  *rows = (struct hr_rows){ .in = in, .out = out, .count = scene->count[s] };
  stand->out[s] = out;
  return true;
}

static bool slots_make(struct stand *stand, const struct shape *shape)
{
  struct scene *scene = stand->scene;
  const uint32_t n = scene->plugin->n_slots;
  struct hr_rows *rows = guarded(scene, n * sizeof *rows + 1, "table of slots", NOWHERE, 0, 0);
  for (uint32_t s = 0; s < n && rows != NULL; s++) {
    if (!slot_make(stand, shape, s, &rows[s])) {
      return false;
    }
  }
  if (rows == NULL) {
    return false;
  }
  protect(rows, n * sizeof *rows + 1, PROT_READ);
  stand->batch->slot = rows;
  return true;
}

struct stand *stand_new(struct scene *scene, enum level level, uint32_t param, uint32_t n_lanes, uint64_t first_lane)
{
  const uint32_t blocks_before = scene->n_blocks;
  const struct shape shape = { .n_lanes = n_lanes, .stride = (n_lanes + 7) / 8 * 8, .first_lane = first_lane };
  struct stand *stand = calloc(1, sizeof *stand);
  struct hr_batch *batch = guarded(scene, sizeof *batch, "batch", NOWHERE, 0, 0);
  struct hr_error *error = guarded(scene, sizeof *error, "error", NOWHERE, 0, 0);
  const size_t scratch_size = (size_t)scene->plugin->n_scratch * shape.stride * sizeof(double);
  double *scratch = scratch_size > 0 ? guarded(scene, scratch_size, "scratch", NOWHERE, 0, 0) : NULL;
  bool made = stand != NULL && batch != NULL && error != NULL && (scratch != NULL || scratch_size == 0);
  if (made) {
    *stand = (struct stand){ .scene = scene,
                             .batch = batch,
                             .error = error,
                             .scratch_size = scratch_size,
                             .blocks_before = blocks_before,
                             .older = scene->newest };
    scene->newest = stand;
    *batch = (struct hr_batch){ .size = sizeof *batch,
                                .n_years = CHECK_YEARS,
                                .n_lanes = n_lanes,
                                .stride = shape.stride,
                                .first_lane = first_lane,
                                .setup = scene->setup,
                                .scratch = scratch,
                                .err = error };
    made = params_make(stand, &shape, level, param) && slots_make(stand, &shape);
    protect(batch, sizeof *batch, PROT_READ);
  }
  if (!made) {
    scene_refuse(scene, VERDICT_FAILED, "no memory for the check");
    if (scene->newest == stand && stand != NULL) {
      scene->newest = stand->older;
    }
    free(stand);
    return NULL;
  }
  return stand;
}

void stand_free(struct stand *stand)
{
  if (stand != NULL) {
    stand->scene->newest = stand->older;
    guarded_rewind(stand->scene, stand->blocks_before);
    free(stand);
  }
}

bool stand_rows(const struct stand *stand, bool (*visit)(const struct row_at *, void *), void *ctx)
{
  const struct scene *scene = stand->scene;
  for (uint32_t s = 0; s < scene->plugin->n_slots; s++) {
    for (uint32_t i = 0; stand->out[s] != NULL && i < scene->count[s] * CHECK_YEARS; i++) {
      const struct row_at at = { s, i / CHECK_YEARS, i % CHECK_YEARS, stand->out[s][i] };
      if (!visit(&at, ctx)) {
        return false;
      }
    }
  }
  return true;
}

double *stand_row(const struct stand *stand, const struct row_at *at)
{
  return stand->out[at->slot][at->series * CHECK_YEARS + at->year];
}

/* ---- calls --------------------------------------------------------------------------------------------- */

static bool fill_with_no_change(const struct row_at *at, void *ctx)
{
  const struct stand *stand = ctx;
  const double nothing = stand->scene->plugin->slot[at->slot].access == HR_SCALE ? 1.0 : 0.0;
  for (uint32_t i = 0; i < stand->batch->stride; i++) {
    at->row[i] = nothing;
  }
  return true;
}

struct year_and_size {
  uint32_t year;
  size_t size;
  int how;
};

/* A policy may change its own year and those after it, never the past. */
static bool protect_earlier(const struct row_at *at, void *ctx)
{
  const struct year_and_size *limit = ctx;
  if (at->year < limit->year) {
    protect(at->row, limit->size, limit->how);
  }
  return true;
}

static int32_t respond_by_year(struct stand *stand)
{
  const size_t size = stand->batch->stride * sizeof(double);
  int32_t code = HR_OK;
  for (uint32_t year = 0; year < CHECK_YEARS && code == HR_OK; year++) {
    struct year_and_size past = { year, size, PROT_READ };
    stand_rows(stand, protect_earlier, &past);
    scene_begin(stand->scene, CALL_RESPOND);
    code = stand->scene->policy->respond(stand->scene->loaded.self, stand->batch, year);
  }
  struct year_and_size all = { CHECK_YEARS, size, PROT_READ | PROT_WRITE };
  stand_rows(stand, protect_earlier, &all);
  return code;
}

int32_t stand_call(struct stand *stand)
{
  stand_rows(stand, fill_with_no_change, stand);
  if (stand->batch->scratch != NULL) {
    memset(stand->batch->scratch, 0, stand->scratch_size);
  }
  *stand->error = (struct hr_error){ .size = sizeof *stand->error, .year = -1, .lane = -1 };
  scene_begin(stand->scene, CALL_APPLY);
  const int32_t code = stand->scene->loaded.plugin->apply(stand->scene->loaded.self, stand->batch);
  return code == HR_OK && stand->scene->policy != NULL ? respond_by_year(stand) : code;
}

enum verdict stand_run(struct stand *stand)
{
  const enum verdict verdict = scene_judge(stand->scene, stand_call(stand), stand->error);
  return verdict != VERDICT_OK ? verdict : scene_end(stand->scene);
}
