/* simulate_words.h: the words of a simulation, shared by its writers; inside core/report only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_SIMULATE_WORDS_H
#define HEADROOM_SIMULATE_WORDS_H

#include "report/report.h"

pence pence_near(double estimate);          /* the nearest penny */
void count_text(struct text *, uint64_t n); /* "131,072" */
/* "29.4" of 100 futures; "under 0.1" rather than a nought that is none, "over 99.9" likewise. */
void in_100_text(struct text *, double chance);
/* "131,072 simulated futures, evenly spread draws, seed 20260401" */
void sampler_words(struct text *, const struct simulation *);
/* "In 29.4 of 100 simulated futures the General Fund falls below the council's own minimum by 2030/31 (standard error
 * 0.1)."  False: the folder cannot tell. */
bool chance_words(struct text *, const struct plan *, const struct simulated *, enum date);
void unfunded_words(struct text *, const struct simulated *);
void place_words(struct text *, const struct plan *, const struct simulated *);
void versus_words(struct text *, const struct plan *, const struct simulated *);
/* Where the spreads are from, and what of them finds nothing here. */
void spreads_words(struct text *, const struct folder *, const struct simulation *);
/* Which way the draws lean, where they do: savings that come late and short, surpluses that no reserve keeps.  Nothing
 * otherwise. */
void leaning_words(struct text *, const struct plan *, const struct simulation *);
void passed_words(struct text *, const struct simulation *);
/* Variables by their share of the variance of `of`, the largest first; how many move it at all. */
int drivers_in_order(const struct simulation *, int scenario, enum driven_of of, int *order);
/* "+1.60pp", "−12.0%", "+3.1 months", "0.00pp": a departure of that variable. */
void departure_text(struct text *, const struct plan *, const struct drawn_variable *, double departure);
/* " (0.02)": its standard error, in the same unit. */
void departure_error_text(struct text *, const struct plan *, const struct drawn_variable *, double error);
void share_text(struct text *, double share); /* "57%"; "under 1%" rather than a nought that is none */
void interval_words(struct text *);           /* how to read a standard error */

extern const char *const quantile_names[N_QUANTILES]; /* "P5"... */
extern const char *const driven_names[N_DRIVEN];      /* "gap", "reserves" */
extern const char *const fear_names[N_FEARS];         /* "below_minimum", "unfunded" */
extern const char simulation_means[];                 /* what the numbers do and do not mean */

#endif
