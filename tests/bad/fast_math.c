/* fast_math.c: is linked with -ffast-math, so that loading it flushes small numbers to zero. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain.h"
