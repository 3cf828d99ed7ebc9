// Spending controls: what management does when reserves run low, year by year.  For anyone who wants a stress with the
// council's answer to it, and the answer seen apart. SPDX-License-Identifier: GPL-3.0-or-later
#include "own_line.h"

static const char rules[] =
    "1. It answers each year's figures before that year's answer, and sees the stress of every other plugin. Every "
    "answer stands on a line of its own.\n"
    "2. Controls: in a year in which the General Fund would close below the council's own minimum and a margin, a part "
    "of the lines tagged discretionary is held back, once. The base is not touched: what is held back is wanted again "
    "next year.\n"
    "3. Replenishment: in the year after the General Fund closed below the minimum, a part of what was missing is put "
    "back. That is a cost and widens the gap; it helps only where something other than the General Fund pays for it.\n"
    "4. Withdrawal from reserves: in each year given, a part of the gap has to be closed by recurring measures "
    "instead, at most a part of the net budget a year. They are to be found: this says how much, not how. Given as "
    "33%, 50% and 100% it phases reserves out over three years.\n"
    "5. No answer draws on a reserve: that is the engine's. Each part is off at 0%.\n"
    "6. Where council.csv gives no minimum there is nothing to fall below, and rules 2 and 3 are idle.\n";
static const char sources[] =
    "Gateshead Council, MTFS 2025/26 to 2029/30: large use of reserves needs permanent savings that end it, and a plan "
    "to rebuild to a prudent level.\n"
    "North East Lincolnshire Council, productivity plan 2024/25: controls on discretionary spend.\n"
    "Holding back 2%, a margin of a tenth, half of what is missing, and 2% of the net budget a year as the most that "
    "can be found are judgement.\n";

enum { P_HELD, P_MARGIN, P_REPLENISH, P_WITHDRAW, P_MOST, N_PARAMS };
enum { S_FUND, S_MINIMUM, S_GAP, S_BUDGET, S_SPEND, S_HELD, S_MEASURES, S_MEASURES_STEP, S_RESERVE, N_SLOTS };

static const struct hr_param params[N_PARAMS] = {
  [P_HELD] = {
    .id = "held", .label = "Discretionary spend held back",
    .help = "Part of the lines tagged discretionary, in a year that needs it.",
    .source = "judgement: 2%",
    .preset = 0.02, .neutral = 0.0, .min = 0.0, .max = 0.5, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_MARGIN] = {
    .id = "margin", .label = "Margin above the minimum",
    .help = "As a part of the minimum; controls start when the General Fund would close below both together.",
    .source = "judgement: a tenth",
    .preset = 0.10, .neutral = 0.10, .min = 0.0, .max = 5.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = 0,
  },
  [P_REPLENISH] = {
    .id = "replenish", .label = "Part of what is missing that is put back",
    .help = "Of what the General Fund was below the minimum at the end of the year before.",
    .source = "Gateshead MTFS 2025/26; judgement: half",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_WITHDRAW] = {
    .id = "withdraw", .label = "Part of the gap to close for good",
    .help = "By recurring measures in each year given, instead of reserves.",
    .source = "Gateshead MTFS 2025/26",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_MOST] = {
    .id = "most", .label = "Most that can be found in a year",
    .help = "New recurring measures, as a part of the net budget.",
    .source = "judgement: 2%",
    .preset = 0.02, .neutral = 0.02, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR,
  },
};

#define RESULT(slot_id, where, says)                                                             \
  {                                                                                              \
    .id = slot_id, .address = where, .help = says, .access = HR_READ, .unit = HR_GBP, .flags = 0 \
  }

static const struct hr_slot slots[N_SLOTS] = {
  [S_FUND] = RESULT("fund", "result:general_fund_closing", "The General Fund at the end of the year."),
  [S_MINIMUM] = RESULT("minimum", "result:minimum", "The council's own minimum."),
  [S_GAP] = RESULT("gap", "result:gap", "The gap."),
  [S_BUDGET] = RESULT("net_budget", "result:net_budget", "The net budget."),
  [S_SPEND] = {
    .id = "spend", .address = "line:tag=discretionary.amount", .help = "What can be held back.",
    .access = HR_READ, .unit = HR_GBP, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_HELD] = {
    .id = "controls", .address = "line:spending_controls.one_off", .help = "Where what is held back shows.",
    .new_label = "Spending controls", .new_class = "pressure",
    .access = HR_ADD, .unit = HR_GBP, .flags = HR_CREATE,
  },
  [S_MEASURES] = {
    .id = "measures", .address = "line:measures_to_find.one_off", .help = "Where the measures to find show.",
    .new_label = "Measures to withdraw from reserves", .new_class = "pressure",
    .access = HR_ADD, .unit = HR_GBP, .flags = HR_CREATE,
  },
  [S_MEASURES_STEP] = {
    .id = "measures_step", .address = "line:measures_to_find.step", .help = "Goes with measures.",
    .access = HR_ADD, .unit = HR_GBP, .flags = HR_OPTIONAL,
  },
  [S_RESERVE] = {
    .id = "reserve", .address = "reserve:class=general_fund.planned", .help = "The General Fund, to be rebuilt.",
    .access = HR_ADD, .unit = HR_GBP, .flags = HR_OPTIONAL,
  },
};

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  (void)err;
  ((struct own_line *)self)->recurs = own_line_recurs(s, S_MEASURES_STEP);
  return HR_OK;
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  (void)self, (void)b;
  return HR_OK; /* Rule 1: it only answers */
}

/* Rule 2.  Cost is positive: what is not spent is a minus. */
static void hold_back(const struct hr_batch *b, uint32_t year)
{
  const double *fund = hr_in(b, S_FUND, 0, year), *minimum = hr_in(b, S_MINIMUM, 0, year);
  const double *margin = hr_value(b, P_MARGIN, year), *part = hr_value(b, P_HELD, year);
  double *HR_RESTRICT held = hr_out(b, S_HELD, 0, year);
  for (uint32_t k = 0; k < b->slot[S_SPEND].count; k++) {
    const double *spend = hr_in(b, S_SPEND, k, year);
    for (uint32_t i = 0; i < b->stride; i++) {
      const int is_low = fund[i] < minimum[i] * (1.0 + margin[i]);
      held[i] -= is_low && spend[i] > 0.0 ? part[i] * spend[i] : 0.0;
    }
  }
}

/* Rule 3: planned for next year, as this one is over by then. */
static void put_back(const struct hr_batch *b, uint32_t year)
{
  if (year + 1 >= b->n_years || b->slot[S_RESERVE].count == 0) {
    return;
  }
  const double *fund = hr_in(b, S_FUND, 0, year), *minimum = hr_in(b, S_MINIMUM, 0, year);
  const double *part = hr_value(b, P_REPLENISH, year + 1);
  double *HR_RESTRICT planned = hr_out(b, S_RESERVE, 0, year + 1);
  for (uint32_t i = 0; i < b->stride; i++) {
    planned[i] += fund[i] < minimum[i] ? part[i] * (minimum[i] - fund[i]) : 0.0;
  }
}

/* Rule 4.  Measures are steps; on a line without steps they are paid in this year and in every later one. */
static void withdraw(const struct hr_batch *b, int recurs, uint32_t year)
{
  const double *gap = hr_in(b, S_GAP, 0, year), *net = hr_in(b, S_BUDGET, 0, year);
  const double *part = hr_value(b, P_WITHDRAW, year), *most = hr_value(b, P_MOST, year);
  for (uint32_t y = year; y < (recurs ? year + 1 : b->n_years); y++) {
    double *HR_RESTRICT measures = hr_out(b, recurs ? S_MEASURES_STEP : S_MEASURES, 0, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      const double wanted = gap[i] > 0.0 ? part[i] * gap[i] : 0.0, found = most[i] * (net[i] > 0.0 ? net[i] : 0.0);
      measures[i] -= wanted < found ? wanted : found;
    }
  }
}

static int32_t respond(const void *self, const struct hr_batch *b, uint32_t year)
{
  const struct own_line *own = self;
  hold_back(b, year);
  put_back(b, year);
  withdraw(b, own->recurs, year);
  return HR_OK;
}

static const void *extension(const char *id)
{
  static const struct hr_policy policy = { sizeof policy, 0, respond };
  return strcmp(id, HR_EXT_POLICY) == 0 ? &policy : NULL;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.spending-controls",
  .name = "Spending controls",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Management answers: spending held back, reserves rebuilt, measures instead of reserves.",
  .rules = rules,
  .sources = sources,
  .param = params,
  .slot = slots,
  .n_params = N_PARAMS,
  .n_slots = N_SLOTS,
  .create = own_line_create,
  .activate = activate,
  .apply = apply,
  .destroy = free,
  .extension = extension,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : NULL;
}
