/* two.c: nothing is wrong with it: a file of two plugins. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define OWN_DESCRIPTION
#include "plain.h"

static const struct hr_plugin plugins[] = {
  { HR_PLUGIN_HEAD, .id = "org.headroom.test.first-of-two", .name = "First", .version = "1.0.0", .param = params,
    .n_params = 2, .slot = slots, .n_slots = 2, .apply = apply },
  { HR_PLUGIN_HEAD, .id = "org.headroom.test.second-of-two", .name = "Second", .version = "1.0.0", .param = params,
    .n_params = 2, .slot = slots, .n_slots = 2, .apply = apply },
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index < 2 ? &plugins[index] : 0;
}
