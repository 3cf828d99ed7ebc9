#!/usr/bin/env python3
# packs.py: the shipped packs name no council's own rows, give a source for every figure, and move every plan or say why not.
# SPDX-License-Identifier: GPL-3.0-or-later
"""packs.py PROGRAM PLUGINS DATASETS"""
import csv
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

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


MORE = [
    "Y01,Freeport growth kept,grant,recurring,level,,,,0,400000,800000,1200000,1600000,2000000,,freeport,,,,",
    "Y02,Freeport spending,other,recurring,level,,,,0,400000,800000,1200000,1600000,2000000,,freeport,,,,",
    "Y03,Packaging income,grant,recurring,level,,,,,1000000,1000000,1000000,1000000,1000000,,,epr,,,",
    "Y04,Energy,contract,recurring,level,,,,,900000,900000,900000,900000,900000,,,energy,,,",
    "Y05,Rents of shops,income,recurring,level,,,,,-500000,-500000,-500000,-500000,-500000,,,commercial_rent,,,",
]


def with_more(program, plugins, datasets, packs):
    """Saltmere with a freeport, packaging income, energy and shops: what no council shipped has all of."""
    with tempfile.TemporaryDirectory() as place:
        folder = os.path.join(place, "more")
        shutil.copytree(os.path.join(datasets, "saltmere"), folder)
        os.remove(os.path.join(folder, "controls.csv"))
        with open(os.path.join(folder, "mtfp.csv"), "a", encoding="utf-8") as file:
            file.write("\n".join(MORE) + "\n")
        return stress(program, plugins, folder, packs)


def moved_by(found):
    return {p["id"] for p in found["packs"] if any(p[m] != found["plan"][m] for m in ("gap", "unfunded", "usable_closing"))}


def check_more(found, moved):
    """Half of packaging income of a million, from the second year; a freeport's loss stays in its ring; the rest move a plan."""
    packs = {pack["id"]: pack for pack in found["packs"]}
    added = [a - b for a, b in zip(packs["s37_packaging"]["gap"], found["plan"]["gap"])]
    if added != [0] + [50000000] * 4:
        faults.append(f"s37_packaging adds {added}")
    if packs["s33_freeport"]["took_no_part"] or packs["s33_freeport"]["gap"] != found["plan"]["gap"]:
        faults.append("s33_freeport: takes no part, or leaves its ring")
    idle = {name for name in packs if name[0] == "s" and name[1:3].isdigit()} - moved - {"s33_freeport"}
    if idle:
        faults.append(f"{sorted(idle)} move no plan at all")


def main(program, plugins, datasets):
    everywhere = set()
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
        moved = moved_by(found)
        everywhere |= moved
        if council == "saltmere" and set(ids) - moved != IDLE:
            faults.append(f"saltmere: moved by nothing of {sorted(set(ids) - moved)}, expected {sorted(IDLE)}")
    found = with_more(program, plugins, datasets, packs)
    if found is not None:
        check_more(found, everywhere | moved_by(found))
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(ids)} scenarios")
    return 1 if faults or len(ids) < 46 else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) == 4 else __doc__)
