/* drawn.c: what is drawn for a batch by whoever runs it: departures of inputs from the plan, and plugins' noise.
 *
 * (1) A use reads an input as planned and drawn, held to its limits, without what any use does to it.
 * (2) A use that reads nothing of what is drawn writes the same in every batch, and is not called again.
 * (3) So what follows from such uses alone, and from nothing that is drawn, is computed in the first full batch and
 * stands. (4) Noise is named plugin.instance.slot.series: the same in every scenario that uses the plugin so. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/stage.h"

#include <string.h>

enum status scenario_noise(const struct scenario *scenario, struct arena *arena, struct noise **out, int *count)
{
  *out = NULL;
  *count = 0;
  for (int u = 0; u < scenario->n_uses; u++) {
    const struct use *use = &scenario->use[u];
    for (uint32_t s = 0; s < use->plugin->n_slots; s++) {
      const struct binding *binding = &use->binding[s];
      for (uint32_t k = 0; binding->kind == BIND_NOISE && k < binding->count; k++) {
        struct noise *grown = arena_grow(arena, *out, (size_t)*count, sizeof *grown);
        if (grown == NULL) {
          return STATUS_MEMORY;
        }
        *out = grown;
        grown[(*count)++] = (struct noise){ .name = arena_printf(arena, "%s.%s.%s.%u", use->plugin->name, use->instance,
                                                                 use->plugin->slot[s].id, k),
                                            .label = use->plugin->title,
                                            .uniform = binding->item[k] == NOISE_UNIFORM,
                                            .once = (use->plugin->slot[s].flags & HR_ONCE) != 0 };
      }
    }
  }
  return STATUS_OK;
}

static void show_row(const struct stage *stage, size_t at, const double *from, int lanes)
{
  memcpy(block_row(&stage->shared, at), from, (size_t)lanes * sizeof *from);
}

/* Rule 1 */
static void show_input(const struct stage *stage, size_t at, int input, int year, const double *add, int lanes)
{
  const struct input *drawn = &stage->plan->input[input];
  const double plan = drawn->plan[year], low = drawn->low, high = drawn->high;
  double *row = block_row(&stage->shared, at);
  for (int i = 0; i < lanes; i++) {
    const double value = plan + add[i];
    row[i] = value < low ? low : value > high ? high : value;
  }
}

static int drawn_index(const struct stage *stage, int input)
{
  for (int k = 0; k < stage->drawn.n_inputs; k++) {
    if (stage->drawn.input[k] == input) {
      return k;
    }
  }
  return -1;
}

/* True when the slot holds anything that is drawn. */
static bool show_slot(const struct stage *stage, const struct part *part, uint32_t s, int lanes, int *noise)
{
  if (part->plugin == NULL) { /* a shift reads nothing */
    return false;
  }
  const struct binding *binding = &part->use->binding[s];
  const size_t n_years = (size_t)stage->n_years;
  bool shown = false;
  for (uint32_t k = 0; k < binding->count; k++) {
    const size_t first = part->first_row[s] + k * n_years;
    const int drawn = binding->kind == BIND_INPUT ? drawn_index(stage, binding->item[k]) : -1;
    for (size_t y = 0; drawn >= 0 && y < n_years; y++) {
      const double *add = stage->drawn.add[(size_t)drawn * n_years + y];
      if (add != NULL) {
        show_input(stage, first + y, binding->item[k], (int)y, add, lanes);
      }
    }
    for (size_t y = 0; binding->kind == BIND_NOISE && y < n_years; y++) {
      show_row(stage, first + y, stage->drawn.noise[(size_t)*noise * n_years + y], lanes);
    }
    *noise += binding->kind == BIND_NOISE ? 1 : 0;
    shown = shown || drawn >= 0 || binding->kind == BIND_NOISE;
  }
  return shown;
}

void stage_draw(struct stage *stage, const double *const *add, const double *const *noise, int n_lanes)
{
  const int lanes = (n_lanes + 7) / 8 * 8;
  int at = 0;
  stage->drawn.add = add;
  stage->drawn.noise = noise;
  for (int k = 0; k < stage->drawn.n_inputs; k++) {
    for (int y = 0; y < stage->n_years; y++) {
      merge_draw(&stage->merge, stage->drawn.input[k], y, add[k * stage->n_years + y]);
    }
  }
  for (int u = 0; u < stage->scenario->n_uses; u++) {
    struct part *part = &stage->part[u];
    bool reads = false;
    for (uint32_t s = 0; s < part->use->plugin->n_slots; s++) {
      reads = show_slot(stage, part, s, lanes, &at) || reads;
    }
    part->reads_drawn = reads;
    part->is_same = !reads && n_lanes <= stage->lanes_before; /* Rule 2 */
  }
  stage->drawn.n_noises = at;
  stage->lanes_before = n_lanes > stage->lanes_before ? n_lanes : stage->lanes_before;
}

/* ---- rule 3 -------------------------------------------------------------------------------------------- */

void stage_settle(struct stage *stage, int n_lanes)
{
  if (stage->is_settled || stage->lanes_before == 0 || n_lanes < stage->max_lanes) {
    return;
  }
  stage->is_settled = true;
  bool *still = arena_array(&stage->arena, (size_t)stage->plan->n_inputs + 1, sizeof *still);
  if (still == NULL) {
    return; /* slower, and nothing else */
  }
  for (int k = 0; k < stage->drawn.n_inputs; k++) {
    still[stage->drawn.input[k]] = true;
  }
  for (int s = 0; s < stage->n_sources; s++) {
    const struct part *part = &stage->part[stage->source[s].use];
    still[stage->source[s].input] |= part->reads_drawn || part->respond != NULL;
  }
  if (merge_settle(&stage->merge, still, n_lanes)) {
    for (int i = 0; i < stage->plan->n_inputs; i++) {
      still[i] = stage->merge.first[i] >= 0 ? !stage->merge.settled[i] : still[i];
    }
    projection_settle(stage->projection, still);
  }
  projection_totals_only(stage->projection, stage_has_policies(stage)); /* once every row has been filled */
}

/* ---- rule 3 -------------------------------------------------------------------------------------------- */

enum { AGAIN = 8 }; /* lanes: a cache line of doubles, so that rows stay aligned */

static double *keep_own(struct stage *stage, const struct part *part)
{
  const size_t stride = (size_t)stage->stride;
  double *kept = arena_array(&stage->arena, part->own.n_rows * stride + 1, sizeof *kept);
  for (size_t r = 0; kept != NULL && r < part->own.n_rows; r++) {
    memcpy(kept + r * stride, block_row(&part->own, r), stride * sizeof *kept);
  }
  return kept;
}

static bool same_as_kept(const struct stage *stage, const struct part *part, const double *kept)
{
  for (size_t r = 0; r < part->own.n_rows; r++) {
    if (memcmp(block_row(&part->own, r), kept + r * (size_t)stage->stride + AGAIN, AGAIN * sizeof *kept) != 0) {
      return false;
    }
  }
  return true;
}

/* Rows that begin a few lanes later. */
static const double **later_rows(struct stage *stage, const double *const *rows, size_t n)
{
  const double **later = arena_array(&stage->arena, n + 1, sizeof *later);
  for (size_t i = 0; later != NULL && i < n; i++) {
    later[i] = rows[i] != NULL ? rows[i] + AGAIN : NULL;
  }
  return later;
}

/* Each is to be called again, whatever it reads. */
static void forget_batches(struct stage *stage)
{
  for (int u = 0; u < stage->scenario->n_uses; u++) {
    stage->part[u].is_same = false;
  }
  stage->lanes_before = 0;
}

static bool run_a_few(struct stage *stage, const double *const *add, const double *const *noise)
{
  const size_t years = (size_t)stage->n_years;
  const double **later_add = later_rows(stage, add, (size_t)stage->drawn.n_inputs * years);
  const double **later_noise = later_rows(stage, noise, (size_t)stage->drawn.n_noises * years);
  if (later_add == NULL || later_noise == NULL) {
    return stage_out_of_memory(stage);
  }
  stage_draw(stage, later_add, later_noise, AGAIN);
  forget_batches(stage);
  return stage_batch(stage, AGAIN);
}

static bool run_again(struct stage *stage, const double *const *add, const double *const *noise, int n_lanes)
{
  stage_draw(stage, add, noise, n_lanes);
  forget_batches(stage);
  return stage_batch(stage, n_lanes);
}

bool stage_lanes_hold(struct stage *stage, const double *const *add, const double *const *noise, int n_lanes)
{
  const int n = stage->scenario->n_uses;
  double **kept = arena_array(&stage->arena, (size_t)n + 1, sizeof *kept);
  bool fine = kept != NULL;
  if (n == 0 || n_lanes < 2 * AGAIN) {
    return true;
  }
  for (int u = 0; fine && u < n; u++) {
    kept[u] = keep_own(stage, &stage->part[u]);
    fine = kept[u] != NULL;
  }
  if (!fine) {
    return stage_out_of_memory(stage);
  }
  if (!run_a_few(stage, add, noise)) {
    return false;
  }
  for (int u = 0; u < n; u++) {
    const struct part *part = &stage->part[u];
    if (part->plugin != NULL && !part->is_skipped && !same_as_kept(stage, part, kept[u])) {
      return part_fails(stage, u, VERDICT_LANES);
    }
  }
  return run_again(stage, add, noise, n_lanes);
}
