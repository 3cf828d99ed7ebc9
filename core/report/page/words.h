/* words.h: the sentences of the page, each computed from results; inside core/report/page only.
 *
 * Sentences are plain text: whoever puts them on the page escapes them.  A future is called by its label.  The plan is
 * shown[0] wherever there is a list of futures. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_PAGE_WORDS_H
#define HEADROOM_PAGE_WORDS_H

#include "report/report.h"

/* ---- words.c: amounts, years and counts ---------------------------------------------------------------- */
void money_words(struct text *, pence);                         /* "£10.5 million", "£305,000", "−£12" */
void money_in_millions(struct text *, pence, int places);       /* "10.5", "−0.3": for a table headed £ million */
void march_words(struct text *, const struct plan *, int year); /* "March 2031": the end of that year */
void opening_words(struct text *, const struct plan *);         /* "March 2026": where the first year begins */
void count_words(struct text *, int);                           /* "one" to "nine", then 10, 11... */
void per_cent_words(struct text *, double share); /* "28%"; "less than 1%", "more than 99%" where it is not all */

/* Words that other faces share, as a sentence says them: "£5.7m" is "£5.7 million", "£305k" "£305,000", "+1pp"
 * "+1 point".  A name that holds such a figure is said so too. */
void spoken_words(struct text *, const char *);

/* Whose the figures of a row are, a basis a year: "illustrative, but 2025/26 published".  basis.c */
void basis_words(struct text *, const struct plan *, const enum basis *);

/* ---- headline.c: will the reserves last -------------------------------------------------------------------- */

bool below_from_the_start(const struct plan *, const struct result *); /* before the first year is spent */

/* "On the council's own plan, the General Fund reserve falls below..." */
void headline_plan(struct text *, const struct plan *, const struct result *);
/* What the other futures do, as against the plan; nothing when there are none. */
void headline_others(struct text *, const struct plan *, const struct shown *, int n_shown);
/* "£12.7 million", and "for 2028/29" where another year has another minimum. */
void minimum_in(struct text *, const struct plan *, const struct result *, int year);
/* "Below minimum in 2027/28, runs out in 2028/29" */
void verdict_words(struct text *, const struct plan *, const struct result *);
/* The one of the others that runs out first, else falls below first, else has most unfunded, else the largest last gap,
 * else the least reserves; 0 when it is the plan itself. */
int worst_future(const struct plan *, const struct shown *, int n_shown);
/* "The worst of them is 'Severe': ..."; nothing when the plan is. */
void headline_worst(struct text *, const struct plan *, const struct shown *, int n_shown);

/* ---- sure.c ------------------------------------------------------------------------------------------------ */

/* Whether most simulated futures end better or worse than the plan; says neither where ties decide. */
const char *fan_heading(const struct simulated *, int last);

/* ---- change.c ---------------------------------------------------------------------------------------------- */

/* Would the General Fund fall below its minimum even if no gap were left to pay for? */
bool minimum_outgrows(const struct plan *, const struct result *);
/* Could a council bring it about: at most two of the standard steps, and of a pay award no cut below a freeze in any
 * year? steps: signed, as the move counts them. */
bool move_is_plausible(const struct plan *, const struct move *, double steps);

#endif
