/* undrawn.c: inputs that a row of uncertainty.csv finds and that are not drawn for it, as they would move nothing.
 *
 * (1) What can move nothing: per cent of what is nil in every year; a receipt or a loan in no year of the plan; the
 * rate of a line that has nothing to grow, and a driver that grows nothing else; how and when a saving or a receipt of
 * nil comes, and less or later of a saving that the plan expects nothing of, unless another saving depends on it.
 * (2) A one-off saving does not slip: a row for a kind of savings draws delays for those that last, unless the kind
 * is a recurrence.  A row that names a one-off saving draws one for it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/uncertain.h"

#include <string.h>

/* ---- rule 1 -------------------------------------------------------------------------------------------- */

static bool is_nil(const struct plan *plan, int input)
{
  for (int y = 0; y < plan->n_years; y++) {
    if (plan->input[input].plan[y] != 0.0) {
      return false;
    }
  }
  return true;
}

/* A rate acts on what the year before leaves, until the line has ended. */
static bool has_nothing_to_grow(const struct plan *plan, const struct series *series, int last_year)
{
  double carried = series->has_base ? series->base : 0.0;
  for (int y = 0; y < plan->n_years && y <= last_year; y++) {
    if (carried != 0.0) {
      return false;
    }
    carried = series->path[y];
  }
  return true;
}

static bool grows(const struct plan *plan, int driver, const struct series *series, int last_year)
{
  for (int i = 0; i < series->n_drivers; i++) {
    if (series->driver[i] == driver) {
      return !has_nothing_to_grow(plan, series, last_year);
    }
  }
  return false;
}

/* By itself or by a driver that follows it; none follows itself. */
static bool drives_nothing(const struct plan *plan, int driver)
{
  bool nothing = true;
  for (int l = 0; l < plan->n_lines; l++) {
    const struct line *line = &plan->line[l];
    nothing = nothing && !grows(plan, driver, &line->amount, line->last_year) &&
              !grows(plan, driver, &line->number, line->last_year) &&
              !grows(plan, driver, &line->unit_cost, line->last_year) &&
              !grows(plan, driver, &line->percent, line->last_year);
  }
  for (int t = 0; t < N_TERMS; t++) {
    nothing = nothing && !grows(plan, driver, &plan->term[t].series, MAX_YEARS - 1);
  }
  for (int d = 0; d < plan->n_drivers; d++) {
    nothing = nothing && (plan->driver[d].follows != driver || drives_nothing(plan, d));
  }
  return nothing;
}

static bool is_stood_on(const struct plan *plan, int saving)
{
  for (int s = 0; s < plan->n_savings; s++) {
    for (int i = 0; i < plan->saving[s].n_stands_on; i++) {
      if (plan->saving[s].stands_on[i] == saving) {
        return true;
      }
    }
  }
  return false;
}

/* raises: the row may add to what the plan expects. */
static bool saving_has_nothing(const struct plan *plan, const struct input *in, bool raises)
{
  const int value = plan->saving[in->owner].input; /* the first of its inputs, as the amount is of a receipt */
  const bool unexpected = is_nil(plan, value + (int)SAVING_DELIVERY - (int)SAVING_VALUE);
  return !is_stood_on(plan, in->owner) &&
         (is_nil(plan, value) || (unexpected && (in->field == SAVING_MONTHS_LATE || !raises)));
}

static bool moves_nothing(const struct plan *plan, const struct departure *sizes, int input)
{
  const struct input *in = &plan->input[input];
  switch (in->field) {
  case DRIVER_VALUE:
    return drives_nothing(plan, in->owner);
  case LINE_RATE:
    return has_nothing_to_grow(plan, &plan->line[in->owner].amount, plan->line[in->owner].last_year);
  case SAVING_DELIVERY:
  case SAVING_MONTHS_LATE:
    return saving_has_nothing(plan, in, sizes->sd > 0.0 || sizes->mode > 0.0 || sizes->high > 0.0);
  case RECEIPT_MONTHS_LATE:
  case RECEIPT_TO_DEBT:
  case RECEIPT_TO_AVOID:
  case RECEIPT_TO_FLEXIBLE:
    return is_nil(plan, plan->receipt[in->owner].input);
  case RECEIPT_AMOUNT:
  case BORROWING_AMOUNT:
    return is_nil(plan, input);
  default:
    return sizes->relative && is_nil(plan, input);
  }
}

/* ---- rule 2 -------------------------------------------------------------------------------------------- */

static bool is_for_what_lasts(const struct uncertain *row, struct arena *arena)
{
  struct address address;
  return address_split(row->input, arena, &address) &&
         (strcmp(address.which, "*") == 0 || strchr(address.which, '=') != NULL) &&
         strncmp(address.which, "recurrence", strlen("recurrence")) != 0;
}

static bool does_not_slip(const struct plan *plan, int input)
{
  const struct input *in = &plan->input[input];
  return in->field == SAVING_MONTHS_LATE && !plan->saving[in->owner].recurring;
}

/* ---- the face ------------------------------------------------------------------------------------------ */

const char *leave_out_undrawn(const struct plan *plan, const struct uncertain *row, const struct departure *sizes,
                              struct input_list *list, struct arena *arena)
{
  const bool lasting = is_for_what_lasts(row, arena);
  int kept = 0, one_off = 0;
  for (int i = 0; i < list->count; i++) {
    const bool slips = !lasting || !does_not_slip(plan, list->input[i]);
    one_off += !slips;
    if (slips && !moves_nothing(plan, sizes, list->input[i])) {
      list->input[kept++] = list->input[i];
    }
  }
  const bool one_offs = one_off == list->count;
  list->count = kept;
  return kept > 0 ? NULL
                  : arena_printf(arena, "what %s %s", row->input,
                                 one_offs ? "finds is one-off, and a one-off saving does not slip"
                                          : "acts on is nil in every year of this plan");
}
