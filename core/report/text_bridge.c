/* text_bridge.c: a bridge on a terminal: the answer in words, the parts year by year, the dates.
 *
 * Parts are rounded so that the printed ones add up to the printed difference, to the last digit. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/bridge_words.h"
#include "report/tables.h"

#include <string.h>

/* ---- printed parts that add up ------------------------------------------------------------------------- */

static pence round_to(pence value, pence unit)
{
  return (value < 0 ? value - unit / 2 : value + unit / 2) / unit;
}

static pence floor_to(pence value, pence unit)
{
  return value / unit - (value % unit < 0 ? 1 : 0);
}

/* One more to the largest remainder, or one less to the smallest, of those not yet moved. */
static void move_one(int n, const pence *part, pence unit, pence *rounded, bool *moved, int by)
{
  int best = -1;
  pence best_left = 0;
  for (int i = 0; i < n; i++) {
    const pence left = (part[i] - floor_to(part[i], unit) * unit) * by;
    if (!moved[i] && part[i] != 0 && (best < 0 || left > best_left)) {
      best = i;
      best_left = left;
    }
  }
  if (best >= 0) {
    rounded[best] += by;
    moved[best] = true;
  } else {
    memset(moved, 0, (size_t)n * sizeof *moved);
  }
}

/* Each part in whole units, so that they add up to what the rounded ends are apart. */
static void round_parts(int n, const pence *part, pence apart, pence unit, pence *rounded)
{
  bool moved[MOST_PARTS] = { false };
  bool any = false;
  for (int i = 0; i < n; i++) {
    rounded[i] = floor_to(part[i], unit);
    apart -= rounded[i];
    any |= part[i] != 0;
  }
  while (any && apart != 0) {
    const pence before = apart;
    pence sum = 0, after = 0;
    for (int i = 0; i < n; i++) {
      sum += rounded[i];
    }
    move_one(n, part, unit, rounded, moved, before > 0 ? 1 : -1);
    for (int i = 0; i < n; i++) {
      after += rounded[i];
    }
    apart -= after - sum;
  }
}

/* ---- tables -------------------------------------------------------------------------------------------- */

struct table {
  const struct bridge_report *bridge;
  enum measure measure;
  const char *title;
};

static void change_text(struct text *out, pence value, struct figures figures)
{
  text_add(out, value > 0 ? "+" : "");
  figure_text(out, value, figures);
}

static void part_row(struct grid *grid, const struct bridge_report *r, int part, const pence *values,
                     struct figures figures)
{
  const struct plan *plan = r->plan;
  struct text cells[MAX_YEARS] = { { 0 } }, label = { 0 };
  const char *words[MAX_YEARS];
  for (int y = 0; y < plan->n_years; y++) {
    change_text(&cells[y], values[y], figures);
    words[y] = text_str(&cells[y]);
  }
  text_add(&label, "  ");
  bridge_step(&label, r, part);
  grid_row(grid, text_str(&label), words);
  text_fini(&label);
  for (int y = 0; y < plan->n_years; y++) {
    text_fini(&cells[y]);
  }
}

static struct grid *parts_grid(const struct report *report, const void *ctx, struct figures figures)
{
  (void)report;
  const struct table *table = ctx;
  const struct bridge *bridge = table->bridge->bridge;
  const struct plan *plan = table->bridge->plan;
  const pence unit = figures.thousands ? 100000 : 100;
  pence shown[MOST_PARTS][MAX_YEARS], part[MOST_PARTS], rounded[MOST_PARTS];
  for (int y = 0; y < plan->n_years; y++) {
    const pence from = bridge->from.measure[table->measure][y], to = bridge->to.measure[table->measure][y];
    for (int i = 0; i < bridge->n_parts; i++) {
      part[i] = bridge->share[i][table->measure][y];
    }
    round_parts(bridge->n_parts, part, round_to(to, unit) - round_to(from, unit), unit, rounded);
    for (int i = 0; i < bridge->n_parts; i++) {
      shown[i][y] = rounded[i] * unit;
    }
  }
  struct grid *grid = grid_new(table->title, plan->n_years);
  years_header(grid, plan, figures_unit(figures));
  years_row(grid, plan, table->bridge->from, bridge->from.measure[table->measure], 1, figures);
  for (int i = 0; i < bridge->n_parts; i++) {
    part_row(grid, table->bridge, i, shown[i], figures);
  }
  grid_rule(grid);
  years_row(grid, plan, table->bridge->to, bridge->to.measure[table->measure], 1, figures);
  return grid;
}

static void dates_row(struct grid *grid, const struct plan *plan, const char *label, const int32_t *date)
{
  char years[N_DATES][8];
  const char *values[N_DATES];
  for (int d = 0; d < N_DATES; d++) {
    values[d] = date[d] == DATE_UNKNOWN          ? "?"
                : date[d] == DATE_NOT_IN_HORIZON ? "-"
                                                 : plan_year_label(plan, date[d], years[d]);
  }
  grid_row(grid, label, values);
}

static void dates_text(struct text *out, const struct bridge_report *r, const struct style *style)
{
  static const char *const headers[N_DATES] = { "D1", "D2", "D3", "D4" };
  struct grid *grid = grid_new("When", N_DATES);
  grid_header(grid, "", headers);
  dates_row(grid, r->plan, r->from, r->bridge->from.date);
  for (int i = 0; i < r->bridge->n_parts; i++) {
    if (bridge_date_moves(r->bridge, i)) {
      struct text label = { 0 };
      text_add(&label, "  ");
      bridge_step_left_out(&label, r, i);
      dates_row(grid, r->plan, text_str(&label), r->bridge->date_without[i]);
      text_fini(&label);
    }
  }
  dates_row(grid, r->plan, r->to, r->bridge->to.date);
  grid_text(out, grid, style);
  grid_free(grid);
  dates_legend(out, "-: not within these years; ?: cannot be said from this folder.", style);
}

/* ---- words --------------------------------------------------------------------------------------------- */

static void say(struct text *out, struct text *words, const struct style *style)
{
  if (words->length > 0) {
    paragraph(out, text_str(words), style);
  }
  out->failed |= words->failed;
  text_fini(words);
}

static void ends(struct text *out, const struct bridge_report *r, const struct style *style)
{
  struct text words = { 0 };
  char first[8], last[8];
  if (r->diff == NULL) {
    report_opening(out, &r->report, style);
    text_printf(&words, "From '%s' to '%s', part by part.  The order of the parts makes no difference.", r->from,
                r->to);
  } else {
    const struct plan *old = &r->old->plan, *new = &r->report.folder->plan;
    text_printf(&words,
                "%s: what changed from %s%s%s%s to %s%s%s%s, in the years that both have, %s to %s.  Cash terms.",
                new->name, r->from, old->as_at[0] != '\0' ? " (" : "", old->as_at, old->as_at[0] != '\0' ? ")" : "",
                r->to, new->as_at[0] != '\0' ? " (" : "", new->as_at, new->as_at[0] != '\0' ? ")" : "",
                plan_year_label(r->plan, 0, first), plan_year_label(r->plan, r->plan->n_years - 1, last));
  }
  say(out, &words, style);
}

static void answers(struct text *out, const struct bridge_report *r, const struct style *style)
{
  enum { MOST_SENTENCES = 6 };
  struct text words = { 0 }, dates = { 0 }, method = { 0 };
  if (r->bridge->n_parts == 0) {
    text_add(&words, r->diff != NULL ? "No figure differs." : "The two do the same: nothing is left to explain.");
  } else if (r->plan->has_mtfp) {
    bridge_sentence(&words, r, M_GAP, "the gap is", "In");
    text_add(&words, "  ");
  }
  if (r->bridge->n_parts > 0) {
    bridge_sentence(&words, r, M_USABLE_CLOSING, "usable reserves are", "At the end of");
  }
  bridge_dates(&dates, r, MOST_SENTENCES);
  bridge_method(&method, r);
  say(out, &words, style);
  say(out, &dates, style);
  say(out, &method, style);
}

static void notes(struct text *out, const struct bridge_report *r, const struct style *style)
{
  bool any = false;
  for (int i = 0; i < r->bridge->n_parts; i++) {
    struct text words = { 0 };
    if (r->bridge->note[i][0] != '\0') {
      text_printf(&words, "%s: %s.", r->bridge->part[i], r->bridge->note[i]);
    }
    any |= words.length > 0;
    say(out, &words, style);
  }
  for (int i = 0; r->diff != NULL && i < r->diff->n_idle; i++) {
    struct text words = { 0 };
    text_printf(&words, "Without effect on any figure: %s.", r->diff->idle[i]);
    any = true;
    say(out, &words, style);
  }
  if (r->diff != NULL && r->diff->coarse) {
    struct text words = { 0 };
    text_add(&words, "So much changed that some groups stand together.");
    say(out, &words, style);
  }
  text_add(out, any ? "\n" : "");
}

static bool any_unfunded(const struct bridge_report *r)
{
  for (int y = 0; y < r->plan->n_years; y++) {
    if (r->bridge->from.measure[M_UNFUNDED][y] != 0 || r->bridge->to.measure[M_UNFUNDED][y] != 0) {
      return true;
    }
  }
  return false;
}

void report_bridge_text(struct text *out, const struct bridge_report *r, const struct style *style)
{
  const struct table gap = { r, M_GAP, "Gap after savings in each year (cumulative)" };
  const struct table usable = { r, M_USABLE_CLOSING, "Usable revenue reserves at 31 March" };
  const struct table unfunded = { r, M_UNFUNDED, "Unfunded gap" };
  struct section sections[3];
  int n = 0;
  ends(out, r, style);
  answers(out, r, style);
  text_add(out, "\n");
  if (r->plan->has_mtfp) {
    sections[n++] = (struct section){ parts_grid, &gap };
  }
  sections[n++] = (struct section){ parts_grid, &usable };
  if (r->plan->has_mtfp && any_unfunded(r)) {
    sections[n++] = (struct section){ parts_grid, &unfunded };
  }
  const struct figures figures = figures_that_fit(&r->report, sections, n, style);
  for (int i = 0; i < n; i++) {
    section_text(out, &r->report, &sections[i], figures);
  }
  dates_text(out, r, style);
  notes(out, r, style);
  report_closing(out, &r->report, style);
  if (r->old != NULL) {
    struct text words = { 0 };
    text_printf(&words, "Inputs of %s:", r->from);
    for (int f = 0; f < r->old->n_files; f++) {
      text_printf(&words, " %s %.8s", r->old->file[f].name, r->old->file[f].digest);
    }
    say(out, &words, style);
  }
}
