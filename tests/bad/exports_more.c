/* exports_more.c: exports a helper, which another plugin might call by accident. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain.h"

HR_EXPORT int helper(void);

int helper(void)
{
  return 1;
}
