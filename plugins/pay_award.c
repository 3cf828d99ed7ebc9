// Pay award: the award in the plan is raised, and every pay line follows.  For anyone who budgets a pay settlement.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "follows.h"
#include <headroom/plugin.h>
#include <stdlib.h>

static const char rules[] =
    "1. The extra award is added, in points, to each driver of class pay: 3.0% and 1pp make 4.0%.\n"
    "2. The lines are recomputed, whatever their form, so the extra compounds and stays in every later year.\n"
    "3. A vacancy factor is a share of the pay lines, so it follows by itself.\n"
    "4. A pay driver that follows another pay driver is moved by it, and not a second time.\n"
    "5. A line of class pay that no driver grows grows by the extra itself; where the plan has no pay driver, so does "
    "every line of the class.\n"
    "6. Pay contingency that is released comes off the line tagged pay_contingency in its year, so that money "
    "already set aside for pay is not counted twice. Where several lines are so tagged, the first carries it.\n";
static const char sources[] =
    "Gateshead Council, MTFS sensitivity analysis: 1% on pay is £1.4m to £1.5m a year.\n"
    "LGA, National Employers' pay offer, 23 April 2025: 3.2% costs £793m nationally, so a point is about £248m.\n"
    "Brighton & Hove City Council, MTFS tables: 2.75%, then 2.5%, is a usual plan; tests of 1 and 2 points are "
    "judgement.\n";

enum { P_EXTRA, P_RELEASE, N_PARAMS };
enum { S_AWARD, S_LINES, S_CONTINGENCY, N_SLOTS };

static const struct hr_param params[N_PARAMS] = {
  [P_EXTRA] = {
    .id = "extra_award", .label = "Extra pay award",
    .help = "On top of the award in the plan, in each year given.",
    .source = "Gateshead MTFS sensitivity analysis; LGA National Employers, April 2025",
    .preset = 0.01, .neutral = 0.0, .min = -0.10, .max = 0.25, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_RELEASE] = {
    .id = "release", .label = "Pay contingency released",
    .help = "What the plan's contingency holds for pay; taken out in the year. Nothing happens where no line is "
            "tagged "
            "pay_contingency and slot.contingency is not set.",
    .source = "the council's own budget report",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1e9, .grain = 1.0,
    .unit = HR_GBP, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_AWARD] = {
    .id = "award", .address = "driver:class=pay.value", .help = "Every pay award in the plan.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_LINES] = {
    .id = "lines", .address = "line:class=pay.rate", .help = "Pay lines; used only where no driver grows them.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_CONTINGENCY] = {
    .id = "contingency", .address = "line:tag=pay_contingency.one_off",
    .help = "The line that carries pay contingency.",
    .access = HR_ADD, .unit = HR_GBP, .flags = HR_OPTIONAL | HR_REBIND,
  },
};

struct pay_award {
  uint64_t followers;               /* of the pay drivers */
  unsigned char driven[MOST_LINES]; /* pay lines that a driver grows */
  int any_driver;
};

static int32_t create(const struct hr_host *host, void **self, struct hr_error *err)
{
  (void)host;
  *self = calloc(1, sizeof(struct pay_award));
  return *self != NULL ? HR_OK : hr_fail(err, HR_ENOMEM, -1, -1, "out of memory");
}

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  struct pay_award *pay = self;
  if (s->count[S_AWARD] + s->count[S_LINES] == 0) {
    return hr_fail(err, HR_SKIP, -1, -1, "the plan has no driver and no line of class pay");
  }
  pay->followers = followers(s, S_AWARD);
  pay->any_driver = s->count[S_AWARD] > 0;
  if (!find_driven(s, S_LINES, pay->driven)) {
    return hr_fail(err, HR_EUNSUP, -1, -1, "more than 512 lines of class pay");
  }
  return HR_OK;
}

static void raise(const struct hr_batch *b, uint32_t slot, uint32_t k)
{
  for (uint32_t y = 0; y < b->n_years; y++) {
    memcpy(hr_out(b, slot, k, y), hr_value(b, P_EXTRA, y), b->stride * sizeof(double));
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct pay_award *pay = self;
  for (uint32_t k = 0; k < b->slot[S_AWARD].count; k++) { /* Rules 1 to 4 */
    if (!has_bit(pay->followers, k)) {
      raise(b, S_AWARD, k);
    }
  }
  for (uint32_t k = 0; k < b->slot[S_LINES].count; k++) { /* Rule 5 */
    if (!pay->any_driver || !pay->driven[k]) {
      raise(b, S_LINES, k);
    }
  }
  for (uint32_t y = 0; y < b->n_years && b->slot[S_CONTINGENCY].count > 0; y++) { /* Rule 6 */
    const double *release = hr_value(b, P_RELEASE, y);
    double *HR_RESTRICT line = hr_out(b, S_CONTINGENCY, 0, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      line[i] = 0.0 - release[i];
    }
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.pay-award",
  .name = "Pay award",
  .version = "1.1.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Raises the pay award; every pay line follows.",
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
