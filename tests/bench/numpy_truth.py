#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What numpy_reference.py says of 100,000,000 futures, a million at a time, each with a seed of its own: a CSV of its figures, in
pounds and fractions, with standard errors from the spread of the parts.  It runs none of Headroom's own code.

usage: numpy_truth.py [PARTS] [DRAWS]      100 parts of 1,000,000 unless said; five minutes of one core
       OPENBLAS_NUM_THREADS=1 python3 tests/bench/numpy_truth.py > tests/bench/reference_truth.csv
"""
import csv
import json
import os
import statistics
import subprocess
import sys

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "numpy_reference.py")
QUANTILES = ("P5", "P25", "P50", "P75", "P95")


def figures(part):
    """Every figure of one part by (measure, year from 0, statistic)."""
    for key, measure in (("usable", "usable_closing"), ("gap", "gap")):
        for year, values in enumerate(part[key]):
            for name, value in zip(QUANTILES, values):
                yield (measure, year, name), value
    for year, value in enumerate(part["mean_usable"]):
        yield ("usable_closing", year, "mean"), value
    for date, chances in part["by"].items():
        for year, value in enumerate(chances):
            yield (date, year, "in or before"), value


def main(parts, draws):
    found = {}
    for seed in range(1, parts + 1):
        done = subprocess.run([sys.executable, SCRIPT, str(draws), str(seed)], check=True, stdout=subprocess.PIPE)
        for name, value in figures(json.loads(done.stdout)):
            found.setdefault(name, []).append(value)
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(("measure", "year", "statistic", "value", "standard_error"))
    for (measure, year, name), values in found.items():
        error = statistics.stdev(values) / len(values) ** 0.5
        digits = "%.2f" if measure in ("gap", "usable_closing") else "%.8f"
        rows.writerow((measure, year + 1, name, digits % statistics.fmean(values), digits % error))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, int(float(sys.argv[2])) if len(sys.argv) > 2 else 1000000)
