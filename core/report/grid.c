/* grid.c: tables with a label column and right-aligned values, for any width of terminal.  A number is never cut. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/tables.h"

#include <stdlib.h>
#include <string.h>

enum { NARROW = 60 }; /* columns under which a table becomes blocks */

struct grid_line {
  char *label; /* NULL: a rule */
  char **value;
};

struct grid {
  char *title;
  int n_values;
  struct grid_line header;
  struct grid_line *row;
  int n_rows;
  bool failed;
};

struct grid *grid_new(const char *title, int n_values)
{
  struct grid *grid = calloc(1, sizeof *grid);
  if (grid != NULL) {
    *grid = (struct grid){ .title = strdup(title), .n_values = n_values };
  }
  return grid;
}

static void line_free(struct grid_line *line, int n_values)
{
  for (int v = 0; line->value != NULL && v < n_values; v++) {
    free(line->value[v]);
  }
  free(line->value);
  free(line->label);
}

void grid_free(struct grid *grid)
{
  if (grid == NULL) {
    return;
  }
  for (int r = 0; r < grid->n_rows; r++) {
    line_free(&grid->row[r], grid->n_values);
  }
  line_free(&grid->header, grid->n_values);
  free(grid->row);
  free(grid->title);
  free(grid);
}

static struct grid_line line_new(struct grid *grid, const char *label, const char *const *values)
{
  struct grid_line line = { strdup(label), calloc((size_t)grid->n_values + 1, sizeof *line.value) };
  for (int v = 0; line.value != NULL && v < grid->n_values; v++) {
    line.value[v] = strdup(values[v]);
    grid->failed |= line.value[v] == NULL;
  }
  grid->failed |= line.label == NULL || line.value == NULL;
  return line;
}

void grid_header(struct grid *grid, const char *label, const char *const *values)
{
  if (grid != NULL) {
    grid->header = line_new(grid, label, values);
  }
}

static struct grid_line *append(struct grid *grid)
{
  struct grid_line *rows = realloc(grid->row, ((size_t)grid->n_rows + 1) * sizeof *rows);
  if (rows == NULL) {
    grid->failed = true;
    return NULL;
  }
  grid->row = rows;
  rows[grid->n_rows] = (struct grid_line){ 0 };
  return &rows[grid->n_rows++];
}

void grid_row(struct grid *grid, const char *label, const char *const *values)
{
  struct grid_line *row = grid != NULL ? append(grid) : NULL;
  if (row != NULL) {
    *row = line_new(grid, label, values);
  }
}

void grid_rule(struct grid *grid)
{
  if (grid != NULL) {
    (void)append(grid);
  }
}

static int width_of(const char *s)
{
  return s != NULL ? utf8_width(s, strlen(s)) : 0;
}

static int larger(int a, int b)
{
  return a > b ? a : b;
}

static int label_width(const struct grid *grid)
{
  int width = width_of(grid->header.label);
  for (int r = 0; r < grid->n_rows; r++) {
    width = larger(width, width_of(grid->row[r].label));
  }
  return width;
}

static int value_width(const struct grid *grid, int v)
{
  int width = grid->header.value != NULL ? width_of(grid->header.value[v]) : 0;
  for (int r = 0; r < grid->n_rows; r++) {
    width = larger(width, grid->row[r].value != NULL ? width_of(grid->row[r].value[v]) : 0);
  }
  return width;
}

/* gap: spaces before each value; two where there is room, else one. */
static int values_width(const struct grid *grid, int gap)
{
  int width = 0;
  for (int v = 0; v < grid->n_values; v++) {
    width += gap + value_width(grid, v);
  }
  return width;
}

enum { SHORT_LABEL = 20 }; /* a label column is not squeezed below this; its words wrap */

/* The label column's width: its own, or what the values leave, with the words wrapped. */
static int label_column(const struct grid *grid, int gap, const struct style *style)
{
  const int own = label_width(grid), left = style->width - values_width(grid, gap);
  return own <= left || own <= SHORT_LABEL ? own : left < SHORT_LABEL ? SHORT_LABEL : left;
}

bool grid_fits(const struct grid *grid, const struct style *style)
{
  return label_column(grid, 1, style) + values_width(grid, 1) <= style->width;
}

static int gap_of(const struct grid *grid, const struct style *style)
{
  return label_column(grid, 2, style) + values_width(grid, 2) <= style->width || !grid_fits(grid, style) ? 2 : 1;
}

static void put_left(struct text *out, const char *s, int width)
{
  text_add(out, s);
  text_repeat(out, " ", width - width_of(s));
}

static void put_right(struct text *out, const char *s, int width)
{
  text_repeat(out, " ", width - width_of(s));
  text_add(out, s);
}

static void end_line(struct text *out)
{
  while (out->length > 0 && out->at[out->length - 1] == ' ') {
    out->at[--out->length] = '\0';
  }
  text_add(out, "\n");
}

struct span {
  int label, gap, from, to; /* columns; values [from, to) */
};

static void put_line(struct text *out, const struct grid *grid, const struct grid_line *line, struct span span)
{
  const char *rest = line->label;
  const size_t first = fitting(rest, span.label);
  text_add_n(out, rest, first);
  text_repeat(out, " ", span.label - utf8_width(rest, first));
  for (int v = span.from; v < span.to; v++) {
    text_repeat(out, " ", span.gap);
    put_right(out, line->value[v], value_width(grid, v));
  }
  end_line(out);
  for (rest += first; *rest != '\0';) {
    rest += strspn(rest, " ");
    const size_t n = fitting(rest, span.label - 2);
    text_add(out, "  ");
    text_add_n(out, rest, n);
    end_line(out);
    rest += n;
  }
}

static void put_rule(struct text *out, int width, const struct style *style)
{
  text_repeat(out, style->ascii ? "-" : "\xE2\x94\x80", width);
  text_add(out, "\n");
}

/* Value columns from span.from that fit beside the label; at least one.  Returns the width. */
static int columns_that_fit(const struct grid *grid, struct span *span, const struct style *style)
{
  int width = span->label;
  span->to = span->from;
  while (span->to < grid->n_values &&
         (span->to == span->from || width + span->gap + value_width(grid, span->to) <= style->width)) {
    width += span->gap + value_width(grid, span->to);
    span->to++;
  }
  return width;
}

static void wide_text(struct text *out, const struct grid *grid, const struct style *style)
{
  const int gap = gap_of(grid, style);
  struct span span = { label_column(grid, gap, style), gap, 0, 0 };
  while (span.from < grid->n_values) {
    const int width = columns_that_fit(grid, &span, style);
    put_line(out, grid, &grid->header, span);
    put_rule(out, width, style);
    for (int r = 0; r < grid->n_rows; r++) {
      if (grid->row[r].label == NULL) {
        put_rule(out, width, style);
      } else {
        put_line(out, grid, &grid->row[r], span);
      }
    }
    span.from = span.to;
    text_add(out, span.from < grid->n_values ? "\n" : "");
  }
}

/* A block a row: the label, then a value a line, aligned; below its name where both do not fit on one. */
static void narrow_text(struct text *out, const struct grid *grid, const struct style *style)
{
  int header = 0, value = 0;
  for (int v = 0; v < grid->n_values; v++) {
    header = larger(header, width_of(grid->header.value[v]));
    value = larger(value, value_width(grid, v));
  }
  const bool beside = 2 + header + 2 + value <= style->width;
  if (grid->header.label[0] != '\0') {
    paragraph(out, grid->header.label, style);
  }
  for (int r = 0; r < grid->n_rows; r++) {
    if (grid->row[r].label == NULL) {
      continue;
    }
    paragraph_hung(out, grid->row[r].label, 2, style);
    for (int v = 0; v < grid->n_values; v++) {
      if (grid->row[r].value[v][0] != '\0') {
        text_add(out, "  ");
        put_left(out, grid->header.value[v], beside ? header + 2 : 0);
        text_add(out, beside ? "" : "\n");
        put_right(out, grid->row[r].value[v], beside ? value : style->width);
        text_add(out, "\n");
      }
    }
  }
}

static void plain_word(struct grid *grid, char **word)
{
  struct text plain = { 0 };
  if (*word != NULL) {
    text_plain(&plain, *word);
    free(*word);
    *word = strdup(text_str(&plain));
    grid->failed |= *word == NULL || plain.failed;
  }
  text_fini(&plain);
}

static void plain_line(struct grid *grid, struct grid_line *line)
{
  plain_word(grid, &line->label);
  for (int v = 0; line->value != NULL && v < grid->n_values; v++) {
    plain_word(grid, &line->value[v]);
  }
}

/* Before anything is measured: a pound sign takes more room as letters. */
static void make_plain(struct grid *grid)
{
  plain_word(grid, &grid->title);
  plain_line(grid, &grid->header);
  for (int r = 0; r < grid->n_rows; r++) {
    plain_line(grid, &grid->row[r]);
  }
}

void grid_text(struct text *out, struct grid *grid, const struct style *style)
{
  if (grid != NULL && style->ascii && !grid->failed) {
    make_plain(grid);
  }
  if (grid == NULL || grid->failed || grid->title == NULL) {
    out->failed = true;
    return;
  }
  if (grid->title[0] != '\0') {
    heading(out, grid->title, style);
  }
  if (style->width < NARROW && !grid_fits(grid, style)) {
    narrow_text(out, grid, style);
  } else {
    wide_text(out, grid, style);
  }
}
