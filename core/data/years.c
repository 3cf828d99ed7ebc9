/* years.c: financial years as people and spreadsheets write them (format.md section 1). */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/table.h"

#include <ctype.h>
#include <string.h>

static int digits_at(const char *text, int n)
{
  int value = 0;
  for (int i = 0; i < n; i++) {
    if (!isdigit((unsigned char)text[i])) {
      return -1;
    }
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/* Dec-11, 11-Dec, 01/12/2011, 2011-12-01: what a spreadsheet makes of 2011/12. */
static bool looks_like_date(const char *text)
{
  static const char *const months[] = { "jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec" };
  for (size_t m = 0; m < COUNT_OF(months); m++) {
    const char *month = strcasestr(text, months[m]);
    if (month != NULL && (month == text || !isalpha((unsigned char)month[-1])) && !isalpha((unsigned char)month[3])) {
      return true;
    }
  }
  const size_t n = strlen(text);
  const bool day_first = n == 10 && digits_at(text, 2) > 0 && digits_at(text + 3, 2) > 0 && digits_at(text + 6, 4) > 0;
  const bool year_first = n == 10 && digits_at(text, 4) > 0 && digits_at(text + 5, 2) > 0 && digits_at(text + 8, 2) > 0;
  return day_first || year_first;
}

int year_parse(const char *text, bool *spreadsheet)
{
  const size_t n = strlen(text);
  *spreadsheet = false;
  if ((n == 7 || n == 9) && (text[4] == '/' || text[4] == '-')) {
    const int first = digits_at(text, 4), second = digits_at(text + 5, (int)n - 5);
    const int next = n == 7 ? (first + 1) % 100 : first + 1;
    if (first >= 1900 && first < 2200 && second == next) {
      return first;
    }
  }
  *spreadsheet = strpbrk(text, "0123456789") != NULL && looks_like_date(text);
  return 0;
}

bool cell_year(struct reading *reading, const struct table *table, int row, const struct cell *cell, int *calendar)
{
  bool date = false;
  *calendar = cell_blank(cell) ? 0 : year_parse(cell->text, &date);
  if (*calendar != 0) {
    return true;
  }
  struct finding *finding =
      date ? finding_add(reading->findings, CODE_BAD_YEAR, cell_place(table, row, cell),
                         "a spreadsheet turned a year into the date '%s'", cell_shown(reading, cell))
           : finding_add(reading->findings, CODE_BAD_YEAR, cell_place(table, row, cell), "'%s' is not a year",
                         cell_shown(reading, cell));
  finding_label(reading->findings, finding, "write a year and the next as 2026/27");
  return false;
}
