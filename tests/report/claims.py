#!/usr/bin/env python3
"""claims.py PROGRAM WORK: what the page claims in words, held against the JSON outputs of the same folder, on every shipped council.

Remedies are ones that a council could bring about; what was not tried is not called impossible; addresses stay in the folder.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import html
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import faces  # noqa: E402

program, work = sys.argv[1:3]
os.makedirs(work, exist_ok=True)
failed, held = 0, 0
AMOUNT = '([+\u2212][\d.]+)(?: points?| months?|%)'
MOST_STEPS = 2


def holds(condition, words):
    global failed, held
    held += 1
    if not condition:
        failed += 1
        print(words)


def run(*words):
    done = subprocess.run([program, *words], capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(f'{words}: ends with {done.returncode}: {done.stderr.decode()[-400:]}')
    return done.stdout.decode()


def plain(markup):
    return html.unescape(re.sub(r'<[^>]+>', '', markup))


def number(words):
    return float(words.replace('\u2212', '-'))


def awards(folder):
    """The least award of every pay driver that stands by itself."""
    if not os.path.exists(f'{folder}/drivers.csv'):
        return {}
    with open(f'{folder}/drivers.csv', encoding='utf-8-sig') as file:
        rows = list(csv.DictReader(file))
    return {row['label']: min(float(v) for k, v in row.items() if re.fullmatch(r'\d{4}/\d\d', k)) for row in rows
            if row['class'] == 'pay' and not row.get('follows')}


# ---- what would change the answer


def plausible(move, change, least):
    return abs(change) <= MOST_STEPS * abs(move['step']) + 1e-9 and least.get(move['label'], 99) + change > -1e-9


def check_remedies(council, block, stress, least):
    said = html.unescape(re.sub(r'<a [^>]*>|</a>', '', block))
    fails = re.search('what would (keep|make reserves last)', said) is not None
    date = 'below_minimum' if 'minimum?' in said else 'first_unfunded'
    told = [(move, number(m)) for move in stress['moves'] for m in re.findall(re.escape(move['label']) + ' ' + AMOUNT, said)]
    for move, change in told:
        holds(not fails or plausible(move, change, least), f'{council}: no remedy: {move["label"]} {change}')
    enough = [move['label'] for move in stress['moves'] if fails and (move['reverse'].get(date) or {}).get('kind') == 'found'
              and plausible(move, -abs(move['reverse'][date]['after']) if move['label'] in least else move['reverse'][date]['after'], least)]
    holds(bool(told) == bool(enough) or not fails, f'{council}: told {[m["label"] for m, _ in told]}, enough {enough}')
    holds(not fails or ('Nothing else is enough' in said) == (not enough), f'{council}: nothing is enough, but {enough}')


def check_limits(council, page, stress):
    """A cell that says 'not enough' is of a search that found nothing; of the council tax rise it names the limit."""
    for table in page.tables:
        if table['caption'] != 'Compared with what the plan assumes':
            continue
        for row in table['rows'][1:]:
            move = next(m for m in stress['moves'] if m['label'] == row[0])
            never = [r['kind'] == 'never' for r in (move['reverse'].get(d) for d in ('below_minimum', 'first_unfunded')) if r]
            says = [cell.startswith(('not enough', 'holds')) for cell in row[1:]]
            if len(says) == len(never):
                holds(says == never, f'{council}: {row} and the search {never}')
            for cell in row[1:]:
                holds('no change of it' not in cell, f'{council}: {row}')
                if cell.startswith('not enough') and row[0] == 'Council tax rise':
                    holds('within the referendum limit' in cell or 'tried up to' in cell, f'{council}: {row}')


# ---- every assumption


def rows_under(page, caption):
    return [row for table in page.tables if table['caption'].startswith(caption) for row in table['rows'][1:]]


def check_assumptions(council, folder, audience):
    """Each number, unit cost, share, receipt, loan and rating of the folder, and each input that `simulate` draws, is listed."""
    run('report', folder, '--draws', '256', '--audience', audience, '-o', f'{work}/page.html')
    with open(f'{work}/page.html', encoding='utf-8') as file:
        text = file.read()
    page = faces.Page(text)
    labels = {}
    with open(f'{folder}/mtfp.csv', encoding='utf-8-sig') as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if not row.get('part'):
            labels[row['id']] = row['label']
    listed = {row[0] for row in rows_under(page, 'Behind lines')}
    for row in rows:
        word = {'number': 'number', 'unit_cost': 'unit cost', 'percent': 'share'}.get(row.get('part'))
        if word is not None:
            holds(f'{labels[row["id"]]}: {word}' in listed, f'{council}, {audience}: {labels[row["id"]]}: {word} is not among the assumptions')
    said = re.search('Receipts and borrowing</summary><ul>(.*?)</ul>', text, re.S)
    for name, column in (('capital_receipts', 'asset'), ('borrowing', 'label')):
        if os.path.exists(f'{folder}/{name}.csv'):
            with open(f'{folder}/{name}.csv', encoding='utf-8-sig') as file:
                for row in csv.DictReader(file):
                    found = [item for item in plain(said[1]).split('\n') if item.startswith((row.get(column) or row.get('id')) + ':')] if said else []
                    holds(len(found) >= 1 and f'{float(row["rate"]):g}%' in found[0], f'{council}, {audience}: {row} is not among the assumptions')
    if os.path.exists(f'{folder}/savings.csv'):
        with open(f'{folder}/savings.csv', encoding='utf-8-sig') as file:
            savings = [row for row in csv.DictReader(file) if not row.get('part')]
        rated = rows_under(page, 'By rating, on the plan')[:-1]
        holds(sum(int(row[1]) for row in rated) == len(savings), f'{council}, {audience}: {rated} for {len(savings)} savings')
        for row in savings:  # a share of its own lies within what its rating is said to stand for
            cell = next((r[2] for r in rated if r[0].lower().startswith((row.get('rag') or 'not rated').replace('unidentified', 'not yet'))), '')
            ends = [float(x) for x in re.findall(r'[\d.]+', cell)]
            own = row.get('delivery')
            holds(bool(ends) and (not own or ends[0] - 1e-9 <= float(own.rstrip('%')) <= ends[-1] + 1e-9), f'{council}, {audience}: {row["id"]} at {own}, its rating at {cell!r}')
    drawn = json.loads(run('simulate', folder, '--draws', '256', '--json', *(w for s in scenarios(folder) for w in ('-s', s))))['variables']
    said = rows_under(page, 'On the plan; the range')
    if audience == 'member':
        block = re.search('<details class="drawn">(.*?)</details>', text, re.S)
        items = re.findall(r'<li><b>(.*?)</b>: (.*?)</li>', block[1]) if block else []
        holds(all(len(spread) > 3 for spread, _ in items), f'{council}: a spread is not said')
        names = [re.sub(r' [\d]+%$', '', name) for _, all_alike in items for name in html.unescape(all_alike).split('; ')]
    else:
        names = [row[0] for row in said]
        sources = [row[-1] for row in said]
        holds(sorted(sources) == sorted(v.get('source') or '' for v in drawn), f'{council}: sources of what is drawn')
        holds(all(len(row[1]) > 3 for row in said), f'{council}: a spread is not said')
    holds(sorted(names) == sorted(v['label'] for v in drawn), f'{council}, {audience}: drawn {len(drawn)}, listed {len(names)}')


def scenarios(folder):
    return [s['id'] for s in json.loads(run('compare', folder, '--json'))['scenarios'][1:]]


for council in sorted(os.listdir('datasets')):
    folder = f'datasets/{council}'
    if not os.path.exists(f'{folder}/council.csv'):
        continue
    run('report', folder, '--draws', '256', '-o', f'{work}/page.html')
    with open(f'{work}/page.html', encoding='utf-8') as file:
        text = file.read()
    page = faces.Page(text)
    holds('as likely for one' not in text and 'no change of it is enough' not in text, f'{council}: what is not so')
    for empty in re.findall(r'<(ol|ul|p|div|tbody|dl)[^>]*>\s*</\1>', text):
        holds(False, f'{council}: an empty <{empty}>')
    for address in re.findall(r'\b(?:driver|line|term|saving|reserve|receipt|borrowing):[a-z*][^ <]*\.[a-z_]+', re.sub(r'<code>.*?</code>', '', text)):
        holds(False, f'{council}: {address} is no word of the field')
    for said in re.findall(r'go (?:up|down) from (\S+ ?(?:million)?) at March \d+ to (\S+ ?(?:million)?) at', text):
        holds(said[0] != said[1], f'{council}: from {said[0]} to {said[1]}')
    if not os.path.exists(f'{folder}/mtfp.csv'):
        continue
    stress = json.loads(run('stress', folder, '--json'))
    block = re.search(r'<div class="change">(.*?)</div>', text, re.S)
    if block is not None and '<h2' in block[1]:
        check_remedies(council, block[1], stress, awards(folder))
    check_limits(council, page, stress)
    for audience in ('member', 'officer'):
        check_assumptions(council, folder, audience)

print(f'{held} claims held against the figures')
assert held > 100
sys.exit(1 if failed else 0)
