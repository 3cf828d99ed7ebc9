/* capital.c: capital_receipts.csv and borrowing.csv to the plan's receipts and loans (format.md sections 8 and 9).
 *
 * R34: a receipt meets capital spending, repays debt or is used flexibly within the direction; a folder that aims one
 * at revenue is refused. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/words.h"

#include <string.h>

/* Columns that a receipt cannot have are known all the same, so that the refusal can say why. */
#define REVENUE_COLUMNS \
  "to_revenue", "to_general_fund", "to_gap", "to_budget", "to_reserve", "to_reserves", "to_savings"
static const char *const revenue_columns[] = { REVENUE_COLUMNS, NULL };

static const char *const receipt_columns[] = { "id",          "asset",    "year",          "amount",
                                               "certainty",   "eligible", "to_debt",       "to_avoid",
                                               "to_flexible", "life",     "rate",          "method",
                                               "interest",    "in_plan",  REVENUE_COLUMNS, NULL };
static const char *const receipt_required[] = { "id", "year", "amount", "in_plan", NULL };
static const struct table_spec receipt_spec = { .file = "capital_receipts.csv",
                                                .columns = receipt_columns,
                                                .required = receipt_required };

static const char *const borrowing_columns[] = { "id",   "label",  "kind",     "year",     "amount",  "life",
                                                 "rate", "method", "interest", "old_rate", "in_plan", NULL };
static const char *const borrowing_required[] = { "id", "kind", "year", "amount", "rate", "in_plan", NULL };
static const struct table_spec borrowing_spec = { .file = "borrowing.csv",
                                                  .columns = borrowing_columns,
                                                  .required = borrowing_required };

static const char *const certainty_names[] = { "received", "contracted", "marketed", "planned", "idea", NULL };
static const char *const method_names[] = { "straight", "annuity", NULL };
static const char *const interest_names[] = { "level", "reducing", NULL };
static const char *const kind_names[] = { "new", "refinance", "variable", NULL };

enum { LONGEST_LIFE = 100 };

/* ---- cells of both ------------------------------------------------------------------------------------- */

static void read_year(struct reading *reading, const struct table *table, int row, int *year)
{
  const struct cell *cell = table_cell(table, row, "year");
  int calendar = 0;
  if (cell_needed(reading, table, row, cell, "the year") && cell_year(reading, table, row, cell, &calendar)) {
    *year = calendar - reading->plan->first_year;
  }
}

static void read_amount(struct reading *reading, const struct table *table, int row, double *amount,
                        struct origin *origin)
{
  const struct cell *cell = table_cell(table, row, "amount");
  if (!cell_needed(reading, table, row, cell, "the amount") || !cell_money(reading, table, row, cell, amount)) {
    return;
  }
  *origin = cell_origin(reading, table, row, cell);
  if (*amount < 0.0) {
    struct finding *finding = finding_add(reading->findings, CODE_BAD_AMOUNT, cell_place(table, row, cell),
                                          "'%s' is below zero", cell_shown(reading, cell));
    finding_label(reading->findings, finding, "a size");
  }
}

static void read_rate(struct reading *reading, const struct table *table, int row, const char *column, double *rate,
                      struct origin *origin)
{
  const struct cell *cell = table_cell(table, row, column);
  *origin = cell_origin(reading, table, row, cell);
  if (!cell_needed(reading, table, row, cell, "the rate of interest") ||
      !cell_percent(reading, table, row, cell, rate)) {
    return;
  }
  check_small_percent(reading, table, row, cell, *rate);
  if (*rate < 0.0 || *rate > 1.0) {
    struct finding *finding = finding_add(reading->findings, CODE_BAD_PERCENT, cell_place(table, row, cell),
                                          "a rate of '%s' is outside 0 to 100", cell_shown(reading, cell));
    finding_label(reading->findings, finding, "per cent a year, such as 4.5");
  }
}

static void read_life(struct reading *reading, const struct table *table, int row, int *life, struct origin *origin)
{
  const struct cell *cell = table_cell(table, row, "life");
  *origin = cell_origin(reading, table, row, cell);
  if (cell_needed(reading, table, row, cell, "the life of the debt in years")) {
    cell_whole(reading, table, row, cell, 1, LONGEST_LIFE, life);
  }
}

static int read_choice(struct reading *reading, const struct table *table, int row, const char *column,
                       const char *const *names, int blank)
{
  const struct cell *cell = table_cell(table, row, column);
  int choice = blank;
  return cell_blank(cell) || cell_choice(reading, table, row, cell, names, &choice) ? choice : blank;
}

static void read_switch(struct reading *reading, const struct table *table, int row, const char *column,
                        const char *what, bool *out)
{
  const struct cell *cell = table_cell(table, row, column);
  if (cell_needed(reading, table, row, cell, what)) {
    cell_switch(reading, table, row, cell, out);
  }
}

/* ---- receipts ------------------------------------------------------------------------------------------ */

static bool find_revenue_column(struct reading *reading, const struct table *table)
{
  for (const char *const *name = revenue_columns; *name != NULL; name++) {
    const int column = table_column(table, *name);
    if (column >= 0) {
      const struct cell *cell = &table->header[column];
      struct finding *finding =
          finding_add(reading->findings, CODE_RECEIPT_TO_REVENUE,
                      (struct place){ table->file, cell->line, cell->column, cell->width, table->header_excerpt },
                      "a capital receipt has no share '%s'", *name);
      finding_label(reading->findings, finding, "to_debt, to_avoid or to_flexible; the rest is held");
      finding_help(reading->findings, finding, "%s", receipt_lawful_uses);
      return true;
    }
  }
  return false;
}

static void read_share(struct reading *reading, const struct table *table, int row, const char *column, double *share)
{
  static const char *const revenue_words[] = { "revenue", "general fund", "gap", "reserve", "reserves", NULL };
  const struct cell *cell = table_cell(table, row, column);
  if (cell_blank(cell)) { /* no share */
    return;
  }
  if (text_says(cell->text, revenue_words)) {
    struct finding *finding = finding_add(reading->findings, CODE_RECEIPT_TO_REVENUE, cell_place(table, row, cell),
                                          "'%s' is no use of a capital receipt", cell_shown(reading, cell));
    finding_label(reading->findings, finding, "per cent of the receipt, 0 to 100");
    finding_help(reading->findings, finding, "%s", receipt_lawful_uses);
    return;
  }
  if (!cell_percent(reading, table, row, cell, share)) {
    return;
  }
  check_small_percent(reading, table, row, cell, *share);
  if (*share < 0.0 || *share > 1.0) {
    struct finding *finding = finding_add(reading->findings, CODE_RECEIPT_SHARES, cell_place(table, row, cell),
                                          "a share of '%s' is outside 0 to 100", cell_shown(reading, cell));
    finding_label(reading->findings, finding, "per cent of the receipt, 0 to 100");
  }
}

static void check_shares(struct reading *reading, const struct table *table, int row, const struct receipt *receipt)
{
  const double sum = receipt->to_debt + receipt->to_avoid + receipt->to_flexible;
  if (sum <= 1.0 + 1e-9) {
    return;
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_RECEIPT_SHARES, cell_place(table, row, table_cell(table, row, "to_debt")),
                  "the uses of receipt '%s' add to %.10g%% of it", receipt->id, sum * 100.0);
  finding_amount(finding, pence_of(round_hundredths(receipt->amount * (sum - 1.0))));
  finding_label(reading->findings, finding, "to_debt, to_avoid and to_flexible together at most 100");
}

/* Only an authority's own disposals, Right to Buy left out, and only while the direction runs (domain.md 4.2, R36). */
static void check_flexible(struct reading *reading, const struct table *table, int row, const struct receipt *receipt)
{
  const struct plan *plan = reading->plan;
  const pence amount = pence_of(round_hundredths(receipt->amount * receipt->to_flexible));
  const struct cell *cell = table_cell(table, row, "to_flexible");
  if (receipt->to_flexible <= 0.0) {
    return;
  }
  if (!receipt->eligible) {
    struct finding *finding = finding_add(reading->findings, CODE_RECEIPT_NOT_ELIGIBLE, cell_place(table, row, cell),
                                          "receipt '%s' is not eligible for flexible use, yet %s of it is meant for it",
                                          receipt->id, money_short(reading, amount));
    finding_amount(finding, amount);
    finding_label(reading->findings, finding, "0 while eligible is no");
    finding_help(reading->findings, finding,
                 "only the council's own disposals may be used flexibly; Right to Buy receipts may not");
  }
  if (plan->first_year + receipt->year > plan->flexible_use_last_year) {
    struct finding *finding =
        finding_add(reading->findings, CODE_FLEXIBLE_TOO_LATE, cell_place(table, row, cell),
                    "receipt '%s' comes in %s, when %s of it may no longer be used flexibly", receipt->id,
                    year_words(reading, receipt->year), money_short(reading, amount));
    finding_amount(finding, amount);
    finding_label(reading->findings, finding, "to_debt, to_avoid, or held");
    finding_help(reading->findings, finding,
                 "flexible use ends with %s (flexible_use_last_year in council.csv; the direction of 1 April 2025)",
                 year_words(reading, plan->flexible_use_last_year - plan->first_year));
  }
}

static void read_receipt(struct reading *reading, const struct table *table, int row)
{
  struct plan *plan = reading->plan;
  struct receipt *receipt = &plan->receipt[plan->n_receipts];
  const size_t errors = reading->findings->errors;
  const struct cell *cell = table_cell(table, row, "id");
  if (!cell_id(reading, table, row, cell, &receipt->id) ||
      !id_is_free(reading, table, row, cell, plan->receipt, plan->n_receipts, sizeof *plan->receipt)) {
    return;
  }
  plan->n_receipts++;
  receipt->place = row_place(table, row);
  const bool labelled = cell_label(reading, table, row, table_cell(table, row, "asset"), &receipt->asset);
  receipt->asset = !labelled || receipt->asset == NULL || *receipt->asset == '\0' ? receipt->id : receipt->asset;
  read_year(reading, table, row, &receipt->year);
  read_amount(reading, table, row, &receipt->amount, &receipt->amount_origin);
  if (cell_needed(reading, table, row, table_cell(table, row, "certainty"), "how certain the receipt is")) {
    receipt->certainty = certainty_names[read_choice(reading, table, row, "certainty", certainty_names, 0)];
  }
  read_switch(reading, table, row, "eligible", "whether the receipt may be used flexibly", &receipt->eligible);
  read_share(reading, table, row, "to_debt", &receipt->to_debt);
  read_share(reading, table, row, "to_avoid", &receipt->to_avoid);
  read_share(reading, table, row, "to_flexible", &receipt->to_flexible);
  receipt->debt_origin = cell_origin(reading, table, row, table_cell(table, row, "to_debt"));
  receipt->avoid_origin = cell_origin(reading, table, row, table_cell(table, row, "to_avoid"));
  receipt->flexible_origin = cell_origin(reading, table, row, table_cell(table, row, "to_flexible"));
  read_life(reading, table, row, &receipt->life,
            &receipt->life_origin); /* needed with no share to debt too: a scenario may switch it there */
  read_rate(reading, table, row, "rate", &receipt->rate, &receipt->rate_origin);
  receipt->method = (enum repayment)read_choice(reading, table, row, "method", method_names, REPAY_STRAIGHT);
  receipt->interest = (enum interest_kind)read_choice(reading, table, row, "interest", interest_names, INTEREST_LEVEL);
  read_switch(reading, table, row, "in_plan", "whether the MRP and interest lines hold its effect already",
              &receipt->in_plan);
  if (reading->findings->errors == errors) {
    check_shares(reading, table, row, receipt);
    check_flexible(reading, table, row, receipt);
  }
}

/* ---- borrowing ----------------------------------------------------------------------------------------- */

static void read_terms_of(struct reading *reading, const struct table *table, int row, struct borrowing *loan)
{
  static const char *const repaid[] = { "life", "method", NULL };
  if (loan->kind == BORROWING_NEW) {
    read_life(reading, table, row, &loan->life, &loan->life_origin);
    loan->method = (enum repayment)read_choice(reading, table, row, "method", method_names, REPAY_STRAIGHT);
    loan->interest = (enum interest_kind)read_choice(reading, table, row, "interest", interest_names, INTEREST_LEVEL);
  } else {
    for (const char *const *column = repaid; *column != NULL; column++) {
      must_be_blank(reading, table, row, *column, "only a new loan adds MRP");
    }
    must_be_blank(reading, table, row, "interest", "the debt is there already");
  }
  if (loan->kind == BORROWING_REFINANCE) {
    read_rate(reading, table, row, "old_rate", &loan->old_rate, &loan->old_rate_origin);
  } else {
    must_be_blank(reading, table, row, "old_rate", "it is the rate of the loan that is refinanced");
  }
}

static void read_borrowing(struct reading *reading, const struct table *table, int row)
{
  struct plan *plan = reading->plan;
  struct borrowing *loan = &plan->borrowing[plan->n_borrowings];
  const struct cell *cell = table_cell(table, row, "id");
  if (!cell_id(reading, table, row, cell, &loan->id) ||
      !id_is_free(reading, table, row, cell, plan->borrowing, plan->n_borrowings, sizeof *plan->borrowing)) {
    return;
  }
  plan->n_borrowings++;
  loan->place = row_place(table, row);
  const bool labelled = cell_label(reading, table, row, table_cell(table, row, "label"), &loan->label);
  loan->label = !labelled || loan->label == NULL || *loan->label == '\0' ? loan->id : loan->label;
  if (!cell_needed(reading, table, row, table_cell(table, row, "kind"), "the kind of loan")) {
    return;
  }
  loan->kind = (enum borrowing_kind)read_choice(reading, table, row, "kind", kind_names, BORROWING_NEW);
  read_year(reading, table, row, &loan->year);
  read_amount(reading, table, row, &loan->amount, &loan->amount_origin);
  read_rate(reading, table, row, "rate", &loan->rate, &loan->rate_origin);
  read_terms_of(reading, table, row, loan);
  read_switch(reading, table, row, "in_plan", "whether the MRP and interest lines hold its effect already",
              &loan->in_plan);
}

/* ---- for the folder, and for the host ------------------------------------------------------------------ */

bool read_receipts(struct reading *reading)
{
  const size_t errors = reading->findings->errors;
  struct table table;
  bool absent = false;
  if (!table_read(reading, &receipt_spec, &table, &absent)) {
    return absent && reading->findings->errors == errors;
  }
  reading->plan->receipt = arena_array(reading->arena, (size_t)table.n_rows + 1, sizeof *reading->plan->receipt);
  if (reading->plan->receipt == NULL || find_revenue_column(reading, &table)) {
    return false;
  }
  for (int row = 0; row < table.n_rows; row++) {
    read_receipt(reading, &table, row);
  }
  return reading->findings->errors == errors;
}

bool read_borrowings(struct reading *reading)
{
  const size_t errors = reading->findings->errors;
  struct table table;
  bool absent = false;
  if (!table_read(reading, &borrowing_spec, &table, &absent)) {
    return absent && reading->findings->errors == errors;
  }
  reading->plan->borrowing = arena_array(reading->arena, (size_t)table.n_rows + 1, sizeof *reading->plan->borrowing);
  if (reading->plan->borrowing == NULL) {
    return false;
  }
  for (int row = 0; row < table.n_rows; row++) {
    read_borrowing(reading, &table, row);
  }
  return reading->findings->errors == errors;
}

const char *receipt_refusal(const char *address)
{
  const char *field = strrchr(address, '.');
  if (strncmp(address, "receipt:", 8) != 0 || field == NULL) {
    return NULL;
  }
  for (const char *const *name = revenue_columns; *name != NULL; name++) {
    if (strcmp(field + 1, *name) == 0 || strcmp(field + 1, *name + 3) == 0) { /* .to_revenue, .revenue */
      return receipt_lawful_uses;
    }
  }
  return NULL;
}
