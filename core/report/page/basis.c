/* basis.c: whose the figures of a row are, said by year where they differ.
 *
 * 1. A figure that stands in a file is what that file says of its cell.
 * 2. One that is grown stands on the year before, on what it grows by, and on what the file says of the blank cell: it
 * is as good as the weakest of them, and never printed as it stands, so derived at best. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/page/inside.h"

#include <string.h>

static enum basis weaker(enum basis a, enum basis b)
{
  return a > b ? a : b;
}

enum basis basis_of_driver(const struct plan *plan, int driver, int year)
{
  enum basis basis = BASIS_NONE;
  for (int d = driver; d >= 0; d = plan->driver[d].follows) {
    basis = weaker(basis, plan->driver[d].origin[year].basis);
  }
  return basis;
}

/* Band D is built from its rises, not grown by drivers. */
static enum basis of_growth(const struct plan *plan, const struct series *series, int year)
{
  enum basis basis = BASIS_DERIVED;
  for (int d = 0; d < series->n_drivers; d++) {
    basis = weaker(basis, basis_of_driver(plan, series->driver[d], year));
  }
  if (series == &plan->term[TERM_BAND_D].series) {
    basis = weaker(basis, plan->term[TERM_CORE_RISE].series.origin[year].basis);
    basis = weaker(basis, plan->term[TERM_ASC_RISE].series.origin[year].basis);
  }
  return basis;
}

enum basis basis_of_series(const struct plan *plan, const struct series *series, int year)
{
  enum basis basis = series->has_base ? series->base_origin.basis : BASIS_NONE;
  for (int y = 0; y <= year; y++) {
    basis = series->filled[y] ? series->origin[y].basis /* Rule 1 */
                              : weaker(weaker(basis, series->origin[y].basis), of_growth(plan, series, y));
  }
  return basis;
}

/* The one that holds for most years; of as many, the weakest. */
static enum basis usual(const enum basis *basis, int n)
{
  int count[BASIS_ILLUSTRATIVE + 1] = { 0 };
  enum basis most = BASIS_ILLUSTRATIVE;
  for (int y = 0; y < n; y++) {
    count[basis[y]]++;
  }
  for (int b = BASIS_ILLUSTRATIVE; b >= BASIS_NONE; b--) {
    most = count[b] > count[most] ? (enum basis)b : most;
  }
  return most;
}

void basis_words(struct text *out, const struct plan *plan, const enum basis *basis)
{
  const enum basis most = usual(basis, plan->n_years);
  char label[8];
  int runs = 0;
  text_add(out, basis_word(most));
  for (int y = 0; y < plan->n_years; y++) {
    int end = y;
    while (end + 1 < plan->n_years && basis[end + 1] == basis[y]) {
      end++;
    }
    if (basis[y] != most) {
      text_printf(out, "%s%s", runs++ == 0 ? ", but " : "; ", plan_year_label(plan, y, label));
      if (end > y) {
        text_printf(out, end > y + 1 ? " to %s" : " and %s", plan_year_label(plan, end, label));
      }
      text_printf(out, " %s", basis_word(basis[y]));
    }
    y = end;
  }
}

/* Each source once, in the order of the years. */
static void sources_words(struct text *out, const struct origin *origin, int n)
{
  bool any = false;
  for (int y = 0; y < n; y++) {
    bool told = origin[y].source == NULL || origin[y].source[0] == '\0';
    for (int before = 0; before < y && !told; before++) {
      told = origin[before].source != NULL && strcmp(origin[before].source, origin[y].source) == 0;
    }
    if (!told) {
      text_printf(out, "%s%s", any ? "; " : ": ", origin[y].source);
      any = true;
    }
  }
}

void basis_cell(struct page *p, const enum basis *basis, const struct origin *origin)
{
  struct text words = { 0 };
  basis_words(&words, p->plan, basis);
  if (p->b->audience != AUDIENCE_MEMBER) {
    sources_words(&words, origin, p->years);
  }
  words_cell(p, text_str(&words));
  p->out->failed |= words.failed;
  text_fini(&words);
}
