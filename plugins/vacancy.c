// Vacancy: posts that the plan leaves empty are filled.  For anyone whose pay budget holds a vacancy factor.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>
#include <stddef.h>

static const char rules[] =
    "1. A vacancy factor is a share of pay that the plan takes off, because some posts are always empty: -5% of the "
    "establishment.\n"
    "2. When a part of those vacancies is filled, that part of the factor becomes an overspend, in each year given: a "
    "fifth filled makes -5% into -4%.\n"
    "3. It finds lines of class pay given as a share of others, or those that slot.lines names. A share that adds to "
    "pay, such as on-costs, is left alone.\n"
    "4. A vacancy saving on top of a vacancy factor counts the same empty posts twice.\n"
    "5. A minus is the other way: posts held empty for longer. It is one-off by nature and hard to keep up.\n";
static const char sources[] =
    "North East Lincolnshire Council, productivity plan 2024/25: a factor of 5% kept over the planning period.\n"
    "Tunbridge Wells, finance update: £260k to £340k.\n"
    "A test of half the vacancies filled is judgement.\n";

enum { P_FILLED, N_PARAMS };
enum { S_LINES, N_SLOTS };

static const struct hr_param params[N_PARAMS] = {
  [P_FILLED] = {
    .id = "filled", .label = "Part of the vacancies that is filled",
    .help = "100% fills every post, and nothing is left of the factor.",
    .source = "judgement: half",
    .preset = 0.5, .neutral = 0.0, .min = -1.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_LINES] = {
    .id = "lines", .address = "line:class=pay.percent", .help = "Shares of pay, the vacancy factor among them.",
    .access = HR_SCALE, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
};

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  (void)self;
  if (s->count[S_LINES] > 0) {
    return HR_OK;
  }
  return hr_fail(err, HR_SKIP, -1, -1, "the plan has no vacancy factor: no line of class pay is a share of others");
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  (void)self;
  for (uint32_t k = 0; k < b->slot[S_LINES].count; k++) {
    for (uint32_t y = 0; y < b->n_years; y++) {
      const double *filled = hr_value(b, P_FILLED, y), *percent = hr_in(b, S_LINES, k, y);
      double *HR_RESTRICT factor = hr_out(b, S_LINES, k, y);
      for (uint32_t i = 0; i < b->stride; i++) {
        factor[i] = percent[i] < 0.0 ? 1.0 - filled[i] : 1.0; /* Rules 2 and 3 */
      }
    }
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.vacancy",
  .name = "Vacancy",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Posts that the plan leaves empty are filled.",
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
