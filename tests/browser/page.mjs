// page.mjs: the page in every state: axe finds nothing, what shows follows the choice, nothing sticks out, text can be read.
// SPDX-License-Identifier: GPL-3.0-or-later
import { join } from 'node:path';
import { councils, DATASETS, choose, expect, finish, futures, launch, onlyChosen, open, require, write } from './harness.mjs';
import { eightYears } from './folders.mjs';

const axeSource = require('axe-core').source;
const WIDTHS = [320, 390, 768, 1280];
const SCHEMES = [
  { name: 'light', colorScheme: 'light' },
  { name: 'dark', colorScheme: 'dark' },
  { name: 'forced colours', forcedColors: 'active' },
];

const browser = await launch();
const files = councils.map((council) => ({ name: council, file: write(join(DATASETS, council), `${council}-state`) }));
const wide = { name: 'five futures, eight years', file: write(eightYears('state'), 'eight-years-state') };
files.push(wide);

// ---- R1: axe finds nothing, at every width, in every scheme, with every future, all tables open

const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] };
const NO_CONTRAST = { ...RULES, rules: { 'color-contrast': { enabled: false } } };
const CONTRAST = { runOnly: { type: 'rule', values: ['color-contrast'] }, resultTypes: ['violations'] };

async function axe(page, options, where, part = 'html') {
  const found = await page.evaluate(async ([rules, selector]) => {
    const result = await axe.run(document.querySelector(selector), rules);
    return result.violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${node.target.join(' ')}: ${node.failureSummary.split('\n')[1]}`));
  }, [options, part]);
  expect(found.length === 0, `axe, ${where}: ${found.slice(0, 3).join('; ')}`);
}

// R3: nothing sticks out sideways; text in pictures can be read.
async function readable(page, width, where) {
  const { over, smallest } = await page.evaluate(() => {
    let least = Infinity;
    for (const t of document.querySelectorAll('svg.ch text')) {
      if (t.getClientRects().length > 0) {
        least = Math.min(least, parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a);
      }
    }
    return { over: document.documentElement.scrollWidth - innerWidth, smallest: least };
  });
  expect(over <= 0, `${where}: the page is ${over} px too wide`);
  expect(smallest >= (width <= 320 ? 11 : 12) - 0.01, `${where}: text of ${smallest.toFixed(1)} px in a picture`);
}

// Every future at every width in every scheme, with EVERY_FUTURE=true.  That takes axe a second each time, a quarter of an hour in all, so
// else it is what differs: structure of futures at one width or another, contrast in each scheme with every future's blocks shown at once.
const ALL = process.env.EVERY_FUTURE === 'true';
const MOST = ['north-east-lincolnshire', 'saltmere', wide.name]; // of these, every future; of the others the first and the last

async function opened(file, scheme) {
  const it = await open(browser, file, { ...scheme, bypassCSP: true, reducedMotion: 'reduce' });
  await it.page.evaluate(axeSource);
  await it.page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });
  return it;
}

async function states({ name, file }, offset) {
  for (const [s, scheme] of SCHEMES.entries()) {
    const { page, close } = await opened(file, scheme);
    const n = Math.max(await futures(page), 1);
    for (const [w, width] of WIDTHS.entries()) {
      if (!ALL && s > 0) break;
      await page.setViewportSize({ width, height: 900 });
      for (let i = 0; i < n; i += 1) {
        const where = `${name}, ${scheme.name}, ${width} px, future ${i + 1}`;
        const ours = (i + offset) % WIDTHS.length === w;
        if (!ALL && ((!ours && width > 390) || (!MOST.includes(name) && i > 0 && i < n - 1))) continue;
        if (n > 1) await choose(page, i);
        if (n > 1 && ours) await onlyChosen(page, i, where);
        await readable(page, width, where);
        if (ALL || ours) await axe(page, ALL ? RULES : NO_CONTRAST, where);
      }
    }
    if (!ALL && (scheme.name !== 'forced colours' || MOST.includes(name))) {
      await page.addStyleTag({ content: '.v:not(i){display:revert!important}' });
      await page.setViewportSize({ width: WIDTHS[(offset + s) % 2 === 0 ? 3 : 1], height: 900 });
      await axe(page, CONTRAST, `${name}, ${scheme.name}, all futures shown`);
    }
    await close();
  }
}

async function inTwos(jobs) {
  const queue = [...jobs];
  await Promise.all([0, 1].map(async () => { while (queue.length > 0) await queue.shift()(); }));
}
await inTwos(files.map((page, at) => () => states(page, at)));

await browser.close();
finish();
