// Council tax: a lower rise, a smaller base, less collected.  For anyone who tests what the largest source of funding
// yields. SPDX-License-Identifier: GPL-3.0-or-later
#include "follows.h"
#include "of_plan.h"
#include <headroom/plugin.h>
#include <stdlib.h>

static const char rules[] =
    "1. The rise moves in points of last year's Band D; core and social care rises apart, each rounded to the "
    "penny. A rise not taken is missed in every later year.\n"
    "2. A rise at or above the referendum limit is held just below it: the limit is by class and year, and strict.\n"
    "3. Growth of the base moves in points, on each driver of class tax_base; where the plan has none, the Band D "
    "equivalents (or the tax base) themselves grow by so much more, year on year.\n"
    "4. Collection moves in points of the eventual rate. What a year falls short of its budget reaches the General "
    "Fund "
    "a year later through the collection fund, once; a fall that lasts is in the budget from its second year on. Or "
    "all "
    "of it acts at once, if council.csv says so.\n"
    "5. Where the plan gives council tax as a line without Band D, the line grows by the points of rise and growth; "
    "collection cannot be moved then.\n"
    "6. The yield moves by a per cent of what the plan has in that year, however it is given: -1% leaves 99% of each "
    "year's figure. It acts on the base (equivalents and contributions), and through it on Band D times base, or on "
    "the line. Years are not added up.\n";
static const char sources[] =
    "Gateshead Council, MTFS sensitivity analysis: a table for 1% on council tax.\n"
    "North East Lincolnshire Council, budget 2026/27: 4.5% instead of 4.99%. MHCLG and PA data, March 2026: 28 of "
    "153 upper-tier councils did not take the maximum.\n"
    "Brighton & Hove City Council, MTFS tables: growth of the base 0.6% to 1.5% a year.\n"
    "MHCLG, Collection rates 2024-25: 95.9% in the year; budgets use the eventual rate, often 97% to 99%.\n"
    "Tests of 1 point on the rise, 0.5 on growth and 1 on collection are judgement.\n";

enum { P_RISE, P_ASC_RISE, P_GROWTH, P_COLLECTION, P_YIELD, N_PARAMS };
enum {
  S_CORE,
  S_ASC,
  S_GROWTH,
  S_EQUIVALENTS,
  S_TAX_BASE,
  S_CONTRIBUTIONS,
  S_COLLECTION,
  S_LINE,
  N_SLOTS = S_LINE + N_OF_PLAN
};
enum { MAX_YEARS = 10 };
enum { GROWN, FACTOR, N_SCRATCH = FACTOR + MAX_YEARS };

static const struct hr_param params[N_PARAMS] = {
  [P_RISE] = {
    .id = "rise", .label = "Points on the core rise",
    .help = "A minus is a lower rise than in the plan.",
    .source = "Gateshead MTFS sensitivity analysis; North East Lincolnshire 2026/27",
    .preset = -0.01, .neutral = 0.0, .min = -0.15, .max = 0.15, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_ASC_RISE] = {
    .id = "asc_rise", .label = "Points on the adult social care precept",
    .help = "A minus is a lower precept than in the plan; only councils with social care have one.",
    .source = "House of Commons Library SN05682: 2% a year",
    .preset = 0.0, .neutral = 0.0, .min = -0.05, .max = 0.05, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_GROWTH] = {
    .id = "base_growth", .label = "Points on growth of the base",
    .help = "A minus is slower growth than in the plan.",
    .source = "Brighton & Hove MTFS tables; test by judgement",
    .preset = 0.0, .neutral = 0.0, .min = -0.10, .max = 0.10, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_COLLECTION] = {
    .id = "collection", .label = "Points on the collection rate",
    .help = "Of the eventual rate, in each year given; a minus collects less.",
    .source = "MHCLG, Collection rates 2024-25; test by judgement",
    .preset = 0.0, .neutral = 0.0, .min = -0.20, .max = 0.05, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_YIELD] = {
    .id = "yield", .label = "Change in the yield",
    .help = "Of the plan's council tax in the year; a minus is less.",
    .source = "Gateshead MTFS sensitivity analysis: a table for 1% on council tax",
    .preset = 0.0, .neutral = 0.0, .min = -0.5, .max = 0.5, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_CORE] = {
    .id = "core", .address = "term:council_tax.core_rise", .help = "The core rise.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  [S_ASC] = {
    .id = "asc", .address = "term:council_tax.asc_rise", .help = "The adult social care precept.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  [S_GROWTH] = {
    .id = "growth", .address = "driver:class=tax_base.value", .help = "Growth of the base.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_EQUIVALENTS] = {
    .id = "equivalents", .address = "term:council_tax.equivalents",
    .help = "For the yield, and for growth where no driver grows the base.",
    .access = HR_SCALE, .unit = HR_COUNT, .flags = HR_OPTIONAL,
  },
  [S_TAX_BASE] = {
    .id = "tax_base", .address = "term:council_tax.tax_base",
    .help = "For the yield, and for growth where no driver grows the base.",
    .access = HR_SCALE, .unit = HR_COUNT, .flags = HR_OPTIONAL,
  },
  [S_CONTRIBUTIONS] = {
    .id = "contributions", .address = "term:council_tax.contributions", .help = "For the yield.",
    .access = HR_SCALE, .unit = HR_COUNT, .flags = HR_OPTIONAL,
  },
  [S_COLLECTION] = {
    .id = "collection", .address = "term:council_tax.collection", .help = "The eventual collection rate.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  OF_PLAN_SLOTS("line", "class=council_tax", "Council tax as a line; used where there is no Band D."),
};

struct council_tax {
  uint64_t followers; /* of the drivers of the base */
};

static int32_t create(const struct hr_host *host, void **self, struct hr_error *err)
{
  (void)host;
  *self = calloc(1, sizeof(struct council_tax));
  return *self != NULL ? HR_OK : hr_fail(err, HR_ENOMEM, -1, -1, "out of memory");
}

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  struct council_tax *tax = self;
  if (s->count[S_CORE] + s->count[S_LINE] == 0) {
    return hr_fail(err, HR_SKIP, -1, -1, "the plan has no council_tax.csv and no line of class council_tax");
  }
  tax->followers = followers(s, S_GROWTH);
  return HR_OK;
}

static void add_points(const struct hr_batch *b, uint32_t slot, uint32_t param, uint64_t skip)
{
  for (uint32_t k = 0; k < b->slot[slot].count; k++) {
    for (uint32_t y = 0; y < b->n_years && !has_bit(skip, k); y++) {
      const double *points = hr_value(b, param, y);
      double *HR_RESTRICT out = hr_out(b, slot, k, y);
      for (uint32_t i = 0; i < b->stride; i++) {
        out[i] = points[i];
      }
    }
  }
}

/* Rule 6: what each year's base is multiplied by. */
static void find_factors(const struct hr_batch *b)
{
  for (uint32_t y = 0; y < b->n_years; y++) {
    const double *yield = hr_value(b, P_YIELD, y);
    double *HR_RESTRICT factor = b->scratch + (uint64_t)(FACTOR + y) * b->stride;
    for (uint32_t i = 0; i < b->stride; i++) {
      factor[i] = 1.0 + yield[i];
    }
  }
}

/* Rule 6, and rule 3 where no driver grows the base: then it is scaled by growth that has built up. */
static void move_base(const struct hr_batch *b, uint32_t slot, int grows)
{
  double *HR_RESTRICT grown = b->scratch + (uint64_t)GROWN * b->stride;
  for (uint32_t i = 0; i < b->stride; i++) {
    grown[i] = 1.0;
  }
  for (uint32_t y = 0; y < b->n_years && b->slot[slot].count > 0; y++) {
    const double *growth = hr_value(b, P_GROWTH, y), *factor = b->scratch + (uint64_t)(FACTOR + y) * b->stride;
    double *HR_RESTRICT base = hr_out(b, slot, 0, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      grown[i] *= grows ? 1.0 + growth[i] : 1.0;
      base[i] = grown[i] * factor[i];
    }
  }
}

/* Rules 5 and 6. */
static void move_line(const struct hr_batch *b, uint32_t k)
{
  of_plan(b, S_LINE, k, FACTOR);
  for (uint32_t y = 0; y < b->n_years; y++) {
    const double *rise = hr_value(b, P_RISE, y), *asc = hr_value(b, P_ASC_RISE, y), *growth = hr_value(b, P_GROWTH, y);
    double *HR_RESTRICT rate = hr_out(b, S_LINE, k, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      const double points = rise[i] + asc[i] + growth[i];
      rate[i] = points + rate[i] + points * rate[i];
    }
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct council_tax *tax = self;
  if (b->n_years > MAX_YEARS) {
    return hr_fail(b->err, HR_EUNSUP, -1, -1, "more than 10 years");
  }
  find_factors(b);
  for (uint32_t k = 0; k < b->slot[S_LINE].count && b->slot[S_CORE].count == 0; k++) {
    move_line(b, k);
  }
  if (b->slot[S_CORE].count == 0) {
    return HR_OK;
  }
  add_points(b, S_CORE, P_RISE, 0); /* Rules 1 and 2 */
  add_points(b, S_ASC, P_ASC_RISE, 0);
  add_points(b, S_COLLECTION, P_COLLECTION, 0);      /* Rule 4 */
  add_points(b, S_GROWTH, P_GROWTH, tax->followers); /* Rule 3 */
  move_base(b, S_EQUIVALENTS, b->slot[S_GROWTH].count == 0);
  move_base(b, S_TAX_BASE, b->slot[S_GROWTH].count == 0);
  move_base(b, S_CONTRIBUTIONS, 0);
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.council-tax",
  .name = "Council tax",
  .version = "1.1.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "A lower rise, a smaller base, less collected.",
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
