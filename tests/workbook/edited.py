#!/usr/bin/env python3
# edited.py: a yellow cell changed, and the workbook recalculated, gives what the engine makes of the folder changed the
# same way: every figure of the plan, and of every scenario whose changes are not worked out by a plugin from the plan.
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import random
import re
import shutil
from decimal import Decimal

import sheets

EDITS = {'saltmere': 7, 'preston-2023': 5, 'north-east-lincolnshire': 5, 'north-west-leicestershire': 5}
FIRST_COLUMN = 3


def yellow_cells(book):
    """Inputs that the folder holds: (cell of Inputs, value, what, file, line, column)."""
    values = book.cells('Trace')
    targets = dict(re.findall(r'<c r="B(\d+)"[^>]*><f>Inputs!([A-Z]+\d+)</f>', book.part[book.sheet['Trace']]))
    for row, cell in targets.items():
        if f'F{row}' in values:
            yield (cell, values[f'B{row}'], values[f'A{row}'], values[f'E{row}'], int(values[f'F{row}']),
                   int(values[f'G{row}']))


def change_folder(folder, target, what, chance):
    """The folder with that cell moved by up to a fifth; the typed values before and after, or None."""
    cell, value, name, file, line, column = what
    path = folder / file
    lines = path.read_text(encoding='utf-8').split('\n')
    typed = re.match(r'-?\d+(\.\d+)?(?=[,\n]|$)', lines[line - 1][column - 1:])
    if typed is None or Decimal(typed[0]) == 0 or name.endswith('.life'):
        return None
    places = len(typed[0].split('.')[1]) if '.' in typed[0] else 0
    step = Decimal(1).scaleb(-max(places, 0 if abs(Decimal(typed[0])) >= 20 else 2))
    new = (Decimal(typed[0]) * Decimal(str(round(chance.uniform(0.8, 1.2), 3)))).quantize(step)
    if new == Decimal(typed[0]):
        return None
    shutil.copytree(folder, target)
    (target / 'controls.csv').unlink(missing_ok=True)  # it would refuse figures that are not the published ones
    lines[line - 1] = lines[line - 1][:column - 1] + str(new) + lines[line - 1][column - 1 + len(typed[0]):]
    (target / file).write_text('\n'.join(lines), encoding='utf-8')
    return Decimal(typed[0]), new


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
    for column, date in enumerate(('below_minimum', 'usable_exhausted', 'first_unfunded', 'exposed_to_dsg')):
        never = 'not known' if date in scenario['dates_unknown'] else 'not in horizon'
        expected = scenario['dates'][date] or never
        if row[FIRST_COLUMN + column] != expected:
            yield f'{date}: {row[FIRST_COLUMN + column]}, and the engine {expected}'


class Tried:
    """One edit that the engine took."""

    def __init__(self, stem, what, engine):
        self.stem, self.what, self.engine = stem, what, engine


def try_edit(arguments, council, what, number, chance):
    folder = arguments.work / f'{council}-{number}'
    typed = change_folder(arguments.datasets / council, folder, what, chance)
    if typed is None:
        return None
    compared = sheets.run(arguments.program, 'compare', folder, '--json')
    if compared.returncode != 0:
        shutil.rmtree(folder)
        return None
    before, after = typed
    book = sheets.Book(arguments.work / f'{council}.xlsx')
    shown = Decimal(str(what[1])) / before  # what one unit of the folder is on the sheet
    stem = f'{council.replace("-", "_")}_{number}'
    book.set_number('Inputs', what[0], str((after * shown).normalize()))
    book.save(arguments.work / f'{stem}.xlsx')
    return Tried(stem, f'{council} {what[2]}: {before} to {after}', json.loads(compared.stdout))


def edits_of(arguments, council, count, chance):
    made = sheets.run(arguments.program, 'report', arguments.datasets / council, '--draws', '0', '-o', arguments.work / f'{council}.xlsx')
    if made.returncode != 0:
        raise SystemExit(made.stderr)
    cells = list(yellow_cells(sheets.Book(arguments.work / f'{council}.xlsx')))
    chance.shuffle(cells)
    done = []
    for number, what in enumerate(cells):
        tried = try_edit(arguments, council, what, number, chance) if len(done) < count else None
        if tried is not None:
            done.append(tried)
    return done


def choose_scenarios(arguments):
    """A book for each of a few scenarios of Saltmere, with that one chosen on Summary."""
    book = sheets.Book(arguments.work / 'saltmere.xlsx')
    compared = json.loads(sheets.run(arguments.program, 'compare', arguments.datasets / 'saltmere', '--json').stdout)
    chosen = []
    for number, scenario in enumerate(compared['scenarios'][:4]):
        book.set_words('Summary', 'B3', 'The plan' if number == 0 else scenario['label'])
        stem = f'chosen_{number}'
        book.save(arguments.work / f'{stem}.xlsx')
        chosen.append(Tried(stem, scenario['id'], scenario))
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
    faults.hold(tabs['Summary'][4][0].endswith(f'falls below the council\'s own minimum in {year}.'),
                f'{one.what} chosen: {tabs["Summary"][4][0]}')
    faults.hold(tabs['Audit'][2][0] == 'matches the engine to the penny', f'{one.what} chosen: {tabs["Audit"][2][0]}')


def main():
    arguments = sheets.arguments()
    sheets.need_libreoffice()
    chance = random.Random(20261127)
    tried = [one for council, count in EDITS.items() for one in edits_of(arguments, council, count, chance)]
    faults = sheets.Faults()
    faults.hold(len(tried) == sum(EDITS.values()), f'only {len(tried)} edits were taken by the engine')
    chosen = choose_scenarios(arguments)
    recalculated = sheets.recalculate(arguments.work, [arguments.work / f'{one.stem}.xlsx' for one in tried + chosen])
    for one in chosen:
        check_chosen(faults, one, recalculated[one.stem])
    noted = followed = 0
    for one in tried:
        tabs = recalculated[one.stem]
        n_years = len(one.engine['years'])
        for block, scenario in enumerate(one.engine['scenarios']):
            row = tabs['Scenarios'][4 + block]
            faults.hold(row[1] == scenario['id'], f'{one.what}: row {block} is {row[1]}')
            wrong = [w for w in differences(tabs, block, scenario, n_years) if w is not None]
            wrong += wrong_dates(row, scenario)
            if 'follows a change' not in row[-1]:  # worked out by a plugin from the plan, and said so
                noted += 1
                followed += not wrong
            else:
                faults.held += sum(1 for _ in engine_figures(scenario)) * n_years
                faults.hold(not wrong, f'{one.what}, {scenario["id"]}: {wrong[:1]}')
        verdict = tabs['Audit'][2][0]
        faults.hold(verdict == 'inputs changed', f'{one.what}: the audit says: {verdict}')
        print(f'  {one.what}')
    print(f'{noted} scenarios hold what a plugin worked out, and say so; {followed} of them follow all the same')
    faults.finish(f'figures after {len(tried)} edits')


main()
