/* kernels.c: random words, uniforms and normals, compiled once for each level of instructions: plain
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

/* ---- words --------------------------------------------------------------------------------------------- */

/* Of two counters at once, since each step waits for the one before. */
#define TURN(b, r) (((b) << (r)) | ((b) >> (64 - (r))))
#define ROUND(r) (a += b, c += d, b = TURN(b, r), d = TURN(d, r), b ^= a, d ^= c)
#define FOUR_ODD (ROUND(16), ROUND(42), ROUND(12), ROUND(31))
#define FOUR_EVEN (ROUND(16), ROUND(32), ROUND(24), ROUND(21))
#define INJECT(first, second, n) (a += (first), c += (first), b += (second) + (n), d += (second) + (n))

/* Rule 1. */
static void words(const uint64_t key[2], uint64_t first, uint64_t variable, uint32_t *restrict word)
{
  enum { HALF = COUNTERS / 2 };
  const uint64_t k0 = key[0], k1 = key[1], k2 = 0x1BD11BDAA9FC1A22u ^ k0 ^ k1;
  uint64_t low[COUNTERS], high[COUNTERS];
  for (uint64_t j = 0; j < HALF; j++) {
    uint64_t a = first + j + k0, b = variable + k1, c = a + HALF, d = b;
    FOUR_ODD, INJECT(k1, k2, 1);
    FOUR_EVEN, INJECT(k2, k0, 2);
    FOUR_ODD, INJECT(k0, k1, 3);
    FOUR_EVEN, INJECT(k1, k2, 4);
    FOUR_ODD, INJECT(k2, k0, 5);
    low[j] = a;
    high[j] = b;
    low[HALF + j] = c;
    high[HALF + j] = d;
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

/* The places of those of BLOCK words that lie in the tails, in ascending order; returns how many.  Eight words' flags
 * become eight bits by a multiplication, and of 64 words up to eight are taken without asking whether there are so
 * many.
 */
static int find_tails(const uint32_t *restrict word, int first_place, uint16_t *restrict place)
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
        place[n + taken + k] = (uint16_t)(first_place + first + __builtin_ctzll(bits | UINT64_C(1) << 63));
        bits &= bits - 1;
      }
    }
    n += found;
  }
  return n;
}

/* Of all rows together, so that few lanes of the last eight stand idle. */
static void tails(int n_rows, const uint32_t *restrict word, double *restrict score)
{
  uint16_t place[NORMAL_ROWS * BLOCK + 8];
  double chance[NORMAL_ROWS * BLOCK + 8];
  int n = 0;
  for (int row = 0; row < n_rows; row++) {
    n += find_tails(word + (size_t)row * BLOCK, row * BLOCK, place + n);
  }
  const int padded = (n + 7) / 8 * 8;
  for (int i = 0; i < padded; i++) {
    const double half = i < n ? half_of(word[place[i]]) : 0.49;
    chance[i] = 0.5 - (half < 0.0 ? -half : half);
  }
  for (int i = 0; i < padded; i++) {
    chance[i] = tail(chance[i]);
  }
  for (int i = 0; i < padded && i < n; i++) {
    const int row = place[i] / BLOCK, lane = place[i] % BLOCK;
    score[row * PITCH + lane] = word[place[i]] >> 31 ? -chance[i] : chance[i];
  }
}

static void normals(int n_rows, const uint32_t *restrict word, double *restrict score)
{
  for (int row = 0; row < n_rows; row++) {
    for (int i = 0; i < BLOCK; i++) {
      score[row * PITCH + i] = middle(half_of(word[row * BLOCK + i]));
    }
  }
  tails(n_rows, word, score);
}

/* ---- the table ----------------------------------------------------------------------------------------- */

extern const struct mc_kernels KERNEL(mc_kernels);
const struct mc_kernels
    KERNEL(mc_kernels) = { .words = words, .sobol = sobol, .uniforms = uniforms, .normals = normals };
