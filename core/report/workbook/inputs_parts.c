/* inputs_parts.c: rows of Inputs for savings, reserves, capital receipts and borrowing. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/workbook/inputs.h"

#include <string.h>

#define POUNDS "\xC2\xA3"

bool same_origin(const struct origin *a, const struct origin *b)
{
  return a->file != NULL && b->file != NULL && strcmp(a->file, b->file) == 0 && a->line == b->line &&
         a->column == b->column;
}

/* Delivery that several savings take from one cell, such as that of their RAG, is one input. */
static int delivery_input(struct compiler *c, int s)
{
  const struct saving *saving = &c->plan->saving[s];
  for (int before = 0; before < s; before++) {
    if (same_origin(&c->plan->saving[before].delivery_origin, &saving->delivery_origin)) {
      return c->saving[before].delivery;
    }
  }
  const bool by_rag = saving->delivery_origin.file != NULL && strcmp(saving->delivery_origin.file, "savings.csv") != 0;
  const struct named named = {
    by_rag ? "rag" : "saving",
    by_rag ? rag_names[saving->rag] : saving->id,
    by_rag ? words(c->book, "Delivery of savings rated %s", rag_names[saving->rag]) : saving->label,
    "delivery",
    "%",
    LOOK_PERCENT,
    { ALLOWED_SHARE, !by_rag && saving->rag != RAG_NONE ? BLANK_IS_NOT_FOLLOWED : BLANK_IS_REFUSED }
  };
  return single_input(c, saving->delivery[0], &saving->delivery_origin, named);
}

/* R36: receipts meet no cost after the last year of the direction. */
static int cost_inputs(struct compiler *c, const struct saving *saving)
{
  struct named named = {
    "saving", saving->id, saving->label, "cost_to_achieve", POUNDS, LOOK_MONEY, { ALLOWED_SIZE, BLANK_IS_REFUSED }
  };
  const int row = input_row(c, &named);
  for (int y = 0; y < c->n_years; y++) {
    const bool late =
        saving->cost_funding == COST_RECEIPTS && c->plan->first_year + y > c->plan->flexible_use_last_year;
    named.may.kind = late ? ALLOWED_TOO_LATE : ALLOWED_SIZE;
    input_put(c, row, y, &named, saving->cost[y], &saving->cost_origin[y]);
  }
  return row;
}

void saving_inputs(struct compiler *c)
{
  if (c->plan->n_savings > 0) {
    input_group(c, "Savings");
  }
  for (int s = 0; s < c->plan->n_savings; s++) {
    const struct saving *saving = &c->plan->saving[s];
    struct saving_rows *rows = &c->saving[s];
    static const char *const fields[] = { [PHASED_AS_GIVEN] = "in_place", [PERCENT_IN_PLACE] = "percent_in_place",
                                          [PERCENT_NEW] = "percent_new",  [AMOUNT_IN_PLACE] = "amount_in_place",
                                          [AMOUNT_NEW] = "amount_new",    [PHASED_FROM_START] = "part_of_year" };
    const bool percent =
        saving->phasing == PERCENT_IN_PLACE || saving->phasing == PERCENT_NEW || saving->phasing == PHASED_FROM_START;
    struct named named = {
      "saving", saving->id, saving->label, "full_year", POUNDS, LOOK_MONEY, { ALLOWED_SIZE, BLANK_IS_REFUSED }
    };
    rows->full_year = percent ? single_input(c, saving->full_year, &saving->full_year_origin, named) : NO_ROW;
    named.field = fields[saving->phasing];
    named.unit = percent ? "%" : POUNDS;
    named.look = percent ? LOOK_PERCENT : LOOK_MONEY;
    named.may.kind = percent ? ALLOWED_PHASED : ALLOWED_SIZE;
    /* The month of a start is no figure of a year: its parts are shown, and not changed here. */
    static const struct origin nowhere[MAX_YEARS];
    const bool given = saving->phasing == PHASED_AS_GIVEN;
    rows->cells = yearly_inputs(c, given ? saving->value : saving->cell,
                                saving->phasing == PHASED_FROM_START ? nowhere : saving->origin, named);
    rows->delivery = delivery_input(c, s);
    rows->cost = saving->has_cost ? cost_inputs(c, saving) : NO_ROW;
  }
}

/* R16, R34: money that is not revenue's may not pay for the gap. */
static bool may_be_used(const struct reserve *reserve, const struct movement *movement)
{
  return !movement->for_revenue || class_is_usable(reserve->class) || reserve->class == RESERVE_COMMITTED;
}

void reserve_inputs(struct compiler *c)
{
  if (c->plan->n_reserves > 0) {
    input_group(c, "Reserves: into +, out of "
                   "\xE2\x88\x92");
  }
  for (int r = 0; r < c->plan->n_reserves; r++) {
    const struct reserve *reserve = &c->plan->reserve[r];
    struct reserve_rows *rows = &c->reserve[r];
    const bool overdrawn = reserve->class == RESERVE_DSG || reserve->class == RESERVE_UNUSABLE;
    struct named named = {
      "reserve", reserve->id, reserve->label, "opening", POUNDS, LOOK_MONEY, { ALLOWED_MONEY, BLANK_IS_REFUSED }
    };
    named.may.kind = overdrawn ? ALLOWED_MONEY : ALLOWED_SIZE;
    rows->opening_input = single_input(c, reserve->opening, &reserve->opening_origin, named);
    named.field = "floor";
    named.may = (struct allowed){ ALLOWED_SIZE, BLANK_IS_NOTHING };
    rows->floor = single_input(c, reserve->floor, &reserve->floor_origin, named);
    rows->planned = arena_array(&c->book->arena, (size_t)reserve->n_movements + 1, sizeof *rows->planned);
    for (int m = 0; m < reserve->n_movements && rows->planned != NULL; m++) {
      const struct movement *movement = &reserve->movement[m];
      named.may.kind = may_be_used(reserve, movement) ? ALLOWED_MONEY : ALLOWED_ONLY_IN;
      named.field =
          m == 0 ? "planned" : words(c->book, "planned for %s", movement->for_revenue ? "revenue" : "outside");
      rows->planned[m] = yearly_inputs(c, movement->planned, movement->origin, named);
    }
    c->book->failed |= rows->planned == NULL;
  }
}

void receipt_inputs(struct compiler *c)
{
  const struct plan *plan = c->plan;
  if (plan->n_receipts > 0) {
    input_group(c, "Capital receipts");
  }
  for (int r = 0; r < c->plan->n_receipts; r++) {
    const struct receipt *receipt = &c->plan->receipt[r];
    struct receipt_rows *rows = &c->receipt[r];
    const bool flexible = receipt->eligible && plan->first_year + receipt->year <= plan->flexible_use_last_year;
    struct named named = {
      "receipt", receipt->id, receipt->asset, "amount", POUNDS, LOOK_MONEY, { ALLOWED_SIZE, BLANK_IS_REFUSED }
    };
    rows->amount = single_input(c, receipt->amount, &receipt->amount_origin, named);
    named.unit = "%";
    named.look = LOOK_PERCENT;
    named.may = (struct allowed){ ALLOWED_SHARE, BLANK_IS_NOTHING };
    named.field = "to_debt";
    rows->to_debt = single_input(c, receipt->to_debt, &receipt->debt_origin, named);
    named.field = "to_avoid";
    rows->to_avoid = single_input(c, receipt->to_avoid, &receipt->avoid_origin, named);
    named.field = "to_flexible";
    named.may.kind = flexible ? ALLOWED_SHARE : ALLOWED_NOT_FLEXIBLE;
    rows->to_flexible = single_input(c, receipt->to_flexible, &receipt->flexible_origin, named);
    named.field = "rate";
    named.may = (struct allowed){ ALLOWED_SHARE, BLANK_IS_REFUSED };
    rows->rate = single_input(c, receipt->rate, &receipt->rate_origin, named);
    named = (struct named){
      "receipt", receipt->id, receipt->asset, "life", "years", LOOK_WHOLE, { ALLOWED_LIFE, BLANK_IS_REFUSED }
    };
    rows->life =
        single_input(c, (double)receipt->life, receipt->method == REPAY_ANNUITY ? NULL : &receipt->life_origin, named);
  }
}

void borrowing_inputs(struct compiler *c)
{
  if (c->plan->n_borrowings > 0) {
    input_group(c, "Borrowing");
  }
  for (int b = 0; b < c->plan->n_borrowings; b++) {
    const struct borrowing *borrowing = &c->plan->borrowing[b];
    struct borrowing_rows *rows = &c->borrowing[b];
    struct named named = {
      "borrowing", borrowing->id, borrowing->label, "amount", POUNDS, LOOK_MONEY, { ALLOWED_SIZE, BLANK_IS_REFUSED }
    };
    rows->amount = single_input(c, borrowing->amount, &borrowing->amount_origin, named);
    named = (struct named){
      "borrowing", borrowing->id, borrowing->label, "rate", "%", LOOK_PERCENT, { ALLOWED_SHARE, BLANK_IS_REFUSED }
    };
    rows->rate = single_input(c, borrowing->rate, &borrowing->rate_origin, named);
    named.field = "old_rate";
    rows->old_rate = borrowing->kind == BORROWING_REFINANCE
                         ? single_input(c, borrowing->old_rate, &borrowing->old_rate_origin, named)
                         : NO_ROW;
    named = (struct named){
      "borrowing", borrowing->id, borrowing->label, "life", "years", LOOK_WHOLE, { ALLOWED_LIFE, BLANK_IS_REFUSED }
    };
    rows->life = single_input(c, (double)borrowing->life,
                              borrowing->method == REPAY_ANNUITY ? NULL : &borrowing->life_origin, named);
  }
}
