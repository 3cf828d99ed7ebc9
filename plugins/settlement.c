// Settlement: grants on another path than the plan's.  For anyone who tests what government pays.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "follows.h"
#include <headroom/plugin.h>
#include <stdlib.h>
#include <string.h>

static const char rules[] =
    "1. A grant changes by a per cent of what the plan has in that year: -5% from 2027/28 on pays 95% of each of "
    "those years' figures. Years are not added up.\n"
    "2. General change (every line of class grant), change in Revenue Support Grant (tagged rsg) and change in a "
    "named grant (slot.named in the scenario) multiply where a line is in more than one.\n"
    "3. -100% ends a grant. One that has ended does not come back in this plugin.\n"
    "4. Cash flat: the part given of each yearly rise in a grant does not come, from the second year of the plan "
    "on; falls in the plan still fall. Rises that come by a driver are moved by that driver.\n"
    "5. A recurring line moves through its rate and its steps together, a one-off line through its amounts, so that "
    "the result is the plan's figure times the change whatever the form of the line.\n"
    "6. A line in a ring is left alone: it stands outside the gap.\n"
    "7. A grant that ends in the plan ends here too.\n";
static const char sources[] =
    "Written question 94677, answered 4 December 2025: three protection groups, 100% of income, real terms, 95%.\n"
    "Institute for Fiscal Studies, August 2025: one council in ten would lose 14% or more unphased; about 30 on the "
    "lowest floor fall 11% to 12% in real terms over three years.\n"
    "Kent County Council, minutes on the settlement: RSG moves one third, two thirds, then fully to the new "
    "formula.\n"
    "MHCLG, provisional settlement 2026-27 to 2028-29: about 30 funding streams consolidated; some end.\n";

enum { P_GRANTS, P_RSG, P_NAMED, P_FLAT, N_PARAMS };
/* Three groups of three slots, which hold the same lines in the same order. */
enum { GRANTS, RSG, NAMED, N_GROUPS };
enum { RATE, STEP, ONE_OFF, N_PARTS };
enum { N_SLOTS = N_GROUPS * N_PARTS, MAX_SERIES = 128 };
enum { FACTOR, BEFORE, N_SCRATCH };

_Static_assert((int)P_GRANTS == (int)GRANTS && (int)P_RSG == (int)RSG && (int)P_NAMED == (int)NAMED,
               "a group has one number as a parameter and as a group");

static const struct hr_param params[N_PARAMS] = {
  [P_GRANTS] = {
    .id = "grants", .label = "Change in every grant",
    .help = "Of the plan's figure for the year.",
    .source = "Written question 94677: the 95% floor; IFS, August 2025",
    .preset = -0.05, .neutral = 0.0, .min = -1.0, .max = 0.5, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_RSG] = {
    .id = "rsg", .label = "Change in Revenue Support Grant",
    .help = "Of the plan's figure for the year. Nothing happens where no line is tagged rsg and slot.rsg is not set.",
    .source = "Kent County Council on the phasing of RSG; IFS, August 2025",
    .preset = 0.0, .neutral = 0.0, .min = -1.0, .max = 0.5, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_NAMED] = {
    .id = "named", .label = "Change in a named grant",
    .help = "Of the plan's figure for the year; -100% from a year on is a cliff. Name the line with slot.named, "
            "or tag it named_grant.",
    .source = "MHCLG, provisional settlement 2026-27 to 2028-29",
    .preset = 0.0, .neutral = 0.0, .min = -1.0, .max = 0.5, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_FLAT] = {
    .id = "cash_flat", .label = "Rises that do not come",
    .help = "Part of each yearly rise in a grant that does not come; 100% in every year is cash flat.",
    .source = "judgement",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
};

#define SLOT(name, where, says, how, what)                                                                    \
  {                                                                                                           \
    .id = name, .address = where, .help = says, .access = how, .unit = what, .flags = HR_OPTIONAL | HR_REBIND \
  }

static const struct hr_slot slots[N_SLOTS] = {
  SLOT("grants", "line:class=grant.rate", "Every grant.", HR_ADD, HR_PERCENT),
  SLOT("grants_step", "line:class=grant.step", "Goes with grants.", HR_SCALE, HR_GBP),
  SLOT("grants_one_off", "line:class=grant.one_off", "Goes with grants.", HR_SCALE, HR_GBP),
  SLOT("rsg", "line:tag=rsg.rate", "Revenue Support Grant.", HR_ADD, HR_PERCENT),
  SLOT("rsg_step", "line:tag=rsg.step", "Goes with rsg.", HR_SCALE, HR_GBP),
  SLOT("rsg_one_off", "line:tag=rsg.one_off", "Goes with rsg.", HR_SCALE, HR_GBP),
  SLOT("named", "line:tag=named_grant.rate", "The named grant.", HR_ADD, HR_PERCENT),
  SLOT("named_step", "line:tag=named_grant.step", "Goes with named.", HR_SCALE, HR_GBP),
  SLOT("named_one_off", "line:tag=named_grant.one_off", "Goes with named.", HR_SCALE, HR_GBP),
};

static uint32_t slot_of(uint32_t group, uint32_t part)
{
  return group * N_PARTS + part;
}

/* For each line of a group: the groups that hold it, one bit each; 0 where it is left alone or an earlier group writes
 * it. */
struct settlement {
  unsigned char groups[N_GROUPS][MAX_SERIES];
};

static int32_t create(const struct hr_host *host, void **self, struct hr_error *err)
{
  (void)host;
  *self = calloc(1, sizeof(struct settlement));
  return *self != NULL ? HR_OK : hr_fail(err, HR_ENOMEM, -1, -1, "out of memory");
}

/* Rules 2 and 6. */
static unsigned char groups_of(const struct hr_setup *s, uint32_t group, uint32_t k)
{
  const char *ring = s->text(s, slot_of(group, RATE), k, "ring");
  if (ring != NULL && ring[0] != '\0') {
    return 0;
  }
  unsigned char bits = 0;
  for (uint32_t g = 0; g < N_GROUPS; g++) {
    if (find_in(s, slot_of(group, RATE), k, "id", slot_of(g, RATE)) >= 0) {
      if (g < group) {
        return 0;
      }
      bits = (unsigned char)(bits | 1u << g);
    }
  }
  return bits;
}

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  struct settlement *settlement = self;
  uint32_t bound = 0;
  for (uint32_t g = 0; g < N_GROUPS; g++) {
    if (s->count[slot_of(g, RATE)] > MAX_SERIES) {
      return hr_fail(err, HR_EUNSUP, -1, -1, "more than 128 grants");
    }
    for (uint32_t k = 0; k < s->count[slot_of(g, RATE)]; k++, bound++) {
      settlement->groups[g][k] = groups_of(s, g, k);
    }
  }
  return bound > 0 ? HR_OK
                   : hr_fail(err, HR_SKIP, -1, -1, "the plan has no line of class grant, or none of those asked for");
}

/* What the line is multiplied by in a year: Rules 1 and 2; nil for good once it was nil (Rule 3). */
static void factor_of(const struct hr_batch *b, unsigned char groups, uint32_t y, double *HR_RESTRICT factor)
{
  for (uint32_t i = 0; i < b->stride; i++) {
    factor[i] = factor[i] == 0.0 ? 0.0 : 1.0;
  }
  for (uint32_t g = 0; g < N_GROUPS; g++) {
    const double *change = hr_value(b, g, y); /* one number for both, as asserted above */
    for (uint32_t i = 0; i < b->stride && (groups >> g & 1) != 0; i++) {
      factor[i] *= 1.0 + change[i];
    }
  }
}

static void fill(const struct hr_batch *b, double *HR_RESTRICT row, double value)
{
  for (uint32_t i = 0; i < b->stride; i++) {
    row[i] = value;
  }
}

/* Rule 5: rate by the year's factor over the last year's, steps by the factor, which is the plan's own amount times the
 * factor. */
static void move_recurring(const struct hr_batch *b, uint32_t group, uint32_t k, unsigned char groups)
{
  double *HR_RESTRICT factor = b->scratch + (uint64_t)FACTOR * b->stride;
  double *HR_RESTRICT before = b->scratch + (uint64_t)BEFORE * b->stride;
  fill(b, factor, 1.0);
  for (uint32_t y = 0; y < b->n_years; y++) {
    memcpy(before, factor, b->stride * sizeof *factor);
    factor_of(b, groups, y, factor);
    const double *flat = hr_value(b, P_FLAT, y), *planned = hr_in(b, slot_of(group, STEP), k, y);
    double *HR_RESTRICT rate = hr_out(b, slot_of(group, RATE), k, y);
    double *HR_RESTRICT step = hr_out(b, slot_of(group, STEP), k, y);
    const double from = y > 0 ? 1.0 : 0.0; /* Rule 4: the first year's step may be the whole grant */
    for (uint32_t i = 0; i < b->stride; i++) {
      const double rises = planned[i] < 0.0 ? from : 0.0; /* funding is negative inside: a rise is a minus */
      rate[i] = before[i] == 0.0 ? 0.0 : factor[i] / before[i] - 1.0;
      step[i] = factor[i] * (1.0 - flat[i] * rises);
    }
  }
}

static void move_one_off(const struct hr_batch *b, uint32_t group, uint32_t k, unsigned char groups)
{
  double *HR_RESTRICT factor = b->scratch + (uint64_t)FACTOR * b->stride;
  fill(b, factor, 1.0);
  for (uint32_t y = 0; y < b->n_years; y++) {
    factor_of(b, groups, y, factor);
    memcpy(hr_out(b, slot_of(group, ONE_OFF), k, y), factor, b->stride * sizeof *factor);
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct settlement *settlement = self;
  for (uint32_t g = 0; g < N_GROUPS; g++) {
    for (uint32_t k = 0; k < b->slot[slot_of(g, RATE)].count; k++) {
      const unsigned char groups = settlement->groups[g][k];
      if (groups != 0) {
        move_recurring(b, g, k, groups);
        move_one_off(b, g, k, groups);
      }
    }
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.settlement",
  .name = "Settlement",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Grants on another path: a per cent, a named grant that ends, cash flat.",
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
