/* build.c: a whole workbook in memory: rows first, then every block year by year in the order of the engine, then the
 * sheets that people read.  Figures that differ from the engine's stop it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/build.h"

#include <math.h>
#include <string.h>

/* ---- blocks -------------------------------------------------------------------------------------------- */

static void neutral(struct block *block, double *scale, double *add, int cells)
{
  for (int i = 0; i < cells; i++) {
    scale[i] = 1.0;
    add[i] = 0.0;
  }
  block->scale = scale;
  block->add = add;
}

/* input = plan x product of scales + sum of additions, in the order of the engine. */
static bool put_together(struct compiler *c, struct block *block, const struct workbook_scenario *scenario)
{
  struct arena *arena = &c->book->arena;
  const int n_inputs = c->plan->n_inputs, cells = n_inputs * c->n_years;
  double *scale = arena_array(arena, (size_t)cells + 1, sizeof *scale);
  double *add = arena_array(arena, (size_t)cells + 1, sizeof *add);
  bool *scaled = arena_array(arena, (size_t)n_inputs + 1, sizeof *scaled);
  bool *added = arena_array(arena, (size_t)n_inputs + 1, sizeof *added);
  bool *touched = arena_array(arena, (size_t)n_inputs + 1, sizeof *touched);
  if (scale == NULL || add == NULL || scaled == NULL || added == NULL || touched == NULL) {
    return false;
  }
  neutral(block, scale, add, cells);
  block->by = arena_array(arena, (size_t)n_inputs + 1, sizeof *block->by);
  if (block->by == NULL) {
    return false;
  }
  block->scaled = scaled;
  block->added = added;
  block->touched = scenario != NULL && scenario->touched != NULL ? scenario->touched : touched;
  for (int n = 0; scenario != NULL && n < scenario->n_changes; n++) {
    const struct change *change = &scenario->change[n];
    (change->scales ? scaled : added)[change->input] = true;
    touched[change->input] = true;
    const char *name = scenario->use != NULL ? scenario->use[change->use] : "", *before = block->by[change->input];
    block->by[change->input] =
        before == NULL || strcmp(before, name) == 0 ? name : words(c->book, "%s, %s", before, name);
    for (int y = 0; y < c->n_years; y++) {
      const int at = change->input * c->n_years + y;
      scale[at] *= change->scales ? change->value[y] : 1.0;
      add[at] += change->scales ? 0.0 : change->value[y];
    }
  }
  return true;
}

static bool make_blocks(struct compiler *c, const struct workbook *workbook)
{
  struct block *block = arena_array(&c->book->arena, (size_t)c->n_blocks, sizeof *block);
  for (int s = 0; block != NULL && s < c->n_blocks; s++) {
    const struct workbook_scenario *scenario = s > 0 ? &workbook->scenario[s - 1] : NULL;
    block[s].id = scenario != NULL ? scenario->id : "baseline";
    block[s].label = scenario != NULL ? scenario->label : "The plan";
    block[s].result = scenario != NULL ? scenario->result : workbook->result;
    if (!put_together(c, &block[s], scenario)) {
      return false;
    }
  }
  c->block = block;
  return block != NULL;
}

/* ---- sheets and their header rows ---------------------------------------------------------------------- */

static bool shows_blocks(enum sheet sheet)
{
  return sheet == SHEET_MODEL || sheet == SHEET_SAVINGS || sheet == SHEET_RESERVES || sheet == SHEET_RECEIPTS ||
         sheet == SHEET_CHANGES || sheet == SHEET_DRIVERS || sheet == SHEET_LINES || sheet == SHEET_AUDIT;
}

static const char *const notes[N_SHEETS] = {
  [SHEET_INPUTS] = "Change a yellow cell: the gap, the reserves and the dates follow in every scenario. A yellow cell "
                   "is a cell of the council's folder; what is left blank is grown. Pounds, cash terms.",
  [SHEET_MODEL] = "Every scenario side by side, in pounds, cash terms. Every figure is a formula.",
  [SHEET_SAVINGS] = "Planned is what is in effect; expected is the same, later where it slips, times delivery.",
  [SHEET_RESERVES] =
      "Balances at 31 March. A planned movement comes first; what it leaves of the gap is drawn in order.",
  [SHEET_RECEIPTS] = "A capital receipt may pay debt, avoid borrowing or meet qualifying cost; never revenue.",
  [SHEET_CHANGES] = "The input of a scenario is the plan's, times and plus what stands here, rounded and held to its "
                    "limits. Yellow cells may be changed.",
  [SHEET_DRIVERS] = "Rates as they apply, with what they follow, held to cap and collar.",
  [SHEET_LINES] = "Last year's figure, grown and rounded once, plus the step of the year.",
  [SHEET_STEPS] = "A figure that the folder gives, less what growth makes of the year before: the step that brings it "
                  "back.",
  [SHEET_CHECKS] = "What the engine would refuse of the figures as they stand. While anything is wrong, no answer is "
                   "shown. Published totals are not looked at: a change here is meant to depart from them.",
  [SHEET_TRACE] = "File and line of the council's folder, for every input.",
  [SHEET_AUDIT] = "The engine's own figures, as constants, and how many cells of the workbook differ from them.",
  [SHEET_SCENARIOS] = "One scenario a row. Every figure is a formula.",
};

static void year_heads(struct compiler *c, enum sheet sheet, int first_column, int block)
{
  for (int y = 0; y < c->n_years; y++) {
    char year[8];
    const struct spot at = { sheet, YEAR_ROW, first_column + y };
    put_words(c->book, at, LOOK_HEAD_RIGHT, plan_year_label(c->plan, y, year));
    if (y == 0) {
      put_words(c->book, (struct spot){ sheet, LABEL_ROW, first_column }, LOOK_GROUP,
                block >= 0 ? c->block[block].label : "");
    }
  }
}

static void open_sheets(struct compiler *c)
{
  const int wide = FIRST_COLUMN + c->n_blocks * c->n_years;
  const int least = FIRST_COLUMN + 2 * (MAX_YEARS + 1); /* Futures: years and one figure, and their errors */
  for (int s = 0; s < N_SHEETS; s++) {
    const enum sheet sheet = (enum sheet)s;
    c->book->sheet[s].n_columns = (shows_blocks(sheet) && wide > least ? wide : least) + 1;
    for (int row = 0; row <= YEAR_ROW; row++) {
      (void)book_row(c->book, sheet);
    }
    put_words(c->book, (struct spot){ sheet, 0, 0 }, LOOK_TITLE, sheet_kinds[s].title);
    if (notes[s] != NULL) {
      put_words(c->book, (struct spot){ sheet, 1, 0 }, LOOK_NOTE, notes[s]);
    }
    if (shows_blocks(sheet) || sheet == SHEET_STEPS) {
      static const char *const heads[] = { "Figure", "Id", "Unit" };
      for (int i = 0; i < FIRST_COLUMN; i++) {
        put_words(c->book, (struct spot){ sheet, YEAR_ROW, i }, LOOK_HEAD, heads[i]);
      }
    }
    for (int b = 0; shows_blocks(sheet) && b < c->n_blocks; b++) {
      year_heads(c, sheet, blocks_column(c, b, 0), b);
    }
  }
  year_heads(c, SHEET_STEPS, FIRST_COLUMN, -1);
  year_heads(c, SHEET_INPUTS, INPUT_YEAR, -1);
  static const char *const heads[] = { "Table", "Id", "Label", "Figure", "Unit", "Year before, or one figure" };
  for (int i = 0; i < INPUT_YEAR; i++) {
    put_words(c->book, (struct spot){ SHEET_INPUTS, YEAR_ROW, i }, LOOK_HEAD, heads[i]);
  }
}

/* ---- the model ----------------------------------------------------------------------------------------- */

static bool make_rows(struct compiler *c)
{
  struct arena *arena = &c->book->arena;
  const struct plan *plan = c->plan;
  c->input = arena_array(arena, (size_t)plan->n_inputs + 1, sizeof *c->input);
  c->line = arena_array(arena, (size_t)plan->n_lines + N_ENGINE_LINES, sizeof *c->line);
  c->driver_input = arena_array(arena, (size_t)plan->n_drivers + 1, sizeof *c->driver_input);
  c->driver_cap = arena_array(arena, (size_t)plan->n_drivers + 1, sizeof *c->driver_cap);
  c->driver_collar = arena_array(arena, (size_t)plan->n_drivers + 1, sizeof *c->driver_collar);
  c->driver_rate = arena_array(arena, (size_t)plan->n_drivers + 1, sizeof *c->driver_rate);
  c->saving = arena_array(arena, (size_t)plan->n_savings + 1, sizeof *c->saving);
  c->receipt = arena_array(arena, (size_t)plan->n_receipts + 1, sizeof *c->receipt);
  c->borrowing = arena_array(arena, (size_t)plan->n_borrowings + 1, sizeof *c->borrowing);
  c->reserve = arena_array(arena, (size_t)plan->n_reserves + 1, sizeof *c->reserve);
  return !arena->failed;
}

static void declare(struct compiler *c)
{
  inputs_declare(c);
  changes_declare(c);
  growth_declare(c);
  funding_declare(c);
  lines_declare(c);
  savings_declare(c);
  capital_declare(c);
  totals_declare(c);
  reserves_declare(c);
}

static void put_line(struct compiler *c, enum engine_line line, int block, int year, const char *formula)
{
  const int row = c->line[c->plan->n_lines + (int)line].amount_row;
  put_formula(c->book, in_block(c, SHEET_MODEL, row, block, year), LOOK_MONEY, "%s", formula);
}

/* The order of core/model/project.c. */
static void compile_year(struct compiler *c, int block, int year)
{
  drivers_compile(c, block, year);
  terms_compile(c, block, year);
  lines_compile(c, block, year);
  put_line(c, ENGINE_COLLECTION, block, year, collection_formula(c, block, year));
  savings_compile(c, block, year);
  capital_compile(c, block, year);
  put_line(c, ENGINE_BALANCES, block, year, balances_formula(c, ENGINE_BALANCES, block, year));
  put_line(c, ENGINE_DSG_CARRYING, block, year, balances_formula(c, ENGINE_DSG_CARRYING, block, year));
  put_line(c, ENGINE_CONTRIBUTIONS, block, year, contributions_formula(c, block, year));
  totals_compile(c, block, year);
  reserves_compile(c, block, year);
  outcome_compile(c, block, year);
  dates_compile(c, block, year);
}

/* ---- held against the engine --------------------------------------------------------------------------- */

static void check_row(struct compiler *c, const struct audited *audited, int block)
{
  const pence *engine = audited->of(c->block[block].result, audited->item);
  for (int y = 0; y < c->n_years && !c->book->failed; y++) {
    const struct spot at = in_block(c, audited->sheet, audited->row, block, y);
    const struct cell *cell = cell_seen(c->book, at);
    const double own = audited->sign * gbp_from_pence(engine[y]);
    if (cell == NULL || !(fabs(cell->number - own) < 0.004)) {
      char year[8];
      const struct cell *label = cell_seen(c->book, (struct spot){ audited->sheet, audited->row, 0 });
      book_fault(c->book, "%s, %s, scenario %s: the workbook's formula comes to %.2f and the engine to %.2f",
                 label != NULL ? label->words : "", plan_year_label(c->plan, y, year), c->block[block].id,
                 cell != NULL ? cell->number : 0.0, own);
    }
  }
}

static void check_all(struct compiler *c)
{
  for (int i = 0; i < c->n_audited; i++) {
    for (int s = 0; s < c->n_blocks; s++) {
      check_row(c, &c->audited[i], s);
    }
  }
}

bool workbook_build(struct book *book, struct compiler *c, const struct workbook *workbook)
{
  *c = (struct compiler){
    .book = book, .plan = workbook->plan, .n_years = workbook->plan->n_years, .n_blocks = 1 + workbook->n_scenarios
  };
  if (!make_blocks(c, workbook) || !make_rows(c)) {
    book->failed = true;
    return false;
  }
  open_sheets(c);
  declare(c);
  for (int s = 0; s < c->n_blocks && !book->failed; s++) {
    for (int y = 0; y < c->n_years && !book->failed; y++) {
      compile_year(c, s, y);
    }
  }
  check_all(c);
  if (!book->failed) {
    reading_sheets(c, workbook);
  }
  book->failed |= book->arena.failed;
  return !book->failed;
}
