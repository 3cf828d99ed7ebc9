/* controls.c: controls.csv, the published totals that a plan must meet (format.md section 10); they are held against it
 * in check_controls.c. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/controls.h"

#include "data/words.h"

#include <string.h>

static const char *const columns[] = { "measure", "tolerance", "on_difference", NULL };
static const char *const required[] = { "measure", NULL };
static const struct table_spec spec = {
  .file = "controls.csv", .columns = columns, .required = required, .years = true, .base = true
};

static const char *const on_difference_names[] = { "refuse", "report", NULL };

/* "line:ID.amount" cut into its three words, in the arena; false when it is not of that shape. */
static bool cut(struct reading *reading, const char *what, const char **table, const char **id, const char **field)
{
  const char *colon = strchr(what, ':'), *dot = strrchr(what, '.');
  if (colon == NULL || dot == NULL || dot < colon) {
    return false;
  }
  *table = arena_strndup(reading->arena, what, (size_t)(colon - what));
  *id = arena_strndup(reading->arena, colon + 1, (size_t)(dot - colon - 1));
  *field = dot + 1;
  return true;
}

bool control_target(struct reading *reading, const char *what, struct control_target *out)
{
  const char *table = "", *id = "", *field = "";
  *out = (struct control_target){ .measure = measure_find(what), .line = -1, .reserve = -1 };
  if (out->measure >= 0) {
    return true;
  }
  if (!cut(reading, what, &table, &id, &field)) {
    return false;
  }
  if (strcmp(table, "line") == 0 && strcmp(field, "amount") == 0) {
    out->line = plan_line_find(reading->plan, id);
  } else if (strcmp(table, "reserve") == 0 && (strcmp(field, "opening") == 0 || strcmp(field, "closing") == 0)) {
    out->reserve = plan_reserve_find(reading->plan, id);
    out->opening = strcmp(field, "opening") == 0;
  }
  return out->line >= 0 || out->reserve >= 0;
}

static void refuse_measure(struct reading *reading, const struct table *table, int row, const struct cell *cell)
{
  const char *names[N_MEASURES + 1];
  for (int m = 0; m < N_MEASURES; m++) {
    names[m] = measure_kinds[m].name;
  }
  names[N_MEASURES] = NULL;
  const char *what = cell->text, *kind = "", *id = "", *field = "";
  const char *file = strncmp(what, "line:", 5) == 0      ? "mtfp.csv"
                     : strncmp(what, "reserve:", 8) == 0 ? "reserves.csv"
                                                         : "";
  if (file_failed(reading, file)) {
    return;
  }
  struct finding *finding = finding_add(reading->findings, CODE_CONTROL_MEASURE, cell_place(table, row, cell),
                                        "'%s' is not a result of the plan", cell_shown(reading, cell));
  if (*file == '\0' || !cut(reading, what, &kind, &id, &field)) {
    finding_label(reading->findings, finding,
                  "a measure such as net_budget, line:ID.amount, reserve:ID.opening or reserve:ID.closing%s",
                  did_you_mean(reading, what, names));
  } else {
    finding_label(reading->findings, finding, "an id of %s, and %s", file,
                  *kind == 'l' ? ".amount" : ".opening or .closing");
  }
}

/* The base year has no run: only what the folder itself says of it can be held against a published figure. */
static bool base_allowed(const struct control_target *target)
{
  return target->line >= 0 || target->measure == M_NET_BUDGET || target->measure == M_FUNDING ||
         target->measure == M_GAP;
}

static void read_cell(struct reading *reading, const struct table *table, int row, int year, double sign, bool *filled,
                      pence *out, struct place *place)
{
  const struct cell *cell = table_year_cell(table, row, year);
  double gbp = 0;
  if (cell_blank(cell) || !cell_money(reading, table, row, cell, &gbp)) { /* blank is not checked */
    return;
  }
  *filled = true;
  *out = pence_of(sign * gbp);
  *place = cell_place(table, row, cell);
}

static void read_tolerance(struct reading *reading, const struct table *table, int row, struct control *control)
{
  const struct cell *cell = table_cell(table, row, "tolerance");
  double gbp = 0;
  if (cell_blank(cell) || !cell_money(reading, table, row, cell, &gbp)) {
    return;
  }
  control->tolerance = pence_of(gbp);
  if (gbp < 0.0) {
    struct finding *finding = finding_add(reading->findings, CODE_CONTROL_TOLERANCE, cell_place(table, row, cell),
                                          "a tolerance of '%s' is below zero", cell_shown(reading, cell));
    finding_label(reading->findings, finding, "0 or more, in the money unit");
  }
}

static void read_control(struct reading *reading, const struct table *table, int row)
{
  struct plan *plan = reading->plan;
  struct control *control = &plan->control[plan->n_controls];
  const struct cell *cell = table_cell(table, row, "measure"), *on_difference = table_cell(table, row, "on_difference");
  struct control_target target;
  if (!cell_needed(reading, table, row, cell, "the measure") ||
      !id_is_free(reading, table, row, cell, plan->control, plan->n_controls, sizeof *plan->control)) {
    return;
  }
  if (!control_target(reading, cell->text, &target)) {
    refuse_measure(reading, table, row, cell);
    return;
  }
  plan->n_controls++;
  control->what = cell->text;
  control->source = cell_origin(reading, table, row, cell).source;
  read_tolerance(reading, table, row, control);
  int choice = 0;
  if (!cell_blank(on_difference)) {
    cell_choice(reading, table, row, on_difference, on_difference_names, &choice);
  }
  control->report = choice == 1;
  const double sign = target.line >= 0 ? plan->line[target.line].sign : 1.0; /* as the line itself is printed */
  read_cell(reading, table, row, -1, sign, &control->base_filled, &control->base_cell, &control->base_place);
  for (int y = 0; y < plan->n_years; y++) {
    read_cell(reading, table, row, y, sign, &control->filled[y], &control->cell[y], &control->place[y]);
  }
  if (control->base_filled && !base_allowed(&target)) {
    struct finding *finding = finding_add(reading->findings, CODE_CONTROL_BASE, control->base_place,
                                          "%s is not known for the base year", control->what);
    finding_label(reading->findings, finding, "blank: only net_budget, funding, gap and lines can be checked there");
  }
}

bool read_controls(struct reading *reading)
{
  const size_t errors = reading->findings->errors;
  struct table table;
  bool absent = false;
  if (!table_read(reading, &spec, &table, &absent)) {
    return absent && reading->findings->errors == errors;
  }
  reading->plan->control = arena_array(reading->arena, (size_t)table.n_rows + 1, sizeof *reading->plan->control);
  if (reading->plan->control == NULL) {
    return false;
  }
  for (int row = 0; row < table.n_rows; row++) {
    read_control(reading, &table, row);
  }
  return reading->findings->errors == errors;
}
