/* trace.c: the sheets Trace and Audit: where every input is from, whether it has been changed, and whether every figure
 * is still the engine's. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/build.h"

enum {
  TRACE_WHAT,
  TRACE_NOW,
  TRACE_READ,
  TRACE_CHANGED,
  TRACE_FILE,
  TRACE_LINE,
  TRACE_COLUMN,
  TRACE_BASIS,
  TRACE_SOURCE
};

static struct spot traced(int row, int column)
{
  return (struct spot){ SHEET_TRACE, row, column };
}

static void origin_words(struct compiler *c, int row, const struct traced *of)
{
  const struct origin *origin = of->origin;
  if (of->at.sheet == SHEET_CHANGES) {
    put_words(c->book, traced(row, TRACE_FILE), LOOK_PLAIN, "a scenario's change");
    put_words(c->book, traced(row, TRACE_SOURCE), LOOK_PLAIN, of->by != NULL ? of->by : "");
    return;
  }
  if (origin == NULL || origin->file == NULL) {
    put_words(c->book, traced(row, TRACE_FILE), LOOK_PLAIN, "not in the folder: what a blank means");
    return;
  }
  put_words(c->book, traced(row, TRACE_FILE), LOOK_PLAIN, origin->file);
  put_number(c->book, traced(row, TRACE_LINE), LOOK_WHOLE, (double)origin->line);
  put_number(c->book, traced(row, TRACE_COLUMN), LOOK_WHOLE, (double)origin->column);
  put_words(c->book, traced(row, TRACE_BASIS), LOOK_PLAIN, basis_word(origin->basis));
  put_words(c->book, traced(row, TRACE_SOURCE), LOOK_PLAIN, origin->source != NULL ? origin->source : "");
}

void trace_sheet(struct compiler *c)
{
  static const char *const heads[] = { "Input",  "Now",   "As read", "Changed (1: yes)", "File", "Line",
                                       "Column", "Basis", "Source" };
  for (int i = 0; i < (int)COUNT_OF(heads); i++) {
    put_words(c->book, traced(YEAR_ROW, i), LOOK_HEAD, heads[i]);
  }
  for (int i = 0; i < c->n_traced && !c->book->failed; i++) {
    const struct traced *of = &c->traced[i];
    const int row = book_row(c->book, SHEET_TRACE);
    const enum look look = cell_at(c->book, of->at)->look;
    put_words(c->book, traced(row, TRACE_WHAT), LOOK_PLAIN, of->what);
    put_formula(c->book, traced(row, TRACE_NOW), look, "%s", ref(c->book, of->at));
    put_number(c->book, traced(row, TRACE_READ), look, of->value);
    put_formula(c->book, traced(row, TRACE_CHANGED), LOOK_WHOLE, "IF(%s=%s,0,1)", ref(c->book, traced(row, TRACE_NOW)),
                ref(c->book, traced(row, TRACE_READ)));
    origin_words(c, row, of);
  }
}

/* ---- audit --------------------------------------------------------------------------------------------- */

static struct spot audit_spot(int row, int column)
{
  return (struct spot){ SHEET_AUDIT, row, column };
}

static void audit_figures(struct compiler *c, const struct audited *audited)
{
  const int row = book_row(c->book, SHEET_AUDIT);
  const int last = blocks_column(c, c->n_blocks - 1, c->n_years - 1);
  for (int i = 0; i < 2; i++) {
    const struct cell *cell = cell_seen(c->book, (struct spot){ audited->sheet, audited->row, i });
    put_words(c->book, audit_spot(row, i), i == 0 ? LOOK_PLAIN : LOOK_NOTE, cell != NULL ? cell->words : "");
  }
  for (int s = 0; s < c->n_blocks; s++) {
    const pence *engine = audited->of(c->block[s].result, audited->item);
    for (int y = 0; y < c->n_years; y++) {
      put_number(c->book, in_block(c, SHEET_AUDIT, row, s, y), LOOK_MONEY,
                 audited->sign * gbp_from_pence(engine[y]) + 0.0);
    }
  }
  put_formula(c->book, audit_spot(row, 2), LOOK_WHOLE, "IF(refused>0,\"\",SUMPRODUCT((ABS(%s-%s)>0.004)*1))",
              ref_span(c->book, (struct spot){ audited->sheet, audited->row, FIRST_COLUMN },
                       (struct spot){ audited->sheet, audited->row, last }),
              ref_span(c->book, audit_spot(row, FIRST_COLUMN), audit_spot(row, last)));
}

enum { MOST_SHOWN = 5 };

/* What the engine would refuse, by name, where a reader looks first. */
static void audit_refusals(struct compiler *c)
{
  const int head = book_row(c->book, SHEET_AUDIT);
  put_formula(c->book, audit_spot(head, 0), LOOK_GROUP,
              "IF(refused=0,\"The engine would take every input here\",IF(refused>%d,\"What the engine would refuse "
              "or the workbook cannot follow; the rest is on Checks\",\"What the engine would refuse or the workbook "
              "cannot follow\"))",
              (int)MOST_SHOWN);
  for (int k = 1; k <= MOST_SHOWN; k++) {
    const int row = book_row(c->book, SHEET_AUDIT);
    put_formula(c->book, audit_spot(row, 0), LOOK_ALARM, "%s", refused_item(c, k, false));
    put_formula(c->book, audit_spot(row, 1), LOOK_ALARM, "%s", refused_item(c, k, true));
  }
  put_words(c->book, audit_spot(book_row(c->book, SHEET_AUDIT), 0), LOOK_GROUP, "Figures held against the engine");
}

void audit_sheet(struct compiler *c)
{
  put_words(c->book, audit_spot(YEAR_ROW, 2), LOOK_HEAD, "Cells that differ");
  audit_refusals(c);
  const int first = c->book->sheet[SHEET_AUDIT].n_rows;
  for (int i = 0; i < c->n_audited && !c->book->failed; i++) {
    audit_figures(c, &c->audited[i]);
  }
  const char *changed = ref_span(c->book, traced(YEAR_ROW + 1, TRACE_CHANGED),
                                 traced(c->book->sheet[SHEET_TRACE].n_rows - 1, TRACE_CHANGED));
  const char *differ = ref_span(c->book, audit_spot(first, 2), audit_spot(c->book->sheet[SHEET_AUDIT].n_rows - 1, 2));
  put_formula(c->book, audit_spot(LABEL_ROW, 0), LOOK_ANSWER,
              "IF(refused>0,%s,IF(SUM(%s)>0,\"inputs changed\",IF(SUM(%s)=0,\"matches the engine to the "
              "penny\",\"differs from the engine\")))",
              refused_verdict(c), changed, differ);
}
