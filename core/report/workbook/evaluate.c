/* evaluate.c: what a formula comes to, worked out as a spreadsheet would, from the cells that stand already.
 *
 * It knows the operators and functions that the workbook may use and nothing else, so no other can get in:
 * + - * / comparisons, ROUND MAX MIN SUM SUMPRODUCT ABS IF AND OR INDEX MATCH CHOOSE. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/book.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { MOST_ARGUMENTS = 64 };

/* One value, or those of a range row by row. */
struct value {
  bool is_words;
  double number;
  const char *words;
  bool is_range;
  int rows, columns;
  const double *range;
  struct spot from; /* of a range */
};

struct reader {
  struct book *book;
  const char *whole, *at;
  bool failed;
};

static struct value compare(struct reader *);

static struct value refuse(struct reader *reader, const char *what)
{
  if (!reader->failed) {
    book_fault(reader->book, "%s at '%.40s' in '%.120s'", what, reader->at, reader->whole);
  }
  reader->failed = true;
  return (struct value){ .words = "" };
}

static struct value number_value(double number)
{
  return (struct value){ .number = number, .words = "" };
}

static bool take(struct reader *reader, char c)
{
  if (*reader->at != c) {
    return false;
  }
  reader->at++;
  return true;
}

/* ---- references ---------------------------------------------------------------------------------------- */

static bool read_cell_name(const char **at, struct spot *out)
{
  const char *p = *at;
  int column = 0, row = 0, letters = 0;
  p += *p == '$';
  for (; isupper((unsigned char)*p) && letters < 3; p++, letters++) {
    column = column * 26 + (*p - 'A' + 1);
  }
  p += *p == '$';
  if (letters == 0 || !isdigit((unsigned char)*p)) {
    return false;
  }
  for (; isdigit((unsigned char)*p) && row < 1000000; p++) {
    row = row * 10 + (*p - '0');
  }
  out->row = row - 1;
  out->column = column - 1;
  *at = p;
  return true;
}

/* Tab!A1 */
static bool read_spot(struct reader *reader, struct spot *out)
{
  const char *at = reader->at;
  const size_t name = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
  int sheet = 0;
  while (sheet < N_SHEETS &&
         (strlen(sheet_kinds[sheet].tab) != name || strncmp(at, sheet_kinds[sheet].tab, name) != 0)) {
    sheet++;
  }
  if (sheet == N_SHEETS || at[name] != '!') {
    return false;
  }
  out->sheet = (enum sheet)sheet;
  at += name + 1;
  if (!read_cell_name(&at, out)) {
    return false;
  }
  reader->at = at;
  return true;
}

static struct value cell_value(struct reader *reader, struct spot at)
{
  const struct cell *cell = cell_seen(reader->book, at);
  if (cell == NULL) {
    return refuse(reader, "a reference to an empty cell");
  }
  if (cell->content == CONTENT_WORDS || cell->is_words) {
    return (struct value){ .is_words = true, .words = cell->words };
  }
  return number_value(cell->number);
}

/* Words in a range count as they do in SUM: not at all. */
static struct value range_value(struct reader *reader, struct spot from, struct spot to)
{
  struct value out = {
    .is_range = true, .rows = to.row - from.row + 1, .columns = to.column - from.column + 1, .words = "", .from = from
  };
  double *range = out.rows > 0 && out.columns > 0
                      ? arena_array(&reader->book->arena, (size_t)out.rows * (size_t)out.columns, sizeof *range)
                      : NULL;
  if (range == NULL) {
    return refuse(reader, "an empty range");
  }
  for (int r = 0; r < out.rows; r++) {
    for (int c = 0; c < out.columns; c++) {
      const struct cell *cell = cell_seen(reader->book, (struct spot){ from.sheet, from.row + r, from.column + c });
      range[r * out.columns + c] = cell != NULL ? cell->number : 0.0;
    }
  }
  out.range = range;
  return out;
}

static struct value reference(struct reader *reader)
{
  struct spot from, to;
  if (!read_spot(reader, &from)) {
    return refuse(reader, "neither a number, a cell nor a function");
  }
  if (!take(reader, ':')) {
    return cell_value(reader, from);
  }
  to.sheet = from.sheet;
  return read_cell_name(&reader->at, &to) ? range_value(reader, from, to) : refuse(reader, "no range");
}

/* ---- functions ----------------------------------------------------------------------------------------- */

struct call {
  struct reader *reader;
  int count;
  struct value argument[MOST_ARGUMENTS];
};

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
  return number_value(fold(call, 0.0, plus));
}

static struct value do_max(struct call *call)
{
  return number_value(fold(call, (double)NAN, greater));
}

static struct value do_min(struct call *call)
{
  return number_value(fold(call, (double)NAN, lesser));
}

/* Half away from zero, as spreadsheets do it: scaled, rounded, scaled back. */
static struct value do_round(struct call *call)
{
  const double places = call->argument[1].number;
  const double scale = power_int(10.0, (int)places);
  return number_value(places == 0.0 ? round(call->argument[0].number)
                                    : round(call->argument[0].number * scale) / scale);
}

static struct value do_abs(struct call *call)
{
  struct value *value = &call->argument[0];
  if (!value->is_range) {
    return number_value(fabs(value->number));
  }
  double *out = arena_array(&call->reader->book->arena, (size_t)value->rows * (size_t)value->columns, sizeof *out);
  for (int i = 0; out != NULL && i < value->rows * value->columns; i++) {
    out[i] = fabs(value->range[i]);
  }
  value->range = out;
  return out != NULL ? *value : refuse(call->reader, "out of memory");
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
  return number_value(out ? 1.0 : 0.0);
}

static struct value do_or(struct call *call)
{
  bool out = false;
  for (int i = 0; i < call->count; i++) {
    out = out || call->argument[i].number != 0.0;
  }
  return number_value(out ? 1.0 : 0.0);
}

/* INDEX(range, row, column) */
static struct value do_index(struct call *call)
{
  const struct value *range = &call->argument[0];
  const int row = (int)call->argument[1].number, column = (int)call->argument[2].number;
  if (!range->is_range || row < 1 || row > range->rows || column < 1 || column > range->columns) {
    return refuse(call->reader, "INDEX outside its range");
  }
  return cell_value(call->reader,
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
      return number_value(i + 1);
    }
  }
  return number_value(1);
}

static struct value do_choose(struct call *call)
{
  const int which = (int)call->argument[0].number;
  return which >= 1 && which < call->count ? call->argument[which] : refuse(call->reader, "CHOOSE beyond its choices");
}

static const struct function {
  const char *name;
  int least, most;
  struct value (*call)(struct call *);
} functions[] = { { "ROUND", 2, 2, do_round },
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

static struct value function_call(struct reader *reader, size_t name)
{
  const struct function *function = NULL;
  for (size_t i = 0; i < COUNT_OF(functions); i++) {
    if (strlen(functions[i].name) == name && strncmp(functions[i].name, reader->at, name) == 0) {
      function = &functions[i];
    }
  }
  if (function == NULL) {
    return refuse(reader, "a function that the workbook may not use");
  }
  struct call call = { .reader = reader };
  reader->at += name + 1;
  do {
    if (call.count == function->most) {
      return refuse(reader, "too many arguments");
    }
    call.argument[call.count++] = compare(reader);
  } while (!reader->failed && take(reader, ','));
  if (reader->failed || !take(reader, ')') || call.count < function->least) {
    return refuse(reader, "a call that does not end well");
  }
  return function->call(&call);
}

/* ---- operators ----------------------------------------------------------------------------------------- */

/* Digits, a point, digits. */
static struct value number(struct reader *reader)
{
  double units = 0.0, scale = 1.0;
  bool after_point = false;
  for (; isdigit((unsigned char)*reader->at) || (*reader->at == '.' && !after_point); reader->at++) {
    if (*reader->at == '.') {
      after_point = true;
      continue;
    }
    units = units * 10.0 + (double)(*reader->at - '0');
    scale *= after_point ? 10.0 : 1.0;
  }
  return number_value(units / scale);
}

static struct value quoted(struct reader *reader)
{
  const char *end = strchr(reader->at + 1, '"');
  if (end == NULL) {
    return refuse(reader, "words without an end");
  }
  const char *text = arena_strndup(&reader->book->arena, reader->at + 1, (size_t)(end - reader->at - 1));
  reader->at = end + 1;
  return (struct value){ .is_words = true, .words = text };
}

static struct value primary(struct reader *reader)
{
  if (take(reader, '-')) {
    struct value value = primary(reader);
    value.number = -value.number;
    return value;
  }
  if (take(reader, '(')) {
    const struct value value = compare(reader);
    return take(reader, ')') ? value : refuse(reader, "a bracket that is not closed");
  }
  if (*reader->at == '"') {
    return quoted(reader);
  }
  if (isdigit((unsigned char)*reader->at)) {
    return number(reader);
  }
  if (strncmp(reader->at, "chosen", 6) == 0) {
    reader->at += 6;
    return cell_value(reader, reader->book->chosen);
  }
  const size_t name = strspn(reader->at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  return reader->at[name] == '(' ? function_call(reader, name) : reference(reader);
}

static double operate(char operation, double a, double b)
{
  switch (operation) {
  case '*':
    return a * b;
  case '/':
    return a / b;
  case '+':
    return a + b;
  case '-':
    return a - b;
  case '<':
    return a < b ? 1.0 : 0.0;
  case '>':
    return a > b ? 1.0 : 0.0;
  default:
    return a == b ? 1.0 : 0.0;
  }
}

/* Element by element where one side is a range or both are. */
static struct value apply(struct reader *reader, char operation, struct value a, struct value b)
{
  if (a.is_words && b.is_words && operation == '=') {
    return number_value(strcmp(a.words, b.words) == 0 ? 1.0 : 0.0);
  }
  if (!a.is_range && !b.is_range) {
    return number_value(operate(operation, a.number, b.number));
  }
  struct value out = a.is_range ? a : b;
  double *range = arena_array(&reader->book->arena, (size_t)out.rows * (size_t)out.columns, sizeof *range);
  if (range == NULL || (a.is_range && b.is_range && (a.rows != b.rows || a.columns != b.columns))) {
    return refuse(reader, "ranges of different sizes");
  }
  for (int i = 0; i < out.rows * out.columns; i++) {
    range[i] = operate(operation, a.is_range ? a.range[i] : a.number, b.is_range ? b.range[i] : b.number);
  }
  out.range = range;
  return out;
}

static struct value chain(struct reader *reader, const char *operations, struct value (*next)(struct reader *))
{
  struct value value = next(reader);
  while (!reader->failed && *reader->at != '\0' && strchr(operations, *reader->at) != NULL) {
    const char operation = *reader->at++;
    value = apply(reader, operation, value, next(reader));
  }
  return value;
}

static struct value product(struct reader *reader)
{
  return chain(reader, "*/", primary);
}

static struct value sum(struct reader *reader)
{
  return chain(reader, "+-", product);
}

static struct value compare(struct reader *reader)
{
  return chain(reader, "<>=", sum);
}

bool evaluate(struct book *book, const char *formula, struct cell *out)
{
  struct reader reader = { .book = book, .whole = formula, .at = formula };
  const struct value value = compare(&reader);
  if (!reader.failed && (*reader.at != '\0' || value.is_range || (!value.is_words && !isfinite(value.number)))) {
    (void)refuse(&reader, "no single value");
  }
  out->is_words = value.is_words;
  out->words = value.words != NULL ? value.words : "";
  out->number = value.number + 0.0;
  return !reader.failed;
}
