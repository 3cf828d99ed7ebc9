/* book.c: the cells of a workbook in memory, and references to them. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/book.h"

#include <stdio.h>
#include <string.h>

const struct sheet_kind sheet_kinds[N_SHEETS] = {
#define SHEET_ROW(name, tab, title) [name] = { tab, title },
  SHEET_MAP(SHEET_ROW)
#undef SHEET_ROW
};

void book_init(struct book *book)
{
  *book = (struct book){ 0 };
  arena_init(&book->arena, NULL);
}

void book_fini(struct book *book)
{
  arena_fini(&book->arena);
}

void book_fault(struct book *book, const char *format, ...)
{
  if (!book->failed) {
    va_list args;
    va_start(args, format);
    vsnprintf(book->fault, sizeof book->fault, format, args);
    va_end(args);
  }
  book->failed = true;
}

int book_row(struct book *book, enum sheet sheet)
{
  struct sheet_grid *grid = &book->sheet[sheet];
  struct cell_row *rows = arena_grow(&book->arena, grid->row, (size_t)grid->n_rows, sizeof *rows);
  struct cell *cells = arena_array(&book->arena, (size_t)grid->n_columns + 1, sizeof *cells);
  if (rows == NULL || cells == NULL) {
    book->failed = true;
    return 0;
  }
  grid->row = rows;
  grid->row[grid->n_rows] = (struct cell_row){ cells };
  return grid->n_rows++;
}

struct cell *cell_at(struct book *book, struct spot at)
{
  static struct cell spare;
  struct sheet_grid *grid = &book->sheet[at.sheet];
  if (at.row < 0 || at.row >= grid->n_rows || at.column < 0 || at.column >= grid->n_columns) {
    book_fault(book, "no cell at row %d, column %d of %s", at.row + 1, at.column + 1, sheet_kinds[at.sheet].tab);
    return &spare;
  }
  return &grid->row[at.row].cell[at.column];
}

const struct cell *cell_seen(const struct book *book, struct spot at)
{
  const struct sheet_grid *grid = &book->sheet[at.sheet];
  if (at.row < 0 || at.row >= grid->n_rows || at.column < 0 || at.column >= grid->n_columns) {
    return NULL;
  }
  const struct cell *cell = &grid->row[at.row].cell[at.column];
  return cell->content != CONTENT_NONE ? cell : NULL;
}

void put_words(struct book *book, struct spot at, enum look look, const char *text)
{
  *cell_at(book, at) =
      (struct cell){ .content = CONTENT_WORDS, .look = look, .words = arena_strdup(&book->arena, text) };
}

void put_number(struct book *book, struct spot at, enum look look, double number)
{
  *cell_at(book, at) = (struct cell){ .content = CONTENT_NUMBER, .look = look, .number = number };
}

/* Without the name of its own sheet, which a reader of the sheet does not need. */
static const char *at_home(struct book *book, enum sheet sheet, const char *formula)
{
  const char *tab = sheet_kinds[sheet].tab;
  const size_t n = strlen(tab);
  struct text out = { 0 };
  const char *from = formula;
  for (const char *at = formula; *at != '\0';) {
    const bool begins = at == formula || strchr("(,+-*/<>=:", at[-1]) != NULL;
    if (begins && strncmp(at, tab, n) == 0 && at[n] == '!') {
      text_add_n(&out, from, (size_t)(at - from));
      at += n + 1;
      from = at;
    } else {
      at++;
    }
  }
  text_add(&out, from);
  const char *kept = arena_strdup(&book->arena, text_str(&out));
  book->failed |= out.failed;
  text_fini(&out);
  return kept;
}

void put_formula(struct book *book, struct spot at, enum look look, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  struct cell cell = {
    .content = CONTENT_FORMULA, .look = look, .words = "", .formula = arena_vprintf(&book->arena, format, args)
  };
  va_end(args);
  if (!book->failed && evaluate(book, cell.formula, &cell)) {
    cell.formula = at_home(book, at.sheet, cell.formula);
    *cell_at(book, at) = cell;
  }
}

/* ---- references ---------------------------------------------------------------------------------------- */

static void column_name(int column, char out[4])
{
  char name[4] = { 0 };
  int n = 0;
  for (int rest = column + 1; rest > 0 && n < 3; rest = (rest - 1) / 26) {
    name[n++] = (char)('A' + (rest - 1) % 26);
  }
  for (int i = 0; i < n; i++) {
    out[i] = name[n - 1 - i];
  }
  out[n] = '\0';
}

const char *ref(struct book *book, struct spot at)
{
  char column[4];
  column_name(at.column, column);
  return arena_printf(&book->arena, "%s!%s%d", sheet_kinds[at.sheet].tab, column, at.row + 1);
}

const char *ref_fixed(struct book *book, struct spot at)
{
  char column[4];
  column_name(at.column, column);
  return arena_printf(&book->arena, "%s!$%s$%d", sheet_kinds[at.sheet].tab, column, at.row + 1);
}

const char *ref_span(struct book *book, struct spot from, struct spot to)
{
  char first[4], last[4];
  column_name(from.column, first);
  column_name(to.column, last);
  return arena_printf(&book->arena, "%s!$%s$%d:$%s$%d", sheet_kinds[from.sheet].tab, first, from.row + 1, last,
                      to.row + 1);
}

const char *words(struct book *book, const char *format, ...)
{
  va_list args;
  va_start(args, format);
  const char *out = arena_vprintf(&book->arena, format, args);
  va_end(args);
  return out;
}

void sum_add(struct sum *sum, double sign, const char *term)
{
  if (strcmp(term, "0") != 0) {
    text_add(&sum->text, sign < 0.0 ? "-" : sum->text.length > 0 ? "+" : "");
    text_add(&sum->text, term);
  }
}

const char *sum_close(struct book *book, struct sum *sum)
{
  const char *out = sum->text.length > 0 ? arena_strdup(&book->arena, text_str(&sum->text)) : "0";
  book->failed |= sum->text.failed;
  text_fini(&sum->text);
  return out;
}
