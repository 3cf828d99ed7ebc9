#!/usr/bin/env python3
"""enough.py PROGRAM FOLDER: a council that opens with the General Fund said to be enough for so many of 100 futures is well in so many.

By force: the folder is written again with that opening, and its futures, the same draws, are counted.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

program, council = sys.argv[1], pathlib.Path(sys.argv[2])
SHARES = (0.5, 0.8, 0.9)
AGREE = 0.002  # quantiles are told to a four-thousandth of the range
wrong = []


def simulate(folder):
    ran = subprocess.run([program, "simulate", folder, "--draws", "65536", "--json"], check=True, capture_output=True)
    return json.loads(ran.stdout)


def well(result, date):
    return 1 - result["scenarios"][0]["dates"][date]["in_or_before"][-1]["value"]


def written(root, changes):
    """The council with other reserves: {id: {column: value}}."""
    folder = pathlib.Path(root, "council")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(council, folder)
    with open(council / "reserves.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update(changes.get(row["id"], {}))
    with open(folder / "reserves.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def held(root, name, reserves):
    """reserves: pounds and floors by id; what is said of them against what is counted."""
    said = simulate(written(root, reserves))
    fund, usable = said["opening_general_fund"], said["opening_usable"]
    for fear, date, opening in (("below_minimum", "below_minimum", fund), ("unfunded", "first_unfunded", usable)):
        for one in said["scenarios"][0]["reserves_at_the_start"][fear]:
            if one["confidence"] not in SHARES or fund + one["value"] < opening:
                continue
            more = dict(reserves)
            pounds = round((fund + one["value"] - opening) / 100)
            more["GF"] = {**reserves.get("GF", {}), "opening": str(pounds)}
            counted = well(simulate(written(root, more)), date)
            if abs(counted - one["confidence"]) > AGREE:
                wrong.append(f"{name}: a General Fund of {pounds} for {fear} in {one['confidence']}, counted {counted}")


with tempfile.TemporaryDirectory() as root:
    held(root, "as it is", {})
    held(root, "much to smooth with", {"R1": {"opening": "100000000"}})
    held(root, "a reserve below its floor", {"R2": {"floor": "10000000"}})
    held(root, "a fund with a floor above its minimum", {"GF": {"opening": "33000000", "floor": "20000000"}})
    held(root, "a floor between minima", {"GF": {"opening": "13000000", "floor": "11500000"}})
print("\n".join(wrong))
sys.exit(len(wrong) > 0)
