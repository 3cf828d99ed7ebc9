#!/usr/bin/env python3
# bridge_adds_up.py: reads bridges as printed; every column's parts, as printed, must add up to its ends, as printed.
# SPDX-License-Identifier: GPL-3.0-or-later
import re
import sys

NUMBER = re.compile(r"(?<=\s)[+\u2212]?\d{1,3}(?:,\d{3})*(?=\s|$)")


def numbers(line):
    return [int(n.replace(",", "").replace("+", "").replace("\u2212", "-")) for n in NUMBER.findall(line)]


tables = 0
rows = None  # of the table being read: None between tables
for line in sys.stdin:
    line = line.rstrip("\n")
    if re.match(r"\u00a3.*\d{4}/\d\d", line):
        years, rows, rules = len(re.findall(r"\d{4}/\d\d", line)), [], 0
    elif rows is not None and line.startswith("\u2500"):
        rules += 1
    elif rows is not None:
        found = numbers(line)[-years:] if len(numbers(line)) >= years else []
        if found:
            rows.append(found)
        if rules == 2 and found:
            for column in range(years):
                start, *parts, end = (row[column] for row in rows)
                if start + sum(parts) != end:
                    sys.exit(f"{start} and {parts} are not {end}")
            tables += 1
            rows = None
print(tables, "tables add up" if tables > 40 else "tables: too few")
