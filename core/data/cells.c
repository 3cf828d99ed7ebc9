/* cells.c: one cell to a value, or to a finding that says what would be accepted (format.md section 1). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include "data/words.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { LONGEST_LABEL = 200, SHOWN = 40 };

const char *cell_shown(struct reading *reading, const struct cell *cell)
{
  if (utf8_count(cell->text, (size_t)cell->length) <= SHOWN) {
    return cell->text;
  }
  size_t n = SHOWN; /* bytes; then to the end of a character */
  while (((unsigned char)cell->text[n] & 0xC0) == 0x80) {
    n++;
  }
  return arena_printf(reading->arena, "%.*s\u2026", (int)n, cell->text);
}

bool cell_needed(struct reading *reading, const struct table *table, int row, const struct cell *cell, const char *what)
{
  if (!cell_blank(cell)) {
    return true;
  }
  struct finding *finding =
      finding_add(reading->findings, CODE_BLANK, cell_place(table, row, cell), "%s is blank", what);
  finding_label(reading->findings, finding, "it must be filled");
  return false;
}

/* ---- numbers ------------------------------------------------------------------------------------------- */

/* What a finance officer types where there is no figure. */
static bool stands_for_nothing(const char *text)
{
  static const char *const words[] = { "-",    "--",  "\u2013", "\u2014", "n/a", "na", "nil",
                                       "none", "tbc", "tbd",    "?",      "x",   NULL };
  for (int i = 0; words[i] != NULL; i++) {
    if (strcasecmp(text, words[i]) == 0) {
      return true;
    }
  }
  return false;
}

static bool blank_figure(struct reading *reading, const struct table *table, int row, const struct cell *cell)
{
  struct finding *finding =
      finding_add(reading->findings, CODE_BLANK, cell_place(table, row, cell), "a figure is missing");
  finding_label(reading->findings, finding, "type it, or 0 for nothing");
  return false;
}

/* Causes that every kind of figure shares: nothing, a spreadsheet's way of showing, a spreadsheet's errors.  False when
 * it is none. */
static bool label_common_cause(struct reading *reading, const struct cell *cell, const char *complaint,
                               struct finding *finding)
{
  struct findings *findings = reading->findings;
  if (stands_for_nothing(cell->text)) {
    finding_label(findings, finding, "type 0 for nothing");
  } else if (strstr(complaint, "scientific") != NULL) {
    finding_label(findings, finding, "write all its digits");
    finding_help(findings, finding,
                 "a spreadsheet shows a wide number so when its column is narrow, and saves what it shows: widen the "
                 "column, set "
                 "it to Number, save again");
  } else if (cell->text[0] == '#') {
    finding_label(findings, finding, "%s",
                  cell->text[1] == '#' ? "the column was too narrow when the spreadsheet saved it"
                                       : "the spreadsheet's formula failed");
  } else if (cell->text[0] == '=') {
    finding_label(findings, finding, "type what the formula gives");
  } else {
    return false;
  }
  return true;
}

/* "7.9m" as it would be typed in the file's unit, or NULL. */
static const char *without_suffix(struct reading *reading, const struct cell *cell, int64_t pence_per_unit)
{
  static const struct {
    const char *suffix;
    int64_t pence;
  } suffixes[] = {
    { "bn", 100000000000 }, { "million", 100000000 }, { "mn", 100000000 }, { "m", 100000000 }, { "k", 100000 }
  };
  for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
    const size_t n = strlen(suffixes[i].suffix), length = (size_t)cell->length;
    struct decimal decimal;
    pence amount = 0;
    if (length <= n || strcasecmp(cell->text + length - n, suffixes[i].suffix) != 0) {
      continue;
    }
    size_t digits = length - n;
    digits -= cell->text[digits - 1] == ' ';
    if (decimal_parse(cell->text, digits, DECIMAL_MONEY, &decimal) == NULL &&
        decimal_pence(decimal, suffixes[i].pence, &amount) && amount % pence_per_unit == 0) {
      return arena_printf(reading->arena, "%lld", (long long)(amount / pence_per_unit));
    }
    return NULL;
  }
  return NULL;
}

static bool bad_amount(struct reading *reading, const struct table *table, int row, const struct cell *cell,
                       const char *complaint, int64_t pence_per_unit)
{
  const char *unit = pence_per_unit == 100 ? "GBP" : pence_per_unit == 100000 ? "GBP thousand" : "GBP million";
  struct finding *finding = finding_add(reading->findings, CODE_BAD_AMOUNT, cell_place(table, row, cell), "'%s' %s",
                                        cell_shown(reading, cell), complaint);
  if (label_common_cause(reading, cell, complaint, finding)) {
    return false;
  }
  const char *plain = without_suffix(reading, cell, pence_per_unit);
  if (plain != NULL) {
    finding_label(reading->findings, finding, "write %s", plain);
  } else if (strstr(complaint, "penny") != NULL || strstr(complaint, "decimals") != NULL) {
    finding_label(reading->findings, finding, "round it to the penny");
  } else if (strstr(complaint, "too large") != NULL) {
    finding_label(reading->findings, finding, "look for a digit too many");
  } else {
    finding_label(reading->findings, finding, "write 1234, 1,234.50, -1,234 or (1,234)");
  }
  finding_help(reading->findings, finding, "amounts in this cell are in %s", unit);
  return false;
}

static bool amount(struct reading *reading, const struct table *table, int row, const struct cell *cell,
                   int64_t pence_per_unit, double *gbp)
{
  *gbp = 0.0;
  if (cell_blank(cell)) {
    return blank_figure(reading, table, row, cell);
  }
  struct decimal decimal = { 0, 0 };
  pence exact = 0;
  const char *complaint = decimal_parse(cell->text, (size_t)cell->length, DECIMAL_MONEY, &decimal);
  if (complaint == NULL && !decimal_pence(decimal, pence_per_unit, &exact)) {
    complaint = decimal_pence((struct decimal){ decimal.units, 0 }, 1, &exact) && decimal.places > 0
                    ? "does not come to a whole penny"
                    : "is too large";
  }
  if (complaint != NULL) {
    return bad_amount(reading, table, row, cell, complaint, pence_per_unit);
  }
  *gbp = gbp_from_pence(exact);
  return true;
}

bool cell_money(struct reading *reading, const struct table *table, int row, const struct cell *cell, double *gbp)
{
  return amount(reading, table, row, cell, reading->plan->pence_per_unit, gbp);
}

bool cell_pounds(struct reading *reading, const struct table *table, int row, const struct cell *cell, double *gbp)
{
  return amount(reading, table, row, cell, 100, gbp);
}

bool cell_percent(struct reading *reading, const struct table *table, int row, const struct cell *cell,
                  double *fraction)
{
  *fraction = 0.0;
  if (cell_blank(cell)) {
    return blank_figure(reading, table, row, cell);
  }
  struct decimal decimal = { 0, 0 };
  const char *complaint = decimal_parse(cell->text, (size_t)cell->length, DECIMAL_PERCENT, &decimal);
  const double value = complaint == NULL ? decimal_fraction(decimal) : 0.0;
  if (complaint == NULL && (value < -10.0 || value > 10.0)) {
    complaint = "is beyond 1000 per cent";
  }
  if (complaint == NULL) {
    *fraction = value;
    return true;
  }
  struct finding *finding = finding_add(reading->findings, CODE_BAD_PERCENT, cell_place(table, row, cell), "'%s' %s",
                                        cell_shown(reading, cell), complaint);
  if (!label_common_cause(reading, cell, complaint, finding)) {
    finding_label(reading->findings, finding, "write 3 or 3%% for 3 per cent");
  }
  return false;
}

static bool bad_number(struct reading *reading, const struct table *table, int row, const struct cell *cell,
                       const char *complaint, const char *accepted)
{
  struct finding *finding = finding_add(reading->findings, CODE_BAD_NUMBER, cell_place(table, row, cell), "'%s' %s",
                                        cell_shown(reading, cell), complaint);
  if (!label_common_cause(reading, cell, complaint, finding)) {
    finding_label(reading->findings, finding, "%s", accepted);
  }
  return false;
}

bool cell_count(struct reading *reading, const struct table *table, int row, const struct cell *cell, double *count)
{
  *count = 0.0;
  if (cell_blank(cell)) {
    return blank_figure(reading, table, row, cell);
  }
  struct decimal decimal = { 0, 0 };
  const char *complaint = decimal_parse(cell->text, (size_t)cell->length, DECIMAL_MONEY, &decimal);
  if (complaint == NULL && (cell->text[0] == '(' || strstr(cell->text, "\u00A3") != NULL)) {
    complaint = "is an amount of money where a number belongs";
  } else if (complaint == NULL && decimal.units < 0) {
    complaint = "is below nothing";
  } else if (complaint == NULL && decimal.places > 4) {
    complaint = "has more than four decimals";
  } else if (complaint == NULL && decimal_value(decimal) > 9e13) {
    complaint = "is too large";
  }
  if (complaint != NULL) {
    return bad_number(reading, table, row, cell, complaint, "write a number such as 396 or 56,000.25");
  }
  *count = decimal_value(decimal);
  return true;
}

bool cell_whole(struct reading *reading, const struct table *table, int row, const struct cell *cell, int low, int high,
                int *out)
{
  struct decimal decimal = { 0, 0 };
  const char *complaint = decimal_parse(cell->text, (size_t)cell->length, DECIMAL_PLAIN, &decimal);
  if (complaint == NULL && decimal.places > 0) {
    complaint = "is not a whole number";
  }
  if (complaint == NULL && (decimal.units < low || decimal.units > high)) {
    complaint = "is out of range";
  }
  if (complaint != NULL) {
    return bad_number(reading, table, row, cell, complaint,
                      arena_printf(reading->arena, "write a whole number from %d to %d", low, high));
  }
  *out = (int)decimal.units;
  return true;
}

/* ---- words --------------------------------------------------------------------------------------------- */

static const char *in_words(struct reading *reading, const char *const *names)
{
  const char *all = "";
  for (; *names != NULL; names++) {
    if (**names != '\0') {
      all = arena_printf(reading->arena, "%s%s%s", all, *all == '\0' ? "" : names[1] == NULL ? " or " : ", ", *names);
    }
  }
  return all;
}

bool cell_choice(struct reading *reading, const struct table *table, int row, const struct cell *cell,
                 const char *const *names, int *out)
{
  for (int i = 0; names[i] != NULL; i++) {
    if (strcmp(cell->text, names[i]) == 0) {
      *out = i;
      return true;
    }
  }
  const char *nearest = cell_blank(cell) ? NULL : nearest_name(cell->text, names);
  struct finding *finding =
      cell_blank(cell) ? finding_add(reading->findings, CODE_BLANK, cell_place(table, row, cell), "a word is missing")
                       : finding_add(reading->findings, CODE_BAD_WORD, cell_place(table, row, cell),
                                     "'%s' cannot stand here", cell_shown(reading, cell));
  if (nearest != NULL) {
    finding_label(reading->findings, finding, "did you mean '%s'?", nearest);
    finding_help(reading->findings, finding, "one of %s", in_words(reading, names));
  } else {
    finding_label(reading->findings, finding, "write %s", in_words(reading, names));
  }
  return false;
}

bool cell_switch(struct reading *reading, const struct table *table, int row, const struct cell *cell, bool *out)
{
  static const char *const names[] = { "no", "yes", NULL };
  int word = 0;
  if (!cell_choice(reading, table, row, cell, names, &word)) {
    return false;
  }
  *out = word == 1;
  return true;
}

bool cell_id(struct reading *reading, const struct table *table, int row, const struct cell *cell, const char **out)
{
  *out = cell->text;
  if (cell_blank(cell)) {
    return cell_needed(reading, table, row, cell, "the id");
  }
  if (id_valid(cell->text, (size_t)cell->length)) {
    return true;
  }
  struct finding *finding = finding_add(reading->findings, CODE_BAD_ID, cell_place(table, row, cell),
                                        "'%s' is not an id", cell_shown(reading, cell));
  finding_label(reading->findings, finding, "a letter, then letters, digits, _ or -, at most 32 in all");
  return false;
}

bool cell_label(struct reading *reading, const struct table *table, int row, const struct cell *cell, const char **out)
{
  *out = cell->text;
  if (utf8_count(cell->text, (size_t)cell->length) <= LONGEST_LABEL) {
    return true;
  }
  struct finding *finding = finding_add(reading->findings, CODE_BAD_LABEL, cell_place(table, row, cell),
                                        "'%s' is longer than %d characters", cell_shown(reading, cell), LONGEST_LABEL);
  finding_label(reading->findings, finding, "put the rest into note");
  return false;
}

bool words_differ(struct reading *reading, const struct table *table, int row, const struct cell *cell,
                  const char *const *words, int n)
{
  for (int i = 1; i < n; i++) {
    for (int j = 0; j < i; j++) {
      if (strcmp(words[i], words[j]) == 0) {
        finding_label(reading->findings,
                      finding_add(reading->findings, CODE_ID_TWICE, cell_place(table, row, cell), "'%s' is named twice",
                                  words[i]),
                      "name it once");
        return false;
      }
    }
  }
  return true;
}

int cell_words(struct reading *reading, const struct cell *cell, const char *const **words)
{
  const char **found = NULL;
  int n = 0;
  for (const char *at = cell->text; *at != '\0';) {
    at += strspn(at, " ");
    const size_t length = strcspn(at, " ");
    if (length == 0) {
      break;
    }
    const char **grown = arena_grow(reading->arena, found, (size_t)n, sizeof *found);
    if (grown == NULL) {
      break;
    }
    found = grown;
    found[n++] = arena_strndup(reading->arena, at, length);
    at += length;
  }
  *words = found;
  return n;
}

/* ---- percentages that look like fractions -------------------------------------------------------------- */

/* The decimal a hundred times as large, without zeros that say nothing: 0.03 is "3". */
static const char *times_hundred(struct reading *reading, struct decimal decimal)
{
  int64_t units = decimal.units;
  int places = decimal.places - 2;
  for (; places < 0; places++) {
    units *= 10;
  }
  for (; places > 0 && units % 10 == 0; places--) {
    units /= 10;
  }
  char digits[32];
  const int n = snprintf(digits, sizeof digits, "%0*lld", places + 1, (long long)(units < 0 ? -units : units));
  return arena_printf(reading->arena, "%s%.*s%s%s", units < 0 ? "-" : "", n - places, digits, places > 0 ? "." : "",
                      digits + n - places);
}

void check_small_percents(struct reading *reading, const struct table *table, int row)
{
  const struct cell *shown = NULL;
  struct decimal typed = { 0, 0 };
  for (int y = -1; y < reading->plan->n_years; y++) {
    const struct cell *cell = table_year_cell(table, row, y);
    struct decimal decimal = { 0, 0 };
    if (cell_blank(cell) || decimal_parse(cell->text, (size_t)cell->length, DECIMAL_PERCENT, &decimal) != NULL) {
      continue;
    }
    const double value = decimal_value(decimal);
    if (value < -0.15 || value > 0.15) {
      return;
    }
    if (value != 0.0 && shown == NULL) {
      shown = cell;
      typed = decimal;
    }
  }
  if (shown == NULL) {
    return;
  }
  const bool signed_percent = shown->text[shown->length - 1] == '%';
  struct finding *finding = finding_add(reading->findings, CODE_SMALL_PERCENT, cell_place(table, row, shown),
                                        "'%s' is read as %s%s", shown->text, shown->text, signed_percent ? "" : "%");
  finding_label(reading->findings, finding, "if %s%% is meant, write %s", times_hundred(reading, typed),
                times_hundred(reading, typed));
  finding_help(reading->findings, finding, "every percentage of this row is between -0.15 and 0.15");
}
