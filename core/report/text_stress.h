/* text_stress.h: what text_stress.c and text_limits.c share; inside core/report only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_TEXT_STRESS_H
#define HEADROOM_TEXT_STRESS_H

#include "report/stress_words.h"
#include "report/tables.h"

void sentence(struct text *, struct text *words, const struct style *); /* a paragraph; frees the words */
pence sum_of(const struct plan *, const pence *row);
void short_cell(struct text *, pence value); /* "£4.6m" */
void date_cell(struct text *, const struct plan *, int date);
void row_of_texts(struct grid *, const char *label, struct text *cells, int n); /* frees the cells */

/* text_limits.c */
void reverse_text(struct text *, const struct stress_report *, const struct style *);
void combination_text(struct text *, const struct stress_report *, const struct style *);
void savings_text(struct text *, const struct stress_report *, const struct style *);
void deadline_text(struct text *, const struct stress_report *, const struct style *);

#endif
