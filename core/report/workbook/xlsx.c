/* xlsx.c: the book as the bytes of an .xlsx file, through libxlsxwriter; nothing else includes it.
 *
 * Formulas are always written with what they come to, so that a reader who does not recalculate sees the same figures.
 * The library writes to a file, so it gets one of its own among the temporary files, which is read and removed. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/looks.h"
#include "report/workbook/summary.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

struct writer {
  struct compiler *c;
  const struct workbook *workbook;
  lxw_workbook *file;
  lxw_worksheet *sheet[N_SHEETS];
  lxw_format *format[N_LOOKS][2]; /* locked, open */
  lxw_error wrong;                /* the first */
};

static void done(struct writer *w, lxw_error error)
{
  w->wrong = w->wrong == LXW_NO_ERROR ? error : w->wrong;
}

/* ---- looks --------------------------------------------------------------------------------------------- */

static void make_formats(struct writer *w)
{
  for (int look = 0; look < N_LOOKS; look++) {
    for (int open = 0; open < 2; open++) {
      const struct appearance *as = &appearances[look];
      lxw_format *format = workbook_add_format(w->file);
      format_set_font_size(format, as->size);
      format_set_align(format, as->wrap ? LXW_ALIGN_VERTICAL_BOTTOM : LXW_ALIGN_VERTICAL_CENTER);
      if (as->number != NULL) {
        format_set_num_format(format, as->number);
      }
      if (as->bold) {
        format_set_bold(format);
      }
      if (as->wrap) {
        format_set_text_wrap(format);
      }
      if (as->right) {
        format_set_align(format, LXW_ALIGN_RIGHT);
      }
      if (as->ink != 0) {
        format_set_font_color(format, as->ink);
      }
      if (as->fill != 0 || open != 0) {
        format_set_bg_color(format, open != 0 ? YELLOW : as->fill);
      }
      if (open != 0) {
        format_set_unlocked(format);
        format_set_border(format, LXW_BORDER_THIN);
        format_set_border_color(format, 0xC8B560);
      }
      w->format[look][open] = format;
    }
  }
}

/* ---- cells --------------------------------------------------------------------------------------------- */

static void write_cell(struct writer *w, lxw_worksheet *sheet, int row, int column, const struct cell *cell)
{
  const lxw_row_t r = (lxw_row_t)row;
  const lxw_col_t k = (lxw_col_t)column;
  lxw_format *format = w->format[cell->look][cell->open ? 1 : 0];
  const bool zeros = w->workbook->zeros;
  if (cell->content == CONTENT_NUMBER) {
    done(w, worksheet_write_number(sheet, r, k, cell->number, format));
  } else if (cell->content == CONTENT_WORDS && cell->words[0] != '\0') {
    done(w, worksheet_write_string(sheet, r, k, cell->words, format));
  } else if (cell->content == CONTENT_FORMULA) {
    struct text formula = { 0 };
    text_printf(&formula, "=%s", cell->formula);
    if (cell->is_words) {
      done(w, worksheet_write_formula_str(sheet, r, k, text_str(&formula), format, zeros ? "" : cell->words));
    } else {
      done(w, worksheet_write_formula_num(sheet, r, k, text_str(&formula), format, zeros ? 0.0 : cell->number));
    }
    text_fini(&formula);
  }
}

/* Of a row of Inputs: the receipt that its share is of, or -1. */
static int receipt_of_share(const struct compiler *c, enum sheet s, int row)
{
  for (int r = 0; s == SHEET_INPUTS && r < c->plan->n_receipts; r++) {
    const struct receipt_rows *rows = &c->receipt[r];
    if (row == rows->to_debt || row == rows->to_avoid || row == rows->to_flexible) {
      return r;
    }
  }
  return -1;
}

/* A run of yellow cells takes what the engine would take in its place; the uses of a receipt, no more than all of it
 * together.  What is pasted passes by, so Checks looks too. */
static void limit(struct writer *w, enum sheet s, int row, int first, int last)
{
  const struct compiler *c = w->c;
  const struct allowed may = c->book->sheet[s].row[row].cell[first].may;
  const struct bounds *bounds = &allowed_bounds[may.kind];
  const int receipt = receipt_of_share(c, s, row);
  struct text message = { 0 }, formula = { 0 };
  char title[] = "The engine would refuse this";
  text_printf(&message, "It must be %s.%s", bounds->in_words,
              receipt >= 0 ? " The uses of a receipt are together at most 100% of it." : "");
  lxw_data_validation rule = { .validate =
                                   bounds->grain == 1.0 ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL,
                               .criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
                               .ignore_blank = may.blank == BLANK_IS_NOTHING ? LXW_VALIDATION_ON : LXW_VALIDATION_OFF,
                               .minimum_number = bounds->low,
                               .maximum_number = bounds->high,
                               .error_title = title,
                               .error_message = message.at };
  if (receipt >= 0) {
    const struct receipt_rows *rows = &c->receipt[receipt];
    text_printf(&formula, "=AND(F%d>=0,F%d<=%g,F%d+F%d+F%d<=1.000000001)", row + 1, row + 1, bounds->high,
                rows->to_debt + 1, rows->to_avoid + 1, rows->to_flexible + 1);
    rule.validate = LXW_VALIDATION_TYPE_CUSTOM_FORMULA;
    rule.value_formula = formula.at;
  }
  done(w, message.failed || formula.failed
              ? LXW_ERROR_MEMORY_MALLOC_FAILED
              : worksheet_data_validation_range(w->sheet[s], (lxw_row_t)row, (lxw_col_t)first, (lxw_row_t)row,
                                                (lxw_col_t)last, &rule));
  text_fini(&message);
  text_fini(&formula);
}

static bool same_limit(const struct cell *a, const struct cell *b)
{
  return a->may.kind == b->may.kind && a->may.blank == b->may.blank;
}

static void write_row(struct writer *w, enum sheet s, int row)
{
  const struct sheet_grid *grid = &w->c->book->sheet[s];
  const struct cell *cells = grid->row[row].cell;
  int first = -1;
  for (int column = 0; column < grid->n_columns; column++) {
    const struct cell *cell = &cells[column];
    const bool open = cell->open && cell->content == CONTENT_NUMBER;
    write_cell(w, w->sheet[s], row, column, cell);
    if (first >= 0 && (!open || !same_limit(cell, &cells[first]))) {
      limit(w, s, row, first, column - 1);
      first = -1;
    }
    first = open && first < 0 ? column : first;
  }
  if (first >= 0) {
    limit(w, s, row, first, grid->n_columns - 1);
  }
}

/* ---- how a sheet stands -------------------------------------------------------------------------------- */

/* Each scenario begins a page of its own. */
static void break_between_blocks(struct writer *w, lxw_worksheet *sheet)
{
  lxw_col_t *breaks = calloc((size_t)w->c->n_blocks + 1, sizeof *breaks);
  for (int s = 1; breaks != NULL && s < w->c->n_blocks; s++) {
    breaks[s - 1] = (lxw_col_t)blocks_column(w->c, s, 0);
  }
  if (breaks != NULL && w->c->n_blocks > 1) {
    done(w, worksheet_set_v_pagebreaks(sheet, breaks));
  }
  free(breaks);
}

static void set_up(struct writer *w, enum sheet s)
{
  lxw_worksheet *sheet = w->sheet[s];
  const struct setup *setup = setup_of(s);
  const lxw_col_t last = (lxw_col_t)w->c->book->sheet[s].n_columns;
  for (int i = 0; i < setup->n_widths; i++) {
    done(w, worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, setup->width[i], NULL));
  }
  done(w, worksheet_set_column(sheet, (lxw_col_t)setup->n_widths, last, setup->rest, NULL));
  if (s != SHEET_SUMMARY) {
    worksheet_freeze_panes(sheet, YEAR_ROW + 1, (lxw_col_t)setup->frozen_columns);
    done(w, worksheet_repeat_rows(sheet, 0, YEAR_ROW));
  }
  if (s == SHEET_SCENARIOS || s == SHEET_INPUTS || s == SHEET_TRACE ||
      s == SHEET_FUTURES) { /* heads of two lines or more */
    done(w, worksheet_set_row(sheet, YEAR_ROW, s == SHEET_SCENARIOS ? 62.0 : 32.0, NULL));
  }
  if (s == SHEET_INPUTS) { /* what is wrong stands beside the years */
    const lxw_col_t beside = (lxw_col_t)(INPUT_YEAR + w->c->n_years);
    done(w, worksheet_set_column(sheet, beside, beside, 46.0, NULL));
  }
  if (s == SHEET_SCENARIOS) {
    done(w, worksheet_set_column(sheet, SCENARIO_LAST_FIGURE + 1, SCENARIO_LAST_FIGURE + 4, 72.0, NULL));
    done(w, worksheet_print_area(sheet, 0, 0, (lxw_row_t)w->c->book->sheet[s].n_rows - 1, SCENARIO_LAST_FIGURE));
  }
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 9); /* A4 */
  done(w, worksheet_set_footer(sheet, "&L&A&RPage &P of &N"));
  if (has_blocks(s)) {
    done(w, worksheet_repeat_columns(sheet, 0, FIRST_COLUMN - 1));
    worksheet_set_print_scale(sheet, 60);
    break_between_blocks(w, sheet);
  } else {
    worksheet_fit_to_pages(sheet, 1, s == SHEET_SUMMARY ? 1 : 0);
  }
  worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
  lxw_protection protection = { .format_columns = 1, .format_rows = 1 };
  worksheet_protect(sheet, NULL, &protection);
}

static void tell_summary(struct writer *w)
{
  struct text list = { 0 };
  text_printf(&list, "=Scenarios!$C$%d:$C$%d", FIRST_SCENARIO_ROW + 1, FIRST_SCENARIO_ROW + w->c->n_blocks);
  lxw_data_validation rule = { .validate = LXW_VALIDATION_TYPE_LIST_FORMULA, .value_formula = list.at };
  done(w, list.failed ? LXW_ERROR_MEMORY_MALLOC_FAILED
                      : worksheet_data_validation_cell(w->sheet[SHEET_SUMMARY], SUMMARY_CHOICE_ROW, 1, &rule));
  text_fini(&list);
  lxw_format *alarm = workbook_add_format(w->file);
  format_set_font_color(alarm, RED);
  format_set_bold(alarm);
  char minimum[16];
  snprintf(minimum, sizeof minimum, "=B$%d", SUMMARY_HEAD_ROW + 2 + SUMMARY_MINIMUM);
  lxw_conditional_format below = { .type = LXW_CONDITIONAL_TYPE_CELL,
                                   .criteria = LXW_CONDITIONAL_CRITERIA_LESS_THAN,
                                   .value_string = minimum,
                                   .format = alarm };
  const lxw_row_t fund = SUMMARY_HEAD_ROW + 1 + SUMMARY_FUND, unfunded = SUMMARY_HEAD_ROW + 1 + SUMMARY_UNFUNDED;
  const lxw_col_t last = (lxw_col_t)w->c->n_years;
  lxw_conditional_format above = {
    .type = LXW_CONDITIONAL_TYPE_CELL, .criteria = LXW_CONDITIONAL_CRITERIA_GREATER_THAN, .value = 0.0, .format = alarm
  };
  done(w, worksheet_conditional_format_range(w->sheet[SHEET_SUMMARY], fund, 1, fund, last, &below));
  done(w, worksheet_conditional_format_range(w->sheet[SHEET_SUMMARY], unfunded, 1, unfunded, last, &above));
}

/* ---- charts -------------------------------------------------------------------------------------------- */

struct plotted {
  int row; /* of the table of Summary */
  lxw_color_t color;
  uint8_t dash;
};

static void plot(struct writer *w, lxw_chart *chart, struct plotted of, bool line)
{
  const lxw_row_t row = (lxw_row_t)(SUMMARY_HEAD_ROW + 1 + of.row);
  const lxw_col_t last = (lxw_col_t)w->c->n_years;
  lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
  chart_series_set_categories(series, "Summary", SUMMARY_HEAD_ROW, 1, SUMMARY_HEAD_ROW, last);
  chart_series_set_values(series, "Summary", row, 1, row, last);
  chart_series_set_name_range(series, "Summary", row, 0);
  if (line) {
    lxw_chart_line style = { .color = of.color, .width = 2.5F, .dash_type = of.dash };
    chart_series_set_line(series, &style);
  } else {
    lxw_chart_fill fill = { .color = of.color };
    chart_series_set_fill(series, &fill);
  }
}

/* How both charts look, and where they stand. */
static void finish_chart(struct writer *w, lxw_chart *chart, const char *title, int left, lxw_chart_options *options)
{
  lxw_chart_font plain = { .size = 10, .bold = LXW_EXPLICIT_FALSE }, heading = { .size = 12, .bold = LXW_TRUE };
  lxw_chart_line faint = { .color = 0xD9D9D9, .width = 0.75F };
  chart_title_set_name(chart, title);
  chart_title_set_name_font(chart, &heading);
  chart_axis_set_name(chart->y_axis, "\xC2\xA3 million");
  chart_axis_set_name_font(chart->y_axis, &plain);
  chart_axis_set_num_format(chart->y_axis, "0.0,,\"m\";\xE2\x88\x92"
                                           "0.0,,\"m\";0");
  chart_axis_major_gridlines_set_line(chart->y_axis, &faint);
  chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
  chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
  options->x_offset = left;
  done(w, worksheet_insert_chart_opt(w->sheet[SHEET_SUMMARY], SUMMARY_CHART_ROW, 0, chart, options));
}

static void draw_reserves(struct writer *w)
{
  static const struct plotted lines[] = { { SUMMARY_USABLE, BLUE, LXW_CHART_LINE_DASH_SOLID },
                                          { SUMMARY_FUND, TEAL, LXW_CHART_LINE_DASH_SOLID },
                                          { SUMMARY_MINIMUM, GREY, LXW_CHART_LINE_DASH_DASH } };
  char in_words[] = "Lines: General Fund, usable revenue reserves and the council's own minimum at 31 March of each "
                    "year, for the scenario on show. The figures are in the table of this sheet.";
  lxw_chart_options options = { .description = in_words };
  lxw_chart *chart = workbook_add_chart(w->file, LXW_CHART_LINE);
  for (size_t i = 0; i < COUNT_OF(lines); i++) {
    plot(w, chart, lines[i], true);
  }
  finish_chart(w, chart, "Reserves at 31 March", 2, &options);
}

static void draw_gap(struct writer *w)
{
  static const struct plotted columns[] = { { SUMMARY_GAP, BLUE, 0 }, { SUMMARY_GAP_OF_PLAN, ORANGE, 0 } };
  char in_words[] = "Columns: the gap after savings in each year, in the scenario on show and in the plan. The figures "
                    "are in the table of this sheet.";
  lxw_chart_options options = { .description = in_words };
  lxw_chart *chart = workbook_add_chart(w->file, LXW_CHART_COLUMN);
  for (size_t i = 0; i < COUNT_OF(columns); i++) {
    plot(w, chart, columns[i], false);
  }
  finish_chart(w, chart, "Gap after savings", 490, &options);
}

/* ---- the file ------------------------------------------------------------------------------------------ */

static void write_all(struct writer *w)
{
  make_formats(w);
  for (int s = 0; s < N_SHEETS; s++) {
    if (w->c->book->sheet[s].n_rows > YEAR_ROW + 1) {
      w->sheet[s] = workbook_add_worksheet(w->file, sheet_kinds[s].tab);
    }
  }
  for (int s = 0; s < N_SHEETS; s++) {
    for (int row = 0; w->sheet[s] != NULL && row < w->c->book->sheet[s].n_rows; row++) {
      write_row(w, (enum sheet)s, row);
    }
    if (w->sheet[s] != NULL) {
      set_up(w, (enum sheet)s);
    }
  }
  done(w, workbook_define_name(w->file, "chosen", "=Scenarios!$A$3"));
  done(w, workbook_define_name(w->file, "refused", "=Checks!$E$3"));
  tell_summary(w);
  draw_reserves(w);
  if (w->c->plan->has_mtfp) {
    draw_gap(w);
  }
  char *title = strdup(w->workbook->title);
  char author[] = "Headroom", comments[] = "Figures are formulas; the sheet Audit holds them against the engine.";
  lxw_doc_properties properties = {
    .title = title, .author = author, .comments = comments, .created = (time_t)w->workbook->made_at
  };
  done(w, title == NULL ? LXW_ERROR_MEMORY_MALLOC_FAILED : workbook_set_properties(w->file, &properties));
  free(title);
}

static bool read_back(const char *path, struct text *out)
{
  char buffer[65536];
  FILE *file = fopen(path, "rb");
  size_t n = file != NULL ? fread(buffer, 1, sizeof buffer, file) : 0;
  for (; n > 0; n = fread(buffer, 1, sizeof buffer, file)) {
    text_add_n(out, buffer, n);
  }
  const bool fine = file != NULL && ferror(file) == 0 && !out->failed;
  if (file != NULL) {
    fclose(file);
  }
  return fine;
}

/* A name among the temporary files, in the caller's text. */
static bool temporary(struct text *path)
{
  const char *folder = getenv("TMPDIR");
  text_printf(path, "%s/headroom.XXXXXX", folder != NULL && folder[0] != '\0' ? folder : "/tmp");
  const int fd = path->failed ? -1 : mkstemp(path->at);
  if (fd >= 0) {
    close(fd);
  }
  return fd >= 0;
}

enum status book_save(struct compiler *c, const struct workbook *workbook, struct text *out, struct error *error)
{
  struct text path = { 0 };
  if (!temporary(&path)) {
    const int reason = errno;
    text_fini(&path);
    return error_set(error, STATUS_FILE, "the workbook could not be put together among the temporary files: %s",
                     strerror(reason));
  }
  struct writer writer = { .c = c, .workbook = workbook, .file = workbook_new(path.at) };
  enum status status = STATUS_OK;
  if (writer.file != NULL) {
    write_all(&writer);
    const lxw_error closed = workbook_close(writer.file);
    done(&writer, closed);
  }
  if (writer.file == NULL || writer.wrong != LXW_NO_ERROR) {
    status = error_set(error, STATUS_FILE, "the workbook could not be put together: %s", lxw_strerror(writer.wrong));
  } else if (!read_back(path.at, out)) {
    status = error_set(error, STATUS_FILE, "the workbook could not be read back: %s", strerror(errno));
  }
  unlink(path.at);
  text_fini(&path);
  return status;
}

#ifdef HEADROOM_SANITIZED
/* libxlsxwriter 1.1.4 does not give back the list of a cell that offers one: its leak, not ours. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_options(void);
const char *__lsan_default_suppressions(void)
{
  return "leak:lxw_strdup\n";
}
const char *__lsan_default_options(void)
{
  return "print_suppressions=0";
}
#endif
