/* test_mc_correlation.c: which correlations can hold, the nearest that can, and draws that have those asked for. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support.h"

#include "mc/mc.h"

#include <string.h>

/* ---- what can hold ------------------------------------------------------------------------------------- */

static void three_that_pull_apart_cannot_hold(void **state)
{
  (void)state;
  /* a with b, b with c, but a against c: 1 + 2abc - a^2 - b^2 - c^2 is below 0 at 0.9, 0.9, -0.9, above at 0.4 */
  const struct correlation apart[] = { { 0, 1, 0.9 }, { 1, 2, 0.9 }, { 0, 2, -0.9 } };
  const struct correlation mild[] = { { 0, 1, 0.4 }, { 1, 2, 0.4 }, { 0, 2, -0.4 } };
  assert_false(correlations_hold(3, 3, apart));
  assert_true(correlations_hold(3, 3, mild));
  assert_true(correlations_hold(3, 0, NULL));
}

static void the_edge_holds(void **state)
{
  (void)state;
  const struct correlation one[] = { { 0, 1, 1.0 } }, minus_one[] = { { 0, 1, -1.0 } };
  const struct correlation half[] = { { 0, 1, -0.5 }, { 1, 2, -0.5 }, { 0, 2, -0.5 } }; /* three that add to 0 */
  const struct correlation beyond[] = { { 0, 1, -0.501 }, { 1, 2, -0.501 }, { 0, 2, -0.501 } };
  assert_true(correlations_hold(2, 1, one));
  assert_true(correlations_hold(2, 1, minus_one));
  assert_true(correlations_hold(3, 3, half));
  assert_false(correlations_hold(3, 3, beyond));
}

/* The example of Higham (2002), section 4: 1 1 0 / 1 1 1 / 0 1 1 has 0.7607 and 0.1573 nearest to it. */
static void the_nearest_is_the_published_one(void **state)
{
  (void)state;
  const struct correlation asked[] = { { 5, 2, 1.0 }, { 2, 7, 1.0 } };
  struct correlation *offered = NULL;
  struct error error;
  int n = 0;
  assert_int_equal(correlations_nearest(9, 2, asked, &offered, &n, &error), STATUS_OK);
  assert_int_equal(n, 3);
  for (int k = 0; k < n; k++) {
    const bool ends = offered[k].a == 5 && offered[k].b == 7;
    assert_true(ends || offered[k].a == 2);
    assert_close(offered[k].coefficient, ends ? 0.1573 : 0.7607, 0.0015);
    assert_close(offered[k].coefficient * 1000.0, round(offered[k].coefficient * 1000.0), 1e-9);
  }
  assert_true(correlations_hold(9, n, offered));
  free(offered);
}

static void what_holds_is_its_own_nearest(void **state)
{
  (void)state;
  const struct correlation asked[] = { { 0, 1, 0.5 }, { 1, 2, -0.25 } };
  struct correlation *offered = NULL;
  struct error error;
  int n = 0;
  assert_int_equal(correlations_nearest(3, 2, asked, &offered, &n, &error), STATUS_OK);
  assert_int_equal(n, 2);
  assert_close(offered[0].coefficient, 0.5, 1e-12);
  assert_close(offered[1].coefficient, -0.25, 1e-12);
  free(offered);
}

static void what_is_offered_holds_whatever_was_asked(void **state)
{
  (void)state;
  uint64_t mixed = 1;
  for (int run = 0; run < 40; run++) {
    struct correlation asked[28];
    int count = 0;
    for (int i = 0; i < 8; i++) {
      for (int j = i + 1; j < 8; j++) {
        mixed = mixed * 6364136223846793005u + 1442695040888963407u;
        asked[count++] = (struct correlation){ i, j, (double)(mixed >> 33) / 1073741824.0 - 1.0 };
      }
    }
    struct correlation *offered = NULL;
    struct error error;
    int n = 0;
    assert_false(correlations_hold(8, count, asked));
    assert_int_equal(correlations_nearest(8, count, asked, &offered, &n, &error), STATUS_OK);
    assert_true(n > 0 && correlations_hold(8, n, offered));
    free(offered);
  }
}

/* ---- what is drawn ------------------------------------------------------------------------------------- */

enum { VARIABLES = 4, YEARS = 3, ROWS = VARIABLES * YEARS, BLOCKS = 8, DRAWN = DRAW_SETS * BLOCKS * DRAW_BLOCK };
enum { D, C = YEARS, B = C + YEARS, A = B + YEARS }; /* first rows of the variables below */

/* Correlations of all rows with all, by plain draws of normals. */
static void correlations_of(const struct draws_plan *plan, double out[ROWS][ROWS])
{
  struct draws *draws = NULL;
  struct error error;
  assert_int_equal(draws_new(plan, &draws, &error), STATUS_OK);
  double *shock = aligned_alloc(64, (size_t)draws_shocks(draws) * DRAW_PITCH * sizeof *shock);
  double *work = aligned_alloc(64, draws_work(draws) * sizeof *work), *row[ROWS];
  double *value = aligned_alloc(64, sizeof(double[ROWS * DRAW_BLOCK]));
  double mean[ROWS] = { 0 };
  assert_true(shock != NULL && work != NULL && value != NULL);
  memset(out, 0, sizeof(double[ROWS][ROWS]));
  for (int i = 0; i < ROWS; i++) {
    row[i] = value + (size_t)i * DRAW_BLOCK;
  }
  for (int n = 0; n < DRAW_SETS * BLOCKS; n++) {
    draws_shock(draws, n % DRAW_SETS, n / DRAW_SETS, shock);
    draws_values(draws, shock, work, row);
    for (int i = 0; i < ROWS; i++) {
      for (int lane = 0; lane < DRAW_BLOCK; lane++) {
        mean[i] += row[i][lane] / DRAWN;
        for (int j = 0; j < ROWS; j++) {
          out[i][j] += row[i][lane] * row[j][lane] / DRAWN;
        }
      }
    }
  }
  for (int i = 0; i < ROWS; i++) {
    assert_close(mean[i], 0.0, 5.0 / sqrt(DRAWN));
  }
  free(shock);
  free(work);
  free(value);
  draws_free(draws);
}

/* Five standard errors of a correlation from 65,536 draws, or of a variance. */
static void rows_move_together_as_asked(void **state)
{
  (void)state;
  const struct marginal unit = { .kind = MARGINAL_NORMAL, .sd = 1.0 };
  const struct variable variable[VARIABLES] = {
    { "d", unit, 0.6 }, { "c", unit, 0.6 }, { "b", unit, 0.0 }, { "a", unit, 1.0 }
  };
  const struct correlation pair[] = { { 0, 1, 0.7 }, { 0, 2, -0.4 }, { 1, 3, 0.5 } };
  double found[ROWS][ROWS];
  correlations_of(&(struct draws_plan){ 3, true, YEARS, VARIABLES, 3, variable, pair }, found);
  const double five = 5.0 / sqrt(DRAWN);
  for (int t = 0; t < YEARS; t++) {
    for (int i = 0; i < VARIABLES; i++) {
      assert_close(found[i * YEARS + t][i * YEARS + t], 1.0, 1.5 * five);
    }
    assert_close(found[D + t][C + t], 0.7, five);
    assert_close(found[C + t][B + t], 0.0, five);
  }
  assert_close(found[D][B], -0.4, five);
  assert_close(found[C][A], 0.5, five);
  assert_close(found[D][D + 1], 0.6, five); /* of d with itself a year and two years on */
  assert_close(found[D][D + 2], 0.36, five);
  assert_close(found[D][C + 1], 0.7 * 0.6, five);
  assert_close(found[B][B + 1], 0.0, five);            /* b starts afresh */
  assert_close(found[D + 1][B + 1], -0.4 * 0.8, five); /* of what is new: sqrt(1 - 0.6^2) = 0.8 */
  assert_close(found[C + 1][A + 1], 0.5 * 0.6, five);  /* a is drawn in the first year alone */
  assert_close(found[A][A + 2], 1.0, 1.5 * five);
}

static void a_correlation_of_one_is_one_draw(void **state)
{
  (void)state;
  const struct marginal unit = { .kind = MARGINAL_NORMAL, .sd = 1.0 };
  const struct variable variable[VARIABLES] = {
    { "a", unit, 0 }, { "b", unit, 0 }, { "c", unit, 0 }, { "d", unit, 0 }
  };
  const struct correlation pair[] = { { 0, 1, 1.0 }, { 2, 1, -1.0 }, { 0, 2, -1.0 } };
  double found[ROWS][ROWS];
  correlations_of(&(struct draws_plan){ 3, true, YEARS, VARIABLES, 3, variable, pair }, found);
  for (int t = 0; t < YEARS; t++) {
    assert_close(found[t][YEARS + t], found[t][t], 1e-12);
    assert_close(found[t][2 * YEARS + t], -found[t][t], 1e-12);
  }
}

static void what_cannot_be_drawn_is_refused(void **state)
{
  (void)state;
  const struct marginal unit = { .kind = MARGINAL_NORMAL, .sd = 1.0 };
  const struct variable variable[] = { { "a", unit, 0 }, { "b", unit, 0 }, { "c", unit, 0 } };
  const struct variable same[] = { { "a", unit, 0 }, { "a", unit, 0 } };
  const struct variable wide[] = { { "a", unit, 1.5 } };
  const struct variable backwards[] = { { "a", { .kind = MARGINAL_PERT, .low = 1, .mode = 0, .high = 2 }, 0 } };
  const struct correlation apart[] = { { 0, 1, 0.9 }, { 1, 2, 0.9 }, { 0, 2, -0.9 } };
  struct draws *draws;
  struct error error;
  assert_int_equal(draws_new(&(struct draws_plan){ 1, true, 1, 3, 3, variable, apart }, &draws, &error), STATUS_DATA);
  assert_string_equal(error.text, "The correlations cannot all hold at once");
  assert_int_equal(draws_new(&(struct draws_plan){ 1, true, 1, 2, 0, same, NULL }, &draws, &error), STATUS_DATA);
  assert_string_equal(error.text, "a is drawn twice");
  assert_int_equal(draws_new(&(struct draws_plan){ 1, true, 1, 1, 0, wide, NULL }, &draws, &error), STATUS_DATA);
  assert_string_equal(error.text, "a: a persistence is from 0 to 1");
  assert_int_equal(draws_new(&(struct draws_plan){ 1, true, 1, 1, 0, backwards, NULL }, &draws, &error), STATUS_DATA);
  assert_string_equal(error.text, "a: pert wants low, then mode, then high");
  assert_null(draws);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(three_that_pull_apart_cannot_hold),        cmocka_unit_test(the_edge_holds),
    cmocka_unit_test(the_nearest_is_the_published_one),         cmocka_unit_test(what_holds_is_its_own_nearest),
    cmocka_unit_test(what_is_offered_holds_whatever_was_asked), cmocka_unit_test(rows_move_together_as_asked),
    cmocka_unit_test(a_correlation_of_one_is_one_draw),         cmocka_unit_test(what_cannot_be_drawn_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
