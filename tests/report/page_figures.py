"""page_figures.py: the page's tables and what it carries, held to the JSON outputs; a table of amounts that is not known here is a fault."""
# SPDX-License-Identifier: GPL-3.0-or-later
import re
from decimal import ROUND_HALF_UP, Decimal

import faces
from held import equal, wrong

MINUS = '\u2212'


def million(value):
    """To a tenth, halves away from zero, as the page shows it."""
    tenth = (Decimal(abs(value)) / 100000000).quantize(Decimal('0.1'), ROUND_HALF_UP)
    return (MINUS if value < 0 and tenth != 0 else '') + f'{tenth:,}'


def short(value):
    """Short money, as sentences have it: every form that stands for the amount."""
    sign, size = (MINUS if value < 0 else ''), Decimal(abs(value)) / 100
    tenth = (size / 1000000).quantize(Decimal('0.1'), ROUND_HALF_UP)
    thousand = (size / 1000).quantize(Decimal('1'), ROUND_HALF_UP)
    return {f'{sign}\u00a3{tenth:,}m', f'{sign}\u00a3{thousand:,}k', f'{sign}\u00a3{size.quantize(Decimal("1"), ROUND_HALF_UP):,}'}


def reserves_cell(truth, scenario, y):
    of = {name: truth[(scenario, 'total', name, 'amount')][y]
          for name in ('usable_closing', 'general_fund_closing', 'minimum', 'unfunded')}
    if of['unfunded'] is not None and of['unfunded'] > 0:
        return f'{MINUS}{million(of["unfunded"])} unfunded'
    if of['minimum'] is not None and of['minimum'] > of['general_fund_closing']:
        return f'{million(of["usable_closing"])} below'
    return million(of['usable_closing'])


def unsigned(cell):
    """Without the sign that stands beside a colour, whether it is text or the style sheet's."""
    return cell.lstrip('\u25bc\u2715 ')


def shown_as(result, truth):
    """Labels as the page numbers them, to ids."""
    out = {}
    for n, scenario in enumerate(result['scenarios']):
        for label in ({'The plan', 'The council\u2019s plan'} if n == 0 else {scenario['label']}):
            out[label] = out[f'{n + 1}. {label}'] = scenario['id']
    return out


RESERVES = 'Usable reserves at 31 March, \u00a3 million'


def check_tables(page, result, truth, council):
    years, ids = result['years'], shown_as(result, truth)
    known = 0
    for table in page.tables:
        head, rows, caption = table['rows'][0], table['rows'][1:], table['caption']
        by_year = head[1:1 + len(years)] == years
        if caption == RESERVES and by_year:
            known += 1
            for row in rows:
                for y in range(len(years)):
                    equal(unsigned(row[1 + y]), reserves_cell(truth, ids[row[0]], y), f'{council}: page, {caption}, {row[0]}')
        elif caption == RESERVES:
            known += 1
            for row in rows:
                for c, label in enumerate(head[1:]):
                    equal(unsigned(row[1 + c]), reserves_cell(truth, ids[label], years.index(row[0])), f'{council}: page, {caption}, {label}')
        elif caption.startswith('Gap in each year') and by_year:
            known += 1
            for row in rows:
                for y in range(len(years)):
                    equal(row[1 + y], million(truth[(ids[row[0]], 'total', 'gap', 'amount')][y]), f'{council}: page, {caption}')
        elif caption.startswith('Savings in place in each year') and by_year:
            known += 1
            for row in rows:
                name = {'Planned': 'savings_planned', 'Expected': 'savings_expected'}[row[0]]
                for y in range(len(years)):
                    equal(row[1 + y], million(truth[('baseline', 'total', name, 'amount')][y]), f'{council}: page, {caption}')
        elif head[:2] == ['Reserve', 'Kind']:
            known += 1
            for item, row in zip(result['scenarios'][0]['reserves'], rows):
                equal(row[0], item['label'], f'{council}: page, reserves')
                equal(row[2], million(item['opening'][0]), f'{council}: page, {row[0]}')
                equal(row[3], million(item['closing'][-1]), f'{council}: page, {row[0]}')
    return known


ALL_SAVINGS = ((r'.*6 months late', ('Savings late', 6)), (r'10 points less .*', ('Savings delivered', -10)))


def equal_dates(cells, dates, where):
    for cell, date in zip(cells, ('below_minimum', 'usable_exhausted')):
        equal(cell if re.match(r'\d{4}/', cell) else None, dates[date], f'{where}, {date}')


def check_stress(page, stress, saving_ids, council):
    """What one step adds, and what is lost without a saving: gaps of the battery less the plan's."""
    plan, known = stress['plan']['gap'], 0
    moved = {move['label']: move['at_one_step'] for move in stress['moves']}
    priced = {price['label']: price for price in stress['prices']}
    without = {f'Without \u2018{saving_ids[saving["without"]]}\u2019': saving for saving in stress['savings']}
    steps = {(move['label'], round(move['step'])): move['at_one_step'] for move in stress['moves']}
    for table in page.tables:
        by_saving = table['caption'].startswith('Each by itself')
        for row in table['rows'][1:]:
            of = without.get(row[0]) if by_saving else None
            if by_saving and of is None:
                of = next((steps.get(step) for pattern, step in ALL_SAVINGS if re.fullmatch(pattern, row[0])), None)
            if by_saving and of is None:
                wrong(f'{council}: page, {row[0]}: no such saving')
            if table['caption'].startswith('What a step adds'):
                of = next((g for label, g in moved.items() if re.fullmatch(re.escape(label) + r' [+\u2212][\d.]+.*', row[0])), None)
            elif table['caption'].startswith('The price list'):
                of = priced[row[0]]
            if of is not None:
                known += 1
                last, together = of['gap'][-1] - plan[-1], sum(of['gap']) - sum(plan)
                equal(row[1] in short(last), True, f'{council}: page, {row[0]}: {row[1]} for {last} in the last year')
                equal(row[2] in short(together), True, f'{council}: page, {row[0]}: {row[2]} for {together} over all years')
            if of is not None and by_saving:
                equal_dates(row[3:5], of['dates'], f'{council}: page, {row[0]}')
    if known < 10:
        wrong(f'{council}: {known} steps of the page are known')


QUANTILES = {'At most 5 in 100 have more than': 'P95', 'At most 25 in 100 have more than': 'P75',
             'The middle future has': 'P50', 'At most 25 in 100 have less than': 'P25',
             'At most 5 in 100 have less than': 'P5'}


def check_simulated(page, result, simulated, council):
    """Ranges of the plan's reserves, and what becomes of each future, as `simulate` has them."""
    ids = shown_as(result, None)
    drawn = {scenario['id']: scenario for scenario in simulated['scenarios']}
    for table in page.tables:
        for row in table['rows'][1:]:
            if table['caption'].startswith('Usable reserves at 31 March in simulated futures'):
                for y, usable in enumerate(drawn['baseline']['usable_closing']):
                    name = QUANTILES.get(row[0])
                    value = usable['without_draws'] if name is None else usable['quantiles'][name]['value']
                    equal(row[1 + y], million(value), f'{council}: page, {row[0]}')
            elif table['caption'].startswith('Of 100 simulated futures of each'):
                of = drawn[ids[row[0]]]
                for c, date in ((1, 'below_minimum'), (2, 'usable_exhausted')):
                    chance = of['dates'][date]['in_or_before'][-1]['value'] * 100
                    equal(abs(float(row[c]) - chance) <= 0.0501, True, f'{council}: page, {row[0]}: {row[c]} for {chance}')
                equal(row[3], million(of['usable_closing'][-1]['quantiles']['P50']['value']), f'{council}: page, {row[0]}')
                equal(row[4], million(of['gap'][-1]['quantiles']['P50']['value']), f'{council}: page, {row[0]}')


def check_shares(page, simulated, council):
    """What drives the range of the plan's reserves, and the drivers as typed in the folder."""
    plan = next(scenario for scenario in simulated['scenarios'] if scenario['id'] == 'baseline')
    labels = {variable['name']: variable['label'] for variable in simulated['variables']}
    shares = {labels[name]: share['value'] for name, share in plan['drivers']['reserves']['shares'].items()}
    with open(f'datasets/{council}/drivers.csv', encoding='utf-8') as file:
        drivers = {row['label']: row for row in faces.csv_rows(file.read())}
    for table in page.tables:
        for row in table['rows'][1:]:
            if 'Share of the range of reserves' in table['rows'][0] and row[0] in shares:
                share, cell = Decimal(shares[row[0]] * 100), row[table['rows'][0].index('Share of the range of reserves')]
                fine = share < 1 if cell == 'less than 1%' else \
                    re.fullmatch(r'\d+%', cell) is not None and abs(Decimal(cell[:-1]) - share) <= Decimal('0.5000001')
                equal(fine, True, f'{council}: page, {row[0]}: {cell} for {share:.3f}')
            elif table['caption'].startswith('By how much each goes up') and row[0] in drivers:
                typed = [Decimal(drivers[row[0]][year]) for year in simulated['years']]
                equal([Decimal(cell.replace(MINUS, '-').rstrip('%')) for cell in row[1:1 + len(typed)]], typed, f'{council}: page, {row[0]}')


def check_shocks(page, stress, council):
    """Gaps and dates of the standard shocks."""
    plan, packs = stress['plan']['gap'], {pack['label']: pack for pack in stress['packs']}
    for table in page.tables:
        if not table['caption'].startswith('Standard shocks'):
            continue
        equal({row[0] for row in table['rows'][1:]}, set(packs), f'{council}: page, shocks')
        for row in table['rows'][1:]:
            pack = packs.get(row[0], stress['plan'])
            for cell, value in ((row[1], pack['gap'][-1]), (row[2], pack['gap'][-1] - plan[-1])):
                equal(cell in short(value), True, f'{council}: page, {row[0]}: {cell} for {value}')
            equal_dates(row[3:5], pack['dates'], f'{council}: page, {row[0]}')


def check_bridges(page, result, council):
    """Where each begins and ends, and that its parts come to the difference, as near as they are shown."""
    gaps = {scenario['id']: scenario['gap'][-1] for scenario in result['scenarios']}
    plan = gaps['baseline']
    ends = [plan, *(gap for name, gap in gaps.items() if name != 'baseline' and gap != plan)]
    tables = [table['rows'][1:] for table in page.tables if table['rows'][0][0] == 'Part']
    equal(len(tables), len(ends), f'{council}: page, bridges')
    for rows, (n, end) in zip(tables, enumerate(ends)):
        equal(rows[-1][1], million(end), f'{council}: page, the end of a bridge, {rows[-1][0]}')
        if n > 0:
            equal((rows[0][0], rows[0][1]), ('The plan', million(plan)), f'{council}: page, the start of a bridge')
        shown = [Decimal(row[1].replace(MINUS, '-').replace(',', '')) for row in rows]
        equal(abs(sum(shown[:-1]) - shown[-1]) <= Decimal('0.05') * len(rows), True, f'{council}: page, parts of {rows[-1]}: {shown}')


def check_receipts(page, result, council):
    """What becomes of receipts, in each scenario that does something else with them."""
    expected = []
    for scenario in result['scenarios']:
        rows = [[item['label'], *(million(sum(item[field])) for field in ('received', 'to_debt', 'to_avoid', 'flexible')),
                 million(item['held'])] for item in scenario['receipts']]
        expected += [rows] if rows and rows not in expected else []
    shown = [table['rows'][1:] for table in page.tables if table['rows'][0][0] == 'Receipt']
    equal(len(shown), len(expected), f'{council}: page, tables of receipts')
    for rows in shown:
        equal(rows in expected, True, f'{council}: page, receipts: {rows}')


RATINGS = {'delivered': 'Delivered', 'green': 'Green', 'amber': 'Amber', 'red': 'Red', 'unidentified': 'Unidentified'}


def check_schemes(page, result, rated, council):
    """Savings one by one and by rating, in the last year."""
    plan = {item['id']: item for item in result['scenarios'][0]['savings']}
    sums = {}
    for name, item in plan.items():
        for rating in (RATINGS.get(rated[name], ''), 'All'):
            before = sums.get(rating, (0, 0, 0))
            sums[rating] = (before[0] + 1, before[1] + item['planned'][-1], before[2] + item['expected'][-1])
    for table in page.tables:
        if table['caption'].startswith('By rating'):
            rated_so = [row[0].split(':')[0] for row in table['rows'][1:]]  # a colour, and what the council means by it
            equal(set(rated_so) - {''}, set(sums) - {''}, f'{council}: page, ratings')
            for rating, row in zip(rated_so, table['rows'][1:]):
                count, planned, expected = sums.get(rating, (0, 0, 0))
                equal(row[1:2] + row[3:], [str(count), million(planned), million(expected), million(planned - expected)],
                      f'{council}: page, savings rated {row[0]}')
        elif table['rows'][0][0] == 'Scheme':
            labels = {item['label']: name for name, item in plan.items()}
            equal({row[0] for row in table['rows'][1:]}, set(labels), f'{council}: page, schemes')
            for row in table['rows'][1:]:
                name = labels.get(row[0])
                chosen = [item for scenario in result['scenarios'] for item in scenario['savings'] if item['id'] == name]
                shown = dict(zip(table['rows'][0], row))
                equal([shown['Planned'], shown['Expected on the plan'], shown['Expected in the chosen future']],
                      [million(plan[name]['planned'][-1]), million(plan[name]['expected'][-1]),
                       ''.join(million(item['expected'][-1]) for item in chosen)], f'{council}: page, {row[0]}')


def check_lines(page, result, sheets, council):
    """Every line of the plan; and Band D, which the workbook alone has besides."""
    plan = {item['label']: item['amount'] for item in result['scenarios'][0]['lines']}
    band_d = next((row for row in sheets['Lines'] if row[0] == 'Band D council tax'), None)
    for table in page.tables:
        for row in table['rows'][1:]:
            if table['rows'][0][0] == 'Line':
                equal(row[1:], [million(value) for value in plan.get(row[0], [])], f'{council}: page, {row[0]}')
            elif row[0] == 'Council tax at Band D':
                equal(row[1:-1], [f'\u00a3{value:,.2f}' for value in band_d[3:3 + len(result['years'])]],
                      f'{council}: page, {row[0]}')


# Tables that hold amounts, by caption or first head: each is held against other faces above.
KNOWN = ('Usable reserves at 31 March', 'Gap in each year', 'Savings in place in each year', 'What a step adds',
         'Each by itself', 'Of 100 simulated futures of each', 'Standard shocks', 'By rating', 'The price list')
KNOWN_HEADS = ('Reserve', 'Part', 'Receipt', 'Scheme', 'Line')
# What is typed in the folder, and what is said of it: no results.
TYPED = ('What each is in a year', 'Compared with the council\u2019s plan', 'As headroom check tells them', 'Behind lines', 'On the plan; the range')


def check_all_known(page, council):
    for table in page.tables:
        holds = '\u00a3' in table['caption'] or any('\u00a3' in cell for row in table['rows'] for cell in row)
        known = table['caption'].startswith(KNOWN + TYPED) or table['rows'][0][0] in KNOWN_HEADS
        if holds and not known:
            wrong(f'{council}: page, {table["caption"]}, {table["rows"][0]}: amounts that no other face is held against')


def check_carried(page, result, truth, council):
    ids = shown_as(result, truth)
    if not page.csv:
        wrong(f'{council}: the page carries no CSV')
    seen = set()
    for text in page.csv:
        for row in faces.csv_rows(text):
            scenario = ids.get(row['future'].removeprefix("'"))
            key = (scenario, 'total', row['figure'], 'amount')
            if key not in truth:
                wrong(f'{council}: the page carries {row}')
                continue
            seen.add(key)
            for y, year in enumerate(result['years']):
                equal(faces.pence(row[year]) if row[year] != '' else None, truth[key][y], f'{council}: carried by the page, {key} {year}')
    for scenario in result['scenarios']:
        if (scenario['id'], 'total', 'gap', 'amount') not in seen:
            wrong(f'{council}: the page carries no gap of {scenario["id"]}')
