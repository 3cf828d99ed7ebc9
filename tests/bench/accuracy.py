#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulation of the folder reference/ held against reference_truth.csv: what numpy_reference.py, which shares no code with it,
says of 100,000,000 futures.  numpy_truth.py made that file with NumPy; this needs none.

usage: accuracy.py truth PROGRAM       every figure within 4 standard errors, of plain and of even draws, a million of each
       accuracy.py ratio PROGRAM       of 32 seeds, 131,072 futures each: the variance of plain draws is 9 times that of even ones
                                       or more, of the chances of an unfunded gap and of a breach of the minimum by the last year
       accuracy.py coverage PROGRAM    of 500 seeds, 16 sets of 512 futures each, the intervals of 2.13 standard errors each way hold
                                       the truth in 93 to 97 of 100: every figure's but for what chance does to so few seeds, which
                                       is two binomial standard errors, and those of all figures together without that
"""
import concurrent.futures
import csv
import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "reference")
TRUTH = os.path.join(HERE, "reference_truth.csv")
SAMPLERS = ("mc", "rqmc")


def simulate(program, draws, seed, sampler):
    command = [program, "simulate", FOLDER, "--draws", str(draws), "--seed", str(seed), "--sampler", sampler, "--json",
               "--threads", "1"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def seeds(program, draws, count, sampler):
    """What each seed from 1 on says, in order."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(lambda seed: simulate(program, draws, seed, sampler), range(1, count + 1))


def truth():
    """(measure, year from 0, statistic) to value and standard error, in pounds or as a fraction."""
    with open(TRUTH, newline="", encoding="ascii") as file:
        return {(row["measure"], int(row["year"]) - 1, row["statistic"]):
                (float(row["value"]), float(row["standard_error"])) for row in csv.DictReader(file)}


def figure(result, measure, year, statistic):
    plan = result["scenarios"][0]
    if measure in plan["dates"]:
        one = plan["dates"][measure]["in_or_before"][year]
        return one["value"], one["error"]
    of_year = plan[measure][year]
    one = of_year["mean"] if statistic == "mean" else of_year["quantiles"][statistic]
    return one["value"] / 100, one["error"] / 100


def apart(said, true):
    """In standard errors of both; where both are certain, whether they are the same."""
    error = (said[1]**2 + true[1]**2) ** 0.5
    return abs(said[0] - true[0]) / error if error > 0 else float("inf") if said[0] != true[0] else 0.0


def name_of(key):
    return "%s, year %d, %s" % (key[0], key[1] + 1, key[2])


def check_truth(program):
    known, wrong = truth(), 0
    for sampler in SAMPLERS:
        result = simulate(program, 1000000, 1, sampler)
        off = {key: apart(figure(result, *key), true) for key, true in known.items()}
        furthest = max(off, key=off.get)
        print("%s: of %d figures the furthest apart is %.1f standard errors: %s"
              % (sampler, len(off), off[furthest], name_of(furthest)))
        wrong += off[furthest] > 4
    return wrong


def check_ratio(program):
    last = max(year for _, year, _ in truth())
    keys = [(date, last, "in or before") for date in ("first_unfunded", "below_minimum")]
    found = {(sampler, key): [] for sampler in SAMPLERS for key in keys}
    for sampler in SAMPLERS:
        for result in seeds(program, 131072, 32, sampler):
            for key in keys:
                found[sampler, key].append(figure(result, *key)[0])
    wrong = 0
    for key in keys:
        ratio = statistics.variance(found["mc", key]) / statistics.variance(found["rqmc", key])
        print("%s: the variance of plain draws is %.1f times that of even ones" % (name_of(key), ratio))
        wrong += ratio < 9
    return wrong


SEEDS = 500
LEAST, MOST = 0.93, 0.97


def chance_of(share):
    return 2 * (share * (1 - share) / SEEDS) ** 0.5


def check_coverage(program):
    known = {key: true for key, true in truth().items() if true[1] > 0}  # what is certain has no interval
    wrong = 0
    for sampler in SAMPLERS:
        held = dict.fromkeys(known, 0)
        for result in seeds(program, 8192, SEEDS, sampler):
            for key, true in known.items():
                held[key] += apart(figure(result, *key), true) <= result["errors_each_way_for_19_in_20"]
        share = {key: count / SEEDS for key, count in held.items()}
        together = statistics.fmean(share.values())
        print("%s: of %d intervals %.1f%% hold the truth; of one figure from %.1f%% to %.1f%%"
              % (sampler, SEEDS * len(known), 100 * together, 100 * min(share.values()), 100 * max(share.values())))
        out = [key for key, of in share.items() if not LEAST - chance_of(LEAST) <= of <= MOST + chance_of(MOST)]
        for key in out:
            print("%s: %s: %.1f%% of its intervals hold the truth" % (sampler, name_of(key), 100 * share[key]))
        wrong += len(out) + (not LEAST <= together <= MOST)
    return wrong


CHECKS = {"truth": check_truth, "ratio": check_ratio, "coverage": check_coverage}

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in CHECKS:
        sys.exit(__doc__)
    sys.exit(CHECKS[sys.argv[1]](sys.argv[2]) > 0)
