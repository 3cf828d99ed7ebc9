#!/usr/bin/env python3
"""pdf.py PROGRAM WORK: the page on paper: tagged, titled, at most six sheets; every picture in words, every table there.

Skipped (77) without Chromium or poppler.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser

program, work = sys.argv[1:3]
failed = 0


def wrong(words):
    global failed
    print(words)
    failed += 1


lacking = [] if any(map(shutil.which, ('chromium', 'chromium-browser', 'google-chrome'))) else ['Chromium']
lacking += [tool for tool in ('pdfinfo', 'pdftotext') if shutil.which(tool) is None]
if lacking:
    print('skipped: there is no', ' and no '.join(lacking))
    sys.exit(77)


def run(*words):
    done = subprocess.run(words, capture_output=True)
    if done.returncode != 0:
        wrong(f'{words}: ends with {done.returncode}: {done.stderr.decode()[-300:]}')
    return done.stdout.decode('utf-8', 'replace')


# ---- what of the page stands on paper: not what is for phones, nor the futures that are not chosen


class Tables(HTMLParser):
    VOID = {'br', 'hr', 'img', 'input', 'meta', 'link', 'path', 'rect', 'line', 'circle'}

    def __init__(self):
        super().__init__()
        self.open, self.tables, self.into, self.pictures, self.headings = [], [], None, [], []

    def hidden(self):
        return any(hides for _, hides in self.open)

    def handle_starttag(self, tag, attrs):
        names = (dict(attrs).get('class') or '').split()
        hides = 'narrow' in names or ('v' in names and 'v0' not in names)
        if tag not in self.VOID:
            self.open.append((tag, hides))
        if tag == 'table' and not self.hidden():
            self.tables.append({'caption': '', 'cells': []})
        if tag == 'svg' and not self.hidden() and dict(attrs).get('role') == 'img':
            self.pictures.append(dict(attrs).get('aria-label', ''))
        if tag in ('h2', 'h3') and not self.hidden():
            self.headings.append('')
        if tag in ('td', 'th', 'caption') and not self.hidden() and self.tables:
            self.into = tag
            if tag != 'caption':
                self.tables[-1]['cells'].append('')

    def handle_endtag(self, tag):
        if tag in ('td', 'th', 'caption'):
            self.into = None
        while self.open and tag not in self.VOID:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data):
        if any(tag in ('h2', 'h3') for tag, _ in self.open) and not self.hidden():
            self.headings[-1] += data
        if self.into == 'caption':
            self.tables[-1]['caption'] += data
        elif self.into is not None and not self.hidden():
            self.tables[-1]['cells'][-1] += data


def squeezed(text):
    return re.sub(r'\s+', '', text)


shutil.rmtree(work, ignore_errors=True)
os.makedirs(work)
for council in sorted(name for name in os.listdir('datasets') if os.path.exists(f'datasets/{name}/council.csv')):
    folder = f'datasets/{council}'
    pdf, html = f'{work}/{council}.pdf', f'{work}/{council}.html'
    for path in (pdf, html):
        run(program, 'report', folder, '--draws', '2048', '-o', path)
    if not os.path.exists(pdf) or not os.path.exists(html):
        continue
    info = dict(re.findall(r'^([^:]+):\s*(.*)$', run('pdfinfo', pdf), re.M))
    if info.get('Tagged') != 'yes':
        wrong(f'{council}: not tagged')
    if 'Council' not in info.get('Title', ''):
        wrong(f'{council}: the title is {info.get("Title")!r}')
    if not 1 <= int(info.get('Pages', 99)) <= 6:
        wrong(f'{council}: {info.get("Pages")} sheets')
    if not info.get('Page size', '').endswith('(A4)'):
        wrong(f'{council}: {info.get("Page size")}')

    # every picture has words in its place
    with open(pdf, 'rb') as file:
        objects = re.findall(rb'\n\d+ 0 obj\n(.*?)endobj', file.read(), re.S)
    figures = [o for o in objects if re.search(rb'/S\s*/Figure\b', o)]
    silent = [o for o in figures if not re.search(rb'/Alt\s*(\(.{4}|<.{8})', o, re.S)]
    with open(html, encoding='utf-8') as file:
        page = Tables()
        page.feed(file.read())
    if len(figures) < len(page.pictures) or not figures:
        wrong(f'{council}: {len(figures)} pictures on paper, {len(page.pictures)} on the page')
    if silent:
        wrong(f'{council}: {len(silent)} of {len(figures)} pictures without words')

    # no sheet ends with a heading
    headings = {squeezed(words) for words in page.headings}
    for sheet in range(1, int(info.get('Pages', 0)) + 1):
        lines = run('pdftotext', '-f', str(sheet), '-l', str(sheet), '-raw', pdf, '-').split('\n')
        last = [squeezed(line) for line in lines if squeezed(line)][-1:]
        if headings & set(last):
            wrong(f'{council}: sheet {sheet} ends with the heading {last[0]!r}')

    # whose it is, of when, from what: on the first sheet
    first = squeezed(run('pdftotext', '-f', '1', '-l', '1', '-raw', pdf, '-'))
    result = json.loads(run(program, 'compare', folder, '--json'))
    digest = re.search(r'All together: <code>([0-9a-f]{64})', open(html, encoding='utf-8').read())
    made_on = re.search(r'Made on (\d+ \w+ \d{4})', open(html, encoding='utf-8').read())
    labels = [s['label'] for s in result['scenarios'] if s['id'] != 'baseline']
    for words in ['The council\u2019s plan', result['council']['name'], made_on[1], digest[1][:12], *labels]:
        if squeezed(words) not in first:
            wrong(f'{council}: {words!r} is not on the first sheet')

    # every table, open, whole
    whole = squeezed(run('pdftotext', '-raw', pdf, '-'))
    on_paper = sum(1 for o in objects if re.search(rb'/S\s*/Table\b', o))
    if on_paper != len(page.tables) or not page.tables:
        wrong(f'{council}: {on_paper} tables on paper, {len(page.tables)} on the page')
    for table in page.tables:
        for words in [table['caption'], *table['cells']]:
            if squeezed(words) not in whole:
                wrong(f'{council}: {words!r} of {table["caption"]!r} is not on paper')
    print(f'{council}: {info.get("Pages")} sheets, {len(figures)} pictures, {on_paper} tables')

# what officers and peers get goes deeper; in eight points it has up to three sheets more
for council in ('saltmere', 'north-east-lincolnshire'):
    for audience in ('officer', 'peer'):
        pdf = f'{work}/{council}-{audience}.pdf'
        run(program, 'report', f'datasets/{council}', '--audience', audience, '--draws', '2048', '-o', pdf)
        sheets = re.search(r'^Pages:\s*(\d+)', run('pdfinfo', pdf), re.M)
        if sheets is None or int(sheets[1]) > 9:
            wrong(f'{council} for {audience}: {sheets and sheets[1]} sheets')

sys.exit(1 if failed else 0)
