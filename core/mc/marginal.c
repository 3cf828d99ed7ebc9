/* marginal.c: distributions of one input's departure from the plan: what may be asked for, means, spreads and
 * quantiles.  The door to GSL's distributions.
 *
 * (1) pert is the beta from low to high with a = 1 + 4 (mode - low) / (high - low) and b = 1 + 4 (high - mode)
 *     / (high - low): its mean is (low + 4 mode + high) / 6.
 * (2) lognormal has its peak at mode and, itself rather than its logarithm, that sd.  With w the exponential of
 *     the variance of the logarithm, w^3 (w - 1) = (sd / mode)^2.  A mode below 0 mirrors it: it is never above
 *     0 then.
 * (3) A chance of nothing puts that chance on 0, between what is below 0 and what is above. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/inside.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

const char *marginal_word(enum marginal_kind kind)
{
  static const char *const words[] = {
#define MARGINAL_WORD(name, word, meaning) word,
    MARGINAL_MAP(MARGINAL_WORD)
#undef MARGINAL_WORD
  };
  return words[kind];
}

/* ---- what may be asked for ----------------------------------------------------------------------------- */

static const char *delay_fault(const struct marginal *m)
{
  double sum = 0.0;
  if (m->n_steps < 1 || m->n_steps > MOST_STEPS) {
    return "has from 1 to 16 values";
  }
  for (int i = 0; i < m->n_steps; i++) {
    if (!isfinite(m->step[i]) || (i > 0 && !(m->step[i] > m->step[i - 1]))) {
      return "has values that do not ascend";
    }
    if (!(m->step_chance[i] >= 0.0)) {
      return "has a chance below 0";
    }
    sum += m->step_chance[i];
  }
  return fabs(sum - 1.0) <= 1e-9 ? NULL : "has chances that do not add to 1";
}

const char *marginal_fault(const struct marginal *m)
{
  const bool ranged = m->kind == MARGINAL_TRIANGULAR || m->kind == MARGINAL_PERT;
  const bool spread = m->kind == MARGINAL_NORMAL || m->kind == MARGINAL_LOGNORMAL;
  if (!(m->chance >= 0.0 && m->chance <= 1.0)) {
    return "has a chance that is not from 0 to 1";
  }
  if (!isfinite(m->sd) || !isfinite(m->low) || !isfinite(m->mode) || !isfinite(m->high) || !isfinite(m->a) ||
      !isfinite(m->b)) {
    return "is made of numbers that are not finite";
  }
  if (spread && m->sd < 0.0) {
    return "has a standard deviation below 0";
  }
  if (m->kind == MARGINAL_LOGNORMAL && m->mode == 0.0) {
    return "has its mode at 0, where a lognormal has none";
  }
  if (ranged && (m->low > m->mode || m->mode > m->high)) {
    return "wants low, then mode, then high";
  }
  if (m->kind == MARGINAL_BETA && (m->low > m->high || m->a <= 0.0 || m->b <= 0.0)) {
    return "wants low, then high, and a and b above 0";
  }
  return m->kind == MARGINAL_DELAY ? delay_fault(m) : NULL;
}

/* ---- GSL ----------------------------------------------------------------------------------------------- */

double beta_below(double x, double a, double b)
{
  return gsl_cdf_beta_P(x, a, b);
}

double beta_density(double x, double a, double b)
{
  return gsl_ran_beta_pdf(x, a, b);
}

double beta_median(double a, double b)
{
  return gsl_cdf_beta_Pinv(0.5, a, b);
}

double score_of_tail(double chance)
{
  return gsl_cdf_ugaussian_Qinv(chance);
}

double tail_of_score(double score)
{
  return gsl_cdf_ugaussian_Q(score);
}

/* ---- rules 1 and 2 ------------------------------------------------------------------------------------- */

void pert_shape(const struct marginal *m, double *a, double *b)
{
  *a = m->kind == MARGINAL_BETA ? m->a : 1.0 + 4.0 * (m->mode - m->low) / (m->high - m->low);
  *b = m->kind == MARGINAL_BETA ? m->b : 1.0 + 4.0 * (m->high - m->mode) / (m->high - m->low);
}

void lognormal_shape(const struct marginal *m, double *mu, double *sigma)
{
  const double ratio = m->sd / m->mode, wanted = ratio * ratio;
  double w = 1.0 + wanted; /* beyond the answer, and the function is convex: Newton comes down to it */
  for (int i = 0; i < 200; i++) {
    const double step = (w * w * w * (w - 1.0) - wanted) / (w * w * (4.0 * w - 3.0));
    w -= step;
    if (!(step > 1e-16 * w)) {
      break;
    }
  }
  const double variance = log1p(w - 1.0);
  *sigma = sqrt(variance);
  *mu = log(fabs(m->mode)) + variance;
}

/* ---- without the chance of nothing --------------------------------------------------------------------- */

static double triangle_below(const struct marginal *m, double x)
{
  const double width = m->high - m->low;
  if (x <= m->low || x >= m->high) {
    return x <= m->low ? 0.0 : 1.0;
  }
  return x <= m->mode ? (x - m->low) * (x - m->low) / (width * (m->mode - m->low))
                      : 1.0 - (m->high - x) * (m->high - x) / (width * (m->high - m->mode));
}

double marginal_below_zero(const struct marginal *m)
{
  double a, b;
  switch (m->kind) {
  case MARGINAL_NORMAL:
    return 0.5;
  case MARGINAL_TRIANGULAR:
    return triangle_below(m, 0.0);
  case MARGINAL_PERT:
  case MARGINAL_BETA:
    if (m->low >= 0.0 || m->high <= 0.0) {
      return m->low >= 0.0 ? 0.0 : 1.0;
    }
    pert_shape(m, &a, &b);
    return gsl_cdf_beta_P(-m->low / (m->high - m->low), a, b);
  default:
    return m->mode < 0.0 ? 1.0 : 0.0;
  }
}

static double triangle_quantile(const struct marginal *m, double p)
{
  const double width = m->high - m->low;
  return p * width <= m->mode - m->low ? m->low + sqrt(p * width * (m->mode - m->low))
                                       : m->high - sqrt((1.0 - p) * width * (m->high - m->mode));
}

static double steps_quantile(const struct marginal *m, double p)
{
  double below = 0.0;
  for (int i = 0; i < m->n_steps - 1; i++) {
    below += m->step_chance[i];
    if (p < below) {
      return m->step[i];
    }
  }
  return m->step[m->n_steps - 1];
}

static double whole_quantile(const struct marginal *m, double p)
{
  double a, b;
  const bool ranged = m->kind == MARGINAL_TRIANGULAR || m->kind == MARGINAL_PERT || m->kind == MARGINAL_BETA;
  if (ranged && m->low == m->high) {
    return m->low;
  }
  switch (m->kind) {
  case MARGINAL_NORMAL:
    return m->sd * gsl_cdf_ugaussian_Pinv(p);
  case MARGINAL_TRIANGULAR:
    return triangle_quantile(m, p);
  case MARGINAL_PERT:
  case MARGINAL_BETA:
    pert_shape(m, &a, &b);
    return m->low + (m->high - m->low) * gsl_cdf_beta_Pinv(p, a, b);
  case MARGINAL_LOGNORMAL:
    lognormal_shape(m, &a, &b);
    return m->mode > 0.0 ? exp(a + b * gsl_cdf_ugaussian_Pinv(p)) : -exp(a + b * gsl_cdf_ugaussian_Qinv(p));
  case MARGINAL_DELAY:
    return steps_quantile(m, p);
  default:
    return m->mode;
  }
}

static void whole_moments(const struct marginal *m, double *mean, double *variance)
{
  const double width = m->high - m->low;
  double a = 0.0, b = 0.0;
  *mean = *variance = 0.0;
  switch (m->kind) {
  case MARGINAL_NORMAL:
    *variance = m->sd * m->sd;
    break;
  case MARGINAL_TRIANGULAR:
    *mean = (m->low + m->mode + m->high) / 3.0;
    *variance = (width * width - (m->mode - m->low) * (m->high - m->mode)) / 18.0;
    break;
  case MARGINAL_PERT:
  case MARGINAL_BETA:
    if (width > 0.0) {
      pert_shape(m, &a, &b);
      *mean = a / (a + b) * width;
      *variance = width * width * a * b / ((a + b) * (a + b) * (a + b + 1.0));
    }
    *mean += m->low;
    break;
  case MARGINAL_LOGNORMAL:
    lognormal_shape(m, &a, &b);
    *mean = copysign(exp(a + b * b / 2.0), m->mode);
    *variance = m->sd * m->sd;
    break;
  case MARGINAL_DELAY:
    for (int i = 0; i < m->n_steps; i++) {
      *mean += m->step_chance[i] * m->step[i];
    }
    for (int i = 0; i < m->n_steps; i++) {
      *variance += m->step_chance[i] * (m->step[i] - *mean) * (m->step[i] - *mean);
    }
    break;
  default:
    *mean = m->mode;
  }
}

/* ---- rule 3 -------------------------------------------------------------------------------------------- */

static double nothing(const struct marginal *m)
{
  return m->kind == MARGINAL_EVENT ? 1.0 - m->chance : m->chance;
}

double marginal_quantile(const struct marginal *m, double p)
{
  const double none = nothing(m), some = 1.0 - none;
  if (none <= 0.0 || m->kind == MARGINAL_DELAY) {
    return none >= 1.0 ? 0.0 : whole_quantile(m, p);
  }
  const double below = some * marginal_below_zero(m);
  if (p >= below && p < below + none) {
    return 0.0;
  }
  return whole_quantile(m, (p < below ? p : p - none) / some);
}

double marginal_mean(const struct marginal *m)
{
  double mean, variance;
  whole_moments(m, &mean, &variance);
  return (1.0 - nothing(m)) * mean;
}

double marginal_sd(const struct marginal *m)
{
  const double none = nothing(m);
  double mean, variance;
  whole_moments(m, &mean, &variance);
  return sqrt((1.0 - none) * (variance + none * mean * mean));
}
