// workbook.mjs: a second engine works out every formula of the workbook, of every scenario, and comes to the value that the program wrote
// with it.  HyperFormula is that engine: it shares nothing with LibreOffice, nor with the program.
// SPDX-License-Identifier: GPL-3.0-or-later
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DATASETS, PLACE, expect, finish, require, run } from './harness.mjs';

const { HyperFormula } = require('hyperformula');
const offered = new Set(HyperFormula.getRegisteredFunctionNames('enGB'));

const unescape = (text) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');

// Column and row of "AB12", from nothing.
function place(name) {
  const [, letters, digits] = name.match(/^([A-Z]+)(\d+)$/);
  return { col: [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0) - 1, row: Number(digits) - 1 };
}

// What an .xlsx file holds: of each sheet the cells as they are typed, and each formula's kept value.
function book(file, folder) {
  rmSync(folder, { recursive: true, force: true });
  execFileSync('python3', ['-m', 'zipfile', '-e', file, folder]);
  const part = (name) => readFileSync(join(folder, 'xl', name), 'utf8');
  const shared = [...part('sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)]
    .map(([, item]) => unescape([...item.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, words]) => words).join('')));
  const names = [...part('workbook.xml').matchAll(/<definedName name="(\w+)">(.*?)<\/definedName>/g)].map(([, name, expression]) => ({ name, expression: `=${unescape(expression)}` }));
  const sheets = {}, formulas = [];
  [...part('workbook.xml').matchAll(/<sheet name="(\w+)"/g)].forEach(([, name], i) => {
    const rows = [];
    for (const [, at, kind, formula, value] of part(`worksheets/sheet${i + 1}.xml`)
      .matchAll(/<c r="([A-Z]+\d+)"(?: s="\d+")?(?: t="(\w+)")?>(?:<f>(.*?)<\/f>)?<v>(.*?)<\/v><\/c>/gs)) {
      const { row, col } = place(at);
      const kept = kind === 's' ? shared[Number(value)] : kind === 'str' ? unescape(value) : Number(value);
      rows[row] ??= [];
      rows[row][col] = formula === undefined ? (typeof kept === 'string' ? `'${kept}` : kept) : `=${unescape(formula)}`;
      if (formula !== undefined) formulas.push({ name, at, row, col, formula: unescape(formula), kept });
    }
    sheets[name] = Array.from(rows, (row) => Array.from(row ?? [], (cell) => cell ?? null));
  });
  return { sheets, names, formulas };
}

for (const council of ['saltmere', 'north-east-lincolnshire']) {
  const file = join(PLACE, 'pages', `${council}.xlsx`);
  rmSync(file, { force: true });
  run('report', join(DATASETS, council), '-o', file, '--draws', '2048');
  const { sheets, names, formulas } = book(file, join(PLACE, 'pages', `${council}-parts`));
  const used = new Set(formulas.flatMap(({ formula }) => [...formula.replace(/"[^"]*"/g, '').matchAll(/([A-Z]+)\(/g)].map(([, name]) => name)));
  const lacking = [...used].filter((name) => !offered.has(name));
  expect(lacking.length === 0, `${council}: functions that the engine lacks: ${lacking.join(' ')}`);

  const engine = HyperFormula.buildFromSheets(sheets, { licenseKey: 'gpl-v3', language: 'enGB', useArrayArithmetic: true }, names);
  const models = new Set();
  let wrong = 0;
  for (const { name, at, row, col, formula, kept } of formulas) {
    const found = engine.getCellValue({ sheet: engine.getSheetId(name), row, col });
    const same = typeof kept === 'number' ? typeof found === 'number' && Math.abs(found - kept) <= 0.004 : (found ?? '') === kept;
    wrong += !same;
    expect(same || wrong > 10, `${council}, ${name}!${at}: ${JSON.stringify(found?.value ?? found)}, not ${JSON.stringify(kept)}: ${formula.slice(0, 200)}`);
    if (name === 'Model') models.add(col);
  }
  expect(wrong === 0, `${council}: ${wrong} of ${formulas.length} formulas`);
  const { years, scenarios } = JSON.parse(run('compare', join(DATASETS, council), '--json'));
  expect(models.size >= years.length * scenarios.length, `${council}: ${models.size} columns of the model hold formulas`);

  // Each scenario chosen on the first sheet: the gap there is the gap of `headroom compare`.
  const summary = engine.getSheetId('Summary');
  const gap = sheets.Summary.findIndex(([label]) => String(label).startsWith("'Gap after savings ("));
  for (const [i, scenario] of scenarios.entries()) {
    engine.setCellContents({ sheet: summary, row: 2, col: 1 }, sheets.Scenarios[4 + i][2]);
    scenario.gap.forEach((pence, y) => {
      const found = engine.getCellValue({ sheet: summary, row: gap, col: 1 + y });
      expect(Math.abs(found - pence / 100) <= 0.004, `${council}, ${scenario.id} chosen, ${years[y]}: a gap of ${found}, not ${pence / 100}`);
    });
  }
  console.log(`${council}: ${formulas.length} formulas, ${[...used].sort().join(' ')}`);
  engine.destroy();
}
finish();
