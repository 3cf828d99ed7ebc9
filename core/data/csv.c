/* csv.c: a file's bytes to rows of cells that know where they stand; the one door to libcsv.
 *
 * libcsv has no positions, joins lines inside quotes, grows without limit and takes NUL, UTF-16 and a BOM as text.  So
 * each physical line is looked at first, fed alone, and its cells are found again in the line itself for their columns.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/raw.h"

#include <csv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

enum { MOST_COLUMNS = 200, MOST_ROWS = 10000, LONGEST_CELL = 8 * 1024, LONGEST_LINE = 64 * 1024 };

/* Kept from file to file. */
struct room {
  struct cell row[MOST_COLUMNS];
  unsigned char buffer[LONGEST_CELL]; /* libcsv's only memory: it may not grow */
};

/* One file on its way through. */
struct scan {
  struct reading *reading;
  struct table *table;
  struct csv_parser parser;
  struct room *room;
  struct raw_line line;
  int n_cells; /* of the row being read */
  bool row_ended;
  struct cell *row;
  bool good;
};

/* ---- findings ------------------------------------------------------------------------------------------ */

static struct finding *complain(struct scan *scan, enum code code, struct place place, const char *text,
                                const char *label)
{
  struct findings *findings = scan->reading->findings;
  struct finding *finding = finding_add(findings, code, place, "%s", text);
  finding_label(findings, finding, "%s", label);
  scan->good = false;
  return finding;
}

/* ---- cells --------------------------------------------------------------------------------------------- */

static bool is_blank_char(char c)
{
  return c == ' ' || c == '\t';
}

static void on_cell(void *text, size_t n, void *context)
{
  struct scan *scan = context;
  if (scan->n_cells < MOST_COLUMNS) {
    const char *at = text;
    for (; n > 0 && is_blank_char(at[0]); n--) { /* libcsv trims what is outside quotes only */
      at++;
    }
    while (n > 0 && is_blank_char(at[n - 1])) {
      n--;
    }
    struct cell *cell = &scan->row[scan->n_cells];
    *cell = (struct cell){ .text = n > 0 ? arena_strndup(scan->reading->arena, at, n) : "",
                           .length = (int)n,
                           .line = scan->line.number };
  }
  scan->n_cells++;
}

static void on_row(int terminator, void *context)
{
  struct scan *scan = context;
  (void)terminator;
  scan->row_ended = true;
}

/* Where the text that begins at `at` stops: at the comma after it, or at the end of the line. */
static const char *text_end(const char *at, const char *end)
{
  if (at < end && *at == '"') {
    for (at++; at < end && !(at[0] == '"' && (at + 1 == end || at[1] != '"')); at++) {
      at += *at == '"'; /* a doubled quote is text */
    }
  }
  const char *comma = at < end ? memchr(at, ',', (size_t)(end - at)) : NULL;
  return comma != NULL ? comma : end;
}

static int characters(const struct scan *scan, const char *at, const char *end)
{
  return (int)(scan->line.is_ascii ? (size_t)(end - at) : utf8_count(at, (size_t)(end - at)));
}

/* Finds the cells again in the line, in step with what libcsv delivered. */
static void place_cells(struct scan *scan)
{
  const char *at = scan->line.at, *counted = scan->line.at;
  int column = 1;
  for (int i = 0; i < scan->n_cells && i < MOST_COLUMNS && at <= scan->line.end; i++) {
    while (at < scan->line.end && is_blank_char(*at)) {
      at++;
    }
    const char *comma = text_end(at, scan->line.end), *stop = comma;
    while (stop > at && is_blank_char(stop[-1])) {
      stop--;
    }
    column += characters(scan, counted, at);
    counted = at;
    scan->row[i].column = column;
    scan->row[i].width = characters(scan, at, stop);
    at = comma + 1;
  }
}

/* Where the last cell of the line begins: the one that a quote left open. */
static const char *open_quote(const struct scan *scan)
{
  const char *at = scan->line.at;
  for (;;) {
    while (at < scan->line.end && is_blank_char(*at)) {
      at++;
    }
    const char *comma = text_end(at, scan->line.end);
    if (comma >= scan->line.end) {
      return at;
    }
    at = comma + 1;
  }
}

/* ---- rows ---------------------------------------------------------------------------------------------- */

static void *no_more_memory(void *block, size_t size)
{
  (void)block, (void)size;
  return NULL;
}

static void keep_buffer(void *block)
{
  (void)block;
}

/* A fresh parser a line, over one buffer: nothing is carried from a line that went wrong. */
static void parser_start(struct scan *scan)
{
  csv_init(&scan->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
  csv_set_realloc_func(&scan->parser, no_more_memory);
  csv_set_free_func(&scan->parser, keep_buffer);
  scan->parser.entry_buf = scan->room->buffer;
  scan->parser.entry_size = LONGEST_CELL;
  scan->n_cells = 0;
  scan->row_ended = false;
}

static bool row_is_blank(const struct scan *scan)
{
  for (int i = 0; i < scan->n_cells && i < MOST_COLUMNS; i++) {
    if (scan->row[i].length > 0) {
      return false;
    }
  }
  return true;
}

/* Two files that are not comma-separated, told by their header. */
static bool header_separator(struct scan *scan)
{
  const char *first = scan->row[0].text;
  if (scan->n_cells <= 2 && strncasecmp(first, "sep=", 4) == 0) {
    complain(
        scan, CODE_SEPARATOR,
        raw_place(&scan->line, scan->line.at, (int)utf8_count(scan->line.at, (size_t)(scan->line.end - scan->line.at))),
        "this line is a hint from one spreadsheet to another", "take it out: the first row names the columns");
    return false;
  }
  const char separator = strchr(first, ';') != NULL ? ';' : strchr(first, '\t') != NULL ? '\t' : '\0';
  if (scan->n_cells > 1 || separator == '\0') {
    return true;
  }
  const char *text = separator == ';' ? "the cells are separated by semicolons" : "the cells are separated by tabs";
  struct finding *finding = complain(scan, CODE_SEPARATOR, raw_place(&scan->line, strchr(scan->line.at, separator), 1),
                                     text, "a comma belongs here");
  finding_help(scan->reading->findings, finding,
               "save the file again as \"CSV UTF-8 (comma delimited)\"; a computer set to a country that "
               "writes decimals with a comma saves semicolons");
  return false;
}

static bool take_header(struct scan *scan)
{
  struct table *table = scan->table;
  if (!header_separator(scan)) {
    return false;
  }
  if (scan->n_cells > MOST_COLUMNS) {
    complain(scan, CODE_TOO_LONG, raw_place(&scan->line, scan->line.at, 0), "the header has more than 200 columns",
             "take out the columns that are empty");
    return false;
  }
  table->n_columns = scan->n_cells;
  table->header_excerpt = scan->line.excerpt;
  table->header = arena_array(scan->reading->arena, (size_t)scan->n_cells, sizeof *table->header);
  table->name = arena_array(scan->reading->arena, (size_t)scan->n_cells, sizeof *table->name);
  if (table->header == NULL || table->name == NULL) {
    return false;
  }
  for (int i = 0; i < scan->n_cells; i++) {
    table->header[i] = scan->row[i];
    table->name[i] = scan->row[i].text;
  }
  return true;
}

static void wrong_shape(struct scan *scan)
{
  const int wanted = scan->table->n_columns;
  const bool more = scan->n_cells > wanted;
  const char *text =
      arena_printf(scan->reading->arena, "the row has %d cells and the header has %d", scan->n_cells, wanted);
  const struct cell *cell = more && wanted < MOST_COLUMNS ? &scan->row[wanted] : &scan->row[0];
  const struct place place = { scan->table->file, scan->line.number, cell->column, cell->width > 0 ? cell->width : 1,
                               scan->line.excerpt };
  struct finding *finding = complain(scan, CODE_ROW_SHAPE, place, text, more ? "one cell too many from here on" : "");
  finding_help(scan->reading->findings, finding,
               more ? "a figure or label with a comma in it stands in quotes: \"168,000\""
                    : "a blank cell needs its comma too");
}

static bool take_row(struct scan *scan)
{
  struct table *table = scan->table;
  struct arena *arena = scan->reading->arena;
  if (scan->n_cells != table->n_columns) {
    wrong_shape(scan);
    return true;
  }
  if (table->n_rows == MOST_ROWS) {
    complain(scan, CODE_TOO_LONG, raw_place(&scan->line, scan->line.at, 0), "the file has more than 10,000 rows",
             "a plan needs some hundred");
    return false;
  }
  struct cell *cells = table->cell;
  const size_t have = (size_t)table->n_rows, width = (size_t)table->n_columns;
  cells = arena_grow(arena, cells, have, width * sizeof *cells);
  const char **excerpts = arena_grow(arena, table->excerpt, have, sizeof *excerpts);
  if (cells == NULL || excerpts == NULL) {
    return false;
  }
  memcpy(cells + have * width, scan->row, width * sizeof *cells);
  excerpts[have] = scan->line.excerpt;
  table->cell = cells;
  table->excerpt = excerpts;
  table->n_rows++;
  return true;
}

/* ---- lines ------------------------------------------------------------------------------------------ */

static bool odd_quotes(const char *at, const char *end)
{
  bool odd = false;
  for (; at < end; at++) {
    odd ^= *at == '"';
  }
  return odd;
}

/* The line below that closes a quote left open, or NULL: then the quote was never meant to be open, and reading goes on
 * below. */
static const char *closing_line(const char *next, const char *file_end, int *lines)
{
  for (*lines = 1; next < file_end; (*lines)++) {
    const char *feed = memchr(next, '\n', (size_t)(file_end - next));
    const char *stop = feed != NULL ? feed : file_end;
    if (odd_quotes(next, stop)) {
      return stop < file_end ? stop + 1 : file_end;
    }
    next = stop < file_end ? stop + 1 : file_end;
  }
  return NULL;
}

/* Returns where reading goes on. */
static char *broken_line(struct scan *scan, char *next, const char *file_end)
{
  int lines = 0;
  const char *after = closing_line(next, file_end, &lines);
  const struct place place = raw_place(&scan->line, open_quote(scan), 1);
  if (after == NULL) {
    complain(scan, CODE_QUOTE, place, "a quotation mark is opened here and never closed",
             "close it, or write \"\" for an inch or a quote");
    return next;
  }
  const char *text =
      arena_printf(scan->reading->arena, "a cell begins here and ends on line %d", scan->line.number + lines);
  struct finding *finding = complain(scan, CODE_LINE_BREAK, place, text, "");
  finding_help(scan->reading->findings, finding, "take the line break out of the cell, or close the quotation mark");
  scan->line.number += lines;
  return next + (after - next);
}

static void parse_error(struct scan *scan, size_t consumed)
{
  const char *at = scan->line.at + consumed;
  if (csv_error(&scan->parser) == CSV_ENOMEM) {
    complain(scan, CODE_TOO_LONG, raw_place(&scan->line, at, 1), "a cell is longer than 8,000 characters",
             "is a quotation mark left open?");
    return;
  }
  complain(scan, CODE_QUOTE, raw_place(&scan->line, at, 1), "a quotation mark does not stand around a whole cell",
           "quote the whole cell and write \"\" for a quote inside it");
}

/* False when nothing more of the file can be read: without a header, no line below means anything. */
static bool read_line(struct scan *scan, char **next, const char *file_end)
{
  const size_t n = (size_t)(scan->line.end - scan->line.at);
  if (n > LONGEST_LINE) {
    scan->line.excerpt = NULL;
    complain(scan, CODE_TOO_LONG, (struct place){ .file = scan->table->file, .line = scan->line.number },
             "a line is longer than 64,000 bytes", "is this a file of comma-separated text?");
    return scan->table->header != NULL;
  }
  if (!raw_line_is_text(scan->reading, &scan->line)) {
    scan->good = false;
    return scan->table->header != NULL;
  }
  parser_start(scan);
  const size_t consumed = csv_parse(&scan->parser, scan->line.at, n, on_cell, on_row, scan);
  if (consumed < n) {
    parse_error(scan, consumed);
    return scan->table->header != NULL;
  }
  csv_parse(&scan->parser, "\n", 1, on_cell, on_row, scan);
  if (n > 0 && !scan->row_ended && csv_error(&scan->parser) == CSV_SUCCESS && scan->parser.quoted) {
    *next = broken_line(scan, *next, file_end);
    return scan->table->header != NULL;
  }
  if (row_is_blank(scan)) {
    return true;
  }
  place_cells(scan);
  return scan->table->header == NULL ? take_header(scan) : take_row(scan);
}

static void scan_lines(struct scan *scan, char *at, char *file_end)
{
  while (at < file_end && !scan->reading->arena->failed) {
    char *feed = memchr(at, '\n', (size_t)(file_end - at));
    char *next = feed != NULL ? feed + 1 : file_end;
    scan->line.at = at;
    scan->line.end = feed != NULL ? feed : file_end;
    scan->line.end -= feed != NULL && scan->line.end > at && scan->line.end[-1] == '\r';
    scan->line.number++;
    *scan->line.end = '\0'; /* the line is its own excerpt */
    if (!read_line(scan, &next, file_end)) {
      return;
    }
    at = next;
  }
}

bool csv_read(struct reading *reading, const char *file, struct table *out, bool *absent)
{
  *out = (struct table){ .file = file };
  char *bytes = NULL;
  size_t size = 0;
  if (!source_read(reading, file, &bytes, &size, absent)) {
    return false;
  }
  reading->scan = reading->scan != NULL ? reading->scan : arena_alloc(reading->arena, sizeof(struct room));
  struct room *room = reading->scan;
  if (room == NULL) {
    return false;
  }
  struct scan scan = {
    .reading = reading, .table = out, .room = room, .row = room->row, .line = { .file = file }, .good = true
  };
  if (!raw_file_is_text(reading, file, bytes, size)) {
    return false;
  }
  const bool marked = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
  scan_lines(&scan, bytes + (marked ? 3 : 0), bytes + size);
  if (scan.good && out->header == NULL && !reading->arena->failed) {
    complain(&scan, CODE_NO_HEADER, (struct place){ .file = file }, "the file has no row that is not blank",
             "its first row names the columns");
  }
  return scan.good && !reading->arena->failed;
}
