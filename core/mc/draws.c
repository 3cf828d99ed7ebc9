/* draws.c: a plan of variables made ready to be drawn.
 *
 * (1) Variables that persist in part, that are correlated or that are normal are driven by a standard score x:
 *     in the first year x = e, then x[t] = p x[t-1] + sqrt(1 - p^2) e[t], p the persistence; e = L z over the
 *     correlated variables, L Cholesky's factor, z their own normals.  All others are driven by uniforms of
 *     their own.
 * (2) The order of the variables in the plan is of no account: inside they go by name, those that are drawn
 *     once a run after the others, so that what is new in a later year is made of that year's normals alone. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct ordered {
  const char *name;
  bool once;
  int variable;
};

static int by_name(const void *a, const void *b)
{
  const struct ordered *first = a, *second = b;
  return first->once != second->once ? (int)first->once - (int)second->once : strcmp(first->name, second->name);
}

static enum status no_memory(struct error *error)
{
  return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
}

static enum status check(const struct draws_plan *plan, struct error *error)
{
  for (int i = 0; i < plan->n_variables; i++) {
    const struct variable *variable = &plan->variable[i];
    const char *fault = marginal_fault(&variable->marginal);
    if (fault != NULL) {
      return error_set(error, STATUS_DATA, "%s: %s %s", variable->name, marginal_word(variable->marginal.kind), fault);
    }
    if (!(variable->persistence >= 0.0 && variable->persistence <= 1.0)) {
      return error_set(error, STATUS_DATA, "%s: a persistence is from 0 to 1", variable->name);
    }
  }
  for (int k = 0; k < plan->n_correlations; k++) {
    const struct correlation *pair = &plan->correlation[k];
    if (!(fabs(pair->coefficient) <= 1.0) || pair->a == pair->b) {
      return error_set(error, STATUS_DATA, "%s and %s: a correlation is of two things, from -1 to 1",
                       plan->variable[pair->a].name, plan->variable[pair->b].name);
    }
  }
  return STATUS_OK;
}

static const struct quantile_table *table_of(struct draws *draws, int own)
{
  const struct shape *shape = &draws->drawn[own].shape;
  for (int i = 0; i < draws->n_variables; i++) {
    const struct shape *other = &draws->drawn[i].shape;
    if (other->table != NULL && other->family == shape->family && other->a == shape->a && other->b == shape->b &&
        other->mirrored == shape->mirrored) {
      return other->table;
    }
  }
  struct quantile_table *table = arena_alloc(&draws->arena, sizeof *table);
  if (table != NULL) {
    table_build(shape, table);
  }
  return table;
}

static bool add_score_table(struct draws *draws)
{
  struct score_table *table = arena_alloc(&draws->arena, sizeof *table);
  if (table != NULL) {
    score_table_build(table);
  }
  draws->score_table = table;
  return table != NULL;
}

static bool ready_scored(struct draws *draws)
{
  bool fine = draws->scored != NULL;
  for (int i = 0; fine && i < draws->n_variables; i++) {
    struct drawn *drawn = &draws->drawn[i];
    if (!drawn->scored) {
      continue;
    }
    draws->scored[draws->n_scored++] = i;
    if (drawn->shape.kind == SHAPE_STEPS) {
      shape_steps_of_score(&drawn->shape);
    } else if (drawn->shape.kind != SHAPE_SCORE && draws->score_table == NULL) {
      fine = add_score_table(draws);
    }
  }
  return fine;
}

static bool shapes(struct draws *draws, const struct draws_plan *plan)
{
  for (int i = 0; i < plan->n_variables; i++) {
    const struct variable *variable = &plan->variable[i];
    struct drawn *drawn = &draws->drawn[i];
    drawn->name = arena_strdup(&draws->arena, variable->name);
    shape_of(&variable->marginal, &drawn->shape);
    drawn->sd = marginal_sd(&variable->marginal);
    if (drawn->shape.kind == SHAPE_TABLE) {
      drawn->shape.table = table_of(draws, i);
    }
    drawn->persistence = variable->persistence;
    drawn->renewal = sqrt(1.0 - variable->persistence * variable->persistence);
    drawn->once = variable->persistence >= 1.0;
    drawn->scored = drawn->shape.kind == SHAPE_SCORE || (variable->persistence > 0.0 && !drawn->once);
  }
  for (int k = 0; k < plan->n_correlations; k++) {
    draws->drawn[plan->correlation[k].a].scored = draws->drawn[plan->correlation[k].b].scored = true;
  }
  return ready_scored(draws) && !draws->arena.failed;
}

/* Normals first; within those and within uniforms, rule 2. */
static bool shocks(struct draws *draws, const struct ordered *order)
{
  draws->shock = arena_array(&draws->arena, (size_t)draws->n_variables * (size_t)draws->n_years, sizeof *draws->shock);
  for (int scored = 1; draws->shock != NULL && scored >= 0; scored--) {
    for (int i = 0; i < draws->n_variables; i++) {
      struct drawn *drawn = &draws->drawn[order[i].variable];
      if (drawn->scored != (scored == 1)) {
        continue;
      }
      drawn->first_shock = draws->n_shocks;
      for (int year = 0; year < (drawn->once ? 1 : draws->n_years); year++) {
        const int kept = drawn->once ? -1 : year;
        draws->shock[draws->n_shocks++] = (struct shock){ order[i].variable, kept, shock_key(drawn->name, kept), -1 };
      }
    }
    draws->n_normals = scored == 1 ? draws->n_shocks : draws->n_normals;
  }
  return draws->shock != NULL;
}

static bool mix_of(struct draws *draws, struct drawn *drawn, int n, const double *weight, const int *group)
{
  struct mix *mix = &drawn->mix;
  mix->part = arena_array(&draws->arena, (size_t)n, sizeof *mix->part);
  mix->weight = arena_array(&draws->arena, (size_t)n, sizeof *mix->weight);
  if (mix->part == NULL || mix->weight == NULL) {
    return false;
  }
  for (int k = 0; k < n; k++) {
    if (weight[k] != 0.0) {
      mix->part[mix->n] = draws->drawn[group[k]].first_shock;
      mix->weight[mix->n++] = weight[k];
    }
  }
  return true;
}

/* Rule 1: place[variable]: where in the group it is, or -1. */
static enum status mixes(struct draws *draws, const struct draws_plan *plan, const int *place, struct error *error)
{
  const int n = draws->n_group;
  const size_t count = (size_t)plan->n_correlations, size = (size_t)n * (size_t)n;
  struct correlation *pair = arena_array(&draws->arena, count + 1, sizeof *pair);
  draws->factor = arena_array(&draws->arena, size + 1, sizeof *draws->factor);
  if (pair == NULL || draws->factor == NULL) {
    return no_memory(error);
  }
  for (size_t k = 0; k < count; k++) {
    const struct correlation *asked = &plan->correlation[k];
    pair[k] = (struct correlation){ place[asked->a], place[asked->b], asked->coefficient };
  }
  if (n > 0 && !correlations_factor(n, plan->n_correlations, pair, draws->factor)) {
    return error_set(error, STATUS_DATA, "The correlations cannot all hold at once");
  }
  static const double whole = 1.0;
  for (int i = 0; i < draws->n_variables; i++) {
    struct drawn *drawn = &draws->drawn[i];
    const bool made =
        place[i] >= 0 ? mix_of(draws, drawn, place[i] + 1, draws->factor + (size_t)place[i] * (size_t)n, draws->group)
                      : mix_of(draws, drawn, 1, &whole, &i);
    if (!made) {
      return no_memory(error);
    }
  }
  return STATUS_OK;
}

static enum status set_up(struct draws *draws, const struct draws_plan *plan, struct error *error)
{
  const size_t n = (size_t)plan->n_variables;
  draws->drawn = arena_array(&draws->arena, n + 1, sizeof *draws->drawn);
  struct ordered *order = arena_array(&draws->arena, n + 1, sizeof *order);
  int *place = arena_array(&draws->arena, n + 1, sizeof *place);
  draws->group = arena_array(&draws->arena, n + 1, sizeof *draws->group);
  draws->scored = arena_array(&draws->arena, n + 1, sizeof *draws->scored);
  if (draws->drawn == NULL || order == NULL || place == NULL || draws->group == NULL || !shapes(draws, plan)) {
    return no_memory(error);
  }
  for (int i = 0; i < plan->n_variables; i++) {
    order[i] = (struct ordered){ draws->drawn[i].name, draws->drawn[i].once, i };
    place[i] = -1;
  }
  qsort(order, n, sizeof *order, by_name);
  for (int i = 1; i < plan->n_variables; i++) {
    if (strcmp(order[i - 1].name, order[i].name) == 0) {
      return error_set(error, STATUS_DATA, "%s is drawn twice", order[i].name);
    }
  }
  for (int k = 0; k < plan->n_correlations; k++) {
    place[plan->correlation[k].a] = place[plan->correlation[k].b] = 0;
  }
  for (int i = 0; i < plan->n_variables; i++) {
    const int variable = order[i].variable;
    if (place[variable] == 0) {
      draws->n_yearly += !order[i].once;
      draws->group[draws->n_group] = variable;
      place[variable] = draws->n_group++;
    }
  }
  return shocks(draws, order) ? mixes(draws, plan, place, error) : no_memory(error);
}

enum status draws_new(const struct draws_plan *plan, struct draws **out, struct error *error)
{
  *out = NULL;
  enum status status = check(plan, error);
  struct draws *draws = status == STATUS_OK ? calloc(1, sizeof *draws) : NULL;
  if (draws == NULL) {
    return status == STATUS_OK ? no_memory(error) : status;
  }
  arena_init(&draws->arena, NULL);
  draws->seed = plan->seed;
  draws->plain = plan->plain;
  draws->n_years = plan->n_years;
  draws->n_variables = plan->n_variables;
  status = set_up(draws, plan, error);
  if (status != STATUS_OK) {
    draws_free(draws);
    return status;
  }
  *out = draws;
  return STATUS_OK;
}

void draws_free(struct draws *draws)
{
  if (draws != NULL) {
    arena_fini(&draws->arena);
    free(draws);
  }
}

int draws_shocks(const struct draws *draws)
{
  return draws->n_shocks;
}

void draws_shock_of(const struct draws *draws, int shock, int *variable, int *year)
{
  *variable = draws->shock[shock].variable;
  *year = draws->shock[shock].year;
}
