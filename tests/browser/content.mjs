// content.mjs: what the page says: every figure as the JSON has it, hostile names as text, valid HTML, the same bytes again, no word that
// may not be printed, and the same figures for every audience.
// SPDX-License-Identifier: GPL-3.0-or-later
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { councils, DATASETS, choose, equal, expect, finish, futures, launch, open, require, run, text, write } from './harness.mjs';
import { ATTACKS, eightYears, hostile } from './folders.mjs';

const { HtmlValidate } = require('html-validate');
const browser = await launch();
const folders = councils.map((council) => ({ name: council, folder: join(DATASETS, council) }));
const wide = { name: 'eight-years', folder: eightYears('content') };
const attacked = { name: 'hostile', folder: hostile() };
folders.push(wide, attacked);
for (const it of folders) it.file = write(it.folder, it.name);

// ---- the same bytes; the bytes of a file are all that it holds

for (const { name, folder, file } of [folders[0], wide]) {
  const first = text(file);
  write(folder, name);
  expect(first === text(file), `${name}: written twice, the same bytes`);
}

// ---- R6: every table cell is the JSON's figure, rounded half away from zero

function millions(pence, places) {
  const unit = places === 1 ? 10000000n : 1000000n;
  const scale = places === 1 ? 10n : 100n;
  const p = BigInt(pence);
  const n = ((p < 0n ? -p : p) + unit / 2n) / unit;
  const whole = (n / scale).toString().replace(/\B(?=(\d{3})+$)/g, ',');
  return `${p < 0n && n > 0n ? '\u2212' : ''}${whole}.${(n % scale).toString().padStart(places, '0')}`;
}

function words(pence) {
  const size = BigInt(pence < 0 ? -pence : pence);
  const tenths = (size + 5000000n) / 10000000n;
  const grouped = (n) => n.toString().replace(/\B(?=(\d{3})+$)/g, ',');
  if (size >= 99950000n) return `\u00A3${grouped(tenths / 10n)}.${tenths % 10n} million`;
  if (size >= 1000000n) return `\u00A3${grouped(((size + 50000n) / 100000n) * 1000n)}`;
  return `\u00A3${grouped((size + 50n) / 100n)}`;
}

// The rows of a table as text, signs and words beside the figure left out.
const rowsOf = (page, selector) => page.evaluate((s) => [...document.querySelectorAll(`${s} tbody tr`)].map((row) => [...row.querySelectorAll('td')]
  .map((cell) => { const copy = cell.cloneNode(true); for (const x of copy.querySelectorAll('small, .sg')) x.remove(); return copy.textContent.trim(); })), selector);

function standing(json, scenario, year) {
  const unfunded = scenario.unfunded[year];
  return unfunded !== null && unfunded > 0 ? -unfunded : scenario.usable_closing[year];
}

for (const { name, folder, file } of folders) {
  const json = JSON.parse(run('compare', folder, '--json'));
  const { page, close } = await open(browser, file);
  const own = json.scenarios[0];
  const small = Math.max(...own.usable_closing, ...(own.net_budget ?? []).map((x) => x ?? 0)) < 1e10;
  const places = small ? 2 : 1;
  const years = await rowsOf(page, '#years .wide');
  equal(years.length, json.scenarios.length, `${name}: a row a future`);
  json.scenarios.forEach((scenario, s) => json.years.forEach((label, y) => {
    equal(years[s]?.[y], millions(standing(json, scenario, y), places), `${name}, ${scenario.id}, reserves ${label}`);
  }));
  if (own.gap.every((x) => x !== null)) {
    const gaps = await rowsOf(page, '#changes figure:first-child details');
    json.scenarios.forEach((scenario, s) => json.years.forEach((label, y) => {
      equal(gaps[s]?.[y], millions(scenario.gap[y], places), `${name}, ${scenario.id}, gap ${label}`);
    }));
    const savings = (await rowsOf(page, '#savings figure details')) ?? [];
    for (const [row, measure] of ['savings_planned', 'savings_expected'].entries()) {
      if (savings.length > 0) json.years.forEach((label, y) => equal(savings[row][y], millions(own[measure][y], places), `${name}, ${measure} ${label}`));
    }
  }
  // The facts of each future; its gap and its dates.
  const n = Math.max(await futures(page), 1);
  for (let i = 0; i < n; i += 1) {
    if (n > 1) await choose(page, i);
    const facts = await page.locator('.facts:visible').innerText();
    const { dates, gap } = json.scenarios[i];
    if (dates.below_minimum !== null && !/Already/.test(facts)) expect(facts.includes(dates.below_minimum), `${name}, future ${i + 1}: the fact of ${dates.below_minimum}`);
    if (i > 0 && gap.at(-1) !== null && gap.at(-1) !== own.gap.at(-1)) expect(facts.includes(words(Math.abs(own.gap.at(-1)))), `${name}, future ${i + 1}: the plan's gap beside it`);
  }
  // Every picture has a name with figures in it.
  const names = await page.evaluate(() => [...document.querySelectorAll('svg')].map((svg) => {
    const own = document.getElementById(svg.getAttribute('aria-labelledby')) ?? svg; // a phone's picture is named by the wide one
    return [svg.getAttribute('role'), own.getAttribute('aria-label') ?? ''];
  }));
  expect(names.every(([role, label]) => role === 'img' && label.length >= 40 && /\d/.test(label)), `${name}: every picture has a name with its figures`);
  const first = names[0][1];
  expect(first.includes(words(own.usable_closing.at(-1))), `${name}: the lines' name holds the plan's last reserves: ${first.slice(0, 120)}`);
  // And a table after it; of the hundred squares it is the one of all futures' chances.
  const bare = await page.evaluate(() => [...document.querySelectorAll('figure')].filter((f) => f.querySelector('svg') && !f.querySelector('table') && !f.closest('.hero') && !f.matches('.hundred')).length);
  equal(bare, 0, `${name}: pictures without a table`);
  // The download, to the penny.
  const csv = decodeURIComponent((await page.getAttribute('.dl a', 'href')).split(',').slice(1).join(','));
  for (const scenario of json.scenarios) {
    for (const measure of ['usable_closing', 'gap', 'unfunded']) {
      const row = csv.split('\n').filter((line) => line.includes(`,${measure},`))[json.scenarios.indexOf(scenario)];
      if (scenario[measure][0] === null) continue;
      const cells = row?.split(`,${measure},`)[1].split(',') ?? [];
      scenario[measure].forEach((pence, y) => equal(Math.round(Number(cells[y]) * 100), pence, `${name}, CSV, ${scenario.id}, ${measure}`));
    }
  }
  await close();
}

// ---- what the choice says that it moves does move; the rest is headed as the plan's

for (const { name, file } of folders.filter((it) => it !== attacked)) {
  const { page, close } = await open(browser, file);
  if (await futures(page) > 1) {
    const hint = await page.locator('#choose .hint').textContent();
    expect(!/every|all/i.test(hint) && /On the plan/.test(hint), `${name}: the hint: ${hint}`);
    const astray = await page.evaluate(() => [...document.querySelectorAll('main figure, main .change, main table, #slips, #questions')]
      .filter((it) => !it.closest('#assumptions, #sources, .v') && !it.querySelector('.v, .t1, path.l1'))
      .filter((it) => ![it, it.closest('figure') ?? it, it.closest('section') ?? it].some((at) => /on the (council\u2019s )?plan\b/i
        .test([...at.querySelectorAll(':scope > h2, :scope > .sub, :scope > figcaption, :scope caption, :scope > thead th')].map((x) => x.textContent).join(' '))
        || /on the plan/i.test(at.previousElementSibling?.matches('.sub') ? at.previousElementSibling.textContent : '')))
      .map((it) => `${it.tagName} ${it.id} ${it.textContent.slice(0, 60)}`));
    equal(astray.join('; '), '', `${name}: neither follows nor is headed as the plan's`);
    // What is said to follow: the facts, the years, what changes.
    const seen = [];
    for (const i of [0, 1]) {
      await choose(page, i);
      seen.push(await page.evaluate(() => ['.facts-section', '#changes'].map((part) => document.querySelector(part)?.innerText ?? '')));
    }
    seen[0].forEach((words, part) => expect(words === '' || words !== seen[1][part], `${name}: part ${part} does not follow`));
  }
  await close();
}

// ---- R9: names that attack are text

{
  const { page, said, close } = await open(browser, attacked.file);
  let alerts = 0;
  page.on('dialog', (dialog) => { alerts += 1; dialog.dismiss(); });
  const shown = await page.evaluate(() => document.body.textContent);
  for (const attack of ATTACKS) expect(shown.includes(attack), `shown as text: ${attack.slice(0, 40)}`);
  equal(await page.evaluate(() => document.querySelectorAll('script, img, [onmouseover], [onerror]').length), 0, 'elements that a name made');
  equal(said.join('; '), '', 'the console of the attacked page');
  equal(alerts, 0, 'alerts');
  const csv = decodeURIComponent((await page.getAttribute('.dl a', 'href')).split(',').slice(1).join(','));
  expect(!/^"?[=+@-]/m.test(csv), 'no CSV cell of a name begins as a formula');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the attacked page is not too wide');
  await close();
}

// ---- valid HTML

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:a11y'],
  rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off', 'doctype-style': 'off', 'no-inline-style': 'error', 'require-sri': 'off', 'no-raw-characters': 'error', 'svg-focusable': 'off' },
});
for (const { name, file } of folders) {
  const report = await validator.validateFile(file);
  const faults = report.results.flatMap((r) => r.messages).map((m) => `${m.ruleId} ${m.message} (${m.line}:${m.column})`);
  equal(faults.length === 0 ? '' : faults.slice(0, 4).join('; '), '', `${name}: html-validate`);
}

// ---- R11: words that are not printed

const NEVER = /resilien|bankrupt|statutory minimum|section 114 (is|was|has been)|s114|\bscor(e|ed|ing)\b|\brank(ed|ing|s)?\b|\bgrade[sd]?\b|league table|traffic light/i;
for (const { name, file } of folders.filter((it) => it !== attacked)) {
  const said = text(file).replace(/<style>.*?<\/style>/s, '').replace(/<code>.*?<\/code>/g, '');
  const found = said.match(NEVER);
  equal(found === null ? '' : said.slice(Math.max(0, found.index - 40), found.index + 40), '', `${name}: words that are not printed`);
}

// ---- an audience changes depth and wording, never a figure

for (const { name, folder } of [folders.find((it) => it.name === 'saltmere'), wide]) {
  const pages = {};
  for (const audience of ['member', 'officer', 'peer']) {
    const { page, close } = await open(browser, write(folder, `${name}-${audience}`, '--audience', audience));
    pages[audience] = await page.evaluate(() => ({
      lede: document.querySelector('.lede').textContent,
      facts: document.querySelector('.facts').textContent,
      years: [...document.querySelector('#years').children].filter((it) => !it.matches('.basis')).map((it) => it.textContent).join(''),
      changes: [...document.querySelector('#changes').children].filter((it) => !it.matches('.basis')).map((it) => it.textContent).join(''),
      tables: document.querySelectorAll('table').length,
      order: [...document.querySelectorAll('main section[id]')].map((section) => section.id),
      questions: document.querySelector('#questions h2').textContent,
      asked: document.querySelectorAll('#questions li').length,
      evidence: document.querySelectorAll('#questions li b').length,
      basis: document.querySelectorAll('p.basis').length,
      prices: [...document.querySelectorAll('#matters caption')].filter((it) => /price list/.test(it.textContent)).length,
      lines: [...document.querySelectorAll('#evidence tbody tr:first-child td')].map((td) => td.textContent),
      note: document.querySelector('.note').textContent,
    }));
    await close();
  }
  for (const part of ['lede', 'facts', 'years', 'changes']) {
    equal(pages.officer[part], pages.member[part], `${name}: ${part} for officers`);
    equal(pages.peer[part], pages.member[part], `${name}: ${part} for peers`);
  }
  expect(pages.officer.tables > pages.member.tables, `${name}: officers see more tables`);
  // A peer comes to ask: questions first, what to ask to see, whose figures each part stands on.
  const { member, officer, peer } = pages;
  expect(peer.order.indexOf('questions') < peer.order.indexOf('years') && peer.order.indexOf('evidence') < peer.order.indexOf('years'), `${name}: a peer's page begins with questions: ${peer.order}`);
  expect(member.order.indexOf('questions') > member.order.indexOf('years'), `${name}: a member's page ends with questions: ${member.order}`);
  expect(/officers/.test(peer.questions) && /members/.test(member.questions) && /members/.test(officer.questions), `${name}: to whom questions are put: ${peer.questions}`);
  equal(peer.asked, member.asked, `${name}: the same questions`);
  equal(`${peer.evidence} ${member.evidence} ${officer.evidence}`, `${peer.asked} 0 0`, `${name}: what to ask to see`);
  expect(peer.basis > 2 && member.basis === 0, `${name}: whose figures, beside ${peer.basis} sections`);
  equal(`${member.prices} ${officer.prices} ${peer.prices}`, '0 1 1', `${name}: price lists`);
  const told = peer.note.match(/(\S+) of the plan by amount is illustrative/);
  equal(peer.lines[2], told ? told[1] : '0%', `${name}: the share that is illustrative`);
}

await browser.close();
finish();
