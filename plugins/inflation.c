// Inflation: general prices, contracts, care fees and energy rise faster than the plan says.  For anyone who tests
// prices. SPDX-License-Identifier: GPL-3.0-or-later
#include "follows.h"
#include <headroom/plugin.h>
#include <stdlib.h>

static const char rules[] =
    "1. Points are added to each driver of class price, contract and care, by class: 2.5% and 1pp make 3.5%.\n"
    "2. The lines are recomputed, so a rise compounds and stays in every later year.\n"
    "3. A driver that follows another (contracts at CPI plus half a point) has already been moved by it. Only what "
    "its own points exceed that by is added: CPI +2pp and contracts +3pp move such a contract by 3pp in all, CPI "
    "+2pp and contracts +1pp by 2pp.\n"
    "4. Caps and collars are held after that, on the whole rate, so a capped contract stops at its cap.\n"
    "5. Energy is a rise in the price itself, on top of whatever else moves the line; it acts on lines tagged "
    "energy.\n"
    "6. A line of class contract that no driver grows is taken to follow general prices, and one of class care grows "
    "by the extra rise in care fees; where the plan has no driver of class price, contract or care, so does every line "
    "of those classes.\n"
    "7. Income is left alone: a higher price is not a higher income. What else the plan ties to a price driver "
    "moves with it, such as business rates baselines.\n";
static const char sources[] =
    "Brighton & Hove City Council, general fund budget update, July 2023: CPI peaked at 11.1% in October 2022.\n"
    "Professor David Miles of the OBR, March 2026: inflation at the end of 2026 nearer 3% than 2% if energy prices "
    "hold.\n"
    "Community Care on fees for 2025-26: adult care fees rose 4.9% to 6.0% by type; the national living wage 6.7%, "
    "then 4.1%.\n"
    "Gateshead Council, MTFS sensitivity analysis: 5% on energy is £0.6m, 30% is £3.4m.\n"
    "Tests of 1 to 4 points on prices and 1 to 3 on care fees are judgement.\n";

enum { P_CPI, P_CONTRACTS, P_CARE_FEES, P_ENERGY, N_PARAMS };
enum { S_PRICES, S_CONTRACTS, S_CARE_FEES, S_ENERGY, S_CONTRACT_LINES, S_CARE_LINES, N_SLOTS };
enum { INHERITED, N_SCRATCH };
enum { N_CLASSES = S_ENERGY, MAX_SERIES = 64, MAX_DRIVERS = N_CLASSES * MAX_SERIES };

_Static_assert((int)P_CPI == (int)S_PRICES && (int)P_CONTRACTS == (int)S_CONTRACTS &&
                   (int)P_CARE_FEES == (int)S_CARE_FEES,
               "a class has one number as a parameter and as a slot");

static const struct hr_param params[N_PARAMS] = {
  [P_CPI] = {
    .id = "cpi", .label = "Extra general inflation",
    .help = "On top of every price driver, such as CPI; what follows CPI follows this.",
    .source = "Brighton & Hove, July 2023; OBR, March 2026; test by judgement",
    .preset = 0.01, .neutral = 0.0, .min = -0.10, .max = 0.25, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_CONTRACTS] = {
    .id = "contracts", .label = "Extra contract indexation",
    .help = "On top of every contract driver; where it follows CPI, only what this exceeds the extra CPI by.",
    .source = "Brighton & Hove, July 2023; test by judgement",
    .preset = 0.01, .neutral = 0.0, .min = -0.10, .max = 0.25, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_CARE_FEES] = {
    .id = "care_fees", .label = "Extra rise in care fees",
    .help = "On top of every care driver. The national living wage is most of it: about three quarters of a "
            "point here for "
            "each point on the wage.",
    .source = "Community Care, 2025-26 fees; the three quarters is judgement",
    .preset = 0.01, .neutral = 0.0, .min = -0.10, .max = 0.25, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_ENERGY] = {
    .id = "energy", .label = "Extra rise in energy prices",
    .help = "Of the year's price, in the year, and it stays. Nothing happens where no line is tagged energy and "
            "slot.energy "
            "is not set.",
    .source = "Gateshead MTFS sensitivity analysis: 5% and 30%",
    .preset = 0.05, .neutral = 0.0, .min = -0.50, .max = 2.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_PRICES] = {
    .id = "prices", .address = "driver:class=price.value", .help = "General prices, such as CPI.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_CONTRACTS] = {
    .id = "contracts", .address = "driver:class=contract.value", .help = "Indexation written into contracts.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_CARE_FEES] = {
    .id = "care_fees", .address = "driver:class=care.value", .help = "Fees paid for care.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_ENERGY] = {
    .id = "energy", .address = "line:tag=energy.rate", .help = "Lines that pay for energy.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_CONTRACT_LINES] = {
    .id = "contract_lines", .address = "line:class=contract.rate",
    .help = "Contracts and running costs; used only where no driver grows them.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  [S_CARE_LINES] = {
    .id = "care_lines", .address = "line:class=care.rate", .help = "Care; used only where no driver grows it.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
};

/* One driver bound to one of the three slots, and the bound driver that it follows. */
struct driver {
  uint32_t slot, k;
  int32_t parent; /* index of inflation.driver, or -1 */
};

struct inflation {
  struct driver driver[MAX_DRIVERS];
  uint32_t order[MAX_DRIVERS]; /* parents before those that follow them */
  uint32_t n;
  unsigned char driven_contract[MOST_LINES], driven_care[MOST_LINES];
};

static int32_t create(const struct hr_host *host, void **self, struct hr_error *err)
{
  (void)host;
  *self = calloc(1, sizeof(struct inflation));
  return *self != NULL ? HR_OK : hr_fail(err, HR_ENOMEM, -1, -1, "out of memory");
}

static int32_t index_of(const struct inflation *inflation, uint32_t slot, int32_t k)
{
  for (uint32_t d = 0; k >= 0 && d < inflation->n; d++) {
    if (inflation->driver[d].slot == slot && inflation->driver[d].k == (uint32_t)k) {
      return (int32_t)d;
    }
  }
  return -1;
}

static void find_parent(struct inflation *inflation, struct driver *driver, const struct hr_setup *s)
{
  driver->parent = -1;
  for (uint32_t slot = 0; slot < N_CLASSES && driver->parent < 0; slot++) {
    driver->parent = index_of(inflation, slot, find_in(s, driver->slot, driver->k, "follows", slot));
  }
}

static uint32_t depth(const struct inflation *inflation, uint32_t d)
{
  uint32_t steps = 0;
  for (int32_t p = inflation->driver[d].parent; p >= 0 && steps < inflation->n; p = inflation->driver[p].parent) {
    steps++;
  }
  return steps;
}

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  struct inflation *inflation = self;
  inflation->n = 0;
  for (uint32_t slot = 0; slot < N_CLASSES; slot++) {
    if (s->count[slot] > MAX_SERIES) {
      return hr_fail(err, HR_EUNSUP, -1, -1, "more than 64 drivers of one class");
    }
    for (uint32_t k = 0; k < s->count[slot]; k++) {
      inflation->driver[inflation->n++] = (struct driver){ .slot = slot, .k = k, .parent = -1 };
    }
  }
  if (inflation->n + s->count[S_ENERGY] + s->count[S_CONTRACT_LINES] + s->count[S_CARE_LINES] == 0) {
    return hr_fail(err, HR_SKIP, -1, -1,
                   "the plan has no driver of class price, contract or care, no line of class contract or care, and no "
                   "line tagged energy");
  }
  if (!find_driven(s, S_CONTRACT_LINES, inflation->driven_contract) ||
      !find_driven(s, S_CARE_LINES, inflation->driven_care)) {
    return hr_fail(err, HR_EUNSUP, -1, -1, "more than 512 lines of class contract or care");
  }
  for (uint32_t d = 0; d < inflation->n; d++) {
    find_parent(inflation, &inflation->driver[d], s);
  }
  uint32_t placed = 0;
  for (uint32_t level = 0; placed < inflation->n; level++) {
    for (uint32_t d = 0; d < inflation->n; d++) {
      if (depth(inflation, d) == level) {
        inflation->order[placed++] = d;
      }
    }
  }
  return HR_OK;
}

/* What already reaches a driver through those that it follows. */
static void inherit(const struct hr_batch *b, const struct inflation *inflation, uint32_t d, uint32_t y)
{
  double *HR_RESTRICT inherited = b->scratch + (uint64_t)INHERITED * b->stride;
  memset(inherited, 0, b->stride * sizeof *inherited);
  for (int32_t p = inflation->driver[d].parent; p >= 0; p = inflation->driver[p].parent) {
    const double *own = hr_out(b, inflation->driver[p].slot, inflation->driver[p].k, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      inherited[i] += own[i];
    }
  }
}

/* Rule 3: the part of `points` that goes beyond what is inherited; against each other, the two add. */
static double beyond(double points, double inherited)
{
  const double up = (points > 0.0 ? points : 0.0) - (inherited > 0.0 ? inherited : 0.0);
  const double down = (points < 0.0 ? points : 0.0) - (inherited < 0.0 ? inherited : 0.0);
  return (up > 0.0 ? up : 0.0) + (down < 0.0 ? down : 0.0);
}

/* Rule 6, and rule 3 as if the line followed general prices. */
static void raise_lines(const struct hr_batch *b, const struct inflation *inflation, uint32_t y)
{
  const double *cpi = hr_value(b, P_CPI, y), *contracts = hr_value(b, P_CONTRACTS, y);
  for (uint32_t k = 0; k < b->slot[S_CONTRACT_LINES].count; k++) {
    double *HR_RESTRICT rate = hr_out(b, S_CONTRACT_LINES, k, y);
    for (uint32_t i = 0; i < b->stride && (inflation->n == 0 || !inflation->driven_contract[k]); i++) {
      rate[i] = cpi[i] + beyond(contracts[i], cpi[i]);
    }
  }
  for (uint32_t k = 0; k < b->slot[S_CARE_LINES].count; k++) {
    if (inflation->n == 0 || !inflation->driven_care[k]) {
      memcpy(hr_out(b, S_CARE_LINES, k, y), hr_value(b, P_CARE_FEES, y), b->stride * sizeof(double));
    }
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct inflation *inflation = self;
  const double *inherited = b->scratch + (uint64_t)INHERITED * b->stride;
  for (uint32_t y = 0; y < b->n_years; y++) {
    for (uint32_t n = 0; n < inflation->n; n++) { /* Rules 1, 2 and 4 */
      const struct driver *driver = &inflation->driver[inflation->order[n]];
      const double *points = hr_value(b, driver->slot, y); /* one number for both, as asserted above */
      inherit(b, inflation, inflation->order[n], y);
      double *HR_RESTRICT rate = hr_out(b, driver->slot, driver->k, y);
      for (uint32_t i = 0; i < b->stride; i++) {
        rate[i] = beyond(points[i], inherited[i]);
      }
    }
    raise_lines(b, inflation, y);
    const double *energy = hr_value(b, P_ENERGY, y);
    for (uint32_t k = 0; k < b->slot[S_ENERGY].count; k++) { /* Rule 5 */
      double *HR_RESTRICT rate = hr_out(b, S_ENERGY, k, y);
      for (uint32_t i = 0; i < b->stride; i++) {
        rate[i] = energy[i];
      }
    }
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.inflation",
  .name = "Inflation",
  .version = "1.1.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Raises prices, contracts, care fees and energy, each by its own points.",
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
