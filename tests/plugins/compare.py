#!/usr/bin/env python3
# compare.py: runs the real program over the scenarios of golden/scenarios.csv and compares with the golden files, to the penny.
# SPDX-License-Identifier: GPL-3.0-or-later
"""compare.py PROGRAM PLUGINS SALTMERE: the program, the folder of plugins, the folder of Saltmere Council."""
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden")
MORE = os.path.join(GOLDEN, "more")
NOT_PLUGINS = ("scenarios.csv",)


def add_more(folder):
    """What golden/more has beside scenarios: files that Saltmere lacks, and rows for those that it has."""
    for name in os.listdir(MORE):
        source, target = os.path.join(MORE, name), os.path.join(folder, name)
        if name == "scenarios.csv":
            continue
        with open(source, encoding="utf-8") as file, open(target, "a", encoding="utf-8") as out:
            out.write(file.read())


def run(program, plugins, saltmere, more):
    """Saltmere with our scenarios instead of its own, all in one run."""
    with tempfile.TemporaryDirectory() as place:
        folder = os.path.join(place, "saltmere")
        shutil.copytree(saltmere, folder)
        os.chmod(folder, 0o755)
        for name in os.listdir(folder):
            os.chmod(os.path.join(folder, name), 0o644)
        target = os.path.join(folder, "scenarios.csv")
        shutil.copyfile(os.path.join(MORE if more else GOLDEN, "scenarios.csv"), target)
        if more:
            add_more(folder)
        names = []
        with open(target, encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["scenario"] not in names:
                    names.append(row["scenario"])
        command = [program, "run", folder, "--json"]
        for name in names:
            command += ["-s", name]
        environment = dict(os.environ, HEADROOM_PLUGIN_PATH=plugins)
        ended = subprocess.run(command, env=environment, capture_output=True, check=False)
        if ended.returncode != 0:
            sys.exit(f"exit {ended.returncode}\n{ended.stdout.decode()[:2000]}\n{ended.stderr.decode()[:4000]}")
        return {s["id"]: s for s in json.loads(ended.stdout)["scenarios"]}


def figures(scenario, measure):
    """A measure by name, or the amounts of one line."""
    if not measure.startswith("line:"):
        return scenario.get(measure)
    return next((line["amount"] for line in scenario.get("lines", []) if line["id"] == measure[5:]), None)


def main(arguments):
    if len(arguments) != 3:
        sys.exit(__doc__)
    found = run(*arguments, more=False)
    found.update({name: s for name, s in run(*arguments, more=True).items() if name not in found})
    faults = cells = 0
    for name in sorted(os.listdir(GOLDEN)):
        if not name.endswith(".csv") or name in NOT_PLUGINS:
            continue
        with open(os.path.join(GOLDEN, name), encoding="utf-8") as file:
            years = next(csv.reader(file))[2:]
            for scenario, measure, *values in csv.reader(file):
                actual = figures(found.get(scenario, {}), measure)
                for i, value in enumerate(values):
                    cells += 1
                    if actual is None or actual[i] != int(value):
                        faults += 1
                        print(f"{name}: {scenario} {measure} {years[i]}: "
                              f"{actual and actual[i]}, expected {value}", file=sys.stderr)
    print(f"{cells - faults} of {cells} figures meet the golden files")
    return 1 if faults or cells == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
