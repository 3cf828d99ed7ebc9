// Demand: more households, pupils or claims than planned, and each dearer.  For anyone who tests a service that the
// council cannot refuse. SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>
#include <stddef.h>
#include <string.h>

static const char rules[] =
    "1. Numbers grow faster than the plan says, by the per cent given in each year; the extra compounds and stays.\n"
    "2. So does the cost of each, apart from numbers; the two multiply.\n"
    "3. The lines are those of class demand, or those that slot.lines names: tag=homelessness, tag=send.\n"
    "4. A line given as numbers times unit cost moves in both; any other grows by the two together.\n"
    "5. What a grant or a subsidy pays of it is not raised: temporary accommodation is subsidised at 90% of rates of "
    "2011.\n"
    "6. Adults and children in care have a plugin with more rules, care_demand. A care line that is not counted can "
    "be named here: tag=children.\n";
static const char sources[] =
    "CIH on revenue outturn, September 2025: spending on temporary accommodation up 25% in 2024-25.\n"
    "LGA, November 2025: a gap of £266m between cost and housing benefit subsidy in 2023/24. District Councils' "
    "Network: £1.6m for the average district.\n"
    "County Councils Network, February 2026: pupils carried from 206,000 to 311,000 by 2030/31, at £9,481 rising to "
    "about £11,000 each.\n"
    "Tests of 5% a year are judgement.\n";

enum { P_NUMBERS, P_COST, N_PARAMS };
enum { S_LINES, S_NUMBER, S_COST, N_SLOTS };
enum { MORE, DEARER, N_SCRATCH };

static const struct hr_param params[N_PARAMS] = {
  [P_NUMBERS] = {
    .id = "numbers", .label = "Extra growth in numbers",
    .help = "On top of the plan's growth, in each year given.",
    .source = "CIH, September 2025; County Councils Network, February 2026; test by judgement",
    .preset = 0.05, .neutral = 0.0, .min = -0.5, .max = 2.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_COST] = {
    .id = "cost", .label = "Extra growth in the cost of each",
    .help = "On top of the plan's growth, in each year given.",
    .source = "County Councils Network, February 2026; test by judgement",
    .preset = 0.0, .neutral = 0.0, .min = -0.5, .max = 2.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
};

#define LINES_SLOT(slot_id, where, says, how, what)                                                              \
  {                                                                                                              \
    .id = slot_id, .address = where, .help = says, .access = how, .unit = what, .flags = HR_OPTIONAL | HR_REBIND \
  }

static const struct hr_slot slots[N_SLOTS] = {
  [S_LINES] = LINES_SLOT("lines", "line:class=demand.rate", "The lines.", HR_ADD, HR_PERCENT),
  [S_NUMBER] = LINES_SLOT("lines_number", "line:class=demand.number", "Goes with lines.", HR_SCALE, HR_COUNT),
  [S_COST] = LINES_SLOT("lines_cost", "line:class=demand.unit_cost", "Goes with lines.", HR_SCALE, HR_GBP),
};

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  (void)self;
  if (s->count[S_LINES] + s->count[S_NUMBER] > 0) {
    return HR_OK;
  }
  return hr_fail(err, HR_SKIP, -1, -1, "the plan has no recurring line of class demand, or none of those asked for");
}

/* Rules 1 and 2: what the plan's number, and its unit cost, is multiplied by in this year. */
static void grow(const struct hr_batch *b, uint32_t y)
{
  const double *numbers = hr_value(b, P_NUMBERS, y), *cost = hr_value(b, P_COST, y);
  double *HR_RESTRICT more = b->scratch + (uint64_t)MORE * b->stride;
  double *HR_RESTRICT dearer = b->scratch + (uint64_t)DEARER * b->stride;
  for (uint32_t i = 0; i < b->stride; i++) {
    more[i] = (y == 0 ? 1.0 : more[i]) * (1.0 + numbers[i]);
    dearer[i] = (y == 0 ? 1.0 : dearer[i]) * (1.0 + cost[i]);
  }
}

/* Rule 4.  A line has either number and unit cost, or a rate; the engine has no use for the others. */
static void move_lines(const struct hr_batch *b, uint32_t y)
{
  const double *numbers = hr_value(b, P_NUMBERS, y), *cost = hr_value(b, P_COST, y);
  const double *more = b->scratch + (uint64_t)MORE * b->stride, *dearer = b->scratch + (uint64_t)DEARER * b->stride;
  for (uint32_t k = 0; k < b->slot[S_LINES].count; k++) {
    double *HR_RESTRICT rate = hr_out(b, S_LINES, k, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      rate[i] = numbers[i] + cost[i] + numbers[i] * cost[i];
    }
  }
  for (uint32_t k = 0; k < b->slot[S_NUMBER].count; k++) {
    memcpy(hr_out(b, S_NUMBER, k, y), more, b->stride * sizeof *more);
  }
  for (uint32_t k = 0; k < b->slot[S_COST].count; k++) {
    memcpy(hr_out(b, S_COST, k, y), dearer, b->stride * sizeof *dearer);
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  (void)self;
  for (uint32_t y = 0; y < b->n_years; y++) {
    grow(b, y);
    move_lines(b, y);
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.demand",
  .name = "Demand",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "More households, pupils or claims than planned, and each dearer.",
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
