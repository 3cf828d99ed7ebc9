// Savings delivery: less comes than expected, or it comes late, or it costs more to get.  For anyone who tests a
// savings programme. SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>
#include <stdlib.h>
#include <string.h>

static const char rules[] =
    "1. Points come off the delivery that the plan expects: -20pp on 75% is 55%. A part multiplies it: 80% of 75% "
    "is 60%. Parts are by RAG; points fall on every saving.\n"
    "2. Delivery stays between 0% and 100%, so -20pp on 10% is nil.\n"
    "3. Non-delivery never comes: it adds to the gap in every year. Slippage comes late: it adds to the gap until "
    "it has come, and not after.\n"
    "4. Recurring savings slip by the months given, each from its own start. A one-off saving does not slip.\n"
    "5. A saving marked delivered is already in the base: it neither slips nor falls short.\n"
    "6. RAG is what the council's own legend says: in some papers amber is in progress, not at risk.\n"
    "7. Cost to achieve rises by a part of itself, in its own years.\n";
static const char sources[] =
    "Bristol City Council, budget risk matrix 2017/18: nothing held against green, £3.0m on £8.422m amber, £1.0m on "
    "£1.55m red, which implies 100%, 64% and 35%.\n"
    "Brighton & Hove City Council, savings monitoring 2022/23: 89% achieved gross, 57% net of pressures in the same "
    "service.\n"
    "Lancashire County Council, Scrutiny Management Board: 46% reported.\n"
    "ADASS Spring Survey 2025: 16% of directors confident of £932m of planned savings.\n"
    "No national average of savings delivered was found; tests of 20 points, 12 months and 25% on cost are "
    "judgement.\n";

enum { P_POINTS, P_GREEN, P_AMBER, P_RED, P_MONTHS, P_COST, N_PARAMS };
enum { S_ALL, S_GREEN, S_AMBER, S_RED, S_LATE, S_COST, N_SLOTS };
enum { MAX_SAVINGS = 512 };

#define PART(param_id, name)                                                                               \
  {                                                                                                        \
    .id = param_id, .label = "Part of " name " savings that comes",                                        \
    .help = "Of what the plan expects of " name " savings; 100% is the plan.",                             \
    .source = "Bristol budget risk matrix 2017/18", .preset = 1.0, .neutral = 1.0, .min = 0.0, .max = 1.5, \
    .grain = 0.0001, .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY                                \
  }

static const struct hr_param params[N_PARAMS] = {
  [P_POINTS] = {
    .id = "points", .label = "Points on delivery",
    .help = "Added to the delivery of every saving; a minus is less delivery.",
    .source = "Brighton & Hove 2022/23; Lancashire; test by judgement",
    .preset = -0.20, .neutral = 0.0, .min = -1.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_GREEN] = PART("green", "green"),
  [P_AMBER] = PART("amber", "amber"),
  [P_RED] = PART("red", "red"),
  [P_MONTHS] = {
    .id = "months_late", .label = "Months late",
    .help = "How much later every recurring saving comes, on top of what the plan has.",
    .source = "judgement: 12",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 120.0, .grain = 1.0,
    .unit = HR_MONTHS, .flags = HR_SEVERITY,
  },
  [P_COST] = {
    .id = "cost_to_achieve", .label = "Change in cost to achieve",
    .help = "Of the cost in the plan.",
    .source = "judgement: 25% and 50%",
    .preset = 0.0, .neutral = 0.0, .min = -1.0, .max = 5.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_ALL] = {
    .id = "delivery", .address = "saving:rag!=delivered.delivery", .help = "Delivery of every saving still to come.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_GREEN] = {
    .id = "green", .address = "saving:rag=green.delivery", .help = "Delivery of green savings.",
    .access = HR_SCALE, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  [S_AMBER] = {
    .id = "amber", .address = "saving:rag=amber.delivery", .help = "Delivery of amber savings.",
    .access = HR_SCALE, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  [S_RED] = {
    .id = "red", .address = "saving:rag=red.delivery", .help = "Delivery of red savings.",
    .access = HR_SCALE, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  [S_LATE] = {
    .id = "late", .address = "saving:recurrence=recurring.months_late",
    .help = "Months by which recurring savings slip.",
    .access = HR_ADD, .unit = HR_MONTHS, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_COST] = {
    .id = "cost", .address = "saving:*.cost_to_achieve", .help = "Cost to achieve.",
    .access = HR_SCALE, .unit = HR_GBP, .flags = HR_OPTIONAL | HR_REBIND,
  },
};

struct savings_delivery {
  unsigned char delivered[MAX_SAVINGS]; /* of slot late */
};

static int32_t create(const struct hr_host *host, void **self, struct hr_error *err)
{
  (void)host;
  *self = calloc(1, sizeof(struct savings_delivery));
  return *self != NULL ? HR_OK : hr_fail(err, HR_ENOMEM, -1, -1, "out of memory");
}

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  struct savings_delivery *savings = self;
  if (s->count[S_ALL] + s->count[S_LATE] + s->count[S_COST] == 0) {
    return hr_fail(err, HR_SKIP, -1, -1, "the plan has no savings");
  }
  if (s->count[S_LATE] > MAX_SAVINGS) {
    return hr_fail(err, HR_EUNSUP, -1, -1, "more than 512 recurring savings");
  }
  for (uint32_t k = 0; k < s->count[S_LATE]; k++) {
    const char *rag = s->text(s, S_LATE, k, "rag");
    savings->delivered[k] = rag != NULL && strcmp(rag, "delivered") == 0;
  }
  return HR_OK;
}

static void copy_to_slot(const struct hr_batch *b, uint32_t slot, uint32_t param, uint32_t y)
{
  const double *value = hr_value(b, param, y);
  for (uint32_t k = 0; k < b->slot[slot].count; k++) {
    memcpy(hr_out(b, slot, k, y), value, b->stride * sizeof *value);
  }
}

/* Rules 4 and 5. */
static void slip(const struct hr_batch *b, const struct savings_delivery *savings, uint32_t y)
{
  const double *months = hr_value(b, P_MONTHS, y);
  for (uint32_t k = 0; k < b->slot[S_LATE].count; k++) {
    if (savings->delivered[k] == 0) {
      memcpy(hr_out(b, S_LATE, k, y), months, b->stride * sizeof *months);
    }
  }
}

/* Rule 7. */
static void raise_cost(const struct hr_batch *b, uint32_t y)
{
  const double *change = hr_value(b, P_COST, y);
  for (uint32_t k = 0; k < b->slot[S_COST].count; k++) {
    double *HR_RESTRICT cost = hr_out(b, S_COST, k, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      cost[i] = 1.0 + change[i];
    }
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  for (uint32_t y = 0; y < b->n_years; y++) {
    copy_to_slot(b, S_ALL, P_POINTS, y); /* Rules 1, 2 and 5 */
    copy_to_slot(b, S_GREEN, P_GREEN, y);
    copy_to_slot(b, S_AMBER, P_AMBER, y);
    copy_to_slot(b, S_RED, P_RED, y);
    slip(b, self, y);
    raise_cost(b, y);
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.savings-delivery",
  .name = "Savings delivery",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Savings fall short, come late, or cost more to get.",
  .rules = rules,
  .sources = sources,
  .param = params,
  .slot = slots,
  .n_params = N_PARAMS,
  .n_slots = N_SLOTS,
  .create = create,
  .activate = activate,
  .apply = apply,
  .destroy = free,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : NULL;
}
