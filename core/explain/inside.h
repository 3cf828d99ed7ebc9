/* inside.h: the futures that are explained and how figures are made; inside core/explain only.
 *
 * A builder is called once for each figure of its kind, with value and name to be filled in; what it builds on it asks
 * for with figure_of.  When memory runs out a spare figure stands in, and explain_figure says so at the end. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_EXPLAIN_INSIDE_H
#define HEADROOM_EXPLAIN_INSIDE_H

#include "explain/explain.h"

enum kind {
  KIND_MEASURE,
  KIND_LINE,      /* the plan's own, then the engine's */
  KIND_RECURRING, /* of a line: what the next year starts from */
  KIND_NUMBER,
  KIND_UNIT_COST,
  KIND_PERCENT,
  KIND_TERM,
  KIND_INPUT, /* after the changes of the year */
  KIND_RATE,  /* of a driver */
  KIND_PLANNED,
  KIND_EXPECTED,
  KIND_LATE,
  KIND_DELIVERED,
  KIND_ARRIVED, /* of a receipt, by the end of the year */
  KIND_RECEIVED,
  KIND_TO_DEBT,
  KIND_TO_AVOID,
  KIND_FLEXIBLE,
  KIND_POT,
  KIND_APPLIED,
  KIND_HELD,
  KIND_RELIEF,
  KIND_COST, /* of a borrowing */
  KIND_OPENING,
  KIND_MOVED,
  KIND_USED,
  KIND_SURPLUS,
  KIND_CLOSING,
  KIND_SHADOW, /* of a reserve: its balance on the plan's own movements */
  KIND_MISSED, /* of a reserve: moves in that did not come out of another */
  KIND_SHADOW_MISSED,
  KIND_DRAWN,
  KIND_DEFICIT, /* of the DSG */
  KIND_DATE,
  KIND_SHARE, /* of the plan that is illustrative */
  N_KINDS
};

/* The plan itself, or a scenario on it. */
struct future {
  struct explainer *explainer;
  const struct plan *plan;
  struct future *own; /* the plan itself */
  struct projection *projection;
  struct figure **made[N_KINDS]; /* [item * n_years + year] */
  struct planned_use *use[2];    /* [year]: reserves.c; of the plan's own movements, then of the run's */
  int n_uses;                    /* a year */
  /* of a scenario */
  const struct scenario *scenario;
  const struct skip *skip; /* [use] */
  const struct change *change;
  int n_changes;
  const double **scale, **add; /* [input * n_years + year], rows of 8; NULL where nothing changes */
};

struct explainer {
  struct arena *arena;
  const struct plan *plan;
  struct future plan_itself, scenario;
  bool has_scenario;
  int n_figures;
  struct figure spare;
  bool failed;
  const char *year[MAX_YEARS]; /* "2026/27" */
};

/* ---- making figures: figure.c -------------------------------------------------------------------------- */

/* The figure of that kind, built when it is first asked for. */
struct figure *figure_of(struct future *, enum kind, int item, int year);
/* A figure on the way, or a leaf. */
struct figure *figure_step(struct future *, enum figure_unit, enum operation, double grain, const char *words, ...)
    PRINTF_LIKE(5, 6);
struct figure *figure_cell(struct future *, enum figure_unit, double value, const struct origin *, const char *words,
                           ...) PRINTF_LIKE(5, 6); /* origin NULL or nowhere: a default of the engine */
struct figure *figure_engine(struct future *, enum figure_unit, double value, const char *words, ...) PRINTF_LIKE(4, 5);
void figure_add(struct future *, struct figure *, double sign, const struct figure *part);
/* Sets the value of a step from its parts; returns it. */
struct figure *figure_close(struct figure *);
/* A sum or product of two, closed. */
struct figure *figure_two(struct future *, enum figure_unit, enum operation, double grain, const char *words,
                          double sign_a, const struct figure *a, double sign_b, const struct figure *b);
/* Takes over how another is made, keeping name, words and value. */
void figure_as(struct figure *, const struct figure *other);
/* The figure of a kind: its names and value.  how is a constant. */
void figure_name(struct future *, struct figure *, const char *name, ...) PRINTF_LIKE(3, 4);
void figure_words(struct future *, struct figure *, int year, const char *words, ...) PRINTF_LIKE(4, 5);
void figure_is(struct figure *, enum figure_unit, double value, enum operation, double grain, const char *how);
/* Makes it a leaf that is 0, and why. */
void figure_nil(struct figure *, const char *why);
bool nearly(double a, double b);
static inline double at_least_0(double x)
{
  return x > 0.0 ? x : 0.0;
}

/* ---- builders, by file --------------------------------------------------------------------------------- */

typedef void builder(struct future *, struct figure *, int item, int year);

struct figure *input_figure(struct future *, int input,
                            int year); /* inputs.c: the path itself where nothing changes it */
bool input_is_changed(const struct future *, int input, int year);
builder build_input;
struct figure *term_figure(struct future *, enum term_id, int year); /* inputs.c: as the engine takes it */

/* growth.c */
struct figure *growth_figure(struct future *, const struct series *, int line, int year); /* line -1: none */
struct figure *step_figure(struct future *, int line, int year); /* of a line: the path of its step */
double printed_sign(const struct plan *, int line);              /* what makes cost-positive the printed sign */
builder build_rate, build_recurring, build_number, build_unit_cost, build_percent, build_term;

builder build_line;                                                     /* lines.c */
void council_tax_figure(struct future *, struct figure *, int year);    /* funding.c */
void collection_figure(struct future *, struct figure *, int year);     /* funding.c: the engine's line */
void business_rates_figure(struct future *, struct figure *, int year); /* funding.c */
void band_d_figure(struct future *, struct figure *, int year);         /* funding.c */
/* funding.c: a rise or a Band D that would need a referendum, held; `made` itself where it is not. */
struct figure *held_term_figure(struct future *, struct figure *made, enum term_id, double held, int year);
builder build_planned, build_expected, build_late, build_delivered;        /* savings.c */
struct figure *saving_value_figure(struct future *, int saving, int year); /* savings.c: as the folder gives it */
builder build_arrived, build_received, build_to_debt, build_to_avoid, build_flexible, build_pot, build_applied,
    build_held, build_relief, build_cost;                                            /* capital.c */
builder build_opening, build_moved, build_shadow, build_missed, build_shadow_missed; /* reserves.c */
builder build_used, build_surplus, build_closing, build_drawn, build_deficit;        /* draws.c */
enum { OWN_MOVEMENTS, THE_RUN }; /* reserves.c: the two rolls of planned movements */
/* Planned uses of one reserve, or with r -1 those of all that pay for the gap. */
void add_planned_uses(struct future *, struct figure *, double sign, int roll, int r, int year);
void reserve_figure(struct future *, struct figure *, int reserve, const char *field, const char *words, enum working,
                    int year);
struct figure *gap_to_meet(struct future *, int year);
bool planned_uses_init(struct future *) MUST_CHECK; /* reserves.c */
void planned_use_figure(struct future *, struct figure *,
                        int year); /* reserves.c and draws.c: these three are measures */
void below_minimum_figure(struct future *, struct figure *, int year);
void unfunded_figure(struct future *, struct figure *, int year);
builder build_measure;           /* totals.c */
builder build_date, build_share; /* dates.c */

#endif
