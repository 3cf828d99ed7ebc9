/* terms.c: council_tax.csv, business_rates.csv, high_needs.csv and treasury.csv (format.md section 5). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include "data/words.h"

#include <string.h>

static const char *const columns[] = { "term", "drivers", NULL };
static const char *const required[] = { "term", NULL };

/* One of the four files on its way into the plan. */
struct area {
  struct reading *reading;
  const char *name, *file;
  struct table table;
  int row[N_TERMS]; /* -1: not given */
};

static int terms_of(const char *area, const char *names[N_TERMS + 1], enum term_id ids[N_TERMS])
{
  int n = 0;
  for (int t = 0; t < N_TERMS; t++) {
    if (strcmp(term_kinds[t].area, area) == 0) {
      names[n] = term_kinds[t].field;
      ids[n++] = (enum term_id)t;
    }
  }
  names[n] = NULL;
  return n;
}

static struct finding *complain(struct area *area, enum code code, struct place place, const char *text,
                                const char *label)
{
  struct findings *findings = area->reading->findings;
  struct finding *finding = finding_add(findings, code, place, "%s", text);
  finding_label(findings, finding, "%s", label);
  return finding;
}

/* ---- rows ------------------------------------------------------------------------------------------- */

static void read_term(struct area *area, int row, enum term_id id)
{
  struct reading *reading = area->reading;
  struct term *term = &reading->plan->term[id];
  term->present = true;
  term->place = row_place(&area->table, row);
  term->series = (struct series){ 0 };
  const bool good = series_read(reading, &area->table, row, term_kinds[id].unit, 1.0, &term->series);
  if (id == TERM_BAND_D) {
    (void)must_be_blank(reading, &area->table, row, "drivers", "Band D is raised by core_rise and asc_rise");
  } else if (good) {
    (void)series_grown(reading, &area->table, row, &term->series);
  }
}

static void read_row(struct area *area, int row)
{
  const char *names[N_TERMS + 1];
  enum term_id ids[N_TERMS];
  const int n = terms_of(area->name, names, ids);
  const struct cell *cell = table_cell(&area->table, row, "term");
  int which = 0;
  if (!cell_choice(area->reading, &area->table, row, cell, names, &which) || which >= n) {
    return;
  }
  if (area->row[ids[which]] >= 0) {
    complain(area, CODE_ID_TWICE, cell_place(&area->table, row, cell),
             arena_printf(area->reading->arena, "the term '%s' stands twice", cell->text), "one row a term");
    return;
  }
  area->row[ids[which]] = row;
  read_term(area, row, ids[which]);
}

/* False when the file is absent or cannot be read. */
static bool read_area(struct reading *reading, const char *name, struct area *area, bool *absent)
{
  *area = (struct area){ .reading = reading, .name = name, .file = arena_printf(reading->arena, "%s.csv", name) };
  const struct table_spec spec = {
    .file = area->file, .columns = columns, .required = required, .years = true, .base = true
  };
  for (int t = 0; t < N_TERMS; t++) {
    area->row[t] = -1;
  }
  if (!table_read(reading, &spec, &area->table, absent)) {
    return false;
  }
  for (int row = 0; row < area->table.n_rows; row++) {
    read_row(area, row);
  }
  return true;
}

static bool given(const struct area *area, enum term_id id)
{
  return area->row[id] >= 0;
}

static void need_term(struct area *area, enum term_id id)
{
  if (!given(area, id)) {
    complain(area, CODE_TERM_MISSING, header_place(&area->table),
             arena_printf(area->reading->arena, "%s has no row for %s", area->file, term_kinds[id].field), "add it");
  }
}

/* A term without a row of its own holds what a blank means. */
static void absent_terms(struct plan *plan)
{
  for (int t = 0; t < N_TERMS; t++) {
    if (!plan->term[t].present) {
      series_constant(&plan->term[t].series, t == TERM_COLLECTION ? 1.0 : 0.0);
    }
  }
}

/* ---- council tax --------------------------------------------------------------------------------------- */

/* The year before is needed, unless the first plan year is the published Band D. */
static void check_band_d(struct area *area)
{
  const struct series *band_d = &area->reading->plan->term[TERM_BAND_D].series;
  if (!given(area, TERM_BAND_D) || band_d->has_base || band_d->filled[0]) {
    return;
  }
  const int row = area->row[TERM_BAND_D];
  complain(area, CODE_BLANK,
           cell_place(&area->table, row, table_year_cell(&area->table, row, area->table.base_column >= 0 ? -1 : 0)),
           "Band D of the year before is missing", "the first rise needs it; or give the first plan year");
}

static void check_base(struct area *area)
{
  const bool before = given(area, TERM_EQUIVALENTS), after = given(area, TERM_TAX_BASE);
  const struct plan *plan = area->reading->plan;
  if (before && after) {
    complain(area, CODE_TERM_CONFLICT, plan->term[TERM_TAX_BASE].place, "equivalents and tax_base are both given",
             "give Band D equivalents before collection, or the tax base after it");
  } else if (!before && !after) {
    complain(area, CODE_TERM_MISSING, header_place(&area->table), "there is no row for equivalents or tax_base",
             "add one of them");
  } else if (before) {
    need_term(area, TERM_COLLECTION);
  } else if (given(area, TERM_COLLECTION)) {
    complain(area, CODE_TERM_CONFLICT, plan->term[TERM_COLLECTION].place, "tax_base is after collection already",
             "take collection out, or give equivalents");
  }
}

/* R22: the rate that is collected in the end, not the one collected by 31 March. */
static void check_collection(struct area *area)
{
  const struct series *series = &area->reading->plan->term[TERM_COLLECTION].series;
  for (int y = 0; given(area, TERM_COLLECTION) && y < area->reading->plan->n_years; y++) {
    if (!series->filled[y] || (series->cell[y] >= 0.9 && series->cell[y] <= 1.0)) {
      continue;
    }
    const int row = area->row[TERM_COLLECTION];
    const struct cell *cell = table_year_cell(&area->table, row, y);
    const char *text = arena_printf(area->reading->arena, "a collection rate of '%s' is %s", cell->text,
                                    series->cell[y] > 1.0 ? "above 100 per cent" : "below 90 per cent");
    complain(area, CODE_COLLECTION_RATE, cell_place(&area->table, row, cell), text,
             "the rate collected in the end, often 97 to 99");
    return;
  }
}

/* What makes a rise excessive where the folder does not say: at or above `limit` and more than `pounds`.  Referendum
 * principles of 2023/24 to 2028/29: House of Commons Library SN05682; local government finance policy statements for
 * 2025/26 and 2026/27. */
struct principle {
  double limit, pounds;
};

static struct principle principle_of(enum council_class class, int calendar)
{
  enum { FIRST = 2023, FIRE_BY_PER_CENT = 2024 };
  static const struct principle none = { 0.0, 0.0 }, social_care = { 0.05, 0.0 }, district = { 0.03, 5.0 },
                                five_pounds = { 0.0001, 5.0 }, three_per_cent = { 0.03, 0.0 };
  if (calendar < FIRST) {
    return none;
  }
  switch (class) {
  case COUNCIL_UNITARY:
  case COUNCIL_COUNTY:
  case COUNCIL_METROPOLITAN:
  case COUNCIL_LONDON_BOROUGH:
    return social_care; /* 3 per cent core and 2 per cent for social care */
  case COUNCIL_DISTRICT:
    return district;
  case COUNCIL_FIRE:
    return calendar == FIRE_BY_PER_CENT ? three_per_cent : five_pounds;
  default:
    return none;
  }
}

static void default_limits(struct plan *plan)
{
  const bool limit = plan->term[TERM_LIMIT].present, pounds = plan->term[TERM_LIMIT_GBP].present;
  for (int y = 0; y < plan->n_years; y++) {
    const struct principle principle = principle_of(plan->class, plan->first_year + y);
    if (!limit) {
      plan->term[TERM_LIMIT].series.cell[y] = principle.limit;
    }
    if (!limit && !pounds) {
      plan->term[TERM_LIMIT_GBP].series.cell[y] = principle.pounds;
    }
  }
}

static void check_council_tax_terms(struct area *area)
{
  need_term(area, TERM_BAND_D);
  check_band_d(area);
  check_base(area);
  check_collection(area);
}

/* ---- business rates ------------------------------------------------------------------------------------ */

static void check_business_rates_terms(struct area *area)
{
  static const enum term_id needed[] = { TERM_INCOME, TERM_LOCAL_SHARE, TERM_BASELINE, TERM_BASELINE_FUNDING };
  static const enum term_id none[] = { TERM_LEVY_RATE, TERM_SAFETY_NET };
  for (size_t i = 0; i < COUNT_OF(needed); i++) {
    need_term(area, needed[i]);
  }
  for (size_t i = 0; i < COUNT_OF(none); i++) {
    if (!given(area, none[i])) {
      complain(area, CODE_TERM_TAKEN_AS_NONE, header_place(&area->table),
               arena_printf(area->reading->arena, "%s is not given and taken as none", term_kinds[none[i]].field),
               "add it if there is one");
    }
  }
}

/* ---- the four files ------------------------------------------------------------------------------------ */

static const struct line *line_of_form(const struct plan *plan, enum line_form form)
{
  for (int l = 0; l < plan->n_lines; l++) {
    if (plan->line[l].form == form) {
      return &plan->line[l];
    }
  }
  return NULL;
}

/* council_tax.csv and business_rates.csv are needed exactly when a line has that form. */
static bool read_own_file(struct reading *reading, const char *name, enum line_form form, void (*check)(struct area *))
{
  struct area *area = arena_alloc(reading->arena, sizeof *area);
  bool absent = false;
  if (area == NULL) {
    return false;
  }
  const struct line *line = line_of_form(reading->plan, form);
  const bool read = read_area(reading, name, area, &absent);
  if (absent && line != NULL) {
    complain(area, CODE_FILE_MISSING, line->place,
             arena_printf(reading->arena, "'%s' needs %s, which is missing", line->id, area->file),
             "a line of this form takes its figures from there");
  } else if (read && line != NULL) {
    check(area);
  } else if (read && reading->plan->has_mtfp && !file_failed(reading, "mtfp.csv")) {
    complain(area, CODE_TERMS_UNUSED, header_place(&area->table),
             arena_printf(reading->arena, "no line of the plan has the form %s", name), "these terms move nothing");
  }
  return read || absent;
}

static bool read_plain_file(struct reading *reading, const char *name)
{
  struct area *area = arena_alloc(reading->arena, sizeof *area);
  bool absent = false;
  return area != NULL && (read_area(reading, name, area, &absent) || absent);
}

/* R13: interest on balances needs its rate. */
static void check_balances(struct reading *reading)
{
  if (!reading->plan->interest_on_balances || reading->plan->term[TERM_BALANCES_RATE].present ||
      file_failed(reading, "treasury.csv")) {
    return;
  }
  struct finding *finding = finding_add(reading->findings, CODE_TERM_MISSING, (struct place){ .file = "treasury.csv" },
                                        "interest_on_balances is yes and there is no row for balances_rate");
  finding_label(reading->findings, finding, "add balances_rate to treasury.csv");
}

bool read_terms(struct reading *reading)
{
  bool good = read_own_file(reading, "council_tax", FORM_COUNCIL_TAX, check_council_tax_terms);
  good = read_own_file(reading, "business_rates", FORM_BUSINESS_RATES, check_business_rates_terms) && good;
  good = read_plain_file(reading, "high_needs") && good;
  good = read_plain_file(reading, "treasury") && good;
  absent_terms(reading->plan);
  default_limits(reading->plan);
  check_balances(reading);
  return good;
}
