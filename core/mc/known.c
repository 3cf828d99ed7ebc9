/* known.c: what the tallies of one scenario say, each with its standard error. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/council.h"

#include <math.h>
#include <stdlib.h>

const double quantile_chance[N_QUANTILES] = { 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95 };
const double confidence_level[N_CONFIDENCES] = { 0.50, 0.60, 0.70, 0.80, 0.85, 0.90, 0.95, 0.99 };

static const double worst = 0.95; /* the worst 5 of 100 futures lie above */

/* Where nothing is drawn no draw is missing. */
static struct estimate drawn(const struct council *c, struct estimate e)
{
  return c->n_variables > 0 ? e : (struct estimate){ e.value, 0.0 };
}

static struct spread spread_of(const struct council *c, const struct tallied *t, int quantity, double plan)
{
  struct spread out = { .mean = tally_mean(t->plan, t->tally, quantity),
                        .sd = tally_sd(t->plan, t->tally, quantity),
                        .plan = plan,
                        .plan_place = drawn(c, tally_chance_at_most(t->plan, t->tally, quantity, plan)) };
  tally_quantiles(t->plan, t->tally, quantity, N_QUANTILES, quantile_chance, out.quantile);
  return out;
}

static void fill_dates(const struct council *c, const struct asked *a, const struct tallied *t, struct simulated *out)
{
  for (int d = 0; d < N_DATES; d++) {
    out->date_known[d] = date_can_be_known(c->plan, (enum date)d);
    for (int y = 0; y < a->n_years; y++) {
      out->first[d][y] = drawn(c, tally_chance(t->plan, t->tally, counter_of(a, FIRST, (enum date)d, y)));
      out->by[d][y] = drawn(c, tally_chance(t->plan, t->tally, counter_of(a, BY, (enum date)d, y)));
      out->at[d][y] = drawn(c, tally_chance(t->plan, t->tally, counter_of(a, AT, (enum date)d, y)));
    }
  }
}

static void fill_reserves(const struct council *c, const struct asked *a, const struct tallied *t,
                          const double opening[N_FEARS], struct simulated *out)
{
  out->fear_known[FEAR_BELOW_MINIMUM] = date_can_be_known(c->plan, DATE_BELOW_MINIMUM);
  out->fear_known[FEAR_UNFUNDED] = date_can_be_known(c->plan, DATE_FIRST_UNFUNDED);
  for (int fear = 0; fear < N_FEARS; fear++) {
    tally_quantiles(t->plan, t->tally, a->need + fear, N_CONFIDENCES, confidence_level, out->reserves_for[fear]);
    for (int l = 0; l < N_CONFIDENCES; l++) {
      out->reserves_for[fear][l].value += opening[fear];
    }
  }
}

static void fill_versus(const struct council *c, const struct asked *a, const struct tallied *t, struct versus *out)
{
  out->better = drawn(c, tally_chance(t->plan, t->tally, counter_better(a)));
  out->same = drawn(c, tally_chance(t->plan, t->tally, counter_same(a)));
  out->mean = tally_mean(t->plan, t->tally, a->versus);
  tally_quantiles(t->plan, t->tally, a->versus, N_QUANTILES, quantile_chance, out->quantile);
}

/* ---- shares of the variance ---------------------------------------------------------------------------- */

/* Of one set, or of all, into share[variable], then those of all savings and what is left over. */
static void shares_of_set(const struct council *c, const struct tallied *t, int driven, int set, double *share)
{
  const int n = c->n_variables;
  share[n + 1] =
      tally_shares(t->shares_plan, c->draws, t->shares, driven, set, t->still + (size_t)driven * (size_t)n, share);
  share[n] = 0.0;
  for (int v = 0; v < n; v++) {
    share[n] += c->drawn[v].saving >= 0 ? share[v] : 0.0;
  }
}

/* Errors from the spread of the sets, as all others. */
static bool fill_shares(const struct council *c, const struct tallied *t, int driven, struct simulated *out)
{
  const int n = c->n_variables;
  double *share = calloc(3 * ((size_t)n + 2), sizeof *share);
  if (share == NULL) {
    return false;
  }
  double *mean = share + n + 2, *square = mean + n + 2;
  for (int set = 0; set < DRAW_SETS; set++) {
    shares_of_set(c, t, driven, set, share);
    for (int i = 0; i < n + 2; i++) {
      const double away = share[i] - mean[i];
      mean[i] += away / (set + 1);
      square[i] += away * (share[i] - mean[i]);
    }
  }
  shares_of_set(c, t, driven, ALL_SETS, share);
  for (int i = 0; i < n + 2; i++) {
    struct estimate *known = i < n ? &out->share[driven][i] : i == n ? &out->savings[driven] : &out->left_over[driven];
    *known = (struct estimate){ share[i], sqrt(square[i] / (DRAW_SETS - 1) / DRAW_SETS) };
  }
  free(share);
  return true;
}

/* ---- all of it ----------------------------------------------------------------------------------------- */

bool known_fill(const struct council *c, const struct asked *a, const struct tallied *t, const double opening[N_FEARS],
                struct simulated *out)
{
  double unfunded = 0.0;
  for (int y = 0; y < a->n_years; y++) {
    out->gap[y] = spread_of(c, t, a->gap + y, (double)out->plan.measure[M_GAP][y]);
    out->usable[y] = spread_of(c, t, a->usable + y, (double)out->plan.measure[M_USABLE_CLOSING][y]);
    unfunded += (double)out->plan.measure[M_UNFUNDED][y];
  }
  out->unfunded = spread_of(c, t, a->unfunded, unfunded);
  out->unfunded_worst = tally_mean_above(t->plan, t->tally, a->unfunded, worst);
  fill_dates(c, a, t, out);
  fill_reserves(c, a, t, opening, out);
  fill_versus(c, a, t, &out->versus);
  bool fine = true;
  for (int k = 0; k < N_DRIVEN; k++) {
    fine = fine && fill_shares(c, t, k, out);
  }
  return fine;
}
