/* rows.h: one batch of lanes while it is projected; inside core/model only.
 *
 * Every row holds p->stride doubles.  What no lane can change was computed when the projection was made and is never
 * computed again: `varies` flags say what must be.  Each step of a year is in the file named beside it. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_ROWS_H
#define HEADROOM_ROWS_H

#include "model/finish.h"
#include "model/model.h"

/* Rows [item][year] of one kind. */
struct rows {
  double *at;
  int items;
};

struct varies {
  bool *driver, *line, *saving; /* by index */
  bool *reserve;                /* anything but the plan's own movements can reach it */
  bool *moves;                  /* [reserve * n_years + year]: it has a planned movement that year, or may have */
  bool term[N_TERMS];
  bool council_tax, business_rates, any_receipt_or_cost, any_borrowing;
};

struct projection {
  const struct plan *plan;
  const struct changes *changes; /* of the call in progress; NULL while the plan itself is computed */
  bool *touched;                 /* per input */
  bool all;                      /* the first pass: everything is computed */
  struct varies varies;
  int n_years, stride;
  int lanes; /* of the batch in progress */
  void *memory;

  struct rows input;                      /* the final value of each input */
  struct rows rate;                       /* drivers: held to cap and collar */
  struct rows carried;                    /* lines: the recurring amount that the next year starts from */
  struct rows number, unit_cost, percent; /* lines: what the next year grows from, before a change of that year alone */
  struct rows term;                       /* likewise */
  struct rows line;                       /* amounts, cost-positive; the engine's own after the plan's */
  struct rows planned, expected, late, delivered;             /* savings; the last two with what they depend on */
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
  struct rows scratch; /* N_SCRATCH x 1 year: private to one step */
  struct rows excess;  /* one item: flexible pot not used */

  /* Sums over what no lane can change, by year: the totals start from them. */
  struct fixed {
    double net_budget, funding, capitalised, one_off, planned, expected, unidentified;
  } fixed[MAX_YEARS];

  /* of the plan itself, by year */
  double *plan_relief, *plan_borrowing_cost; /* [item * n_years + year] */
  double plan_usable[MAX_YEARS], plan_deficit[MAX_YEARS];
  uint8_t *clamped; /* [input * n_years + year]: lane 0 was held at a limit */
};

enum { N_SCRATCH = 8 };

#define ROW(p, kind, item, year)       \
  ((double *)__builtin_assume_aligned( \
      (p)->kind.at + ((size_t)(item) * (size_t)(p)->n_years + (size_t)(year)) * (size_t)(p)->stride, 64))
#define SCRATCH(p, n) ((double *)__builtin_assume_aligned((p)->scratch.at + (size_t)(n) * (size_t)(p)->stride, 64))
#define FOR_LANES(p, i) for (int i = 0; i < (p)->lanes; i++)

static inline double *row_of(const struct projection *p, const struct rows *rows, int item, int year)
{
  return rows->at + ((size_t)item * (size_t)p->n_years + (size_t)year) * (size_t)p->stride;
}

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

/* inputs: the final value of an input that stands alone, and of one that grows from year to year (changes.c) */
void input_year(struct projection *, int input, int year);
void input_from_path(struct projection *, int input, const double *path, int year);

void drivers_year(struct projection *, int year);        /* lines.c */
void terms_year(struct projection *, int year);          /* funding.c */
void council_tax_year(struct projection *, int year);    /* funding.c */
void business_rates_year(struct projection *, int year); /* funding.c */
void lines_year(struct projection *, int year);          /* lines.c */
void savings_year(struct projection *, int year);        /* savings.c */
void capital_year(struct projection *, int year);        /* capital.c */
void balances_year(struct projection *, int year);       /* balances.c: interest that looks back at balances */
void gap_year(struct projection *, int year);            /* gap.c: totals, gap, minimum */
void gap_fix(struct projection *, int year);             /* gap.c: the sums over what no lane can change */
void reserves_year(struct projection *, int year);       /* reserves.c */
void dsg_exposure_year(struct projection *,
                       int year); /* balances.c, as the rest: once the year's balances have closed */
void dsg_deficit_row(struct projection *, int year, double *out); /* year -1: as the plan opens */
void usable_balance_row(struct projection *, int year, double *out);

/* product of (1 + rate) over a series' drivers */
void growth_row(const struct projection *, const struct series *, int year, double *out);        /* lines.c */
void series_year(struct projection *, const struct series *, struct rows *, int item, int year); /* lines.c */

#endif
