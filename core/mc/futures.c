/* futures.c: one worker's block of futures: from shocks to what is added to each input and what plugins' noise is. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/council.h"
#include "mc/kernels.h"

#include <stdlib.h>
#include <string.h>

/* A row is the value of one variable as it stands. */
static bool is_plain(const struct sum_drawn *sum, int year)
{
  return sum->n_terms == 1 && sum->term[0].weight[year] == 1.0;
}

static bool is_empty(const struct sum_drawn *sum, int year)
{
  for (int t = 0; t < sum->n_terms; t++) {
    if (sum->term[t].weight[year] != 0.0) {
      return false;
    }
  }
  return true;
}

/* Rows that are made of others, at most. */
static size_t most_sums(const struct council *c)
{
  size_t n = 0;
  for (int k = 0; k < c->n_inputs; k++) {
    n += (size_t)c->sum[k].n_terms * (size_t)c->n_years;
  }
  return n;
}

static bool take_memory(struct futures *f)
{
  const struct council *c = f->council;
  const size_t years = (size_t)c->n_years, values = (size_t)c->n_variables * years, sums = (size_t)c->n_inputs * years;
  const size_t shocks = (size_t)draws_shocks(c->draws), rows = shocks + values;
  const size_t size = (rows * DRAW_PITCH + sums * LANES + draws_work(c->draws)) * sizeof(double);
  f->memory = aligned_alloc(64, size);
  f->value = calloc(values + 1, sizeof *f->value);
  f->sum = calloc(most_sums(c) + 1, sizeof *f->sum);
  bool fine = true;
  for (int part = 0; part < PARTS_OF_BLOCK; part++) {
    f->add[part] = calloc(sums + 1, sizeof **f->add);
    f->noise[part] = calloc((size_t)c->count + 1, sizeof **f->noise);
    fine = fine && f->add[part] != NULL && f->noise[part] != NULL;
  }
  f->factor = calloc(shocks + 1, sizeof *f->factor);
  if (!fine || f->factor == NULL || f->memory == NULL || f->value == NULL || f->sum == NULL) {
    return false;
  }
  memset(f->memory, 0, size);
  f->shock = f->memory;
  double *at = f->memory + shocks * DRAW_PITCH;
  for (size_t i = 0; i < values; i++, at += DRAW_PITCH) {
    const bool once = i % years > 0 && c->variable[i / years].persistence >= 1.0; /* one draw a run is one row */
    f->value[i] = once ? f->value[i - 1] : at;
  }
  f->total = at;
  f->work = at + sums * LANES;
  return true;
}

/* apart: from a part's row to that of the next. */
static void point_sum(struct futures *f, int at, const double *row, size_t apart)
{
  for (size_t part = 0; part < PARTS_OF_BLOCK; part++) {
    f->add[part][at] = row + part * apart;
  }
}

static const double *value_of(const struct futures *f, const struct term_drawn *term, int year)
{
  return f->value[(size_t)term->variable * (size_t)f->council->n_years + (size_t)year];
}

static void make_sum(struct futures *f, const struct sum_drawn *sum, int year, int at)
{
  double *to = f->total + (size_t)at * LANES;
  const struct term_drawn *first = sum->term, *second = sum->n_terms > 1 ? first + 1 : first;
  f->sum[f->n_sums++] = (struct sum_of_two){ .a = value_of(f, first, year),
                                             .a_weight = first->weight[year],
                                             .b = value_of(f, second, year),
                                             .b_weight = sum->n_terms > 1 ? second->weight[year] : 0.0,
                                             .to = to };
  for (int t = 2; t < sum->n_terms; t++) {
    f->sum[f->n_sums++] =
        (struct sum_of_two){ .b = value_of(f, first + t, year), .b_weight = first[t].weight[year], .to = to };
  }
}

static void point_sums(struct futures *f)
{
  const struct council *c = f->council;
  for (int k = 0; k < c->n_inputs; k++) {
    const struct sum_drawn *sum = &c->sum[k];
    for (int y = 0; y < c->n_years; y++) {
      const int at = k * c->n_years + y;
      if (is_plain(sum, y)) {
        point_sum(f, at, value_of(f, sum->term, y), LANES);
      } else if (!is_empty(sum, y)) {
        make_sum(f, sum, y, at);
        point_sum(f, at, f->total + (size_t)at * LANES, 0);
      }
    }
  }
}

static bool point_noise(struct futures *f, int part, int s)
{
  const struct council *c = f->council;
  const double **rows = calloc((size_t)(c->n_noises[s] * c->n_years) + 1, sizeof *rows);
  f->noise[part][s] = rows;
  for (int n = 0; rows != NULL && n < c->n_noises[s]; n++) {
    for (int y = 0; y < c->n_years; y++) {
      rows[n * c->n_years + y] = f->value[c->noise[s][n] * c->n_years + y] + (size_t)part * LANES;
    }
  }
  return rows != NULL;
}

static bool point_noises(struct futures *f)
{
  for (int part = 0; part < PARTS_OF_BLOCK; part++) {
    for (int s = 0; s < f->council->count; s++) {
      if (!point_noise(f, part, s)) {
        return false;
      }
    }
  }
  return true;
}

bool futures_init(struct futures *f, const struct council *council)
{
  *f = (struct futures){ .council = council };
  if (!take_memory(f)) {
    return false;
  }
  point_sums(f);
  draws_factors(council->draws, f->shock, f->value, f->factor);
  return point_noises(f);
}

void futures_fini(struct futures *f)
{
  for (int part = 0; part < PARTS_OF_BLOCK; part++) {
    for (int s = 0; f->noise[part] != NULL && s < f->council->count; s++) {
      free(f->noise[part][s]);
    }
    free(f->noise[part]);
    free(f->add[part]);
  }
  free(f->memory);
  free(f->value);
  free(f->sum);
  free(f->factor);
  *f = (struct futures){ 0 };
}

void futures_make(struct futures *f)
{
  draws_values(f->council->draws, f->shock, f->work, f->value);
}

void futures_add_up(struct futures *f, int part)
{
  KERNELS_CHOSEN(future_kernels)->add_up(f->n_sums, f->sum, part * LANES, LANES);
}
