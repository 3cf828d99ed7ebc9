/* savings.h: the parts of reading savings.csv; between savings.c, phasing.c and saving_links.c. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_SAVINGS_H
#define HEADROOM_SAVINGS_H

#include "data/words.h"

/* phasing.c: fills value and origin of a main row whose id and recurrence are read.  False after a finding. */
bool read_phasing(struct reading *, const struct table *, int row, struct saving *);

/* saving_links.c: a row whose part is cost, below its saving. */
void read_saving_cost(struct reading *, const struct table *, int row);
/* depends_on of every row, once all savings are known; refuses circles. */
void read_saving_links(struct reading *, const struct table *);

#endif
