/* bridge_words.h: what the text of a bridge takes from bridge_words.c; inside core/report only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_BRIDGE_WORDS_H
#define HEADROOM_BRIDGE_WORDS_H

#include "report/report.h"

/* "In 2030/31 the gap is £2.3m more: £13.9m with 'Severe', £11.6m with 'The plan'.  Most of it: pay_award +£1.5m, ..." */
void bridge_sentence(struct text *, const struct bridge_report *, enum measure, const char *what, const char *when);
/* One sentence a date that moves, then what it would be without each part that moves it: at most `most` sentences. */
void bridge_dates(struct text *, const struct bridge_report *, int most);
/* How the parts were found where not every order could be run; nothing otherwise. */
void bridge_method(struct text *, const struct bridge_report *);
bool bridge_date_moves(const struct bridge *, int part); /* leaving it out changes a date */

#endif
