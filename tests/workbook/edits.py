# edits.py: one change made twice: in a cell of the workbook, as if typed or pasted there, and in the cell of the
# council's folder that it was read from, for the engine.
# SPDX-License-Identifier: GPL-3.0-or-later
import re
import shutil
from decimal import Decimal

import sheets

NUMBER = r'-?\d+(\.\d+)?(?=[,\n]|$)'
WORKED_OUT = ('units', 'share', 'council_tax', 'business_rates')


class Cell:
    """A yellow cell of Inputs and where in the folder it is from."""

    def __init__(self, at, unit, shown, name, file, line, column):
        self.at, self.unit, self.shown, self.name = at, unit, shown, name
        self.file, self.line, self.column = file, line, column


def yellow_cells(book):
    """Those of Inputs that the folder fills, by name."""
    values = book.cells('Trace')
    targets = dict(re.findall(r'<c r="B(\d+)"[^>]*><f>Inputs!([A-Z]+\d+)</f>', book.part[book.sheet['Trace']]))
    units = {name[1:]: value for name, value in book.cells('Inputs').items() if name[0] == 'E' and name[1:].isdigit()}
    cells = [Cell(at, units.get(at.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ'), ''), values[f'B{row}'], values[f'A{row}'], values[f'E{row}'], int(values[f'F{row}']), int(values[f'G{row}']))
             for row, at in targets.items() if f'F{row}' in values]
    return {cell.name: cell for cell in cells if book.is_open('Inputs', cell.at)}


def cells_of_changes(book, pattern):
    """Yellow cells of Changes whose name in Trace is like that."""
    values = book.cells('Trace')
    targets = dict(re.findall(r'<c r="B(\d+)"[^>]*><f>Changes!([A-Z]+\d+)</f>', book.part[book.sheet['Trace']]))
    return [at for row, at in targets.items() if re.fullmatch(pattern, values[f'A{row}'])]


def typed_in(folder, cell):
    """What the folder's cell holds, or None where it is blank or written in a way that is not changed here."""
    line = (folder / cell.file).read_text(encoding='utf-8').split('\n')[cell.line - 1]
    found = re.match(NUMBER, line[cell.column - 1:])
    return found[0] if found else None


def ratio(folder, cell):
    typed = typed_in(folder, cell)
    return Decimal(str(cell.shown)) / Decimal(typed) if typed is not None and Decimal(typed) != 0 else None


def unit_of(folder, cells, cell):
    """What 1 of the folder is on the sheet: that of a rate, else of the row, else, where no sign is turned, of the file;
    None where nothing tells."""
    if cell.unit == '%':
        return Decimal('0.01')
    row = re.sub(r'@.*', '', cell.name)
    alike = [other for other in cells.values() if other.file == cell.file and other.unit == cell.unit]
    same_row = [other for other in alike if re.sub(r'@.*', '', other.name) == row]
    for other in [cell, *same_row, *([] if cell.file == 'mtfp.csv' else alike)]:
        found = ratio(folder, other)
        if found is not None:
            return found
    return None


def plain(value):
    return format(value.normalize() + 0, 'f')


def change_folder(folder, target, changes, unit):
    """The folder with each cell as changed: a Decimal as on the sheet, words, or None for a blank.  What it was
    reconciled to is taken out: a change is meant to depart from what is published."""
    shutil.copytree(folder, target)
    (target / 'controls.csv').unlink(missing_ok=True)
    mtfp = target / 'mtfp.csv'
    if mtfp.exists():
        mtfp.write_text(without_published(mtfp.read_text(encoding='utf-8')), encoding='utf-8')
    for cell, new in sorted(changes, key=lambda change: -change[0].column):  # so that no cell moves before its turn
        path = target / cell.file
        lines = path.read_text(encoding='utf-8').split('\n')
        line, at = lines[cell.line - 1], cell.column - 1
        before = re.match(NUMBER, line[at:])
        end = at + (len(before[0]) if before else 0)
        typed = '' if new is None else new if isinstance(new, str) else plain(new / unit[cell.name])
        lines[cell.line - 1] = line[:at] + typed + line[end:]
        path.write_text('\n'.join(lines), encoding='utf-8')


def without_published(text):
    """mtfp.csv without the figures that lines worked out from other files are held to."""
    lines = text.split('\n')
    head = lines[0].split(',')
    form, years = head.index('form'), [i for i, name in enumerate(head) if re.fullmatch(r'\d{4}/\d{2}', name)]
    for i, line in enumerate(lines[1:], 1):
        cells = re.findall(r'("(?:[^"]|"")*"|[^,]*)(?:,|$)', line)
        if len(cells) > form and cells[form] in WORKED_OUT:
            for year in years:
                cells[year] = ''
            lines[i] = ','.join(cells[:len(head)])
    return '\n'.join(lines)


def change_book(book, changes):
    """The same changes in the workbook."""
    for cell, new in changes:
        if new is None:
            book.clear('Inputs', cell.at)
        elif isinstance(new, str):
            book.set_text('Inputs', cell.at, new)
        else:
            book.set_number('Inputs', cell.at, plain(new))


def report(arguments, folder, path):
    made = sheets.run(arguments.program, 'report', folder, '--draws', '0', '-o', path)
    if made.returncode != 0:
        raise SystemExit(made.stderr)
