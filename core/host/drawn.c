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

static void show_row(const struct stage *stage, size_t at, const double *from)
{
  memcpy(block_row(&stage->shared, at), from, (size_t)stage->stride * sizeof *from);
}

/* Rule 1 */
static void show_input(const struct stage *stage, size_t at, int input, int year, const double *add)
{
  const struct input *drawn = &stage->plan->input[input];
  const double plan = drawn->plan[year], low = drawn->low, high = drawn->high;
  double *row = block_row(&stage->shared, at);
  for (int i = 0; i < stage->stride; i++) {
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
static bool show_slot(const struct stage *stage, const struct part *part, uint32_t s, int *noise)
{
  const struct binding *binding = &part->use->binding[s];
  const size_t n_years = (size_t)stage->n_years;
  bool shown = false;
  for (uint32_t k = 0; k < binding->count; k++) {
    const size_t first = part->first_row[s] + k * n_years;
    const int drawn = binding->kind == BIND_INPUT ? drawn_index(stage, binding->item[k]) : -1;
    for (size_t y = 0; drawn >= 0 && y < n_years; y++) {
      const double *add = stage->drawn.add[(size_t)drawn * n_years + y];
      if (add != NULL) {
        show_input(stage, first + y, binding->item[k], (int)y, add);
      }
    }
    for (size_t y = 0; binding->kind == BIND_NOISE && y < n_years; y++) {
      show_row(stage, first + y, stage->drawn.noise[(size_t)*noise * n_years + y]);
    }
    *noise += binding->kind == BIND_NOISE ? 1 : 0;
    shown = shown || drawn >= 0 || binding->kind == BIND_NOISE;
  }
  return shown;
}

void stage_draw(struct stage *stage, const double *const *add, const double *const *noise, int n_lanes)
{
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
      reads = show_slot(stage, part, s, &at) || reads;
    }
    part->reads_drawn = reads;
    part->is_same = !reads && n_lanes <= stage->lanes_before; /* Rule 2 */
  }
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
}
