// Invest to save: money now for a saving every year after.  For anyone who weighs a business case against what it does
// to the gap and the reserves. SPDX-License-Identifier: GPL-3.0-or-later
#include "own_line.h"

static const char rules[] =
    "1. The cost to achieve is paid once, in the years given: in pounds by year, or as a part of the plan's net "
    "budget in one year counted from 1, or both; they add up.\n"
    "2. The saving a year is the cost divided by the years of payback: £3m that pays back in three years saves £1m a "
    "year.\n"
    "3. It begins so many whole years after each part of the cost, and stays; delivery is the part of it that "
    "comes.\n"
    "4. It stands on a line of its own, apart from the plan's savings, whose own cost to achieve is for "
    "savings_delivery. The cost is met from revenue, and so from reserves.\n"
    "5. At full delivery and a year's wait, £3m spent in 2026/27 with a payback of three years is made up for by the "
    "end of 2029/30, and all that comes after is gain.\n";
static const char sources[] = "London Borough of Bromley, invest to save: payback of up to five years.\n"
                              "South Kesteven District Council, invest to save reserve: typically three years.\n"
                              "A project of 1% of the net budget, a year's wait and full delivery are judgement.\n";

enum { P_COST, P_PART, P_YEAR, P_PAYBACK, P_WAIT, P_DELIVERY, N_PARAMS };
enum { S_LINE, S_STEP, S_BUDGET, N_SLOTS };
enum { SPENT, LEVEL = SPENT + OWN_YEARS, N_SCRATCH = LEVEL + OWN_YEARS };

static const struct hr_param params[N_PARAMS] = {
  [P_COST] = {
    .id = "cost", .label = "Cost to achieve by year",
    .help = "Paid in each year given, and only then.",
    .source = "the council's own business case",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1e9, .grain = 1.0,
    .unit = HR_GBP, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_PART] = {
    .id = "part", .label = "Cost as a part of the net budget",
    .help = "Of the plan's net budget in the year named by year.",
    .source = "judgement: 1%",
    .preset = 0.01, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_SEVERITY,
  },
  [P_YEAR] = {
    .id = "year", .label = "Year of that part",
    .help = "1 is the first year of the plan.",
    .source = "judgement: the first year",
    .preset = 1.0, .neutral = 1.0, .min = 1.0, .max = 10.0, .grain = 1.0,
    .unit = HR_COUNT, .flags = 0,
  },
  [P_PAYBACK] = {
    .id = "payback", .label = "Payback",
    .help = "Years of saving that make up for the cost.",
    .source = "South Kesteven: three; Bromley: up to five",
    .preset = 3.0, .neutral = 3.0, .min = 0.25, .max = 50.0, .grain = 0.25,
    .unit = HR_COUNT, .flags = 0,
  },
  [P_WAIT] = {
    .id = "wait", .label = "Years until the saving comes",
    .help = "After the year of the cost. Whole years; 0 is the same year.",
    .source = "judgement: one",
    .preset = 1.0, .neutral = 1.0, .min = 0.0, .max = 9.0, .grain = 1.0,
    .unit = HR_COUNT, .flags = 0,
  },
  [P_DELIVERY] = {
    .id = "delivery", .label = "Part of the saving that comes",
    .help = "In each year given.",
    .source = "judgement; Bristol budget risk matrix 2017/18: 64% of amber",
    .preset = 1.0, .neutral = 1.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_LINE] = OWN_LINE("invest_to_save", "Invest to save", "pressure", "Where cost and saving stand."),
  [S_STEP] = OWN_LINE_STEP("invest_to_save"),
  [S_BUDGET] = {
    .id = "net_budget", .address = "plan:net_budget", .help = "The plan's net budget.",
    .access = HR_READ, .unit = HR_GBP, .flags = 0,
  },
};

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  (void)err;
  ((struct own_line *)self)->recurs = own_line_recurs(s, S_STEP);
  return HR_OK;
}

/* Rules 2 and 3: what was spent in year `from` saves in year y. */
static void save(const struct hr_batch *b, uint32_t from, uint32_t y)
{
  const double *payback = hr_value(b, P_PAYBACK, from), *wait = hr_value(b, P_WAIT, from);
  const double *delivery = hr_value(b, P_DELIVERY, y), *spent = own_row(b, SPENT + from);
  double *HR_RESTRICT level = own_row(b, LEVEL + y);
  const double years = y - from;
  for (uint32_t i = 0; i < b->stride; i++) {
    level[i] -= years >= wait[i] ? delivery[i] * spent[i] / payback[i] : 0.0;
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct own_line *own = self;
  if (own_line_years(b) != HR_OK) {
    return HR_EUNSUP;
  }
  for (uint32_t y = 0; y < b->n_years; y++) {
    own_line_sum(b, P_COST, P_PART, P_YEAR, S_BUDGET, y, own_row(b, SPENT + y)); /* Rule 1 */
    memcpy(hr_out(b, S_LINE, 0, y), own_row(b, SPENT + y), b->stride * sizeof(double));
    for (uint32_t from = 0; from <= y; from++) {
      save(b, from, y);
    }
  }
  own_line_level(b, S_LINE, S_STEP, own->recurs, LEVEL);
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.invest-to-save",
  .name = "Invest to save",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Money now for a saving every year after, by payback.",
  .rules = rules,
  .sources = sources,
  .param = params,
  .slot = slots,
  .n_params = N_PARAMS,
  .n_slots = N_SLOTS,
  .n_scratch = N_SCRATCH,
  .create = own_line_create,
  .activate = activate,
  .apply = apply,
  .destroy = free,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : NULL;
}
