/* stress.h: what breaks the plan: packs, sensitivities, prices, reverse stress, combinations, savings, deadlines,
 * goal-seek and bridges; the face of core/stress.  Everything is computed by running scenarios for many futures in the
 * host's lab: no second model.
 *
 * Severities are in steps: 1 is the step of the table in steps.c, or the scenario as written. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_STRESS_H
#define HEADROOM_STRESS_H

#include "host/host.h"

/* ---- tests: what counts as failing --------------------------------------------------------------------- */

enum comparison { AT_MOST, AT_LEAST };

/* A date in or before a year, or a measure at a year held against an amount. */
struct test {
  bool is_date;
  enum date date;
  enum measure measure;
  enum comparison comparison;
  pence amount;
  int year; /* index; of a date: in or before it */
};
bool test_met(const struct test *, const struct summary *);
/* The same of each lane of the batch that a trial has just run: met[lane]. */
void test_lanes(const struct test *, const struct trial *, int n_lanes, bool *met);
/* "D3", "D3<=2028/29", "gap@2030/31<=0", "usable_closing@2027/28>=5m".  False: *wrong says why, in words, in the arena.
 */
bool test_parse(const struct plan *, const char *text, struct arena *, struct test *out, const char **wrong);
/* "the first unfunded gap in or before 2028/29" */
void test_words(struct text *, const struct plan *, const struct test *);

/* ---- rows: scenarios made here rather than read from a file -------------------------------------------- */

struct row_list {
  struct arena *arena;
  struct scenario_row *row;
  int count;
};
void row_add(struct row_list *, const char *scenario, const char *plugin, const char *instance, const char *parameter,
             const char *value);
/* The same with one value a year; NULL or "" is the parameter's neutral. */
void row_add_years(struct row_list *, const char *scenario, const char *plugin, const char *instance,
                   const char *parameter, const char *const *values, int n_years);

/* A line for recurring savings yet to find, 0 in every year; and the rows that take a million a year off it from a year
 * on. */
enum status savings_line_add(struct plan *) MUST_CHECK;
void savings_line_rows(const struct plan *, struct row_list *, const char *scenario, const char *instance, int from);

/* A use that could not be applied to this council, or one parameter of a use that was, and why. */
struct left_out {
  const char *scenario, *instance, *plugin, *parameter, *reason; /* parameter: NULL for the whole use */
};

/* Rows as scenarios, bound to the plan, in the order of their first rows.  Uses that find nothing in this council to
 * change are left out and told; a scenario with nothing left has no uses.  STATUS_DATA: rows are wrong in themselves,
 * and the findings say how. */
enum status rows_build(struct folder *, struct registry *, const struct row_list *, struct scenario **out, int *count,
                       struct left_out **left, int *n_left, struct error *) MUST_CHECK;

/* ---- the search for a boundary: search.c --------------------------------------------------------------- */

enum boundary_kind {
  BOUNDARY_FOUND,
  BOUNDARY_NEVER,      /* even the most does not change the answer */
  BOUNDARY_NOT_STEADY, /* the answer changes back again on the way: both sides of the first change are given */
};

/* The two neighbours, a grain apart, between which the test changes. */
struct boundary {
  enum boundary_kind kind;
  bool met_at_0;        /* the test is met with nothing changed */
  bool held;            /* of BOUNDARY_NEVER: at the most that was tried the engine held an input at a limit */
  double before, after; /* severities */
  struct summary at_before, at_after;
};
/* severity[use] = start[use] + k x grain x direction[use], for k x grain from 0 to `most`.  start NULL: 0 for all.
 * The trial is open for TRIAL_LANES. */
bool boundary_find(struct trial *, int n_uses, const double *start, const double *direction, double most, double grain,
                   const struct test *, struct boundary *out) MUST_CHECK;

/* ---- the battery: battery.c, steps.c ------------------------------------------------------------------- */

enum { MOST_MOVES = 48, MOST_PACKS = 96, MOST_IDLE = 1024, MOST_PRICES = 24, MOST_SAVINGS = 256, N_REVERSE = 2 };

/* Common factors (domain: within one, moves go together; across, hardly). */
enum factor { FACTOR_INFLATION, FACTOR_RECESSION, FACTOR_DEMAND, FACTOR_CAPACITY, FACTOR_POLICY, N_FACTORS };
extern const double correlation_within, correlation_across;

/* One input moved by a stated step from the first year on. */
struct move {
  const char *label;  /* "Pay award" */
  const char *unit;   /* "pp", "%", "months" */
  double step;        /* in that unit, signed as it is typed */
  double grain, most; /* in steps */
  double sd;          /* of a year's departure as presets draw it, in that unit; 0: they have none */
  enum factor factor;
  const char *source;
};
struct price {
  const char *label;
};

/* What `stress` runs. */
struct battery {
  struct scenario *scenario;
  int count;
  int n_packs; /* scenarios 0 to n_packs - 1 */
  int moves, prices, savings,
      delays; /* scenarios in which each use is a move, a price, a saving lost, a start year; -1: none */
  struct move move[MOST_MOVES]; /* by use */
  struct price price[MOST_PRICES];
  int saving[MOST_SAVINGS];           /* index of the plan's saving, by use */
  int moves_dropped, savings_dropped; /* beyond MOST_MOVES and MOST_SAVINGS */
  int savings_delivered;              /* in the base already, and so left out of `saving` */
  int *not_moved, n_not_moved;        /* lines of the plan that no move reaches */
  struct left_out *left;
  int n_left;
};
enum status battery_build(struct folder *, struct registry *, const struct row_list *packs, struct battery *,
                          struct error *) MUST_CHECK;
struct reverse {
  struct boundary boundary;
  double sign; /* +1: the step's own direction; -1: against it, where the plan already fails */
  bool known;  /* false: this council cannot have that date, or the move takes no part, and there is no boundary */
  bool stuck;  /* against the step nothing moves at all: what is on time cannot be early */
};
struct move_result {
  double worse;                      /* +1 or -1: the direction that costs */
  struct summary up;                 /* one step in that direction */
  struct reverse reverse[N_REVERSE]; /* D1, D3 */
};
struct combination {
  bool found;
  double distance;             /* in correlated standard units */
  double severity[MOST_MOVES]; /* of each move, in steps */
  struct summary at;
};
struct delay_result {
  struct boundary needed[N_REVERSE]; /* recurring savings from that year that avoid D1, D3; severity in £ million */
  struct summary same;               /* lasting savings of stress_result.lasting a year, begun in this one */
};
/* A parameter that a pack asks for and that finds nothing to change, while others of its use do. */
struct idle_parameter {
  int pack, use;
  uint32_t param;
};
/* Flat: lives in memory that the worker shares. */
struct stress_result {
  struct summary plan;
  struct summary pack[MOST_PACKS];
  char pack_skip[MOST_PACKS][480];       /* uses that took no part, and why */
  int pack_part[MOST_PACKS];             /* uses that did */
  struct idle_parameter idle[MOST_IDLE]; /* by pack, use and parameter */
  int n_idle;
  struct move_result move[MOST_MOVES];
  struct summary price[MOST_PRICES];
  struct summary without[MOST_SAVINGS];
  struct combination combination[N_REVERSE];
  struct delay_result delay[MAX_YEARS];
  double lasting; /* £ million a year: what closes the last year's structural gap, or avoids D1 and D3 if begun in the
                     first year, if more */
  long projections;
};
/* Called in the worker, as it goes from part to part. */
struct stress_progress {
  void (*step)(void *ctx, const char *doing, int done, int of);
  void *ctx; /* from shared_alloc, where the caller is to see what step does to it */
};
/* NULL after error_set.  Free with shared_free(result, sizeof *result).  Progress may be NULL. */
struct stress_result *battery_run(const struct plan *, const struct battery *, const struct stress_progress *,
                                  const struct run_options *, struct error *);

/* One future of the battery as a scenario of its own: a pack by its id, a move or a price by its label, a move at
 * another amount in its own unit ("Pay award=2.03"), a saving left out ("without:S2"), savings to find of so many
 * million a year from a year on ("recurring_savings@2027/28=2.9"); and of what was found, lasting savings begun in a
 * year ("recurring_savings@2027/28") and the combinations ("combination@D3").  STATUS_USAGE, with the nearest name,
 * when there is none: pick.c. */
enum status battery_pick(const struct battery *, const struct stress_result *found, const struct plan *,
                         const char *typed, struct arena *, struct scenario *out, struct error *) MUST_CHECK;
/* Whether a future of that name has to be found first; otherwise `found` may be NULL. */
bool battery_pick_needs_run(const char *typed);

/* ---- the least unlikely combination: combine.c --------------------------------------------------------- */

/* The point nearest to the plan, in correlated standard units, at which the date comes within the plan. */
bool combination_find(struct trial *, const struct move *, const double *worse, int n_moves, int n_uses, int n_years,
                      enum date, struct combination *out) MUST_CHECK;

/* ---- goal-seek: solve.c -------------------------------------------------------------------------------- */

struct solved {
  struct boundary boundary;
  double value_before, value_after; /* of the parameter, in its own unit */
  bool has_other;                   /* nothing in either direction changes the answer: the other end of the range */
  double value_other;
  struct summary at_other;
  bool other_held;
  const struct hr_param *param;    /* its unit and range */
  const struct scenario *scenario; /* what was run: the base and what was sought */
  const char *base;                /* the id of the base; "" for the plan */
  double sign;
};
/* find: PLUGIN.PARAMETER, which stands in the scenario `base` ("" for the plan) as --set would put it there, or
 * recurring_savings@YEAR, on top of it. */
/* grain: a step as typed ("0.05", "0.05pp", "£500"), or NULL for the parameter's own. */
enum status solve(struct folder *, struct registry *, const char *find, const struct test *, const char *base,
                  const char *grain, const struct run_options *, struct solved *out, struct error *) MUST_CHECK;

/* ---- the bridge: bridge.c, diff.c, mix.c, groups.c, align.c, shapley.c --------------------------------- */

enum { MOST_EXACT = 12, MOST_PARTS = 40, ORDERS_SAMPLED = 256 };

/* From one future to another: parts in pence that add up to the difference exactly, whatever the order (Shapley).  Up
 * to MOST_EXACT parts every subset is run; beyond, ORDERS_SAMPLED orders are drawn, and each part has a standard error.
 */
enum part_kind { PART_ADDED, PART_REMOVED, PART_CHANGED };
struct bridge {
  int n_parts;
  enum part_kind kind[MOST_PARTS]; /* a use that only `to` has, that only `from` has, or that both have otherwise */
  const char *part[MOST_PARTS];    /* instances, or groups of inputs */
  const char *note[MOST_PARTS];    /* what it holds, or why it does nothing here; "" for nothing to say */
  bool sampled;
  struct summary from, to;
  pence share[MOST_PARTS][N_MEASURES][MAX_YEARS];
  double error[MOST_PARTS][N_MEASURES][MAX_YEARS]; /* standard error in pence; 0 when exact */
  int32_t date_alone[MOST_PARTS][N_DATES];         /* the dates when that part alone is added to `from` */
  int32_t date_without[MOST_PARTS][N_DATES];       /* and when it alone is left out of `to` */
};
/* Between two scenarios of the folder; "" or "baseline" is the plan.  What one leaves out that the other holds is a
 * part, named by its instance; what stands in both with other settings is one part that swaps. */
enum status bridge_find(struct folder *, struct registry *, const char *from, const char *to,
                        const struct run_options *, struct bridge *bridge, struct error *) MUST_CHECK;
/* The same between scenarios already built; NULL is the plan. */
enum status bridge_between(struct folder *, const struct scenario *from, const struct scenario *to,
                           const struct run_options *, struct bridge *bridge, struct error *) MUST_CHECK;
/* From one to each of several, in one worker: out[count]. */
enum status bridges_between(struct folder *, const struct scenario *from, const struct scenario *const *to, int count,
                            const struct run_options *, struct bridge *bridge, struct error *) MUST_CHECK;
/* Fills shares, errors and dates: outcome[] as bridge_lanes orders the subsets.  The parts are named by the caller. */
int bridge_lanes(int n_parts);                      /* how many subsets are to be run */
void bridge_subsets(int n_parts, uint64_t *subset); /* which: bit i is part i */
enum status bridge_settle(struct bridge *, int n_years, const struct summary *outcome) MUST_CHECK;

/* What changed from one folder to another of the same council: groups of inputs, each with its old or its new rows. */
struct plan_diff {
  struct plan plan; /* the new plan in the years that both share */
  struct bridge bridge;
  bool coarse; /* groups were joined, as there were more than MOST_EXACT */
  int n_idle;
  const char *idle[MOST_PARTS]; /* groups whose rows differ without an effect on any figure */
};
/* In the new folder's arena.  STATUS_DATA: the two cannot be held against each other. */
enum status plan_diff(struct folder *old, struct folder *new, struct plan_diff *diff, struct error *) MUST_CHECK;

/* Shapley values of 2^n outcomes, exactly: numerators over n! in 128 bits, odd pence to the largest remainders, ties by
 * index. */
void shapley(int n, const pence *outcome, pence *share);
/* Orders of n things, from a counter: an odd number is the order before it, backwards. */
void order_draw(int n, uint64_t seed, uint64_t number, int *order);
/* The same from a sample of orders, in pairs of an order and its reverse.  outcome[order * (n + 1) + k]: the first k of
 * the order are in.  The parts add up exactly; error[] are standard errors of the pairs' means. */
void shapley_sampled(int n, int n_orders, const int *order, const pence *outcome, pence *share, double *error);

#endif
