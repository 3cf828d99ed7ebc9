#!/usr/bin/env python3
# noise.py PROGRAM FOLDER: a plugin's noise comes as often as it is said to, under its own name, and moves no other draw.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import subprocess
import sys

program, folder = sys.argv[1:3]
NAME = "business_rates.business_rates.closure.0"


def simulate(*words):
    ran = subprocess.run([program, "simulate", folder, "--json", *words], check=True, capture_output=True, text=True)
    return json.loads(ran.stdout)


wrong = []
closing = simulate("--set", "business_rates.share=30%", "--set", "business_rates.chance=5%")
same = closing["scenarios"][1]["versus_plan"]["same"]
still_open = 0.95**5  # in none of five years, 5% each
if abs(same["value"] - still_open) > 4 * same["error"]:
    wrong.append(f"as the plan in {same} of futures; {still_open} have no closure")
if NAME not in {variable["name"] for variable in closing["variables"]}:
    wrong.append(f"no variable is called {NAME}")
if closing["scenarios"][1]["drivers"]["reserves"]["shares"][NAME]["value"] <= 0.0:
    wrong.append(f"{NAME} drives nothing")
if closing["scenarios"][0]["drivers"]["reserves"]["shares"][NAME]["value"] > 0.001:
    wrong.append(f"{NAME} drives the plan, which has no such plugin")
alone = simulate()
for part in ("gap", "usable_closing", "dates", "unfunded", "futures"):
    if alone["scenarios"][0][part] != closing["scenarios"][0][part]:
        wrong.append(f"{part} of the plan differs once a plugin draws noise")
inputs = "%d inputs are drawn" % len(alone["variables"])
for words in ((), ("--set", "business_rates.share=30%", "--set", "business_rates.chance=5%")):
    ran = subprocess.run([program, "simulate", folder, *words], check=True, capture_output=True, text=True)
    if inputs not in " ".join(ran.stdout.split()):
        wrong.append(f"with {words}: not '{inputs}': a plugin's noise is no input")
print("\n".join(wrong))
sys.exit(len(wrong) > 0)
