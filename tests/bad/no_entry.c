/* no_entry.c: exports no entry that Headroom knows. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>

HR_EXPORT const struct hr_plugin *headroom_plugin(uint32_t index);

const struct hr_plugin *headroom_plugin(uint32_t index)
{
  (void)index;
  return 0;
}
