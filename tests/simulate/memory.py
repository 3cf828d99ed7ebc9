#!/usr/bin/env python3
"""memory.py PROGRAM FOLDER: memory does not grow with the count of futures: at 10,000,000 within 2 MB of 100,000, and under 32 MB.

Of the program and its workers together, what they share counted once, as looked at a thousand times a second.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import pathlib
import re
import subprocess
import sys
import time

FEW, MANY = 100000, 10000000
GROWTH, MOST = 2048, 32768  # kB


def read(path):
    try:
        return pathlib.Path(path).read_text(encoding="ascii")
    except OSError:  # it has ended
        return ""


def tree(process):
    """The process and all that descend from it."""
    children = read(f"/proc/{process}/task/{process}/children").split()
    return [process] + [one for child in children for one in tree(child)]


def peak(draws):
    ran = subprocess.Popen([sys.argv[1], "simulate", sys.argv[2], "--draws", str(draws), "--threads", "2", "--csv"],
                           stdout=subprocess.DEVNULL)
    most = looks = 0
    while ran.poll() is None:
        shares = [re.search(r"^Pss:\s*(\d+) kB", read(f"/proc/{one}/smaps_rollup"), re.M) for one in tree(str(ran.pid))]
        most = max(most, sum(int(share[1]) for share in shares if share))
        looks += 1
        time.sleep(0.001)
    if ran.returncode != 0 or looks < 10:
        sys.exit(f"a simulation of {draws} futures ended with {ran.returncode} after {looks} looks")
    return most


few, many = peak(FEW), peak(MANY)
print(f"{few} kB at {FEW} futures, {many} kB at {MANY}")
sys.exit(many > few + GROWTH or many > MOST)
