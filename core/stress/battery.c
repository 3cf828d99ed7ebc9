/* battery.c: the standard battery as scenarios: packs, every move, every price, every saving lost, savings begun in
 * every year. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "stress/steps.h"

#include <string.h>

static const char moves_id[] = "headroom_moves", prices_id[] = "headroom_prices", savings_id[] = "headroom_savings",
                  delays_id[] = "headroom_delays";

static bool own_id(const char *scenario)
{
  return strncmp(scenario, "headroom_", 9) == 0;
}

/* Instances sort as they are numbered, so that a use's place is its number. */
static const char *numbered(struct row_list *list, int n)
{
  return arena_printf(list->arena, "u%03d", n);
}

/* What the tables put forward, before it is known what fits this council. */
struct proposals {
  struct move move[MOST_MOVES];
  int n_moves, moves_dropped;
  struct price price[MOST_PRICES];
  int n_prices;
  int saving[MOST_SAVINGS];
  int n_savings, savings_delivered;
};

static void set_rows(struct row_list *list, const char *scenario, const char *plugin, const char *instance,
                     const struct knob set[MOST_SETTINGS], const char *typed)
{
  for (int i = 0; i < MOST_SETTINGS && set[i].parameter != NULL; i++) {
    row_add(list, scenario, plugin, instance, set[i].parameter, set[i].value != NULL ? set[i].value : typed);
  }
}

static void propose_move(struct proposals *proposals, struct row_list *list, const char *label,
                         const struct step_kind *kind, const char *plugin, const struct knob set[MOST_SETTINGS],
                         double most)
{
  if (proposals->n_moves == MOST_MOVES) {
    proposals->moves_dropped++;
    return;
  }
  set_rows(list, moves_id, plugin, numbered(list, proposals->n_moves), set, kind->typed);
  proposals->move[proposals->n_moves++] = (struct move){ .label = label,
                                                         .unit = kind->unit,
                                                         .step = kind->step,
                                                         .grain = kind->grain,
                                                         .sd = kind->sd,
                                                         .most = most,
                                                         .factor = kind->factor,
                                                         .source = kind->source };
}

static void propose_fixed(struct proposals *proposals, struct row_list *list, const struct fixed_move *move)
{
  propose_move(proposals, list, move->label, &move->kind, move->plugin, move->set, move->most);
}

static bool driver_is_used(const struct plan *plan, int d)
{
  for (int other = 0; other < plan->n_drivers; other++) {
    if (plan->driver[other].follows == d) {
      return true;
    }
  }
  const struct series *all[4];
  for (int l = 0; l < plan->n_lines; l++) {
    const struct line *line = &plan->line[l];
    all[0] = &line->amount, all[1] = &line->number, all[2] = &line->unit_cost, all[3] = &line->percent;
    for (size_t s = 0; s < COUNT_OF(all); s++) {
      for (int i = 0; i < all[s]->n_drivers; i++) {
        if (all[s]->driver[i] == d) {
          return true;
        }
      }
    }
  }
  for (int t = 0; t < N_TERMS; t++) {
    for (int i = 0; i < plan->term[t].series.n_drivers; i++) {
      if (plan->term[t].series.driver[i] == d) {
        return true;
      }
    }
  }
  return false;
}

enum { MOST_STEPS = 25 };

/* A line of the class, in the gap, that only a rate of its own can move. */
static bool is_bare(const struct line *line, enum line_class class)
{
  return line->class == class && line->ring[0] == '\0' && !line_is_driven(line) && line_has_rate(line);
}

static void propose_rate(struct proposals *proposals, struct row_list *list, const char *label,
                         const struct step_kind *kind, const char *which)
{
  const struct knob set[MOST_SETTINGS] = { { "input", arena_printf(list->arena, "line:%s.rate", which) },
                                           { "add", NULL } };
  struct step_kind own = *kind;
  own.sd = 0.0; /* that is a driver's */
  propose_move(proposals, list, label, &own, "shift", set, MOST_STEPS);
}

/* Lines of one class that no driver grows: together where no line of the class has one, else each by itself. */
static void propose_lines_of(const struct plan *plan, struct proposals *proposals, struct row_list *list,
                             enum line_class class)
{
  const struct line_step step = step_of_lines(class);
  int driven = 0, bare = 0;
  for (int l = 0; l < plan->n_lines; l++) {
    driven += plan->line[l].class == class && plan->line[l].ring[0] == '\0' && line_is_driven(&plan->line[l]);
    bare += is_bare(&plan->line[l], class);
  }
  const bool together = driven == 0 && bare > 1;
  if (together && step.label != NULL) {
    propose_rate(proposals, list, step.label, step.kind,
                 arena_printf(list->arena, "class=%s", line_class_names[class]));
  }
  for (int l = 0; l < plan->n_lines && !together && step.label != NULL; l++) {
    if (is_bare(&plan->line[l], class)) {
      propose_rate(proposals, list, plan->line[l].label, step.kind, plan->line[l].id);
    }
  }
}

/* Numbers times unit cost, both as given: each becomes dearer. */
static void propose_units(const struct plan *plan, struct proposals *proposals, struct row_list *list)
{
  static const struct step_kind dearer = { "1%", "%", 1.0, 0.01, 0.0, FACTOR_DEMAND, "judgement" };
  for (int l = 0; l < plan->n_lines; l++) {
    const struct line *line = &plan->line[l];
    if (line->form == FORM_UNITS && line->ring[0] == '\0' && !line_is_driven(line) &&
        step_of_lines(line->class).label != NULL) {
      const struct knob set[MOST_SETTINGS] = { { "slot.lines", line->id }, { "cost", NULL } };
      propose_move(proposals, list, line->label, &dearer, "demand", set, MOST_STEPS);
    }
  }
}

/* What is not a driver comes first: there are few of them, and a council with very many drivers must not crowd them
 * out. */
static void propose_moves(const struct plan *plan, struct proposals *proposals, struct row_list *list)
{
  for (int m = 0; m < n_fixed_moves; m++) {
    propose_fixed(proposals, list, &fixed_moves[m]);
  }
  if (plan->council_tax_line >= 0 && plan->term[TERM_EQUIVALENTS].series.n_drivers == 0 &&
      plan->term[TERM_TAX_BASE].series.n_drivers == 0) {
    propose_fixed(proposals, list, &base_growth_move);
  }
  if (plan->business_rates_line >= 0 && plan->term[TERM_INCOME].series.n_drivers == 0) {
    propose_fixed(proposals, list, &rates_income_move);
  }
  for (int c = 0; c < N_LINE_CLASSES; c++) {
    propose_lines_of(plan, proposals, list, (enum line_class)c);
  }
  for (int d = 0; d < plan->n_drivers; d++) {
    if (driver_is_used(plan, d)) {
      const struct driver *driver = &plan->driver[d];
      const struct knob set[MOST_SETTINGS] = { { "input", arena_printf(list->arena, "driver:%s.value", driver->id) },
                                               { "add", NULL } };
      propose_move(proposals, list, driver->label, step_of_class(driver->class), "shift", set, MOST_STEPS);
    }
  }
  propose_units(plan, proposals, list);
}

static void propose_price(struct proposals *proposals, struct row_list *list, const char *label, const char *plugin,
                          const struct knob set[MOST_SETTINGS])
{
  if (proposals->n_prices < MOST_PRICES) {
    set_rows(list, prices_id, plugin, numbered(list, proposals->n_prices), set, "");
    proposals->price[proposals->n_prices++].label = label;
  }
}

static bool has_tag(const struct line *line, const char *tag)
{
  for (int t = 0; t < line->n_tags; t++) {
    if (strcmp(line->tag[t], tag) == 0) {
      return true;
    }
  }
  return false;
}

/* Lines that count children, as care_demand finds them: those tagged so, or where none is, lines of class care that are
 * not tagged adults. */
static bool counts_children(const struct plan *plan, const struct line *line)
{
  bool any_tagged = false;
  for (int l = 0; l < plan->n_lines; l++) {
    any_tagged |= has_tag(&plan->line[l], "children");
  }
  return line->form == FORM_UNITS &&
         (any_tagged ? has_tag(line, "children") : line->class == LINE_CARE && !has_tag(line, "adults"));
}

/* A child costs what the place costs: residential care where a line is tagged so, else each line by its name. */
static void propose_children(const struct plan *plan, struct proposals *proposals, struct row_list *list)
{
  int residential = 0;
  for (int l = 0; l < plan->n_lines; l++) {
    residential += counts_children(plan, &plan->line[l]) && has_tag(&plan->line[l], "residential");
  }
  for (int l = 0; l < plan->n_lines; l++) {
    const struct line *line = &plan->line[l];
    if (counts_children(plan, line) && (residential == 0 || has_tag(line, "residential"))) {
      const struct knob set[MOST_SETTINGS] = { { "input", arena_printf(list->arena, "line:%s.number", line->id) },
                                               { "add", "1" } };
      propose_price(proposals, list,
                    residential == 1 ? "One more child in residential care"
                                     : arena_printf(list->arena, "One more child: %s", line->label),
                    "shift", set);
    }
  }
}

static void propose_prices(const struct plan *plan, struct proposals *proposals, struct row_list *list)
{
  for (int p = 0; p < n_price_kinds; p++) {
    propose_price(proposals, list, price_kinds[p].label, price_kinds[p].plugin, price_kinds[p].set);
  }
  propose_children(plan, proposals, list);
}

/* What has been delivered is in the base already and is not to be lost. */
static void propose_savings(const struct plan *plan, struct proposals *proposals, struct row_list *list)
{
  for (int s = 0; s < plan->n_savings && proposals->n_savings < MOST_SAVINGS; s++) {
    if (plan->saving[s].rag == RAG_DELIVERED) {
      proposals->savings_delivered++;
      continue;
    }
    const char *instance = numbered(list, proposals->n_savings);
    row_add(list, savings_id, "shift", instance, "input",
            arena_printf(list->arena, "saving:%s.delivery", plan->saving[s].id));
    row_add(list, savings_id, "shift", instance, "add", "-100pp");
    proposals->saving[proposals->n_savings++] = s;
  }
}

/* Severity is then in millions a year. */
static void propose_delays(const struct plan *plan, struct row_list *list)
{
  for (int from = 0; from < plan->n_years; from++) {
    savings_line_rows(plan, list, delays_id, numbered(list, from), from);
  }
}

static int scenario_find(const struct battery *battery, const char *id)
{
  for (int s = 0; s < battery->count; s++) {
    if (strcmp(battery->scenario[s].id, id) == 0) {
      return s;
    }
  }
  return -1;
}

/* Number of the proposal that a use came from. */
static int proposal_of(const struct battery *battery, int scenario, int use)
{
  int n = 0;
  for (const char *at = battery->scenario[scenario].use[use].instance + 1; *at != '\0'; at++) {
    n = n * 10 + (*at - '0');
  }
  return n;
}

static void settle(struct battery *battery, const struct plan *plan, const struct proposals *proposals)
{
  battery->moves_dropped = proposals->moves_dropped;
  battery->savings_dropped = plan->n_savings - proposals->n_savings - proposals->savings_delivered;
  battery->savings_delivered = proposals->savings_delivered;
  battery->moves = scenario_find(battery, moves_id);
  battery->prices = scenario_find(battery, prices_id);
  battery->savings = scenario_find(battery, savings_id);
  battery->delays = scenario_find(battery, delays_id);
  for (int u = 0; battery->moves >= 0 && u < battery->scenario[battery->moves].n_uses; u++) {
    battery->move[u] = proposals->move[proposal_of(battery, battery->moves, u)];
  }
  for (int u = 0; battery->prices >= 0 && u < battery->scenario[battery->prices].n_uses; u++) {
    battery->price[u] = proposals->price[proposal_of(battery, battery->prices, u)];
  }
  for (int u = 0; battery->savings >= 0 && u < battery->scenario[battery->savings].n_uses; u++) {
    battery->saving[u] = proposals->saving[proposal_of(battery, battery->savings, u)];
  }
}

/* What the tables put forward and does not fit is not worth a word: the council has no such thing.  What a pack asks
 * for is. */
static void keep_pack_words(struct battery *battery)
{
  int kept = 0;
  for (int i = 0; i < battery->n_left; i++) {
    if (!own_id(battery->left[i].scenario)) {
      battery->left[kept++] = battery->left[i];
    }
  }
  battery->n_left = kept;
}

enum status battery_build(struct folder *folder, struct registry *registry, const struct row_list *packs,
                          struct battery *battery, struct error *error)
{
  struct row_list list = { .arena = &folder->arena };
  struct proposals *proposals = arena_alloc(&folder->arena, sizeof *proposals);
  *battery = (struct battery){ 0 };
  battery->not_moved = lines_not_moved(&folder->plan, &folder->arena, &battery->n_not_moved);
  if (proposals == NULL || battery->not_moved == NULL || savings_line_add(&folder->plan) != STATUS_OK) {
    return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
  }
  for (int i = 0; i < packs->count; i++) {
    if (own_id(packs->row[i].scenario)) {
      return error_set(error, STATUS_DATA,
                       "%s: scenarios whose names begin with headroom_ are the program's own; call '%s' something else",
                       packs->row[i].place.file, packs->row[i].scenario);
    }
    struct scenario_row *rows = arena_grow(list.arena, list.row, (size_t)list.count, sizeof *rows);
    if (rows == NULL) {
      return error_set(error, STATUS_MEMORY, "%s", status_sentence(STATUS_MEMORY));
    }
    list.row = rows;
    rows[list.count++] = packs->row[i];
  }
  propose_moves(&folder->plan, proposals, &list);
  propose_prices(&folder->plan, proposals, &list);
  propose_savings(&folder->plan, proposals, &list);
  propose_delays(&folder->plan, &list);
  const enum status status =
      rows_build(folder, registry, &list, &battery->scenario, &battery->count, &battery->left, &battery->n_left, error);
  if (status != STATUS_OK) {
    return status;
  }
  settle(battery, &folder->plan, proposals);
  keep_pack_words(battery);
  while (battery->n_packs < battery->count && !own_id(battery->scenario[battery->n_packs].id)) {
    battery->n_packs++;
  }
  return battery->n_packs <= MOST_PACKS
             ? STATUS_OK
             : error_set(error, STATUS_DATA, "the packs hold %d scenarios; at most %d can be run at once",
                         battery->n_packs, (int)MOST_PACKS);
}
