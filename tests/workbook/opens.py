#!/usr/bin/env python3
# opens.py: the largest workbook is small, and LibreOffice opens it in little more than it takes for one of a single cell.
# SPDX-License-Identifier: GPL-3.0-or-later
import sys
import time

import sheets

MOST_BYTES = 500_000
ROUNDS = 3
MOST_TIMES = 5  # what opening ours may cost, of what a workbook of one cell costs in the same run

CELL = 'one cell\n1\n'


def seconds(work, profile, book):
    """Opened, recalculated as any file that asks for it, and its first sheet written."""
    begun = time.monotonic()
    done = sheets.run('soffice', f'-env:UserInstallation={profile.as_uri()}', '--headless', '--convert-to', 'csv', '--outdir', work / 'csv', book,
                      timeout=300)
    if done.returncode != 0 or not (work / 'csv' / f'{book.stem}.csv').exists():
        sys.exit(f'{book.name} does not open: {done.stdout[-300:]} {done.stderr[-300:]}')
    return time.monotonic() - begun


def main():
    arguments = sheets.arguments()
    faults = sheets.Faults()
    largest = None
    for council in sheets.COUNCILS:
        book = arguments.work / f'{council}.xlsx'
        made = sheets.run(arguments.program, 'report', arguments.datasets / council, '-o', book, '--draws', '2048')
        if made.returncode != 0:
            sys.exit(made.stderr)
        size = book.stat().st_size
        faults.hold(size <= MOST_BYTES, f'{council}: {size} bytes')
        largest = book if largest is None or size > largest.stat().st_size else largest
    sheets.need_libreoffice()
    profile = arguments.work / 'profile'
    plain = arguments.work / 'plain.csv'
    plain.write_text(CELL)
    sheets.run('soffice', f'-env:UserInstallation={profile.as_uri()}', '--headless', '--convert-to', 'xlsx', '--outdir', arguments.work, plain, timeout=300)
    one = arguments.work / 'plain.xlsx'
    pairs = [(seconds(arguments.work, profile, one), seconds(arguments.work, profile, largest)) for _ in range(ROUNDS)]
    base, own = (min(times) for times in zip(*pairs))
    faults.hold(own <= MOST_TIMES * base, f'{largest.name}: {own:.2f} s, {own / base:.1f} times a workbook of one cell')
    print(f'{largest.name}, {largest.stat().st_size} bytes: {own:.2f} s; one cell: {base:.2f} s')
    faults.finish('limits of workbooks')


main()
