/* rounds_up.c: leaves the processor rounding upwards. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <fenv.h>
#define WRONG_IN_APPLY fesetround(FE_UPWARD);
#include "plain.h"
