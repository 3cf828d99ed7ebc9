// Reorganisation: councils are merged or split: it costs now and may save later.  For a council that expects a new map
// of local government. SPDX-License-Identifier: GPL-3.0-or-later
#include "own_line.h"

static const char rules[] =
    "1. Transition is paid in the years given, once: programme, systems, severance, shadow elections. In pounds by "
    "year, or as a part of the plan's net budget in each of so many years from one counted from 1; they add up.\n"
    "2. A saving, where a case for one is made, comes from its own year on and stays; it too may be a part of the "
    "net budget. None is counted unless it is given.\n"
    "3. It is this council's own share of cost and saving. What its successor gains is not in this plan, and the plan "
    "itself ends where the council does.\n"
    "4. It stands on a line of its own. Flexible use of capital receipts for it is for capital_receipts.\n";
static const char sources[] =
    "Surrey (CCN figures, and Runnymede): £55.6m for two unitary councils, £59.5m for three.\n"
    "East Hertfordshire: £1m over two years.\n"
    "County Councils Network: a case of smaller unitary councils could cost £850m over five years nationally.\n"
    "2.5% of the net budget in each of two years is judgement.\n";

enum { P_TRANSITION, P_PART, P_YEAR, P_YEARS, P_SAVING, P_SAVING_PART, P_SAVING_YEAR, N_PARAMS };
enum { S_LINE, S_STEP, S_BUDGET, N_SLOTS };
enum { LEVEL, N_SCRATCH = LEVEL + OWN_YEARS };

static const struct hr_param params[N_PARAMS] = {
  [P_TRANSITION] = {
    .id = "transition", .label = "Transition by year",
    .help = "Paid in each year given, and only then.",
    .source = "Surrey; East Hertfordshire",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1e9, .grain = 1.0,
    .unit = HR_GBP, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_PART] = {
    .id = "part", .label = "Transition as a part of the net budget",
    .help = "Of the plan's net budget in each of the transition years.",
    .source = "judgement: 2.5%, beside East Hertfordshire's £1m over two years",
    .preset = 0.025, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_SEVERITY,
  },
  [P_YEAR] = {
    .id = "year", .label = "First transition year",
    .help = "For part. 1 is the first year of the plan.",
    .source = "judgement: the second year",
    .preset = 2.0, .neutral = 2.0, .min = 1.0, .max = 10.0, .grain = 1.0,
    .unit = HR_COUNT, .flags = 0,
  },
  [P_YEARS] = {
    .id = "years", .label = "How many transition years",
    .help = "For part.",
    .source = "East Hertfordshire: two",
    .preset = 2.0, .neutral = 2.0, .min = 1.0, .max = 10.0, .grain = 1.0,
    .unit = HR_COUNT, .flags = 0,
  },
  [P_SAVING] = {
    .id = "saving", .label = "Saving a year",
    .help = "From its year on.",
    .source = "the council's own business case",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1e9, .grain = 1.0,
    .unit = HR_GBP, .flags = HR_SEVERITY,
  },
  [P_SAVING_PART] = {
    .id = "saving_part", .label = "Saving as a part of the net budget",
    .help = "Of the plan's net budget in each year from its year on.",
    .source = "the council's own business case",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_SEVERITY,
  },
  [P_SAVING_YEAR] = {
    .id = "saving_year", .label = "First year of the saving",
    .help = "1 is the first year of the plan.",
    .source = "judgement: the fifth year",
    .preset = 5.0, .neutral = 5.0, .min = 1.0, .max = 10.0, .grain = 1.0,
    .unit = HR_COUNT, .flags = 0,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_LINE] = OWN_LINE("reorganisation", "Local government reorganisation", "pressure", "Where it all stands."),
  [S_STEP] = OWN_LINE_STEP("reorganisation"),
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

/* Rule 1 */
static void change_over(const struct hr_batch *b, uint32_t y)
{
  const double *amount = hr_value(b, P_TRANSITION, y), *part = hr_value(b, P_PART, y), *net = hr_in(b, S_BUDGET, 0, y);
  const double *year = hr_value(b, P_YEAR, y), *years = hr_value(b, P_YEARS, y);
  double *HR_RESTRICT line = hr_out(b, S_LINE, 0, y);
  for (uint32_t i = 0; i < b->stride; i++) {
    const double since = y + 1.0 - year[i];
    line[i] = amount[i] + (since >= 0.0 && since < years[i] ? part[i] * net[i] : 0.0);
  }
}

/* Rule 2 */
static void save(const struct hr_batch *b, uint32_t y)
{
  const double *amount = hr_value(b, P_SAVING, y), *part = hr_value(b, P_SAVING_PART, y);
  const double *from = hr_value(b, P_SAVING_YEAR, y), *net = hr_in(b, S_BUDGET, 0, y);
  double *HR_RESTRICT level = own_row(b, LEVEL + y);
  for (uint32_t i = 0; i < b->stride; i++) {
    level[i] = y + 1.0 >= from[i] ? 0.0 - (amount[i] + part[i] * net[i]) : 0.0;
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct own_line *own = self;
  if (own_line_years(b) != HR_OK) {
    return HR_EUNSUP;
  }
  for (uint32_t y = 0; y < b->n_years; y++) {
    change_over(b, y);
    save(b, y);
  }
  own_line_level(b, S_LINE, S_STEP, own->recurs, LEVEL);
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.reorganisation",
  .name = "Reorganisation",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Local government reorganisation: transition now, a saving later if there is one.",
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
