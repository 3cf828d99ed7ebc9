#!/usr/bin/env python3
"""hostile.py PROGRAM WORK: a council whose every name is an attack, in every face: text goes in, the same text comes out.

The same council with plain names of the same kind is written beside it: neither markup, formulas nor terminal codes may differ.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser
from urllib.parse import unquote

program, work = os.path.abspath(sys.argv[1]), sys.argv[2]
failed = 0

HOSTILE = [
    '"><script>alert(1)</script>',
    '=1+1',
    '+44 20 7946 0000',
    '-2+3+cmd|\' /C calc\'!A0',
    '@SUM(A1:A9)',
    '=HYPERLINK("http://example.invalid","x")',
    '</style></title></svg><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '&lt;b&gt; &amp; &#x3c; <!-- --> ]]> <?php ?>',
    '\u0645\u062c\u0644\u0633 \u0634\u0644\u05d5\u05dd',
    'left \u202eto thgir\u202c and \u2066back\u2069',
    '\U0001f3db\ufe0f \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f',
    'e\u0301\u0301\u0301\u0301 \u200b\u2028\u00a0\ufeff',
    'x' * 200,
    'word ' * 39 + 'word',
    '%s%n%99999d {{7*7}} ${7*7} `id` $(id)',
    'a,b;c"d""e',
    '\\"; drop table reserves; --',
    'javascript:alert(1) data:text/html,<b>',
    '\u00a31\u00d72 \u2212 "curly" \u2018quotes\u2019',
]


def wrong(words):
    global failed
    print(words)
    failed += 1


# ---- two councils: Saltmere with its words replaced

def names():
    """Each name once: several names of one text would hide one another."""
    n = 0
    while True:
        text = HOSTILE[n % len(HOSTILE)]
        yield text if n < len(HOSTILE) else f'{text[:196]}{n}'  # a name has at most 200 characters
        n += 1


# Words that are nobody's key, by file.
COLUMNS = {
    'drivers.csv': ['label'],
    'mtfp.csv': ['label', 'note', 'source'],
    'savings.csv': ['label', 'owner', 'note', 'source'],
    'reserves.csv': ['label', 'note'],
    'capital_receipts.csv': ['asset', 'note', 'source'],
}


def council(folder, next_name):
    """Returns every name given, by where it stands."""
    given = {}
    shutil.copytree('datasets/saltmere', folder)
    os.system(f'chmod -R u+w {folder}')
    for name, columns in COLUMNS.items():
        path = os.path.join(folder, name)
        with open(path, encoding='utf-8', newline='') as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            for column in columns:
                if column in row and (column in ('note', 'source') or row[column]):
                    row[column] = next(next_name)
                    if column in ('label', 'asset'):
                        given[(name, row['id'])] = row[column]
        with open(path, 'w', encoding='utf-8', newline='') as file:
            out = csv.DictWriter(file, rows[0].keys())
            out.writeheader()
            out.writerows(rows)
    path = os.path.join(folder, 'scenarios.csv')
    with open(path, encoding='utf-8', newline='') as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row['parameter'] == 'label':
            row['value'] = next(next_name)
            given[('scenarios.csv', row['scenario'])] = row['value']
        row['note'] = next(next_name)
    with open(path, 'w', encoding='utf-8', newline='') as file:
        out = csv.DictWriter(file, rows[0].keys())
        out.writeheader()
        out.writerows(rows)
    path = os.path.join(folder, 'council.csv')
    with open(path, encoding='utf-8', newline='') as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row['key'] in ('name', 'default_source'):
            row['value'] = next(next_name)
            given[('council.csv', row['key'])] = row['value']
    with open(path, 'w', encoding='utf-8', newline='') as file:
        out = csv.DictWriter(file, rows[0].keys())
        out.writeheader()
        out.writerows(rows)
    return given


def run(*words, **more):
    done = subprocess.run([program, *words], capture_output=True, **more)
    if done.returncode != 0:
        wrong(f'{words}: ends with {done.returncode}: {done.stderr.decode()[-400:]}')
    return done.stdout


shutil.rmtree(work, ignore_errors=True)
os.makedirs(work)
evil, tame = os.path.join(work, 'evil'), os.path.join(work, 'tame')
given = council(evil, names())
council(tame, (f'Name{n}' for n in range(10000)))
TITLE, WORDS = HOSTILE[0], '\n\n'.join(HOSTILE)
with open(os.path.join(work, 'words.txt'), 'w', encoding='utf-8') as file:
    file.write(WORDS)
with open(os.path.join(work, 'tame.txt'), 'w', encoding='utf-8') as file:
    file.write('\n\n'.join(f'Word{n}' for n in range(len(HOSTILE))))
assert len(given) > 30, given

# ---- JSON and CSV

result = json.loads(run('compare', evil, '--json'))
found = {('council.csv', 'name'): result['council']['name']}
for scenario in result['scenarios']:
    found[('scenarios.csv', scenario['id'])] = scenario['label']
for kind, file in (('lines', 'mtfp.csv'), ('savings', 'savings.csv'), ('reserves', 'reserves.csv'),
                   ('receipts', 'capital_receipts.csv')):
    for item in result['scenarios'][0][kind]:
        found[(file, item['id'])] = item['label']
for place, text in given.items():
    if place[0] not in ('drivers.csv',) and place != ('council.csv', 'default_source') and found.get(place) != text:
        wrong(f'JSON: {place} is {found.get(place)!r}, not {text!r}')

for verb in (['compare', evil], ['stress', evil], ['check', evil], ['compare', evil, '-s', 'cyber', '--bridge']):
    text = run(*verb, '--csv').decode()
    rows = list(csv.reader(io.StringIO(text)))
    if len({len(row) for row in rows}) != 1:
        wrong(f'CSV of {verb}: rows of several lengths')
    for row in rows:
        for cell in row:
            if cell[:1] in tuple('=+-@\t\r') and not re.fullmatch(r'-?\d+(\.\d+)?', cell) and cell != '-':
                wrong(f'CSV of {verb}: a spreadsheet would run {cell!r}')
    if verb[0] == 'compare' and len(verb) == 2:
        cells = {cell.removeprefix("'") for row in rows for cell in row}
        for place in [p for p in given if p[0] in ('mtfp.csv', 'savings.csv', 'reserves.csv')]:
            if given[place].removeprefix("'") not in cells:
                wrong(f'CSV: {given[place]!r} is not a cell')

# ---- a terminal: nothing that moves it, and nothing cut

for verb in (['run', evil, '--lines'], ['compare', evil], ['stress', evil], ['check', evil, '--all'],
             ['explain', evil, 'gap@2030/31', '--deep'], ['compare', evil, '-s', 'cyber', '--bridge']):
    for width in ('40', '120'):
        text = run(*verb, '--width', width).decode()
        for c in set(text):
            if c != '\n' and unicodedata.category(c) == 'Cc':
                wrong(f'{verb}: control character {c!r}')
if run('compare', evil, '--ascii').decode().isascii() is not True:
    wrong('--ascii lets something through')

# ---- the page


class Skeleton(HTMLParser):
    """Tags and attributes, and the text between them."""

    def __init__(self):
        super().__init__()
        self.shape, self.text, self.links = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.shape.add((tag, tuple(sorted(name for name, _ in attrs))))
        for name, value in attrs:
            if name in ('aria-label', 'content', 'title', 'alt'):
                self.text.append(value)
            if name in ('href', 'src', 'xlink:href'):
                self.links.append(value)

    def handle_data(self, data):
        self.text.append(data)

    def handle_comment(self, data):
        self.shape.add(('comment', data[:20]))

    def handle_pi(self, data):
        self.shape.add(('instruction', data[:20]))


def skeleton(folder, words, title):
    path = os.path.join(work, 'page.html')
    run('report', folder, '--draws', '512', '-o', path, '--title', title, '--council-words', os.path.join(work, words), '--audience', 'officer')
    page = Skeleton()
    with open(path, encoding='utf-8') as file:
        page.feed(file.read())
    page.close()
    return page


def squeezed(text):
    return re.sub(r'[\s\u00a0\u2028]+', '', text)


page, plain = skeleton(evil, 'words.txt', TITLE), skeleton(tame, 'tame.txt', 'Title')
for shape in page.shape - plain.shape:
    wrong(f'page: a tag that no plain council has: {shape}')
if any(tag in ('script', 'img', 'iframe', 'object', 'embed', 'link', 'form') for tag, _ in page.shape):
    wrong(f'page: {sorted(tag for tag, _ in page.shape)}')
for link in page.links:
    if not link.startswith(('#', 'data:text/csv')) and link not in plain.links:
        wrong(f'page: a link to {link[:80]!r}')
whole = squeezed('\n'.join(page.text))
for text in HOSTILE:
    if squeezed(text) not in whole:
        wrong(f'page: {text!r} is not there as text')
for link in page.links:
    if link.startswith('data:text/csv'):
        for row in csv.reader(io.StringIO(unquote(link.split(',', 1)[1]))):
            for cell in row:
                if cell[:1] in tuple('=+-@') and not re.fullmatch(r'-?\d+(\.\d+)?', cell):
                    wrong(f'page: the CSV that it carries would run {cell!r}')

# ---- the workbook

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'


def workbook(folder, words, title):
    """Formulas and strings of every sheet."""
    path = os.path.join(work, 'book.xlsx')
    run('report', folder, '--draws', '512', '-o', path, '--title', title, '--council-words', os.path.join(work, words))
    formulas, strings = [], []
    with zipfile.ZipFile(path) as book:
        for name in sorted(book.namelist()):
            if not name.endswith(('.xml', '.rels')):
                continue
            tree = ET.fromstring(book.read(name))
            formulas += [(name, f.text) for f in tree.iter(MAIN + 'f')]
            strings += [''.join(t.text or '' for t in s.iter(MAIN + 't')) for s in tree.iter(MAIN + 'si')]
            strings += [''.join(t.text or '' for t in s.iter(MAIN + 't')) for s in tree.iter(MAIN + 'is')]
            if name.endswith('.rels'):
                for link in tree:
                    if link.get('TargetMode') == 'External':
                        wrong(f'workbook: a link to {link.get("Target")!r}')
    return formulas, strings


formulas, strings = workbook(evil, 'words.txt', TITLE)
tame_formulas, _ = workbook(tame, 'tame.txt', 'Title')
if [name for name, _ in formulas] != [name for name, _ in tame_formulas]:
    wrong(f'workbook: {len(formulas)} formulas, not {len(tame_formulas)} as with plain names')
marks = ('HYPERLINK', 'alert', 'calc', 'cmd', 'SUM(A1:A9)', '7946')
for name, formula in formulas:
    bare = re.sub(r'"(?:[^"]|"")*"', '""', formula or '')  # without what it holds as text
    if any(mark in bare for mark in marks):
        wrong(f'workbook: {name} has the formula {formula!r}')
everything = '\n'.join(strings)
for place in [p for p in given if p[0] in ('mtfp.csv', 'savings.csv', 'reserves.csv', 'scenarios.csv')]:
    if given[place] not in everything:
        wrong(f'workbook: {given[place]!r} of {place} is not there as text')

sys.exit(1 if failed else 0)
