/* pick.c: one future of the battery as a scenario of its own, so that each of its figures can be run and explained by
 * itself. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/stress.h"

#include <math.h>
#include <string.h>
#include <strings.h>

/* The use at so many times its change from neutral; settings that are no shocks stay. */
static bool at_severity(const struct plan *plan, const struct use *use, double severity, struct arena *arena,
                        struct use *out)
{
  const size_t years = (size_t)plan->n_years;
  double *value = arena_array(arena, use->plugin->n_params * years + 1, sizeof *value);
  for (uint32_t p = 0; value != NULL && p < use->plugin->n_params; p++) {
    const struct hr_param *param = &use->plugin->param[p];
    for (size_t y = 0; y < years; y++) {
      const double as_written = use->value[p * years + y];
      const bool shock = (param->flags & HR_SEVERITY) != 0 && severity != 1.0;
      value[p * years + y] = shock ? param->neutral + severity * (as_written - param->neutral) : as_written;
    }
  }
  *out = *use;
  out->value = value;
  out->instance = use->plugin->name; /* its number in the battery means nothing here */
  return value != NULL;
}

static enum status single(const struct plan *plan, const struct scenario *of, int use, double severity,
                          const char *label, struct arena *arena, struct scenario *out, struct error *error)
{
  struct use *one = arena_array(arena, 1, sizeof *one);
  if (one == NULL || !at_severity(plan, &of->use[use], severity, arena, one)) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  *out = (struct scenario){ .id = "stress", .label = label, .description = "", .n_uses = 1, .use = one };
  return STATUS_OK;
}

/* NAME or NAME=AMOUNT. */
struct asked {
  const char *name;
  bool has_amount;
  double amount;
};

static enum status take_apart(const char *typed, struct arena *arena, struct asked *out, struct error *error)
{
  const char *equals = strrchr(typed, '=');
  struct decimal amount;
  *out = (struct asked){ typed, false, 0.0 };
  if (equals == NULL) {
    return STATUS_OK;
  }
  const char *wrong = decimal_parse(equals + 1, strlen(equals + 1), DECIMAL_PLAIN, &amount);
  if (wrong != NULL) {
    return error_set(error, STATUS_USAGE,
                     "'%s' %s; write the amount of a stress as a bare number in its own unit, such as 2.03", equals + 1,
                     wrong);
  }
  *out = (struct asked){ arena_strndup(arena, typed, (size_t)(equals - typed)), true, decimal_value(amount) };
  return STATUS_OK;
}

/* ---- savings to find, and combinations ----------------------------------------------------------------- */

static const char savings_from[] = "recurring_savings@", combination_of[] = "combination@";

static bool begins(const char *text, const char *with)
{
  return strncmp(text, with, strlen(with)) == 0;
}

bool battery_pick_needs_run(const char *typed)
{
  return begins(typed, combination_of) || (begins(typed, savings_from) && strchr(typed, '=') == NULL);
}

static enum status pick_savings(const struct battery *battery, const struct stress_result *found,
                                const struct plan *plan, const struct asked *asked, struct arena *arena,
                                struct scenario *out, struct error *error)
{
  const double most = 10000.0; /* millions: more than any council spends */
  char first[8], last[8];
  if (asked->has_amount && fabs(asked->amount) > most) {
    return error_set(error, STATUS_USAGE, "recurring savings are in \xC2\xA3 million a year: \xC2\xA3%.0f is %s=%g",
                     asked->amount, asked->name, asked->amount / 1e6);
  }
  for (int y = 0; battery->delays >= 0 && y < plan->n_years; y++) {
    if (strcmp(asked->name + strlen(savings_from), plan_year_label(plan, y, first)) == 0) {
      const double millions = asked->has_amount ? asked->amount : found->lasting;
      return single(plan, &battery->scenario[battery->delays], y, millions,
                    arena_printf(arena, "Recurring savings of \xC2\xA3%.3fm a year from %s", millions, first), arena,
                    out, error);
    }
  }
  return error_set(error, STATUS_USAGE, "'%s': savings begin in %s to %s", asked->name, plan_year_label(plan, 0, first),
                   plan_year_label(plan, plan->n_years - 1, last));
}

static enum status pick_combination(const struct battery *battery, const struct stress_result *found,
                                    const struct plan *plan, const char *name, struct arena *arena,
                                    struct scenario *out, struct error *error)
{
  const char *date = name + strlen(combination_of);
  const int t = strcasecmp(date, "D1") == 0 ? 0 : strcasecmp(date, "D3") == 0 ? 1 : -1;
  if (t < 0 || battery->moves < 0 || !found->combination[t].found) {
    return error_set(error, STATUS_USAGE,
                     t < 0 ? "there are combination@D1 and combination@D3, and no '%s'"
                           : "no combination was found for '%s': `headroom stress` says why",
                     name);
  }
  const struct scenario *moves = &battery->scenario[battery->moves];
  struct use *uses = arena_array(arena, (size_t)moves->n_uses + 1, sizeof *uses);
  int n = 0;
  for (int u = 0; uses != NULL && u < moves->n_uses; u++) {
    const double severity = found->combination[t].severity[u];
    if (severity != 0.0 && at_severity(plan, &moves->use[u], severity, arena, &uses[n])) {
      uses[n++].instance = battery->move[u].label;
    }
  }
  *out = (struct scenario){ .id = "stress", .description = "", .n_uses = n, .use = uses };
  out->label = arena_printf(arena, "The least unlikely combination that brings %s", t == 0 ? "D1" : "D3");
  return arena->failed ? error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY)) : STATUS_OK;
}

/* ---- by name ------------------------------------------------------------------------------------------- */

static int use_of_saving(const struct battery *battery, const struct plan *plan, const char *id)
{
  for (int u = 0; battery->savings >= 0 && u < battery->scenario[battery->savings].n_uses; u++) {
    if (strcmp(plan->saving[battery->saving[u]].id, id) == 0) {
      return u;
    }
  }
  return -1;
}

static enum status nothing(const struct battery *battery, const char *name, struct arena *arena, struct error *error)
{
  const char **names = arena_array(arena, (size_t)(MOST_PACKS + MOST_MOVES + MOST_PRICES) + 1, sizeof *names);
  int n = 0;
  for (int s = 0; names != NULL && s < battery->n_packs; s++) {
    names[n++] = battery->scenario[s].id;
  }
  for (int u = 0; names != NULL && battery->moves >= 0 && u < battery->scenario[battery->moves].n_uses; u++) {
    names[n++] = battery->move[u].label;
  }
  for (int u = 0; names != NULL && battery->prices >= 0 && u < battery->scenario[battery->prices].n_uses; u++) {
    names[n++] = battery->price[u].label;
  }
  const char *near = names != NULL ? nearest_name(name, names) : NULL;
  return error_set(error, STATUS_USAGE, "no stress of this council is called '%s'%s%s%s", name,
                   near != NULL ? "; did you mean '"
                                : ": it is the id of a pack, a label of the tables that `headroom stress` shows, "
                                  "recurring_savings@YEAR or combination@D3",
                   near != NULL ? near : "", near != NULL ? "'?" : "");
}

enum status battery_pick(const struct battery *battery, const struct stress_result *found, const struct plan *plan,
                         const char *typed, struct arena *arena, struct scenario *out, struct error *error)
{
  struct asked asked;
  const enum status status = take_apart(typed, arena, &asked, error);
  if (status != STATUS_OK) {
    return status;
  }
  if (begins(asked.name, savings_from)) {
    return pick_savings(battery, found, plan, &asked, arena, out, error);
  }
  if (begins(asked.name, combination_of)) {
    return pick_combination(battery, found, plan, asked.name, arena, out, error);
  }
  for (int s = 0; s < battery->n_packs; s++) {
    if (strcmp(battery->scenario[s].id, asked.name) == 0 && !asked.has_amount) {
      *out = battery->scenario[s];
      return STATUS_OK;
    }
  }
  for (int u = 0; battery->moves >= 0 && u < battery->scenario[battery->moves].n_uses; u++) {
    const struct move *move = &battery->move[u];
    if (strcasecmp(move->label, asked.name) == 0) {
      return single(plan, &battery->scenario[battery->moves], u, asked.has_amount ? asked.amount / move->step : 1.0,
                    move->label, arena, out, error);
    }
  }
  for (int u = 0; battery->prices >= 0 && u < battery->scenario[battery->prices].n_uses; u++) {
    if (strcasecmp(battery->price[u].label, asked.name) == 0 && !asked.has_amount) {
      return single(plan, &battery->scenario[battery->prices], u, 1.0, battery->price[u].label, arena, out, error);
    }
  }
  const int saving = strncmp(asked.name, "without:", 8) == 0 ? use_of_saving(battery, plan, asked.name + 8) : -1;
  return saving >= 0 ? single(plan, &battery->scenario[battery->savings], saving, 1.0, arena_strdup(arena, asked.name),
                              arena, out, error)
                     : nothing(battery, asked.name, arena, error);
}
