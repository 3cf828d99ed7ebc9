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
  int n_savings;
};

static void propose_move(struct proposals *proposals, struct row_list *list, const char *label,
                         const struct step_kind *kind, const char *plugin, const char *target, const char *how,
                         double most)
{
  if (proposals->n_moves == MOST_MOVES) {
    proposals->moves_dropped++;
    return;
  }
  const char *instance = numbered(list, proposals->n_moves);
  const bool shift = strcmp(plugin, "shift") == 0;
  if (shift) {
    row_add(list, moves_id, plugin, instance, "input", target);
  }
  row_add(list, moves_id, plugin, instance, shift ? how : target, kind->typed);
  proposals->move[proposals->n_moves++] = (struct move){ .label = label,
                                                         .unit = kind->unit,
                                                         .step = kind->step,
                                                         .grain = kind->grain,
                                                         .most = most,
                                                         .factor = kind->factor,
                                                         .source = kind->source };
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

/* What is not a driver comes first: there are few of them, and a council with very many drivers must not crowd them
 * out. */
static void propose_moves(const struct plan *plan, struct proposals *proposals, struct row_list *list)
{
  enum { MOST_STEPS = 25 };
  for (int m = 0; m < n_fixed_moves; m++) {
    const struct fixed_move *move = &fixed_moves[m];
    propose_move(proposals, list, move->label, &move->kind, move->plugin, move->target, move->how, move->most);
  }
  for (int d = 0; d < plan->n_drivers; d++) {
    if (driver_is_used(plan, d)) {
      const struct driver *driver = &plan->driver[d];
      propose_move(proposals, list, driver->label, step_of_class(driver->class), "shift",
                   arena_printf(list->arena, "driver:%s.value", driver->id), "add", MOST_STEPS);
    }
  }
}

static void propose_prices(struct proposals *proposals, struct row_list *list)
{
  for (int p = 0; p < n_price_kinds && proposals->n_prices < MOST_PRICES; p++) {
    const struct price_kind *kind = &price_kinds[p];
    const char *instance = numbered(list, proposals->n_prices);
    const bool shift = strcmp(kind->plugin, "shift") == 0;
    if (shift) {
      row_add(list, prices_id, kind->plugin, instance, "input", kind->target);
    }
    if (kind->first_year_only) {
      const char *const first[] = { kind->typed };
      row_add_years(list, prices_id, kind->plugin, instance, shift ? kind->how : kind->target, first, 1);
    } else {
      row_add(list, prices_id, kind->plugin, instance, shift ? kind->how : kind->target, kind->typed);
    }
    proposals->price[proposals->n_prices++].label = kind->label;
  }
}

static void propose_savings(const struct plan *plan, struct proposals *proposals, struct row_list *list)
{
  for (int s = 0; s < plan->n_savings && proposals->n_savings < MOST_SAVINGS; s++) {
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
  battery->savings_dropped = plan->n_savings - proposals->n_savings;
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
  if (proposals == NULL || savings_line_add(&folder->plan) != STATUS_OK) {
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
  propose_prices(proposals, &list);
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
