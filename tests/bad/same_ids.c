/* same_ids.c: two parameters have one id. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_SECOND_ID "extra"
#include "plain.h"
