/* merge.c: the changes of all uses put together, input by input.
 *
 * (1) input = plan x product of scales + sum of additions; clamps and rounding are the engine's.
 * (2) Uses are taken in the order of their instance names, so that the order of rows in a file never matters.
 * (3) Where nothing changes there is no row, so that zero severity is the plan bit for bit (R42).
 * (4) What is drawn is part of the plan to a use: a scale scales it too, so input = (plan + drawn) x scales +
 * additions. (5) Two uses that move one receipt's shares past the whole of it are a mistake, and both are named. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/stage.h"

#include <stdlib.h>
#include <string.h>

static size_t cell(const struct merge *merge, int input, int year)
{
  return (size_t)input * (size_t)merge->plan->n_years + (size_t)year;
}

/* Rule 2: each list runs in the order of the sources. */
static void link_sources(struct merge *merge)
{
  for (int i = 0; i < merge->plan->n_inputs; i++) {
    merge->first[i] = -1;
  }
  for (int s = merge->n_sources - 1; s >= 0; s--) {
    const int input = merge->source[s].input;
    merge->next[s] = merge->first[input];
    merge->first[input] = s;
  }
}

bool merge_init(struct merge *merge, const struct plan *plan, const struct change_source *source, int n, int stride)
{
  const size_t inputs = (size_t)plan->n_inputs, cells = inputs * (size_t)plan->n_years;
  const size_t row = (size_t)stride * sizeof(double);
  *merge = (struct merge){ .plan = plan, .source = source, .n_sources = n, .stride = stride };
  merge->first = calloc(inputs + 1, sizeof *merge->first);
  merge->next = calloc((size_t)n + 1, sizeof *merge->next);
  merge->scale = calloc(cells + 1, sizeof *merge->scale);
  merge->add = calloc(cells + 1, sizeof *merge->add);
  merge->drawn = calloc(cells + 1, sizeof *merge->drawn);
  merge->settled = calloc(inputs + 1, sizeof *merge->settled);
  merge->rows = aligned_alloc(64, 2 * row * ((size_t)n * (size_t)plan->n_years + 1));
  merge->changes = (struct changes){ merge->scale, merge->add };
  if (merge->first == NULL || merge->next == NULL || merge->scale == NULL || merge->add == NULL ||
      merge->drawn == NULL || merge->settled == NULL || merge->rows == NULL) {
    merge_fini(merge);
    return false;
  }
  link_sources(merge);
  return true;
}

void merge_fini(struct merge *merge)
{
  free(merge->first);
  free(merge->next);
  free(merge->scale);
  free(merge->add);
  free(merge->drawn);
  free(merge->settled);
  free(merge->rows);
  *merge = (struct merge){ 0 };
}

/* Room for two rows a source and year: more than the inputs that they change. */
static double *row_of(const struct merge *merge, int source, int year, bool scales)
{
  const size_t at = ((size_t)source * (size_t)merge->plan->n_years + (size_t)year) * 2 + (scales ? 1 : 0);
  return merge->rows + at * (size_t)merge->stride;
}

/* Rule 3 */
static bool is_neutral(const double *row, int n_lanes, double neutral)
{
  for (int i = 0; i < n_lanes; i++) {
    if (row[i] != neutral) {
      return false;
    }
  }
  return true;
}

static bool is_idle(const struct change_source *source)
{
  return source->idle != NULL && *source->idle;
}

/* The product of the scales of one input, or the sum of the additions; one alone is not copied.  NULL: no change. */
static const double *put_together(const struct merge *merge, int input, int year, int n_lanes, bool scales)
{
  const int first = merge->first[input], lanes = (n_lanes + 7) / 8 * 8;
  double *room = row_of(merge, first, year, scales);
  const double *out = NULL;
  for (int s = first; s >= 0; s = merge->next[s]) {
    const struct change_source *source = &merge->source[s];
    if (source->scales != scales || is_idle(source)) {
      continue;
    }
    const double *row = source->row[year], *before = out;
    for (int i = 0; out != NULL && i < lanes; i++) {
      room[i] = scales ? before[i] * row[i] : before[i] + row[i];
    }
    out = out != NULL ? room : row;
  }
  return out == NULL || is_neutral(out, n_lanes, scales ? 1.0 : 0.0) ? NULL : out;
}

/* Rule 4 */
static const double *with_drawn(const struct merge *merge, int input, int year, int n_lanes, const double *scale,
                                const double *add)
{
  const int lanes = (n_lanes + 7) / 8 * 8;
  const double *drawn = merge->drawn[cell(merge, input, year)];
  double *room = row_of(merge, merge->first[input], year, false);
  if (drawn == NULL || (scale == NULL && add == NULL)) {
    return drawn != NULL ? drawn : add;
  }
  for (int i = 0; i < lanes; i++) {
    const double by = scale != NULL ? scale[i] : 1.0, more = add != NULL ? add[i] : 0.0;
    room[i] = more + drawn[i] * by;
  }
  return room;
}

void merge_years(struct merge *merge, int n_lanes, int first_year)
{
  for (int input = 0; input < merge->plan->n_inputs; input++) {
    if (merge->first[input] < 0 || merge->settled[input]) {
      continue;
    }
    for (int year = first_year; year < merge->plan->n_years; year++) {
      const double *scale = put_together(merge, input, year, n_lanes, true);
      const double *add = put_together(merge, input, year, n_lanes, false);
      merge->scale[cell(merge, input, year)] = scale;
      merge->add[cell(merge, input, year)] = with_drawn(merge, input, year, n_lanes, scale, add);
    }
  }
}

static bool is_level(const double *row, int n_lanes)
{
  return row == NULL || is_neutral(row, n_lanes, row[0]);
}

bool merge_settle(struct merge *merge, const bool *still, int n_lanes)
{
  bool any = false;
  for (int input = 0; input < merge->plan->n_inputs; input++) {
    bool level = merge->first[input] >= 0 && !still[input];
    for (int year = 0; level && year < merge->plan->n_years; year++) {
      level = is_level(merge->scale[cell(merge, input, year)], n_lanes) &&
              is_level(merge->add[cell(merge, input, year)], n_lanes);
    }
    merge->settled[input] = level;
    any = any || level;
  }
  return any;
}

void merge_draw(struct merge *merge, int input, int year, const double *add)
{
  merge->drawn[cell(merge, input, year)] = add;
  if (merge->first[input] < 0) {
    merge->add[cell(merge, input, year)] = add;
  }
}

/* ---- rule 5 -------------------------------------------------------------------------------------------- */

static bool is_share(enum field field)
{
  return field == RECEIPT_TO_DEBT || field == RECEIPT_TO_AVOID || field == RECEIPT_TO_FLEXIBLE;
}

/* A share as the engine will have it. */
static double share(const struct merge *merge, int input, int year, int lane)
{
  const double *scale = merge->scale[cell(merge, input, year)], *add = merge->add[cell(merge, input, year)];
  const double raw =
      merge->plan->input[input].plan[year] * (scale != NULL ? scale[lane] : 1.0) + (add != NULL ? add[lane] : 0.0);
  return raw < 0.0 ? 0.0 : raw;
}

/* The uses that raise one of the receipt's shares, at most two of them. */
static int raisers(const struct merge *merge, int receipt, int year, int lane, int use[2])
{
  int n = 0;
  for (int s = 0; s < merge->n_sources && n < 2; s++) {
    const struct change_source *source = &merge->source[s];
    const struct input *input = &merge->plan->input[source->input];
    const double change = source->row[year][lane];
    const bool raises = source->scales ? change > 1.0 && input->plan[year] > 0.0 : change > 0.0;
    if (!is_idle(source) && is_share(input->field) && input->owner == receipt && raises &&
        (n == 0 || use[0] != source->use)) {
      use[n++] = source->use;
    }
  }
  return n;
}

static bool clashes(const struct merge *merge, int receipt, int year, int lane, struct share_clash *out)
{
  const double hair = 1e-12;
  double total = 0.0;
  for (int i = 0; i < merge->plan->n_inputs; i++) {
    if (is_share(merge->plan->input[i].field) && merge->plan->input[i].owner == receipt) {
      total += share(merge, i, year, lane);
    }
  }
  *out = (struct share_clash){ receipt, year, { -1, -1 } };
  return total > 1.0 + hair && raisers(merge, receipt, year, lane, out->use) == 2;
}

static bool any_share_changes(const struct merge *merge)
{
  for (int s = 0; s < merge->n_sources; s++) {
    if (is_share(merge->plan->input[merge->source[s].input].field)) {
      return true;
    }
  }
  return false;
}

bool merge_clashes(const struct merge *merge, int n_lanes, struct share_clash *out)
{
  if (!any_share_changes(merge)) {
    return false;
  }
  for (int receipt = 0; receipt < merge->plan->n_receipts; receipt++) {
    for (int year = 0; year < merge->plan->n_years; year++) {
      for (int lane = 0; lane < n_lanes; lane++) {
        if (clashes(merge, receipt, year, lane, out)) {
          return true;
        }
      }
    }
  }
  return false;
}
