/* workbook.c: the workbook. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/workbook.h"

enum status workbook_write(const struct briefing *briefing, struct text *out, struct error *error)
{
  (void)briefing;
  (void)out;
  return error_set(error, STATUS_USAGE, "this version cannot write .xlsx yet");
}
