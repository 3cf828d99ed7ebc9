/* made_plan.h: a plan made in memory, projected once or with one input changed; for the tests of the model. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_TESTS_MADE_PLAN_H
#define HEADROOM_TESTS_MADE_PLAN_H

#include "support.h"

#include "plan_maker.h"

#include <stdlib.h>
#include <string.h>

struct made {
  struct arena arena;
  struct plan plan;
  struct result *result;
};

static inline struct made *start(int n_years)
{
  struct made *made = calloc(1, sizeof *made);
  assert_non_null(made);
  arena_init(&made->arena, NULL);
  plan_start(&made->plan, &made->arena, n_years);
  return made;
}

static inline const struct result *projected(struct made *made)
{
  assert_int_equal(plan_finish(&made->plan), STATUS_OK);
  void *block = arena_alloc(&made->arena, result_size(&made->plan));
  assert_non_null(block);
  made->result = result_init(block, &made->plan);
  assert_int_equal(plan_project(&made->plan, made->result), STATUS_OK);
  return made->result;
}

static inline void finish(struct made *made)
{
  arena_fini(&made->arena);
  free(made);
}

/* One input changed by an amount in every year; the last lane of the row is what counts. */
static inline void change(struct made *made, int input, double add, struct result *out)
{
  const size_t cells = (size_t)made->plan.n_inputs * (size_t)made->plan.n_years;
  const double **scale = calloc(cells, sizeof *scale), **more = calloc(cells, sizeof *more);
  bool *touched = calloc((size_t)made->plan.n_inputs, sizeof *touched);
  double row[8];
  struct projection *p = NULL;
  for (int i = 0; i < 8; i++) {
    row[i] = add;
  }
  touched[input] = true;
  for (int y = 0; y < made->plan.n_years; y++) {
    more[input * made->plan.n_years + y] = row;
  }
  assert_int_equal(projection_new(&made->plan, touched, 1, &p), STATUS_OK);
  for (int y = 0; y < made->plan.n_years; y++) {
    projection_year(p, &(struct changes){ scale, more }, 1, y);
  }
  assert_true(result_from_lane(out, p, 0));
  projection_free(p);
  free(touched);
  free(more);
  free(scale);
}

static inline struct result *blank(struct made *made)
{
  void *block = arena_alloc(&made->arena, result_size(&made->plan));
  assert_non_null(block);
  return result_init(block, &made->plan);
}

static inline void give_term(struct plan *plan, enum term_id id, double base, double value)
{
  struct term *term = &plan->term[id];
  term->present = true;
  term->series.has_base = base != 0.0;
  term->series.base = base;
  for (int y = 0; y < plan->n_years && value >= 0.0; y++) {
    term->series.filled[y] = true;
    term->series.cell[y] = value;
  }
}

static inline void give_council_tax(struct made *made, double core, double asc)
{
  plan_line(&made->plan, "tax", LINE_COUNCIL_TAX, FORM_COUNCIL_TAX, true, 0);
  give_term(&made->plan, TERM_BAND_D, 1845.0, -1.0);
  give_term(&made->plan, TERM_CORE_RISE, 0.0, core);
  give_term(&made->plan, TERM_ASC_RISE, 0.0, asc);
  give_term(&made->plan, TERM_EQUIVALENTS, 0.0, 56448.0);
  give_term(&made->plan, TERM_COLLECTION, 0.0, 0.98);
  give_term(&made->plan, TERM_LIMIT, 0.0, 0.05);
}

#endif
