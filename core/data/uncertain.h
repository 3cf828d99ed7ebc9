/* uncertain.h: what the readers of uncertainty.csv and correlation.csv share; inside core/data only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_UNCERTAIN_H
#define HEADROOM_UNCERTAIN_H

#include "data/words.h"

/* Each reads the file of that name into folder->uncertainty; false after a finding.  *absent: there is none. */
bool uncertainty_rows_read(struct reading *, const char *file, bool *absent) MUST_CHECK;
bool uncertainty_pairs_read(struct reading *, const char *file, bool *absent) MUST_CHECK;

/* A finding with its label; false. */
bool uncertain_refuse(struct reading *, enum code, struct place, const char *label, const char *text);
/* A number from low to high; a blank cell leaves what stands in *out.  False after a finding. */
bool uncertain_number(struct reading *, const struct table *, int row, const char *column, double low, double high,
                      double *out);
bool uncertain_size(struct reading *, const struct table *, int row, const char *column, struct size *out);

/* Takes from the list what is not drawn for the row; sizes: what the row's come to.  NULL, or why nothing is left, in
 * the arena. */
const char *leave_out_undrawn(const struct plan *, const struct uncertain *row, const struct departure *sizes,
                              struct input_list *list, struct arena *);

#endif
