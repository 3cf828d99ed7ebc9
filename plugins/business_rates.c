// Business rates: less income, a reset that takes the growth, a big ratepayer that closes.  For anyone who tests
// retained rates. SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>
#include <stddef.h>

static const char rules[] =
    "1. Income before retention changes by a per cent, in each year given: -15% leaves 85% of it.\n"
    "2. Tariff or top-up, levy and safety net are then worked out from business_rates.csv, in that order, so the "
    "council loses no more than the safety net leaves it: the first 7.5% of baseline funding where the net is "
    "92.5%.\n"
    "3. In each future the big ratepayer may close in any year, with the chance given for that year, and stays "
    "closed. A plain run holds the median draw: it closes only where the chance is above 50%.\n"
    "4. Losses multiply: the closure takes its share of what is left after the change in income.\n"
    "5. A reset raises the business rates baseline to the local share of that year's income, or part of the way, "
    "and the raised baseline stays: growth kept until then is gone, growth after it is kept. What a pool adds goes "
    "in the same part.\n"
    "6. Where growth that a reset takes goes is the settlement's matter, not this plugin's.\n"
    "7. Appeals that are won are refunded for the years before: the council's share of that part of the year's income, "
    "once, on the line of business rates. The safety net of a year does not see it.\n";
static const char sources[] =
    "House of Lords, levy and safety net regulations, 18 March 2013 and 3 March 2025: the net is 92.5% of baseline "
    "funding, so an authority takes the first 7.5%.\n"
    "City of Lincoln, business rates collection fund 2024/25: appeals moved the deficit by £1.15m to £1.56m.\n"
    "Kent County Council, minutes on the settlement: the 2026/27 reset takes all accumulated growth at once, not in "
    "steps.\n"
    "Blaby District Council, budget 2026/27: a full reset.\n"
    "Tests of -15% and of 5% a year for a closure are judgement.\n";

enum { P_INCOME, P_SHARE, P_CHANCE, P_RESET, P_BACKDATED, N_PARAMS };
enum { S_INCOME, S_LOCAL_SHARE, S_BASELINE, S_POOL, S_CLOSURE, S_LINE, N_SLOTS };
enum { CLOSED, RAISED, KEPT, N_SCRATCH };

static const struct hr_param params[N_PARAMS] = {
  [P_INCOME] = {
    .id = "income", .label = "Change in income",
    .help = "Of income before retention, in the year.",
    .source = "Lords debates on the safety net; test by judgement",
    .preset = -0.15, .neutral = 0.0, .min = -1.0, .max = 0.5, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_SHARE] = {
    .id = "share", .label = "Share of the big ratepayer",
    .help = "Part of all income that it pays.",
    .source = "the council's own rating list",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_SEVERITY,
  },
  [P_CHANCE] = {
    .id = "chance", .label = "Chance that it closes",
    .help = "In the year, if it has not closed already; 100% closes it for certain.",
    .source = "judgement",
    .preset = 0.05, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR,
  },
  [P_RESET] = {
    .id = "reset", .label = "Growth that a reset takes",
    .help = "Part of the growth above the baseline that a reset in this year takes; 100% is a full reset.",
    .source = "Kent County Council on the 2026/27 reset",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_BACKDATED] = {
    .id = "backdated", .label = "Refunds for earlier years",
    .help = "As a part of income before retention, in the year in which they are paid.",
    .source = "City of Lincoln 2024/25: appeals of £1.15m to £1.56m",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_INCOME] = {
    .id = "income", .address = "term:business_rates.income", .help = "Income before retention.",
    .access = HR_SCALE, .unit = HR_GBP, .flags = HR_OPTIONAL,
  },
  [S_LOCAL_SHARE] = {
    .id = "local_share", .address = "term:business_rates.local_share", .help = "The council's share of it.",
    .access = HR_READ, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  [S_BASELINE] = {
    .id = "baseline", .address = "term:business_rates.baseline", .help = "The business rates baseline.",
    .access = HR_SCALE, .unit = HR_GBP, .flags = HR_OPTIONAL,
  },
  [S_POOL] = {
    .id = "pool", .address = "term:business_rates.pool", .help = "What a pool adds.",
    .access = HR_SCALE, .unit = HR_GBP, .flags = HR_OPTIONAL,
  },
  [S_CLOSURE] = {
    .id = "closure", .address = "noise:uniform", .help = "Whether the big ratepayer closes this year.",
    .access = HR_READ, .flags = 0,
  },
  [S_LINE] = {
    .id = "line", .address = "line:class=business_rates.one_off", .help = "Where refunds fall: the first such line.",
    .access = HR_ADD, .unit = HR_GBP, .flags = HR_OPTIONAL,
  },
};

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  (void)self;
  if (s->count[S_INCOME] == 1 && s->count[S_LOCAL_SHARE] == 1 && s->count[S_BASELINE] == 1) {
    return HR_OK;
  }
  return hr_fail(err, HR_SKIP, -1, -1, "the plan has no business_rates.csv, so the safety net cannot be worked out");
}

static double *scratch(const struct hr_batch *b, uint32_t row)
{
  return b->scratch + (uint64_t)row * b->stride;
}

/* Rules 1, 3 and 4. */
static void lose_income(const struct hr_batch *b, uint32_t y)
{
  const double *change = hr_value(b, P_INCOME, y), *share = hr_value(b, P_SHARE, y), *chance = hr_value(b, P_CHANCE, y);
  const double *draw = hr_in(b, S_CLOSURE, 0, y);
  double *HR_RESTRICT closed = scratch(b, CLOSED), *HR_RESTRICT income = hr_out(b, S_INCOME, 0, y);
  for (uint32_t i = 0; i < b->stride; i++) {
    closed[i] = draw[i] < chance[i] ? 1.0 : closed[i];
    income[i] = (1.0 + change[i]) * (1.0 - share[i] * closed[i]);
  }
}

/* Rule 5.  Growth is what the local share of this run's own income has above the baseline as raised so far. */
static void reset(const struct hr_batch *b, uint32_t y)
{
  const double *part = hr_value(b, P_RESET, y), *share = hr_in(b, S_LOCAL_SHARE, 0, y);
  const double *planned = hr_in(b, S_INCOME, 0, y), *left = hr_out(b, S_INCOME, 0, y),
               *baseline = hr_in(b, S_BASELINE, 0, y);
  double *HR_RESTRICT raised = scratch(b, RAISED), *HR_RESTRICT out = hr_out(b, S_BASELINE, 0, y);
  for (uint32_t i = 0; i < b->stride; i++) {
    const double local = share[i] * planned[i] * left[i], now = baseline[i] * raised[i];
    const double growth = now > 0.0 && local > now ? local / now - 1.0 : 0.0;
    raised[i] *= 1.0 + part[i] * growth;
    out[i] = raised[i];
  }
}

static void leave_pool(const struct hr_batch *b, uint32_t y)
{
  const double *part = hr_value(b, P_RESET, y);
  double *HR_RESTRICT kept = scratch(b, KEPT), *HR_RESTRICT out = hr_out(b, S_POOL, 0, y);
  for (uint32_t i = 0; i < b->stride; i++) {
    kept[i] *= 1.0 - part[i];
    out[i] = kept[i];
  }
}

/* Rule 7 */
static void refund(const struct hr_batch *b, uint32_t y)
{
  const double *part = hr_value(b, P_BACKDATED, y), *share = hr_in(b, S_LOCAL_SHARE, 0, y);
  const double *income = hr_in(b, S_INCOME, 0, y);
  double *HR_RESTRICT line = hr_out(b, S_LINE, 0, y);
  for (uint32_t i = 0; i < b->stride; i++) {
    line[i] = 0.0 + part[i] * share[i] * income[i]; /* no change is +0 and never -0 */
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  (void)self;
  double *HR_RESTRICT raised = scratch(b, RAISED), *HR_RESTRICT kept = scratch(b, KEPT);
  for (uint32_t i = 0; i < b->stride; i++) {
    raised[i] = 1.0;
    kept[i] = 1.0;
  }
  for (uint32_t y = 0; y < b->n_years; y++) {
    lose_income(b, y);
    reset(b, y);
    if (b->slot[S_POOL].count > 0) {
      leave_pool(b, y);
    }
    if (b->slot[S_LINE].count > 0) {
      refund(b, y);
    }
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.business-rates",
  .name = "Business rates",
  .version = "1.1.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Less business rates income down to the safety net, a reset, a closure.",
  .rules = rules,
  .sources = sources,
  .param = params,
  .slot = slots,
  .n_params = N_PARAMS,
  .n_slots = N_SLOTS,
  .n_scratch = N_SCRATCH,
  .activate = activate,
  .apply = apply,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : NULL;
}
