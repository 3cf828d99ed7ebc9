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
void years_row(struct grid *, const struct plan *, const char *label, const pence *amounts, int sign, struct figures);

/* One table of a page.  The whole page is in one unit: pounds where every table fits side by side, else thousands. */
struct section {
  struct grid *(*make)(const struct report *, const void *ctx, struct figures);
  const void *ctx;
};
struct figures figures_that_fit(const struct report *, const struct section *, int count, const struct style *);
void section_text(struct text *, const struct report *, const struct section *, struct figures);

/* Wraps words to the width, ending with a newline; a word longer than that is broken. */
void paragraph(struct text *, const char *words, const struct style *);
/* The same, with every line after the first set in by so many columns. */
void paragraph_hung(struct text *, const char *words, int indent, const struct style *);
/* In bold where there is colour. */
void heading(struct text *, const char *words, const struct style *);
/* What D1 to D4 stand for, then what stands in their place. */
void dates_legend(struct text *, const char *otherwise, const struct style *);
/* Bytes of the text that fit in the width, up to a space where there is one. */
size_t fitting(const char *, int width);

/* spark.c: usable reserves of all that is shown, first and last in figures, all years as characters between them; on
 * one scale. */
void reserves_at_a_glance(struct text *, const struct report *, const struct shown *, int count, const struct style *);

/* text_remarks.c: what the scenario left out, and what it has to say besides its figures; each begins with `before`. */
void remarks_text(struct text *, const struct report *, const struct shown *, const char *before, const struct style *);

/* Council, years, cash terms, date; and at the end sources, hashes and the words that every output carries. */
void report_opening(struct text *, const struct report *, const struct style *);
void report_closing(struct text *, const struct report *, const struct style *);
/* The plugins of scenarios that are not shown by themselves, each once. */
void plugins_used(struct text *, const struct scenario *, int count, const struct style *);
/* "12% of the plan by amount is illustrative, ..." */
void share_sentence(struct text *, const struct plan *);

#endif
