/* test_mc_aim.c: draws aimed at what matters: still normal and independent, even where it counts, and untouched
 * elsewhere. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "mc/mc.h"

#include <gsl/gsl_cdf.h>
#include <string.h>

enum { NORMALS = 6, UNIFORMS = 3, SHOCKS = NORMALS + UNIFORMS, BLOCKS = 16 };

/* Normals n0 to n5; u0 and u1 that matter; u2 that does not. */
static struct draws *made(uint64_t seed, bool plain)
{
  static const char *const name[] = { "n0", "n1", "n2", "n3", "n4", "n5", "u0", "u1", "u2" };
  struct variable variable[SHOCKS];
  struct draws *draws = NULL;
  struct error error;
  for (int i = 0; i < SHOCKS; i++) {
    variable[i] = (struct variable){ name[i], { .kind = MARGINAL_TRIANGULAR, .low = -1, .high = 1 }, 0 };
    if (i < NORMALS) {
      variable[i].marginal = (struct marginal){ .kind = MARGINAL_NORMAL, .sd = 1 };
    }
  }
  const struct draws_plan plan = { seed, plain, 1, SHOCKS, 0, variable, NULL };
  assert_int_equal(draws_new(&plan, &draws, &error), STATUS_OK);
  assert_int_equal(draws_shocks(draws), SHOCKS);
  return draws;
}

/* Two outputs: n0 + 2 n1 + u0 and n1 - n2 + n3 / 2 + 3 u1. */
static const double weight[2][SHOCKS] = { { 1, 2, 0, 0, 0, 0, 1, 0, 0 }, { 0, 1, -1, 0.5, 0, 0, 0, 3, 0 } };

static void aim(struct draws *draws)
{
  static _Alignas(64) double shock[SHOCKS * DRAW_PITCH];
  double output[2 * 2 * SHOCKS];
  struct error error;
  const int lanes = draws_aim_lanes(draws);
  assert_int_equal(lanes, 2 * SHOCKS);
  draws_aim_shock(draws, 0, shock);
  for (int o = 0; o < 2; o++) {
    for (int lane = 0; lane < lanes; lane++) {
      output[o * lanes + lane] = 0.0;
      for (int i = 0; i < SHOCKS; i++) {
        output[o * lanes + lane] += weight[o][i] * shock[i * DRAW_PITCH + lane];
      }
    }
  }
  assert_int_equal(draws_aim(draws, 2, output, &error), STATUS_OK);
}

static void what_moves_nothing_keeps_its_draws(void **state)
{
  (void)state;
  static _Alignas(64) double aimed[SHOCKS * DRAW_PITCH], plain[SHOCKS * DRAW_PITCH];
  struct draws *draws = made(9, false);
  draws_shock(draws, 3, 7, plain);
  aim(draws);
  draws_shock(draws, 3, 7, aimed);
  for (int i = 0; i < SHOCKS; i++) {
    const bool moved =
        memcmp(aimed + (size_t)i * DRAW_PITCH, plain + (size_t)i * DRAW_PITCH, DRAW_BLOCK * sizeof *aimed) != 0;
    assert_int_equal(moved, weight[0][i] != 0.0 || weight[1][i] != 0.0);
  }
  draws_free(draws);
}

static void plain_draws_are_not_aimed(void **state)
{
  (void)state;
  static _Alignas(64) double before[SHOCKS * DRAW_PITCH], after[SHOCKS * DRAW_PITCH];
  struct draws *draws = made(9, true);
  const double output[2 * SHOCKS] = { 1.0 };
  struct error error;
  assert_int_equal(draws_aim_lanes(draws), 0);
  draws_shock(draws, 0, 0, before);
  assert_int_equal(draws_aim(draws, 1, output, &error), STATUS_OK);
  draws_shock(draws, 0, 0, after);
  assert_memory_equal(before, after, sizeof before);
  draws_free(draws);
}

/* Means, variances, products and the share in the tails, over all 131,072 draws; five plain standard errors. */
static void aimed_shocks_are_normal_and_independent(void **state)
{
  (void)state;
  static _Alignas(64) double shock[SHOCKS * DRAW_PITCH];
  const int n = DRAW_SETS * BLOCKS * DRAW_BLOCK;
  const double five = 5.0 / sqrt(n);
  double mean[SHOCKS] = { 0 }, product[SHOCKS][SHOCKS] = { { 0 } }, tail[SHOCKS] = { 0 };
  struct draws *draws = made(10, false);
  aim(draws);
  for (int k = 0; k < DRAW_SETS * BLOCKS; k++) {
    draws_shock(draws, k % DRAW_SETS, k / DRAW_SETS, shock);
    for (int i = 0; i < SHOCKS; i++) {
      const double unit = i < NORMALS ? 1.0 : sqrt(12.0), edge = i < NORMALS ? 1.96 : 0.475;
      for (int lane = 0; lane < DRAW_BLOCK; lane++) {
        const double x = shock[i * DRAW_PITCH + lane];
        mean[i] += unit * x / n;
        tail[i] += fabs(x) > edge ? 1.0 / n : 0.0;
        for (int j = 0; j < SHOCKS; j++) {
          product[i][j] += unit * x * shock[j * DRAW_PITCH + lane] * (j < NORMALS ? 1.0 : sqrt(12.0)) / n;
        }
      }
    }
  }
  for (int i = 0; i < SHOCKS; i++) {
    assert_close(mean[i], 0.0, five);
    assert_close(tail[i], 0.05, five * sqrt(0.05 * 0.95));
    for (int j = 0; j < SHOCKS; j++) {
      assert_close(product[i][j], i == j ? 1.0 : 0.0, five * (i == j ? sqrt(2.0) : 1.0));
    }
  }
  draws_free(draws);
}

/* Each set has 8,192 points of the first output's direction: one in each 8,192nd of it. */
static void the_first_direction_is_cut_evenly(void **state)
{
  (void)state;
  static _Alignas(64) double shock[SHOCKS * DRAW_PITCH];
  static char seen[BLOCKS * DRAW_BLOCK];
  struct draws *draws = made(11, false);
  aim(draws);
  for (int set = 0; set < DRAW_SETS; set++) {
    memset(seen, 0, sizeof seen);
    for (int block = 0; block < BLOCKS; block++) {
      draws_shock(draws, set, block, shock);
      for (int lane = 0; lane < DRAW_BLOCK; lane++) {
        const double along = (shock[lane] + 2.0 * shock[DRAW_PITCH + lane]) / sqrt(5.0);
        const int cell = (int)(gsl_cdf_ugaussian_P(along) * BLOCKS * DRAW_BLOCK);
        assert_int_equal(seen[cell], 0);
        seen[cell] = 1;
      }
    }
  }
  draws_free(draws);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_moves_nothing_keeps_its_draws),
    cmocka_unit_test(plain_draws_are_not_aimed),
    cmocka_unit_test(aimed_shocks_are_normal_and_independent),
    cmocka_unit_test(the_first_direction_is_cut_evenly),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
