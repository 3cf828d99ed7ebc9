/* kernels.h: the inner loops of chance, as one table for each level of instructions.  Rows are DRAW_BLOCK long. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_MC_KERNELS_H
#define HEADROOM_MC_KERNELS_H

#include "base/base.h"

enum { BLOCK = 512, COUNTERS = BLOCK / 4 };

/* A piecewise straight inverse distribution, by octaves of the nearer tail: 32 pieces to each halving of its chance. */
enum { PIECES_BITS = 5, OCTAVES = 32, PIECES = OCTAVES << PIECES_BITS };
struct quantile_table {
  double piece[2][PIECES][2]; /* [above the median][piece]: value at the tail's chance p is [0] + [1] * p */
};

/* One from the standard score to the chance of its tail, in equal steps of its size. */
enum { SCORE_STEPS = 64, SCORE_PIECES = 416 }; /* a unit; 6.5 units */

struct mc_kernels {
  /* Threefry2x64-20 of counters (first + j, variable) for j < COUNTERS; word[j], [128 + j], [256 + j] and [384 + j] are
   * the low and high halves of the first and second output. */
  void (*words)(const uint64_t key[2], uint64_t first, uint64_t variable, uint32_t *word);
  /* Sobol' coordinates: points `base` ^ the first BLOCK of the sequence. */
  void (*sobol)(const uint32_t direction[32], uint32_t base, uint32_t *word);
  void (*uniforms)(const uint32_t *word, double *half); /* (word + 1/2) / 2^32 - 1/2 */
  void (*normals)(const uint32_t *word, double *score); /* the standard normal below which that uniform lies */
  void (*scores_to_uniforms)(const double *score, double *half);
  /* row += sum of weight[i] * from[i * BLOCK], or row = that when `fresh`. */
  void (*combine)(bool fresh, int n, const double *weight, const double *const *from, double *row);
};
KERNELS_DECLARE(const struct mc_kernels, mc_kernels);

#endif
