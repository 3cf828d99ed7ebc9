/* bridge_words.h: what the text of a bridge takes from bridge_words.c; inside core/report only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_BRIDGE_WORDS_H
#define HEADROOM_BRIDGE_WORDS_H

#include "report/report.h"

/* "In 2030/31 the gap is £2.3m more: £13.9m with 'Severe', £11.6m with 'The plan'.  The largest parts: pay_award
 * +£1.5m, ..." */
void bridge_sentence(struct text *, const struct bridge_report *, enum measure, const char *what, const char *when);
/* One sentence a date that moves, then what it would be without each part that moves it: at most `most` sentences. */
void bridge_dates(struct text *, const struct bridge_report *, int most);
/* How the parts were found where not every order could be run; nothing otherwise. */
void bridge_method(struct text *, const struct bridge_report *);
/* "slip", "without cyber", "pay_award, changed": a part as a step. */
void bridge_step(struct text *, const struct bridge_report *, int part);
/* "without slip", "with cyber still in", "pay_award as before": the end without that step. */
void bridge_step_left_out(struct text *, const struct bridge_report *, int part);
/* "Slip (savings delivery)": a part by its name and, where that differs, what plugin it is; scenario NULL: by its name.
 */
void part_spoken(struct text *, const struct scenario *, const char *instance);
bool bridge_date_moves(const struct bridge *, int part); /* leaving it out changes a date */

#endif
