/* unresolved.c: calls a function that nothing provides. */
// SPDX-License-Identifier: GPL-3.0-or-later
extern void nobody_provides_this(void);
#define WRONG_IN_APPLY nobody_provides_this();
#include "plain.h"
