/* endless_title.c: the title does not end. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define TEN "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define WRONG_TITLE HUNDRED HUNDRED HUNDRED
#include "plain.h"
