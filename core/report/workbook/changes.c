/* changes.c: what scenarios do to inputs: plan x scale + add, rounded and held to its limits, as the engine does it
 * (core/model/changes.c). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/compile.h"

#include <stdio.h>

static bool any_block(const struct compiler *c, int input, bool scales)
{
  for (int s = 1; s < c->n_blocks; s++) {
    if (scales ? c->block[s].scaled[input] : c->block[s].added[input]) {
      return true;
    }
  }
  return false;
}

/* Amounts of a line in printed sign; everything else as it is. */
static double shown_sign(const struct compiler *c, int input)
{
  const struct input *at = &c->plan->input[input];
  const bool signed_money = at->field == LINE_STEP || at->field == LINE_ONE_OFF || at->field == LINE_UNIT_COST;
  return signed_money ? printed(c->plan, at->owner) : 1.0;
}

static enum look look_of(const struct input *input)
{
  return input->unit == UNIT_FRACTION ? LOOK_PERCENT
         : input->unit == UNIT_GBP    ? (input->grain == 0.01 ? LOOK_PENNIES : LOOK_MONEY)
                                      : LOOK_COUNT;
}

static const char *unit_of(const struct input *input)
{
  return input->unit == UNIT_FRACTION ? "%"
         : input->unit == UNIT_GBP    ? "\xC2\xA3"
         : input->unit == UNIT_MONTHS ? "months"
                                      : "";
}

/* A yellow cell for every year of every scenario that scales the input, or adds to it. */
static void put_changes(struct compiler *c, int input, int row, bool scales)
{
  char year[8];
  const char *address = input_address(c->plan, input, &c->book->arena);
  const double sign = scales ? 1.0 : shown_sign(c, input);
  for (int s = 1; s < c->n_blocks; s++) {
    if (!(scales ? c->block[s].scaled[input] : c->block[s].added[input])) {
      continue;
    }
    const double *const *rows = scales ? &c->block[s].scale : &c->block[s].add;
    const double *values = &(*rows)[(size_t)input * (size_t)c->n_years];
    for (int y = 0; y < c->n_years; y++) {
      const struct spot at = in_block(c, SHEET_CHANGES, row, s, y);
      put_number(c->book, at, scales ? LOOK_FACTOR : look_of(&c->plan->input[input]), sign * values[y] + 0.0);
      cell_at(c->book, at)->open = true;
      cell_at(c->book, at)->may =
          scales ? (struct allowed){ values[y] < 0.0 ? ALLOWED_CHANGE : ALLOWED_FACTOR, BLANK_IS_NOT_FOLLOWED }
                 : (struct allowed){ ALLOWED_CHANGE, BLANK_IS_NOTHING };
      const char *what = words(c->book, "%s: %s %s@%s", c->block[s].id, scales ? "times" : "plus", address,
                               plan_year_label(c->plan, y, year));
      trace_add(c, (struct traced){ at, what, sign * values[y] + 0.0, NULL, c->block[s].by[input] });
    }
  }
}

void changes_declare(struct compiler *c)
{
  struct arena *arena = &c->book->arena;
  for (int i = 0; i < c->plan->n_inputs; i++) {
    struct input_state *state = &c->input[i];
    const bool scales = any_block(c, i, true), adds = any_block(c, i, false);
    *state = (struct input_state){ scales || adds, NO_ROW, NO_ROW, NO_ROW };
    if (!state->changed) {
      continue;
    }
    const char *address = input_address(c->plan, i, arena);
    const char *label = input_text(c->plan, i, "label");
    const char *name = label != NULL ? label : address;
    if (scales) {
      state->times = figure_row(c, SHEET_CHANGES, words(c->book, "%s: times", name), address, "x");
      put_changes(c, i, state->times, true);
    }
    if (adds) {
      state->plus =
          figure_row(c, SHEET_CHANGES, words(c->book, "%s: plus", name), address, unit_of(&c->plan->input[i]));
      put_changes(c, i, state->plus, false);
    }
    state->effective =
        figure_row(c, SHEET_CHANGES, words(c->book, "%s: as changed", name), address, unit_of(&c->plan->input[i]));
  }
}

static const char *limit(struct compiler *c, const char *value, const char *function, double bound)
{
  if (bound >= 9e13 || bound <= -9e13) {
    return value; /* money beyond it is refused before it gets here */
  }
  return words(c->book, "%s(%.15g,%s)", function, bound, value);
}

static const char *effective(struct compiler *c, int index, int block, int year, const char *path)
{
  const struct input *input = &c->plan->input[index];
  const struct input_state *state = &c->input[index];
  const bool scales = c->block[block].scaled[index], adds = c->block[block].added[index];
  if (!scales && !adds) {
    return path;
  }
  const char *times = scales ? block_ref(c, SHEET_CHANGES, state->times, block, year) : "1";
  const char *plus = adds ? block_ref(c, SHEET_CHANGES, state->plus, block, year) : "0";
  const char *raw = scales && adds ? words(c->book, "%s*%s+%s", path, times, plus)
                    : scales       ? words(c->book, "%s*%s", path, times)
                                   : words(c->book, "%s+%s", path, plus);
  const char *whole = words(c->book, "(%s)", raw);
  const char *sign_of = input->low >= 0.0 ? "" : whole;
  const char *value = input->grain == 0.0   ? raw
                      : input->grain == 1.0 ? rounded(c, whole, sign_of)
                                            : rounded_hundredths(c, whole, sign_of);
  value = limit(c, value, "MAX", input->low);
  value = limit(c, value, "MIN", input->high);
  const char *still = scales && adds ? words(c->book, "AND(%s=1,%s=0)", times, plus)
                      : scales       ? words(c->book, "%s=1", times)
                                     : words(c->book, "%s=0", plus);
  return words(c->book, "IF(%s,%s,%s)", still, path, value);
}

const char *changed_value(struct compiler *c, int input, int block, int year, const char *path)
{
  if (input < 0 || !c->input[input].changed) {
    return path;
  }
  const struct spot at = in_block(c, SHEET_CHANGES, c->input[input].effective, block, year);
  if (cell_seen(c->book, at) == NULL) {
    put_formula(c->book, at, look_of(&c->plan->input[input]), "%s", effective(c, input, block, year, path));
  }
  return ref(c->book, at);
}
