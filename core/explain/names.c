/* names.c: figures by the names that people type, and the names of all that are printed. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "explain/inside.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* What a name may ask for after the id of a row; the first of a table is meant when no field is named. */
static const struct field_name {
  const char *table, *field;
  enum kind kind;
  bool every_year;
} fields[] = {
  { "line", "amount", KIND_LINE, true },          { "line", "recurring", KIND_RECURRING, true },
  { "saving", "expected", KIND_EXPECTED, true },  { "saving", "planned", KIND_PLANNED, true },
  { "reserve", "closing", KIND_CLOSING, true },   { "reserve", "opening", KIND_OPENING, true },
  { "reserve", "planned", KIND_MOVED, true },     { "reserve", "used", KIND_USED, true },
  { "reserve", "surplus", KIND_SURPLUS, true },   { "receipt", "applied", KIND_APPLIED, true },
  { "receipt", "received", KIND_RECEIVED, true }, { "receipt", "to_debt", KIND_TO_DEBT, true },
  { "receipt", "to_avoid", KIND_TO_AVOID, true }, { "receipt", "flexible", KIND_FLEXIBLE, true },
  { "receipt", "relief", KIND_RELIEF, true },     { "receipt", "held", KIND_HELD, false },
  { "driver", "rate", KIND_RATE, true },          { "borrowing", "cost", KIND_COST, true },
};

struct asked {
  struct future *future;
  const char *whole, *name; /* as typed, and without the year */
  int year;                 /* -1: none was named */
  struct error *error;
};

/* "there is no figure 'X'", then what would help. */
static struct figure *refuse(const struct asked *asked, const char *before, const char *name, const char *after)
{
  (void)error_set(asked->error, STATUS_USAGE, "there is no figure '%s'%s%s%s", asked->whole, before, name, after);
  return NULL;
}

static struct figure *yearly(const struct asked *asked, enum kind kind, int item)
{
  const struct explainer *explainer = asked->future->explainer;
  if (asked->year < 0) {
    (void)error_set(asked->error, STATUS_USAGE, "'%s' has a figure for each year: %s@%s to %s@%s", asked->whole,
                    asked->name, explainer->year[0], asked->name, explainer->year[explainer->plan->n_years - 1]);
    return NULL;
  }
  return figure_of(asked->future, kind, item, asked->year);
}

/* ---- one name ------------------------------------------------------------------------------------------ */

static struct figure *date_figure(const struct asked *asked)
{
  for (int d = 0; d < N_DATES; d++) {
    const char number[] = { 'D', (char)('1' + d), '\0' };
    if (strcasecmp(asked->name, number) == 0 || strcmp(asked->name, date_names[d]) == 0) {
      return figure_of(asked->future, KIND_DATE, d, 0);
    }
  }
  return NULL;
}

static struct figure *total_figure(const struct asked *asked)
{
  const int measure = measure_find(asked->name);
  if (measure >= 0) {
    return yearly(asked, KIND_MEASURE, measure);
  }
  if (strcmp(asked->name, "drawn") == 0) {
    return yearly(asked, KIND_DRAWN, 0);
  }
  if (strcmp(asked->name, "illustrative_share") == 0) {
    return figure_of(asked->future, KIND_SHARE, 0, 0);
  }
  const char *names[N_MEASURES + N_DATES + 3] = { 0 };
  for (int m = 0; m < N_MEASURES; m++) {
    names[m] = measure_kinds[m].name;
  }
  for (int d = 0; d < N_DATES; d++) {
    names[N_MEASURES + d] = date_names[d];
  }
  names[N_MEASURES + N_DATES] = "drawn";
  names[N_MEASURES + N_DATES + 1] = "illustrative_share";
  const char *nearest = nearest_name(asked->name, names);
  return nearest != NULL ? refuse(asked, "; did you mean '", nearest, "'?")
                         : refuse(asked, "; figures are named as in the JSON of a run",
                                  ", such as gap@2030/31, line:ID@2028/29 or ", "reserve:ID.closing@2027/28");
}

static int row_find(const struct plan *plan, const char *table, const char *id)
{
  if (strcmp(table, "line") == 0) {
    for (int e = 0; e < N_ENGINE_LINES; e++) {
      if (strcmp(engine_line_kinds[e].id, id) == 0) {
        return plan->n_lines + e;
      }
    }
    return plan_line_find(plan, id);
  }
  return strcmp(table, "saving") == 0    ? plan_saving_find(plan, id)
         : strcmp(table, "reserve") == 0 ? plan_reserve_find(plan, id)
         : strcmp(table, "receipt") == 0 ? plan_receipt_find(plan, id)
         : strcmp(table, "driver") == 0  ? plan_driver_find(plan, id)
                                         : plan_borrowing_find(plan, id);
}

static const struct field_name *field_find(const char *table, const char *field)
{
  for (size_t i = 0; i < COUNT_OF(fields); i++) {
    if (strcmp(fields[i].table, table) == 0 && (*field == '\0' || strcmp(fields[i].field, field) == 0)) {
      return &fields[i];
    }
  }
  return NULL;
}

/* Whatever a scenario may change: by its address. */
static struct figure *input_by_address(const struct asked *asked)
{
  struct input_list list;
  const char *wrong = inputs_match(asked->future->plan, asked->name, true, asked->future->explainer->arena, &list);
  if (wrong != NULL) {
    return refuse(asked, ": ", wrong, "");
  }
  if (list.count > 1) {
    return refuse(asked, ": it means several inputs", "; name one", "");
  }
  if (asked->year < 0) {
    return yearly(asked, KIND_INPUT, list.input[0]);
  }
  return input_figure(asked->future, list.input[0], asked->year);
}

/* TABLE:ID or TABLE:ID.FIELD; an id of the engine's own lines holds a dot itself. */
static struct figure *row_figure(const struct asked *asked, const char *colon)
{
  struct arena *arena = asked->future->explainer->arena;
  const char *table = arena_strndup(arena, asked->name, (size_t)(colon - asked->name)), *id = colon + 1, *field = "";
  if (field_find(table, "") == NULL) {
    return input_by_address(asked);
  }
  int row = row_find(asked->future->plan, table, id);
  const char *dot = strrchr(id, '.');
  if (row < 0 && dot != NULL) {
    field = dot + 1;
    id = arena_strndup(arena, id, (size_t)(dot - id));
    row = row_find(asked->future->plan, table, id);
  }
  const struct field_name *found = field_find(table, field);
  const bool recurring = found != NULL && found->kind == KIND_RECURRING && row >= asked->future->plan->n_lines;
  if (row < 0 || found == NULL || recurring) {
    const char *whole =
        *field != '\0' ? asked->name
                       : arena_printf(arena, "%s.%s", asked->name, strcmp(table, "driver") == 0 ? "value" : "rate");
    const struct asked address = { asked->future, asked->whole, row < 0 && *field == '\0' ? whole : asked->name,
                                   asked->year, asked->error };
    return input_by_address(&address);
  }
  return found->every_year ? yearly(asked, found->kind, row) : figure_of(asked->future, found->kind, row, 0);
}

/* The code of a finding is asked for where a figure is: it has a meaning, and no parts. */
static bool is_code(const struct asked *asked)
{
  for (enum code code = 0; code < N_CODES; code++) {
    if (strcasecmp(asked->name, code_number(code)) == 0) {
      (void)error_set(asked->error, STATUS_USAGE,
                      "%s is no figure but the code of a finding: \"%s\"; `headroom check FOLDER` shows each, with its "
                      "place and what would be accepted",
                      code_number(code), code_title(code));
      return true;
    }
  }
  return false;
}

static struct figure *plain_figure(const struct asked *asked)
{
  if (is_code(asked)) {
    return NULL;
  }
  const char *colon = strchr(asked->name, ':');
  struct figure *date = date_figure(asked);
  return date != NULL ? date : colon != NULL ? row_figure(asked, colon) : total_figure(asked);
}

/* ---- the year, and what a scenario adds ---------------------------------------------------------------- */

/* "2030/31", "2030-31", "2030/2031", "2030". */
static bool find_year(struct asked *asked, const char *typed)
{
  const struct explainer *explainer = asked->future->explainer;
  for (int y = 0; y < explainer->plan->n_years; y++) {
    const char *year = explainer->year[y];
    const size_t n = strlen(typed);
    const bool same_start = strncmp(typed, year, 4) == 0;
    const bool same_end =
        n == 4 || (n >= 7 && (typed[4] == '/' || typed[4] == '-') && strcmp(typed + n - 2, year + 5) == 0);
    if (same_start && same_end && n <= 9) {
      asked->year = y;
      return true;
    }
  }
  (void)error_set(asked->error, STATUS_USAGE, "'%s': the plan has the years %s to %s", asked->whole, explainer->year[0],
                  explainer->year[explainer->plan->n_years - 1]);
  return false;
}

static struct figure *find(struct future *future, const char *what, struct error *error)
{
  const char *at = strrchr(what, '@');
  struct asked asked = { future, what,
                         at != NULL ? arena_strndup(future->explainer->arena, what, (size_t)(at - what)) : what, -1,
                         error };
  return at != NULL && !find_year(&asked, at + 1) ? NULL : plain_figure(&asked);
}

static struct figure *difference(struct explainer *explainer, const char *what, const char *of, struct error *error)
{
  if (!explainer->has_scenario) {
    (void)error_set(error, STATUS_USAGE, "'%s' is what a scenario adds to the plan: name one with -s or --set", what);
    return NULL;
  }
  const struct figure *now = find(&explainer->scenario, of, error);
  const struct figure *planned = now != NULL ? find(&explainer->plan_itself, of, error) : NULL;
  if (planned == NULL) {
    return NULL;
  }
  if (now->unit == FIGURE_DATE) {
    (void)error_set(error, STATUS_USAGE, "'%s': dates have no difference in pounds; explain each of them", what);
    return NULL;
  }
  struct figure *more =
      figure_step(&explainer->scenario, now->unit, OP_SUM, 0.0, "Difference from the plan: %s", now->words);
  more->name = arena_strdup(explainer->arena, what);
  more->how = "with the scenario, less without it";
  figure_add(&explainer->scenario, more, 1.0, now);
  figure_add(&explainer->scenario, more, -1.0, planned);
  return figure_close(more);
}

const struct figure *explain_figure(struct explainer *explainer, const char *what, struct error *error)
{
  static const char prefix[] = "difference:";
  struct future *future = explainer->has_scenario ? &explainer->scenario : &explainer->plan_itself;
  const bool is_difference = strncmp(what, prefix, sizeof prefix - 1) == 0;
  const struct figure *figure =
      is_difference ? difference(explainer, what, what + sizeof prefix - 1, error) : find(future, what, error);
  if (explainer->failed || explainer->arena->failed) {
    (void)error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
    return NULL;
  }
  return figure;
}

/* ---- all that is printed ------------------------------------------------------------------------------- */

struct list {
  struct arena *arena;
  const struct plan *plan;
  struct printed_figure *at;
  int count;
};

static void put(struct list *list, const char *name, int64_t value)
{
  struct printed_figure *grown = arena_grow(list->arena, list->at, (size_t)list->count, sizeof *list->at);
  if (grown != NULL) {
    list->at = grown;
    list->at[list->count++] = (struct printed_figure){ name, value };
  }
}

static void put_years(struct list *list, const char *name, const pence *values, int sign)
{
  for (int y = 0; y < list->plan->n_years; y++) {
    char year[8];
    put(list, arena_printf(list->arena, "%s@%s", name, plan_year_label(list->plan, y, year)), sign * values[y]);
  }
}

static void put_totals(struct list *list, const struct result *result)
{
  pence drawn[MAX_YEARS] = { 0 };
  for (int m = 0; m < N_MEASURES; m++) {
    put_years(list, measure_kinds[m].name, result->measure[m], 1);
  }
  for (int r = 0; r < list->plan->n_reserves; r++) {
    for (int y = 0; y < list->plan->n_years; y++) {
      drawn[y] += result->reserve[r].used[y];
    }
  }
  put_years(list, "drawn", drawn, 1);
  for (int d = 0; d < N_DATES; d++) {
    put(list, arena_printf(list->arena, "D%d", d + 1), result->date[d]);
  }
}

static void put_lines_and_savings(struct list *list, const struct result *result)
{
  const struct plan *plan = list->plan;
  for (int l = 0; l < plan->n_lines + N_ENGINE_LINES; l++) {
    const char *id = l < plan->n_lines ? plan->line[l].id : engine_line_kinds[l - plan->n_lines].id;
    put_years(list, arena_printf(list->arena, "line:%s", id), result->line[l].amount,
              printed_sign(plan, l) < 0.0 ? -1 : 1);
  }
  for (int s = 0; s < plan->n_savings; s++) {
    put_years(list, arena_printf(list->arena, "saving:%s.planned", plan->saving[s].id), result->saving[s].planned, 1);
    put_years(list, arena_printf(list->arena, "saving:%s.expected", plan->saving[s].id), result->saving[s].expected, 1);
  }
}

static void put_reserves_and_receipts(struct list *list, const struct result *result)
{
  const struct plan *plan = list->plan;
  for (int r = 0; r < plan->n_reserves; r++) {
    const struct reserve_result *reserve = &result->reserve[r];
    const pence *const rows[] = { reserve->opening, reserve->planned, reserve->used, reserve->surplus,
                                  reserve->closing };
    static const char *const names[] = { "opening", "planned", "used", "surplus", "closing" };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
      put_years(list, arena_printf(list->arena, "reserve:%s.%s", plan->reserve[r].id, names[i]), rows[i], 1);
    }
  }
  for (int r = 0; r < plan->n_receipts; r++) {
    const struct receipt_result *receipt = &result->receipt[r];
    const char *id = plan->receipt[r].id;
    pence applied[MAX_YEARS];
    for (int y = 0; y < plan->n_years; y++) {
      applied[y] = receipt->to_debt[y] + receipt->to_avoid[y] + receipt->flexible[y];
    }
    put_years(list, arena_printf(list->arena, "receipt:%s.received", id), receipt->received, 1);
    put_years(list, arena_printf(list->arena, "receipt:%s.applied", id), applied, 1);
    put_years(list, arena_printf(list->arena, "receipt:%s.to_debt", id), receipt->to_debt, 1);
    put_years(list, arena_printf(list->arena, "receipt:%s.to_avoid", id), receipt->to_avoid, 1);
    put_years(list, arena_printf(list->arena, "receipt:%s.flexible", id), receipt->flexible, 1);
    put(list, arena_printf(list->arena, "receipt:%s.held", id), receipt->held);
  }
}

const struct printed_figure *printed_figures(const struct plan *plan, const struct result *result, struct arena *arena,
                                             int *count)
{
  struct list list = { arena, plan, NULL, 0 };
  put_totals(&list, result);
  put_lines_and_savings(&list, result);
  put_reserves_and_receipts(&list, result);
  *count = list.count;
  return list.at;
}
