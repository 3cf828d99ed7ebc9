/* spark.c: usable reserves at a glance: a row of characters as high as the reserves are, between two figures. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/tables.h"

/* From nothing left to the most that any of them holds in any year. */
enum { LEVELS = 9 };
static const char *const blocks[LEVELS] = { "_",
                                            "\xE2\x96\x81",
                                            "\xE2\x96\x82",
                                            "\xE2\x96\x83",
                                            "\xE2\x96\x84",
                                            "\xE2\x96\x85",
                                            "\xE2\x96\x86",
                                            "\xE2\x96\x87",
                                            "\xE2\x96\x88" };
static const char *const signs[LEVELS] = { "_", ".", ":", "-", "=", "+", "*", "%", "#" };

static pence most_of(const struct plan *plan, const struct shown *shown, int count)
{
  pence most = 0;
  for (int i = 0; i < count; i++) {
    for (int y = 0; y < plan->n_years; y++) {
      const pence value = shown[i].result->measure[M_USABLE_CLOSING][y];
      most = value > most ? value : most;
    }
  }
  return most;
}

/* What is left, however little, stands above the line. */
static int level_of(pence value, pence most)
{
  const int level = most > 0 && value > 0 ? (int)((double)value / (double)most * (LEVELS - 1) + 0.5) : 0;
  return value > 0 && level == 0 ? 1 : level;
}

static void glance_row(struct grid *grid, const struct plan *plan, const struct shown *shown, pence most,
                       const struct style *style)
{
  const pence *usable = shown->result->measure[M_USABLE_CLOSING];
  struct text first = { 0 }, path = { 0 }, last = { 0 };
  text_money_short(&first, usable[0]);
  for (int y = 0; y < plan->n_years; y++) {
    text_add(&path, (style->ascii ? signs : blocks)[level_of(usable[y], most)]);
  }
  text_money_short(&last, usable[plan->n_years - 1]);
  grid_row(grid, shown->label, (const char *const[]){ text_str(&first), text_str(&path), text_str(&last) });
  text_fini(&first);
  text_fini(&path);
  text_fini(&last);
}

void reserves_at_a_glance(struct text *out, const struct report *report, const struct shown *shown, int count,
                          const struct style *style)
{
  const struct plan *plan = &report->folder->plan;
  char first[8], last[8];
  struct grid *grid = grid_new("Usable reserves at a glance, 31 March", 3);
  grid_header(
      grid, "",
      (const char *const[]){ plan_year_label(plan, 0, first), "to", plan_year_label(plan, plan->n_years - 1, last) });
  const pence most = most_of(plan, shown, count);
  for (int i = 0; i < count; i++) {
    glance_row(grid, plan, &shown[i], most, style);
  }
  grid_text(out, grid, style);
  text_add(out, "\n");
  grid_free(grid);
}
