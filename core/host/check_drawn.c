/* check_drawn.c: a plugin at parameters drawn anywhere within their ranges, many times over; for the conformance check.
 *
 * Every draw goes by the seed, so that what was found once is found again by `--seed`. */
// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/check.h"

#include <stdio.h>
#include <string.h>

enum { ROUNDS = 32 };

/* "extra=0.25 offset=0.1", as far as it fits. */
static void parameters_of(const struct stand *stand, uint32_t lane, char *out, size_t room)
{
  const struct plugin *plugin = stand->scene->plugin;
  size_t n = 0;
  out[0] = '\0';
  for (uint32_t p = 0; p < plugin->n_params && n + 1 < room; p++) {
    const uint32_t n_years = (plugin->param[p].flags & HR_PER_YEAR) != 0 ? stand->batch->n_years : 1;
    for (uint32_t year = 0; year < n_years && n + 1 < room; year++) {
      const double value = hr_value(stand->batch, p, year)[lane];
      const int wrote = year == 0
                            ? snprintf(out + n, room - n, "%s%s=%.6g", p > 0 ? " " : "", plugin->param[p].id, value)
                            : snprintf(out + n, room - n, ";%.6g", value);
      n += wrote > 0 ? (size_t)wrote : 0;
    }
  }
}

/* An orderly no to an odd mix is an answer. */
static enum verdict run_or_declined(struct stand *stand, bool *is_declined)
{
  const enum verdict verdict = stand_run(stand);
  *is_declined = verdict == VERDICT_FAILED && stand->error->code == HR_ERANGE;
  if (*is_declined) {
    stand->scene->note->verdict = VERDICT_OK;
    stand->scene->note->detail.text[0] = '\0';
  }
  return *is_declined ? VERDICT_OK : verdict;
}

static enum verdict finite_in_every_lane(const struct stand *stand)
{
  struct row_at at;
  uint32_t lane;
  if (!not_finite(stand, &at, &lane)) {
    return VERDICT_OK;
  }
  char values[160];
  parameters_of(stand, lane, values, sizeof values);
  return scene_refuse(stand->scene, VERDICT_NOT_FINITE, "slot '%s', series %u, year %u, with %s",
                      stand->scene->plugin->slot[at.slot].id, at.series, at.year, values);
}

static enum verdict one_round(struct scene *scene)
{
  const uint32_t alone = (uint32_t)(scene->round % CHECK_LANES);
  struct stand *whole = stand_new(scene, DRAWN, 0, CHECK_LANES, 0);
  struct stand *part = whole != NULL ? stand_new(scene, DRAWN, 0, 1, alone) : NULL;
  bool is_declined = false, is_part_declined = false;
  enum verdict verdict = part != NULL ? run_or_declined(whole, &is_declined) : VERDICT_FAILED;
  if (verdict == VERDICT_OK && !is_declined) {
    verdict = finite_in_every_lane(whole);
  }
  verdict = verdict == VERDICT_OK ? run_or_declined(part, &is_part_declined) : verdict;
  if (verdict == VERDICT_OK && !is_declined && !is_part_declined) {
    verdict = same_lanes(part, whole, alone, VERDICT_LANES, "alone");
  }
  stand_free(part);
  stand_free(whole);
  return verdict;
}

enum verdict drawn_parameters(struct scene *scene)
{
  enum verdict verdict = VERDICT_OK;
  for (scene->round = 0; scene->round < ROUNDS && verdict == VERDICT_OK; scene->round++) {
    verdict = one_round(scene);
  }
  return verdict;
}
