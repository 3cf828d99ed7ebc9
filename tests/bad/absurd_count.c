/* absurd_count.c: claims a thousand million parameters. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define OWN_DESCRIPTION
#include "plain.h"

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,  .id = "org.headroom.test.absurd", .name = "Absurd", .version = "1.0.0",
  .param = params, .n_params = 1000000000,           .slot = slots,    .n_slots = 2,
  .apply = apply,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : 0;
}
