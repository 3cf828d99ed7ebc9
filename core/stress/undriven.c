/* undriven.c: lines that no driver grows: which of them a move reaches, and which none does.
 *
 * (1) A line in a ring is outside the gap and of no account.
 * (2) A line that a driver grows moves with it, a share with the lines that it is a share of, council tax and business
 * rates of a file with the terms of that file.
 * (3) Every grant moves with the settlement, and council tax given as a line with the rise.
 * (4) The others move by a rate of their own, or where they are numbers times unit cost by the cost, if lines of their
 * class have a step. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/steps.h"

bool line_is_driven(const struct line *line)
{
  return line->amount.n_drivers + line->number.n_drivers + line->unit_cost.n_drivers + line->percent.n_drivers > 0;
}

bool line_has_rate(const struct line *line)
{
  return line->recurring && line->form <= FORM_ROLL;
}

/* Rules 2 to 4, but for shares. */
static bool is_moved(const struct plan *plan, const struct line *line)
{
  if (line_is_driven(line) || line->form == FORM_COUNCIL_TAX || line->form == FORM_BUSINESS_RATES) {
    return true;
  }
  if (line->class == LINE_GRANT) {
    return line_has_rate(line) || !line->recurring;
  }
  if (line->class == LINE_COUNCIL_TAX) {
    return line_has_rate(line) && plan->council_tax_line < 0;
  }
  return (line_has_rate(line) || (line->recurring && line->form == FORM_UNITS)) &&
         step_of_lines(line->class).label != NULL;
}

static bool is_share_of_moved(const struct line *line, const bool *moved)
{
  for (int i = 0; i < line->n_of && line->form == FORM_SHARE; i++) {
    if (moved[line->of[i]]) {
      return true;
    }
  }
  return false;
}

int *lines_not_moved(const struct plan *plan, struct arena *arena, int *count)
{
  bool *moved = arena_array(arena, (size_t)plan->n_lines + 1, sizeof *moved);
  int *list = arena_array(arena, (size_t)plan->n_lines + 1, sizeof *list);
  *count = 0;
  if (moved == NULL || list == NULL) {
    return NULL;
  }
  for (int l = 0; l < plan->n_lines; l++) {
    moved[l] = is_moved(plan, &plan->line[l]);
  }
  for (int l = 0; l < plan->n_lines; l++) {
    if (!moved[l] && plan->line[l].ring[0] == '\0' && !is_share_of_moved(&plan->line[l], moved)) {
      list[(*count)++] = l;
    }
  }
  return list;
}
