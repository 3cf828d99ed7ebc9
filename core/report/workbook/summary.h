/* summary.h: where things stand on Summary and Scenarios, for the sheets themselves and for the charts on them; inside
 * core/report/workbook only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_WORKBOOK_SUMMARY_H
#define HEADROOM_WORKBOOK_SUMMARY_H

#include "report/workbook/build.h"

enum { FIRST_SCENARIO_ROW = YEAR_ROW + 1, SCENARIO_LAST_FIGURE = 12 };
enum { SUMMARY_CHOICE_ROW = 2, SUMMARY_CHART_ROW = 10, SUMMARY_HEAD_ROW = 26 };

/* Rows of the table of Summary, below its header row. */
enum {
  SUMMARY_NET_BUDGET,
  SUMMARY_FUNDING,
  SUMMARY_SAVINGS,
  SUMMARY_CAPITALISED,
  SUMMARY_GAP,
  SUMMARY_GAP_OF_PLAN,
  SUMMARY_PLANNED,
  SUMMARY_UNFUNDED,
  SUMMARY_FUND,
  SUMMARY_MINIMUM,
  SUMMARY_USABLE,
  SUMMARY_USABLE_OF_PLAN,
  SUMMARY_ROWS
};

#endif
