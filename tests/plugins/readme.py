#!/usr/bin/env python3
# readme.py: does what plugins/README.md tells a newcomer to do, and expects the figure that it promises.
# SPDX-License-Identifier: GPL-3.0-or-later
"""readme.py README INCLUDE CC PROGRAM SALTMERE"""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

PROMISED = "£12,018,515"


def run(command, place):
    ended = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        sys.exit(f"{' '.join(command)}\nexit {ended.returncode}\n{ended.stdout}{ended.stderr}")
    return ended.stdout


def main(readme, include, cc, program, saltmere):
    with open(readme, encoding="utf-8") as file:
        text = file.read()
    source = re.search(r"```c\n(.*?)```", text, re.S).group(1)
    if len(re.findall(r"^    headroom plugin ", text, re.M)) < 3:
        sys.exit("the page no longer shows how to check a plugin")
    commands = re.search(r"```sh\n(.*?)```", text, re.S).group(1).splitlines()
    if PROMISED not in text:
        sys.exit(f"the page no longer promises {PROMISED}")
    flags = ["-I" + include, "-ffp-contract=off", "-Wall", "-Wextra", "-Wpedantic", "-Werror"]
    with tempfile.TemporaryDirectory() as place:
        with open(os.path.join(place, "send_transport.c"), "w", encoding="utf-8") as file:
            file.write(source)
        for line in commands:
            words = line.replace("$(pkg-config --cflags headroom)", "PKG").replace("FOLDER", saltmere).split()
            words = [w for word in words for w in (flags if word == "PKG" else [word])]
            words[0] = {"cc": cc, "headroom": program}[words[0]]
            if words[1] == "run":
                words.append("--json")
            out = run(words, place)
        for line in re.findall(r"^    headroom (plugin .*)$", text, re.M):
            run([program] + shlex.split(line), place)
        gap = {s["id"]: s["gap"] for s in json.loads(out)["scenarios"]}["what_if"]
    if f"£{gap[-1] / 100:,.0f}" != PROMISED or gap[-1] % 100 != 0:
        sys.exit(f"the last year's gap is {gap[-1]} pence, promised {PROMISED}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) == 6 else __doc__)
