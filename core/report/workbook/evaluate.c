/* evaluate.c: what a formula comes to, worked out as a spreadsheet would, from the cells that stand already.
 *
 * It knows the operators and functions that the workbook may use and nothing else, so no other can get in:
 * + - * / comparisons, ROUND MAX MIN SUM SUMPRODUCT ABS IF AND OR INDEX MATCH CHOOSE. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/evaluate.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

static struct value compare(struct reader *);

struct value value_refused(struct reader *reader, const char *what)
{
  if (!reader->failed) {
    book_fault(reader->book, "%s at '%.40s' in '%.120s'", what, reader->at, reader->whole);
  }
  reader->failed = true;
  return (struct value){ .words = "" };
}

struct value value_of_number(double number)
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

struct value value_of_cell(struct reader *reader, struct spot at)
{
  const struct cell *cell = cell_seen(reader->book, at);
  if (cell == NULL) {
    return value_refused(reader, "a reference to an empty cell");
  }
  if (cell->content == CONTENT_WORDS || cell->is_words) {
    return (struct value){ .is_words = true, .words = cell->words };
  }
  return value_of_number(cell->number);
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
    return value_refused(reader, "an empty range");
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
    return value_refused(reader, "neither a number, a cell nor a function");
  }
  if (!take(reader, ':')) {
    return value_of_cell(reader, from);
  }
  to.sheet = from.sheet;
  return read_cell_name(&reader->at, &to) ? range_value(reader, from, to) : value_refused(reader, "no range");
}

/* ---- calls ----------------------------------------------------------------------------------------------- */

static struct value function_call(struct reader *reader, size_t name)
{
  const struct function *function = function_find(reader->at, name);
  if (function == NULL) {
    return value_refused(reader, "a function that the workbook may not use");
  }
  struct call call = { .reader = reader };
  reader->at += name + 1;
  do {
    if (call.count == function->most) {
      return value_refused(reader, "too many arguments");
    }
    call.argument[call.count++] = compare(reader);
  } while (!reader->failed && take(reader, ','));
  if (reader->failed || !take(reader, ')') || call.count < function->least) {
    return value_refused(reader, "a call that does not end well");
  }
  /* The answer holds numbers and words of the workbook, nothing of `call` itself. */
  /* cppcheck-suppress returnDanglingLifetime */
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
  return value_of_number(units / scale);
}

static struct value quoted(struct reader *reader)
{
  const char *end = strchr(reader->at + 1, '"');
  if (end == NULL) {
    return value_refused(reader, "words without an end");
  }
  const char *text = arena_strndup(&reader->book->arena, reader->at + 1, (size_t)(end - reader->at - 1));
  reader->at = end + 1;
  return (struct value){ .is_words = true, .words = text };
}

static bool take_word(struct reader *reader, const char *word)
{
  const size_t n = strlen(word);
  if (strncmp(reader->at, word, n) != 0) {
    return false;
  }
  reader->at += n;
  return true;
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
    return take(reader, ')') ? value : value_refused(reader, "a bracket that is not closed");
  }
  if (*reader->at == '"') {
    return quoted(reader);
  }
  if (isdigit((unsigned char)*reader->at)) {
    return number(reader);
  }
  if (take_word(reader, "chosen")) {
    return value_of_cell(reader, reader->book->chosen);
  }
  if (take_word(reader, "refused")) {
    return value_of_cell(reader, reader->book->refused);
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

/* Which cells of a range hold these words; like a spreadsheet it knows no capitals. */
static struct value cells_with_words(struct reader *reader, struct value range, const char *wanted)
{
  double *found = arena_array(&reader->book->arena, (size_t)range.rows * (size_t)range.columns, sizeof *found);
  for (int i = 0; found != NULL && i < range.rows * range.columns; i++) {
    const struct cell *cell =
        cell_seen(reader->book, (struct spot){ range.from.sheet, range.from.row + i / range.columns,
                                               range.from.column + i % range.columns });
    const bool is_words = cell != NULL && (cell->content == CONTENT_WORDS || cell->is_words);
    found[i] = is_words && strcasecmp(cell->words, wanted) == 0 ? 1.0 : 0.0;
  }
  range.range = found;
  return found != NULL ? range : value_refused(reader, "memory ran out");
}

/* Element by element where one side is a range or both are. */
static struct value apply(struct reader *reader, char operation, struct value a, struct value b)
{
  if (a.is_words && b.is_words && operation == '=') {
    return value_of_number(strcmp(a.words, b.words) == 0 ? 1.0 : 0.0);
  }
  if (a.is_range && b.is_words && operation == '=') {
    return cells_with_words(reader, a, b.words);
  }
  if (!a.is_range && !b.is_range && a.is_words != b.is_words) { /* words come after every number */
    return strchr("<>=", operation) != NULL ? value_of_number(operation == (a.is_words ? '>' : '<') ? 1.0 : 0.0)
                                            : value_refused(reader, "words where a number belongs");
  }
  if (!a.is_range && !b.is_range) {
    return value_of_number(operate(operation, a.number, b.number));
  }
  struct value out = a.is_range ? a : b;
  double *range = arena_array(&reader->book->arena, (size_t)out.rows * (size_t)out.columns, sizeof *range);
  if (range == NULL || (a.is_range && b.is_range && (a.rows != b.rows || a.columns != b.columns))) {
    return value_refused(reader, "ranges of different sizes");
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
    (void)value_refused(&reader, "no single value");
  }
  out->is_words = value.is_words;
  out->words = value.words != NULL ? value.words : "";
  out->number = value.number + 0.0;
  return !reader.failed;
}
