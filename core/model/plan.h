/* plan.h: one council's plan in memory.  The loader fills it, plan_finish derives the rest, then nobody changes it.
 * Its parts are in parts.h; include this.
 *
 * Units: money is pounds (double, whole pence), rates and percentages are fractions (3% is 0.03), years are indices
 * from 0 for the first plan year.  Signs: cost is positive, income and funding negative; the file's own convention ends
 * in the loader.  All strings and arrays live in the plan's arena. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_PLAN_H
#define HEADROOM_PLAN_H

#include "base/base.h"
#include "model/parts.h"

/* ---- the plan --------------------------------------------------------------------------------------- */

enum council_class {
  COUNCIL_UNITARY,
  COUNCIL_COUNTY,
  COUNCIL_DISTRICT,
  COUNCIL_METROPOLITAN,
  COUNCIL_LONDON_BOROUGH,
  COUNCIL_FIRE,
  COUNCIL_OTHER,
  N_COUNCIL_CLASSES
};
extern const char *const council_class_names[N_COUNCIL_CLASSES + 1];

enum minimum_of { MINIMUM_OF_NET_AFTER_SAVINGS, MINIMUM_OF_NET, MINIMUM_OF_FUNDING };
enum minimum_rule { MINIMUM_NONE, MINIMUM_PERCENT, MINIMUM_AMOUNT, MINIMUM_GREATER };

struct plan {
  struct arena *arena;
  const char *folder_id; /* the folder's own name */
  const char *name, *ons_code, *as_at, *default_source;
  enum council_class class;
  int64_t pence_per_unit;    /* 100, 100000 or 100000000: how money cells were read */
  const char *money, *signs; /* as typed */
  int first_year;            /* calendar: 2026 is 2026/27 */
  int n_years;
  bool has_mtfp; /* without it only reserves are shown */
  enum minimum_rule minimum_rule;
  enum minimum_of minimum_of;
  double minimum_percent;
  double minimum_amount[MAX_YEARS];
  struct origin minimum_percent_origin, minimum_amount_origin[MAX_YEARS];
  int surplus_to; /* index of a reserve, or -1 */
  bool collection_at_once;
  bool interest_on_balances;
  int flexible_use_last_year, override_last_year; /* calendar */

  int n_drivers, n_lines, n_savings, n_reserves, n_receipts, n_borrowings, n_controls, n_history;
  struct driver *driver;
  struct line *line;
  struct term term[N_TERMS];
  struct saving *saving;
  const char
      *rag_meaning[N_RAGS]; /* what each colour is in the council's own legend; NULL or "" where it does not say */
  struct reserve *reserve;
  struct receipt *receipt;
  struct borrowing *borrowing;
  struct control *control;
  struct history_row *history;
  double illustrative_share;

  /* derived by plan_finish */
  int *driver_order, *line_order, *saving_order; /* parents before children */
  int *draw;                                     /* reserves in the order of drawing, the General Fund left out */
  int n_draw;
  int *planned_order;                        /* every reserve in the order in which planned uses are met */
  int general_fund;                          /* index, or -1 */
  int council_tax_line, business_rates_line; /* of those forms, or -1 */
  int n_inputs;
  struct input *input;
};

const char *plan_year_label(const struct plan *, int year, char out[8]); /* 0 is "2026/27" */
int plan_line_find(const struct plan *, const char *id);                 /* index or -1; likewise below */
int plan_driver_find(const struct plan *, const char *id);
int plan_saving_find(const struct plan *, const char *id);
int plan_reserve_find(const struct plan *, const char *id);
int plan_receipt_find(const struct plan *, const char *id);
int plan_borrowing_find(const struct plan *, const char *id);

/* ---- inputs: everything that a scenario may change ----------------------------------------------------- */

enum unit { UNIT_GBP, UNIT_FRACTION, UNIT_COUNT, UNIT_MONTHS };

/* field, table and name as addressed, unit, grain of a changed value (0: never rounded), lowest, highest */
#define FIELD_MAP(X)                                                       \
  X(DRIVER_VALUE, "driver", "value", UNIT_FRACTION, 0, -1, 10)             \
  X(LINE_RATE, "line", "rate", UNIT_FRACTION, 0, -1, 10)                   \
  X(LINE_STEP, "line", "step", UNIT_GBP, 1, -9e13, 9e13)                   \
  X(LINE_ONE_OFF, "line", "one_off", UNIT_GBP, 1, -9e13, 9e13)             \
  X(LINE_NUMBER, "line", "number", UNIT_COUNT, 0.01, 0, 9e13)              \
  X(LINE_UNIT_COST, "line", "unit_cost", UNIT_GBP, 0.01, -9e13, 9e13)      \
  X(LINE_PERCENT, "line", "percent", UNIT_FRACTION, 0, -100, 100)          \
  X(TERM_VALUE, "term", "", UNIT_GBP, 1, 0, 9e13)                          \
  X(SAVING_VALUE, "saving", "value", UNIT_GBP, 1, 0, 9e13)                 \
  X(SAVING_DELIVERY, "saving", "delivery", UNIT_FRACTION, 0, 0, 1)         \
  X(SAVING_MONTHS_LATE, "saving", "months_late", UNIT_MONTHS, 0, 0, 120)   \
  X(SAVING_COST, "saving", "cost_to_achieve", UNIT_GBP, 1, 0, 9e13)        \
  X(RESERVE_PLANNED, "reserve", "planned", UNIT_GBP, 1, -9e13, 9e13)       \
  X(RESERVE_FLOOR, "reserve", "floor", UNIT_GBP, 1, 0, 9e13)               \
  X(RECEIPT_AMOUNT, "receipt", "amount", UNIT_GBP, 1, 0, 9e13)             \
  X(RECEIPT_MONTHS_LATE, "receipt", "months_late", UNIT_MONTHS, 0, 0, 120) \
  X(RECEIPT_TO_DEBT, "receipt", "to_debt", UNIT_FRACTION, 0, 0, 1)         \
  X(RECEIPT_TO_AVOID, "receipt", "to_avoid", UNIT_FRACTION, 0, 0, 1)       \
  X(RECEIPT_TO_FLEXIBLE, "receipt", "to_flexible", UNIT_FRACTION, 0, 0, 1) \
  X(BORROWING_AMOUNT, "borrowing", "amount", UNIT_GBP, 1, 0, 9e13)         \
  X(BORROWING_RATE, "borrowing", "rate", UNIT_FRACTION, 0, 0, 1)

enum field {
#define FIELD_NAME(name, table, field, unit, grain, low, high) name,
  FIELD_MAP(FIELD_NAME)
#undef FIELD_NAME
      N_FIELDS
};
struct field_kind {
  const char *table, *name;
  enum unit unit;
  double grain, low, high;
};
extern const struct field_kind field_kinds[N_FIELDS];

struct input {
  enum field field;
  int owner; /* index in its table; a term_id for TERM_VALUE */
  enum unit unit;
  double grain, low, high;
  double plan[MAX_YEARS];                 /* the plan's own value */
  const struct origin *origin[MAX_YEARS]; /* NULL: a default, or 0 where nothing was given */
};

/* "line:E05.number", in the arena. */
const char *input_address(const struct plan *, int input, struct arena *);

/* TABLE:WHICH.FIELD in its parts, in the arena; false when it has not that shape. */
struct address {
  const char *table, *which, *field;
};
bool address_split(const char *, struct arena *, struct address *out);

/* An address, of one input or of many, in the field's words: "Council tax collected", "Savings not yet identified:
 * delivery".  What is no address is said as it stands. */
extern const char *const term_labels[N_TERMS];
void address_words(struct text *, const struct plan *, const char *address);

/* Inputs that match TABLE:WHICH.FIELD, in plan order: WHICH is *, an id, key=value, key!=value or tag=value (format.md
 * section 11). Keys are those of input_text.  Returns NULL and fills the list (in the arena), or says what is wrong in
 * words, such as "no driver has class=pay".  An address that matches nothing is wrong only when `needed`. */
struct input_list {
  int count;
  int *input;
};
const char *inputs_match(const struct plan *, const char *text, bool needed, struct arena *, struct input_list *out);

/* The plan's word on what an input belongs to, by key ("id", "label", "class", "rag", "owner", "recurrence",
 * "certainty"...); NULL when there is none.  "tag" is not a word but a list: use inputs_match. */
const char *input_text(const struct plan *, int input, const char *key);

/* ---- deriving --------------------------------------------------------------------------------------- */

/* Orders, steps, paths, base amounts and the table of inputs.  The loader has made sure that indices are in range and
 * that nothing follows itself. */
enum status plan_finish(struct plan *) MUST_CHECK;

/* Adds a line (zero in every year; what is added to its step stays, what is added to its one_off does not) or a
 * borrowing to the plan for HR_CREATE; ids that exist already are left as they are.  Call before any projection; the
 * plan is finished again. */
enum status plan_add_line(struct plan *, const char *id, const char *label, enum line_class) MUST_CHECK;
enum status plan_add_borrowing(struct plan *, const char *id, const char *label, int life) MUST_CHECK;

#endif
