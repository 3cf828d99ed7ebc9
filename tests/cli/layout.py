#!/usr/bin/env python3
"""layout.py PROGRAM: what a terminal shows at 40, 80 and 200 columns.

The layouts of tests/cli/layout are those of Saltmere, whose figures are worked by hand elsewhere; beyond them, on every
council: no line is wider than was asked for, no figure of the CSV is cut, and values stand under their years.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import glob
import io
import os
import re
import subprocess
import sys
import unicodedata

program = sys.argv[1]
here = os.path.dirname(os.path.abspath(__file__))
failed = 0


def wrong(words):
    global failed
    print(words)
    failed += 1


def run(*words):
    done = subprocess.run([program, *words], capture_output=True, text=True, check=True)
    return done.stdout


def columns(line):
    """Of a terminal."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in line)


def body(text):
    """Without what it was made by: hashes, and a command that stands on one line however long."""
    return text.split('\nMade by: ')[0]


# ---- Saltmere, line by line

GOLDEN = {
    'run': ['run', 'datasets/saltmere'],
    'compare': ['compare', 'datasets/saltmere', '-s', 'cyber', '-s', 'slip_12'],
    'plain': ['compare', 'datasets/saltmere', '-s', 'cyber', '--ascii'],
}
for name, words in GOLDEN.items():
    for width in (40, 80, 200):
        path = os.path.join(here, 'layout', f'{name}-{width}.txt')
        shown = body(run(*words, '--width', str(width))) + '\n'
        with open(path, encoding='utf-8') as file:
            if file.read() != shown:
                wrong(f'{" ".join(words)} --width {width} is not {os.path.relpath(path)}')

# ---- every council

councils = sorted(os.path.dirname(path) for path in glob.glob('datasets/*/council.csv'))
assert len(councils) >= 8, councils


def figures_of(council, verb):
    """The figures that the tables of the verb must hold, whole, in pounds or in thousands."""
    totals = ['gap', 'usable_closing', 'unfunded']
    rows = csv.DictReader(io.StringIO(run(verb, council, '--csv')))
    years = [key for key in rows.fieldnames if re.fullmatch(r'\d{4}/\d\d', key)]
    for row in rows:
        if row['table'] == 'total' and row['id'] in totals:
            for year in years:
                if row[year] != '':
                    yield float(row[year])


def shapes(value):
    minus = '\u2212' if value < 0 else ''
    size = abs(value)
    whole = int(size + 0.5)
    return {f'{minus}{whole:,}', f'{minus}{int(size / 1000 + 0.5):,}'}


def under_their_years(text):
    """Every row of a table with a header of years ends where the header does."""
    end = None
    rule = False
    for line in text.split('\n'):
        if re.search(r'\d{4}/\d\d$', line) and len(re.findall(r'\d{4}/\d\d', line)) > 1:
            end = columns(line)
        elif line == '':
            end = None
        elif end is not None and re.search(r'( [\u2212-]?[\d,]+ *){2,}$', line):
            rule = True
            if columns(line) != end:
                return line
    return None if rule else 'no row at all'


for council in councils:
    for verb in ('run', 'compare', 'stress', 'simulate'):
        if verb in ('stress', 'simulate') and not os.path.exists(os.path.join(council, 'mtfp.csv')):
            continue
        for width in (40, 80, 200):
            few = ['--draws', '256'] if verb == 'simulate' else []
            text = run(verb, council, *few, '--width', str(width), '--color', 'never')
            for line in text.split('\n'):
                if columns(line) > width and not line.startswith('Made by: '):
                    wrong(f'{verb} {council} --width {width}: {columns(line)} columns: {line}')
                if line != line.rstrip():
                    wrong(f'{verb} {council} --width {width}: blanks at the end of: {line}')
            if verb in ('run', 'compare'):
                words = set(re.findall(r'\u2212?[\d,]+', body(text)))
                for value in figures_of(council, verb):
                    if not words & shapes(value):
                        wrong(f'{verb} {council} --width {width}: {value} is not there')
            if verb != 'simulate' and width >= 80 and under_their_years(body(text)) is not None:
                wrong(f'{verb} {council} --width {width}: not under its year: {under_their_years(body(text))}')

sys.exit(1 if failed else 0)
