/* council.c: council.csv, who the council is and how its figures are printed (format.md section 2). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include "data/words.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

static const char *const columns[] = { "key", "value", NULL };
static const struct table_spec spec = {
  .file = "council.csv", .columns = columns, .required = columns, .years_optional = true
};

static const char *const key_names[] = { "name",
                                         "ons_code",
                                         "class",
                                         "money",
                                         "signs",
                                         "first_year",
                                         "years",
                                         "price_basis",
                                         "minimum_percent",
                                         "minimum_of",
                                         "minimum_amount",
                                         "minimum_rule",
                                         "surplus_to",
                                         "collection_shortfall",
                                         "interest_on_balances",
                                         "flexible_use_last_year",
                                         "override_last_year",
                                         "default_basis",
                                         "default_source",
                                         "as_at",
                                         NULL };

/* Calendar years of 2029/30 and 2027/28. */
enum { FLEXIBLE_USE_LAST_YEAR = 2029, OVERRIDE_LAST_YEAR = 2027 };

/* council.csv on its way into the plan: the value of each key, by row. */
struct keys {
  struct reading *reading;
  struct table table;
  bool good;
};

/* -1: not given. */
static int key_row(const struct keys *keys, const char *key)
{
  for (int row = 0; row < keys->table.n_rows; row++) {
    if (strcmp(table_cell(&keys->table, row, "key")->text, key) == 0) {
      return row;
    }
  }
  return -1;
}

/* A key that is not there because it is misspelt is told once, at the row that is misspelt. */
static bool misspelt_elsewhere(const struct keys *keys, const char *key)
{
  for (int row = 0; row < keys->table.n_rows; row++) {
    const char *nearest = nearest_name(table_cell(&keys->table, row, "key")->text, key_names);
    if (nearest != NULL && strcmp(nearest, key) == 0) {
      return true;
    }
  }
  return false;
}

/* The value of a key, or NULL when it is not given or blank. */
static const struct cell *key_value(const struct keys *keys, const char *key, int *row)
{
  *row = key_row(keys, key);
  const struct cell *cell = *row >= 0 ? table_cell(&keys->table, *row, "value") : NULL;
  return cell != NULL && !cell_blank(cell) ? cell : NULL;
}

static struct finding *key_finding(struct keys *keys, int row, const struct cell *cell, const char *text)
{
  keys->good = false;
  return finding_add(keys->reading->findings, CODE_COUNCIL_KEY,
                     cell != NULL ? cell_place(&keys->table, row, cell) : (struct place){ .file = spec.file }, "%s",
                     text);
}

static const struct cell *needed(struct keys *keys, const char *key, int *row, const char *accepted)
{
  const struct cell *cell = key_value(keys, key, row);
  if (cell == NULL && *row < 0 && misspelt_elsewhere(keys, key)) {
    keys->good = false;
  } else if (cell == NULL) {
    const char *text = arena_printf(keys->reading->arena, "council.csv does not say '%s'", key);
    finding_label(keys->reading->findings,
                  key_finding(keys, *row, *row >= 0 ? table_cell(&keys->table, *row, "value") : NULL, text),
                  "add a row %s,%s", key, accepted);
  }
  return cell;
}

static int needed_choice(struct keys *keys, const char *key, const char *const *names, const char *accepted)
{
  int row = -1, choice = -1;
  const struct cell *cell = needed(keys, key, &row, accepted);
  if (cell != NULL && !cell_choice(keys->reading, &keys->table, row, cell, names, &choice)) {
    keys->good = false;
  }
  return choice;
}

static const char *text_value(struct keys *keys, const char *key)
{
  int row = -1;
  const char *text = "";
  const struct cell *cell = key_value(keys, key, &row);
  if (cell != NULL && !cell_label(keys->reading, &keys->table, row, cell, &text)) {
    keys->good = false;
  }
  return text;
}

static int year_value(struct keys *keys, const char *key, int fallback)
{
  int row = -1, year = fallback;
  const struct cell *cell = key_value(keys, key, &row);
  if (cell != NULL && !cell_year(keys->reading, &keys->table, row, cell, &year)) {
    keys->good = false;
    return fallback;
  }
  return year;
}

/* ---- keys as such ----------------------------------------------------------------------------------- */

static bool has_year_cells(const struct table *table, int row)
{
  for (int c = 0; c < table->n_columns; c++) {
    if (table->calendar[c] != 0 && !cell_blank(&table->cell[row * table->n_columns + c])) {
      return true;
    }
  }
  return false;
}

static void check_key(struct keys *keys, int row)
{
  struct findings *findings = keys->reading->findings;
  const struct cell *key = table_cell(&keys->table, row, "key");
  if (key_row(keys, key->text) != row) {
    finding_label(
        findings,
        key_finding(keys, row, key, arena_printf(keys->reading->arena, "the key '%s' stands twice", key->text)),
        "take one of them out");
    return;
  }
  int known = 0;
  for (; key_names[known] != NULL && strcmp(key_names[known], key->text) != 0; known++) {
  }
  if (key_names[known] == NULL) {
    const char *nearest = nearest_name(key->text, key_names);
    const char *text =
        arena_printf(keys->reading->arena, "council.csv has no key '%s'", cell_shown(keys->reading, key));
    finding_label(findings, key_finding(keys, row, key, text),
                  nearest != NULL ? "did you mean '%s'?" : "take the row out", nearest);
  } else if (strcmp(key->text, "minimum_amount") != 0 && has_year_cells(&keys->table, row)) {
    finding_label(findings, key_finding(keys, row, key, "only minimum_amount may be given by year"),
                  "write it in the column value");
  }
}

/* ---- who and how --------------------------------------------------------------------------------------- */

static void read_identity(struct keys *keys)
{
  struct plan *plan = keys->reading->plan;
  int row = -1;
  const struct cell *name = needed(keys, "name", &row, "Anytown Council");
  if (name != NULL && !cell_label(keys->reading, &keys->table, row, name, &plan->name)) {
    keys->good = false;
  }
  plan->ons_code = text_value(keys, "ons_code");
  const int class = needed_choice(keys, "class", council_class_names, "unitary");
  plan->class = class >= 0 ? (enum council_class) class : COUNCIL_OTHER;
}

static void read_figures(struct keys *keys)
{
  static const char *const money_names[] = { "GBP", "GBP thousand", "GBP million", NULL };
  static const int64_t pence_per_unit[] = { 100, 100000, 100000000 };
  static const char *const sign_names[] = { "budget", "by_class", "ledger", NULL };
  static const char *const price_names[] = { "cash", "real", NULL };
  struct plan *plan = keys->reading->plan;
  const int money = needed_choice(keys, "money", money_names, "GBP thousand");
  plan->money = money >= 0 ? money_names[money] : "GBP";
  plan->pence_per_unit = money >= 0 ? pence_per_unit[money] : 100;
  const int signs = needed_choice(keys, "signs", sign_names, "budget");
  plan->signs = signs >= 0 ? sign_names[signs] : sign_names[0];
  if (needed_choice(keys, "price_basis", price_names, "cash") == 1) {
    int row = -1;
    const struct cell *cell = key_value(keys, "price_basis", &row);
    struct finding *finding = finding_add(keys->reading->findings, CODE_REAL_TERMS, cell_place(&keys->table, row, cell),
                                          "figures in real terms cannot be read without a deflator");
    finding_label(keys->reading->findings, finding, "give the figures in cash and write cash");
    keys->good = false;
  }
}

static void read_horizon(struct keys *keys)
{
  struct plan *plan = keys->reading->plan;
  int row = -1;
  const struct cell *first = needed(keys, "first_year", &row, "2026/27");
  if (first != NULL && !cell_year(keys->reading, &keys->table, row, first, &plan->first_year)) {
    keys->good = false;
  }
  const struct cell *years = needed(keys, "years", &row, "5");
  if (years != NULL && !cell_whole(keys->reading, &keys->table, row, years, 1, MAX_YEARS, &plan->n_years)) {
    keys->good = false;
  }
}

/* 2026-02-26 */
static bool is_date(const char *text)
{
  for (int i = 0; i < 10; i++) {
    if (i == 4 || i == 7 ? text[i] != '-' : !isdigit((unsigned char)text[i])) {
      return false;
    }
  }
  const int month = (text[5] - '0') * 10 + text[6] - '0', day = (text[8] - '0') * 10 + text[9] - '0';
  return text[10] == '\0' && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

static void read_origins(struct keys *keys)
{
  static const char *const basis_names[] = { "published", "derived", "illustrative", NULL };
  struct reading *reading = keys->reading;
  int row = -1, basis = 2;
  const struct cell *cell = key_value(keys, "default_basis", &row);
  if (cell != NULL && !cell_choice(reading, &keys->table, row, cell, basis_names, &basis)) {
    keys->good = false;
  }
  reading->default_basis = (enum basis)(basis + BASIS_PUBLISHED);
  reading->plan->default_source = text_value(keys, "default_source");
  reading->plan->as_at = text_value(keys, "as_at");
  cell = key_value(keys, "as_at", &row);
  if (cell != NULL && !is_date(cell->text)) {
    const char *text = arena_printf(reading->arena, "'%s' is not a date", cell_shown(reading, cell));
    finding_label(reading->findings, key_finding(keys, row, cell, text), "write the date of the paper as 2026-02-26");
  }
}

/* ---- the council's own minimum (R17) ------------------------------------------------------------------- */

static bool read_minimum_percent(struct keys *keys)
{
  static const char *const of_names[] = { "net_budget_after_savings", "net_budget", "funding", NULL };
  struct plan *plan = keys->reading->plan;
  int row = -1, of_row = -1, of = 0;
  const struct cell *percent = key_value(keys, "minimum_percent", &row),
                    *of_cell = key_value(keys, "minimum_of", &of_row);
  if (of_cell != NULL && !cell_choice(keys->reading, &keys->table, of_row, of_cell, of_names, &of)) {
    keys->good = false;
  }
  plan->minimum_of = (enum minimum_of)of;
  if (percent == NULL && of_cell == NULL) {
    return false;
  }
  if (percent != NULL) {
    plan->minimum_percent_origin = cell_origin(keys->reading, &keys->table, row, percent);
  }
  if (percent == NULL || of_cell == NULL) {
    const char *text =
        percent == NULL ? "minimum_of is given without minimum_percent" : "minimum_percent does not say of what";
    finding_label(keys->reading->findings,
                  key_finding(keys, percent == NULL ? of_row : row, percent == NULL ? of_cell : percent, text),
                  percent == NULL ? "add a row minimum_percent,5" : "add a row minimum_of,net_budget_after_savings");
    return true;
  }
  if (!cell_percent(keys->reading, &keys->table, row, percent, &plan->minimum_percent)) {
    keys->good = false;
  } else if (plan->minimum_percent < 0.0 || plan->minimum_percent > 1.0) {
    finding_label(keys->reading->findings, key_finding(keys, row, percent, "the minimum is not a share of the budget"),
                  "write a percentage from 0 to 100");
  } else if (plan->minimum_percent > 0.0 && plan->minimum_percent <= 0.0015) { /* format.md section 1 */
    struct finding *finding =
        finding_add(keys->reading->findings, CODE_SMALL_PERCENT, cell_place(&keys->table, row, percent),
                    "'%s' is read as a minimum below 0.15 per cent", percent->text);
    finding_label(keys->reading->findings, finding, "5 is five per cent");
  }
  return true;
}

static bool minimum_year(struct keys *keys, int row, const struct cell *cell, double *amount)
{
  if (!cell_money(keys->reading, &keys->table, row, cell, amount)) {
    keys->good = false;
    return false;
  }
  if (*amount < 0.0) {
    finding_label(keys->reading->findings, key_finding(keys, row, cell, "the minimum is below nothing"),
                  "write its size");
  }
  return true;
}

static bool read_minimum_amount(struct keys *keys)
{
  struct plan *plan = keys->reading->plan;
  int row = -1;
  const struct cell *value = key_value(keys, "minimum_amount", &row);
  const bool by_year = row >= 0 && has_year_cells(&keys->table, row);
  if (value != NULL && by_year) {
    finding_label(keys->reading->findings, key_finding(keys, row, value, "minimum_amount is given once and by year"),
                  "leave one of them blank");
  }
  for (int y = 0; y < plan->n_years && (value != NULL || by_year); y++) {
    const struct cell *cell = value != NULL ? value : table_year_cell(&keys->table, row, y);
    plan->minimum_amount_origin[y] = cell_origin(keys->reading, &keys->table, row, cell);
    if (!minimum_year(keys, row, cell, &plan->minimum_amount[y]) && value != NULL) {
      break;
    }
  }
  return value != NULL || by_year;
}

static void read_minimum(struct keys *keys)
{
  static const char *const rule_names[] = { "percent", "amount", "greater", NULL };
  static const enum minimum_rule rules[] = { MINIMUM_PERCENT, MINIMUM_AMOUNT, MINIMUM_GREATER };
  struct reading *reading = keys->reading;
  const bool percent = read_minimum_percent(keys), amount = read_minimum_amount(keys);
  reading->plan->minimum_rule = percent ? MINIMUM_PERCENT : amount ? MINIMUM_AMOUNT : MINIMUM_NONE;
  int row = -1, rule = 0;
  const struct cell *cell = key_value(keys, "minimum_rule", &row);
  if (cell != NULL && !cell_choice(reading, &keys->table, row, cell, rule_names, &rule)) {
    keys->good = false;
  } else if (cell != NULL && !(percent && amount) && ((rule != 0 && !amount) || (rule != 1 && !percent))) {
    finding_label(reading->findings,
                  key_finding(keys, row, cell, "minimum_rule chooses between two minimums and only one is given"),
                  "leave it out");
  } else if (cell != NULL) {
    reading->plan->minimum_rule = rules[rule];
  } else if (percent && amount) {
    row = key_row(keys, "minimum_amount");
    finding_label(reading->findings,
                  key_finding(keys, row, table_cell(&keys->table, row, "key"),
                              "minimum_percent and minimum_amount are both given"),
                  "add a row minimum_rule,greater (or percent, or amount)");
  }
  if (!percent && !amount && reading->plan->n_years > 0) {
    struct finding *finding =
        finding_add(reading->findings, CODE_NO_MINIMUM, (struct place){ .file = spec.file },
                    "the council gives no minimum for its General Fund, so no date is computed for falling below it");
    finding_label(reading->findings, finding, "add minimum_percent and minimum_of, or minimum_amount");
  }
}

/* ---- policies ------------------------------------------------------------------------------------------ */

static void read_policies(struct keys *keys)
{
  static const char *const shortfall_names[] = { "collection_fund", "at_once", NULL };
  struct reading *reading = keys->reading;
  struct plan *plan = reading->plan;
  int row = -1, shortfall = 0;
  const struct cell *cell = key_value(keys, "collection_shortfall", &row);
  if (cell != NULL && !cell_choice(reading, &keys->table, row, cell, shortfall_names, &shortfall)) {
    keys->good = false;
  }
  plan->collection_at_once = shortfall == 1;
  cell = key_value(keys, "interest_on_balances", &row);
  if (cell != NULL && !cell_switch(reading, &keys->table, row, cell, &plan->interest_on_balances)) {
    keys->good = false;
  }
  plan->flexible_use_last_year = year_value(keys, "flexible_use_last_year", FLEXIBLE_USE_LAST_YEAR);
  plan->override_last_year = year_value(keys, "override_last_year", OVERRIDE_LAST_YEAR);
  plan->surplus_to = -1;
  cell = key_value(keys, "surplus_to", &row);
  if (cell != NULL && strcmp(cell->text, "none") != 0) {
    reading->surplus_to = cell;
    reading->surplus_row = row;
  }
}

bool read_council(struct reading *reading)
{
  struct keys *keys = arena_alloc(reading->arena, sizeof *keys);
  bool absent = false;
  if (keys == NULL || !table_read(reading, &spec, &keys->table, &absent)) {
    return false;
  }
  keys->reading = reading;
  keys->good = true;
  for (int row = 0; row < keys->table.n_rows; row++) {
    check_key(keys, row);
  }
  read_identity(keys);
  read_figures(keys);
  read_horizon(keys);
  read_origins(keys);
  read_policies(keys);
  if (reading->plan->n_years == 0 || reading->plan->first_year == 0) {
    return false;
  }
  if (!table_bind_years(reading, &spec, &keys->table)) {
    return false;
  }
  reading->table[0] = keys->table; /* with its years bound */
  read_minimum(keys);
  return keys->good;
}

void resolve_council(struct reading *reading)
{
  struct plan *plan = reading->plan;
  if (reading->surplus_to == NULL) {
    return;
  }
  plan->surplus_to =
      id_resolve(reading, &reading->table[0], reading->surplus_row, reading->surplus_to, reading->surplus_to->text,
                 "reserve", "reserves.csv", plan->reserve, plan->n_reserves, sizeof *plan->reserve);
}

/* R17: a percentage and an amount that are meant to be the same minimum. */
void check_council(struct reading *reading)
{
  const struct plan *plan = reading->plan;
  const struct result *baseline = reading->folder->baseline;
  static const enum measure measures[] = { M_NET_AFTER_SAVINGS, M_NET_BUDGET, M_FUNDING };
  if (plan->minimum_percent <= 0.0 || plan->minimum_amount[0] <= 0.0 || !plan->has_mtfp) {
    return;
  }
  const double by_percent =
      round_units(plan->minimum_percent * gbp_from_pence(baseline->measure[measures[plan->minimum_of]][0]));
  const double difference = by_percent - plan->minimum_amount[0];
  if (fabs(difference) <= 0.01 * plan->minimum_amount[0]) {
    return;
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_MINIMUMS_DIFFER, (struct place){ .file = spec.file },
                  "minimum_percent gives %s in %s and minimum_amount %s", money_short(reading, pence_of(by_percent)),
                  year_words(reading, 0), money_short(reading, pence_of(plan->minimum_amount[0])));
  finding_amount(finding, pence_of(fabs(difference)));
  finding_help(reading->findings, finding, "minimum_rule says which of them holds");
}
