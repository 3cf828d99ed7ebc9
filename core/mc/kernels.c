/* kernels.c: random words, uniforms, normals and their sums, compiled once for each level of instructions: plain
 * loops over a block, only + - * / sqrt and integers, so that every level and compiler gives the same bits.
 *
 * (1) Threefry2x64-20: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011.
 * (2) Standard normals: P. J. Acklam's rational approximations of the inverse normal distribution, relative
 *     error below 1.2e-9.  Words in the tails, 1 in 21, are gathered and done apart, without a branch on any of
 *     them.
 * (3) The uniform of a word is the middle of its 2^-32: never 0 or 1, and as far from one end as its complement
 *     from the other. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/kernels.h"

#include <math.h>
#include <string.h>

#define BY_ITSELF static inline __attribute__((always_inline)) /* a loop that is made again for each constant in it */

/* ---- words --------------------------------------------------------------------------------------------- */

#define ROUND(r) (a += b, b = (b << (r)) | (b >> (64 - (r))), b ^= a)
#define FOUR_ODD (ROUND(16), ROUND(42), ROUND(12), ROUND(31))
#define FOUR_EVEN (ROUND(16), ROUND(32), ROUND(24), ROUND(21))
#define INJECT(first, second, n) (a += (first), b += (second) + (n))

/* Rule 1. */
static void words(const uint64_t key[2], uint64_t first, uint64_t variable, uint32_t *restrict word)
{
  const uint64_t k0 = key[0], k1 = key[1], k2 = 0x1BD11BDAA9FC1A22u ^ k0 ^ k1;
  uint64_t low[COUNTERS], high[COUNTERS];
  for (uint64_t j = 0; j < COUNTERS; j++) {
    uint64_t a = first + j + k0, b = variable + k1;
    FOUR_ODD, INJECT(k1, k2, 1);
    FOUR_EVEN, INJECT(k2, k0, 2);
    FOUR_ODD, INJECT(k0, k1, 3);
    FOUR_EVEN, INJECT(k1, k2, 4);
    FOUR_ODD, INJECT(k2, k0, 5);
    low[j] = a;
    high[j] = b;
  }
  for (int j = 0; j < COUNTERS; j++) {
    word[j] = (uint32_t)low[j];
    word[COUNTERS + j] = (uint32_t)(low[j] >> 32);
    word[2 * COUNTERS + j] = (uint32_t)high[j];
    word[3 * COUNTERS + j] = (uint32_t)(high[j] >> 32);
  }
}

static void sobol(const uint32_t direction[32], uint32_t base, uint32_t *restrict word)
{
  word[0] = base;
  for (int bit = 0; 1 << bit < BLOCK; bit++) {
    for (int j = 0; j < 1 << bit; j++) {
      word[(1 << bit) + j] = word[j] ^ direction[bit];
    }
  }
}

/* ---- uniforms ------------------------------------------------------------------------------------------ */

/* Rule 3, less a half: exact. */
static inline double half_of(uint32_t word)
{
  return ((double)(int32_t)(word ^ 0x80000000u) + 0.5) * 0x1p-32;
}

static void uniforms(const uint32_t *restrict word, double *restrict half)
{
  for (int i = 0; i < BLOCK; i++) {
    half[i] = half_of(word[i]);
  }
}

/* ---- normals ------------------------------------------------------------------------------------------- */

/* Rule 2, the middle: |half| up to 0.47575. */
static inline double middle(double half)
{
  const double r = half * half;
  const double above = (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r +
                          1.383577518672690e+02) *
                             r -
                         3.066479806614716e+01) *
                            r +
                        2.506628277459239e+00) *
                       half;
  const double below = ((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r +
                         6.680131188771972e+01) *
                            r -
                        1.328068155288572e+01) *
                           r +
                       1.0;
  return above / below;
}

/* The natural logarithm, to 1e-11: 2 artanh((m - 1) / (m + 1)) + e ln 2 for x = m 2^e with m between sqrt(1/2) and
 * sqrt(2). */
static inline double logarithm(double x)
{
  int64_t bits;
  memcpy(&bits, &x, sizeof bits);
  const int64_t shifted = bits - 0x3FE6A09E667F3BCD; /* sqrt(1/2) */
  const int exponent = (int)(shifted >> 52);
  bits = (shifted & 0xFFFFFFFFFFFFF) + 0x3FE6A09E667F3BCD;
  double m;
  memcpy(&m, &bits, sizeof m);
  const double f = (m - 1.0) / (m + 1.0), s = f * f;
  const double series =
      ((((((1.0 / 13.0) * s + 1.0 / 11.0) * s + 1.0 / 9.0) * s + 1.0 / 7.0) * s + 1.0 / 5.0) * s + 1.0 / 3.0) * s + 1.0;
  return 2.0 * f * series + (double)exponent * 0.6931471805599453;
}

/* Rule 2, the lower tail: chance below 0.02425. */
static inline double tail(double chance)
{
  const double t = sqrt(-2.0 * logarithm(chance));
  const double above = ((((-7.784894002430293e-03 * t - 3.223964580411365e-01) * t - 2.400758277161838e+00) * t -
                         2.549732539343734e+00) *
                            t +
                        4.374664141464968e+00) *
                           t +
                       2.938163982698783e+00;
  const double below =
      (((7.784695709041462e-03 * t + 3.224671290700398e-01) * t + 2.445134137142996e+00) * t + 3.754408661907416e+00) *
          t +
      1.0;
  return above / below;
}

enum { TAIL = 104152957 }; /* words: 0.02425 * 2^32 */

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first of eight flags is the lowest byte");

/* The lanes of the words in the tails, in ascending order; returns how many.  Eight lanes' flags become eight bits by a
 * multiplication, and of 64 lanes up to eight are taken without asking whether there are so many. */
static int find_tails(const uint32_t *restrict word, uint16_t *restrict lane)
{
  uint8_t flag[BLOCK];
  int n = 0;
  for (int i = 0; i < BLOCK; i++) {
    flag[i] = word[i] - TAIL >= (uint32_t)-2 * TAIL;
  }
  for (int first = 0; first < BLOCK; first += 64) {
    uint64_t bits = 0;
    for (int i = 0; i < 64; i += 8) {
      uint64_t eight;
      memcpy(&eight, flag + first + i, sizeof eight);
      bits |= (eight * 0x0102040810204080u >> 56) << i;
    }
    const int found = __builtin_popcountll(bits);
    for (int taken = 0; taken == 0 || taken < found; taken += 8) {
      for (int k = 0; k < 8; k++) {
        lane[n + taken + k] = (uint16_t)(first + __builtin_ctzll(bits | UINT64_C(1) << 63));
        bits &= bits - 1;
      }
    }
    n += found;
  }
  return n;
}

static void tails(const uint32_t *restrict word, double *restrict score)
{
  uint16_t lane[BLOCK + 8];
  const int n = find_tails(word, lane);
  double chance[BLOCK + 8];
  const int padded = (n + 7) / 8 * 8;
  for (int i = 0; i < padded; i++) {
    const double half = i < n ? half_of(word[lane[i]]) : 0.49;
    chance[i] = 0.5 - (half < 0.0 ? -half : half);
  }
  for (int i = 0; i < padded; i++) {
    chance[i] = tail(chance[i]);
  }
  for (int i = 0; i < padded && i < n; i++) {
    score[lane[i]] = word[lane[i]] >> 31 ? -chance[i] : chance[i];
  }
}

static void normals(const uint32_t *restrict word, double *restrict score)
{
  for (int i = 0; i < BLOCK; i++) {
    score[i] = middle(half_of(word[i]));
  }
  tails(word, score);
}

/* ---- scores -------------------------------------------------------------------------------------------- */

enum { AT_ONCE = 8, LANES = 64 }; /* rows; lanes, so that rows that are used again are in the nearest cache */

static inline int at_once(int n)
{
  return n < AT_ONCE ? n : AT_ONCE;
}

/* to = the sum of n rows by their weights, on top of what it holds unless it is fresh. */
BY_ITSELF void sum_lanes(int lanes, int n, bool fresh, const double *weight, const double *const *some,
                         double *restrict to)
{
  const double *row[AT_ONCE];
  double by[AT_ONCE];
  for (int k = 0; k < n; k++) {
    row[k] = some[k];
    by[k] = weight[k];
  }
  for (int i = 0; i < lanes; i++) {
    double sum = fresh ? 0.0 : to[i];
    for (int k = 0; k < n; k++) {
      sum += by[k] * row[k][i];
    }
    to[i] = sum;
  }
}

BY_ITSELF void sum_rows(int lanes, int n, bool fresh, const double *weight, const double *const *row, double *to)
{
  switch (n) { /* a loop for each number of rows, which are then read once */
  case 1:
    sum_lanes(lanes, 1, fresh, weight, row, to);
    break;
  case 2:
    sum_lanes(lanes, 2, fresh, weight, row, to);
    break;
  case 3:
    sum_lanes(lanes, 3, fresh, weight, row, to);
    break;
  case 4:
    sum_lanes(lanes, 4, fresh, weight, row, to);
    break;
  case 5:
    sum_lanes(lanes, 5, fresh, weight, row, to);
    break;
  case 6:
    sum_lanes(lanes, 6, fresh, weight, row, to);
    break;
  case 7:
    sum_lanes(lanes, 7, fresh, weight, row, to);
    break;
  default:
    sum_lanes(lanes, AT_ONCE, fresh, weight, row, to);
  }
}

static void combine(int n, const int *part, const double *weight, const double *from, double renewal,
                    const double *restrict before, double persistence, double *restrict row)
{
  for (int k = 0; k < n; k += AT_ONCE) {
    const double *some[AT_ONCE];
    const int count = at_once(n - k);
    for (int j = 0; j < count; j++) {
      some[j] = row_of(from, part[k + j]);
    }
    if (k == 0) {
      sum_rows(MIXED, count, true, weight, some, row);
    } else {
      sum_rows(MIXED, count, false, weight + k, some, row);
    }
  }
  if (before == NULL) {
    for (int i = 0; i < MIXED; i++) {
      row[i] *= renewal;
    }
    return;
  }
  for (int i = 0; i < MIXED; i++) {
    row[i] = renewal * row[i] + persistence * before[i];
  }
}

/* The two numbers of each lane's piece, as they lie side by side: read one by one, so that the rest can be done for many
 * lanes at once. */
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
    const double *row[AT_ONCE];
    const int count = at_once(n_turned - k);
    for (int j = 0; j < count; j++) {
      row[j] = row_of(normal, turned[k + j]);
    }
    for (int d = 0; d < n_directions; d++) {
      double less[AT_ONCE];
      for (int j = 0; j < count; j++) {
        less[j] = -direction[d * n_turned + k + j];
      }
      sum_rows(LANES, count, false, less, row, along + (size_t)d * LANES);
    }
  }
}

static inline void give_along(int n_directions, int n_turned, const double *direction, const double *along,
                              double *normal)
{
  for (int d = 0; d < n_directions; d += AT_ONCE) {
    const double *row[AT_ONCE];
    double more[AT_ONCE];
    const int count = at_once(n_directions - d);
    for (int j = 0; j < count; j++) {
      row[j] = along + (size_t)(d + j) * LANES;
      more[j] = direction[(size_t)(d + j) * (size_t)n_turned];
    }
    sum_rows(LANES, count, false, more, row, normal);
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

extern const struct mc_kernels KERNEL(mc_kernels);
const struct mc_kernels KERNEL(mc_kernels) = {
  .words = words,
  .sobol = sobol,
  .uniforms = uniforms,
  .normals = normals,
  .scores_to_uniforms = scores_to_uniforms,
  .combine = combine,
  .turn = turn,
  .thin = thin,
  .thinned = thinned,
  .steps = steps,
  .triangle = triangle,
  .quantiles = quantiles,
};
