/* asked.c: what is asked of every future: gap, reserves, what is unfunded, the four dates, how much more reserves would
 * have been needed, and how it stands beside the first scenario.
 *
 * (1) What is left: usable reserves at the end of a year less all that is unfunded by then; it goes on falling where
 *     reserves cannot.
 * (2) Needed at the start, for no unfunded gap: the greatest shortfall of what may be drawn above floors, over the
 *     years; below zero it is what could have been spared.
 * (3) Needed in the General Fund at the start, for it never to close below its minimum: worked back from the last year,
 *     since what a year must open with is what it must close with and what it pays.  More of other reserves spares
 *     it draws, but would not raise it to a minimum above it.
 * (4) Interest on the difference is left out, and what planned uses would take of it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mc/council.h"
#include "mc/kernels.h"

#include <string.h>

struct asked asked_of(const struct plan *plan)
{
  const int n = plan->n_years;
  return (struct asked){ .n_years = n,
                         .gap = 0,
                         .usable = n,
                         .unfunded = 2 * n,
                         .need = 2 * n + 1,
                         .versus = 2 * n + 1 + N_FEARS,
                         .left = 2 * n + 2 + N_FEARS,
                         .n_quantities = 2 * n + 3 + N_FEARS,
                         .left_by = 2 * n + 3 + N_FEARS,
                         .n_rows = 3 * n + 3 + N_FEARS,
                         .n_counters = N_COUNTS * N_DATES * n + 2 };
}

/* Rule 2: what may be drawn above floors. */
static void spare(const struct council *c, const struct projection *p, int n_lanes, int year, double *above)
{
  const struct future_kernels *kernels = KERNELS_CHOSEN(future_kernels);
  const struct plan *plan = c->plan;
  memset(above, 0, (size_t)n_lanes * sizeof *above);
  for (int d = 0; d <= plan->n_draw; d++) {
    const int r = d < plan->n_draw ? plan->draw[d] : plan->general_fund;
    if (r >= 0) {
      kernels->above(n_lanes, projection_reserve_closing(p, r, year),
                     projection_input(p, plan->reserve[r].input + 1, year), above);
    }
  }
}

/* Rule 3 */
static void fund_needed(const struct council *c, const struct projection *p, int n_years, int n_lanes, double *need)
{
  const struct future_kernels *kernels = KERNELS_CHOSEN(future_kernels);
  const int fund = c->plan->general_fund;
  memset(need, 0, (size_t)n_lanes * sizeof *need);
  for (int y = n_years - 1; fund >= 0 && y >= 0; y--) {
    const struct fund_year year = { .closing = projection_reserve_closing(p, fund, y),
                                    .floor = projection_input(p, c->plan->reserve[fund].input + 1, y),
                                    .minimum = projection_measure(p, M_MINIMUM, y),
                                    .used = projection_working(p, WORKING_USED, fund, y),
                                    .unfunded = projection_measure(p, M_UNFUNDED, y) };
    kernels->fund_needed(n_lanes, &year, y == n_years - 1, need);
  }
  kernels->pence(n_lanes, need, need);
}

static void needs(const struct asked *a, const struct council *c, const struct projection *p, int from, int n_lanes,
                  double *const *rows)
{
  const struct future_kernels *kernels = KERNELS_CHOSEN(future_kernels);
  double above[LANES], unfunded[LANES] = { 0 };
  for (int y = 0; y < a->n_years; y++) {
    spare(c, p, n_lanes, y, above);
    kernels->left_by(n_lanes, projection_measure(p, M_UNFUNDED, y), rows[a->usable + y] + from, unfunded,
                     rows[a->left_by + y] + from); /* Rule 1 */
    kernels->most_needed(n_lanes, unfunded, above, y == 0, rows[a->need + FEAR_UNFUNDED] + from);
  }
  fund_needed(c, p, a->n_years, n_lanes, rows[a->need + FEAR_BELOW_MINIMUM] + from);
  kernels->pence(n_lanes, unfunded, rows[a->unfunded] + from);
}

void asked_answer(const struct asked *a, const struct council *c, const struct projection *p, int from, int n_lanes,
                  const double *const *reference, double *const *rows)
{
  const struct future_kernels *kernels = KERNELS_CHOSEN(future_kernels);
  for (int y = 0; y < a->n_years; y++) {
    kernels->pence(n_lanes, projection_measure(p, M_GAP, y), rows[a->gap + y] + from);
    kernels->pence(n_lanes, projection_measure(p, M_USABLE_CLOSING, y), rows[a->usable + y] + from);
  }
  needs(a, c, p, from, n_lanes, rows);
  for (int i = from; i < from + n_lanes; i++) {
    rows[a->left][i] = rows[a->left_by + a->n_years - 1][i];
    rows[a->versus][i] = rows[a->left][i] - reference[a->left][i];
  }
}

/* Of LANES bytes that are 0 or 1: eight sums side by side, then of the eight. */
static uint64_t count_bytes(const uint8_t *at)
{
  uint64_t eight = 0;
  for (int i = 0; i < LANES; i += 8) {
    uint64_t next;
    memcpy(&next, at + i, sizeof next);
    eight += next;
  }
  const uint64_t low = 0x00FF00FF00FF00FFu, pairs = (eight & low) + ((eight >> 8) & low);
  return pairs * 0x0001000100010001u >> 48;
}
_Static_assert(LANES / 8 <= 255, "a sum of bytes is a byte");

/* The same to the pound is the same. */
static void count_versus(const struct asked *a, const double *versus, int n_lanes, uint64_t *n)
{
  const double pound = 100.0;
  uint64_t better = 0, worse = 0;
  for (int i = 0; i < n_lanes; i++) {
    better += versus[i] >= pound;
    worse += versus[i] <= -pound;
  }
  n[counter_better(a)] += better;
  n[counter_same(a)] += (uint64_t)n_lanes - better - worse;
}

void asked_count(const struct asked *a, const struct council *c, const struct projection *p, int from, int n_lanes,
                 const double *const *rows, uint64_t *n)
{
  uint8_t at[LANES], by[LANES];
  count_versus(a, rows[a->versus] + from, n_lanes, n);
  for (int d = 0; d < N_DATES; d++) {
    uint64_t before = 0;
    memset(by, 0, sizeof by);
    for (int y = 0; y < a->n_years && date_can_be_known(c->plan, (enum date)d); y++) {
      projection_date(p, (enum date)d, y, at);
      memset(at + n_lanes, 0, sizeof at - (size_t)n_lanes); /* lanes that are not asked for */
      for (int i = 0; i < LANES; i++) {
        by[i] |= at[i];
      }
      const uint64_t now = count_bytes(by);
      n[counter_of(a, FIRST, (enum date)d, y)] += now - before;
      n[counter_of(a, BY, (enum date)d, y)] += now;
      n[counter_of(a, AT, (enum date)d, y)] += count_bytes(at);
      before = now;
    }
  }
}

void asked_dates(const struct asked *a, const struct council *c, const struct projection *p, int n_lanes,
                 int32_t *first)
{
  uint8_t at[DRAW_BLOCK];
  for (int d = 0; d < N_DATES; d++) {
    int32_t *date = first + (size_t)d * (size_t)n_lanes;
    for (int i = 0; i < n_lanes; i++) {
      date[i] = DATE_NOT_IN_HORIZON;
    }
    for (int y = a->n_years - 1; y >= 0 && date_can_be_known(c->plan, (enum date)d); y--) {
      projection_date(p, (enum date)d, y, at);
      for (int i = 0; i < n_lanes; i++) {
        date[i] = at[i] != 0 ? y : date[i];
      }
    }
  }
}
