// Capital overspend: a scheme costs more than it has money for, or one comes that is not in the plan.  For anyone who
// stands behind a capital programme. SPDX-License-Identifier: GPL-3.0-or-later
#include "own_line.h"

static const char rules[] =
    "1. The sum is given by year in pounds, or as a part of the plan's net budget in one year counted from 1, or both; "
    "they add up.\n"
    "2. The part that is borrowed costs MRP and interest from the year after it is spent, over 25 years in a straight "
    "line: at 5%, 4% and 5% of the sum a year.\n"
    "3. The rest is met from revenue in its year, once, and so from reserves; it stands on a line of its own. Capital "
    "receipts that meet it instead are for capital_receipts.\n"
    "4. Running cost, a part of the sum, comes every year from the year after and stays: what is built has to be kept "
    "up. Net zero is such a sum.\n"
    "5. A loan keeps the rate of its year. MRP begins the year after, or later where the asset is not in use yet.\n";
static const char sources[] =
    "King's Lynn, Town Board minutes on the Guildhall: a shortfall of £11.3m, 46% of a year's net budget of £24.4m.\n"
    "Moray Council, net zero for the corporate estate: £19.3m, for £1.3m of savings by 2030. Another council: £64m.\n"
    "A test of 5% of the net budget and a rate of 5% are judgement.\n";

enum { P_AMOUNT, P_PART, P_YEAR, P_BORROWED, P_RATE, P_RUNNING, N_PARAMS };
enum { S_LOAN, S_RATE, S_LINE, S_STEP, S_BUDGET, N_SLOTS };
enum { SUM, BUILT, LEVEL, N_SCRATCH = LEVEL + OWN_YEARS };

static const struct hr_param params[N_PARAMS] = {
  [P_AMOUNT] = {
    .id = "amount", .label = "Cost by year",
    .help = "What is spent in each year given, beyond the money for it.",
    .source = "the council's own estimate",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1e10, .grain = 1.0,
    .unit = HR_GBP, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_PART] = {
    .id = "part", .label = "Cost as a part of the net budget",
    .help = "Of the plan's net budget in the year named by year.",
    .source = "judgement: 5%; the Guildhall is 46% of a year's budget",
    .preset = 0.05, .neutral = 0.0, .min = 0.0, .max = 5.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_SEVERITY,
  },
  [P_YEAR] = {
    .id = "year", .label = "Year of that part",
    .help = "1 is the first year of the plan.",
    .source = "judgement: the second year",
    .preset = 2.0, .neutral = 2.0, .min = 1.0, .max = 10.0, .grain = 1.0,
    .unit = HR_COUNT, .flags = 0,
  },
  [P_BORROWED] = {
    .id = "borrowed", .label = "Part borrowed",
    .help = "The rest is met from revenue, once.",
    .source = "the council's own decision",
    .preset = 1.0, .neutral = 1.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = 0,
  },
  [P_RATE] = {
    .id = "rate", .label = "Rate of the loan",
    .help = "Of a loan taken in the year.",
    .source = "judgement: 5%",
    .preset = 0.05, .neutral = 0.05, .min = 0.0, .max = 0.25, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR,
  },
  [P_RUNNING] = {
    .id = "running", .label = "Running cost",
    .help = "A year, as a part of what was spent; a minus is a saving.",
    .source = "the council's own business case; Moray: a saving of 7% by 2030",
    .preset = 0.0, .neutral = 0.0, .min = -0.5, .max = 0.5, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = 0,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_LOAN] = {
    .id = "loan", .address = "borrowing:capital_overspend.amount", .help = "The loan.",
    .new_label = "Capital overspend", .access = HR_ADD, .unit = HR_GBP, .flags = HR_CREATE,
  },
  [S_RATE] = {
    .id = "loan_rate", .address = "borrowing:capital_overspend.rate", .help = "Goes with loan.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  [S_LINE] = OWN_LINE("capital_overspend", "Capital cost met from revenue, and running cost", "pressure",
                      "Where the rest and the running cost stand."),
  [S_STEP] = OWN_LINE_STEP("capital_overspend"),
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

/* Rules 2 and 3. */
static void finance(const struct hr_batch *b, uint32_t y)
{
  const double *sum = own_row(b, SUM), *borrowed = hr_value(b, P_BORROWED, y);
  double *HR_RESTRICT loan = hr_out(b, S_LOAN, 0, y), *HR_RESTRICT line = hr_out(b, S_LINE, 0, y);
  for (uint32_t i = 0; i < b->stride; i++) {
    loan[i] = 0.0 + borrowed[i] * sum[i];
    line[i] = sum[i] - borrowed[i] * sum[i];
  }
  if (b->slot[S_RATE].count > 0) {
    const double *wanted = hr_value(b, P_RATE, y), *given = hr_in(b, S_RATE, 0, y);
    double *HR_RESTRICT rate = hr_out(b, S_RATE, 0, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      rate[i] = sum[i] != 0.0 ? wanted[i] - given[i] : 0.0;
    }
  }
}

/* Rule 4 */
static void run_it(const struct hr_batch *b, uint32_t y)
{
  const double *sum = own_row(b, SUM), *running = hr_value(b, P_RUNNING, y);
  double *HR_RESTRICT built = own_row(b, BUILT), *HR_RESTRICT level = own_row(b, LEVEL + y);
  for (uint32_t i = 0; i < b->stride; i++) {
    level[i] = 0.0 + running[i] * built[i];
    built[i] += sum[i];
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct own_line *own = self;
  if (own_line_years(b) != HR_OK) {
    return HR_EUNSUP;
  }
  for (uint32_t y = 0; y < b->n_years; y++) {
    own_line_sum(b, P_AMOUNT, P_PART, P_YEAR, S_BUDGET, y, own_row(b, SUM)); /* Rule 1 */
    finance(b, y);
    run_it(b, y);
  }
  own_line_level(b, S_LINE, S_STEP, own->recurs, LEVEL);
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.capital-overspend",
  .name = "Capital overspend",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "A scheme costs more than it has money for: borrowed, or met once from revenue.",
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
