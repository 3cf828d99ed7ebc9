/* tallies.h: where in a tally things lie, for those that add to it and those that read it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_MC_TALLIES_H
#define HEADROOM_MC_TALLIES_H

#include "mc/inside.h"

/* Words of a set: its draws, its counters, then of each quantity these, the share sums where it has them, and its bins,
 * two to a word, the first in the lower half. */
enum { SUM_UNITS, SUM_SQUARES, COUNT_BELOW, COUNT_ABOVE, COUNT_OFTEN, EXCESS_BELOW, EXCESS_ABOVE, QUANTITY_SUMS };
enum { SHARE_DRAWS, SHARE_SQUARES, SHARE_SUMS }; /* then one for each factor */

size_t tally_at_set(const struct tally_plan *, int set);
size_t tally_at_quantity(const struct tally_plan *, int set, int quantity);
size_t tally_at_bins(const struct tally_plan *, int set, int quantity);

#endif
