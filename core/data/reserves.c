/* reserves.c: reserves.csv to the plan's reserves and their planned movements (format.md section 7).
 *
 * R16: only smoothing and in extremis balances, and the General Fund last, may ever be drawn for the gap; the folder
 * cannot say otherwise. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/words.h"

#include <string.h>

static const char *const columns[] = { "id",         "label", "class",       "opening",
                                       "draw_order", "floor", "planned_for", "contribution_line",
                                       NULL };
static const char *const required[] = { "id", NULL };
static const struct table_spec spec = {
  .file = "reserves.csv", .columns = columns, .required = required, .years = true, .years_optional = true
};

static const char *const planned_for_names[] = { "revenue", "outside", NULL };

/* ---- a row of planned movements ------------------------------------------------------------------------ */

/* Rings, capital spending, accounting balances and schools have their own purposes; the rest is there for revenue. */
static bool meets_revenue(enum reserve_class class)
{
  return class_is_usable(class) || class == RESERVE_COMMITTED;
}

static void read_contribution_line(struct reading *reading, const struct table *table, int row,
                                   struct movement *movement)
{
  const struct plan *plan = reading->plan;
  const struct cell *cell = table_cell(table, row, "contribution_line");
  movement->contribution_line = -1;
  if (cell_blank(cell)) {
    return;
  }
  if (!movement->for_revenue) {
    must_be_blank(reading, table, row, "contribution_line", "a movement outside revenue costs no line");
    return;
  }
  movement->contribution_line = id_resolve(reading, table, row, cell, cell->text, "line", "mtfp.csv", plan->line,
                                           plan->n_lines, sizeof *plan->line);
  if (movement->contribution_line < 0 || class_is_cost(plan->line[movement->contribution_line].class)) {
    return;
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_CONTRIBUTION_LINE, cell_place(table, row, cell),
                  "line '%s' is no cost, so it cannot hold a contribution", cell_shown(reading, cell));
  finding_label(reading->findings, finding, "the cost line that the contribution is part of");
}

/* R16 and R34: a use for revenue of money that is not revenue's. */
static void check_use(struct reading *reading, const struct table *table, int row, int year,
                      const struct reserve *reserve, const struct movement *movement)
{
  if (!movement->for_revenue || movement->planned[year] >= 0.0 || meets_revenue(reserve->class)) {
    return;
  }
  const bool capital = reserve->class == RESERVE_CAPITAL;
  struct finding *finding = finding_add(
      reading->findings, capital ? CODE_RECEIPT_TO_REVENUE : CODE_DRAW_FORBIDDEN,
      cell_place(table, row, table_year_cell(table, row, year)),
      "reserve '%s' is %s, so %s of it may not pay for the gap in %s", reserve->id, reserve_class_names[reserve->class],
      money_short(reading, pence_of(-movement->planned[year])), year_words(reading, year));
  finding_amount(finding, pence_of(-movement->planned[year]));
  finding_label(reading->findings, finding, "planned_for outside, when it is spent on its own purpose");
  if (capital) {
    finding_help(reading->findings, finding, "%s", receipt_lawful_uses);
  }
}

static void read_movement(struct reading *reading, const struct table *table, int row, struct reserve *reserve)
{
  struct movement *all = arena_grow(reading->arena, reserve->movement, (size_t)reserve->n_movements, sizeof *all);
  if (all == NULL) {
    return;
  }
  reserve->movement = all;
  struct movement *movement = &all[reserve->n_movements++];
  *movement = (struct movement){ .for_revenue = meets_revenue(reserve->class) };
  const struct cell *planned_for = table_cell(table, row, "planned_for");
  int choice = 0;
  if (!cell_blank(planned_for) && cell_choice(reading, table, row, planned_for, planned_for_names, &choice)) {
    movement->for_revenue = choice == 0;
  }
  read_contribution_line(reading, table, row, movement);
  for (int y = 0; y < reading->plan->n_years; y++) {
    const struct cell *cell = table_year_cell(table, row, y);
    if (!cell_blank(cell) &&
        cell_money(reading, table, row, cell, &movement->planned[y])) { /* blank is 0: nothing is planned */
      movement->origin[y] = cell_origin(reading, table, row, cell);
      check_use(reading, table, row, y, reserve, movement);
    }
  }
}

/* ---- a reserve ----------------------------------------------------------------------------------------- */

static bool read_class(struct reading *reading, const struct table *table, int row, struct reserve *reserve)
{
  const struct cell *cell = table_cell(table, row, "class");
  int choice = 0;
  if (!cell_needed(reading, table, row, cell, "the class of a reserve") ||
      !cell_choice(reading, table, row, cell, reserve_class_names, &choice)) {
    return false;
  }
  reserve->class = (enum reserve_class)choice;
  if (reserve->class != RESERVE_GENERAL_FUND) {
    return true;
  }
  for (int r = 0; r < reading->plan->n_reserves; r++) {
    const struct reserve *other = &reading->plan->reserve[r];
    if (other != reserve && other->class == RESERVE_GENERAL_FUND) {
      struct finding *finding = finding_add(reading->findings, CODE_TWO_GENERAL_FUNDS, cell_place(table, row, cell),
                                            "%s and %s are both the General Fund", other->id, reserve->id);
      finding_label(reading->findings, finding,
                    "one reserve is the General Fund; an earmarked part of it is smoothing or in_extremis");
      return false;
    }
  }
  return true;
}

static void read_opening(struct reading *reading, const struct table *table, int row, struct reserve *reserve)
{
  const struct cell *cell = table_cell(table, row, "opening");
  if (cell_blank(cell)) {
    struct finding *finding = finding_add(reading->findings, CODE_RESERVE_OPENING, cell_place(table, row, cell),
                                          "reserve '%s' has no opening balance", reserve->id);
    finding_label(reading->findings, finding, "the balance at 1 April %d", reading->plan->first_year);
    return;
  }
  if (!cell_money(reading, table, row, cell, &reserve->opening)) {
    return;
  }
  reserve->opening_origin = cell_origin(reading, table, row, cell);
  if (reserve->opening >= 0.0 || reserve->class == RESERVE_DSG || reserve->class == RESERVE_UNUSABLE) {
    return;
  }
  struct finding *finding = finding_add(reading->findings, CODE_RESERVE_OPENING, cell_place(table, row, cell),
                                        "reserve '%s' opens below zero", reserve->id);
  finding_amount(finding, pence_of(-reserve->opening));
  finding_label(reading->findings, finding, "only dsg and unusable balances may");
}

static void read_draw_order(struct reading *reading, const struct table *table, int row, struct reserve *reserve)
{
  const struct cell *cell = table_cell(table, row, "draw_order");
  const bool drawn = reserve->class == RESERVE_SMOOTHING || reserve->class == RESERVE_IN_EXTREMIS;
  if (cell_blank(cell)) {
    if (!drawn) {
      return;
    }
    struct finding *finding = finding_add(reading->findings, CODE_DRAW_ORDER, cell_place(table, row, cell),
                                          "reserve '%s' may be drawn for the gap, but not said when", reserve->id);
    finding_label(reading->findings, finding, "1 for the reserve drawn first, 2 for the next");
    return;
  }
  if (!drawn) {
    const bool last = reserve->class == RESERVE_GENERAL_FUND;
    struct finding *finding = finding_add(reading->findings, CODE_DRAW_FORBIDDEN, cell_place(table, row, cell),
                                          last ? "reserve '%s' is the General Fund, which is always drawn last"
                                               : "reserve '%s' is %s and is never drawn for the gap",
                                          reserve->id, reserve_class_names[reserve->class]);
    finding_amount(finding, pence_of(reserve->opening));
    finding_label(reading->findings, finding, last ? "leave it blank" : "blank, or class smoothing or in_extremis");
    return;
  }
  if (!cell_whole(reading, table, row, cell, 1, 9999, &reserve->draw_order)) {
    return;
  }
  for (int r = 0; r < reading->plan->n_reserves; r++) {
    const struct reserve *other = &reading->plan->reserve[r];
    if (other != reserve && other->draw_order == reserve->draw_order) {
      struct finding *finding =
          finding_add(reading->findings, CODE_DRAW_ORDER, cell_place(table, row, cell),
                      "reserves '%s' and '%s' are both drawn at place %d", other->id, reserve->id, reserve->draw_order);
      finding_label(reading->findings, finding, "a number of its own");
      return;
    }
  }
}

static void read_floor(struct reading *reading, const struct table *table, int row, struct reserve *reserve)
{
  const struct cell *cell = table_cell(table, row, "floor");
  if (cell_blank(cell)) {
    return;
  }
  if (!cell_money(reading, table, row, cell, &reserve->floor)) {
    return;
  }
  reserve->floor_origin = cell_origin(reading, table, row, cell);
  if (reserve->floor >= 0.0) {
    return;
  }
  struct finding *finding = finding_add(reading->findings, CODE_RESERVE_FLOOR, cell_place(table, row, cell),
                                        "the floor of reserve '%s' is below zero", reserve->id);
  finding_label(reading->findings, finding, "0 or more");
}

static void read_reserve(struct reading *reading, const struct table *table, int row)
{
  struct plan *plan = reading->plan;
  struct reserve *reserve = &plan->reserve[plan->n_reserves];
  const struct cell *cell = table_cell(table, row, "id");
  if (!cell_id(reading, table, row, cell, &reserve->id) ||
      !id_is_free(reading, table, row, cell, plan->reserve, plan->n_reserves, sizeof *plan->reserve)) {
    return;
  }
  plan->n_reserves++;
  reserve->place = row_place(table, row);
  const bool labelled = cell_label(reading, table, row, table_cell(table, row, "label"), &reserve->label);
  reserve->label = !labelled || reserve->label == NULL || *reserve->label == '\0' ? reserve->id : reserve->label;
  if (!read_class(reading, table, row, reserve)) {
    return;
  }
  read_opening(reading, table, row, reserve);
  read_draw_order(reading, table, row, reserve);
  read_floor(reading, table, row, reserve);
  read_movement(reading, table, row, reserve);
}

/* A further row of a reserve adds movements, and has nothing else to say. */
static void read_further_row(struct reading *reading, const struct table *table, int row, struct reserve *reserve)
{
  static const char *const first_only[] = { "label", "class", "opening", "draw_order", "floor", NULL };
  for (const char *const *column = first_only; *column != NULL; column++) {
    if (!must_be_blank(reading, table, row, *column,
                       "a further row only adds movements; another reserve needs another id")) {
      return;
    }
  }
  read_movement(reading, table, row, reserve);
}

static void check_general_fund(struct reading *reading)
{
  for (int r = 0; r < reading->plan->n_reserves; r++) {
    if (reading->plan->reserve[r].class == RESERVE_GENERAL_FUND) {
      return;
    }
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_NO_GENERAL_FUND, (struct place){ .file = spec.file },
                  "no reserve is the General Fund, so nothing is said of when it falls below its minimum");
  finding_label(reading->findings, finding, "class general_fund on one row");
}

bool read_reserves(struct reading *reading)
{
  const size_t errors = reading->findings->errors;
  struct plan *plan = reading->plan;
  struct table table;
  bool absent = false;
  if (!table_read(reading, &spec, &table, &absent)) {
    return absent && reading->findings->errors == errors;
  }
  plan->reserve = arena_array(reading->arena, (size_t)table.n_rows + 1, sizeof *plan->reserve);
  if (plan->reserve == NULL) {
    return false;
  }
  for (int row = 0; row < table.n_rows; row++) {
    const int at = plan_reserve_find(plan, table_cell(&table, row, "id")->text);
    if (at >= 0) {
      read_further_row(reading, &table, row, &plan->reserve[at]);
    } else {
      read_reserve(reading, &table, row);
    }
  }
  if (reading->findings->errors == errors) {
    check_general_fund(reading);
  }
  return reading->findings->errors == errors;
}
