/* new_minor.c: nothing is wrong with it: built against a newer header, whose structs are longer. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define OWN_DESCRIPTION
#include "plain.h"

struct newer_param {
  struct hr_param now;
  double later[2];
};
struct newer_slot {
  struct hr_slot now;
  const char *later;
};
struct newer_plugin {
  struct hr_plugin now;
  void (*later[4])(void);
};

static struct newer_param newer_params[2];
static struct newer_slot newer_slots[2];
static struct newer_plugin newer = {
  .now = {
    .size = sizeof newer, .abi = HR_ABI + 7, .param_size = sizeof newer_params[0], .slot_size = sizeof newer_slots[0],
    .id = "org.headroom.test.new-minor", .name = "New minor", .version = "1.0.0",
    .param = &newer_params[0].now, .n_params = 2, .slot = &newer_slots[0].now, .n_slots = 2,
    .create = create, .activate = activate, .apply = apply,
  },
};

__attribute__((constructor)) static void build(void)
{
  for (uint32_t i = 0; i < 2; i++) {
    newer_params[i] = (struct newer_param){ params[i], { 1e300, -1e300 } };
    newer_slots[i] = (struct newer_slot){ slots[i], "later" };
  }
}

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &newer.now : 0;
}
