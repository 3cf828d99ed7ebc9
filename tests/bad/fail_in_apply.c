/* fail_in_apply.c: reports a failure without a word. */
// SPDX-License-Identifier: GPL-3.0-or-later
#define WRONG_IN_APPLY return HR_EFAIL;
#include "plain.h"
