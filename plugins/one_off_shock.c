// One-off shock: a cost that comes once, on any line, in any year, with part of it recovered or here to stay.  For
// anyone who tests an event. SPDX-License-Identifier: GPL-3.0-or-later
#include "own_line.h"
#include <stddef.h>

static const char rules[] =
    "1. The cost falls in the years given and in no other: it is paid once and never enters the base.\n"
    "2. It stands on a line of its own, One-off shock, unless slot.line names another. Where that names several, "
    "the first carries it.\n"
    "3. A cost is positive on every line, so on income or funding it is that much less of it.\n"
    "4. Part of it may be recovered, from insurance, a grant or a third party, in the same year or so many years "
    "later. What would be recovered after the last year of the plan is not counted.\n"
    "5. The incident is one cost in one year, counted from 1, for those who would rather not give a figure a year; "
    "in pounds, or as a part of the plan's net budget of that year, or both. All add up.\n"
    "6. The part of the incident that persists comes again in every year after it and enters the base: an overspend "
    "that is not put right, a pay structure that costs more. Nothing of it is recovered.\n"
    "7. What has no one-off part at all is not for this plugin: raise the line's step instead.\n";
static const char sources[] =
    "Redcar and Cleveland cyber attack (BBC, 2020): first £10.4m, revised to £8.7m, grant £3.68m. Hackney about "
    "£10m, Gloucester over £1m.\n"
    "Birmingham equal pay (Local Government Lawyer): estimated at £650m to £760m, settled near £250m. First "
    "estimates can be three times out either way.\n"
    "Surrey reorganisation (CCN): £55.6m for two unitary councils, £59.5m for three.\n"
    "ADASS Spring Survey 2025: four councils in five overspent on adult social care in 2024/25, by £774m in all.\n"
    "King's Lynn, Town Board minutes: a shortfall of £11.3m on the Guildhall.\n";

enum { P_COST, P_INCIDENT, P_INCIDENT_PART, P_INCIDENT_YEAR, P_RECOVERED, P_RECOVERED_AFTER, P_PERSISTS, N_PARAMS };
enum { S_LINE, S_STEP, S_BUDGET, N_SLOTS };
enum { PAID, LEVEL = PAID + OWN_YEARS, INCIDENT = LEVEL + OWN_YEARS, N_SCRATCH }; /* a row a year; then one */

static const struct hr_param params[N_PARAMS] = {
  [P_COST] = {
    .id = "cost", .label = "Cost by year",
    .help = "Paid in each year given, and only then; a minus is money received.",
    .source = "the council's own estimate",
    .preset = 0.0, .neutral = 0.0, .min = -1e9, .max = 1e9, .grain = 1.0,
    .unit = HR_GBP, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_INCIDENT] = {
    .id = "incident", .label = "Cost of one incident",
    .help = "Paid in the year of the incident.",
    .source = "Redcar and Cleveland cyber attack: £8.7m",
    .preset = 8.7e6, .neutral = 0.0, .min = -1e9, .max = 1e9, .grain = 1.0,
    .unit = HR_GBP, .flags = HR_SEVERITY,
  },
  [P_INCIDENT_PART] = {
    .id = "incident_part", .label = "Cost of one incident, as a part of the net budget",
    .help = "Of the plan's net budget in the year of the incident.",
    .source = "judgement",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 5.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_SEVERITY,
  },
  [P_INCIDENT_YEAR] = {
    .id = "incident_year", .label = "Year of the incident",
    .help = "1 is the first year of the plan. Nothing happens where the plan is shorter.",
    .source = "judgement: the second year",
    .preset = 2.0, .neutral = 2.0, .min = 1.0, .max = 10.0, .grain = 1.0,
    .unit = HR_COUNT, .flags = 0,
  },
  [P_RECOVERED] = {
    .id = "recovered", .label = "Part recovered",
    .help = "From insurance, a grant or a third party.",
    .source = "Redcar and Cleveland: £3.68m of £8.7m, 42%; nil unless it is certain",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = 0,
  },
  [P_RECOVERED_AFTER] = {
    .id = "recovered_after", .label = "Years until it is recovered",
    .help = "0 is the year of the cost. Whole years.",
    .source = "judgement",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 9.0, .grain = 1.0,
    .unit = HR_COUNT, .flags = 0,
  },
  [P_PERSISTS] = {
    .id = "persists", .label = "Part that persists",
    .help = "Of the incident, before anything is recovered; paid again in every year after it.",
    .source = "judgement",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 2.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = 0,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_LINE] = OWN_LINE("one_off_shock", "One-off shock", "pressure", "Where the cost falls."),
  [S_STEP] = OWN_LINE_STEP("one_off_shock"),
  [S_BUDGET] = {
    .id = "net_budget", .address = "plan:net_budget", .help = "The plan's net budget.",
    .access = HR_READ, .unit = HR_GBP, .flags = 0,
  },
};

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  (void)err;
  ((struct own_line *)self)->recurs = own_line_recurs(s, S_STEP);
  return HR_OK;
}

/* Rules 1, 3 and 5.  The incident stays where it is from its year on, for rule 6. */
static void pay(const struct hr_batch *b, uint32_t y)
{
  const double *cost = hr_value(b, P_COST, y), *amount = hr_value(b, P_INCIDENT, y);
  const double *part = hr_value(b, P_INCIDENT_PART, y), *year = hr_value(b, P_INCIDENT_YEAR, y);
  const double *budget = hr_in(b, S_BUDGET, 0, y), *persists = hr_value(b, P_PERSISTS, y);
  double *HR_RESTRICT incident = own_row(b, INCIDENT), *HR_RESTRICT level = own_row(b, LEVEL + y);
  double *HR_RESTRICT paid = own_row(b, PAID + y);
  for (uint32_t i = 0; i < b->stride; i++) {
    level[i] = persists[i] * incident[i];
    const double now = year[i] == y + 1.0 ? amount[i] + part[i] * budget[i] : 0.0;
    incident[i] += now;
    paid[i] = cost[i] + now;
  }
}

/* Rule 4: of what was paid in year `from`, the part recovered in year y. */
static void recover(const struct hr_batch *b, uint32_t from, uint32_t y)
{
  const double *part = hr_value(b, P_RECOVERED, y), *after = hr_value(b, P_RECOVERED_AFTER, y);
  const double *paid = own_row(b, PAID + from);
  double *HR_RESTRICT line = hr_out(b, S_LINE, 0, y);
  const double years = y - from;
  for (uint32_t i = 0; i < b->stride; i++) {
    line[i] -= after[i] == years ? part[i] * paid[i] : 0.0;
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct own_line *own = self;
  if (own_line_years(b) != HR_OK) {
    return HR_EUNSUP;
  }
  for (uint32_t y = 0; y < b->n_years; y++) {
    pay(b, y);
    memcpy(hr_out(b, S_LINE, 0, y), own_row(b, PAID + y), b->stride * sizeof(double)); /* Rule 2 */
    for (uint32_t from = 0; from <= y; from++) {
      recover(b, from, y);
    }
  }
  own_line_level(b, S_LINE, S_STEP, own->recurs, LEVEL); /* Rule 6 */
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.one-off-shock",
  .name = "One-off shock",
  .version = "1.1.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "A cost that comes once, on any line, in any year, with part of it recovered or here to stay.",
  .rules = rules,
  .sources = sources,
  .param = params,
  .slot = slots,
  .n_params = N_PARAMS,
  .n_slots = N_SLOTS,
  .n_scratch = N_SCRATCH,
  .create = own_line_create,
  .activate = activate,
  .apply = apply,
  .destroy = free,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : NULL;
}
