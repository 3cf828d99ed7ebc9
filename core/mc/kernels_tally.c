/* kernels_tally.c: what tallies compute of a block: sums and products in a fixed order, bins.  Compiled once for each
 * level of instructions, as kernels.c is. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/kernels.h"

enum { STRANDS = 16 };

static double strands_together(double *strand)
{
  for (int apart = STRANDS / 2; apart > 0; apart /= 2) {
    for (int i = 0; i < apart; i++) {
      strand[i] += strand[i + apart];
    }
  }
  return strand[0];
}

static double product(int n, const double *restrict a, const double *restrict b)
{
  double strand[STRANDS] = { 0.0 };
  int first = 0;
  for (; first + STRANDS <= n; first += STRANDS) {
    for (int i = 0; i < STRANDS; i++) {
      strand[i] += a[first + i] * b[first + i];
    }
  }
  for (int i = 0; first + i < n; i++) {
    strand[i] += a[first + i] * b[first + i];
  }
  return strands_together(strand);
}

static double sum(int n, const double *restrict row)
{
  double strand[STRANDS] = { 0.0 };
  int first = 0;
  for (; first + STRANDS <= n; first += STRANDS) {
    for (int i = 0; i < STRANDS; i++) {
      strand[i] += row[first + i];
    }
  }
  for (int i = 0; first + i < n; i++) {
    strand[i] += row[first + i];
  }
  return strands_together(strand);
}

/* Values are whole: half a unit more keeps one that begins a bin out of the bin before. */
static void bins(int n, const double *restrict row, double low, double width, int n_bins, double often,
                 int *restrict bin, uint32_t counts[3])
{
  const double scale = 1.0 / width, high = low + width * n_bins, last = n_bins - 1;
  double place[BLOCK];
  uint32_t below = 0, above = 0, exact = 0;
  for (int i = 0; i < n; i++) {
    const double inside = (row[i] - low + 0.5) * scale;
    const double some = inside > 0.0 ? inside : 0.0;
    place[i] = some < last ? some : last;
  }
  for (int i = 0; i < n; i++) {
    bin[i] = (int)place[i];
  }
  for (int i = 0; i < n; i++) {
    below += row[i] < low;
    above += row[i] >= high;
    exact += row[i] == often;
  }
  counts[0] = below, counts[1] = above, counts[2] = exact;
}

static void spread(int n, const double *restrict row, double middle, double scale, double most, double *restrict out)
{
  for (int i = 0; i < n; i++) {
    const double away = (row[i] - middle) * scale;
    const double some = away > -most ? away : -most;
    out[i] = some < most ? some : most;
  }
}

extern const struct tally_kernels KERNEL(tally_kernels);
const struct tally_kernels KERNEL(tally_kernels) = { .sum = sum, .product = product, .bins = bins, .spread = spread };
