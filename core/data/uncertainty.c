/* uncertainty.c: uncertainty.csv and correlation.csv, held against their shape (format.md section 12); nothing draws
 * from them yet. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/words.h"

#include <ctype.h>
#include <string.h>

static const char *const uncertainty_columns[] = { "input",       "distribution", "sd",    "low", "mode",
                                                   "high",        "chance",       "a",     "b",   "delays",
                                                   "persistence", "shared",       "group", NULL };
static const char *const uncertainty_required[] = { "input", "distribution", NULL };
static const struct table_spec uncertainty_spec = { .file = "uncertainty.csv",
                                                    .columns = uncertainty_columns,
                                                    .required = uncertainty_required };

static const char *const correlation_columns[] = { "a", "b", "coefficient", NULL };
static const struct table_spec correlation_spec = { .file = "correlation.csv",
                                                    .columns = correlation_columns,
                                                    .required = correlation_columns };

/* What each distribution is made of; `chance` beside any other is the chance of nothing at all. */
static const struct {
  const char *name;
  const char *needs[5];
} distributions[] = {
  { "normal", { "sd" } },
  { "triangular", { "low", "mode", "high" } },
  { "pert", { "low", "mode", "high" } },
  { "beta", { "a", "b", "low", "high" } },
  { "lognormal", { "mode", "sd" } },
  { "event", { "chance", "mode" } },
  { "delay", { "delays" } },
};
static const char *const shapes[] = { "sd", "low", "mode", "high", "a", "b", "delays", NULL };

static void refuse(struct reading *reading, const struct table *table, int row, const struct cell *cell,
                   const char *label, const char *text)
{
  const enum code code = table->file == correlation_spec.file ? CODE_CORRELATION : CODE_UNCERTAINTY;
  struct finding *finding = finding_add(reading->findings, code, cell_place(table, row, cell), "%s", text);
  finding_label(reading->findings, finding, "%s", label);
}

/* A plain number, with or without the unit of its input: 2, -0.5pp, 3%, £350,000.  Only its size matters here. */
static bool read_number(struct reading *reading, const struct table *table, int row, const struct cell *cell,
                        double *out)
{
  size_t length = (size_t)cell->length;
  length -= length > 2 && strcmp(cell->text + length - 2, "pp") == 0 ? 2 : 0;
  length -= length > 1 && cell->text[length - 1] == '%' ? 1 : 0;
  struct decimal decimal;
  if (decimal_parse(cell->text, length, DECIMAL_MONEY, &decimal) == NULL) {
    *out = decimal_value(decimal);
    return true;
  }
  refuse(reading, table, row, cell, "a number in the unit of the input",
         arena_printf(reading->arena, "'%s' is not a number", cell_shown(reading, cell)));
  return false;
}

static bool read_between(struct reading *reading, const struct table *table, int row, const char *column, double low,
                         double high)
{
  const struct cell *cell = table_cell(table, row, column);
  double value = 0;
  if (cell_blank(cell)) {
    return true;
  }
  if (!read_number(reading, table, row, cell, &value)) {
    return false;
  }
  if (value >= low && value <= high) {
    return true;
  }
  refuse(reading, table, row, cell, arena_printf(reading->arena, "%g to %g", low, high),
         arena_printf(reading->arena, "%s '%s' is out of range", column, cell_shown(reading, cell)));
  return false;
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

static void check_delays(struct reading *reading, const struct table *table, int row)
{
  const struct cell *cell = table_cell(table, row, "delays");
  const char *const *words = NULL;
  const int count = cell_words(reading, cell, &words);
  int sum = 0;
  for (int i = 0; i < count; i++) {
    const char *at = words[i];
    int months = 0, share = 0;
    if (!read_digits(&at, &months) || *at++ != ':' || !read_digits(&at, &share) || *at != '\0') {
      refuse(reading, table, row, cell, "months:per cent, such as 0:60 12:30 24:10",
             arena_printf(reading->arena, "'%s' is not a delay", words[i]));
      return;
    }
    sum += share;
  }
  if (sum != 100) {
    refuse(reading, table, row, cell, "together 100",
           arena_printf(reading->arena, "the chances of the delays add to %d%%", sum));
  }
}

/* ---- a row of uncertainty.csv -------------------------------------------------------------------------- */

static bool needs(size_t distribution, const char *column)
{
  for (const char *const *need = distributions[distribution].needs; *need != NULL; need++) {
    if (strcmp(*need, column) == 0) {
      return true;
    }
  }
  return false;
}

/* Every column the distribution is made of is a number, and no other column is filled. */
static bool read_shape(struct reading *reading, const struct table *table, int row, size_t distribution)
{
  bool sound = true;
  for (const char *const *column = shapes; *column != NULL; column++) {
    const struct cell *cell = table_cell(table, row, *column);
    double value = 0;
    if (!needs(distribution, *column)) {
      sound = must_be_blank(reading, table, row, *column,
                            arena_printf(reading->arena, "%s is not made of it", distributions[distribution].name)) &&
              sound;
    } else if (!cell_needed(reading, table, row, cell, *column)) {
      sound = false;
    } else if (strcmp(*column, "delays") != 0) {
      sound = read_number(reading, table, row, cell, &value) && sound;
    }
  }
  return sound;
}

static double number_in(struct reading *reading, const struct table *table, int row, const char *column)
{
  double value = 0;
  return read_number(reading, table, row, table_cell(table, row, column), &value) ? value : 0;
}

static void check_order(struct reading *reading, const struct table *table, int row, size_t distribution)
{
  if (needs(distribution, "sd") && number_in(reading, table, row, "sd") < 0.0) {
    refuse(reading, table, row, table_cell(table, row, "sd"), "0 or more", "a standard deviation is below zero");
  }
  if (needs(distribution, "low")) {
    const double low = number_in(reading, table, row, "low"), high = number_in(reading, table, row, "high");
    const double mode = needs(distribution, "mode") ? number_in(reading, table, row, "mode") : low;
    if (low > mode || mode > high || low > high) {
      refuse(reading, table, row, table_cell(table, row, "low"), "low, then mode, then high",
             "the range runs backwards");
    }
  }
  if (needs(distribution, "a") &&
      (number_in(reading, table, row, "a") <= 0.0 || number_in(reading, table, row, "b") <= 0.0)) {
    refuse(reading, table, row, table_cell(table, row, "a"), "above 0",
           "a and b of a beta distribution are both above zero");
  }
  if (needs(distribution, "delays")) {
    check_delays(reading, table, row);
  }
}

static bool is_address(const char *text)
{
  const char *colon = strchr(text, ':'), *dot = strrchr(text, '.');
  return colon != NULL && colon > text && dot != NULL && dot > colon + 1 && dot[1] != '\0';
}

static void read_row(struct reading *reading, const struct table *table, int row)
{
  const struct cell *input = table_cell(table, row, "input"), *distribution = table_cell(table, row, "distribution");
  const struct cell *group = table_cell(table, row, "group"), *shared = table_cell(table, row, "shared");
  const char *names[COUNT_OF(distributions) + 1] = { NULL };
  for (size_t d = 0; d < COUNT_OF(distributions); d++) {
    names[d] = distributions[d].name;
  }
  if (cell_needed(reading, table, row, input, "the input") && !is_address(input->text)) {
    refuse(reading, table, row, input, "an address such as driver:pay.value",
           arena_printf(reading->arena, "'%s' is not an address", cell_shown(reading, input)));
  }
  int choice = 0;
  if (cell_needed(reading, table, row, distribution, "the distribution") &&
      cell_choice(reading, table, row, distribution, names, &choice) &&
      read_shape(reading, table, row, (size_t)choice)) {
    check_order(reading, table, row, (size_t)choice);
  }
  read_between(reading, table, row, "chance", 0, 1);
  read_between(reading, table, row, "persistence", 0, 1);
  bool yes = false;
  const char *id = NULL;
  if (!cell_blank(shared)) {
    cell_switch(reading, table, row, shared, &yes);
  }
  if (!cell_blank(group)) {
    cell_id(reading, table, row, group, &id);
  }
}

/* ---- correlation.csv ----------------------------------------------------------------------------------- */

/* A plain word must be a group of uncertainty.csv; an address or a plugin's noise is held against the plan when
 * something draws. */
static void check_party(struct reading *reading, const struct table *table, int row, const char *column,
                        const struct table *uncertain)
{
  const struct cell *cell = table_cell(table, row, column);
  if (!cell_needed(reading, table, row, cell, "what is correlated") || strpbrk(cell->text, ":.") != NULL ||
      uncertain == NULL) {
    return;
  }
  for (int i = 0; i < uncertain->n_rows; i++) {
    if (strcmp(table_cell(uncertain, i, "group")->text, cell->text) == 0) {
      return;
    }
  }
  refuse(reading, table, row, cell, "an input or a group of uncertainty.csv",
         arena_printf(reading->arena, "'%s' is no group of uncertainty.csv", cell_shown(reading, cell)));
}

static bool same_pair(const struct table *table, int row, int other)
{
  const char *a = table_cell(table, row, "a")->text, *b = table_cell(table, row, "b")->text;
  const char *c = table_cell(table, other, "a")->text, *d = table_cell(table, other, "b")->text;
  return (strcmp(a, c) == 0 && strcmp(b, d) == 0) || (strcmp(a, d) == 0 && strcmp(b, c) == 0);
}

static void read_pair(struct reading *reading, const struct table *table, int row, const struct table *uncertain)
{
  check_party(reading, table, row, "a", uncertain);
  check_party(reading, table, row, "b", uncertain);
  if (cell_needed(reading, table, row, table_cell(table, row, "coefficient"), "the coefficient")) {
    read_between(reading, table, row, "coefficient", -1, 1);
  }
  if (strcmp(table_cell(table, row, "a")->text, table_cell(table, row, "b")->text) == 0) {
    refuse(reading, table, row, table_cell(table, row, "b"), "another input or group",
           "a thing is correlated with itself");
  }
  for (int other = 0; other < row; other++) {
    if (same_pair(table, row, other)) {
      refuse(reading, table, row, table_cell(table, row, "a"), "one coefficient for a pair", "a pair stands twice");
    }
  }
}

bool read_uncertainty(struct reading *reading)
{
  const size_t errors = reading->findings->errors;
  struct table uncertain, pairs;
  bool absent = false, no_pairs = false;
  const bool read = table_read(reading, &uncertainty_spec, &uncertain, &absent);
  for (int row = 0; read && row < uncertain.n_rows; row++) {
    read_row(reading, &uncertain, row);
  }
  if (table_read(reading, &correlation_spec, &pairs, &no_pairs)) {
    for (int row = 0; row < pairs.n_rows; row++) {
      read_pair(reading, &pairs, row, read ? &uncertain : NULL);
    }
  }
  return reading->findings->errors == errors;
}
