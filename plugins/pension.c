// Pension: the employer's rate steps at the next valuation.  For anyone who budgets beyond the rates that the actuary
// has certified. SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>
#include <stdlib.h>

static const char rules[] =
    "1. Employers' rates are set every third year and stand until the next: from April 2023, 2026, 2029 and so on.\n"
    "2. Valuations are counted from the second year of the plan: rates of its first year are known. 1 is the first "
    "that falls within it.\n"
    "3. In that year the lines of class pay step by the points times the part of the line that is pensionable, and "
    "keep the step; later awards compound on it. Only one valuation is moved.\n"
    "4. Pensionable pay is less than the line, which also holds national insurance and the contributions "
    "themselves.\n"
    "5. A share of pay, such as a vacancy factor, follows by itself.\n"
    "6. A lump sum towards a deficit is not a rate: put it on its own line.\n";
static const char sources[] =
    "Brighton & Hove City Council, MTFS tables: the employer's rate falls from 19.8% to 14.9% in April 2026, 4.9 "
    "points.\n"
    "East Hertfordshire: nearly £1m a year. Leicestershire Pension Fund, bulletin on the 2025 valuation: rates for "
    "2026/27 to 2028/29.\n"
    "Tests of 2 and 4 points, and three quarters of a pay line as pensionable, are judgement.\n";

enum { P_POINTS, P_VALUATION, P_PENSIONABLE, N_PARAMS };
enum { S_LINES, S_COST, N_SLOTS };
enum { STEPPED, N_SCRATCH };
enum { A_VALUATION = 2026, YEARS_BETWEEN = 3, MAX_YEARS = 10 };

static const struct hr_param params[N_PARAMS] = {
  [P_POINTS] = {
    .id = "points", .label = "Step in the employer's rate",
    .help = "Points of pensionable pay, from the valuation on; a minus is a lower rate.",
    .source = "Brighton & Hove MTFS tables; test by judgement",
    .preset = 0.02, .neutral = 0.0, .min = -0.20, .max = 0.20, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_SEVERITY,
  },
  [P_VALUATION] = {
    .id = "valuation", .label = "Which valuation",
    .help = "1 is the first within the plan after its first year. Nothing happens where there are fewer.",
    .source = "LGPS valuations: every three years",
    .preset = 1.0, .neutral = 1.0, .min = 1.0, .max = 4.0, .grain = 1.0,
    .unit = HR_COUNT, .flags = 0,
  },
  [P_PENSIONABLE] = {
    .id = "pensionable", .label = "Pensionable part of a pay line",
    .help = "Pay that contributions are worked out on, as a part of what the line costs.",
    .source = "judgement: three quarters",
    .preset = 0.75, .neutral = 0.75, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = 0,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_LINES] = {
    .id = "lines", .address = "line:class=pay.rate", .help = "Pay.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_COST] = {
    .id = "lines_cost", .address = "line:class=pay.unit_cost", .help = "Goes with lines: posts times cost.",
    .access = HR_SCALE, .unit = HR_GBP, .flags = HR_OPTIONAL | HR_REBIND,
  },
};

struct pension {
  uint32_t valuation[MAX_YEARS]; /* by year: its number, 0 where none falls (Rules 1 and 2) */
};

static int32_t create(const struct hr_host *host, void **self, struct hr_error *err)
{
  (void)host;
  *self = calloc(1, sizeof(struct pension));
  return *self != NULL ? HR_OK : hr_fail(err, HR_ENOMEM, -1, -1, "out of memory");
}

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  struct pension *pension = self;
  uint32_t n = 0;
  if (s->count[S_LINES] + s->count[S_COST] == 0) {
    return hr_fail(err, HR_SKIP, -1, -1, "the plan has no recurring line of class pay");
  }
  if (s->n_years > MAX_YEARS) {
    return hr_fail(err, HR_EUNSUP, -1, -1, "more than 10 years");
  }
  for (uint32_t y = 0; y < s->n_years; y++) {
    const int falls = y > 0 && (s->first_year + (int32_t)y - A_VALUATION) % YEARS_BETWEEN == 0;
    n += falls ? 1 : 0;
    pension->valuation[y] = falls ? n : 0;
  }
  return n > 0 ? HR_OK
               : hr_fail(err, HR_SKIP, -1, -1, "no pension valuation falls within the plan after its first year");
}

/* Rule 3.  Unit costs act in their year only, so what has stepped is kept. */
static void step(const struct hr_batch *b, uint32_t valuation, uint32_t y)
{
  const double *points = hr_value(b, P_POINTS, y), *which = hr_value(b, P_VALUATION, y);
  const double *pensionable = hr_value(b, P_PENSIONABLE, y);
  double *HR_RESTRICT stepped = b->scratch + (uint64_t)STEPPED * b->stride;
  for (uint32_t i = 0; i < b->stride; i++) {
    stepped[i] = which[i] == valuation ? points[i] * pensionable[i] : stepped[i];
  }
  for (uint32_t k = 0; k < b->slot[S_LINES].count; k++) {
    double *HR_RESTRICT rate = hr_out(b, S_LINES, k, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      rate[i] = which[i] == valuation ? stepped[i] : 0.0;
    }
  }
  for (uint32_t k = 0; k < b->slot[S_COST].count; k++) {
    double *HR_RESTRICT cost = hr_out(b, S_COST, k, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      cost[i] = 1.0 + stepped[i];
    }
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct pension *pension = self;
  for (uint32_t y = 0; y < b->n_years; y++) {
    step(b, pension->valuation[y], y);
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.pension",
  .name = "Pension",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "The employer's pension rate steps at the next valuation.",
  .rules = rules,
  .sources = sources,
  .param = params,
  .slot = slots,
  .n_params = N_PARAMS,
  .n_slots = N_SLOTS,
  .n_scratch = N_SCRATCH,
  .create = create,
  .activate = activate,
  .apply = apply,
  .destroy = free,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : NULL;
}
