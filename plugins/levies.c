// Levies: what other bodies charge rises faster than planned.  For a council that pays drainage boards, transport or
// waste authorities. SPDX-License-Identifier: GPL-3.0-or-later
#include "follows.h"
#include <headroom/plugin.h>
#include <stdlib.h>

static const char rules[] =
    "1. A levy is set by another body: the council cannot refuse it, and no control on spending reaches it.\n"
    "2. Points are added to each driver of class levy: 4% and 5pp make 9%. The rise compounds and stays.\n"
    "3. A driver that follows another of its class is moved by it, and not a second time.\n"
    "4. Where the plan has no driver of class levy, the lines of class levy grow by the points themselves.\n"
    "5. A grant towards levies that ends is for settlement, with slot.named.\n";
static const char sources[] =
    "King's Lynn and West Norfolk, council news 2025 and 2026: more than 40% of its council tax goes to drainage "
    "boards. Boston: about 60% in 2023/24.\n"
    "Lincolnshire councils on drainage levies: £1.3m more in two years for East Lindsey.\n"
    "MHCLG, levy support grants: £3m in 2023-24 and 2024-25, £5m in 2025-26.\n"
    "A test of 5 points is judgement.\n";

enum { P_EXTRA, N_PARAMS };
enum { S_DRIVERS, S_LINES, N_SLOTS };

static const struct hr_param params[N_PARAMS] = {
  [P_EXTRA] = {
    .id = "extra", .label = "Extra rise in levies",
    .help = "On top of the rise in the plan, in each year given.",
    .source = "Lincolnshire councils on drainage levies; test by judgement",
    .preset = 0.05, .neutral = 0.0, .min = -0.25, .max = 1.0, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_DRIVERS] = {
    .id = "drivers", .address = "driver:class=levy.value", .help = "Every rise in levies in the plan.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_LINES] = {
    .id = "lines", .address = "line:class=levy.rate", .help = "Levies; used only where the plan has no such driver.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
};

struct levies {
  uint64_t followers; /* of the drivers */
};

static int32_t create(const struct hr_host *host, void **self, struct hr_error *err)
{
  (void)host;
  *self = calloc(1, sizeof(struct levies));
  return *self != NULL ? HR_OK : hr_fail(err, HR_ENOMEM, -1, -1, "out of memory");
}

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  struct levies *levies = self;
  if (s->count[S_DRIVERS] + s->count[S_LINES] == 0) {
    return hr_fail(err, HR_SKIP, -1, -1, "the plan has no driver and no recurring line of class levy");
  }
  levies->followers = followers(s, S_DRIVERS);
  return HR_OK;
}

static void raise_slot(const struct hr_batch *b, uint32_t slot, uint64_t skip)
{
  for (uint32_t k = 0; k < b->slot[slot].count; k++) {
    for (uint32_t y = 0; y < b->n_years && !has_bit(skip, k); y++) { /* Rule 3 */
      memcpy(hr_out(b, slot, k, y), hr_value(b, P_EXTRA, y), b->stride * sizeof(double));
    }
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct levies *levies = self;
  if (b->slot[S_DRIVERS].count > 0) {
    raise_slot(b, S_DRIVERS, levies->followers); /* Rule 2 */
  } else {
    raise_slot(b, S_LINES, 0); /* Rule 4 */
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.levies",
  .name = "Levies",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "What other bodies charge rises faster than planned.",
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
