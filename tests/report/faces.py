"""faces.py: what the faces of a report say, read back: JSON, CSV, the page's tables, the workbook's cells.  Figures are pence."""
# SPDX-License-Identifier: GPL-3.0-or-later
import csv
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from html.parser import HTMLParser
from urllib.parse import unquote

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
RELATION = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id'
PARTS = {'lines': ('line', ('amount',)), 'savings': ('saving', ('planned', 'expected')),
         'reserves': ('reserve', ('opening', 'planned', 'surplus', 'used', 'closing')),
         'receipts': ('receipt', ('received', 'to_debt', 'to_avoid', 'flexible'))}


def figures(result):
    """{(scenario, table, id, field): pence a year} of the JSON of `compare`; None where a figure is not known."""
    out = {}
    for scenario in result['scenarios']:
        for name, values in scenario.items():
            if isinstance(values, list) and len(values) == len(result['years']) and name not in ('plugins', 'dates_unknown') \
                    and all(v is None or isinstance(v, int) for v in values):
                out[(scenario['id'], 'total', name, 'amount')] = values
        for kind, (table, fields) in PARTS.items():
            for item in scenario[kind]:
                for field in fields:
                    out[(scenario['id'], table, item['id'], field)] = item[field]
    return out


def pence(cell):
    """Of a cell in pounds; None when it is no amount in whole pence."""
    match = re.fullmatch(r'(-?)(\d+)(?:\.(\d\d))?', cell)
    if match is None:
        return None
    return (-1 if match[1] else 1) * (int(match[2]) * 100 + int(match[3] or 0))


def csv_rows(text):
    return list(csv.DictReader(io.StringIO(text)))


# ---- the page


class Page(HTMLParser):
    """Tables as rows of cells, text alone; what carries a table as CSV; hidden text for who listens is left out."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.csv, self.cell, self.caption, self.quiet = [], [], False, False, 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == 'table':
            self.tables.append({'caption': '', 'rows': []})
        elif tag == 'caption':
            self.caption = True
        elif tag == 'tr':
            self.tables[-1]['rows'].append([])
        elif tag in ('td', 'th'):
            self.tables[-1]['rows'][-1].append('')
            self.cell = True
        elif tag == 'a' and attrs.get('href', '').startswith('data:text/csv'):
            self.csv.append(unquote(attrs['href'].split(',', 1)[1]))

    def handle_endtag(self, tag):
        if tag == 'caption':
            self.caption = False
        elif tag in ('td', 'th'):
            self.cell = False

    def handle_data(self, data):
        if self.caption:
            self.tables[-1]['caption'] += data
        elif self.cell:
            self.tables[-1]['rows'][-1][-1] += data


# ---- the workbook


def column_number(reference):
    n = 0
    for c in re.match('[A-Z]+', reference)[0]:
        n = n * 26 + ord(c) - 64
    return n - 1


def workbook(path):
    """{sheet: rows of cells}: strings and numbers as they were written down, cells without any as None."""
    with zipfile.ZipFile(path) as book:
        strings = [''.join(t.text or '' for t in s.iter(MAIN + 't')) for s in ET.fromstring(book.read('xl/sharedStrings.xml'))]
        targets = {r.get('Id'): r.get('Target') for r in ET.fromstring(book.read('xl/_rels/workbook.xml.rels'))}
        sheets = {}
        for sheet in ET.fromstring(book.read('xl/workbook.xml')).iter(MAIN + 'sheet'):
            rows = {}
            for cell in ET.fromstring(book.read('xl/' + targets[sheet.get(RELATION)])).iter(MAIN + 'c'):
                value = cell.find(MAIN + 'v')
                kind = cell.get('t', 'n')
                if value is not None and value.text is not None:
                    text = strings[int(value.text)] if kind == 's' else value.text
                    row = int(re.search(r'\d+', cell.get('r'))[0]) - 1
                    rows.setdefault(row, {})[column_number(cell.get('r'))] = float(text) if kind == 'n' else text
            wide = 1 + max((max(r) for r in rows.values()), default=0)
            sheets[sheet.get('name')] = [[rows.get(r, {}).get(c) for c in range(wide)] for r in range(1 + max(rows, default=-1))]
    return sheets
