/* text_solve.c: what `headroom solve` shows: the value on either side of where the answer changes, and what each side
 * comes to. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/tables.h"

#include <math.h>
#include <string.h>

static void money_of_year(struct text *out, const char *name, pence amount)
{
  text_printf(out, ", %s %s\xC2\xA3", name, amount < 0 ? "\xE2\x88\x92" : "");
  text_pounds(out, amount < 0 ? -amount : amount);
}

/* In short, unless both sides would read alike. */
static void value_words(struct text *out, const struct solve_report *r, double value)
{
  const struct hr_param *param = r->solved->param;
  struct text before = { 0 }, after = { 0 };
  parameter_value_text(&before, param, r->solved->value_before);
  parameter_value_text(&after, param, r->solved->value_after);
  if (param->unit == HR_GBP && strcmp(text_str(&before), text_str(&after)) == 0) {
    text_add(out, value < 0.0 ? "\xE2\x88\x92\xC2\xA3" : "\xC2\xA3");
    text_pounds(out, (pence)(100.0 * round_units(fabs(value))));
  } else {
    parameter_value_text(out, param, value);
  }
  text_fini(&before);
  text_fini(&after);
}

static void side(struct text *out, const struct solve_report *r, double value, const struct summary *at,
                 const struct style *style)
{
  const struct plan *plan = &r->report.folder->plan;
  const int year = r->test->year;
  struct text words = { 0 };
  char label[8];
  value_words(&words, r, value);
  if (r->test->is_date) {
    pence unfunded = 0;
    for (int y = 0; y <= year; y++) {
      unfunded += at->measure[M_UNFUNDED][y];
    }
    text_printf(&words, ": %s", test_met(r->test, at) ? "happens" : "does not happen");
    money_of_year(&words, "usable reserves", at->measure[M_USABLE_CLOSING][year]);
    money_of_year(&words, "General Fund", at->measure[M_GENERAL_FUND_CLOSING][year]);
    money_of_year(&words, "unfunded", unfunded);
    text_printf(&words, " by March %d.", plan->first_year + year + 1);
  } else {
    text_printf(&words, ": %s", test_met(r->test, at) ? "met" : "not met");
    money_of_year(&words, measure_kinds[r->test->measure].name, at->measure[r->test->measure][year]);
    text_printf(&words, " in %s.", plan_year_label(plan, year, label));
  }
  paragraph(out, text_str(&words), style);
  text_fini(&words);
}

static void held(struct text *out, bool is_held, const struct style *style)
{
  if (is_held) {
    paragraph(out,
              "There the engine holds an input at a limit, such as council tax at the rise that needs no referendum: "
              "more changes nothing.",
              style);
  }
}

void report_solve_text(struct text *out, const struct solve_report *r, const struct style *style)
{
  const struct boundary *b = &r->solved->boundary;
  struct text words = { 0 };
  report_opening(out, &r->report, style);
  text_printf(&words, "%s (%s)", r->solved->param->label, r->find);
  if (r->solved->base[0] != '\0') {
    text_printf(&words, " in the scenario %s", r->solved->base);
  }
  text_printf(&words, ", until this %s: ", b->met_at_0 ? "no longer holds" : "holds");
  test_words(&words, &r->report.folder->plan, r->test);
  text_add(&words, ".");
  paragraph(out, text_str(&words), style);
  text_fini(&words);
  if (b->kind == BOUNDARY_NEVER) {
    struct text ends = { 0 };
    text_printf(&ends, "%s  At the end%s of the range:",
                b->met_at_0 ? "It holds at every value that was tried." : "No value that was tried brings it about.",
                r->solved->has_other ? "s" : "");
    paragraph(out, text_str(&ends), style);
    text_fini(&ends);
    side(out, r, r->solved->value_before, &b->at_before, style);
    held(out, b->held, style);
    if (r->solved->has_other) {
      side(out, r, r->solved->value_other, &r->solved->at_other, style);
      held(out, r->solved->other_held, style);
    }
  } else {
    side(out, r, r->solved->value_before, &b->at_before, style);
    side(out, r, r->solved->value_after, &b->at_after, style);
    if (b->kind == BOUNDARY_NOT_STEADY) {
      paragraph(out, "The answer changes back further on: this is its first change only.", style);
    }
  }
  text_add(out, "\n");
  report_closing(out, &r->report, style);
  plugins_used(out, r->solved->scenario, 1, style);
}
