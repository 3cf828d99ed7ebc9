/* lines.c: mtfp.csv, the lines of the plan: what each is, how its years are read, and its signs (format.md sections 2
 * and 3). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/lines.h"

#include "data/words.h"

#include <string.h>

static const char *const columns[] = { "id",      "label", "class",     "recurrence", "form", "part",
                                       "drivers", "of",    "last_year", "ring",       "tags", NULL };
static const char *const required[] = { "id", "class", "recurrence", "form", NULL };
static const struct table_spec spec = {
  .file = "mtfp.csv", .columns = columns, .required = required, .years = true, .base = true
};

double sign_of_class(const char *signs, enum line_class class)
{
  if (class_is_cost(class)) {
    return 1.0;
  }
  const bool printed_negative = strcmp(signs, "ledger") == 0 || (class == LINE_INCOME && strcmp(signs, "budget") == 0);
  return printed_negative ? 1.0 : -1.0;
}

static bool is_stepped(enum line_form form)
{
  return form == FORM_LEVEL || form == FORM_CHANGE || form == FORM_ROLL;
}

static void break_rule(struct line_rows *rows, int row, const char *column, const char *text, const char *label)
{
  struct findings *findings = rows->reading->findings;
  const struct cell *cell = table_cell(&rows->table, row, column);
  finding_label(findings, finding_add(findings, CODE_LINE_RULE, cell_place(&rows->table, row, cell), "%s", text), "%s",
                label);
}

/* ---- the words of a line ------------------------------------------------------------------------------- */

static struct finding *label_reads_as(struct line_rows *rows, int row, const struct line *line, enum code code,
                                      const char *what)
{
  return finding_add(rows->reading->findings, code,
                     cell_place(&rows->table, row, table_cell(&rows->table, row, "label")), "'%s' reads as %s",
                     line->label, what);
}

/* A use of reserves pays for the gap and is never part of it (R13). */
static void check_not_reserves(struct line_rows *rows, int row, const struct line *line)
{
  static const char *const phrases[] = { "use of reserves",
                                         "use of reserve",
                                         "call on reserves",
                                         "draw on reserves",
                                         "drawdown of reserves",
                                         "contribution from reserves",
                                         "contributions from reserves",
                                         "transfer from reserves",
                                         "transfers from reserves",
                                         "use of balances",
                                         "call on balances",
                                         "from earmarked reserves",
                                         NULL };
  const bool may = strcasestr(line->label, "reserve") != NULL || strcasestr(line->label, "balance") != NULL;
  if (!may || !text_says(line->label, phrases)) {
    return;
  }
  struct findings *findings = rows->reading->findings;
  struct finding *finding = label_reads_as(rows, row, line, CODE_RESERVE_AS_LINE, "a use of reserves");
  finding_label(findings, finding, "reserves pay for the gap and never close it");
  finding_help(findings, finding, "put it into reserves.csv as a planned movement, minus for a use");
}

/* A capital receipt is not revenue (R34); what a direction allows has a class of its own. */
static void check_not_receipt(struct line_rows *rows, int row, const struct line *line)
{
  static const char *const phrases[] = {
    "capital receipt", "capital receipts", "asset sale",       "asset sales",        "land sale", "land sales",
    "sale of land",    "sale of assets",   "disposal of land", "disposal of assets", NULL
  };
  static const char *const about_one[] = { "interest", "cost of", "costs of", "MRP", "set-aside", NULL };
  if (line->class == LINE_CAPITALISED || !text_says(line->label, phrases) || text_says(line->label, about_one)) {
    return;
  }
  struct findings *findings = rows->reading->findings;
  struct finding *finding = label_reads_as(rows, row, line, CODE_RECEIPT_AS_LINE, "a capital receipt");
  finding_label(findings, finding, "a receipt is not revenue, and closes no gap (R34)");
  finding_help(findings, finding, "put it into capital_receipts.csv: %s", receipt_lawful_uses);
}

static void read_ring_and_tags(struct line_rows *rows, int row, struct line *line)
{
  struct reading *reading = rows->reading;
  const struct cell *ring = table_cell(&rows->table, row, "ring"), *tags = table_cell(&rows->table, row, "tags");
  line->ring = "";
  if (!cell_blank(ring)) {
    cell_id(reading, &rows->table, row, ring, &line->ring);
  }
  line->n_tags = cell_words(reading, tags, &line->tag);
  for (int i = 0; i < line->n_tags; i++) {
    if (!id_valid(line->tag[i], strlen(line->tag[i]))) {
      finding_label(reading->findings,
                    finding_add(reading->findings, CODE_BAD_ID, cell_place(&rows->table, row, tags),
                                "'%s' is not a tag", line->tag[i]),
                    "a letter, then letters, digits, _ or -; a space between tags");
    }
  }
}

/* R26: an index, -1 before the first plan year, MAX_YEARS when there is no end in the plan. */
static int read_last_year(struct line_rows *rows, int row)
{
  const struct plan *plan = rows->reading->plan;
  const struct cell *cell = table_cell(&rows->table, row, "last_year");
  int calendar = 0;
  if (cell_blank(cell) || !cell_year(rows->reading, &rows->table, row, cell, &calendar)) {
    return MAX_YEARS;
  }
  const int year = calendar - plan->first_year;
  return year < -1 ? -1 : year >= plan->n_years ? MAX_YEARS : year;
}

/* False when class, recurrence or form cannot be read: its figures would then mean nothing. */
static bool read_kind(struct line_rows *rows, int row, struct line *line)
{
  static const char *const recurrence_names[] = { "recurring", "one_off", NULL };
  struct reading *reading = rows->reading;
  const struct table *table = &rows->table;
  int class = 0, recurrence = 0, form = 0;
  bool good = cell_choice(reading, table, row, table_cell(table, row, "class"), line_class_names, &class);
  good = cell_choice(reading, table, row, table_cell(table, row, "recurrence"), recurrence_names, &recurrence) && good;
  good = cell_choice(reading, table, row, table_cell(table, row, "form"), line_form_names, &form) && good;
  line->class = (enum line_class) class;
  line->recurring = recurrence == 0;
  line->form = (enum line_form)form;
  line->sign = sign_of_class(reading->plan->signs, line->class);
  return good;
}

/* ---- what goes with what ------------------------------------------------------------------------------- */

static int other_of_form(const struct line_rows *rows, int n, enum line_form form)
{
  for (int l = 0; l < n; l++) {
    if (rows->reading->plan->line[l].form == form) {
      return l;
    }
  }
  return -1;
}

/* Council tax and business rates come from their own files, each through one line of its own class. */
static void check_own_file(struct line_rows *rows, int row, int l)
{
  const struct line *line = &rows->reading->plan->line[l];
  const bool tax = line->form == FORM_COUNCIL_TAX;
  if (line->class != (tax ? LINE_COUNCIL_TAX : LINE_BUSINESS_RATES)) {
    break_rule(rows, row, "class", "a line of this form is of the class of the same name",
               tax ? "write council_tax" : "write business_rates");
  }
  if (other_of_form(rows, l, line->form) >= 0) {
    break_rule(rows, row, "form", "a plan has one line of this form", "there is one above");
  }
}

static void check_kind(struct line_rows *rows, int row, int l)
{
  const struct line *line = &rows->reading->plan->line[l];
  if (!line->recurring && line->form != FORM_LEVEL && line->form != FORM_CHANGE) {
    break_rule(rows, row, "form", "a one_off line has no such form", "write level or change");
  }
  if (line->class == LINE_COLLECTION_FUND && line->recurring) {
    break_rule(rows, row, "recurrence", "a collection fund surplus or deficit does not recur", "write one_off");
  } else if (line->class == LINE_CAPITALISED && line->recurring) { /* leave to capitalise is given for a year */
    break_rule(rows, row, "recurrence", "capitalised cost does not recur", "write one_off");
  }
  if (line->form == FORM_COUNCIL_TAX || line->form == FORM_BUSINESS_RATES) {
    check_own_file(rows, row, l);
  }
  if (!line->recurring || !is_stepped(line->form)) {
    const char *why = line->form == FORM_UNITS || line->form == FORM_SHARE
                          ? "the part rows below have their own drivers"
                      : !line->recurring ? "a one-off amount does not grow"
                                         : "the terms have their own drivers";
    (void)must_be_blank(rows->reading, &rows->table, row, "drivers", why);
  }
  if (line->form != FORM_SHARE) {
    (void)must_be_blank(rows->reading, &rows->table, row, "of", "only a share is taken of other lines");
  } else if (cell_blank(table_cell(&rows->table, row, "of"))) {
    break_rule(rows, row, "of", "a share does not say of what", "write the ids of the lines that it is a share of");
  }
}

/* ---- the years of a main row --------------------------------------------------------------------------- */

static void check_after_last_year(struct line_rows *rows, int row, const struct line *line, int year, double value)
{
  if (year <= line->last_year || value == 0.0) {
    return;
  }
  struct findings *findings = rows->reading->findings;
  const struct cell *cell = table_year_cell(&rows->table, row, year);
  struct finding *finding = finding_add(findings, CODE_AFTER_LAST_YEAR, cell_place(&rows->table, row, cell),
                                        "%s is after the last year paid", year_words(rows->reading, year));
  finding_label(findings, finding, "write 0, or a later last_year");
  finding_amount(finding, pence_of(value));
}

/* Every year needs its figure, up to the last one paid; after it there is nothing. */
static void fill_years(struct line_rows *rows, int row, const struct line *line, struct series *series)
{
  for (int y = 0; y < rows->reading->plan->n_years; y++) {
    if (!series->filled[y] && y <= line->last_year && line->form != FORM_ROLL) {
      double unread = 0.0;
      (void)cell_money(rows->reading, &rows->table, row, table_year_cell(&rows->table, row, y),
                       &unread); /* says that it is missing */
    }
    check_after_last_year(rows, row, line, y, series->cell[y]);
    series->filled[y] = series->filled[y] || line->form != FORM_ROLL;
  }
}

static void check_base(struct line_rows *rows, int row, const struct line *line, const struct series *series)
{
  struct findings *findings = rows->reading->findings;
  const struct cell *cell = table_year_cell(&rows->table, row, -1);
  const bool needed = line->form == FORM_ROLL || (line->form == FORM_CHANGE && rows->has_base);
  if (needed && cell_blank(cell)) {
    struct finding *finding = finding_add(findings, CODE_BLANK, cell_place(&rows->table, row, cell),
                                          "'%s' has no figure for the base year", line->id);
    finding_label(findings, finding,
                  line->form == FORM_ROLL ? "a roll line grows from its base"
                                          : "a change line is a change from its base");
  } else if (line->form == FORM_LEVEL && line->recurring && series->n_drivers > 0 && !series->has_base) {
    struct finding *finding =
        finding_add(findings, CODE_LINE_BASE_DERIVED, row_place(&rows->table, row),
                    "the base of '%s' is taken as its first year divided by its growth", line->id);
    finding_label(findings, finding, "give the base year to replace it");
  }
}

/* A one-off change adds to the level of the year before, within the life of the line. */
static void accumulate_one_off(const struct plan *plan, struct line *line)
{
  double level = line->one_off.base;
  for (int y = 0; line->form == FORM_CHANGE && y < plan->n_years; y++) {
    level += line->one_off.cell[y];
    line->one_off.cell[y] = y <= line->last_year ? level : 0.0;
  }
}

static void read_published(struct line_rows *rows, int row, struct line *line)
{
  struct series printed = { 0 };
  (void)series_read(rows->reading, &rows->table, row, 'G', line->sign, &printed);
  line->base_published = printed.has_base;
  line->base_published_amount = printed.base;
  for (int y = 0; y < rows->reading->plan->n_years; y++) {
    line->published[y] = printed.filled[y];
    line->published_amount[y] = printed.cell[y];
    check_after_last_year(rows, row, line, y, printed.cell[y]);
  }
}

static void read_years(struct line_rows *rows, int row, struct line *line)
{
  if (!is_stepped(line->form)) {
    read_published(rows, row, line);
    return;
  }
  struct series *series = line->recurring ? &line->amount : &line->one_off;
  if (series_read(rows->reading, &rows->table, row, 'G', line->sign, series)) {
    fill_years(rows, row, line, series);
    check_base(rows, row, line, series);
  }
  if (!line->recurring) {
    series->n_drivers = 0;
    accumulate_one_off(rows->reading->plan, line);
  }
}

static void read_main(struct line_rows *rows, int row, int l)
{
  struct reading *reading = rows->reading;
  struct plan *plan = reading->plan;
  struct line *line = &plan->line[l];
  const struct cell *id = table_cell(&rows->table, row, "id");
  rows->row[l] = row;
  line->place = row_place(&rows->table, row);
  if (cell_id(reading, &rows->table, row, id, &line->id)) {
    (void)id_is_free(reading, &rows->table, row, id, plan->line, l, sizeof *plan->line);
  }
  cell_label(reading, &rows->table, row, table_cell(&rows->table, row, "label"), &line->label);
  line->label = line->label[0] != '\0' ? line->label : line->id;
  check_not_reserves(rows, row, line);
  check_not_receipt(rows, row, line);
  read_ring_and_tags(rows, row, line);
  line->last_year = read_last_year(rows, row);
  if (read_kind(rows, row, line)) {
    check_kind(rows, row, l);
    read_years(rows, row, line);
  }
}

static void resolve_of(struct line_rows *rows, int l)
{
  struct plan *plan = rows->reading->plan;
  struct line *line = &plan->line[l];
  const struct cell *cell = table_cell(&rows->table, rows->row[l], "of");
  const char *const *words = NULL;
  const int n = line->form == FORM_SHARE ? cell_words(rows->reading, cell, &words) : 0;
  int *of = arena_array(rows->reading->arena, (size_t)n + 1, sizeof *of);
  (void)words_differ(rows->reading, &rows->table, rows->row[l], cell, words, n);
  for (int i = 0; of != NULL && i < n; i++) {
    const int found = id_resolve(rows->reading, &rows->table, rows->row[l], cell, words[i], "line", "mtfp.csv",
                                 plan->line, plan->n_lines, sizeof *plan->line);
    if (found >= 0) {
      of[line->n_of++] = found;
    }
  }
  line->of = of;
}

bool read_lines(struct reading *reading)
{
  struct plan *plan = reading->plan;
  struct line_rows *rows = arena_alloc(reading->arena, sizeof *rows);
  bool absent = false;
  if (rows == NULL || !table_read(reading, &spec, &rows->table, &absent)) {
    return rows != NULL && absent;
  }
  plan->has_mtfp = true;
  rows->reading = reading;
  rows->has_base = rows->table.base_column >= 0;
  const size_t most = (size_t)rows->table.n_rows + 1;
  plan->line = arena_array(reading->arena, most, sizeof *plan->line);
  rows->row = arena_array(reading->arena, most, sizeof *rows->row);
  rows->part = arena_array(reading->arena, most, sizeof *rows->part);
  if (plan->line == NULL || rows->row == NULL || rows->part == NULL) {
    return false;
  }
  for (int row = 0; row < rows->table.n_rows; row++) {
    if (cell_blank(table_cell(&rows->table, row, "part"))) {
      read_main(rows, row, plan->n_lines);
      plan->n_lines++;
    }
  }
  read_parts(rows);
  for (int l = 0; l < plan->n_lines; l++) {
    resolve_of(rows, l);
  }
  check_share_circles(rows);
  if (!file_failed(reading, "mtfp.csv") && !reading->arena->failed) {
    check_signs(rows);
    check_units(rows);
  }
  return true;
}
