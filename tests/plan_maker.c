/* plan_maker.c: plans built in memory for tests. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan_maker.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROOM = 40 };

static void *room(struct arena *arena, size_t size)
{
  void *at = arena_array(arena, ROOM, size);
  if (at == NULL) {
    abort(); /* a test machine without memory tests nothing */
  }
  return at;
}

void plan_start(struct plan *plan, struct arena *arena, int n_years)
{
  *plan = (struct plan){ .arena = arena,
                         .folder_id = "made",
                         .name = "Made",
                         .ons_code = "",
                         .as_at = "",
                         .default_source = "",
                         .money = "GBP",
                         .signs = "budget",
                         .pence_per_unit = 100,
                         .first_year = 2026,
                         .n_years = n_years,
                         .has_mtfp = true,
                         .surplus_to = -1,
                         .collection_at_once = true,
                         .flexible_use_last_year = 2029,
                         .override_last_year = 2027 };
  plan->driver = room(arena, sizeof *plan->driver);
  plan->line = room(arena, sizeof *plan->line);
  plan->saving = room(arena, sizeof *plan->saving);
  plan->reserve = room(arena, sizeof *plan->reserve);
  plan->receipt = room(arena, sizeof *plan->receipt);
  plan->borrowing = room(arena, sizeof *plan->borrowing);
}

struct driver *plan_driver(struct plan *plan, const char *id, enum driver_class class, double rate)
{
  struct driver *driver = &plan->driver[plan->n_drivers++];
  *driver = (struct driver){ .id = id, .label = id, .class = class, .follows = -1 };
  for (int y = 0; y < plan->n_years; y++) {
    driver->points[y] = rate;
  }
  return driver;
}

static void fill(struct series *series, double value, int n_years)
{
  for (int y = 0; y < n_years; y++) {
    series->filled[y] = true;
    series->cell[y] = value;
  }
}

struct line *plan_line(struct plan *plan, const char *id, enum line_class class, enum line_form form, bool recurring,
                       double amount)
{
  struct line *line = &plan->line[plan->n_lines++];
  *line = (struct line){ .id = id,
                         .label = id,
                         .class = class,
                         .form = form,
                         .recurring = recurring,
                         .sign = class_is_cost(class) || class == LINE_INCOME ? 1.0 : -1.0,
                         .last_year = MAX_YEARS,
                         .ring = "" };
  if (!recurring) {
    fill(&line->one_off, amount, plan->n_years);
  } else if (form == FORM_LEVEL) {
    fill(&line->amount, amount, plan->n_years);
  } else if (form == FORM_ROLL) {
    line->amount.has_base = true;
    line->amount.base = amount;
  }
  return line;
}

void line_follows(struct plan *plan, struct line *line, int driver)
{
  int *list = arena_array(plan->arena, 1, sizeof *list);
  if (list == NULL) {
    abort();
  }
  *list = driver;
  line->amount.n_drivers = 1;
  line->amount.driver = list;
}

struct saving *plan_saving(struct plan *plan, const char *id, bool recurring, double value, double delivery)
{
  struct saving *saving = &plan->saving[plan->n_savings++];
  *saving = (struct saving){
    .id = id, .label = id, .owner = "", .maturity = "", .line = -1, .recurring = recurring, .cost_from = -1
  };
  for (int y = 0; y < plan->n_years; y++) {
    saving->value[y] = value;
    saving->delivery[y] = delivery;
  }
  return saving;
}

struct reserve *plan_reserve(struct plan *plan, const char *id, enum reserve_class class, double opening,
                             int draw_order)
{
  struct reserve *reserve = &plan->reserve[plan->n_reserves++];
  *reserve = (struct reserve){
    .id = id, .label = id, .class = class, .opening = opening, .draw_order = draw_order, .n_movements = 1
  };
  reserve->movement = arena_array(plan->arena, 1, sizeof *reserve->movement);
  if (reserve->movement == NULL) {
    abort();
  }
  *reserve->movement = (struct movement){ .for_revenue = class <= RESERVE_COMMITTED, .contribution_line = -1 };
  return reserve;
}

struct receipt *plan_receipt(struct plan *plan, const char *id, int year, double amount)
{
  struct receipt *receipt = &plan->receipt[plan->n_receipts++];
  *receipt = (struct receipt){ .id = id,
                               .asset = id,
                               .certainty = "contracted",
                               .year = year,
                               .amount = amount,
                               .eligible = true,
                               .life = 25,
                               .rate = 0.045 };
  return receipt;
}

static double smaller_of(double a, double b)
{
  return a < b ? a : b;
}

/* ---- random plans ---------------------------------------------------------------------------------------------------
 */

/* splitmix64: a few lines, and the same on every machine. */
static uint64_t draw(uint64_t *state)
{
  uint64_t z = *state += 0x9E3779B97F4A7C15u;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static int below(uint64_t *state, int n)
{
  return (int)(draw(state) % (uint64_t)n);
}

/* Whole pence from 0 to `most` pounds; mostly whole pounds. */
static double money(uint64_t *state, int most)
{
  const double pounds = (double)below(state, most);
  return below(state, 4) == 0 ? pounds + (double)below(state, 100) / 100.0 : pounds;
}

static const char *name(struct plan *plan, const char *prefix, int n)
{
  return arena_printf(plan->arena, "%s%d", prefix, n);
}

static void random_drivers(struct plan *plan, uint64_t *s)
{
  const int count = 1 + below(s, 5);
  for (int d = 0; d < count; d++) {
    struct driver *driver = plan_driver(plan, name(plan, "d", d), (enum driver_class)below(s, N_DRIVER_CLASSES), 0.0);
    for (int y = 0; y < plan->n_years; y++) {
      driver->points[y] = (double)(below(s, 1400) - 300) / 10000.0;
    }
    if (d > 0 && below(s, 4) == 0) {
      driver->follows = below(s, d);
      driver->has_cap = true;
      driver->cap = 0.05;
    }
  }
}

static void random_follow(struct plan *plan, struct line *line, uint64_t *s)
{
  if (below(s, 3) != 0) {
    line_follows(plan, line, below(s, plan->n_drivers));
  }
}

static void random_units(struct plan *plan, struct line *line, uint64_t *s)
{
  line->form = FORM_UNITS;
  fill(&line->number, (double)below(s, 900), plan->n_years);
  fill(&line->unit_cost, line->sign * money(s, 90000), plan->n_years);
}

static void random_share(struct plan *plan, struct line *line, uint64_t *s)
{
  int *of = arena_array(plan->arena, 1, sizeof *of);
  if (of == NULL) {
    abort();
  }
  *of = below(s, plan->n_lines - 1);
  line->form = FORM_SHARE;
  line->of = of;
  line->n_of = 1;
  fill(&line->percent, (double)(below(s, 2000) - 1000) / 10000.0, plan->n_years);
}

static void random_lines(struct plan *plan, uint64_t *s)
{
  static const enum line_class costs[] = { LINE_PAY, LINE_CONTRACT, LINE_CARE, LINE_PRESSURE, LINE_MRP, LINE_INCOME };
  static const enum line_class funding[] = { LINE_GRANT, LINE_OTHER_FUNDING };
  const int count = 3 + below(s, 9);
  for (int l = 0; l < count; l++) {
    const enum line_class class = costs[below(s, (int)COUNT_OF(costs))];
    const double sign = class == LINE_INCOME ? -1.0 : 1.0;
    const bool roll = below(s, 2) == 0, recurring = below(s, 5) != 0;
    struct line *line = plan_line(plan, name(plan, "c", l), class, roll && recurring ? FORM_ROLL : FORM_LEVEL,
                                  recurring, sign * money(s, 60000000));
    if (recurring) {
      random_follow(plan, line, s);
    }
    if (recurring && below(s, 5) == 0) {
      random_units(plan, line, s);
    } else if (recurring && l > 0 && below(s, 6) == 0) {
      random_share(plan, line, s);
    }
    line->ring = below(s, 12) == 0 ? "freeport" : "";
  }
  for (int l = 0; l < 3; l++) {
    struct line *line = plan_line(plan, name(plan, "f", l), funding[l % 2], FORM_LEVEL, true, -money(s, 90000000));
    random_follow(plan, line, s);
    line->last_year = below(s, 6) == 0 ? below(s, plan->n_years) : MAX_YEARS;
    for (int y = line->last_year + 1; y < plan->n_years; y++) {
      line->amount.cell[y] = 0.0;
    }
  }
}

static void random_savings(struct plan *plan, uint64_t *s)
{
  const int count = below(s, 6);
  for (int n = 0; n < count; n++) {
    struct saving *saving =
        plan_saving(plan, name(plan, "s", n), below(s, 4) != 0, money(s, 3000000), (double)below(s, 101) / 100.0);
    saving->rag = (enum rag)below(s, N_RAGS);
    if (n > 0 && below(s, 3) == 0) {
      int *parent = arena_array(plan->arena, 1, sizeof *parent);
      if (parent == NULL) {
        abort();
      }
      *parent = below(s, n);
      saving->depends = parent;
      saving->n_depends = 1;
    }
    if (below(s, 3) == 0) {
      saving->has_cost = true;
      saving->cost_funding = below(s, 2) == 0 ? COST_RECEIPTS : COST_REVENUE;
      saving->cost[below(s, plan->n_years)] = money(s, 900000);
    }
  }
}

static void random_reserves(struct plan *plan, uint64_t *s)
{
  plan_reserve(plan, "gf", RESERVE_GENERAL_FUND, money(s, 20000000), 0);
  const int drawn = below(s, 4);
  for (int r = 0; r < drawn; r++) {
    const enum reserve_class class = below(s, 2) == 0 ? RESERVE_SMOOTHING : RESERVE_IN_EXTREMIS;
    struct reserve *reserve = plan_reserve(plan, name(plan, "r", r), class, money(s, 15000000), drawn - r);
    reserve->floor = below(s, 3) == 0 ? smaller_of(reserve->opening, money(s, 2000000)) : 0.0;
    for (int y = 0; y < plan->n_years; y++) {
      reserve->movement->planned[y] = below(s, 4) == 0 ? money(s, 4000000) - 2000000.0 : 0.0;
    }
  }
  plan_reserve(plan, "ring", RESERVE_RING_FENCED, money(s, 5000000), 0);
  plan_reserve(plan, "held", RESERVE_COMMITTED, money(s, 5000000), 0);
  plan_reserve(plan, "dsg", RESERVE_DSG, -money(s, 20000000), 0);
  plan->surplus_to = below(s, 2) == 0 ? 0 : -1;
}

static void random_capital(struct plan *plan, uint64_t *s)
{
  const int count = below(s, 3);
  for (int r = 0; r < count; r++) {
    struct receipt *receipt = plan_receipt(plan, name(plan, "k", r), below(s, plan->n_years), money(s, 20000000));
    receipt->to_debt = (double)below(s, 50) / 100.0;
    receipt->to_flexible = (double)below(s, 50) / 100.0;
    receipt->in_plan = below(s, 2) == 0;
    receipt->method = below(s, 2) == 0 ? REPAY_STRAIGHT : REPAY_ANNUITY;
    receipt->interest = below(s, 2) == 0 ? INTEREST_LEVEL : INTEREST_REDUCING;
  }
  if (below(s, 2) == 0) {
    plan->borrowing[plan->n_borrowings++] = (struct borrowing){ .id = "loan",
                                                                .label = "Loan",
                                                                .year = below(s, plan->n_years),
                                                                .amount = money(s, 30000000),
                                                                .rate = 0.05,
                                                                .life = 5 + below(s, 40),
                                                                .in_plan = below(s, 2) == 0 };
  }
}

void plan_random(struct plan *plan, struct arena *arena, uint64_t seed)
{
  uint64_t state = seed;
  plan_start(plan, arena, 1 + below(&state, MAX_YEARS));
  plan->minimum_rule = MINIMUM_PERCENT;
  plan->minimum_percent = (double)below(&state, 1200) / 10000.0;
  plan->minimum_of = (enum minimum_of)below(&state, 3);
  random_drivers(plan, &state);
  random_lines(plan, &state);
  random_savings(plan, &state);
  random_reserves(plan, &state);
  random_capital(plan, &state);
}
