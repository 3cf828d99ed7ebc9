/* writes_parameter.c: writes to a parameter. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY *(volatile double *)hr_value(b, P_EXTRA, 0) = 0.0;
#include "plain.h"
