/* words.h: ids that rows refer to, and words for money and years; shared by the readers and checks of core/data. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_WORDS_H
#define HEADROOM_WORDS_H

#include "data/table.h"

/* "£11.6m", "£11,633,056" and "2026/27", in the arena. */
const char *money_short(struct reading *, pence);
const char *money_exact(struct reading *, pence);
const char *year_words(struct reading *, int year);
/* Pence of a value that the reader has already made sure of; 0 beyond what the ledger holds. */
pence pence_of(double gbp);

/* True when text holds one of the phrases as whole words, in either case.  "hra" is in "HRA rents" but not in "chrarm".
 */
bool text_says(const char *text, const char *const *phrases);

/* items: rows of a plan's table, which begin with their id; every one of `size` bytes.  The one with this id, letters
 * of either case counting as the same, or -1. */
int id_clash(const void *items, int count, size_t size, const char *id);
/* True when no such row has the id of this cell yet; otherwise a finding. */
bool id_is_free(struct reading *, const struct table *, int row, const struct cell *, const void *items, int count,
                size_t size);
/* The ids of such rows, with NULL at the end, for nearest_name; NULL when memory is out. */
const char *const *ids_of(struct reading *, const void *items, int count, size_t size);
/* "; did you mean 'E03'?", or "" when nothing is near. */
const char *did_you_mean(struct reading *, const char *typed, const char *const *names);
/* The index of the row that a cell names, or -1 after a finding; also -1, saying nothing, when `file`, where it should
 * be, has failed. what: "line", "reserve"... */
int id_resolve(struct reading *, const struct table *, int row, const struct cell *, const char *id, const char *what,
               const char *file, const void *items, int count, size_t size);

/* R34 in a sentence: what a capital receipt may be used for. */
extern const char receipt_lawful_uses[];

/* True when the file has made an error already: what it would have held is then missing, and no news. */
bool file_failed(const struct reading *, const char *file);
/* The first cell of row 1, for what the header lacks. */
struct place header_place(const struct table *);
/* True when a cell that has no meaning here is blank; otherwise a finding that says why it must be. */
bool must_be_blank(struct reading *, const struct table *, int row, const char *column, const char *why);

/* The finding of format.md section 1 on a percentage that looks like a fraction, for one cell that stands alone. */
void check_small_percent(struct reading *, const struct table *, int row, const struct cell *, double fraction);

#endif
