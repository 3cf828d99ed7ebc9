// Fees: charges earn less because prices or demand fall short, and let property stands empty.  For anyone who relies on
// income. SPDX-License-Identifier: GPL-3.0-or-later
#include "follows.h"
#include "of_plan.h"
#include <stdlib.h>

static const char rules[] =
    "1. Price and volume move apart, each by a per cent of what the plan has in that year: -5% of volume from 2027/28 "
    "on earns 95% of each of those years' figures. Years are not added up.\n"
    "2. A higher price is not a higher income: for each 1% on the price, volume falls by the response, half a per "
    "cent unless said otherwise.\n"
    "3. It finds every line of class income, or those that slot.fees names; a line in a ring is left alone.\n"
    "4. Rents of let property are the lines tagged commercial_rent, or those that slot.rents names. They move with "
    "voids, not with price and volume: a void loses the rent, and costs a part of it in rates and upkeep.\n"
    "5. A line given as numbers times unit cost moves in both, any other by the two together.\n"
    "6. Income that has fallen to nil does not come back.\n";
static const char sources[] =
    "Brighton & Hove City Council, savings monitoring 2024/25: prices were raised and income was missed, because "
    "demand fell, in parking and planning.\n"
    "Spelthorne Borough Council: £41.5m of rent gross, £7.5m net in 2018/19; one tenant put off £4.5m, 11% of it.\n"
    "Tests of -5% and -10% on volume, the response of a half and 10% of rent as the cost of a void are judgement.\n";

enum { P_PRICE, P_VOLUME, P_RESPONSE, P_VOIDS, P_VOID_COST, N_PARAMS };
enum { FEES = 0, FEES_NUMBER = FEES + N_OF_PLAN, FEES_COST, RENTS, RENTS_NUMBER = RENTS + N_OF_PLAN, N_SLOTS };
enum { MAX_YEARS = 10, MAX_LINES = 64 };
enum {
  PRICE,
  VOLUME = PRICE + MAX_YEARS,
  BOTH = VOLUME + MAX_YEARS,
  LET = BOTH + MAX_YEARS,
  N_SCRATCH = LET + MAX_YEARS
};

static const struct hr_param params[N_PARAMS] = {
  [P_PRICE] = {
    .id = "price", .label = "Change in price",
    .help = "Of the plan's price in the year; volume answers it.",
    .source = "Brighton & Hove 2024/25; test by judgement",
    .preset = 0.0, .neutral = 0.0, .min = -0.5, .max = 0.5, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_VOLUME] = {
    .id = "volume", .label = "Change in volume",
    .help = "Of the plan's volume in the year, whatever the price.",
    .source = "Brighton & Hove 2024/25; test by judgement",
    .preset = -0.05, .neutral = 0.0, .min = -1.0, .max = 0.5, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_RESPONSE] = {
    .id = "response", .label = "Volume lost for a higher price",
    .help = "Of each per cent on the price: 50% loses half a per cent of volume for 1% on the price.",
    .source = "judgement: a half",
    .preset = 0.5, .neutral = 0.5, .min = 0.0, .max = 2.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = 0,
  },
  [P_VOIDS] = {
    .id = "voids", .label = "Voids beyond the plan's",
    .help = "Part of the plan's rent in the year that no tenant pays.",
    .source = "Spelthorne: one tenant put off 11%",
    .preset = 0.10, .neutral = 0.0, .min = 0.0, .max = 0.8, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_VOID_COST] = {
    .id = "void_cost", .label = "Cost of a void",
    .help = "Rates, upkeep and letting, as a part of the rent lost.",
    .source = "judgement: a tenth",
    .preset = 0.10, .neutral = 0.10, .min = 0.0, .max = 0.25, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = 0,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  OF_PLAN_SLOTS("fees", "class=income", "Fees and charges."),
  OF_PLAN_SLOT("fees_number", "line:class=income.number", "Goes with fees.", HR_SCALE, HR_COUNT),
  OF_PLAN_SLOT("fees_cost", "line:class=income.unit_cost", "Goes with fees.", HR_SCALE, HR_GBP),
  OF_PLAN_SLOTS("rents", "tag=commercial_rent", "Rents of let property."),
  OF_PLAN_SLOT("rents_number", "line:tag=commercial_rent.number", "Goes with rents.", HR_SCALE, HR_COUNT),
};

struct fees {
  uint64_t skipped; /* of the fees: rents, and lines in a ring */
};

static int32_t create(const struct hr_host *host, void **self, struct hr_error *err)
{
  (void)host;
  *self = calloc(1, sizeof(struct fees));
  return *self != NULL ? HR_OK : hr_fail(err, HR_ENOMEM, -1, -1, "out of memory");
}

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  struct fees *fees = self;
  if (s->count[FEES] + s->count[RENTS] == 0) {
    return hr_fail(err, HR_SKIP, -1, -1,
                   "the plan has no line of class income, or none of those asked for, and none tagged commercial_rent");
  }
  if (s->count[FEES] > MAX_LINES || s->n_years > MAX_YEARS) {
    return hr_fail(err, HR_EUNSUP, -1, -1, "more than 64 lines of income, or more than 10 years");
  }
  fees->skipped = found_in(s, FEES, "id", RENTS); /* Rule 4 */
  for (uint32_t k = 0; k < s->count[FEES]; k++) {
    fees->skipped |= in_ring(s, FEES, k) ? UINT64_C(1) << k : 0; /* Rule 3 */
  }
  return HR_OK;
}

static double *scratch(const struct hr_batch *b, uint32_t row)
{
  return b->scratch + (uint64_t)row * b->stride;
}

/* Rules 1, 2 and 4: what each of the plan's figures is multiplied by. */
static void find_factors(const struct hr_batch *b, uint32_t y)
{
  const double *dearer = hr_value(b, P_PRICE, y), *more = hr_value(b, P_VOLUME, y),
               *answer = hr_value(b, P_RESPONSE, y);
  const double *voids = hr_value(b, P_VOIDS, y), *void_cost = hr_value(b, P_VOID_COST, y);
  double *HR_RESTRICT price = scratch(b, PRICE + y), *HR_RESTRICT volume = scratch(b, VOLUME + y);
  double *HR_RESTRICT both = scratch(b, BOTH + y), *HR_RESTRICT let = scratch(b, LET + y);
  for (uint32_t i = 0; i < b->stride; i++) {
    price[i] = 1.0 + dearer[i];
    volume[i] = (1.0 + more[i]) * (1.0 - answer[i] * dearer[i]);
    both[i] = price[i] * volume[i];
    const double left = 1.0 - voids[i] * (1.0 + void_cost[i]);
    let[i] = left > 0.0 ? left : 0.0;
  }
}

static void copy_factors(const struct hr_batch *b, uint32_t slot, uint32_t k, uint32_t factor)
{
  for (uint32_t y = 0; y < b->n_years; y++) {
    memcpy(hr_out(b, slot, k, y), scratch(b, factor + y), b->stride * sizeof(double));
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct fees *fees = self;
  for (uint32_t y = 0; y < b->n_years; y++) {
    find_factors(b, y);
  }
  for (uint32_t k = 0; k < b->slot[FEES].count; k++) {
    if (has_bit(fees->skipped, k)) {
      continue;
    }
    of_plan(b, FEES, k, BOTH);
    if (k < b->slot[FEES_NUMBER].count && k < b->slot[FEES_COST].count) { /* Rule 5 */
      copy_factors(b, FEES_NUMBER, k, VOLUME);
      copy_factors(b, FEES_COST, k, PRICE);
    }
  }
  for (uint32_t k = 0; k < b->slot[RENTS].count; k++) {
    of_plan(b, RENTS, k, LET);
    if (k < b->slot[RENTS_NUMBER].count) {
      copy_factors(b, RENTS_NUMBER, k, LET);
    }
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.fees",
  .name = "Fees",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Charges earn less, by price and by volume apart; let property stands empty.",
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
