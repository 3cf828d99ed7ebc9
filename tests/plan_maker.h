/* plan_maker.h: plans built in memory for tests: small ones by hand, and random ones from a seed. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_PLAN_MAKER_H
#define HEADROOM_PLAN_MAKER_H

#include "model/model.h"

/* An empty five-year plan from 2026/27 in pounds, with room for what is added.  Free with arena_fini on its arena. */
void plan_start(struct plan *, struct arena *, int n_years);

struct driver *plan_driver(struct plan *, const char *id, enum driver_class, double rate_every_year);
/* amount: the base of a roll line, or every year's amount of a level or one_off line; cost-positive. */
struct line *plan_line(struct plan *, const char *id, enum line_class, enum line_form, bool recurring, double amount);
void line_follows(struct plan *, struct line *, int driver);
struct saving *plan_saving(struct plan *, const char *id, bool recurring, double value, double delivery);
struct reserve *plan_reserve(struct plan *, const char *id, enum reserve_class, double opening, int draw_order);
struct receipt *plan_receipt(struct plan *, const char *id, int year, double amount);

/* A lawful plan that is different for every seed: all forms, drivers that follow, savings that depend, rings, receipts,
 * borrowing. */
void plan_random(struct plan *, struct arena *, uint64_t seed);

#endif
