/* parts.h: what a plan is made of: series, drivers, lines, terms, savings, reserves, capital, controls.  Its face is
 * plan.h, which says the units and the signs, and includes this. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_PARTS_H
#define HEADROOM_PARTS_H

#include "base/base.h"

enum { MAX_YEARS = 10 };

/* ---- where a figure is from ---------------------------------------------------------------------------- */

enum basis { BASIS_NONE, BASIS_PUBLISHED, BASIS_DERIVED, BASIS_ILLUSTRATIVE };

struct origin {
  const char *file; /* NULL: nowhere, a default */
  int line, column;
  enum basis basis;
  const char *source; /* "" when none was given */
};

/* ---- series: a value a year, given or grown ------------------------------------------------------------ */

/* carried[t] = R(carried[t-1] x product of (1 + driver rate)) + step[t], carried[-1] = base; R to `grain`, and not at
 * all when nothing grows.  A filled year has its step derived so that the plan's own value comes back exactly. */
struct series {
  int n_drivers;
  const int *driver;      /* indices of plan->driver, multiplied */
  bool filled[MAX_YEARS]; /* cell holds a value (for a line of form roll or change: a step) */
  double cell[MAX_YEARS];
  bool has_base;
  bool base_inferred; /* worked out from the first amount, as the file gives none */
  double base;
  double grain; /* 1 pounds, 0.01 hundredths, 0 never rounded */
  struct origin origin[MAX_YEARS], base_origin;
  /* derived by plan_finish */
  double step[MAX_YEARS];
  double path[MAX_YEARS]; /* the plan's own value */
};

/* ---- drivers ------------------------------------------------------------------------------------------- */

enum driver_class {
  DRIVER_PAY,
  DRIVER_PRICE,
  DRIVER_CONTRACT,
  DRIVER_CARE,
  DRIVER_DEMAND,
  DRIVER_UNIT_COST,
  DRIVER_INCOME,
  DRIVER_LEVY,
  DRIVER_TAX_BASE,
  DRIVER_RATES,
  DRIVER_INTEREST,
  DRIVER_OTHER,
  N_DRIVER_CLASSES
};
extern const char *const driver_class_names[N_DRIVER_CLASSES + 1]; /* "pay"...; NULL ends it */

struct driver {
  const char *id, *label;
  enum driver_class class;
  int follows; /* index of another driver, or -1 */
  bool has_cap, has_collar;
  double cap, collar;
  double points[MAX_YEARS]; /* own cells: the rate, or points on top of the one it follows */
  struct origin origin[MAX_YEARS], cap_origin, collar_origin;
  struct place place; /* its row */
  int input;
};

/* ---- lines --------------------------------------------------------------------------------------------- */

enum line_class {
  LINE_PAY,
  LINE_CONTRACT,
  LINE_CARE,
  LINE_DEMAND,
  LINE_OTHER,
  LINE_LEVY,
  LINE_MRP,
  LINE_INTEREST,
  LINE_CONTINGENCY,
  LINE_PRESSURE,
  LINE_INCOME,
  LINE_COUNCIL_TAX,
  LINE_BUSINESS_RATES,
  LINE_GRANT,
  LINE_COLLECTION_FUND,
  LINE_OTHER_FUNDING,
  LINE_CAPITALISED,
  N_LINE_CLASSES
};
extern const char *const line_class_names[N_LINE_CLASSES + 1];
static inline bool class_is_cost(enum line_class c)
{
  return c < LINE_INCOME;
}
static inline bool class_is_funding(enum line_class c)
{
  return c >= LINE_COUNCIL_TAX && c <= LINE_OTHER_FUNDING;
}

enum line_form {
  FORM_LEVEL,
  FORM_CHANGE,
  FORM_ROLL,
  FORM_UNITS,
  FORM_SHARE,
  FORM_COUNCIL_TAX,
  FORM_BUSINESS_RATES,
  N_LINE_FORMS
};
extern const char *const line_form_names[N_LINE_FORMS + 1];

struct line {
  const char *id, *label;
  enum line_class class;
  enum line_form form;
  bool recurring;
  bool from_changes;               /* printed as changes that accumulate; held as the levels that they come to */
  double sign;                     /* what the file's figure is multiplied by to become cost-positive: 1 or -1 */
  struct series amount;            /* the recurring part: level, change and roll.  Empty for a one_off line */
  struct series one_off;           /* this year only; for a one_off line, all of it.  Unfilled years are 0 */
  struct series number, unit_cost; /* form units; unit_cost in cost-positive sign */
  struct series percent;           /* form share, a fraction */
  int n_of;
  const int *of;    /* form share: indices of lines */
  int last_year;    /* index of the last year paid, -1 before the first; MAX_YEARS: no end */
  const char *ring; /* "" or the ring that it stands in, outside N, F and the gap */
  bool is_saving;   /* a cost below 0 that is no part of N: it lowers the gap as expected savings do */
  int n_tags;
  const char *const *tag;
  enum basis basis[MAX_YEARS];               /* of the weakest figure behind the amount; set once the folder is read */
  bool published[MAX_YEARS], base_published; /* forms units, share, council_tax, business_rates: a figure to meet */
  double published_amount[MAX_YEARS], base_published_amount;
  struct place place;
  int input; /* LINE_RATE of this line; the other fields of a line follow it */
  /* derived by plan_finish */
  bool has_base_amount;
  double base_amount; /* the base year's amount, cost-positive */
};

/* ---- terms of council tax, business rates, high needs, treasury ------------------------------------- */

/* name, area, field as addressed, unit: G pounds, H pounds and pence, E hundredths of a count, P a fraction */
#define TERM_MAP(X)                                                   \
  X(TERM_BAND_D, "council_tax", "band_d", 'H')                        \
  X(TERM_CORE_RISE, "council_tax", "core_rise", 'P')                  \
  X(TERM_ASC_RISE, "council_tax", "asc_rise", 'P')                    \
  X(TERM_EQUIVALENTS, "council_tax", "equivalents", 'E')              \
  X(TERM_TAX_BASE, "council_tax", "tax_base", 'E')                    \
  X(TERM_COLLECTION, "council_tax", "collection", 'P')                \
  X(TERM_CONTRIBUTIONS, "council_tax", "contributions", 'E')          \
  X(TERM_LIMIT, "council_tax", "limit", 'P')                          \
  X(TERM_LIMIT_GBP, "council_tax", "limit_gbp", 'H')                  \
  X(TERM_INCOME, "business_rates", "income", 'G')                     \
  X(TERM_LOCAL_SHARE, "business_rates", "local_share", 'P')           \
  X(TERM_BASELINE, "business_rates", "baseline", 'G')                 \
  X(TERM_BASELINE_FUNDING, "business_rates", "baseline_funding", 'G') \
  X(TERM_LEVY_RATE, "business_rates", "levy_rate", 'P')               \
  X(TERM_SAFETY_NET, "business_rates", "safety_net", 'P')             \
  X(TERM_SECTION_31, "business_rates", "section_31", 'G')             \
  X(TERM_POOL, "business_rates", "pool", 'G')                         \
  X(TERM_GRANT_SHARE, "high_needs", "grant_share", 'P')               \
  X(TERM_ELIGIBLE_SHARE, "high_needs", "eligible_share", 'P')         \
  X(TERM_CARRYING_RATE, "high_needs", "carrying_rate", 'P')           \
  X(TERM_BALANCES_RATE, "treasury", "balances_rate", 'P')             \
  X(TERM_VARIABLE_DEBT, "treasury", "variable_debt", 'G')             \
  X(TERM_CFR, "treasury", "cfr", 'G')                                 \
  X(TERM_DEBT, "treasury", "debt", 'G')

enum term_id {
#define TERM_NAME(name, area, field, unit) name,
  TERM_MAP(TERM_NAME)
#undef TERM_NAME
      N_TERMS
};
struct term_kind {
  const char *area, *field;
  char unit;
};
extern const struct term_kind term_kinds[N_TERMS];

/* A term that the folder does not give is absent; its series then holds what format.md says for a blank. */
struct term {
  bool present;
  struct series series;
  struct place place;
  int input;
};

/* ---- savings ------------------------------------------------------------------------------------------- */

enum rag { RAG_NONE, RAG_DELIVERED, RAG_GREEN, RAG_AMBER, RAG_RED, RAG_UNIDENTIFIED, N_RAGS };
extern const char *const rag_names[N_RAGS + 1]; /* "" first */

/* What a saving's year cells hold.  PHASED_AS_GIVEN: the value itself; PHASED_FROM_START: no cells, a month to start
 * in. */
enum phasing { PHASED_AS_GIVEN, PERCENT_IN_PLACE, PERCENT_NEW, AMOUNT_IN_PLACE, AMOUNT_NEW, PHASED_FROM_START };

enum cost_funding { COST_REVENUE, COST_LINE, COST_RESERVE, COST_RECEIPTS };

struct saving {
  const char *id, *label, *owner, *maturity;
  int line; /* index, or -1 */
  bool recurring;
  bool may_vanish; /* its note says why it ends, so it may fall to nothing */
  enum rag rag;
  double value[MAX_YEARS];    /* in effect that year, before delivery, a positive size */
  enum phasing phasing;       /* how value follows from the cells */
  double cell[MAX_YEARS];     /* a fraction of full_year, or pounds; from a start, the part of the year */
  double full_year;           /* of percentages and of a start */
  double delivery[MAX_YEARS]; /* fraction, given that what it depends on delivers; the same every year unless changed */
  bool has_cost;
  double cost[MAX_YEARS]; /* cost to achieve, positive */
  enum cost_funding cost_funding;
  int cost_from; /* index of the line or reserve, or -1 */
  int n_depends;
  const int *depends; /* indices of savings */
  int n_stands_on;    /* derived by plan_finish: every saving along the chain, each once */
  const int *stands_on;
  struct origin origin[MAX_YEARS], full_year_origin, delivery_origin, cost_origin[MAX_YEARS];
  struct place place;
  int input; /* SAVING_VALUE; the other fields follow */
};

/* ---- reserves ------------------------------------------------------------------------------------------ */

enum reserve_class {
  RESERVE_GENERAL_FUND,
  RESERVE_SMOOTHING,
  RESERVE_IN_EXTREMIS,
  RESERVE_COMMITTED,
  RESERVE_RING_FENCED,
  RESERVE_CAPITAL,
  RESERVE_UNUSABLE,
  RESERVE_DSG,
  N_RESERVE_CLASSES
};
extern const char *const reserve_class_names[N_RESERVE_CLASSES + 1];
static inline bool class_is_usable(enum reserve_class c)
{
  return c <= RESERVE_IN_EXTREMIS;
}

/* One row of planned movements: + into, - out of the reserve. */
struct movement {
  bool for_revenue;      /* a use pays for the gap, a contribution is a cost; otherwise it only moves the balance */
  int contribution_line; /* the line that already holds the contribution, or -1 */
  double planned[MAX_YEARS];
  struct origin origin[MAX_YEARS];
};

struct reserve {
  const char *id, *label;
  enum reserve_class class;
  double opening;
  int draw_order; /* 0: not drawn (the General Fund is drawn last) */
  double floor;
  int n_movements; /* at least 1: the first is the main row, which addresses reach */
  struct movement *movement;
  struct origin opening_origin, floor_origin;
  struct place place;
  int input; /* RESERVE_PLANNED, then RESERVE_FLOOR */
};

/* ---- capital ------------------------------------------------------------------------------------------- */

enum repayment { REPAY_STRAIGHT, REPAY_ANNUITY };
enum interest_kind { INTEREST_LEVEL, INTEREST_REDUCING };

struct receipt {
  const char *id, *asset, *certainty;
  int year;                              /* index; -1 or less: before the first plan year */
  double amount;                         /* net of disposal costs */
  bool eligible;                         /* may be used flexibly */
  double to_debt, to_avoid, to_flexible; /* fractions, together at most 1 */
  int life;
  double rate;
  enum repayment method;
  enum interest_kind interest;
  bool in_plan; /* the published MRP and interest lines hold its effect: only departures count */
  struct origin amount_origin, debt_origin, avoid_origin, flexible_origin, life_origin, rate_origin;
  struct place place;
  int input; /* RECEIPT_AMOUNT; the others follow */
};

enum borrowing_kind { BORROWING_NEW, BORROWING_REFINANCE, BORROWING_VARIABLE };

struct borrowing {
  const char *id, *label;
  enum borrowing_kind kind;
  int year;
  double amount, rate, old_rate;
  int life;
  enum repayment method;
  enum interest_kind interest;
  bool in_plan;
  struct origin amount_origin, rate_origin, old_rate_origin, life_origin;
  struct place place;
  int input; /* BORROWING_AMOUNT, then BORROWING_RATE */
};

/* ---- controls and history ------------------------------------------------------------------------------ */

/* A published total.  what: a measure's name, "line:ID.amount", "reserve:ID.opening" or "reserve:ID.closing", as typed.
 */
struct control {
  const char *what;
  pence tolerance;
  bool report; /* on_difference: report instead of refuse */
  bool filled[MAX_YEARS], base_filled;
  pence cell[MAX_YEARS], base_cell; /* for line: in cost-positive sign */
  struct place place[MAX_YEARS], base_place;
  const char *source;
};

struct history_row {
  const char *measure;
  int n;
  const int *year; /* calendar: 2010 is 2010/11 */
  const double *amount;
  struct place place;
};

#endif
