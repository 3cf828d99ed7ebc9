/* compile.h: from a plan and the changes of its scenarios to formulas that compute it again; inside
 * core/report/workbook only.
 *
 * Block 0 is the plan; block s is a scenario.  On the sheets that show every scenario, block s has its own columns, one
 * a year, and a quantity has one row, so that one quantity's formulas stand side by side.  Money is shown in printed
 * sign: cost +, income -, funding +. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_WORKBOOK_COMPILE_H
#define HEADROOM_WORKBOOK_COMPILE_H

#include "host/host.h"
#include "report/workbook/book.h"

enum { NO_ROW = -1 };
enum { FIRST_COLUMN = 3 };               /* of figures: label, id and unit stand before them */
enum { INPUT_BASE = 5, INPUT_YEAR = 6 }; /* columns of Inputs: the year before or a single value, then the years */
enum { LABEL_ROW = 2, YEAR_ROW = 3 };    /* the two header rows of every sheet of figures */

/* What makes a half in decimals a half in binary, as the engine has it (round_units). */
#define HAIR "0.000001"

/* One future: the plan itself, or a scenario with its changes put together, each [input * n_years + year]. */
struct block {
  const char *id, *label;
  const struct result *result;
  const double *scale, *add;
  const bool *scaled, *added; /* [input]: in some year */
  const bool *touched;        /* [input]: a use may write it, whether or not it did */
  const char **by;            /* [input]: the uses that change it, "" where none is told */
};

/* A yellow cell, or one that could be: what Trace says of it. */
struct traced {
  struct spot at;
  const char *what;
  double value;
  const struct origin *origin; /* NULL: a default */
  const char *by;              /* of a scenario's change: whose it is; else NULL */
};

/* Where a series stands.  A row that is NO_ROW is not needed. */
struct series_rows {
  const struct series *series;
  double sign; /* to printed sign */
  int input;   /* Inputs */
  int level;   /* Steps: changes put together, for lines printed as changes */
  int base;    /* Steps: the base where it is inferred */
  int step;    /* Steps */
  int carried; /* Lines */
  int line;    /* whose rate and step changes are in it, or -1 */
};

struct line_rows {
  struct series_rows amount, number, unit_cost, percent;
  int one_off; /* Inputs */
  int share;   /* Lines: the sum that a share is of */
  int amount_row;
};

struct saving_rows {
  int full_year, cells, delivery, cost; /* Inputs */
  int value;                            /* Steps */
  int late, delivered, planned, expected;
};

struct receipt_rows {
  int amount, to_debt, to_avoid, to_flexible, life, rate; /* Inputs */
  int ladder, mrp, interest, early;                       /* Steps */
  int arrived, received, debt, avoid, pot, flexible, relief, held;
};

struct borrowing_rows {
  int amount, rate, old_rate, life; /* Inputs */
  int ladder, early_ladder;         /* Receipts and Steps: powers of 1 + rate */
  int cost;
};

struct reserve_rows {
  int opening_input, floor; /* Inputs */
  int *planned;             /* Inputs, by movement */
  /* Reserves: on the plan's own movements, then on the run's balances */
  struct roll {
    int paid_in, outside, back, revenue, after;
  } shadow, real;
  int opening, moved, above, below, used, surplus, closing, shortfall;
};

struct input_state {
  bool changed;               /* by some scenario */
  int times, plus, effective; /* Changes */
};

/* What an audit compares: a row of figures with the engine's own, in pence. */
struct audited {
  enum sheet sheet;
  int row;
  double sign;
  const pence *(*of)(const struct result *, int item);
  int item;
};

struct compiler {
  struct book *book;
  const struct plan *plan;
  int n_years, n_blocks;
  const struct block *block;
  struct input_state *input;
  struct line_rows *line; /* the engine's own after the plan's: amount_row only */
  struct series_rows term[N_TERMS];
  int *driver_input, *driver_cap, *driver_collar, *driver_rate;
  struct saving_rows *saving;
  struct receipt_rows *receipt;
  struct borrowing_rows *borrowing;
  struct reserve_rows *reserve;
  int minimum_percent, minimum_amount;                       /* Inputs */
  int core_held, asc_held, allowed, band_d_held, budgeted;   /* Lines */
  int rates_local, rates_before_net;                         /* Lines */
  int qualifying;                                            /* Receipts */
  int shadow_missing, real_missing, deficit;                 /* Reserves */
  int line_one_off, measure[N_MEASURES], date_flag[N_DATES]; /* Model */
  int first_cost, last_cost, first_funding, last_funding, first_capitalised, last_capitalised;
  struct traced *traced;
  int n_traced;
  int last_cell_check, last_check, first_rise_check; /* Checks; the last NO_ROW without council tax */
  struct audited *audited;
  int n_audited;
};

/* compile.c */
int blocks_column(const struct compiler *, int block, int year);
struct spot in_block(const struct compiler *, enum sheet, int row, int block, int year);
const char *block_ref(struct compiler *, enum sheet, int row, int block, int year);
int figure_row(struct compiler *, enum sheet, const char *label, const char *id, const char *unit);
void group_row(struct compiler *, enum sheet, const char *label);
void audit_row(struct compiler *, enum sheet, int row, double sign, const pence *(*of)(const struct result *, int),
               int item);
double printed(const struct plan *, int line); /* what makes cost-positive the printed sign */
void trace_add(struct compiler *, struct traced);
/* ROUND(x) to the pound as the engine rounds: sign_of says what gives x its sign; NULL: x itself; "" for never below 0.
 */
const char *rounded(struct compiler *, const char *x, const char *sign_of);
const char *rounded_hundredths(struct compiler *, const char *x, const char *sign_of);

/* inputs.c: the sheet Inputs, and Steps as far as they are the plan's alone */
void inputs_declare(struct compiler *);
const char *input_cell(struct compiler *, int row, int year); /* year -1: the base or single value */
/* changes.c: the sheet Changes */
void changes_declare(struct compiler *);
/* An input in a block: `path` where no scenario changes it, else its cell on Changes, which is written the first time.
 */
const char *changed_value(struct compiler *, int input, int block, int year, const char *path);
/* growth.c: drivers and series */
void growth_declare(struct compiler *);
void drivers_compile(struct compiler *, int block, int year);
void series_declare(struct compiler *, struct series_rows *, const char *label, const char *id, const char *unit,
                    bool always);
void series_compile(struct compiler *, struct series_rows *, enum look, int block, int year);
/* The value of the year before any change of that year alone; year -1: the base. */
const char *series_value(struct compiler *, struct series_rows *, int block, int year);
const char *driver_rate(struct compiler *, int driver, int block, int year);
/* lines.c, funding.c */
void lines_declare(struct compiler *);
void lines_compile(struct compiler *, int block, int year);
const char *line_input(struct compiler *, int line, enum field, int block, int year);
void funding_declare(struct compiler *);
const char *term_label(int term);
const char *term_value(struct compiler *, enum term_id, int block, int year);
const char *council_tax_formula(struct compiler *, int block, int year);
const char *business_rates_formula(struct compiler *, int block, int year);
const char *collection_formula(struct compiler *, int block, int year);
void terms_compile(struct compiler *, int block, int year);
/* savings.c, capital.c, borrowing.c, totals.c, reserves.c, balances.c */
void savings_declare(struct compiler *);
void savings_compile(struct compiler *, int block, int year);
void capital_declare(struct compiler *);
void capital_compile(struct compiler *, int block, int year);
const char *saving_cost(struct compiler *, int saving, int block, int year);
void borrowing_declare(struct compiler *);
const char *borrowing_formula(struct compiler *, int block, int year);
void totals_declare(struct compiler *);
void totals_compile(struct compiler *, int block, int year);
void outcome_compile(struct compiler *, int block, int year); /* once reserves have closed */
void dates_compile(struct compiler *, int block, int year);
void measure_put(struct compiler *, enum measure, int block, int year, const char *formula);
const char *measure_ref(struct compiler *, enum measure, int block, int year);
void reserves_declare(struct compiler *);
void reserves_compile(struct compiler *, int block, int year);
const char *reserve_planned(struct compiler *, int reserve, int movement, int block, int year);
const char *reserve_floor(struct compiler *, int reserve, int block, int year);
const char *contributions_formula(struct compiler *, int block, int year);
const char *usable_sum(struct compiler *, int block, int year);
const char *deficit_sum(struct compiler *, int block, int year);
const char *exposure_formula(struct compiler *, int block, int year);
const char *balances_formula(struct compiler *, enum engine_line, int block, int year);

#endif
