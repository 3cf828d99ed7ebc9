/* idle.c: parameters of a use that find nothing in this plan to change, while others of the same use do.
 *
 * (1) What is looked at is a shock (HR_SEVERITY) that a row or a setting of the scenario names and that is away from
 * its neutral in some year.  A preset is nobody's request, and a setting that is no shock changes nothing by itself.
 * (2) It finds nothing where the use writes the same rows without it as with it, and no change with it alone.  What
 * alone would change something is not told: another parameter moves the same things as far already, or it is one half
 * of two that act together. (3) Rows are what counts, not figures: what is changed and costs nothing has been found.
 * (4) The rate of a line or a loan that only another scenario's plugin brings with it, or of a loan of nothing, is no
 * row: in this scenario there is nothing under it. (5) A use that changes nothing at all is told as a whole, and
 * policies answer to results; neither is looked at. (6) A plugin that refuses one of these settings, which nobody asked
 * for, has said nothing; any other failure is one. (7) Nothing is projected: it is the use's own rows, in one lane,
 * that are held against each other. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/stage.h"

#include <string.h>

/* ---- what a plugin of another scenario brought with it -------------------------------------------------- */

static bool creates(const struct plan *plan, const struct use *use, int input)
{
  for (uint32_t s = 0; s < use->plugin->n_slots; s++) {
    const struct binding *binding = &use->binding[s];
    for (uint32_t k = 0; (use->plugin->slot[s].flags & HR_CREATE) != 0 && k < binding->count; k++) {
      const struct input *of = &plan->input[binding->item[k]];
      if (of->owner == plan->input[input].owner &&
          strcmp(field_kinds[of->field].table, field_kinds[plan->input[input].field].table) == 0) {
        return true;
      }
    }
  }
  return false;
}

static bool writes(const struct use *use, int input)
{
  for (uint32_t s = 0; s < use->plugin->n_slots; s++) {
    const struct binding *binding = &use->binding[s];
    for (uint32_t k = 0; binding->kind == BIND_INPUT && use_access(use, s) != HR_READ && k < binding->count; k++) {
      if (binding->item[k] == input) {
        return true;
      }
    }
  }
  return false;
}

/* The rate of a loan of nothing, which no use of the scenario makes one of something. */
static bool is_of_nothing(const struct plan *plan, const struct scenario *scenario, int input)
{
  const struct input *rate = &plan->input[input];
  const int amount = rate->field == BORROWING_RATE ? plan->borrowing[rate->owner].input : -1;
  for (int y = 0; amount >= 0 && y < plan->n_years; y++) {
    if (plan->input[amount].plan[y] != 0.0) {
      return false;
    }
  }
  for (int u = 0; amount >= 0 && u < scenario->n_uses; u++) {
    if (writes(&scenario->use[u], amount)) {
      return false;
    }
  }
  return amount >= 0;
}

/* No file holds what a plugin made. */
bool input_is_elsewhere(const struct plan *plan, const struct scenario *scenario, int input)
{
  const struct input *in = &plan->input[input];
  const bool made = (in->field == LINE_RATE && plan->line[in->owner].place.file == NULL) ||
                    (in->field == BORROWING_RATE && plan->borrowing[in->owner].place.file == NULL);
  for (int u = 0; made && u < scenario->n_uses; u++) {
    if (creates(plan, &scenario->use[u], input)) {
      return false;
    }
  }
  return made || is_of_nothing(plan, scenario, input);
}

/* ---- what is asked for --------------------------------------------------------------------------------- */

static bool is_away(const struct use *use, uint32_t p, int n_years)
{
  const struct hr_param *param = &use->plugin->param[p];
  for (int y = 0; (param->flags & HR_SEVERITY) != 0 && y < n_years; y++) {
    if (use->value[p * (uint32_t)n_years + (uint32_t)y] != param->neutral) {
      return true;
    }
  }
  return false;
}

bool use_is_neutral(const struct plan *plan, const struct use *use)
{
  bool any_shock = false;
  for (uint32_t p = 0; p < use->plugin->n_params; p++) {
    any_shock |= (use->plugin->param[p].flags & HR_SEVERITY) != 0;
    if (is_away(use, p, plan->n_years)) {
      return false;
    }
  }
  return any_shock;
}

/* Rule 1 */
static bool is_asked_for(const struct stage *stage, const struct use *use, uint32_t p)
{
  return use->named != NULL && use->named[p] != NULL && is_away(use, p, stage->n_years);
}

/* Which shocks are away from their neutral, a bit each. */
static uint64_t shocks_of(const struct stage *stage, const struct use *use)
{
  uint64_t shocks = 0;
  for (uint32_t p = 0; p < use->plugin->n_params; p++) {
    shocks |= is_away(use, p, stage->n_years) ? UINT64_C(1) << p : 0;
  }
  return shocks;
}

/* The use with only these of its shocks: every row that it writes. */
static bool write_with(struct stage *stage, int at, uint64_t shocks, bool *refused)
{
  struct part *part = &stage->part[at];
  for (uint32_t p = 0; p < part->use->plugin->n_params; p++) {
    const struct hr_param *param = &part->use->plugin->param[p];
    const bool stands = (param->flags & HR_SEVERITY) == 0 || (shocks >> p & 1) != 0;
    for (int y = 0; y < stage->n_years; y++) {
      const size_t cell = (size_t)p * (size_t)stage->n_years + (size_t)y;
      double *row = block_row(&stage->shared, part->first_param + cell);
      for (int i = 0; i < stage->stride; i++) {
        row[i] = stands ? part->use->value[cell] : param->neutral;
      }
    }
  }
  return part_try(stage, at, refused);
}

/* ---- the rows that it writes --------------------------------------------------------------------------- */

/* Rule 4 */
static bool counts(const struct stage *stage, int input)
{
  return !input_is_elsewhere(stage->plan, stage->scenario, input);
}

/* Whether look finds what it looks for in a row that counts; rows stand as they do in the block of the use. */
typedef bool row_look(const struct stage *, const struct part *, size_t row, double neutral);

static bool any_row(const struct stage *stage, const struct part *part, row_look *look)
{
  size_t row = 0;
  for (uint32_t s = 0; s < part->use->plugin->n_slots; s++) {
    const uint32_t access = use_access(part->use, s);
    for (uint32_t k = 0; access != HR_READ && k < part->slot[s].count; k++) {
      const bool seen = counts(stage, part->use->binding[s].item[k]);
      for (int y = 0; y < stage->n_years; y++, row++) {
        if (seen && look(stage, part, row, access == HR_SCALE ? 1.0 : 0.0)) {
          return true;
        }
      }
    }
  }
  return false;
}

static bool is_changed(const struct stage *stage, const struct part *part, size_t row, double neutral)
{
  (void)stage;
  return block_row(&part->own, row)[0] != neutral;
}

static bool differs(const struct stage *stage, const struct part *part, size_t row, double neutral)
{
  (void)neutral;
  return block_row(&part->own, row)[0] != part->copy[row * (size_t)stage->stride];
}

static void keep_rows(const struct stage *stage, const struct part *part)
{
  for (size_t row = 0; row < part->own.n_rows; row++) {
    part->copy[row * (size_t)stage->stride] = block_row(&part->own, row)[0];
  }
}

/* ---- the face ------------------------------------------------------------------------------------------ */

/* Rule 2; the copy holds what the use writes as it was asked for. */
static bool look_at(struct stage *stage, int at, uint64_t shocks, uint32_t p, bool *idle)
{
  const struct part *part = &stage->part[at];
  const uint64_t alone = UINT64_C(1) << p;
  bool refused = false;
  *idle = false;
  if (!write_with(stage, at, shocks & ~alone, &refused)) {
    return false;
  }
  if (refused || any_row(stage, part, differs)) {
    return true;
  }
  if (!write_with(stage, at, alone, &refused)) {
    return false;
  }
  *idle = !refused && !any_row(stage, part, is_changed);
  return true;
}

bool stage_find_idle(struct stage *stage, int at, uint64_t *out)
{
  struct part *part = &stage->part[at];
  const uint64_t shocks = shocks_of(stage, part->use);
  *out = 0;
  if (part->plugin == NULL || part->respond != NULL || part->is_skipped ||
      !any_row(stage, part, is_changed)) { /* Rule 5 */
    return true;
  }
  keep_rows(stage, part);
  for (uint32_t p = 0; p < part->use->plugin->n_params; p++) {
    bool idle = false;
    if (!is_asked_for(stage, part->use, p) || shocks == UINT64_C(1) << p) {
      continue;
    }
    if (!look_at(stage, at, shocks, p, &idle)) {
      return false;
    }
    *out |= idle ? UINT64_C(1) << p : 0;
  }
  return true;
}
