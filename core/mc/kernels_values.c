/* kernels_values.c: from normals and uniforms to values: correlation, persistence, distributions.  Compiled once for
 * each level of instructions, as kernels.c is. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/kernels.h"

#include <math.h>
#include <string.h>

#define BY_ITSELF static inline __attribute__((always_inline)) /* a loop that is made again for each constant in it */

/* ---- scores -------------------------------------------------------------------------------------------- */

enum { AT_ONCE = 8, LANES = 64 }; /* rows; lanes, so that rows that are used again are in the nearest cache */

static inline int at_once(int n)
{
  return n < AT_ONCE ? n : AT_ONCE;
}

/* What a sum becomes in the end: renewal * sum + persistence * before; `before` may be NULL. */
struct ageing {
  double renewal, persistence;
  const double *before;
};

/* Rows of doubles, so far apart; of these the ones that are numbered, or all in order. */
struct some_rows {
  const double *from;
  int pitch;
  const int *number;
};

/* to = the sum of n rows by their weights, on top of what it holds unless it is fresh; aged unless `age` is NULL. */
BY_ITSELF void sum_lanes(int lanes, int n, bool fresh, const double *weight, struct some_rows rows,
                         const struct ageing *age, double *restrict to)
{
  const double *row[AT_ONCE];
  double by[AT_ONCE];
  const struct ageing aged = age != NULL ? *age : (struct ageing){ 0.0, 0.0, NULL };
  for (int k = 0; k < n; k++) {
    row[k] = rows.from + (size_t)(rows.number != NULL ? rows.number[k] : k) * (size_t)rows.pitch;
    by[k] = weight[k];
  }
  for (int i = 0; i < lanes; i++) {
    double sum = fresh ? 0.0 : to[i];
    for (int k = 0; k < n; k++) {
      sum += by[k] * row[k][i];
    }
    to[i] = age == NULL           ? sum
            : age->before == NULL ? aged.renewal * sum
                                  : aged.renewal * sum + aged.persistence * aged.before[i];
  }
}

/* Up to AT_ONCE of them. */
BY_ITSELF void sum_rows(int lanes, int n, bool fresh, const double *weight, struct some_rows rows,
                        const struct ageing *age, double *to)
{
  switch (n) { /* a loop for each number of rows, which are then read once */
  case 1:
    sum_lanes(lanes, 1, fresh, weight, rows, age, to);
    break;
  case 2:
    sum_lanes(lanes, 2, fresh, weight, rows, age, to);
    break;
  case 3:
    sum_lanes(lanes, 3, fresh, weight, rows, age, to);
    break;
  case 4:
    sum_lanes(lanes, 4, fresh, weight, rows, age, to);
    break;
  case 5:
    sum_lanes(lanes, 5, fresh, weight, rows, age, to);
    break;
  case 6:
    sum_lanes(lanes, 6, fresh, weight, rows, age, to);
    break;
  case 7:
    sum_lanes(lanes, 7, fresh, weight, rows, age, to);
    break;
  default:
    sum_lanes(lanes, AT_ONCE, fresh, weight, rows, age, to);
  }
}

static void combine(int n, const int *part, const double *weight, const double *from, double renewal,
                    const double *before, double persistence, double *row)
{
  struct some_rows rows = { from, PITCH, part };
  const bool fresh = n <= AT_ONCE;
  if (!fresh) {
    sum_rows(MIXED, AT_ONCE, true, weight, rows, NULL, row);
    for (n -= AT_ONCE; n > AT_ONCE; n -= AT_ONCE) {
      weight += AT_ONCE, rows.number += AT_ONCE;
      sum_rows(MIXED, AT_ONCE, false, weight, rows, NULL, row);
    }
    weight += AT_ONCE, rows.number += AT_ONCE;
  }
  const struct ageing anew = { renewal, 0.0, NULL }, aged = { renewal, persistence, before };
  if (fresh && before == NULL) {
    sum_rows(MIXED, n, true, weight, rows, &anew, row);
  } else if (fresh) {
    sum_rows(MIXED, n, true, weight, rows, &aged, row);
  } else if (before == NULL) {
    sum_rows(MIXED, n, false, weight, rows, &anew, row);
  } else {
    sum_rows(MIXED, n, false, weight, rows, &aged, row);
  }
}

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first of two numbers is the lower half");

/* The two numbers of each lane's piece, as they lie side by side: read one by one, so that the rest can be done for
 * many lanes at once. */
static inline void look_up(const float (*table)[2], const int *restrict piece, uint64_t *restrict both)
{
  for (int i = 0; i < BLOCK; i++) {
    memcpy(&both[i], table[piece[i]], sizeof both[i]);
  }
}

/* [0] + [1] * at */
static inline double on_piece(uint64_t both, double at)
{
  const uint32_t low = (uint32_t)both, high = (uint32_t)(both >> 32);
  float from, slope;
  memcpy(&from, &low, sizeof from);
  memcpy(&slope, &high, sizeof slope);
  return (double)from + (double)slope * at;
}

static void scores_to_uniforms(const double *restrict score, const struct score_table *table, double *restrict half)
{
  double size[BLOCK];
  int piece[BLOCK];
  uint64_t both[BLOCK];
  for (int i = 0; i < BLOCK; i++) {
    const double plain = score[i] < 0.0 ? -score[i] : score[i];
    size[i] = plain < 6.49 ? plain : 6.49;
  }
  for (int i = 0; i < BLOCK; i++) {
    piece[i] = (int)(size[i] * SCORE_STEPS);
  }
  look_up(table->piece, piece, both);
  for (int i = 0; i < BLOCK; i++) {
    const double inward = 0.5 - on_piece(both[i], size[i]);
    half[i] = score[i] < 0.0 ? -inward : inward;
  }
}

/* along -= each direction's part of the normals.  A few rows serve all directions before the next are read. */
static inline void take_along(int n_directions, int n_turned, const int *turned, const double *direction,
                              const double *normal, double *along)
{
  for (int k = 0; k < n_turned; k += AT_ONCE) {
    const struct some_rows rows = { normal, PITCH, turned + k };
    const int count = at_once(n_turned - k);
    for (int d = 0; d < n_directions; d++) {
      double less[AT_ONCE];
      for (int j = 0; j < count; j++) {
        less[j] = -direction[d * n_turned + k + j];
      }
      sum_rows(LANES, count, false, less, rows, NULL, along + (size_t)d * LANES);
    }
  }
}

static inline void give_along(int n_directions, int n_turned, const double *direction, const double *along,
                              double *normal)
{
  for (int d = 0; d < n_directions; d += AT_ONCE) {
    const struct some_rows rows = { along + (size_t)d * LANES, LANES, NULL };
    double more[AT_ONCE];
    const int count = at_once(n_directions - d);
    for (int j = 0; j < count; j++) {
      more[j] = direction[(size_t)(d + j) * (size_t)n_turned];
    }
    sum_rows(LANES, count, false, more, rows, NULL, normal);
  }
}

static void turn(int n_directions, int n_turned, const int *turned, const double *direction, const double *even,
                 double *normal)
{
  for (int first = 0; first < BLOCK; first += LANES) {
    double along[16 * LANES];
    for (int d = 0; d < n_directions; d++) {
      for (int i = 0; i < LANES; i++) {
        along[d * LANES + i] = row_of(even, d)[first + i];
      }
    }
    take_along(n_directions, n_turned, turned, direction, normal + first, along);
    for (int k = 0; k < n_turned; k++) {
      give_along(n_directions, n_turned, direction + k, along, row_to_fill(normal, turned[k]) + first);
    }
  }
}

/* ---- shapes -------------------------------------------------------------------------------------------- */

static void thin(const double *restrict half, double below, double above, double stretch, double *restrict out)
{
  for (int i = 0; i < BLOCK; i++) {
    const double low = (half[i] + 0.5) * stretch - 0.5, high = 0.5 - (0.5 - half[i]) * stretch;
    const double upper = half[i] >= above ? high : 0.0;
    out[i] = half[i] < below ? low : upper;
  }
}

static void thinned(const double *restrict half, double below, double above, double *restrict row)
{
  for (int i = 0; i < BLOCK; i++) {
    row[i] = half[i] >= below && half[i] < above ? 0.0 : row[i];
  }
}

static void steps(const double *at, int n, const double *bound, const double *step, double *row)
{
  for (int first = 0; first < BLOCK; first += LANES) {
    double value[LANES];
    for (int i = 0; i < LANES; i++) {
      value[i] = step[0];
    }
    for (int k = 1; k < n; k++) {
      const double from = bound[k], next = step[k];
      for (int i = 0; i < LANES; i++) {
        value[i] = at[first + i] >= from ? next : value[i];
      }
    }
    memcpy(row + first, value, sizeof value);
  }
}

/* Of width 1: its density rises from 0 to 2 at `split`, and falls to 0 again. */
static void triangle(const double *restrict half, double split, double from, double scale, double *restrict row)
{
  const double top = split - 0.5, rest = 1.0 - split;
  for (int i = 0; i < BLOCK; i++) {
    const double low = (half[i] + 0.5) * split, high = (0.5 - half[i]) * rest;
    const double root = sqrt(half[i] < top ? low : high);
    row[i] = from + scale * (half[i] < top ? root : 1.0 - root);
  }
}

/* table.c, rule 1: the piece is read from the exponent and the first digits of the tail's chance. */
static void quantiles(const double *restrict half, const struct quantile_table *table, double from, double scale,
                      double *restrict row)
{
  double chance[BLOCK];
  int piece[BLOCK];
  uint64_t both[BLOCK];
  for (int i = 0; i < BLOCK; i++) {
    const double plain = 0.5 - (half[i] < 0.0 ? -half[i] : half[i]);
    const double some = plain > 0x1p-33 ? plain : 0x1p-33;
    chance[i] = some < 0.5 - 0x1p-54 ? some : 0.5 - 0x1p-54;
  }
  for (int i = 0; i < BLOCK; i++) {
    uint64_t bits;
    memcpy(&bits, &chance[i], sizeof bits);
    piece[i] = (int)(bits >> (52 - PIECES_BITS)) - ((1023 - 33) << PIECES_BITS) + (half[i] > 0.0 ? PIECES : 0);
  }
  look_up(table->piece, piece, both);
  for (int i = 0; i < BLOCK; i++) {
    row[i] = from + scale * on_piece(both[i], chance[i]);
  }
}

/* ---- the table ----------------------------------------------------------------------------------------- */

extern const struct value_kernels KERNEL(value_kernels);
const struct value_kernels KERNEL(value_kernels) = {
  .scores_to_uniforms = scores_to_uniforms,
  .combine = combine,
  .turn = turn,
  .thin = thin,
  .thinned = thinned,
  .steps = steps,
  .triangle = triangle,
  .quantiles = quantiles,
};
