/* test_mc_tally.c: what is counted, and what counts say, against arithmetic by hand. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "mc/mc.h"

#include <string.h>

enum { BINS = 4096 };

static uint64_t *empty(const struct tally_plan *plan)
{
  uint64_t *tally = calloc(tally_size(plan), sizeof *tally);
  assert_non_null(tally);
  return tally;
}

static void add(const struct tally_plan *plan, uint64_t *tally, int set, int lanes, const double *row)
{
  tally_block(plan, tally, set, lanes, &row, NULL);
}

/* ---- ranges -------------------------------------------------------------------------------------------- */

static void a_range_reaches_half_as_far_again(void **state)
{
  (void)state;
  double value[101];
  for (int i = 0; i < 101; i++) {
    value[i] = (i * 37 % 101) * 1000.0; /* 0 to 100,000 in no order */
  }
  const struct tally_range range = tally_range(value, 101, BINS);
  assert_close(range.width, 49.0, 0.0); /* 200,000 over 4,095, rounded up */
  assert_true(range.low <= -49000.0 && range.low > -51000.0);
  assert_true(range.low + range.width * BINS >= 149000.0);
  assert_close(fmod(range.often - range.low, range.width), 0.0, 0.0);
}

static void what_many_share_begins_a_bin(void **state)
{
  (void)state;
  double value[1000];
  for (int i = 0; i < 1000; i++) {
    value[i] = i < 300 ? 5000001.0 : 5000001.0 + 7919.0 * i;
  }
  const struct tally_range range = tally_range(value, 1000, BINS);
  assert_close(range.often, 5000001.0, 0.0);
  assert_close(fmod(range.often - range.low, range.width), 0.0, 0.0);
}

/* ---- estimates ----------------------------------------------------------------------------------------- */

static void what_never_varies_is_told_to_the_unit(void **state)
{
  (void)state;
  double pilot[4] = { 11633056, 11633056, 11633056, 11633056 }, row[DRAW_BLOCK];
  const struct tally_range range = tally_range(pilot, 4, BINS);
  const struct tally_plan plan = { .n_quantities = 1, .n_bins = BINS, .range = &range };
  uint64_t *tally = empty(&plan);
  for (int i = 0; i < DRAW_BLOCK; i++) {
    row[i] = 11633056;
  }
  for (int set = 0; set < DRAW_SETS; set++) {
    add(&plan, tally, set, DRAW_BLOCK, row);
  }
  static const double chance[] = { 0.001, 0.05, 0.5, 0.95, 0.999 };
  for (size_t i = 0; i < COUNT_OF(chance); i++) {
    const struct estimate quantile = tally_quantile(&plan, tally, 0, chance[i]);
    assert_close(quantile.value, 11633056, 0.0);
    assert_close(quantile.error, 0.0, 0.0);
  }
  assert_close(tally_mean(&plan, tally, 0).value, 11633056, 0.0);
  assert_close(tally_mean(&plan, tally, 0).error, 0.0, 0.0);
  assert_close(tally_sd(&plan, tally, 0), 0.0, 1e-3);
  assert_close(tally_mean_below(&plan, tally, 0, 0.05).value, 11633056, 1e-6);
  free(tally);
}

/* Every set holds 1 to 512 once, in bins one wide. */
static void what_is_even_has_the_quantiles_of_a_ladder(void **state)
{
  (void)state;
  const struct tally_range range = { .low = -100.0, .width = 1.0, .often = -100.0 };
  const struct tally_plan plan = { .n_counters = 1, .n_quantities = 1, .n_bins = BINS, .range = &range };
  uint64_t *tally = empty(&plan);
  double row[DRAW_BLOCK];
  for (int i = 0; i < DRAW_BLOCK; i++) {
    row[i] = i * 5 % DRAW_BLOCK + 1;
  }
  for (int set = 0; set < DRAW_SETS; set++) {
    add(&plan, tally, set, DRAW_BLOCK, row);
    tally_count(&plan, tally, set, 0, 64);
  }
  assert_int_equal(tally_draws(&plan, tally), 16 * 512);
  assert_close(tally_quantile(&plan, tally, 0, 0.5).value, 256.0, 0.0);
  assert_close(tally_quantile(&plan, tally, 0, 0.125).value, 64.0, 0.0);
  assert_close(tally_quantile(&plan, tally, 0, 0.999).value, 512.0, 0.0);
  assert_close(tally_mean(&plan, tally, 0).value, 256.5, 0.0);
  assert_close(tally_sd(&plan, tally, 0), sqrt((512.0 * 512.0 - 1.0) / 12.0), 1e-4);
  assert_close(tally_mean_below(&plan, tally, 0, 0.25).value, 64.5, 1e-9);
  assert_close(tally_mean_above(&plan, tally, 0, 0.75).value, 448.5, 1e-9);
  assert_close(tally_chance_at_most(&plan, tally, 0, 128.0).value, 0.25, 1e-12);
  assert_close(tally_chance_at_most(&plan, tally, 0, 127.9).value, 127.0 / 512.0, 1e-12);
  assert_close(tally_chance(&plan, tally, 0).value, 0.125, 0.0);
  assert_close(tally_chance(&plan, tally, 0).error, 1.0 / 512.0 / sqrt(12.0 * 16.0), 1e-12); /* the grid alone */
  assert_int_equal(tally_outside(&plan, tally, 0), 0);
  free(tally);
}

/* Set s holds 100 s: the sets' means are 0 to 1,500, with a sample variance of 100^2 * 16 * 17 / 12. */
static void errors_come_from_the_spread_of_the_sets(void **state)
{
  (void)state;
  const struct tally_range range = { .low = -100.0, .width = 1.0, .often = -100.0 };
  const struct tally_plan plan = { .n_counters = 1, .n_quantities = 1, .n_bins = BINS, .range = &range };
  uint64_t *tally = empty(&plan);
  double row[DRAW_BLOCK];
  for (int set = 0; set < DRAW_SETS; set++) {
    for (int i = 0; i < DRAW_BLOCK; i++) {
      row[i] = 100.0 * set;
    }
    add(&plan, tally, set, DRAW_BLOCK, row);
    tally_count(&plan, tally, set, 0, set % 2 == 0 ? 0 : 512);
  }
  const struct estimate mean = tally_mean(&plan, tally, 0), chance = tally_chance(&plan, tally, 0);
  assert_close(mean.value, 750.0, 0.0);
  assert_close(mean.error, 100.0 * sqrt(16.0 * 17.0 / 12.0 / 16.0), 1e-9);
  assert_close(chance.value, 0.5, 0.0);
  assert_close(chance.error, sqrt(16.0 * 0.25 / 15.0 / 16.0 + 1.0 / (512.0 * 512.0 * 12.0 * 16.0)), 1e-12);
  free(tally);
}

static void what_lies_outside_is_counted_at_the_ends(void **state)
{
  (void)state;
  const struct tally_range range = { .low = 0.0, .width = 10.0, .often = 0.0 };
  const struct tally_plan plan = { .n_quantities = 1, .n_bins = BINS, .range = &range };
  uint64_t *tally = empty(&plan);
  const double row[8] = { -1.0, -1e12, 0.0, 9.0, 10.0, 40959.0, 40960.0, 1e12 };
  add(&plan, tally, 4, 8, row);
  assert_int_equal(tally_outside(&plan, tally, 0), 4);
  assert_close(tally_chance_at_most(&plan, tally, 0, 9.0).value, 0.5, 1e-12); /* -1, -1e12, 0, 9 */
  assert_close(tally_mean(&plan, tally, 0).value, (-1.0 + 9.0 + 10.0 + 40959.0 + 40960.0) / 8.0, 1e-9);
  assert_close(tally_mean_above(&plan, tally, 0, 0.75).value, (40960.0 + 1e12) / 2.0, 5.0); /* half a bin */
  assert_close(tally_mean_below(&plan, tally, 0, 0.25).value, (-1.0 - 1e12) / 2.0, 5.0);
  assert_true(tally_mean(&plan, tally, 0).error > 1e300); /* one set has no spread */
  free(tally);
}

/* 0 in 60 of 100 draws, 1,700,003 in 25, 3,000,017 in 15; bins are some hundreds wide, and begin at none but 0. */
static void a_few_values_are_all_exact(void **state)
{
  (void)state;
  double pilot[1000], row[DRAW_BLOCK];
  for (int i = 0; i < 1000; i++) {
    pilot[i] = i % 20 < 12 ? 0.0 : i % 20 < 17 ? 1700003.0 : 3000017.0;
  }
  memcpy(row, pilot, sizeof row);
  const struct tally_range range = tally_range(pilot, 1000, BINS);
  const struct tally_plan plan = { .n_quantities = 1, .n_bins = BINS, .range = &range };
  uint64_t *tally = empty(&plan);
  for (int set = 0; set < DRAW_SETS; set++) {
    add(&plan, tally, set, 500, row);
  }
  assert_true(range.width > 100.0);
  assert_close(tally_quantile(&plan, tally, 0, 0.5).value, 0.0, 0.0);
  assert_close(tally_quantile(&plan, tally, 0, 0.75).value, 1700003.0, 0.0);
  assert_close(tally_quantile(&plan, tally, 0, 0.95).value, 3000017.0, 0.0);
  assert_close(tally_quantile(&plan, tally, 0, 0.95).error, 0.0, 0.0);
  assert_close(tally_mean_above(&plan, tally, 0, 0.75).value, (0.1 * 1700003.0 + 0.15 * 3000017.0) / 0.25, 1e-6);
  assert_close(tally_chance_at_most(&plan, tally, 0, 1700003.0).value, 0.85, 1e-12);
  assert_close(tally_chance_at_most(&plan, tally, 0, 1700002.0).value, 0.6, 1e-12);
  free(tally);
}

/* Two values within one bin are told to the width of it, and no draw is moved to the other. */
static void values_in_one_bin_are_no_points(void **state)
{
  (void)state;
  double pilot[1000];
  for (int i = 0; i < 1000; i++) {
    pilot[i] = i % 10 < 6 ? 0.0 : i % 10 < 8 ? 3000017.0 : 3000018.0;
  }
  const struct tally_range range = tally_range(pilot, 1000, BINS);
  const double from = floor((3000017.0 - range.low) / range.width);
  assert_close(floor((3000018.0 - range.low) / range.width), from, 0.0);
  assert_int_equal(range.n_points, 0);
}

/* Half of the draws at a floor of 2,000,000, half spread over a million above it. */
static void a_value_that_many_share_is_exact_among_wide_bins(void **state)
{
  (void)state;
  double pilot[1024], row[DRAW_BLOCK];
  for (int i = 0; i < 1024; i++) {
    pilot[i] = i % 2 == 0 ? 2000000.0 : 2000000.0 + 977.0 * i;
  }
  memcpy(row, pilot, sizeof row);
  const struct tally_range range = tally_range(pilot, 1024, BINS);
  const struct tally_plan plan = { .n_quantities = 1, .n_bins = BINS, .range = &range };
  uint64_t *tally = empty(&plan);
  for (int set = 0; set < DRAW_SETS; set++) {
    add(&plan, tally, set, DRAW_BLOCK, row);
  }
  assert_true(range.width > 100.0);
  assert_close(tally_quantile(&plan, tally, 0, 0.05).value, 2000000.0, 0.0);
  assert_close(tally_quantile(&plan, tally, 0, 0.4999).value, 2000000.0, 0.0);
  assert_close(tally_quantile(&plan, tally, 0, 0.75).value, 2000000.0 + 977.0 * 255.0, 977.0 * 2.0);
  assert_close(tally_chance_at_most(&plan, tally, 0, 2000000.0).value, 0.5, 1e-3);
  free(tally);
}

/* ---- merging ------------------------------------------------------------------------------------------- */

static void parts_in_any_order_are_the_whole(void **state)
{
  (void)state;
  const struct tally_range range[] = { { .low = -5000.0, .width = 3.0, .often = 4.0 },
                                       { .low = 0.0, .width = 1.0, .often = 0.0 } };
  const double sd[] = { 250.0 };
  const struct tally_plan plan = { 2, 2, BINS, range, 1, 1, sd };
  uint64_t *whole = empty(&plan), *part[3] = { empty(&plan), empty(&plan), empty(&plan) }, *sum = empty(&plan);
  for (int n = 0; n < 48; n++) {
    double first[DRAW_BLOCK], second[DRAW_BLOCK];
    for (int i = 0; i < DRAW_BLOCK; i++) {
      first[i] = (i * 7919 + n * 104729) % 12000 - 6000;
      second[i] = (i * 31 + n) % 4000;
    }
    const double *const quantity[] = { first, second }, *const factor[] = { second };
    const int set = n % DRAW_SETS, lanes = n % 5 == 0 ? 100 + n : DRAW_BLOCK;
    tally_block(&plan, whole, set, lanes, quantity, factor);
    tally_block(&plan, part[n * 5 % 3], set, lanes, quantity, factor);
    tally_count(&plan, whole, set, n % 2, (uint64_t)n);
    tally_count(&plan, part[n * 5 % 3], set, n % 2, (uint64_t)n);
  }
  for (int i = 2; i >= 0; i--) {
    tally_add(sum, part[i], tally_size(&plan));
    free(part[i]);
  }
  assert_memory_equal(sum, whole, tally_size(&plan) * sizeof *sum);
  free(sum);
  free(whole);
}

static void every_level_counts_the_same(void **state)
{
  (void)state;
  const struct tally_range range = { .low = -5000.0, .width = 3.0, .often = 4.0 };
  const double sd[] = { 250.0 };
  const struct tally_plan plan = { 0, 1, BINS, &range, 1, 1, sd };
  uint64_t *tally[4] = { NULL };
  double row[DRAW_BLOCK], other[DRAW_BLOCK];
  for (int i = 0; i < DRAW_BLOCK; i++) {
    row[i] = (i * 7919) % 12000 - 6000;
    other[i] = (i * 31 % 4000) * 0.1;
  }
  const double *const quantity[] = { row }, *const factor[] = { other };
  for (int isa = ISA_PLAIN; isa <= ISA_V4; isa++) {
    if (isa_choose((enum isa)isa)) {
      tally[isa] = empty(&plan);
      for (int lanes = 1; lanes <= DRAW_BLOCK; lanes += 37) {
        tally_block(&plan, tally[isa], lanes % DRAW_SETS, lanes, quantity, factor);
      }
    }
  }
  for (int isa = ISA_V3; isa <= ISA_V4; isa++) {
    if (tally[isa] != NULL) {
      assert_memory_equal(tally[isa], tally[ISA_V2], tally_size(&plan) * sizeof **tally);
    }
  }
  for (int isa = ISA_PLAIN; isa <= ISA_V4; isa++) {
    free(tally[isa]);
  }
}

/* ---- shares -------------------------------------------------------------------------------------------- */

/* 3 a + 4 b, and c for nothing: 9 / 25, 16 / 25, 0.  Then the square of a, which no straight line sees. */
static void shares_are_the_squares_of_the_weights(void **state)
{
  (void)state;
  const struct variable variable[] = { { "c", { .kind = MARGINAL_NORMAL, .sd = 1 }, 0 },
                                       { "b", { .kind = MARGINAL_NORMAL, .sd = 4000 }, 0 },
                                       { "a", { .kind = MARGINAL_TRIANGULAR, .low = -1, .mode = 0, .high = 1 }, 0 } };
  struct draws *draws = NULL;
  struct error error;
  assert_int_equal(draws_new(&(struct draws_plan){ 5, true, 1, 3, 0, variable, NULL }, &draws, &error), STATUS_OK);
  static _Alignas(64) double shock[3 * DRAW_PITCH], work[64 * DRAW_BLOCK], value[3][DRAW_BLOCK];
  double *row[3] = { value[0], value[1], value[2] };
  double sd[3], sum[DRAW_BLOCK], square[DRAW_BLOCK], share[3];
  assert_true(draws_shocks(draws) == 3 && draws_work(draws) <= COUNT_OF(work));
  for (int k = 0; k < 3; k++) {
    sd[k] = draws_factor_sd(draws, k);
  }
  const struct tally_range range[] = { { .low = -40000.0, .width = 20.0, .often = -40000.0 },
                                       { .low = -1000.0, .width = 20.0, .often = -1000.0 } };
  const struct tally_plan plan = { 0, 2, BINS, range, 2, 3, sd };
  uint64_t *tally = empty(&plan);
  for (int n = 0; n < 64; n++) {
    const double *factor[3], *const quantity[] = { sum, square };
    draws_shock(draws, n % DRAW_SETS, n / DRAW_SETS, shock);
    draws_values(draws, shock, work, row);
    draws_factors(draws, shock, row, factor);
    for (int i = 0; i < DRAW_BLOCK; i++) {
      sum[i] = rint(3000.0 * sqrt(6.0) * row[2][i] + row[1][i]);
      square[i] = rint(10000.0 * row[2][i] * row[2][i]);
    }
    tally_block(&plan, tally, n % DRAW_SETS, DRAW_BLOCK, quantity, factor);
  }
  const double left = tally_shares(&plan, draws, tally, 0, ALL_SETS, NULL, share);
  assert_close(share[2], 0.36, 0.015); /* 32,768 draws */
  assert_close(share[1], 0.64, 0.015);
  assert_close(share[0], 0.0, 0.001);
  assert_close(left, 0.0, 0.02);
  assert_true(tally_shares(&plan, draws, tally, 1, ALL_SETS, NULL, share) > 0.99);
  free(tally);
  draws_free(draws);
}

/* y = a + b, correlated by 0.8: as they take part alike each has half, though a comes first by name.  c takes no part.
 */
static void correlated_variables_divide_what_they_have_in_common(void **state)
{
  (void)state;
  const struct marginal unit = { .kind = MARGINAL_NORMAL, .sd = 10000.0 };
  const struct variable variable[] = { { "a", unit, 0.5 }, { "b", unit, 0.5 }, { "c", unit, 1.0 } };
  const struct correlation pair[] = { { 0, 1, 0.8 } };
  struct draws *draws = NULL;
  struct error error;
  assert_int_equal(draws_new(&(struct draws_plan){ 5, true, 2, 3, 1, variable, pair }, &draws, &error), STATUS_OK);
  enum { SHOCKS = 5, ROWS = 6 };
  static _Alignas(64) double shock[SHOCKS * DRAW_PITCH], work[64 * DRAW_BLOCK], value[ROWS * DRAW_BLOCK];
  double *row[ROWS], sd[SHOCKS], sum[DRAW_BLOCK], share[3];
  assert_true(draws_shocks(draws) == SHOCKS && draws_work(draws) <= COUNT_OF(work));
  for (int i = 0; i < ROWS; i++) {
    row[i] = value + (size_t)i * DRAW_BLOCK;
  }
  for (int k = 0; k < SHOCKS; k++) {
    sd[k] = draws_factor_sd(draws, k);
  }
  const struct tally_range range = { .low = -200000.0, .width = 100.0, .often = 0.0 };
  const struct tally_plan plan = { 0, 1, BINS, &range, 1, SHOCKS, sd };
  uint64_t *tally = empty(&plan);
  for (int n = 0; n < 256; n++) {
    const double *factor[SHOCKS], *const quantity[] = { sum };
    draws_shock(draws, n % DRAW_SETS, n / DRAW_SETS, shock);
    draws_values(draws, shock, work, row);
    draws_factors(draws, shock, row, factor);
    for (int i = 0; i < DRAW_BLOCK; i++) {
      sum[i] = rint(row[1][i] + row[3][i]);
    }
    tally_block(&plan, tally, n % DRAW_SETS, DRAW_BLOCK, quantity, factor);
  }
  const double left = tally_shares(&plan, draws, tally, 0, ALL_SETS, NULL, share);
  assert_close(share[0], 0.5, 0.015); /* 131,072 draws */
  assert_close(share[1], 0.5, 0.015);
  assert_close(share[2], 0.0, 0.001);
  assert_close(left, 0.0, 0.01);
  free(tally);
  draws_free(draws);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_range_reaches_half_as_far_again),
    cmocka_unit_test(what_many_share_begins_a_bin),
    cmocka_unit_test(what_never_varies_is_told_to_the_unit),
    cmocka_unit_test(a_few_values_are_all_exact),
    cmocka_unit_test(values_in_one_bin_are_no_points),
    cmocka_unit_test(what_is_even_has_the_quantiles_of_a_ladder),
    cmocka_unit_test(errors_come_from_the_spread_of_the_sets),
    cmocka_unit_test(what_lies_outside_is_counted_at_the_ends),
    cmocka_unit_test(a_value_that_many_share_is_exact_among_wide_bins),
    cmocka_unit_test(parts_in_any_order_are_the_whole),
    cmocka_unit_test(every_level_counts_the_same),
    cmocka_unit_test(shares_are_the_squares_of_the_weights),
    cmocka_unit_test(correlated_variables_divide_what_they_have_in_common),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
