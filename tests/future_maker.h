/* future_maker.h: random plans made richer, random changes to them, and what the engine makes of both; for tests. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_FUTURE_MAKER_H
#define HEADROOM_FUTURE_MAKER_H

#include "host/host.h"
#include "plan_maker.h"

/* A random plan, finished; three in four with taxes, interest, moves between reserves and what came before the plan.
 * Returns a state to draw changes from. */
uint64_t plan_rich(struct plan *, struct arena *, uint64_t seed);
/* Changes to about every third input, which may well run into limits; how many.  Shares of receipts are left alone. */
int future_changes(const struct plan *, uint64_t *state, struct arena *, struct change **out);
/* What the engine makes of them, each input having one change at most. */
struct result *future_result(const struct plan *, const struct change *, int n, struct arena *);

#endif
