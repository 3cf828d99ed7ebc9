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
  int n_pictures;            /* in two forms, so far */
  int places;                /* of tables in £ million: two where the council is small */
};

/* ---- parts.c ------------------------------------------------------------------------------------------- */

/* Begins and ends a section; name is its id. */
void section_begin(struct page *, const char *name, const char *heading);
void section_end(struct page *);
/* A paragraph under a heading, quieter. */
void sub(struct page *, const char *words);
/* Words as they are made, escaped; the text is freed. */
void say(struct page *, struct text *words);
void say_paragraph(struct page *, struct text *words);
/* The same for words that other faces share: amounts and points in full. */
void speak(struct page *, struct text *words);
void speak_paragraph(struct page *, struct text *words);
/* A block that shows while future i is chosen.  Where there is only the plan it always shows. */
void variant_begin(struct page *, int future);
void variant_end(struct page *);
/* The same for futures that have it in common: bit i is future i. */
void variant_begin_for(struct page *, uint64_t futures);
/* "3  Savings slip a year": which future a block is about, with the way back to the choice. */
void which_future(struct page *, int future);
const char *future_name(const struct page *, int future); /* the plan is "The council's plan" */

/* A picture twice, wide and for a phone: draw is called with each form. */
typedef void draw_chart(struct text *, const struct chart_form *, const void *data);
void chart_pair(struct page *, int width, draw_chart *, const void *data);

/* ---- tables.c ------------------------------------------------------------------------------------------ */

extern const char show_table[]; /* "Show these figures as a table" */
/* A table: summary NULL: open; otherwise folded away under those words.  Headers and captions are escaped. */
void table_begin(struct page *, const char *summary, const char *class, const char *caption);
void table_head(struct page *, const char *const *headers, int n); /* "<Kind": to the left, over words */
void table_end(struct page *, const char *summary);
void years_head(struct page *, const char *first); /* a column a year */
void row_begin(struct page *, const char *label);
void row_end(struct page *);
void millions_cell(struct page *, pence);
void money_cell(struct page *, pence); /* "£4.6m" */
void date_cell_of(struct page *, int date, const char *never);
void words_cell(struct page *, const char *); /* to the left */
void years_row_of(struct page *, const char *label, const pence *values);

/* Do rounded figures add up to their rounded total?  Add them, then ask, then say so. */
struct casting {
  int64_t sum; /* in the unit shown */
  bool off;
};
void cast(const struct page *, struct casting *, pence);
void cast_total(const struct page *, struct casting *, pence total); /* and begins anew */
void rounding_note(struct page *, const struct casting *);

/* ---- basis.c ------------------------------------------------------------------------------------------- */

enum basis basis_of_driver(const struct plan *, int driver, int year); /* and of what it follows */
enum basis basis_of_series(const struct plan *, const struct series *, int year);
/* "illustrative, but 2025/26 published": to the left; for officers and peers with the sources. */
void basis_cell(struct page *, const enum basis *, const struct origin *);

/* ---- assumptions.c, assumed.c -------------------------------------------------------------------------- */

void number_words(struct text *, double value, int places); /* up to so many, without zeros at the end */
void value_cell(struct page *, char unit, double value);    /* unit as in TERM_MAP; N: of clients */
void head_with_basis(struct page *, const char *first);     /* a column a year and one for the basis */
void numbers_table(struct page *);
void capital_list(struct page *);
void drawn_block(struct page *);

/* ---- sections, in the order of the page ---------------------------------------------------------------- */
void answer_section(struct page *);   /* answer.c */
void change_block(struct page *);     /* change.c: inside the answer */
void facts_section(struct page *);    /* facts.c */
void years_section(struct page *);    /* years.c */
void bridges_section(struct page *);  /* bridges.c */
void shocks_section(struct page *);   /* shocks.c */
void slips_section(struct page *);    /* slips.c */
void sure_section(struct page *);     /* sure.c */
void matters_section(struct page *);  /* matters.c */
void receipts_section(struct page *); /* receipts.c */
void savings_section(struct page *);  /* savings.c */
void council_section(struct page *);  /* questions.c: the officer's own words */
void questions_section(struct page *);
void evidence_section(struct page *);               /* peer.c */
void peer_note(struct page *, const char *section); /* whose figures a section stands on, where it is known */
void assumptions_section(struct page *);            /* assumptions.c */
void sources_section(struct page *);                /* sources.c */

#endif
