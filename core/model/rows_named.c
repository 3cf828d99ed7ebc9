/* rows_named.c: the words that a plan's tables hold, by column, for addresses and for plugins that ask. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows_named.h"

#include <string.h>

const struct table_kind table_kinds[N_TABLES] = {
  [TABLE_DRIVER] = { "driver", "drivers.csv", { "id", "label", "class", "follows" }, { NULL } },
  [TABLE_LINE] = { "line",
                   "mtfp.csv",
                   { "id", "label", "class", "form", "recurrence", "ring", "driven" },
                   { "tag", "tags", "driver", "drivers", "of" } },
  [TABLE_TERM] = { "term", "the files of terms", { "id", "area" }, { NULL } },
  [TABLE_SAVING] = { "saving",
                     "savings.csv",
                     { "id", "label", "owner", "line", "recurrence", "rag", "maturity", "funded_by" },
                     { "depends_on" } },
  [TABLE_RESERVE] = { "reserve", "reserves.csv", { "id", "label", "class", "planned_for" }, { NULL } },
  [TABLE_RECEIPT] = { "receipt",
                      "capital_receipts.csv",
                      { "id", "label", "asset", "certainty", "eligible", "method", "interest", "in_plan" },
                      { NULL } },
  [TABLE_BORROWING] = { "borrowing",
                        "borrowing.csv",
                        { "id", "label", "kind", "method", "interest", "in_plan" },
                        { NULL } },
};

static bool is(const char *a, const char *b)
{
  return strcmp(a, b) == 0;
}

enum table table_of(enum field field)
{
  for (int t = 0; t < N_TABLES; t++) {
    if (is(table_kinds[t].name, field_kinds[field].table)) {
      return (enum table)t;
    }
  }
  return N_TABLES;
}

bool has_name(const char *const *names, const char *name)
{
  for (; *names != NULL; names++) {
    if (is(*names, name)) {
      return true;
    }
  }
  return false;
}

static const char *yes_or_no(bool yes)
{
  return yes ? "yes" : "no";
}

static const char *recurrence(bool recurring)
{
  return recurring ? "recurring" : "one_off";
}

static const char *repayment_word(enum repayment method)
{
  return method == REPAY_ANNUITY ? "annuity" : "straight";
}

static const char *interest_word(enum interest_kind interest)
{
  return interest == INTEREST_REDUCING ? "reducing" : "level";
}

static const char *driver_word(const struct plan *plan, const struct driver *driver, const char *key)
{
  if (is(key, "class")) {
    return driver_class_names[driver->class];
  }
  if (is(key, "follows")) {
    return driver->follows >= 0 ? plan->driver[driver->follows].id : "";
  }
  return is(key, "id") ? driver->id : is(key, "label") ? driver->label : NULL;
}

static const char *line_word(const struct line *line, const char *key)
{
  if (is(key, "class")) {
    return line_class_names[line->class];
  }
  if (is(key, "form")) {
    return line_form_names[line->form];
  }
  if (is(key, "recurrence")) {
    return recurrence(line->recurring);
  }
  if (is(key, "driven")) {
    return yes_or_no(
        line->amount.n_drivers + line->number.n_drivers + line->unit_cost.n_drivers + line->percent.n_drivers > 0);
  }
  return is(key, "id") ? line->id : is(key, "label") ? line->label : is(key, "ring") ? line->ring : NULL;
}

static const char *term_word(enum term_id term, const char *key)
{
  return is(key, "id") ? term_kinds[term].field : is(key, "area") ? term_kinds[term].area : NULL;
}

static const char *saving_word(const struct plan *plan, const struct saving *saving, const char *key)
{
  static const char *const funding[] = { "revenue", "line", "reserve", "receipts" };
  if (is(key, "recurrence")) {
    return recurrence(saving->recurring);
  }
  if (is(key, "rag")) {
    return rag_names[saving->rag];
  }
  if (is(key, "line")) {
    return saving->line >= 0 ? plan->line[saving->line].id : "";
  }
  if (is(key, "funded_by")) {
    return saving->has_cost ? funding[saving->cost_funding] : "";
  }
  if (is(key, "owner") || is(key, "maturity")) {
    return is(key, "owner") ? saving->owner : saving->maturity;
  }
  return is(key, "id") ? saving->id : is(key, "label") ? saving->label : NULL;
}

static const char *reserve_word(const struct reserve *reserve, const char *key)
{
  if (is(key, "class")) {
    return reserve_class_names[reserve->class];
  }
  if (is(key, "planned_for")) {
    return reserve->n_movements > 0 && reserve->movement[0].for_revenue ? "revenue" : "outside";
  }
  return is(key, "id") ? reserve->id : is(key, "label") ? reserve->label : NULL;
}

static const char *receipt_word(const struct receipt *receipt, const char *key)
{
  if (is(key, "method") || is(key, "interest")) {
    return is(key, "method") ? repayment_word(receipt->method) : interest_word(receipt->interest);
  }
  if (is(key, "eligible") || is(key, "in_plan")) {
    return yes_or_no(is(key, "eligible") ? receipt->eligible : receipt->in_plan);
  }
  if (is(key, "asset") || is(key, "label")) {
    return receipt->asset;
  }
  return is(key, "id") ? receipt->id : is(key, "certainty") ? receipt->certainty : NULL;
}

static const char *borrowing_word(const struct borrowing *borrowing, const char *key)
{
  static const char *const kinds[] = { "new", "refinance", "variable" };
  if (is(key, "method") || is(key, "interest")) {
    return is(key, "method") ? repayment_word(borrowing->method) : interest_word(borrowing->interest);
  }
  if (is(key, "kind") || is(key, "in_plan")) {
    return is(key, "kind") ? kinds[borrowing->kind] : yes_or_no(borrowing->in_plan);
  }
  return is(key, "id") ? borrowing->id : is(key, "label") ? borrowing->label : NULL;
}

const char *row_word(struct row row, const char *key)
{
  const struct plan *plan = row.plan;
  const char *word = NULL;
  switch (row.table) {
  case TABLE_DRIVER:
    word = driver_word(plan, &plan->driver[row.at], key);
    break;
  case TABLE_LINE:
    word = line_word(&plan->line[row.at], key);
    break;
  case TABLE_TERM:
    word = term_word((enum term_id)row.at, key);
    break;
  case TABLE_SAVING:
    word = saving_word(plan, &plan->saving[row.at], key);
    break;
  case TABLE_RESERVE:
    word = reserve_word(&plan->reserve[row.at], key);
    break;
  case TABLE_RECEIPT:
    word = receipt_word(&plan->receipt[row.at], key);
    break;
  case TABLE_BORROWING:
    word = borrowing_word(&plan->borrowing[row.at], key);
    break;
  case N_TABLES:
    break;
  }
  return word == NULL && has_name(table_kinds[row.table].word, key) ? "" : word;
}

bool row_lists(struct row row, const char *key, const char *value)
{
  const struct plan *plan = row.plan;
  if (row.table == TABLE_SAVING) {
    const struct saving *saving = &plan->saving[row.at];
    for (int i = 0; i < saving->n_depends; i++) {
      if (is(plan->saving[saving->depends[i]].id, value)) {
        return true;
      }
    }
    return false;
  }
  const struct line *line = &plan->line[row.at];
  bool found = false;
  if (is(key, "tag") || is(key, "tags")) {
    for (int i = 0; i < line->n_tags; i++) {
      found = found || is(line->tag[i], value);
    }
  } else if (is(key, "of")) {
    for (int i = 0; i < line->n_of; i++) {
      found = found || is(plan->line[line->of[i]].id, value);
    }
  } else {
    for (int i = 0; i < line->amount.n_drivers; i++) {
      found = found || is(plan->driver[line->amount.driver[i]].id, value);
    }
  }
  return found;
}
