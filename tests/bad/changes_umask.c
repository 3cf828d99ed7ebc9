/* changes_umask.c: changes the umask. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/stat.h>
#define WRONG_IN_CREATE umask(0123);
#include "plain.h"
