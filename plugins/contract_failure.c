// Contract failure: a supplier goes, the council steps in, and the next contract is dearer.  For anyone who depends on
// a large contract. SPDX-License-Identifier: GPL-3.0-or-later
#include "own_line.h"

static const char rules[] =
    "1. In the year of the failure, counted from 1, stepping in and buying again cost a part of the contract's yearly "
    "value, once.\n"
    "2. From the year after, the new contract costs a part of that value more, and keeps doing so.\n"
    "3. The value is in pounds, or a part of the plan's net budget of that year, or both; they add up.\n"
    "4. The dearer part then rises with the plan's general prices, the first driver of class price that follows no "
    "other; where the plan has none it stays level.\n"
    "5. It all stands on a line of its own: the old contract's cost stays where the plan has it.\n";
static const char sources[] =
    "LGA, briefing on energy costs and leisure: the heads of cost when a contract ends early.\n"
    "A one-off of 5% to 10% of the value, a price 10% to 20% higher and a contract of 5% of the net budget are "
    "judgement.\n";

enum { P_VALUE, P_PART, P_YEAR, P_ONE_OFF, P_RISE, N_PARAMS };
enum { S_LINE, S_STEP, S_PRICES, S_BUDGET, N_SLOTS };
enum { VALUE, LEVEL, N_SCRATCH = LEVEL + OWN_YEARS };

static const struct hr_param params[N_PARAMS] = {
  [P_VALUE] = {
    .id = "value", .label = "Value of the contract",
    .help = "What it costs in a year.",
    .source = "the council's own contract register",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1e9, .grain = 1.0,
    .unit = HR_GBP, .flags = HR_SEVERITY,
  },
  [P_PART] = {
    .id = "value_part", .label = "Value as a part of the net budget",
    .help = "Of the plan's net budget in the year of the failure.",
    .source = "judgement: 5%",
    .preset = 0.05, .neutral = 0.0, .min = 0.0, .max = 1.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_SEVERITY,
  },
  [P_YEAR] = {
    .id = "year", .label = "Year of the failure",
    .help = "1 is the first year of the plan.",
    .source = "judgement: the second year",
    .preset = 2.0, .neutral = 2.0, .min = 1.0, .max = 10.0, .grain = 1.0,
    .unit = HR_COUNT, .flags = 0,
  },
  [P_ONE_OFF] = {
    .id = "one_off", .label = "Cost of stepping in and buying again",
    .help = "Of the value, once.",
    .source = "judgement: 5% to 10%",
    .preset = 0.10, .neutral = 0.10, .min = 0.0, .max = 2.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = 0,
  },
  [P_RISE] = {
    .id = "rise", .label = "How much dearer the next contract is",
    .help = "Of the value, in every year after.",
    .source = "judgement: 10% to 20%",
    .preset = 0.15, .neutral = 0.15, .min = -0.5, .max = 2.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = 0,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_LINE] = OWN_LINE("contract_failure", "Contract failure", "contract", "Where it all stands."),
  [S_STEP] = OWN_LINE_STEP("contract_failure"),
  [S_PRICES] = {
    .id = "prices", .address = "driver:class=price.value", .help = "General prices, such as CPI.",
    .access = HR_READ, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_BUDGET] = {
    .id = "net_budget", .address = "plan:net_budget", .help = "The plan's net budget.",
    .access = HR_READ, .unit = HR_GBP, .flags = 0,
  },
};

struct contract_failure {
  struct own_line own;
  int32_t prices; /* which series of the slot, or -1 */
};

static int32_t create(const struct hr_host *host, void **self, struct hr_error *err)
{
  (void)host;
  *self = calloc(1, sizeof(struct contract_failure));
  return *self != NULL ? HR_OK : hr_fail(err, HR_ENOMEM, -1, -1, "out of memory");
}

static int32_t activate(void *self, const struct hr_setup *s, struct hr_error *err)
{
  struct contract_failure *failure = self;
  (void)err;
  failure->own.recurs = own_line_recurs(s, S_STEP);
  failure->prices = -1;
  for (uint32_t k = 0; k < s->count[S_PRICES] && failure->prices < 0; k++) { /* Rule 4 */
    const char *follows = s->text(s, S_PRICES, k, "follows");
    failure->prices = follows == NULL || follows[0] == '\0' ? (int32_t)k : -1;
  }
  return HR_OK;
}

/* Rules 1 and 3.  The value stays where it is from the year of the failure on. */
static void step_in(const struct hr_batch *b, uint32_t y)
{
  const double *value = hr_value(b, P_VALUE, y), *part = hr_value(b, P_PART, y), *year = hr_value(b, P_YEAR, y);
  const double *one_off = hr_value(b, P_ONE_OFF, y), *net = hr_in(b, S_BUDGET, 0, y);
  double *HR_RESTRICT failed = own_row(b, VALUE), *HR_RESTRICT line = hr_out(b, S_LINE, 0, y);
  for (uint32_t i = 0; i < b->stride; i++) {
    const double now = year[i] == y + 1.0 ? value[i] + part[i] * net[i] : 0.0;
    failed[i] += now;
    line[i] = 0.0 + one_off[i] * now;
  }
}

/* Rules 2 and 4, from the second year on: the value that failed last year, or what was dearer then, at this year's
 * prices. */
static void buy_again(const struct hr_batch *b, int32_t prices, uint32_t y)
{
  const double *year = hr_value(b, P_YEAR, y), *rise = hr_value(b, P_RISE, y);
  const double *failed = own_row(b, VALUE), *before = own_row(b, LEVEL + y - 1);
  double *HR_RESTRICT level = own_row(b, LEVEL + y);
  for (uint32_t i = 0; i < b->stride; i++) {
    level[i] = year[i] == y ? 0.0 + rise[i] * failed[i] : before[i];
  }
  if (prices >= 0) {
    const double *price = hr_in(b, S_PRICES, (uint32_t)prices, y);
    for (uint32_t i = 0; i < b->stride; i++) {
      level[i] = year[i] == y ? level[i] : level[i] * (1.0 + price[i]);
    }
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  const struct contract_failure *failure = self;
  if (own_line_years(b) != HR_OK) {
    return HR_EUNSUP;
  }
  for (uint32_t y = 0; y < b->n_years; y++) {
    if (y > 0) {
      buy_again(b, failure->prices, y);
    }
    step_in(b, y);
  }
  own_line_level(b, S_LINE, S_STEP, failure->own.recurs, LEVEL);
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.contract-failure",
  .name = "Contract failure",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "A supplier goes: stepping in costs once, and the next contract is dearer.",
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
