/* plain.c: nothing is wrong with it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain.h"
