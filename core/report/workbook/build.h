/* build.h: what build.c, the reading sheets and the file writer share; inside core/report/workbook only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_WORKBOOK_BUILD_H
#define HEADROOM_WORKBOOK_BUILD_H

#include "report/workbook/compile.h"
#include "report/workbook/workbook.h"

/* build.c: false when the book has failed. */
bool workbook_build(struct book *, struct compiler *, const struct workbook *) MUST_CHECK;

/* summary.c, trace.c, checks.c: Summary, Scenarios, Trace, Checks and Audit, once every figure stands. */
void reading_sheets(struct compiler *, const struct workbook *);
void trace_sheet(struct compiler *);
void checks_sheet(struct compiler *);
/* References and formulas once Checks stands: what is wrong all in all, as a sentence and as a verdict, "" for nothing;
 * the first, second... thing that is wrong, or why; which rise of council tax needs a referendum. */
const char *refused_sentence(struct compiler *);
const char *refused_verdict(struct compiler *);
const char *refused_item(struct compiler *, int which, bool why);
const char *referendum_sentence(struct compiler *);
void audit_sheet(struct compiler *);
void futures_sheet(struct compiler *, const struct simulation *);

/* xlsx.c: the one door to libxlsxwriter. */
enum status book_save(struct compiler *, const struct workbook *, struct text *, struct error *) MUST_CHECK;

#endif
