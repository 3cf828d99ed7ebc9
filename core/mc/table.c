/* table.c: piecewise straight inverse distributions.
 *
 * (1) A piece is a 32nd of an octave of the nearer tail's chance, from 2^-33 up to a half; below the median and
 *     above it have pieces of their own.
 * (2) A piece has the slope of its chord and is moved so that its mean is that of the curve (Simpson's rule):
 *     means come out right however coarse the pieces.
 * (3) Numbers are kept as floats, 6e-8 of themselves: a library of mathematics that differs in the last bit of
 *     a double from one processor to another does not show.
 * (4) A beta's quantiles come from its distribution at points a twelfth of an octave apart or closer, by cubic
 *     Hermite interpolation with the density's reciprocal as slope. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/inside.h"

#include <math.h>

enum { PER_OCTAVE = 1 << PIECES_BITS, MOST_POINTS = 640 };
static const double least = 0x1p-33;

/* The lower tail of a beta: chances descending from a half. */
struct curve {
  int n, at;
  double chance[MOST_POINTS], x[MOST_POINTS], slope[MOST_POINTS];
};

/* Rule 4. */
static void curve_trace(struct curve *curve, double a, double b)
{
  double x = beta_median(a, b);
  curve->n = curve->at = 0;
  for (double chance = 0.5; curve->n < MOST_POINTS; curve->n++) {
    const double density = beta_density(x, a, b);
    if (!(chance > 0.0 && density > 0.0 && isfinite(density))) {
      return;
    }
    curve->chance[curve->n] = chance;
    curve->x[curve->n] = x;
    curve->slope[curve->n] = 1.0 / density;
    if (chance < least) {
      curve->n++;
      return;
    }
    double step = chance / density / 16.0; /* a twelfth of an octave, where the density stays what it is */
    step = step < x / 16.0 ? step : x / 16.0;
    x -= step;
    chance = beta_below(x, a, b);
  }
}

static double curve_at(struct curve *curve, double chance)
{
  while (curve->at + 2 < curve->n && curve->chance[curve->at + 1] >= chance) {
    curve->at++;
  }
  while (curve->at > 0 && curve->chance[curve->at] < chance) {
    curve->at--;
  }
  const int i = curve->at;
  if (i + 1 >= curve->n || chance < curve->chance[curve->n - 1]) { /* beyond what was traced: down to 0 in a line */
    return curve->n > 0 ? curve->x[curve->n - 1] * chance / curve->chance[curve->n - 1] : 0.0;
  }
  const double h = curve->chance[i] - curve->chance[i + 1], u = (chance - curve->chance[i + 1]) / h;
  const double v = 1.0 - u;
  return curve->x[i + 1] * v * v * (1.0 + 2.0 * u) + curve->slope[i + 1] * h * u * v * v +
         curve->x[i] * u * u * (1.0 + 2.0 * v) - curve->slope[i] * h * u * u * v;
}

/* The quantile whose tail, lower or upper, has that chance. */
static double quantile(const struct shape *shape, struct curve *curve, bool upper, double chance)
{
  if (shape->family == MARGINAL_BETA) {
    const double x = curve_at(curve, chance);
    return upper ? 1.0 - x : x;
  }
  const double score = upper ? score_of_tail(chance) : -score_of_tail(chance);
  if (shape->family == MARGINAL_NORMAL) {
    return score;
  }
  return shape->mirrored ? -exp(-shape->a * score) : exp(shape->a * score);
}

void table_build(const struct shape *shape, struct quantile_table *table)
{
  struct curve curve = { .n = 0 };
  for (int side = 0; side < 2; side++) {
    const bool upper = side == 1;
    if (shape->family == MARGINAL_BETA) {
      curve_trace(&curve, upper ? shape->b : shape->a, upper ? shape->a : shape->b);
    }
    double high = 0.5, at_high = quantile(shape, &curve, upper, high);
    for (int piece = PIECES - 1; piece >= 0; piece--) { /* rule 1 */
      const double octave = ldexp(least, piece / PER_OCTAVE);
      const double low = octave * (1.0 + (double)(piece % PER_OCTAVE) / PER_OCTAVE);
      const double at_low = quantile(shape, &curve, upper, low);
      const double at_middle = quantile(shape, &curve, upper, 0.5 * (low + high));
      const double slope = (at_high - at_low) / (high - low);
      const double shift = (4.0 * at_middle - 2.0 * at_low - 2.0 * at_high) / 6.0; /* rule 2 */
      float *at = table->piece[side * PIECES + piece];
      at[1] = (float)slope; /* rule 3 */
      at[0] = (float)(at_low - (double)at[1] * low + shift);
      high = low;
      at_high = at_low;
    }
  }
}

/* The chord of the tail's chance over each step of the score, moved as rule 2 says. */
void score_table_build(struct score_table *table)
{
  const double width = 1.0 / SCORE_STEPS;
  double at_low = 0.5;
  for (int piece = 0; piece < SCORE_PIECES; piece++) {
    const double low = (double)piece * width, at_high = tail_of_score(low + width);
    const double shift = (4.0 * tail_of_score(low + 0.5 * width) - 2.0 * at_low - 2.0 * at_high) / 6.0;
    float *at = table->piece[piece];
    at[1] = (float)((at_high - at_low) / width);
    at[0] = (float)(at_low - (double)at[1] * low + shift);
    at_low = at_high;
  }
}
