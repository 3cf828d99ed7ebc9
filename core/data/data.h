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
  bool after_plan; /* of a pack: the years that it fills are all after the plan's last */
};

struct input_file {
  const char *name; /* "mtfp.csv" */
  size_t size;
  char digest[DIGEST_HEX];
  bool is_pack; /* of no folder: a pack that was run on it */
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
};

/* Reads, checks and reconciles.  STATUS_OK: usable (there may be warnings).  STATUS_DATA: findings hold at least one
 * error.  STATUS_FILE: the folder itself could not be opened.  folder_fini is right after every one of them. */
enum status folder_load(struct folder *, const char *path, const struct allocator *, struct error *) MUST_CHECK;
/* A pack: rows of scenarios that run on any council, appended to *rows; its file joins the folder's list with its
 * digest.  The plan is loaded. */
enum status pack_load(struct folder *, const char *path, struct scenario_row **rows, int *count,
                      struct error *) MUST_CHECK;
void folder_fini(struct folder *);

/* Why a scenario that would put a capital receipt into revenue is refused (R34), for an address such as
 * "receipt:land.to_revenue"; NULL when the address would not.  read_scenarios refuses such rows already; this is for
 * addresses from elsewhere. */
const char *receipt_refusal(const char *address);

/* The names of the files that a folder may hold, for messages and for completion; NULL ends the list. */
extern const char *const folder_file_names[];

#endif
