/* report.h: one result, several writers; the face of core/report.  Everything is written into a struct text: the caller
 * prints it.
 *
 * Lines are shown as budget papers print them: cost +, income -, funding +.  Money in JSON is integer pence, in CSV
 * pounds. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_REPORT_H
#define HEADROOM_REPORT_H

#include "explain/explain.h"
#include "mc/simulate.h"
#include "stress/stress.h"

/* How text is laid out. */
struct style {
  int width;  /* columns, at least 20 */
  bool color; /* terminal escapes; never the only signal */
  bool ascii; /* no characters beyond ASCII, for old consoles */
};

/* One future side by side with others.  The first shown is the plan itself. */
struct shown {
  const char *id, *label, *description;
  const struct scenario *scenario; /* NULL: the plan itself */
  const struct result *result;
  const struct skip *skip; /* [use], or NULL */
};

struct report {
  const struct folder *folder;
  int n_shown;
  const struct shown *shown;
  const char *command; /* what makes this output again */
};

/* plain.c: what --ascii makes of text: GBP for a pound sign, - for a minus sign, ? for what has no plain form. */
void text_plain(struct text *, const char *);

/* ---- findings.c: the shape of a diagnostic: code, place, source line, caret, help ---------------------- */
void findings_text(struct text *, const struct findings *, int most, const struct style *);
/* json.c.  scenarios: all that were looked at, for the manifest. */
enum status findings_json(struct text *, const struct report *, const struct scenario *scenarios, int count) MUST_CHECK;
void findings_csv(struct text *, const struct findings *);

/* ---- text_run.c, text_compare.c: what a terminal shows ---------------------------------------------- */
enum { SHOW_LINES = 1 }; /* every line, saving and reserve, not only the totals */
void report_run_text(struct text *, const struct report *, int what, const struct style *);
void report_compare_text(struct text *, const struct report *, const struct style *);

/* ---- tabular.c, json.c: for programs ------------------------------------------------------------------- */
void report_csv(struct text *, const struct report *);
enum status report_json(struct text *, const struct report *) MUST_CHECK;

/* ---- text_explain.c, json_explain.c: a figure unfolded ------------------------------------------------- */
struct explain_report {
  struct report report; /* the plan itself is shown[0]; the scenario, if there is one, comes last */
  const struct figure *figure;
  int n_figures; /* how many there are, by their numbers */
  int depth;     /* how many figures with names of their own are unfolded, one below the other */
};
void report_explain_text(struct text *, const struct explain_report *, const struct style *);
enum status report_explain_json(struct text *, const struct explain_report *) MUST_CHECK;
void figure_value(struct text *, const struct plan *, const struct figure *); /* "11,633,056", "2.75%", "2028/29" */
const char *basis_word(enum basis);

/* ---- json_read.c: an output made before, held against the same made again ------------------------------ */
struct recorded;
/* STATUS_DATA, with a sentence, when it is not whole, not Headroom's, of another schema, or holds no manifest. */
enum status recorded_read(const char *name, const char *bytes, size_t n, struct recorded **out,
                          struct error *) MUST_CHECK;
void recorded_free(struct recorded *);
const char *recorded_command(const struct recorded *);
/* Names and hashes of what it was made from; NULL beyond the last.  A plugin's version may be "". */
enum recorded_kind {
  RECORDED_INPUTS,
  RECORDED_INPUTS_OF_FROM, /* of a difference between two folders: the files of the old one */
  RECORDED_PACKS,
  N_RECORDED_KINDS
};
const char *recorded_input(const struct recorded *, enum recorded_kind, int at, const char **digest);
/* "mtfp.csv", "old/mtfp.csv" where old is the folder that the difference is from, "pack recession.csv". */
void recorded_name(struct text *, const struct recorded *, enum recorded_kind, const char *name);
const char *recorded_plugin(const struct recorded *, int at, const char **version, const char **digest);
/* Says what differs, a line each: inputs, plugins, program, then the first figures; returns how many in all. */
long recorded_compare(struct text *, const struct recorded *was, const struct recorded *is);
long recorded_figures(const struct recorded *); /* how many figures it holds */

/* ---- text_stress.c, json_stress.c: what breaks the plan ------------------------------------------------ */
struct stress_report {
  struct report report; /* the plan itself is shown[0] */
  const struct battery *battery;
  const struct stress_result *result;
};
void report_stress_text(struct text *, const struct stress_report *, const struct style *);
enum status report_stress_json(struct text *, const struct stress_report *) MUST_CHECK;
void report_stress_csv(struct text *, const struct stress_report *);

/* ---- text_simulate.c, json_simulate.c, tabular_simulate.c: many futures -------------------------------- */
struct simulate_report {
  struct report report; /* the plan itself is shown[0], then the scenarios, as in the simulation */
  const struct simulation *simulation;
};
void report_simulate_text(struct text *, const struct simulate_report *, const struct style *);
enum status report_simulate_json(struct text *, const struct simulate_report *) MUST_CHECK;
/* One council's rows; the header stands by itself, as several councils may follow. */
void report_simulate_csv_header(struct text *);
void report_simulate_csv(struct text *, const struct simulate_report *);

/* ---- text_solve.c: a boundary, both sides of it -------------------------------------------------------- */
struct solve_report {
  struct report report;
  const char *find;
  const struct test *test;
  const struct solved *solved;
};
void report_solve_text(struct text *, const struct solve_report *, const struct style *);
enum status report_solve_json(struct text *, const struct solve_report *) MUST_CHECK;
/* A parameter's value as people type it: 1pp, -15%, Â£1,000, 12. */
void parameter_value_text(struct text *, const struct hr_param *, double value);

/* ---- text_bridge.c, bridge_words.c, json_bridge.c, tabular_bridge.c: a difference in parts that add up to it */
struct bridge_report {
  struct report report;    /* of the folder; between two folders, of the new one */
  const struct plan *plan; /* the years shown */
  const struct bridge *bridge;
  const char *from_id, *from, *to_id, *to; /* ids and labels of the two ends */
  int year;                                /* the one that the words are about */
  const struct folder *old;                /* NULL between two scenarios, and so is diff */
  const struct plan_diff *diff;
};
void report_bridge_text(struct text *, const struct bridge_report *, const struct style *);
enum status report_bridge_json(struct text *, const struct bridge_report *) MUST_CHECK;
void report_bridge_csv(struct text *, const struct bridge_report *);

/* ---- plugins.c: the scenario library in words ---------------------------------------------------------- */
void plugin_list_text(struct text *, const struct probe_report *, int count, const struct style *);
void plugin_show_text(struct text *, const struct plugin *, const struct style *);
enum status plugin_list_json(struct text *, const struct probe_report *, int count) MUST_CHECK;
enum status plugin_show_json(struct text *, const struct plugin *) MUST_CHECK;
const char *parameter_unit_word(uint32_t unit);
const char *check_status_word(enum check_status);
void plugin_list_csv(struct text *, const struct probe_report *, int count);
void plugin_show_csv(struct text *, const struct plugin *);
void check_text(struct text *, const struct check_result *, const struct style *);
void check_csv(struct text *, const struct check_result *);
enum status check_json(struct text *, const struct check_result *) MUST_CHECK;

/* ---- words.c: sentences computed from results ---------------------------------------------------------- */
/* "The gap rises from £3.9m in 2026/27 to £11.6m a year in 2030/31."  Years of nothing but surplus, and plans without a
 * gap, have their own. */
void sentence_gap(struct text *, const struct plan *, const struct result *);
/* When the General Fund falls below the minimum, and when money runs out; what cannot be said is said. */
void sentence_reserves(struct text *, const struct plan *, const struct result *);
/* "2028/29", "not in horizon", "not known". */
void date_words(struct text *, const struct plan *, int date);
const char *date_label(enum date); /* "General Fund below the council's own minimum" */
extern const char report_disclaimer[];
pence usable_opening(const struct plan *); /* usable reserves where the first year begins */
/* How a future stands in one year. */
enum standing { STANDING_UNKNOWN, STANDING_ABOVE, STANDING_BELOW, STANDING_OUT };
enum standing standing_in(const struct plan *, const struct result *, int year);

/* ---- grid.c: aligned tables ---------------------------------------------------------------------------- */
struct grid;
struct grid *grid_new(const char *title,
                      int n_values); /* NULL when out of memory; every call below takes NULL in its stride */
void grid_free(struct grid *);
void grid_header(struct grid *, const char *label, const char *const *values);
/* Strings are copied.  A value may be "". */
void grid_row(struct grid *, const char *label, const char *const *values);
void grid_rule(struct grid *);
/* As many value columns side by side as fit; the rest below; under 60 columns a block for each row. */
void grid_text(struct text *, struct grid *, const struct style *);
bool grid_fits(const struct grid *, const struct style *);

/* "text" with a pound of prevention: quoted for CSV, and a cell that a spreadsheet would run as a formula is defused
 * with a leading '. */
void csv_cell(struct text *, const char *);
void csv_pounds(struct text *, pence); /* 1234 or 1234.50 */
/* What a table was made from: the program, the command, every file, every plugin of what is shown and of the scenarios
 * given, each as a row of the table's own shape with the years of the plan.  old: the folder that it came from, or
 * NULL. */
typedef void csv_made_from(struct text *, const struct plan *, const char *name, const char *field, const char *value);
void csv_manifest(struct text *, const struct report *, const struct plan *, const struct scenario *, int count,
                  const struct folder *old, csv_made_from *write);

#endif
