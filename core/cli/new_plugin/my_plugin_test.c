/* my_plugin_test.c: what my_plugin adds to a plan, against sums worked out by hand: one row of the table a case. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>

#include <stdio.h>

enum { YEARS = 3, STRIDE = 8 };

/* Year by year: the parameter given, the rise in prices that the plan expects, and what must be added to it. */
static const struct {
  const char *what;
  double more[YEARS], planned[YEARS], expected[YEARS];
} table[] = {
  { "a quarter more", { 0.25, 0.25, 0.25 }, { 0.020, 0.024, 0.032 }, { 0.005, 0.006, 0.008 } },   /* Rule 1 */
  { "half more, one year", { 0.0, 0.5, 0.0 }, { 0.020, 0.020, 0.020 }, { 0.0, 0.010, 0.0 } },     /* Rule 1 */
  { "half of it missing", { -0.5, -0.5, -0.5 }, { 0.020, 0.030, 0.0 }, { -0.010, -0.015, 0.0 } }, /* Rule 1 */
  { "no rise to enlarge", { 0.25, 0.25, 0.25 }, { -0.010, 0.0, 0.020 }, { 0.0, 0.0, 0.005 } },    /* Rule 2 */
  { "neutral changes nothing", { 0.0, 0.0, 0.0 }, { 0.020, 0.024, 0.032 }, { 0.0, 0.0, 0.0 } },
};
enum { CASES = sizeof table / sizeof table[0] };

static int is_close(double a, double b)
{
  return a - b < 1e-12 && b - a < 1e-12;
}

/* Stands in for the host: one series in the one slot, the same future in every lane. */
static int check_case(int c)
{
  static _Alignas(64) double more[YEARS][STRIDE], in[YEARS][STRIDE], out[YEARS][STRIDE];
  const double *more_rows[YEARS], *in_rows[YEARS];
  double *out_rows[YEARS];
  for (int y = 0; y < YEARS; y++) {
    more_rows[y] = more[y];
    in_rows[y] = in[y];
    out_rows[y] = out[y];
    for (int i = 0; i < STRIDE; i++) {
      more[y][i] = table[c].more[y];
      in[y][i] = table[c].planned[y];
      out[y][i] = 0.0;
    }
  }
  const uint32_t count = 1;
  const struct hr_setup setup = { .size = sizeof setup,
                                  .n_years = YEARS,
                                  .first_year = 2026,
                                  .max_lanes = STRIDE,
                                  .council = "",
                                  .instance = "test",
                                  .count = &count };
  const struct hr_rows slot = { in_rows, out_rows, count, 0 };
  struct hr_error error = { .size = sizeof error, .year = -1, .lane = -1 };
  const struct hr_batch batch = { .size = sizeof batch,
                                  .n_years = YEARS,
                                  .n_lanes = STRIDE,
                                  .stride = STRIDE,
                                  .setup = &setup,
                                  .param = more_rows,
                                  .slot = &slot,
                                  .err = &error };
  int wrong = headroom_plugin_v1(0)->apply(0, &batch) != HR_OK;
  for (int y = 0; y < YEARS; y++) {
    for (int i = 0; i < STRIDE; i++) {
      wrong += !is_close(out[y][i], table[c].expected[y]);
    }
    printf("%s, year %d: %g on top of %g, expected %g\n", table[c].what, y + 1, out[y][0], in[y][0],
           table[c].expected[y]);
  }
  return wrong;
}

int main(void)
{
  int wrong = 0;
  for (int c = 0; c < CASES; c++) {
    wrong += check_case(c);
  }
  printf(wrong == 0 ? "all as expected\n" : "NOT as expected\n");
  return wrong != 0;
}
