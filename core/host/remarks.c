/* remarks.c: what a scenario has to say besides its figures, so that nothing it asks for is silently not done.
 *
 * (1) A use that changes no input is told, with what it looks for and this plan has not; so is a parameter that finds
 * nothing to change while others of its use do (idle.c).
 * (2) So is an input that the engine held at a limit: what was asked of it was not all done.
 * (3) Of planned uses of reserves, flexible use and rings, what falls short of the plan's own falls short of the
 * scenario's doing, and is told with its GBP; what falls short in the plan itself is a finding on the data. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/stage.h"

#include <string.h>

struct remarks {
  struct findings *findings;
  const struct plan *plan;
  const struct result *plan_result;
  const struct scenario *scenario;
  const struct outcome *outcome;
};

static struct finding *remark(const struct remarks *r, enum code code, struct place place, const char *words)
{
  struct finding *finding = finding_add(r->findings, code, place, "%s", words);
  finding->scenario = r->scenario->id;
  return finding;
}

/* ---- what is missing ------------------------------------------------------------------------------------ */

/* "no driver of class care", "no line tagged energy", "no collection in council_tax.csv". */
static void say_missing(struct text *out, const struct address *at, const char *which)
{
  if (strcmp(at->table, "term") == 0) {
    text_printf(out, "no %s in %s.csv", at->field, which);
  } else if (strcmp(which, "*") == 0) {
    text_printf(out, "no %s", at->table);
  } else if (strncmp(which, "tag=", 4) == 0) {
    text_printf(out, "no %s tagged %s", at->table, which + 4);
  } else if (strncmp(which, "class=", 6) == 0 || strncmp(which, "kind=", 5) == 0) {
    text_printf(out, "no %s of %.*s %s", at->table, (int)(strchr(which, '=') - which), which, strchr(which, '=') + 1);
  } else {
    text_printf(out, "no %s %s", at->table, which);
  }
}

void missing_words(struct text *out, const struct use *use, uint32_t slot)
{
  struct arena arena;
  struct address at;
  arena_init(&arena, NULL);
  if (address_split(use->plugin->slot[slot].address, &arena, &at)) {
    say_missing(out, &at, use->rebind[slot] != NULL ? use->rebind[slot] : at.which);
  }
  arena_fini(&arena);
}

static bool finds_none(const struct plan *plan, const struct scenario *scenario, const struct binding *binding)
{
  for (uint32_t k = 0; k < binding->count; k++) {
    if (!input_is_elsewhere(plan, scenario, binding->item[k])) {
      return false;
    }
  }
  return true;
}

/* Whether a file lists one of these loans, which then is of nothing. */
static bool is_listed(const struct plan *plan, const struct binding *binding)
{
  for (uint32_t k = 0; k < binding->count; k++) {
    const struct input *input = &plan->input[binding->item[k]];
    if (input->field == BORROWING_RATE && plan->borrowing[input->owner].place.file != NULL) {
      return true;
    }
  }
  return false;
}

/* A parameter and a slot of one id go together. */
void idle_reason(struct text *out, const struct plan *plan, const struct scenario *scenario, const struct use *use,
                 uint32_t param)
{
  for (uint32_t s = 0; s < use->plugin->n_slots; s++) {
    const struct hr_slot *slot = &use->plugin->slot[s];
    if (slot->access != HR_READ && strcmp(slot->id, use->plugin->param[param].id) == 0 &&
        finds_none(plan, scenario, &use->binding[s])) {
      text_add(out, "the plan has ");
      missing_words(out, use, s);
      text_add(out, is_listed(plan, &use->binding[s]) ? " of any amount" : "");
      return;
    }
  }
  text_printf(out, "nothing that it acts on comes within this plan, and `headroom plugin show %s` says what that is",
              use->plugin->name);
}

/* ---- rule 1 -------------------------------------------------------------------------------------------- */

static bool changes_something(const struct remarks *r, int use)
{
  for (int c = 0; c < r->outcome->n_changes; c++) {
    const struct change *change = &r->outcome->change[c];
    if (change->use == use && !input_is_elsewhere(r->plan, r->scenario, change->input)) {
      return true;
    }
  }
  return false;
}

/* What the use would write to and finds nothing under: "line:tag=rsg, line:tag=named_grant". */
static const char *looked_for(const struct remarks *r, const struct use *use)
{
  struct text words = { 0 };
  for (uint32_t s = 0; s < use->plugin->n_slots; s++) {
    const struct hr_slot *slot = &use->plugin->slot[s];
    const char *dot = strrchr(slot->address, '.');
    const char *where = arena_strndup(r->findings->arena, slot->address,
                                      dot != NULL ? (size_t)(dot - slot->address) : strlen(slot->address));
    if (slot->access != HR_READ && use->binding[s].count == 0 && strstr(text_str(&words), where) == NULL) {
      text_printf(&words, "%s%s", text_str(&words)[0] != '\0' ? ", " : "", where);
    }
  }
  const char *kept = arena_printf(r->findings->arena, "%s", text_str(&words));
  text_fini(&words);
  return kept;
}

static void tell_idle_parameter(const struct remarks *r, int u, uint32_t p)
{
  const struct use *use = &r->scenario->use[u];
  const struct hr_param *param = &use->plugin->param[p];
  struct text words = { 0 };
  idle_reason(&words, r->plan, r->scenario, use, p);
  struct finding *finding = remark(r, CODE_PARAMETER_IDLE, *use->named[p],
                                   arena_printf(r->findings->arena, "%s of %s (%s) changes nothing in this plan",
                                                param->id, use->instance, param->label));
  finding_help(r->findings, finding, "%s", text_str(&words));
  text_fini(&words);
}

bool use_acts_by_chance(const struct use *use)
{
  for (uint32_t s = 0; s < use->plugin->n_slots; s++) {
    if (use->binding[s].kind == BIND_NOISE && use->binding[s].count > 0) {
      return true;
    }
  }
  return false;
}

static void tell_idle(const struct remarks *r, int u)
{
  const struct use *use = &r->scenario->use[u];
  if (r->outcome->skip[u].text[0] != '\0' || use->plugin->has_policy || changes_something(r, u)) {
    return;
  }
  struct finding *finding = remark(r, CODE_USE_IDLE, use->place,
                                   arena_printf(r->findings->arena, "%s changes nothing in this plan", use->instance));
  const char *missing = looked_for(r, use);
  if (use_is_neutral(r->plan, use)) {
    finding_help(r->findings, finding, "each of its parameters is at the value that changes nothing");
  } else if (use_acts_by_chance(use)) {
    finding_help(r->findings, finding, "it may act by chance, and only `headroom simulate` draws any");
  } else if (missing[0] != '\0') {
    finding_help(r->findings, finding,
                 "this plan has nothing under %s: `headroom plugin show %s` says what each is for", missing,
                 use->plugin->name);
  } else {
    finding_help(r->findings, finding, "`headroom plugin show %s` says what each of its parameters acts on",
                 use->plugin->name);
  }
}

/* ---- rule 2 -------------------------------------------------------------------------------------------- */

static bool is_rise(const struct plan *plan, int input)
{
  return input == plan->term[TERM_CORE_RISE].input || input == plan->term[TERM_ASC_RISE].input ||
         input == plan->term[TERM_BAND_D].input;
}

static void tell_held(const struct remarks *r, int input)
{
  const int years = r->outcome->result->clamped[input];
  if (years == 0) {
    return;
  }
  const bool rise = is_rise(r->plan, input);
  struct finding *finding =
      remark(r, CODE_CLAMPED, (struct place){ 0 },
             arena_printf(r->findings->arena, "%s was held at %s in %d year%s",
                          input_address(r->plan, input, r->findings->arena),
                          rise ? "the rise that needs no referendum" : "its limit", years, years == 1 ? "" : "s"));
  if (rise) {
    finding_help(r->findings, finding, "limit and limit_gbp of council_tax.csv say what that is");
  }
}

/* ---- rule 3 -------------------------------------------------------------------------------------------- */

static struct finding *lack(const struct remarks *r, enum code code, pence amount, const char *words)
{
  struct finding *finding = remark(r, code, (struct place){ 0 }, words);
  finding_amount(finding, amount);
  return finding;
}

static const char *money(const struct remarks *r, pence amount)
{
  struct text words = { 0 };
  text_money_short(&words, amount);
  const char *kept = arena_printf(r->findings->arena, "%s", text_str(&words));
  text_fini(&words);
  return kept;
}

/* The first year in which the scenario's amount is more than the plan's own, or -1. */
static int first_more(const struct remarks *r, const pence *amount, const pence *own)
{
  for (int y = 0; y < r->plan->n_years; y++) {
    if (amount[y] > own[y]) {
      return y;
    }
  }
  return -1;
}

static void tell_planned_short(const struct remarks *r, int reserve)
{
  const pence *lacks = r->outcome->result->reserve[reserve].planned_short;
  const pence *lacked = r->plan_result->reserve[reserve].planned_short;
  const int y = first_more(r, lacks, lacked);
  if (y < 0) {
    return;
  }
  char year[8];
  struct finding *finding = lack(
      r, CODE_RUN_PLANNED_SHORT, lacks[y] - lacked[y],
      arena_printf(r->findings->arena,
                   "of what is planned from reserve '%s', %s, in %s, %s is gone: the gap of an earlier year took it",
                   r->plan->reserve[reserve].id, r->plan->reserve[reserve].label, plan_year_label(r->plan, y, year),
                   money(r, lacks[y] - lacked[y])));
  finding_label(r->findings, finding, "planned reserve use still shows the plan's own movements");
}

static void tell_flexible_excess(const struct remarks *r)
{
  const int last = r->plan->n_years - 1;
  const pence more = r->outcome->result->flexible_excess[last] - r->plan_result->flexible_excess[last];
  if (more <= 0) {
    return;
  }
  struct finding *finding = lack(r, CODE_RUN_FLEXIBLE_EXCESS, more,
                                 arena_printf(r->findings->arena,
                                              "%s more is meant for flexible use than savings with a cost met by "
                                              "receipts may take",
                                              money(r, more)));
  finding_label(r->findings, finding, "it is held, and closes no gap");
}

static void tell_ring_costs(const struct remarks *r)
{
  const pence *cost = r->outcome->result->ring_cost, *own = r->plan_result->ring_cost;
  const int first = first_more(r, cost, own);
  if (first < 0) {
    return;
  }
  pence most = 0;
  for (int y = first; y < r->plan->n_years; y++) {
    most = cost[y] - own[y] > most ? cost[y] - own[y] : most;
  }
  char year[8];
  struct finding *finding = lack(
      r, CODE_RUN_RING_COSTS, most,
      arena_printf(r->findings->arena,
                   "what stands in a ring, outside the gap, costs more than it brings from %s on, by up to %s a year",
                   plan_year_label(r->plan, first, year), money(r, most)));
  finding_label(r->findings, finding, "the General Fund would have to meet it, and no total holds it");
}

void scenario_remarks(struct findings *findings, const struct plan *plan, const struct result *plan_result,
                      const struct scenario *scenario, const struct outcome *outcome)
{
  const struct remarks r = { findings, plan, plan_result, scenario, outcome };
  for (int u = 0; u < scenario->n_uses; u++) {
    tell_idle(&r, u);
    for (uint32_t p = 0; p < scenario->use[u].plugin->n_params; p++) {
      if ((outcome->skip[u].idle >> p & 1) != 0) {
        tell_idle_parameter(&r, u, p);
      }
    }
  }
  for (int input = 0; input < plan->n_inputs; input++) {
    tell_held(&r, input);
  }
  for (int reserve = 0; reserve < plan->n_reserves; reserve++) {
    tell_planned_short(&r, reserve);
  }
  tell_flexible_excess(&r);
  tell_ring_costs(&r);
}
