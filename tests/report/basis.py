#!/usr/bin/env python3
"""basis.py PROGRAM WORK: whose a figure is, as the page says it by year, is what the workbook's Trace says of its cell.

On every shipped council: no rate or term of the page is called published in a year for which the folder says otherwise.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import faces  # noqa: E402

program, work = sys.argv[1:3]
CAPTIONS = {'By how much each goes up in a year': 'driver', 'What each is in a year': 'term'}
failed, held = 0, 0


def wrong(words):
    global failed
    failed += 1
    print(words)


def by_year(cell, years):
    """'illustrative, but 2025/26 published; 2026/27 to 2027/28 derived' as a word a year."""
    words = re.match(r'[^:]*', cell)[0]
    usual, _, others = words.partition(', but ')
    out = dict.fromkeys(years, usual)
    for other in others.split('; ') if others else []:
        match = re.fullmatch(r'(\d{4}/\d\d)(?: (?:to|and) (\d{4}/\d\d))? (\w+)', other)
        first, last = years.index(match[1]), years.index(match[2] or match[1])
        out.update(dict.fromkeys(years[first:last + 1], match[3]))
    return out


def traced(sheets):
    """{table: {id.field: {year: basis}}}, in the order of the plan; only what a file holds."""
    out = {'driver': {}, 'term': {}}
    for row in sheets['Trace']:
        match = re.fullmatch(r'(driver|term):(.*)@(\d{4}/\d\d)', row[0] or '')
        if match and len(row) > 7 and row[7] is not None:
            out[match[1]].setdefault(match[2], {})[match[3]] = row[7]
    return out


def check(council, audience, sheets):
    global held
    page_file = f'{work}/page.html'
    subprocess.run([program, 'report', f'datasets/{council}', '--draws', '256', '--audience', audience, '-o', page_file],
                   check=True, capture_output=True)
    with open(page_file, encoding='utf-8') as file:
        page = faces.Page(file.read())
    trace = traced(sheets)
    names = {'driver': {row[2]: f'{row[1]}.{row[3]}' for row in sheets['Inputs'] if row[0] == 'driver'}, 'term': TERMS}
    said = {}
    for table in page.tables:
        kind = CAPTIONS.get(table['caption'])
        if kind is None:
            continue
        years = table['rows'][0][1:-1]
        for row in table['rows'][1:]:
            name = names[kind].get(row[0].split(', on top of')[0])
            if name is None:
                wrong(f'{council}: the page has {row[0]!r}, which the workbook has not')
                continue
            said[row[0]] = row[-1]
            of = by_year(row[-1], years)
            for year, basis in trace[kind].get(name, {}).items():
                held += 1
                if of[year] != basis:
                    wrong(f'{council}, {audience}: {row[0]} in {year} is {basis}; the page says {row[-1]!r}')
    return said


TERMS = {'Council tax at Band D': 'council_tax.band_d', 'Council tax rise': 'council_tax.core_rise',
         'Council tax rise for adult social care': 'council_tax.asc_rise', 'Band D equivalents': 'council_tax.equivalents',
         'Council tax base': 'council_tax.tax_base', 'Council tax collected': 'council_tax.collection',
         'Contributions in lieu, Band D equivalents': 'council_tax.contributions', 'Referendum limit': 'council_tax.limit',
         'Referendum limit in pounds': 'council_tax.limit_gbp', 'Interest on balances': 'treasury.balances_rate',
         'Debt at variable rates': 'treasury.variable_debt', 'Capital financing requirement': 'treasury.cfr',
         'Business rates income': 'business_rates.income', 'Business rates: local share': 'business_rates.local_share',
         'Business rates baseline': 'business_rates.baseline', 'Baseline funding level': 'business_rates.baseline_funding',
         'Business rates levy': 'business_rates.levy_rate', 'Business rates safety net': 'business_rates.safety_net',
         'Section 31 grants': 'business_rates.section_31', 'Gain from the business rates pool': 'business_rates.pool',
         'Debt': 'treasury.debt', 'High needs deficit met by grant': 'high_needs.grant_share',
         'High needs deficit that is eligible': 'high_needs.eligible_share',
         'Cost of carrying the high needs deficit': 'high_needs.carrying_rate'}

# As basis.csv has them: what is built from an illustrative rise is not published.
EXPECTED = {'kings-lynn-west-norfolk': {'Council tax at Band D': 'published, but 2027/28 illustrative',
                                        'Referendum limit': 'illustrative, but 2024/25 and 2025/26 published',
                                        'Council tax rise': 'derived, but 2027/28 illustrative'},
            'north-east-lincolnshire': {'Pay award': 'illustrative, but 2025/26 published',
                                        'Council tax rise': 'illustrative, but 2025/26 published; 2026/27 derived',
                                        'Referendum limit': 'published'}}

for council in sorted(os.listdir('datasets')):
    if not os.path.exists(f'datasets/{council}/mtfp.csv'):
        continue
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    subprocess.run([program, 'report', f'datasets/{council}', '--draws', '256', '-o', f'{work}/book.xlsx'], check=True,
                   capture_output=True)
    sheets = faces.workbook(f'{work}/book.xlsx')
    for audience in ('member', 'officer'):
        said = check(council, audience, sheets)
        for label, words in EXPECTED.get(council, {}).items():
            held += 1
            found = said.get(label, '')
            if found.split(':')[0] != words:
                wrong(f'{council}, {audience}: {label}: {found!r}, expected {words!r}')

print(f'{held} figures\' basis held against the workbook')
assert held > 150
sys.exit(1 if failed else 0)
