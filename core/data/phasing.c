/* phasing.c: the year cells of a saving, under the phasing that its row declares, to money in effect each year
 * (format.md section 6).
 *
 * R7: what the cells hold is declared, never guessed.  6.1, 7.9, 6.2 is 20.2 in place as amount_new and 6.2 as
 * amount_in_place. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/savings.h"

#include <ctype.h>
#include <string.h>

static const char *const phasing_names[] = { "",  "percent_in_place", "percent_new", "amount_in_place", "amount_new",
                                             NULL };

static bool is_percent(enum phasing phasing)
{
  return phasing == PERCENT_IN_PLACE || phasing == PERCENT_NEW;
}

static bool is_new(enum phasing phasing)
{
  return phasing == PERCENT_NEW || phasing == AMOUNT_NEW;
}

static bool find_phasing(struct reading *reading, const struct table *table, int row, const struct saving *saving,
                         enum phasing *out)
{
  const struct cell *cell = table_cell(table, row, "phasing");
  if (cell_blank(cell)) {
    const struct place place =
        table_column(table, "phasing") < 0 ? row_place(table, row) : cell_place(table, row, cell);
    struct finding *finding = finding_add(reading->findings, CODE_SAVING_PHASING, place,
                                          "saving '%s' does not say what its years hold", saving->id);
    finding_label(reading->findings, finding, "percent_in_place, percent_new, amount_in_place or amount_new");
    finding_help(
        reading->findings, finding,
        "savings of 6.1, 7.9 and 6.2 are 20.2 a year in the end when each is new (amount_new), and 6.2 when they are a "
        "running total (amount_in_place)");
    return false;
  }
  int choice = 0;
  const bool found = cell_choice(reading, table, row, cell, phasing_names + 1, &choice);
  *out = (enum phasing)(choice + PERCENT_IN_PLACE);
  return found;
}

/* The whole of the saving in a full year: needed to make money of percentages, and otherwise a second answer to one
 * question. */
static bool find_full_year(struct reading *reading, const struct table *table, int row, enum phasing phasing,
                           double *full_year)
{
  const struct cell *cell = table_cell(table, row, "full_year");
  if (!is_percent(phasing)) {
    return must_be_blank(reading, table, row, "full_year", "the years hold amounts of money already");
  }
  if (cell_blank(cell)) {
    const struct place place =
        table_column(table, "full_year") < 0 ? row_place(table, row) : cell_place(table, row, cell);
    struct finding *finding = finding_add(reading->findings, CODE_SAVING_FULL_YEAR, place,
                                          "'%s' needs the amount of a full year", phasing_names[phasing]);
    finding_label(reading->findings, finding, "the saving in a full year, in the money unit");
    return false;
  }
  if (!cell_money(reading, table, row, cell, full_year)) {
    return false;
  }
  if (*full_year < 0) {
    struct finding *finding = finding_add(reading->findings, CODE_SAVING_YEARS, cell_place(table, row, cell),
                                          "'%s' is below zero", cell_shown(reading, cell));
    finding_label(reading->findings, finding, "savings are positive sizes");
    return false;
  }
  return true;
}

/* One year cell: a share of the full year or an amount, whichever the phasing says. */
static bool read_year(struct reading *reading, const struct table *table, int row, enum phasing phasing,
                      double full_year, int year, double *value, double *typed)
{
  const struct cell *cell = table_year_cell(table, row, year);
  if (cell_blank(cell)) {
    struct finding *finding = finding_add(reading->findings, CODE_SAVING_YEARS, cell_place(table, row, cell),
                                          "%s is blank", year_words(reading, year));
    finding_label(reading->findings, finding, "type 0 where nothing is saved");
    finding_help(reading->findings, finding, "all years may be blank when 'start' gives the month, such as 2026-10");
    return false;
  }
  const bool read = is_percent(phasing) ? cell_percent(reading, table, row, cell, typed)
                                        : cell_money(reading, table, row, cell, typed);
  if (!read) {
    return false;
  }
  if (*typed < 0) {
    struct finding *finding = finding_add(reading->findings, CODE_SAVING_YEARS, cell_place(table, row, cell),
                                          "'%s' is below zero", cell_shown(reading, cell));
    finding_label(reading->findings, finding, "savings are positive sizes");
    return false;
  }
  *value = is_percent(phasing) ? full_year * *typed : *typed;
  return true;
}

static bool years_blank(const struct table *table, int row, int n_years)
{
  for (int y = 0; y < n_years; y++) {
    if (!cell_blank(table_year_cell(table, row, y))) {
      return false;
    }
  }
  return true;
}

/* ---- start: the month from which a saving is made ------------------------------------------------------ */

static int two_digits(const char *text)
{
  return isdigit((unsigned char)text[0]) && isdigit((unsigned char)text[1]) ? (text[0] - '0') * 10 + text[1] - '0' : -1;
}

/* "2026-10": the financial year that October 2026 is in, and its place in it, April being 1. */
static bool read_start(struct reading *reading, const struct table *table, int row, int *year, int *month)
{
  const struct cell *cell = table_cell(table, row, "start");
  const char *text = cell->text;
  const bool shaped = strlen(text) == 7 && text[4] == '-';
  const int century = shaped ? two_digits(text) : -1, year_of_it = shaped ? two_digits(text + 2) : -1;
  const int calendar_month = shaped ? two_digits(text + 5) : -1;
  if (century < 0 || year_of_it < 0 || calendar_month < 1 || calendar_month > 12) {
    struct finding *finding = finding_add(reading->findings, CODE_SAVING_START, cell_place(table, row, cell),
                                          "'%s' is not a month", cell_shown(reading, cell));
    finding_label(reading->findings, finding, "a month such as 2026-10");
    return false;
  }
  *month = calendar_month >= 4 ? calendar_month - 3 : calendar_month + 9;
  *year = century * 100 + year_of_it - (calendar_month < 4) - reading->plan->first_year;
  return true;
}

/* In place (13 - k)/12 of the full year in the year of its month k, April being 1, and all of it after; a one-off all
 * in that year. */
static bool phase_from_start(struct reading *reading, const struct table *table, int row, double full_year,
                             struct saving *saving)
{
  int year = 0, month = 0;
  if (!read_start(reading, table, row, &year, &month)) {
    return false;
  }
  const struct cell *cell = table_cell(table, row, "start");
  if (year >= reading->plan->n_years || (year < 0 && !saving->recurring)) {
    struct finding *finding = finding_add(reading->findings, CODE_SAVING_START, cell_place(table, row, cell),
                                          "saving '%s' starts in %s, outside the plan, so it saves nothing", saving->id,
                                          cell_shown(reading, cell));
    finding_label(reading->findings, finding, "a month of %s to %s", year_words(reading, 0),
                  year_words(reading, reading->plan->n_years - 1));
    return false;
  }
  for (int y = 0; y < reading->plan->n_years; y++) {
    const double first = saving->recurring ? full_year * (13 - month) / 12 : full_year;
    const double after = saving->recurring ? full_year : 0.0;
    saving->value[y] = y < year ? 0.0 : y == year ? first : after;
    saving->cell[y] = full_year != 0.0 ? saving->value[y] / full_year : 0.0;
    saving->origin[y] = cell_origin(reading, table, row, cell);
  }
  return true;
}

/* ---- years that are filled ----------------------------------------------------------------------------- */

static bool phase_from_years(struct reading *reading, const struct table *table, int row, enum phasing phasing,
                             double full_year, struct saving *saving)
{
  bool sound = true;
  double in_place = 0;
  for (int y = 0; y < reading->plan->n_years; y++) {
    double value = 0;
    sound = read_year(reading, table, row, phasing, full_year, y, &value, &saving->cell[y]) && sound;
    in_place += value;
    saving->value[y] = saving->recurring && is_new(phasing) ? in_place : value;
    saving->origin[y] = cell_origin(reading, table, row, table_year_cell(table, row, y));
  }
  return sound;
}

/* Only the two running totals can fall.  The cells may have meant what is new each year, so the total under that
 * reading is shown. */
static bool check_falling(struct reading *reading, const struct table *table, int row, enum phasing phasing,
                          struct saving *saving)
{
  const int n_years = reading->plan->n_years;
  double sum = 0;
  int fall = 0;
  saving->may_vanish = !cell_blank(table_cell(table, row, "note"));
  for (int y = 0; y < n_years; y++) {
    sum += saving->value[y];
    fall = fall == 0 && y > 0 && saving->value[y] < saving->value[y - 1] ? y : fall;
  }
  if (!saving->recurring || is_new(phasing) || fall == 0) {
    return true;
  }
  int vanished = 0;
  for (int y = n_years - 1; y > 0; y--) {
    vanished = saving->value[y] == 0.0 && saving->value[y - 1] > 0.0 ? y : vanished;
  }
  const bool refused = vanished > 0 && !saving->may_vanish;
  const int year = refused ? vanished : fall;
  const pence lost = pence_of(saving->value[year - 1] - saving->value[year]);
  struct finding *finding =
      finding_add(reading->findings, refused ? CODE_SAVING_VANISHES : CODE_SAVING_FALLS,
                  cell_place(table, row, table_year_cell(table, row, year)),
                  "recurring saving '%s' falls from %s in %s to %s in %s", saving->id,
                  money_short(reading, pence_of(saving->value[year - 1])), year_words(reading, year - 1),
                  money_short(reading, pence_of(saving->value[year])), year_words(reading, year));
  finding_amount(finding, lost);
  finding_label(reading->findings, finding,
                refused ? "one_off, or say in 'note' why it ends" : "is this what is new each year?");
  finding_help(reading->findings, finding,
               "phasing %s reads the years as a running total; %s would put %s a year in place by %s",
               phasing_names[phasing], phasing_names[phasing == PERCENT_IN_PLACE ? PERCENT_NEW : AMOUNT_NEW],
               money_short(reading, pence_of(sum)), year_words(reading, n_years - 1));
  return !refused;
}

static void check_whole(struct reading *reading, const struct table *table, int row, enum phasing phasing,
                        double full_year, const struct saving *saving)
{
  const double most = full_year + 0.005;
  for (int y = 0; y < reading->plan->n_years && is_percent(phasing); y++) {
    if (saving->value[y] > most) {
      struct finding *finding = finding_add(reading->findings, CODE_SAVING_OVER_FULL_YEAR,
                                            cell_place(table, row, table_year_cell(table, row, y)),
                                            "%s of saving '%s' is in place in %s, more than its full year of %s",
                                            money_short(reading, pence_of(saving->value[y])), saving->id,
                                            year_words(reading, y), money_short(reading, pence_of(full_year)));
      finding_amount(finding, pence_of(saving->value[y] - full_year));
      finding_label(reading->findings, finding, "%s holds %s", phasing_names[phasing],
                    is_new(phasing) ? "what starts in the year: together at most 100"
                                    : "what is in place: at most 100");
      return;
    }
  }
}

/* A start beside filled years is a record only; it should at least name the year in which the saving begins. */
static bool check_start(struct reading *reading, const struct table *table, int row, const struct saving *saving)
{
  const struct cell *cell = table_cell(table, row, "start");
  int year = 0, month = 0;
  if (cell_blank(cell)) {
    return true;
  }
  if (!read_start(reading, table, row, &year, &month)) {
    return false;
  }
  int first = 0;
  while (first < reading->plan->n_years && saving->value[first] == 0.0) {
    first++;
  }
  if (first < reading->plan->n_years && first != year && !(first == 0 && year < 0)) {
    struct finding *finding = finding_add(reading->findings, CODE_SAVING_START_UNUSED, cell_place(table, row, cell),
                                          "saving '%s' starts in %s, but its years begin in %s", saving->id,
                                          cell_shown(reading, cell), year_words(reading, first));
    finding_amount(finding, pence_of(saving->value[first]));
    finding_label(reading->findings, finding, "the years are what is counted");
  }
  return true;
}

bool read_phasing(struct reading *reading, const struct table *table, int row, struct saving *saving)
{
  enum phasing phasing = AMOUNT_IN_PLACE;
  double full_year = 0;
  if (!find_phasing(reading, table, row, saving, &phasing) ||
      !find_full_year(reading, table, row, phasing, &full_year)) {
    return false;
  }
  const bool from_start =
      years_blank(table, row, reading->plan->n_years) && !cell_blank(table_cell(table, row, "start"));
  if (from_start && !is_percent(phasing)) {
    struct finding *finding =
        finding_add(reading->findings, CODE_SAVING_START, cell_place(table, row, table_cell(table, row, "start")),
                    "saving '%s' has a month to start in and no full year", saving->id);
    finding_label(reading->findings, finding, "fill full_year, with phasing percent_in_place");
    return false;
  }
  saving->phasing = from_start ? PHASED_FROM_START : phasing;
  saving->full_year = full_year;
  saving->full_year_origin = cell_origin(reading, table, row, table_cell(table, row, "full_year"));
  if (from_start) {
    return phase_from_start(reading, table, row, full_year, saving);
  }
  if (!phase_from_years(reading, table, row, phasing, full_year, saving)) {
    return false;
  }
  if (is_percent(phasing)) {
    check_small_percents(reading, table, row);
  }
  check_whole(reading, table, row, phasing, full_year, saving);
  const bool starts = check_start(reading, table, row, saving);
  return check_falling(reading, table, row, phasing, saving) && starts;
}
