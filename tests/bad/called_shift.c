/* called_shift.c: takes the name of the built-in. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_ID "org.example.shift"
#include "plain.h"
