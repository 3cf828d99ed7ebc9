#!/usr/bin/env python3
# bytes.py: what can be said of the file itself: its size, the same bytes twice, cached values that are the engine's,
# functions that any spreadsheet has, a name for every chart, and words that stay words.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import re
import shutil

import sheets

MAY_CALL = {'ROUND', 'MAX', 'MIN', 'SUM', 'SUMPRODUCT', 'ABS', 'IF', 'AND', 'OR', 'INDEX', 'MATCH', 'CHOOSE'}
MOST_BYTES = 500_000
FIRST_COLUMN = 3
HOSTILE = ['=HYPERLINK(""http://example.org"")', '+1+1', '-2-2', '@SUM(A1)', '""><script>alert(1)</script>',
           '\u202eright to left \u05e9\u05dc\u05d5\u05dd', '\U0001F4A3 emoji', 'x' * 200, "it's & <b>bold</b>"]


def letters(column):
    out = ''
    while column >= 0:
        out, column = chr(ord('A') + column % 26) + out, column // 26 - 1
    return out


def check_formulas(faults, council, book):
    for tab, formula in book.formulas():
        outside = re.sub(r'"[^"]*"', '""', formula)
        calls = set(re.findall(r'([A-Z][A-Z.]*)\(', outside))
        faults.hold(calls <= MAY_CALL, f'{council} {tab}: {calls - MAY_CALL} in {formula[:80]}')
        faults.hold(re.search(r'\$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?![0-9])', outside) is None and '^' not in outside and
                    '&' not in outside and '{' not in outside, f'{council} {tab}: {formula[:80]}')
        faults.hold('#' not in outside and len(formula) < 8192, f'{council} {tab}: {formula[:80]}')


def check_cached(faults, council, book, compared):
    """What a reader sees who does not recalculate: the engine's own figures."""
    model = book.cells('Model')
    rows = {value: int(name[1:]) for name, value in model.items() if name[0] == 'B' and name[1].isdigit()}
    n_years = len(compared['years'])
    for block, scenario in enumerate(compared['scenarios']):
        for measure in ('net_budget', 'funding', 'gap', 'gap_structural', 'minimum', 'unfunded', 'usable_closing',
                        'general_fund_closing', 'dsg_exposure'):
            for year, value in enumerate(scenario[measure] or []):
                if value is None:  # without a budget nobody knows
                    continue
                at = f'{letters(FIRST_COLUMN + block * n_years + year)}{rows[measure]}'
                faults.hold(abs(model[at] * 100 - value) < 0.4, f'{council} Model!{at}: {model[at]}, not {value / 100}')


def check_sheets(faults, council, book):
    workbook = book.part['xl/workbook.xml']
    for name in book.sheet:
        faults.hold(len(name) < 31, f'{council}: the name {name} is too long')
    for name in re.findall(r'<definedName name="([^"]+)"', workbook):
        faults.hold(name == name.lower() or name.startswith('_xlnm.'), f'{council}: the name {name}')
    drawings = [text for part, text in book.part.items() if part.startswith('xl/drawings/drawing')]
    charts = [part for part in book.part if part.startswith('xl/charts/chart')]
    names = [name for text in drawings for name in re.findall(r'descr="([^"]{40,})"', text)]
    faults.hold(charts and len(names) == len(charts), f'{council}: {len(charts)} charts, {len(names)} with words')
    for part, text in book.part.items():
        faults.hold('mergeCell' not in text, f'{council}: merged cells in {part}')
    for part in book.sheet.values():
        faults.hold('sheetProtection' in book.part[part], f'{council}: {part} is not protected')


def number_of(cell):
    """(row, column) of 'F12'."""
    name, column = re.match(r'([A-Z]+)(\d+)$', cell).groups(), 0
    for letter in name[0]:
        column = column * 26 + ord(letter) - ord('A') + 1
    return int(name[1]), column


def validations(book, tab):
    """{(row, column): (type, lowest, highest, may be blank, message)}"""
    found = {}
    for head, body in re.findall(r'<dataValidation (.*?)>(.*?)</dataValidation>', book.part[book.sheet[tab]], re.S):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', head))
        bounds = re.findall(r'<formula\d>(.*?)</formula\d>', body)
        first, last = [number_of(cell) for cell in (attributes['sqref'].split(':') * 2)[:2]]
        for row in range(first[0], last[0] + 1):
            for column in range(first[1], last[1] + 1):
                found[(row, column)] = (attributes['type'], bounds, 'allowBlank' in attributes, attributes.get('error', ''))
    return found


def check_validations(faults, council, book):
    """Every yellow cell of Inputs has the engine's own bounds, by its unit, and says them; shares of a receipt its sum."""
    rules, inputs = validations(book, 'Inputs'), book.cells('Inputs')
    seen = 0
    for cell, value in inputs.items():
        at = number_of(cell)
        if not isinstance(value, float) or not book.is_open('Inputs', cell):
            continue
        seen += 1
        kind, bounds, _, message = rules.get(at, ('none', [], True, ''))
        unit, figure = inputs.get(f'E{at[0]}', ''), inputs.get(f'D{at[0]}', '')
        share = figure in ('to_debt', 'to_avoid', 'to_flexible')
        right = {'years': 'whole'}.get(unit, 'custom' if share else 'decimal')
        faults.hold(kind == right and message.startswith('It must be '), f'{council} Inputs!{cell}: {kind}, {message!r}')
        if kind in ('decimal', 'whole'):
            low, high = float(bounds[0]), float(bounds[1])
            faults.hold(low <= value <= high, f'{council} Inputs!{cell}: {value} is not within {bounds}')
            faults.hold(unit != '%' or (low >= -10 and high <= 10), f'{council} Inputs!{cell}: {bounds} for a rate')
            faults.hold(figure not in ('delivery', 'rate', 'old_rate', 'minimum_percent') or (low, high) == (0, 1),
                        f'{council} Inputs!{cell}: {bounds} for {figure}')
            faults.hold(figure not in ('number', 'full_year', 'floor', 'cost_to_achieve') or low == 0,
                        f'{council} Inputs!{cell}: {bounds} for {figure}')
        if figure in ('value', 'delivery', 'opening', 'full_year', 'rate', 'life'):
            faults.hold(not rules[at][2], f'{council} Inputs!{cell}: may be left blank')
    faults.hold(seen > 5, f'{council}: {seen} yellow cells')
    changes = book.cells('Changes') if 'Changes' in book.sheet else {}
    ruled = validations(book, 'Changes') if changes else {}
    for cell, value in changes.items():
        if isinstance(value, float) and book.is_open('Changes', cell):
            faults.hold(number_of(cell) in ruled, f'{council} Changes!{cell}: takes anything')


def check_council(faults, arguments, council):
    first, second = arguments.work / f'{council}.xlsx', arguments.work / 'again.xlsx'
    for path in (first, second):
        made = sheets.run(arguments.program, 'report', arguments.datasets / council, '--draws', '0', '-o', path)
        faults.hold(made.returncode == 0, f'{council}: {made.stderr}')
    # the command is written in the workbook, so the names of the two files are made the same
    book, again = sheets.Book(first), sheets.Book(second)
    same = {part: text.replace('again.xlsx', first.name) for part, text in again.part.items()} == book.part
    faults.hold(same, f'{council}: not the same twice')
    faults.hold(first.stat().st_size <= MOST_BYTES, f'{council}: {first.stat().st_size} bytes')
    compared = json.loads(sheets.run(arguments.program, 'compare', arguments.datasets / council, '--json').stdout)
    check_formulas(faults, council, book)
    check_cached(faults, council, book, compared)
    check_sheets(faults, council, book)
    check_validations(faults, council, book)
    verdict = book.cells('Audit')['A3']
    faults.hold(verdict == 'matches the engine to the penny', f'{council}: Audit says {verdict!r}')
    print(f'  {council}: {first.stat().st_size} bytes, {sum(1 for _ in book.formulas())} formulas')


def check_same_bytes(faults, arguments):
    path, kept = arguments.work / 'twice.xlsx', []
    for _ in range(2):
        sheets.run(arguments.program, 'report', arguments.datasets / 'saltmere', '--draws', '512', '-o', path)
        kept.append(path.read_bytes())
        path.unlink()
    faults.hold(kept[0] == kept[1], 'saltmere: not the same bytes twice')


def check_hostile(faults, arguments):
    """Labels that would be formulas, markup or mischief are words."""
    for number, label in enumerate(HOSTILE):
        folder = arguments.work / f'hostile{number}'
        shutil.copytree(arguments.datasets / 'saltmere', folder)
        for file, before in (('mtfp.csv', 'E01,Employees (gross establishment)'), ('reserves.csv', 'R1,Budget smoothing'),
                             ('savings.csv', 'S1,Digital and customer'), ('drivers.csv', 'pay,Pay award'),
                             ('council.csv', 'name,Saltmere Council'), ('capital_receipts.csv', 'land,Land sale'),
                             ('scenarios.csv', 'pay_plus_1,,,label,Pay +1pp every year')):
            text = (folder / file).read_text(encoding='utf-8')
            after = before[:before.rindex(',') + 1] + f'"{label}"'
            faults.hold(before in text, f'{file} has changed')
            (folder / file).write_text(text.replace(before, after), encoding='utf-8')
        made = sheets.run(arguments.program, 'report', folder, '--draws', '0', '-o', arguments.work / 'hostile.xlsx')
        faults.hold(made.returncode == 0, f'{label}: {made.stderr}')
        if made.returncode == 0:
            book = sheets.Book(arguments.work / 'hostile.xlsx')
            plain = label.replace('""', '"')
            faults.hold(plain in book.shared, f'{plain}: not among the words')
            check_formulas(faults, plain[:20], book)
            for tab, formula in book.formulas():
                faults.hold(plain not in formula, f'{plain} in a formula of {tab}')


def check_sources(faults, arguments):
    for path in (arguments.datasets.parent / 'core').rglob('*.[ch]'):
        faults.hold('constant_memory' not in path.read_text(encoding='utf-8'), f'{path.name} sets constant_memory')


def main():
    arguments = sheets.arguments()
    faults = sheets.Faults()
    for council in sheets.COUNCILS:
        check_council(faults, arguments, council)
    check_same_bytes(faults, arguments)
    check_hostile(faults, arguments)
    check_sources(faults, arguments)
    faults.finish('facts')


main()
