/* locale_in_constructor.c: changes the locale while it is loaded. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain.h"

#include <locale.h>

__attribute__((constructor)) static void change(void)
{
  setlocale(LC_ALL, "C.UTF-8");
}
