/* page.h: the members' page: one HTML file without script. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_PAGE_H
#define HEADROOM_PAGE_H

#include "report/briefing.h"

enum status page_write(const struct briefing *, struct text *, struct error *) MUST_CHECK;

#endif
