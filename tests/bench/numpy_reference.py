#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The folder reference/ simulated in vectorised NumPy, as an analyst who knows NumPy would write it for this one council:
float64, blocks of 65,536 futures, no pounds rounded.  It is what the general engine is timed against, and agrees with.

usage: numpy_reference.py [DRAWS] [SEED]      prints one line of JSON
Run it with OPENBLAS_NUM_THREADS=1.
"""
import csv
import json
import os
import sys
import time
from statistics import NormalDist

import numpy as np

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "reference")
BLOCK = 65536
KNOTS = 1025  # of a saving's quantiles, evenly spaced in chance
DRIVERS = ["cpi", "pay", "asc", "csc", "taxbase", "settlement", "rates", "fees"]
QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95]


def table(name):
    with open(os.path.join(FOLDER, name), newline="") as file:
        return list(csv.DictReader(file))


def number(cell):
    return float(cell.strip("£p"))


def beta_quantiles(a, b):
    """Knots of the inverse of Beta(a, b), from its density summed over a fine grid."""
    x = np.linspace(0.0, 1.0, 200001)
    middle = 0.5 * (x[1:] + x[:-1])
    mass = np.concatenate([[0.0], np.cumsum(middle ** (a - 1) * (1 - middle) ** (b - 1))])
    return np.interp(np.linspace(0.0, 1.0, KNOTS), mass / mass[-1], x)


class Plan:
    """The folder's figures, in pounds and fractions."""

    def __init__(self):
        years = [h for h in table("drivers.csv")[0] if "/" in h]
        self.n_years = len(years)
        of_year = lambda row: [float(row[y] or 0) for y in years]
        lines = [row for row in table("mtfp.csv") if not row["part"]]
        parts = {(row["id"], row["part"]): row for row in table("mtfp.csv") if row["part"]}
        self.base = {row["id"]: float(row["2025/26"] or 0) for row in lines}
        self.level = {row["id"]: of_year(row) for row in lines}
        self.debt = of_year(parts["DEBT", "number"])
        self.debt_cost = of_year(parts["DEBT", "unit_cost"])
        tax = {row["term"]: row for row in table("council_tax.csv")}
        self.band_d = float(tax["band_d"]["2025/26"])
        self.equivalents = float(tax["equivalents"]["2025/26"])
        self.rise = np.array(of_year(tax["core_rise"])) / 100 + np.array(of_year(tax["asc_rise"])) / 100
        self.collection = np.array(of_year(tax["collection"])) / 100
        self.balances_rate = np.array(of_year(table("treasury.csv")[0])) / 100
        self.minimum = float(next(row["value"] for row in table("council.csv") if row["key"] == "minimum_amount"))
        self.receipts = [(years.index(r["year"]), float(r["amount"]), int(r["life"]), float(r["rate"]) / 100)
                         for r in table("capital_receipts.csv")]
        # In the order of drawing, the General Fund last; the first takes surpluses.
        self.reserves = [(float(r["opening"]), float(r["floor"])) for r in table("reserves.csv")]
        self.weight = np.array([[float(s["full_year"]) * share / 100 for s, share in zip(table("savings.csv"), shares)]
                                for shares in zip(*[of_year(s) for s in table("savings.csv")])])
        self.read_uncertainty([row["id"] for row in table("savings.csv")],
                              {row["id"]: np.array(of_year(row)) / 100 for row in table("drivers.csv")})

    def read_uncertainty(self, savings, rates):
        rows = table("uncertainty.csv")
        drawn = [row for row in rows if row["distribution"] in ("normal", "event")]
        at = {row["input"]: i for i, row in enumerate(drawn)}
        unit = {"driver": 0.01, "term": 0.01}
        self.sd = np.array([number(row["sd"] or "1") * unit.get(row["input"].split(":")[0], 1.0) for row in drawn])
        setback = rows[[row["distribution"] for row in rows].index("event")]
        self.setback = number(setback["mode"]) / 100  # of the whole programme, in a year whose score is below this:
        self.setback_score = NormalDist().inv_cdf(float(setback["chance"]))
        self.persistence = np.array([float(row["persistence"]) for row in drawn])
        correlation = np.eye(len(drawn))
        for row in table("correlation.csv"):
            i, j = at[row["a"]], at[row["b"]]
            correlation[i, j] = correlation[j, i] = float(row["coefficient"])
        self.factor = np.linalg.cholesky(correlation)
        self.mean = np.zeros((self.n_years, len(drawn)))
        for name in DRIVERS:
            self.mean[:, at["driver:%s.value" % name]] = rates[name]
        self.driver = [at["driver:%s.value" % name] for name in DRIVERS]
        self.row_of = {key: at[key] for key in ("term:council_tax.collection", "line:DEBT.unit_cost",
                                                "saving:*.delivery", "receipt:*.months_late")}
        own = {row["input"]: row for row in rows if row["distribution"] == "beta"}
        betas = [own["saving:%s.delivery" % name] for name in savings]
        self.nothing = np.array([float(row["chance"]) for row in betas])  # the chance of no departure at all
        self.quantile = np.array([beta_quantiles(float(row["a"]), float(row["b"])) - 1.0 for row in betas])


def delivered(plan, rng, n):
    """What each saving departs from its plan by, one draw a future."""
    out = np.empty((len(plan.nothing), n))
    for s, nothing in enumerate(plan.nothing):
        y = rng.random(n)
        y -= nothing
        y *= (KNOTS - 1) / (1 - nothing)
        departs = y >= 0
        np.maximum(y, 0, out=y)
        k = y.astype(np.int32)
        y -= k
        knots = plan.quantile[s]
        steps = np.append(np.diff(knots), 0)
        out[s] = np.where(departs, knots[k] + steps[k] * y, 0.0)
    return out


def project(plan, shocks, own, planned):
    """What follows from the shocks of each year and from what each saving departs by.  planned: usable reserves as the
    plan opens each year, that interest on balances is measured from; None while the plan itself is worked out."""
    years, n = plan.n_years, own.shape[1]
    fresh = np.sqrt(1 - plan.persistence**2)
    index = {name: 1.0 for name in DRIVERS}
    reserve = [np.full(n, opening) for opening, _ in plan.reserves]
    floors = [floor for _, floor in plan.reserves]
    arrived = [0.0] * len(plan.receipts)
    repaid, late, band_d = [], [], plan.band_d
    usable, gaps = np.empty((years, n)), np.empty((years, n))
    happened = {name: np.empty((years, n), bool) for name in ("below_minimum", "usable_exhausted", "first_unfunded")}
    tmp, x = np.empty(n), None
    for t in range(years):
        x = shocks[t] if t == 0 else plan.persistence[:, None] * x + fresh[:, None] * shocks[t]
        r = plan.mean[t, :, None] + plan.sd[:, None] * x
        for name, k in zip(DRIVERS, plan.driver):
            index[name] = index[name] * (1 + r[k])
        setback = np.where(r[plan.row_of["saving:*.delivery"]] < plan.setback_score, plan.setback, 0.0)
        setback += 1.0
        savings = np.zeros(n)
        for s in range(len(own)):
            if plan.weight[t, s] == 0:
                continue
            np.add(own[s], setback, out=tmp)
            np.clip(tmp, 0, 1, out=tmp)
            tmp *= plan.weight[t, s]
            savings += tmp
        relief = sum((amount * (1 / life + rate) for year, life, rate, amount in repaid if t - year <= life), 0.0)
        late.append(np.clip(r[plan.row_of["receipt:*.months_late"]], 0, 120) / 12)
        for i, (due, amount, life, rate) in enumerate(plan.receipts):
            if due <= t:
                now = amount * np.clip(t - due + 1 - late[due], 0, 1)
                repaid.append((t, life, rate, now - arrived[i]))
                arrived[i] = now
        balance = reserve[0] + reserve[1] + reserve[2] + reserve[3]
        interest = plan.balances_rate[t] * (balance - planned[t]) if planned is not None else 0.0
        spend = (plan.base["PAY"] * index["pay"]
                 + index["cpi"] * (plan.base["NONPAY"] + plan.base["ASC"] * index["asc"] + plan.base["CSC"] * index["csc"])
                 + plan.base["FEES"] * index["fees"] + plan.level["CAPFIN"][t] + plan.level["GROWTH"][t]
                 + plan.debt[t] * (plan.debt_cost[t] + r[plan.row_of["line:DEBT.unit_cost"]])
                 - relief - interest - savings)
        band_d = band_d * (1 + plan.rise[t])
        collected = np.clip(plan.collection[t] + r[plan.row_of["term:council_tax.collection"]], 0, 1)
        fund = (band_d * plan.equivalents * index["taxbase"] * collected + plan.base["GRANT"] * index["settlement"]
                + plan.base["RATES"] * index["rates"] + plan.level["OTHER"][t])
        gap = spend - fund
        need = np.maximum(gap, 0)
        for j, floor in enumerate(floors):
            out = np.minimum(need, np.maximum(reserve[j] - floor, 0))
            reserve[j] -= out
            need -= out
        reserve[0] += np.maximum(-gap, 0)
        usable[t] = reserve[0] + reserve[1] + reserve[2] + reserve[3]
        gaps[t] = gap
        happened["below_minimum"][t] = reserve[3] < plan.minimum
        happened["usable_exhausted"][t] = usable[t] <= sum(floors)
        happened["first_unfunded"][t] = need > 0
    return usable, gaps, happened


def planned_balances(plan):
    """Usable reserves as each year of the plan opens."""
    usable, _, _ = project(plan, np.zeros((plan.n_years, len(plan.sd), 1)), np.zeros((len(plan.nothing), 1)), None)
    return [sum(opening for opening, _ in plan.reserves)] + [float(year[0]) for year in usable[:-1]]


def main(draws, seed):
    plan = Plan()
    planned = planned_balances(plan)
    rng = np.random.Generator(np.random.SFC64(seed))
    start = time.perf_counter()
    usable, gaps = np.empty((plan.n_years, draws)), np.empty((plan.n_years, draws))
    by = {}
    for first in range(0, draws, BLOCK):
        n = min(BLOCK, draws - first)
        shocks = np.matmul(plan.factor, rng.standard_normal((plan.n_years, len(plan.sd), n)))
        now, gap, happened = project(plan, shocks, delivered(plan, rng, n), planned)
        usable[:, first:first + n], gaps[:, first:first + n] = now, gap
        for name, years in happened.items():
            by[name] = by.get(name, 0) + np.logical_or.accumulate(years, axis=0).sum(axis=1)
    simulated = time.perf_counter()
    result = {
        "draws": draws,
        "usable": [np.quantile(year, QUANTILES).tolist() for year in usable],
        "gap": [np.quantile(year, QUANTILES).tolist() for year in gaps],
        "mean_usable": usable.mean(axis=1).tolist(),
        "by": {name: (count / draws).tolist() for name, count in by.items()},
    }
    end = time.perf_counter()
    result["seconds"], result["of_them_quantiles"] = end - start, end - simulated
    print(json.dumps(result))


if __name__ == "__main__":
    main(int(float(sys.argv[1])) if len(sys.argv) > 1 else 1000000, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
