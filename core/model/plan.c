/* plan.c: the words of the plan's tables, and finding things in it by id. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/plan.h"

#include <stdio.h>
#include <string.h>

const char *const driver_class_names[N_DRIVER_CLASSES + 1] = { "pay",       "price",  "contract", "care",     "demand",
                                                               "unit_cost", "income", "levy",     "tax_base", "rates",
                                                               "interest",  "other",  NULL };

const char *const line_class_names[N_LINE_CLASSES + 1] = { "pay",
                                                           "contract",
                                                           "care",
                                                           "demand",
                                                           "other",
                                                           "levy",
                                                           "mrp",
                                                           "interest",
                                                           "contingency",
                                                           "pressure",
                                                           "income",
                                                           "council_tax",
                                                           "business_rates",
                                                           "grant",
                                                           "collection_fund",
                                                           "other_funding",
                                                           "capitalised",
                                                           NULL };

const char *const line_form_names[N_LINE_FORMS + 1] = { "level", "change",      "roll",           "units",
                                                        "share", "council_tax", "business_rates", NULL };

const struct term_kind term_kinds[N_TERMS] = {
#define TERM_ROW(name, area, field, unit) [name] = { area, field, unit },
  TERM_MAP(TERM_ROW)
#undef TERM_ROW
};

const char *const rag_names[N_RAGS + 1] = { "", "delivered", "green", "amber", "red", "unidentified", NULL };

const char *const reserve_class_names[N_RESERVE_CLASSES + 1] = { "general_fund", "smoothing",   "in_extremis",
                                                                 "committed",    "ring_fenced", "capital",
                                                                 "unusable",     "dsg",         NULL };

const char *const council_class_names[N_COUNCIL_CLASSES + 1] = { "unitary",        "county", "district", "metropolitan",
                                                                 "london_borough", "fire",   "other",    NULL };

const struct field_kind field_kinds[N_FIELDS] = {
#define FIELD_ROW(name, table, field, unit, grain, low, high) [name] = { table, field, unit, grain, low, high },
  FIELD_MAP(FIELD_ROW)
#undef FIELD_ROW
};

const char *plan_year_label(const struct plan *plan, int year, char out[8])
{
  const unsigned first = (unsigned)(plan->first_year + year);
  snprintf(out, 8, "%04u/%02u", first % 10000u, (first + 1u) % 100u);
  return out;
}

/* Every table of the plan begins its rows with the id. */
static int find(const void *table, int count, size_t size, const char *id)
{
  for (int i = 0; i < count; i++) {
    const char *const *row_id = (const void *)((const char *)table + (size_t)i * size);
    if (strcmp(*row_id, id) == 0) {
      return i;
    }
  }
  return -1;
}

int plan_line_find(const struct plan *plan, const char *id)
{
  return find(plan->line, plan->n_lines, sizeof *plan->line, id);
}

int plan_driver_find(const struct plan *plan, const char *id)
{
  return find(plan->driver, plan->n_drivers, sizeof *plan->driver, id);
}

int plan_saving_find(const struct plan *plan, const char *id)
{
  return find(plan->saving, plan->n_savings, sizeof *plan->saving, id);
}

int plan_reserve_find(const struct plan *plan, const char *id)
{
  return find(plan->reserve, plan->n_reserves, sizeof *plan->reserve, id);
}

int plan_receipt_find(const struct plan *plan, const char *id)
{
  return find(plan->receipt, plan->n_receipts, sizeof *plan->receipt, id);
}

int plan_borrowing_find(const struct plan *plan, const char *id)
{
  return find(plan->borrowing, plan->n_borrowings, sizeof *plan->borrowing, id);
}
