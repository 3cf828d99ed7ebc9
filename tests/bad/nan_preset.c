/* nan_preset.c: the preset of a parameter is not a number. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_PRESET __builtin_nan("")
#include "plain.h"
