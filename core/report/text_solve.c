/* text_solve.c: what `headroom solve` shows: the value on either side of where the answer changes, and what each side comes to. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/tables.h"

#include <string.h>

static void side(struct text *out, const struct solve_report *r, double value, const struct summary *at, const struct style *style)
{
  const struct plan *plan = &r->report.folder->plan;
  const int year = r->test->year;
  struct text words = {0};
  char label[8];
  parameter_value_text(&words, r->solved->param, value);
  text_printf(&words, ": %s, ", test_met(r->test, at) ? "reached" : "not reached");
  if (r->test->is_date) {
    pence unfunded = 0;
    for (int y = 0; y <= year; y++) {
      unfunded += at->measure[M_UNFUNDED][y];
    }
    text_add(&words, "usable reserves \xC2\xA3");
    text_pounds(&words, at->measure[M_USABLE_CLOSING][year]);
    text_add(&words, ", General Fund \xC2\xA3");
    text_pounds(&words, at->measure[M_GENERAL_FUND_CLOSING][year]);
    text_add(&words, ", unfunded \xC2\xA3");
    text_pounds(&words, unfunded);
    text_printf(&words, " by March %d.", plan->first_year + year + 1);
  } else {
    text_printf(&words, "%s in %s is \xC2\xA3", measure_kinds[r->test->measure].name, plan_year_label(plan, year, label));
    text_pounds(&words, at->measure[r->test->measure][year]);
    text_add(&words, ".");
  }
  paragraph(out, text_str(&words), style);
  text_fini(&words);
}

void report_solve_text(struct text *out, const struct solve_report *r, const struct style *style)
{
  const struct boundary *b = &r->solved->boundary;
  struct text words = {0};
  report_opening(out, &r->report, style);
  text_printf(&words, "%s (%s) until ", r->solved->param->label, r->find);
  test_words(&words, &r->report.folder->plan, r->test);
  text_add(&words, b->met_at_0 ? " no longer holds:" : ":");
  paragraph(out, text_str(&words), style);
  text_fini(&words);
  if (b->kind == BOUNDARY_NEVER) {
    text_printf(out, "Even the most does not change it%s\n", b->met_at_0 ? ": it holds throughout." : ".");
    side(out, r, r->solved->value_before, &b->at_before, style);
  } else {
    side(out, r, r->solved->value_before, &b->at_before, style);
    side(out, r, r->solved->value_after, &b->at_after, style);
    if (b->kind == BOUNDARY_NOT_STEADY) {
      paragraph(out, "The answer changes back further on: this is its first change only.", style);
    }
  }
  text_add(out, "\n");
  report_closing(out, &r->report, style);
}
