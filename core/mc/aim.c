/* aim.c: which directions of the shocks matter, so that they are drawn evenly.
 *
 * (1) Each shock is pushed up and down, all others left at their middle, and half the difference in an output
 *     is its slope: a normal by sqrt(3), where that is the slope of the best straight line through whatever
 *     bends no more than a fifth power, and where things that happen 1 time in 25 are seen; a uniform by a
 *     standard deviation.  Where only a few values are possible, by as much as can be, times the standard
 *     deviation of one over the range.
 * (2) Outputs' slopes over the normals, in the order of the outputs, are made to stand at right angles
 *     (Gram-Schmidt, twice); what is less than a thirtieth of itself then is no new direction.
 * (3) Uniforms follow by what they move, as a share of what all shocks move, summed over the outputs; those
 *     that move nothing stay as they were. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/inside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int draws_aim_lanes(const struct draws *draws)
{
  return draws->plain ? 0 : 2 * draws->n_shocks;
}

static const struct shape *shape_behind(const struct draws *draws, int shock)
{
  return &draws->drawn[draws->shock[shock].variable].shape;
}

/* Rule 1. */
static double push(const struct draws *draws, int shock)
{
  if (shock < draws->n_normals) {
    return 1.7320508075688772;
  }
  return shape_behind(draws, shock)->kind == SHAPE_STEPS ? 0.5 - 0x1p-33 : 0.3413447460685429;
}

static double push_worth(const struct draws *draws, int shock)
{
  const struct shape *shape = shape_behind(draws, shock);
  if (shock < draws->n_normals || shape->kind != SHAPE_STEPS || shape->n_steps < 2) {
    return 0.5;
  }
  double mean = 0.0, square = 0.0;
  for (int i = 0; i < shape->n_steps; i++) {
    const double chance = (i + 1 < shape->n_steps ? shape->bound[i + 1] : 0.5) - shape->bound[i];
    mean += chance * shape->step[i];
    square += chance * shape->step[i] * shape->step[i];
  }
  const double variance = square - mean * mean;
  return (variance > 0.0 ? sqrt(variance) : 0.0) / (shape->step[shape->n_steps - 1] - shape->step[0]);
}

void draws_aim_shock(const struct draws *draws, int first_lane, double *shock)
{
  memset(shock, 0, (size_t)draws->n_shocks * PITCH * sizeof *shock);
  for (int lane = 0; lane < BLOCK && first_lane + lane < draws_aim_lanes(draws); lane++) {
    const int own = (first_lane + lane) / 2;
    const double by = push(draws, own);
    row_to_fill(shock, own)[lane] = (first_lane + lane) % 2 == 0 ? by : -by;
  }
}

/* ---- rule 2 -------------------------------------------------------------------------------------------- */

static double dot(const double *a, const double *b, int n)
{
  double sum = 0.0;
  for (int i = 0; i < n; i++) {
    sum += a[i] * b[i];
  }
  return sum;
}

/* Makes the slopes a new direction behind the `n` there are; false when there is nothing new in them. */
static bool stand_apart(const double *direction, int n, double *slope, int length)
{
  const double whole = sqrt(dot(slope, slope, length));
  for (int pass = 0; pass < 2; pass++) {
    for (int d = 0; d < n; d++) {
      const double along = dot(direction + (size_t)d * (size_t)length, slope, length);
      for (int i = 0; i < length; i++) {
        slope[i] -= along * direction[d * length + i];
      }
    }
  }
  const double left = sqrt(dot(slope, slope, length));
  if (!(left > whole / 30.0)) {
    return false;
  }
  for (int i = 0; i < length; i++) {
    slope[i] /= left;
  }
  return true;
}

/* ---- */

struct aiming {
  struct draws *draws;
  int n_outputs;
  double *slope;  /* [output * n_shocks + shock], each output's of length 1 */
  double *weight; /* [shock]: rule 3 */
};

static void slopes(const struct aiming *aiming, const double *output)
{
  const struct draws *draws = aiming->draws;
  const int n = draws->n_shocks;
  for (int o = 0; o < aiming->n_outputs; o++) {
    double *slope = aiming->slope + (size_t)o * (size_t)n;
    const double *lane = output + (size_t)o * 2 * (size_t)n;
    for (int i = 0; i < n; i++, lane += 2) {
      slope[i] = (lane[0] - lane[1]) * push_worth(draws, i);
    }
    const double length = sqrt(dot(slope, slope, n));
    for (int i = 0; i < n && length > 0.0; i++) {
      slope[i] /= length;
      aiming->weight[i] += slope[i] * slope[i];
    }
  }
}

static bool find_directions(struct aiming *aiming)
{
  struct draws *draws = aiming->draws;
  draws->turned = arena_array(&draws->arena, (size_t)draws->n_normals + 1, sizeof *draws->turned);
  draws->direction =
      arena_array(&draws->arena, (size_t)MOST_DIRECTIONS * (size_t)draws->n_normals + 1, sizeof *draws->direction);
  if (draws->turned == NULL || draws->direction == NULL) {
    return false;
  }
  draws->n_turned = 0;
  for (int i = 0; i < draws->n_normals; i++) {
    if (aiming->weight[i] > 0.0) {
      draws->turned[draws->n_turned++] = i;
    }
  }
  draws->n_directions = 0;
  for (int o = 0; o < aiming->n_outputs && draws->n_directions < MOST_DIRECTIONS; o++) {
    double *next = draws->direction + (size_t)draws->n_directions * (size_t)draws->n_turned;
    for (int k = 0; k < draws->n_turned; k++) {
      next[k] = aiming->slope[(size_t)o * (size_t)draws->n_shocks + (size_t)draws->turned[k]];
    }
    draws->n_directions += stand_apart(draws->direction, draws->n_directions, next, draws->n_turned);
  }
  return true;
}

/* Rule 3. */
static void choose_uniforms(struct aiming *aiming)
{
  struct draws *draws = aiming->draws;
  draws->n_dimensions = draws->n_directions;
  while (draws->n_dimensions < SOBOL_DIMENSIONS) {
    int most = -1;
    for (int i = draws->n_normals; i < draws->n_shocks; i++) {
      if (draws->shock[i].dimension < 0 && aiming->weight[i] > (most < 0 ? 0.0 : aiming->weight[most])) {
        most = i;
      }
    }
    if (most < 0) {
      break;
    }
    draws->shock[most].dimension = draws->n_dimensions++;
  }
}

static bool scramble(struct draws *draws)
{
  static const char name[] = "Sobol'";
  draws->sobol = arena_array(&draws->arena, (size_t)DRAW_SETS * (size_t)draws->n_dimensions + 1, sizeof *draws->sobol);
  for (int set = 0; draws->sobol != NULL && set < DRAW_SETS; set++) {
    for (int d = 0; d < draws->n_dimensions; d++) {
      const uint64_t key[2] = { draws->seed, (uint64_t)set };
      uint32_t word[BLOCK];
      KERNELS_CHOSEN(mc_kernels)->words(key, 0, shock_key(name, d), word);
      sobol_scramble(&draws->sobol[set * draws->n_dimensions + d], d, word);
    }
  }
  return draws->sobol != NULL;
}

enum status draws_aim(struct draws *draws, int n_outputs, const double *output, struct error *error)
{
  if (draws->plain || draws->n_shocks == 0 || n_outputs == 0) {
    return STATUS_OK;
  }
  const size_t n = (size_t)draws->n_shocks;
  struct aiming aiming = { draws, n_outputs, calloc((size_t)n_outputs * n, sizeof(double)), calloc(n, sizeof(double)) };
  bool done = false;
  if (aiming.slope != NULL && aiming.weight != NULL) {
    for (int i = 0; i < draws->n_shocks; i++) {
      draws->shock[i].dimension = -1;
    }
    slopes(&aiming, output);
    if (find_directions(&aiming)) {
      choose_uniforms(&aiming);
      done = scramble(draws);
    }
  }
  free(aiming.slope);
  free(aiming.weight);
  return done ? STATUS_OK : error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
}
