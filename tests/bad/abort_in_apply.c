/* abort_in_apply.c: aborts in apply. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <stdlib.h>
#define WRONG_IN_APPLY abort();
#include "plain.h"
