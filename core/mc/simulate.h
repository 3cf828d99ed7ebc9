/* simulate.h: a council's plan in many futures: what is uncertain drawn, scenarios run on the same draws, and what
 * comes out said in quantiles and chances with their standard errors.  A stress, not a forecast.  The second face of
 * core/mc: mc.h holds the mathematics, this the council.
 *
 * Amounts are pence, in doubles where they are estimates.  Chances are fractions of the futures simulated. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_SIMULATE_H
#define HEADROOM_SIMULATE_H

#include "mc/mc.h"

enum { N_QUANTILES = 7, N_CONFIDENCES = 8, N_FUTURES = 100 };
extern const double quantile_chance[N_QUANTILES];    /* 0.05 0.10 0.25 0.50 0.75 0.90 0.95 */
extern const double confidence_level[N_CONFIDENCES]; /* 0.50 0.60 0.70 0.80 0.85 0.90 0.95 0.99 */

/* One amount in one year over all futures. */
struct spread {
  struct estimate quantile[N_QUANTILES], mean;
  double sd;
  double plan;                /* the same without any draw */
  struct estimate plan_place; /* the chance of at most that */
};

/* What shares of variance are told of. */
enum driven_of { DRIVEN_GAP, DRIVEN_RESERVES, N_DRIVEN }; /* of the last year; reserves less all that is unfunded */

/* What would be needed at the start for a share of futures never to meet what is feared: in the General Fund, for its
 * minimum; of usable reserves, where they may be drawn, for no unfunded gap. */
enum fear { FEAR_BELOW_MINIMUM, FEAR_UNFUNDED, N_FEARS };

/* This scenario's reserves in the last year, less what is unfunded by then, over those of the first one shown, future
 * by future. */
struct versus {
  struct estimate better, same; /* the chance that they are more; that they are the same to the pound */
  struct estimate mean, quantile[N_QUANTILES];
};

struct simulated {
  const char *id, *label;
  struct summary plan;                                       /* without any draw */
  struct spread gap[MAX_YEARS], usable[MAX_YEARS], unfunded; /* unfunded: of all years together */
  bool date_known[N_DATES];
  struct estimate first[N_DATES][MAX_YEARS]; /* the date falls in that year */
  struct estimate by[N_DATES][MAX_YEARS];    /* in it or before */
  struct estimate at[N_DATES][MAX_YEARS];    /* it stands so at the end of that year */
  struct estimate unfunded_worst;            /* the mean of all that is unfunded in the worst 5 of 100 futures */
  bool fear_known[N_FEARS];
  struct estimate reserves_for[N_FEARS][N_CONFIDENCES];
  struct versus versus;                                   /* the first shown; all 0 for itself */
  struct estimate *share[N_DRIVEN];                       /* [variable]: of the variance */
  struct estimate savings[N_DRIVEN], left_over[N_DRIVEN]; /* all savings together; what no straight line explains */
  struct estimate *worst; /* [variable]: how far it departs in the 5 of 100 futures in which least is left */
  pence (*future_usable)[MAX_YEARS], (*future_gap)[MAX_YEARS]; /* [N_FUTURES]: the first hundred futures drawn */
  int32_t (*future_date)[N_DATES];                             /* a year, or DATE_NOT_IN_HORIZON */
};

/* A variable that was drawn. */
struct drawn_variable {
  const char *name, *label, *group, *source;
  int saving;                        /* that it belongs to, or -1 */
  const struct departure *departure; /* NULL: a plugin's noise */
  double mean; /* how far it departs, on average over all futures and years: of its distribution */
};

struct simulation {
  int n_years, count;
  struct simulated *scenario; /* [count], the plan itself first */
  int n_variables, n_correlations;
  struct drawn_variable *variable;
  const struct departures *departures;
  uint64_t draws, seed;
  bool plain;
  double until; /* the standard error asked for; 0: none */
  bool until_met;
  double opening_usable, opening_fund; /* pence, at the start of the first year; of it, the General Fund */
  double seconds;                      /* that the run took; in no output that is to be the same again */
  int workers;
};

enum { DEFAULT_DRAWS = 131072 };
#define DEFAULT_SEED UINT64_C(20260401)
#define MOST_DRAWS UINT64_C(1000000000)

/* Futures as they were drawn, a block at a time and in order: set by set. */
struct sample_block {
  const struct simulation *simulation;
  int n_lanes;
  int set;
  uint64_t first;             /* of the set's futures, from 0 */
  const double *departure;    /* [(variable * n_years + year) * stride + lane], in the unit of its input */
  const double *gap, *usable; /* [(scenario * n_years + year) * stride + lane], pence */
  const double *unfunded;     /* [scenario * stride + lane], pence, all years together */
  size_t stride;
};
/* False stops the run, with *error set. */
typedef bool sample_sink(void *ctx, const struct sample_block *, struct error *error);

struct simulation_options {
  uint64_t draws, seed;
  bool plain;
  double until;      /* a standard error of every chance in the last year; 0: as many draws as asked for */
  int threads;       /* 0: as many as there are processors */
  struct crew *crew; /* NULL: this process alone */
  struct run_options run;
  sample_sink *sink; /* of every future, once they have been tallied; NULL: none */
  void *sink_ctx;
  /* Called in this process now and then; NULL: nobody asks. */
  void (*progress)(void *ctx, uint64_t done, uint64_t of);
  void *progress_ctx;
};

/* Everything in the folder's arena.  STATUS_DATA: problems are findings, or the error says what is wrong. */
enum status simulate(struct folder *, const struct scenario *, int count, const struct departures *,
                     const struct simulation_options *, struct simulation *out, struct error *) MUST_CHECK;

#endif
