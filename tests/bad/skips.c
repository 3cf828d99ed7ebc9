/* skips.c: nothing is wrong with it: it does not apply to any council. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_ACTIVATE return hr_fail(error, HR_SKIP, -1, -1, "the plan has no tram");
#include "plain.h"
