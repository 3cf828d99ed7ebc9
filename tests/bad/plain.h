/* plain.h: a plugin that is right in every way; each file of this folder includes it after defining the one thing that
 * is wrong with its own. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>

#ifndef WRONG_ID
#define WRONG_ID "org.headroom.test.plain"
#endif
#ifndef WRONG_TITLE
#define WRONG_TITLE "Plain"
#endif
#ifndef WRONG_PRESET
#define WRONG_PRESET 0.01
#endif
#ifndef WRONG_ADDRESS
#define WRONG_ADDRESS "driver:class=pay.value"
#endif
#ifndef WRONG_ACCESS
#define WRONG_ACCESS HR_ADD
#endif
#ifndef WRONG_SECOND_ID
#define WRONG_SECOND_ID "offset"
#endif
#ifndef WRONG_FLAGS
#define WRONG_FLAGS 0
#endif
#ifndef WRONG_IN_CREATE
#define WRONG_IN_CREATE
#endif
#ifndef WRONG_IN_ACTIVATE
#define WRONG_IN_ACTIVATE
#endif
#ifndef WRONG_IN_APPLY
#define WRONG_IN_APPLY
#endif

enum { P_EXTRA, P_OFFSET };
enum { S_AWARD, S_NET };

static const struct hr_param params[] = {
  [P_EXTRA] = { "extra", "Extra award", "On top of the plan's.", "made up", 0, WRONG_PRESET, 0.0, -0.1, 0.25, 0.0001,
                HR_POINTS, HR_PER_YEAR | HR_SEVERITY },
  [P_OFFSET] = { WRONG_SECOND_ID, "Offset", "Taken off again.", "made up", 0, 0.0, 0.0, 0.0, 0.1, 0.0001, HR_POINTS,
                 HR_SEVERITY },
};
static const struct hr_slot slots[] = {
  [S_AWARD] = { "award", WRONG_ADDRESS, "Pay awards.", 0, 0, WRONG_ACCESS, HR_PERCENT, WRONG_FLAGS, 0 },
  [S_NET] = { "net", "plan:net_budget", "The plan's net budget.", 0, 0, HR_READ, HR_GBP, HR_OPTIONAL, 0 },
};

struct own {
  uint32_t calls;
};
static struct own own;

static int32_t create(const struct hr_host *host, void **self, struct hr_error *error)
{
  (void)host, (void)error;
  *self = &own;
  WRONG_IN_CREATE
  return HR_OK;
}

static int32_t activate(void *self, const struct hr_setup *setup, struct hr_error *error)
{
  (void)self, (void)setup, (void)error;
  WRONG_IN_ACTIVATE
  return HR_OK;
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  (void)self;
  for (uint32_t year = 0; year < b->n_years; year++) {
    const double *extra = hr_value(b, P_EXTRA, year), *offset = hr_value(b, P_OFFSET, year);
    for (uint32_t k = 0; k < b->slot[S_AWARD].count; k++) {
      double *HR_RESTRICT award = hr_out(b, S_AWARD, k, year);
      for (uint32_t i = 0; i < b->stride; i++) {
        award[i] = extra[i] - offset[i];
      }
    }
  }
  WRONG_IN_APPLY
  return HR_OK;
}

#ifndef OWN_DESCRIPTION
static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,       .id = WRONG_ID, .name = WRONG_TITLE, .version = "1.0.0", .summary = "Raises pay awards.",
  .param = params,      .n_params = 2,  .slot = slots,       .n_slots = 2,       .create = create,
  .activate = activate, .apply = apply,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : 0;
}
#endif
