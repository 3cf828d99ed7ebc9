/* groups.c: which rows of a plan belong together when two plans are held against each other, and which rows differ. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/diff.h"

#include <string.h>

const struct group_kind group_kinds[N_GROUPS] = {
#define GROUP_ROW(name, label, few, number) [name] = { label, few, number },
  GROUP_MAP(GROUP_ROW)
#undef GROUP_ROW
};

static enum group group_of_class(enum line_class class)
{
  static const enum group groups[N_LINE_CLASSES] = { [LINE_PAY] = GROUP_PAY,
                                                     [LINE_CONTRACT] = GROUP_CONTRACT,
                                                     [LINE_CARE] = GROUP_CARE,
                                                     [LINE_DEMAND] = GROUP_DEMAND,
                                                     [LINE_OTHER] = GROUP_OTHER,
                                                     [LINE_LEVY] = GROUP_LEVY,
                                                     [LINE_MRP] = GROUP_FINANCING,
                                                     [LINE_INTEREST] = GROUP_FINANCING,
                                                     [LINE_CONTINGENCY] = GROUP_CONTINGENCY,
                                                     [LINE_PRESSURE] = GROUP_PRESSURE,
                                                     [LINE_INCOME] = GROUP_INCOME,
                                                     [LINE_COUNCIL_TAX] = GROUP_COUNCIL_TAX,
                                                     [LINE_BUSINESS_RATES] = GROUP_BUSINESS_RATES,
                                                     [LINE_GRANT] = GROUP_GRANTS,
                                                     [LINE_COLLECTION_FUND] = GROUP_GRANTS,
                                                     [LINE_OTHER_FUNDING] = GROUP_GRANTS,
                                                     [LINE_CAPITALISED] = GROUP_GRANTS };
  return groups[class];
}

enum group group_of_line(const struct plan *plan, int line, const struct plan *new)
{
  const int there = plan_line_find(new, plan->line[line].id);
  return group_of_class(there >= 0 ? new->line[there].class : plan->line[line].class);
}

enum group group_of_term(enum term_id id)
{
  const char *area = term_kinds[id].area;
  return strcmp(area, "council_tax") == 0      ? GROUP_COUNCIL_TAX
         : strcmp(area, "business_rates") == 0 ? GROUP_BUSINESS_RATES
         : strcmp(area, "treasury") == 0       ? GROUP_CAPITAL
                                               : GROUP_REST;
}

int reserve_like(const struct plan *plan, const struct plan *of, int reserve)
{
  return of->reserve[reserve].class == RESERVE_GENERAL_FUND && plan->general_fund >= 0
             ? plan->general_fund
             : plan_reserve_find(plan, of->reserve[reserve].id);
}

/* ---- rows as words: two rows with the same words make the same figures --------------------------------- */

struct row_words {
  enum group group;
  const char *key, *words;
};
struct row_listing {
  struct arena *arena;
  struct row_words *row;
  int count;
};

static void add_row(struct row_listing *list, enum group group, const char *key, struct text *words)
{
  struct row_words *rows = arena_grow(list->arena, list->row, (size_t)list->count, sizeof *rows);
  if (rows != NULL) {
    list->row = rows;
    rows[list->count++] = (struct row_words){ group, key, arena_strdup(list->arena, text_str(words)) };
  }
  list->arena->failed |= words->failed;
  text_fini(words);
}

static void put_numbers(struct text *out, const double *values, int n)
{
  for (int i = 0; i < n; i++) {
    text_printf(out, " %.17g", values[i] + 0.0);
  }
}

/* A base counts only where something is rolled on from it. */
static void put_series(struct text *out, const struct plan *plan, const struct series *series, bool rolls)
{
  for (int d = 0; d < series->n_drivers; d++) {
    text_printf(out, " *%s", plan->driver[series->driver[d]].id);
  }
  if (rolls || !series->filled[0]) {
    text_printf(out, " from %.17g", series->has_base ? series->base + 0.0 : 0.0);
  }
  for (int y = 0; y < plan->n_years; y++) {
    if (series->filled[y]) {
      text_printf(out, " %d:%.17g", y, series->cell[y] + 0.0);
    }
  }
  text_add(out, ";");
}

static void list_drivers(const struct plan *plan, struct row_listing *list)
{
  for (int d = 0; d < plan->n_drivers; d++) {
    const struct driver *driver = &plan->driver[d];
    struct text words = { 0 };
    text_add(&words, driver->follows >= 0 ? plan->driver[driver->follows].id : "");
    put_numbers(&words, driver->points, plan->n_years);
    if (driver->has_cap) {
      text_printf(&words, " cap %.17g", driver->cap);
    }
    if (driver->has_collar) {
      text_printf(&words, " collar %.17g", driver->collar);
    }
    add_row(list, GROUP_DRIVERS, driver->id, &words);
  }
}

static void list_lines(const struct plan *plan, const struct plan *new, struct row_listing *list)
{
  for (int l = 0; l < plan->n_lines; l++) {
    const struct line *line = &plan->line[l];
    struct text words = { 0 };
    text_printf(&words, "%d %d %d %g %s to %d;", (int)line->class, (int)line->form, line->recurring, line->sign,
                line->ring, line->last_year < plan->n_years ? line->last_year : plan->n_years);
    put_series(&words, plan, &line->amount, line->form == FORM_ROLL);
    for (int y = 0; y < plan->n_years; y++) {
      text_printf(&words, " %.17g", line->one_off.filled[y] ? line->one_off.cell[y] + 0.0 : 0.0);
    }
    put_series(&words, plan, &line->number, false);
    put_series(&words, plan, &line->unit_cost, false);
    put_series(&words, plan, &line->percent, false);
    for (int i = 0; i < line->n_of; i++) {
      text_printf(&words, " of %s", plan->line[line->of[i]].id);
    }
    add_row(list, group_of_line(plan, l, new), line->id, &words);
  }
}

static void list_terms(const struct plan *plan, struct row_listing *list)
{
  for (int t = 0; t < N_TERMS; t++) {
    if (plan->term[t].present) {
      struct text words = { 0 };
      put_series(&words, plan, &plan->term[t].series, t == TERM_BAND_D);
      add_row(list, group_of_term((enum term_id)t),
              arena_printf(list->arena, "%s.%s", term_kinds[t].area, term_kinds[t].field), &words);
    }
  }
}

static void list_savings(const struct plan *plan, struct row_listing *list)
{
  for (int s = 0; s < plan->n_savings; s++) {
    const struct saving *saving = &plan->saving[s];
    struct text words = { 0 };
    text_printf(&words, "%d %d %d", saving->recurring, (int)saving->rag, /* a rating is news though it moves nothing */
                saving->has_cost ? (int)saving->cost_funding : -1);
    put_numbers(&words, saving->value, plan->n_years);
    put_numbers(&words, saving->delivery, plan->n_years);
    put_numbers(&words, saving->cost, plan->n_years);
    if (saving->cost_from >= 0) {
      text_printf(&words, " %s",
                  saving->cost_funding == COST_LINE ? plan->line[saving->cost_from].id
                                                    : plan->reserve[saving->cost_from].id);
    }
    for (int i = 0; i < saving->n_depends; i++) {
      text_printf(&words, " on %s", plan->saving[saving->depends[i]].id);
    }
    add_row(list, GROUP_SAVINGS, saving->id, &words);
  }
}

static void list_movements(const struct plan *plan, const struct reserve *reserve, const char *key,
                           struct row_listing *list)
{
  struct text words = { 0 };
  bool moves = false;
  for (int m = 0; m < reserve->n_movements; m++) {
    const struct movement *movement = &reserve->movement[m];
    text_printf(&words, " %d %s", movement->for_revenue,
                movement->contribution_line >= 0 ? plan->line[movement->contribution_line].id : "");
    put_numbers(&words, movement->planned, plan->n_years);
    for (int y = 0; y < plan->n_years; y++) {
      moves |= movement->planned[y] != 0.0;
    }
  }
  if (moves) {
    add_row(list, GROUP_PLANNED, key, &words);
  }
  text_fini(&words);
}

/* A reserve that only one plan has brings its own floor and place in the order; there is nothing to choose. */
static void list_reserves(const struct plan *plan, const struct plan *other, struct row_listing *list)
{
  for (int r = 0; r < plan->n_reserves; r++) {
    const struct reserve *reserve = &plan->reserve[r];
    const char *key = reserve->class == RESERVE_GENERAL_FUND ? "the General Fund" : reserve->id;
    struct text opening = { 0 }, policy = { 0 };
    text_printf(&opening, "%.17g", reserve->opening + 0.0);
    add_row(list, GROUP_OPENING, key, &opening);
    list_movements(plan, reserve, key, list);
    if (reserve_like(other, plan, r) >= 0) {
      text_printf(&policy, "%d %d %.17g", (int)reserve->class, reserve->draw_order, reserve->floor + 0.0);
      add_row(list, GROUP_POLICY, key, &policy);
    }
  }
}

static void list_capital(const struct plan *plan, struct row_listing *list)
{
  for (int r = 0; r < plan->n_receipts; r++) {
    const struct receipt *receipt = &plan->receipt[r];
    struct text words = { 0 };
    text_printf(&words, "%d %.17g %d %.17g %.17g %.17g %d %.17g %d %d %d", receipt->year, receipt->amount,
                receipt->eligible, receipt->to_debt, receipt->to_avoid, receipt->to_flexible, receipt->life,
                receipt->rate, (int)receipt->method, (int)receipt->interest, receipt->in_plan);
    add_row(list, GROUP_CAPITAL, receipt->id, &words);
  }
  for (int b = 0; b < plan->n_borrowings; b++) {
    const struct borrowing *borrowing = &plan->borrowing[b];
    struct text words = { 0 };
    text_printf(&words, "%d %d %.17g %.17g %.17g %d %d %d %d", (int)borrowing->kind, borrowing->year, borrowing->amount,
                borrowing->rate, borrowing->old_rate, borrowing->life, (int)borrowing->method, (int)borrowing->interest,
                borrowing->in_plan);
    add_row(list, GROUP_CAPITAL, borrowing->id, &words);
  }
}

static void list_setting(struct row_listing *list, enum group group, const char *key, int value)
{
  struct text words = { 0 };
  text_printf(&words, "%d", value);
  add_row(list, group, key, &words);
}

static void list_settings(const struct plan *plan, struct row_listing *list)
{
  const bool by_percent = plan->minimum_rule == MINIMUM_PERCENT || plan->minimum_rule == MINIMUM_GREATER;
  const bool by_amount = plan->minimum_rule == MINIMUM_AMOUNT || plan->minimum_rule == MINIMUM_GREATER;
  struct text minimum = { 0 }, surplus = { 0 };
  text_printf(&minimum, "%d %d %.17g", (int)plan->minimum_rule, by_percent ? (int)plan->minimum_of : 0,
              by_percent ? plan->minimum_percent : 0.0);
  put_numbers(&minimum, plan->minimum_amount, by_amount ? plan->n_years : 0);
  add_row(list, GROUP_POLICY, "the minimum", &minimum);
  text_add(&surplus, plan->surplus_to < 0                     ? ""
                     : plan->surplus_to == plan->general_fund ? "the General Fund"
                                                              : plan->reserve[plan->surplus_to].id);
  add_row(list, GROUP_POLICY, "surplus_to", &surplus);
  list_setting(list, GROUP_COUNCIL_TAX, "collection_shortfall", plan->collection_at_once);
  list_setting(list, GROUP_CAPITAL, "interest_on_balances", plan->interest_on_balances);
  list_setting(list, GROUP_CAPITAL, "flexible_use_last_year", plan->flexible_use_last_year);
  list_setting(list, GROUP_REST, "override_last_year", plan->override_last_year);
}

static void list_rows(const struct plan *plan, const struct plan *other, const struct plan *new,
                      struct row_listing *list)
{
  list_drivers(plan, list);
  list_lines(plan, new, list);
  list_terms(plan, list);
  list_savings(plan, list);
  list_reserves(plan, other, list);
  list_capital(plan, list);
  list_settings(plan, list);
}

/* ---- what differs -------------------------------------------------------------------------------------- */

enum { MOST_NAMED = 8 };

static const struct row_words *find_row(const struct row_listing *list, enum group group, const char *key)
{
  for (int i = 0; i < list->count; i++) {
    if (list->row[i].group == group && strcmp(list->row[i].key, key) == 0) {
      return &list->row[i];
    }
  }
  return NULL;
}

enum fate { FATE_CHANGED, FATE_NEW, FATE_GONE };

/* The rows of one fate: those of `list` that stand otherwise in `other`, or do not stand there at all. */
static void put_fate(struct text *out, const struct row_listing *list, const struct row_listing *other,
                     enum group group, enum fate fate)
{
  static const char *const words[] = { "changed", "new", "gone" };
  int n = 0;
  for (int i = 0; i < list->count; i++) {
    const struct row_words *row = &list->row[i], *there = row->group == group ? find_row(other, group, row->key) : NULL;
    const bool so = fate == FATE_CHANGED ? there != NULL && strcmp(there->words, row->words) != 0 : there == NULL;
    if (row->group == group && so && n++ < MOST_NAMED) {
      text_printf(out, "%s%s %s",
                  n == 1 && out->length > 0 ? "; "
                  : n > 1                   ? ","
                                            : "",
                  n == 1 ? words[fate] : "", row->key);
    }
  }
  if (n > MOST_NAMED) {
    text_printf(out, " and %d more", n - MOST_NAMED);
  }
}

enum status groups_compare(const struct plan *old, const struct plan *new, struct arena *arena,
                           struct group_change *out)
{
  struct row_listing before = { .arena = arena }, after = { .arena = arena };
  list_rows(old, new, new, &before);
  list_rows(new, old, new, &after);
  for (int g = 0; g < N_GROUPS; g++) {
    struct text words = { 0 };
    put_fate(&words, &before, &after, (enum group)g, FATE_CHANGED);
    put_fate(&words, &after, &before, (enum group)g, FATE_NEW);
    put_fate(&words, &before, &after, (enum group)g, FATE_GONE);
    out->words[g] = words.length > 0 ? arena_strdup(arena, text_str(&words)) : NULL;
    arena->failed |= words.failed;
    text_fini(&words);
  }
  return arena->failed ? STATUS_MEMORY : STATUS_OK;
}
