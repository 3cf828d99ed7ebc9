/* tables.h: what the text writers of core/report share. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_TABLES_H
#define HEADROOM_TABLES_H

#include "report/report.h"

/* How figures stand in a table: whole pounds, or thousands where pounds do not fit. */
struct figures {
  bool thousands;
  const struct style *style;
};

void figure_text(struct text *, pence, struct figures);
const char *figures_unit(struct figures); /* "£" or "£ thousand" */

/* A header of year labels, and a row of one figure a year.  sign: -1 shows a cost-positive figure as funding. */
void years_header(struct grid *, const struct plan *, const char *label);
void years_row(struct grid *, const struct plan *, const char *label, const pence *values, int sign, struct figures);

/* Draws a table in pounds where they fit side by side, else in thousands. */
typedef struct grid *grid_maker(const struct report *, const void *ctx, struct figures);
void grid_fitted(struct text *, const struct report *, const void *ctx, grid_maker *, const struct style *);

/* Wraps words to the width, ending with a newline. */
void paragraph(struct text *, const char *words, const struct style *);

/* Council, years, cash terms, date; and at the end sources, hashes and the words that every output carries. */
void report_opening(struct text *, const struct report *, const struct style *);
void report_closing(struct text *, const struct report *, const struct style *);

#endif
