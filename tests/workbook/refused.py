#!/usr/bin/env python3
# refused.py: a cell changed to what the engine refuses in the folder: the recalculated workbook says so, names the cell
# and shows no figure as an answer; and it does so exactly where `headroom compare` ends with 3.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import random
import shutil
from decimal import Decimal

import edits
import sheets

# Chance edits of each council.
CHANCE = {'saltmere': 8, 'preston-2023': 8, 'north-east-lincolnshire': 5, 'kings-lynn-west-norfolk': 6, 'gateshead-2023': 6}
WITH_SCENARIOS = 'north-east-lincolnshire'  # the others go without, which is three times as fast
WORDS = 'about 3 per cent'
REFUSED, NOT_FOLLOWED, TAKEN = 'the engine would refuse this', 'a blank is not followed here', 'inputs changed'
THE_SAME = 'matches the engine to the penny'  # a blank where 0 stood and a blank is 0
REFUSAL = 3  # the exit code of `headroom` for data that it will not take
SENTENCES = {REFUSED: 'The engine would refuse this: see Audit.', NOT_FOLLOWED: 'No answer: a blank is not followed here: see Audit.'}
FIGURES = {'Net budget': 'net_budget', 'Funding': 'funding', 'Unfunded gap': 'unfunded',
           'Gap after savings (\u2212: surplus)': 'gap', 'General Fund at 31 March': 'general_fund_closing',
           'Usable revenue reserves at 31 March': 'usable_closing'}
SCENARIO_FIGURES = range(3, 15)  # dates, figures, and what they say in words
PERCENT = [Decimal(v) for v in ('1.2', '-0.05', '11', '-11', '-1', '1', '0', '10', '-10', '0.5', '-0.9999')]
POUNDS = [Decimal(v) for v in ('-12345.67', '1234.567', '100000000000000', '0', '250000', '-250000.01', '1234.56')]
COUNT = [Decimal(v) for v in ('-1', '1.00001', '0', '12.5', '350', '100000000000000')]
YEARS = [Decimal(v) for v in ('0', '101', '2.5', '30', '-1', '1', '100')]

# What saltmere lacks: a cap and a collar, money that moves outside revenue, cost met by receipts until it may not be, a
# saving that may end.
ADDED = {
    'drivers.csv': [('pay,Pay award,pay,,,,', 'pay,Pay award,pay,,5,1,')],
    'reserves.csv': [('\nGF,', '\nR1,,,,,,outside,,0,0,0,0,0,,,\nCAP,Capital receipts reserve,capital,5000000,,,,,0,0,0,0,0,,,\nGF,')],
    'savings.csv': [('S5,Cost', 'S1,,,,,cost,,,100000,0,0,0,0,,,,,receipts,,,,\nS5,Cost'),
                    ('100,100,100,75,amber,,,,,,,\nS4', '100,100,100,75,amber,,,,,,,it is sold\nS4')],
}


class Case:
    def __init__(self, what, council, changes, expected):
        self.what, self.council, self.changes, self.expected = what, council, changes, expected
        self.stem, self.engine, self.ended = '', None, None


def council_folders(arguments):
    folders = {council: arguments.work / council for council in [*CHANCE, 'made']}
    for council, folder in folders.items():
        shutil.copytree(arguments.datasets / ('saltmere' if council == 'made' else council), folder)
        if council != WITH_SCENARIOS:
            (folder / 'scenarios.csv').unlink()
    (folders['made'] / 'controls.csv').unlink()
    for file, swaps in ADDED.items():
        text = (folders['made'] / file).read_text(encoding='utf-8')
        for before, after in swaps:
            assert before in text, f'{file} has no {before!r}'
            text = text.replace(before, after)
        (folders['made'] / file).write_text(text, encoding='utf-8')
    return folders


def every(name, value, years=('2026/27', '2027/28', '2028/29', '2029/30', '2030/31')):
    return {f'{name}@{year}': value for year in years}


# Each kind of refusal by name, and what comes near one and is taken.
NAMED = [
    ('north-east-lincolnshire', {'saving:T23.delivery': '1.2'}, REFUSED),
    ('north-east-lincolnshire', {'saving:T23.delivery': '1'}, TAKEN),
    ('north-east-lincolnshire', {'driver:pay.value@2025/26': None}, REFUSED),
    ('north-east-lincolnshire', {'driver:pay.value@2025/26': WORDS}, REFUSED),
    ('north-east-lincolnshire', {'receipt:land.to_debt': '0.6', 'receipt:land.to_avoid': '0.6'}, REFUSED),
    ('north-east-lincolnshire', {'receipt:land.to_debt': '0.6', 'receipt:land.to_avoid': '0.3', 'receipt:land.to_flexible': '0.1'}, TAKEN),
    ('north-east-lincolnshire', {'term:council_tax.core_rise@2025/26': '0.1'}, TAKEN),
    ('made', {'driver:pay.value@2026/27': '-1'}, REFUSED),
    ('made', {'driver:pay.cap': '0.005'}, REFUSED),
    ('made', {'driver:pay.cap': None}, NOT_FOLLOWED),
    ('made', {'saving:S2.percent_in_place@2030/31': '0'}, REFUSED),
    ('made', {'saving:S2.percent_in_place@2026/27': '0'}, TAKEN),
    ('made', {'saving:S3.percent_in_place@2030/31': '0'}, TAKEN),
    ('made', {'saving:S2.full_year': '0', 'saving:S2.percent_in_place@2030/31': '0'}, TAKEN),
    ('made', {'saving:S1.cost_to_achieve@2029/30': '5000'}, TAKEN),
    ('made', {'saving:S1.cost_to_achieve@2030/31': '5000'}, REFUSED),
    ('made', {'line:F07.amount@2027/28': '100000'}, REFUSED),
    ('made', {'line:F07.amount@2027/28': None}, THE_SAME),
    ('made', {'line:E10.amount@2027/28': None}, REFUSED),
    ('made', {'line:E10.amount': None}, NOT_FOLLOWED),
    ('made', every('line:E10.amount', '-1'), REFUSED),
    ('made', every('line:F04.amount', '-26000000') | every('line:F05.amount', '-38000000'), REFUSED),
    ('made', every('line:F04.amount', '-26000000'), TAKEN),
    ('made', every('line:F02.one_off', '-1000'), TAKEN),
    ('made', {'line:E13.change@2026/27': '-50000000'}, TAKEN),
    ('made', every('driver:asc_fee.value', '9') | every('driver:asc_demand.value', '9'), REFUSED),
    ('made', {'reserve:CAP.planned@2027/28': '-500000', 'reserve:R1.planned for outside@2027/28': '500000'}, REFUSED),
    ('made', {'reserve:CAP.planned@2027/28': '-500000'}, TAKEN),
    ('made', {'reserve:R6.opening': '-20000000'}, TAKEN),
    ('made', {'reserve:R1.opening': '-1'}, REFUSED),
    ('made', {'reserve:CAP.opening': None}, REFUSED),
    ('made', {'receipt:land.to_avoid': None}, THE_SAME),
    ('made', {'receipt:land.life': '2.5'}, REFUSED),
    ('made', {'line:E05.number@2027/28': None}, REFUSED),
    ('made', {'line:E05.number@2027/28': '-3'}, REFUSED),
    ('made', {'line:E05.unit_cost': '72500.005'}, REFUSED),
    ('made', {'council.minimum_percent': '1.01'}, REFUSED),
]


def named_cases(cells):
    for council, changes, expected in NAMED:
        missing = [name for name in changes if name not in cells[council]]
        if missing:
            raise SystemExit(f'{council} has no yellow cell {missing}')
        made = [(cells[council][name], new if new in (None, WORDS) else Decimal(new)) for name, new in changes.items()]
        what = ', '.join(f'{name} {"blank" if new is None else new}' for name, new in changes.items())
        yield Case(f'{council} {what[:90]}', council, made, expected)


def chance_cases(cells, units, chance):
    """Any cell, to any of what might be typed there by mistake."""
    for council, count in CHANCE.items():
        names = sorted(cells[council])
        chance.shuffle(names)
        done = 0
        for name in names:
            cell = cells[council][name]
            kinds = {'%': PERCENT, '\u00a3': POUNDS, 'years': YEARS}.get(cell.unit, COUNT)
            new = chance.choice([*kinds, None, WORDS])
            if done == count or units[council][name] is None:
                continue
            done += 1
            yield Case(f'{council} {name} {"blank" if new is None else new}', council, [(cell, new)], None)


def make_case(arguments, number, case, folders, units, books):
    """The engine's word on the folder, and the book as it would be edited."""
    case.stem = f'case_{number}'
    folder = arguments.work / case.stem
    edits.change_folder(folders[case.council], folder, case.changes, units[case.council])
    compared = sheets.run(arguments.program, 'compare', folder, '--json')
    case.ended = compared.returncode
    case.engine = json.loads(compared.stdout) if compared.returncode == 0 else None
    shutil.rmtree(folder)
    book = sheets.Book(arguments.work / f'{case.council}.xlsx') if case.council in books else None
    edits.change_book(book, case.changes)
    book.save(arguments.work / f'{case.stem}.xlsx')


def summary_rows(tabs):
    return {row[0]: row for row in tabs['Summary'] if row and row[0] in FIGURES}


def check_no_answer(faults, case, tabs, verdict):
    """Nothing is shown as an answer, and what is wrong is named."""
    summary, cell = tabs['Summary'], case.changes[0][0]
    faults.hold(summary[4][0] == SENTENCES[verdict], f'{case.what}: Summary says {summary[4][0]!r}')
    rows = summary_rows(tabs)
    faults.hold(len(rows) == len(FIGURES), f'{case.what}: {len(rows)} rows of Summary are known')
    for label, row in rows.items():
        faults.hold(not any(row[1:]), f'{case.what}: Summary still shows {label} {row[1:]}')
    for row in tabs['Scenarios'][4:]:
        faults.hold(all(row[column] in ('', 'not known') for column in SCENARIO_FIGURES), f'{case.what}: Scenarios still shows {row[1:16]}')
    if len(case.changes) == 1:
        named = [row for row in tabs['Audit'][4:10] if row[0]]
        faults.hold(any(f'Inputs!{cell.at})' in row[0] and row[1] for row in named) or len(named) > 1,
                    f'{case.what}: Audit names {[row[:2] for row in named]}')
    faults.hold(tabs['Model'][2][0] == SENTENCES[verdict], f'{case.what}: Model says {tabs["Model"][2][0]!r}')


def check_answer(faults, case, tabs):
    plan = case.engine['scenarios'][0]
    for label, row in summary_rows(tabs).items():
        for year, value in enumerate(plan[FIGURES[label]] or []):
            if value is not None:
                faults.hold(row[1 + year] != '' and abs(sheets.pence(row[1 + year]) - value) < 0.4,
                            f'{case.what}: {label}, year {year}: {row[1 + year]}, and the engine {value / 100}')


def check_case(faults, case, tabs):
    verdict = tabs['Audit'][2][0]
    faults.hold(case.ended in (0, REFUSAL), f'{case.what}: headroom ended with {case.ended}')
    faults.hold((verdict == REFUSED) == (case.ended == REFUSAL),
                f'{case.what}: headroom ended with {case.ended}, and Audit says {verdict!r}')
    if case.expected is not None:
        faults.hold(verdict == case.expected, f'{case.what}: Audit says {verdict!r}, not {case.expected!r}')
    if verdict in SENTENCES:
        check_no_answer(faults, case, tabs, verdict)
    elif case.engine is not None:
        check_answer(faults, case, tabs)


def check_warned(faults, arguments, tabs, case):
    """A rise past the limit is taken, and said."""
    said = [row[0] for row in tabs['Summary'][:10] if 'referendum' in row[0]]
    rises = any(cell.name == 'term:council_tax.core_rise@2025/26' for cell, _ in case.changes)
    faults.hold(said == (["The plan's council tax rise in 2025/26 is at or above the referendum limit."] if rises else []),
                f'{case.what}: of a referendum Summary says {said}')


def check_unknown_choice(faults, tabs):
    faults.hold(tabs['Summary'][4][0] == SENTENCES[REFUSED], f'no such scenario: Summary says {tabs["Summary"][4][0]!r}')
    faults.hold(not any(cell for row in summary_rows(tabs).values() for cell in row[1:]), 'no such scenario: it shows figures')


def main():
    arguments = sheets.arguments()
    sheets.need_libreoffice()
    chance = random.Random(20261127)
    folders = council_folders(arguments)
    books, cells, units = {}, {}, {}
    for council, folder in folders.items():
        edits.report(arguments, folder, arguments.work / f'{council}.xlsx')
        books[council] = sheets.Book(arguments.work / f'{council}.xlsx')
        cells[council] = edits.yellow_cells(books[council])
        units[council] = {name: edits.unit_of(folder, cells[council], cell) for name, cell in cells[council].items()}
    cases = [*named_cases(cells), *chance_cases(cells, units, chance)]
    for number, case in enumerate(cases):
        make_case(arguments, number, case, folders, units, books)
    books['saltmere'].set_text('Summary', 'B3', 'No such scenario')
    books['saltmere'].save(arguments.work / 'choice.xlsx')
    paths = [arguments.work / f'{case.stem}.xlsx' for case in cases] + [arguments.work / 'choice.xlsx']
    recalculated = sheets.recalculate(arguments.work, paths)
    faults = sheets.Faults()
    for case in cases:
        check_case(faults, case, recalculated[case.stem])
        print(f'  {"refused" if case.ended else "taken"}: {case.what}')
        if case.council == 'north-east-lincolnshire' and case.ended == 0:
            check_warned(faults, arguments, recalculated[case.stem], case)
    check_unknown_choice(faults, recalculated['choice'])
    refused = sum(case.ended == REFUSAL for case in cases)
    faults.hold(refused >= 30 and len(cases) - refused >= 15, f'only {refused} of {len(cases)} were refused')
    faults.finish(f'facts of {len(cases)} edits, {refused} of them refused,')


main()
