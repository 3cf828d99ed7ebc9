# saltmere_plan.py: the worked example of Saltmere Council in exact fractions: its plan, changes to it, and what they come to.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Knows nothing of Headroom: no file of it is read, no plugin is run.  The plan is typed below, and the rules are those of the
data format: each computed line is rounded once to whole pounds, half away from zero; unit costs and Band D to pence; numbers
and the tax base to two places; totals are sums.
"""
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
