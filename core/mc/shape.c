/* shape.c: a distribution made ready for kernels: exact steps, a score, a triangle, or a table.
 *
 * (1) What cannot vary, events and delays are steps; a chance of nothing at all beside a delay is one more step
 *     at 0.
 * (2) A chance of nothing elsewhere takes a stretch of the uniform out, at 0, and stretches the rest over it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/inside.h"

#include <math.h>

/* In ascending order of value: `chance` on value, after those before it. */
static void add_step(struct shape *shape, double value, double chance, double *sum)
{
  if (chance <= 0.0) {
    return;
  }
  shape->step[shape->n_steps] = value;
  shape->bound[shape->n_steps] = *sum - 0.5;
  shape->n_steps++;
  *sum += chance;
}

/* Rule 1: `none` on 0, the rest on value. */
static void either(struct shape *shape, double value, double none)
{
  double sum = 0.0;
  shape->kind = SHAPE_STEPS;
  if (value < 0.0) {
    add_step(shape, value, 1.0 - none, &sum);
    add_step(shape, 0.0, none, &sum);
  } else {
    add_step(shape, 0.0, none, &sum);
    add_step(shape, value, 1.0 - none, &sum);
  }
}

static void delays(struct shape *shape, const struct marginal *m)
{
  double sum = 0.0, none = m->chance;
  shape->kind = SHAPE_STEPS;
  for (int i = 0; i < m->n_steps; i++) {
    if (none > 0.0 && m->step[i] >= 0.0) {
      const double here = m->step[i] == 0.0 ? (1.0 - m->chance) * m->step_chance[i] : 0.0;
      add_step(shape, 0.0, none + here, &sum);
      none = 0.0;
      if (m->step[i] == 0.0) {
        continue;
      }
    }
    add_step(shape, m->step[i], (1.0 - m->chance) * m->step_chance[i], &sum);
  }
  add_step(shape, 0.0, none, &sum);
}

static bool still(const struct marginal *m)
{
  return m->kind == MARGINAL_NORMAL || m->kind == MARGINAL_LOGNORMAL ? m->sd == 0.0 : m->low == m->high;
}

static void varying(struct shape *shape, const struct marginal *m)
{
  shape->family = m->kind == MARGINAL_PERT ? MARGINAL_BETA : m->kind;
  shape->kind = SHAPE_TABLE;
  shape->from = m->low;
  shape->scale = m->high - m->low;
  if (m->kind == MARGINAL_TRIANGULAR) {
    shape->kind = SHAPE_TRIANGLE;
    shape->split = (m->mode - m->low) / (m->high - m->low);
  } else if (m->kind == MARGINAL_NORMAL) {
    shape->kind = m->chance > 0.0 ? SHAPE_TABLE : SHAPE_SCORE;
    shape->from = 0.0;
    shape->scale = m->sd;
  } else if (m->kind == MARGINAL_LOGNORMAL) {
    double mu;
    lognormal_shape(m, &mu, &shape->a);
    shape->from = 0.0;
    shape->scale = (double)(float)exp(mu); /* table.c, rule 3 */
    shape->mirrored = m->mode < 0.0;
  } else {
    pert_shape(m, &shape->a, &shape->b);
  }
}

void shape_of(const struct marginal *m, struct shape *shape)
{
  *shape = (struct shape){ .kind = SHAPE_STEPS };
  if (m->kind == MARGINAL_DELAY) {
    delays(shape, m);
  } else if (m->kind == MARGINAL_EVENT) {
    either(shape, m->mode, 1.0 - m->chance);
  } else if (still(m)) {
    either(shape, m->kind == MARGINAL_NORMAL ? 0.0 : m->kind == MARGINAL_LOGNORMAL ? m->mode : m->low, m->chance);
  } else if (m->chance >= 1.0) {
    either(shape, 0.0, 1.0);
  } else {
    varying(shape, m);
    const double some = 1.0 - m->chance; /* rule 2 */
    shape->thinned = m->chance > 0.0;
    shape->below = some * marginal_below_zero(m) - 0.5;
    shape->above = shape->below + m->chance;
    shape->stretch = 1.0 / some;
  }
}

/* A float is what every library of mathematics gives: table.c, rule 3. */
void shape_steps_of_score(struct shape *shape)
{
  for (int k = 1; k < shape->n_steps; k++) {
    const double half = shape->bound[k], tail = 0.5 - fabs(half), size = tail > 0.0 ? score_of_tail(tail) : 40.0;
    shape->bound[k] = (double)(float)(half < 0.0 ? -size : size);
  }
}

void shape_values(const struct shape *shape, const double *half, double *work, double *row)
{
  const struct value_kernels *kernels = KERNELS_CHOSEN(value_kernels);
  const double *drawn = half;
  if (shape->thinned) {
    kernels->thin(half, shape->below, shape->above, shape->stretch, work);
    drawn = work;
  }
  if (shape->kind == SHAPE_STEPS) {
    kernels->steps(drawn, shape->n_steps, shape->bound, shape->step, row);
  } else if (shape->kind == SHAPE_TRIANGLE) {
    kernels->triangle(drawn, shape->split, shape->from, shape->scale, row);
  } else {
    kernels->quantiles(drawn, shape->table, shape->from, shape->scale, row);
  }
  if (shape->thinned) {
    kernels->thinned(half, shape->below, shape->above, row);
  }
}
