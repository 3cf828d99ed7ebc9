/* inside.h: one page on its way: what its sections share; inside core/report/page only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_PAGE_INSIDE_H
#define HEADROOM_PAGE_INSIDE_H

#include "report/briefing.h"
#include "report/chart/chart.h"
#include "report/page/html.h"
#include "report/page/words.h"

struct page {
  struct text *out;
  const struct briefing *b;
  const struct plan *plan;
  const struct shown *shown; /* the plan first */
  int n;                     /* how many */
  int years, last;           /* of the plan; the last one's index */
  int places;                /* of tables in £ million: two where the council is small */
};

/* ---- parts.c ------------------------------------------------------------------------------------------- */

/* Begins and ends a section; name is its id. */
void section_begin(struct page *, const char *name, const char *heading);
void section_end(struct page *);
/* A paragraph under a heading, quieter. */
void sub(struct page *, const char *words);
/* A block that shows while future i is chosen.  Where there is only the plan it always shows. */
void variant_begin(struct page *, int future);
void variant_end(struct page *);
/* "3  Savings slip a year": which future a block is about, with the way back to the choice. */
void which_future(struct page *, int future);

/* A picture twice, wide and for a phone: draw is called with each form. */
typedef void draw_chart(struct text *, const struct chart_form *, const void *data);
void chart_pair(struct page *, int width, draw_chart *, const void *data);

/* A table: summary NULL: open; otherwise folded away under those words.  Headers and captions are escaped. */
void table_begin(struct page *, const char *summary, const char *class, const char *caption);
void table_end(struct page *, const char *summary);
void years_head(struct page *, const char *first); /* <thead> with a column a year */
void millions_cell(struct page *, pence);

/* ---- sections, in the order of the page ---------------------------------------------------------------- */
void answer_section(struct page *); /* answer.c */
void facts_section(struct page *);  /* facts.c */
void years_section(struct page *);  /* years.c */

#endif
