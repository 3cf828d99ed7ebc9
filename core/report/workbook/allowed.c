/* allowed.c: the bounds of what a yellow cell may hold, as core/data sets them. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/allowed.h"

const struct bounds allowed_bounds[N_ALLOWED] = {
#define ALLOWED_ROW(name, low, high, grain, words) [name] = { low, high, grain, words },
  ALLOWED_MAP(ALLOWED_ROW)
#undef ALLOWED_ROW
};
