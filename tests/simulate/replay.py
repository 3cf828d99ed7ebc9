#!/usr/bin/env python3
"""replay.py PROGRAM FOLDER: a future that --samples shows, put into a scenario as shifts of one input each, is the same future.

No second model: what `simulate` counts is what `run` prints.  Quantiles and chances are then counted again from the samples.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import json
import math
import pathlib
import shutil
import subprocess
import sys
import tempfile

program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
FUTURES = (1, 777, 2048)
DRAWS = 4096


def headroom(*words):
    ran = subprocess.run([program, *map(str, words)], check=False, capture_output=True, text=True)
    if ran.returncode != 0:
        sys.exit(ran.stderr)
    return ran.stdout


def departures(header, row, years):
    """What is drawn, by name, to its departures by year; "" where one holds for the run."""
    found = {}
    for name, value in zip(header, row):
        if ":" in name:
            last = name.rpartition(" ")[2]
            year = last if last in years else ""
            found.setdefault(name.removesuffix(" " + year) if year else name, {})[year] = float(value)
    return found


def shifts(found, years):
    """Rows of scenarios.csv; only what a shift can say: rates, shares, months."""
    lines = ["scenario,plugin,instance,parameter,value," + ",".join(years)]
    for number, (name, by_year) in enumerate(sorted(found.items())):
        address = name.split(" ")[0]
        field = address.rsplit(".", 1)[1]
        values = [by_year.get(year, by_year.get("", 0.0)) for year in years]
        if field in ("number", "amount"):  # per cent of the plan, year by year
            lines.append(f"again,shift,i{number},input,{address}," + "," * (len(years) - 1))
            lines.append(f"again,shift,i{number},scale,," + ",".join(f"{100 * v:.7f}%" for v in values))
            continue
        unit = "" if field == "months_late" else "pp"
        times = 1 if field == "months_late" else 100
        lines.append(f"again,shift,i{number},input,{address}," + "," * (len(years) - 1))
        lines.append(f"again,shift,i{number},add,," + ",".join(f"{times * v:.7f}{unit}" for v in values))
    return "\n".join(lines) + "\n"


def worst(header, rows, years, name):
    """How far a draw departs in the worst 5 of 100 futures, counted one by one."""
    columns = [header.index(f"{name} {year}") if f"{name} {year}" in header else header.index(name) for year in years]
    usable, unfunded = header.index(f"baseline usable_closing {years[-1]}"), header.index("baseline unfunded")
    ordered = sorted(rows, key=lambda row: float(row[usable]) - float(row[unfunded]))[:round(0.05 * len(rows))]
    return sum(float(row[column]) for row in ordered for column in columns) / len(columns) / len(ordered)


def main():
    place = pathlib.Path(tempfile.mkdtemp())
    samples = place / "samples.csv"
    told = json.loads(headroom("simulate", folder, "--draws", DRAWS, "--seed", 5, "--samples", samples, "--json"))
    with open(samples, encoding="utf-8") as file:
        header, *rows = list(csv.reader(file))
    assert len(rows) == DRAWS, len(rows)
    years = told["years"]
    council = place / "council"
    shutil.copytree(folder, council)
    wrong = 0
    for future in FUTURES:
        row = rows[future - 1]
        (council / "scenarios.csv").write_text(shifts(departures(header, row, years), years), encoding="utf-8")
        again = json.loads(headroom("run", council, "-s", "again", "--json"))["scenarios"][-1]
        for measure, column in (("gap", "gap"), ("usable_closing", "usable_closing")):
            for y, year in enumerate(years):
                drawn = round(100 * float(row[header.index(f"baseline {column} {year}")]))
                if abs(drawn - again[measure][y]) > 500:  # five pounds: a departure has nine digits
                    print(f"future {future}, {measure} in {year}: drawn {drawn}, again {again[measure][y]}")
                    wrong += 1
    plan = told["scenarios"][0]
    for y, year in enumerate(years):
        gaps = sorted(float(row[header.index(f"baseline gap {year}")]) for row in rows)
        counted = gaps[DRAWS // 2]
        said = plan["gap"][y]["quantiles"]["P50"]["value"] / 100
        if abs(counted - said) > (gaps[-1] - gaps[0]) / 500:
            print(f"{year}: half of the gaps are below {counted}, the simulation says {said}")
            wrong += 1
    unfunded = sum(float(row[header.index("baseline unfunded")]) > 0 for row in rows) / DRAWS
    said = plan["dates"]["first_unfunded"]["in_or_before"][-1]["value"]
    if not math.isclose(unfunded, said, abs_tol=1e-9):
        print(f"{unfunded} of the futures have something unfunded, the simulation says {said}")
        wrong += 1
    for name, said in plan["departures_in_the_worst_5_of_100"].items():
        counted = worst(header, rows, years, name)
        if abs(counted - said["value"]) > 0.5 * said["error"]:
            print(f"in the worst 5 of 100 futures {name} departs by {counted}, the simulation says {said}")
            wrong += 1
    shutil.rmtree(place)
    return wrong


sys.exit(main() > 0)
