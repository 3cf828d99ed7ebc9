/* rows.h: one batch of lanes while it is projected; inside core/model only.
 *
 * Every row holds p->stride doubles once it is wide.  What no lane can change was computed when the projection was made
 * and is never computed again: `varies` flags say what must be.  Each step of a year is in the file named beside it,
 * and is compiled once for each level of instructions: its loops run over whole eights of lanes, each lane by itself.
 */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_ROWS_H
#define HEADROOM_ROWS_H

#include "model/finish.h"
#include "model/model.h"

struct projection;
typedef void year_steps(struct projection *, int year);

/* Rows of one kind, by [item * n_years + year].  The first pass fills narrow ones, of eight lanes that agree; a row is
 * made as wide as the batch when somebody first asks for it, and only those that vary, or stand beside some that do,
 * ever are. */
struct rows {
  double *narrow;
  double **wide; /* NULL: nobody has asked */
  int items;
};

enum { TOTAL_NET, TOTAL_FUNDING, TOTAL_CAPITALISED, TOTAL_SAVINGS, N_TOTALS };

/* What some lane can change; in the first pass, everything. */
struct varies {
  bool *driver, *line, *saving, *receipt, *borrowing; /* by index */
  bool *value;    /* of a saving: what it is worth, when it starts, or those that it depends on */
  bool *alone;    /* of a saving: only its delivery varies, and no other depends on it or it on another */
  bool *pot;      /* of a receipt: it may hold money for flexible use */
  bool *reserve;  /* anything but the plan's own movements can reach it */
  bool *moves;    /* [reserve * n_years + year]: it has a planned movement that year, or may have */
  bool *moves_in; /* [year]: some reserve has */
  bool shadow;    /* some reserve has, in some year */
  bool term[N_TERMS], engine[N_ENGINE_LINES];
  struct items { /* lines, the engine's own after the plan's */
    int *at, count;
  } in_total[N_TOTALS], gone; /* that enter a total; that have something one-off */
  bool council_tax, band_d, business_rates, planned, unidentified, dsg, minimum;
};

struct projection {
  const struct plan *plan;
  const struct changes *changes; /* of the call in progress; NULL while the plan itself is computed */
  bool *touched;                 /* per input: it may change from batch to batch, or from lane to lane */
  bool *reached;                 /* per input: it may not be the plan's */
  bool all;                      /* the first pass: everything is computed */
  struct varies varies;
  int n_years, stride;
  size_t pitch; /* from row to row: a cache line more than the stride, so that rows do not crowd each other out */
  int eights;   /* of lanes, in the batch in progress */
  bool totals_only, gap_alone; /* projection_totals_only; gap_alone: without other measures of the gap */
  bool in_pence; /* some amount may not be whole pounds, so that sums have to be brought back to the penny */
  year_steps *year;
  void *memory, *wide_memory;
  size_t *n_wide; /* rows of it that have been asked for */

  struct rows input;                      /* the final value of each input */
  struct rows rate;                       /* drivers: held to cap and collar */
  struct rows carried;                    /* lines: the recurring amount that the next year starts from */
  struct rows number, unit_cost, percent; /* lines: what the next year grows from, before a change of that year alone */
  struct rows term;                       /* likewise */
  struct rows line;                       /* amounts, cost-positive; the engine's own after the plan's */
  struct rows planned, expected, late, delivered;             /* savings; the last two with what they depend on */
  struct rows years_late;                                     /* receipts: months late, in years */
  struct rows arrived;                                        /* receipts: money received by the end of the year */
  struct rows debt, avoid, flexible;                          /* receipts: applied in the year */
  struct rows pot;                                            /* receipts: meant for flexible use and not yet used */
  struct rows relief;                                         /* receipts: MRP and interest saved */
  struct rows cost;                                           /* borrowings: MRP and interest */
  struct rows opening, moved, used, surplus, closing, shadow; /* reserves */
  struct rows taken, shortfall;      /* planned uses of a reserve, and what of them was no longer there */
  struct rows missed, shadow_missed; /* moves into a reserve that did not come out of another, on the run's balances and
                                        the plan's own */
  struct rows measure;
  double *scratch; /* N_SCRATCH rows, private to one step */
  double *zeros, *ones;
  const double **list; /* room for every row that one total has */
  struct rows excess;  /* one item: flexible pot not used */

  /* Sums over what no lane can change, by year: the totals start from them. */
  struct fixed {
    double net_budget, funding, capitalised, one_off, planned, expected, unidentified;
  } fixed[MAX_YEARS];

  int *first_due;   /* of a receipt: before this year nothing can have arrived */
  double *together; /* what savings without rows of their own bring in the year */
  bool any_together;
  double *in_effect; /* [saving * n_years + year]: of the savings whose value and months no lane can change */

  /* of the plan itself, by year */
  double *plan_relief, *plan_borrowing_cost; /* [item * n_years + year] */
  double plan_usable[MAX_YEARS], plan_deficit[MAX_YEARS];
  uint8_t *clamped; /* [input * n_years + year]: lane 0 was held at a limit */
};

enum { N_SCRATCH = 8 };

double *row_widen(const struct projection *, const struct rows *, size_t at); /* project.c */

static inline double *row_of(const struct projection *p, const struct rows *rows, int item, int year)
{
  const size_t at = (size_t)item * (size_t)p->n_years + (size_t)year;
  double *row = rows->wide[at];
  return __builtin_assume_aligned(row != NULL ? row : row_widen(p, rows, at), 64);
}

/* What every lane of a row holds that no lane can change. */
static inline double level_of(const struct projection *p, const struct rows *rows, int item, int year)
{
  const size_t at = (size_t)item * (size_t)p->n_years + (size_t)year;
  return rows->wide[at] != NULL ? rows->wide[at][0] : rows->narrow[at * 8];
}

#define ROW(p, kind, item, year) row_of(p, &(p)->kind, (int)(item), year)
#define LEVEL(p, kind, item, year) level_of(p, &(p)->kind, (int)(item), year)
#define SCRATCH(p, n) ((double *)__builtin_assume_aligned((p)->scratch + (size_t)(n) * (p)->pitch, 64))

/* Rows are either the same or apart, so that no lane waits for another. */
#if defined(__clang__)
#define FOR_LANES(p, i) for (int i = 0, i##_end = (p)->eights * 8; i < i##_end; i++)
#else
#define FOR_LANES(p, i) _Pragma("GCC ivdep") for (int i = 0, i##_end = (p)->eights * 8; i < i##_end; i++)
#endif
#define BY_ITSELF static inline __attribute__((always_inline)) /* a loop that is made again for each constant in it */

static inline bool series_varies(const struct projection *p, const struct series *series)
{
  for (int i = 0; i < series->n_drivers; i++) {
    if (p->varies.driver[series->driver[i]]) {
      return true;
    }
  }
  return false;
}

static inline void row_fill(const struct projection *p, double *row, double value)
{
  FOR_LANES(p, i)
  {
    row[i] = value;
  }
}

static inline double at_least_0(double x)
{
  return x > 0.0 ? x : 0.0;
}

static inline double smaller(double a, double b)
{
  return a < b ? a : b;
}

/* round_hundredths, its division by two fused steps where the processor has them: 0.01 is the double nearest to the
 * reciprocal and x 0.01 is within one unit in the last place, so that the second step gives the quotient itself,
 * correctly rounded (Markstein 1990). */
static inline double hundredths(double x)
{
  const double n = round_units(x * 100.0);
#if defined(__FMA__)
  const double quotient = n * 0.01;
  return __builtin_fma(__builtin_fma(-100.0, quotient, n), 0.01, quotient);
#else
  return n / 100.0;
#endif
}

/* round_units of what is not below 0. */
static inline double round_positive(double x)
{
  const double magic = 0x1.8p52;
  return (x + 1e-6 + magic) - magic;
}

/* A sum brought back to the penny: nothing to do for whole pounds. */
static inline double penny(double x, bool in_pence)
{
  return in_pence ? hundredths(x) : x;
}

/* ---- rows that are other rows -------------------------------------------------------------------------- */

static inline bool driver_is_plain(const struct driver *driver)
{
  return driver->follows < 0 && !driver->has_cap && !driver->has_collar;
}

static inline const double *rate_row(const struct projection *p, int d, int year)
{
  const struct driver *driver = &p->plan->driver[d];
  return driver_is_plain(driver) ? ROW(p, input, driver->input, year) : ROW(p, rate, d, year);
}

/* Is the amount of a line, or of one of the engine's own after them, what recurs, since nothing is one-off? */
static inline bool line_is_carried(const struct projection *p, int l, int year)
{
  if (l >= p->plan->n_lines || p->plan->line[l].form > FORM_ROLL) {
    return false;
  }
  const int one_off = p->plan->line[l].input + LINE_ONE_OFF - LINE_RATE;
  return !p->reached[one_off] && p->plan->input[one_off].plan[year] == 0.0;
}

static inline double *line_row(const struct projection *p, int l, int year)
{
  return line_is_carried(p, l, year) ? ROW(p, carried, l, year) : ROW(p, line, l, year);
}

enum { SAVING_INPUT_VALUE, SAVING_INPUT_DELIVERY, SAVING_INPUT_MONTHS, SAVING_INPUT_COST }; /* in this order */

static inline double *late_row(const struct projection *p, int s, int year)
{
  const struct saving *saving = &p->plan->saving[s];
  return saving->n_stands_on == 0 ? ROW(p, input, saving->input + SAVING_INPUT_MONTHS, year) : ROW(p, late, s, year);
}

static inline double *delivered_row(const struct projection *p, int s, int year)
{
  const struct saving *saving = &p->plan->saving[s];
  return saving->n_stands_on == 0 ? ROW(p, input, saving->input + SAVING_INPUT_DELIVERY, year)
                                  : ROW(p, delivered, s, year);
}

/* What a year's value still counts for, some months later (savings.c, rule 2). */
static inline double part_in_effect(double late, double years_back)
{
  const double apart = late / 12.0 - years_back;
  return at_least_0(1.0 - (apart < 0.0 ? -apart : apart));
}

static inline double *opening_row(const struct projection *p, int r, int year)
{
  return year > 0 ? ROW(p, closing, r, year - 1) : ROW(p, opening, r, 0);
}

/* ---- which totals a line enters ------------------------------------------------------------------------ */

static inline enum measure total_of(enum line_class class)
{
  return class_is_funding(class) ? M_FUNDING : class == LINE_CAPITALISED ? M_CAPITALISED : M_NET_BUDGET;
}

static inline bool engine_line_is_one_off(int e)
{
  return e == ENGINE_CONTRIBUTIONS || e == ENGINE_COST_TO_ACHIEVE || e == ENGINE_COLLECTION || e == ENGINE_FLEXIBLE_USE;
}

/* ---- what varies: varies.c ----------------------------------------------------------------------------- */

void varies_all(struct projection *);  /* the first pass */
void varies_find(struct projection *); /* from what is touched, once every year has been computed */

/* ---- the steps of a year ------------------------------------------------------------------------------- */

KERNELS_DECLARE(year_steps, projection_compute); /* year.c: all of them */
typedef void date_of_lanes(const struct projection *, enum date, int year, uint8_t *out);
KERNELS_DECLARE(date_of_lanes, date_lanes);
typedef bool row_question(const struct projection *, const double *row);
KERNELS_DECLARE(row_question, lanes_in_range);
#if defined(KERNEL_LEVEL)
#define input_change KERNEL(input_change)
#define input_from_path KERNEL(input_from_path)
#define drivers_year KERNEL(drivers_year)
#define terms_year KERNEL(terms_year)
#define council_tax_year KERNEL(council_tax_year)
#define business_rates_year KERNEL(business_rates_year)
#define lines_year KERNEL(lines_year)
#define savings_year KERNEL(savings_year)
#define capital_year KERNEL(capital_year)
#define balances_year KERNEL(balances_year)
#define gap_year KERNEL(gap_year)
#define reserves_year KERNEL(reserves_year)
#define dsg_exposure_year KERNEL(dsg_exposure_year)
#define dsg_deficit_row KERNEL(dsg_deficit_row)
#define usable_balance_row KERNEL(usable_balance_row)
#define growth_row KERNEL(growth_row)
#define series_year KERNEL(series_year)
#define rows_sum KERNEL(rows_sum)

/* inputs: the final value of an input that stands alone, and of one that grows from year to year (changes.c) */
void input_change(struct projection *, int input, int year);
void input_from_path(struct projection *, int input, const double *path, int year);

static inline void input_year(struct projection *p, int input, int year)
{
  if (p->touched[input]) {
    input_change(p, input, year);
  }
}

void drivers_year(struct projection *, int year);        /* lines.c */
void terms_year(struct projection *, int year);          /* funding.c */
void council_tax_year(struct projection *, int year);    /* funding.c */
void business_rates_year(struct projection *, int year); /* funding.c */
void lines_year(struct projection *, int year);          /* lines.c */
void savings_year(struct projection *, int year);        /* savings.c */
void capital_year(struct projection *, int year);        /* capital.c */
void balances_year(struct projection *, int year);       /* balances.c: interest that looks back at balances */
void gap_year(struct projection *, int year);            /* gap.c: totals, gap, minimum */
void reserves_year(struct projection *, int year);       /* reserves.c */
void dsg_exposure_year(struct projection *,
                       int year); /* balances.c, as the rest: once the year's balances have closed */
void dsg_deficit_row(struct projection *, int year, double *out); /* year -1: as the plan opens */
void usable_balance_row(struct projection *, int year, double *out);

/* product of (1 + rate) over a series' drivers */
void growth_row(const struct projection *, const struct series *, int year, double *out);        /* lines.c */
void series_year(struct projection *, const struct series *, struct rows *, int item, int year); /* lines.c */
/* out = start + sign x (the sum of n rows) */
void rows_sum(const struct projection *, double start, double sign, const double *const *row, int n,
              double *out); /* gap.c */
#endif

#endif
