#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulation against NumPy on the reference workload, and against itself: threads, loaded plugins, isolation, a sector.
Seven rounds in turn; what is printed is the median of the ratios of each round.

usage: simulate.py agree PROGRAM [DRAWS]        do both say the same?  Exit code 1 when they do not, 77 without NumPy.
       simulate.py time PROGRAM [FOLDER...]     the ratios; FOLDER...: the councils of a sector
"""
import json
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "reference")
ROUNDS = 7
DRAWS = 1000000
SECTOR_DRAWS = 131072


def wall(command):
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def headroom(program, *options, folder=FOLDER, draws=DRAWS):
    return [program, "simulate", folder, "--draws", str(draws), "--json", *options]


def numpy(draws=DRAWS, seed=1):
    """NumPy's own figures, with the seconds that it took once it was loaded, and from its start to its last line."""
    environment = dict(os.environ, OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")
    script = os.path.join(HERE, "numpy_reference.py")
    start = time.perf_counter()
    done = subprocess.run([sys.executable, script, str(draws), str(seed)], check=True, stdout=subprocess.PIPE,
                          env=environment)
    return dict(json.loads(done.stdout), wall=time.perf_counter() - start)


# ---- do they agree?


def differences(ours, theirs, draws):
    """Standardised differences of everything that both report, with its name."""
    for key, measure in (("usable", "usable_closing"), ("gap", "gap")):
        for year, estimates in enumerate(ours[measure]):
            for name, value in zip(("P5", "P25", "P50", "P75", "P95"), theirs[key][year]):
                own = estimates["quantiles"][name]
                # Both are drawn: twice the variance.  Headroom rounds each amount to the pound, NumPy rounds none.
                error = max(2**0.5 * own["error"], 20000)
                yield "%s %s in year %d" % (measure, name, year), (own["value"] - 100 * value) / error
    for date, years in theirs["by"].items():
        for year, value in enumerate(years):
            own = ours["dates"][date]["in_or_before"][year]
            error = 2**0.5 * max(own["error"], (value * (1 - value) / draws) ** 0.5, 1 / draws)
            yield "%s by year %d" % (date, year), (own["value"] - value) / error


def agree(program, draws):
    done = subprocess.run(headroom(program, "--sampler", "mc", draws=draws), check=True, stdout=subprocess.PIPE)
    ours = json.loads(done.stdout)["scenarios"][0]
    apart = sorted(differences(ours, numpy(draws), draws), key=lambda item: -abs(item[1]))
    print("of %d figures that NumPy gives too, the furthest apart is %.1f standard errors: %s"
          % (len(apart), abs(apart[0][1]), apart[0][0]))
    return abs(apart[0][1]) < 5


# ---- how fast?


def ratios(title, sides):
    """sides: a name and a function that gives seconds; every one against the first."""
    taken = {name: [] for name, _ in sides}
    for _ in range(ROUNDS):
        for name, run in sides:
            taken[name].append(run())
    first = sides[0][0]
    print(title + " (%s: %.2f s)" % (first, statistics.median(taken[first])))
    for name, _ in sides[1:]:
        paired = [a / b for a, b in zip(taken[first], taken[name])]
        print("  %-34s %6.2f x   (%.3f s)" % (name, statistics.median(paired), statistics.median(taken[name])))


def time_all(program, sector):
    one, two = ("--threads", "1"), ("--threads", "2")
    plain = ("--sampler", "mc")
    ratios("NumPy once it is loaded, against %d plain draws of the same from start to last line" % DRAWS, [
        ("NumPy", lambda: numpy()["seconds"]),
        ("one thread", lambda: wall(headroom(program, *plain, *one))),
        ("two threads", lambda: wall(headroom(program, *plain, *two))),
        ("even draws, one thread", lambda: wall(headroom(program, *one))),
    ])
    ratios("NumPy from start to last line, against the same", [
        ("NumPy", lambda: numpy()["wall"]),
        ("one thread", lambda: wall(headroom(program, *plain, *one))),
        ("two threads", lambda: wall(headroom(program, *plain, *two))),
    ])
    ratios("one thread, against two", [
        ("one", lambda: wall(headroom(program, *plain, *one))),
        ("two", lambda: wall(headroom(program, *plain, *two))),
    ])
    ratios("isolated, against in this process", [
        ("isolated", lambda: wall(headroom(program, *plain, *one))),
        ("in this process", lambda: wall(headroom(program, *plain, *one, "--in-process"))),
    ])
    pay = ("--set", "pay_award.extra_award=1pp")
    ratios("a plugin that is loaded, against the same linked into the program", [
        ("loaded", lambda: wall(headroom(program, *plain, *one, *pay))),
        ("linked", lambda: wall(headroom(program + "_linked", *plain, *one, *pay))),
    ])
    if sector:
        each = ("--draws", str(SECTOR_DRAWS), "--csv")
        alone = statistics.median(wall([program, "simulate", sector[0], *each]) for _ in range(ROUNDS))
        together = wall([program, "simulate", *sector, *each])
        print("a sector: %d councils x %d draws, against as many times one" % (len(sector), SECTOR_DRAWS))
        print("  all of them                        %6.2f x   (%.1f s)" % (together / (alone * len(sector)), together))


def main(arguments):
    if len(arguments) >= 2 and arguments[0] == "agree":
        try:
            import numpy as _  # noqa: F401
        except ImportError:
            print("NumPy is not installed")
            return 77
        return 0 if agree(arguments[1], int(arguments[2]) if len(arguments) > 2 else DRAWS) else 1
    if len(arguments) >= 2 and arguments[0] == "time":
        time_all(arguments[1], arguments[2:])
        return 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
