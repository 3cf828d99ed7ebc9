/* sobol.c: Sobol' sequences of up to SOBOL_DIMENSIONS coordinates, scrambled anew for each set.
 *
 * (1) Primitive polynomials and first direction numbers: S. Joe and F. Y. Kuo, "Constructing Sobol sequences
 *     with better two-dimensional projections", SIAM Journal on Scientific Computing 30 (2008), the first 64 of
 *     table new-joe-kuo-6.
 * (2) Scrambling: each set multiplies the digits of a coordinate by a random lower triangular matrix and shifts
 *     them (J. Matousek, "On the L2-discrepancy for anchored boxes", 1998): every point is uniform, sets are
 *     independent, and a set stays as even as the sequence is. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/inside.h"

enum { DIGITS = 32, MOST_FIRST = 9 };

/* Rule 1: the polynomial's bits, and the odd numbers m of which direction number k is m[k] / 2^(k + 1). */
static const struct {
  uint16_t polynomial, first[MOST_FIRST];
} joe_kuo[SOBOL_DIMENSIONS] = {
  { 1, { 1 } },
  { 3, { 1 } },
  { 7, { 1, 3 } },
  { 11, { 1, 3, 1 } },
  { 13, { 1, 1, 1 } },
  { 19, { 1, 1, 3, 3 } },
  { 25, { 1, 3, 5, 13 } },
  { 37, { 1, 1, 5, 5, 17 } },
  { 41, { 1, 1, 5, 5, 5 } },
  { 47, { 1, 1, 7, 11, 19 } },
  { 55, { 1, 1, 5, 1, 1 } },
  { 59, { 1, 1, 1, 3, 11 } },
  { 61, { 1, 3, 5, 5, 31 } },
  { 67, { 1, 3, 3, 9, 7, 49 } },
  { 91, { 1, 1, 1, 15, 21, 21 } },
  { 97, { 1, 3, 1, 13, 27, 49 } },
  { 103, { 1, 1, 1, 15, 7, 5 } },
  { 109, { 1, 3, 1, 15, 13, 25 } },
  { 115, { 1, 1, 5, 5, 19, 61 } },
  { 131, { 1, 3, 7, 11, 23, 15, 103 } },
  { 137, { 1, 3, 7, 13, 13, 15, 69 } },
  { 143, { 1, 1, 3, 13, 7, 35, 63 } },
  { 145, { 1, 3, 5, 9, 1, 25, 53 } },
  { 157, { 1, 3, 1, 13, 9, 35, 107 } },
  { 167, { 1, 3, 1, 5, 27, 61, 31 } },
  { 171, { 1, 1, 5, 11, 19, 41, 61 } },
  { 185, { 1, 3, 5, 3, 3, 13, 69 } },
  { 191, { 1, 1, 7, 13, 1, 19, 1 } },
  { 193, { 1, 3, 7, 5, 13, 19, 59 } },
  { 203, { 1, 1, 3, 9, 25, 29, 41 } },
  { 211, { 1, 3, 5, 13, 23, 1, 55 } },
  { 213, { 1, 3, 7, 3, 13, 59, 17 } },
  { 229, { 1, 3, 1, 3, 5, 53, 69 } },
  { 239, { 1, 1, 5, 5, 23, 33, 13 } },
  { 241, { 1, 1, 7, 7, 1, 61, 123 } },
  { 247, { 1, 1, 7, 9, 13, 61, 49 } },
  { 253, { 1, 3, 3, 5, 3, 55, 33 } },
  { 285, { 1, 3, 1, 15, 31, 13, 49, 245 } },
  { 299, { 1, 3, 5, 15, 31, 59, 63, 97 } },
  { 301, { 1, 3, 1, 11, 11, 11, 77, 249 } },
  { 333, { 1, 3, 1, 11, 27, 43, 71, 9 } },
  { 351, { 1, 1, 7, 15, 21, 11, 81, 45 } },
  { 355, { 1, 3, 7, 3, 25, 31, 65, 79 } },
  { 357, { 1, 3, 1, 1, 19, 11, 3, 205 } },
  { 361, { 1, 1, 5, 9, 19, 21, 29, 157 } },
  { 369, { 1, 3, 7, 11, 1, 33, 89, 185 } },
  { 391, { 1, 3, 3, 3, 15, 9, 79, 71 } },
  { 397, { 1, 3, 7, 11, 15, 39, 119, 27 } },
  { 425, { 1, 1, 3, 1, 11, 31, 97, 225 } },
  { 451, { 1, 1, 1, 3, 23, 43, 57, 177 } },
  { 463, { 1, 3, 7, 7, 17, 17, 37, 71 } },
  { 487, { 1, 3, 1, 5, 27, 63, 123, 213 } },
  { 501, { 1, 1, 3, 5, 11, 43, 53, 133 } },
  { 529, { 1, 3, 5, 5, 29, 17, 47, 173, 479 } },
  { 539, { 1, 3, 3, 11, 3, 1, 109, 9, 69 } },
  { 545, { 1, 1, 1, 5, 17, 39, 23, 5, 343 } },
  { 557, { 1, 3, 1, 5, 25, 15, 31, 103, 499 } },
  { 563, { 1, 1, 1, 11, 11, 17, 63, 105, 183 } },
  { 601, { 1, 1, 5, 11, 9, 29, 97, 231, 363 } },
  { 607, { 1, 1, 5, 15, 19, 45, 41, 7, 383 } },
  { 617, { 1, 3, 7, 7, 31, 19, 83, 137, 221 } },
  { 623, { 1, 1, 1, 3, 23, 15, 111, 223, 83 } },
  { 631, { 1, 1, 5, 13, 31, 15, 55, 25, 161 } },
  { 637, { 1, 1, 3, 13, 25, 47, 39, 87, 257 } },
};

static void directions(int dimension, uint32_t out[DIGITS])
{
  const unsigned polynomial = joe_kuo[dimension].polynomial;
  const int degree = dimension == 0 ? 0 : 31 - __builtin_clz(polynomial);
  for (int k = 0; k < DIGITS; k++) {
    if (dimension == 0) { /* van der Corput */
      out[k] = 1u << (DIGITS - 1 - k);
    } else if (k < degree) {
      out[k] = (uint32_t)joe_kuo[dimension].first[k] << (DIGITS - 1 - k);
    } else {
      out[k] = out[k - degree] ^ (out[k - degree] >> degree);
      for (int j = 1; j < degree; j++) {
        out[k] ^= (polynomial >> (degree - j) & 1) != 0 ? out[k - j] : 0;
      }
    }
  }
}

void sobol_scramble(struct sobol *sobol, int dimension, const uint32_t random[DIGITS + 1])
{
  uint32_t plain[DIGITS];
  directions(dimension, plain);
  for (int k = 0; k < DIGITS; k++) { /* rule 2: digit j of a coordinate goes to itself and, by chance, to those below */
    sobol->direction[k] = 0;
    for (int j = 0; j < DIGITS; j++) {
      const uint32_t own = 0x80000000u >> j;
      sobol->direction[k] ^= (plain[k] & own) != 0 ? own | (random[j] & (own - 1)) : 0;
    }
  }
  sobol->shift = random[DIGITS];
}

uint32_t sobol_base(const struct sobol *sobol, int64_t block)
{
  uint32_t base = sobol->shift;
  for (int k = 9; k < DIGITS; k++) { /* a block is 2^9 points */
    base ^= (block >> (k - 9) & 1) != 0 ? sobol->direction[k] : 0;
  }
  return base;
}
