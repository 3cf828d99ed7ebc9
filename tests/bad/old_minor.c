/* old_minor.c: nothing is wrong with it: built against an older header, whose structs were shorter. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define OWN_DESCRIPTION
#include "plain.h"

#include <stddef.h>

/* The head of struct hr_plugin up to apply, and elements that end with their unit. */
enum { OLD_PLUGIN = offsetof(struct hr_plugin, deactivate), OLD_PARAM = offsetof(struct hr_param, unit) + 8 };

static union {
  unsigned char room[OLD_PLUGIN];
  uint64_t aligned;
} old;
static unsigned char old_params[2 * OLD_PARAM] __attribute__((aligned(8)));

static void copy(void *to, const void *from, uint32_t n)
{
  for (uint32_t i = 0; i < n; i++) {
    ((unsigned char *)to)[i] = ((const unsigned char *)from)[i];
  }
}

__attribute__((constructor)) static void build(void)
{
  for (uint32_t i = 0; i < 2; i++) {
    copy(old_params + i * OLD_PARAM, &params[i], OLD_PARAM);
  }
  const struct hr_plugin now = {
    .size = OLD_PLUGIN,
    .abi = HR_ABI,
    .param_size = OLD_PARAM,
    .slot_size = sizeof(struct hr_slot),
    .id = "org.headroom.test.old-minor",
    .name = "Old minor",
    .version = "1.0.0",
    .param = (const struct hr_param *)(const void *)old_params,
    .n_params = 2,
    .slot = slots,
    .n_slots = 2,
    .create = create,
    .activate = activate,
    .apply = apply,
  };
  copy(old.room, &now, OLD_PLUGIN);
}

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? (const struct hr_plugin *)(const void *)&old : 0;
}
