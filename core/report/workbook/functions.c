/* functions.c: the functions that a formula of the workbook may call, and no others. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/evaluate.h"

#include <math.h>
#include <string.h>

/* Every number among the arguments, ranges taken apart. */
static double fold(const struct call *call, double start, double (*with)(double, double))
{
  double out = start;
  bool first = true;
  for (int i = 0; i < call->count; i++) {
    const struct value *value = &call->argument[i];
    const int n = value->is_range ? value->rows * value->columns : 1;
    for (int k = 0; k < n; k++) {
      const double number = value->is_range ? value->range[k] : value->number;
      out = first && isnan(start) ? number : with(out, number);
      first = false;
    }
  }
  return out;
}

static double plus(double a, double b)
{
  return a + b;
}

static double greater(double a, double b)
{
  return b > a ? b : a;
}

static double lesser(double a, double b)
{
  return b < a ? b : a;
}

static struct value do_sum(struct call *call)
{
  return value_of_number(fold(call, 0.0, plus));
}

static struct value do_max(struct call *call)
{
  return value_of_number(fold(call, (double)NAN, greater));
}

static struct value do_min(struct call *call)
{
  return value_of_number(fold(call, (double)NAN, lesser));
}

/* Half away from zero, as spreadsheets do it: scaled, rounded, scaled back. */
static struct value do_round(struct call *call)
{
  const double places = call->argument[1].number;
  const double scale = power_int(10.0, (int)places);
  return value_of_number(places == 0.0 ? round(call->argument[0].number)
                                       : round(call->argument[0].number * scale) / scale);
}

static struct value do_abs(struct call *call)
{
  struct value *value = &call->argument[0];
  if (!value->is_range) {
    return value_of_number(fabs(value->number));
  }
  double *out = arena_array(&call->reader->book->arena, (size_t)value->rows * (size_t)value->columns, sizeof *out);
  for (int i = 0; out != NULL && i < value->rows * value->columns; i++) {
    out[i] = fabs(value->range[i]);
  }
  value->range = out;
  return out != NULL ? *value : value_refused(call->reader, "out of memory");
}

static struct value do_if(struct call *call)
{
  return call->argument[0].number != 0.0 ? call->argument[1] : call->argument[2];
}

static struct value do_and(struct call *call)
{
  bool out = true;
  for (int i = 0; i < call->count; i++) {
    out = out && call->argument[i].number != 0.0;
  }
  return value_of_number(out ? 1.0 : 0.0);
}

static struct value do_or(struct call *call)
{
  bool out = false;
  for (int i = 0; i < call->count; i++) {
    out = out || call->argument[i].number != 0.0;
  }
  return value_of_number(out ? 1.0 : 0.0);
}

/* INDEX(range, row, column) */
static struct value do_index(struct call *call)
{
  const struct value *range = &call->argument[0];
  const int row = (int)call->argument[1].number, column = (int)call->argument[2].number;
  if (!range->is_range || row < 1 || row > range->rows || column < 1 || column > range->columns) {
    return value_refused(call->reader, "INDEX outside its range");
  }
  return value_of_cell(call->reader,
                       (struct spot){ range->from.sheet, range->from.row + row - 1, range->from.column + column - 1 });
}

static bool same(const struct value *wanted, const struct cell *cell)
{
  if (cell == NULL) {
    return false;
  }
  const bool is_words = cell->content == CONTENT_WORDS || cell->is_words;
  return wanted->is_words ? is_words && strcmp(wanted->words, cell->words) == 0
                          : !is_words && cell->number == wanted->number;
}

/* MATCH(wanted, range, 0); no match is an error in a spreadsheet, and 0 here, where IF has kept it off. */
static struct value do_match(struct call *call)
{
  const struct value *range = &call->argument[1];
  for (int i = 0; i < range->rows * range->columns; i++) {
    const struct spot at = { range->from.sheet, range->from.row + i / range->columns,
                             range->from.column + i % range->columns };
    if (same(&call->argument[0], cell_seen(call->reader->book, at))) {
      return value_of_number(i + 1);
    }
  }
  return value_of_number(1);
}

static struct value do_choose(struct call *call)
{
  const int which = (int)call->argument[0].number;
  return which >= 1 && which < call->count ? call->argument[which]
                                           : value_refused(call->reader, "CHOOSE beyond its choices");
}

static const struct function functions[] = { { "ROUND", 2, 2, do_round },
                                             { "MAX", 1, MOST_ARGUMENTS, do_max },
                                             { "MIN", 1, MOST_ARGUMENTS, do_min },
                                             { "SUM", 1, MOST_ARGUMENTS, do_sum },
                                             { "SUMPRODUCT", 1, 1, do_sum },
                                             { "ABS", 1, 1, do_abs },
                                             { "IF", 3, 3, do_if },
                                             { "AND", 1, MOST_ARGUMENTS, do_and },
                                             { "OR", 1, MOST_ARGUMENTS, do_or },
                                             { "INDEX", 3, 3, do_index },
                                             { "MATCH", 3, 3, do_match },
                                             { "CHOOSE", 2, MOST_ARGUMENTS, do_choose } };

const struct function *function_find(const char *name, size_t length)
{
  for (size_t i = 0; i < COUNT_OF(functions); i++) {
    if (strlen(functions[i].name) == length && strncmp(functions[i].name, name, length) == 0) {
      return &functions[i];
    }
  }
  return NULL;
}
