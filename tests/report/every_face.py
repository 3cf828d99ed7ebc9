#!/usr/bin/env python3
"""every_face.py PROGRAM WORK: one council, every face, the same figures to the penny.

JSON is held against CSV both ways; against the workbook's every figure in every scenario; against the page's tables at the
precision that they show, and what the page carries as CSV to the penny.  A table of the page that holds an amount and is not
known here is a fault.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import faces  # noqa: E402
import held  # noqa: E402
import page_figures  # noqa: E402
from held import equal, wrong  # noqa: E402

program, work = sys.argv[1:3]
MINUS = '\u2212'


def run(*words):
    done = subprocess.run([program, *words], capture_output=True)
    if done.returncode != 0:
        sys.exit(f'{words}: ends with {done.returncode}: {done.stderr.decode()[-400:]}')
    return done.stdout.decode()


# ---- CSV


def check_csv(text, truth, years, council):
    seen = set()
    for row in faces.csv_rows(text):
        key = (row['scenario'], row['table'], row['id'], row['field'])
        if row['table'] in ('date', 'manifest'):
            continue
        if key not in truth:
            wrong(f'{council}: CSV has {key}, which JSON has not')
            continue
        seen.add(key)
        for y, year in enumerate(years):
            expected = truth[key][y]
            equal(faces.pence(row[year]) if row[year] != '' else None, expected, f'{council}: CSV {key} {year}')
    for key in truth.keys() - seen:
        wrong(f'{council}: CSV lacks {key}')


# ---- the workbook

SUFFIXES = {
    'saving': {'planned': 'planned', 'expected': 'expected'},
    'receipt': {'received': 'received', 'pays debt': 'to_debt', 'avoids borrowing': 'to_avoid', 'used flexibly': 'flexible'},
    'reserve': {'opening': 'opening', 'planned movement': 'planned', 'used to meet the gap, beyond the plan': 'used',
                'surplus added': 'surplus', 'closing': 'closing'},
}
NOT_IN_JSON = 'planned use that was no longer there'


def workbook_key(label, name, tables):
    """The figure of JSON that a row of the workbook is; None where it is none of them."""
    if name in tables['total']:
        return ('total', name, 'amount')
    if name in tables['line'] and tables['line'][name] == label:
        return ('line', name, 'amount')
    for table, suffixes in SUFFIXES.items():
        for suffix, field in suffixes.items():
            if name in tables[table] and label == f'{tables[table][name]}: {suffix}':
                return (table, name, field)
    return None


def check_workbook(sheets, result, truth, council):
    years, ids = result['years'], [s['id'] for s in result['scenarios']]
    plan = result['scenarios'][0]
    tables = {'total': {key[2] for key in truth if key[1] == 'total'}}
    for kind, (table, _) in faces.PARTS.items():
        tables[table] = {item['id']: item['label'] for item in plan[kind]}
    if sheets['Audit'][2][0] != 'matches the engine to the penny':
        wrong(f'{council}: Audit says {sheets["Audit"][2][0]!r}')
    for sheet in ('Audit', 'Model', 'Savings', 'Reserves', 'Receipts'):
        seen = set()
        rows = sheets[sheet][4:]
        if sheet == 'Audit':  # above its figures stands what the engine would refuse: nothing
            first = [row[0] for row in rows].index('Figures held against the engine')
            equal([row[0] for row in rows[:first] if row[0]], ['The engine would take every input here'], f'{council}: Audit')
            rows = rows[first + 1:]
        for row in rows:
            key = workbook_key(row[0], row[1], tables) if row[0] is not None and row[1] is not None else None
            if key is None:
                if sheet == 'Audit' and not (row[0] or '').endswith(NOT_IN_JSON):
                    wrong(f'{council}: Audit has {row[:2]}, which JSON has not')
                continue
            seen.add(key)
            for s, scenario in enumerate(ids):
                for y, year in enumerate(years):
                    cell = row[3 + s * len(years) + y]
                    expected = truth[(scenario, *key)][y]
                    found = None if cell is None else round(cell * 100)
                    if cell is not None and abs(cell * 100 - found) > 1e-3:
                        wrong(f'{council}: {sheet} {key} {year}: {cell!r} is not in whole pence')
                    equal(found, expected, f'{council}: {sheet} {scenario} {key} {year}')
        if sheet == 'Audit':
            lacking = {key[1:] for key in truth} - seen
            lacking = {key for key in lacking if any(v for s in ids for v in truth[(s, *key)])}
            for key in lacking:
                wrong(f'{council}: Audit lacks {key}')
    check_summary(sheets['Summary'], result, truth, council)


SUMMARY = {'Net budget': 'net_budget', 'Funding': 'funding', 'Savings expected': 'savings_expected',
           'Flexible use of receipts, capitalised cost': 'capitalised', 'Planned use of reserves': 'planned_use',
           'Unfunded gap': 'unfunded', f'Gap after savings ({MINUS}: surplus)': 'gap', 'Gap after savings, the plan': 'gap',
           'General Fund at 31 March': 'general_fund_closing', "The council's own minimum": 'minimum',
           'Usable revenue reserves at 31 March': 'usable_closing', 'Usable revenue reserves, the plan': 'usable_closing'}


def check_summary(rows, result, truth, council):
    seen = []
    for row in rows:
        name = SUMMARY.get(row[0])
        if name is not None:
            seen.append(row[0])
            for y in range(len(result['years'])):
                equal(round(row[1 + y] * 100), truth[('baseline', 'total', name, 'amount')][y], f'{council}: Summary {row[0]}')
    equal(sorted(seen), sorted(SUMMARY), f'{council}: rows of Summary')


# ---- all of them

for council in ('saltmere', 'north-east-lincolnshire'):
    folder = f'datasets/{council}'
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    result = json.loads(run('compare', folder, '--json'))
    stress = json.loads(run('stress', folder, '--json'))
    truth = faces.figures(result)
    assert len(truth) > 500 and len(result['scenarios']) > 5
    check_csv(run('compare', folder, '--csv'), truth, result['years'], council)
    run('report', folder, '--draws', '512', '-o', f'{work}/book.xlsx')
    simulated = json.loads(run('simulate', folder, '--draws', '512', '--json',
                               *(w for s in result['scenarios'][1:] for w in ('-s', s['id']))))
    sheets = faces.workbook(f'{work}/book.xlsx')
    check_workbook(sheets, result, truth, council)
    with open(f'{folder}/savings.csv', encoding='utf-8') as file:
        rated = {row['id']: row['rag'] for row in faces.csv_rows(file.read()) if not row.get('part')}
    labels = {item['id']: item['label'] for item in result['scenarios'][0]['savings']}
    for audience in ('member', 'officer', 'peer'):  # depth and wording, never a figure
        run('report', folder, '--draws', '512', '--audience', audience, '-o', f'{work}/page.html')
        with open(f'{work}/page.html', encoding='utf-8') as file:
            page = faces.Page(file.read())
        if page_figures.check_tables(page, result, truth, council) < 5:
            wrong(f'{council}: hardly a table of the page is known')
        page_figures.check_carried(page, result, truth, council)
        page_figures.check_stress(page, stress, labels, council)
        page_figures.check_simulated(page, result, simulated, council)
        page_figures.check_shares(page, simulated, council)
        page_figures.check_shocks(page, stress, council)
        page_figures.check_bridges(page, result, council)
        page_figures.check_receipts(page, result, council)
        page_figures.check_schemes(page, result, rated, council)
        page_figures.check_lines(page, result, sheets, council)
        page_figures.check_all_known(page, council)

print(f'{held.held} figures held against one another')
assert held.held > 20000
sys.exit(1 if held.failed else 0)
