/* kernels.h: the inner loops of chance, as one table for each level of instructions.  Rows are BLOCK long
 * and PITCH apart. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_MC_KERNELS_H
#define HEADROOM_MC_KERNELS_H

#include "base/base.h"

enum { BLOCK = 512, PITCH = BLOCK + 8, COUNTERS = BLOCK / 4, NORMAL_ROWS = 4, MIXED = 128 };

static inline const double *row_of(const double *rows, int i)
{
  return rows + (size_t)i * PITCH;
}
static inline double *row_to_fill(double *rows, int i)
{
  return rows + (size_t)i * PITCH;
}

/* A piecewise straight inverse distribution, by octaves of the nearer tail: 32 pieces to each halving of its chance. */
enum { PIECES_BITS = 5, OCTAVES = 32, PIECES = OCTAVES << PIECES_BITS };
struct quantile_table {
  float piece[2 * PIECES][2]; /* the lower tail, then the upper: the value at the tail's chance p is [0] + [1] * p */
};

/* From a standard score's size to the chance of its tail, in equal steps: [0] + [1] * size. */
enum { SCORE_STEPS = 128, SCORE_PIECES = 832 }; /* a unit; 6.5 units */
struct score_table {
  float piece[SCORE_PIECES][2];
};

struct mc_kernels {
  /* Threefry2x64-20 of counters (first + j, variable) for j < COUNTERS; word[j], [128 + j], [256 + j] and [384 + j] are
   * the low and high halves of the first and second output. */
  void (*words)(const uint64_t key[2], uint64_t first, uint64_t variable, uint32_t *word);
  /* Sobol' coordinates: points `base` ^ the first BLOCK of the sequence. */
  void (*sobol)(const uint32_t direction[32], uint32_t base, uint32_t *word);
  void (*uniforms)(const uint32_t *word, double *half); /* (word + 1/2) / 2^32 - 1/2 */
  /* The standard normals below which the uniforms of so many rows of words lie, up to NORMAL_ROWS; words without gaps.
   */
  void (*normals)(int n_rows, const uint32_t *word, double *score);
};
KERNELS_DECLARE(const struct mc_kernels, mc_kernels);

struct value_kernels {
  void (*scores_to_uniforms)(const double *score, const struct score_table *, double *half);
  /* MIXED lanes: row = persistence * before + renewal * sum of weight[k] * from[part[k] * PITCH]; `before` may be NULL.
   */
  void (*combine)(int n, const int *part, const double *weight, const double *from, double renewal,
                  const double *before, double persistence, double *row);
  /* Along each direction the normals named by turned[] take the even ones instead: block.c, rule 2. */
  void (*turn)(int n_directions, int n_turned, const int *turned, const double *direction, const double *even,
               double *normal);
  /* shape.c: out of halves, a stretch at 0 from `below` to `above`, and steps, a triangle or a table. */
  void (*thin)(const double *half, double below, double above, double stretch, double *out);
  void (*thinned)(const double *half, double below, double above, double *row);
  /* step[k] from bound[k] on; row may be `at`. */
  void (*steps)(const double *at, int n, const double *bound, const double *step, double *row);
  void (*triangle)(const double *half, double split, double from, double scale, double *row);
  void (*quantiles)(const double *half, const struct quantile_table *, double from, double scale, double *row);
};
KERNELS_DECLARE(const struct value_kernels, value_kernels);

struct tally_kernels {
  /* Sums of n numbers in sixteen strands, added up in a fixed order. */
  double (*sum)(int n, const double *row);
  double (*product)(int n, const double *a, const double *b);
  /* Which of n_bins each lies in, beyond the ends in the last; counts[]: below, above, and exactly at `often`. */
  void (*bins)(int n, const double *row, double low, double width, int n_bins, double often, int *bin,
               uint32_t counts[3]);
  /* (row - middle) * scale, no further out than `most`. */
  void (*spread)(int n, const double *row, double middle, double scale, double most, double *out);
};
KERNELS_DECLARE(const struct tally_kernels, tally_kernels);

/* One year of the General Fund: rows.  used: drawn for the gap. */
struct fund_year {
  const double *closing, *floor, *minimum, *used, *unfunded;
};

/* to = two rows of a block, each by its weight; where a is NULL b is added to what stands. */
struct sum_of_two {
  const double *a, *b;
  double a_weight, b_weight;
  double *to;
};

/* Amounts in pounds and pence as doubles; n lanes. */
struct future_kernels {
  /* In that order, for the lanes of a block from `from` on. */
  void (*add_up)(int n_sums, const struct sum_of_two *, int from, int n);
  void (*pence)(int n, const double *gbp, double *out); /* in whole pence; out may be gbp */
  /* unfunded += more; left = usable, in pence, less unfunded. */
  void (*left_by)(int n, const double *more, const double *usable, double *unfunded, double *left);
  /* above += what of closing is above floor. */
  void (*above)(int n, const double *closing, const double *floor, double *above);
  /* From how much more the fund needs when the next year opens, to how much more when this one does. */
  void (*fund_needed)(int n, const struct fund_year *, bool is_last, double *need);
  /* need = the most of unfunded - above so far, in whole pence. */
  void (*most_needed)(int n, const double *unfunded, const double *above, bool is_first, double *need);
};
KERNELS_DECLARE(const struct future_kernels, future_kernels);

#endif
