// Capital receipts: late, lower, lost, or put to another lawful use.  For anyone who relies on the sale of an asset.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>
#include <stddef.h>

static const char rules[] =
    "1. A receipt may come late by months, at another price, or not at all in part. One already received is left "
    "alone in that.\n"
    "2. A part of each receipt may be put to debt, avoided borrowing or flexible use instead, or held. The plan's "
    "own uses shrink by what is moved, so the shares stay between nil and the whole.\n"
    "3. A scenario that asks for more than the whole is refused; where a search tries it, the whole is shared out in "
    "proportion.\n"
    "4. There is no share to revenue: a capital receipt may meet capital spending, repay debt, or be used flexibly "
    "within the qualifying cost and the years of the direction; what is beyond those is held.\n"
    "5. Debt repaid and borrowing avoided save MRP and interest from the year after the receipt: about 7% to 9% of "
    "it a year, not the receipt itself.\n"
    "6. Where the plan's own MRP and interest lines already hold a receipt's effect (in_plan), only the difference "
    "counts.\n";
static const char sources[] =
    "SI 2003/3146 regulation 23: what a capital receipt may be used for. MHCLG, flexible use of capital receipts "
    "direction, 26 March 2025: to 31 March 2030.\n"
    "Epping Forest District Council, provisional capital outturn 2015/16: a quarter under.\n"
    "North East Lincolnshire Council, LGA progress review, November 2023: £20.5m and differing views of its use.\n"
    "Tests of 12 and 24 months, -10% and -25% are judgement.\n";

enum { P_MONTHS, P_PRICE, P_LOST, P_DEBT, P_AVOID, P_FLEXIBLE, P_HELD, N_PARAMS };
enum { S_LATE, S_AMOUNT, S_DEBT, S_AVOID, S_FLEXIBLE, N_SLOTS };

#define USE(param_id, name, says)                                                                                    \
  {                                                                                                                  \
    .id = param_id, .label = name, .help = says, .source = "SI 2003/3146 regulation 23; direction of 26 March 2025", \
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001, .unit = HR_PERCENT,                      \
    .flags = HR_SEVERITY | HR_PART                                                                                   \
  }

static const struct hr_param params[N_PARAMS] = {
  [P_MONTHS] = {
    .id = "months_late", .label = "Months late",
    .help = "How much later every receipt still to come arrives, on top of what the plan has.",
    .source = "judgement: 12 and 24",
    .preset = 12.0, .neutral = 0.0, .min = 0.0, .max = 120.0, .grain = 1.0,
    .unit = HR_MONTHS, .flags = HR_SEVERITY,
  },
  [P_PRICE] = {
    .id = "price", .label = "Change in price",
    .help = "Of the receipt, net of disposal costs.",
    .source = "Epping Forest 2015/16; judgement: -10% and -25%",
    .preset = -0.10, .neutral = 0.0, .min = -1.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_SEVERITY,
  },
  [P_LOST] = {
    .id = "lost", .label = "Part that never comes",
    .help = "Of every receipt still to come; 100% loses the sales.",
    .source = "judgement",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_SEVERITY,
  },
  [P_DEBT] = USE("debt", "Part put to debt", "Of each receipt, moved from the plan's uses to repaying debt."),
  [P_AVOID] = USE("avoid", "Part put to avoided borrowing",
                  "Of each receipt, moved to capital spending that would have been borrowed for."),
  [P_FLEXIBLE] = USE("flexible", "Part put to flexible use",
                     "Of each receipt, moved to flexible use, within the qualifying cost to achieve savings."),
  [P_HELD] = USE("held", "Part held", "Of each receipt, taken from the plan's uses and not used."),
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_LATE] = {
    .id = "late", .address = "receipt:certainty!=received.months_late", .help = "Months late.",
    .access = HR_ADD, .unit = HR_MONTHS, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_AMOUNT] = {
    .id = "amount", .address = "receipt:certainty!=received.amount", .help = "Receipts still to come.",
    .access = HR_SCALE, .unit = HR_GBP, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_DEBT] = {
    .id = "debt", .address = "receipt:*.to_debt", .help = "Share to debt.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_AVOID] = {
    .id = "avoid", .address = "receipt:*.to_avoid", .help = "Share to avoided borrowing.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_FLEXIBLE] = {
    .id = "flexible", .address = "receipt:*.to_flexible", .help = "Share to flexible use.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
};

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  (void)self;
  if (s->count[S_LATE] + s->count[S_AMOUNT] + s->count[S_DEBT] + s->count[S_AVOID] + s->count[S_FLEXIBLE] == 0) {
    return hr_fail(err, HR_SKIP, -1, -1, "the plan has no capital_receipts.csv");
  }
  return HR_OK;
}

/* Rule 1. */
static void delay(const struct hr_batch *b, uint32_t y)
{
  const double *months = hr_value(b, P_MONTHS, y);
  for (uint32_t k = 0; k < b->slot[S_LATE].count; k++) {
    double *HR_RESTRICT late = hr_out(b, S_LATE, k, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      late[i] = months[i];
    }
  }
}

static void lower(const struct hr_batch *b, uint32_t y)
{
  const double *price = hr_value(b, P_PRICE, y), *lost = hr_value(b, P_LOST, y);
  for (uint32_t k = 0; k < b->slot[S_AMOUNT].count; k++) {
    double *HR_RESTRICT amount = hr_out(b, S_AMOUNT, k, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      amount[i] = (1.0 + price[i]) * (1.0 - lost[i]);
    }
  }
}

/* Rules 2 to 4: share + part x (what this use is given) - (what is moved in all) x share. */
static void move_use(const struct hr_batch *b, uint32_t slot, uint32_t param, uint32_t y)
{
  const double *debt = hr_value(b, P_DEBT, y), *avoid = hr_value(b, P_AVOID, y);
  const double *flexible = hr_value(b, P_FLEXIBLE, y), *held = hr_value(b, P_HELD, y), *given = hr_value(b, param, y);
  for (uint32_t k = 0; k < b->slot[slot].count; k++) {
    const double *share = hr_in(b, slot, k, y);
    double *HR_RESTRICT change = hr_out(b, slot, k, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      const double asked = debt[i] + avoid[i] + flexible[i] + held[i];
      const double fit = asked > 1.0 ? 1.0 / asked : 1.0; /* Rule 3 */
      change[i] = given[i] * fit - asked * fit * share[i];
    }
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  (void)self;
  for (uint32_t y = 0; y < b->n_years; y++) {
    delay(b, y);
    lower(b, y);
    move_use(b, S_DEBT, P_DEBT, y);
    move_use(b, S_AVOID, P_AVOID, y);
    move_use(b, S_FLEXIBLE, P_FLEXIBLE, y);
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.capital-receipts",
  .name = "Capital receipts",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Receipts come late, lower or not at all, or are put to another lawful use.",
  .rules = rules,
  .sources = sources,
  .param = params,
  .slot = slots,
  .n_params = N_PARAMS,
  .n_slots = N_SLOTS,
  .activate = activate,
  .apply = apply,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : NULL;
}
