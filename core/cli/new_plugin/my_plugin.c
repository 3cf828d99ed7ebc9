/* my_plugin.c: a larger rise in prices; a scenario plugin for Headroom.  Put your own rules in its place. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>

static const char rules[] = "1. Where the plan expects prices to rise, they rise by a part more.\n"
                            "2. Where it expects them to stand still or to fall, nothing changes.\n";
static const char sources[] = "None yet: name the document and the table that the preset and the range come from.\n";

enum { P_MORE };
enum { S_PRICES };

static const struct hr_param params[] = {
  [P_MORE] = { .id = "more",
               .label = "Larger rise in prices",
               .help = "Part of the plan's own rise, on top of it.",
               .source = "judgement: a quarter",
               .preset = 0.25,
               .neutral = 0.0,
               .min = -1.0,
               .max = 3.0,
               .grain = 0.001,
               .unit = HR_PERCENT,
               .flags = HR_PER_YEAR | HR_SEVERITY },
};

/* What the council's own plan says, found by class: it works on any folder, and a scenario may point it elsewhere. */
static const struct hr_slot slots[] = {
  [S_PRICES] = { .id = "prices",
                 .address = "driver:class=price.value",
                 .help = "The rise in prices that the plan expects.",
                 .access = HR_ADD,
                 .unit = HR_PERCENT,
                 .flags = HR_REBIND },
};

static int32_t apply(const void *self, const struct hr_batch *b)
{
  (void)self;
  for (uint32_t k = 0; k < b->slot[S_PRICES].count; k++) {
    for (uint32_t y = 0; y < b->n_years; y++) {
      const double *more = hr_value(b, P_MORE, y), *planned = hr_in(b, S_PRICES, k, y);
      double *change = hr_out(b, S_PRICES, k, y);
      for (uint32_t i = 0; i < b->stride; i++) {
        change[i] = more[i] * (planned[i] > 0.0 ? planned[i] : 0.0); /* Rules 1 and 2 */
      }
    }
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.example.my-plugin",
  .name = "My plugin",
  .version = "0.1.0",
  .author = "You",
  .licence = "GPL-3.0-or-later",
  .summary = "Prices rise by more than the plan expects.",
  .rules = rules,
  .sources = sources,
  .param = params,
  .slot = slots,
  .n_params = 1,
  .n_slots = 1,
  .apply = apply,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : 0;
}
