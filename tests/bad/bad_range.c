/* bad_range.c: the preset of a parameter lies outside of its own range. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_PRESET 0.5
#include "plain.h"
