/* escape_in_title.c: the title would act on a terminal. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_TITLE "\033[31mRed"
#include "plain.h"
