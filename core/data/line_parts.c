/* line_parts.c: the part rows of mtfp.csv: number and unit cost, percent, one-off (format.md section 3). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/lines.h"

#include "data/words.h"

#include <string.h>

static const char *const part_names[] = { "number", "unit_cost", "percent", "one_off", NULL };

static void complain(struct line_rows *rows, int row, const char *column, const char *text, const char *label)
{
  struct findings *findings = rows->reading->findings;
  const struct cell *cell = table_cell(&rows->table, row, column);
  finding_label(findings, finding_add(findings, CODE_LINE_PART, cell_place(&rows->table, row, cell), "%s", text), "%s",
                label);
}

/* The line that the row repeats, which must stand above it; -1 after a finding. */
static int line_above(struct line_rows *rows, int row)
{
  const struct plan *plan = rows->reading->plan;
  const char *id = table_cell(&rows->table, row, "id")->text;
  const int line = plan_line_find(plan, id);
  if (line < 0) {
    complain(rows, row, "id",
             arena_printf(rows->reading->arena, "'%s' is not the id of a line",
                          cell_shown(rows->reading, table_cell(&rows->table, row, "id"))),
             "a part row repeats the id of the line above it");
    return -1;
  }
  if (rows->row[line] > row) {
    complain(rows, row, "id", "a part row stands above its line", "move it below");
    return -1;
  }
  return line;
}

static bool part_fits(const struct line *line, enum line_part part)
{
  switch (part) {
  case PART_NUMBER:
  case PART_UNIT_COST:
    return line->form == FORM_UNITS;
  case PART_PERCENT:
    return line->form == FORM_SHARE;
  default:
    return line->recurring;
  }
}

static const char *where_it_fits(enum line_part part)
{
  switch (part) {
  case PART_NUMBER:
  case PART_UNIT_COST:
    return "only a line of form units has it";
  case PART_PERCENT:
    return "only a line of form share has it";
  default:
    return "a one_off line is one-off as a whole";
  }
}

static bool others_blank(struct line_rows *rows, int row)
{
  static const char *const unused[] = {
    "label", "class", "recurrence", "form", "of", "last_year", "ring", "tags", NULL
  };
  bool blank = true;
  for (int i = 0; unused[i] != NULL; i++) {
    blank = must_be_blank(rows->reading, &rows->table, row, unused[i], "the line above says it") && blank;
  }
  return blank;
}

/* Blank is 0, and nothing grows. */
static void read_one_off(struct line_rows *rows, int row, struct line *line)
{
  (void)must_be_blank(rows->reading, &rows->table, row, "drivers", "a one-off amount does not grow");
  (void)series_read(rows->reading, &rows->table, row, 'G', line->sign, &line->one_off);
  line->one_off.n_drivers = 0;
}

static void read_part(struct line_rows *rows, int row, struct line *line, enum line_part part)
{
  static const char units[] = { [PART_NUMBER] = 'E', [PART_UNIT_COST] = 'H', [PART_PERCENT] = 'P' };
  if (part == PART_ONE_OFF) {
    read_one_off(rows, row, line);
    return;
  }
  struct series *series = part == PART_NUMBER      ? &line->number
                          : part == PART_UNIT_COST ? &line->unit_cost
                                                   : &line->percent;
  if (series_read(rows->reading, &rows->table, row, units[part], part == PART_UNIT_COST ? line->sign : 1.0, series)) {
    (void)series_grown(rows->reading, &rows->table, row, series);
  }
}

static void join_part(struct line_rows *rows, int row)
{
  struct reading *reading = rows->reading;
  int part = 0;
  if (!cell_choice(reading, &rows->table, row, table_cell(&rows->table, row, "part"), part_names, &part)) {
    return;
  }
  const int l = line_above(rows, row);
  if (l < 0) {
    return;
  }
  struct line *line = &reading->plan->line[l];
  if (!part_fits(line, (enum line_part)part)) {
    complain(rows, row, "part", arena_printf(reading->arena, "'%s' has no part '%s'", line->id, part_names[part]),
             where_it_fits((enum line_part)part));
    return;
  }
  if ((rows->part[l] & 1u << part) != 0) {
    complain(rows, row, "part",
             arena_printf(reading->arena, "the part '%s' of '%s' stands twice", part_names[part], line->id),
             "one row a part");
    return;
  }
  rows->part[l] |= 1u << part;
  if (others_blank(rows, row)) {
    read_part(rows, row, line, (enum line_part)part);
  }
}

static void need_part(struct line_rows *rows, int l, enum line_part part, const char *form)
{
  if ((rows->part[l] & 1u << part) == 0) {
    const char *text = arena_printf(rows->reading->arena, "'%s' has no row for its %s", rows->reading->plan->line[l].id,
                                    part_names[part]);
    complain(rows, rows->row[l], "form", text,
             arena_printf(rows->reading->arena, "%s: add a row with part %s below it", form, part_names[part]));
  }
}

void read_parts(struct line_rows *rows)
{
  for (int row = 0; row < rows->table.n_rows; row++) {
    if (!cell_blank(table_cell(&rows->table, row, "part"))) {
      join_part(rows, row);
    }
  }
  const struct plan *plan = rows->reading->plan;
  for (int l = 0; l < plan->n_lines; l++) {
    if (plan->line[l].form == FORM_UNITS) {
      need_part(rows, l, PART_NUMBER, "units");
      need_part(rows, l, PART_UNIT_COST, "units");
    } else if (plan->line[l].form == FORM_SHARE) {
      need_part(rows, l, PART_PERCENT, "share");
    }
  }
}
