// Interest: loans cost more, balances earn less, and reserves no longer stand in for loans.  For anyone with debt to
// take up or renew. SPDX-License-Identifier: GPL-3.0-or-later
#include "of_plan.h"
#include "own_line.h"

static const char rules[] =
    "1. Points are added to the rate of loans in borrowing.csv, by kind: new ones, those to refinance, those at "
    "variable rates. A new loan keeps the rate of the year it is taken in.\n"
    "2. Points are added to the rate that balances earn, where treasury.csv gives one and interest_on_balances is on; "
    "a minus earns less.\n"
    "3. Where borrowing.csv has neither a variable loan nor one to refinance, a part of the plan's interest is taken "
    "to move instead: each line of class interest is held at 1 + points on variable loans x exposed part / average "
    "rate, of the plan's figure in each year.\n"
    "4. Loss of internal borrowing: reserves that finance capital spending have to be replaced by loans as they are "
    "spent. A part of the usable reserves that the plan has used by the start of the year, at the rate given, on a "
    "line "
    "of its own: it grows as they are used. A plan that uses none loses nothing. No MRP: the spending behind it is in "
    "the MRP already.\n"
    "5. Interest on reserves that a scenario itself uses up is the engine's: interest_on_balances in council.csv.\n";
static const char sources[] =
    "Gateshead Council, MTFS sensitivity analysis: a quarter of a point is £0.29m a year.\n"
    "West Sussex County Council (Sussex Express, July 2025): £7m of investment income lost in a year to its dedicated "
    "schools grant deficit.\n"
    "Tests of 1 point, a quarter of debt exposed and an average rate of 4% are judgement.\n";

enum { P_NEW, P_REFINANCED, P_VARIABLE, P_BALANCES, P_EXPOSED, P_AVERAGE, P_INTERNAL, P_INTERNAL_RATE, N_PARAMS };
enum { S_NEW, S_REFINANCED, S_VARIABLE, S_BALANCES, LINES, S_USABLE = LINES + N_OF_PLAN, S_LINE, S_STEP, N_SLOTS };
enum { FACTOR, LEVEL = FACTOR + OWN_YEARS, N_SCRATCH = LEVEL + OWN_YEARS };

#define POINTS(param_id, name, says)                                                                                 \
  {                                                                                                                  \
    .id = param_id, .label = name, .help = says, .source = "Gateshead MTFS sensitivity analysis; test by judgement", \
    .preset = 0.01, .neutral = 0.0, .min = -0.10, .max = 0.25, .grain = 0.0001, .unit = HR_POINTS,                   \
    .flags = HR_PER_YEAR | HR_SEVERITY                                                                               \
  }

static const struct hr_param params[N_PARAMS] = {
  [P_NEW] = POINTS("new_loans", "Points on new loans", "On loans taken in each year given."),
  [P_REFINANCED] = POINTS("refinanced", "Points on loans to refinance", "In each year given, once it is renewed."),
  [P_VARIABLE] = POINTS("variable", "Points on variable loans",
                        "In each year given; also on the exposed part of interest where no loan is listed."),
  [P_BALANCES] = {
    .id = "balances", .label = "Points on what balances earn",
    .help = "In each year given; a minus earns less.",
    .source = "Gateshead MTFS sensitivity analysis; test by judgement",
    .preset = 0.0, .neutral = 0.0, .min = -0.10, .max = 0.25, .grain = 0.0001,
    .unit = HR_POINTS, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_EXPOSED] = {
    .id = "exposed", .label = "Exposed part of interest",
    .help = "At variable rates, or to be renewed; used where no such loan is listed.",
    .source = "judgement: a quarter",
    .preset = 0.25, .neutral = 0.25, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR,
  },
  [P_AVERAGE] = {
    .id = "average_rate", .label = "Average rate of debt",
    .help = "What the plan's interest is of its debt; used where no such loan is listed.",
    .source = "the council's own treasury strategy; judgement: 4%",
    .preset = 0.04, .neutral = 0.04, .min = 0.01, .max = 0.15, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = 0,
  },
  [P_INTERNAL] = {
    .id = "internal", .label = "Internal borrowing lost",
    .help = "What loans have to replace, as a part of the usable reserves that the plan has used by the start of the "
            "year.",
    .source = "West Sussex, July 2025; test by judgement",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_INTERNAL_RATE] = {
    .id = "internal_rate", .label = "Rate of the loans that replace it",
    .help = "A year.",
    .source = "judgement: 5%",
    .preset = 0.05, .neutral = 0.05, .min = 0.0, .max = 0.25, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR,
  },
};

#define RATE(slot_id, where, says)                                                                            \
  {                                                                                                           \
    .id = slot_id, .address = where, .help = says, .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL \
  }

static const struct hr_slot slots[N_SLOTS] = {
  [S_NEW] = RATE("new_loans", "borrowing:kind=new.rate", "Loans to be taken."),
  [S_REFINANCED] = RATE("refinanced", "borrowing:kind=refinance.rate", "Loans to be renewed."),
  [S_VARIABLE] = RATE("variable", "borrowing:kind=variable.rate", "Loans at variable rates."),
  [S_BALANCES] = RATE("balances", "term:treasury.balances_rate", "What balances earn."),
  OF_PLAN_SLOTS("lines", "class=interest", "Interest; used where no such loan is listed."),
  [S_USABLE] = {
    .id = "usable", .address = "plan:usable_opening", .help = "The plan's usable reserves at the start of each year.",
    .access = HR_READ, .unit = HR_GBP, .flags = 0,
  },
  [S_LINE] = OWN_LINE("internal_borrowing", "Interest on loans that replace reserves", "pressure",
                      "Where the loss of internal borrowing stands."),
  [S_STEP] = OWN_LINE_STEP("internal_borrowing"),
};

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  (void)err;
  ((struct own_line *)self)->recurs = own_line_recurs(s, S_STEP);
  return HR_OK;
}

/* Rules 1 and 2. */
static void raise_slot(const struct hr_batch *b, uint32_t slot, uint32_t param)
{
  for (uint32_t k = 0; k < b->slot[slot].count; k++) {
    for (uint32_t y = 0; y < b->n_years; y++) {
      memcpy(hr_out(b, slot, k, y), hr_value(b, param, y), b->stride * sizeof(double));
    }
  }
}

/* Rule 3.  Loans that plugins bring with them are new ones, so that they make no difference here. */
static void raise_lines(const struct hr_batch *b)
{
  for (uint32_t y = 0; y < b->n_years; y++) {
    const double *points = hr_value(b, P_VARIABLE, y), *exposed = hr_value(b, P_EXPOSED, y);
    const double *average = hr_value(b, P_AVERAGE, y);
    double *HR_RESTRICT factor = own_row(b, FACTOR + y);
    for (uint32_t i = 0; i < b->stride; i++) {
      const double held = 1.0 + points[i] * exposed[i] / average[i];
      factor[i] = held > 0.0 ? held : 0.0;
    }
  }
  for (uint32_t k = 0; k < b->slot[LINES].count; k++) {
    of_plan(b, LINES, k, FACTOR);
  }
}

/* Rule 4 */
static void replace_reserves(const struct hr_batch *b, int recurs)
{
  for (uint32_t y = 0; y < b->n_years; y++) {
    const double *part = hr_value(b, P_INTERNAL, y), *rate = hr_value(b, P_INTERNAL_RATE, y);
    const double *first = hr_in(b, S_USABLE, 0, 0), *usable = hr_in(b, S_USABLE, 0, y);
    double *HR_RESTRICT level = own_row(b, LEVEL + y);
    for (uint32_t i = 0; i < b->stride; i++) {
      const double used = first[i] > usable[i] ? first[i] - usable[i] : 0.0;
      level[i] = part[i] * rate[i] * used;
    }
  }
  own_line_level(b, S_LINE, S_STEP, recurs, LEVEL);
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct own_line *own = self;
  if (own_line_years(b) != HR_OK) {
    return HR_EUNSUP;
  }
  raise_slot(b, S_NEW, P_NEW);
  raise_slot(b, S_REFINANCED, P_REFINANCED);
  raise_slot(b, S_VARIABLE, P_VARIABLE);
  raise_slot(b, S_BALANCES, P_BALANCES);
  if (b->slot[S_REFINANCED].count + b->slot[S_VARIABLE].count == 0) {
    raise_lines(b);
  }
  replace_reserves(b, own->recurs);
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.interest",
  .name = "Interest",
  .version = "1.1.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Loans cost more, balances earn less, reserves no longer stand in for loans.",
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
