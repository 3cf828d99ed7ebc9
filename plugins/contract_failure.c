// Contract failure: a supplier goes, the council steps in, and the next contract is dearer.  For anyone who depends on a
// large contract. SPDX-License-Identifier: GPL-3.0-or-later
#include "own_line.h"

static const char rules[] =
    "1. In the year of the failure, counted from 1, stepping in and buying again cost a part of the contract's yearly "
    "value, once.\n"
    "2. From the year after, the new contract costs a part of that value more, and keeps doing so.\n"
    "3. The value is in pounds, or a part of the plan's net budget of that year, or both; they add up.\n"
    "4. The dearer part then rises by the plan's own contract indexation, or by its general prices where it has none: "
    "the first driver of the class.\n"
    "5. It all stands on a line of its own: the old contract's cost stays where the plan has it.\n";
static const char sources[] =
    "LGA, briefing on energy costs and leisure: the heads of cost when a contract ends early.\n"
    "A one-off of 5% to 10% of the value, a price 10% to 20% higher and a contract of 5% of the net budget are "
    "judgement.\n";

enum { P_VALUE, P_PART, P_YEAR, P_ONE_OFF, P_RISE, N_PARAMS };
enum { S_LINE, S_STEP, S_RATE, S_CONTRACTS, S_PRICES, S_BUDGET, N_SLOTS };
enum { VALUE, BEFORE, N_SCRATCH };

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
  [S_RATE] = {
    .id = "line_rate", .address = "line:contract_failure.rate", .help = "Goes with line.",
    .access = HR_ADD, .unit = HR_PERCENT, .flags = HR_OPTIONAL,
  },
  [S_CONTRACTS] = {
    .id = "contracts", .address = "driver:class=contract.value", .help = "The plan's contract indexation.",
    .access = HR_READ, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_PRICES] = {
    .id = "prices", .address = "driver:class=price.value", .help = "Used where the plan has none.",
    .access = HR_READ, .unit = HR_PERCENT, .flags = HR_OPTIONAL | HR_REBIND,
  },
  [S_BUDGET] = {
    .id = "net_budget", .address = "plan:net_budget", .help = "The plan's net budget.",
    .access = HR_READ, .unit = HR_GBP, .flags = 0,
  },
};
