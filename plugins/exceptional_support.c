// Exceptional support: government lets revenue cost be treated as capital.  For a council in talks about a
// capitalisation direction, to see what it costs and what it does not close. SPDX-License-Identifier: GPL-3.0-or-later
#include <headroom/plugin.h>
#include <stddef.h>

static const char rules[] =
    "1. The amount given is capitalised in its year, once. It is funding that is not income, on a line of class "
    "capitalised: the gap is shown before and after it.\n"
    "2. The gap that it covers is not closed. It is still there in the next year, and so is the cost of the support.\n"
    "3. It is met by a loan: MRP in a straight line over 20 years, the longest allowed, and interest, from the year "
    "after. £10m at 5% costs £1.0m in the first year.\n"
    "4. The amount is in pounds, or a part of the plan's own gap of that year where there is one, or both; they add "
    "up. Support beyond the gap is not sensible and not refused.\n"
    "5. Capital receipts may meet it instead of a loan; that is not done here. Whether support is given, and on what "
    "conditions, is not the council's to decide.\n";
static const char sources[] =
    "MHCLG, exceptional financial support for 2026-27: 37 councils, over £1.5bn in principle; 30 councils in 2025-26.\n"
    "Government Business, 21 February 2025: the premium of 1% on borrowing for it was removed.\n"
    "A council's MRP policy for 2025/26, citing the statutory guidance: 20 years at most for capitalised cost.\n"
    "A rate of 5% is judgement.\n";

enum { P_AMOUNT, P_PART, P_RATE, N_PARAMS };
enum { S_LINE, S_LOAN, S_RATE, S_GAP, N_SLOTS };

static const struct hr_param params[N_PARAMS] = {
  [P_AMOUNT] = {
    .id = "amount", .label = "Support by year",
    .help = "Revenue cost treated as capital in each year given.",
    .source = "the council's own request",
    .preset = 0.0, .neutral = 0.0, .min = 0.0, .max = 1e10, .grain = 1.0,
    .unit = HR_GBP, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_PART] = {
    .id = "gap_part", .label = "Support as a part of the gap",
    .help = "Of the gap that the plan itself has in the year.",
    .source = "judgement: all of it",
    .preset = 1.0, .neutral = 0.0, .min = 0.0, .max = 2.0, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR | HR_SEVERITY,
  },
  [P_RATE] = {
    .id = "rate", .label = "Rate of the loan",
    .help = "Of a loan taken in the year.",
    .source = "judgement: 5%",
    .preset = 0.05, .neutral = 0.05, .min = 0.0, .max = 0.25, .grain = 0.0001,
    .unit = HR_PERCENT, .flags = HR_PER_YEAR,
  },
};

static const struct hr_slot slots[N_SLOTS] = {
  [S_LINE] = {
    .id = "line", .address = "line:exceptional_support.one_off", .help = "What is capitalised.",
    .new_label = "Exceptional financial support", .new_class = "capitalised",
    .access = HR_ADD, .unit = HR_GBP, .flags = HR_CREATE,
  },
  [S_LOAN] = {
    .id = "loan", .address = "borrowing:exceptional_support.amount", .help = "The loan, over 20 years.",
    .new_label = "Loan for exceptional financial support", .new_class = "20",
    .access = HR_ADD, .unit = HR_GBP, .flags = HR_CREATE,
  },
  [S_RATE] = {
    .id = "loan_rate", .address = "borrowing:exceptional_support.rate", .help = "Goes with loan.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  [S_GAP] = {
    .id = "gap", .address = "plan:gap", .help = "The plan's own gap.",
    .access = HR_READ, .unit = HR_GBP, .flags = 0,
  },
};

/* Rules 1, 3 and 4.  Funding is negative on a line. */
static void support(const struct hr_batch *b, uint32_t y)
{
  const double *amount = hr_value(b, P_AMOUNT, y), *part = hr_value(b, P_PART, y), *gap = hr_in(b, S_GAP, 0, y);
  double *HR_RESTRICT loan = hr_out(b, S_LOAN, 0, y), *HR_RESTRICT line = hr_out(b, S_LINE, 0, y);
  for (uint32_t i = 0; i < b->stride; i++) {
    const double sum = amount[i] + part[i] * (gap[i] > 0.0 ? gap[i] : 0.0);
    loan[i] = sum;
    line[i] = 0.0 - sum;
  }
}

static void set_rate(const struct hr_batch *b, uint32_t y)
{
  const double *wanted = hr_value(b, P_RATE, y), *given = hr_in(b, S_RATE, 0, y), *loan = hr_out(b, S_LOAN, 0, y);
  double *HR_RESTRICT rate = hr_out(b, S_RATE, 0, y);
  for (uint32_t i = 0; i < b->stride; i++) {
    rate[i] = loan[i] != 0.0 ? wanted[i] - given[i] : 0.0;
  }
}

static int32_t apply(const void *self, const struct hr_batch *b)
{
  (void)self;
  for (uint32_t y = 0; y < b->n_years; y++) {
    support(b, y);
    if (b->slot[S_RATE].count > 0) {
      set_rate(b, y);
    }
  }
  return HR_OK;
}

static const struct hr_plugin plugin = {
  HR_PLUGIN_HEAD,
  .id = "org.headroom.exceptional-support",
  .name = "Exceptional support",
  .version = "1.0.0",
  .author = "Headroom",
  .licence = "GPL-3.0-or-later",
  .summary = "Revenue cost treated as capital: what it costs, and the gap that stays.",
  .rules = rules,
  .sources = sources,
  .param = params,
  .slot = slots,
  .n_params = N_PARAMS,
  .n_slots = N_SLOTS,
  .apply = apply,
};

const struct hr_plugin *headroom_plugin_v1(uint32_t index)
{
  return index == 0 ? &plugin : NULL;
}
