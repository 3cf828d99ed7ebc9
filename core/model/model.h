/* model.h: from a plan and changes to its inputs, to gap and reserves; the face of core/model.
 *
 * A run is a batch of lanes: rows of doubles [series][year][lane].  A plain run is a batch of one.  Every lane rounds
 * as the plain run does.  A projection holds one batch and is used by one thread; the plan is shared and never written.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_MODEL_H
#define HEADROOM_MODEL_H

#include "model/plan.h"

/* ---- measures: the rows of the result, one for the council as a whole ---------------------------------- */

/* name, name in JSON and controls, meaning.  needs: 'm' means that it is null without mtfp.csv */
#define MEASURE_MAP(X)                                                                                   \
  X(NET_BUDGET, "net_budget", 'm', "Net budget requirement, before new savings and any use of reserves") \
  X(FUNDING, "funding", 'm', "Funding before any use of reserves")                                       \
  X(GAP_BEFORE_SAVINGS, "gap_before_savings", 'm', "Gap before savings (cumulative)")                    \
  X(SAVINGS_PLANNED, "savings_planned", 'm', "Savings planned")                                          \
  X(SAVINGS_EXPECTED, "savings_expected", 'm', "Savings expected to be delivered")                       \
  X(NET_AFTER_SAVINGS, "net_budget_after_savings", 'm', "Net budget after identified savings")           \
  X(UNIDENTIFIED, "unidentified", 'm', "Unidentified savings that the council counts")                   \
  X(GAP_BEFORE_UNIDENTIFIED, "gap_before_unidentified", 'm', "Gap before unidentified savings")          \
  X(CAPITALISED, "capitalised", 'm', "Flexible use of receipts and capitalised cost")                    \
  X(GAP_BEFORE_CAPITALISED, "gap_before_capitalised", 'm', "Gap before capitalised funding")             \
  X(GAP, "gap", 'm', "Gap after savings (cumulative)")                                                   \
  X(GAP_ANNUAL, "gap_annual", 'm', "Annual change in the gap")                                           \
  X(GAP_STRUCTURAL, "gap_structural", 'm', "Structural gap, one-off items left out")                     \
  X(PLANNED_USE, "planned_use", 'm', "Planned use of reserves, on the plan's own movements")             \
  X(GAP_AFTER_PLANNED_USE, "gap_after_planned_use", 'm', "Gap after the planned use of reserves")        \
  X(GAP_AFTER_PLANNED_USE_ANNUAL, "gap_after_planned_use_annual", 'm', "Its annual change")              \
  X(MINIMUM, "minimum", 'r', "The council's own minimum for the General Fund")                           \
  X(USED_BELOW_MINIMUM, "used_below_minimum", 'r', "General Fund used below the minimum")                \
  X(UNFUNDED, "unfunded", 'm', "Unfunded gap")                                                           \
  X(USABLE_CLOSING, "usable_closing", 'r', "Usable revenue reserves at 31 March")                        \
  X(GENERAL_FUND_CLOSING, "general_fund_closing", 'r', "General Fund at 31 March")                       \
  X(DSG_EXPOSURE, "dsg_exposure", 'r', "DSG deficit that would fall on the council")

enum measure {
#define MEASURE_NAME(name, json, needs, meaning) M_##name,
  MEASURE_MAP(MEASURE_NAME)
#undef MEASURE_NAME
      N_MEASURES
};
struct measure_kind {
  const char *name, *meaning;
  bool needs_mtfp;
};
extern const struct measure_kind measure_kinds[N_MEASURES];
int measure_find(const char *name); /* or -1 */

/* Lines that the engine adds to the plan's own; their ids have a dot, so that no folder can hold one. */
#define ENGINE_LINE_MAP(X)                                                                              \
  X(CONTRIBUTIONS, "headroom.contributions", "Contributions to reserves", LINE_OTHER)                   \
  X(COST_TO_ACHIEVE, "headroom.cost_to_achieve", "Cost to achieve savings", LINE_OTHER)                 \
  X(RECEIPTS, "headroom.receipts", "MRP and interest saved by capital receipts", LINE_MRP)              \
  X(BORROWING, "headroom.borrowing", "MRP and interest on borrowing", LINE_MRP)                         \
  X(BALANCES, "headroom.balances", "Interest on balances", LINE_INTEREST)                               \
  X(DSG_CARRYING, "headroom.dsg_carrying", "Cost of carrying the DSG deficit", LINE_INTEREST)           \
  X(COLLECTION, "headroom.collection", "Collection shortfall of the year before", LINE_COLLECTION_FUND) \
  X(FLEXIBLE_USE, "headroom.flexible_use", "Flexible use of capital receipts", LINE_CAPITALISED)

enum engine_line {
#define ENGINE_LINE_NAME(name, id, label, class) ENGINE_##name,
  ENGINE_LINE_MAP(ENGINE_LINE_NAME)
#undef ENGINE_LINE_NAME
      N_ENGINE_LINES
};
struct engine_line_kind {
  const char *id, *label;
  enum line_class class;
};
extern const struct engine_line_kind engine_line_kinds[N_ENGINE_LINES];

/* ---- changes: what plugins did, put together ----------------------------------------------------------- */

/* input = clamp(plan x scale + add), lane by lane.  Rows of `stride` doubles; NULL: 1 and 0.  Indexed [input * n_years
 * + year]. */
struct changes {
  const double **scale, **add;
};

/* ---- projection: one batch -------------------------------------------------------------------------- */

struct projection;

/* touched[input]: some lane may change it; the rest is computed once and shared.  Lanes are rounded up to a multiple of
 * 8 (the stride). */
enum status projection_new(const struct plan *, const bool *touched, int max_lanes, struct projection **out) MUST_CHECK;
void projection_free(struct projection *);
int projection_stride(const struct projection *);

/* Years 0..n-1 in order.  A year may be computed again before the next is: it depends on the years before it alone. */
void projection_year(struct projection *, const struct changes *, int n_lanes, int year);

/* Whether an input of the first lane was held at a limit, in some year of the last batch. */
bool projection_holds(const struct projection *);

/* From the next batch on these inputs alone differ from batch to batch and from lane to lane: what follows from the
 * others stands as the last batch, of all lanes, left it.  Changes of the others are still to be handed in. */
void projection_settle(struct projection *, const bool *still);

/* From the next batch on a saving's own rows need not be kept: its delivery as an input, and what it is expected to
 * bring; nor a receipt's months late in a year in which none of it is due.  Unless all measures are read, those of the
 * gap from which nothing else follows (before savings, structural, after planned use and the like) are not kept either.
 */
void projection_totals_only(struct projection *, bool all_measures);

/* Rows of the result, valid for years computed; never NULL.  item: index in the plan's own table. */
const double *projection_measure(const struct projection *, enum measure, int year);
const double *projection_line(const struct projection *, int item,
                              int year); /* n_lines + engine_line for the engine's own */
const double *projection_input(const struct projection *, int input, int year); /* the plan's value, changes made */
const double *projection_reserve_closing(const struct projection *, int reserve, int year);

/* The workings between inputs and results, for whoever explains a figure: rows as above. */
enum working {
  WORKING_RATE,    /* of a driver, held to cap and collar */
  WORKING_CARRIED, /* of a line: what the next year starts from */
  WORKING_NUMBER,
  WORKING_UNIT_COST,
  WORKING_PERCENT, /* of a line: what the next year grows from */
  WORKING_TERM,    /* of a term, likewise */
  WORKING_PLANNED,
  WORKING_EXPECTED,
  WORKING_LATE,
  WORKING_DELIVERED, /* of a saving, with what it depends on */
  WORKING_ARRIVED,
  WORKING_TO_DEBT,
  WORKING_TO_AVOID,
  WORKING_FLEXIBLE,
  WORKING_POT,
  WORKING_RELIEF, /* of a receipt */
  WORKING_COST,   /* of a borrowing */
  WORKING_OPENING,
  WORKING_MOVED,
  WORKING_USED,
  WORKING_SURPLUS,
  WORKING_CLOSING,
  WORKING_SHADOW, /* of a reserve */
  WORKING_MISSED,
  WORKING_SHADOW_MISSED, /* of a reserve: moves in that did not come out of another */
  N_WORKINGS
};
const double *projection_working(const struct projection *, enum working, int item, int year);

/* ---- result: one lane in the ledger, to be printed ----------------------------------------------------- */

enum date { DATE_BELOW_MINIMUM, DATE_USABLE_EXHAUSTED, DATE_FIRST_UNFUNDED, DATE_EXPOSED_TO_DSG, N_DATES };
extern const char *const date_names[N_DATES + 1];       /* "below_minimum"... */
bool date_can_be_known(const struct plan *, enum date); /* from what the folder holds */
/* Has it come, in each lane of the batch, with this year's closing figures?  Never, where the folder cannot answer.
 * out: a byte a lane, up to the stride. */
void projection_date(const struct projection *, enum date, int year, uint8_t *out);
enum { DATE_NOT_IN_HORIZON = -1, DATE_UNKNOWN = -2 }; /* otherwise a year index */

struct line_result {
  pence amount[MAX_YEARS]; /* cost-positive */
};
struct saving_result {
  pence planned[MAX_YEARS], expected[MAX_YEARS];
};
struct reserve_result {
  /* closing = opening + planned + surplus - used */
  pence opening[MAX_YEARS], planned[MAX_YEARS], used[MAX_YEARS], surplus[MAX_YEARS], closing[MAX_YEARS];
  pence planned_short[MAX_YEARS]; /* of a planned use: money that an earlier unplanned draw had taken */
};
struct receipt_result {
  pence received[MAX_YEARS];
  pence to_debt[MAX_YEARS], to_avoid[MAX_YEARS], flexible[MAX_YEARS]; /* applied in the year */
  pence held;                                                         /* not applied by the end */
};

/* Flat: made by result_new in memory that a worker process may share.  lines has n_lines + N_ENGINE_LINES items. */
struct result {
  int n_years, n_lines, n_savings, n_reserves, n_receipts;
  bool has_mtfp;
  pence measure[N_MEASURES][MAX_YEARS];
  int date[N_DATES];
  pence flexible_excess[MAX_YEARS]; /* meant for flexible use, beyond qualifying cost or date: held */
  pence ring_cost[MAX_YEARS];       /* of rings that sum to a cost */
  int32_t *clamped;                 /* per input: years in which the engine held it at a limit */
  struct line_result *line;
  struct saving_result *saving;
  struct reserve_result *reserve;
  struct receipt_result *receipt;
};
size_t result_size(const struct plan *);
struct result *result_init(void *block, const struct plan *); /* block: result_size bytes, aligned to 16 */
/* Every value passes the door to pence; false when one is not finite. */
bool result_from_lane(struct result *, const struct projection *, int lane);

/* The same for searches over many lanes: the council's own measures and dates, and nothing else. */
struct summary {
  pence measure[N_MEASURES][MAX_YEARS];
  int32_t date[N_DATES];
};
bool summary_from_lane(struct summary *, const struct projection *, int lane);
/* Could every lane of the batch be summed up so?  For whoever asks for few of them. */
bool projection_in_range(const struct projection *);

/* The plan itself: the whole run without changes. */
enum status plan_project(const struct plan *, struct result *) MUST_CHECK;

/* The collection rate that a budget stands on, where a shortfall goes through the collection fund: the plan's own, and
 * what the year before was off it already, as far as that lasts. */
static inline double collection_budgeted(double planned, double now, double planned_before, double before)
{
  const double off = now - planned, known = before - planned_before;
  if ((off < 0.0) != (known < 0.0)) {
    return planned;
  }
  return (off < 0.0 ? off >= known : off <= known) ? now : planned + known;
}

/* The base year, where the folder gives it: net budget, funding and their difference, cost-positive. */
struct base_year {
  bool known;
  pence net_budget, funding, gap;
};
struct base_year plan_base_year(const struct plan *);

#endif
