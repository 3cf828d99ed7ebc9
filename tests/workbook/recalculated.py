#!/usr/bin/env python3
# recalculated.py: every figure of every scenario, as LibreOffice works it out, is the engine's to the penny.
# SPDX-License-Identifier: GPL-3.0-or-later
import sheets

RANDOM_PLANS = 24
ERRORS = ('#REF!', '#NAME?', '#VALUE!', '#DIV/0!', '#N/A', '#NUM!', '#NULL!', 'Err:')
FIRST_COLUMN = 3  # of figures


def rows_by_name(tabs):
    found = {}
    for tab, rows in tabs.items():
        for row in rows:
            if len(row) > FIRST_COLUMN:
                found.setdefault((tab, row[1], row[0]), []).append(row)
    return found


def years_of(rows):
    heads = rows[3][FIRST_COLUMN:]
    return next((i for i in range(1, len(heads)) if heads[i] == heads[0] or not heads[i]), len(heads))


def check_figures(faults, name, tabs, expected):
    rows = rows_by_name(tabs)
    n_years = years_of(tabs['Model'])
    seen = set()
    for line in expected:
        tab, row_id, label, block, year, value = line.rstrip('\n').split('\t')
        if tab == 'Scenarios':
            heads, row = tabs[tab][3], tabs[tab][4 + int(block)]
            faults.hold(row[heads.index(label)] == value, f'{name} {row[1]}: {label}: {row[heads.index(label)]}, not {value}')
            continue
        matches = rows.get((tab, row_id, label), [])
        faults.hold(len(matches) == 1, f'{name}: {len(matches)} rows of {tab} are {row_id} {label}') if not matches else None
        if matches:
            cell = matches[0][FIRST_COLUMN + int(block) * n_years + int(year)]
            faults.hold(cell != '' and abs(sheets.pence(cell) - int(value)) < 0.4,
                        f'{name}: {tab} {label}, block {block}, year {year}: {cell}, not {int(value) / 100:.2f}')
            seen.add((tab, row_id, label))
    return seen


def main():
    arguments = sheets.arguments()
    sheets.need_libreoffice()
    books = arguments.work / 'books'
    books.mkdir()
    made = sheets.run(arguments.make_books, books, arguments.plugins, RANDOM_PLANS,
                      *[arguments.datasets / council for council in sheets.COUNCILS])
    if made.returncode != 0:
        raise SystemExit(made.stderr)
    paths = sorted(books.glob('*.xlsx'))
    faults = sheets.Faults()
    for name, tabs in sheets.recalculate(arguments.work, paths).items():
        with open(books / f'{name}.expected', encoding='utf-8') as expected:
            check_figures(faults, name, tabs, expected)
        for tab, rows in tabs.items():
            for row in rows:
                for cell in row:
                    if cell.startswith(ERRORS):
                        faults.hold(False, f'{name}: {tab} has {cell} in {row[0]}')
        verdict = tabs['Audit'][2][0]
        faults.hold(verdict == 'matches the engine to the penny', f'{name}: the audit says: {verdict}')
    faults.finish(f'cells of {len(paths)} workbooks')


main()
