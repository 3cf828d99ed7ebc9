/* small_plan.h: a council small enough to work out on paper, for the tests of scenarios; five years from 2026/27.
 *
 * Pay of 1,000,000 grows by 3% a year, 100 clients cost 1,000 each, MRP is 50,000, and a grant of 1,200,000 pays for
 * it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_TESTS_SMALL_PLAN_H
#define HEADROOM_TESTS_SMALL_PLAN_H

#include "host/scenarios.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { SMALL_YEARS = 5 };

static inline void small_fill(struct series *series, double value)
{
  for (int y = 0; y < SMALL_YEARS; y++) {
    series->filled[y] = true;
    series->cell[y] = value;
  }
  series->has_base = true;
  series->base = value;
}

static inline struct line small_line(const char *id, enum line_class class, enum line_form form, double sign)
{
  struct line line = { .id = id,
                       .label = id,
                       .class = class,
                       .form = form,
                       .recurring = true,
                       .sign = sign,
                       .last_year = MAX_YEARS,
                       .ring = "" };
  line.amount.grain = 1.0;
  line.number.grain = line.unit_cost.grain = 0.01;
  return line;
}

static inline void small_lines(struct plan *plan)
{
  static const int pay[] = { 0 };
  static const char *const staff[] = { "staff" };
  static struct line lines[5];
  lines[0] = small_line("E01", LINE_PAY, FORM_ROLL, 1.0);
  lines[0].amount.n_drivers = 1;
  lines[0].amount.driver = pay;
  lines[0].amount.has_base = true;
  lines[0].amount.base = 1000000.0;
  lines[0].n_tags = 1;
  lines[0].tag = staff;
  lines[1] = small_line("E05", LINE_CARE, FORM_UNITS, 1.0);
  small_fill(&lines[1].number, 100.0);
  small_fill(&lines[1].unit_cost, 1000.0);
  lines[2] = small_line("E10", LINE_MRP, FORM_LEVEL, 1.0);
  small_fill(&lines[2].amount, 50000.0);
  lines[3] = small_line("E14", LINE_PRESSURE, FORM_LEVEL, 1.0);
  lines[3].recurring = false;
  lines[4] = small_line("F01", LINE_GRANT, FORM_LEVEL, -1.0);
  small_fill(&lines[4].amount, -1200000.0);
  plan->line = lines;
  plan->n_lines = 5;
}

static inline void small_capital(struct plan *plan)
{
  static struct receipt receipts[1];
  receipts[0] = (struct receipt){ .id = "land",
                                  .asset = "Land at the station",
                                  .certainty = "planned",
                                  .amount = 1000000.0,
                                  .to_debt = 0.4,
                                  .life = 25,
                                  .rate = 0.05 };
  plan->receipt = receipts;
  plan->n_receipts = 1;
}

static inline void small_reserves(struct plan *plan)
{
  static struct movement movements[2][1];
  static struct reserve reserves[2];
  memset(movements, 0, sizeof movements);
  movements[0][0] = movements[1][0] = (struct movement){ .for_revenue = true, .contribution_line = -1 };
  reserves[0] = (struct reserve){ .id = "gf",
                                  .label = "General Fund",
                                  .class = RESERVE_GENERAL_FUND,
                                  .opening = 500000.0,
                                  .n_movements = 1,
                                  .movement = movements[0] };
  reserves[1] = (struct reserve){ .id = "R1",
                                  .label = "Smoothing",
                                  .class = RESERVE_SMOOTHING,
                                  .opening = 300000.0,
                                  .draw_order = 1,
                                  .n_movements = 1,
                                  .movement = movements[1] };
  plan->reserve = reserves;
  plan->n_reserves = 2;
}

static inline void small_savings(struct plan *plan)
{
  static struct saving savings[2];
  memset(savings, 0, sizeof savings);
  savings[0] = (struct saving){ .id = "S1",
                                .label = "Digital",
                                .owner = "",
                                .maturity = "",
                                .line = -1,
                                .recurring = true,
                                .rag = RAG_AMBER,
                                .cost_from = -1 };
  savings[1] = savings[0];
  savings[1].id = "S2";
  savings[1].rag = RAG_GREEN;
  for (int y = 0; y < SMALL_YEARS; y++) {
    savings[0].value[y] = 100000.0, savings[0].delivery[y] = 0.7;
    savings[1].value[y] = 40000.0, savings[1].delivery[y] = 0.95;
  }
  plan->saving = savings;
  plan->n_savings = 2;
}

/* The folder's arena, findings and plan; nothing was read from disk. */
static inline void small_folder_in(struct folder *folder, const struct allocator *allocator)
{
  static struct driver drivers[3];
  memset(folder, 0, sizeof *folder);
  arena_init(&folder->arena, allocator);
  findings_init(&folder->findings, &folder->arena);
  struct plan *plan = &folder->plan;
  *plan = (struct plan){ .arena = &folder->arena,
                         .folder_id = "small",
                         .name = "Small",
                         .ons_code = "E06000000",
                         .pence_per_unit = 100000000,
                         .money = "GBP million",
                         .first_year = 2026,
                         .n_years = SMALL_YEARS,
                         .has_mtfp = true,
                         .surplus_to = -1,
                         .flexible_use_last_year = 2029,
                         .override_last_year = 2027 };
  drivers[0] = (struct driver){ .id = "pay", .label = "Pay award", .class = DRIVER_PAY, .follows = -1 };
  drivers[1] = (struct driver){ .id = "cpi", .label = "Prices", .class = DRIVER_PRICE, .follows = -1 };
  drivers[2] = (struct driver){ .id = "pay_fire", .label = "Firefighters", .class = DRIVER_PAY, .follows = -1 };
  for (int y = 0; y < SMALL_YEARS; y++) {
    drivers[0].points[y] = 0.03;
    drivers[1].points[y] = 0.02;
    drivers[2].points[y] = 0.03;
  }
  plan->driver = drivers;
  plan->n_drivers = 3;
  small_lines(plan);
  small_capital(plan);
  small_reserves(plan);
  small_savings(plan);
  assert_int_equal(plan_finish(plan), STATUS_OK);
}

static inline void small_folder(struct folder *folder)
{
  small_folder_in(folder, NULL);
}

static inline int small_input(const struct plan *plan, const char *address, struct arena *arena)
{
  struct input_list list;
  assert_null(inputs_match(plan, address, true, arena, &list));
  assert_int_equal(list.count, 1);
  return list.input[0];
}

/* Both numbers, equal to the last bit of what is printed; NaN is equal to nothing. */
#define assert_same(a, b)                            \
  do {                                               \
    const double left_ = (a), right_ = (b);          \
    if (!(left_ == right_)) {                        \
      fail_msg("%.17g is not %.17g", left_, right_); \
    }                                                \
  } while (0)

#endif
