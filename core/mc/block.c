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
  uint32_t word[BLOCK];
  _Alignas(64) double even[MOST_DIRECTIONS * BLOCK];
  for (int d = 0; d < draws->n_directions; d++) {
    sobol_words(making, d, word);
    making->kernels->normals(word, row_to_fill(even, d));
  }
  if (draws->n_directions > 0) {
    making->kernels->turn(draws->n_directions, draws->n_turned, draws->turned, draws->direction, even, shock);
  }
}

void draws_shock(const struct draws *draws, int set, int64_t block, double *shock)
{
  const struct making making = { draws, KERNELS_CHOSEN(mc_kernels), set, block };
  uint32_t word[BLOCK];
  for (int i = 0; i < draws->n_shocks; i++) {
    double *row = row_to_fill(shock, i);
    if (draws->shock[i].dimension >= 0) {
      sobol_words(&making, draws->shock[i].dimension, word);
    } else {
      words_of(&making, &draws->shock[i], word);
    }
    if (i < draws->n_normals) {
      making.kernels->normals(word, row);
    } else {
      making.kernels->uniforms(word, row);
    }
  }
  turn(&making, shock);
}

/* ---- values -------------------------------------------------------------------------------------------- */

enum { WORK_ROWS = 4 };

size_t draws_work(const struct draws *draws)
{
  (void)draws;
  return (size_t)WORK_ROWS * BLOCK;
}

/* The years of a variable that is driven by scores. */
static void scored(const struct draws *draws, const struct drawn *drawn, int n_years, const double *shock, double *work,
                   double *const *row)
{
  const struct mc_kernels *kernels = KERNELS_CHOSEN(mc_kernels);
  const bool straight = drawn->shape.kind == SHAPE_SCORE;
  const double unit = straight ? drawn->shape.scale : 1.0;
  const double *before = NULL;
  for (int year = 0; year < n_years; year++) {
    double *score = straight && row[year] != NULL ? row[year] : row_to_fill(work, year % 2);
    const double renewal = before == NULL ? unit : unit * drawn->renewal;
    kernels->combine(drawn->mix.n, drawn->mix.part, drawn->mix.weight, row_of(shock, year), renewal, before,
                     drawn->persistence, score);
    before = drawn->persistence > 0.0 ? score : NULL;
    if (!straight && row[year] != NULL) {
      kernels->scores_to_uniforms(score, draws->score_table, row_to_fill(work, 2));
      shape_values(&drawn->shape, row_to_fill(work, 2), row_to_fill(work, 3), row[year]);
    }
  }
}

static void unscored(const struct drawn *drawn, int n_years, const double *shock, double *work, double *const *row)
{
  for (int year = 0; year < n_years; year++) {
    if (row[year] != NULL) {
      shape_values(&drawn->shape, row_of(shock, drawn->first_shock + year), work, row[year]);
    }
  }
}

void draws_values(const struct draws *draws, const double *shock, double *work, double *const *row)
{
  for (int i = 0; i < draws->n_variables; i++) {
    const struct drawn *drawn = &draws->drawn[i];
    double *const *own = row + (size_t)i * (size_t)draws->n_years;
    const int years = drawn->once ? 1 : draws->n_years;
    if (drawn->scored) {
      scored(draws, drawn, years, shock, work, own);
    } else {
      unscored(drawn, years, shock, work, own);
    }
    for (int year = years; year < draws->n_years; year++) {
      if (own[year] != NULL && own[year] != own[0]) {
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
