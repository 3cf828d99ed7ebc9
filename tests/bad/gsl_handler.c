/* gsl_handler.c: puts its own error handler into GSL. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gsl/gsl_errno.h>
static void handler(const char *reason, const char *file, int line, int code)
{
  (void)reason, (void)file, (void)line, (void)code;
}
#define WRONG_IN_CREATE gsl_set_error_handler(handler);
#include "plain.h"
