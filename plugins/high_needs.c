// High needs: the schools grant deficit grows, less of it is met by grant, and the override that keeps it apart ends.
// For a council with a deficit on special needs. SPDX-License-Identifier: GPL-3.0-or-later
#include "own_line.h"

static const char rules[] =
    "1. The deficit grows, in each year up to the last of the override, by a per cent of what the plan leaves with "
    "the council at the end of that year. It moves the reserve of class dsg and no gap.\n"
    "2. Government's grant meets a share of the eligible deficit at 31 March 2026 and nothing of what came later. "
    "Where high_needs.csv gives the share it is moved in points, and the engine takes the grant off; where it does "
    "not, the share is the one given here.\n"
    "3. When the override ends, the part given of what is then left falls on the General Fund in the next year, once, "
    "and leaves the deficit. New cost after that is taken to be central government's.\n"
    "4. A plan that ends before that year shows the deficit and not its landing. One without a reserve of class dsg "
    "is left alone.\n"
    "5. The extra deficit costs interest from the year after, because the cash is gone; it does so still when the "
    "deficit has fallen on the General Fund. At the plan's carrying_rate, or the rate given where it has none. What "
    "the plan itself carries is in its own lines.\n"
    "6. The cost of the landing and that interest stand on a line of their own; a carrying_rate of the plan also "
    "shows on the engine's.\n";
static const char sources[] =
    "Special Needs Jungle, Schools Week, February 2026, and June 2025 on the extension: the override ends with "
    "2027-28; deficits of £3.8bn in March 2025. Local Government Lawyer, February 2026: about £6.6bn.\n"
    "DfE and MHCLG, explanatory note on DSG deficits, 9 February 2026: a grant of 90% of eligible deficits to the end "
    "of 2025-26, with an approved plan.\n"
    "BCP Council, budget 2026/27: £95.7m to be borrowed for one year's overspend. West Sussex: £7m of income lost.\n"
    "A test of 10% on growth and a rate of 5% are judgement.\n";

enum { P_GROWTH, P_GRANT_SHARE, P_FALLS, P_LAST_YEAR, P_COVERED, P_RATE, N_PARAMS };
enum { S_DEFICIT, S_GRANT, S_ELIGIBLE, S_CARRYING, S_EXPOSURE, S_LINE, S_STEP, N_SLOTS };
enum { THEN, ADDED_THEN, CLEARED, ADDED, LEVEL = ADDED + OWN_YEARS, N_SCRATCH = LEVEL + OWN_YEARS };
enum { GRANT_STANDS_ON = 2025 }; /* the closing balance of 2025/26 */

static const struct hr_param params[N_PARAMS] = {
  [P_GROWTH] = {
    .id = "growth", .label = "Extra growth of the deficit",
    .help = "Of what the plan leaves with the council at the end of each year given.",
    .source = "£3.8bn in March 2025, about £6.6bn in February 2026; test by judgement",
    .preset = 0.10, .neutral = 0.0, .min = -1.0, .max = 3.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_GRANT_SHARE] = {
    .id = "grant_share", .label = "Points on the share that grant meets",
    .help = "-90pp is no grant. Of the share in high_needs.csv, or of the one given by covered.",
    .source = "DfE and MHCLG, 9 February 2026; test by judgement",
    .preset = 0.0, .neutral = 0.0, .min = -1.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_SEVERITY,
  },
  [P_FALLS] = {
    .id = "falls", .label = "Part that falls on the General Fund",
    .help = "Of what is left when the override ends.",
    .source = "Local Government Lawyer, February 2026",
    .preset = 1.0, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_SEVERITY,
  },
  [P_LAST_YEAR] = {
    .id = "override_last_year", .label = "Last year of the override",
    .help = "What is left falls in the year after.",
    .source = "June 2025 on the extension: 2027/28",
    .preset = 2027.0, .neutral = 2027.0, .min = 2020.0, .max = 2040.0, .grain = 1.0,
    .unit = HR_YEAR, .flags = HR_UNIFORM,
  },
  [P_COVERED] = {
    .id = "covered", .label = "Share that grant meets",
    .help = "Of the deficit at 31 March 2026; used where the plan has no high_needs.csv.",
    .source = "DfE and MHCLG, 9 February 2026: 90%",
    .preset = 0.90, .neutral = 0.90, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = 0,
  },
  [P_RATE] = {
    .id = "carrying_rate", .label = "Interest on the extra deficit",
    .help = "A year; used where high_needs.csv gives no carrying_rate.",
    .source = "judgement: 5%",
    .preset = 0.05, .neutral = 0.05, .min = 0.0, .max = 0.25, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_DEFICIT] = {
    .id = "deficit", .address = "reserve:class=dsg.planned", .help = "What moves the deficit.",
    .access = HR_ADD, .unit = HR_GBP, .flags = HR_OPTIONAL,
  },
  [S_GRANT] = {
    .id = "grant_share", .address = "term:high_needs.grant_share", .help = "The share that grant meets.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  [S_ELIGIBLE] = {
    .id = "eligible_share", .address = "term:high_needs.eligible_share", .help = "The eligible part of the deficit.",
    .access = HR_READ, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  [S_CARRYING] = {
    .id = "carrying_rate", .address = "term:high_needs.carrying_rate", .help = "Interest on the deficit.",
    .access = HR_READ, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  [S_EXPOSURE] = {
    .id = "exposure", .address = "plan:dsg_exposure", .help = "What the plan leaves with the council.",
    .access = HR_READ, .unit = HR_GBP, .flags = 0,
  },
  [S_LINE] = OWN_LINE("high_needs", "High needs deficit", "pressure", "Where landing and interest stand."),
  [S_STEP] = OWN_LINE_STEP("high_needs"),
};

struct high_needs {
  struct own_line own;
  int32_t grant_year; /* index of 2025/26; -1: the year before the plan */
};

static int32_t create(const struct hr_host *host, void **self, struct hr_error *err)
{
  (void)host;
  *self = calloc(1, sizeof(struct high_needs));
  return *self != NULL ? HR_OK : hr_fail(err, HR_ENOMEM, -1, -1, "out of memory");
}

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  struct high_needs *needs = self;
  if (s->count[S_DEFICIT] == 0) {
    return hr_fail(err, HR_SKIP, -1, -1, "the plan has no reserve of class dsg");
  }
  needs->own.recurs = own_line_recurs(s, S_STEP);
  needs->grant_year = GRANT_STANDS_ON - s->first_year;
  return HR_OK;
}

static int plan_has_grant(const struct hr_batch *b)
{
  return b->slot[S_GRANT].count > 0 && b->slot[S_ELIGIBLE].count > 0;
}

/* The share of the deficit of 31 March 2026 that the plan already takes off in year y: nil without high_needs.csv. */
static double share_in_plan(const struct hr_batch *b, uint32_t y, uint32_t lane)
{
  return plan_has_grant(b) ? hr_in(b, S_GRANT, 0, y)[lane] * hr_in(b, S_ELIGIBLE, 0, y)[lane] : 0.0;
}

/* Rule 2: the deficit that the grant stands on.  Where that is the year before the plan, it follows from the first
 * year: exposure = deficit - movement - share x deficit. */
static void find_deficit(const struct hr_batch *b, int32_t at)
{
  double *HR_RESTRICT then = own_row(b, THEN);
  if (at >= (int32_t)b->n_years || at < -1) {
    return;
  }
  const double *exposure = hr_in(b, S_EXPOSURE, 0, at > 0 ? (uint32_t)at : 0);
  for (uint32_t i = 0; i < b->stride; i++) {
    then[i] = exposure[i];
  }
  for (uint32_t k = 0; at == -1 && k < b->slot[S_DEFICIT].count; k++) {
    const double *planned = hr_in(b, S_DEFICIT, k, 0);
    for (uint32_t i = 0; i < b->stride; i++) {
      then[i] += planned[i];
    }
  }
  for (uint32_t i = 0; at == -1 && i < b->stride; i++) {
    const double left = 1.0 - share_in_plan(b, 0, i);
    then[i] = left > 0.01 ? then[i] / left : 0.0;
  }
}

/* Rule 1 */
static void grow(const struct hr_batch *b, const struct high_needs *needs, uint32_t y)
{
  const double *growth = hr_value(b, P_GROWTH, y), *exposure = hr_in(b, S_EXPOSURE, 0, y);
  const double *before = y > 0 ? own_row(b, ADDED + y - 1) : NULL;
  const double *last = hr_value(b, P_LAST_YEAR, 0);
  const double year = GRANT_STANDS_ON - needs->grant_year + (double)y;
  double *HR_RESTRICT added = own_row(b, ADDED + y), *HR_RESTRICT planned = hr_out(b, S_DEFICIT, 0, y);
  double *HR_RESTRICT then = own_row(b, ADDED_THEN);
  for (uint32_t i = 0; i < b->stride; i++) {
    const double more = year <= last[i] ? growth[i] * exposure[i] : 0.0;
    added[i] = (before != NULL ? before[i] : 0.0) + more;
    planned[i] = 0.0 - more;
    then[i] = (int32_t)y == needs->grant_year ? added[i] : then[i];
  }
  if (plan_has_grant(b)) {
    memcpy(hr_out(b, S_GRANT, 0, y), hr_value(b, P_GRANT_SHARE, y), b->stride * sizeof(double));
  }
}

/* The share that grant meets in this run. */
static double share_now(const struct hr_batch *b, uint32_t y, uint32_t lane)
{
  const double given = plan_has_grant(b) ? hr_in(b, S_GRANT, 0, y)[lane] : hr_value(b, P_COVERED, y)[lane];
  const double share = given + hr_value(b, P_GRANT_SHARE, y)[lane];
  const double held = share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share;
  return plan_has_grant(b) ? held * hr_in(b, S_ELIGIBLE, 0, y)[lane] : held;
}

/* Rule 3, in the year after the override: what the plan leaves, what was added, less what more the grant meets here. */
static void land(const struct hr_batch *b, const struct high_needs *needs, uint32_t y)
{
  const double *falls = hr_value(b, P_FALLS, y), *last = hr_value(b, P_LAST_YEAR, 0);
  const double *exposure = hr_in(b, S_EXPOSURE, 0, y - 1), *added = own_row(b, ADDED + y - 1);
  const double *then = own_row(b, THEN), *added_then = own_row(b, ADDED_THEN);
  const double before = GRANT_STANDS_ON - needs->grant_year + (double)y - 1.0;
  const double by_grant = plan_has_grant(b) ? 0.0 : 1.0; /* then the grant leaves the deficit here, not in the engine */
  double *HR_RESTRICT line = hr_out(b, S_LINE, 0, y), *HR_RESTRICT planned = hr_out(b, S_DEFICIT, 0, y);
  double *HR_RESTRICT cleared = own_row(b, CLEARED);
  for (uint32_t i = 0; i < b->stride; i++) {
    if (before != last[i]) {
      continue;
    }
    const double met = share_now(b, y - 1, i) * (then[i] + added_then[i]) - share_in_plan(b, y - 1, i) * then[i];
    const double left = exposure[i] + added[i] - met;
    const double cost = 0.0 + falls[i] * (left > 0.0 ? left : 0.0);
    line[i] += cost;
    planned[i] += cost + by_grant * falls[i] * met;
    cleared[i] += cost;
  }
}

/* Rule 5.  The engine charges the deficit above the plan's where it has a rate, so there only what has been cleared is
 * missing. */
static void carry(const struct hr_batch *b, uint32_t y)
{
  const int has_rate = b->slot[S_CARRYING].count > 0;
  const double *rate = has_rate ? hr_in(b, S_CARRYING, 0, y) : hr_value(b, P_RATE, y);
  const double *uncharged = has_rate ? own_row(b, CLEARED) : own_row(b, ADDED + y - 1);
  double *HR_RESTRICT level = own_row(b, LEVEL + y);
  for (uint32_t i = 0; i < b->stride; i++) {
    level[i] = 0.0 + rate[i] * uncharged[i];
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct high_needs *needs = self;
  if (own_line_years(b) != HR_OK) {
    return HR_EUNSUP;
  }
  find_deficit(b, needs->grant_year);
  for (uint32_t y = 0; y < b->n_years; y++) {
    grow(b, needs, y);
  }
  for (uint32_t y = 1; y < b->n_years; y++) {
    carry(b, y);
    land(b, needs, y);
  }
  own_line_level(b, S_LINE, S_STEP, needs->own.recurs, LEVEL);
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.high-needs",
  .name = "High needs",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "The schools grant deficit grows, and falls on the General Fund when the override ends.",
  .rules = rules,
  .sources = sources,
  .param = params,
  .slot = slots,
  .n_params = N_PARAMS,
  .n_slots = N_SLOTS,
  .n_scratch = N_SCRATCH,
  .create = create,
  .activate = activate,
  .apply = apply,
  .destroy = free,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : NULL;
}
