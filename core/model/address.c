/* address.c: which inputs of a plan an address such as saving:rag=amber.delivery means; for scenarios and plugins. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows_named.h"

#include <string.h>

/* WHICH, taken apart. */
struct which {
  bool every, is_list, differs;
  const char *key, *value; /* key "id" when it was a bare id */
};

static bool is(const char *a, const char *b)
{
  return strcmp(a, b) == 0;
}

/* ---- which inputs a row has ---------------------------------------------------------------------------- */

static bool line_has(const struct line *line, enum field field)
{
  switch (field) {
  case LINE_ONE_OFF:
    return true;
  case LINE_NUMBER:
  case LINE_UNIT_COST:
    return line->form == FORM_UNITS;
  case LINE_PERCENT:
    return line->form == FORM_SHARE;
  default:
    return line->recurring && line->form <= FORM_ROLL;
  }
}

/* A term that the folder leaves out may still be moved when its file is in use and a blank row means a value (format.md
 * section 5): rises of 0, collection of 100%, no contributions. */
static bool term_has(const struct plan *plan, enum term_id term)
{
  if (plan->term[term].present) {
    return true;
  }
  switch (term) {
  case TERM_CORE_RISE:
  case TERM_ASC_RISE:
  case TERM_COLLECTION:
  case TERM_CONTRIBUTIONS:
  case TERM_LIMIT:
    return plan->council_tax_line >= 0;
  case TERM_LEVY_RATE:
  case TERM_SAFETY_NET:
  case TERM_SECTION_31:
  case TERM_POOL:
    return plan->business_rates_line >= 0;
  default:
    return false;
  }
}

static bool input_applies(const struct plan *plan, const struct input *input)
{
  switch (table_of(input->field)) {
  case TABLE_LINE:
    return line_has(&plan->line[input->owner], input->field);
  case TABLE_TERM:
    return term_has(plan, (enum term_id)input->owner);
  default:
    return true;
  }
}

/* ---- taking an address apart --------------------------------------------------------------------------- */

bool address_split(const char *text, struct arena *arena, struct address *out)
{
  const char *colon = strchr(text, ':');
  const char *dot = strrchr(text, '.');
  if (colon == NULL || colon == text || dot == NULL || dot < colon + 2 || dot[1] == '\0') {
    return false;
  }
  out->table = arena_strndup(arena, text, (size_t)(colon - text));
  out->which = arena_strndup(arena, colon + 1, (size_t)(dot - colon - 1));
  out->field = arena_strdup(arena, dot + 1);
  return true;
}

static const char *did_you_mean(struct arena *arena, const char *typed, const char *const *names)
{
  const char *nearest = nearest_name(typed, names);
  return nearest == NULL ? "" : arena_printf(arena, "; did you mean '%s'?", nearest);
}

static const char *find_table(const char *name, struct arena *arena, enum table *out)
{
  const char *names[N_TABLES + 1] = { NULL };
  for (int t = 0; t < N_TABLES; t++) {
    names[t] = table_kinds[t].name;
    if (is(name, table_kinds[t].name)) {
      *out = (enum table)t;
      return NULL;
    }
  }
  const char *hint = did_you_mean(arena, name, names);
  if (*hint == '\0') {
    hint = "; there are driver, line, term, saving, reserve, receipt and borrowing";
  }
  return arena_printf(arena, "there is no table '%s'%s", name, hint);
}

static const char *find_field(enum table table, const char *name, struct arena *arena, enum field *out)
{
  const char *names[N_FIELDS + 1] = { NULL };
  struct text all = { 0 };
  int n = 0;
  bool found = false;
  for (int f = 0; f < N_FIELDS && !found; f++) {
    if (table_of((enum field)f) == table) {
      found = is(name, field_kinds[f].name);
      *out = (enum field)f;
      text_printf(&all, "%s%s", n > 0 ? ", " : "", field_kinds[f].name);
      names[n++] = field_kinds[f].name;
    }
  }
  const char *wrong = NULL;
  if (!found) {
    const char *hint = did_you_mean(arena, name, names);
    wrong = arena_printf(arena, "a %s has no '%s'%s", table_kinds[table].name, name,
                         *hint != '\0' ? hint : arena_printf(arena, "; it has %s", text_str(&all)));
  }
  text_fini(&all);
  return wrong;
}

static const char *find_term(const struct address *address, struct arena *arena, int *out)
{
  const char *names[N_TERMS + 1] = { NULL };
  const char *areas[N_TERMS + 1] = { NULL };
  int n = 0;
  for (int t = 0; t < N_TERMS; t++) {
    areas[t] = term_kinds[t].area;
    if (is(term_kinds[t].area, address->which)) {
      names[n++] = term_kinds[t].field;
      if (is(term_kinds[t].field, address->field)) {
        *out = t;
        return NULL;
      }
    }
  }
  if (n == 0) {
    return arena_printf(arena, "there is no term '%s'%s", address->which, did_you_mean(arena, address->which, areas));
  }
  return arena_printf(arena, "%s.csv has no term '%s'%s", address->which, address->field,
                      did_you_mean(arena, address->field, names));
}

static const char *parse_which(enum table table, const char *text, struct arena *arena, struct which *out)
{
  *out = (struct which){ .every = is(text, "*"), .key = "id", .value = text };
  const char *equals = strchr(text, '=');
  if (equals == NULL) {
    return NULL;
  }
  out->differs = equals > text && equals[-1] == '!';
  out->key = arena_strndup(arena, text, (size_t)(equals - text) - (out->differs ? 1 : 0));
  out->value = equals + 1;
  out->is_list = has_name(table_kinds[table].list, out->key);
  if (out->is_list || has_name(table_kinds[table].word, out->key)) {
    return NULL;
  }
  return arena_printf(arena, "%s cannot be told apart by '%s'%s", table_kinds[table].file, out->key,
                      did_you_mean(arena, out->key, table_kinds[table].word));
}

static bool row_matches(struct row row, const struct which *which)
{
  if (which->every) {
    return true;
  }
  if (which->is_list) {
    return row_lists(row, which->key, which->value) != which->differs;
  }
  const char *word = row_word(row, which->key);
  return word != NULL && is(word, which->value) != which->differs;
}

/* ---- what to say when nothing matches ------------------------------------------------------------------ */

/* The words that rows hold in a column, so that a near one can be offered. */
static const char *near_value(const struct plan *plan, enum table table, const struct which *which, struct arena *arena)
{
  const char **names = arena_array(arena, (size_t)plan->n_inputs + 1, sizeof *names);
  if (names == NULL) {
    return "";
  }
  int n = 0;
  for (int i = 0; i < plan->n_inputs; i++) {
    if (table_of(plan->input[i].field) == table) {
      const char *word = row_word((struct row){ plan, table, plan->input[i].owner }, which->key);
      if (word != NULL && *word != '\0' && !is(word, which->value) && (n == 0 || !is(names[n - 1], word))) {
        names[n++] = word;
      }
    }
  }
  return did_you_mean(arena, which->value, names);
}

/* Rows match, though none of them has the field that is wanted. */
static bool any_row(const struct plan *plan, enum table table, const struct which *which)
{
  for (int i = 0; i < plan->n_inputs; i++) {
    if (table_of(plan->input[i].field) == table &&
        row_matches((struct row){ plan, table, plan->input[i].owner }, which)) {
      return true;
    }
  }
  return false;
}

/* Why a line that is there lacks this field. */
static const char *line_lacks(const struct line *line, const char *field, struct arena *arena)
{
  if (!line->recurring) {
    return arena_printf(arena, "line %s has no %s: it is one_off, and only one_off can be moved", line->id, field);
  }
  return arena_printf(arena, "line %s has no %s: its form is %s", line->id, field, line_form_names[line->form]);
}

static const char *nothing_matches(const struct plan *plan, enum table table, enum field field,
                                   const struct which *which, struct arena *arena)
{
  const char *name = table_kinds[table].name;
  if (which->every) {
    return any_row(plan, table, which) ? arena_printf(arena, "no %s of this plan has %s", name, field_kinds[field].name)
                                       : arena_printf(arena, "this plan has no %s", name);
  }
  if (!is(which->key, "id") || which->differs) {
    if (any_row(plan, table, which)) {
      return arena_printf(arena, "no %s with %s%s%s has %s", name, which->key, which->differs ? "!=" : "=",
                          which->value, field_kinds[field].name);
    }
    const char *near = which->is_list || which->differs ? "" : near_value(plan, table, which, arena);
    return arena_printf(arena, "no %s has %s%s%s%s", name, which->key, which->differs ? "!=" : "=", which->value, near);
  }
  int line = table == TABLE_LINE ? plan_line_find(plan, which->value) : -1;
  if (line >= 0) {
    return line_lacks(&plan->line[line], field_kinds[field].name, arena);
  }
  return arena_printf(arena, "there is no %s '%s'%s", name, which->value, near_value(plan, table, which, arena));
}

/* ---- the face ------------------------------------------------------------------------------------------ */

const char *input_address(const struct plan *plan, int input, struct arena *arena)
{
  const struct input *at = &plan->input[input];
  enum table table = table_of(at->field);
  if (table == TABLE_TERM) {
    return arena_printf(arena, "term:%s.%s", term_kinds[at->owner].area, term_kinds[at->owner].field);
  }
  const char *id = row_word((struct row){ plan, table, at->owner }, "id");
  return arena_printf(arena, "%s:%s.%s", table_kinds[table].name, id, field_kinds[at->field].name);
}

static const char *term_match(const struct plan *plan, const struct address *address, bool needed, struct arena *arena,
                              struct input_list *out)
{
  int term = 0;
  const char *wrong = find_term(address, arena, &term);
  if (wrong != NULL) {
    return wrong;
  }
  for (int i = 0; i < plan->n_inputs && term_has(plan, (enum term_id)term); i++) {
    if (plan->input[i].field == TERM_VALUE && plan->input[i].owner == term) {
      out->input[out->count++] = i;
    }
  }
  if (out->count > 0 || !needed) {
    return NULL;
  }
  return arena_printf(arena, "the plan has no %s in %s.csv", address->field, address->which);
}

const char *inputs_match(const struct plan *plan, const char *text, bool needed, struct arena *arena,
                         struct input_list *out)
{
  *out = (struct input_list){ 0, arena_array(arena, (size_t)plan->n_inputs + 1, sizeof *out->input) };
  struct address address;
  enum table table = N_TABLES;
  enum field field = N_FIELDS;
  struct which which;
  if (out->input == NULL) {
    return "memory ran out";
  }
  if (!address_split(text, arena, &address)) {
    return arena_printf(arena, "'%s' is not an address; one looks like line:E05.number or driver:class=pay.value",
                        text);
  }
  const char *wrong = find_table(address.table, arena, &table);
  if (wrong == NULL && table == TABLE_TERM) {
    return term_match(plan, &address, needed, arena, out);
  }
  if (wrong == NULL) {
    wrong = find_field(table, address.field, arena, &field);
  }
  if (wrong == NULL) {
    wrong = parse_which(table, address.which, arena, &which);
  }
  if (wrong != NULL) {
    return wrong;
  }
  for (int i = 0; i < plan->n_inputs; i++) {
    const struct input *input = &plan->input[i];
    if (input->field == field && row_matches((struct row){ plan, table, input->owner }, &which) &&
        input_applies(plan, input)) {
      out->input[out->count++] = i;
    }
  }
  return out->count > 0 || !needed ? NULL : nothing_matches(plan, table, field, &which, arena);
}

const char *input_text(const struct plan *plan, int input, const char *key)
{
  const struct input *at = &plan->input[input];
  const char *word = row_word((struct row){ plan, table_of(at->field), at->owner }, key);
  return word != NULL && *word != '\0' ? word : NULL;
}
