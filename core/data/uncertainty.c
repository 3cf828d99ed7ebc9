/* uncertainty.c: uncertainty.csv: how far each input may depart from the plan, row by row as typed (format.md
 * section 12).  What a size comes to depends on the input: departures.c. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/uncertain.h"

#include <ctype.h>
#include <string.h>

const char *const distribution_names[N_DISTRIBUTIONS + 1] = { "normal",    "triangular", "pert",  "beta",
                                                              "lognormal", "event",      "delay", NULL };

static const char *const columns[] = { "input", "distribution", "sd",          "low",    "mode",  "high", "chance", "a",
                                       "b",     "delays",       "persistence", "shared", "group", NULL };
static const char *const required[] = { "input", "distribution", NULL };

/* What each distribution is made of; `chance` beside any other than an event is the chance of nothing at all. */
static const char *const needs[N_DISTRIBUTIONS][5] = {
  [DISTRIBUTION_NORMAL] = { "sd" },
  [DISTRIBUTION_TRIANGULAR] = { "low", "mode", "high" },
  [DISTRIBUTION_PERT] = { "low", "mode", "high" },
  [DISTRIBUTION_BETA] = { "a", "b", "low", "high" },
  [DISTRIBUTION_LOGNORMAL] = { "mode", "sd" },
  [DISTRIBUTION_EVENT] = { "chance", "mode" },
  [DISTRIBUTION_DELAY] = { "delays" },
};
static const char *const shapes[] = { "sd", "low", "mode", "high", "a", "b", "delays", NULL };

bool uncertain_refuse(struct reading *reading, enum code code, struct place place, const char *label, const char *text)
{
  struct finding *finding = finding_add(reading->findings, code, place, "%s", text);
  finding_label(reading->findings, finding, "%s", label);
  return false;
}

static bool refuse(struct reading *reading, const struct table *table, int row, const char *column, const char *label,
                   const char *text)
{
  return uncertain_refuse(reading, CODE_UNCERTAINTY, cell_place(table, row, table_cell(table, row, column)), label,
                          text);
}

/* ---- numbers ------------------------------------------------------------------------------------------- */

static size_t drop(const char *text, size_t length, const char *ending)
{
  const size_t n = strlen(ending);
  return length > n && memcmp(text + length - n, ending, n) == 0 ? length - n : length;
}

/* 2, -0.5pp, 3%, £350,000, £1.2m: as typed. */
bool uncertain_size(struct reading *reading, const struct table *table, int row, const char *column, struct size *out)
{
  const struct cell *cell = table_cell(table, row, column);
  const size_t whole = (size_t)cell->length;
  const bool pounds = strstr(cell->text, "\xC2\xA3") != NULL;
  const size_t points = drop(cell->text, whole, "pp"), percent = drop(cell->text, whole, "%");
  size_t length = points < whole ? points : percent;
  double times = 1.0;
  if (pounds && length == whole) {
    const size_t thousands = drop(cell->text, whole, "k"), millions = drop(cell->text, whole, "m");
    times = thousands < whole ? 1e3 : millions < whole ? 1e6 : 1.0;
    length = thousands < whole ? thousands : millions;
  }
  struct decimal decimal;
  if ((pounds && times == 1.0 && length < whole) ||
      decimal_parse(cell->text, length, DECIMAL_MONEY, &decimal) != NULL) {
    return refuse(
        reading, table, row, column,
        "such as 2, -0.5pp, 10% or \xC2\xA3"
        "350k",
        arena_printf(reading->arena, "'%s' is not a number in the unit of the input", cell_shown(reading, cell)));
  }
  *out = (struct size){ decimal_value(decimal) * times, pounds            ? SIZE_POUNDS
                                                        : points < whole  ? SIZE_POINTS
                                                        : percent < whole ? SIZE_PERCENT
                                                                          : SIZE_BARE };
  return true;
}

/* A plain number within bounds; blank leaves what stands. */
bool uncertain_number(struct reading *reading, const struct table *table, int row, const char *column, double low,
                      double high, double *out)
{
  const struct cell *cell = table_cell(table, row, column);
  struct decimal decimal;
  if (cell_blank(cell)) {
    return true;
  }
  const enum code code = table_column(table, "coefficient") >= 0 ? CODE_CORRELATION : CODE_UNCERTAINTY;
  const struct place place = cell_place(table, row, cell);
  const char *accepted = arena_printf(reading->arena, "%g to %g", low, high);
  if (decimal_parse(cell->text, (size_t)cell->length, DECIMAL_PLAIN, &decimal) != NULL) {
    return uncertain_refuse(reading, code, place, accepted,
                            arena_printf(reading->arena, "%s '%s' is not a number", column, cell_shown(reading, cell)));
  }
  *out = decimal_value(decimal);
  return (*out >= low && *out <= high) ||
         uncertain_refuse(reading, code, place, accepted,
                          arena_printf(reading->arena, "%s '%s' is out of range", column, cell_shown(reading, cell)));
}

/* ---- delays: "0:60 12:30 24:10" ------------------------------------------------------------------------ */

static bool read_digits(const char **at, int *out)
{
  const char *from = *at;
  for (*out = 0; isdigit((unsigned char)**at) && *at - from < 4; (*at)++) {
    *out = *out * 10 + **at - '0';
  }
  return *at > from;
}

static bool read_delays(struct reading *reading, const struct table *table, int row, struct uncertain *out)
{
  const char *const *words = NULL;
  const int count = cell_words(reading, table_cell(table, row, "delays"), &words);
  int sum = 0;
  for (int i = 0; i < count; i++) {
    const char *at = words[i];
    int months = 0, share = 0;
    if (!read_digits(&at, &months) || *at++ != ':' || !read_digits(&at, &share) || *at != '\0' || i == MOST_DELAYS ||
        months > 120) {
      return refuse(reading, table, row, "delays", "months:per cent, such as 0:60 12:30 24:10; up to 120 months",
                    arena_printf(reading->arena, "'%s' is not a delay", words[i]));
    }
    out->delay[out->n_delays++] = (struct delay){ months, (double)share / 100.0 };
    sum += share;
  }
  return sum == 100 || refuse(reading, table, row, "delays", "together 100",
                              arena_printf(reading->arena, "the chances of the delays add to %d%%", sum));
}

/* ---- a row --------------------------------------------------------------------------------------------- */

static bool is_needed(enum distribution distribution, const char *column)
{
  for (const char *const *need = needs[distribution]; *need != NULL; need++) {
    if (strcmp(*need, column) == 0) {
      return true;
    }
  }
  return false;
}

static bool read_shape(struct reading *reading, const struct table *table, int row, const char *column,
                       struct uncertain *out)
{
  static const double largest = 1000.0; /* of a or b: beyond, a beta distribution is a point */
  double *const plain = strcmp(column, "a") == 0 ? &out->a : strcmp(column, "b") == 0 ? &out->b : NULL;
  struct size *const size = strcmp(column, "sd") == 0     ? &out->sd
                            : strcmp(column, "low") == 0  ? &out->low
                            : strcmp(column, "mode") == 0 ? &out->mode
                                                          : &out->high;
  if (plain != NULL) {
    return uncertain_number(reading, table, row, column, 0.0, largest, plain);
  }
  return strcmp(column, "delays") == 0 ? read_delays(reading, table, row, out)
                                       : uncertain_size(reading, table, row, column, size);
}

/* Every column that the distribution is made of is read, and no other column is filled. */
static bool read_shapes(struct reading *reading, const struct table *table, int row, struct uncertain *out)
{
  bool sound = true;
  for (const char *const *column = shapes; *column != NULL; column++) {
    if (!is_needed(out->distribution, *column)) {
      sound =
          must_be_blank(reading, table, row, *column,
                        arena_printf(reading->arena, "%s is not made of it", distribution_names[out->distribution])) &&
          sound;
    } else {
      sound = cell_needed(reading, table, row, table_cell(table, row, *column), *column) &&
              read_shape(reading, table, row, *column, out) && sound;
    }
  }
  return sound;
}

static bool check_order(struct reading *reading, const struct table *table, int row, const struct uncertain *out)
{
  const bool has_mode = is_needed(out->distribution, "mode");
  if (is_needed(out->distribution, "sd") && out->sd.value < 0.0) {
    return refuse(reading, table, row, "sd", "0 or more", "a standard deviation is below zero");
  }
  if (is_needed(out->distribution, "low") &&
      (out->low.value > out->high.value ||
       (has_mode && (out->low.value > out->mode.value || out->mode.value > out->high.value)))) {
    return refuse(reading, table, row, "low", "low, then mode, then high", "the range runs backwards");
  }
  if (is_needed(out->distribution, "a") && (out->a <= 0.0 || out->b <= 0.0)) {
    return refuse(reading, table, row, "a", "above 0", "a and b of a beta distribution are both above zero");
  }
  if (out->distribution == DISTRIBUTION_LOGNORMAL && out->mode.value == 0.0) {
    return refuse(reading, table, row, "mode", "above or below 0",
                  "a lognormal distribution lies on one side of zero, and its mode says which");
  }
  return true;
}

static bool is_address(const char *text)
{
  const char *colon = strchr(text, ':'), *dot = strrchr(text, '.');
  return colon != NULL && colon > text && dot != NULL && dot > colon + 1 && dot[1] != '\0';
}

static bool read_input(struct reading *reading, const struct table *table, int row, struct uncertain *out)
{
  const struct cell *cell = table_cell(table, row, "input");
  out->input = cell->text;
  return cell_needed(reading, table, row, cell, "the input") &&
         (is_address(cell->text) ||
          refuse(reading, table, row, "input", "an address such as driver:pay.value",
                 arena_printf(reading->arena, "'%s' is not an address", cell_shown(reading, cell))));
}

static bool read_rest(struct reading *reading, const struct table *table, int row, struct uncertain *out)
{
  const struct cell *shared = table_cell(table, row, "shared"), *group = table_cell(table, row, "group");
  double *const chance = out->distribution == DISTRIBUTION_EVENT ? &out->chance : &out->nothing;
  bool sound = uncertain_number(reading, table, row, "chance", 0.0, 1.0, chance);
  sound = uncertain_number(reading, table, row, "persistence", 0.0, 1.0, &out->persistence) && sound;
  sound = (cell_blank(shared) || cell_switch(reading, table, row, shared, &out->shared)) && sound;
  return (cell_blank(group) || cell_id(reading, table, row, group, &out->group)) && sound;
}

/* A departure that is not said to fade lasts: draws that are fresh every year cancel out, and the range is then far too
 * narrow. */
static void read_row(struct reading *reading, const struct table *table, int row, struct uncertain *out)
{
  const struct cell *distribution = table_cell(table, row, "distribution");
  int choice = 0;
  *out = (struct uncertain){ .persistence = 1.0,
                             .group = "",
                             .source = table_cell(table, row, "source")->text,
                             .place = cell_place(table, row, table_cell(table, row, "input")) };
  const bool addressed = read_input(reading, table, row, out);
  if (!cell_needed(reading, table, row, distribution, "the distribution") ||
      !cell_choice(reading, table, row, distribution, distribution_names, &choice)) {
    return;
  }
  out->distribution = (enum distribution)choice;
  if (out->distribution == DISTRIBUTION_EVENT &&
      !cell_needed(reading, table, row, table_cell(table, row, "chance"), "chance")) {
    return;
  }
  const bool sound = read_rest(reading, table, row, out);
  (void)(read_shapes(reading, table, row, out) && sound && addressed && check_order(reading, table, row, out));
}

bool uncertainty_rows_read(struct reading *reading, const char *file, bool *absent)
{
  struct uncertainty *uncertainty = &reading->folder->uncertainty;
  const struct table_spec spec = { .file = file, .columns = columns, .required = required };
  const size_t errors = reading->findings->errors;
  struct table table;
  if (!table_read(reading, &spec, &table, absent)) {
    return *absent;
  }
  struct uncertain *rows = arena_array(reading->arena, (size_t)table.n_rows + 1, sizeof *rows);
  for (int row = 0; rows != NULL && row < table.n_rows; row++) {
    read_row(reading, &table, row, &rows[row]);
  }
  uncertainty->row = rows;
  uncertainty->n_rows = rows != NULL ? table.n_rows : 0;
  uncertainty->rows_from = file;
  return rows != NULL && reading->findings->errors == errors;
}
