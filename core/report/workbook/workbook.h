/* workbook.h: the workbook that recalculates. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_WORKBOOK_H
#define HEADROOM_WORKBOOK_H

#include "report/briefing.h"

/* The bytes of an .xlsx file, NULs and all. */
enum status workbook_write(const struct briefing *, struct text *, struct error *) MUST_CHECK;

#endif
