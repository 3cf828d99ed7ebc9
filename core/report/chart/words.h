/* words.h: years and amounts as pictures and their sentences say them; inside core/report/chart. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_CHART_WORDS_H
#define HEADROOM_CHART_WORDS_H

#include "report/chart/chart.h"

void words_year(struct text *, const struct chart_years *, int year);  /* "2026/27" */
void words_march(struct text *, const struct chart_years *, int year); /* "March 2027"; of -1: the opening */
void words_money(struct text *, pence);                                /* "£10.5 million", "£450,000" */
void words_change(struct text *, pence);                               /* the same, with a plus sign when it is one */
void words_name(struct text *, const char *label);                     /* at most 80 characters of it */

const char *fate_label(const struct chart_hundred *, int fate); /* its own, or the usual one */

#endif
