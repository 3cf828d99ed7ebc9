/* bad_address.c: a slot names something that cannot be changed. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_ADDRESS "line:*.colour"
#include "plain.h"
