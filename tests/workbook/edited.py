#!/usr/bin/env python3
# edited.py: a yellow cell changed, and the workbook recalculated, gives what the engine makes of the folder changed the
# same way: every figure of the plan, and of every scenario whose changes are not worked out by a plugin from the plan.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import random
import re
import shutil
from decimal import Decimal

import edits
import sheets

EDITS = {'saltmere': 6, 'preston-2023': 6, 'north-east-lincolnshire': 5, 'north-west-leicestershire': 4}
CHOSEN = {'saltmere': (0, 1, 4), 'preston-2023': (0, 2), 'north-east-lincolnshire': (2, 7)}
# Yellow cells of Changes: council, scenario, how scenarios.csv says it before and after, which cells, their new value.
CHANGES = [
    ('saltmere', 'lac_plus_25', 'lac,add,,,25,25,25,25,', 'lac,add,,,25,31,25,25,', r'plus line:E05\.number@2028/29', '31'),
    ('saltmere', 'cyber', '\u00a38.7m', '\u00a39.15m', r'plus line:E14\.one_off@2027/28', '9150000'),
    ('saltmere', 'delivery_minus_20', 'delivery,add,-20pp', 'delivery,add,-12.5pp', r'plus saving:\w+\.delivery@\S+', '-0.125'),
    ('saltmere', 'slip_12', 'slip,add,12', 'slip,add,5', r'plus saving:\w+\.months_late@\S+', '5'),
    ('north-east-lincolnshire', 'inflation', 'charges,add,,,1pp,1pp,', 'charges,add,,,1pp,0.25pp,',
     r'plus driver:fees_price\.value@2025/26', '0.0025'),
]
FIRST_COLUMN = 3


def changed(folder, cells, cell, chance):
    """Moved by up to a fifth; what is 0, to something.  None where it stands for no figure of its own."""
    typed, unit = edits.typed_in(folder, cell), edits.unit_of(folder, cells, cell)
    if typed is None or unit is None or cell.name.endswith('.life'):
        return None
    before = Decimal(typed)
    if before == 0:
        return Decimal('0.015') if cell.unit == '%' else Decimal(250000) if cell.unit == '\u00a3' else None
    places = len(typed.split('.')[1]) if '.' in typed else 0
    step = Decimal(1).scaleb(-max(places, 0 if abs(before) >= 20 else 2))
    new = (before * Decimal(str(round(chance.uniform(0.8, 1.2), 3)))).quantize(step)
    return None if new == before else new * unit


def engine_figures(scenario):
    """(tab, id, ending of the label) to what the engine says, in pence a year."""
    for name, values in scenario.items():
        if isinstance(values, list) and values and isinstance(values[0], int):
            yield ('Model', name, ''), values
    for line in scenario['lines']:
        yield ('Model', line['id'], ''), line['amount']
    for saving in scenario['savings']:
        for what in ('planned', 'expected'):
            yield ('Savings', saving['id'], f': {what}'), saving[what]
    for reserve in scenario['reserves']:
        for what, ending in (('opening', ': opening'), ('planned', ': planned movement'), ('surplus', ': surplus added'),
                             ('used', ': used to meet the gap, beyond the plan'), ('closing', ': closing')):
            yield ('Reserves', reserve['id'], ending), reserve[what]
    for receipt in scenario['receipts']:
        for what, ending in (('received', ': received'), ('to_debt', ': pays debt'), ('to_avoid', ': avoids borrowing'),
                             ('flexible', ': used flexibly')):
            yield ('Receipts', receipt['id'], ending), receipt[what]


def row_of(tabs, tab, row_id, ending):
    rows = [row for row in tabs[tab][4:] if len(row) > FIRST_COLUMN and row[1] == row_id and row[0].endswith(ending)]
    return rows[0] if rows else None


def differences(tabs, block, scenario, n_years):
    for (tab, row_id, ending), values in engine_figures(scenario):
        row = row_of(tabs, tab, row_id, ending)
        for year, value in enumerate(values):
            cell = row[FIRST_COLUMN + block * n_years + year] if row else ''
            if cell == '' or abs(sheets.pence(cell) - value) > 0.4:
                yield f'{tab} {row_id}{ending}, year {year}: {cell}, and the engine {value / 100:.2f}'
                return
            yield None


def wrong_dates(row, scenario):
    wrong = []
    for column, date in enumerate(('below_minimum', 'usable_exhausted', 'first_unfunded', 'exposed_to_dsg')):
        never = 'not known' if date in scenario['dates_unknown'] else 'not within the plan'
        expected = scenario['dates'][date] or never
        if row[FIRST_COLUMN + column] != expected:
            wrong.append(f'{date}: {row[FIRST_COLUMN + column]}, and the engine {expected}')
    return wrong


class Tried:
    """One edit that the engine took."""

    def __init__(self, stem, what, engine):
        self.stem, self.what, self.engine = stem, what, engine


def compared_to(arguments, folder):
    """What the engine makes of a folder, which then goes; None where it refuses."""
    compared = sheets.run(arguments.program, 'compare', folder, '--json')
    shutil.rmtree(folder)
    return json.loads(compared.stdout) if compared.returncode == 0 else None


def edits_of(arguments, council, count, chance):
    folder, path = arguments.datasets / council, arguments.work / f'{council}.xlsx'
    edits.report(arguments, folder, path)
    cells = edits.yellow_cells(sheets.Book(path))
    names, done = sorted(cells), []
    chance.shuffle(names)
    for number, name in enumerate(names):
        new = changed(folder, cells, cells[name], chance) if len(done) < count else None
        if new is None:
            continue
        target, change = arguments.work / f'{council}-{number}', [(cells[name], new)]
        edits.change_folder(folder, target, change, {name: edits.unit_of(folder, cells, cells[name])})
        engine = compared_to(arguments, target)
        if engine is not None:  # else it is refused.py's
            book, stem = sheets.Book(path), f'{council.replace("-", "_")}_{number}'
            edits.change_book(book, change)
            book.save(arguments.work / f'{stem}.xlsx')
            done.append(Tried(stem, f'{council} {name}: {cells[name].shown} to {new}', engine))
    return done


def edits_of_changes(arguments):
    """What a scenario does, changed in its own cells: that scenario, as if its row had been written so."""
    for number, (council, scenario, before, after, cells, new) in enumerate(CHANGES):
        target = arguments.work / f'changes_{number}'
        shutil.copytree(arguments.datasets / council, target)
        text = (target / 'scenarios.csv').read_text(encoding='utf-8')
        assert text.count(before) == 1, f'{council}: {before} stands {text.count(before)} times'
        (target / 'scenarios.csv').write_text(text.replace(before, after), encoding='utf-8')
        engine = compared_to(arguments, target)
        book = sheets.Book(arguments.work / f'{council}.xlsx')
        at = edits.cells_of_changes(book, f'{scenario}: {cells}')
        assert at and engine is not None, f'{council} {scenario}: {at}'
        for cell in at:
            book.set_number('Changes', cell, new)
        book.save(arguments.work / f'{target.name}.xlsx')
        only = [one for one in engine['scenarios'] if one['id'] == scenario]
        yield Tried(target.name, f'{council} {scenario}, {len(at)} cells of Changes: {after}', engine), only[0]


def choose_scenarios(arguments):
    """Books with a scenario chosen on Summary."""
    chosen = []
    for council, numbers in CHOSEN.items():
        compared = json.loads(sheets.run(arguments.program, 'compare', arguments.datasets / council, '--json').stdout)
        for number in numbers:
            scenario = compared['scenarios'][number]
            book, stem = sheets.Book(arguments.work / f'{council}.xlsx'), f'chosen_{council.replace("-", "_")}_{number}'
            book.set_words('Summary', 'B3', 'The plan' if number == 0 else scenario['label'])
            book.save(arguments.work / f'{stem}.xlsx')
            chosen.append(Tried(stem, f'{council} {scenario["id"]}', scenario))
    return chosen


def check_chosen(faults, one, tabs):
    rows = {row[0]: row for row in tabs['Summary']}
    for label, measure in (('Net budget', 'net_budget'), ('Funding', 'funding'), ('Savings expected', 'savings_expected'),
                           ('Gap after savings (\u2212: surplus)', 'gap'), ('Unfunded gap', 'unfunded'),
                           ('General Fund at 31 March', 'general_fund_closing'),
                           ('The council\'s own minimum', 'minimum'),
                           ('Usable revenue reserves at 31 March', 'usable_closing')):
        for year, value in enumerate(one.engine[measure]):
            cell = rows[label][1 + year]
            faults.hold(abs(sheets.pence(cell) - value) < 0.4, f'{one.what} chosen: {label}, year {year}: {cell}')
    year = one.engine['dates']['below_minimum']
    ending = f'falls below the council\'s own minimum in {year}.' if year else 'stays above the council\'s own minimum throughout.'
    faults.hold(tabs['Summary'][4][0].endswith(ending), f'{one.what} chosen: {tabs["Summary"][4][0]}')
    faults.hold(tabs['Audit'][2][0] == 'matches the engine to the penny', f'{one.what} chosen: {tabs["Audit"][2][0]}')


def wrong_in(tabs, block, scenario, n_years):
    row = tabs['Scenarios'][4 + block]
    wrong = [] if row[1] == scenario['id'] else [f'row {block} is {row[1]}']
    return wrong + [w for w in differences(tabs, block, scenario, n_years) if w is not None] + wrong_dates(row, scenario)


def check_tried(faults, one, tabs):
    """Every scenario but those that a plugin worked out, which say so; how many those are, and how many follow."""
    n_years, noted, followed = len(one.engine['years']), 0, 0
    for block, scenario in enumerate(one.engine['scenarios']):
        wrong = wrong_in(tabs, block, scenario, n_years)
        if 'follows a change' not in tabs['Scenarios'][4 + block][-1]:
            noted += 1
            followed += not wrong
        else:
            faults.held += sum(1 for _ in engine_figures(scenario)) * n_years
            faults.hold(not wrong, f'{one.what}, {scenario["id"]}: {wrong[:1]}')
    return noted, followed


def main():
    arguments = sheets.arguments()
    sheets.need_libreoffice()
    chance = random.Random(20261127)
    tried = [one for council, count in EDITS.items() for one in edits_of(arguments, council, count, chance)]
    faults = sheets.Faults()
    faults.hold(len(tried) == sum(EDITS.values()), f'only {len(tried)} edits were taken by the engine')
    chosen, changes = choose_scenarios(arguments), list(edits_of_changes(arguments))
    books = [one.stem for one in tried + chosen] + [one.stem for one, _ in changes]
    recalculated = sheets.recalculate(arguments.work, [arguments.work / f'{stem}.xlsx' for stem in books])
    for one in chosen:
        check_chosen(faults, one, recalculated[one.stem])
    counted = [check_tried(faults, one, recalculated[one.stem]) for one in tried]
    for one, scenario in changes:
        block = [each['id'] for each in one.engine['scenarios']].index(scenario['id'])
        wrong = wrong_in(recalculated[one.stem], block, scenario, len(one.engine['years']))
        faults.hold(not wrong, f'{one.what}: {wrong[:1]}')
    for one in tried + [one for one, _ in changes]:
        verdict = recalculated[one.stem]['Audit'][2][0]
        faults.hold(verdict == 'inputs changed', f'{one.what}: the audit says: {verdict}')
        print(f'  {one.what}')
    print(f'{sum(n for n, _ in counted)} scenarios hold what a plugin worked out, and say so; '
          f'{sum(n for _, n in counted)} of them follow all the same')
    faults.finish(f'figures after {len(tried) + len(changes)} edits')


main()
