/* page.c: the members' page. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/page.h"

enum status page_write(const struct briefing *briefing, struct text *out, struct error *error)
{
  (void)briefing;
  (void)out;
  return error_set(error, STATUS_USAGE, "this version cannot write .html yet");
}
