#!/usr/bin/env python3
# saltmere.py: the golden figures of plugins: scenarios of the worked example of Saltmere Council, calculated a second time.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each scenario is typed as what it means for the inputs of the plan, which is in saltmere_plan.py; no plugin is run.

    saltmere.py check            the plan and the scenarios meet the published figures, quoted below
    saltmere.py write FOLDER     writes FOLDER/PLUGIN.csv, in pence
    saltmere.py verify FOLDER    the files of FOLDER are what write would write
"""
import csv
import io
import os
import sys
from fractions import Fraction as F

from saltmere_plan import SAVINGS, T, UNITS, YEARS, Changes, calculate, percents, project

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
