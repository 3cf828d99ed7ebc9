/* saving_links.c: what a saving costs and what meets it, and which savings it depends on (format.md section 6); for
 * savings.c. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/savings.h"

#include <string.h>

static const char *const part_names[] = { "cost", NULL };

/* ---- what it costs to achieve -------------------------------------------------------------------------- */

/* R16 and R34: the cost is revenue spending, so balances that may not meet revenue may not meet it either. */
static bool may_meet_cost(struct reading *reading, const struct table *table, int row, const struct reserve *reserve)
{
  if (class_is_usable(reserve->class) || reserve->class == RESERVE_COMMITTED) {
    return true;
  }
  const struct cell *cell = table_cell(table, row, "funded_by");
  const bool capital = reserve->class == RESERVE_CAPITAL;
  struct finding *finding = finding_add(reading->findings, CODE_COST_FUNDING, cell_place(table, row, cell),
                                        "reserve '%s' is %s and may not meet the cost of a saving", reserve->id,
                                        reserve_class_names[reserve->class]);
  finding_label(reading->findings, finding,
                capital ? "receipts, for flexible use of capital receipts" : "revenue, or a usable reserve");
  return false;
}

static bool read_funded_by(struct reading *reading, const struct table *table, int row, struct saving *saving)
{
  const struct plan *plan = reading->plan;
  const struct cell *cell = table_cell(table, row, "funded_by");
  if (strcmp(cell->text, "revenue") == 0 || strcmp(cell->text, "receipts") == 0) {
    saving->cost_funding = strcmp(cell->text, "revenue") == 0 ? COST_REVENUE : COST_RECEIPTS;
    return true;
  }
  if (strncmp(cell->text, "line:", 5) == 0) {
    saving->cost_funding = COST_LINE;
    saving->cost_from = id_resolve(reading, table, row, cell, cell->text + 5, "line", "mtfp.csv", plan->line,
                                   plan->n_lines, sizeof *plan->line);
    return saving->cost_from >= 0;
  }
  if (strncmp(cell->text, "reserve:", 8) == 0) {
    saving->cost_funding = COST_RESERVE;
    saving->cost_from = id_resolve(reading, table, row, cell, cell->text + 8, "reserve", "reserves.csv", plan->reserve,
                                   plan->n_reserves, sizeof *plan->reserve);
    return saving->cost_from >= 0 && may_meet_cost(reading, table, row, &plan->reserve[saving->cost_from]);
  }
  struct finding *finding = finding_add(reading->findings, CODE_COST_FUNDING, cell_place(table, row, cell),
                                        cell_blank(cell) ? "the cost of saving '%s' does not say what meets it"
                                                         : "the cost of saving '%s' cannot be met from '%s'",
                                        saving->id, cell_shown(reading, cell));
  finding_label(reading->findings, finding, "revenue, line:ID, reserve:ID or receipts");
  return false;
}

static void read_cost_year(struct reading *reading, const struct table *table, int row, int year, struct saving *saving)
{
  const struct cell *cell = table_year_cell(table, row, year);
  if (!cell_needed(reading, table, row, cell, "a year") ||
      !cell_money(reading, table, row, cell, &saving->cost[year])) {
    return;
  }
  saving->cost_origin[year] = cell_origin(reading, table, row, cell);
  if (saving->cost[year] < 0.0) {
    struct finding *finding = finding_add(reading->findings, CODE_SAVING_YEARS, cell_place(table, row, cell),
                                          "'%s' is below zero", cell_shown(reading, cell));
    finding_label(reading->findings, finding, "costs to achieve are positive sizes");
    return;
  }
  if (saving->cost_funding == COST_RECEIPTS && saving->cost[year] > 0.0 &&
      reading->plan->first_year + year > reading->plan->flexible_use_last_year) { /* R36 */
    struct finding *finding =
        finding_add(reading->findings, CODE_FLEXIBLE_TOO_LATE, cell_place(table, row, cell),
                    "saving '%s' costs %s in %s, when receipts may no longer meet it", saving->id,
                    money_short(reading, pence_of(saving->cost[year])), year_words(reading, year));
    finding_amount(finding, pence_of(saving->cost[year]));
    finding_label(reading->findings, finding, "revenue or a reserve must meet it");
    finding_help(reading->findings, finding,
                 "flexible use of capital receipts ends with %s (flexible_use_last_year in council.csv; the direction "
                 "of 1 April 2025)",
                 year_words(reading, reading->plan->flexible_use_last_year - reading->plan->first_year));
  }
}

/* ---- dependencies -------------------------------------------------------------------------------------- */

static void read_depends(struct reading *reading, const struct table *table, int row)
{
  struct plan *plan = reading->plan;
  const int at = plan_saving_find(plan, table_cell(table, row, "id")->text);
  const struct cell *cell = table_cell(table, row, "depends_on");
  if (at < 0 || cell_blank(cell) || !cell_blank(table_cell(table, row, "part"))) {
    return;
  }
  const char *const *words = NULL;
  const int count = cell_words(reading, cell, &words);
  int *depends = arena_array(reading->arena, (size_t)count + 1, sizeof *depends);
  struct saving *saving = &plan->saving[at];
  for (int i = 0; depends != NULL && i < count; i++) {
    const int on = id_resolve(reading, table, row, cell, words[i], "saving", "", plan->saving, plan->n_savings,
                              sizeof *plan->saving);
    if (on >= 0) {
      depends[saving->n_depends++] = on;
    }
  }
  saving->depends = depends;
}

enum mark { UNSEEN, ON_PATH, DONE };

/* Follows what `at` depends on.  Returns true when it comes back to a saving on the path, which is then spelled out. */
static bool find_circle(struct reading *reading, int at, enum mark *mark, int *path, int depth)
{
  const struct plan *plan = reading->plan;
  const struct saving *saving = &plan->saving[at];
  path[depth] = at;
  if (mark[at] == ON_PATH) {
    struct text circle = { 0 };
    int first = 0;
    while (path[first] != at) {
      first++;
    }
    for (int i = first; i <= depth; i++) {
      text_printf(&circle, "%s%s", i > first ? " \u2192 " : "", plan->saving[path[i]].id);
    }
    struct finding *finding = finding_add(reading->findings, CODE_SAVING_CYCLE, saving->place,
                                          "savings depend on each other in a circle: %s", text_str(&circle));
    finding_label(reading->findings, finding, "take one of them out of depends_on");
    text_fini(&circle);
    return true;
  }
  mark[at] = mark[at] == DONE ? DONE : ON_PATH;
  for (int i = 0; mark[at] == ON_PATH && i < saving->n_depends; i++) {
    if (find_circle(reading, saving->depends[i], mark, path, depth + 1)) {
      return true;
    }
  }
  mark[at] = DONE;
  return false;
}

/* R31.  One circle is told of: the next load tells of the next. */
static void check_circles(struct reading *reading)
{
  const size_t count = (size_t)reading->plan->n_savings + 1;
  enum mark *mark = arena_array(reading->arena, count, sizeof *mark);
  int *path = arena_array(reading->arena, count, sizeof *path);
  for (int s = 0; mark != NULL && path != NULL && s < reading->plan->n_savings; s++) {
    if (find_circle(reading, s, mark, path, 0)) {
      return;
    }
  }
}

/* ---- for savings.c ------------------------------------------------------------------------------------- */

void read_saving_cost(struct reading *reading, const struct table *table, int row)
{
  static const char *const others[] = { "label",    "owner", "line",     "recurrence", "phasing",    "full_year",
                                        "delivery", "rag",   "maturity", "start",      "depends_on", NULL };
  struct plan *plan = reading->plan;
  const struct cell *part = table_cell(table, row, "part"), *id = table_cell(table, row, "id");
  int choice = 0;
  if (!cell_choice(reading, table, row, part, part_names, &choice)) {
    return;
  }
  const int at = plan_saving_find(plan, cell_shown(reading, id));
  if (at < 0 || plan->saving[at].has_cost) {
    struct finding *finding = finding_add(reading->findings, CODE_SAVING_PART, cell_place(table, row, id),
                                          at < 0 ? "no row above holds the saving '%s' that this cost belongs to"
                                                 : "saving '%s' has its cost given twice",
                                          id->text);
    finding_label(reading->findings, finding,
                  at < 0 ? "a cost stands below its saving" : "one cost row for each saving");
    return;
  }
  struct saving *saving = &plan->saving[at];
  saving->has_cost = true;
  for (const char *const *column = others; *column != NULL; column++) {
    if (!must_be_blank(reading, table, row, *column, "a cost fills only its years and funded_by")) {
      return;
    }
  }
  if (read_funded_by(reading, table, row, saving)) {
    for (int y = 0; y < plan->n_years; y++) {
      read_cost_year(reading, table, row, y, saving);
    }
  }
}

void read_saving_links(struct reading *reading, const struct table *table)
{
  for (int row = 0; row < table->n_rows; row++) {
    read_depends(reading, table, row);
  }
  check_circles(reading);
}
