/* stress_left.c: what a stress leaves out of its tables, and why. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/stress_words.h"

#include <stdlib.h>

/* The largest amount of a line, whatever its sign. */
static pence largest_year(const struct stress_report *r, int line)
{
  const pence *amount = r->report.shown[0].result->line[line].amount;
  pence largest = 0;
  for (int y = 0; y < r->report.folder->plan.n_years; y++) {
    largest = llabs(amount[y]) > llabs(largest) ? amount[y] : largest;
  }
  return largest;
}

/* Lines that hold anything, the largest first; how many. */
static int lines_in_order(const struct stress_report *r, int *order)
{
  int n = 0;
  for (int i = 0; i < r->battery->n_not_moved; i++) {
    const int line = r->battery->not_moved[i];
    const pence size = llabs(largest_year(r, line));
    if (size == 0) {
      continue;
    }
    int at = n++;
    for (; at > 0 && size > llabs(largest_year(r, order[at - 1])); at--) {
      order[at] = order[at - 1];
    }
    order[at] = line;
  }
  return n;
}

void not_moved_words(struct text *out, const struct stress_report *r)
{
  enum { MOST_NAMED = 6 };
  int *order = calloc((size_t)r->battery->n_not_moved + 1, sizeof *order);
  const int n = order != NULL ? lines_in_order(r, order) : 0;
  text_add(out, n > 0 ? "Left out, as no driver grows them and their class has no step, with the largest year of each: "
                      : "");
  for (int i = 0; i < n && i < MOST_NAMED; i++) {
    text_printf(out, "%s%s ", i > 0 ? ", " : "", r->report.folder->plan.line[order[i]].label);
    text_money_short(out, largest_year(r, order[i]));
  }
  if (n > MOST_NAMED) {
    text_printf(out, " and %d more", n - MOST_NAMED);
  }
  text_add(out, n > 0 ? "." : "");
  free(order);
}
