/* locale_in_create.c: changes the locale in create. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <locale.h>
#define WRONG_IN_CREATE setlocale(LC_ALL, "C.UTF-8");
#include "plain.h"
