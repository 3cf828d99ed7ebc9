/* stress_words.h: the words of a stress report, shared by its writers; inside core/report only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_STRESS_WORDS_H
#define HEADROOM_STRESS_WORDS_H

#include "report/report.h"

enum { MOST_QUESTIONS = 8 };
/* What combinations, deadlines and boundaries are about: D1 and D3. */
extern const enum date stress_dates[N_REVERSE];
/* What a step is and is not. */
extern const char steps_mean[];

/* A step that changes no year's gap; a pack that leaves gaps and reserves as they are. */
bool move_is_idle(const struct stress_report *, int move);
/* So many steps of a move of which presets have a standard deviation, in standard deviations. */
double sds_of(const struct move *, double steps);
bool pack_is_idle(const struct stress_report *, int pack);
/* A price that moves this plan. */
bool price_is_shown(const struct stress_report *, int price);
pence gaps_added(const struct stress_report *,
                 const struct summary *);                /* to the gaps of all years together, as against the plan */
pence net_budget_of_years(const struct stress_report *); /* of all years together, after savings, of the plan */
int moves_in_order(const struct stress_report *,
                   int order[MOST_MOVES]); /* those that are not idle, the costliest first; how many */
void move_words(struct text *, const struct stress_report *, int move, double steps); /* "Pay award +1pp" */
void amount_of_move(struct text *, const struct stress_report *, int move, double steps,
                    bool even); /* "+2.04pp"; even: "+2.00pp" */
void combination_words(struct text *, const struct stress_report *, int t);
/* Lines of the plan that no move reaches, the largest first; nothing where there is none. */
void not_moved_words(struct text *, const struct stress_report *);
/* What packs could not apply to this council and why, a sentence at a time: of 0 to left_out_most - 1 those that are
 * not empty. */
int left_out_most(const struct stress_report *);
bool left_out_words(struct text *, const struct stress_report *, int i);
/* savings_words.c; the last two are false where the folder does not say. */
void savings_words(struct text *, const struct stress_report *);
bool legend_words(struct text *, const struct plan *);
bool maturity_words(struct text *, const struct plan *, const struct result *own);

/* deadline_words.c */
void millions_words(struct text *, double millions);
bool any_date_to_avoid(const struct stress_report *);  /* D1 or D3 comes within the plan as it stands */
bool deadline_has_table(const struct stress_report *); /* false: nothing is needed in any year */
void needed_words(struct text *, const struct stress_report *, int from, int t);
void deadline_words(struct text *, const struct stress_report *);

bool question_words(struct text *, const struct stress_report *, int question); /* false: it does not arise here */

#endif
