// Pooled budget: the health partner of a section 75 agreement gives notice and pays less.  For anyone whose care is
// paid for together with the NHS. SPDX-License-Identifier: GPL-3.0-or-later
#include "of_plan.h"
#include "own_line.h"

static const char rules[] =
    "1. The partner gives notice at the start of a year, counted from 1, and pays in full until the notice has run "
    "out; from then on a part of its contribution is gone for good.\n"
    "2. With six months' notice half of the part is lost in that year, all of it in later years.\n"
    "3. The contribution is the plan's lines tagged s75, or those that slot.contribution names: each is held at what "
    "is left of the plan's figure.\n"
    "4. Where the plan has no such line the contribution is the amount given, or else a part of the plan's net "
    "budget, and what is lost of it stands on a line of its own.\n"
    "5. The care goes on: nothing is saved by the withdrawal. A plan without social care has nothing to pool.\n";
static const char sources[] =
    "North East Lincolnshire Council, LGA progress review, November 2023: a new section 75 agreement with the "
    "Integrated Care Board.\n"
    "No published range was found. Tests of 10% and 25% of the partner's contribution, six months' notice and a "
    "contribution of 2% of the net budget are judgement.\n";

enum { P_WITHDRAWN, P_YEAR, P_NOTICE, P_CONTRIBUTION, P_CONTRIBUTION_PART, N_PARAMS };
enum { CONTRIBUTION = 0, S_LINE = CONTRIBUTION + N_OF_PLAN, S_STEP, S_BUDGET, S_CARE, N_SLOTS };
enum { KEPT, LEVEL = KEPT + OWN_YEARS, N_SCRATCH = LEVEL + OWN_YEARS };

static const struct hr_param params[N_PARAMS] = {
  [P_WITHDRAWN] = {
    .id = "withdrawn", .label = "Part withdrawn",
    .help = "Of the partner's contribution.",
    .source = "judgement: 10% and 25%",
    .preset = 0.10, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_SEVERITY,
  },
  [P_YEAR] = {
    .id = "year", .label = "Year of the notice",
    .help = "1 is the first year of the plan; notice is given at its start.",
    .source = "judgement: the first year",
    .preset = 1.0, .neutral = 1.0, .min = 1.0, .max = 10.0, .grain = 1.0,
    .unit = HR_COUNT, .flags = 0,
  },
  [P_NOTICE] = {
    .id = "notice", .label = "Notice",
    .help = "Months from the start of that year in which the partner still pays in full.",
    .source = "the agreement; judgement: six months",
    .preset = 6.0, .neutral = 6.0, .min = 0.0, .max = 60.0, .grain = 1.0,
    .unit = HR_MONTHS, .flags = 0,
  },
  [P_CONTRIBUTION] = {
    .id = "contribution", .label = "The partner's contribution",
    .help = "A year; used where no line is tagged s75.",
    .source = "the council's own agreement",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1e9, .grain = 1.0,
    .unit = HR_GBP, .flags = HR_PER_YEAR,
  },
  [P_CONTRIBUTION_PART] = {
    .id = "contribution_part", .label = "The same as a part of the net budget",
    .help = "Used where no line is tagged s75 and no amount is given.",
    .source = "judgement: 2%",
    .preset = 0.02, .neutral = 0.02, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = 0,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  OF_PLAN_SLOTS("contribution", "tag=s75", "What the partner pays."),
  [S_LINE] = OWN_LINE("pooled_budget", "Partner's withdrawal from pooled budgets", "pressure",
                      "Where the loss stands when no line is the contribution."),
  [S_STEP] = OWN_LINE_STEP("pooled_budget"),
  [S_BUDGET] = {
    .id = "net_budget", .address = "plan:net_budget", .help = "The plan's net budget.",
    .access = HR_READ, .unit = HR_GBP, .flags = 0,
  },
  [S_CARE] = {
    .id = "care", .address = "line:class=care.one_off", .help = "A council without social care pools nothing.",
    .access = HR_READ, .unit = HR_GBP, .flags = HR_OPTIONAL,
  },
};

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  ((struct own_line *)self)->recurs = own_line_recurs(s, S_STEP);
  if (s->count[CONTRIBUTION] + s->count[S_CARE] > 0) {
    return HR_OK;
  }
  return hr_fail(err, HR_SKIP, -1, -1, "the plan has no line tagged s75 and none of class care: nothing is pooled");
}

/* Part of the year, or all of it, after the notice has run out. */
static double after_notice(double year, double notice, uint32_t y)
{
  const double gone = y + 2.0 - year - notice / 12.0;
  return gone < 0.0 ? 0.0 : gone > 1.0 ? 1.0 : gone;
}

/* Rules 1, 2 and 4. */
static void withdraw(const struct hr_batch *b, uint32_t y)
{
  const double *withdrawn = hr_value(b, P_WITHDRAWN, y), *year = hr_value(b, P_YEAR, y),
               *notice = hr_value(b, P_NOTICE, y);
  const double *amount = hr_value(b, P_CONTRIBUTION, y), *part = hr_value(b, P_CONTRIBUTION_PART, y);
  const double *budget = hr_in(b, S_BUDGET, 0, y);
  double *HR_RESTRICT kept = own_row(b, KEPT + y), *HR_RESTRICT level = own_row(b, LEVEL + y);
  for (uint32_t i = 0; i < b->stride; i++) {
    const double lost = withdrawn[i] * after_notice(year[i], notice[i], y);
    const double whole = amount[i] > 0.0 ? amount[i] : part[i] * budget[i];
    kept[i] = 1.0 - lost;
    level[i] = 0.0 + lost * whole;
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct own_line *own = self;
  if (own_line_years(b) != HR_OK) {
    return HR_EUNSUP;
  }
  for (uint32_t y = 0; y < b->n_years; y++) {
    withdraw(b, y);
  }
  for (uint32_t k = 0; k < b->slot[CONTRIBUTION].count; k++) {
    of_plan(b, CONTRIBUTION, k, KEPT); /* Rule 3 */
  }
  if (b->slot[CONTRIBUTION].count == 0) {
    own_line_level(b, S_LINE, S_STEP, own->recurs, LEVEL);
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.pooled-budget",
  .name = "Pooled budget",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "The health partner of a section 75 agreement gives notice and pays less.",
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
