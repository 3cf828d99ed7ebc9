/* block.c: one block of draws: shocks from words, values from shocks.
 *
 * (1) Words: Threefry2x64-20 with the key (seed, set) and the counter (128 * block + j, key of the shock),
 *     where the key of a shock is a hash of its variable's name and its year.  Nothing else goes in: a variable
 *     added or taken away moves no other's draws.
 * (2) Shocks that were aimed at: a uniform is a Sobol' coordinate instead; of the normals the part that lies
 *     along each direction d is exchanged for the normal s of a Sobol' coordinate: z += d (s - d . z).  The
 *     normals stay independent, as the directions are of length one and at right angles. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/inside.h"

#include <string.h>

/* FNV-1a of the name, its end and the year, mixed. */
uint64_t shock_key(const char *name, int year)
{
  uint64_t hash = 0xcbf29ce484222325u;
  const size_t length = strlen(name) + 1;
  for (size_t i = 0; i < length + 2; i++) {
    const unsigned byte = i < length ? (unsigned char)name[i] : ((unsigned)year >> (8 * (i - length))) & 0xFF;
    hash = (hash ^ byte) * 0x100000001b3u;
  }
  hash = (hash ^ (hash >> 32)) * 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 29);
}

/* ---- shocks -------------------------------------------------------------------------------------------- */

struct making {
  const struct draws *draws;
  const struct mc_kernels *kernels;
  int set;
  int64_t block;
};

static void words_of(const struct making *making, const struct shock *shock, uint32_t *word)
{
  const uint64_t key[2] = { making->draws->seed, (uint64_t)making->set };
  making->kernels->words(key, (uint64_t)making->block * COUNTERS, shock->key, word);
}

static void sobol_words(const struct making *making, int dimension, uint32_t *word)
{
  const struct sobol *sobol = &making->draws->sobol[making->set * making->draws->n_dimensions + dimension];
  making->kernels->sobol(sobol->direction, sobol_base(sobol, making->block), word);
}

/* Rule 2, of normals. */
static void turn(const struct making *making, double *shock)
{
  const struct draws *draws = making->draws;
  uint32_t word[NORMAL_ROWS * BLOCK];
  _Alignas(64) double even[MOST_DIRECTIONS * PITCH];
  for (int d = 0; d < draws->n_directions; d += NORMAL_ROWS) {
    const int n = draws->n_directions - d < NORMAL_ROWS ? draws->n_directions - d : NORMAL_ROWS;
    for (int k = 0; k < n; k++) {
      sobol_words(making, d + k, word + (size_t)k * BLOCK);
    }
    making->kernels->normals(n, word, row_to_fill(even, d));
  }
  if (draws->n_directions > 0) {
    KERNELS_CHOSEN(value_kernels)
        ->turn(draws->n_directions, draws->n_turned, draws->turned, draws->direction, even, shock);
  }
}

static void draw_normals(const struct making *making, double *shock)
{
  const int n_normals = making->draws->n_normals;
  uint32_t word[NORMAL_ROWS * BLOCK];
  for (int i = 0; i < n_normals; i += NORMAL_ROWS) {
    const int n = n_normals - i < NORMAL_ROWS ? n_normals - i : NORMAL_ROWS;
    for (int k = 0; k < n; k++) {
      words_of(making, &making->draws->shock[i + k], word + (size_t)k * BLOCK);
    }
    making->kernels->normals(n, word, row_to_fill(shock, i));
  }
}

static void draw_uniforms(const struct making *making, double *shock)
{
  uint32_t word[BLOCK];
  for (int i = making->draws->n_normals; i < making->draws->n_shocks; i++) {
    const struct shock *own = &making->draws->shock[i];
    if (own->dimension >= 0) {
      sobol_words(making, own->dimension, word);
    } else {
      words_of(making, own, word);
    }
    making->kernels->uniforms(word, row_to_fill(shock, i));
  }
}

void draws_shock(const struct draws *draws, int set, int64_t block, double *shock)
{
  const struct making making = { draws, KERNELS_CHOSEN(mc_kernels), set, block };
  draw_normals(&making, shock);
  draw_uniforms(&making, shock);
  turn(&making, shock);
}

/* ---- values -------------------------------------------------------------------------------------------- */

enum { WORK_ROWS = 2 };

size_t draws_work(const struct draws *draws)
{
  (void)draws;
  return (size_t)WORK_ROWS * PITCH;
}

/* The score of one variable in one year, for some lanes; in its own unit where that is all it takes to be a value. */
static void mix(const struct drawn *drawn, int year, int first, const double *shock, double *const *row)
{
  const struct mix *mix = &drawn->mix;
  const double unit = drawn->shape.kind == SHAPE_SCORE ? drawn->shape.scale : 1.0;
  const bool persists = year > 0 && drawn->persistence > 0.0;
  KERNELS_CHOSEN(value_kernels)
      ->combine(mix->n, mix->part, mix->weight, row_of(shock, year) + first, persists ? unit * drawn->renewal : unit,
                persists ? row[year - 1] + first : NULL, drawn->persistence, row[year] + first);
}

/* A few lanes of all variables at a time, so that the shocks of a year stay in the nearest cache. */
static void scores(const struct draws *draws, const double *shock, double *const *row)
{
  for (int year = 0; year < draws->n_years; year++) {
    for (int first = 0; first < BLOCK; first += MIXED) {
      for (int k = 0; k < draws->n_scored; k++) {
        const struct drawn *drawn = &draws->drawn[draws->scored[k]];
        if (year == 0 || !drawn->once) {
          mix(drawn, year, first, shock, row + (size_t)draws->scored[k] * (size_t)draws->n_years);
        }
      }
    }
  }
}

/* From what drives a variable in a year to its value. */
static void shape(const struct draws *draws, const struct drawn *drawn, int year, const double *shock, double *work,
                  double *row)
{
  const double *half = row_of(shock, drawn->first_shock + year);
  if (drawn->scored && drawn->shape.kind == SHAPE_STEPS) {
    half = row; /* its steps are in scores */
  } else if (drawn->scored) {
    KERNELS_CHOSEN(value_kernels)->scores_to_uniforms(row, draws->score_table, work);
    half = work;
  }
  shape_values(&drawn->shape, half, row_to_fill(work, 1), row);
}

void draws_values(const struct draws *draws, const double *shock, double *work, double *const *row)
{
  scores(draws, shock, row);
  for (int i = 0; i < draws->n_variables; i++) {
    const struct drawn *drawn = &draws->drawn[i];
    double *const *own = row + (size_t)i * (size_t)draws->n_years;
    const int years = drawn->once ? 1 : draws->n_years;
    for (int year = 0; year < years && drawn->shape.kind != SHAPE_SCORE; year++) {
      shape(draws, drawn, year, shock, work, own[year]);
    }
    for (int year = years; year < draws->n_years; year++) {
      if (own[year] != own[0]) {
        memcpy(own[year], own[0], BLOCK * sizeof *own[0]);
      }
    }
  }
}

/* ---- factors ------------------------------------------------------------------------------------------- */

void draws_factors(const struct draws *draws, const double *shock, double *const *row, const double **factor)
{
  for (int i = 0; i < draws->n_shocks; i++) {
    const struct shock *own = &draws->shock[i];
    const int year = own->year < 0 ? 0 : own->year;
    factor[i] = i < draws->n_normals ? row_of(shock, i) : row[own->variable * draws->n_years + year];
  }
}

double draws_factor_sd(const struct draws *draws, int shock)
{
  return shock < draws->n_normals ? 1.0 : draws->drawn[draws->shock[shock].variable].sd;
}
