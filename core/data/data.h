/* data.h: from a council's folder of CSV files to a plan that reconciles, or to findings; the face of core/data. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_DATA_H
#define HEADROOM_DATA_H

#include "model/model.h"

/* A row of scenarios.csv as typed: words only.  What they mean depends on the plugin, so the host reads them. */
struct scenario_row {
  const char *scenario, *plugin, *instance, *parameter; /* "" when blank */
  const char *value;                                    /* "" when blank */
  const char *year_value[MAX_YEARS];                    /* "" when blank */
  struct place place;                                   /* the row's first cell */
  struct place plugin_place, parameter_place, value_place, year_place[MAX_YEARS];
  uint32_t classes; /* of a pack's row `classes`: the councils that the scenario is for, a bit each; else 0 */
  bool after_plan;  /* of a pack: the years that it fills are all after the plan's last */
};

struct input_file {
  const char *name; /* "mtfp.csv" */
  size_t size;
  char digest[DIGEST_HEX];
  bool is_pack; /* of no folder: a pack that was run on it, or what is uncertain from elsewhere */
};

/* ---- what is uncertain: uncertainty.csv and correlation.csv -------------------------------------------- */

enum distribution {
  DISTRIBUTION_NORMAL,
  DISTRIBUTION_TRIANGULAR,
  DISTRIBUTION_PERT,
  DISTRIBUTION_BETA,
  DISTRIBUTION_LOGNORMAL,
  DISTRIBUTION_EVENT,
  DISTRIBUTION_DELAY,
  N_DISTRIBUTIONS
};
extern const char *const distribution_names[N_DISTRIBUTIONS + 1];

/* A size as typed.  What it comes to depends on the input: see departure. */
enum size_mark { SIZE_BARE, SIZE_PERCENT, SIZE_POINTS, SIZE_POUNDS };
struct size {
  double value; /* as typed; of SIZE_POUNDS in pounds */
  enum size_mark mark;
};

enum { MOST_DELAYS = 16 };
struct delay {
  int months;
  double chance;
};

/* A row of uncertainty.csv: a departure from the plan, drawn for every input that its address matches. */
struct uncertain {
  const char *input; /* the address */
  enum distribution distribution;
  struct size sd, low, mode, high;
  double a, b;        /* of a beta distribution */
  double chance;      /* of an event */
  double nothing;     /* of any other: the chance of no departure at all */
  double persistence; /* from year to year: 0 none, 1 one draw a run */
  bool shared;        /* one draw for all that the address matches */
  const char *group;  /* "" when blank */
  int n_delays;
  struct delay delay[MOST_DELAYS];
  const char *source; /* "" when blank */
  struct place place;
};

/* A row of correlation.csv; a group with itself: any two of its members. */
struct correlated {
  const char *a, *b;
  double coefficient;
  struct place place, a_place, b_place, coefficient_place;
};

struct uncertainty {
  int n_rows, n_pairs;
  struct uncertain *row;
  struct correlated *pair;
  bool given_rows, given_pairs; /* the folder holds uncertainty.csv, correlation.csv */
  /* of the sector's presets rather than the council's own: what matches nothing here is passed over */
  bool preset_rows, preset_pairs;
  bool asked_rows, asked_pairs;       /* of a file named for this run rather than of the folder */
  bool is_told;                       /* rows that find nothing stand among the findings */
  const char *rows_from, *pairs_from; /* the files, as shown; NULL: none */
};

/* What is drawn: one row for one input, or for all that share its draw.  Sizes are in the input's own unit (fractions
 * for rates and shares, pounds, counts, months), unless `relative`: then fractions of what the plan holds that year. */
struct departure {
  const struct uncertain *row;
  const char *name;  /* what its draws are keyed by: the address, and whether it is an event or a delay */
  const char *label; /* "Pay award", "Digital and customer: delivery" */
  int saving;        /* the plan's saving that it belongs to, or -1 */
  bool relative;
  double sd, low, mode, high;
  int n_inputs;
  const int *input;
};
struct passed_over {
  const char *input, *why;
};
struct departures {
  int count;
  struct departure *item;
  int n_passed;
  struct passed_over *passed; /* rows of presets that find nothing in this council */
};

/* One council's folder.  Everything lives in its arena and goes with folder_fini. */
struct folder {
  struct arena arena;
  struct findings findings;
  struct plan plan;
  struct result *baseline; /* the plan itself, projected; NULL when the folder is unusable */
  struct scenario_row *scenario;
  int n_scenario_rows;
  struct input_file *file; /* in order of name */
  int n_files;
  struct uncertainty uncertainty;
};

/* Reads, checks and reconciles.  STATUS_OK: usable (there may be warnings).  STATUS_DATA: findings hold at least one
 * error.  STATUS_FILE: the folder itself could not be opened.  folder_fini is right after every one of them. */
enum status folder_load(struct folder *, const char *path, const struct allocator *, struct error *) MUST_CHECK;
/* A pack: rows of scenarios that run on any council, appended to *rows; its file joins the folder's list with its
 * digest.  The plan is loaded. */
enum status pack_load(struct folder *, const char *path, struct scenario_row **rows, int *count,
                      struct error *) MUST_CHECK;
void folder_fini(struct folder *);

/* uncertainty.csv or correlation.csv from elsewhere, in place of the folder's own; its file joins the folder's list
 * with its digest.  The plan is loaded.  STATUS_DATA: problems are findings. */
enum uncertainty_file { UNCERTAINTY_ROWS, UNCERTAINTY_PAIRS };
enum status uncertainty_load(struct folder *, enum uncertainty_file, const char *path, bool is_preset,
                             struct error *) MUST_CHECK;
/* Rows held against the plan: what each is drawn for.  After scenarios are built: a plugin may make lines. STATUS_DATA:
 * problems are findings. */
enum status uncertainty_bind(struct folder *, struct departures *out, struct error *) MUST_CHECK;

/* Why a scenario that would put a capital receipt into revenue is refused (R34), for an address such as
 * "receipt:land.to_revenue"; NULL when the address would not.  read_scenarios refuses such rows already; this is for
 * addresses from elsewhere. */
const char *receipt_refusal(const char *address);

/* The names of the files that a folder may hold, for messages and for completion; NULL ends the list. */
extern const char *const folder_file_names[];

#endif
