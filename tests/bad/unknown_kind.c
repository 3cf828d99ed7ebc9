/* unknown_kind.c: has a slot of a kind that only a later Headroom knows. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_ACCESS 9
#include "plain.h"
