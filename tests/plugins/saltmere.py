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
COSTS = ["E01", "E02", "E03", "E04", "E05", "E06", "E07", "E08", "E09", "E10", "E11", "E12", "E13", "E14", "shock", "relief"]
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


# ---- changes to inputs ---------------------------------------------------------------------------------------------------

class Changes:
    """input = plan x scale + addition, by year."""

    def __init__(self):
        self.scales, self.additions = {}, {}

    def add(self, name, *values):
        self.additions[name] = [F(v) for v in (values if len(values) == 5 else values * 5)]
        return self

    def scale(self, name, *values):
        self.scales[name] = [F(v) for v in (values if len(values) == 5 else values * 5)]
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


def draw(gap, minimum):
    """Smoothing, then in extremis, then the General Fund above its minimum, then below it; what is left is unfunded."""
    smoothing, in_extremis, general = F(SMOOTHING), F(IN_EXTREMIS), F(GENERAL_FUND)
    out = {name: [] for name in ("use_R1", "use_R2", "use_GF_above_min", "use_GF_below_min", "unfunded",
                                 "close_R1", "close_R2", "close_GF", "usable_closing")}
    for t in T:
        left = max(F(0), gap[t])
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
    line["E02"] = [F(nearest(F(-5, 100) * line["E01"][t])) for t in T]
    line["F01"], line["F03"] = council_tax(c), business_rates(c)
    line["shock"] = [c.at("line:shock.one_off", t, F(0), nearest) for t in T]
    line["relief"] = relief(c)
    return line


def project(c):
    line = lines_of(c)
    net = [sum(line[name][t] for name in COSTS) for t in T]
    funding = [-sum(line[name][t] for name in FUNDING) for t in T]
    savings = {name: saving(c, name) for name in SAVINGS}
    planned = [sum(s[0][t] for s in savings.values()) for t in T]
    expected = [sum(s[1][t] for s in savings.values()) for t in T]
    gap = [net[t] - funding[t] - expected[t] for t in T]
    one_off = [line["E14"][t] + line["F02"][t] + line["shock"][t] + c.at("line:E12.one_off", t, F(0), nearest) for t in T]
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
    }
    result.update(draw(gap, minimum))
    return result


# ---- scenarios: what each plugin's parameters mean for the inputs ----------------------------------------------------------

def points(value):
    return F(value) / 100


def scenarios():
    """plugin: [(scenario, changes)], in the words of golden/scenarios.csv."""
    half = F(1, 2)
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
        ],
    }


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


def golden(plugin):
    rows = [",".join(["scenario", "measure"] + YEARS)]
    for name, changes in scenarios()[plugin]:
        result = project(changes)
        for measure in MEASURES:
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
