/* policy.c: nothing is wrong with it: it holds spending back when the General Fund is low. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>

#include <string.h>

enum { P_HELD };
enum { S_FUND, S_SPEND, S_HELD };

#ifndef HELD_IN_YEAR
#define HELD_IN_YEAR year
#endif

static const struct hr_param params[] = {
  [P_HELD] = { "held", "Held back", "Part of the lines.", "made up", 0, 0.01, 0.0, 0.0, 0.2, 0.0001, HR_PERCENT,
               HR_SEVERITY },
};
static const struct hr_slot slots[] = {
  [S_FUND] = { "fund", "result:general_fund_closing", "General Fund.", 0, 0, HR_READ, HR_GBP, 0, 0 },
  [S_SPEND] = { "spend", "line:tag=discretionary.amount", "What can be held.", 0, 0, HR_READ, HR_GBP, HR_REBIND, 0 },
  [S_HELD] = { "held", "line:held.one_off", "Where it shows.", "Held back", "pressure", HR_ADD, HR_GBP, HR_CREATE, 0 },
};

static int32_t apply(const void *self, const struct hr_batch *b)
{
  (void)self, (void)b;
  return HR_OK;
}

static int32_t respond(const void *self, const struct hr_batch *b, uint32_t year)
{
  (void)self;
  const double *fund = hr_in(b, S_FUND, 0, year), *part = hr_value(b, P_HELD, year);
  double *HR_RESTRICT held = hr_out(b, S_HELD, 0, HELD_IN_YEAR);
  for (uint32_t k = 0; k < b->slot[S_SPEND].count; k++) {
    const double *spend = hr_in(b, S_SPEND, k, year);
    for (uint32_t i = 0; i < b->stride; i++) {
      held[i] -= fund[i] < 1e6 ? part[i] * spend[i] : 0.0;
    }
  }
  return HR_OK;
}

static int32_t explain(const void *self, const struct hr_batch *b, void *sink,
                       void (*say)(void *, uint32_t, uint32_t, int32_t, const char *))
{
  (void)self, (void)b;
  say(sink, S_HELD, 0, -1, "Spending is held back while the General Fund is low.");
  return HR_OK;
}

static const void *extension(const char *id)
{
  static const struct hr_policy policy = { sizeof policy, 0, respond };
  static const struct hr_explain words = { sizeof words, 0, explain };
  return strcmp(id, HR_EXT_POLICY) == 0    ? (const void *)&policy
         : strcmp(id, HR_EXT_EXPLAIN) == 0 ? (const void *)&words
                                           : 0;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,   .id = "org.headroom.test.policy",
  .name = "Policy", .version = "1.0.0",
  .param = params,  .n_params = 1,
  .slot = slots,    .n_slots = 3,
  .apply = apply,   .extension = extension,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : 0;
}
