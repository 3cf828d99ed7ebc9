/* mix.c: a plan that has the new rows of some groups of inputs and the old rows of the rest, and what comes of it.
 *
 * (1) Rows know each other by id, and find each other whichever plan they come from.
 * (2) A driver that only the other plan has is kept beside those chosen, so that its lines still follow it.
 * (3) What is not there is not reached: a share is of the lines that there are, and a cost to achieve whose line or
 * reserve is gone falls on revenue. (4) A reserve stands when its opening balance or its movements are chosen; floor,
 * order and class are the policy's choice where both plans have it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/diff.h"

#include <stdlib.h>
#include <string.h>

struct mixing {
  const struct plan *old, *new;
  uint32_t groups;
  struct plan *out;
  struct arena *arena;
};

static bool takes_new(const struct mixing *mixing, enum group group)
{
  return ((mixing->groups >> group) & 1) != 0;
}

static const struct plan *side(const struct mixing *mixing, enum group group)
{
  return takes_new(mixing, group) ? mixing->new : mixing->old;
}

/* ---- drivers, and what grows with them ----------------------------------------------------------------- */

static int driver_in(const struct plan *plan, const struct plan *of, int driver)
{
  return driver < 0 ? -1 : plan_driver_find(plan, of->driver[driver].id);
}

/* Rule 2 */
static void mix_drivers(struct mixing *mixing)
{
  const struct plan *chosen = side(mixing, GROUP_DRIVERS), *other = chosen == mixing->new ? mixing->old : mixing->new;
  struct plan *out = mixing->out;
  out->n_drivers = 0;
  out->driver = arena_array(mixing->arena, (size_t)(chosen->n_drivers + other->n_drivers) + 1, sizeof *out->driver);
  for (int d = 0; out->driver != NULL && d < chosen->n_drivers; d++) {
    out->driver[out->n_drivers++] = chosen->driver[d];
  }
  for (int d = 0; out->driver != NULL && d < other->n_drivers; d++) {
    if (plan_driver_find(chosen, other->driver[d].id) < 0) {
      out->driver[out->n_drivers++] = other->driver[d];
    }
  }
  for (int d = 0; d < out->n_drivers; d++) {
    const struct plan *from = d < chosen->n_drivers ? chosen : other;
    out->driver[d].follows = driver_in(out, from, out->driver[d].follows);
  }
}

/* Rule 1: indices of one plan as indices of the mixed one; what is not there is left out. */
static const int *indices(struct mixing *mixing, const struct plan *from, const int *index, int *count,
                          int (*find)(const struct plan *, const struct plan *, int))
{
  int *found = arena_array(mixing->arena, (size_t)*count + 1, sizeof *found);
  int n = 0;
  for (int i = 0; found != NULL && i < *count; i++) {
    const int at = find(mixing->out, from, index[i]);
    if (at >= 0) {
      found[n++] = at;
    }
  }
  *count = n;
  return found;
}

static void mix_series(struct mixing *mixing, const struct plan *from, struct series *series)
{
  if (series->n_drivers > 0) {
    series->driver = indices(mixing, from, series->driver, &series->n_drivers, driver_in);
  }
}

/* ---- lines and terms ----------------------------------------------------------------------------------- */

static int line_in(const struct plan *plan, const struct plan *of, int line)
{
  return line < 0 ? -1 : plan_line_find(plan, of->line[line].id);
}

static void take_lines(struct mixing *mixing, const struct plan *from)
{
  for (int l = 0; l < from->n_lines; l++) {
    if (side(mixing, group_of_line(from, l, mixing->new)) == from) {
      mixing->out->line[mixing->out->n_lines++] = from->line[l];
    }
  }
}

static void mix_lines(struct mixing *mixing)
{
  struct plan *out = mixing->out;
  out->n_lines = 0;
  out->line = arena_array(mixing->arena, (size_t)(mixing->old->n_lines + mixing->new->n_lines) + 1, sizeof *out->line);
  if (out->line == NULL) {
    return;
  }
  take_lines(mixing, mixing->old);
  const int n_old = out->n_lines;
  take_lines(mixing, mixing->new);
  for (int l = 0; l < out->n_lines; l++) {
    const struct plan *from = l < n_old ? mixing->old : mixing->new;
    struct line *line = &out->line[l];
    mix_series(mixing, from, &line->amount);
    mix_series(mixing, from, &line->number);
    mix_series(mixing, from, &line->unit_cost);
    mix_series(mixing, from, &line->percent);
    if (line->n_of > 0) {
      line->of = indices(mixing, from, line->of, &line->n_of, line_in);
    }
  }
}

static void mix_terms(struct mixing *mixing)
{
  for (int t = 0; t < N_TERMS; t++) {
    const struct plan *from = side(mixing, group_of_term((enum term_id)t));
    mixing->out->term[t] = from->term[t];
    mix_series(mixing, from, &mixing->out->term[t].series);
  }
}

/* ---- reserves ------------------------------------------------------------------------------------------ */

static const struct reserve *reserve_of(const struct plan *plan, const struct plan *of, int reserve)
{
  const int at = reserve_like(plan, of, reserve);
  return at >= 0 ? &plan->reserve[at] : NULL;
}

/* Rule 4.  `of` is one of the two plans, and has the reserve. */
static void mix_reserve(struct mixing *mixing, const struct plan *of, int r)
{
  static struct movement none = { .contribution_line = -1 };
  const struct plan *planned = side(mixing, GROUP_PLANNED);
  const struct reserve *opening = reserve_of(side(mixing, GROUP_OPENING), of, r),
                       *movements = reserve_of(planned, of, r);
  const struct reserve *policy = reserve_of(side(mixing, GROUP_POLICY), of, r);
  if (opening == NULL && movements == NULL) {
    return;
  }
  struct reserve *out = &mixing->out->reserve[mixing->out->n_reserves++];
  *out = of->reserve[r]; /* NOLINT(clang-analyzer-core.NullDereference): `of` has it */
  out->opening = opening != NULL ? opening->opening : 0.0;
  out->class = policy != NULL ? policy->class : out->class;
  out->draw_order = policy != NULL ? policy->draw_order : out->draw_order;
  out->floor = policy != NULL ? policy->floor : out->floor;
  out->n_movements = movements != NULL ? movements->n_movements : 1;
  out->movement = arena_array(mixing->arena, (size_t)out->n_movements, sizeof *out->movement);
  for (int m = 0; out->movement != NULL && m < out->n_movements; m++) {
    out->movement[m] = movements != NULL ? movements->movement[m] : none;
    out->movement[m].contribution_line = line_in(mixing->out, planned, out->movement[m].contribution_line);
  }
}

static int reserve_in(const struct plan *plan, const struct plan *of, int reserve)
{
  if (reserve < 0) {
    return -1;
  }
  for (int r = 0; r < plan->n_reserves; r++) {
    const bool fund =
        of->reserve[reserve].class == RESERVE_GENERAL_FUND && plan->reserve[r].class == RESERVE_GENERAL_FUND;
    if (fund || strcmp(plan->reserve[r].id, of->reserve[reserve].id) == 0) {
      return r;
    }
  }
  return -1;
}

static void mix_reserves(struct mixing *mixing)
{
  const struct plan *old = mixing->old, *new = mixing->new, *policy = side(mixing, GROUP_POLICY);
  struct plan *out = mixing->out;
  out->n_reserves = 0;
  out->reserve = arena_array(mixing->arena, (size_t)(old->n_reserves + new->n_reserves) + 1, sizeof *out->reserve);
  for (int r = 0; out->reserve != NULL && r < new->n_reserves; r++) {
    mix_reserve(mixing, new, r);
  }
  for (int r = 0; out->reserve != NULL && r < old->n_reserves; r++) {
    if (reserve_like(new, old, r) < 0) {
      mix_reserve(mixing, old, r);
    }
  }
  out->minimum_rule = policy->minimum_rule;
  out->minimum_of = policy->minimum_of;
  out->minimum_percent = policy->minimum_percent;
  memcpy(out->minimum_amount, policy->minimum_amount, sizeof out->minimum_amount);
  out->surplus_to = reserve_in(out, policy, policy->surplus_to);
}

/* ---- savings and capital ------------------------------------------------------------------------------- */

/* Rule 3 */
static void mix_savings(struct mixing *mixing)
{
  const struct plan *from = side(mixing, GROUP_SAVINGS);
  struct plan *out = mixing->out;
  out->n_savings = from->n_savings;
  out->saving = arena_array(mixing->arena, (size_t)from->n_savings + 1, sizeof *out->saving);
  for (int s = 0; out->saving != NULL && s < from->n_savings; s++) {
    struct saving *saving = &out->saving[s];
    *saving = from->saving[s];
    saving->line = line_in(out, from, saving->line);
    const bool of_line = saving->cost_funding == COST_LINE, of_reserve = saving->cost_funding == COST_RESERVE;
    saving->cost_from = of_line      ? line_in(out, from, saving->cost_from)
                        : of_reserve ? reserve_in(out, from, saving->cost_from)
                                     : -1;
    saving->cost_funding = (of_line || of_reserve) && saving->cost_from < 0 ? COST_REVENUE : saving->cost_funding;
  }
}

static void mix_capital(struct mixing *mixing)
{
  const struct plan *from = side(mixing, GROUP_CAPITAL);
  struct plan *out = mixing->out;
  out->n_receipts = from->n_receipts;
  out->n_borrowings = from->n_borrowings;
  out->receipt = arena_array(mixing->arena, (size_t)from->n_receipts + 1, sizeof *out->receipt);
  out->borrowing = arena_array(mixing->arena, (size_t)from->n_borrowings + 1, sizeof *out->borrowing);
  if (out->receipt == NULL || out->borrowing == NULL) {
    return;
  }
  for (int r = 0; r < from->n_receipts; r++) {
    out->receipt[r] = from->receipt[r];
  }
  for (int b = 0; b < from->n_borrowings; b++) {
    out->borrowing[b] = from->borrowing[b];
  }
  out->interest_on_balances = from->interest_on_balances;
  out->flexible_use_last_year = from->flexible_use_last_year;
}

/* ---- the whole ----------------------------------------------------------------------------------------- */

static enum status summarise(const struct plan *plan, struct summary *out)
{
  void *block = aligned_alloc(16, result_size(plan));
  if (block == NULL) {
    return STATUS_MEMORY;
  }
  struct result *result = result_init(block, plan);
  const enum status status = plan_project(plan, result);
  memcpy(out->measure, result->measure, sizeof out->measure);
  for (int d = 0; d < N_DATES; d++) {
    out->date[d] = result->date[d];
  }
  free(block);
  return status;
}

enum status plan_mix(const struct plan *old, const struct plan *new, uint32_t groups, struct summary *out)
{
  struct arena arena;
  arena_init(&arena, NULL);
  struct plan plan = *new;
  struct mixing mixing = { old, new, groups, &plan, &arena };
  plan.arena = &arena;
  plan.collection_at_once = side(&mixing, GROUP_COUNCIL_TAX)->collection_at_once;
  plan.override_last_year = side(&mixing, GROUP_REST)->override_last_year;
  mix_drivers(&mixing);
  mix_lines(&mixing);
  mix_terms(&mixing);
  mix_reserves(&mixing);
  mix_savings(&mixing);
  mix_capital(&mixing);
  enum status status = arena.failed ? STATUS_MEMORY : plan_finish(&plan);
  status = status == STATUS_OK ? summarise(&plan, out) : status;
  arena_fini(&arena);
  return status;
}
