/* wrong_major.c: speaks version 2 of the interface only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>

HR_EXPORT const void *headroom_plugin_v2(uint32_t index);

const void *headroom_plugin_v2(uint32_t index)
{
  (void)index;
  return 0;
}
