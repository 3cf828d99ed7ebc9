/* status.c: codes, sentences and exit codes from one table. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
  int exit_code;
  const char *sentence;
} kinds[] = {
#define STATUS_ROW(name, exit_code, sentence) [name] = { exit_code, sentence },
  STATUS_MAP(STATUS_ROW)
#undef STATUS_ROW
};

const char *status_sentence(enum status status)
{
  return kinds[status].sentence;
}

int status_exit_code(enum status status)
{
  return kinds[status].exit_code;
}

enum status error_set(struct error *error, enum status code, const char *format, ...)
{
  if (error != NULL) {
    va_list args;
    va_start(args, format);
    error->code = code;
    vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
  }
  return code;
}
