#!/usr/bin/env python3
# packs.py: the shipped packs name no council's own rows, give a source for every figure, and move every plan or say why not.
# SPDX-License-Identifier: GPL-3.0-or-later
"""packs.py PROGRAM PLUGINS DATASETS"""
import csv
import json
import os
import re
import subprocess
import sys

HEADER = ["scenario", "plugin", "instance", "parameter", "value"] + [f"+{n}" for n in range(10)] + ["note"]
# What Saltmere Council does not have, or has outside its gap: energy and pupils by tag, commercial rents, cost to achieve,
# a receipt that is used, a freeport, packaging by tag.
IDLE = {"s03_energy", "s08_send", "s19_voids", "s22_cost_to_achieve", "s23_receipts", "s33_freeport", "s37_packaging"}
ADDRESS = re.compile(r"^(term:[a-z_]+\.[a-z_0-9]+|[a-z]+:(\*|[a-z_]+!?=[a-z_]+)\.[a-z_]+)$")
faults = []


def check_rows(name, rows):
    for number, row in enumerate(rows, start=2):
        where = f"{name}:{number}"
        cells = [row[f"+{n}"] for n in range(10)]
        if row["parameter"] in ("label", "description"):
            continue
        if row["parameter"] == "input" and not ADDRESS.match(row["value"]):
            faults.append(f"{where}: {row['value']} names a row of one council")
        if row["parameter"].startswith("slot.") and not re.match(r"^[a-z_]+!?=[a-z_]+$", row["value"]):
            faults.append(f"{where}: {row['value']} names a row of one council")
        if (row["value"] != "") == any(cells):
            faults.append(f"{where}: fill value or years, one of the two")
        sets = row["parameter"] != "input" and not row["parameter"].startswith("slot.")
        year = row["parameter"].endswith("_year")
        if sets and not year and len(row["note"]) < len("judgement"):
            faults.append(f"{where}: where is the figure from?")
        if "£" in row["value"] + "".join(cells):
            faults.append(f"{where}: a sum in pounds fits one council")


def read_packs(folder):
    ids = []
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".csv"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            reader = csv.DictReader(file)
            if reader.fieldnames != HEADER:
                faults.append(f"{name}: the columns are not {','.join(HEADER)}")
                continue
            rows = list(reader)
        check_rows(name, rows)
        own = list(dict.fromkeys(row["scenario"] for row in rows))
        faults.extend(f"{name}: {name_of} is in another pack too" for name_of in own if name_of in ids)
        ids += own
    for number in range(1, 39):
        if sum(name_of.startswith(f"s{number:02d}_") for name_of in ids) != 1:
            faults.append(f"number {number} of the catalogue is not there once")
    return ids


def stress(program, plugins, folder, packs):
    command = [program, "stress", folder, "--json"]
    for name in sorted(os.listdir(packs)):
        if name.endswith(".csv"):
            command += ["--pack", os.path.join(packs, name)]
    ended = subprocess.run(command, env=dict(os.environ, HEADROOM_PLUGIN_PATH=plugins), capture_output=True, check=False)
    if ended.returncode != 0:
        faults.append(f"{folder}: exit {ended.returncode}\n{ended.stderr.decode()[:2000]}")
        return None
    return json.loads(ended.stdout)


def main(program, plugins, datasets):
    packs = os.path.join(datasets, "packs")
    ids = read_packs(packs)
    for council in sorted(os.listdir(datasets)):
        folder = os.path.join(datasets, council)
        if not os.path.exists(os.path.join(folder, "mtfp.csv")):
            continue
        found = stress(program, plugins, folder, packs)
        if found is None:
            continue
        if [pack["id"] for pack in found["packs"]] != ids:
            faults.append(f"{council}: not every scenario is told of")
        moved = {p["id"] for p in found["packs"] if any(p[m] != found["plan"][m] for m in ("gap", "unfunded", "usable_closing"))}
        if council == "saltmere" and set(ids) - moved != IDLE:
            faults.append(f"saltmere: moved by nothing of {sorted(set(ids) - moved)}, expected {sorted(IDLE)}")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(ids)} scenarios")
    return 1 if faults or len(ids) < 46 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) == 4 else __doc__)
