// One-off shock: a cost that comes once, on any line, in any year, with part of it recovered.  For anyone who tests an
// event. SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>
#include <stddef.h>
#include <string.h>

static const char rules[] =
    "1. The cost falls in the years given and in no other: it is paid once and never enters the base.\n"
    "2. It stands on a line of its own, One-off shock, unless slot.line names another. Where that names several, "
    "the first carries it.\n"
    "3. A cost is positive on every line, so on income or funding it is that much less of it.\n"
    "4. Part of it may be recovered, from insurance, a grant or a third party, in the same year or so many years "
    "later. What would be recovered after the last year of the plan is not counted.\n"
    "5. The incident is one cost in one year, counted from 1, for those who would rather not give a figure a year. "
    "Both add up.\n"
    "6. A cost that comes again each year is not a one-off: raise the line's step instead.\n";
static const char sources[] =
    "Redcar and Cleveland cyber attack (BBC, 2020): first £10.4m, revised to £8.7m, grant £3.68m. Hackney about "
    "£10m, Gloucester over £1m.\n"
    "Birmingham equal pay (Local Government Lawyer): estimated at £650m to £760m, settled near £250m. First "
    "estimates can be three times out either way.\n"
    "Surrey reorganisation (CCN): £55.6m for two unitary councils, £59.5m for three.\n"
    "King's Lynn, Town Board minutes: a shortfall of £11.3m on the Guildhall.\n";

enum { P_COST, P_INCIDENT, P_INCIDENT_YEAR, P_RECOVERED, P_RECOVERED_AFTER, N_PARAMS };
enum { S_LINE, N_SLOTS };
enum { MAX_YEARS = 10, N_SCRATCH = MAX_YEARS }; /* a row a year: what was paid */

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
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_LINE] = {
    .id = "line", .address = "line:one_off_shock.one_off", .help = "Where the cost falls.",
    .new_label = "One-off shock", .new_class = "pressure",
    .access = HR_ADD, .unit = HR_GBP, .flags = HR_CREATE | HR_REBIND,
  },
};

static double *paid_in(const struct hr_batch *b, uint32_t y)
{
  return b->scratch + (uint64_t)y * b->stride;
}

/* Rules 1, 3 and 5. */
static void pay(const struct hr_batch *b, uint32_t y)
{
  const double *cost = hr_value(b, P_COST, y), *incident = hr_value(b, P_INCIDENT, y);
  const double *year = hr_value(b, P_INCIDENT_YEAR, y);
  double *HR_RESTRICT paid = paid_in(b, y);
  for (uint32_t i = 0; i < b->stride; i++) {
    paid[i] = cost[i] + (year[i] == y + 1.0 ? incident[i] : 0.0);
  }
}

/* Rule 4: of what was paid in year `from`, the part recovered in year y. */
static void recover(const struct hr_batch *b, uint32_t from, uint32_t y)
{
  const double *part = hr_value(b, P_RECOVERED, y), *after = hr_value(b, P_RECOVERED_AFTER, y),
               *paid = paid_in(b, from);
  double *HR_RESTRICT line = hr_out(b, S_LINE, 0, y);
  const double years = y - from;
  for (uint32_t i = 0; i < b->stride; i++) {
    line[i] -= after[i] == years ? part[i] * paid[i] : 0.0;
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  (void)self;
  if (b->n_years > MAX_YEARS) {
    return hr_fail(b->err, HR_EUNSUP, -1, -1, "more than 10 years");
  }
  for (uint32_t y = 0; y < b->n_years; y++) {
    pay(b, y);
    memcpy(hr_out(b, S_LINE, 0, y), paid_in(b, y), b->stride * sizeof(double)); /* Rule 2 */
    for (uint32_t from = 0; from <= y; from++) {
      recover(b, from, y);
    }
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.one-off-shock",
  .name = "One-off shock",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "A cost that comes once, on any line, in any year, with part of it recovered.",
  .rules = rules,
  .sources = sources,
  .param = params,
  .slot = slots,
  .n_params = N_PARAMS,
  .n_slots = N_SLOTS,
  .n_scratch = N_SCRATCH,
  .apply = apply,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : NULL;
}
