/* departures.c: uncertain rows held against a plan: which inputs each is drawn for, and what its sizes come to there.
 *
 * (1) A number is in the unit that its input is written in: 2, 2pp or 2% of a rate is two points; bare money is in the
 *     plan's own unit, or in pounds where that cell is; £350k is pounds anywhere.
 * (2) Per cent of money or of a count is per cent of what the plan holds that year.
 * (3) Without `shared` every input that matches has a draw of its own.
 * (4) One input has at most one spread, one event and one delay; a second is refused, or it would count twice.
 * (5) A row for a kind of input (a class, a RAG, every one) that finds none in this council is passed over and told;
 * one that names an input that is not there is refused.
 * (6) What is found and can move nothing is not drawn (undrawn.c); a row that finds nothing else is passed over too. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/uncertain.h"

#include <stdlib.h>
#include <string.h>

/* A spread, an event, a delay. */
enum { N_KINDS = 3 };

struct binding_rows {
  struct folder *folder;
  struct arena *arena;
  struct findings *findings;
  const struct plan *plan;
  struct departures *out;
  const struct uncertain **drawn_by; /* [input * N_KINDS + kind] */
  bool failed;                       /* memory ran out */
};

static bool refuse(const struct binding_rows *b, const struct uncertain *row, const char *label, const char *text)
{
  struct finding *finding = finding_add(b->findings, CODE_UNCERTAINTY, row->place, "%s", text);
  finding_label(b->findings, finding, "%s", label);
  return false;
}

/* ---- sizes: rules 1 and 2 ------------------------------------------------------------------------------ */

static bool in_pounds(const struct plan *plan, const struct input *input)
{
  return plan->pence_per_unit == 100 || input->field == LINE_UNIT_COST ||
         (input->field == TERM_VALUE && term_kinds[input->owner].unit == 'H');
}

/* What a bare or pound-marked number of 1 is worth in the input's unit; 0 where the mark does not go with the unit. */
static double worth(const struct plan *plan, const struct input *input, enum size_mark mark)
{
  switch (input->unit) {
  case UNIT_FRACTION:
    return mark == SIZE_POUNDS ? 0.0 : 0.01;
  case UNIT_GBP:
    return mark == SIZE_POUNDS || (mark == SIZE_BARE && in_pounds(plan, input)) ? 1.0
           : mark == SIZE_BARE                                                  ? (double)plan->pence_per_unit / 100.0
           : mark == SIZE_PERCENT                                               ? 0.01
                                                                                : 0.0;
  case UNIT_COUNT:
    return mark == SIZE_BARE ? 1.0 : mark == SIZE_PERCENT ? 0.01 : 0.0;
  case UNIT_MONTHS:
    return mark == SIZE_BARE ? 1.0 : 0.0;
  }
  return 0.0;
}

static const char *accepted(const struct input *input)
{
  switch (input->unit) {
  case UNIT_FRACTION:
    return "a rate or a share: 2, 2pp or 2% is two points";
  case UNIT_GBP:
    return "money: \xC2\xA3"
           "350k, or 10% of what the plan holds";
  case UNIT_COUNT:
    return "a count: 12, or 10% of what the plan holds";
  default:
    return "a number of months: 12";
  }
}

static bool is_relative(const struct input *input, enum size_mark mark)
{
  return mark == SIZE_PERCENT && (input->unit == UNIT_GBP || input->unit == UNIT_COUNT);
}

static bool take_size(const struct binding_rows *b, const struct uncertain *row, const struct input *input,
                      const struct size *size, struct departure *out, bool *settled)
{
  if (size->value == 0.0) {
    return true;
  }
  if (worth(b->plan, input, size->mark) == 0.0) {
    return refuse(b, row, accepted(input),
                  arena_printf(b->arena, "a size of %s is not in its unit",
                               input_address(b->plan, (int)(input - b->plan->input), b->arena)));
  }
  if (*settled && out->relative != is_relative(input, size->mark)) {
    return refuse(b, row, "all in per cent of the plan, or none", "sizes of one row are of two kinds");
  }
  out->relative = is_relative(input, size->mark);
  *settled = true;
  return true;
}

static bool take_sizes(const struct binding_rows *b, const struct uncertain *row, const struct input *input,
                       struct departure *out)
{
  const struct size *const sizes[] = { &row->sd, &row->low, &row->mode, &row->high };
  double *const into[] = { &out->sd, &out->low, &out->mode, &out->high };
  bool settled = false;
  for (size_t i = 0; i < COUNT_OF(sizes); i++) {
    if (!take_size(b, row, input, sizes[i], out, &settled)) {
      return false;
    }
    *into[i] = sizes[i]->value * worth(b->plan, input, sizes[i]->mark);
  }
  if (row->distribution == DISTRIBUTION_DELAY && input->unit != UNIT_MONTHS) {
    return refuse(b, row, "a delay is of saving:W.months_late or receipt:W.months_late", "a delay is in months");
  }
  return true;
}

/* ---- names --------------------------------------------------------------------------------------------- */

static const char *kind_of(enum distribution distribution)
{
  return distribution == DISTRIBUTION_EVENT ? " event" : distribution == DISTRIBUTION_DELAY ? " delay" : "";
}

/* "Pay award", "Digital and customer: delivery"; of many inputs, of all that the address means. */
static const char *label_of(const struct binding_rows *b, const struct uncertain *row, const int *input, int count)
{
  struct text words = { 0 };
  address_words(&words, b->plan, count == 1 ? input_address(b->plan, input[0], b->arena) : row->input);
  text_add(&words, row->distribution == DISTRIBUTION_EVENT ? ", all at once" : "");
  const char *label = arena_strdup(b->arena, text_str(&words));
  text_fini(&words);
  return label;
}

/* ---- rows ---------------------------------------------------------------------------------------------- */

/* Rule 4.  Where the row that draws this input already, of the same kind, is kept. */
static const struct uncertain **drawn_by(const struct binding_rows *b, const struct uncertain *row, int input)
{
  const int kind = row->distribution == DISTRIBUTION_EVENT ? 1 : row->distribution == DISTRIBUTION_DELAY ? 2 : 0;
  return &b->drawn_by[input * N_KINDS + kind];
}

static bool add(struct binding_rows *b, const struct uncertain *row, const int *input, int count)
{
  struct departures *out = b->out;
  const struct input *first = &b->plan->input[input[0]];
  for (int i = 0; i < count; i++) {
    const struct uncertain **by = drawn_by(b, row, input[i]);
    if (*by != NULL) {
      return refuse(b, row, "one spread, one event and one delay for an input",
                    arena_printf(b->arena, "%s is drawn here and in line %d",
                                 input_address(b->plan, input[i], b->arena), (*by)->place.line));
    }
    *by = row;
  }
  struct departure *grown = arena_grow(b->arena, out->item, (size_t)out->count, sizeof *grown);
  if (grown == NULL) {
    b->failed = true;
    return false;
  }
  out->item = grown;
  struct departure *departure = &grown[out->count];
  const char *address = count > 1 || row->shared ? row->input : input_address(b->plan, input[0], b->arena);
  *departure = (struct departure){ .row = row,
                                   .name = arena_printf(b->arena, "%s%s", address, kind_of(row->distribution)),
                                   .label = label_of(b, row, input, count),
                                   .saving = count == 1 && first->field >= SAVING_VALUE && first->field <= SAVING_COST
                                                 ? first->owner
                                                 : -1,
                                   .n_inputs = count,
                                   .input = input };
  if (!take_sizes(b, row, first, departure)) {
    return false;
  }
  out->count++;
  return true;
}

static bool one_unit(const struct binding_rows *b, const struct uncertain *row, const struct input_list *list)
{
  for (int i = 1; row->shared && i < list->count; i++) {
    const struct input *a = &b->plan->input[list->input[0]], *other = &b->plan->input[list->input[i]];
    if (a->unit != other->unit || a->field != other->field) {
      return refuse(b, row, "one unit", "what shares a draw is in different units");
    }
  }
  return true;
}

static void pass_over(struct binding_rows *b, const struct uncertain *row, const char *why)
{
  struct departures *out = b->out;
  struct passed_over *grown = arena_grow(b->arena, out->passed, (size_t)out->n_passed, sizeof *grown);
  b->failed |= grown == NULL;
  if (!b->folder->uncertainty.preset_rows && !b->folder->uncertainty.is_told) {
    struct finding *finding = finding_add(b->findings, CODE_UNCERTAINTY_IDLE, row->place, "%s", why);
    finding_label(b->findings, finding, "nothing is drawn for this row");
  }
  if (grown != NULL) {
    out->passed = grown;
    out->passed[out->n_passed++] = (struct passed_over){ row->input, why };
  }
}

static bool is_of_a_kind(const struct binding_rows *b, const struct uncertain *row)
{
  struct address address;
  return b->folder->uncertainty.preset_rows ||
         (address_split(row->input, b->arena, &address) &&
          (strcmp(address.which, "*") == 0 || strchr(address.which, '=') != NULL));
}

static bool bind_row(struct binding_rows *b, const struct uncertain *row)
{
  struct input_list list;
  const char *wrong = inputs_match(b->plan, row->input, true, b->arena, &list);
  if (wrong != NULL && is_of_a_kind(b, row)) { /* Rule 5 */
    pass_over(b, row, wrong);
    return true;
  }
  if (wrong != NULL) {
    return refuse(b, row, "an input of this plan", wrong);
  }
  struct departure sizes = { 0 };
  if (!one_unit(b, row, &list) || !take_sizes(b, row, &b->plan->input[list.input[0]], &sizes)) {
    return false;
  }
  const char *idle = leave_out_undrawn(b->plan, row, &sizes, &list, b->arena);
  if (idle != NULL) { /* Rule 6 */
    pass_over(b, row, idle);
    return true;
  }
  if (row->shared) {
    return add(b, row, list.input, list.count);
  }
  for (int i = 0; i < list.count; i++) { /* Rule 3 */
    if (!add(b, row, &list.input[i], 1)) {
      return false;
    }
  }
  return true;
}

/* ---- pairs --------------------------------------------------------------------------------------------- */

/* An address must be one of a row; plugins' noise is known to the host alone. */
static void check_pair(const struct binding_rows *b, const struct correlated *pair)
{
  const struct uncertainty *uncertainty = &b->folder->uncertainty;
  for (int end = 0; end < 2 && !uncertainty->preset_pairs; end++) {
    const char *word = end == 0 ? pair->a : pair->b;
    bool found = strchr(word, ':') == NULL;
    for (int i = 0; i < uncertainty->n_rows && !found; i++) {
      found = strcmp(uncertainty->row[i].input, word) == 0;
    }
    for (int d = 0; d < b->out->count && !found; d++) {
      found = strcmp(b->out->item[d].name, word) == 0;
    }
    if (!found) {
      struct finding *finding = finding_add(b->findings, CODE_CORRELATION, end == 0 ? pair->a_place : pair->b_place,
                                            "'%s' is not uncertain", word);
      finding_label(b->findings, finding, "an input or a group of uncertainty.csv");
    }
  }
}

enum status uncertainty_bind(struct folder *folder, struct departures *out, struct error *error)
{
  struct binding_rows b = { folder, &folder->arena, &folder->findings, &folder->plan, out, NULL, false };
  const struct uncertainty *uncertainty = &folder->uncertainty;
  const size_t errors = folder->findings.errors;
  *out = (struct departures){ 0 };
  b.drawn_by = arena_array(b.arena, (size_t)b.plan->n_inputs * N_KINDS + 1, sizeof *b.drawn_by);
  b.failed = b.drawn_by == NULL;
  for (int i = 0; i < uncertainty->n_rows && !b.failed; i++) {
    (void)bind_row(&b, &uncertainty->row[i]);
  }
  for (int i = 0; i < uncertainty->n_pairs; i++) {
    check_pair(&b, &uncertainty->pair[i]);
  }
  if (b.failed || folder->arena.failed) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  return folder->findings.errors == errors ? STATUS_OK
                                           : error_set(error, STATUS_DATA, "what is uncertain cannot be used");
}

/* The folder's own rows, as they will be bound: a mistake is told before anything is drawn. */
void check_uncertainty(struct reading *reading)
{
  struct departures departures = { 0 };
  struct error error = { 0 };
  const enum status status = uncertainty_bind(reading->folder, &departures, &error);
  (void)status; /* the findings say it */
  reading->folder->uncertainty.is_told = true;
}
