/* checks.h: rows of Checks; inside core/report/workbook only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_WORKBOOK_CHECKS_H
#define HEADROOM_WORKBOOK_CHECKS_H

#include "report/workbook/compile.h"

enum { CHECK_WHAT, CHECK_NOW, CHECK_MAY, CHECK_WRONG, CHECK_SO_FAR, CHECK_YEARS };

struct spot check_spot(int row, int column);
void count_on(struct compiler *, int row); /* how many are wrong, down to that row */
/* A rule that is looked at once every cell by itself is fine; its row.  `broken` is a condition. */
int check_rule(struct compiler *, const char *what, const char *may, const char *broken, const char *wrong);
/* checks_rules.c: rules 2 to 7 */
void check_rules(struct compiler *);

#endif
