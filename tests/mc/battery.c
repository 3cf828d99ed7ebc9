/* battery.c: are the random words random?  mc_battery WORDS prints a p-value a test and fails on one below a millionth;
 * mc_battery raw writes words without end, for a battery of someone else's: mc_battery raw | dieharder -g 200 -a
 *
 * Words are taken as a simulation takes them: set by set, block by block, variable by variable, year by year.  So
 * neighbours in the stream, and the pairs below, are those that a council's future is made of. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/inside.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  VARIABLES = 40,
  YEARS = 10,
  ROWS = VARIABLES * YEARS,
  CELLS = 256,
  GAPS = 64,
  PAIRS = 6,
  BIRTHDAYS = 4096,
  TWICE = 12
};

static const char *const pair_name[PAIRS] = { "next lane",     "same counter", "next year",
                                              "next variable", "next block",   "next set" };

struct counts {
  uint64_t words, bit[32], byte[4][CELLS], gap[GAPS], pair[PAIRS][CELLS], spacing[TWICE];
  double power[5];
  uint64_t waiting; /* words since the last small one */
  uint32_t birthday[BIRTHDAYS];
  int born;
};

static void words_at(uint64_t seed, int set, int block, int row, uint32_t *word)
{
  char name[32];
  (void)snprintf(name, sizeof name, "driver:v%d.value", row / YEARS % VARIABLES);
  const uint64_t key[2] = { seed, (uint64_t)set };
  KERNELS_CHOSEN(mc_kernels)->words(key, (uint64_t)block * COUNTERS, shock_key(name, row % YEARS), word);
}

/* ---- counting ------------------------------------------------------------------------------------------ */

static int ascending(const void *a, const void *b)
{
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

/* How often a distance between neighbours among 4,096 birthdays in a year of 2^32 days stands twice: Poisson, of mean
 * 4096^3 / (4 * 2^32) = 4. */
static void count_spacings(struct counts *counts)
{
  uint32_t *day = counts->birthday;
  qsort(day, BIRTHDAYS, sizeof *day, ascending);
  for (int i = BIRTHDAYS - 1; i > 0; i--) {
    day[i] -= day[i - 1];
  }
  qsort(day, BIRTHDAYS, sizeof *day, ascending);
  int twice = 0;
  for (int i = 1; i < BIRTHDAYS; i++) {
    twice += day[i] == day[i - 1];
  }
  counts->spacing[twice < TWICE ? twice : TWICE - 1]++;
  counts->born = 0;
}

static void count_words(struct counts *counts, const uint32_t *word)
{
  counts->words += BLOCK;
  for (int i = 0; i < BLOCK; i++) {
    for (int bit = 0; bit < 32; bit++) {
      counts->bit[bit] += word[i] >> bit & 1;
    }
    for (int byte = 0; byte < 4; byte++) {
      counts->byte[byte][word[i] >> (8 * byte) & 0xFF]++;
    }
    if (word[i] < 0x10000000u) { /* 1 in 16 */
      counts->gap[counts->waiting < GAPS - 1 ? counts->waiting : GAPS - 1]++;
      counts->waiting = 0;
    } else {
      counts->waiting++;
    }
    counts->birthday[counts->born++] = word[i];
    if (counts->born == BIRTHDAYS) {
      count_spacings(counts);
    }
  }
}

static void count_pairs(uint64_t *pair, const uint32_t *a, const uint32_t *b, int apart)
{
  for (int i = 0; i + apart < BLOCK; i++) {
    pair[(a[i] >> 28) << 4 | b[i + apart] >> 28]++;
  }
}

static void count_normals(struct counts *counts, const uint32_t *word)
{
  double score[BLOCK];
  KERNELS_CHOSEN(mc_kernels)->normals(1, word, score);
  for (int i = 0; i < BLOCK; i++) {
    double power = 1.0;
    for (int k = 0; k < 5; k++) {
      counts->power[k] += power;
      power *= score[i];
    }
  }
}

/* ---- p-values ------------------------------------------------------------------------------------------ */

static double least = 1.0;

static void report(const char *name, double p)
{
  const double two_sided = 2.0 * fmin(p, 1.0 - p);
  least = fmin(least, two_sided);
  printf("%-28s p = %.4f\n", name, p);
}

static void report_normal(const char *name, double away)
{
  report(name, gsl_cdf_ugaussian_P(away));
}

/* weight NULL: all alike. */
static void report_cells(const char *name, const uint64_t *count, int n, const double *weight)
{
  double sum = 0.0, square = 0.0;
  for (int i = 0; i < n; i++) {
    sum += (double)count[i];
  }
  for (int i = 0; i < n; i++) {
    const double expected = sum * (weight != NULL ? weight[i] : 1.0 / n);
    square += ((double)count[i] - expected) * ((double)count[i] - expected) / expected;
  }
  report(name, gsl_cdf_chisq_P(square, n - 1));
}

static void report_all(const struct counts *counts)
{
  const double n = (double)counts->words;
  double bits = 0.0, gap[GAPS], spacing[TWICE];
  char name[40];
  for (int bit = 0; bit < 32; bit++) {
    bits += 4.0 / n * ((double)counts->bit[bit] - n / 2.0) * ((double)counts->bit[bit] - n / 2.0);
  }
  report("bits", gsl_cdf_chisq_P(bits, 32));
  for (int byte = 0; byte < 4; byte++) {
    (void)snprintf(name, sizeof name, "byte %d", byte);
    report_cells(name, counts->byte[byte], CELLS, NULL);
  }
  double left = 1.0;
  for (int i = 0; i < GAPS; i++) {
    gap[i] = i < GAPS - 1 ? left / 16.0 : left;
    left -= gap[i];
  }
  report_cells("gaps", counts->gap, GAPS, gap);
  left = 1.0;
  for (int i = 0; i < TWICE; i++) {
    spacing[i] = i < TWICE - 1 ? exp(-4.0 + i * log(4.0) - lgamma(i + 1.0)) : left;
    left -= spacing[i];
  }
  report_cells("birthday spacings", counts->spacing, TWICE, spacing);
  for (int k = 0; k < PAIRS; k++) {
    (void)snprintf(name, sizeof name, "pairs: %s", pair_name[k]);
    report_cells(name, counts->pair[k], CELLS, NULL);
  }
  static const double mean[] = { 1, 0, 1, 0, 3 }, variance[] = { 0, 1, 2, 15, 96 }; /* of powers of a normal */
  for (int k = 1; k < 5; k++) {
    (void)snprintf(name, sizeof name, "normals: moment %d", k);
    report_normal(name, (counts->power[k] / n - mean[k]) / sqrt(variance[k] / n));
  }
}

/* ---- the stream ---------------------------------------------------------------------------------------- */

static void run(uint64_t words, struct counts *counts)
{
  for (uint64_t n = 0; counts->words < words; n++) {
    const int row = (int)(n % ROWS), set = (int)(n / ROWS % DRAW_SETS), block = (int)(n / ROWS / DRAW_SETS);
    uint32_t word[BLOCK], other[BLOCK];
    words_at(1, set, block, row, word);
    count_words(counts, word);
    count_normals(counts, word);
    count_pairs(counts->pair[0], word, word, 1);
    count_pairs(counts->pair[1], word, word, COUNTERS);
    if (row % YEARS + 1 < YEARS) {
      words_at(1, set, block, row + 1, other);
      count_pairs(counts->pair[2], word, other, 0);
    }
    if (row + YEARS < ROWS) {
      words_at(1, set, block, row + YEARS, other);
      count_pairs(counts->pair[3], word, other, 0);
    }
    words_at(1, set, block + 1, row, other);
    count_pairs(counts->pair[4], word, other, 0);
    words_at(1, set + 1, block, row, other);
    count_pairs(counts->pair[5], word, other, 0);
  }
}

static void write_words(void)
{
  for (uint64_t n = 0;; n++) {
    uint32_t word[BLOCK];
    words_at(1, (int)(n / ROWS % DRAW_SETS), (int)(n / ROWS / DRAW_SETS), (int)(n % ROWS), word);
    if (fwrite(word, sizeof word, 1, stdout) != 1) {
      return;
    }
  }
}

int main(int argc, char **argv)
{
  if (argc == 2 && strcmp(argv[1], "raw") == 0) {
    write_words();
    return 0;
  }
  const uint64_t words = argc == 2 ? strtoull(argv[1], NULL, 10) : 0;
  struct counts *counts = calloc(1, sizeof *counts);
  if (words == 0 || counts == NULL) {
    fputs("usage: mc_battery WORDS | raw\n", stderr);
    free(counts);
    return 2;
  }
  run(words, counts);
  report_all(counts);
  free(counts);
  printf("least of them, either way: %.2g\n", least);
  return least < 1e-6;
}
