/* result_without_policy.c: reads a result without being a policy. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_ADDRESS "result:gap"
#define WRONG_ACCESS HR_READ
#define OWN_DESCRIPTION
#include "plain.h"

static int32_t nothing(const void *self, const struct hr_batch *b)
{
  (void)self, (void)b;
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,   .id = "org.headroom.test.result",
  .name = "Result", .version = "1.0.0",
  .param = params,  .n_params = 2,
  .slot = slots,    .n_slots = 2,
  .apply = nothing,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : 0;
}
