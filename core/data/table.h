/* table.h: one CSV file as cells that know where they stand; shared by the readers of core/data only. */
// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef HEADROOM_TABLE_H
#define HEADROOM_TABLE_H

#include "data/data.h"

struct cell {
  const char *text;        /* unquoted, spaces at both ends gone; "" when blank */
  int length;              /* bytes */
  int line, column, width; /* characters from 1, of the text as it stands in the file */
};

/* What a file may hold.  Columns basis, source and note are known everywhere. */
struct table_spec {
  const char *file;            /* "mtfp.csv" */
  const char *const *columns;  /* known names, NULL ends the list */
  const char *const *required; /* those that must be there */
  bool years;                  /* has the plan years */
  bool base;                   /* may have the base year in front */
  bool any_years;              /* history.csv: any years, in order */
  bool years_optional;         /* council.csv: year columns may be missing as a whole */
};

struct table {
  const char *file;
  int n_rows, n_columns; /* rows that hold something, header left out */
  const char **name;     /* column names */
  struct cell *header;
  struct cell *cell;    /* [row * n_columns + column] */
  const char **excerpt; /* [row]: the line as it stands; header_excerpt for row -1 */
  const char *header_excerpt;
  int year_column[MAX_YEARS];      /* -1: none */
  int base_column;                 /* -1: none */
  int basis_column, source_column; /* -1: none */
  int *calendar;                   /* any_years: calendar year of each column, 0 for others */
};

/* What every reader needs. */
struct reading {
  struct folder *folder;
  struct arena *arena;
  struct findings *findings;
  struct plan *plan;
  int folder_fd;
  /* where the bytes of a file come from when it is not folder_fd: fuzzing and tests */
  const struct memory_file *memory;
  int n_memory;
  /* known after council.csv */
  enum basis default_basis;
  const struct cell *surplus_to; /* resolved by resolve_council once reserves are read; NULL: none */
  int surplus_row;
  void *scan; /* csv.c's own room, made once a folder */
  /* every table read so far, council.csv first, for basis.csv */
  struct table *table;
  int n_tables;
};

/* A file of a folder that is not on disk. */
struct memory_file {
  const char *name;
  const char *bytes;
  size_t size;
};

/* source.c: the bytes of one file of the folder, in the arena with room for one more.  False after a finding, or when
 * the file does not exist (*absent is then true and nothing is said).  Adds the file to folder->file with its digest.
 */
bool source_read(struct reading *, const char *file, char **bytes, size_t *size, bool *absent) MUST_CHECK;

/* csv.c: a file to rows of cells.  Returns false after a finding or when the file is absent. */
bool csv_read(struct reading *, const char *file, struct table *out, bool *absent) MUST_CHECK;

/* table.c: csv_read, then the header held against the spec and the words of the basis column.  Years are held against
 * the plan's, unless the plan's are not known yet: then they are noted in `calendar`, for table_bind_years once they
 * are. */
bool table_read(struct reading *, const struct table_spec *, struct table *out, bool *absent) MUST_CHECK;
bool table_bind_years(struct reading *, const struct table_spec *, struct table *) MUST_CHECK;

int table_column(const struct table *, const char *name); /* -1: not there */
const struct cell *table_cell(const struct table *, int row,
                              const char *name); /* a blank cell when the column is not there */
const struct cell *table_year_cell(const struct table *, int row,
                                   int year); /* year -1: the base year; a blank cell likewise */
bool cell_blank(const struct cell *);
struct place cell_place(const struct table *, int row, const struct cell *);
struct place row_place(const struct table *, int row);

/* cells.c: one cell to a value.  Each returns false after a finding that says what would be accepted. */
bool cell_money(struct reading *, const struct table *, int row, const struct cell *,
                double *gbp); /* in the plan's money unit */
bool cell_pounds(struct reading *, const struct table *, int row, const struct cell *,
                 double *gbp); /* always pounds and pence */
bool cell_percent(struct reading *, const struct table *, int row, const struct cell *, double *fraction);
bool cell_count(struct reading *, const struct table *, int row, const struct cell *,
                double *); /* up to 4 decimals, not negative */
bool cell_whole(struct reading *, const struct table *, int row, const struct cell *, int low, int high, int *);
bool cell_switch(struct reading *, const struct table *, int row, const struct cell *, bool *);
bool cell_choice(struct reading *, const struct table *, int row, const struct cell *, const char *const *names, int *);
bool cell_id(struct reading *, const struct table *, int row, const struct cell *, const char **);
bool cell_label(struct reading *, const struct table *, int row, const struct cell *,
                const char **); /* up to 200 characters */
/* True when not blank; otherwise a finding that the cell must be filled. */
bool cell_needed(struct reading *, const struct table *, int row, const struct cell *, const char *what);
/* The text of a cell, shortened for a sentence. */
const char *cell_shown(struct reading *, const struct cell *);
/* The finding of format.md section 1 on percentages that look like fractions: every filled cell of the row's years,
 * base included. */
void check_small_percents(struct reading *, const struct table *, int row);
/* True when no word of a list stands twice; otherwise a finding. */
bool words_differ(struct reading *, const struct table *, int row, const struct cell *, const char *const *words,
                  int n);
/* Words separated by spaces, in the arena. */
int cell_words(struct reading *, const struct cell *, const char *const **words);
/* basis and source of a row, with the folder's defaults; basis.csv is applied afterwards by basis.c. */
struct origin cell_origin(struct reading *, const struct table *, int row, const struct cell *);

/* years.c: financial years.  2026/27, 2026-27 and 2026/2027 are the same. */
bool cell_year(struct reading *, const struct table *, int row, const struct cell *,
               int *calendar); /* 2026/27, 2026-27, 2026/2027 */
/* A year header: the calendar year, 0 when it is not one.  *spreadsheet: it looks like a date that a spreadsheet made
 * of one. */
int year_parse(const char *text, bool *spreadsheet);

/* series.c: the base and year cells of a row and its column `drivers`, in the unit of a term: G money, H pounds and
 * pence, E a count, P per cent.  sign: what the file's figures are multiplied by.  True when every cell could be read.
 */
bool series_read(struct reading *, const struct table *, int row, char unit, double sign, struct series *);
/* The ids of column `drivers`; unknown ones are findings. */
bool series_drivers(struct reading *, const struct table *, int row, struct series *);
/* A blank year is grown from the one before: without drivers, or with nothing before it, it is an error (section 3). */
bool series_grown(struct reading *, const struct table *, int row, const struct series *);
/* Every year holds this value; origins say that nobody gave it. */
void series_constant(struct series *, double value);

/* data.h's folder_load over files in memory, for fuzzing and tests. */
enum status folder_load_memory(struct folder *, const struct memory_file *, int n, const struct allocator *,
                               struct error *) MUST_CHECK;

/* One reader a file, each false after an error that makes the plan unusable.  Order: council, drivers, mtfp, terms,
 * reserves, savings, capital, controls, scenarios, basis, history, uncertainty. */
bool read_council(struct reading *);
void resolve_council(struct reading *); /* after read_reserves */
bool read_drivers(struct reading *);
bool read_lines(struct reading *);
bool read_terms(struct reading *); /* council_tax, business_rates, high_needs, treasury */
bool read_reserves(struct reading *);
bool read_savings(struct reading *); /* and rag.csv */
bool read_receipts(struct reading *);
bool read_borrowings(struct reading *);
bool read_controls(struct reading *);
bool read_scenarios(struct reading *);
/* What is wrong with one row of scenarios whatever its plugin, in a folder or a pack.  names: the parameters of a row
 * without a plugin. */
void scenario_row_check(struct reading *, const struct table *, int row, const struct scenario_row *,
                        const char *const *names);
bool read_basis(struct reading *); /* overrides origins already set */
bool read_history(struct reading *);
bool read_uncertainty(struct reading *); /* uncertainty.csv and correlation.csv */

/* check_*.c: after plan_finish and the plan's own projection. */
void check_council(struct reading *);   /* the two minimums (R17) */
void check_drivers(struct reading *);   /* an assumption that drives nothing */
void check_basis(struct reading *);     /* works out illustrative_share */
void check_controls(struct reading *);  /* R52 */
void check_published(struct reading *); /* published amounts of units, share, council_tax and business_rates lines */
void check_council_tax(struct reading *);
void check_lines(struct reading *);
void check_savings(struct reading *);
void check_reserves(struct reading *);
void check_capital(struct reading *);
void check_uncertainty(struct reading *); /* departures.c: rows that match nothing, or in another unit */

#endif
