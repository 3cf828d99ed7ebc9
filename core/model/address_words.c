/* address_words.c: an address in the field's words, for whoever reads an output: "Council tax collected" for
 * term:council_tax.collection, "Savings not yet identified: delivery" for saving:rag=unidentified.delivery. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows_named.h"

#include <ctype.h>
#include <string.h>

const char *const term_labels[N_TERMS] = {
  [TERM_BAND_D] = "Council tax at Band D",
  [TERM_CORE_RISE] = "Council tax rise",
  [TERM_ASC_RISE] = "Council tax rise for adult social care",
  [TERM_EQUIVALENTS] = "Band D equivalents",
  [TERM_TAX_BASE] = "Council tax base",
  [TERM_COLLECTION] = "Council tax collected",
  [TERM_CONTRIBUTIONS] = "Contributions in lieu, Band D equivalents",
  [TERM_LIMIT] = "Referendum limit",
  [TERM_LIMIT_GBP] = "Referendum limit in pounds",
  [TERM_INCOME] = "Business rates income",
  [TERM_LOCAL_SHARE] = "Business rates: local share",
  [TERM_BASELINE] = "Business rates baseline",
  [TERM_BASELINE_FUNDING] = "Baseline funding level",
  [TERM_LEVY_RATE] = "Business rates levy",
  [TERM_SAFETY_NET] = "Business rates safety net",
  [TERM_SECTION_31] = "Section 31 grants",
  [TERM_POOL] = "Gain from the business rates pool",
  [TERM_GRANT_SHARE] = "High needs deficit met by grant",
  [TERM_ELIGIBLE_SHARE] = "High needs deficit that is eligible",
  [TERM_CARRYING_RATE] = "Cost of carrying the high needs deficit",
  [TERM_BALANCES_RATE] = "Interest on balances",
  [TERM_VARIABLE_DEBT] = "Debt at variable rates",
  [TERM_CFR] = "Capital financing requirement",
  [TERM_DEBT] = "Debt",
};

static const char *const rows_of[N_TABLES] = {
  [TABLE_DRIVER] = "rates of change", [TABLE_LINE] = "lines",       [TABLE_SAVING] = "savings",
  [TABLE_RESERVE] = "reserves",       [TABLE_RECEIPT] = "receipts", [TABLE_BORROWING] = "borrowing",
};

static const char *const field_words[N_FIELDS] = {
  [LINE_RATE] = "yearly change",
  [LINE_STEP] = "lasting amount",
  [LINE_ONE_OFF] = "one-off amount",
  [LINE_NUMBER] = "number",
  [LINE_UNIT_COST] = "unit cost",
  [LINE_PERCENT] = "per cent",
  [SAVING_VALUE] = "amount",
  [SAVING_DELIVERY] = "delivery",
  [SAVING_MONTHS_LATE] = "months late",
  [SAVING_COST] = "cost to achieve",
  [RESERVE_PLANNED] = "planned movement",
  [RESERVE_FLOOR] = "floor",
  [RECEIPT_AMOUNT] = "amount",
  [RECEIPT_MONTHS_LATE] = "months late",
  [RECEIPT_TO_DEBT] = "share that repays debt",
  [RECEIPT_TO_AVOID] = "share that avoids borrowing",
  [RECEIPT_TO_FLEXIBLE] = "share for flexible use",
  [BORROWING_AMOUNT] = "amount",
  [BORROWING_RATE] = "interest rate",
};

/* Which rows, where a column says it shorter than its name and its value would. */
static const struct {
  const char *which, *words;
} known[] = {
  { "recurrence=recurring", "lasting" },
  { "recurrence=one_off", "one-off" },
  { "rag=unidentified", "savings not yet identified" },
};

/* ---- words --------------------------------------------------------------------------------------------- */

static bool same(const char *words, const char *at, size_t n)
{
  return strlen(words) == n && strncmp(words, at, n) == 0;
}

static void put_spaced(struct text *out, const char *at, size_t n)
{
  for (size_t i = 0; i < n; i++) {
    text_add_n(out, at[i] == '_' ? " " : at + i, 1);
  }
}

/* The label of a row, by its id; NULL where there is no such row. */
static const char *label_of(const struct plan *plan, enum table table, const char *id, size_t n)
{
  for (int i = 0; i < plan->n_inputs; i++) {
    const struct row row = { plan, table, plan->input[i].owner };
    if (table_of(plan->input[i].field) == table && same(row_word(row, "id"), id, n)) {
      const char *label = row_word(row, table == TABLE_RECEIPT ? "asset" : "label");
      return label != NULL && *label != '\0' ? label : NULL;
    }
  }
  return NULL;
}

/* "savings not yet identified", "amber savings", "lines with tag children", "savings whose owner is not Place" */
static void put_chosen(struct text *out, enum table table, const char *which, size_t n)
{
  const char *equals = memchr(which, '=', n);
  for (size_t k = 0; k < COUNT_OF(known); k++) {
    if (same(known[k].which, which, n)) {
      text_add(out, known[k].words);
      if (strchr(known[k].words, ' ') == NULL) {
        text_printf(out, " %s", rows_of[table]);
      }
      return;
    }
  }
  const bool differs = equals > which && equals[-1] == '!';
  const size_t key = (size_t)(equals - which) - (differs ? 1 : 0);
  text_printf(out, "%s whose ", rows_of[table]);
  put_spaced(out, which, key);
  text_add(out, differs ? " is not " : " is ");
  put_spaced(out, equals + 1, n - (size_t)(equals + 1 - which));
}

static void put_which(struct text *out, const struct plan *plan, enum table table, const char *which, size_t n)
{
  const char *label = label_of(plan, table, which, n);
  if (same("*", which, n)) {
    text_printf(out, "all %s", rows_of[table]);
  } else if (memchr(which, '=', n) != NULL) {
    put_chosen(out, table, which, n);
  } else if (label != NULL) {
    text_add(out, label);
  } else {
    text_add_n(out, which, n);
  }
}

static bool term_words(struct text *out, const char *which, const char *dot)
{
  for (int t = 0; t < N_TERMS; t++) {
    if (same(term_kinds[t].area, which, (size_t)(dot - which)) && strcmp(term_kinds[t].field, dot + 1) == 0) {
      text_add(out, term_labels[t]);
      return true;
    }
  }
  return false;
}

/* ---- the face ------------------------------------------------------------------------------------------ */

void address_words(struct text *out, const struct plan *plan, const char *address)
{
  const char *colon = strchr(address, ':'), *dot = strrchr(address, '.');
  if (colon == NULL || dot == NULL || dot < colon) {
    text_add(out, address);
    return;
  }
  const size_t began = out->length;
  for (int f = 0; f < N_FIELDS; f++) {
    const enum table table = table_of((enum field)f);
    if (!same(table_kinds[table].name, address, (size_t)(colon - address))) {
      continue;
    }
    if (table == TABLE_TERM && term_words(out, colon + 1, dot)) {
      break;
    }
    if (strcmp(field_kinds[f].name, dot + 1) == 0) {
      put_which(out, plan, table, colon + 1, (size_t)(dot - colon - 1));
      if (field_words[f] != NULL) {
        text_printf(out, ": %s", field_words[f]);
      }
      break;
    }
  }
  if (out->length == began) {
    text_add(out, address);
  } else if (out->at != NULL) {
    out->at[began] = (char)toupper((unsigned char)out->at[began]);
  }
}
