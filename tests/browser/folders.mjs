// folders.mjs: councils made up for the tests: one as large as the page is meant for, one whose every name is an attack.
// SPDX-License-Identifier: GPL-3.0-or-later
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLACE } from './harness.mjs';

const YEARS = ['2026/27', '2027/28', '2028/29', '2029/30', '2030/31', '2031/32', '2032/33', '2033/34'];

function folder(name, files) {
  const place = join(PLACE, 'folders', name);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  for (const [file, rows] of Object.entries(files)) {
    const cell = (value) => (/[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : value);
    writeFileSync(join(place, `${file}.csv`), `${rows.map((row) => row.map(cell).join(',')).join('\n')}\n`);
  }
  return place;
}

const blank = YEARS.map(() => '');
const each = (value) => YEARS.map(() => value);

// A council of £200m with a plan, savings, a receipt and four scenarios; `name` makes every word that a council writes.
function council(id, name) {
  return folder(id, {
    council: [['key', 'value', 'basis', 'source', 'note'], ['name', name('council')], ['class', 'unitary'], ['money', 'GBP'],
      ['signs', 'budget'], ['first_year', YEARS[0]], ['years', YEARS.length], ['price_basis', 'cash'], ['minimum_percent', 5],
      ['minimum_of', 'net_budget_after_savings'], ['surplus_to', 'none'], ['default_basis', 'illustrative'],
      ['default_source', name('source')]].map((row) => [...row, '', '', ''].slice(0, 5)),
    drivers: [['id', 'label', 'class', 'follows', 'cap', 'collar', ...YEARS],
      ['pay', name('pay'), 'pay', '', '', '', ...each(3)], ['cpi', name('prices'), 'price', '', '', '', ...each(2)],
      ['care', name('care'), 'care', '', '', '', ...each(4)]],
    mtfp: [['id', 'label', 'class', 'recurrence', 'form', 'drivers', '2025/26', ...YEARS],
      ['staff', name('staff'), 'pay', 'recurring', 'roll', 'pay', 90000000, ...blank],
      ['homes', name('homes'), 'care', 'recurring', 'roll', 'care', 70000000, ...blank],
      ['other', name('other'), 'other', 'recurring', 'roll', 'cpi', 60000000, ...blank],
      ['fees', name('fees'), 'income', 'recurring', 'roll', 'cpi', -20000000, ...blank],
      ['tax', name('tax'), 'council_tax', 'recurring', 'level', '', 120000000, ...YEARS.map((y, i) => Math.round(120000000 * 1.045 ** (i + 1)))],
      ['grants', name('grants'), 'grant', 'recurring', 'level', '', 80000000, ...YEARS.map((y, i) => 80000000 - 400000 * i)]],
    savings: [['id', 'label', 'owner', 'recurrence', 'phasing', 'full_year', ...YEARS, 'delivery', 'rag'],
      ['one', name('saving one'), name('owner'), 'recurring', 'percent_in_place', 6000000, 40, ...YEARS.slice(1).map(() => 100), 90, 'green'],
      ['two', name('saving two'), name('owner'), 'recurring', 'percent_in_place', 5000000, 0, 50, ...YEARS.slice(2).map(() => 100), 60, 'red']],
    reserves: [['id', 'label', 'class', 'opening', 'draw_order'], ['gf', name('fund'), 'general_fund', 14000000, ''],
      ['smooth', name('reserve'), 'smoothing', 22000000, 1], ['held', name('held'), 'committed', 9000000, '']],
    capital_receipts: [['id', 'asset', 'year', 'amount', 'certainty', 'eligible', 'to_debt', 'to_avoid', 'to_flexible', 'life', 'rate', 'method', 'interest', 'in_plan'],
      ['land', name('land'), '2027/28', 9000000, 'marketed', 'yes', 0, 0, 0, 25, 4.5, 'straight', 'level', 'no']],
    scenarios: [['scenario', 'plugin', 'instance', 'parameter', 'value', 'note'],
      ['slip', '', '', 'label', name('savings slip a year'), ''], ['slip', 'savings_delivery', 'slip', 'months_late', 12, ''],
      ['pay', '', '', 'label', name('pay one point more'), ''], ['pay', '', '', 'description', name('description'), ''],
      ['pay', 'pay_award', '', 'extra_award', '1pp', ''],
      ['debt', '', '', 'label', name('the receipt repays debt'), ''], ['debt', 'capital_receipts', 'use', 'debt', '100%', ''],
      ['severe', '', '', 'label', name('all at once'), ''], ['severe', '', '', 'include', 'slip', ''], ['severe', '', '', 'include', 'pay', ''],
      ['severe', 'inflation', '', 'cpi', '2pp', ''], ['severe', 'inflation', '', 'care_fees', '1pp', '']],
  });
}

// `of`: whose copy it is, as suites may run side by side.
export const eightYears = (of) => council(`eight-years-${of}`, (words) => words[0].toUpperCase() + words.slice(1));

export const ATTACKS = ['"><script>alert(1)</script>', '=HYPERLINK("x")', '+1', '-1+1', '@SUM(A1)', '</style><img src=x onerror=alert(1)>',
  '\u202Eright to left \u05D0\u05D1', '\u{1F600}\u{1F4B7}', 'x'.repeat(200), "' onmouseover='alert(1)", '&amp;&lt;b&gt;', '%s%n%d'];
export function hostile() {
  let at = 0;
  return council('hostile', () => ATTACKS[at++ % ATTACKS.length]);
}
