/* check_compare.c: rows of changes looked through and held against others; for the conformance check. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/check.h"

#include <string.h>

/* ---- numbers ------------------------------------------------------------------------------------------- */

struct search_result {
  struct row_at at;
  uint32_t n_lanes, lane;
  const struct plugin *plugin;
};

static bool row_is_finite(const struct row_at *at, void *ctx)
{
  struct search_result *found = ctx;
  for (uint32_t i = 0; i < found->n_lanes; i++) {
    if (at->row[i] - at->row[i] != 0.0) {
      found->at = *at;
      found->lane = i;
      return false;
    }
  }
  return true;
}

static bool row_changes_nothing(const struct row_at *at, void *ctx)
{
  struct search_result *found = ctx;
  const double nothing = found->plugin->slot[at->slot].access == HR_SCALE ? 1.0 : 0.0;
  for (uint32_t i = 0; i < found->n_lanes; i++) {
    if (at->row[i] != nothing) {
      found->at = *at;
      found->lane = i;
      return false;
    }
  }
  return true;
}

bool not_finite(const struct stand *stand, struct row_at *at, uint32_t *lane)
{
  struct search_result found = { .n_lanes = stand->batch->n_lanes, .plugin = stand->scene->plugin };
  const bool is_finite = stand_rows(stand, row_is_finite, &found);
  *at = found.at;
  *lane = found.lane;
  return !is_finite;
}

enum verdict all_finite(const struct stand *stand, const char *when)
{
  struct row_at at;
  uint32_t lane;
  if (!not_finite(stand, &at, &lane)) {
    return VERDICT_OK;
  }
  return scene_refuse(stand->scene, VERDICT_NOT_FINITE, "slot '%s', series %u, year %u, lane %u, %s",
                      stand->scene->plugin->slot[at.slot].id, at.series, at.year, lane, when);
}

enum verdict nothing_changed(const struct stand *stand)
{
  struct search_result found = { .n_lanes = stand->batch->n_lanes, .plugin = stand->scene->plugin };
  if (stand_rows(stand, row_changes_nothing, &found)) {
    return VERDICT_OK;
  }
  return scene_refuse(stand->scene, VERDICT_NEUTRAL, "slot '%s', series %u, year %u: %.17g",
                      found.plugin->slot[found.at.slot].id, found.at.series, found.at.year, found.at.row[found.lane]);
}

/* ---- comparing rows ------------------------------------------------------------------------------------ */

/* Rows of one stand against the same lanes of another. */
struct comparison {
  const struct stand *other;
  uint32_t first, n_lanes; /* lanes of the other that this one's lanes 0.. are */
  struct row_at at;
  uint32_t lane; /* the first that differs */
};

static bool rows_agree(const struct row_at *at, void *ctx)
{
  struct comparison *comparison = ctx;
  const double *other = stand_row(comparison->other, at) + comparison->first;
  for (uint32_t i = 0; i < comparison->n_lanes; i++) {
    if (memcmp(&at->row[i], &other[i], sizeof *other) != 0) {
      comparison->at = *at;
      comparison->lane = i;
      return false;
    }
  }
  return true;
}

bool same_bits(const struct stand *stand, const struct stand *other)
{
  struct comparison comparison = { .other = other, .n_lanes = stand->batch->n_lanes };
  return stand_rows(stand, rows_agree, &comparison);
}

enum verdict same_lanes(const struct stand *stand, const struct stand *other, uint32_t first, enum verdict otherwise,
                        const char *what)
{
  struct comparison comparison = { .other = other, .first = first, .n_lanes = stand->batch->n_lanes };
  if (stand_rows(stand, rows_agree, &comparison)) {
    return VERDICT_OK;
  }
  const struct row_at *at = &comparison.at;
  return scene_refuse(stand->scene, otherwise, "slot '%s', series %u, year %u, lane %u: %.17g %s, but %.17g before",
                      stand->scene->plugin->slot[at->slot].id, at->series, at->year, first + comparison.lane,
                      at->row[comparison.lane], what, stand_row(other, at)[first + comparison.lane]);
}
