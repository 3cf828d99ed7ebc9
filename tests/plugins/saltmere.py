#!/usr/bin/env python3
# saltmere.py: the worked example of Saltmere Council, calculated a second time in exact fractions, for the golden figures of plugins.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Knows nothing of Headroom: no file of it is read, no plugin is run.  The plan is typed below, each scenario is typed as what
it means for the plan's inputs, and the rules are those of the data format: each computed line is rounded once to whole
pounds, half away from zero; unit costs and Band D to pence; numbers and the tax base to two places; totals are sums.

    saltmere.py check            the plan and the scenarios meet the published figures, quoted below
    saltmere.py write FOLDER     writes FOLDER/PLUGIN.csv, in pence
    saltmere.py verify FOLDER    the files of FOLDER are what write would write
"""
import csv
import io
import os
import sys
from fractions import Fraction as F

YEARS = ["2026/27", "2027/28", "2028/29", "2029/30", "2030/31"]
T = range(5)


def nearest(x):
    """To the nearest whole number, half away from zero."""
    size = abs(x) + F(1, 2)
    whole = size.numerator // size.denominator
    return whole if x >= 0 else -whole


def hundredths(x):
    return F(nearest(x * 100), 100)


def percents(*values):
    return [F(v) / 100 for v in values]


# ---- the plan ----------------------------------------------------------------------------------------------------------

DRIVERS = {
    "pay": percents("3.0", "2.75", "2.5", "2.5", "2.5"),
    "cpi": percents("2.5", "2.2", "2.0", "2.0", "2.0"),
    "asc_fee": percents("4.5", "4", "3.5", "3.5", "3.5"),
    "asc_demand": percents("2", "2", "2", "2", "2"),
    "lac_cost": percents("6", "5", "4", "4", "4"),
    "send_cost": percents("3", "3", "3", "3", "3"),
    "fees_price": percents("3", "3", "3", "3", "3"),
    "fees_volume": percents("-0.5", "-0.5", "-0.5", "-0.5", "-0.5"),
    "levies": percents("4", "4", "4", "4", "4"),
    "base_growth": percents("0.8", "0.8", "0.8", "0.8", "0.8"),
    "rates_growth": percents("0", "2.7", "2.5", "2.5", "2.5"),
}
# id: base, drivers, step by year.  Cost is positive; income and funding are negative.
RECURRING = {
    "E01": (86_000_000, ["pay"], [-1_400_000, 0, 0, 0, 0]),
    "E03": (40_000_000, ["cpi"], [0] * 5),
    "E04": (64_000_000, ["asc_fee", "asc_demand"], [0] * 5),
    "E07": (2_500_000, [], [300_000, 300_000, 250_000, 200_000, 200_000]),
    "E08": (-26_000_000, ["fees_price", "fees_volume"], [0] * 5),
    "E09": (9_000_000, ["levies"], [0] * 5),
    "E10": (8_000_000, [], [300_000, 500_000, 500_000, 300_000, 200_000]),
    "E11": (7_000_000, [], [400_000, 500_000, 300_000, 200_000, 100_000]),
    "E12": (3_000_000, [], [0] * 5),
    "E13": (0, [], [2_300_000, 1_200_000, 1_000_000, 800_000, 800_000]),
    "F04": (-24_000_000, [], [-2_500_000, -400_000, -400_000, -300_000, -300_000]),
    "F05": (-38_000_000, [], [-600_000, -600_000, -400_000, 0, 0]),
    "F06": (-3_100_000, [], [0, 200_000, 200_000, 0, 0]),
}
ONE_OFF = {"E14": [0, 800_000, 0, 0, 0], "F02": [-600_000, 400_000, 0, 0, 0]}
# id: number by year, unit cost of the base year, its driver
UNITS = {
    "E05": ([396, 392, 392, 392, 392], F("72500.00"), "lac_cost"),
    "E06": ([690, 735, 775, 805, 830], F("9500.00"), "send_cost"),
}
COSTS = ["E01", "E02", "E03", "E04", "E05", "E06", "E07", "E08", "E09", "E10", "E11", "E12", "E13", "E14", "shock", "relief",
         "own", "measures", "loans", "carrying", "contributions"]
FUNDING = ["F01", "F02", "F03", "F04", "F05", "F06"]
# id: full-year value, recurring, per cent in place by year, delivery in per cent
SAVINGS = {
    "S1": (1_200_000, True, [50, 100, 100, 100, 100], 95),
    "S2": (2_400_000, True, [40, 80, 100, 100, 100], 75),
    "S3": (900_000, True, [0, 50, 100, 100, 100], 75),
    "S4": (1_500_000, False, [100, 0, 0, 0, 0], 100),
    "S5": (700_000, True, [0, 100, 100, 100, 100], 40),
}
SMOOTHING, IN_EXTREMIS, GENERAL_FUND = 12_000_000, 6_000_000, 13_000_000
RECEIPT, LIFE, RATE = 20_500_000, 25, F("4.5") / 100  # received in 2026/27, held in the plan
DEFICIT = 18_000_000  # of the dedicated schools grant, the same in every year of the plan
# golden/more: the plan with loans that it already pays for, and a grant towards the deficit
MORE_NEW, MORE_RENEWED, MORE_FLOATING = 10_000_000, 20_000_000, 8_000_000
MORE_GRANT, MORE_CARRYING = F(90, 100) * F(80, 100), F(4, 100)
MORE_RING = [400_000, 800_000, 1_200_000, 1_600_000, 2_000_000]


# ---- changes to inputs ---------------------------------------------------------------------------------------------------

class Changes:
    """input = plan x scale + addition, by year."""

    def __init__(self, more=False):
        self.scales, self.additions = {}, {}
        self.borrowed = []  # year, amount, life, rate
        self.answer = None  # what a policy does, year by year
        self.more = more  # the plan of golden/more

    def add(self, name, *values):
        self.additions[name] = [F(v) for v in (values if len(values) == 5 else values * 5)]
        return self

    def scale(self, name, *values):
        self.scales[name] = [F(v) for v in (values if len(values) == 5 else values * 5)]
        return self

    def change(self, name, t, value):
        self.additions.setdefault(name, [F(0)] * 5)[t] += value

    def borrow(self, t, amount, life, rate):
        self.borrowed.append((t, F(nearest(F(amount))), life, F(rate)))
        return self

    def answered_by(self, answer):
        self.answer = answer
        return self

    def at(self, name, t, plan, rounded=None):
        by = self.scales.get(name, [F(1)] * 5)[t]
        more = self.additions.get(name, [F(0)] * 5)[t]
        if by == 1 and more == 0:
            return F(plan)
        value = plan * by + more
        return F(rounded(value)) if rounded else value


# ---- from inputs to the gap ------------------------------------------------------------------------------------------------

def rate(c, driver, t):
    return c.at("driver:" + driver, t, DRIVERS[driver][t])


def recurring_line(c, name):
    base, drivers, steps = RECURRING[name]
    last, out = F(base), []
    for t in T:
        product = 1 + c.at(f"line:{name}.rate", t, F(0))
        for driver in drivers:
            product *= 1 + rate(c, driver, t)
        grown = last if product == 1 else F(nearest(last * product))
        last = grown + c.at(f"line:{name}.step", t, F(steps[t]), nearest)
        out.append(last + c.at(f"line:{name}.one_off", t, F(0), nearest))
    return out


def units_line(c, name):
    numbers, cost, driver = UNITS[name]
    out = []
    for t in T:
        cost = hundredths(cost * (1 + rate(c, driver, t)))
        number = c.at(f"line:{name}.number", t, F(numbers[t]), hundredths)
        out.append(F(nearest(number * c.at(f"line:{name}.unit_cost", t, cost, hundredths))))
    return out


def council_tax(c):
    band_d, equivalents, out = F("1845.00"), F("56000.00"), []
    for t in T:
        core = c.at("term:core_rise", t, F("2.99") / 100)
        asc = c.at("term:asc_rise", t, F(2) / 100)
        band_d = band_d + hundredths(band_d * core) + hundredths(band_d * asc)
        equivalents = hundredths(equivalents * (1 + rate(c, "base_growth", t)))
        base = hundredths(equivalents * c.at("term:collection", t, F(98) / 100))
        out.append(-F(nearest(band_d * base)))
    return out


def business_rates(c):
    income, baseline, funding, out = F(90_000_000), F(43_000_000), F(52_000_000), []
    for t in T:
        if t > 0:
            income = F(nearest(income * (1 + rate(c, "rates_growth", t))))
            baseline = F(nearest(baseline * (1 + rate(c, "cpi", t))))
            funding = F(nearest(funding * (1 + rate(c, "cpi", t))))
        local = nearest(c.at("term:income", t, income, nearest) * F(49, 100))
        before_net = local + funding - c.at("term:baseline", t, baseline, nearest)
        net = nearest(funding * F("92.5") / 100)
        out.append(-F(before_net + max(0, net - before_net)))
    return out


def relief(c):
    """MRP and interest saved from the year after the receipt, as a line of cost."""
    amount = nearest(RECEIPT * c.scales.get("receipt:amount", [F(1)])[0])
    years_late = c.additions.get("receipt:months_late", [F(0)])[0] / 12
    to_debt = c.additions.get("receipt:to_debt", [F(0)])[0]
    used = amount * to_debt
    return [-F(nearest(used / LIFE) + nearest(used * RATE)) if t > years_late else F(0) for t in T]


def saving(c, name):
    """Planned and expected by year."""
    value, recurring, phasing, delivery = SAVINGS[name]
    planned = [F(nearest(F(value) * phasing[t] / 100)) for t in T]

    def in_effect(t):
        return planned[t] if t >= 0 else F(0)

    expected = []
    for t in T:
        late = c.additions.get("saving:months_late", [F(0)] * 5)[t] / 12 if recurring else F(0)
        whole = int(late)
        part = late - whole
        effect = in_effect(t - whole) * (1 - part) + in_effect(t - whole - 1) * part
        delivered = min(F(1), max(F(0), c.at(f"saving:{name}.delivery", t, F(delivery) / 100)))
        expected.append(F(nearest(effect * delivered)))
    return planned, expected


def own_line(c, name):
    """A line that a plugin brings with it: steps are carried, one-off amounts are not."""
    carried, out = F(0), []
    for t in T:
        carried += c.at(f"line:{name}.step", t, F(0), nearest)
        out.append(carried + c.at(f"line:{name}.one_off", t, F(0), nearest))
    return out


def loans(c):
    """MRP and interest of what is borrowed, from the year after; and what the loans of golden/more cost above the plan."""
    out = [F(0)] * 5
    for year, amount, life, rate in c.borrowed:
        for t in range(year + 1, 5):
            out[t] += nearest(amount / life) + nearest(amount * rate)
    for t in T if c.more else []:
        points = c.at("loans:rate", t, F(0))
        out[t] += nearest(MORE_FLOATING * points)
        if t >= 1:
            out[t] += nearest(MORE_NEW * (F(4, 100) + points)) - nearest(MORE_NEW * F(4, 100))
            out[t] += nearest(MORE_RENEWED * (F(2, 100) + points)) - nearest(MORE_RENEWED * F(2, 100))
    return out


def deficit(c):
    left, out = F(DEFICIT), []
    for t in T:
        left -= c.at("reserve:dsg.planned", t, F(0), nearest)
        out.append(left)
    return out


def exposure(c):
    share = [(F(90, 100) + c.at("term:grant_share", t, F(0))) * F(80, 100) if c.more else F(0) for t in T]
    return [max(F(0), owed - nearest(share[t] * DEFICIT)) for t, owed in enumerate(deficit(c))]


def carrying(c):
    """Interest on the deficit above the plan's, at the end of the year before."""
    owed = [F(DEFICIT)] + deficit(c)
    return [F(nearest(MORE_CARRYING * (owed[t] - DEFICIT))) if c.more else F(0) for t in T]


def draw(gap, minimum, contributions):
    """Smoothing, then in extremis, then the General Fund above its minimum, then below it; what is left is unfunded."""
    smoothing, in_extremis, general = F(SMOOTHING), F(IN_EXTREMIS), F(GENERAL_FUND)
    out = {name: [] for name in ("use_R1", "use_R2", "use_GF_above_min", "use_GF_below_min", "unfunded",
                                 "close_R1", "close_R2", "close_GF", "usable_closing")}
    for t in T:
        left = max(F(0), gap[t])
        general += contributions[t]
        use_1 = min(left, smoothing)
        use_2 = min(left - use_1, in_extremis)
        above = min(left - use_1 - use_2, max(F(0), general - minimum[t]))
        below = min(left - use_1 - use_2 - above, general - above)
        smoothing, in_extremis, general = smoothing - use_1, in_extremis - use_2, general - above - below
        for name, value in (("use_R1", use_1), ("use_R2", use_2), ("use_GF_above_min", above), ("use_GF_below_min", below),
                            ("unfunded", left - use_1 - use_2 - above - below), ("close_R1", smoothing),
                            ("close_R2", in_extremis), ("close_GF", general),
                            ("usable_closing", smoothing + in_extremis + general)):
            out[name].append(value)
    return out


def lines_of(c):
    line = {name: recurring_line(c, name) for name in RECURRING}
    line.update({name: units_line(c, name) for name in UNITS})
    line.update({name: [c.at(f"line:{name}.one_off", t, F(v[t]), nearest) for t in T] for name, v in ONE_OFF.items()})
    line["E02"] = [F(nearest(c.at("line:E02.percent", t, F(-5, 100)) * line["E01"][t])) for t in T]
    line["F01"], line["F03"] = council_tax(c), business_rates(c)
    line["shock"] = [c.at("line:shock.one_off", t, F(0), nearest) for t in T]
    line["relief"] = relief(c)
    line["own"], line["measures"] = own_line(c, "own"), own_line(c, "measures")
    line["loans"], line["carrying"] = loans(c), carrying(c)
    line["contributions"] = [c.at("reserve:GF.planned", t, F(0), nearest) for t in T]
    return line


def project(c):
    """A policy sees each year as it is before its answer; what it changes is of that year or later."""
    for t in T if c.answer else []:
        c.answer(c, calculate(c), t)
    return calculate(c)


def calculate(c):
    line = lines_of(c)
    net = [sum(line[name][t] for name in COSTS) for t in T]
    funding = [-sum(line[name][t] for name in FUNDING) for t in T]
    savings = {name: saving(c, name) for name in SAVINGS}
    planned = [sum(s[0][t] for s in savings.values()) for t in T]
    expected = [sum(s[1][t] for s in savings.values()) for t in T]
    support = [c.at("line:support.one_off", t, F(0), nearest) for t in T]
    gap = [net[t] - funding[t] - support[t] - expected[t] for t in T]
    one_off = [line["E14"][t] + line["F02"][t] + line["shock"][t] + c.at("line:E12.one_off", t, F(0), nearest)
               + c.at("line:own.one_off", t, F(0), nearest) + line["contributions"][t] - support[t] for t in T]
    minimum = [F(nearest((net[t] - expected[t]) * 5 / 100)) for t in T]
    result = {
        "net_budget": net,
        "funding": funding,
        "gap_before_savings": [net[t] - funding[t] for t in T],
        "savings_planned": planned,
        "savings_expected": expected,
        "gap": gap,
        "gap_annual": [gap[t] - (gap[t - 1] if t else 0) for t in T],
        "gap_structural": [gap[t] - one_off[t] + savings["S4"][1][t] for t in T],
        "minimum": minimum,
        "capitalised": support,
        "gap_before_capitalised": [gap[t] + support[t] for t in T],
        "dsg_exposure": exposure(c),
        "line:E03": line["E03"],
        "line:X01": [F(nearest(c.at("ring", t, F(MORE_RING[t])))) for t in T],
    }
    result.update(draw(gap, minimum, line["contributions"]))
    return result


# ---- scenarios: what each plugin's parameters mean for the inputs ----------------------------------------------------------

def points(value):
    return F(value) / 100


def scenarios():
    """plugin: [(scenario, changes)], in the words of golden/scenarios.csv."""
    half = F(1, 2)
    plan = calculate(Changes())
    net, usable = plan["net_budget"], plan["usable_closing"]
    reset = F(94_740_750) * F(49, 100) / F(44_824_920)  # 2028/29: local share over baseline, golden/README.md
    return {
        "pay_award": [
            ("pay_plus_1", Changes().add("driver:pay", points(1))),
            ("pay_release", Changes().add("driver:pay", points(1), points(1), 0, 0, 0)
             .add("line:E12.one_off", -500_000, -500_000, 0, 0, 0)),
        ],
        "inflation": [
            ("cpi_plus_1", Changes().add("driver:cpi", points(1))),
            ("inflation_returns", Changes().add("driver:cpi", points(3), points(2), points(1), 0, 0)
             .add("driver:asc_fee", points(2), points(2), points(1), 0, 0).add("line:E03.rate", points(5), 0, 0, 0, 0)),
        ],
        "care_demand": [
            ("lac_plus_25", Changes().add("line:E05.number", 0, 25, 25, 25, 25)),
            ("care_all", Changes().add("driver:asc_demand", points(1)).add("driver:asc_fee", points(half))
             .add("line:E05.number", *[n * F(5, 100) for n in UNITS["E05"][0]])
             .scale("line:E05.unit_cost", *[F(102, 100) ** (t + 1) for t in T])),
        ],
        "savings_delivery": [
            ("delivery_minus_20", delivery_points(-20)),
            ("slip_12", Changes().add("saving:months_late", 12)),
            ("rag_and_6_months", Changes().add("saving:months_late", 6).scale("saving:S2.delivery", F(8, 10))
             .scale("saving:S3.delivery", F(8, 10)).scale("saving:S5.delivery", half)),
        ],
        "council_tax": [
            ("rise_minus_1", Changes().add("term:core_rise", points(-1))),
            ("collection_minus_1", Changes().add("term:collection", points(-1))),
            ("precept_and_growth", Changes().add("term:asc_rise", 0, points(-2), 0, 0, 0)
             .add("driver:base_growth", points(-half))),
        ],
        "business_rates": [
            ("rates_minus_15", Changes().scale("term:income", 1, *[F(85, 100)] * 4)),
            ("reset_2028", Changes().scale("term:baseline", 1, 1, reset, reset, reset)),
            ("closure", Changes().scale("term:income", 1, *[F(9, 10)] * 4)),
        ],
        "settlement": [
            ("grants_minus_5", grants_minus_5()),
            ("cliff", Changes().add("line:F06.rate", 0, 0, -1, 0, 0).scale("line:F06.step", 1, 1, 0, 0, 0)
             .add("line:F04.rate", 0, points(-2), 0, 0, 0).scale("line:F04.step", 1, *[F(98, 100)] * 4)),
            ("cash_flat", Changes().scale("line:F04.step", 1, 0, 0, 0, 0).scale("line:F05.step", 1, 0, 0, 1, 1)),
        ],
        "capital_receipts": [
            ("receipt_to_debt", Changes().add("receipt:to_debt", 1)),
            ("late_and_lower", Changes().add("receipt:to_debt", 1).add("receipt:months_late", 12)
             .scale("receipt:amount", F(9, 10))),
        ],
        "one_off_shock": [
            ("cyber", Changes().add("line:shock.one_off", 0, 8_700_000, 0, 0, 0)),
            ("cyber_recovered", Changes().add("line:shock.one_off", 0, 8_700_000, -3_480_000, 0, 0)),
            ("equal_pay", Changes().add("line:own.one_off", 0, net[1] * F(2, 100), 0, 0, 0)
             .add("line:own.step", 0, 0, net[1] * F(2, 1000), 0, 0)),
        ],
        "demand": [
            ("homelessness_up", Changes().add("line:E07.rate", points(25), 0, 0, 0, 0)),
            ("send_up", Changes().scale("line:E06.number", *[F(105, 100) ** (t + 1) for t in T])
             .scale("line:E06.unit_cost", *[F(102, 100) ** (t + 1) for t in T])),
        ],
        "fees": [
            ("volume_minus_5", of_plan(Changes(), "E08", [F(1)] + [F(95, 100)] * 4)),
            ("price_up", of_plan(Changes(), "E08", [F(110, 100) * F(95, 100)] * 5)),
        ],
        "levies": [("levies_plus_5", Changes().add("driver:levies", points(5)))],
        "pension": [("valuation_plus_2", Changes().add("line:E01.rate", 0, 0, 0, F(15, 1000), 0))],
        "vacancy": [("half_filled", Changes().scale("line:E02.percent", 1, *[half] * 4))],
        "pooled_budget": [
            ("partner_leaves", level(Changes(), "own", [1_000_000] + [2_000_000] * 4)),
            ("partner_line", of_plan(Changes(), "F05", [F(95, 100)] + [F(90, 100)] * 4)),
        ],
        "interest": [
            ("rates_plus_1", of_plan(Changes(), "E11", [1 + F(1, 100) * F(25, 100) / F(4, 100)] * 5)),
            ("internal_half", level(Changes(), "own", [half * F(5, 100) * (31_000_000 - u) for u in [31_000_000] + usable[:-1]])),
            ("loans", Changes(more=True).add("loans:rate", points(1))),
        ],
        "capital_overspend": [
            ("guildhall", Changes().borrow(1, 11_300_000, 25, F(5, 100))),
            ("half_from_revenue", Changes().borrow(1, net[1] * F(5, 200), 25, F(6, 100))
             .add("line:own.one_off", 0, net[1] * F(5, 200), 0, 0, 0)
             .add("line:own.step", 0, 0, net[1] * F(5, 100) * F(2, 100), 0, 0)),
        ],
        "exceptional_support": [
            ("support", Changes().add("line:support.one_off", 10_000_000, 5_000_000, 0, 0, 0)
             .borrow(0, 10_000_000, 20, F(5, 100)).borrow(1, 5_000_000, 20, F(5, 100))),
        ],
        "contract_failure": [
            ("contract", level(Changes().add("line:own.one_off", 0, 200_000, 0, 0, 0), "own",
                               [0, 0, 300_000, 300_000 * F(102, 100), 300_000 * F(102, 100) ** 2])),
        ],
        "reorganisation": [
            ("transition", level(Changes().add("line:own.one_off", 0, net[1] * F(25, 1000), net[2] * F(25, 1000), 0, 0),
                                 "own", [0, 0, 0, -1_500_000, -1_500_000])),
        ],
        "invest_to_save": [
            ("invest", level(Changes().add("line:own.one_off", 3_000_000, 0, 0, 0, 0), "own", [0] + [-800_000] * 4)),
        ],
        "high_needs": [
            ("override_ends", level(Changes().add("line:own.one_off", 0, 0, 5_400_000, 0, 0)
                                    .add("reserve:dsg.planned", -1_800_000, -1_800_000, 5_400_000 + 16_200_000, 0, 0),
                                    "own", [0, 90_000, 180_000, 180_000, 180_000])),
            ("grant_lost", level(Changes(more=True).add("term:grant_share", points(-40))
                                 .add("line:own.one_off", 0, 0, 11_808_000, 0, 0)
                                 .add("reserve:dsg.planned", -504_000, -504_000, 11_808_000, 0, 0),
                                 "own", [0, 0, 0, 472_320, 472_320])),
        ],
        "freeport": [
            ("growth_halved", level(Changes(more=True).scale("ring", 1, *[half] * 4), "own", [0] + [200_000] * 4)),
        ],
        "spending_controls": [
            ("controls", Changes().answered_by(hold_back)),
            ("rebuild", Changes().answered_by(put_back)),
            ("phase_out", Changes().answered_by(withdraw)),
        ],
    }


def of_plan(changes, name, factors):
    """A line at a part of the plan's figure: rates between one year's factor and the next, steps by the factor."""
    before = [F(1)] + factors[:-1]
    rates = [factors[t] / before[t] - 1 for t in T]
    return changes.add(f"line:{name}.rate", *rates).scale(f"line:{name}.step", *factors)


def level(changes, name, amounts):
    """Amounts by year on a line that carries its steps."""
    return changes.add(f"line:{name}.step", *[amounts[t] - (amounts[t - 1] if t else 0) for t in T])


def hold_back(c, result, t):
    if result["close_GF"][t] < result["minimum"][t] * F(11, 10):
        c.change("line:own.one_off", t, -F(2, 100) * result["line:E03"][t])


def put_back(c, result, t):
    missing = result["minimum"][t] - result["close_GF"][t]
    if missing > 0 and t < 4:
        c.change("reserve:GF.planned", t + 1, missing / 2)


def withdraw(c, result, t):
    wanted = percents(33, 50, 100, 100, 100)[t] * max(F(0), result["gap"][t])
    c.change("line:measures.step", t, -min(wanted, F(2, 100) * result["net_budget"][t]))


def delivery_points(value):
    changes = Changes()
    for name in SAVINGS:
        changes.add(f"saving:{name}.delivery", points(value))
    return changes


def grants_minus_5():
    """95% of the plan's figure from 2027/28: 95% of what is carried into that year, and of every step from then on."""
    changes = Changes()
    for name in ("F04", "F05", "F06"):
        changes.add(f"line:{name}.rate", 0, points(-5), 0, 0, 0).scale(f"line:{name}.step", 1, *[F(95, 100)] * 4)
    return changes


# ---- published figures --------------------------------------------------------------------------------------------------------

PUBLISHED = """\
net_budget,235736750,247931145,257790888,268169072,278678852
funding,229056853,236492718,245420128,254064756,263150796
gap_before_savings,6679897,11438427,12370760,14104316,15528056
savings_planned,3060000,4270000,5200000,5200000,5200000
savings_expected,2790000,3197500,3895000,3895000,3895000
gap,3889897,8240927,8475760,10209316,11633056
gap_annual,3889897,4351030,234833,1733556,1423740
gap_structural,5989897,7040927,8475760,10209316,11633056
use_R1,3889897,8110103,0,0,0
use_R2,0,130824,5869176,0,0
use_GF_above_min,0,0,305206,0,0
use_GF_below_min,0,0,2301378,10209316,184100
unfunded,0,0,0,0,11448956
close_R1,8110103,0,0,0,0
close_R2,6000000,5869176,0,0,0
close_GF,13000000,13000000,10393416,184100,0
minimum,11647338,12236682,12694794,13213704,13739193
"""
# scenario: gap in 2026/27, gap in 2030/31, sum of what is unfunded
PUBLISHED_SCENARIOS = {
    "pay_plus_1": (4_706_897, 16_199_552, 24_642_029),
    "lac_plus_25": (3_889_897, 13_902_259, 20_015_402),
    "slip_12": (5_179_897, 11_633_056, 15_343_956),
    "delivery_minus_20": (4_501_897, 12_673_056, 16_034_956),
    "rates_minus_15": (3_889_897, 18_000_103, 34_819_017),
    "collection_minus_1": (4_983_334, 13_004_652, 17_591_854),
    "cyber": (3_889_897, 11_633_056, 20_148_956),
    "receipt_to_debt": (3_889_897, 11_633_056 - 1_742_500, None),
}


def check():
    faults = []
    baseline = project(Changes())
    for row in csv.reader(io.StringIO(PUBLISHED)):
        found = [int(v) for v in baseline[row[0]]]
        if found != [int(v) for v in row[1:]]:
            faults.append(f"{row[0]}: {found}, published {row[1:]}")
    seen = 0
    for plugin in scenarios().values():
        for name, changes in plugin:
            if name not in PUBLISHED_SCENARIOS:
                continue
            seen += 1
            first, last, unfunded = PUBLISHED_SCENARIOS[name]
            result = project(changes)
            found = (result["gap"][0], result["gap"][4], sum(result["unfunded"]) if unfunded is not None else None)
            if found != (first, last, unfunded):
                faults.append(f"{name}: {[int(v) for v in found if v is not None]}, published {(first, last, unfunded)}")
    if seen != len(PUBLISHED_SCENARIOS):
        faults.append("a published scenario is not calculated")
    return faults


# ---- golden files ----------------------------------------------------------------------------------------------------------------

MEASURES = ["net_budget", "funding", "gap_before_savings", "savings_planned", "savings_expected", "gap", "gap_annual",
            "gap_structural", "minimum", "unfunded", "usable_closing"]
BESIDES = {"exceptional_support": ["capitalised", "gap_before_capitalised"], "high_needs": ["dsg_exposure"],
           "freeport": ["line:X01"]}


def golden(plugin):
    rows = [",".join(["scenario", "measure"] + YEARS)]
    for name, changes in scenarios()[plugin]:
        result = project(changes)
        for measure in MEASURES + BESIDES.get(plugin, []):
            assert all(v.denominator == 1 for v in map(F, result[measure]))
            rows.append(",".join([name, measure] + [str(int(v) * 100) for v in result[measure]]))
    return "\n".join(rows) + "\n"


def main(arguments):
    verb, folder = (arguments + ["", ""])[:2]
    faults = check()
    if verb == "write" and folder and not faults:
        for plugin in scenarios():
            with open(os.path.join(folder, plugin + ".csv"), "w", encoding="utf-8") as out:
                out.write(golden(plugin))
    elif verb == "verify" and folder:
        for plugin in scenarios():
            with open(os.path.join(folder, plugin + ".csv"), encoding="utf-8") as file:
                if file.read() != golden(plugin):
                    faults.append(f"{plugin}.csv is not what saltmere.py calculates")
    elif verb != "check":
        print(__doc__, file=sys.stderr)
        return 2
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
