/* future.c: a plan and a scenario on it, projected again in this process so that every working can be looked at.
 *
 * A run leaves what each use did to each input.  Put together in the same order these are the changes that the run's
 * own projection took, so that no plugin is called here; should the figures differ all the same, nothing is explained.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

#include <string.h>

enum { STRIDE = 8 }; /* of a projection of one lane */

/* ---- changes put together ------------------------------------------------------------------------------ */

static bool any_but(const double *row, double neutral)
{
  return row != NULL && row[0] != neutral;
}

/* One input's scales and additions of one year; NULL stays where they come to nothing. */
static bool merge_cell(struct future *future, int input, int year)
{
  const size_t at = (size_t)input * (size_t)future->plan->n_years + (size_t)year;
  double *rows = arena_array(future->explainer->arena, (size_t)2 * STRIDE, sizeof *rows);
  if (rows == NULL) {
    return false;
  }
  double scale = 1.0, add = 0.0;
  for (int c = 0; c < future->n_changes; c++) {
    const struct change *change = &future->change[c];
    if (change->input == input) {
      scale *= change->scales ? change->value[year] : 1.0;
      add += change->scales ? 0.0 : change->value[year];
    }
  }
  for (int i = 0; i < STRIDE; i++) {
    rows[i] = scale;
    rows[STRIDE + i] = add;
  }
  future->scale[at] = any_but(rows, 1.0) ? rows : NULL;
  future->add[at] = any_but(rows + STRIDE, 0.0) ? rows + STRIDE : NULL;
  return true;
}

static bool merge_changes(struct future *future, bool *touched)
{
  const struct plan *plan = future->plan;
  const size_t cells = (size_t)plan->n_inputs * (size_t)plan->n_years;
  future->scale = arena_array(future->explainer->arena, cells + 1, sizeof *future->scale);
  future->add = arena_array(future->explainer->arena, cells + 1, sizeof *future->add);
  bool fine = future->scale != NULL && future->add != NULL;
  for (int c = 0; fine && c < future->n_changes; c++) {
    const int input = future->change[c].input;
    for (int y = 0; fine && !touched[input] && y < plan->n_years; y++) {
      fine = merge_cell(future, input, y);
    }
    touched[input] = true;
  }
  return fine;
}

/* ---- a future ------------------------------------------------------------------------------------------ */

/* How many items a kind has. */
static int items_of(const struct plan *plan, enum kind kind)
{
  switch (kind) {
  case KIND_MEASURE:
    return N_MEASURES;
  case KIND_LINE:
  case KIND_RECURRING:
  case KIND_NUMBER:
  case KIND_UNIT_COST:
  case KIND_PERCENT:
    return plan->n_lines + N_ENGINE_LINES;
  case KIND_TERM:
    return N_TERMS;
  case KIND_INPUT:
    return plan->n_inputs;
  case KIND_RATE:
    return plan->n_drivers;
  case KIND_PLANNED:
  case KIND_EXPECTED:
  case KIND_LATE:
  case KIND_DELIVERED:
    return plan->n_savings;
  case KIND_COST:
    return plan->n_borrowings;
  case KIND_DRAWN:
  case KIND_DEFICIT:
  case KIND_SHARE:
    return 1;
  case KIND_DATE:
    return N_DATES;
  default:
    return kind >= KIND_OPENING ? plan->n_reserves : plan->n_receipts;
  }
}

static bool future_init(struct future *future, struct explainer *explainer)
{
  future->explainer = explainer;
  future->plan = explainer->plan;
  future->own = &explainer->plan_itself;
  for (int k = 0; k < N_KINDS; k++) {
    const int n = items_of(explainer->plan, (enum kind)k) * explainer->plan->n_years;
    future->made[k] = arena_array(explainer->arena, (size_t)n + 1, sizeof(struct figure *));
    if (future->made[k] == NULL) {
      return false;
    }
  }
  return planned_uses_init(future);
}

/* What the uses may write, whether or not they changed it: the run took it for what may vary. */
static void mark_written(const struct future *future, bool *touched)
{
  for (int u = 0; future->scenario != NULL && u < future->scenario->n_uses; u++) {
    const struct use *use = &future->scenario->use[u];
    for (uint32_t s = 0; future->skip != NULL && future->skip[u].text[0] == '\0' && s < use->plugin->n_slots; s++) {
      const bool reads = use->plugin != shift_plugin() && use->plugin->slot[s].access == HR_READ;
      for (uint32_t k = 0; !reads && k < use->binding[s].count; k++) {
        touched[use->binding[s].item[k]] = true;
      }
    }
  }
}

static enum status project(struct future *future)
{
  const struct plan *plan = future->plan;
  bool *touched = arena_array(future->explainer->arena, (size_t)plan->n_inputs + 1, sizeof *touched);
  if (touched == NULL || !merge_changes(future, touched)) {
    return STATUS_MEMORY;
  }
  mark_written(future, touched);
  const enum status status = projection_new(plan, touched, 1, &future->projection);
  const struct changes changes = { future->scale, future->add };
  for (int y = 0; status == STATUS_OK && y < plan->n_years; y++) {
    projection_year(future->projection, &changes, 1, y);
  }
  return status;
}

static enum status meets(const struct future *future, const struct result *run, struct error *error)
{
  void *block = arena_alloc(future->explainer->arena, result_size(future->plan));
  if (block == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  struct result *again = result_init(block, future->plan);
  if (!result_from_lane(again, future->projection, 0) ||
      memcmp(again->measure, run->measure, sizeof run->measure) != 0) {
    return error_set(error, STATUS_INTERNAL,
                     "scenario %s comes out otherwise when it is worked out again from what its plugins did",
                     future->scenario->id);
  }
  return STATUS_OK;
}

static enum status open_scenario(struct explainer *explainer, const struct scenario *scenario,
                                 const struct outcome *outcome, struct error *error)
{
  struct future *future = &explainer->scenario;
  explainer->has_scenario = true;
  if (!future_init(future, explainer)) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  future->scenario = scenario;
  future->skip = outcome->skip;
  future->change = outcome->change;
  future->n_changes = outcome->n_changes;
  const enum status status = project(future);
  return status != STATUS_OK ? error_set(error, status, "%s", status_sentence(status))
                             : meets(future, outcome->result, error);
}

enum status explainer_open(const struct plan *plan, const struct scenario *scenario, const struct outcome *outcome,
                           struct arena *arena, struct explainer **out, struct error *error)
{
  struct explainer *explainer = arena_alloc(arena, sizeof *explainer);
  *out = explainer;
  if (explainer == NULL) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  *explainer = (struct explainer){ .arena = arena, .plan = plan };
  for (int y = 0; y < plan->n_years; y++) {
    char label[8];
    explainer->year[y] = arena_strdup(arena, plan_year_label(plan, y, label));
  }
  const enum status status =
      future_init(&explainer->plan_itself, explainer) ? project(&explainer->plan_itself) : STATUS_MEMORY;
  if (status != STATUS_OK) {
    return error_set(error, status, "%s", status_sentence(status));
  }
  return scenario != NULL ? open_scenario(explainer, scenario, outcome, error) : STATUS_OK;
}

int explainer_figures(const struct explainer *explainer)
{
  return explainer->n_figures;
}

void explainer_close(struct explainer *explainer)
{
  if (explainer != NULL) {
    projection_free(explainer->plan_itself.projection);
    projection_free(explainer->scenario.projection);
    explainer->plan_itself.projection = explainer->scenario.projection = NULL;
  }
}
